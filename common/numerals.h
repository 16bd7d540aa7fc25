/*
 * numerals: what Chinese numerals stand for, from common/tables/forms/numerals.csv.
 */
#ifndef NUMERALS_H
#define NUMERALS_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

/* What a character is as a numeral. */
struct numeral {
	uint32_t rune; /* 0: none */
	int8_t digit;  /* 0 to 9, or -1 */
	int8_t power;  /* of ten: 十 1, 百 2, 千 3, 万 4, 亿 8; or 0; of 廿 1, beside its digit */
	bool beside : 1;  /* only beside others: ○ alone is a mark */
	bool in_year : 1; /* only there, as the O of 二O一七年; the others have three bytes */
	bool article : 1; /* an article as well, 一个平台: with a unit it does not always count */
};

enum { NUMERALS_SLOTS = 256 };

struct numerals {
	struct numeral slot[NUMERALS_SLOTS]; /* open addressing */
};

/* NULL, said, if the table is broken. */
struct numerals *numerals_load(const char *dir);
void numerals_free(struct numerals *numerals);

static inline size_t
numerals_slot(const struct numerals *numerals, uint32_t rune)
{
	size_t i = rune * UINT32_C(0x9e3779b1) >> 24;

	while (numerals->slot[i].rune && numerals->slot[i].rune != rune)
		i = (i + 1) % NUMERALS_SLOTS;
	return i;
}

/* The numeral of three bytes at the start of s; NULL if none stands there, or it is one of years only. */
static inline const struct numeral *
numerals_at(const struct numerals *numerals, struct span s)
{
	uint32_t rune = span_character(s, 0);
	const struct numeral *found = rune ? &numerals->slot[numerals_slot(numerals, rune)] : NULL;

	return found && found->rune && !found->in_year ? found : NULL;
}

/* The numeral at the start of s, also one of years only, and its bytes; NULL if there is none. */
const struct numeral *numerals_in_year(const struct numerals *numerals, struct span s, size_t *n);

#endif
