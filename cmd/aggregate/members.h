/*
 * members: which regions' figures a group holds, so that a sum is held only against one of the same
 * regions.
 *
 * Kept only for --growth where a group is not one region.  A number of 64 bits a group stands for
 * its figures' regions, how often each is there, and on which side of a break in its series: two
 * groups with others have the same one in 2^64 cases once.
 *
 * Memory: a text of `columns` numbers for each group.
 */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct members;

/*
 * `columns`: the numbers of a group's key, the first ones.  `split`: which of them is 0 where the
 * group is of one region, whatever code that had in the year; SIZE_MAX if no group is.
 */
struct members *members_new(size_t columns, size_t split);
void members_free(struct members *m);

/* A figure of the region goes into the group with these ids `weight` times; region 0: one that is
 * no code. */
void members_note(
	struct members *m, const uint32_t *ids, uint32_t region, bool across, uint64_t weight);

/* What stands for the regions of the group with these ids; 0: none. */
uint64_t members_of(const struct members *m, const uint32_t *ids);

#endif
