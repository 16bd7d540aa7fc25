/* Rows with one value: which of the cells behind the label it is, and what the others are. */
#include "sheet_parts.h"

#include "decimal.h"

/* The year a header names (2015年, 统计数(2015)), or 0. */
static int
year_of(struct span text)
{
	for (size_t i = 0, digits = 0; i <= text.n; i++) {
		bool digit = i < text.n && is_digit(text.p[i]);

		if (!digit && digits == 4) {
			int y = span_year(span_of(text.p + i - 4, 4));

			if (y >= 1990 && y <= 2100)
				return y;
		}
		digits = digit ? digits + 1 : 0;
	}
	return 0;
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

int
sheet_other_time(struct sheets *s, uint32_t head)
{
	size_t slot = head % (sizeof s->timed / sizeof *s->timed);

	if (s->timed[slot].item != head + 1) {
		struct caption c;

		identity_header_time(s->finder, s->page, head, &c);
		s->timed[slot].item = head + 1;
		s->timed[slot].part = c.part;
		s->timed[slot].year = c.year ? c.year : year_of(s->page->items[head].text);
	}
	if (s->timed[slot].part)
		return PART_OF_YEAR;
	return s->year && s->timed[slot].year != s->year ? s->timed[slot].year : 0;
}

/* Where the rows are not known: the header (an item) of a lone column of values, if it is for another time. */
static uint32_t
lone_other_time(struct sheets *s, const struct sheet *sheet)
{
	enum { TOP_CELLS = 8 };
	uint32_t last = sheet->cell + (sheet->ncells < TOP_CELLS ? sheet->ncells : TOP_CELLS), values = 0, found = NO_ITEM;
	bool labelled = false;

	for (uint32_t i = sheet->cell; i < last && s->cell[i].words && !sheet_know(s, i)->nrows; i++) {
		enum header role = (enum header)sheet_know(s, i)->header;

		labelled |= role == HEADER_LABEL;
		if (!labelled || (role != HEADER_VALUE && role != HEADER_NONE &&
					 !(role == HEADER_REMARK && sheet_other_time(s, item_of(s, i)))))
			continue;
		values++;
		found = item_of(s, i);
	}
	return values == 1 && sheet_other_time(s, found) ? found : NO_ITEM;
}

/* The place of cell k of a row, counted from 1 at its label, or at the unit behind that. */
static uint32_t
place_of(const struct sheets *s, const struct entry *e, uint32_t k, enum count_from from)
{
	switch (from) {
	case FROM_LABEL: return k + 1;
	case FROM_UNIT: return k + 1 - (k > 0 && s->cell[e->first].unit);
	default: return cell_at(s, e->first + k)->col;
	}
}

/* Whether a row of the form stands there, one that has a value. */
static bool
is_row(const struct edition *ed, const struct entry *e)
{
	return e->row != NO_ROW && !ed->row[e->row].row->dimension.n && !is_heading(&ed->row[e->row]);
}

/*
 * Where the rows are not known: the words from the header of labels to the first label are the headers of the rows behind
 * it, if nearly all of these have as many cells.  A blank cell that left no trace makes a row shorter: it has none.
 */
static void
find_heads(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 3, STRAY = 10 };
	const struct edition *ed = &s->book->edition[sheet->form];
	const struct entry *e = &s->entry[sheet->entry], *end = e + sheet->nentries;
	uint32_t heads = NO_CELL, n, like = 0, all = 0;

	while (e < end && e->row == NO_ROW)
		e++;
	for (uint32_t i = sheet->cell; e < end && i + 1 < e->first; i++)
		if (sheet_know(s, i)->header == HEADER_LABEL)
			heads = i;
	if (heads == NO_CELL)
		return;
	n = e->first - 1 - heads;
	for (; e < end; e++) {
		if (!is_row(ed, e))
			continue;
		all++;
		like += e->n + 1 == n;
	}
	if (like < ENOUGH || STRAY * like < (STRAY - 1) * all)
		return;
	s->numbers.heads = heads;
	s->numbers.nheads = n;
}

/* The integers of a row, at most `cap`, and the place of the first; 0 if it has other numbers, or blanks among them. */
static uint32_t
integers_of(const struct sheets *s, const struct entry *e, int64_t *value, uint32_t cap, uint32_t *first)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < e->n; k++) {
		const struct item *cell = cell_at(s, e->first + k);
		struct decimal d = DECIMAL_ZERO;

		if (!has_number(cell)) {
			if (n)
				return 0;
			continue;
		}
		if (n == cap || decimal_parse(cell->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) || d.digits < 0 ||
			d.digits > INT32_MAX)
			return 0;
		if (n == 0)
			*first = place_of(s, e, k, FROM_UNIT);
		value[n++] = d.digits;
	}
	return n;
}

/*
 * Where all rows have as many numbers and the first, or the last, is the sum of the others in each, that is the row's, the
 * others of those it adds up (合计 | 县政府 | 部门 | 乡镇).  Rows of which all numbers but two are 0 say little.
 */
static void
find_sums(struct sheets *s, const struct sheet *sheet)
{
	enum { LEAST = 3, ROWS = 5, SPEAK = 3 };
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t n = 0, at = 0, rows = 0, speak = 0;
	bool first = true, last = true;

	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries && (first || last); i++) {
		const struct entry *e = &s->entry[i];
		int64_t value[MOST_COLUMNS], sum = 0;
		uint32_t m, begin = 0, filled = 0;

		if (!is_row(ed, e) || (m = integers_of(s, e, value, MOST_COLUMNS, &begin)) == 0)
			continue;
		if (m < LEAST || (rows && (m != n || begin != at)))
			return;
		n = m;
		at = begin;
		rows++;
		for (uint32_t k = 0; k < m; k++) {
			sum += value[k];
			filled += value[k] > 0;
		}
		first &= sum == 2 * value[0];
		last &= sum == 2 * value[m - 1];
		speak += filled > 2;
	}
	if (rows < ROWS || speak < SPEAK || first == last)
		return;
	s->numbers.from = FROM_UNIT;
	s->numbers.main = first ? at : at + n - 1;
	s->numbers.several = false;
	s->numbers.summed = true;
}

/* Finds where the numbers of the sheet stand: nearly all in one column, or not. */
static void
find_numbers(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 2, STRAY = 10 };
	const struct edition *ed = &s->book->edition[sheet->form];
	/* Units that stand in the labels of some rows leave no cell there. */
	static const enum count_from ways[] = {FROM_LABEL, FROM_TABLE, FROM_UNIT};
	uint32_t count[COUNT_WAYS][MOST_COLUMNS] = {{0}}, all = 0;
	struct numbers *found = &s->numbers;

	*found = (struct numbers){.looked = true, .other = sheet->ragged ? lone_other_time(s, sheet) : NO_ITEM};
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (!is_row(ed, e))
			continue;
		for (uint32_t k = 0; k < e->n && k + 1 < MOST_COLUMNS; k++) {
			const struct item *cell = cell_at(s, e->first + k);

			if (!has_number(cell))
				continue;
			all++;
			for (size_t way = 0; way < COUNT_WAYS; way++) {
				uint32_t place = place_of(s, e, k, ways[way]);

				count[ways[way]][place < MOST_COLUMNS ? place : 0]++;
			}
		}
	}
	for (size_t i = 0; i < COUNT_WAYS && all >= ENOUGH && !found->main; i++) {
		enum count_from way = ways[i];
		uint32_t best = 1;

		for (uint32_t c = 1; c < MOST_COLUMNS; c++)
			if (count[way][c] > count[way][best])
				best = c;
		if (STRAY * count[way][best] >= (STRAY - 1) * all)
			found->from = way, found->main = best;
	}
	found->several = all >= ENOUGH && !found->main;
	if (sheet->ragged && found->several)
		find_heads(s, sheet);
	if (found->several && !found->nheads)
		find_sums(s, sheet);
}

/* Whether cell k of the row stands where the sheet's numbers do. */
static bool
is_main(const struct sheets *s, const struct entry *e, uint32_t k)
{
	const struct numbers *found = &s->numbers;

	return found->main && place_of(s, e, k, found->from) == found->main;
}

/* A row with one value, being read: what each of its cells is. */
struct single {
	const struct entry *e;
	const struct edition_row *er;
	enum header role[MOST_COLUMNS];
	uint32_t head[MOST_COLUMNS]; /* the item of the header above */
	int other[MOST_COLUMNS];     /* the other year it names, or PART_OF_YEAR; 0: it is for the report's */
	uint32_t n, nvalues, value;  /* cells; those that are values; the first of these, NO_CELL: there is none */
	uint32_t nothers;            /* values for other times besides */
	struct span stated;          /* the unit the row states */
	bool heading, headed, fits, doubtful;
	bool unknown; /* the headers of the values are */
};

static const struct item *
single_cell(const struct sheets *s, const struct single *x, uint32_t i)
{
	return cell_at(s, x->e->first + i);
}

static bool
holds_percent(struct span text)
{
	return span_find(text, SPAN("%")) < text.n;
}

/* The header of cell i behind the row's label, where only the order of cells is known. */
static uint32_t
head_in_order(const struct sheets *s, const struct entry *e, uint32_t i)
{
	const struct numbers *known = &s->numbers;

	return known->nheads && e->n + 1 == known->nheads ? known->heads + 1 + i : NO_CELL;
}

/* What stands above each cell, and which of them hold the unit. */
static void
read_headers(struct sheets *s, const struct sheet *sheet, struct single *x)
{
	const struct entry *e = x->e;
	uint32_t list[MOST_COLUMNS];
	bool listed = false;

	x->fits = sheet->ragged || sheet_head_fits(s, e, list, &listed);
	for (uint32_t i = 0; i < x->n; i++) {
		const struct item *cell = single_cell(s, x, i);
		uint32_t above = listed && cell->col          ? list[cell->col - 1]
				 : sheet->ragged            ? head_in_order(s, e, i)
				 : x->fits                  ? sheet_head_above(s, e->head, cell)
							    : NO_CELL;

		x->role[i] = HEADER_NONE;
		x->other[i] = 0;
		x->head[i] = item_of(s, above);
		if (above != NO_CELL) {
			x->role[i] = (enum header)sheet_know(s, above)->cut_header;
			if (x->role[i] == HEADER_VALUE || x->role[i] == HEADER_NONE || x->role[i] == HEADER_PERIOD ||
				x->role[i] == HEADER_REMARK)
				x->other[i] = sheet_other_time(s, x->head[i]);
			if (x->other[i] && x->role[i] == HEADER_REMARK)
				x->role[i] = HEADER_NONE;
			/* 同比 12.5%, 增减(%) 12.5; of 增减 12 nobody knows what it is in. */
			if (x->role[i] == HEADER_CHANGE)
				x->role[i] = holds_percent(cell->text) || holds_percent(cell_at(s, above)->text) ? HEADER_GROWTH
												     : HEADER_REMARK;
			x->headed |= x->role[i] == HEADER_VALUE || x->role[i] == HEADER_UNIT ||
				     x->role[i] == HEADER_PREVIOUS || x->other[i];
		} else if (s->numbers.other != NO_ITEM) {
			x->head[i] = s->numbers.other;
			x->other[i] = sheet_other_time(s, x->head[i]);
		}
		if (x->role[i] == HEADER_NONE && s->cell[e->first + i].unit)
			x->role[i] = HEADER_UNIT;
		if (x->role[i] == HEADER_UNIT && !has_number(cell) && !is_empty(cell))
			x->stated = units_text(cell->text);
	}
	if (x->stated.n == 0 && e->label != NO_ITEM)
		x->stated = units_at_end(s->book->units, s->page->items[e->label].text);
}

/* 本期数 is the report's year beside 上年同期数; elsewhere it may be its last month. */
static void
read_periods(struct single *x)
{
	bool previous = false, values = false;

	for (uint32_t i = 0; i < x->n; i++) {
		previous |= x->role[i] == HEADER_PREVIOUS;
		values |= x->role[i] == HEADER_VALUE && !x->other[i];
	}
	for (uint32_t i = 0; i < x->n && previous && !values; i++)
		if (x->role[i] == HEADER_PERIOD)
			x->role[i] = HEADER_VALUE;
}

/* A blank below the header of values and a number below none: the header lies. */
static bool
header_lies(const struct sheets *s, const struct single *x)
{
	bool blank = false, below_none = false;

	for (uint32_t i = 0; i < x->n; i++) {
		blank |= x->role[i] == HEADER_VALUE && !x->other[i] && is_empty(single_cell(s, x, i));
		below_none |= x->role[i] == HEADER_NONE && has_number(single_cell(s, x, i));
	}
	return x->headed && s->numbers.several && !x->heading && blank && below_none;
}

/* The header of values stands above none, and the numbers below no header: there is none for this row. */
static void
dismiss_header(const struct sheets *s, struct single *x)
{
	bool above_main = false, below_none = false;

	if (!x->headed || !s->numbers.main || x->heading)
		return;
	for (uint32_t i = 0; i < x->n; i++) {
		above_main |= x->role[i] == HEADER_VALUE && is_main(s, x->e, i);
		below_none |= x->role[i] == HEADER_NONE && is_main(s, x->e, i);
	}
	for (uint32_t i = 0; i < x->n && below_none && !above_main; i++)
		if (x->role[i] == HEADER_VALUE && !x->other[i]) {
			x->role[i] = HEADER_REMARK;
			x->headed = false;
			x->doubtful = true;
		}
}

/* No header: [unit] value. False if nothing says which of several numbers it is, or of several columns. */
static bool
take_unheaded(const struct sheets *s, struct single *x)
{
	const struct numbers *known = &s->numbers;
	uint32_t at = 0, numbers = 0, main = x->n;

	for (uint32_t i = 0; i < x->n; i++) {
		numbers += has_number(single_cell(s, x, i));
		main = is_main(s, x->e, i) ? i : main;
	}
	if ((numbers > 1 && !known->summed) || (numbers && known->several) ||
		(numbers && !x->heading && known->main &&
			(main == x->n || !has_number(single_cell(s, x, main)))))
		return false;
	x->doubtful |= !x->fits || known->summed;
	if (main < x->n && !x->heading) {
		for (at = 0; at < main; at++)
			x->role[at] = x->role[at] == HEADER_NONE ? HEADER_REMARK : x->role[at];
		x->role[main] = HEADER_NONE;
	} else if (x->n > 1 && (x->role[0] == HEADER_UNIT || !has_number(single_cell(s, x, 0)))) {
		x->role[0] = HEADER_UNIT;
		at = 1;
	}
	if (at < x->n && x->role[at] == HEADER_NONE)
		x->role[at] = HEADER_VALUE;
	return true;
}

/* A value that is the row's own, or for another time where x->other says so. */
static void
take_value(struct single *x, uint32_t i)
{
	x->role[i] = HEADER_VALUE;
	if (x->nvalues++ == 0)
		x->value = i;
}

/* Values under headers that are not known, as 区政府统计数: the first, and others if they are numbers. */
static void
take_unknown_headers(const struct sheets *s, struct single *x)
{
	x->unknown = true;
	for (uint32_t i = 0; i < x->n; i++)
		if (x->role[i] == HEADER_NONE && !x->other[i] && !s->cell[x->e->first + i].words &&
			(x->nvalues ? has_number(single_cell(s, x, i))
				    : !s->numbers.main || x->heading || is_main(s, x->e, i)))
			take_value(x, i);
}

/* The number was typed into the unit's column; beside a heading it may be the row's code, if others have two. */
static void
take_from_unit(const struct sheets *s, struct single *x)
{
	if (x->heading && s->numbers.several)
		return;
	for (uint32_t i = 0; i < x->n; i++)
		if (x->role[i] == HEADER_UNIT && has_number(single_cell(s, x, i))) {
			if (x->value != NO_CELL)
				x->role[x->value] = HEADER_REMARK;
			x->nvalues = 0;
			take_value(x, i);
			x->doubtful |= !x->heading;
			return;
		}
}

static void
find_values(const struct sheets *s, struct single *x)
{
	x->nothers = 0;
	for (uint32_t i = 0; i < x->n; i++)
		if (x->role[i] == HEADER_VALUE && !x->other[i])
			take_value(x, i);
	if (x->headed && !x->nvalues)
		take_unknown_headers(s, x);
	for (uint32_t i = 0; i < x->n; i++)
		/* 2015年计划: of a header that is not known it is only sure where there is no other. */
		if (x->other[i] && (x->role[i] == HEADER_VALUE ||
					   (!x->nvalues && x->headed && has_number(single_cell(s, x, i))))) {
			x->role[i] = HEADER_VALUE;
			x->nothers++;
			if (x->value == NO_CELL)
				x->value = i;
		}
	if (x->value == NO_CELL || is_empty(single_cell(s, x, x->value)))
		take_from_unit(s, x);
}

static bool
has_digit(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (is_digit(text.p[i]))
			return true;
	return false;
}

/* The row ends before the column of values: cut off behind its unit, or with the number in its unit's cell (件804). */
static void
add_cut_off(struct sheets *s, const struct single *x, uint16_t form)
{
	struct fact *f;

	if (x->value != NO_CELL || x->n == 0 || x->heading || !x->headed || x->role[x->n - 1] != HEADER_UNIT)
		return;
	f = sheet_add_fact(s, x->e, form, x->er->row, x->e->first + x->n - 1, x->doubtful);
	f->instead = facts_value(s->out, SPAN(""),
		has_digit(single_cell(s, x, x->n - 1)->text) ? STATE_TEXT : STATE_BLANK);
	f->unit = forms_unit(x->er->row, NULL);
}

/* Which period or scope the header gives cell i: several values of one row are told apart by it, or by nothing. */
static void
set_header(struct sheets *s, const struct single *x, uint32_t i, struct fact *f)
{
	enum header role = x->role[i];
	uint32_t head = x->head[i];
	char digits[8];
	enum scope scope;
	int year;

	/* Of a lone value it says no more. */
	if (x->nvalues + x->nothers <= 1 && !x->other[i] && role != HEADER_PREVIOUS && role != HEADER_CUMULATIVE)
		return;
	year = head == NO_ITEM ? 0 : x->other[i] > 0 ? x->other[i] : year_of(s->page->items[head].text);
	if (role == HEADER_PREVIOUS)
		year = s->year ? s->year - 1 : 0;
	if (role == HEADER_CUMULATIVE) {
		f->period = facts_period(s->out, SPAN("cumulative"));
	} else if (x->other[i] == PART_OF_YEAR) {
		f->period = facts_period(s->out, SPAN("part"));
	} else if (year && year != s->year && (x->other[i] || x->nvalues > 1 || role == HEADER_PREVIOUS)) {
		f->period = facts_period(s->out, year_text(year, digits));
	} else if (role == HEADER_PREVIOUS) {
		f->period = facts_period(s->out, SPAN("previous"));
	} else if (x->nvalues + x->nothers > 1 && !year) {
		scope = head == NO_ITEM ? SCOPE_NONE : identity_clause_scope(s->finder, s->page->items[head].text);
		/* 填报数 | 核实数: which of them is the report's? */
		f->scope = (uint8_t)(scope == SCOPE_NONE && x->nvalues > 1 && (i != x->value || x->unknown)
					     ? SCOPE_UNCLEAR : scope);
	} else {
		return;
	}
	f->head = head;
}

/* A number that has no meaning. */
static struct fact *
add_number(struct sheets *s, const struct entry *e, uint32_t at)
{
	struct fact *f = facts_add(s->out, s->cell[at].item, ORIGIN_TABLE);

	f->label = e->label;
	f->grid = cell_at(s, at)->grid;
	return f;
}

/*
 * The unit of the row.  Of a form gathered from tables of bodies' own what is counted has that of the forms that were
 * issued, unless the page states the gathered one's (收到申请 58条), and money has none where the page states none.
 */
static struct span
unit_of_row(const struct sheets *s, const struct single *x, uint32_t i, uint16_t form)
{
	const struct item *cell = single_cell(s, x, i);
	struct span unit = forms_unit(x->er->row, NULL), own = cell->unit.n ? cell->unit : x->stated, issued;

	if (!s->book->edition[form].gathered)
		return unit;
	if (units_kind(s->book->units, unit) == UNIT_MONEY)
		return own.n ? unit : SPAN("");
	issued = forms_unit(forms_any_row(s->book->forms, x->er->row->indicator), NULL);
	return issued.n && !span_eq(own, unit) ? issued : unit;
}

static void
add_cell(struct sheets *s, const struct single *x, uint32_t i, uint16_t form)
{
	const struct entry *e = x->e;
	bool number = has_number(single_cell(s, x, i));
	struct fact *f;

	switch (x->role[i]) {
	case HEADER_NONE:
	case HEADER_REMARK:
	case HEADER_PERIOD:
		if (number && i != x->value)
			add_number(s, e, e->first + i)->head = x->head[i];
		return;
	case HEADER_VALUE:
	case HEADER_PREVIOUS:
	case HEADER_CUMULATIVE:
	case HEADER_GROWTH:
		/* A heading has no value of its own unless one is written there. */
		if (!number && (x->heading || x->role[i] != HEADER_VALUE))
			return;
		/* 103 | 20%: the row has its value, this is another number. */
		if (i != x->value && x->role[i] != HEADER_GROWTH &&
			sheet_other_kind(s, single_cell(s, x, i), forms_unit(x->er->row, NULL))) {
			if (number)
				add_number(s, e, e->first + i)->head = x->head[i];
			return;
		}
		f = sheet_add_fact(s, e, form, x->er->row, e->first + i, x->doubtful);
		if (x->role[i] == HEADER_GROWTH) {
			f->column = COLUMN_GROWTH;
			f->head = x->head[i];
			return;
		}
		sheet_set_unit(s, f, unit_of_row(s, x, i, form), x->stated);
		set_header(s, x, i, f);
		return;
	default:
		return;
	}
}

void
sheet_add_single(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	struct single x;

	/* What is known of its cells is filled in by read_headers. */
	x.e = e;
	x.er = er;
	x.n = e->n < MOST_COLUMNS ? e->n : MOST_COLUMNS;
	x.nvalues = 0;
	x.value = NO_CELL;
	x.stated = SPAN("");
	x.heading = is_heading(er);
	x.headed = x.fits = x.unknown = false;
	x.doubtful = doubtful;
	if (!s->numbers.looked)
		find_numbers(s, sheet);
	read_headers(s, sheet, &x);
	read_periods(&x);
	if (header_lies(s, &x)) {
		sheet_add_unknown(s, e);
		return;
	}
	dismiss_header(s, &x);
	if (!x.headed && !take_unheaded(s, &x)) {
		if (x.heading || !sheet_add_torn_single(s, sheet, e, form, er))
			sheet_add_unknown(s, e);
		return;
	}
	find_values(s, &x);
	add_cut_off(s, &x, form);
	for (uint32_t i = 0; i < x.n; i++)
		add_cell(s, &x, i, form);
	for (uint32_t i = e->first + x.n; i < e->first + e->n; i++)
		if (has_number(cell_at(s, i)))
			add_number(s, e, i);
}
