/*
 * plain: a text by its plainest signs, for what is looked for in it: all widths and sorts of digits' signs, colons,
 * dashes, brackets, separators and blanks as one of ASCII each, characters without room left out.
 *
 * What is found in it has a place in the text itself; a place only ever goes forward, so finding all is linear.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "buf.h"
#include "span.h"

/* A place in a text and the same place in its plain form, in bytes. */
struct plain_place {
	size_t text, plain;
};

/* The text's plain form into *out, which loses what it held. */
void plain_of(struct span text, struct buf *out);

/* Moves the place in `text` forward to `plain` bytes of its plain form. */
void plain_forward(struct span text, struct plain_place *place, size_t plain);

#endif
