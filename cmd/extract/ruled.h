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

enum stroke { STROKE_NONE, STROKE_ACROSS, STROKE_DOWN, STROKE_JOINT };

/* What the character at the start of s draws in a table of box characters (U+2500 to U+257F), or in one of ASCII. */
static inline enum stroke
ruled_stroke(struct span s, bool box)
{
	unsigned c;

	if (!box)
		return *s.p == '|' ? STROKE_DOWN : *s.p == '+' ? STROKE_JOINT
			: *s.p == '-' || *s.p == '=' ? STROKE_ACROSS : STROKE_NONE;
	if (s.n < 3 || (unsigned char)s.p[0] != 0xe2 || ((unsigned char)s.p[1] != 0x94 && (unsigned char)s.p[1] != 0x95))
		return STROKE_NONE;
	c = ((unsigned char)s.p[1] & 1u) << 6 | ((unsigned char)s.p[2] & 0x3fu);
	switch (c) {
	case 0x00: case 0x01: case 0x04: case 0x05: case 0x08: case 0x09: case 0x4c: case 0x4d: case 0x50:
		return STROKE_ACROSS;
	case 0x02: case 0x03: case 0x06: case 0x07: case 0x0a: case 0x0b: case 0x4e: case 0x4f: case 0x51:
		return STROKE_DOWN;
	default:
		return STROKE_JOINT;
	}
}

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
