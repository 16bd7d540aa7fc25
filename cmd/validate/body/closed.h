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

struct closed {
	uint64_t *slot;        /* hashes of kind and name, half to three quarters of them taken; 0: free */
	size_t n, size;
	uint8_t *regions;      /* a bit each six-digit code */
	uint32_t region;       /* code at hand */
	uint64_t other_region; /* hash of one that is no code */
};

void closed_init(struct closed *c);
void closed_release(struct closed *c);

/* Turns to a region; true if it had been left before. */
bool closed_region(struct closed *c, struct span region);

/* Enters a body of the region at hand; true if it was there. */
bool closed_body(struct closed *c, struct span kind, struct span name);

#endif
