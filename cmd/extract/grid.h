/*
 * grid: where the cells of a table stand, by the WHATWG table model ("forming a table").
 *
 * Tables nest, and the innermost is worked on, so all open ones share one stack of columns.  Rows and
 * columns count from 0 here.  A table's height may pass what its rows say: a span reaching below
 * its row group makes the group that high, as the standard has it.
 */
#ifndef GRID_H
#define GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct grid_stack {
	uint32_t *until; /* of each column, the row below the cell that reaches down in it */
	size_t n, cap;
	struct grid_growing {
		size_t piece; /* its number, SIZE_MAX if it is none */
		uint32_t row, col, cols;
	} *growing;      /* cells that reach to the end of their row group (rowspan=0) */
	size_t ngrowing, growing_cap;
	struct grid_foot {
		uint32_t from, to;
	} *feet;         /* rows of each tfoot, which belong below all others */
	size_t nfeet, feet_cap;
};

struct grid_table {
	size_t base, growing_base, feet_base; /* this table's share of the stack */
	uint32_t width, height, row, col;     /* x_width, y_height, y_current, x_current */
	bool foot;                            /* the row group is a tfoot */
	uint32_t group;                       /* its first row */
};

struct grid_cell {
	uint32_t row, col, rows, cols;
	size_t growing; /* index into the stack's, SIZE_MAX for a cell of fixed height */
};

#define GRID_STACK_INIT ((struct grid_stack){NULL, 0, 0, NULL, 0, 0, NULL, 0, 0})

struct grid_table grid_open(const struct grid_stack *s);
void grid_group(struct grid_table *t, bool foot);
void grid_row(struct grid_table *t);

/*
 * Places a cell of the row (cols from 1 to 1000, rows from 0 to 65534, 0 reaching down to the end of
 * the group).  False if the table would be over `widest` columns or 2^31 rows.
 */
bool grid_cell(struct grid_stack *s, struct grid_table *t, uint32_t cols, uint32_t rows,
	       size_t widest, struct grid_cell *cell);
void grid_row_end(struct grid_table *t);

/* Ends a row group; the cells that grew have got their height: for each, `grown` is told. */
void grid_group_end(struct grid_stack *s, struct grid_table *t,
		    void (*grown)(void *context, size_t piece, uint32_t rows), void *context);

/* A tfoot belongs below all other groups: where each row is in the end.  Ask in order of the rows. */
struct grid_final {
	size_t next;          /* the first foot that does not end above */
	uint32_t above, rows; /* rows of the feet above, and of all feet */
};

/* False if no row moved. */
bool grid_moved(const struct grid_stack *s, const struct grid_table *t, struct grid_final *final);
uint32_t grid_final(const struct grid_stack *s, const struct grid_table *t,
		    struct grid_final *final, uint32_t row);

void grid_close(struct grid_stack *s, const struct grid_table *t);
void grid_reset(struct grid_stack *s);
void grid_release(struct grid_stack *s);

#endif
