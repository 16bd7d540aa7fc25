#include "grid.h"

#include <stdlib.h>

#include "buf.h"

#define ROWS_MAX ((uint32_t)1 << 31)

struct grid_table
grid_open(const struct grid_stack *s)
{
	return (struct grid_table){s->n, s->ngrowing, s->nfeet, 0, 0, 0, 0, false, 0};
}

void
grid_group(struct grid_table *t, bool foot)
{
	t->foot = foot;
	t->group = t->row;
}

void
grid_row(struct grid_table *t)
{
	if (t->height == t->row)
		t->height++;
	t->col = 0;
}

bool
grid_cell(struct grid_stack *s, struct grid_table *t, uint32_t cols, uint32_t rows, size_t widest,
	  struct grid_cell *cell)
{
	uint32_t *until = s->until + t->base;
	uint32_t bottom = t->row + (rows ? rows : 1);

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
	*cell = (struct grid_cell){t->row, t->col, rows ? rows : 1, cols, SIZE_MAX};
	if (rows == 0) {
		s->growing = grow(s->growing, s->ngrowing, &s->growing_cap, sizeof *s->growing);
		s->growing[s->ngrowing] = (struct grid_growing){SIZE_MAX, t->row, t->col, cols};
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
grid_row_end(struct grid_table *t)
{
	t->row++;
}

void
grid_group_end(struct grid_stack *s, struct grid_table *t,
	       void (*grown)(void *context, size_t piece, uint32_t rows), void *context)
{
	t->row = t->height;
	while (s->ngrowing > t->growing_base) {
		const struct grid_growing *g = &s->growing[--s->ngrowing];

		for (uint32_t i = g->col; i < g->col + g->cols; i++)
			s->until[t->base + i] = 0;
		if (g->piece != SIZE_MAX)
			grown(context, g->piece, t->height - g->row);
	}
	if (t->foot && t->row > t->group) {
		s->feet = grow(s->feet, s->nfeet, &s->feet_cap, sizeof *s->feet);
		s->feet[s->nfeet++] = (struct grid_foot){t->group, t->row};
	}
	t->foot = false;
}

bool
grid_moved(const struct grid_stack *s, const struct grid_table *t, struct grid_final *final)
{
	*final = (struct grid_final){t->feet_base, 0, 0};
	for (size_t i = t->feet_base; i < s->nfeet; i++)
		final->rows += s->feet[i].to - s->feet[i].from;
	return final->rows && t->height - s->feet[t->feet_base].from != final->rows;
}

uint32_t
grid_final(const struct grid_stack *s, const struct grid_table *t, struct grid_final *final,
	   uint32_t row)
{
	const struct grid_foot *foot;

	for (; final->next < s->nfeet && s->feet[final->next].to <= row; final->next++)
		final->above += s->feet[final->next].to - s->feet[final->next].from;
	foot = &s->feet[final->next];
	if (final->next < s->nfeet && foot->from <= row)
		return t->height - final->rows + final->above + (row - foot->from);
	return row - final->above;
}

void
grid_close(struct grid_stack *s, const struct grid_table *t)
{
	s->n = t->base;
	s->ngrowing = t->growing_base;
	s->nfeet = t->feet_base;
}

void
grid_reset(struct grid_stack *s)
{
	s->n = s->ngrowing = s->nfeet = 0;
}

void
grid_release(struct grid_stack *s)
{
	free(s->until);
	free(s->growing);
	free(s->feet);
	*s = GRID_STACK_INIT;
}
