#include "paper_parts.h"

#include <stdlib.h>

/* The words above that those of a field go on with; NULL if it begins others. */
static struct cell_words *
words_above(struct reading *r, const struct field *f, size_t line, bool heads)
{
	struct cell_words *above = NULL;

	for (size_t i = 0; i < r->nwords; i++) {
		struct cell_words *w = &r->words[i];

		if (f->start >= w->end || f->end <= w->start || w->line == line ||
			(heads && w->line + 1 != line))
			continue;
		/* Below two heads stands one of its own; a label stands as far to the right as it can. */
		if (above && heads)
			return NULL;
		if (!above || w->start > above->start)
			above = w;
	}
	return above;
}

/* Adds a piece to words, or begins others with it; what a row has no room for goes to the last. */
static void
add_piece(struct reading *r, struct cell_words *w, const struct field *f, size_t line)
{
	if (!w && r->nwords == FIELDS_MOST)
		w = &r->words[FIELDS_MOST - 1];
	r->pieces = grow(r->pieces, r->npieces, &r->pieces_cap, sizeof *r->pieces);
	r->pieces[r->npieces] = (struct piece_of){f->text, SIZE_MAX};
	if (w) {
		r->pieces[w->last].next = r->npieces;
	} else {
		w = &r->words[r->nwords++];
		*w = (struct cell_words){.start = f->start, .end = f->end, .first = r->npieces};
	}
	w->last = r->npieces++;
	w->line = line;
}

/* Puts the words of a line together with those above. */
static void
add_words(struct reading *r, const struct field *fields, size_t n, size_t line, bool heads)
{
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &fields[i];
		struct cell_words *above = words_above(r, f, line, heads);

		/* Two heads below one are its columns'. */
		if (above && heads && ((i > 0 && fields[i - 1].end > above->start) ||
			(i + 1 < n && fields[i + 1].start < above->end)))
			above = NULL;
		add_piece(r, above, f, line);
		if (above) {
			above->start = f->start < above->start ? f->start : above->start;
			above->end = f->end > above->end ? f->end : above->end;
		}
	}
}

static int
by_start(const void *a, const void *b)
{
	const struct cell_words *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* The words farthest to the right that are a label rather than a unit. */
static struct cell_words *
last_label(struct reading *r)
{
	struct cell_words *last = NULL;

	for (size_t i = 0; i < r->nwords; i++) {
		struct cell_words *w = &r->words[i];

		if (cell_kind(r->pieces[w->first].text) == CELL_LABEL && (!last || w->start > last->start))
			last = w;
	}
	return last ? last : &r->words[r->nwords - 1];
}

size_t
paper_words_read(struct reading *r, const struct row *row, const struct section *s, struct field *values)
{
	struct parts parts;
	struct gutters *g = &r->gutters;
	size_t found = 0;
	bool turned = false, heads = !has_values(row);

	r->nwords = r->npieces = 0;
	r->taken = false;
	if (row->end - row->from > 1)
		paper_gutters_find(r->lines, row, g);
	for (size_t i = row->from; i < row->end; i++) {
		size_t first, behind;

		paper_split(&r->lines[i], &parts);
		/* Behind the end of a page the rest of a label stands where it may. */
		turned |= i > row->from && line_begins_page(&r->lines[i]);
		if (turned && r->nwords) {
			for (size_t k = 0; k < parts.n; k++)
				add_piece(r, last_label(r), &parts.v[k], i);
			continue;
		}
		first = parts.first;
		behind = parts.n - parts.first - parts.values;
		if (i == row->valued) {
			found = parts.values;
			r->taken = parts.taken;
			memcpy(values, parts.v + first, found * sizeof *values);
			add_words(r, parts.v + first + found, behind, i, false);
		} else {
			first = parts.n;
		}
		if (row->end - row->from > 1)
			first = paper_gutters_part(g, &r->lines[i], parts.v, first);
		if (heads && s && s->values)
			first = paper_heads_part(s, &r->lines[i], parts.v, first);
		add_words(r, parts.v, first, i, heads);
	}
	qsort(r->words, r->nwords, sizeof *r->words, by_start);
	for (r->nlabels = 0; r->nlabels < r->nwords; r->nlabels++)
		if (found && r->words[r->nlabels].start >= values[found - 1].start)
			break;
	return found;
}

/* Puts the pieces of words together. */
static void
join_words(struct reading *r, struct cell_words *w)
{
	size_t at = r->joined->n;

	w->text = r->pieces[w->first].text;
	if (r->pieces[w->first].next == SIZE_MAX)
		return;
	for (size_t i = w->first; i != SIZE_MAX; i = r->pieces[i].next)
		buf_add_span(r->joined, r->pieces[i].text);
	w->text = span_of(r->joined->p + at, r->joined->n - at);
}

void
paper_words_join(struct reading *r)
{
	for (size_t i = 0; i < r->nwords; i++)
		join_words(r, &r->words[i]);
}
