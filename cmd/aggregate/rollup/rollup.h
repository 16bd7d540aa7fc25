/*
 * rollup: what a region says of its whole territory beside what its parts add up to, and which is taken.
 *
 * The parts are the figures taken for the divisions right under it and the region's own `tier` figure.
 * Of each figure one counts: the government's, else its office's.
 */
#ifndef ROLLUP_H
#define ROLLUP_H

#include <stdbool.h>
#include <stdint.h>

#include "decimal.h"
#include "group/tally.h"
#include "reader.h"

enum basis { BASIS_NONE, BASIS_REPORTED, BASIS_PARTS };

/* The two readings of a group. */
struct reading {
	struct decimal_sum parts; /* of has_parts */
	struct decimal reported;  /* of has_reported */
	bool has_reported, has_parts, has_children;
	enum basis basis;
	uint32_t parts_n, parts_expected;
};

struct rollup;
struct aggregate;

/* NULL, said, if the checks cannot be used. */
struct rollup *rollup_new(struct aggregate *a);
void rollup_free(struct rollup *u);

/* Which reading a fact belongs to. */
uint32_t rollup_reading(struct span body_kind, struct span scope);

/* Keeps where a figure stands that a check over a region's children speaks of. */
void rollup_note(struct rollup *u, struct aggregate *a, const struct record *rec);

/* Makes of the table of readings the table of regions and all above them. */
void rollup_run(struct aggregate *a);

/* The readings of a group of that table. */
const struct reading *rollup_of(const struct rollup *u, uint32_t group);

#endif
