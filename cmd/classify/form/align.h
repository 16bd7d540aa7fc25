/*
 * align: which row of a form each label of a table is.
 *
 * The labels of a table are laid along the rows of the form in order of print, so that as many as
 * possible find their row, and each only one: labels that several rows share (其他情形数) are settled by
 * their neighbours, rows that the table lacks are passed over, labels that no row has keep none.  What
 * the order alone cannot settle is not settled: a label gets no row, or the row is marked doubtful.
 */
#ifndef ALIGN_H
#define ALIGN_H

#include "form.h"

/* One label of a table, with the cells of its row that stand behind it. */
struct entry {
	const struct row_ref *ref; /* the rows its key may stand for, in any form */
	uint32_t nref;
	uint32_t id;         /* of its text (memo.h), or NO_LABEL */
	uint32_t label;      /* item */
	uint32_t first, n;   /* its cells, in the order of the sheet */
	uint32_t head;       /* header row above it, or NO_HEAD */
	uint8_t numbering, number;
	bool unsure;         /* whether its value is one of its label's */
	/* The answer. */
	uint16_t row;        /* of the edition, or NO_ROW */
	uint8_t match;
	bool doubtful;       /* likely, not sure: its facts are of grid assumed */
	bool again;          /* another entry of the table has the row, too */
};

#define NO_HEAD UINT32_MAX
#define NO_LABEL UINT32_MAX

struct aligner;

/* The book is lent. */
struct aligner *aligner_new(const struct form_book *book);
void aligner_free(struct aligner *a);

/* A new page: so many labels may be compared letter by letter, which bounds the time it takes. */
void aligner_page(struct aligner *a);

/*
 * Answers for every entry.  `key` gives the label's key of an entry (for those no row has).  Returns how
 * many found a row.
 */
size_t align(struct aligner *a, struct entry *entry, size_t n, uint16_t form,
	struct span (*key)(void *context, const struct entry *entry), void *context);

#endif
