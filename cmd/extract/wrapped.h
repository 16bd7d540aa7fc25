/*
 * wrapped: prose that was broken into lines of one width, as pdftotext, w3m and mail write it, is put together again.
 *
 * A page is such a one if many of its lines of prose end within a few columns of the same one and hardly any goes
 * beyond.  A line that reaches there, and does not end a sentence, goes on in the next if that one is not indented
 * and begins with no heading's number.
 */
#ifndef WRAPPED_H
#define WRAPPED_H

#include "lines.h"

/*
 * Puts the lines of each paragraph together, with the number of the first; *n is then less.  Their text goes to
 * *text, which has room for that of all lines and a blank for each, so that nothing moves.  Linear in the text.
 */
void lines_wrapped(struct text_line *lines, size_t *n, struct buf *text);

#endif
