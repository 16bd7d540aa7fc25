/*
 * slots: where the cells of a table stand, by the WHATWG table model ("forming a table").
 *
 * Tables nest, and the innermost is worked on, so all open ones share one stack of columns.  Rows
 * and columns count from 0 here.  A table's height may pass what its rows say: a span reaching
 * below its row group makes the group that high, as the standard has it.
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slots {
	uint32_t *until; /* of each column, the row below the cell that reaches down in it */
	size_t n, cap;
	struct slots_growing {
		size_t piece; /* its number, SIZE_MAX if it is none */
		uint32_t row, col, cols;
	} * growing; /* cells that reach to the end of their row group (rowspan=0) */
	size_t ngrowing, growing_cap;
	struct slots_foot {
		uint32_t from, to;
	} * feet; /* rows of each tfoot, which belong below all others */
	size_t nfeet, feet_cap;
};

struct slots_table {
	size_t base, growing_base, feet_base; /* this table's share of the stack */
	uint32_t width, height, row, col;     /* x_width, y_height, y_current, x_current */
	bool foot;                            /* the row group is a tfoot */
	uint32_t group;                       /* its first row */
	uint32_t taken, taken_until;          /* so many first columns are taken down to that row */
};

struct slots_cell {
	uint32_t row, col, rows, cols;
	size_t growing; /* index into the stack's, SIZE_MAX for a cell of fixed height */
};

#define SLOTS_INIT ((struct slots){NULL, 0, 0, NULL, 0, 0, NULL, 0, 0})

/* A table within those that are open, then its row groups and rows, in the order of the page. */
struct slots_table slots_open(struct slots *s);
void slots_group(struct slots_table *t, bool foot);
void slots_row(struct slots_table *t);

/*
 * Places a cell of the row (cols from 1 to 1000, rows from 0 to 65534, 0 reaching down to the end
 * of the group).  False if the table would be over `widest` columns or 2^31 rows.
 */
bool slots_any_cell(struct slots *s, struct slots_table *t, uint32_t cols, uint32_t rows, size_t widest,
	struct slots_cell *cell);

/* The same; most cells are one slot, and stand behind another in columns that are known. */
static inline bool
slots_cell(struct slots *s, struct slots_table *t, uint32_t cols, uint32_t rows, size_t widest,
	struct slots_cell *cell)
{
	if (cols != 1 || rows != 1 || t->col == 0 || t->col >= t->width || s->until[t->base + t->col] > t->row)
		return slots_any_cell(s, t, cols, rows, widest, cell);
	*cell = (struct slots_cell){t->row, t->col++, 1, 1, SIZE_MAX};
	return true;
}

void slots_row_end(struct slots_table *t);

/* Ends a row group; the cells that grew have got their height: for each, `grown` is told. */
void slots_group_end(struct slots *s, struct slots_table *t,
	void (*grown)(void *context, size_t piece, uint32_t rows), void *context);

/* A tfoot belongs below all other groups: where each row is in the end.  Ask in order of the rows.
 */
struct slots_final {
	size_t next;          /* the first foot that does not end above */
	uint32_t above, rows; /* rows of the feet above, and of all feet */
};

/* False if no row moved; else slots_final gives where each row, counted from 0, is. */
bool slots_moved(const struct slots *s, const struct slots_table *t, struct slots_final *final);
uint32_t slots_final(const struct slots *s, const struct slots_table *t, struct slots_final *final,
	uint32_t row);

/* The innermost table is done. */
void slots_close(struct slots *s, const struct slots_table *t);
void slots_reset(struct slots *s);
void slots_release(struct slots *s);

#endif
