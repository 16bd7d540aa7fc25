/*
 * wrapped: prose that was broken into lines of one width, as pdftotext, w3m and mail write it, or as it is pasted into
 * pages of HTML, is put together again.
 *
 * A page is such a one if some of its lines that a sentence goes on from end within a few columns of the same one, and
 * hardly any beyond.  A line that reaches there goes on in the next if that one is not indented, begins with no
 * heading's number, is no number alone, and reaches there too or has the signs of a sentence, as the last line of a
 * paragraph has and a cell has not; where no line is indented, only if it does not end a sentence.
 */
#ifndef WRAPPED_H
#define WRAPPED_H

#include <stdint.h>

#include "lines.h"

enum { BREAKS_PAPER = 256 }; /* columns of a page: longer lines are not broken */

/* At which columns the lines of a page end that a sentence goes on from; begins as zeros. */
struct breaks {
	uint32_t ends[BREAKS_PAPER];
};

/* A line of prose, trimmed, and the columns before it. */
void breaks_add(struct breaks *b, struct span text, size_t indent);

/*
 * The column at which lines were broken: the last one that several of these end at or close before; 0 if there is
 * none.
 */
size_t breaks_width(const struct breaks *b);

/*
 * Puts the lines of each paragraph together, and of a remark in brackets that a line's end cuts between a number and its
 * unit, with the number of the first; *n is then less.  Their text goes to
 * *text, which has room for that of all lines and a blank for each, so that nothing moves.  Linear in the text.
 */
void lines_wrapped(struct text_line *lines, size_t *n, struct buf *text);

/* The same of remarks alone whose number stands in lines, or words, of their own: …相同信息计 / 1 / 条）. */
void lines_remarks(struct text_line *lines, size_t *n, struct buf *text);

#endif
