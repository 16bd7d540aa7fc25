#include "units.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_units);

struct unit {
	struct span text; /* empty: a free slot */
	uint8_t kind;
	int16_t power;
	bool alone;
};

struct units {
	struct table *table; /* which the texts are parts of */
	struct unit *slot;   /* by the hash of the text */
	size_t mask, longest;
	struct span base;
	bool begins[256];    /* a unit that stands alone has this for its first byte */
};

/* Where the table has what. */
struct columns {
	size_t unit, canonical, shift, power, kind;
};

/* The unit, or the free slot in which it would be. */
static struct unit *
slot_of(const struct units *units, struct span text)
{
	size_t at = (size_t)span_hash(text) & units->mask;

	while (units->slot[at].text.n && !span_eq(units->slot[at].text, text))
		at = (at + 1) & units->mask;
	return &units->slot[at];
}

static enum unit_kind
kind_of(struct span name)
{
	static const struct {
		const char *name;
		enum unit_kind kind;
	} kinds[] = {{"count", UNIT_COUNT}, {"noun", UNIT_COUNT}, {"money", UNIT_MONEY}, {"percent", UNIT_RATE},
		{"point", UNIT_RATE}, {"times", UNIT_RATE}};

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		if (span_eq(name, span_str(kinds[k].name)))
			return kinds[k].kind;
	return UNIT_OTHER;
}

/* 0 to 99 in one or two digits, 0 of an empty text; -1 of others. */
static int
small_number(struct span s)
{
	int v = 0;

	if (s.n > 2)
		return -1;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/*
 * Whole units first, then those written as so many of one: 百元 is 100 元.  Any that counts may stand alone, and of
 * money those that a number keeps.
 */
static bool
add_unit(struct units *units, const struct columns *c, size_t row, bool whole)
{
	const struct table *t = units->table;
	struct span text = table_cell(t, row, c->unit), kind = table_cell(t, row, c->kind);
	struct span canonical = table_cell(t, row, c->canonical);
	struct span power = table_cell(t, row, c->power), shift = table_cell(t, row, c->shift);
	struct unit *unit = slot_of(units, text);

	if (!text.n || span_eq(text, canonical) != whole)
		return true;
	*unit = (struct unit){text, (uint8_t)kind_of(kind), UNITS_NO_POWER, span_eq(kind, SPAN("count"))};
	if (small_number(shift) < 0 || small_number(power) < 0 || (power.n && (!whole || unit->kind != UNIT_MONEY))) {
		warn("%s:%zu: '%.*s' with shift '%.*s' and power '%.*s': a power is of money that stands for itself, both are 0 to 99",
			t->path, t->line[row], SPAN_ARG(text), SPAN_ARG(shift), SPAN_ARG(power));
		return false;
	}
	if (unit->kind == UNIT_MONEY) {
		int of = whole ? power.n ? small_number(power) : UNITS_NO_POWER : units_power(units, canonical);

		unit->power = (int16_t)(of == UNITS_NO_POWER ? of : of + small_number(shift));
		unit->alone = of != UNITS_NO_POWER && !shift.n;
		if (whole && unit->power == 0)
			units->base = text;
	}
	if (unit->alone) {
		units->begins[(unsigned char)text.p[0]] = true;
		units->longest = text.n > units->longest ? text.n : units->longest;
	}
	return true;
}

struct units *
units_load(const char *dir)
{
	struct units *units = xcalloc(1, sizeof *units);
	struct columns c = {0};
	size_t size = 16;

	units->table = table_load_keyed(TABLE_SOURCE(forms, units), dir, "unit");
	if (units->table)
		c = (struct columns){table_column(units->table, "unit"), table_column(units->table, "canonical"),
			table_column(units->table, "shift"), table_column(units->table, "power"), table_column(units->table, "kind")};
	while (units->table && size < 2 * units->table->nrows)
		size *= 2;
	units->mask = size - 1;
	units->slot = xcalloc(size, sizeof *units->slot);
	for (int whole = 1; units->table && whole >= 0; whole--)
		for (size_t i = 0; i < units->table->nrows; i++)
			if (!add_unit(units, &c, i, whole)) {
				units_free(units);
				return NULL;
			}
	if (units->table)
		return units;
	units_free(units);
	return NULL;
}

void
units_free(struct units *units)
{
	if (!units)
		return;
	table_free(units->table);
	free(units->slot);
	free(units);
}

enum unit_kind
units_kind(const struct units *units, struct span unit)
{
	return unit.n ? (enum unit_kind)slot_of(units, unit)->kind : UNIT_OTHER;
}

int
units_power(const struct units *units, struct span unit)
{
	const struct unit *found = slot_of(units, unit);

	return found->text.n ? found->power : UNITS_NO_POWER;
}

struct span
units_base(const struct units *units)
{
	return units->base;
}

bool
units_stands_alone(const struct units *units, struct span text)
{
	text = units_text(text);
	/* Asked of every cell, most of which are long or numbers. */
	return text.n && text.n <= units->longest && units->begins[(unsigned char)text.p[0]] && slot_of(units, text)->alone;
}

struct span
units_at_end(const struct units *units, struct span text)
{
	size_t at = text.n;

	if (!span_ends(text, SPAN(")")))
		return SPAN("");
	while (at > 0 && text.p[at - 1] != '(')
		at--;
	text = span_of(text.p + at, text.n - at - 1);
	return at && units_stands_alone(units, text) ? text : SPAN("");
}
