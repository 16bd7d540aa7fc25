/*
 * joined: tables of text whose cells are parted by what usually stands within a sentence.
 *
 * A row a line, or a table on one line, joined by a comma of full width, 、 or ； (or a comma and no line end): fields of
 * which many are numbers and nothing else tell it from a list.  A label and its number a line, and dots, lines or an equals
 * sign between (主动公开政府信息数 ........ 12 条): several such lines on a page make a table.
 */
#ifndef JOINED_H
#define JOINED_H

#include "lines.h"

/*
 * Puts tabs in the place of what parts the cells of such lines, for columns.h.  Their text goes to *text, which has room
 * for that of all lines, so that nothing moves.  Linear in the text.
 */
void lines_joined(struct text_line *lines, size_t n, struct buf *text);

enum { JOINED_ROWS = 5 }; /* of a kind on the page make a table */

/* Whether the line ends in a digit, or a unit of one or two characters behind one: it is worth a closer look. */
static inline bool
line_ends_so(struct span s)
{
	return s.n > 12 && (is_digit(s.p[s.n - 1]) || is_digit(s.p[s.n - 4]) || is_digit(s.p[s.n - 7]));
}

/* Whether such a line may be one of a few that make such a table. */
bool line_is_joined(struct span s, struct buf *scratch);

#endif
