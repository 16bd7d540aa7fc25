/*
 * columns: tables with a row per line and blanks or tabs between the cells, as copied from a browser or
 * written by pdftotext -layout.
 *
 * The table's width is the number of cells most rows have.  A row that has as many is graded rows; of
 * one with fewer, parted by blanks, the cells stand where they stand on the line, and the row is assumed;
 * if that is not plain, failed.  A label that goes on over lines is put together and its row assumed, and so is a
 * number that a narrow cell broke, whose last digits stand below the first ones.
 *
 * Where no row has a value in each column (一、…申请数量  7  1      8), the heads above tell the columns, if all values
 * stand below them plainly.
 */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "lines.h"

/*
 * The end of the table that begins at lines[from], from itself if none does; *width gets its columns.
 * Constant time a line.
 */
size_t columns_find(const struct text_line *lines, size_t n, size_t from, size_t *width);

/*
 * The cells of that table.  Labels over several lines go to *joined, which has room for all text of the
 * lines four times, so that nothing moves.  False if there are too many cells.
 */
bool columns_read(const struct text_line *lines, size_t from, size_t end, size_t width,
	struct buf *joined, struct cells *cells);

#endif
