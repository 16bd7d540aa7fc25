/*
 * ruled: tables whose cells have lines drawn around them, as w3m, links, pandoc, spreadsheets and databases print
 * them:
 *
 *	┌──────┬────┐      +------+----+
 *	│ 规章 │ 8  │      | 规章 | 8  |
 *	├──────┼────┤      +------+----+
 *
 * The lines tell all that tags do: where each cell begins and ends, over how many rows and columns it reaches, and
 * which lines of text are one cell's.  Hence the cells are graded html, as those of markup are.  Columns are
 * counted as their writer counted them: a Chinese character as two or as one, the drawn ones as one or as two.
 * Where most rows have no line between them, each line of text is a row.  Where the lines do not fit the text, the bars
 * tell the cells (loose.h).
 */
#ifndef RULED_H
#define RULED_H

#include "lines.h"

/* Marks the lines of drawn tables.  Linear in the text. */
void ruled_mark(struct text_line *lines, size_t n);

/* The end of the drawn table that begins at lines[from]; from itself if none does.  Of marked lines. */
size_t ruled_end(const struct text_line *lines, size_t n, size_t from);

/*
 * The cells of that table.  Text of several lines goes to *joined, which has room for all text of the lines twice, so
 * that nothing moves; digits that were put together are assumed.  The cells of a damaged line have no place, and
 * what it stands in is assumed.  *read says whether the lines make up a table at all: if not, nothing is added.  False if
 * there are too many cells.
 */
bool ruled_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells,
	bool *read);

#endif
