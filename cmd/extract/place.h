/*
 * place: the number of the line a pointer into a page stands on.
 *
 * Counts on from where it was asked last, so that asking in the page's order passes over it once.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stddef.h>

#include "span.h"

struct place {
	const char *start, *at; /* the page, and how far is counted */
	size_t line;            /* of `at`, from 1 */
};

/* The first line of a page. */
struct place place_of(struct span page);

/* The line of p: one more than the LF, CRLF and CR from the start of the page to before it. */
size_t place_line(struct place *place, const char *p);

#endif
