/*
 * units: what kind of number each unit is for, and how many 元 one of money is (common/tables/forms/units.csv).
 */
#ifndef UNITS_H
#define UNITS_H

#include <stdbool.h>

#include "span.h"

/* Measures are none of these, for some of them count (页次). */
enum unit_kind { UNIT_OTHER, UNIT_COUNT, UNIT_MONEY, UNIT_RATE };

/* The power of ten of a unit that is not converted. */
enum { UNITS_NO_POWER = -1 };

struct units;

/* NULL, said with file and line, if the table is broken: status 2. */
struct units *units_load(const char *dir);
void units_free(struct units *units);

/* UNIT_OTHER, too, for a text that is no unit. */
enum unit_kind units_kind(const struct units *units, struct span unit);

/* The power of ten of 元 that one of the unit is: 0 of 元, 4 of 万元; UNITS_NO_POWER of what is not converted into 元. */
int units_power(const struct units *units, struct span unit);

/* The unit whose power is 0: 元.  Empty if the table has none. */
struct span units_base(const struct units *units);

/* The unit in the text of a cell that states one: 件, or （件） in folded brackets. */
static inline struct span
units_text(struct span text)
{
	return text.n > 2 && text.p[0] == '(' && text.p[text.n - 1] == ')' ? span_of(text.p + 1, text.n - 2) : text;
}

/* Whether a cell with this text and no other may state what the values beside it are in. */
bool units_stands_alone(const struct units *units, struct span text);

/* The unit that the brackets at the end of a header or label hold and nothing else, 采购总金额(万元); empty if none. */
struct span units_at_end(const struct units *units, struct span text);

#endif
