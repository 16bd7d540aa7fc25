#include "grid.h"

#include <stdbool.h>
#include <stdlib.h>

#include "blank.h"
#include "buf.h"
#include "lines.h"

/* The flattener pads no wider table, and of a table without pads no wider row is looked for. */
enum { WIDEST_PADDED = 1000, WIDEST_GUESSED = 64 };

/* So many numbers in a row without others like it belong to the heads above them, not to one label. */
enum { WIDE_ROW = 10 };

/* Bytes of the digit at the start of s, half or full width; 0 if none stands there. */
static size_t
digit(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n && p[0] >= '0' && p[0] <= '9')
		return 1;
	return s.n >= 3 && p[0] == 0xef && p[1] == 0xbc && p[2] >= 0x90 && p[2] <= 0x99 ? 3 : 0;
}

/* Bytes of a dash, a slash or the like at the start of s. */
static size_t
dash(struct span s)
{
	if (s.n && (*s.p == '/' || *s.p == '\\' || *s.p == '*'))
		return 1;
	switch (span_character(s, 0)) {
	case 0x2026: /* … */
	case 0x2500: /* ─ */
	case 0x4e00: /* 一 */
	case 0xff0f: /* ／ */ return 3;
	default: return line_dash(s);
	}
}

enum cell_kind
cell_kind(struct span text)
{
	struct span s = text;
	size_t n, left = 0;

	if (s.n == 0)
		return CELL_BLANK;
	while ((n = dash(s)) > 0)
		s.p += n, s.n -= n;
	if (s.n == 0)
		return CELL_MARK;
	s = text;
	if (*s.p == '+' || *s.p == '-')
		s.p++, s.n--;
	if (digit(s) > 0) {
		while (s.n && ((n = digit(s)) > 0 || (n = *s.p == ',' || *s.p == '.') > 0))
			s.p += n, s.n -= n;
		/* 12条, 3.5万元, 1000多人 are numbers; 2016年计划 and 1.当面申请数 are not. */
		for (bool bare = s.p[-1] != '.' && s.p[-1] != ','; s.n && bare; left++) {
			n = character(s);
			s.p += n, s.n -= n;
			bare = left < 3;
		}
		if (s.n == 0 && left <= 3)
			return CELL_NUMBER;
	}
	for (s = text, n = 0; s.n && n <= 2; n++) {
		size_t bytes = character(s);

		s.p += bytes, s.n -= bytes;
	}
	return s.n == 0 && n <= 2 ? CELL_SHORT : CELL_LABEL;
}

/* Cells up to a run of bars that ends a row. */
struct segment {
	size_t from, to; /* the run of bars is the last, at to - 1 */
	size_t sum, pads;
};

/* How many widths between `more` and the widest divide sum; *width gets the least. */
static size_t
widths(size_t sum, size_t more, size_t *width)
{
	size_t n = 0;

	for (size_t w = more + 1; w <= sum && w <= WIDEST_PADDED; w++)
		if (sum % w == 0 && w > 1) {
			if (n++ == 0)
				*width = w;
		}
	return n;
}

static size_t
common_divisor(size_t a, size_t b)
{
	while (b) {
		size_t r = a % b;

		a = b;
		b = r;
	}
	return a;
}

/* What the segments of one table agree on. */
struct agreement {
	size_t sum, pads, width, choices, segments;
};

static bool
agree(struct agreement *a, const struct segment *s)
{
	struct agreement b = *a;

	b.sum = a->segments ? common_divisor(a->sum, s->sum) : s->sum;
	b.pads = s->pads > a->pads ? s->pads : a->pads;
	b.segments++;
	if (a->segments == 0 || b.sum != a->sum || b.pads != a->pads)
		b.choices = widths(b.sum, b.pads, &b.width);
	if (b.choices == 0)
		return false;
	*a = b;
	return true;
}

/* Rows of `width` from v[from] to v[to]; a run of bars ends one.  The number of the row after them. */
static uint32_t
tile(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t row, enum grid grade)
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

static void
fail(struct grid_cell *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		v[i].row = v[i].col = 0;
		v[i].grade = GRID_FAILED;
	}
}

/* Turns what is graded better than `grade` down to it. */
static void
demote(struct grid_cell *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (v[i].grade == GRID_PROVED)
			v[i].grade = GRID_ASSUMED;
}

/*
 * Whether the rows look like rows: none of those with both labels and numbers begins with a number
 * where others begin with a label, and none but the first begins blank before a label.
 */
static bool
rows_look_right(const struct grid_cell *v, size_t from, size_t to)
{
	size_t by_number = 0, by_label = 0;

	for (size_t i = from, end; i < to; i = end) {
		bool number = false, label = false;

		for (end = i; end < to && v[end].row == v[i].row; end++) {
			number |= v[end].kind == CELL_NUMBER && !v[end].pads;
			label |= v[end].kind == CELL_LABEL;
		}
		while (i < end && v[i].pads)
			i++;
		if (i == end)
			continue;
		if (label && v[i].kind == CELL_BLANK && v[i].row > 1)
			return false;
		by_number += number && label && v[i].kind == CELL_NUMBER;
		by_label += number && label && v[i].kind == CELL_LABEL;
	}
	return by_number == 0 || by_label == 0;
}

/*
 * A blank in the last column is a run of one bar if no row before `sure` has text there: spanned cells
 * missing, not a cell.
 */
static void
find_single_pads(struct grid_cell *v, size_t from, size_t sure, size_t to, size_t width)
{
	for (size_t i = from; i < sure; i++)
		if (v[i].col == width && v[i].kind != CELL_BLANK)
			return;
	for (size_t i = from; i < to; i++)
		if (v[i].col == width && v[i].kind == CELL_BLANK) {
			v[i].pads = 1;
			v[i].col = 0;
		}
}

/* A bar of its own before each row makes a column of blanks: none of the table's.  Whether there was one. */
static bool
drop_first_column(struct grid_cell *v, size_t from, size_t to)
{
	size_t rows = 0;

	for (size_t i = from; i < to; i++) {
		if (v[i].col == 1 && v[i].kind != CELL_BLANK)
			return false;
		rows += v[i].col == 1;
	}
	if (rows < 3)
		return false;
	for (size_t i = from; i < to; i++) {
		if (v[i].col == 1)
			v[i].pads = 1;
		if (v[i].col > 0)
			v[i].col--;
	}
	return true;
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

/* Rows of a known width in cells some of which may be lost; returns how many cells found no row. */
static size_t
resynchronise(struct grid_cell *v, size_t from, size_t to, size_t width, uint32_t *row)
{
	struct profile p;
	size_t failed = 0;

	if (width > WIDEST_GUESSED) {
		fail(v, from, to);
		return to - from;
	}
	profile_make(&p, v, from, to, width);
	for (size_t i = from; i < to;) {
		bool lost = i > from && v[i - 1].grade == GRID_FAILED;

		if (p.rows > 0 && fits(&p, v, i, to) && !(lost && row_at(&p, v, i, to) == HEAD_ROW)) {
			size_t end = to - i < width ? to : i + width;

			tile(v, i, end, width, *row, GRID_ASSUMED);
			++*row;
			i = end;
		} else {
			fail(v, i, i + 1);
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

/* The distance between beginnings of rows that is met most; 0 if none is met twice. */
static size_t
guess_width(const struct grid_cell *v, size_t from, size_t to)
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
		fail(v, i, end);
		if (n == most && rows[most] > 1 && is_start(&v[i]) && has_number(v, end - n, end))
			row = tile(v, end - n - 1, end, SIZE_MAX, row, GRID_ASSUMED);
		else if (rows[n] == 1 && (n = numbers_at_end(v, i, end)) >= WIDE_ROW)
			row = tile(v, end - n, end, SIZE_MAX, row, GRID_ASSUMED);
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

/* A table without a run of bars. */
static void
recover_bare(struct grid_cell *v, size_t from, size_t to)
{
	size_t width = guess_width(v, from, to);
	uint32_t row = 1;

	if (width > 0 && (tiles(v, from, to, width, 0) || (width > 2 && tiles(v, from, to, width, 1)))) {
		tile(v, from, to, width, row, GRID_PROVED);
		return;
	}

	if (width == 0) {
		cut_at_labels(v, from, to);
		return;
	}
	if (resynchronise(v, from, to, width, &row) * 4 > to - from || columns_mix(v, from, to))
		cut_at_labels(v, from, to);
}

/* One table, of whose segments all but the marked ones agree on a width. */
static void
recover_padded(struct grid_cell *v, const struct segment *s, size_t nsegments, size_t to,
	const struct agreement *a)
{
	size_t from = s[0].from, tail = s[nsegments - 1].to;
	uint32_t row = 1;
	bool sound = a->choices == 1, whole = true, lead;

	for (size_t i = 0; i < nsegments; i++) {
		if (s[i].sum % a->width == 0 && s[i].pads < a->width) {
			row = tile(v, s[i].from, s[i].to, a->width, row, GRID_PROVED);
			continue;
		}
		sound = false;
		if (s[i].to - s[i].from > 2 * a->width) {
			resynchronise(v, s[i].from, s[i].to, a->width, &row);
		} else {
			fail(v, s[i].from, s[i].to);
		}
		row++;
	}
	if (tail < to) {
		size_t n = to - tail;

		whole = n % a->width == 0;
		if (whole || n < a->width) {
			tile(v, tail, to, a->width, row, whole ? GRID_PROVED : GRID_ASSUMED);
		} else {
			uint32_t first = row;
			size_t failed = resynchronise(v, tail, to, a->width, &row);

			/* Too little to tell rows by their kinds. */
			if (failed * 2 > n) {
				tile(v, tail, to, a->width, first, GRID_ASSUMED);
				if (rows_look_right(v, tail, to))
					failed = 0;
				else
					fail(v, tail, to);
			}
			sound &= failed == 0;
		}
	}
	lead = drop_first_column(v, from, to);
	if (!sound || !rows_look_right(v, from, to))
		demote(v, from, to);
	find_single_pads(v, from, whole ? to : tail, to, a->width - lead);
}

size_t
grid_width(struct grid_cell *v, size_t n)
{
	struct agreement a = {0};
	struct segment s = {0};

	for (size_t i = 0; i < n; i++) {
		v[i].kind = v[i].pads ? CELL_BLANK : cell_kind(v[i].text);
		s.sum += v[i].pads ? v[i].pads : 1;
		if (v[i].pads) {
			s.pads = v[i].pads;
			agree(&a, &s);
			s.sum = 0;
		}
	}
	return a.segments ? a.width : guess_width(v, 0, n);
}

/*
 * Gives each cell its kind, and cuts the cells behind each run of bars: what stands behind the last is of no
 * segment.  How many there are.
 */
static size_t
cut_segments(struct grid_cell *v, size_t n, struct segment **segments)
{
	size_t count = 0, cap = 0, from = 0, sum = 0;

	for (size_t i = 0; i < n; i++) {
		v[i].kind = v[i].pads ? CELL_BLANK : cell_kind(v[i].text);
		v[i].table = 0;
		sum += v[i].pads ? v[i].pads : 1;
		if (v[i].pads) {
			*segments = grow(*segments, count, &cap, sizeof **segments);
			(*segments)[count++] = (struct segment){from, i + 1, sum, v[i].pads};
			from = i + 1;
			sum = 0;
		}
	}
	return count;
}

/* The end of the segments from `from` on that agree, damaged ones among them; *a gets on what. */
static size_t
agreeing(const struct segment *s, size_t from, size_t n, struct agreement *a)
{
	size_t end;

	*a = (struct agreement){0};
	for (end = from; end < n; end++) {
		struct agreement b;

		if (agree(a, &s[end]))
			continue;
		/* Damage, if the next ones agree with those before; else another table begins. */
		b = *a;
		if (a->segments == 0 || end + 1 == n || !agree(&b, &s[end + 1]))
			break;
	}
	return end;
}

/*
 * The segment that does not agree holds the end of the table before, which may have lost its pads, and the
 * first row of the next: as many cells as that one's width leaves.  Where that begins.
 */
static size_t
next_table(const struct segment *s, size_t end, size_t n)
{
	struct agreement next = {0};
	size_t lead = 0;

	if (end + 1 < n && agree(&next, &s[end + 1]) && next.width > s[end].pads)
		lead = next.width - s[end].pads;
	return lead && lead <= s[end].to - 1 - s[end].from ? s[end].to - 1 - lead : s[end].from;
}

static void
number_table(struct grid_cell *v, size_t from, size_t to, uint32_t table)
{
	for (size_t i = from; i < to; i++)
		v[i].table = table;
}

void
grid_recover(struct grid_cell *v, size_t n)
{
	struct segment *s = NULL;
	size_t nsegments = cut_segments(v, n, &s);
	uint32_t table = 0;
	bool split = false;

	if (nsegments == 0) {
		recover_bare(v, 0, n);
		return;
	}
	for (size_t i = 0, end; i < nsegments; i = end) {
		struct agreement a;
		size_t from = s[i].from, to = n;

		end = agreeing(s, i, nsegments, &a);
		split |= end < nsegments;
		if (a.segments == 0) {
			/* Bars without enough cells before them fit no width. */
			to = i + 1 < nsegments ? s[i].to : n;
			end = i + 1;
			fail(v, from, to);
			number_table(v, from, to, table);
			continue;
		}
		if (end < nsegments) {
			to = next_table(s, end, nsegments);
			s[end].sum -= to - s[end].from;
			s[end].from = to;
		}
		recover_padded(v, &s[i], end - i, to, &a);
		number_table(v, from, to, table);
		table += end < nsegments;
	}
	if (split)
		demote(v, 0, n);
	free(s);
}
