/* Facts of the cells of a table, as its rows write them. */
#include "sheet_parts.h"

void
sheet_add_unknown(struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++) {
		const struct item *cell = cell_at(s, i);
		struct fact *f;

		if (!has_number(cell) || s->cell[i].read)
			continue;
		f = facts_add(s->out, s->cell[i].item, ORIGIN_TABLE);
		f->label = e->label;
		f->head = item_of(s, sheet_head_above(s, e->head, cell));
		f->grid = cell->grid;
	}
}

bool
sheet_other_kind(const struct sheets *s, const struct item *cell, struct span form_unit)
{
	enum unit_kind kind, form_kind;

	if (!cell->unit.n || !form_unit.n || span_eq(cell->unit, form_unit))
		return false;
	kind = units_kind(s->book->units, cell->unit);
	form_kind = units_kind(s->book->units, form_unit);
	return kind != UNIT_OTHER && form_kind != UNIT_OTHER && kind != form_kind;
}

/* Whether it is said with 万 or 亿. */
static bool
is_said_in_words(const struct sheets *s, const struct item *cell)
{
	for (size_t i = 0; i + 3 <= cell->text.n; i++) {
		const struct numeral *numeral = numerals_at(s->book->numerals, span_of(cell->text.p + i, cell->text.n - i));

		if (numeral && numeral->power >= 4)
			return true;
	}
	return false;
}

/*
 * The unit of the cell's number: its own, or what the table states.  5万, 0.35亿 of money is so many 元, whatever the row
 * is in.
 */
static struct span
unit_of_cell(const struct sheets *s, const struct item *cell, struct span form_unit, struct span stated)
{
	const struct units *units = s->book->units;

	if (cell->unit.n)
		return cell->unit;
	return is_said_in_words(s, cell) &&
			       (units_power(units, form_unit) != UNITS_NO_POWER || units_power(units, stated) != UNITS_NO_POWER)
		       ? units_base(units)
		       : stated;
}

void
sheet_set_unit(struct sheets *s, struct fact *f, struct span form_unit, struct span stated)
{
	const struct item *cell = &s->page->items[f->item];
	struct span has = unit_of_cell(s, cell, form_unit, stated);
	/* Money is converted into what the row is in, 元 or 万元. */
	bool other = s->local && stated.n && units_kind(s->book->units, form_unit) != UNIT_MONEY;
	struct span unit = other ? stated : form_unit.n ? form_unit : has;

	/* 20% where the row counts 件: that is another number, and the one expected cannot be read. */
	if (sheet_other_kind(s, cell, form_unit)) {
		f->instead = facts_value(s->out, SPAN(""), STATE_TEXT);
		f->unit = form_unit;
		return;
	}
	facts_set_unit(s->out, f, cell, s->book->units, unit, has);
}

struct fact *
sheet_add_fact(struct sheets *s, const struct entry *e, uint16_t form, const struct form_row *row,
	uint32_t cell, bool doubtful)
{
	struct fact *f = facts_add(s->out, s->cell[cell].item, ORIGIN_TABLE);

	f->row = row;
	f->label = e->label;
	f->form = s->local ? NO_FORM : form;
	f->match = e->match;
	f->grid = cell_at(s, cell)->grid;
	if (doubtful && f->grid != GRID_FAILED)
		f->grid = GRID_ASSUMED;
	f->statutory = true;
	return f;
}
