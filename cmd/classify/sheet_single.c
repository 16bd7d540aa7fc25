/* Rows with one value: which of the cells behind the label it is, and what the others are. */
#include "sheet_parts.h"

/* A year at the start of a header (2015年), or 0. */
static int
year_of(struct span text)
{
	int y = text.n < 4 ? 0 : span_year(span_of(text.p, 4));

	return y >= 1990 && y <= 2100 ? y : 0;
}

static struct span
year_text(int year, char digits[8])
{
	size_t n = 0;

	for (int t = 1000; t; t /= 10)
		digits[n++] = (char)('0' + year / t % 10);
	return (struct span){digits, n};
}

static bool
is_heading(const struct edition_row *er)
{
	return er->row->type == ROW_SECTION || er->row->type == ROW_GROUP;
}

/* Finds where the numbers of the sheet stand: nearly all in one column, or not. */
static void
find_numbers(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 2, STRAY = 10 };
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t count[2][MOST_COLUMNS] = {{0}}, all = 0;
	struct numbers *found = &s->numbers;

	*found = (struct numbers){.looked = true};
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row == NO_ROW || ed->row[e->row].row->dimension.n || is_heading(&ed->row[e->row]))
			continue;
		for (uint32_t k = 0; k < e->n && k + 1 < MOST_COLUMNS; k++) {
			const struct item *cell = cell_at(s, e->first + k);

			if (!has_number(cell))
				continue;
			all++;
			count[1][k + 1]++;
			count[0][cell->col < MOST_COLUMNS ? cell->col : 0]++;
		}
	}
	for (int way = 1; way >= 0 && all >= ENOUGH && !found->main; way--) {
		uint32_t best = 1;

		for (uint32_t c = 1; c < MOST_COLUMNS; c++)
			if (count[way][c] > count[way][best])
				best = c;
		if (STRAY * count[way][best] >= (STRAY - 1) * all)
			*found = (struct numbers){.looked = true, .counted = way, .main = best};
	}
	found->several = all >= ENOUGH && !found->main;
}

/* Whether cell k of the row stands where the sheet's numbers do. */
static bool
is_main(const struct sheets *s, const struct entry *e, uint32_t k)
{
	const struct numbers *found = &s->numbers;

	return found->main && (found->counted ? k + 1 : cell_at(s, e->first + k)->col) == found->main;
}

void
sheet_add_single(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	const struct form_row *row = er->row;
	const struct numbers *known = &s->numbers;
	bool heading = is_heading(er);
	enum header role[MOST_COLUMNS];
	uint32_t above[MOST_COLUMNS], head[MOST_COLUMNS]; /* the header's cell and item */
	uint32_t n = e->n < MOST_COLUMNS ? e->n : MOST_COLUMNS, nvalues = 0, value = UINT32_MAX;
	uint32_t list[MOST_COLUMNS];
	struct span stated = SPAN("");
	bool headed = false, listed = false;
	bool fits = sheet->ragged || sheet_head_fits(s, e, list, &listed);

	if (!known->looked)
		find_numbers(s, sheet);
	for (uint32_t i = 0; i < n; i++) {
		const struct item *cell = cell_at(s, e->first + i);

		role[i] = HEADER_NONE;
		if (listed && cell->col)
			above[i] = list[cell->col - 1];
		else
			above[i] = sheet->ragged || !fits ? NO_CELL :
				sheet_head_above(s, e->head, cell);
		head[i] = item_of(s, above[i]);
		if (above[i] != NO_CELL) {
			role[i] = (enum header)sheet_know(s, above[i])->cut_header;
			headed = headed || role[i] == HEADER_VALUE || role[i] == HEADER_UNIT;
		}
		if (role[i] == HEADER_NONE && s->cell[e->first + i].unit)
			role[i] = HEADER_UNIT;
		if (role[i] == HEADER_UNIT && !has_number(cell) && !is_empty(cell))
			stated = cell->text;
	}
	/* A blank below the header of values and a number below none: the header lies. */
	for (uint32_t i = 0; i < n && headed && known->several && !heading; i++)
		if (role[i] == HEADER_VALUE && is_empty(cell_at(s, e->first + i)))
			for (uint32_t k = 0; k < n; k++)
				if (role[k] == HEADER_NONE && has_number(cell_at(s, e->first + k))) {
					sheet_add_unknown(s, e);
					return;
				}
	/* The header of values stands above none, and the numbers below no header. */
	if (headed && known->main && !heading) {
		bool above_main = false, below_none = false;

		for (uint32_t i = 0; i < n; i++) {
			above_main |= role[i] == HEADER_VALUE && is_main(s, e, i);
			below_none |= role[i] == HEADER_NONE && is_main(s, e, i);
		}
		for (uint32_t i = 0; i < n && below_none && !above_main; i++)
			if (role[i] == HEADER_VALUE) {
				role[i] = HEADER_REMARK;
				headed = false;
				doubtful = true;
			}
	}
	if (!headed) {
		/* No header: [unit] value. */
		uint32_t at = 0, numbers = 0, main = n;

		for (uint32_t i = 0; i < n; i++) {
			numbers += has_number(cell_at(s, e->first + i));
			main = is_main(s, e, i) ? i : main;
		}
		/* Of several numbers nothing says which it is, and of several columns. */
		if (numbers > 1 || (numbers && !heading && (known->several ||
			(known->main && (main == n || !has_number(cell_at(s, e->first + main))))))) {
			sheet_add_unknown(s, e);
			return;
		}
		doubtful = doubtful || !fits;
		if (main < n && !heading) {
			for (at = 0; at < main; at++)
				role[at] = role[at] == HEADER_NONE ? HEADER_REMARK : role[at];
			role[main] = HEADER_NONE;
		} else if (n > 1 && (role[0] == HEADER_UNIT || !has_number(cell_at(s, e->first)))) {
			role[0] = HEADER_UNIT;
			at = 1;
		}
		if (at < n && role[at] == HEADER_NONE)
			role[at] = HEADER_VALUE;
	}
	for (uint32_t i = 0; i < n; i++)
		if (role[i] == HEADER_VALUE) {
			nvalues++;
			if (value == UINT32_MAX)
				value = i;
		}
	/* Values under headers that are not known, as 区政府统计数: the first, and others if they are numbers. */
	if (headed && !nvalues)
		for (uint32_t i = 0; i < n; i++) {
			const struct item *cell = cell_at(s, e->first + i);

			if (role[i] != HEADER_NONE || s->cell[e->first + i].words ||
				(nvalues == 0 && known->main && !heading && !is_main(s, e, i)) ||
				(nvalues && !has_number(cell)))
				continue;
			role[i] = HEADER_VALUE;
			nvalues++;
			if (value == UINT32_MAX)
				value = i;
		}
	/* The number was typed into the unit's column. */
	if (value == UINT32_MAX || is_empty(cell_at(s, e->first + value)))
		for (uint32_t i = 0; i < n; i++)
			if (role[i] == HEADER_UNIT && has_number(cell_at(s, e->first + i))) {
				if (value != UINT32_MAX)
					role[value] = HEADER_REMARK;
				role[i] = HEADER_VALUE;
				value = i;
				nvalues = 1;
				doubtful = doubtful || !heading;
				break;
			}
	/* The row ends before the column of values: cut off behind its unit. */
	if (value == UINT32_MAX && n && !heading && headed && role[n - 1] == HEADER_UNIT) {
		struct fact *f = sheet_add_fact(s, e, form, row, e->first + n - 1, doubtful);

		f->instead = facts_value(s->out, SPAN(""), STATE_BLANK);
		f->unit = forms_unit(row, NULL);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct item *cell = cell_at(s, e->first + i);
		struct fact *f;
		char digits[8];
		int year;

		if (role[i] == HEADER_NONE && has_number(cell) && i != value) {
			f = facts_add(s->out, s->cell[e->first + i].item, ORIGIN_TABLE);
			f->label = e->label;
			f->head = head[i];
			f->grid = cell->grid;
			continue;
		}
		if (role[i] != HEADER_VALUE && role[i] != HEADER_PREVIOUS && role[i] != HEADER_CUMULATIVE &&
			role[i] != HEADER_GROWTH)
			continue;
		/* A heading has no value of its own unless one is written there. */
		if (!has_number(cell) && (heading || role[i] != HEADER_VALUE))
			continue;
		f = sheet_add_fact(s, e, form, row, e->first + i, doubtful);
		if (role[i] == HEADER_GROWTH) {
			f->column = COLUMN_GROWTH;
			f->head = head[i];
			continue;
		}
		sheet_set_unit(s, f, forms_unit(row, NULL), stated);
		year = head[i] == NO_ITEM ? 0 : year_of(s->page->items[head[i]].text);
		if (role[i] == HEADER_PREVIOUS)
			year = s->year ? s->year - 1 : 0;
		if (role[i] == HEADER_CUMULATIVE) {
			f->period = facts_period(s->out, SPAN("cumulative"));
			f->head = head[i];
		} else if (year && year != s->year && (nvalues > 1 || role[i] == HEADER_PREVIOUS)) {
			f->period = facts_period(s->out, year_text(year, digits));
			f->head = head[i];
		} else if (role[i] == HEADER_PREVIOUS) {
			f->period = facts_period(s->out, SPAN("previous"));
			f->head = head[i];
		} else if (nvalues > 1 && !year) {
			/* Several values for one row: the header's words tell them apart, or nothing does. */
			enum scope scope = head[i] == NO_ITEM ? SCOPE_NONE :
				identity_clause_scope(s->finder, s->page->items[head[i]].text);

			f->head = head[i];
			f->scope = (uint8_t)(scope == SCOPE_NONE && i != value ? SCOPE_UNCLEAR : scope);
		}
	}
	for (uint32_t i = e->first + n; i < e->first + e->n; i++)
		if (has_number(cell_at(s, i))) {
			struct fact *f = facts_add(s->out, s->cell[i].item, ORIGIN_TABLE);

			f->label = e->label;
			f->grid = cell_at(s, i)->grid;
		}
}
