#include "columns_parts.h"

#include <stdlib.h>

#include "blank.h"
#include "buf.h"
#include "lone.h"
#include "ruler.h"

enum {
	ROOM = 2,  /* blanks between cells that stand in no columns */
	SLACK = 6, /* columns: the lines of a label in a cell differ by no more */
};

static bool
add(struct cells *cells, size_t line, struct span text, uint32_t row, uint32_t col, enum grid grade)
{
	return cells_add(cells, (struct grid_cell){.line = line, .text = text, .row = row, .col = col,
		.grade = grade});
}

/* Whether all gaps are alike, so that nothing stands below anything: the order of the fields counts. */
static bool
is_loose(const struct text_line *lines, size_t from, size_t end)
{
	struct field fields[FIELDS_MOST];
	size_t room = 0;

	for (size_t i = from; i < end; i++) {
		size_t n = lines[i].gaps ? fields_split(&lines[i], false, fields) : 0;

		for (size_t c = 1; c < n; c++) {
			size_t between = fields[c].start - fields[c - 1].end;

			if (room && between != room)
				return false;
			room = between;
		}
	}
	return true;
}

/*
 * Whether two blanks part the cells, and more of them blank cells: there is no other number of them, nor room for
 * columns behind labels.
 */
static bool
is_spaced(const struct text_line *lines, size_t from, size_t end, size_t width)
{
	struct field fields[FIELDS_MOST];
	size_t two = 0, more = 0;

	for (size_t i = from; i < end; i++) {
		size_t n = lines[i].gaps ? fields_split(&lines[i], false, fields) : 0;

		for (size_t c = 1; c < n; c++) {
			size_t between = fields[c].start - fields[c - 1].end;

			if (between % ROOM || between > ROOM * width)
				return false;
			two += between == ROOM;
			more += between != ROOM;
		}
	}
	return two > more;
}

/* Puts blank fields where more than two blanks stand; how many fields there are then. */
static size_t
spread(struct field *fields, size_t n)
{
	struct field out[FIELDS_MOST];
	size_t to = 0;

	for (size_t c = 0; c < n && to < FIELDS_MOST; c++) {
		size_t cells = c ? (fields[c].start - fields[c - 1].end) / ROOM : 1;

		for (; cells > 1 && to + 1 < FIELDS_MOST; cells--)
			out[to++] = (struct field){span_of("", 0), fields[c].start, fields[c].start};
		out[to++] = fields[c];
	}
	memcpy(fields, out, to * sizeof *out);
	return to;
}

enum tail { TAIL_NONE, TAIL_LIKELY, TAIL_JOINED };

/*
 * Whether a line holds no more than the last digits of values of the row above, which a narrow cell broke:
 * each stands below one as wide as any of the table.  Without a label, or with one that goes on and fewer
 * values behind it, they are joined with those of the row; with another label, or below narrower ones, it is
 * only likely.
 */
static enum tail
join_tail(const struct ruler *rulers, struct field *row, size_t n, const struct text_line *line,
	struct buf *joined)
{
	struct field tail[FIELDS_MOST];
	size_t under[FIELDS_MOST], nt = line->raw.n && !line->bars ? fields_split(line, false, tail) : 0;
	size_t labels = fields_labels(tail, nt), label, unit, words, k;
	bool wide = true;

	/* A remark behind the values is none: below it a row that is whole has no fewer. */
	while (n && !field_is_value(&row[n - 1]))
		n--;
	label = unit = n;
	/* A serial number may stand before the label. */
	for (k = n > 1 && field_is_value(&row[0]) && !field_is_value(&row[1]); k < n && !field_is_value(&row[k]); k++) {
		label = cell_kind(row[k].text) == CELL_LABEL ? k : label;
		unit = cell_kind(row[k].text) == CELL_SHORT ? k : unit;
	}
	/* Digits below a label are words, as 1次） at its end. */
	while (k < n && labels < nt && tail[labels].end <= row[k].start)
		labels++;
	/* 万 and below it 元 */
	if (labels == 0 || unit == n || cell_kind(tail[labels - 1].text) != CELL_SHORT ||
		tail[labels - 1].end <= row[unit].start || tail[labels - 1].start >= row[unit].end)
		unit = n;
	/* Two units one below the other are no halves of one. */
	if (unit < n && span_eq(tail[labels - 1].text, row[unit].text))
		return TAIL_NONE;
	words = labels - (unit < n);
	if ((nt == labels && (unit == n || words)) || nt >= n + (labels == 0) || (words && label == n))
		return TAIL_NONE;
	for (size_t i = labels; i < nt; i++, k++) {
		while (k < n && row[k].end <= tail[i].start)
			k++;
		if (k == n || tail[i].end <= row[k].start || cell_kind(tail[i].text) != CELL_NUMBER ||
			*tail[i].text.p == '+' || *tail[i].text.p == '-' || !fields_digits(row[k].text) ||
			fields_digits(row[k].text) + fields_digits(tail[i].text) > FIELDS_DIGITS)
			return TAIL_NONE;
		wide = wide && row[k].text.n > 1 &&
		       tail[i].end - tail[i].start <= row[k].end - row[k].start + 1 &&
		       fields_digits(row[k].text) >= rulers[fields_labels(row, n)].widest;
		under[i] = k;
	}
	if (!wide)
		return labels == 0 && label < n ? TAIL_LIKELY : TAIL_NONE;
	if (words > 1 || (words && (line_numbering(tail[0].text) || cell_kind(tail[0].text) != CELL_LABEL)))
		return nt > labels ? TAIL_LIKELY : TAIL_NONE;
	for (size_t i = labels; i < nt; i++)
		row[under[i]].text = line_join(joined, row[under[i]].text, tail[i].text);
	if (unit < n)
		row[unit].text = line_join(joined, row[unit].text, tail[labels - 1].text);
	if (words)
		row[label].text = line_join(joined, row[label].text, tail[0].text);
	return TAIL_JOINED;
}

/*
 * The columns of a row parted by blanks, and how well they are known.  Labels are counted from the left;
 * values stand where they stand in the rows with as many labels, and *columns gets how many those have in
 * all; `heads` is how many the last row of heads had.
 */
static enum grid
judge(const struct ruler *rulers, size_t width, size_t heads, const struct field *fields, size_t n,
	uint32_t *col, size_t *columns)
{
	size_t labels = fields_labels(fields, n), values = n - labels;
	const struct ruler *r = &rulers[labels];

	*columns = n;
	for (size_t i = 0; i < n; i++)
		col[i] = (uint32_t)i + 1;
	if (values == 0) {
		/* A label and its unit, the value blank; or heads. */
		if (n < width && n > 1 && r->rows >= 2 && cell_kind(fields[n - 1].text) == CELL_SHORT) {
			*columns = n + r->values;
			return GRID_ASSUMED;
		}
		return n == width ? GRID_ROWS : GRID_ASSUMED;
	}
	/* A number below remarks stands in the columns of numbers, if it is as many as they are. */
	if (ruler_place(r, fields + labels, values, col + labels) &&
		(values != r->numbers || col[n - 1] <= r->numbers || !field_is_value(&fields[n - 1]))) {
		for (size_t i = labels; i < n; i++)
			col[i] += (uint32_t)labels;
		*columns = labels + r->values;
		return values == r->values && r->rows >= 2 ? GRID_ROWS : GRID_ASSUMED;
	}
	for (size_t i = 0; i < n; i++)
		col[i] = (uint32_t)i + 1;
	if (values == r->numbers && r->numbers < r->values && field_is_value(&fields[n - 1])) {
		*columns = labels + r->values;
		return GRID_ASSUMED;
	}
	/* As many as the others have, pushed aside by a long one; or as many as there are heads above. */
	return values == r->values || (n == heads && !r->headed) ? GRID_ASSUMED : GRID_FAILED;
}

/*
 * Parts a number from the label before it by one blank, if the rows with as many labels have more values, one
 * more or one that stands there.  How many fields there are then.
 */
static size_t
take_value(const struct ruler *rulers, struct field *fields, size_t n)
{
	size_t labels = fields_labels(fields, n), at;
	const struct ruler *r = &rulers[labels];
	struct field *label, value;

	if (labels == 0 || n == FIELDS_MOST || r->rows == 0 || n - labels >= r->values)
		return n;
	label = &fields[labels - 1];
	for (at = label->text.n; at > 0 && label->text.p[at - 1] != ' '; at--)
		;
	value.text = span_from(label->text, at);
	value.end = label->end;
	value.start = label->end - value.text.n;
	if (at < 2 || cell_kind(value.text) != CELL_NUMBER)
		return n;
	/* A long label pushes all of its values aside: then they are as many as the others have. */
	if (n + 1 - labels != r->values &&
		(!ruler_stands_in(r, 0, &value) || (n > labels && ruler_stands_in(r, 0, &fields[labels]))))
		return n;
	label->text = blank_trim(span_of(label->text.p, at));
	label->end = value.start - 1;
	memmove(fields + labels + 1, fields + labels, (n - labels) * sizeof *fields);
	fields[labels] = value;
	return n + 1;
}

/* A value or a unit far from the line's beginning: its label is on another line. */
static bool
stands_alone(const struct field *f)
{
	return f->start >= COLUMNS_INDENT && (field_is_value(f) || cell_kind(f->text) == CELL_SHORT);
}

/* A label, the first field of the line or all of it, that may go on with that of the line above. */
static bool
goes_on(const struct text_line *line, const struct field *first)
{
	struct span text = first ? first->text : line->text;

	enum cell_kind kind = cell_kind(text);

	return line->bars == 0 && line_numbering(text) == 0 &&
	       (kind == CELL_LABEL || (!first && kind == CELL_SHORT));
}

/* The labels of the row above, which a line may go on with; none if n is 0. */
struct labels {
	size_t cell, n;  /* its first cells */
	size_t values;   /* cells behind them */
	size_t line;     /* the last of the page */
	size_t end;      /* where what stands behind them begins */
	size_t last;     /* where the words of the last end */
	size_t start[FIELDS_MOST];
};

/* A line's fields, the columns they stand in, and how many columns the row has. */
struct row {
	struct field v[FIELDS_MOST + 1];
	size_t n, columns;
	uint32_t col[FIELDS_MOST + 1];
	enum grid grade;
};

/* A table being read. */
struct table {
	const struct text_line *lines;
	size_t end, width;
	bool tabs, ordered;   /* tabs part the cells; the order of the fields counts, not where they stand */
	bool spaced;          /* so too, blank ones among them */
	struct ruler *rulers; /* unless it is ordered */
	size_t apart;         /* from a line to the next */
	size_t farthest;      /* where the longest label alone before values ends; 0: none */
	struct buf *joined;
	struct cells *cells;
	struct labels above;
	size_t heads; /* in the last row of them */
	uint32_t row; /* the last one's number */
	bool doubt;   /* the next row may have digits above or below it that were not joined */
};

static void
judge_row(const struct table *t, struct row *r)
{
	if (!t->ordered) {
		r->grade = judge(t->rulers, t->width, t->heads, r->v, r->n, r->col, &r->columns);
		return;
	}
	r->columns = r->n;
	for (size_t c = 0; c < r->n; c++)
		r->col[c] = (uint32_t)c + 1;
	r->grade = r->n == t->width ? GRID_ROWS : GRID_ASSUMED;
}

/*
 * The row's cells, blank ones between and behind them, to its last column.  The first `done` of them are
 * there, in as many columns and `aside`.
 */
static bool
add_row(struct table *t, size_t line, const struct row *r, enum grid grade, uint32_t done, uint32_t aside)
{
	uint32_t c = 1 + done;

	for (size_t i = done; i < r->n; i++, c++) {
		for (; c < r->col[i]; c++)
			if (!add(t->cells, line, span_of("", 0), t->row, c + aside, grade))
				return false;
		if (!add(t->cells, line, r->v[i].text, t->row, c + aside, grade))
			return false;
	}
	for (; c <= r->columns; c++)
		if (!add(t->cells, line, span_of("", 0), t->row, c + aside, grade))
			return false;
	return true;
}

/* The fields before the first value or unit. */
static size_t
words_of(const struct field *fields, size_t n)
{
	size_t words = 0;

	while (words < n && cell_kind(fields[words].text) == CELL_LABEL)
		words++;
	return words;
}

/* The label that the words at this column go on with: the one that begins there, else the last. */
static size_t
label_above(const struct labels *l, size_t start)
{
	for (size_t k = 0; k < l->n; k++)
		if (start + FIELDS_CLOSE >= l->start[k] && start <= l->start[k] + FIELDS_CLOSE)
			return k;
	return l->n - 1;
}

/* Whether the only words of a line may end a label above. */
static bool
goes_on_below(const struct labels *l, const struct field *f)
{
	enum cell_kind kind = cell_kind(f->text);

	return f->start < l->end &&
	       (kind == CELL_LABEL || (kind == CELL_SHORT && f->start == l->start[label_above(l, f->start)]));
}

static void
remember(struct labels *l, const struct cells *cells, size_t first, const struct field *fields, size_t n,
	size_t line)
{
	*l = (struct labels){.cell = first, .n = words_of(fields, n), .line = line};
	if (cells->v[first].grade == GRID_FAILED || l->n > cells->n - first)
		l->n = 0;
	l->values = cells->n - first - l->n;
	l->end = l->n < n ? fields[l->n].start : SIZE_MAX;
	l->last = l->n ? fields[l->n - 1].end : 0;
	for (size_t k = 0; k < l->n; k++)
		l->start[k] = fields[k].start;
}

/* Where the longest label ends that stands alone before a value, or a unit and a value; 0 if the lines have none. */
static size_t
farthest_label(const struct text_line *lines, size_t from, size_t end)
{
	size_t farthest = 0;

	for (size_t i = from; i < end; i++) {
		struct field v[FIELDS_MOST];
		size_t n = lines[i].gaps ? fields_split(&lines[i], false, v) : 0;

		if (n > 1 && words_of(v, n) == 1 && field_is_value(&v[n - 1]) && v[0].end > farthest)
			farthest = v[0].end;
	}
	return farthest;
}

/* Whether the label above ends so early that more of it had room: what stands below is another. */
static bool
has_room(const struct table *t)
{
	return !t->ordered && t->above.n == 1 && t->above.values && t->above.last + SLACK < t->farthest;
}

/* Words alone on line i, without a number of their own, end the label above; false if they do not. */
static bool
end_label(struct table *t, const struct row *r, size_t i)
{
	const struct text_line *line = &t->lines[i];
	struct field next[FIELDS_MOST];
	struct grid_cell *cell;

	/* What stands above the heads of the next table is its own. */
	if (t->above.n == 0 || has_room(t) || line_numbering(line->text) || (i + 1 < t->end && columns_are_heads(line + 1)) || !goes_on_below(&t->above, &r->v[0]) ||
		(i + 1 < t->end && fields_split(&t->lines[i + 1], t->tabs, next) > 1 &&
			stands_alone(&next[0])) ||
		cell_kind(t->cells->v[t->cells->n - 1].text) == CELL_LABEL)
		return false;
	cell = &t->cells->v[t->above.cell + label_above(&t->above, r->v[0].start)];
	cell->text = line_join(t->joined, cell->text, line->text);
	for (size_t k = t->above.cell; k < t->cells->n; k++)
		t->cells->v[k].grade = GRID_ASSUMED;
	t->above.n = 0;
	return true;
}

/* One field alone on a line. */
static bool
add_alone(struct table *t, const struct row *r, const struct text_line *line)
{
	size_t first = t->cells->n;

	/* A number above a row may be the first digits of one in it. */
	t->doubt = field_is_value(&r->v[0]);
	if (!add(t->cells, line->number, line->text, ++t->row, 1, GRID_ASSUMED))
		return false;
	remember(&t->above, t->cells, first, r->v, 1, line->number);
	return true;
}

/* The label that stands alone on the line above is put before the values of this one, if they fit then. */
static bool
take_label(struct table *t, struct row *r, const struct text_line *line)
{
	if (t->ordered || !stands_alone(&r->v[0]) || t->above.n != 1 || t->above.values ||
		t->above.line + t->apart != line->number)
		return false;
	memmove(r->v + 1, r->v, r->n * sizeof *r->v);
	r->n++;
	r->v[0] = (struct field){t->cells->v[t->above.cell].text, 0, 0};
	judge_row(t, r);
	if (r->grade != GRID_FAILED)
		return true;
	r->n--;
	memmove(r->v, r->v + 1, r->n * sizeof *r->v);
	return false;
}

/* Whether the words of line i are the middle of a label, begun on the line above and ended on the next. */
static bool
is_middle(const struct table *t, const struct row *r, size_t i)
{
	const struct text_line *line = &t->lines[i];
	const struct labels *above = &t->above;

	return !t->ordered && above->n && above->values == 0 && above->line + t->apart == line->number &&
	       fields_labels(r->v, r->n) < r->n && words_of(r->v, r->n) == 1 && goes_on(line, &r->v[0]) &&
	       label_above(above, r->v[0].start) == above->n - 1 && i + 1 < t->end && !line[1].gaps &&
	       goes_on(&line[1], NULL) && r->grade != GRID_FAILED;
}

/* Joins the row with lines below that hold no more than its last digits; *i is its last line, and gets it. */
static void
join_tails(struct table *t, struct row *r, size_t *i)
{
	enum tail tail = TAIL_JOINED;

	/* Twice is enough: a table has no room for longer numbers. */
	for (int k = 0; k < 2 && !t->ordered && *i + 1 < t->end && tail == TAIL_JOINED; k++) {
		tail = join_tail(t->rulers, r->v, r->n, &t->lines[*i + 1], t->joined);
		t->doubt = t->doubt || tail != TAIL_NONE;
		*i += tail == TAIL_JOINED;
	}
	if (t->doubt && r->grade == GRID_ROWS)
		r->grade = GRID_ASSUMED;
	t->doubt = tail == TAIL_LIKELY || (fields_labels(r->v, r->n) == 0 && !t->ordered);
}

/* A row of its own, which ends at line `last`. */
static bool
add_own(struct table *t, const struct row *r, size_t line, size_t last)
{
	size_t first = t->cells->n;

	t->row++;
	if (r->grade != GRID_FAILED && !add_row(t, line, r, r->grade, 0, 0))
		return false;
	for (size_t c = 0; c < r->n && r->grade == GRID_FAILED; c++)
		if (!add(t->cells, line, r->v[c].text, 0, 0, GRID_FAILED))
			return false;
	remember(&t->above, t->cells, first, r->v, r->n, last);
	return true;
}

/* Line *i, a row or what ends the one above; *i gets its last line.  False if there are too many cells. */
static bool
read_row(struct table *t, size_t *i)
{
	const struct text_line *line = &t->lines[*i];
	struct labels *above = &t->above;
	struct row r;
	bool middle;

	r.n = fields_split(line, t->tabs, r.v);
	if (t->spaced)
		r.n = spread(r.v, r.n);
	if (!t->ordered)
		r.n = take_value(t->rulers, r.v, r.n);
	if (r.n == 1 && !t->tabs && *i > 0 && columns_is_row_below(line))
		r.n = lone_fields(line, r.v);
	if (r.n == 1)
		return end_label(t, &r, *i) || add_alone(t, &r, line);
	judge_row(t, &r);
	if (take_label(t, &r, line)) {
		bool good = add_row(t, line->number, &r, GRID_ASSUMED, 1, 0);

		above->values = t->cells->n - above->cell - 1;
		return good;
	}
	middle = is_middle(t, &r, *i);
	if (middle) {
		struct grid_cell *cell = &t->cells->v[above->cell + above->n - 1];

		cell->text = line_join(t->joined, cell->text, r.v[0].text);
	}
	if (fields_labels(r.v, r.n) == r.n)
		t->heads = r.n;
	join_tails(t, &r, i);
	if (middle) {
		bool good = add_row(t, line->number, &r, GRID_ASSUMED, 1, (uint32_t)above->n - 1);

		above->values = t->cells->n - above->cell - above->n;
		return good;
	}
	return add_own(t, &r, line->number, t->lines[*i].number);
}

bool
columns_read(const struct text_line *lines, size_t from, size_t end, size_t width,
	struct buf *joined, struct cells *cells)
{
	struct table t = {.lines = lines, .end = end, .width = width, .apart = SIZE_MAX, .joined = joined,
		.cells = cells};
	bool good = true;

	for (size_t i = from; i < end && !t.tabs; i++)
		t.tabs = fields_tabs(&lines[i]);
	for (size_t i = from + 1; i < end; i++)
		if (lines[i].number - lines[i - 1].number < t.apart)
			t.apart = lines[i].number - lines[i - 1].number;
	t.ordered = t.tabs || is_loose(lines, from, end);
	t.spaced = !t.ordered && is_spaced(lines, from, end, width);
	t.ordered |= t.spaced;
	if (!t.ordered) {
		t.rulers = rulers_make(lines, from, end);
		t.farthest = farthest_label(lines, from, end);
	}
	for (size_t i = from; i < end && good; i++)
		good = read_row(&t, &i);
	free(t.rulers);
	return good;
}
