/*
 * memo: what is known of the text of a cell, remembered from page to page: the same labels come on each.
 */
#ifndef MEMO_H
#define MEMO_H

#include "form.h"

struct known {
	const struct row_ref *rows;    /* which its key may stand for */
	const struct row_ref *columns; /* which it may head */
	size_t nrows, ncolumns;
	enum header header, cut_header; /* form_book_header, form_book_cut_header */
	bool wide;                      /* a header of a wide table */
	uint8_t numbering, number;      /* of its label */
};

struct memo;

struct memo *memo_new(const struct form_book *book);
void memo_free(struct memo *m);

/* Good until the next call. */
const struct known *memo_know(struct memo *m, struct span text);

#endif
