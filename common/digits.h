/*
 * digits: two decimal digits at a time, for the writers of many numbers.
 */
#ifndef DIGITS_H
#define DIGITS_H

#include <string.h>

/* 00 to 99, one behind the other. */
extern const char digits_pairs[201];

/* Writes the two digits of number, 0 to 99, at `at`; gives the place behind them. */
static inline char *
digits_two(char *at, unsigned number)
{
	memcpy(at, digits_pairs + 2 * number, 2);
	return at + 2;
}

#endif
