#include "decimal.h"

__extension__ typedef unsigned __int128 uint128;

static const int64_t power10[19] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000};

/* Without trailing zeros after the point. */
static struct decimal
canonical(int64_t digits, unsigned scale)
{
	while (scale > 0 && digits % 10 == 0) {
		digits /= 10;
		scale--;
	}
	return (struct decimal){digits, (uint8_t)scale};
}

/* A number of units of 10^-9 as a decimal. */
static bool
from_units(int128 units, struct decimal *d)
{
	unsigned scale = DECIMAL_PLACES;

	while (scale > 0 && units % 10 == 0) {
		units /= 10;
		scale--;
	}
	if (units > INT64_MAX || units < INT64_MIN)
		return false;
	*d = (struct decimal){(int64_t)units, (uint8_t)scale};
	return true;
}

static int128
to_units(struct decimal d)
{
	return (int128)d.digits * power10[DECIMAL_PLACES - d.scale];
}

/* Takes digits one by one; zeros after the point wait until a digit that counts follows them. */
struct taker {
	int64_t digits;
	unsigned scale, zeros;
	bool point, range;
};

static void
take(struct taker *t, char c)
{
	int digit = c - '0';

	if (t->point && digit == 0) {
		if (t->zeros < DECIMAL_PLACES)
			t->zeros++;
		return;
	}
	for (; t->zeros > 0; t->zeros--) {
		t->range |= __builtin_mul_overflow(t->digits, 10, &t->digits);
		t->scale++;
	}
	/* Built below zero, where there is one number more. */
	t->range |= __builtin_mul_overflow(t->digits, 10, &t->digits);
	t->range |= __builtin_sub_overflow(t->digits, digit, &t->digits);
	if (t->point && ++t->scale > DECIMAL_PLACES) {
		t->range = true;
		t->scale = DECIMAL_PLACES;
	}
}

static enum decimal_fault
taken(const struct taker *t, bool negative, struct decimal *d)
{
	if (t->range || t->scale > DECIMAL_PLACES || (!negative && t->digits == INT64_MIN))
		return DECIMAL_RANGE;
	*d = canonical(negative ? t->digits : -t->digits, t->scale);
	return DECIMAL_GOOD;
}

enum decimal_fault
decimal_parse(struct span text, struct decimal *d)
{
	struct taker t = {0};
	bool negative = text.n && text.p[0] == '-', digit = false;

	for (size_t i = negative; i < text.n; i++) {
		if (is_digit(text.p[i])) {
			take(&t, text.p[i]);
			digit = true;
		} else if (text.p[i] == '.' && digit && !t.point) {
			t.point = true;
			digit = false;
		} else {
			return DECIMAL_NONE;
		}
	}
	return digit ? taken(&t, negative, d) : DECIMAL_NONE;
}

const char *
decimal_why(enum decimal_fault fault)
{
	static const char *const why[] = {
		[DECIMAL_GOOD] = NULL,
		[DECIMAL_NONE] = "the state says there is a number, the value is none",
		[DECIMAL_RANGE] = "a number with more digits than can be added exactly",
	};

	return why[fault];
}

enum decimal_fault
decimal_parse_printed(struct span text, struct decimal *d)
{
	static const struct span wide_comma = {"\xef\xbc\x8c", 3}, minus = {"\xe2\x88\x92", 3};
	struct taker t = {0};
	bool negative = false, grouped = false;
	size_t i = 0, run = 0; /* digits since the start, a mark or the point */

	/* Most are a few digits and nothing else. */
	if (text.n - 1 < 18) {
		int64_t digits = 0;

		for (; i < text.n && is_digit(text.p[i]); i++)
			digits = digits * 10 + (text.p[i] - '0');
		if (i == text.n) {
			*d = DECIMAL_INT(digits);
			return DECIMAL_GOOD;
		}
		i = 0;
	}
	if (text.n && (text.p[0] == '+' || text.p[0] == '-')) {
		negative = text.p[0] == '-';
		i = 1;
	} else if (span_starts(text, minus)) {
		negative = true;
		i = minus.n;
	}
	while (i < text.n) {
		struct span rest = {text.p + i, text.n - i};
		size_t mark = text.p[i] == ',' ? 1 : span_starts(rest, wide_comma) ? wide_comma.n : 0;

		if (is_digit(text.p[i])) {
			take(&t, text.p[i]);
			run++;
			i++;
		} else if (text.p[i] == '.' && !t.point && run && (!grouped || run == 3)) {
			t.point = true;
			run = 0;
			i++;
		} else if (mark && !t.point && (grouped ? run == 3 : run >= 1 && run <= 3)) {
			grouped = true;
			run = 0;
			i += mark;
		} else {
			return DECIMAL_NONE;
		}
	}
	if (run == 0 || (grouped && !t.point && run != 3))
		return DECIMAL_NONE;
	return taken(&t, negative, d);
}

int
decimal_cmp(struct decimal a, struct decimal b)
{
	int128 left = to_units(a), right = to_units(b);

	return (left > right) - (left < right);
}

bool
decimal_add(struct decimal a, struct decimal b, struct decimal *sum)
{
	return from_units(to_units(a) + to_units(b), sum);
}

bool
decimal_sub(struct decimal a, struct decimal b, struct decimal *difference)
{
	return from_units(to_units(a) - to_units(b), difference);
}

bool
decimal_mul_int(struct decimal a, int64_t factor, struct decimal *product)
{
	int128 digits = (int128)a.digits * factor;
	unsigned scale = a.scale;

	while (scale > 0 && digits % 10 == 0) {
		digits /= 10;
		scale--;
	}
	if (digits > INT64_MAX || digits < INT64_MIN)
		return false;
	*product = (struct decimal){(int64_t)digits, (uint8_t)scale};
	return true;
}

bool
decimal_shift(struct decimal a, int power, struct decimal *shifted)
{
	int scale;

	if (a.digits == 0) {
		*shifted = DECIMAL_ZERO;
		return true;
	}
	if (power < -100 || power > 100)
		return false;
	scale = a.scale - power;
	while (a.digits % 10 == 0 && scale > 0) {
		a.digits /= 10;
		scale--;
	}
	for (; scale < 0; scale++)
		if (__builtin_mul_overflow(a.digits, 10, &a.digits))
			return false;
	if (scale > DECIMAL_PLACES)
		return false;
	*shifted = canonical(a.digits, (unsigned)scale);
	return true;
}

/* a / b to the nearest whole number, a tie to the even one; b > 0. */
static int128
divide_even(int128 a, int128 b)
{
	int128 q = a / b, r = a % b;
	int sign = a < 0 ? -1 : 1;

	if (r < 0)
		r = -r;
	if (r > b - r || (r == b - r && q % 2 != 0))
		q += sign;
	return q;
}

bool
decimal_div(struct decimal a, struct decimal b, unsigned places, struct decimal *quotient)
{
	int128 above, below, q;

	if (b.digits == 0 || places > DECIMAL_PLACES)
		return false;
	/* |above| < 2^63 * 10^18 < 2^123: digits of a brought to scale 9 and to the places asked for. */
	above = (int128)a.digits * power10[DECIMAL_PLACES - a.scale] * power10[places];
	below = to_units(b);
	if (below < 0) {
		above = -above;
		below = -below;
	}
	q = divide_even(above, below);
	while (places > 0 && q % 10 == 0) {
		q /= 10;
		places--;
	}
	if (q > INT64_MAX || q < INT64_MIN)
		return false;
	*quotient = (struct decimal){(int64_t)q, (uint8_t)places};
	return true;
}

/* |digits| / 10^scale written backwards from `end`; returns its start. */
static char *
write_back(char *end, int128 digits, unsigned scale)
{
	/* The magnitude, which for the lowest number has no positive twin. */
	uint128 left = digits < 0 ? -(uint128)digits : (uint128)digits;
	uint64_t low;
	unsigned written = 0;

	/* 128 bits are divided only as long as there are that many: it costs ten times as much. */
	for (; left > UINT64_MAX; left /= 10, written++) {
		if (scale > 0 && written == scale)
			*--end = '.';
		*--end = (char)('0' + (int)(left % 10));
	}
	low = (uint64_t)left;
	do {
		if (scale > 0 && written == scale)
			*--end = '.';
		*--end = (char)('0' + (int)(low % 10));
		low /= 10;
		written++;
	} while (low > 0 || written <= scale);
	if (digits < 0)
		*--end = '-';
	return end;
}

size_t
decimal_format(struct decimal d, char out[DECIMAL_MAX])
{
	char text[DECIMAL_MAX + 8], *end = text + sizeof text;
	char *start = write_back(end, d.digits, d.scale);

	memcpy(out, start, (size_t)(end - start));
	return (size_t)(end - start);
}

bool
decimal_sum_add(struct decimal_sum *sum, struct decimal d)
{
	return decimal_sum_merge(sum, (struct decimal_sum){to_units(d)});
}

bool
decimal_sum_merge(struct decimal_sum *sum, struct decimal_sum other)
{
	int128 units;

	if (__builtin_add_overflow(sum->units, other.units, &units))
		return false;
	sum->units = units;
	return true;
}

bool
decimal_sum_add_times(struct decimal_sum *sum, struct decimal d, int64_t times)
{
	int128 units;

	if (__builtin_mul_overflow(to_units(d), (int128)times, &units))
		return false;
	return decimal_sum_merge(sum, (struct decimal_sum){units});
}

bool
decimal_sum_value(struct decimal_sum sum, struct decimal *d)
{
	return from_units(sum.units, d);
}

static void
format_units(int128 units, unsigned scale, struct buf *out)
{
	char text[48], *end = text + sizeof text, *start;

	while (scale > 0 && units % 10 == 0) {
		units /= 10;
		scale--;
	}
	start = write_back(end, units, scale);
	buf_add(out, start, (size_t)(end - start));
}

void
decimal_sum_format(struct decimal_sum sum, struct buf *out)
{
	format_units(sum.units, DECIMAL_PLACES, out);
}

void
decimal_sum_format_div(struct decimal_sum sum, uint64_t n, unsigned places, struct buf *out)
{
	int128 below = (int128)n * power10[DECIMAL_PLACES - places];

	format_units(divide_even(sum.units, below), places, out);
}
