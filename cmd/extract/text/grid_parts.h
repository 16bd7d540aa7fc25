/*
 * grid_parts: what the two ways to find rows share: by runs of bars (grid.c), and by the kinds of cells (grid_kinds.c).
 */
#ifndef GRID_PARTS_H
#define GRID_PARTS_H

#include "grid.h"

/* Rows of `width` from v[from] to v[to]; a run of bars ends one.  The number of the row after them. */
uint32_t grid_tile(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t row, enum grid grade);

/* Cells without a place. */
void grid_fail(struct grid_cell *v, size_t from, size_t to);

/* The distance between beginnings of rows that is met most; 0 if none is met twice. */
size_t grid_guess_width(const struct grid_cell *v, size_t from, size_t to);

/* Rows of a known width, from *row on, in cells some of which may be lost; returns how many cells found no row. */
size_t grid_resynchronise(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t *row);

/* A table without a run of bars. */
void grid_recover_bare(struct grid_cell *v, size_t from, size_t to);

#endif
