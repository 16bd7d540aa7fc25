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
	return cell->unit.n && form_unit.n && !span_eq(cell->unit, form_unit) &&
	       form_book_kinds_differ(s->book, cell->unit, form_unit);
}

static bool
holds(struct span text, struct span word)
{
	return span_find(text, word) < text.n;
}

/* 5万, 0.35亿 of money is so many 元, whatever the row is in. */
static bool
is_yuan(const struct item *cell, struct span unit)
{
	return (span_eq(unit, SPAN("万元")) || span_eq(unit, SPAN("元"))) &&
	       (holds(cell->text, SPAN("万")) || holds(cell->text, SPAN("亿")));
}

void
sheet_set_unit(struct sheets *s, struct fact *f, struct span form_unit, struct span stated)
{
	const struct item *cell = &s->page->items[f->item];
	struct span has = cell->unit.n ? cell->unit : is_yuan(cell, form_unit) || is_yuan(cell, stated) ? SPAN("元") : stated;
	/* Money is converted into what the row is in, 元 or 万元. */
	bool other = s->local && stated.n && !form_book_is_money(s->book, form_unit);
	struct span unit = other ? stated : form_unit.n ? form_unit : has;

	/* 20% where the row counts 件: that is another number, and the one expected cannot be read. */
	if (sheet_other_kind(s, cell, form_unit)) {
		f->instead = facts_value(s->out, SPAN(""), STATE_TEXT);
		f->unit = form_unit;
		return;
	}
	facts_set_unit(s->out, f, cell, unit, has);
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
