#include "year.h"

/* The numeral at i, its bytes in *n: 0 to 9, 10 for 十; -1 for none. */
static int
chinese_digit(const struct year_words *words, struct span text, size_t i, size_t *n)
{
	const struct numeral *numeral = i < text.n ? numerals_in_year(words->numerals, span_from(text, i), n) : NULL;

	return !numeral || numeral->power > 1 ? -1 : numeral->power ? 10 : numeral->digit;
}

static size_t
skip_blanks(struct span text, size_t i)
{
	while (i < text.n && text.p[i] == ' ')
		i++;
	return i;
}

/* A number below 100 at *i, in either writing, moved over; -1 for none. */
static int
small_number(const struct year_words *words, struct span text, size_t *i)
{
	size_t p = skip_blanks(text, *i), n;
	int value = 0, d;

	if (span_is_digit(text, p)) {
		for (size_t k = 0; k < 2 && span_is_digit(text, p); k++)
			value = value * 10 + (text.p[p++] - '0');
		if (span_is_digit(text, p))
			return -1;
		*i = p;
		return value;
	}
	d = chinese_digit(words, text, p, &n);
	if (d < 0)
		return -1;
	value = d == 10 ? 10 : d;
	for (p += n; value < 100 && (d = chinese_digit(words, text, p, &n)) >= 0; p += n)
		value = d == 10                    ? value * 10
			: value % 10 == 0 && value ? value + d
						   : value * 10 + d;
	if (value >= 100)
		return -1;
	*i = p;
	return value;
}

static bool
is_date(int month, int day)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* 11日 and 1231日: the 月 was lost, and digits alone cannot tell every date; these two they can. */
static bool
lost_month(struct span text, size_t *i, struct year_token *token)
{
	size_t p = skip_blanks(text, *i);

	if (span_at(text, p, SPAN("1231日"))) {
		token->month = 12;
		token->day = 31;
		*i = p + 4 + 3;
		return true;
	}
	if (span_at(text, p, SPAN("11日"))) {
		token->month = token->day = 1;
		*i = p + 2 + 3;
		return true;
	}
	return false;
}

/* 1月1日 at *i, moved over. */
static bool
month_and_day(const struct year_words *words, struct span text, size_t *i, struct year_token *token)
{
	size_t p = *i, q;
	int month, day;

	if (lost_month(text, i, token))
		return true;
	month = small_number(words, text, &p);
	if (month < 1 || month > 12)
		return false;
	p = skip_blanks(text, p);
	if (!span_at(text, p, SPAN("月")))
		return false;
	p += 3;
	q = p;
	day = small_number(words, text, &q);
	token->month = month;
	if (is_date(month, day)) {
		token->day = day;
		p = q;
		q = skip_blanks(text, p);
		if (span_at(text, q, SPAN("日")))
			p = q + 3;
	}
	*i = p;
	return true;
}

/* What stands behind the year: 年度, 年1月1日, -1-1. */
static void
read_rest(const struct year_words *words, struct span text, struct year_token *token)
{
	size_t p = skip_blanks(text, token->end), q;
	char separator = p < text.n && p == token->end ? text.p[p] : '\0';

	if (span_at(text, p, SPAN("年"))) {
		token->named = true;
		token->end = p += 3;
		q = skip_blanks(text, p);
		if (span_at(text, q, SPAN("度"))) {
			token->whole = true;
			token->end = q + 3;
		} else if (month_and_day(words, text, &p, token)) {
			token->end = p;
		}
	} else if (span_at(text, p, SPAN("度"))) {
		token->whole = true;
		token->end = p + 3;
	} else if (separator == '-' || separator == '/' || separator == '.') {
		struct year_token date = *token;

		q = p + 1;
		date.month = span_is_digit(text, q) ? small_number(words, text, &q) : -1;
		if (date.month >= 1 && date.month <= 12 && q < text.n && text.p[q] == separator) {
			q++;
			date.day = span_is_digit(text, q) ? small_number(words, text, &q) : -1;
			if (is_date(date.month, date.day)) {
				date.end = q;
				*token = date;
			}
		}
	}
}

/* 2 0 1 5 年: spread over the line, as headings are. */
static bool
spread_at(const struct year_words *words, struct span text, size_t i, struct year_token *token)
{
	int year = 0;
	size_t p = i;

	for (int k = 0; k < 4; k++) {
		if (!span_is_digit(text, p) || (k < 3 && !span_at(text, p + 1, SPAN(" "))))
			return false;
		year = year * 10 + (text.p[p] - '0');
		p = skip_blanks(text, p + 1);
	}
	if (year < YEAR_FIRST || year > YEAR_LAST || !span_at(text, p, SPAN("年")))
		return false;
	*token = (struct year_token){.start = i, .end = p, .year = year};
	read_rest(words, text, token);
	return true;
}

/* A year in digits that begins at i. */
static bool
digits_at(const struct year_words *words, struct span text, size_t i, struct year_token *token)
{
	size_t n = 0, p;
	int year = 0;

	if (i > 0 && (span_is_digit(text, i - 1) || text.p[i - 1] == '.'))
		return false;
	while (span_is_digit(text, i + n) && n < 9)
		n++;
	if (n == 1)
		return spread_at(words, text, i, token);
	if (n < 4)
		return false;
	for (size_t k = 0; k < 4; k++)
		year = year * 10 + (text.p[i + k] - '0');
	if (year < YEAR_FIRST || year > YEAR_LAST)
		return false;
	*token = (struct year_token){.start = i, .end = i + 4, .year = year};
	if (n == 8) {
		int month = (text.p[i + 4] - '0') * 10 + text.p[i + 5] - '0';
		int day = (text.p[i + 6] - '0') * 10 + text.p[i + 7] - '0';

		token->month = month;
		token->day = day;
		token->end = i + 8;
		return is_date(month, day);
	}
	if (n > 4) {
		/* 20201月1日: 年 was lost. */
		p = i + 4;
		if (n > 6 || !month_and_day(words, text, &p, token))
			return false;
		token->named = true;
		token->end = p;
		return true;
	}
	read_rest(words, text, token);
	/* A year is not a quantity: 2017条, 2017件. */
	return token->named || token->whole || token->month != 0 ||
	       !context_length(words->context, CONTEXT_COUNTED, text, token->end);
}

/* A year in numerals that begins at i: four of them and 年. */
static bool
numeral_year_at(const struct year_words *words, struct span text, size_t i, struct year_token *token)
{
	size_t p = i, n;
	int year = 0;

	for (int k = 0; k < 4; k++) {
		int d = chinese_digit(words, text, p, &n);

		if (d < 0 || d > 9)
			return false;
		year = year * 10 + d;
		p = skip_blanks(text, p + n);
	}
	if (year < YEAR_FIRST || year > YEAR_LAST || !span_at(text, p, SPAN("年")))
		return false;
	*token = (struct year_token){.start = i, .end = p, .year = year};
	read_rest(words, text, token);
	return true;
}

/* Offset of the first needle at or after `from`. */
static size_t
find_from(struct span text, size_t from, struct span needle)
{
	if (from >= text.n)
		return text.n;
	return from + span_find(span_from(text, from), needle);
}

struct year_scan
year_scan_start(const struct year_words *words, struct span text, bool numerals)
{
	return (struct year_scan){words, text, find_from(text, 0, SPAN("2")),
		numerals ? find_from(text, 0, SPAN("二")) : text.n};
}

bool
year_scan_next(struct year_scan *scan, struct year_token *token)
{
	const struct year_words *words = scan->words;
	struct span text = scan->text;

	while (scan->digit < text.n || scan->numeral < text.n) {
		bool digits = scan->digit < scan->numeral;
		size_t start = digits ? scan->digit : scan->numeral, on = start + (digits ? 1 : 3);
		bool found =
			digits ? digits_at(words, text, start, token) : numeral_year_at(words, text, start, token);

		if (found)
			on = token->end;
		if (scan->digit < on)
			scan->digit = find_from(text, on, SPAN("2"));
		if (scan->numeral < on)
			scan->numeral = find_from(text, on, SPAN("二"));
		if (found)
			return true;
	}
	return false;
}

/* The date behind a period's "至", which may leave the year out. */
static bool
second_date(const struct year_words *words, struct span text, const struct year_token *first, struct year_token *second)
{
	size_t i = skip_blanks(text, first->end), p, n;
	bool joined = false;

	/* 零时起 */
	for (int again = 0; again < 2 && (n = context_length(words->context, CONTEXT_STARTING, text, i)); again++)
		i += n;
	i = skip_blanks(text, i);
	if (span_at(text, i, SPAN(",")) || span_at(text, i, SPAN("，")))
		i += span_at(text, i, SPAN(",")) ? 1 : 3;
	i += context_length(words->context, CONTEXT_UP_TO, text, i);
	/* Also — —, and -至. */
	for (int again = 0; again < 2 && (n = context_length(words->context, CONTEXT_RANGE, text, i)); again++) {
		i = skip_blanks(text, i + n);
		joined = true;
	}
	if (!joined)
		return false;
	i += context_length(words->context, CONTEXT_SAME_YEAR, text, i);
	if ((digits_at(words, text, i, second) || numeral_year_at(words, text, i, second)) && second->month)
		return true;
	p = i;
	*second = (struct year_token){.start = i, .year = first->year};
	if (!month_and_day(words, text, &p, second))
		return false;
	second->end = p;
	return true;
}

int
year_period(const struct year_words *words, struct span text, const struct year_token *first)
{
	struct year_token second;
	struct span left, right;

	if (first->month == 0 || !second_date(words, text, first, &second) || second.month == 0)
		return 0;
	if (first->month == 1 && first->day == 1 && second.month == 12 && second.day == 31)
		return second.year;
	/* Any other two dates are a period of something, unless words say it is this report's. */
	left = span_of(text.p, first->start);
	right = span_from(text, second.end);
	if (left.n > 90)
		left = span_of(left.p + left.n - 90, 90);
	if (right.n > 6)
		right.n = 6;
	if (context_within(words->context, CONTEXT_PERIOD, left) ||
		(context_within(words->context, CONTEXT_TERM, left) && context_within(words->context, CONTEXT_ENDING, right)))
		return second.year;
	return 0;
}
