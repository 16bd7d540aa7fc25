/*
 * tally: what is known of a group of facts: counts, the exact sum, the smallest and the largest.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "decimal.h"

struct tally {
	struct decimal_sum sum;
	int64_t min, max; /* digits, by the scales below; of n > 0 only */
	uint32_t n;       /* numbers */
	uint32_t missing; /* facts without one */
	uint32_t about;   /* of n: said to be about so much */
	uint32_t suspect; /* of n: grade broken */
	uint32_t doubted; /* of n: part of a failed check that is no info; counted with --doubts only */
	uint8_t min_scale, max_scale;
	bool across; /* a figure from the other side of a break in its series is in it */
};

/* How a fact goes into a tally. */
enum { FACT_MISSING = 1, FACT_ABOUT = 2, FACT_SUSPECT = 4, FACT_ACROSS = 8, FACT_DOUBTED = 16 };

/* How one number goes in that the numbers of a tally come to. */
static inline unsigned
tally_flags(const struct tally *t)
{
	return (t->about ? FACT_ABOUT : 0u) | (t->suspect ? FACT_SUSPECT : 0u) |
	       (t->across ? FACT_ACROSS : 0u) | (t->doubted ? FACT_DOUBTED : 0u);
}

static inline struct decimal
tally_min(const struct tally *t)
{
	return (struct decimal){t->min, t->min_scale};
}

static inline struct decimal
tally_max(const struct tally *t)
{
	return (struct decimal){t->max, t->max_scale};
}

/* Adds a fact `weight` times; ends the program with status 3 where a count or the sum does not fit. */
void tally_add_times(struct tally *t, struct decimal d, unsigned flags, uint64_t weight);

#endif
