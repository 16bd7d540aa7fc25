/*
 * bare: tables with a cell per line and nothing else: no bars, no blanks.
 *
 * Told from prose by their numbers: six lines or more that are no more than a number, among short lines.
 * Where the lines of a plain text are parted by blank ones, more of these than usual are blank cells, and
 * fewer are within a label, or the table's end.  No grade is better than assumed.
 */
#ifndef BARE_H
#define BARE_H

#include "lines.h"

/*
 * The end of the run of short lines at lines[from], and in *first and *last, if *last is more than
 * *first, the lines of a table among them.
 */
size_t bare_find(const struct text_line *lines, size_t n, size_t from, size_t *first, size_t *last);

/*
 * The cells of that table, or of the tables: *to gets the end of the first.  `blanks`: blank lines of the
 * page count.  Labels over several lines go to *joined, which has room for all text of the lines.  False if there are
 * too many cells.
 */
bool bare_read(const struct text_line *lines, size_t from, size_t end, bool blanks, size_t *to,
	struct buf *joined, struct cells *cells);

#endif
