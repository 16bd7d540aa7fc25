/*
 * opened: a cell a line, each ended by a bar, and a bar alone on the line before each row.
 *
 * Bars behind the last cell of a row, on its line or on one of their own, stand for the cells that are missing to the
 * table's width.  A cell may go on over lines; the bar that opens a row tells that what follows is one of its cells and
 * no text between two tables, and that every row comes out even tells the width.
 */
#ifndef OPENED_H
#define OPENED_H

#include "lines.h"

/*
 * The end of the table that begins at lines[from], and its width; from if there is none.  Then none begins before *seen
 * either, so that many rows without a table are passed but once.
 */
size_t opened_end(const struct text_line *lines, size_t n, size_t from, size_t *seen, size_t *width);

/* The cells of that table; text of several lines goes to *joined, which has room.  False if there are too many. */
bool opened_read(const struct text_line *lines, size_t from, size_t end, size_t width, struct buf *joined,
	struct cells *cells);

#endif
