/* The order of a wide table's columns, as the words above its row tell. */
#include "sheet_parts.h"

#include "path.h"

/* The words above a row of the wide table, in the order of print. */
struct words_above {
	uint32_t cell[MOST_COLUMNS];
	struct path path[MOST_COLUMNS];
	uint32_t n;
};

enum { FARTHEST = 4 * MOST_COLUMNS };

/* Whether a name stands behind a column's own: the words of several heads. */
static bool
goes_on(struct sheets *s, uint32_t cell, uint16_t form)
{
	bool own = false;
	size_t at = 0;

	for (struct path p; (p = paths_next(s->paths, form, cell_at(s, cell)->text, &at)).columns; own = p.own)
		if (own)
			return true;
	return false;
}

/*
 * Adds the words of a cell that names several columns, 结果维持结果纠正总计, heads that lost what parted them: the last
 * first, as those of other cells come.
 */
static void
add_apart(struct sheets *s, uint32_t cell, uint16_t form, struct words_above *w)
{
	struct path path[MOST_COLUMNS];
	size_t at = 0, n = 0;

	while (n < MOST_COLUMNS && (path[n] = paths_next(s->paths, form, cell_at(s, cell)->text, &at)).columns)
		n++;
	while (n > 0 && w->n < MOST_COLUMNS) {
		w->cell[w->n] = cell;
		w->path[w->n++] = path[--n];
	}
}

static void
turn_round(struct words_above *w)
{
	for (uint32_t i = 0; i < w->n / 2; i++) {
		uint32_t cell = w->cell[i], j = w->n - 1 - i;
		struct path path = w->path[i];

		w->cell[i] = w->cell[j];
		w->path[i] = w->path[j];
		w->cell[j] = cell;
		w->path[j] = path;
	}
}

/* Whether the table's own heads name the group of word k again, behind others. */
static bool
named_again(const struct words_above *w, uint32_t k)
{
	bool others = false;

	for (uint32_t i = k + 1; i < w->n; i++) {
		others |= (w->path[i].columns & ~w->path[k].columns) != 0;
		if (others && w->path[i].columns == w->path[k].columns)
			return true;
	}
	return false;
}

/* The rest of a heading that was broken over lines, 议、行政诉讼情况, is none of the heads below it. */
static void
drop_headings(struct words_above *w)
{
	uint32_t first = 0;

	while (first < w->n && !w->path[first].own && named_again(w, first))
		first++;
	w->n -= first;
	memmove(w->cell, w->cell + first, w->n * sizeof *w->cell);
	memmove(w->path, w->path + first, w->n * sizeof *w->path);
}

/* Those between the row's numbers and the ones before, or the label of a row that is none of the table's. */
static void
find_words_above(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	struct words_above *w)
{
	uint32_t half = NO_CELL; /* words that are nothing alone */

	w->n = 0;
	for (uint32_t i = e->first; i > sheet->cell && e->first - i < FARTHEST && w->n < MOST_COLUMNS &&
		(!has_number(cell_at(s, i - 1)) || (s->wide.counted && cell_at(s, i - 1)->col == 1)); i--) {
		struct path p = {0};

		if (!s->cell[i - 1].words)
			continue;
		p = paths_read(s->paths, form, cell_at(s, i - 1)->text);
		/* 未经复议直接起 | 诉: broken over lines. */
		if (!p.columns && half == i) {
			buf_reset(&s->keys);
			buf_add_span(&s->keys, cell_at(s, i - 1)->text);
			buf_add_span(&s->keys, cell_at(s, i)->text);
			p = paths_read(s->paths, form, buf_span(&s->keys));
		}
		half = p.columns ? NO_CELL : i - 1;
		if (p.own && goes_on(s, i - 1, form)) {
			add_apart(s, i - 1, form, w);
			continue;
		}
		if (!p.columns && sheet_know(s, i - 1)->nrows)
			break;
		w->cell[w->n] = i - 1;
		w->path[w->n] = p;
		w->n += p.columns != 0;
	}
	turn_round(w);
	drop_headings(w);
}

/*
 * The columns as markup says them: all words that stand above a value name one column, another for each.
 * *against: some of them do not name the column that is at its place in the form; *named: how many have a name of
 * their own above them.
 */
static bool
order_above(struct sheets *s, const struct entry *e, const struct words_above *w, uint32_t n, uint32_t *map,
	bool *against, uint32_t *named)
{
	uint64_t taken = 0;
	bool all = true;

	for (uint32_t i = 0; i < n; i++) {
		const struct item *value = cell_at(s, e->first + i);
		uint64_t columns = UINT64_MAX;
		bool own = false;

		for (uint32_t k = 0; k < w->n; k++) {
			const struct item *above = cell_at(s, w->cell[k]);

			if (above->col > end_column(value) || end_column(above) < value->col)
				continue;
			columns &= w->path[k].columns;
			own |= w->path[k].own;
		}
		*named += own;
		*against |= !(columns >> i & 1);
		all &= path_is_one(columns) && !(taken & columns);
		taken |= columns;
		map[i] = all ? path_column(columns) : i;
	}
	return all;
}

/*
 * The groups of columns in the order of print, those within another in its place if they are all there; how
 * many.  *lacking: one of them is not.
 */
static uint32_t
order_groups(const struct words_above *w, uint64_t *group, bool *lacking)
{
	uint64_t whole[MOST_COLUMNS]; /* of which a group is what was not named yet, or 0 */
	uint32_t n = 0, kept = 0;
	uint64_t covered = 0;

	for (uint32_t k = 0; k < w->n; k++) {
		uint64_t columns = w->path[k].columns;
		uint32_t at = 0;

		if (w->path[k].own)
			continue;
		while (at < n && (columns & group[at]) != columns)
			at++;
		if (at < n && group[at] == columns) {
			whole[at] = 0;
			continue;
		}
		if (at == n && covered & columns)
			continue;
		if (n == MOST_COLUMNS)
			return 0;
		if (at < n) {
			whole[at] = whole[at] ? whole[at] : group[at];
			group[at] &= ~columns;
		}
		memmove(group + at + 1, group + at, (n - at) * sizeof *group);
		memmove(whole + at + 1, whole + at, (n - at) * sizeof *whole);
		group[at] = columns;
		whole[at] = 0;
		covered |= columns;
		n++;
	}
	/* One of two is not named: it may stand on either side. */
	for (uint32_t g = 0; g < n; g++) {
		*lacking |= whole[g] != 0;
		while (whole[g] && kept && (group[kept - 1] & whole[g]))
			group[g] |= group[--kept];
		group[kept++] = group[g];
	}
	return kept;
}

/* Whether the names of columns stand in the order of the values, so far as they are there. */
static bool
follow(const uint64_t *own, uint32_t nown, const uint32_t *map, uint32_t n)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < nown; i++, at++) {
		while (at < n && !(own[i] >> map[at] & 1))
			at++;
		if (at == n)
			return false;
	}
	return true;
}

/*
 * Puts the columns of each group, which stand in the form's order, in that of their own names.  False if they have
 * another that does not tell them all; one name alone may be a slip.
 */
static bool
order_own(const uint64_t *own, uint32_t nown, const uint64_t *group, uint32_t ngroups, uint32_t *map, uint32_t n)
{
	uint32_t off = 0, named[MOST_COLUMNS];
	uint64_t taken = 0, others = UINT64_MAX; /* columns of no group that is named */

	/* Heads may be printed again on the next page. */
	if (nown > n)
		own += nown - n;
	else if (nown < n)
		return follow(own, nown, map, n);
	for (uint32_t i = 0; i < n; i++)
		off += !(own[i] >> map[i] & 1);
	if (off < 2)
		return true;
	for (uint32_t g = 0; g < ngroups; g++)
		others &= ~group[g];
	for (uint32_t i = 0; i < n; i++) {
		uint64_t within = others, columns;

		for (uint32_t g = 0; g < ngroups; g++)
			within = group[g] >> map[i] & 1 ? group[g] : within;
		columns = own[i] & within;
		if (!path_is_one(columns) || taken & columns)
			return false;
		taken |= columns;
		named[i] = path_column(columns);
	}
	memcpy(map, named, n * sizeof *map);
	return true;
}

bool
sheet_wide_order(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form, uint32_t n)
{
	struct wide_rows *wide = &s->wide;
	struct words_above w;
	uint64_t group[MOST_COLUMNS], own[MOST_COLUMNS], taken = 0;
	uint32_t ngroups, nown = 0, at = 0, named = 0;
	bool sorted = true, markup, against = false;

	if (wide->given)
		return true;
	find_words_above(s, sheet, e, form, &w);
	/* The columns of rows that are tables of their own do not stand above each other. */
	markup = w.n && cell_at(s, e->first)->grid == GRID_HTML &&
		 cell_at(s, w.cell[0])->table == cell_at(s, e->first)->table;
	/* A second row has the headers of the first. */
	if (w.n == 0 && wide->ordered)
		return true;
	wide->ordered = wide->doubtful = wide->in_turn = false;
	if (cell_at(s, e->first)->row && order_above(s, e, &w, n, wide->map, &against, &named)) {
		wide->doubtful = false;
		return wide->ordered = true;
	}
	/* In text a head's cell may stand aside. */
	wide->doubtful = markup && against;
	ngroups = order_groups(&w, group, &wide->doubtful);
	for (uint32_t g = 1; g < ngroups; g++)
		sorted &= path_column(group[g - 1]) < path_column(group[g]);
	for (uint32_t i = 0; i < n; i++)
		wide->map[i] = i;
	for (uint32_t k = 0; k < w.n; k++)
		if (w.path[k].own)
			own[nown++] = w.path[k].columns;
	wide->in_turn = sorted && nown == n;
	for (uint32_t i = 0; i < n && wide->in_turn; i++)
		wide->in_turn = own[i] >> i & 1;
	/* Most of the names stand above the values, where the form has them. */
	if (sorted && !against && 2 * named > n)
		return wide->ordered = true;
	if (sorted)
		return wide->ordered = markup || order_own(own, nown, group, ngroups, wide->map, n);
	for (uint32_t g = 0; g < ngroups; g++)
		for (uint64_t rest = group[g]; rest && at < n; rest &= rest - 1)
			wide->map[at++] = path_column(rest);
	/* In markup the words above would have told. */
	if (at != n || (nown && nown != n) || markup)
		return false;
	wide->doubtful |= nown == 0;
	/* The same names below each group, in the form's order. */
	for (uint32_t i = 0; i < nown; i++) {
		if (!(own[i] >> wide->map[i] & 1) || (taken >> wide->map[i] & 1))
			return false;
		taken |= UINT64_C(1) << wide->map[i];
	}
	return wide->ordered = true;
}
