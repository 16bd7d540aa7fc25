/*
 * loose: drawn tables whose lines do not fit their text: wide characters were counted wrongly, blanks were collapsed, the
 * lines at the sides or some of those between the rows are gone.
 *
 *	├────────────────────┼──────┤        规章 │ 8
 *	│ 规章 │ 8 │                          ───────────
 *
 * The bars of a line still tell its cells, and the lines across which lines of text are one row.  What has more or fewer
 * cells than the others has no place.
 */
#ifndef LOOSE_H
#define LOOSE_H

#include "lines.h"

/*
 * The end of the lines from lines[from] on that are drawn, or have bars drawn between their cells; *table says whether
 * they may be a table.  Linear in them.
 */
size_t loose_end(const struct text_line *lines, size_t n, size_t from, bool *table);

/* Whether a box character stands in the text. */
bool loose_drawn(struct span text);

/* Whether such lines may begin there; cheap. */
bool loose_begins(const struct text_line *lines, size_t n, size_t from);

/* The cells of a line between its bars, without a place; none of one across.  False if there are too many. */
bool loose_unread(const struct text_line *line, struct cells *cells);

/* The cells of that table, as ruled_read gives them. */
bool loose_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells,
	bool *read);

#endif
