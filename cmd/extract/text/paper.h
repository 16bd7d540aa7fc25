/*
 * paper: tables of a printed page, as pdftotext -layout writes them: columns kept apart by blanks, blank lines between
 * the rows, and labels over several lines of a narrow column, the values beside one of them.
 *
 *	行政规范性      28       1      47
 *	  文件
 *
 * What stands between two blank lines is a row.  Its values stand below those of other rows, up to the next heads;
 * the words that stand above each other are one label's.  One blank parts two labels where it stands in several lines
 * of a row, two heads where each stands above a column of its own, and a label from its first value.  Labels are put
 * behind blank cells, so that the last stands beside the values: those before it span rows.  A row between blank lines
 * with a value for each column is graded rows, any other assumed; so is one whose first value stood in its label, if
 * neither the heads nor another row have as many columns.
 */
#ifndef PAPER_H
#define PAPER_H

#include "lines.h"

/*
 * Marks the lines that stand as near to the one above as lines of one cell do: right below it, or where none of the
 * page's tables has such, as near as only they stand.  Linear in the text.
 */
void paper_mark(struct text_line *lines, size_t n);

/*
 * The end of the table that begins at lines[from]; from itself if none does: then none begins before lines[*seen]
 * either.  Linear in the text.
 */
size_t paper_end(const struct text_line *lines, size_t n, size_t from, size_t *seen);

/*
 * The cells of that table.  Labels over several lines go to *joined, which has room for all text of the lines,
 * so that nothing moves.  False if there are too many cells.
 */
bool paper_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells);

#endif
