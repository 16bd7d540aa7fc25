/* The wide table printed another way: its columns as rows, or in blocks. */
#include "sheet_parts.h"

#include "path.h"
#include "sheet_rows_parts.h"

/* What the words around the cells of a table say of the columns of the wide one. */
struct crossing {
	const struct form_sheet *sheet;
	uint16_t form;
	uint64_t group;                 /* of the heading above, or the label that spans rows */
	uint32_t head, nheads;          /* header rows in markup: cells */
	uint64_t above[MOST_COLUMNS];   /* of the last header row in text, those with names, in order */
	uint32_t nabove;
	uint64_t groups[MOST_COLUMNS];  /* and of a row of headings above that */
	uint32_t ngroups;
	uint32_t cell[MOST_COLUMNS];    /* by column of the wide table: the value found for it */
	uint32_t label[MOST_COLUMNS];
	uint32_t found;
	bool twice, odd;                /* one was found twice; a number for none */
};

/* A row of words: a heading of what follows, or headers. */
static void
cross_heads(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t columns[MOST_COLUMNS];
	uint32_t n = 0, words = 0;
	bool own = false;

	for (uint32_t i = first; i < end; i++) {
		struct path p = paths_read(s->paths, x->form, cell_at(s, i)->text);

		words += cell_at(s, i)->text.n > 0;
		if (!p.columns || n == MOST_COLUMNS)
			continue;
		own |= p.own;
		columns[n++] = p.columns;
	}
	if (n == 0)
		return;
	if (words == 1 && !own) {
		x->group = columns[0];
		x->nheads = x->nabove = x->ngroups = 0;
		return;
	}
	if (x->nheads == 0)
		x->head = first;
	x->nheads = end - x->head;
	memcpy(own ? x->above : x->groups, columns, n * sizeof *columns);
	*(own ? &x->nabove : &x->ngroups) = n;
}

/* What the headers above value j of n in a row say. */
static uint64_t
cross_above(struct sheets *s, const struct crossing *x, uint32_t cell, uint32_t j, uint32_t n)
{
	const struct item *value = cell_at(s, cell);
	uint64_t columns = UINT64_MAX;

	if (value->grid == GRID_HTML) {
		for (uint32_t i = x->head; i < x->head + x->nheads; i++) {
			const struct item *above = cell_at(s, i);
			struct path p;

			if (above->col > end_column(value) || end_column(above) < value->col)
				continue;
			p = paths_read(s->paths, x->form, above->text);
			columns &= p.columns ? p.columns : UINT64_MAX;
		}
		return columns;
	}
	if (x->nabove)
		columns &= x->nabove == n ? x->above[j] : 0;
	if (x->ngroups)
		columns &= n % x->ngroups == 0 ? x->groups[j / (n / x->ngroups)] : 0;
	return columns;
}

/* A row with values behind its labels. */
static void
cross_values(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t row = UINT64_MAX, group = 0;
	uint32_t n = 0, label = NO_CELL, words = first, values[MOST_COLUMNS];

	for (uint32_t i = first; i < end; i++)
		if (s->cell[i].words)
			words = i;
	for (uint32_t i = first; i < end; i++) {
		struct path p;

		if (s->cell[i].unit || (is_empty(cell_at(s, i)) && i < words))
			continue;
		if (!s->cell[i].words) {
			if (n < MOST_COLUMNS)
				values[n++] = i;
			continue;
		}
		if (n)
			return;
		p = paths_read(s->paths, x->form, cell_at(s, i)->text);
		label = p.columns ? i : label;
		if (p.columns && !p.own)
			group = group ? group & p.columns : p.columns;
		else if (p.columns)
			row &= p.columns;
	}
	if (group)
		x->group = group;
	/* A pad behind the last value. */
	while (n > 1 && n > x->nabove && !x->nheads && is_empty(cell_at(s, values[n - 1])))
		n--;
	if (n == 0 || n >= x->sheet->n)
		return;
	/* A row of markup that ends before its headers has lost a cell. */
	for (uint32_t i = x->head; i < x->head + x->nheads && cell_at(s, end - 1)->grid == GRID_HTML; i++)
		x->odd |= end_column(cell_at(s, i)) > end_column(cell_at(s, end - 1));
	for (uint32_t j = 0; j < n; j++) {
		uint64_t columns = row & cross_above(s, x, values[j], j, n);
		uint32_t c;

		if (!path_is_one(columns) && x->group)
			columns &= x->group;
		if (!path_is_one(columns)) {
			x->odd |= label != NO_CELL && has_number(cell_at(s, values[j]));
			continue;
		}
		c = path_column(columns);
		x->twice |= x->cell[c] != NO_CELL;
		x->cell[c] = values[j];
		x->label[c] = label;
		x->found++;
	}
}

/* The end of the row at cell i of those up to `last`: where the rows are not known, of words and what stands behind them. */
static uint32_t
end_of_row(const struct sheets *s, const struct sheet *sheet, uint32_t i, uint32_t last)
{
	bool known = cell_at(s, i)->row > 0 && !sheet->ragged;
	uint32_t end = i;

	while (end < last && (sheet->ragged || rows_share(cell_at(s, end), cell_at(s, i))) &&
		(known || end == i || !s->cell[end].words || s->cell[end - 1].words))
		end++;
	return end;
}

/*
 * Whether the row that ends at `end` is one of another table of the form, with a value in each of its columns; *entry is
 * the first of the sheet that may be of it or of one behind.
 */
static bool
is_of_another(const struct sheets *s, const struct sheet *sheet, uint32_t end, uint32_t *entry)
{
	const struct edition *ed = &s->book->edition[sheet->form];
	bool found = false;

	for (; *entry < sheet->entry + sheet->nentries && s->entry[*entry].first < end; ++*entry) {
		const struct entry *e = &s->entry[*entry];

		found |= sheet->accepted && e->row != NO_ROW && ed->row[e->row].row->dimension.n &&
			 rows_count_numbers(s, e->first, e->first + e->n) > 1;
	}
	return found;
}

/*
 * The wide table printed another way: the words before and above each value name its column.  Believed if
 * several values find theirs, and each only one.
 */
static void
cross_sheet(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 4 };
	struct crossing x = {.sheet = paths_sheet(s->paths, sheet->form), .form = sheet->form};
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t last = sheet->cell + sheet->ncells, before = s->cell[sheet->cell].item, entry = sheet->entry;

	if (!x.sheet || x.sheet->n > MOST_COLUMNS)
		return;
	for (size_t c = 0; c < x.sheet->n; c++)
		x.cell[c] = NO_CELL;
	if (before > 0 && s->page->items[before - 1].kind == ITEM_TEXT) {
		struct path p = paths_read(s->paths, x.form, s->page->items[before - 1].text);

		x.group = p.own ? 0 : p.columns;
	}
	for (uint32_t i = sheet->cell, end; i < last; i = end) {
		bool numbers = false;

		end = end_of_row(s, sheet, i, last);
		for (uint32_t k = i; k < end; k++)
			numbers |= has_number(cell_at(s, k)) || cell_at(s, k)->state == STATE_MARK;
		if (is_of_another(s, sheet, end, &entry)) {
			/* Its heads are behind, too. */
			x.group = 0;
			x.nheads = x.nabove = x.ngroups = 0;
			continue;
		}
		if (numbers)
			cross_values(s, &x, i, end);
		else
			cross_heads(s, &x, i, end);
	}
	if (x.found < ENOUGH || x.twice || x.odd)
		return;
	for (uint32_t c = 0; c < x.sheet->n; c++) {
		const struct form_column *column = &s->book->forms->column[x.sheet->first + c];
		const struct form_row *row = forms_row(s->book->forms, ed->name, column->column);
		struct entry e = {.match = MATCH_ALIGNED, .label = item_of(s, x.label[c])};
		struct fact *f;

		if (x.cell[c] == NO_CELL || !row)
			continue;
		f = sheet_add_fact(s, &e, x.form, row, x.cell[c], false);
		sheet_set_unit(s, f, forms_unit(row, column), SPAN(""));
		s->cell[x.cell[c]].read = true;
	}
}

/*
 * Whether rows of the sheet may be those of a wide table: some with values are none of the form's,
 * none is the whole.
 */
static bool
may_cross(const struct sheets *s, const struct sheet *sheet)
{
	const struct form_sheet *fs = paths_sheet(s->paths, sheet->form);
	bool strange = false;

	for (uint32_t i = sheet->entry; fs && i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row != NO_ROW && sheet->accepted)
			continue;
		if (e->label == NO_ITEM && e->n >= fs->n)
			return false;
		strange |= e->n > 0;
	}
	return strange;
}

void
sheet_add_crossed(struct sheets *s, const struct sheet *sheet)
{
	if (may_cross(s, sheet))
		cross_sheet(s, sheet);
}
