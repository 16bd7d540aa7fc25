#include "quantity.h"

#include "whole.h"

enum { NUMERALS_MAX = 64 };

static size_t
rune_length(char c)
{
	unsigned char u = (unsigned char)c;

	return u < 0x80 ? 1 : u < 0xe0 ? 2 : u < 0xf0 ? 3 : 4;
}

/* The numeral at p, of n bytes; false if it is none.  All of them have three bytes. */
static inline bool
numeral_at(const struct words *words, const char *p, size_t n, struct numeral *out)
{
	const struct numeral *found = numerals_at(words_numerals(words), (struct span){p, n});

	if (found)
		*out = *found;
	return found;
}

bool
quantity_may_start(const struct words *words, const char *p, size_t n)
{
	return is_digit(*p) || numerals_at(words_numerals(words), (struct span){p, n});
}

static bool
starts(struct span s, size_t at, const char *text)
{
	size_t n = strlen(text);

	return s.n - at >= n && memcmp(s.p + at, text, n) == 0;
}

/* Of 19 digits some would fit; that all numbers of as many digits are read alike is worth more. */
#define LARGEST INT64_C(999999999999999999)

/*
 * 十百千万亿 behind digits: their power, or -1.  With `unit_first`, 万 is none if a unit that begins with it
 * follows (万元).
 */
static int
multiplier(const struct words *words, struct span s, bool unit_first, size_t *at)
{
	int power = 0;
	size_t i = *at, n;
	struct numeral v;

	while (numeral_at(words, s.p + i, s.n - i, &v) && v.power && v.digit < 0) {
		struct span rest = {s.p + i, s.n - i};

		if (unit_first && words_match(words, rest, ROLE_UNIT, &n) && n > 3)
			break;
		/* 十万, 百万, 千万, 万亿: only under a larger one. */
		if (power > 0 && (v.power < 4 || v.power <= (power < 4 ? power : power - power % 4)))
			return -1;
		power += v.power;
		i += 3;
	}
	*at = i;
	return power;
}

/* Reads a run of numerals at `at`, with a point and digits behind it; moves `at` behind all. */
static bool
read_numerals(const struct words *words, struct span s, size_t *at, struct decimal *value, bool *fraction)
{
	struct numeral v[NUMERALS_MAX];
	size_t n = 0, i = *at, mark;
	int64_t whole = 0;
	bool good;

	while (n < NUMERALS_MAX && numeral_at(words, s.p + i, s.n - i, &v[n])) {
		/* 廿 is 二十. */
		if (v[n].power && v[n].digit >= 0) {
			if (n + 1 == NUMERALS_MAX)
				break;
			v[n + 1] = (struct numeral){.digit = -1, .power = v[n].power};
			v[n++].power = 0;
		}
		n++;
		i += 3;
	}
	good = n > 0 && n < NUMERALS_MAX && whole_read(v, n, &whole);
	*value = DECIMAL_INT(whole);
	if (n > 0 && words_match(words, span_from(s, i), ROLE_POINT, &mark)) {
		struct numeral d;
		const size_t from = i + mark;
		size_t j = from, places = 0;

		while (numeral_at(words, s.p + j, s.n - j, &d) && d.digit >= 0 && !d.power) {
			struct decimal part;

			good = good && places < DECIMAL_PLACES &&
			       decimal_shift(DECIMAL_INT(d.digit), -(int)++places, &part) &&
			       decimal_add(*value, part, value);
			j += 3;
		}
		if (j > from) {
			int power;

			i = j;
			*fraction = true;
			power = multiplier(words, s, true, &i);
			good = good && power >= 0 && decimal_shift(*value, power, value);
		}
	}
	/* A run too long for a number is passed over whole. */
	while (n == NUMERALS_MAX && numeral_at(words, s.p + i, s.n - i, &v[0]))
		i += 3;
	*at = i;
	return good;
}

/* The length of digits with marks at the start of s, as decimal_parse_printed takes them. */
static size_t
printed_length(struct span s)
{
	size_t i = 0, run = 0;
	bool grouped = false, point = false;
	const bool groups = s.n && *s.p != '0'; /* 0,123 may be a decimal comma's */

	while (i < s.n) {
		struct span rest = {s.p + i, s.n - i};
		size_t mark;

		if (is_digit(*rest.p)) {
			run++;
			i++;
			continue;
		}
		mark = *rest.p == ',' ? 1 : span_starts(rest, SPAN("，")) ? 3 : 0;
		if (*rest.p == '.' && !point && rest.n > 1 && is_digit(rest.p[1]) && run) {
			point = true;
			run = 0;
			i++;
			continue;
		}
		/* A mark counts only before exactly three digits. */
		if (mark && groups && !point && (grouped ? run == 3 : run >= 1 && run <= 3) && rest.n >= mark + 3 &&
			is_digit(rest.p[mark]) && is_digit(rest.p[mark + 1]) && is_digit(rest.p[mark + 2]) &&
			(rest.n == mark + 3 || !is_digit(rest.p[mark + 3]))) {
			grouped = true;
			run = 0;
			i += mark;
			continue;
		}
		break;
	}
	return i;
}

/* 2 146: groups of three behind single blanks.  Of 3 100% each is a number. */
static size_t
blank_groups(const struct words *words, struct span s, size_t length)
{
	size_t end = length, n;
	const struct word *unit;

	if (length > 3 || s.n - end < 4 || s.p[end] != ' ' || *s.p == '0')
		return length;
	while (s.n - end >= 4 && s.p[end] == ' ' && is_digit(s.p[end + 1]) && is_digit(s.p[end + 2]) &&
		is_digit(s.p[end + 3]) && (s.n - end == 4 || !is_digit(s.p[end + 4])))
		end += 4;
	unit = words_match(words, (struct span){s.p + end, s.n - end}, ROLE_UNIT, &n);
	return unit && unit->kind == UNIT_PERCENT ? length : end;
}

static bool
read_digits(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	struct span rest = {s.p + *at, s.n - *at};
	size_t n = printed_length(rest), with = blank_groups(words, rest, n);
	enum decimal_fault fault;

	q->padded = n > 1 && rest.p[0] == '0' && is_digit(rest.p[1]);
	q->fraction = memchr(rest.p, '.', n) != NULL;
	if (with > n) {
		char text[32];
		size_t m = 0;

		for (size_t i = 0; i < with && m < sizeof text; i++)
			if (rest.p[i] != ' ')
				text[m++] = rest.p[i];
		fault = m < sizeof text ? decimal_parse((struct span){text, m}, &q->value) : DECIMAL_RANGE;
	} else {
		fault = decimal_parse_printed((struct span){rest.p, n}, &q->value);
	}
	*at += with;
	q->overflow = fault == DECIMAL_RANGE;
	return fault == DECIMAL_GOOD;
}

/* Behind digits: multipliers, also in several parts (1亿2000万). */
static bool
read_multiplied(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	bool good = read_digits(words, s, at, q);
	int power = multiplier(words, s, true, at);

	/* 2十 is written by nobody: a sign may have been read for it. */
	if (power < 0 || power == 1)
		return false;
	if (power > 0 && good && !decimal_shift(q->value, power, &q->value)) {
		q->overflow = true;
		good = false;
	}
	while (power > 1 && *at < s.n && is_digit(s.p[*at])) {
		struct quantity more = {0};
		struct decimal sum, limit;
		bool fits = read_digits(words, s, at, &more);
		int lower = multiplier(words, s, false, at);

		/* 1万2千 is 12000; 1万2 is not known to be. */
		if (lower <= 0 || lower >= power)
			return false;
		good = good && fits && decimal_shift(more.value, lower, &more.value) &&
		       decimal_shift(DECIMAL_INT(1), power, &limit) && decimal_cmp(more.value, limit) < 0 &&
		       decimal_add(q->value, more.value, &sum) && (q->value = sum, true);
		power = lower;
	}
	return good;
}

/* The length of a run of numerals that has no digit before its first power (万元, 百分比), or 0. */
static size_t
headless(const struct words *words, struct span s)
{
	struct numeral v;
	size_t i = 0;

	if (!numeral_at(words, s.p, s.n, &v) || v.power < 2)
		return 0;
	while (numeral_at(words, s.p + i, s.n - i, &v))
		i += 3;
	return i;
}

/* A numeral of one power alone, 百 or 千, that stands for one of it. */
static bool
lone_power(const struct words *words, struct span s, size_t *at, struct decimal *value)
{
	struct numeral v, next;

	if (!numeral_at(words, s.p + *at, s.n - *at, &v) || v.power < 2 || v.digit >= 0 ||
		numeral_at(words, s.p + *at + 3, s.n - *at - 3, &next))
		return false;
	*at += 3;
	return decimal_shift(DECIMAL_INT(1), v.power, value);
}

/* Whether such a numeral stands at `at` before a word for "and more": 百余, 千余.  Only so it is a number. */
static bool
power_and_more(const struct words *words, struct span s, size_t *at, struct decimal *value)
{
	size_t end = *at, n;

	if (!lone_power(words, s, &end, value) || !words_match(words, span_from(s, end), ROLE_ABOUT_INSIDE, &n))
		return false;
	*at = end;
	return true;
}

/* The number alone, without unit: digits or numerals. */
static bool
read_number(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	if (is_digit(s.p[*at]))
		return read_multiplied(words, s, at, q);
	if (power_and_more(words, s, at, &q->value))
		return true;
	return read_numerals(words, s, at, &q->value, &q->fraction);
}

/* 十几, 一百几十: a digit is not said, and with it the number has no value. */
static void
take_some(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	struct numeral v;

	q->valued = false;
	while (numeral_at(words, s.p + *at, s.n - *at, &v))
		*at += 3;
}

/* The words for "and more" or "or so" at `at`, or for "some" if that is asked for. */
static inline void
take_about(const struct words *words, struct span s, uint64_t roles, size_t *at, struct quantity *q)
{
	size_t n;
	const struct word *word = words_match(words, (struct span){s.p + *at, s.n - *at}, roles, &n);

	if (!word)
		return;
	*at += n;
	if (word->roles & ROLE_SOME)
		take_some(words, s, at, q);
	else
		q->about = true;
}

/* 3(叁)件, 叁(3)件: the number once more, in words or in digits.  3(肆)件 is neither 3 nor 4. */
static void
take_repeated(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	struct quantity again = {0};
	size_t i = *at + 1, n;
	bool same;

	if (!starts(s, *at, "(") || i == s.n || is_digit(s.p[i]) != q->chinese ||
		!quantity_may_start(words, s.p + i, s.n - i))
		return;
	same = read_number(words, s, &i, &again) && decimal_cmp(again.value, q->value) == 0;
	if (!starts(s, i, ")") || (!same && !words_match(words, span_from(s, i + 1), ROLE_UNIT, &n)))
		return;
	q->valued = same;
	*at = i + 1;
}

/* -, ~, 至 or 到 and another number: a range has no one value. */
static bool
take_range(const struct words *words, struct span s, size_t *at)
{
	struct quantity to = {0};
	size_t n, i;

	if (!words_match(words, (struct span){s.p + *at, s.n - *at}, ROLE_RANGE, &n))
		return false;
	i = *at + n;
	if (i >= s.n || !quantity_may_start(words, s.p + i, s.n - i))
		return false;
	read_number(words, s, &i, &to);
	*at = i;
	return true;
}

/* 5%-10%, 3件至5件: a range whose ends both have the unit. */
static bool
same_unit_range(const struct words *words, struct span s, const struct word *unit, size_t *at)
{
	size_t end = *at, n;

	if (!take_range(words, s, &end) ||
		words_match(words, (struct span){s.p + end, s.n - end}, ROLE_UNIT, &n) != unit)
		return false;
	*at = end + n;
	return true;
}

/* 5元5角: money that goes on in a smaller unit.  Its parts are not the whole. */
static bool
goes_on_in_money(const struct words *words, struct span s, size_t *at)
{
	size_t end = *at, n;
	struct quantity more = {0};
	const struct word *unit;

	if (end == s.n || !quantity_may_start(words, s.p + end, s.n - end))
		return false;
	read_number(words, s, &end, &more);
	unit = words_match(words, (struct span){s.p + end, s.n - end}, ROLE_UNIT, &n);
	if (!unit || unit->kind != UNIT_MONEY)
		return false;
	*at = end + n;
	return true;
}

/* The bytes of a sign at the start of s. */
static size_t
sign_length(struct span s)
{
	if (*s.p == '+' || *s.p == '-')
		return 1;
	return span_starts(s, SPAN("−")) ? 3 : 0;
}

/*
 * The number at `at`, with 百分之 before it, whose word goes to *share.  False if there is none; then `at` is how much may
 * be passed over.
 */
static bool
read_share_or_number(const struct words *words, struct span s, size_t *at, const struct word **share, struct quantity *q)
{
	size_t n, start, run;

	*share = q->chinese ? words_match(words, span_from(s, *at), ROLE_SHARE, &n) : NULL;
	if (*share) {
		*at += n;
		/* 百分之百 */
		if (lone_power(words, s, at, &q->value))
			return q->valued = true;
		if (*at == s.n || !quantity_may_start(words, s.p + *at, s.n - *at))
			return false;
	}
	start = *at;
	run = headless(words, span_from(s, start));
	q->valued = read_number(words, s, at, q);
	if (!run || q->valued)
		return true;
	*at = start + run;
	return false;
}

/* What may stand between the number and its unit: itself again, the end of a range, words for about, 万 behind those. */
static void
take_behind(const struct words *words, struct span s, size_t *at, struct quantity *q)
{
	size_t n;

	if (q->valued)
		take_repeated(words, s, at, q);
	if (take_range(words, s, at))
		q->valued = false;
	take_about(words, s, ROLE_ABOUT_INSIDE | ROLE_ABOUT_AFTER | ROLE_SOME, at, q);
	/* 2万多 has its multiplier before, 20多万 behind the word. */
	if (q->about && q->valued) {
		int power = multiplier(words, s, true, at);

		if (power > 0)
			q->valued = decimal_shift(q->value, power, &q->value);
	}
	/* Beside % a blank is kept. */
	if (starts(s, *at, " ") && words_match(words, (struct span){s.p + *at + 1, s.n - *at - 1}, ROLE_UNIT, &n))
		++*at;
}

/* The unit behind it, or that of 百分之, in which the value is from here on. */
static void
take_unit(const struct words *words, struct span s, size_t *at, const struct word *share, struct quantity *q)
{
	size_t n;

	q->unit_start = *at;
	if (share) {
		q->unit = words_match(words, share->unit, ROLE_UNIT, &n);
	} else if ((q->unit = words_match(words, span_from(s, *at), ROLE_UNIT | ROLE_NOT_UNIT, &n)) != NULL) {
		*at += n;
		if (q->unit->roles & ROLE_UNIT && q->valued && q->unit->shift &&
			!decimal_shift(q->value, q->unit->shift, &q->value)) {
			q->valued = false;
			q->overflow = true;
		}
	}
	if (q->valued && (q->value.digits > LARGEST || q->value.digits < -LARGEST)) {
		q->valued = false;
		q->overflow = true;
	}
}

bool
quantity_read(const struct words *words, struct span s, struct quantity *q, size_t *skip)
{
	const struct word *share;
	size_t at;

	*q = (struct quantity){0};
	*skip = s.n ? rune_length(*s.p) : 0;
	if (s.n == 0)
		return false;
	at = sign_length(s);
	q->sign = at > 0;
	if (at == s.n || !quantity_may_start(words, s.p + at, s.n - at))
		return false;
	q->chinese = !is_digit(s.p[at]);
	if (!read_share_or_number(words, s, &at, &share, q)) {
		*skip = at;
		return false;
	}
	if (q->sign && *s.p != '+' && q->valued)
		q->valued = decimal_mul_int(q->value, -1, &q->value);
	q->digits = at;
	take_behind(words, s, &at, q);
	take_unit(words, s, &at, share, q);
	if (q->unit && q->unit->roles & ROLE_UNIT && same_unit_range(words, s, q->unit, &at))
		q->valued = false;
	while (q->unit && q->unit->roles & ROLE_UNIT && q->unit->kind == UNIT_MONEY && goes_on_in_money(words, s, &at))
		q->valued = false;
	take_about(words, s, ROLE_ABOUT_AFTER, &at, q);
	q->end = at;
	*skip = at;
	return true;
}
