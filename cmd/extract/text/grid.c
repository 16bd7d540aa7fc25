#include "grid_parts.h"

#include <stdlib.h>

#include "buf.h"

enum { WIDEST_PADDED = 1000 }; /* the flattener pads no wider table */

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
			row = grid_tile(v, s[i].from, s[i].to, a->width, row, GRID_PROVED);
			continue;
		}
		sound = false;
		if (s[i].to - s[i].from > 2 * a->width) {
			grid_resynchronise(v, s[i].from, s[i].to, a->width, &row);
		} else {
			grid_fail(v, s[i].from, s[i].to);
		}
		row++;
	}
	if (tail < to) {
		size_t n = to - tail;

		whole = n % a->width == 0;
		if (whole || n < a->width) {
			grid_tile(v, tail, to, a->width, row, whole ? GRID_PROVED : GRID_ASSUMED);
		} else {
			uint32_t first = row;
			size_t failed = grid_resynchronise(v, tail, to, a->width, &row);

			/* Too little to tell rows by their kinds. */
			if (failed * 2 > n) {
				grid_tile(v, tail, to, a->width, first, GRID_ASSUMED);
				if (rows_look_right(v, tail, to))
					failed = 0;
				else
					grid_fail(v, tail, to);
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
	return a.segments ? a.width : grid_guess_width(v, 0, n);
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
		grid_recover_bare(v, 0, n);
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
			grid_fail(v, from, to);
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
