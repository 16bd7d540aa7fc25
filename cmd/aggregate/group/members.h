/*
 * members: whose figures a group holds, so that a sum is held only against one of the same regions; and
 * of the same bodies, where it is not only governments' that are added up.
 *
 * Kept only for --growth where a group is not one region's own.  A number of 64 bits a group stands for
 * its figures' regions and bodies, how often each is there, and on which side of a break in its series: two
 * groups with others have the same one in 2^64 cases once.
 *
 * Memory: a text of `columns` numbers for each group.
 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct members;

/*
 * `columns`: the numbers of a group's key, the first ones.
 */
struct members *members_new(size_t columns);
void members_free(struct members *m);

/* Whose a figure is. */
struct member {
	uint32_t region; /* its life, as regions_life has it; 0: one that is no code */
	uint64_t body;   /* 0: that of a region goes by it alone */
	bool across;     /* a break in its series */
};

/* What tells a body of a region from its others, and what its figure is of. */
uint64_t members_body(struct span kind, struct span name, struct span scope);

/* A figure goes into the group with these ids `weight` times. */
void members_note(struct members *m, const uint32_t *ids, struct member whose, uint64_t weight);

/* What stands for the members of the group with these ids; 0: none. */
uint64_t members_of(const struct members *m, const uint32_t *ids);

#endif
