#include "slots.h"

#include <stdlib.h>

#include "buf.h"

#define ROWS_MAX ((uint32_t)1 << 31)

struct slots_table
slots_open(struct slots *s)
{
	s->until = grow(s->until, s->n, &s->cap, sizeof *s->until);
	return (struct slots_table){s->n, s->ngrowing, s->nfeet, 0, 0, 0, 0, false, 0, 0, 0};
}

void
slots_group(struct slots_table *t, bool foot)
{
	t->foot = foot;
	t->group = t->row;
}

void
slots_row(struct slots_table *t)
{
	if (t->height == t->row)
		t->height++;
	t->col = 0;
}

bool
slots_any_cell(struct slots *s, struct slots_table *t, uint32_t cols, uint32_t rows, size_t widest,
	struct slots_cell *cell)
{
	uint32_t *until = s->until + t->base;
	uint32_t bottom = t->row + (rows ? rows : 1);

	if (t->col == 0) {
		/* The columns taken at the left are not to be gone over in every row. */
		if (t->row >= t->taken_until) {
			t->taken = 0;
			t->taken_until = UINT32_MAX;
		}
		for (t->col = t->taken; t->col < t->width && until[t->col] > t->row; t->col++)
			if (until[t->col] < t->taken_until)
				t->taken_until = until[t->col];
		t->taken = t->col;
	}
	while (t->col < t->width && until[t->col] > t->row)
		t->col++;
	if (t->col + cols > widest || bottom > ROWS_MAX)
		return false;
	if (t->col + cols > t->width) {
		uint32_t more = t->col + cols - t->width;

		if (s->cap - s->n < more)
			s->until = grow(s->until, s->n + more, &s->cap, sizeof *s->until);
		until = s->until + t->base;
		memset(until + t->width, 0, more * sizeof *until);
		s->n += more;
		t->width += more;
	}
	if (bottom > t->height)
		t->height = bottom;
	*cell = (struct slots_cell){t->row, t->col, rows ? rows : 1, cols, SIZE_MAX};
	if (rows == 0) {
		s->growing = grow(s->growing, s->ngrowing, &s->growing_cap, sizeof *s->growing);
		s->growing[s->ngrowing] = (struct slots_growing){SIZE_MAX, t->row, t->col, cols};
		cell->growing = s->ngrowing++;
		bottom = UINT32_MAX;
	}
	if (rows != 1)
		for (uint32_t i = t->col; i < t->col + cols; i++)
			if (until[i] < bottom)
				until[i] = bottom;
	t->col += cols;
	return true;
}

void
slots_row_end(struct slots_table *t)
{
	t->row++;
}

void
slots_group_end(struct slots *s, struct slots_table *t,
	void (*grown)(void *context, size_t piece, uint32_t rows), void *context)
{
	t->row = t->height;
	t->taken_until = 0;
	while (s->ngrowing > t->growing_base) {
		const struct slots_growing *g = &s->growing[--s->ngrowing];

		for (uint32_t i = g->col; i < g->col + g->cols; i++)
			s->until[t->base + i] = 0;
		if (g->piece != SIZE_MAX)
			grown(context, g->piece, t->height - g->row);
	}
	if (t->foot && t->row > t->group) {
		s->feet = grow(s->feet, s->nfeet, &s->feet_cap, sizeof *s->feet);
		s->feet[s->nfeet++] = (struct slots_foot){t->group, t->row};
	}
	t->foot = false;
}

bool
slots_moved(const struct slots *s, const struct slots_table *t, struct slots_final *final)
{
	*final = (struct slots_final){t->feet_base, 0, 0};
	for (size_t i = t->feet_base; i < s->nfeet; i++)
		final->rows += s->feet[i].to - s->feet[i].from;
	return final->rows && t->height - s->feet[t->feet_base].from != final->rows;
}

uint32_t
slots_final(
	const struct slots *s, const struct slots_table *t, struct slots_final *final, uint32_t row)
{
	const struct slots_foot *foot;

	for (; final->next < s->nfeet && s->feet[final->next].to <= row; final->next++)
		final->above += s->feet[final->next].to - s->feet[final->next].from;
	foot = &s->feet[final->next];
	if (final->next < s->nfeet && foot->from <= row)
		return t->height - final->rows + final->above + (row - foot->from);
	return row - final->above;
}

void
slots_close(struct slots *s, const struct slots_table *t)
{
	s->n = t->base;
	s->ngrowing = t->growing_base;
	s->nfeet = t->feet_base;
}

void
slots_reset(struct slots *s)
{
	s->n = s->ngrowing = s->nfeet = 0;
}

void
slots_release(struct slots *s)
{
	free(s->until);
	free(s->growing);
	free(s->feet);
	*s = SLOTS_INIT;
}
