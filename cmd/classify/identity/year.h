/*
 * year: the years and dates that stand in a text.
 *
 * Read are 2017, 2017年, 2017年1月1日, 2017-1-1, 2017/01/01, 2017.1.1, 二〇一七年十二月三十一日
 * (with every zero in use), and what is left of them when 年 or 月 was lost (20201月1日,
 * 2018年1231日).  The signs of dates, 年 度 月 日, and the 2 or 二 that years of reports begin with are
 * syntax, here and wherever a year is looked for; words beside dates are of context.csv and numberwords.csv.
 */
#ifndef YEAR_H
#define YEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "context.h"
#include "numerals.h"
#include "span.h"

enum { YEAR_FIRST = 2000, YEAR_LAST = 2039 };

/* The words in which years are said; all lent. */
struct year_words {
	const struct numerals *numerals;
	const struct context *context;
};

struct year_token {
	size_t start, end; /* bytes of the text; `end` is behind the last part read */
	int year;
	int month, day; /* 0: not said */
	bool named;     /* 年 stands behind it */
	bool whole;     /* 年度 or 度 stands behind it */
};

/* A walk over the tokens of a text, linear in its length. */
struct year_scan {
	const struct year_words *words;
	struct span text;
	size_t digit, numeral; /* where the next year of either writing may begin */
};

/* `numerals`: years in Chinese numerals too; false saves looking where there are none. */
struct year_scan year_scan_start(const struct year_words *words, struct span text, bool numerals);
/* The next token; false if there is none. */
bool year_scan_next(struct year_scan *scan, struct year_token *token);

/*
 * The year of the period that begins with the date `first` of the text:
 * "自2017年1月1日起至2017年12月31日止". 0 if none does, or if nothing says that it is a report's.
 */
int year_period(const struct year_words *words, struct span text, const struct year_token *first);

#endif
