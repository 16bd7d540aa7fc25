#include "memo.h"

#include <stdlib.h>

enum { PLACES = 4096, LONGEST = 208 };

struct memo {
	const struct form_book *book;
	struct recall *recall; /* a struct known each */
	struct known stranger;
	uint32_t ids;
	struct buf keys;
};

struct memo *
memo_new(const struct form_book *book)
{
	struct memo *m = xcalloc(1, sizeof *m);

	m->book = book;
	m->recall = recall_new(PLACES, LONGEST, sizeof(struct known), false);
	return m;
}

void
memo_free(struct memo *m)
{
	if (!m)
		return;
	recall_free(m->recall);
	buf_release(&m->keys);
	free(m);
}

void
memo_page(struct memo *m, struct page *page)
{
	recall_page(m->recall);
	for (struct item *item = page->items; item < page->items + page->n; item++)
		if (item->kind == ITEM_CELL)
			item->place = item->text.n && (item->state == STATE_TEXT || item->state == STATE_NONE)
				? memo_place(m, item->text) : MEMO_NOWHERE;
}

/* The rows of a label whose unit was written behind it, 收到申请数件, all of that unit; 0 if there are none. */
static size_t
rows_with_unit(struct memo *m, struct span text, const struct row_ref **rows)
{
	size_t n = 0, at = text.n;

	/* The longest units are of two characters. */
	for (int characters = 0; characters < 2 && at > 3 && n == 0; characters++) {
		struct span unit;
		struct label label;

		while (--at > 0 && ((unsigned char)text.p[at] & 0xc0) == 0x80)
			;
		unit = span_from(text, at);
		if (!units_stands_alone(m->book->units, unit))
			continue;
		buf_reset(&m->keys);
		label = label_read(m->book->labels, span_of(text.p, at), &m->keys);
		*rows = form_book_rows(m->book, &label, &n);
		for (size_t i = 0; i < n; i++)
			if (!span_eq(m->book->edition[(*rows)[i].form].row[(*rows)[i].row].row->unit, unit))
				n = 0;
	}
	return n;
}

/* Whether the text is the end of a label that a line's end cut within its remark: 工作人员数) is of other staff. */
static bool
is_rest(struct span text)
{
	return span_ends(text, SPAN(")")) && !memchr(text.p, '(', text.n);
}

static void
learn(struct memo *m, struct span text, struct known *known)
{
	struct label label;
	size_t nrows, ncolumns;

	buf_reset(&m->keys);
	label = label_read(m->book->labels, text, &m->keys);
	known->rows = form_book_rows(m->book, &label, &nrows);
	known->nkeyed = (uint32_t)nrows;
	if (nrows == 0)
		nrows = rows_with_unit(m, text, &known->rows);
	known->nrows = is_rest(text) ? 0 : (uint32_t)nrows;
	known->columns = form_book_columns(m->book, &label, &ncolumns);
	known->ncolumns = (uint32_t)ncolumns;
	known->header = (uint8_t)form_book_header(m->book, &label);
	known->cut_header = (uint8_t)form_book_cut_header(m->book, &label);
	known->wide = form_book_is_wide(m->book, &label);
	known->unit = units_stands_alone(m->book->units, text);
	known->numbering = (uint8_t)label.numbering;
	known->number = label.number;
	known->id = 0;
}

uint16_t
memo_place(struct memo *m, struct span text)
{
	bool fresh;
	uint16_t place = recall_place(m->recall, text, &fresh);
	struct known *known;

	if (fresh) {
		known = recall_at(m->recall, place);
		learn(m, text, known);
		/* Ids that are used up are not used again. */
		if (m->ids < UINT32_MAX - 1)
			known->id = ++m->ids;
	}
	return place;
}

const struct known *
memo_at(const struct memo *m, uint16_t place)
{
	return recall_at(m->recall, place);
}

const struct known *
memo_stranger(struct memo *m, struct span text)
{
	learn(m, text, &m->stranger);
	return &m->stranger;
}

const struct known *
memo_of(struct memo *m, const struct item *cell)
{
	return cell->place == MEMO_NOWHERE ? memo_stranger(m, cell->text) : memo_at(m, cell->place);
}
