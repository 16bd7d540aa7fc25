/*
 * decimal: exact decimal numbers, 64 bits of digits and at most 9 decimals, and their sums in 128 bits.
 *
 * Nothing wraps and nothing is rounded unless its name says so: an operation that does not fit says so
 * and leaves its result alone.  A decimal is kept without trailing zeros after the point, so equal
 * numbers have equal members.
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

__extension__ typedef __int128 int128;

enum { DECIMAL_PLACES = 9 };

/* digits / 10^scale. */
struct decimal {
	int64_t digits;
	uint8_t scale;
};

#define DECIMAL_ZERO ((struct decimal){0, 0})
#define DECIMAL_INT(n) ((struct decimal){(n), 0})

enum decimal_fault {
	DECIMAL_GOOD = 0,
	DECIMAL_NONE,  /* the text is no number */
	DECIMAL_RANGE, /* it is one, with more digits or decimals than a decimal has */
};

/* All of the text: -?[0-9]+(\.[0-9]+)?, the form in which numbers travel between filters. */
enum decimal_fault decimal_parse(struct span text, struct decimal *d);

/* Why a record is rejected whose state promises a number that its value is not; NULL for DECIMAL_GOOD. */
const char *decimal_why(enum decimal_fault fault);

/*
 * All of the text, as printed on pages after folding: a sign + - or U+2212, digits in groups of three
 * marked by ',' or U+FF0C (134,691), a point.  What is grouped otherwise (1,2 or 12,34) is no number.
 */
enum decimal_fault decimal_parse_printed(struct span text, struct decimal *d);

/* Negative, 0, positive. */
int decimal_cmp(struct decimal a, struct decimal b);

/* False if the result does not fit. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum);
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *difference);
bool decimal_mul_int(struct decimal a, int64_t factor, struct decimal *product);
/* a times 10 to the power, which may be negative. */
bool decimal_shift(struct decimal a, int power, struct decimal *shifted);
/* a / b rounded half to even at `places` decimals (at most 9); false for b = 0, too. */
bool decimal_div(struct decimal a, struct decimal b, unsigned places, struct decimal *quotient);

static inline bool
decimal_is_integer(struct decimal d)
{
	return d.scale == 0;
}

/* The most bytes decimal_format writes. */
enum { DECIMAL_MAX = 24 };

/* The form decimal_parse reads: no grouping, no exponent, no trailing zeros; returns the length. */
size_t decimal_format(struct decimal d, char out[DECIMAL_MAX]);

/* An exact sum, in units of 10^-9; start with DECIMAL_SUM_ZERO.  Holds over 10^10 of the largest decimals. */
struct decimal_sum {
	int128 units;
};

#define DECIMAL_SUM_ZERO ((struct decimal_sum){0})

/* False if the sum does not fit; it is then what it was. */
bool decimal_sum_add(struct decimal_sum *sum, struct decimal d);
bool decimal_sum_merge(struct decimal_sum *sum, struct decimal_sum other);
/* Adds d times a whole number, for weights and interpolation. */
bool decimal_sum_add_times(struct decimal_sum *sum, struct decimal d, int64_t times);

static inline int
decimal_sum_cmp(struct decimal_sum a, struct decimal_sum b)
{
	return (a.units > b.units) - (a.units < b.units);
}

/* The sum as one decimal, false if it does not fit. */
bool decimal_sum_value(struct decimal_sum sum, struct decimal *d);

/* Appends the sum in the form decimal_parse reads, however many digits it has. */
void decimal_sum_format(struct decimal_sum sum, struct buf *out);

/* Appends sum / n (n > 0), rounded half to even at `places` decimals (at most 9), no trailing zeros. */
void decimal_sum_format_div(struct decimal_sum sum, uint64_t n, unsigned places, struct buf *out);

#endif
