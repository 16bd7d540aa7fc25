#include "paper_parts.h"

enum { CLOSE = 2 }; /* columns of the page a value's middle may be off, twice */

static bool
add_cell(struct reading *r, size_t line, struct span text, size_t col, enum grid grade)
{
	return cells_add(r->cells, (struct grid_cell){.line = line, .text = text, .row = r->row,
		.col = (uint32_t)col + 1, .grade = grade});
}

/* A cell without a place. */
static bool
add_failed(struct reading *r, size_t line, struct span text)
{
	return cells_add(r->cells, (struct grid_cell){.line = line, .text = text, .grade = GRID_FAILED});
}

/* Fills up a row with blank cells, to before the column. */
static bool
fill(struct reading *r, size_t line, size_t *col, size_t to, enum grid grade)
{
	for (; *col < to; ++*col)
		if (!add_cell(r, line, SPAN(""), *col, grade))
			return false;
	return true;
}

/* Where each value stands; false if two would stand in one column, or one in none. */
static bool
place(const struct section *s, const struct field *values, size_t n, size_t *col)
{
	for (size_t i = 0; i < n; i++) {
		col[i] = n >= s->values ? i : paper_column_nearest(s, &values[i]);
		if ((i > 0 && col[i] <= col[i - 1]) ||
			(n < s->values && paper_column_off(s, col[i], &values[i]) > 2 * CLOSE))
			return false;
	}
	return true;
}

/* Whether a number stands behind the first of the labels: what was taken for values is something else. */
static bool
has_number_behind(const struct reading *r)
{
	for (size_t i = 1; i < r->nlabels; i++)
		if (paper_is_number(r->words[i].text))
			return true;
	return false;
}

bool
paper_add_values(struct reading *r, const struct row *row, const struct section *s)
{
	struct field values[FIELDS_MOST + 1];
	size_t n = paper_words_read(r, row, NULL, values), at[FIELDS_MOST], col = 0;
	size_t line = r->lines[row->valued].number;
	enum grid grade = GRID_ROWS;

	paper_words_join(r);
	if (has_number_behind(r) || !place(s, values, n, at)) {
		for (size_t i = 0; i < r->nwords; i++)
			if (!add_failed(r, line, r->words[i].text))
				return false;
		for (size_t i = 0; i < n; i++)
			if (!add_failed(r, line, values[i].text))
				return false;
		return true;
	}
	if (!row->alone || n != s->values || r->nlabels == 0 ||
		(r->taken && s->sure == 0 && s->heads != r->nlabels + n))
		grade = GRID_ASSUMED;
	r->row++;
	if (!fill(r, line, &col, s->labels > r->nlabels ? s->labels - r->nlabels : 0, grade))
		return false;
	for (size_t i = 0; i < r->nlabels; i++)
		if (!add_cell(r, line, r->words[i].text, col++, grade))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!fill(r, line, &col, s->labels + at[i], grade) ||
			!add_cell(r, line, values[i].text, col++, grade))
			return false;
	if (!fill(r, line, &col, s->labels + s->values, grade))
		return false;
	for (size_t i = r->nlabels; i < r->nwords; i++)
		if (!add_cell(r, line, r->words[i].text, col++, grade))
			return false;
	return true;
}

bool
paper_add_heads(struct reading *r, const struct row *row, const struct section *s)
{
	size_t col = 0, line = r->lines[row->from].number;

	paper_words_read(r, row, s, NULL);
	paper_words_join(r);
	r->row++;
	for (size_t i = 0; i < r->nwords; i++) {
		const struct cell_words *w = &r->words[i];
		struct field f = {w->text, w->start, w->end};
		size_t to = s->values && w->end > s->start ? s->labels + paper_column_below(s, &f) : col;

		if (!fill(r, line, &col, to, GRID_ASSUMED) ||
			!add_cell(r, line, w->text, col++, GRID_ASSUMED))
			return false;
	}
	return true;
}
