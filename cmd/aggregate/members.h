/*
 * members: which regions' figures a group holds, so that a sum is held only against one of the same regions.
 *
 * Kept only for --growth where a group is not one region.  A number of 64 bits a group stands for its set of
 * regions: two groups with other regions have the same one in 2^64 cases once.
 *
 * Memory: a text of `columns` numbers and a code for each region of each group.
 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stddef.h>
#include <stdint.h>

struct members;

/* `columns`: the numbers of a group's key that tell it from others, the first ones. */
struct members *members_new(size_t columns);
void members_free(struct members *m);

/* A number of the region goes into the group with these ids; 0: a region that is no code. */
void members_note(struct members *m, const uint32_t *ids, uint32_t region);

/* What stands for the regions of the group with these ids; 0: none. */
uint64_t members_of(const struct members *m, const uint32_t *ids);

#endif
