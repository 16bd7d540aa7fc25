#include "memo.h"

#include <stdlib.h>

/* A text may stand in the WAYS places that its hash gives. */
enum { PLACES = 4096, WAYS = 4, LONGEST = 208 };

struct place {
	uint32_t hash; /* the upper half */
	uint32_t page; /* the last that has the text */
};

struct memo {
	const struct form_book *book;
	struct place place[PLACES];
	struct known known[PLACES];
	uint8_t length[PLACES]; /* of text; 0: free */
	char (*text)[LONGEST];
	struct known stranger;
	uint32_t page, ids;
	struct buf keys;
};

struct memo *
memo_new(const struct form_book *book)
{
	struct memo *m = xcalloc(1, sizeof *m);

	m->book = book;
	m->text = xcalloc(PLACES, sizeof *m->text);
	return m;
}

void
memo_free(struct memo *m)
{
	if (!m)
		return;
	free(m->text);
	buf_release(&m->keys);
	free(m);
}

void
memo_page(struct memo *m)
{
	m->page++;
	if (m->page == UINT32_MAX) {
		memset(m->length, 0, sizeof m->length);
		memset(m->place, 0, sizeof m->place);
		m->page = 1;
	}
}

static void
learn(struct memo *m, struct span text, struct known *known)
{
	struct label label;
	size_t nrows, ncolumns;

	buf_reset(&m->keys);
	label = label_read(text, &m->keys);
	known->rows = form_book_rows(m->book, &label, &nrows);
	known->nrows = (uint32_t)nrows;
	known->columns = form_book_columns(m->book, &label, &ncolumns);
	known->ncolumns = (uint32_t)ncolumns;
	known->header = (uint8_t)form_book_header(m->book, &label);
	known->cut_header = (uint8_t)form_book_cut_header(m->book, &label);
	known->wide = form_book_is_wide(m->book, &label);
	known->unit = form_book_is_unit(m->book, text);
	known->numbering = (uint8_t)label.numbering;
	known->number = label.number;
	known->id = 0;
}

uint16_t
memo_place(struct memo *m, struct span text)
{
	uint64_t hash = span_hash(text);
	uint32_t tag = (uint32_t)(hash >> 32);
	uint16_t first = (uint16_t)(hash % (PLACES / WAYS) * WAYS), victim = MEMO_NOWHERE;

	if (text.n == 0 || text.n > LONGEST)
		return MEMO_NOWHERE;
	for (uint16_t at = first; at < first + WAYS; at++) {
		if (m->place[at].hash == tag && m->length[at] == text.n &&
			memcmp(m->text[at], text.p, text.n) == 0) {
			m->place[at].page = m->page;
			return at;
		}
		/* The one that was not seen for the longest time, if no cell of the page has it. */
		if (m->place[at].page != m->page &&
			(victim == MEMO_NOWHERE || m->place[at].page < m->place[victim].page))
			victim = at;
	}
	if (victim == MEMO_NOWHERE)
		return MEMO_NOWHERE;
	learn(m, text, &m->known[victim]);
	/* Ids that are used up are not used again. */
	if (m->ids < UINT32_MAX - 1)
		m->known[victim].id = ++m->ids;
	m->place[victim] = (struct place){tag, m->page};
	m->length[victim] = (uint8_t)text.n;
	memcpy(m->text[victim], text.p, text.n);
	return victim;
}

const struct known *
memo_at(const struct memo *m, uint16_t place)
{
	return &m->known[place];
}

const struct known *
memo_stranger(struct memo *m, struct span text)
{
	learn(m, text, &m->stranger);
	return &m->stranger;
}
