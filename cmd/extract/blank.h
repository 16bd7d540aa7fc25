/*
 * blank: what counts as a blank in a page's text, and text without needless ones.
 *
 * Besides the ASCII ones: U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
 * U+200B to U+200D, U+2060, U+FEFF, U+00AD and the control characters take no room and are left out.
 */
#ifndef BLANK_H
#define BLANK_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * Bytes of the blank or roomless character at the start of s; 0 if another stands there.  *room (if
 * not NULL) says how wide it is: 0, 1, or 2 for U+3000.
 */
size_t blank_length(struct span s, int *room);

/* Whether a blank or roomless character may begin with this byte: none of plain ASCII and common characters. */
static inline bool
blank_begins(char first)
{
	unsigned char c = (unsigned char)first;

	return c <= ' ' || c == 0x7f || c == 0xc2 || (c >= 0xe1 && c <= 0xe3) || c == 0xef;
}

/* Without blanks and roomless characters at both ends. */
struct span blank_trim(struct span s);

/* Appends s, trimmed, with each run of blanks as one space. */
void blank_collapse(struct span s, struct buf *out);

#endif
