/*
 * cells: the indicators and columns the forms know, as small numbers, and every cell of a form's tables
 * as one: a fact finds its cell by two hashes, a rule by one array.
 *
 * Numbers count from 1; 0 is "not known".  Nothing changes after cells_load.
 */
#ifndef CELLS_H
#define CELLS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "forms.h"
#include "span.h"
#include "units.h"

struct names {
	struct span *name; /* [0] is the empty name */
	uint32_t *slot;
	uint32_t n, mask;
};

enum { CELL_SIGNED = 1, CELL_DECIMAL = 2 };

struct cell {
	uint32_t indicator, column;
	uint8_t flags;
	int16_t power; /* of its unit, of money: units_power */
};

struct cells {
	struct forms *forms;
	struct units *units;
	struct names indicators, columns, form_names;
	struct cell *cell; /* [0] is no cell */
	uint32_t n;
	uint32_t *of;      /* by indicator * (columns.n + 1) + column */
	uint32_t value, percent, growth; /* columns */
};

/* Takes the forms and the units over. */
void cells_load(struct cells *c, struct forms *forms, struct units *units);
void cells_release(struct cells *c);

/* The number of a name, 0 if it is not known. */
static inline uint32_t
names_find(const struct names *names, struct span s)
{
	if (s.n == 0)
		return 0;
	for (uint64_t i = span_hash(s);; i++) {
		uint32_t at = names->slot[i & names->mask];

		if (at == 0 || span_eq(names->name[at], s))
			return at;
	}
}

/* The cell of an indicator and a column, 0 if no table has it. */
static inline uint32_t
cells_find(const struct cells *c, uint32_t indicator, uint32_t column)
{
	return c->of[(size_t)indicator * (c->columns.n + 1) + column];
}

/* True if the row carries values in several columns. */
static inline bool
cells_wide(const struct form_row *row)
{
	return row->dimension.n > 0;
}

#endif
