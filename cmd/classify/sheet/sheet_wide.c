/* The wide table, whose columns are indicators, in one row. */
#include "sheet_parts.h"

#include "decimal.h"

/* True if nothing speaks against the header (a cell) heading column `i`: cut short it names none. */
static bool
may_head(struct sheets *s, uint32_t head, const struct form_sheet *fs, uint16_t form, uint32_t i)
{
	bool named = false;
	const struct known *known;
	const struct row_ref *ref;

	if (head == NO_CELL)
		return true;
	known = sheet_know(s, head);
	ref = known->columns;
	for (size_t k = 0; k < known->ncolumns; k++) {
		if (ref[k].form != form || ref[k].row < fs->first || ref[k].row >= fs->first + fs->n)
			continue;
		if (ref[k].row == fs->first + i)
			return true;
		named = true;
	}
	return !named;
}

/* Gives the facts from `first` on the period or scope that the row's label says; false if it says none. */
static bool
tell_row(struct sheets *s, const struct entry *e, struct span label, uint32_t first)
{
	int year = identity_year(s->finder, label);
	enum header role = HEADER_NONE;
	enum scope scope = SCOPE_NONE;
	uint16_t period = 0;
	struct buf *text = &s->keys;

	if (label.n == 0)
		return false;
	if (!year && e->first > 0 && s->cell[e->first - 1].item == e->label)
		role = (enum header)sheet_know(s, e->first - 1)->header;
	if (role == HEADER_PREVIOUS)
		year = s->year - 1;
	buf_reset(text);
	if (role == HEADER_CUMULATIVE)
		buf_add_str(text, "cumulative");
	else if (role == HEADER_PREVIOUS && !s->year)
		buf_add_str(text, "previous");
	else if (year && year != s->year)
		buf_printf(text, "%d", year);
	period = facts_period(s->out, buf_span(text));
	if (!year && !period)
		scope = identity_clause_scope(s->finder, label);
	for (uint32_t i = first; i < s->out->n; i++) {
		s->out->fact[i].period = period;
		s->out->fact[i].scope = (uint8_t)scope;
	}
	return year || period || scope != SCOPE_NONE;
}

/* Two rows that nothing tells apart: where they differ neither is sure. */
static void
compare_rows(struct sheets *s, uint32_t first)
{
	struct wide_rows *wide = &s->wide;
	uint32_t n = (uint32_t)s->out->n - first;

	for (uint32_t i = 0; i < n && n == wide->n; i++) {
		struct fact *a = &s->out->fact[wide->fact + i], *b = &s->out->fact[first + i];

		if (a->row == b->row && !facts_same_value(s->out, s->page, a, b))
			a->scope = b->scope = SCOPE_UNCLEAR;
	}
	wide->fact = first;
	wide->n = n;
}

/* Whether no value of the row says anything. */
static bool
says_nothing(const struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++)
		if (!is_empty(cell_at(s, i)) && cell_at(s, i)->state != STATE_MARK)
			return false;
	return true;
}

/* Whether a row of the sheet that may be the wide table's has a number; asked once a sheet. */
static bool
has_valued_row(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs)
{
	struct wide_rows *wide = &s->wide;

	for (uint32_t i = sheet->entry; !wide->looked && i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		for (uint32_t k = e->first; !wide->valued && e->n >= fs->n && k < e->first + e->n; k++)
			wide->valued = has_number(cell_at(s, k));
	}
	wide->looked = true;
	return wide->valued;
}

/* Whether the first cell of a row counts the rows, as the two before it do. */
static bool
counts_rows(const struct sheets *s, const struct sheet *sheet, uint32_t first)
{
	struct decimal d[2] = {DECIMAL_ZERO, DECIMAL_ZERO};
	uint32_t rows = 0;

	for (uint32_t i = first + 1; i-- > sheet->cell && rows < 3;) {
		const struct item *cell = cell_at(s, i);

		if (cell->row == 0)
			return false;
		if (cell->col != 1)
			continue;
		if (!has_number(cell) || decimal_parse(cell->value, &d[0]) != DECIMAL_GOOD || !decimal_is_integer(d[0]) ||
			(rows++ && d[0].digits != d[1].digits - 1))
			return false;
		d[1] = d[0];
	}
	return rows == 3;
}

/* Whether column `total` of fs is the sum of those whose code differs from its own in the last name alone. */
static bool
adds_up(const struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint32_t total)
{
	const struct form_column *column = s->book->forms->column + fs->first;
	size_t group = column[total].column.n - (sizeof "total" - 1);
	int64_t sum = 0, value = 0;

	for (uint32_t i = 0; i < fs->n; i++) {
		struct span code = column[i].column;
		struct decimal d;

		if (code.n <= group || memcmp(code.p, column[total].column.p, group) != 0 ||
			memchr(code.p + group, '.', code.n - group))
			continue;
		if (decimal_parse(cell_at(s, e->first + i)->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) ||
			d.digits < 0 || d.digits > INT32_MAX)
			return false;
		if (i == total)
			value = d.digits;
		else
			sum += d.digits;
	}
	return sum == value;
}

/* Whether each total of the row is the sum of its group, and the row holds nothing but numbers. */
static bool
closes(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	uint32_t totals = 0;

	for (uint32_t i = 0; i < fs->n; i++) {
		if (cell_at(s, e->first + i)->state != STATE_NUMBER)
			return false;
		if (!span_ends(s->book->forms->column[fs->first + i].column, SPAN(".total")))
			continue;
		if (!adds_up(s, e, fs, i))
			return false;
		totals++;
	}
	return totals > 0;
}

/* The wide table of a form; NULL if it has none that can be read. */
static const struct form_sheet *
wide_sheet(const struct edition *ed)
{
	const struct form_sheet *fs = NULL;

	for (size_t i = 0; i < ed->nsheets; i++)
		if (ed->sheet[i].wide)
			fs = &ed->sheet[i];
	return fs && fs->n <= MOST_COLUMNS ? fs : NULL;
}

/* Takes what is no value of the row from its ends: blank cells behind, a year or a number of the row before; its label. */
static struct span
take_label(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, struct entry *own)
{
	struct span label = own->label == NO_ITEM ? SPAN("") : s->page->items[own->label].text;

	while (own->n > fs->n && is_empty(cell_at(s, own->first + own->n - 1)))
		own->n--;
	/* 2022 | 8 | 24: a year before the values is their label. */
	if (own->n == fs->n + 1 && identity_year(s->finder, cell_at(s, own->first)->text)) {
		label = cell_at(s, own->first++)->text;
		own->n--;
	}
	s->wide.counted = own->n == fs->n + 1 && counts_rows(s, sheet, own->first);
	own->first += s->wide.counted;
	own->n -= s->wide.counted;
	/* Where the rows are not known it may be the last of the words above. */
	if (!label.n && own->first > sheet->cell && identity_year(s->finder, cell_at(s, own->first - 1)->text))
		label = cell_at(s, own->first - 1)->text;
	return label;
}

/*
 * Whether the headers above the values, in markup, do not deny their columns: one that names others was moved by a spoiled
 * span if the order of all and the sums say so.
 */
static bool
heads_agree(struct sheets *s, const struct entry *e, const struct entry *own, const struct form_sheet *fs, uint16_t form)
{
	for (uint32_t i = 0; i < own->n && cell_at(s, own->first)->grid == GRID_HTML; i++) {
		if (may_head(s, sheet_head_above(s, e->head, cell_at(s, own->first + i)), fs, form, s->wide.map[i]))
			continue;
		if (!s->wide.in_turn || !closes(s, own, fs))
			return false;
		s->wide.doubtful = true;
		return true;
	}
	return true;
}

/* Adds a fact of each value; false if the form has no row for one. */
static bool
add_values(struct sheets *s, const struct entry *e, const struct entry *own, const struct form_sheet *fs, uint16_t form)
{
	bool doubled = false;

	/* Blanks within, and more of them behind than the table has columns: some cells may have left two. */
	for (uint32_t i = 0; i < own->n && own->first + own->n < e->first + e->n && cell_at(s, own->first)->grid != GRID_HTML; i++)
		doubled |= is_empty(cell_at(s, own->first + i));
	for (uint32_t i = 0; i < own->n; i++) {
		const struct form_column *c = &s->book->forms->column[fs->first + s->wide.map[i]];
		const struct form_row *row = forms_row(s->book->forms, s->book->edition[form].name, c->column);
		struct fact *f;

		if (!row)
			return false;
		f = sheet_add_fact(s, own, form, row, own->first + i,
			s->wide.doubtful || doubled || sheet_ends_in_doubt(s, own, own->n));
		f->label = item_of(s, sheet_head_above(s, e->head, cell_at(s, own->first + i)));
		sheet_set_unit(s, f, forms_unit(row, c), SPAN(""));
	}
	return true;
}

bool
sheet_add_wide(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form)
{
	const struct form_sheet *fs = wide_sheet(&s->book->edition[form]);
	uint32_t first = (uint32_t)s->out->n;
	struct entry own = *e;
	struct span label;

	if (!fs)
		return false;
	label = take_label(s, sheet, fs, &own);
	/* A row left empty, or between the headers and the values, is no second row of them. */
	if (own.n == fs->n && !label.n && says_nothing(s, &own) && has_valued_row(s, sheet, fs))
		return true;
	if (own.n != fs->n || !sheet_wide_order(s, sheet, &own, form, own.n) || !heads_agree(s, e, &own, fs, form))
		return false;
	own.match = MATCH_ALIGNED;
	if (!add_values(s, e, &own, fs, form))
		return false;
	if (!tell_row(s, e, label, first))
		compare_rows(s, first);
	return true;
}

/* Whether all groups of columns that stand side by side on top are named by the words closest before a row. */
static bool
is_announced(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	enum { NEAR = 64 };
	uint32_t first = s->cell[e->first].item, missing = 0;
	struct span last = SPAN("");

	for (uint32_t c = 0; c < fs->n; c++) {
		struct span path = s->book->forms->column[fs->first + c].path, top = span_cut(&path, '/');
		bool found = span_eq(top, last);

		for (uint32_t i = first; !found && i-- > 0 && first - i < NEAR;) {
			const struct item *item = &s->page->items[i];

			if (item->kind == ITEM_CELL && has_number(item))
				break;
			found = span_find(item->text, top) < item->text.n;
		}
		missing += !found;
		last = top;
	}
	return missing == 0;
}

bool
sheet_add_headless(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form)
{
	const struct form_sheet *fs = wide_sheet(&s->book->edition[form]);
	bool added;

	/* What is left of the headers may stand where a label does. */
	if (!fs || e->n != fs->n || (e->label != NO_ITEM && !sheet_know(s, e->first - 1)->wide))
		return false;
	if (!closes(s, e, fs) || !is_announced(s, e, fs))
		return false;
	for (uint32_t i = 0; i < fs->n; i++)
		s->wide.map[i] = i;
	s->wide.given = s->wide.doubtful = true;
	added = sheet_add_wide(s, sheet, e, form);
	s->wide.given = false;
	return added;
}
