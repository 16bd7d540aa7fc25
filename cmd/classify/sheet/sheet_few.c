/* Rows of a table of text with fewer columns than the form's, the same in all: what one head above each, or their sums, say. */
#include "sheet_parts.h"

#include "decimal.h"

#define UNNAMED UINT32_MAX

enum {
	ROWS = 5,   /* with one value each */
	CLOSED = 3, /* whose sum is more than 0 */
};

static bool
is_one_of(const struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];

	return e->row != NO_ROW && e->n == s->laid->few.n && &ed->sheet[ed->row[e->row].sheet] == fs;
}

/* Whether the value at `total` is the sum of the others in all rows, and not of noughts alone. */
static bool
rows_close(const struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form, uint32_t total)
{
	uint32_t closed = 0;

	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];
		int64_t sum = 0, whole = 0;

		if (!is_one_of(s, e, fs, form))
			continue;
		for (uint32_t k = 0; k < e->n; k++) {
			struct decimal d = DECIMAL_ZERO;

			if (decimal_parse(cell_at(s, e->first + k)->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) ||
				d.digits < 0 || d.digits > INT32_MAX || !has_number(cell_at(s, e->first + k)))
				return false;
			*(k == total ? &whole : &sum) += d.digits;
		}
		if (sum != whole)
			return false;
		closed += sum > 0;
	}
	return closed >= CLOSED;
}

/* The columns that the one row of heads above the values names; false if it is none of as many heads, or for another time. */
static bool
read_heads(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form, uint32_t *total)
{
	const struct head *h = e->head == NO_HEAD ? NULL : &s->head[e->head];
	bool taken[MOST_COLUMNS] = {false};
	uint32_t first;

	if (!h || h->rows != 1 || (h->n != s->laid->few.n && h->n != s->laid->few.n + 1))
		return false;
	first = h->first + h->n - s->laid->few.n;
	*total = UNNAMED;
	for (uint32_t i = 0; i < s->laid->few.n; i++) {
		uint32_t column = sheet_head_column(s, first + i, fs, form);

		if (sheet_other_time(s, item_of(s, first + i)) || (column < fs->n && taken[column]))
			return false;
		s->laid->few.map[i] = column == fs->n ? UNNAMED : column;
		if (column == fs->n)
			continue;
		taken[column] = true;
		if (column + 1 == fs->n)
			*total = i;
	}
	return *total != UNNAMED;
}

/* Whether nothing above the row's one value says that it is of one kind alone, or of another time. */
static bool
may_be_total(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form)
{
	const struct head *h = e->head == NO_HEAD ? NULL : &s->head[e->head];

	for (uint32_t i = h ? h->first : 0; h && i < h->first + h->n; i++) {
		enum header role = (enum header)sheet_know(s, i)->header;
		uint32_t column = sheet_head_column(s, i, fs, form);

		if ((column != fs->n && column + 1 != fs->n) || sheet_other_time(s, item_of(s, i)) || role == HEADER_PREVIOUS ||
			role == HEADER_CUMULATIVE || role == HEADER_GROWTH || role == HEADER_CHANGE)
			return false;
	}
	return true;
}

/*
 * Whether a number that is no row's of the form, or a heading's, stands before the first of the rows: each label may be that
 * of the number before it.
 */
static bool
begins_with_number(const struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	const struct entry *first = &s->entry[sheet->entry], *e = first;

	while (e < first + sheet->nentries && !is_one_of(s, e, fs, form))
		e++;
	while (e > first && e[-1].n == 0)
		e--;
	if (e == first || !has_number(cell_at(s, e[-1].first)))
		return false;
	return e[-1].row == NO_ROW || ed->row[e[-1].row].row->type == ROW_SECTION || ed->row[e[-1].row].row->type == ROW_GROUP;
}

static void
look(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs, uint16_t form)
{
	uint32_t rows = 0, total;
	bool good;

	s->laid->few = (struct few){.looked = true, .n = s->laid->frame.narrow};
	if (s->laid->few.n == 0 || s->laid->few.n >= MOST_COLUMNS || fs->n >= MOST_COLUMNS || fs->wide ||
		!span_eq(s->book->forms->column[fs->first + fs->n - 1].column, SPAN("total"))) {
		s->laid->few.n = 0;
		return;
	}
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++)
		rows += is_one_of(s, &s->entry[i], fs, form);
	if (s->laid->few.n == 1) {
		s->laid->few.map[0] = (uint32_t)fs->n - 1;
		good = rows >= ROWS && may_be_total(s, e, fs, form) && !begins_with_number(s, sheet, fs, form);
	} else {
		good = read_heads(s, e, fs, form, &total) && rows_close(s, sheet, fs, form, total);
	}
	if (!good)
		s->laid->few.n = 0;
}

bool
sheet_add_few(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er)
{
	if (cell_at(s, e->first)->grid == GRID_HTML)
		return false;
	if (!s->laid->few.looked)
		look(s, sheet, e, fs, form);
	if (s->laid->few.n == 0 || e->n != s->laid->few.n)
		return false;
	for (uint32_t i = 0; i < e->n; i++) {
		struct fact *f;

		if (s->laid->few.map[i] == UNNAMED)
			continue;
		/* Where the form has more columns a head, or none, is less than its own table. */
		f = sheet_add_fact(s, e, form, er->row, e->first + i, true);
		f->column = (uint16_t)(fs->first + s->laid->few.map[i]);
		sheet_set_unit(s, f, forms_unit(er->row, &s->book->forms->column[f->column]), SPAN(""));
		s->cell[e->first + i].read = true;
	}
	sheet_add_unknown(s, e);
	return true;
}
