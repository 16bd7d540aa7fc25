/*
 * closed: the bodies already written, 16 bytes each, so that input that returns to one is seen.
 *
 * Bodies of one region are kept while the region lasts; regions themselves are one bit.
 */
#ifndef CLOSED_H
#define CLOSED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* One body: what it is and the years for which its report covers the whole territory. */
struct closed_body {
	uint64_t hash;  /* of kind and name; never 0 */
	uint64_t years; /* bit y: 2000 + y */
};

struct closed {
	struct closed_body *slot;
	size_t n, mask;
	uint8_t *regions;      /* a bit each six-digit code */
	struct closed_body territory[2]; /* the governments of the region, all years together; their offices */
	uint32_t region;       /* code at hand, UINT32_MAX: none yet */
	uint64_t other_region; /* hash of one that is no code */
};

void closed_init(struct closed *c);
void closed_release(struct closed *c);

/* Turns to a region; true if it had been left before. */
bool closed_region(struct closed *c, struct span region);

/* The body of the region at hand, entered if it is new; *returned tells if it was there. */
struct closed_body *closed_body(struct closed *c, struct span kind, struct span name, bool *returned);

#endif
