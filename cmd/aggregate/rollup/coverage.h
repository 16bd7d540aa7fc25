/*
 * coverage: of the divisions that owe a report, how many there is one of, how many gave a number, and
 * how many gave numbers none of which is broken.
 *
 * Who owes one: all divisions of a level valid in a year there are facts of, or those a roster names.  Any
 * fact tells of its report, the `report` fact that opens every one too, so a report without a number is
 * found, and not parsed.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "fact.h"

struct coverage;
struct aggregate;

/* What there is for a group. */
struct covered {
	uint32_t expected, found, parsed, valid;
};

/* NULL, said, if the roster cannot be used. */
struct coverage *coverage_new(struct aggregate *a);
void coverage_free(struct coverage *c);

/* Looks at a fact, whether it counts or not. */
void coverage_note(struct coverage *c, const struct fact_places *at, const struct record *rec);

/* After all facts: holds them against the roster; writes who is missing. */
void coverage_finish(struct coverage *c, struct aggregate *a);

/* For a group with these keys; those of year and region that group by neither are "". */
struct covered coverage_of(const struct coverage *c, struct span year, struct span region);

/* The groups there are by year and region alone, in order: for coverage without an indicator. */
uint32_t coverage_count(const struct coverage *c);
struct covered coverage_at(const struct coverage *c, uint32_t i, struct span *year, struct span *region);

#endif
