/*
 * bounds: between which numbers a sum lies when cells of it are missing.
 *
 * A cell that is on the page without a number is no less than 0 (unless it is a change), and the identities
 * of its form say how much it can be: a blank row of a table whose total and other rows are known is what
 * is left.  Only relations of severity error that speak of one report are used, and only cells of that
 * report.  Facts are held until the end.
 */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decimal.h"
#include "fact.h"
#include "group/groups.h"

struct bounds;

/* What the missing cells of a group come to. */
struct bound {
	struct decimal_sum low, high;
	bool no_low, no_high; /* nothing bounds one of them */
};

/* NULL, said, if the checks cannot be used.  `keys` numbers identify a group. */
struct bounds *bounds_new(const char *tables, size_t keys);
void bounds_free(struct bounds *b);

/* Takes a fact that counts, with the ids of its group. */
void bounds_note(struct bounds *b, const struct fact_places *at, const struct record *rec,
	struct decimal d, unsigned flags, const uint32_t *ids);

/* After all facts: works out the missing cells of each report. */
void bounds_finish(struct bounds *b, const struct groups *groups);

/* For a group with missing facts. */
struct bound bounds_of(const struct bounds *b, uint32_t group);

#endif
