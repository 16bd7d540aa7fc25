/*
 * flow: tables of a printed page in the order in which one reads its cells, as pdftotext -raw writes them: a label goes
 * on over lines, and the values of its row follow on one line, one blank between.
 *
 *	1.属于
 *	国家秘密
 *	0 3 0 0 0 0 3
 *
 * Where a label begins is known if it begins with a number, or if what stands above it are the values of the row
 * before.  Rows with a unit before their one value, and those with as many values as several others, are graded rows;
 * other rows are assumed; where it is not known where the label begins all cells are failed, as are heads.
 */
#ifndef FLOW_H
#define FLOW_H

#include "lines.h"

/* Marks the lines of such tables (`flow`), if the page has them.  Linear in the text. */
void flow_mark(struct text_line *lines, size_t n);

/* The end of the table that begins at lines[from]; from itself if none does.  Of marked lines. */
size_t flow_end(const struct text_line *lines, size_t n, size_t from);

/*
 * The cells of that table.  Labels go to *joined, which has room for all text of the lines, so that nothing moves.
 * False if there are too many cells.
 */
bool flow_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells);

#endif
