#include "memo.h"

#include <stdlib.h>

/* One text a slot, the last that came: bounded, and a stranger costs no more than without the memo. */
enum { SLOTS = 4096, LONGEST = 208 };

struct slot {
	struct known known;
	uint8_t n; /* of text; 0: free */
	char text[LONGEST];
};

struct memo {
	const struct form_book *book;
	struct slot *slot;
	struct known long_one; /* of a text too long to be kept */
	struct buf keys;
};

struct memo *
memo_new(const struct form_book *book)
{
	struct memo *m = xcalloc(1, sizeof *m);

	m->book = book;
	m->slot = xcalloc(SLOTS, sizeof *m->slot);
	return m;
}

void
memo_free(struct memo *m)
{
	if (!m)
		return;
	free(m->slot);
	buf_release(&m->keys);
	free(m);
}

static void
learn(struct memo *m, struct span text, struct known *known)
{
	struct label label;

	buf_reset(&m->keys);
	label = label_read(text, &m->keys);
	known->rows = form_book_rows(m->book, &label, &known->nrows);
	known->columns = form_book_columns(m->book, &label, &known->ncolumns);
	known->header = form_book_header(m->book, &label);
	known->cut_header = form_book_cut_header(m->book, &label);
	known->wide = form_book_is_wide(m->book, &label);
	known->numbering = (uint8_t)label.numbering;
	known->number = label.number;
}

const struct known *
memo_know(struct memo *m, struct span text)
{
	struct slot *slot;

	if (text.n == 0 || text.n > LONGEST) {
		learn(m, text, &m->long_one);
		return &m->long_one;
	}
	slot = &m->slot[span_hash(text) % SLOTS];
	if (slot->n != text.n || memcmp(slot->text, text.p, text.n) != 0) {
		learn(m, text, &slot->known);
		slot->n = (uint8_t)text.n;
		memcpy(slot->text, text.p, text.n);
	}
	return &slot->known;
}
