/*
 * series: harmonised series over the editions of the forms (common/tables/forms/concordance.csv).
 *
 * In each form a series is the sum of its terms.  A report gives a figure for a series only if it
 * gives all of them: with one missing, or said in two ways, the series is missing, never less or
 * more than it is.
 */
#ifndef SERIES_H
#define SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

enum comparable { COMPARABLE_EXACT, COMPARABLE_APPROXIMATE, COMPARABLE_BROKEN };

/* The terms a series has in a form. */
struct series_set {
	struct span series, form;
	uint32_t nterms;
	enum comparable worst; /* of its terms */
};

struct series_term {
	uint32_t set;
	uint32_t id; /* its number among all terms */
};

struct series;

/* NULL, said, if the table cannot be used. */
struct series *series_load(const char *dir);
void series_free(struct series *s);

/* The terms a fact is; none if it is in no series. */
const struct series_term *series_terms(struct series *s, struct span form, struct span indicator,
	struct span column, size_t *n);

/* The set of that number; lent. */
const struct series_set *series_set(const struct series *s, uint32_t set);

/* "exact" or "approximate" (or "broken") as the worst that is taken. */
bool series_comparable(struct span name, enum comparable *worst);

struct aggregate;

/* Makes of the terms of each report the figure it gives: a->groups is then a table of figures,
 * a->members of theirs. */
void series_fold(struct aggregate *a);

#endif
