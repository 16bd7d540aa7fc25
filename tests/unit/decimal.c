/* Decimals against 128-bit arithmetic done another way, and against what is written beside them. */
#include "decimal.h"

#include <stdio.h>

#include "tap.h"

static uint64_t seed = 5;

static uint64_t
draw(uint64_t below)
{
	seed = seed * 0x5851f42d4c957f2du + 0x14057b7ef767814fu;
	return (seed >> 11) % below;
}

static const char *
shown(struct decimal d)
{
	static char text[4][DECIMAL_MAX + 1];
	static int turn;
	char *out = text[turn++ % 4];

	out[decimal_format(d, out)] = '\0';
	return out;
}

static void
test_parse(void)
{
	static const struct {
		const char *text;
		enum decimal_fault strict, printed;
		const char *value; /* as printed; NULL for none */
	} said[] = {
		{"0", DECIMAL_GOOD, DECIMAL_GOOD, "0"},
		{"-0", DECIMAL_GOOD, DECIMAL_GOOD, "0"},
		{"007", DECIMAL_GOOD, DECIMAL_GOOD, "7"},
		{"1612", DECIMAL_GOOD, DECIMAL_GOOD, "1612"},
		{"99.860", DECIMAL_GOOD, DECIMAL_GOOD, "99.86"},
		{"-2.5", DECIMAL_GOOD, DECIMAL_GOOD, "-2.5"},
		{"0.000000001", DECIMAL_GOOD, DECIMAL_GOOD, "0.000000001"},
		{"0.0000000001", DECIMAL_RANGE, DECIMAL_RANGE, NULL},
		{"1.000000000000000000000000", DECIMAL_GOOD, DECIMAL_GOOD, "1"},
		{"1.0000000000000000000000001", DECIMAL_RANGE, DECIMAL_RANGE, NULL},
		{"9223372036854775807", DECIMAL_GOOD, DECIMAL_GOOD, "9223372036854775807"},
		{"9223372036854775808", DECIMAL_RANGE, DECIMAL_RANGE, NULL},
		{"-9223372036854775808", DECIMAL_GOOD, DECIMAL_GOOD, "-9223372036854775808"},
		{"-9223372036854775809", DECIMAL_RANGE, DECIMAL_RANGE, NULL},
		{"300000000000000000000000000001", DECIMAL_RANGE, DECIMAL_RANGE, NULL},
		{"", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"-", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{".", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1.", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{".5", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1.2.3", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1e5", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{" 1", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"--1", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"+1", DECIMAL_NONE, DECIMAL_GOOD, "1"},
		{"\xe2\x88\x92" "2", DECIMAL_NONE, DECIMAL_GOOD, "-2"},
		{"134,691", DECIMAL_NONE, DECIMAL_GOOD, "134691"},
		{"134\xef\xbc\x8c" "691", DECIMAL_NONE, DECIMAL_GOOD, "134691"},
		{"1,234,567.89", DECIMAL_NONE, DECIMAL_GOOD, "1234567.89"},
		{"1,2", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"12,34", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1234,567", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1,234,56", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1,23.5", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{",123", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1,", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"1.234,567", DECIMAL_NONE, DECIMAL_NONE, NULL},
		{"9,223,372,036,854,775,807", DECIMAL_NONE, DECIMAL_GOOD, "9223372036854775807"},
		{"9,223,372,036,854,775,808", DECIMAL_NONE, DECIMAL_RANGE, NULL},
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct span text = span_str(said[i].text);
		struct decimal strict = DECIMAL_INT(-77), printed = DECIMAL_INT(-77);
		bool good = decimal_parse(text, &strict) == said[i].strict &&
			    decimal_parse_printed(text, &printed) == said[i].printed;

		good = good && (said[i].strict == DECIMAL_GOOD ? strcmp(shown(strict), said[i].value) == 0
							       : strict.digits == -77);
		good = good && (said[i].printed == DECIMAL_GOOD ? strcmp(shown(printed), said[i].value) == 0
								: printed.digits == -77);
		ok(good, "'%s'", said[i].text);
	}
}

/* A number near the edges of what fits, or a small one. */
static struct decimal
random_decimal(void)
{
	struct decimal d = {0, (uint8_t)draw(10)};

	switch (draw(4)) {
	case 0: d.digits = (int64_t)draw(2000) - 1000; break;
	case 1: d.digits = INT64_MAX - (int64_t)draw(1000); break;
	case 2: d.digits = INT64_MIN + (int64_t)draw(1000); break;
	default: d.digits = (int64_t)(draw(UINT64_MAX >> 2)) - (INT64_MAX >> 3); break;
	}
	while (d.scale && d.digits % 10 == 0) {
		d.digits /= 10;
		d.scale--;
	}
	return d;
}

static int128
units(struct decimal d)
{
	int128 u = d.digits;

	for (int i = d.scale; i < 9; i++)
		u *= 10;
	return u;
}

/* True if `have` says what `want` units are, `fits` what is possible. */
static bool
right(bool fits, struct decimal have, int128 want)
{
	int scale = 9;

	while (scale && want % 10 == 0) {
		want /= 10;
		scale--;
	}
	if (want > INT64_MAX || want < INT64_MIN)
		return !fits;
	return fits && have.digits == (int64_t)want && have.scale == scale;
}

static void
test_arithmetic(void)
{
	size_t bad = 0, tried = 0;

	for (int i = 0; i < 300000; i++) {
		struct decimal a = random_decimal(), b = random_decimal(), c = DECIMAL_ZERO, back = DECIMAL_ZERO;
		int64_t times = (int64_t)draw(4000) - 2000;
		bool fits;
		char text[DECIMAL_MAX];

		tried++;
		fits = decimal_add(a, b, &c);
		bad += !right(fits, c, units(a) + units(b));
		fits = decimal_sub(a, b, &c);
		bad += !right(fits, c, units(a) - units(b));
		fits = decimal_mul_int(a, times, &c);
		bad += !right(fits, c, units(a) * times);
		bad += (decimal_cmp(a, b) > 0) != (units(a) > units(b));
		bad += (decimal_cmp(a, b) == 0) != (units(a) == units(b));
		bad += decimal_parse((struct span){text, decimal_format(a, text)}, &back) != DECIMAL_GOOD ||
		       units(back) != units(a) || back.scale != a.scale;
		if (decimal_shift(a, 4, &c))
			bad += units(c) != units(a) * 10000;
		else
			bad += a.digits / 1000000000 == 0 && a.scale >= 4;
	}
	ok(bad == 0, "%zu random pairs are added, subtracted, multiplied and compared (%zu wrong)", tried, bad);
}

/* Half to even, by trying the neighbours: 2|a - q b| <= |b|, and q even at a tie. */
static void
test_division(void)
{
	size_t bad = 0, done = 0;

	for (int i = 0; i < 200000; i++) {
		struct decimal a = {(int64_t)draw(2000000) - 1000000, 0}, q;
		struct decimal b = {(int64_t)draw(2000) - 1000, 0};
		unsigned places = (unsigned)draw(7);
		int128 scale = 1, above, twice;

		for (unsigned p = 0; p < places; p++)
			scale *= 10;
		if (!decimal_div(a, b, places, &q)) {
			bad += b.digits != 0;
			continue;
		}
		done++;
		above = (int128)a.digits * scale;
		{
			int128 whole = q.digits, left;

			for (unsigned p = q.scale; p < places; p++)
				whole *= 10;
			left = above - whole * b.digits;
			twice = 2 * (left < 0 ? -left : left);
			bad += twice > (b.digits < 0 ? -b.digits : b.digits) ||
			       (twice == (b.digits < 0 ? -b.digits : b.digits) && whole % 2 != 0);
		}
	}
	ok(bad == 0 && done > 100000, "%zu random quotients are rounded half to even (%zu wrong)", done, bad);
}

static void
test_sums(void)
{
	struct decimal_sum sum = DECIMAL_SUM_ZERO, top;
	struct buf text = BUF_INIT;
	struct decimal d;

	for (int i = 0; i < 3; i++)
		decimal_sum_add(&sum, DECIMAL_INT(INT64_MAX));
	decimal_sum_format(sum, &text);
	ok(span_eq(buf_span(&text), SPAN("2767011" "6110564327421")), "a sum over 64 bits: %.*s",
		SPAN_ARG(buf_span(&text)));
	ok(!decimal_sum_value(sum, &d), "which is no decimal");
	buf_reset(&text);
	decimal_sum_format_div(sum, 3, 6, &text);
	ok(span_eq(buf_span(&text), SPAN("9223372036854775807")), "its mean: %.*s", SPAN_ARG(buf_span(&text)));
	sum = DECIMAL_SUM_ZERO;
	decimal_sum_add(&sum, DECIMAL_INT(2));
	buf_reset(&text);
	decimal_sum_format_div(sum, 3, 6, &text);
	buf_add_char(&text, ' ');
	decimal_sum_add_times(&sum, (struct decimal){-25, 1}, 2);
	decimal_sum_format_div(sum, 2000000, 6, &text);
	buf_add_char(&text, ' ');
	decimal_sum_format(sum, &text);
	ok(span_eq(buf_span(&text), SPAN("0.666667 -0.000002 -3")), "means: %.*s", SPAN_ARG(buf_span(&text)));
	sum.units = (((int128)1 << 126) - 1) * 2 + 1;
	top = sum;
	ok(!decimal_sum_add(&sum, DECIMAL_INT(1)) && decimal_sum_cmp(sum, top) == 0,
		"a sum that does not fit is said and left alone");
	ok(!decimal_sum_merge(&sum, top) && decimal_sum_cmp(sum, top) == 0, "so is one of two sums");
	sum.units = -sum.units - 1;
	buf_reset(&text);
	decimal_sum_format(sum, &text);
	ok(span_eq(buf_span(&text), SPAN("-17014" "118" "3460469231" "731687303715.884105728")), "the lowest: %.*s",
		SPAN_ARG(buf_span(&text)));
	buf_release(&text);
}

int
main(void)
{
	test_parse();
	test_arithmetic();
	test_division();
	test_sums();
	return done_testing();
}
