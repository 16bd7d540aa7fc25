/*
 * quantiles: exact quantiles of a group's numbers by method R-7 (the k-th of n sorted numbers stands at
 * (k - 1) / (n - 1), and between two of them the line is straight), as rationals rounded half to even.
 */
#ifndef QUANTILES_H
#define QUANTILES_H

#include <stddef.h>

#include "buf.h"
#include "groups.h"

enum { QUANTILES = 3 }; /* p25, median, p75 */

/*
 * Appends the quantiles, each to its own buf, of the values; their order may change.  No values: nothing
 * is appended.
 */
void quantiles_of(struct value *values, size_t n, struct buf out[QUANTILES]);

#endif
