/*
 * grid_kinds: rows by the kinds of their cells, where no run of bars ends them.
 */
#include "grid_parts.h"

#include <string.h>

enum { WIDEST_GUESSED = 64 }; /* no wider row is looked for */

/* So many numbers in a row without others like it belong to the heads above them, not to one label. */
enum { WIDE_ROW = 10 };

uint32_t
grid_tile(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t row, enum grid grade)
{
	uint32_t col = 0;

	for (size_t i = from; i < to; i++) {
		v[i].row = row;
		v[i].col = v[i].pads ? 0 : ++col;
		v[i].grade = grade;
		if (v[i].pads || col == width) {
			row++;
			col = 0;
		}
	}
	return row + (col > 0);
}

void
grid_fail(struct grid_cell *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		v[i].row = v[i].col = 0;
		v[i].grade = GRID_FAILED;
	}
}

/* What stood in each column of the rows that are certain. */
struct profile {
	size_t width;
	size_t count[WIDEST_GUESSED + 1][CELL_KINDS];
	size_t rows;
};

static bool
is_start(const struct grid_cell *c)
{
	return c->kind == CELL_LABEL && !c->pads;
}

/* The rows between two labels that stand a width apart, with a number among them. */
static void
profile_make(struct profile *p, const struct grid_cell *v, size_t from, size_t to, size_t width)
{
	memset(p, 0, sizeof *p);
	p->width = width;
	for (size_t i = from; i + width <= to;) {
		bool number = false;

		if (!is_start(&v[i]) || (i + width < to && !is_start(&v[i + width]))) {
			i++;
			continue;
		}
		for (size_t c = 1; c < width; c++)
			number |= v[i + c].kind == CELL_NUMBER;
		if (number) {
			for (size_t c = 0; c < width; c++)
				p->count[c][v[i + c].kind]++;
			p->rows++;
		}
		i += width;
	}
}

/* Now and then is not enough: one row in fifty. */
static bool
profile_allows(const struct profile *p, size_t col, enum cell_kind kind)
{
	return kind == CELL_BLANK || p->count[col][kind] > p->rows / 50;
}

/* Whether the profile's rows may begin with this: a label, or a short one where only labels are short. */
static bool
begins(const struct profile *p, const struct grid_cell *c)
{
	if (c->pads || c->kind != CELL_SHORT)
		return is_start(c);
	for (size_t col = 1; col < p->width; col++)
		if (profile_allows(p, col, CELL_SHORT))
			return false;
	return true;
}

enum row { NO_ROW, HEAD_ROW, DATA_ROW };

/* What row of the profile's width can begin at i: one with numbers or blanks, or one of words only. */
static enum row
row_at(const struct profile *p, const struct grid_cell *v, size_t i, size_t to)
{
	size_t end = to - i < p->width ? to : i + p->width;
	bool number = false, blank = false;

	if (end < to ? !begins(p, &v[end]) : end - i < p->width && !begins(p, &v[i]))
		return NO_ROW;
	for (size_t k = i; k < end; k++) {
		if (v[k].pads)
			return NO_ROW;
		number |= v[k].kind == CELL_NUMBER;
		blank |= k > i && (v[k].kind == CELL_BLANK || v[k].kind == CELL_MARK);
	}
	if (!number)
		return blank && v[i].kind != CELL_BLANK ? DATA_ROW : HEAD_ROW;
	if (!begins(p, &v[i]))
		return NO_ROW;
	for (size_t k = i + 1; k < end; k++)
		if (!profile_allows(p, k - i, v[k].kind))
			return NO_ROW;
	return DATA_ROW;
}

/* Whether a row begins at i; one of words only must head one that does not. */
static bool
fits(const struct profile *p, const struct grid_cell *v, size_t i, size_t to)
{
	enum row row = row_at(p, v, i, to);

	return row == DATA_ROW ||
	       (row == HEAD_ROW && i + p->width < to && row_at(p, v, i + p->width, to) == DATA_ROW);
}

size_t
grid_resynchronise(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t *row)
{
	struct profile p;
	size_t failed = 0;

	if (width > WIDEST_GUESSED) {
		grid_fail(v, from, to);
		return to - from;
	}
	profile_make(&p, v, from, to, width);
	for (size_t i = from; i < to;) {
		bool lost = i > from && v[i - 1].grade == GRID_FAILED;

		if (p.rows > 0 && fits(&p, v, i, to) && !(lost && row_at(&p, v, i, to) == HEAD_ROW)) {
			size_t end = to - i < width ? to : i + width;

			grid_tile(v, i, end, width, *row, GRID_ASSUMED);
			++*row;
			i = end;
		} else {
			grid_fail(v, i, i + 1);
			failed += !v[i].pads;
			i++;
		}
	}
	return failed;
}

/* Whether a column of the rows with numbers holds numbers in some and labels in as many. */
static bool
columns_mix(const struct grid_cell *v, size_t from, size_t to)
{
	size_t numbers[WIDEST_GUESSED + 1] = {0}, labels[WIDEST_GUESSED + 1] = {0}, rows = 0;

	for (size_t i = from, end; i < to; i = end) {
		bool number = false;

		for (end = i; end < to && v[end].row == v[i].row; end++)
			number |= v[end].kind == CELL_NUMBER;
		if (!number || v[i].row == 0)
			continue;
		rows++;
		for (size_t k = i; k < end; k++) {
			numbers[v[k].col] += v[k].kind == CELL_NUMBER;
			labels[v[k].col] += v[k].kind == CELL_LABEL;
		}
	}
	for (size_t c = 1; c <= WIDEST_GUESSED; c++)
		if ((numbers[c] < labels[c] ? numbers[c] : labels[c]) > rows / 20)
			return true;
	return false;
}

size_t
grid_guess_width(const struct grid_cell *v, size_t from, size_t to)
{
	size_t gaps[WIDEST_GUESSED + 1] = {0}, regular[WIDEST_GUESSED + 1] = {0}, best = 0;
	size_t last = from;
	bool any = false;

	for (size_t i = from; i < to; i++) {
		if (!is_start(&v[i]) || (i > from && is_start(&v[i - 1])))
			continue;
		if (any && i - last <= WIDEST_GUESSED)
			gaps[i - last]++;
		any = true;
		last = i;
	}
	for (size_t w = 2; w <= WIDEST_GUESSED; w++)
		for (size_t i = from; gaps[w] && i < to; i += w)
			regular[w] += is_start(&v[i]);
	for (size_t w = 2; w <= WIDEST_GUESSED; w++)
		if (gaps[w] > gaps[best] ||
			(gaps[w] == gaps[best] && best && regular[w] * w > regular[best] * best))
			best = w;
	return best;
}

/* The end of a row that runs from its labels to the next label behind something else; counts the latter. */
static size_t
labelled_row(const struct grid_cell *v, size_t from, size_t to, size_t *values)
{
	size_t labels;

	while (from < to && is_start(&v[from]))
		from++;
	for (labels = from; from < to && !is_start(&v[from]);)
		from++;
	*values = from - labels <= WIDEST_GUESSED ? from - labels : 0;
	return from;
}

static bool
has_number(const struct grid_cell *v, size_t from, size_t to)
{
	for (; from < to; from++)
		if (v[from].kind == CELL_NUMBER || v[from].kind == CELL_MARK || v[from].kind == CELL_BLANK)
			return true;
	return false;
}

/* How many of the last cells hold numbers or stand for some. */
static size_t
numbers_at_end(const struct grid_cell *v, size_t from, size_t to)
{
	size_t n = 0;

	while (to > from && (v[to - 1].kind == CELL_NUMBER || v[to - 1].kind == CELL_MARK ||
		v[to - 1].kind == CELL_BLANK)) {
		to--;
		n++;
	}
	return n;
}

/*
 * Rows of no common width: a label and what follows it up to the next; those with as many values as most
 * are assumed, and a long row of nothing but numbers below its heads.  Labels with no value of their own
 * have no place: they may head columns, or rows below.
 */
static void
cut_at_labels(struct grid_cell *v, size_t from, size_t to)
{
	size_t rows[WIDEST_GUESSED + 1] = {0}, most = 1, n;
	uint32_t row = 1;

	for (size_t i = from; i < to;) {
		i = labelled_row(v, i, to, &n);
		rows[n]++;
	}
	for (n = 2; n <= WIDEST_GUESSED; n++)
		if (rows[n] > rows[most])
			most = n;
	for (size_t i = from, end; i < to; i = end) {
		end = labelled_row(v, i, to, &n);
		grid_fail(v, i, end);
		if (n == most && rows[most] > 1 && is_start(&v[i]) && has_number(v, end - n, end))
			row = grid_tile(v, end - n - 1, end, SIZE_MAX, row, GRID_ASSUMED);
		else if (rows[n] == 1 && (n = numbers_at_end(v, i, end)) >= WIDE_ROW)
			row = grid_tile(v, end - n, end, SIZE_MAX, row, GRID_ASSUMED);
	}
}

static bool
same_words(const struct grid_cell *a, const struct grid_cell *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!span_eq(a[i].text, b[i].text))
			return false;
	return true;
}

/* The number of a cell that holds no more than one or two, three digits; 0 for others. */
static size_t
serial(const struct grid_cell *c)
{
	size_t n = 0;

	if (c->text.n > 3)
		return 0;
	for (size_t i = 0; i < c->text.n; i++) {
		if (c->text.p[i] < '0' || c->text.p[i] > '9')
			return 0;
		n = 10 * n + (size_t)(c->text.p[i] - '0');
	}
	return n;
}

/*
 * Whether rows of this width and no other tile the table: below the heads, which may stand again, each has
 * its one label in the same column, `label` (and now and then a remark in the last); no column holds both
 * numbers and short words; and what stands before the labels counts the rows.  Then no cell is lost, or the
 * labels behind it would stand elsewhere.
 */
static bool
tiles(const struct grid_cell *v, size_t from, size_t to, size_t width, size_t label)
{
	enum { ROWS = 5 };
	bool numbers[WIDEST_GUESSED] = {false}, words[WIDEST_GUESSED] = {false};
	size_t rows = 0, count = 0, counted = 0, remarks = 0;

	if ((to - from) % width != 0 || cell_kind(v[from + label].text) < CELL_SHORT)
		return false;
	for (size_t i = from + width; i < to; i += width) {
		if (same_words(v + from, v + i, width))
			continue;
		for (size_t c = 0; c < width; c++) {
			enum cell_kind kind = v[i + c].kind;

			if (v[i + c].pads || (c == label && kind != CELL_LABEL))
				return false;
			if (c != label && kind == CELL_LABEL) {
				if (c + 1 < width || c < label + 2)
					return false;
				remarks++;
			}
			numbers[c] |= kind == CELL_NUMBER;
			words[c] |= kind == CELL_SHORT;
			if (numbers[c] && words[c])
				return false;
		}
		rows++;
		if (label == 0 || v[i].kind == CELL_BLANK)
			continue;
		if (serial(&v[i]) <= count)
			return false;
		count = serial(&v[i]);
		counted++;
	}
	return rows >= ROWS && remarks * 2 < rows && (label == 0 || (counted * 2 > rows && count < 2 * rows));
}

void
grid_recover_bare(struct grid_cell *v, size_t from, size_t to)
{
	size_t width = grid_guess_width(v, from, to);
	uint32_t row = 1;

	if (width > 0 && (tiles(v, from, to, width, 0) || (width > 2 && tiles(v, from, to, width, 1)))) {
		grid_tile(v, from, to, width, row, GRID_PROVED);
		return;
	}

	if (width == 0) {
		cut_at_labels(v, from, to);
		return;
	}
	if (grid_resynchronise(v, from, to, width, &row) * 4 > to - from || columns_mix(v, from, to))
		cut_at_labels(v, from, to);
}
