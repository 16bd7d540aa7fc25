/*
 * quantity: a number at a place in folded text, with its multiplier, its unit and how exact it is.
 *
 * Read are ASCII digits (grouping marks, decimals, a sign), Chinese numerals of a closed grammar
 * (二十三, 一百零五, 三点五, 二〇一八, 百分之九十八), and both with 十百千万亿 behind (1.2万, 3千, 1亿2000万).
 * What is written in another way has no value rather than a guessed one.
 */
#ifndef QUANTITY_H
#define QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "decimal.h"
#include "span.h"
#include "words.h"

struct quantity {
	size_t start;            /* of the digits, after about-words and sign */
	size_t digits;           /* where the digits and multipliers end */
	size_t end;              /* after unit and about-words */
	struct decimal value;    /* in `unit` */
	bool valued;             /* there is a value; else it is a range, or out of range, or badly made */
	bool overflow;           /* because it does not fit */
	bool about;
	bool chinese;            /* begins with a Chinese numeral */
	bool sign;               /* a sign was written */
	bool fraction;           /* digits after a point were written */
	bool padded;             /* leading zeros: a code */
	const struct word *unit; /* of role unit or not_unit; NULL if none follows */
	size_t unit_start;
};

/* True if a number may begin with the character at p. */
bool quantity_may_start(const struct words *words, const char *p, size_t n);

/*
 * Reads the number at the start of s.  False if there is none; then *skip is how much may be passed over.
 * About-words before the number are not looked for.
 */
bool quantity_read(const struct words *words, struct span s, struct quantity *q, size_t *skip);

#endif
