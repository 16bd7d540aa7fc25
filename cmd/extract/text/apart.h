/*
 * apart: lines that hold several cells, or rows of them, are taken apart, into a line a cell.
 *
 * Whoever collapses the blanks of a page leaves its tables so: a row a line (规章 8 2 25), or the whole page on
 * one line, with bars between its cells or without.  Such a row is words and then numbers; there must be several
 * near each other, for a line of prose may end in a number, too, and most numbers must stand without their unit, for
 * a list in prose has it.  The cells are then read like those of a page with a cell a line, the ends of rows lost: a
 * blank cell has left no trace, unless two blanks in a row tell of it.  So are those of a page with a bar before each
 * cell that is not the first of its row, once the bars are taken off.
 */
#ifndef APART_H
#define APART_H

#include <stddef.h>

#include "lines.h"

/*
 * Takes the lines apart, if tables are among them; *lines is an array of *cap elements, which grows.  The cells of
 * a line have its number.  False if there would be more than `limit` lines.  Linear in the text.
 */
bool lines_apart(struct text_line **lines, size_t *n, size_t *cap, size_t limit);

/*
 * How many rows of such tables a line of another carrier may be or hold, quickly and rather too many: with six of
 * them a page is to be looked at.
 */
size_t line_rows_apart(struct span s);

#endif
