/*
 * barred: tables whose cells have bars between them or behind them, as the common flattener of HTML and markdown
 * leave them.
 *
 * A row a line, with or without a bar before the first cell; or a cell a line, with its bar there or on a line of its
 * own, with or without a bar alone before a row: then the ends of rows are lost, and grid.h gets them back.  A cell may
 * go on over lines until a bar ends it.
 */
#ifndef BARRED_H
#define BARRED_H

#include "lines.h"

/* The end of the table at lines[from] that has the bar behind each cell on a line of its own; from if there is none. */
size_t barred_own_end(const struct text_line *lines, size_t n, size_t from);

/*
 * Reads the table with bars that begins at lines[from]: its cells, and how well their places are known.  Text of several
 * lines goes to *joined, which has room for all text of the lines, so that nothing moves.  The end of the table, from if
 * none begins there; SIZE_MAX if there are too many cells.
 */
size_t barred_read(const struct text_line *lines, size_t n, size_t from, struct buf *joined, struct cells *cells);

#endif
