/*
 * plain_form: a text by its plainest signs, for what is looked for in it: all widths and sorts of digits' signs, colons,
 * dashes, brackets, separators and blanks as one of ASCII each, characters without room left out.
 *
 * What is found in it has a place in the text itself; a place only ever goes forward, so finding all is linear.
 */
#ifndef PLAIN_FORM_H
#define PLAIN_FORM_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/* A place in a text and the same place in its plain form, in bytes. */
struct plain_place {
	size_t text, plain;
};

/* Whether a Chinese character, which names are made of, stands at the start of a text. */
static inline bool
plain_is_han(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	return s.n >= 3 && ((p[0] == 0xe3 && p[1] >= 0x90) || (p[0] >= 0xe4 && p[0] <= 0xe9) ||
		(p[0] == 0xf0 && s.n >= 4));
}

/* Bytes of blanks, and of lines to write on, at the start of a plain form. */
static inline size_t
plain_blanks(struct span s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '_'))
		n++;
	return n;
}

/* The text's plain form into *out, which loses what it held. */
void plain_of(struct span text, struct buf *out);

/* Moves the place in `text` forward to `plain` bytes of its plain form. */
void plain_forward(struct span text, struct plain_place *place, size_t plain);

#endif
