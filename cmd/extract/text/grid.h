/*
 * grid: the rows and columns of a table of which only the cells are left, one after another.
 *
 * Whoever flattens a table loses the ends of its rows.  Two things give them back.  Pads: the common
 * flattener writes a row shorter than the table (its cells span others, or are spanned) with as many
 * bars behind it as cells are missing to the table's width W, so that every run of bars ends a row, and
 * the cells up to it, it included, are a multiple of W.  Kinds: a row begins with a label, numbers do
 * not stand in a column of labels.
 *
 * The grade says how much of that holds:
 *   proved   one and only one W tiles the table: every run of bars ends a row, the cells behind the
 *            last one are whole rows, and no column holds what cannot stand in it
 *   assumed  the rows are those that the kinds of the cells suggest; or the row is the last and may
 *            have lost its end; or it is sound in a table that is not
 *   failed   a row that does not fit, or a table without any order: no place is given (row and col 0)
 * Of a padded row it is not known which cells are missing: its cells are counted from 1 in the order
 * they stand in, and the row ends early.  A table that lost a cell has no cell proved behind the loss
 * and none in front of it whose row is not closed by a run of bars.
 *
 * Linear in the cells.
 */
#ifndef GRID_H
#define GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kind.h"
#include "piece.h"
#include "span.h"

struct grid_cell {
	size_t line;
	struct span text;
	uint32_t pads; /* 0: a cell; else a run of so many bars */
	uint32_t rows, cols; /* its spans, if they are known; else 0 */
	/* What grid_recover finds. */
	enum cell_kind kind;
	enum grid grade;
	uint32_t table; /* from 0: runs of cells may turn out to be several tables */
	uint32_t row, col;
};

/* The width that the cells' pads or, without any, their kinds suggest; 0 if they suggest none. */
size_t grid_width(struct grid_cell *v, size_t n);

/* Gives every cell its place and its grade. */
void grid_recover(struct grid_cell *v, size_t n);

#endif
