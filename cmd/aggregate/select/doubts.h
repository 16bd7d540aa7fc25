/*
 * doubts: whether the checks that a fact is part of, and that failed, speak against its number.
 *
 * A grade tells of checks of severity error only: a number whose row adds up stays proved though a check of severity
 * warning failed on it.  Those of severity info tell of what is odd and may well be right.  A check that no table has,
 * of a file of the user's own, is taken for one that speaks against it.
 */
#ifndef DOUBTS_H
#define DOUBTS_H

#include <stdbool.h>

#include "span.h"

struct doubts;

/* Reads the severities of forms/checks.csv; NULL, said, if the table cannot be used. */
struct doubts *doubts_load(const char *dir);
void doubts_free(struct doubts *d);

/* `checks`: ids with blanks between, as in the column of that name. */
bool doubts_any(const struct doubts *d, struct span checks);

#endif
