/*
 * quantiles: exact quantiles of a group's numbers by method R-7 (the k-th of n sorted numbers stands at
 * (k - 1) / (n - 1), and between two of them the line is straight), as rationals rounded half to even.
 */
#ifndef QUANTILES_H
#define QUANTILES_H

#include "group/groups.h"

enum { QUANTILES = 3 }; /* p25, median, p75 */

/* What the quantiles of the values are four times of; their order may change.  False: no values. */
bool quantiles_of(const struct values *values, struct decimal_sum four_times[QUANTILES]);

#endif
