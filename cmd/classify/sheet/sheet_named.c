/* Rows with a value in each column of a table that is not the form's: what its headers say surely. */
#include "sheet_parts.h"

#include "decimal.h"

/*
 * The columns of a table that has only some of the form's: its header names as many as there are values, and
 * each stands above one.  False if that is not so.
 */
static bool
find_named(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form, uint32_t *map)
{
	const struct head *h;
	uint32_t n = 0;
	bool markup, taken[MOST_COLUMNS] = {false};

	if (e->head == NO_HEAD)
		return false;
	h = &s->head[e->head];
	markup = cell_at(s, e->first)->grid == GRID_HTML;
	if (!markup && cell_at(s, e->first)->grid != GRID_ROWS && cell_at(s, e->first)->grid != GRID_PROVED)
		return false;
	if (!markup && h->rows > 1)
		return sheet_head_list(s, e, fs, form, map) == e->n;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		uint32_t column = sheet_head_column(s, i, fs, form);

		if (column == fs->n)
			continue;
		if (n == e->n || taken[column])
			return false;
		taken[column] = true;
		map[n++] = column;
	}
	for (uint32_t i = 0; i < e->n && n == e->n && markup; i++) {
		uint32_t head = sheet_head_above(s, e->head, cell_at(s, e->first + i));

		if (head == NO_CELL)
			return false;
		map[i] = sheet_head_column(s, head, fs, form);
		if (map[i] == fs->n || !taken[map[i]])
			return false;
		taken[map[i]] = false;
	}
	return n == e->n;
}

static void
add_value(struct sheets *s, const struct entry *e, uint16_t form, const struct edition_row *er, uint32_t cell,
	size_t column, bool doubtful)
{
	struct fact *f = sheet_add_fact(s, e, form, er->row, cell, doubtful);

	f->column = (uint16_t)column;
	sheet_set_unit(s, f, forms_unit(er->row, &s->book->forms->column[column]), SPAN(""));
}

bool
sheet_add_named(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	uint32_t map[MOST_COLUMNS];

	if (!find_named(s, e, fs, form, map))
		return false;
	for (uint32_t i = 0; i < e->n; i++)
		add_value(s, e, form, er, e->first + i, fs->first + map[i], doubtful);
	return true;
}

bool
sheet_add_below(struct sheets *s, const struct entry *row, const struct form_sheet *fs, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	uint32_t map[MOST_COLUMNS], from, n = sheet_head_named(s, row, fs, form, &from, map);
	struct entry own = *row;

	if (n < 2 || n >= fs->n)
		return false;
	while (own.n && cell_at(s, own.first)->col < from && is_empty(cell_at(s, own.first))) {
		own.first++;
		own.n--;
	}
	while (own.n > n && is_empty(cell_at(s, own.first + own.n - 1)))
		own.n--;
	if (own.n != n || cell_at(s, own.first)->col != from || cell_at(s, own.first + n - 1)->col != from + n - 1)
		return false;
	for (uint32_t i = 0; i < own.n; i++)
		add_value(s, &own, form, er, own.first + i, fs->first + map[i], doubtful);
	return true;
}


#define UNNAMED UINT32_MAX

/* The path of a column: the headers it stands below in the form, from the top. */
static struct span
path_of(const struct sheets *s, const struct form_sheet *fs, uint32_t column)
{
	return s->book->forms->column[fs->first + column].path;
}

/* What of it the column shares with those of its group; all of them have the first header. */
static struct span
group_of(const struct sheets *s, const struct form_sheet *fs, uint32_t column)
{
	struct span path = path_of(s, fs, column), own = s->book->forms->column[fs->first + column].label;

	return span_ends(path, own) ? span_head(path, path.n - own.n) : path;
}

static bool
holds(struct span text, struct span part)
{
	return part.n && span_find(text, part) < text.n;
}

/* Whether the column is one of a group in the form, as 商业企业 is of 法人或其他组织: another has a shorter path above it. */
static bool
is_grouped(const struct sheets *s, const struct form_sheet *fs, uint32_t column)
{
	for (uint32_t i = 0; i < fs->n; i++)
		if (group_of(s, fs, i).n < group_of(s, fs, column).n)
			return true;
	return false;
}

/*
 * Whether a header that stands above that of a column, and above others, leaves it what its name says: it is on the
 * column's way in the form; or on none, if all named columns below it are of one group.
 */
static bool
bears_out(struct sheets *s, const struct form_sheet *fs, uint32_t column, uint32_t above)
{
	const struct by_heads *x = &s->laid->by_heads;
	const struct item *head = cell_at(s, above);
	enum header role = (enum header)sheet_know(s, above)->header;
	bool all = true, alike = true;

	if (role == HEADER_PREVIOUS || role == HEADER_CUMULATIVE || role == HEADER_GROWTH || role == HEADER_CHANGE || role == HEADER_REMARK ||
		sheet_other_time(s, item_of(s, above)))
		return false;
	if (holds(path_of(s, fs, column), head->text))
		return true;
	for (uint32_t i = 0; i < fs->n; i++)
		if (holds(path_of(s, fs, i), head->text))
			return false;
	for (uint32_t c = 0; c < MOST_COLUMNS; c++) {
		if (x->map[c] == UNNAMED)
			continue;
		if (c < head->col || c > end_column(head))
			all = false;
		else
			alike &= span_eq(group_of(s, fs, x->map[c]), group_of(s, fs, column));
	}
	return all || (alike && is_grouped(s, fs, column));
}

/* Takes out the columns whose names are not borne out by what stands above or beside them. */
static void
drop_doubtful(struct sheets *s, const struct head *h, const struct form_sheet *fs)
{
	struct by_heads *x = &s->laid->by_heads;
	bool drop[MOST_COLUMNS] = {false};

	for (uint32_t c = 0; c < MOST_COLUMNS; c++) {
		if (x->map[c] == UNNAMED)
			continue;
		for (uint32_t i = h->first; i < h->first + h->n && i != x->head[c]; i++)
			if (cell_at(s, i)->text.n && cell_at(s, i)->col <= c && c <= end_column(cell_at(s, i)))
				drop[c] |= !bears_out(s, fs, x->map[c], i);
	}
	/* 其他 alone may be other than what it is beside its sisters. */
	for (uint32_t c = 0; c < MOST_COLUMNS; c++) {
		bool sister = false;

		if (x->map[c] == UNNAMED || drop[c] || !is_grouped(s, fs, x->map[c]))
			continue;
		for (uint32_t k = 0; k < MOST_COLUMNS; k++)
			sister |= k != c && x->map[k] != UNNAMED && !drop[k] &&
				  span_eq(group_of(s, fs, x->map[k]), group_of(s, fs, x->map[c]));
		drop[c] |= !sister;
	}
	for (uint32_t c = 0; c < MOST_COLUMNS; c++)
		if (drop[c])
			x->map[c] = UNNAMED;
}

/* Whether the row is one of the table that has values, not a heading. */
static bool
has_values(const struct edition *ed, const struct entry *e, const struct form_sheet *fs)
{
	return e->row != NO_ROW && e->n > 0 && &ed->sheet[ed->row[e->row].sheet] == fs &&
	       ed->row[e->row].row->type != ROW_SECTION && ed->row[e->row].row->type != ROW_GROUP;
}

/* How many values the row has before blanks at its end that are none of the form's columns. */
static uint32_t
filled(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form)
{
	uint32_t n = e->n;

	while (n && is_empty(cell_at(s, e->first + n - 1))) {
		uint32_t head = sheet_head_above(s, e->head, cell_at(s, e->first + n - 1));

		if (head != NO_CELL && sheet_head_column(s, head, fs, form) != fs->n)
			break;
		n--;
	}
	return n;
}

/* Whether the row is one of those that stand as most do. */
static bool
stands_so(const struct sheets *s, const struct entry *e)
{
	return e->n == s->laid->by_heads.n && e->head == s->laid->by_heads.above && cell_at(s, e->first)->grid == GRID_HTML &&
	       cell_at(s, e->first)->col == s->laid->by_heads.first;
}

/* What the values of a row say of the total: it is the sum of the others if all are named, else no less. */
static bool
adds_up(const struct sheets *s, const struct entry *e, const struct form_sheet *fs, bool *said)
{
	int64_t total = 0, sum = 0;
	uint32_t named = 0;
	bool has_total = false;

	for (uint32_t i = e->first; i < e->first + e->n; i++) {
		const struct item *cell = cell_at(s, i);
		uint32_t column = cell->col < MOST_COLUMNS ? s->laid->by_heads.map[cell->col] : UNNAMED;
		struct decimal d = DECIMAL_ZERO;

		if (column == UNNAMED)
			continue;
		named++;
		has_total |= column + 1 == fs->n && has_number(cell);
		if (has_number(cell) && (decimal_parse(cell->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) ||
						d.digits > INT32_MAX || d.digits < 0))
			return true;
		*(column + 1 == fs->n ? &total : &sum) += d.digits;
	}
	*said = has_total && (sum > 0 || total > 0);
	return named == fs->n ? sum == total : sum <= total;
}

/* Whether the rows bear out that the column named so is their total, if one is. */
static bool
total_holds(const struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	uint32_t rows = 0, good = 0;
	bool named = false;

	for (uint32_t c = 0; c < MOST_COLUMNS; c++)
		named |= s->laid->by_heads.map[c] + 1 == fs->n;
	if (!named || !span_eq(s->book->forms->column[fs->first + fs->n - 1].column, SPAN("total")))
		return true;
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];
		bool said = false, adds;

		if (!has_values(ed, e, fs) || !stands_so(s, e))
			continue;
		adds = adds_up(s, e, fs, &said);
		rows += said;
		good += said && adds;
	}
	return 10 * good >= 9 * rows;
}

/* Finds how most rows of the table stand below its headers, and which of their columns these name. */
static void
look_by_heads(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	struct by_heads *x = &s->laid->by_heads;
	uint32_t count[MOST_COLUMNS] = {0}, best = 0, rows = 0, named = 0, plain = 0;
	const struct entry *first = NULL;
	uint32_t at[MOST_COLUMNS]; /* by column of the form: where it is, plus 1 */

	*x = (struct by_heads){.looked = true};
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (!has_values(ed, e, fs) || e->n >= MOST_COLUMNS)
			continue;
		rows++;
		plain += filled(s, e, fs, form) == fs->n;
		if (++count[e->n] > count[best] || best == 0)
			best = e->n;
	}
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries && !first; i++)
		if (has_values(ed, &s->entry[i], fs) && s->entry[i].n == best)
			first = &s->entry[i];
	/* A column left blank is none; of few columns one that a row lost may be any. */
	if (!first || best == fs->n || (best < fs->n && best != s->laid->frame.narrow) || 2 * count[best] <= rows ||
		2 * plain > rows || first->head == NO_HEAD ||
		cell_at(s, first->first)->grid != GRID_HTML || end_column(cell_at(s, first->first + best - 1)) >= MOST_COLUMNS)
		return;
	x->above = first->head;
	x->first = cell_at(s, first->first)->col;
	for (uint32_t c = 0; c < MOST_COLUMNS; c++)
		x->map[c] = UNNAMED;
	memset(at, 0, sizeof at);
	for (uint32_t i = first->first; i < first->first + best; i++) {
		uint32_t c = cell_at(s, i)->col, head = sheet_head_above(s, first->head, cell_at(s, i));
		uint32_t column = head == NO_CELL ? (uint32_t)fs->n : sheet_head_column(s, head, fs, form);

		/* One that spans values, or is spanned, is none of a column. */
		if (column == fs->n || cell_at(s, head)->col != c || end_column(cell_at(s, head)) != end_column(cell_at(s, i)))
			continue;
		/* Named twice, it is neither. */
		if (at[column]) {
			x->map[at[column] - 1] = UNNAMED;
			continue;
		}
		at[column] = c + 1;
		x->map[c] = column;
		x->head[c] = head;
	}
	drop_doubtful(s, &s->head[first->head], fs);
	x->n = best;
	for (uint32_t c = 0; c < MOST_COLUMNS; c++)
		named += x->map[c] != UNNAMED;
	if (named == 0 || !total_holds(s, sheet, fs, form))
		x->n = 0;
}

bool
sheet_add_by_heads(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er, bool doubtful)
{
	const struct by_heads *x = &s->laid->by_heads;

	if (!x->looked)
		look_by_heads(s, sheet, fs, form);
	if (x->n == 0)
		return false;
	/* A row that lost a cell, or spans some: its values may stand below other headers. */
	if (!stands_so(s, e)) {
		sheet_add_unknown(s, e);
		return true;
	}
	for (uint32_t i = e->first; i < e->first + e->n; i++) {
		uint32_t column = x->map[cell_at(s, i)->col];

		if (column != UNNAMED) {
			add_value(s, e, form, er, i, fs->first + column, doubtful);
			s->cell[i].read = true;
		}
	}
	sheet_add_unknown(s, e);
	return true;
}
