/*
 * parted: a cell a line, and between two cells of a row a line that holds nothing but a tab, or a bar.
 *
 * So browsers give the text of a page (innerText) whose cells hold paragraphs, and so does html2text: no such line
 * stands behind the last cell of a row, which tells where rows end.  Two signs in a row are a blank cell.  One
 * that stands farther from the text above than others do, or below a line that ends in two blanks, is a blank first
 * cell's; one that stands farther from the text below is a blank last cell's.
 */
#ifndef PARTED_H
#define PARTED_H

#include "lines.h"

/*
 * Finds out whether the page is such a one, and takes the lines of signs out: the lines that were parted by
 * them say so.  Lines of tabs, which have no text, are always taken out.  Linear in the lines.
 */
void parted_mark(struct text_line *lines, size_t *n);

/* The end of the table that begins at lines[from]; from itself if none does.  Of marked lines. */
size_t parted_end(const struct text_line *lines, size_t n, size_t from);

/*
 * The cells of that table: rows with as many as most are graded rows; others, and those whose end is known by the
 * distance of a sign alone, assumed.  False if there are too many cells.
 */
bool parted_read(const struct text_line *lines, size_t from, size_t end, struct cells *cells);

#endif
