/* Rows of which only the pieces of text are left: numbers torn into the runs of an editor, blank cells lost. */
#include "sheet_parts.h"

#include "decimal.h"

enum {
	MOST_PIECES = 14, /* of a row: each way to put them together is tried */
	MOST_DIGITS = 9,
	TOP_CELLS = 24,   /* where the heads of a sheet are looked for */
};

/* The pieces of a row, and the columns they are put into. */
struct torn {
	struct span piece[MOST_PIECES];
	uint32_t n, columns;
	uint32_t end[MOST_COLUMNS]; /* of the pieces of each column, as tried */
	uint32_t found[MOST_COLUMNS];
	uint32_t ways;
};

/* Whether all cells are digits and nothing else, or marks for none, which are no part of a number. */
static bool
take_pieces(const struct sheets *s, uint32_t first, uint32_t n, struct torn *t)
{
	*t = (struct torn){.n = n};
	if (n > MOST_PIECES)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		struct span text = cell_at(s, first + i)->text;

		if (!has_number(cell_at(s, first + i)))
			continue;
		if (text.n > MOST_DIGITS)
			return false;
		for (size_t k = 0; k < text.n; k++)
			if (text.p[k] < '0' || text.p[k] > '9')
				return false;
		t->piece[i] = text;
	}
	return true;
}

/* The number that pieces [from, to) are together, 0 for a mark; -1 if they are none: no number begins with a nought. */
static int64_t
number_of(const struct torn *t, uint32_t from, uint32_t to)
{
	int64_t number = 0;
	size_t digits = 0;

	for (uint32_t i = from; i < to; i++) {
		if (t->piece[i].n == 0 && to > from + 1)
			return -1;
		for (size_t k = 0; k < t->piece[i].n; k++) {
			if (digits == MOST_DIGITS || (digits && number == 0))
				return -1;
			number = 10 * number + (t->piece[i].p[k] - '0');
			digits++;
		}
	}
	return number;
}

/* Tries each way to give the pieces from `at` on to the columns from `column` on, the last being the sum of the others. */
static void
try_columns(struct torn *t, uint32_t column, uint32_t at, int64_t sum)
{
	uint32_t left = t->columns - column - 1;

	if (left == 0) {
		if (number_of(t, at, t->n) != sum)
			return;
		t->end[column] = t->n;
		if (t->ways++ == 0)
			memcpy(t->found, t->end, sizeof t->found);
		return;
	}
	for (uint32_t to = at + 1; to + left <= t->n && t->ways < 2; to++) {
		int64_t number = number_of(t, at, to);

		if (number < 0)
			return;
		t->end[column] = to;
		try_columns(t, column + 1, to, sum + number);
	}
}

/* The fact's value becomes the number that the pieces [from, to) of the row are together. */
static void
put_together(struct sheets *s, struct fact *f, const struct torn *t, uint32_t from, uint32_t to)
{
	buf_reset(&s->keys);
	for (uint32_t i = from; i < to; i++)
		buf_add_span(&s->keys, t->piece[i]);
	if (to > from + 1)
		f->instead = facts_value(s->out, buf_span(&s->keys), STATE_NUMBER);
}

static void
add_column(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	const struct edition_row *er, const struct torn *t, uint32_t column, uint32_t from, uint32_t to)
{
	struct fact *f = sheet_add_fact(s, e, form, er->row, e->first + from, true);

	f->column = (uint16_t)(fs->first + column);
	sheet_set_unit(s, f, forms_unit(er->row, &s->book->forms->column[f->column]), SPAN(""));
	put_together(s, f, t, from, to);
}

bool
sheet_add_torn(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er)
{
	uint32_t map[MOST_COLUMNS], last = (uint32_t)fs->n - 1;
	enum head_order order;
	struct torn t;

	if (!sheet->ragged || fs->n < 3 || e->n < 2 || e->n == fs->n || !take_pieces(s, e->first, e->n, &t) ||
		!span_eq(s->book->forms->column[fs->first + last].column, SPAN("total")))
		return false;
	order = sheet_head_order(s, e, fs, form, map);
	if (order != ORDER_SAME && order != ORDER_NAMED)
		return false;
	for (uint32_t i = 0; order == ORDER_NAMED && i <= last; i++)
		if (map[i] != i)
			return false;
	if (e->n < fs->n) {
		int64_t sum = 0, total = number_of(&t, e->n - 1, e->n);
		struct entry others = *e;

		/* Blank cells were lost.  The sum of the others is the total; whose those are nothing says. */
		for (uint32_t i = 0; i + 1 < e->n; i++)
			sum += number_of(&t, i, i + 1);
		if (sum == 0 || sum != total || t.piece[e->n - 1].n == 0)
			return false;
		add_column(s, e, fs, form, er, &t, last, e->n - 1, e->n);
		others.n--;
		sheet_add_unknown(s, &others);
		return true;
	}
	t.columns = (uint32_t)fs->n;
	try_columns(&t, 0, 0, 0);
	if (t.ways != 1)
		return false;
	for (uint32_t i = 0; i <= last; i++)
		add_column(s, e, fs, form, er, &t, i, i ? t.found[i - 1] : 0, t.found[i]);
	return true;
}

/* Whether the heads of a sheet name one column of values, and nothing behind it: 统计指标 | 单位 | 统计数. */
static bool
has_one_column(struct sheets *s, const struct sheet *sheet)
{
	uint32_t end = sheet->cell + (sheet->ncells < TOP_CELLS ? sheet->ncells : TOP_CELLS), i = sheet->cell;

	while (i < end && !(s->cell[i].words && sheet_know(s, i)->header == HEADER_LABEL))
		i++;
	if (++i < end && s->cell[i].words && sheet_know(s, i)->header == HEADER_UNIT)
		i++;
	return i + 1 < end && s->cell[i].words && sheet_know(s, i)->header == HEADER_VALUE && !sheet_other_time(s, item_of(s, i)) &&
	       s->cell[i + 1].words && sheet_know(s, i + 1)->nrows > 0;
}

/* Whether a bracket is left open at the end of the text: a number behind it is a remark's, …相同信息计 | 1 | 条）. */
static bool
is_open(struct span text)
{
	bool open = false;

	for (size_t i = 0; i < text.n; i++) {
		struct span rest = span_of(text.p + i, text.n - i);

		if (*rest.p == '(' || span_starts(rest, SPAN("（")))
			open = true;
		else if (*rest.p == ')' || span_starts(rest, SPAN("）")))
			open = false;
	}
	return open;
}

bool
sheet_add_torn_single(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	const struct edition_row *er)
{
	uint32_t unit = e->n > 0 && s->cell[e->first].unit && !has_number(cell_at(s, e->first));
	struct torn t;
	struct fact *f;

	if (!sheet->ragged || e->n == unit || e->first == sheet->cell || is_open(cell_at(s, e->first - 1)->text) || !take_pieces(s, e->first + unit, e->n - unit, &t) ||
		number_of(&t, 0, t.n) < 0 || !has_one_column(s, sheet))
		return false;
	f = sheet_add_fact(s, e, form, er->row, e->first + unit, true);
	sheet_set_unit(s, f, forms_unit(er->row, NULL), SPAN(""));
	put_together(s, f, &t, 0, t.n);
	return true;
}
