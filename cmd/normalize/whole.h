/*
 * whole: a run of Chinese numerals as a whole number.
 *
 * A closed grammar: digits alone (二〇一八, two at least), or sections of 千百十 under 万 and 亿, each place at most
 * once and in falling order, 零 only for a place left out.  十 stands for 一十 at the start of a section only.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numerals.h"

/* What the n numerals say; false for all else (一百五, 三五, 十二十), and for what does not fit. */
bool whole_read(const struct numeral *v, size_t n, int64_t *value);

#endif
