/*
 * strokes: a line of a drawn table (ruled.h), taken apart at what is drawn in it.
 */
#ifndef STROKES_H
#define STROKES_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

enum stroke { STROKE_NONE, STROKE_ACROSS, STROKE_DOWN, STROKE_JOINT };

/* What the character at the start of s draws in a table of box characters (U+2500 to U+257F), or in one of ASCII. */
static inline enum stroke
stroke_at(struct span s, bool box)
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

/* How a writer counts the columns of the page a character takes. */
enum measure { MEASURE_CHARACTERS, MEASURE_WIDE, MEASURE_AMBIGUOUS, MEASURES };

enum { STROKES_WIDEST = 64 }; /* columns of a table */

/* A stroke at which a line of the table is parted, and what stands behind it, up to the next. */
struct part {
	size_t at[MEASURES]; /* columns of the page before the stroke */
	struct span text;
	bool ruled;          /* nothing but a line across */
};

struct parts {
	struct part v[STROKES_WIDEST + 1]; /* the last one is the stroke at the end of the line */
	size_t n;
	bool across; /* all of them are ruled */
	bool odd;    /* a character stands among them that some writers count as one and some as two */
};

/* Takes a line apart at its strokes; false if it is none of a drawn table: these begin and end with one. */
bool strokes_part(struct span line, bool box, struct parts *parts);

/* Whether a line across stands there, rather than a dash that fills its cell. */
static inline bool
strokes_are_ruled(const struct parts *parts, size_t k)
{
	return parts->v[k].ruled && (parts->across || parts->v[k].text.n > 1);
}

#endif
