/*
 * slip: how one number may have become another under the hand of who typed it.
 */
#ifndef SLIP_H
#define SLIP_H

#include "decimal.h"

enum slip {
	SLIP_NONE,
	SLIP_SWAPPED, /* two digits beside each other: 69 for 96 */
	SLIP_DOUBLED, /* a digit twice: 1223 for 123 */
	SLIP_MISSING, /* a digit left out: 13 for 123 */
	SLIP_EXTRA,   /* a digit too many: 1293 for 129 */
	SLIP_WRONG,   /* one digit another: 398 for 388 */
};

/* The one slip by which `typed` was written for `meant`; none if it takes more, or the sign is another. */
enum slip slip_between(struct decimal_sum typed, struct decimal_sum meant);

/*
 * True if that slip is more likely than two numbers that are rightly so: of three digits or more, and not in
 * the last digit alone, for what came in and what came in anew often differ by a few.
 */
bool slip_is_likely(struct decimal_sum typed, struct decimal_sum meant);

#endif
