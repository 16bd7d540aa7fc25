/* The wide table, whose columns are indicators: in one row, or printed another way. */
#include "sheet_parts.h"

#include "decimal.h"
#include "path.h"

/* True if nothing speaks against the header (a cell) heading column `i`: cut short it names none. */
static bool
may_head(struct sheets *s, uint32_t head, const struct form_sheet *fs, uint16_t form, uint32_t i)
{
	bool named = false;
	const struct known *known;
	const struct row_ref *ref;

	if (head == NO_CELL)
		return true;
	known = sheet_know(s, head);
	ref = known->columns;
	for (size_t k = 0; k < known->ncolumns; k++) {
		if (ref[k].form != form || ref[k].row < fs->first || ref[k].row >= fs->first + fs->n)
			continue;
		if (ref[k].row == fs->first + i)
			return true;
		named = true;
	}
	return !named;
}

static bool
is_one(uint64_t columns)
{
	return columns && !(columns & (columns - 1));
}

static uint32_t
column_of(uint64_t columns)
{
	uint32_t c = 0;

	while (!(columns >> c & 1))
		c++;
	return c;
}

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
		all &= is_one(columns) && !(taken & columns);
		taken |= columns;
		map[i] = all ? column_of(columns) : i;
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
		if (!is_one(columns) || taken & columns)
			return false;
		taken |= columns;
		named[i] = column_of(columns);
	}
	memcpy(map, named, n * sizeof *map);
	return true;
}

/*
 * Finds which column each of n values stands in: by the words above it, else by the order of the groups, and of
 * the names in them.  False if that is another than the form's and does not tell them all.
 */
static bool
find_order(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form, uint32_t n)
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
		sorted &= column_of(group[g - 1]) < column_of(group[g]);
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
			wide->map[at++] = column_of(rest);
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

/* Gives the facts from `first` on the period or scope that the row's label says; false if it says none. */
static bool
tell_row(struct sheets *s, const struct entry *e, struct span label, uint32_t first)
{
	int year = identity_year(s->finder, label);
	enum header role = HEADER_NONE;
	enum scope scope = SCOPE_NONE;
	uint16_t period = 0;
	struct buf *text = &s->keys;

	if (label.n == 0)
		return false;
	if (!year && e->first > 0 && s->cell[e->first - 1].item == e->label)
		role = (enum header)sheet_know(s, e->first - 1)->header;
	if (role == HEADER_PREVIOUS)
		year = s->year - 1;
	buf_reset(text);
	if (role == HEADER_CUMULATIVE)
		buf_add_str(text, "cumulative");
	else if (role == HEADER_PREVIOUS && !s->year)
		buf_add_str(text, "previous");
	else if (year && year != s->year)
		buf_printf(text, "%d", year);
	period = facts_period(s->out, buf_span(text));
	if (!year && !period)
		scope = identity_clause_scope(s->finder, label);
	for (uint32_t i = first; i < s->out->n; i++) {
		s->out->fact[i].period = period;
		s->out->fact[i].scope = (uint8_t)scope;
	}
	return year || period || scope != SCOPE_NONE;
}

/* Two rows that nothing tells apart: where they differ neither is sure. */
static void
compare_rows(struct sheets *s, uint32_t first)
{
	struct wide_rows *wide = &s->wide;
	uint32_t n = (uint32_t)s->out->n - first;

	for (uint32_t i = 0; i < n && n == wide->n; i++) {
		struct fact *a = &s->out->fact[wide->fact + i], *b = &s->out->fact[first + i];

		if (a->row == b->row && !facts_same_value(s->out, s->page, a, b))
			a->scope = b->scope = SCOPE_UNCLEAR;
	}
	wide->fact = first;
	wide->n = n;
}

/* Whether no value of the row says anything. */
static bool
says_nothing(const struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++)
		if (!is_empty(cell_at(s, i)) && cell_at(s, i)->state != STATE_MARK)
			return false;
	return true;
}

/* Whether a row of the sheet that may be the wide table's has a number; asked once a sheet. */
static bool
has_valued_row(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs)
{
	struct wide_rows *wide = &s->wide;

	for (uint32_t i = sheet->entry; !wide->looked && i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		for (uint32_t k = e->first; !wide->valued && e->n >= fs->n && k < e->first + e->n; k++)
			wide->valued = has_number(cell_at(s, k));
	}
	wide->looked = true;
	return wide->valued;
}

/* Whether the first cell of a row counts the rows, as the two before it do. */
static bool
counts_rows(const struct sheets *s, const struct sheet *sheet, uint32_t first)
{
	struct decimal d[2] = {DECIMAL_ZERO, DECIMAL_ZERO};
	uint32_t rows = 0;

	for (uint32_t i = first + 1; i-- > sheet->cell && rows < 3;) {
		const struct item *cell = cell_at(s, i);

		if (cell->row == 0)
			return false;
		if (cell->col != 1)
			continue;
		if (!has_number(cell) || decimal_parse(cell->value, &d[0]) != DECIMAL_GOOD || !decimal_is_integer(d[0]) ||
			(rows++ && d[0].digits != d[1].digits - 1))
			return false;
		d[1] = d[0];
	}
	return rows == 3;
}

/* Whether column `total` of fs is the sum of those whose code differs from its own in the last name alone. */
static bool
adds_up(const struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint32_t total)
{
	const struct form_column *column = s->book->forms->column + fs->first;
	size_t group = column[total].column.n - (sizeof "total" - 1);
	int64_t sum = 0, value = 0;

	for (uint32_t i = 0; i < fs->n; i++) {
		struct span code = column[i].column;
		struct decimal d;

		if (code.n <= group || memcmp(code.p, column[total].column.p, group) != 0 ||
			memchr(code.p + group, '.', code.n - group))
			continue;
		if (decimal_parse(cell_at(s, e->first + i)->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) ||
			d.digits < 0 || d.digits > INT32_MAX)
			return false;
		if (i == total)
			value = d.digits;
		else
			sum += d.digits;
	}
	return sum == value;
}

/* Whether each total of the row is the sum of its group, and the row holds nothing but numbers. */
static bool
closes(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	uint32_t totals = 0;

	for (uint32_t i = 0; i < fs->n; i++) {
		if (cell_at(s, e->first + i)->state != STATE_NUMBER)
			return false;
		if (!span_ends(s->book->forms->column[fs->first + i].column, SPAN(".total")))
			continue;
		if (!adds_up(s, e, fs, i))
			return false;
		totals++;
	}
	return totals > 0;
}

bool
sheet_add_wide(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	const struct form_sheet *fs = NULL;
	struct span label = e->label == NO_ITEM ? SPAN("") : s->page->items[e->label].text;
	uint32_t first = (uint32_t)s->out->n;
	struct entry own = *e;
	bool left_over, doubled = false;

	for (size_t i = 0; i < ed->nsheets; i++)
		if (ed->sheet[i].wide)
			fs = &ed->sheet[i];
	if (!fs || fs->n > MOST_COLUMNS)
		return false;
	while (own.n > fs->n && is_empty(cell_at(s, own.first + own.n - 1)))
		own.n--;
	left_over = own.n < e->n;
	/* 2022 | 8 | 24: a year before the values is their label. */
	if (own.n == fs->n + 1 && identity_year(s->finder, cell_at(s, own.first)->text)) {
		label = cell_at(s, own.first++)->text;
		own.n--;
	}
	s->wide.counted = own.n == fs->n + 1 && counts_rows(s, sheet, own.first);
	own.first += s->wide.counted;
	own.n -= s->wide.counted;
	/* Where the rows are not known it may be the last of the words above. */
	if (!label.n && own.first > sheet->cell && identity_year(s->finder, cell_at(s, own.first - 1)->text))
		label = cell_at(s, own.first - 1)->text;
	/* A row left empty, or between the headers and the values, is no second row of them. */
	if (own.n == fs->n && !label.n && says_nothing(s, &own) && has_valued_row(s, sheet, fs))
		return true;
	if (own.n != fs->n || !find_order(s, sheet, &own, form, own.n))
		return false;
	/* A header that names columns, and not this one: where a span was spoiled their order and the sums tell. */
	for (uint32_t i = 0; i < own.n && cell_at(s, own.first)->grid == GRID_HTML; i++) {
		if (may_head(s, sheet_head_above(s, e->head, cell_at(s, own.first + i)), fs, form, s->wide.map[i]))
			continue;
		if (!s->wide.in_turn || !closes(s, &own, fs))
			return false;
		s->wide.doubtful = true;
		break;
	}
	own.match = MATCH_ALIGNED;
	/* Blanks within, and more of them behind than the table has columns: some cells may have left two. */
	for (uint32_t i = 0; i < own.n && left_over && cell_at(s, own.first)->grid != GRID_HTML; i++)
		doubled |= is_empty(cell_at(s, own.first + i));
	for (uint32_t i = 0; i < own.n; i++) {
		const struct form_column *c = &s->book->forms->column[fs->first + s->wide.map[i]];
		const struct form_row *row = forms_row(s->book->forms, ed->name, c->column);
		struct fact *f;

		if (!row)
			return false;
		f = sheet_add_fact(s, &own, form, row, own.first + i,
			s->wide.doubtful || doubled || sheet_ends_in_doubt(s, &own, own.n));
		f->label = item_of(s, sheet_head_above(s, e->head, cell_at(s, own.first + i)));
		sheet_set_unit(s, f, forms_unit(row, c), SPAN(""));
	}
	if (!tell_row(s, e, label, first))
		compare_rows(s, first);
	return true;
}

/* Whether all groups of columns that stand side by side on top are named by the words closest before a row. */
static bool
is_announced(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	enum { NEAR = 64 };
	uint32_t first = s->cell[e->first].item, missing = 0;
	struct span last = SPAN("");

	for (uint32_t c = 0; c < fs->n; c++) {
		struct span path = s->book->forms->column[fs->first + c].path, top = span_cut(&path, '/');
		bool found = span_eq(top, last);

		for (uint32_t i = first; !found && i-- > 0 && first - i < NEAR;) {
			const struct item *item = &s->page->items[i];

			if (item->kind == ITEM_CELL && has_number(item))
				break;
			found = span_find(item->text, top) < item->text.n;
		}
		missing += !found;
		last = top;
	}
	return missing == 0;
}

bool
sheet_add_headless(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	const struct form_sheet *fs = NULL;
	bool added;

	for (size_t i = 0; i < ed->nsheets; i++)
		if (ed->sheet[i].wide)
			fs = &ed->sheet[i];
	/* What is left of the headers may stand where a label does. */
	if (!fs || e->n != fs->n || (e->label != NO_ITEM && !sheet_know(s, e->first - 1)->wide))
		return false;
	if (!closes(s, e, fs) || !is_announced(s, e, fs))
		return false;
	for (uint32_t i = 0; i < fs->n; i++)
		s->wide.map[i] = i;
	s->wide.given = s->wide.doubtful = true;
	added = sheet_add_wide(s, sheet, e, form);
	s->wide.given = false;
	return added;
}

/* What the words around the cells of a table say of the columns of the wide one. */
struct crossing {
	const struct form_sheet *sheet;
	uint16_t form;
	uint64_t group;                 /* of the heading above, or the label that spans rows */
	uint32_t head, nheads;          /* header rows in markup: cells */
	uint64_t above[MOST_COLUMNS];   /* of the last header row in text, those with names, in order */
	uint32_t nabove;
	uint64_t groups[MOST_COLUMNS];  /* and of a row of headings above that */
	uint32_t ngroups;
	uint32_t cell[MOST_COLUMNS];    /* by column of the wide table: the value found for it */
	uint32_t label[MOST_COLUMNS];
	uint32_t found;
	bool twice, odd;                /* one was found twice; a number for none */
};

/* A row of words: a heading of what follows, or headers. */
static void
cross_heads(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t columns[MOST_COLUMNS];
	uint32_t n = 0, words = 0;
	bool own = false;

	for (uint32_t i = first; i < end; i++) {
		struct path p = paths_read(s->paths, x->form, cell_at(s, i)->text);

		words += cell_at(s, i)->text.n > 0;
		if (!p.columns || n == MOST_COLUMNS)
			continue;
		own |= p.own;
		columns[n++] = p.columns;
	}
	if (n == 0)
		return;
	if (words == 1 && !own) {
		x->group = columns[0];
		x->nheads = x->nabove = x->ngroups = 0;
		return;
	}
	if (x->nheads == 0)
		x->head = first;
	x->nheads = end - x->head;
	memcpy(own ? x->above : x->groups, columns, n * sizeof *columns);
	*(own ? &x->nabove : &x->ngroups) = n;
}

/* What the headers above value j of n in a row say. */
static uint64_t
cross_above(struct sheets *s, const struct crossing *x, uint32_t cell, uint32_t j, uint32_t n)
{
	const struct item *value = cell_at(s, cell);
	uint64_t columns = UINT64_MAX;

	if (value->grid == GRID_HTML) {
		for (uint32_t i = x->head; i < x->head + x->nheads; i++) {
			const struct item *above = cell_at(s, i);
			struct path p;

			if (above->col > end_column(value) || end_column(above) < value->col)
				continue;
			p = paths_read(s->paths, x->form, above->text);
			columns &= p.columns ? p.columns : UINT64_MAX;
		}
		return columns;
	}
	if (x->nabove)
		columns &= x->nabove == n ? x->above[j] : 0;
	if (x->ngroups)
		columns &= n % x->ngroups == 0 ? x->groups[j / (n / x->ngroups)] : 0;
	return columns;
}

/* A row with values behind its labels. */
static void
cross_values(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t row = UINT64_MAX, group = 0;
	uint32_t n = 0, label = NO_CELL, words = first, values[MOST_COLUMNS];

	for (uint32_t i = first; i < end; i++)
		if (s->cell[i].words)
			words = i;
	for (uint32_t i = first; i < end; i++) {
		struct path p;

		if (s->cell[i].unit || (is_empty(cell_at(s, i)) && i < words))
			continue;
		if (!s->cell[i].words) {
			if (n < MOST_COLUMNS)
				values[n++] = i;
			continue;
		}
		if (n)
			return;
		p = paths_read(s->paths, x->form, cell_at(s, i)->text);
		label = p.columns ? i : label;
		if (p.columns && !p.own)
			group = group ? group & p.columns : p.columns;
		else if (p.columns)
			row &= p.columns;
	}
	if (group)
		x->group = group;
	/* A pad behind the last value. */
	while (n > 1 && n > x->nabove && !x->nheads && is_empty(cell_at(s, values[n - 1])))
		n--;
	if (n == 0 || n >= x->sheet->n)
		return;
	/* A row of markup that ends before its headers has lost a cell. */
	for (uint32_t i = x->head; i < x->head + x->nheads && cell_at(s, end - 1)->grid == GRID_HTML; i++)
		x->odd |= end_column(cell_at(s, i)) > end_column(cell_at(s, end - 1));
	for (uint32_t j = 0; j < n; j++) {
		uint64_t columns = row & cross_above(s, x, values[j], j, n);
		uint32_t c;

		if (!is_one(columns) && x->group)
			columns &= x->group;
		if (!is_one(columns)) {
			x->odd |= label != NO_CELL && has_number(cell_at(s, values[j]));
			continue;
		}
		c = column_of(columns);
		x->twice |= x->cell[c] != NO_CELL;
		x->cell[c] = values[j];
		x->label[c] = label;
		x->found++;
	}
}

/*
 * The wide table printed another way: the words before and above each value name its column.  Believed if
 * several values find theirs, and each only one.
 */
static void
cross_sheet(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 4 };
	struct crossing x = {.sheet = paths_sheet(s->paths, sheet->form), .form = sheet->form};
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t last = sheet->cell + sheet->ncells, before = s->cell[sheet->cell].item;

	if (!x.sheet || x.sheet->n > MOST_COLUMNS)
		return;
	for (size_t c = 0; c < x.sheet->n; c++)
		x.cell[c] = NO_CELL;
	if (before > 0 && s->page->items[before - 1].kind == ITEM_TEXT) {
		struct path p = paths_read(s->paths, x.form, s->page->items[before - 1].text);

		x.group = p.own ? 0 : p.columns;
	}
	for (uint32_t i = sheet->cell, end; i < last; i = end) {
		bool numbers = false;

		for (end = i; end < last && cell_at(s, end)->row == cell_at(s, i)->row; end++)
			numbers |= has_number(cell_at(s, end)) || cell_at(s, end)->state == STATE_MARK;
		if (cell_at(s, i)->row == 0)
			continue;
		if (numbers)
			cross_values(s, &x, i, end);
		else
			cross_heads(s, &x, i, end);
	}
	if (x.found < ENOUGH || x.twice || x.odd)
		return;
	for (uint32_t c = 0; c < x.sheet->n; c++) {
		const struct form_column *column = &s->book->forms->column[x.sheet->first + c];
		const struct form_row *row = forms_row(s->book->forms, ed->name, column->column);
		struct entry e = {.match = MATCH_ALIGNED, .label = item_of(s, x.label[c])};
		struct fact *f;

		if (x.cell[c] == NO_CELL || !row)
			continue;
		f = sheet_add_fact(s, &e, x.form, row, x.cell[c], false);
		sheet_set_unit(s, f, forms_unit(row, column), SPAN(""));
		s->cell[x.cell[c]].read = true;
	}
}

/*
 * Whether rows of the sheet may be those of a wide table: some with values are none of the form's,
 * none is the whole.
 */
static bool
may_cross(const struct sheets *s, const struct sheet *sheet)
{
	const struct form_sheet *fs = paths_sheet(s->paths, sheet->form);
	bool strange = false;

	for (uint32_t i = sheet->entry; fs && i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row != NO_ROW && sheet->accepted)
			continue;
		if (e->label == NO_ITEM && e->n >= fs->n)
			return false;
		strange |= e->n > 0;
	}
	return strange;
}

void
sheet_add_crossed(struct sheets *s, const struct sheet *sheet)
{
	if (may_cross(s, sheet))
		cross_sheet(s, sheet);
}
