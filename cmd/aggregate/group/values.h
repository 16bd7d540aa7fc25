/*
 * values: every number of every group, kept for the quantiles.
 *
 * Nearly all are whole and small: those are kept as 32 bits beside their group, and take 12 bytes in all once they are
 * sorted.  The others are `struct value`; more than 2^27 - 1 of one number are several of them.
 */
#ifndef VALUES_H
#define VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "buf.h"
#include "decimal.h"

struct value {
	int64_t digits;
	uint32_t group;
	uint32_t scale : 5, weight : 27;
};

struct small_value {
	uint32_t group;
	int32_t digits;
};

enum {
	VALUES_SHIFT = 18, /* small values a block: 2 MiB of them */
	VALUES_BLOCK = 1 << VALUES_SHIFT,
};

struct kept {
	struct small_value **small; /* blocks of them */
	size_t nsmall, nblocks, blocks_cap;
	struct value *large;
	size_t nlarge, large_cap;
	/* Once they are sorted: */
	uint32_t groups;
	int32_t *sorted;       /* the small ones, group by group */
	uint32_t *first_small; /* of each group, and one more */
	size_t *first_large;   /* the same, only if there are any */
};

/* The numbers of a group, in no order. */
struct values {
	int32_t *small;
	size_t nsmall;
	struct value *large;
	size_t nlarge;
};

/* The slow end of values_keep. */
void values_keep_large(struct kept *k, uint32_t group, struct decimal d, uint64_t weight);

/* Keeps a number of a group, `weight` times.  Here, since it goes before each fact. */
static inline void
values_keep(struct kept *k, uint32_t group, struct decimal d, uint64_t weight)
{
	if (weight != 1 || d.scale || d.digits != (int32_t)d.digits || k->nsmall == UINT32_MAX) {
		values_keep_large(k, group, d, weight);
		return;
	}
	if (k->nsmall >> VALUES_SHIFT == k->nblocks) {
		k->small = grow(k->small, k->nblocks, &k->blocks_cap, sizeof *k->small);
		k->small[k->nblocks++] = block_new(VALUES_BLOCK * sizeof **k->small);
	}
	k->small[k->nsmall >> VALUES_SHIFT][k->nsmall & (VALUES_BLOCK - 1)] =
		(struct small_value){group, (int32_t)d.digits};
	k->nsmall++;
}

/* Brings them into the order of the groups, of which there are so many; once, when all are kept. */
void values_sort(struct kept *k, uint32_t groups);

/* Those of a group. */
static inline struct values
values_of(const struct kept *k, uint32_t i)
{
	struct values v = {k->sorted + k->first_small[i], k->first_small[i + 1] - k->first_small[i], NULL, 0};

	if (k->nlarge) {
		v.large = k->large + k->first_large[i];
		v.nlarge = k->first_large[i + 1] - k->first_large[i];
	}
	return v;
}

/* Fetches those of a group, and where those of one after it stand; nothing if they are not sorted. */
static inline void
values_prefetch(const struct kept *k, uint32_t next, uint32_t after)
{
	if (k->first_small) {
		__builtin_prefetch(&k->first_small[after]);
		__builtin_prefetch(&k->sorted[k->first_small[next]], 1);
	}
}

void values_release(struct kept *k);

#endif
