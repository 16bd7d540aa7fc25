#include "regions.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(regions_regions);
TABLE_DECLARE(regions_changes);

/* How a code passes into another; a boundary moves a part and both go on. */
enum change_type { CHANGE_PASS, CHANGE_MERGE, CHANGE_CARVE_OUT, CHANGE_BOUNDARY, CHANGE_ALIAS };

struct change {
	uint32_t from, to;
	uint16_t year;
	uint8_t type;
};

enum { PREFIXES = 10000 };

struct regions {
	struct table *table, *changes_table;
	struct region *row;
	size_t nrows;
	/* first[p] is the first row whose code begins with the four digits p or more. */
	uint16_t first[PREFIXES + 1];
	struct change *change; /* by year; the aliases, which have none, first */
	size_t nchanges;
};

uint32_t
region_parse(struct span text)
{
	uint32_t code = 0;

	if (text.n != 6)
		return 0;
	for (size_t i = 0; i < 6; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return 0;
		code = code * 10 + (uint32_t)(text.p[i] - '0');
	}
	return code;
}

/* A year, or `none` if the cell is empty; -1 if it is neither. */
static int
parse_year(struct span text, int none)
{
	int year = 0;

	if (text.n == 0)
		return none;
	if (text.n != 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return -1;
		year = year * 10 + (text.p[i] - '0');
	}
	return year;
}

static int
level_of(struct span name)
{
	if (span_eq(name, SPAN("county")))
		return REGION_COUNTY;
	if (span_eq(name, SPAN("prefecture")))
		return REGION_PREFECTURE;
	if (span_eq(name, SPAN("province")))
		return REGION_PROVINCE;
	return -1;
}

static int
by_code(const void *a, const void *b)
{
	const struct region *x = a, *y = b;

	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static bool
read_rows(struct regions *r)
{
	const struct table *t = r->table;
	size_t code = table_column(t, "code"), name = table_column(t, "name");
	size_t short_name = table_column(t, "short"), level = table_column(t, "level");
	size_t parent = table_column(t, "parent"), from = table_column(t, "from");
	size_t to = table_column(t, "to");
	size_t kind = table_column(t, "kind"), alias = table_column(t, "alias");
	bool sorted = true;

	if (t->nrows >= UINT16_MAX) {
		warn("%s: more than %d rows", t->path, UINT16_MAX - 1);
		return false;
	}
	r->row = xcalloc(t->nrows + 1, sizeof *r->row);
	for (size_t i = 0; i < t->nrows; i++) {
		struct region *row = &r->row[i];
		int first = parse_year(table_cell(t, i, from), 0);
		int last = parse_year(table_cell(t, i, to), REGION_NOW);
		int lev = level_of(table_cell(t, i, level));

		row->code = region_parse(table_cell(t, i, code));
		row->parent = region_parse(table_cell(t, i, parent));
		if (row->code == 0 || first <= 0 || last < first || lev < 0 ||
			(row->parent == 0) != (lev == REGION_PROVINCE)) {
			warn("%s:%zu: not a region: code, level, parent and years do not fit",
				t->path, t->line[i]);
			return false;
		}
		row->from = (uint16_t)first;
		row->to = (uint16_t)last;
		row->level = (enum region_level)lev;
		row->name = table_cell(t, i, name);
		row->short_name = table_cell(t, i, short_name);
		row->alias = table_cell(t, i, alias);
		row->kind = table_cell(t, i, kind);
		row->pseudo = span_eq(row->kind, SPAN("pseudo"));
		row->placeholder = span_eq(row->kind, SPAN("placeholder"));
		sorted = sorted && (i == 0 || by_code(row - 1, row) <= 0);
	}
	r->nrows = t->nrows;
	if (!sorted)
		qsort(r->row, r->nrows, sizeof *r->row, by_code);
	for (size_t p = 0, i = 0; p <= PREFIXES; p++) {
		while (i < r->nrows && r->row[i].code / 100 < p)
			i++;
		r->first[p] = (uint16_t)i;
	}
	return true;
}

static int
by_year(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->year != y->year)
		return x->year < y->year ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static bool
read_changes(struct regions *r)
{
	static const struct {
		const char *name;
		enum change_type type;
	} types[] = {{"rename", CHANGE_PASS}, {"recode", CHANGE_PASS}, {"split", CHANGE_PASS},
		{"merge", CHANGE_MERGE}, {"carve_out", CHANGE_CARVE_OUT},
		{"boundary", CHANGE_BOUNDARY}, {"alias", CHANGE_ALIAS}};
	const struct table *t = r->changes_table;
	size_t year = table_column(t, "year"), type = table_column(t, "type");
	size_t from = table_column(t, "from_code"), to = table_column(t, "to_code");

	r->change = xcalloc(t->nrows + 1, sizeof *r->change);
	for (size_t i = 0; i < t->nrows; i++) {
		struct change *c = &r->change[i];
		int first = parse_year(table_cell(t, i, year), 0);
		size_t k = 0;

		while (k < sizeof types / sizeof *types &&
			!span_eq(table_cell(t, i, type), span_str(types[k].name)))
			k++;
		c->from = region_parse(table_cell(t, i, from));
		c->to = region_parse(table_cell(t, i, to));
		if (k == sizeof types / sizeof *types || c->from == 0 || c->to == 0 || first < 0 ||
			(first == 0) != (types[k].type == CHANGE_ALIAS)) {
			warn("%s:%zu: not a change: type, year and codes do not fit", t->path,
				t->line[i]);
			return false;
		}
		c->type = (uint8_t)types[k].type;
		c->year = (uint16_t)first;
	}
	r->nchanges = t->nrows;
	qsort(r->change, r->nchanges, sizeof *r->change, by_year);
	return true;
}

struct regions *
regions_load(const char *dir)
{
	struct regions *r = xcalloc(1, sizeof *r);

	r->table = table_load_keyed(TABLE_SOURCE(regions, regions), dir, "code,from");
	r->changes_table = r->table ? table_load(TABLE_SOURCE(regions, changes), dir) : NULL;
	if (!r->changes_table || !read_rows(r) || !read_changes(r)) {
		regions_free(r);
		return NULL;
	}
	return r;
}

void
regions_free(struct regions *r)
{
	if (!r)
		return;
	table_free(r->table);
	table_free(r->changes_table);
	free(r->row);
	free(r->change);
	free(r);
}

size_t
regions_count(const struct regions *r)
{
	return r->nrows;
}

const struct region *
regions_row(const struct regions *r, size_t i)
{
	return &r->row[i];
}

size_t
regions_rows(const struct regions *r, uint32_t code, size_t *first)
{
	size_t i, end;

	*first = 0;
	if (code / 100 >= PREFIXES)
		return 0;
	i = r->first[code / 100];
	end = r->first[code / 100 + 1];
	while (i < end && r->row[i].code < code)
		i++;
	*first = i;
	while (i < end && r->row[i].code == code)
		i++;
	return i - *first;
}

const struct region *
regions_near(const struct regions *r, uint32_t code, int year)
{
	const struct region *best = NULL;
	size_t first, n = regions_rows(r, code, &first);
	int best_distance = 0;

	for (size_t i = first; i < first + n; i++) {
		const struct region *row = &r->row[i];
		int distance = year < row->from ? row->from - year
			       : year > row->to ? year - row->to
						: 0;

		if (!best || distance < best_distance) {
			best = row;
			best_distance = distance;
		}
	}
	return best;
}

const struct region *
regions_at(const struct regions *r, uint32_t code, int year)
{
	const struct region *row = regions_near(r, code, year);

	return row && row->from <= year && year <= row->to ? row : NULL;
}

const struct region *
regions_parent(const struct regions *r, const struct region *row, int year)
{
	return row->parent ? regions_near(r, row->parent, year) : NULL;
}

uint32_t
regions_alias(const struct regions *r, uint32_t code)
{
	for (size_t i = 0; i < r->nchanges && r->change[i].type == CHANGE_ALIAS; i++)
		if (r->change[i].from == code)
			return r->change[i].to;
	return code;
}

uint32_t
regions_up(const struct regions *r, uint32_t code, enum region_level level, int year)
{
	const struct region *row = regions_at(r, code, year);

	/* A table in which rows are their own forebears must not hang us: each step goes a level
	 * up. */
	while (row && row->level > level) {
		const struct region *up = regions_at(r, row->parent, year);

		row = up && up->level < row->level ? up : NULL;
	}
	return row && row->level == level ? row->code : 0;
}

bool
regions_within(const struct regions *r, uint32_t code, uint32_t ancestor, int year)
{
	const struct region *row;

	if (ancestor == 0 || code == ancestor)
		return true;
	row = regions_near(r, ancestor, year);
	return row && regions_up(r, code, row->level, year) == ancestor;
}

size_t
regions_children(const struct regions *r, uint32_t code, int year, bool real,
	const struct region ***list, size_t *cap)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nrows; i++) {
		const struct region *row = &r->row[i];
		uint32_t parent = row->parent;

		if (year < row->from || year > row->to || (code == 0 && row->code >= 710000))
			continue;
		if (real && (row->pseudo || row->placeholder))
			continue;
		if (real && parent != code && row->level == REGION_COUNTY) {
			const struct region *up = regions_at(r, parent, year);

			if (up && up->pseudo)
				parent = up->parent;
		}
		if (parent != code)
			continue;
		*list = grow(*list, n, cap, sizeof **list);
		(*list)[n++] = row;
	}
	return n;
}

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Sorts and leaves each value once. */
static size_t
distinct(uint32_t *v, size_t n)
{
	size_t out = 0;

	if (n)
		qsort(v, n, sizeof *v, by_value);
	for (size_t i = 0; i < n; i++)
		if (out == 0 || v[out - 1] != v[i])
			v[out++] = v[i];
	return out;
}

/* The first change of that year. */
static size_t
changes_of(const struct regions *r, int year)
{
	size_t low = 0, high = r->nchanges;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->change[mid].year < year)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Adds what `code` of the year before `year` is in `year`. */
static void
step_forward(
	const struct regions *r, uint32_t code, int year, uint32_t **list, size_t *n, size_t *cap)
{
	bool passed = false;

	for (size_t i = changes_of(r, year); i < r->nchanges && r->change[i].year == year; i++) {
		const struct change *c = &r->change[i];

		if (c->from != code || (c->type != CHANGE_PASS && c->type != CHANGE_MERGE))
			continue;
		*list = grow(*list, *n, cap, sizeof **list);
		(*list)[(*n)++] = c->to;
		passed = true;
	}
	if (!passed && regions_at(r, code, year)) {
		*list = grow(*list, *n, cap, sizeof **list);
		(*list)[(*n)++] = code;
	}
}

/* Adds what `code` of `year` was in the year before. */
static void
step_back(const struct regions *r, uint32_t code, int year, uint32_t **list, size_t *n, size_t *cap)
{
	bool was = regions_at(r, code, year - 1) != NULL;

	if (was) {
		*list = grow(*list, *n, cap, sizeof **list);
		(*list)[(*n)++] = code;
	}
	for (size_t i = changes_of(r, year); i < r->nchanges && r->change[i].year == year; i++) {
		const struct change *c = &r->change[i];

		if (c->to != code || c->type == CHANGE_BOUNDARY || (was && c->type != CHANGE_MERGE))
			continue;
		*list = grow(*list, *n, cap, sizeof **list);
		(*list)[(*n)++] = c->from;
	}
}

size_t
regions_map(const struct regions *r, uint32_t code, int from_year, int to_year, uint32_t **list,
	size_t *cap)
{
	uint32_t *next = NULL;
	size_t n = 0, next_cap = 0;

	if (!regions_at(r, code, from_year))
		return 0;
	*list = grow(*list, n, cap, sizeof **list);
	(*list)[n++] = code;
	for (int year = from_year; n && year != to_year; year += from_year < to_year ? 1 : -1) {
		size_t m = 0;
		uint32_t *swap = *list;
		size_t swap_cap = *cap;

		for (size_t i = 0; i < n; i++) {
			if (from_year < to_year)
				step_forward(r, swap[i], year + 1, &next, &m, &next_cap);
			else
				step_back(r, swap[i], year, &next, &m, &next_cap);
		}
		n = distinct(next, m);
		*list = next;
		*cap = next_cap;
		next = swap;
		next_cap = swap_cap;
	}
	free(next);
	return n;
}

/* The code under which `code` of the year before goes on in `year` as the same region; 0 if it does not. */
static uint32_t
lives_on(const struct regions *r, uint32_t code, int year)
{
	size_t first = changes_of(r, year), passes = 0;
	uint32_t next = code;

	for (size_t i = first; i < r->nchanges && r->change[i].year == year; i++) {
		const struct change *c = &r->change[i];

		if (c->from == code && (c->type == CHANGE_PASS || c->type == CHANGE_MERGE)) {
			next = c->to;
			passes++;
		}
	}
	if (passes > 1 || !regions_at(r, next, year) || (next != code && regions_at(r, next, year - 1)))
		return 0;
	for (size_t i = first; i < r->nchanges && r->change[i].year == year; i++) {
		const struct change *c = &r->change[i];

		if (c->to == next && c->from != code && (c->type == CHANGE_PASS || c->type == CHANGE_MERGE))
			return 0;
	}
	return next;
}

uint32_t
regions_life(const struct regions *r, uint32_t code, int year)
{
	enum { YEARS_SHIFT = 20, STILL = 0xfff }; /* a code has less than 20 bits, a year less than 12 */
	static const int nearby[] = {0, -1, 1};
	int last = r->nchanges ? r->change[r->nchanges - 1].year : 0;
	size_t i = 0;

	/* A report may use the code of the year before, or already the next. */
	while (i < sizeof nearby / sizeof *nearby && !regions_at(r, code, year + nearby[i]))
		i++;
	if (i == sizeof nearby / sizeof *nearby)
		return code;
	/* Where it ends names it: the last code it has, and the last year it has that. */
	for (int next = year + nearby[i] + 1; next <= last; next++) {
		uint32_t on = lives_on(r, code, next);

		if (!on)
			return code | (uint32_t)(next - 1) << YEARS_SHIFT;
		code = on;
	}
	return code | (uint32_t)STILL << YEARS_SHIFT;
}
