#include "whole.h"

enum { NO_DIGIT = -1, NO_PLACE = 100 };

/* A number as far as it has been read. */
struct whole {
	int64_t total, section; /* of 万 and 亿; of what stands before the next of them */
	int place;              /* the lowest place of this section that was used */
	int big;                /* the lowest of 亿 and 万 that was used */
	int digit;              /* that waits for its place */
	bool zero, begun;       /* 零 was read; the section has begun */
};

/* value += digit * 10^power; false if it does not fit. */
static bool
add_power(int64_t *value, int64_t digit, int power)
{
	while (power-- > 0)
		if (__builtin_mul_overflow(digit, 10, &digit))
			return false;
	return !__builtin_add_overflow(*value, digit, value);
}

/* Digits alone. */
static bool
read_digits(const struct numeral *v, size_t n, int64_t *value)
{
	bool zeros = false, other = false;

	*value = 0;
	for (size_t i = 0; i < n; i++) {
		zeros |= i > 0 && v[i].digit == 0;
		other |= v[i].digit != 0;
		if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, v[i].digit, value))
			return false;
	}
	/* ○ alone, and 〇〇, hold the place of a number. */
	if (!other)
		return n == 1 && !v[0].beside;
	/* 七八 is 七 or 八; as digits, a number has a zero inside or is long. */
	return n == 1 || zeros || n >= 4;
}

static bool
take_digit(struct whole *w, int digit)
{
	if (w->digit >= 0)
		return false;
	if (digit > 0) {
		w->digit = digit;
		return true;
	}
	if (w->zero || (!w->begun && w->total == 0))
		return false;
	return w->zero = true;
}

/* 十, 百 or 千. */
static bool
take_place(struct whole *w, int power)
{
	if (w->digit < 0) {
		if (power != 1 || w->begun)
			return false;
		w->digit = 1;
	}
	if (power >= w->place)
		return false;
	/* A place left out is said by 零. */
	if (w->begun && power < w->place - 1 && !w->zero)
		return false;
	if (!add_power(&w->section, w->digit, power))
		return false;
	w->place = power;
	w->digit = NO_DIGIT;
	w->zero = false;
	return w->begun = true;
}

/* 万 or 亿, which ends a section. */
static bool
take_big(struct whole *w, int power)
{
	if (w->digit >= 0) {
		if (w->begun && w->place != 1 && !w->zero)
			return false;
		w->section += w->digit;
		w->begun = true;
	}
	if (!w->begun || power >= w->big || !add_power(&w->total, w->section, power))
		return false;
	*w = (struct whole){.total = w->total, .big = power, .place = NO_PLACE, .digit = NO_DIGIT};
	return true;
}

/* What is left at the end: the last digit is of ones, after 十 or after 零.  一百五 is not known to be 150. */
static bool
finish(struct whole *w, int64_t *value)
{
	if (w->digit >= 0) {
		if (!w->zero && (w->begun ? w->place != 1 : w->total != 0))
			return false;
		w->section += w->digit;
	} else if (w->zero) {
		return false;
	}
	return add_power(&w->total, w->section, 0) && (*value = w->total, true);
}

bool
whole_read(const struct numeral *v, size_t n, int64_t *value)
{
	struct whole w = {.place = NO_PLACE, .big = NO_PLACE, .digit = NO_DIGIT};
	bool powers = false;

	for (size_t i = 0; i < n; i++)
		powers |= v[i].power != 0;
	if (!powers)
		return read_digits(v, n, value);
	for (size_t i = 0; i < n; i++)
		if (v[i].digit >= 0 ? !take_digit(&w, v[i].digit)
			: v[i].power < 4 ? !take_place(&w, v[i].power) : !take_big(&w, v[i].power))
			return false;
	return finish(&w, value);
}
