/*
 * cell: what the text of a cell says: a number with its unit, or why there is none.
 */
#ifndef CELL_H
#define CELL_H

#include "decimal.h"
#include "span.h"
#include "vocabulary.h"
#include "words.h"

struct reading {
	enum state state;
	struct decimal value; /* of number and about */
	struct span unit;     /* empty if none is written */
	bool overflow;        /* a number too large or too fine to be held; the state is text */
};

/* Reads a cell's folded text.  All of it must be one quantity: 12(5) or 3件5件 is text. */
struct reading cell_read(const struct words *words, struct span text);

#endif
