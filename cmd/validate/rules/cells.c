#include "cells.h"

#include <stdlib.h>

#include "buf.h"

/* Room for n names, none of them in yet. */
static void
names_init(struct names *names, size_t n)
{
	size_t size = 16;

	while (size < 3 * n)
		size *= 2;
	*names = (struct names){
		.name = xcalloc(n + 1, sizeof *names->name),
		.slot = xcalloc(size, sizeof *names->slot),
		.mask = (uint32_t)(size - 1),
	};
}

static uint32_t
names_add(struct names *names, struct span s)
{
	uint32_t at = names_find(names, s);
	uint64_t i;

	if (at || s.n == 0)
		return at;
	names->name[++names->n] = s;
	for (i = span_hash(s); names->slot[i & names->mask]; i++)
		;
	return names->slot[i & names->mask] = names->n;
}

static void
names_release(struct names *names)
{
	free(names->name);
	free(names->slot);
}

/*
 * Adds the cell of a row and a column, or of a row alone.  What may stand in it its unit on the form says: amounts have
 * decimals, changes a sign.
 */
static void
add_cell(struct cells *c, size_t *cap, const struct form_row *row, const struct form_column *column)
{
	struct span unit = span_eq(row->unit, SPAN("by_column")) && column ? column->unit : row->unit;
	uint32_t indicator = names_find(&c->indicators, row->indicator);
	uint32_t in = column ? names_find(&c->columns, column->column) : c->value;
	uint32_t *at = &c->of[(size_t)indicator * (c->columns.n + 1) + in];
	int power = units_power(c->units, unit);
	struct cell *cell;

	if (*at == 0) {
		c->cell = grow(c->cell, (size_t)c->n + 1, cap, sizeof *c->cell);
		c->cell[++c->n] = (struct cell){indicator, in, 0, UNITS_NO_POWER};
		*at = c->n;
	}
	cell = &c->cell[*at];
	if (units_kind(c->units, unit) == UNIT_MONEY || span_eq(unit, SPAN("unstated")))
		cell->flags |= CELL_DECIMAL;
	if (column && column->is_signed)
		cell->flags |= CELL_SIGNED;
	if (power > cell->power)
		cell->power = (int16_t)power;
}

void
cells_load(struct cells *c, struct forms *forms, struct units *units)
{
	size_t cap = 0;

	*c = (struct cells){.forms = forms, .units = units};
	names_init(&c->indicators, forms->nrows);
	names_init(&c->columns, forms->ncolumns + 3);
	names_init(&c->form_names, forms->nrows);
	c->value = names_add(&c->columns, SPAN("value"));
	c->percent = names_add(&c->columns, SPAN("percent"));
	c->growth = names_add(&c->columns, SPAN("growth"));
	for (size_t i = 0; i < forms->nrows; i++) {
		names_add(&c->indicators, forms->row[i].indicator);
		names_add(&c->form_names, forms->row[i].form);
	}
	for (size_t i = 0; i < forms->ncolumns; i++)
		names_add(&c->columns, forms->column[i].column);
	c->of = xcalloc((size_t)(c->indicators.n + 1) * (c->columns.n + 1), sizeof *c->of);
	c->cell = grow(c->cell, 0, &cap, sizeof *c->cell);
	c->cell[0] = (struct cell){.power = UNITS_NO_POWER};
	for (size_t i = 0; i < forms->nrows; i++) {
		const struct form_row *row = &forms->row[i];

		if (!cells_wide(row)) {
			add_cell(c, &cap, row, NULL);
			continue;
		}
		for (size_t k = 0; k < forms->ncolumns; k++) {
			const struct form_column *column = &forms->column[k];

			if (span_eq(column->form, row->form) && span_eq(column->table, row->table))
				add_cell(c, &cap, row, column);
		}
	}
}

void
cells_release(struct cells *c)
{
	names_release(&c->indicators);
	names_release(&c->columns);
	names_release(&c->form_names);
	free(c->cell);
	free(c->of);
	forms_free(c->forms);
	units_free(c->units);
}
