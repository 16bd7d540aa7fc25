/*
 * memo: what is known of the text of a cell, remembered from page to page: the same labels come on each.
 *
 * So many texts are remembered (recall.h) that a page's own fit in many times over.  One that finds no
 * place, or is too long, is a stranger and is read again whenever it is asked for.
 */
#ifndef MEMO_H
#define MEMO_H

#include "form/form.h"
#include "page.h"
#include "recall.h"

struct known {
	const struct row_ref *rows;    /* which its key may stand for */
	const struct row_ref *columns; /* which it may head */
	uint32_t nrows, ncolumns;
	uint32_t nkeyed;               /* of rows, if the text is taken as a whole label, whatever it ends with */
	uint32_t id;                   /* of the text, never another's; 0: none */
	uint8_t header, cut_header;    /* form_book_header, form_book_cut_header */
	bool wide;                     /* a header of a wide table */
	bool unit;                     /* a unit, alone */
	uint8_t numbering, number;     /* of its label */
};

struct memo;

/* The book is lent. */
struct memo *memo_new(const struct form_book *book);
void memo_free(struct memo *m);

/* Begins a page: places given before may be another text's now.  Gives the cells of words their places. */
void memo_page(struct memo *m, struct page *page);

enum { MEMO_NOWHERE = RECALL_NOWHERE };

/* The place of the text for the rest of the page; MEMO_NOWHERE for a stranger. */
uint16_t memo_place(struct memo *m, struct span text);
/* What is known of the text there; lent until memo_page. */
const struct known *memo_at(const struct memo *m, uint16_t place);

/* What is known of a stranger; good until the next call. */
const struct known *memo_stranger(struct memo *m, struct span text);

/* What is known of the words of a cell of the page; good until the next call. */
const struct known *memo_of(struct memo *m, const struct item *cell);

#endif
