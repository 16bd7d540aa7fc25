/*
 * near: which of the names there are a mistyped one was meant to be.
 */
#ifndef NEAR_H
#define NEAR_H

#include <stddef.h>

#include "span.h"

struct near {
	struct span typed;
	struct span name; /* the nearest so far; its p is NULL while none is near */
	size_t distance;
};

/* Names further away than a third of what was typed are not near. */
struct near near_to(struct span typed);

/* Considers one more name; of equally near ones the first stays. */
void near_consider(struct near *near, struct span name);

#endif
