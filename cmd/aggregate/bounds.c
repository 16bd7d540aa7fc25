#include "bounds.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "group/tally.h"
#include "intern.h"
#include "table.h"

TABLE_DECLARE(forms_checks);

enum { TERMS_MAX = 64, PASSES = 3 };

/* Beyond all that facts can say; what is bounded by so much could leave 128 bits, and is not bounded. */
#define FAR ((int128)1 << 110)

/* A reference: indicator and column, one of them empty where the check runs over it; or a number. */
struct term {
	struct span indicator, column;
	int64_t number;
	bool is_number;
	int sign; /* with all terms on the left side */
};

enum over { OVER_NOTHING, OVER_COLUMNS, OVER_ROWS };

/* sum of terms = 0, or <= 0. */
struct relation {
	struct span form;
	enum over over;
	bool equal;
	struct term *term;
	size_t nterms;
};

struct cell {
	uint32_t report, name; /* name: "indicator\0column" */
	int64_t digits;
	uint8_t scale;
	bool missing, about;
	uint32_t ids; /* of a missing one: where its group's ids stand */
};

/* What is known of a cell of the report at hand. */
struct interval {
	int128 low, high;
	bool has_low, has_high;
	uint32_t report1; /* the report + 1 it is of */
};

struct bounds {
	struct table *table;
	struct relation *relation;
	size_t nrelations, relations_cap;
	struct intern reports, names;
	struct span *form; /* of each report */
	size_t forms_cap, nforms;
	struct intern forms;
	struct cell *cell;
	size_t ncells, cells_cap;
	uint32_t *ids;
	size_t keys, nids, ids_cap;
	struct interval *now; /* of each name */
	struct bound *bound;  /* of each group */
	struct buf key;
	/* Of the report at hand: a name for each of its columns, and of its rows. */
	struct intern parts;
	uint32_t *stamp, *column, *row;
	size_t nstamps, stamps_cap, ncolumns, columns_cap, nrows, rows_cap;
};

/* Takes `a + b[c] - 2` apart, each sign times `sign`; false for anything else. */
static bool
parse_side(struct span side, int sign, struct term *term, size_t *n)
{
	int next = sign;

	while (side.p) {
		struct span word = span_cut(&side, ' '), ref = word;
		struct term *t = &term[*n];
		struct decimal d;

		if (word.n == 0)
			continue;
		if (span_eq(word, SPAN("+")) || span_eq(word, SPAN("-"))) {
			next = word.p[0] == '+' ? sign : -sign;
			continue;
		}
		if (*n == TERMS_MAX || memchr(word.p, '(', word.n) || memchr(word.p, '@', word.n))
			return false;
		*t = (struct term){.sign = next};
		if (decimal_parse(word, &d) == DECIMAL_GOOD && decimal_is_integer(d)) {
			t->is_number = true;
			t->number = d.digits;
		} else {
			t->indicator = span_cut(&ref, '[');
			t->column = ref.p && ref.n ? span_of(ref.p, ref.n - 1) : SPAN("");
		}
		++*n;
	}
	return true;
}

static bool
parse(struct span expression, struct relation *r)
{
	static const struct span signs[] = {{" = ", 3}, {" <= ", 4}, {" >= ", 4}};
	struct term term[TERMS_MAX];

	/* A consequence holds under a condition only: it bounds nothing by itself. */
	if (span_find(expression, SPAN("=>")) < expression.n)
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t at = span_find(expression, signs[i]);
		int sign = i == 2 ? -1 : 1;

		if (at == expression.n)
			continue;
		if (!parse_side(span_of(expression.p, at), sign, term, &r->nterms) ||
			!parse_side(span_of(expression.p + at + signs[i].n, expression.n - at - signs[i].n), -sign,
				term, &r->nterms))
			return false;
		r->equal = i == 0;
		r->term = xreallocarray(NULL, r->nterms, sizeof *r->term);
		memcpy(r->term, term, r->nterms * sizeof *r->term);
		return true;
	}
	return false;
}

struct bounds *
bounds_new(const char *tables, size_t keys)
{
	struct bounds *b = xcalloc(1, sizeof *b);
	size_t form, severity, expression, scope;

	b->keys = keys;
	intern_init(&b->reports);
	intern_init(&b->names);
	intern_init(&b->forms);
	intern_init(&b->parts);
	b->table = table_load(TABLE_SOURCE(forms, checks), tables);
	if (!b->table) {
		bounds_free(b);
		return NULL;
	}
	form = table_column(b->table, "form");
	severity = table_column(b->table, "severity");
	expression = table_column(b->table, "expression");
	scope = table_column(b->table, "scope");
	for (size_t i = 0; i < b->table->nrows; i++) {
		struct span over = table_cell(b->table, i, scope);
		struct relation r = {.form = table_cell(b->table, i, form)};

		if (span_starts(over, SPAN("per_column")))
			r.over = OVER_COLUMNS;
		else if (span_starts(over, SPAN("per_row")))
			r.over = OVER_ROWS;
		else if (!span_eq(over, SPAN("single")))
			continue;
		if (!span_eq(table_cell(b->table, i, severity), SPAN("error")) ||
			!parse(table_cell(b->table, i, expression), &r))
			continue;
		b->relation = grow(b->relation, b->nrelations, &b->relations_cap, sizeof *b->relation);
		b->relation[b->nrelations++] = r;
	}
	return b;
}

void
bounds_free(struct bounds *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->nrelations; i++)
		free(b->relation[i].term);
	free(b->relation);
	table_free(b->table);
	intern_release(&b->reports);
	intern_release(&b->names);
	intern_release(&b->forms);
	intern_release(&b->parts);
	free(b->stamp);
	free(b->column);
	free(b->row);
	free(b->form);
	free(b->cell);
	free(b->ids);
	free(b->now);
	free(b->bound);
	buf_release(&b->key);
	free(b);
}

static struct span
joined(struct buf *key, struct span indicator, struct span column)
{
	return intern_joined(key, (struct span[]){indicator, column}, 2);
}

void
bounds_note(struct bounds *b, const struct fact_places *at, const struct record *rec, struct decimal d,
	unsigned flags, const uint32_t *ids)
{
	struct cell cell = {.digits = d.digits, .scale = d.scale, .missing = flags & FACT_MISSING,
		.about = flags & FACT_ABOUT};

	cell.report = intern_id(&b->reports, fact_report(&b->key, at, rec));
	if (cell.report == b->nforms) {
		b->form = grow(b->form, b->nforms, &b->forms_cap, sizeof *b->form);
		b->form[b->nforms++] =
			intern_text(&b->forms, intern_id(&b->forms, fact_field(at, rec, FACT_FORM)));
	}
	cell.name = intern_id(&b->names, joined(&b->key, fact_field(at, rec, FACT_INDICATOR),
						 fact_field(at, rec, FACT_COLUMN)));
	if (cell.missing) {
		if (b->nids / b->keys > UINT32_MAX - 1)
			die(STATUS_LOST, "more than %u missing cells", UINT32_MAX);
		cell.ids = (uint32_t)(b->nids / b->keys);
		for (size_t i = 0; i < b->keys; i++) {
			b->ids = grow(b->ids, b->nids, &b->ids_cap, sizeof *b->ids);
			b->ids[b->nids++] = ids[i];
		}
	}
	b->cell = grow(b->cell, b->ncells, &b->cells_cap, sizeof *b->cell);
	b->cell[b->ncells++] = cell;
}

static int
by_report(const void *x, const void *y)
{
	const struct cell *a = x, *b = y;

	if (a->report != b->report)
		return a->report < b->report ? -1 : 1;
	return (a->name > b->name) - (a->name < b->name);
}

/*
 * Holds one relation against what is known: for each open cell, what the others leave for it.  False if a
 * cell of it is not on the page.
 */
static bool
narrow(struct bounds *b, const struct relation *r, uint32_t report, struct span indicator,
	struct span column, int turn)
{
	struct interval *cell[TERMS_MAX];
	int128 least = 0; /* of the sum of the terms, those without a bound left out */
	size_t open = 0, open_at = 0;

	for (size_t i = 0; i < r->nterms; i++) {
		const struct term *t = &r->term[i];
		int sign = turn * t->sign;
		uint32_t name;

		cell[i] = NULL;
		if (t->is_number) {
			least += (int128)sign * t->number * 1000000000;
			continue;
		}
		name = intern_find(&b->names, joined(&b->key, t->indicator.n ? t->indicator : indicator,
						      t->column.n ? t->column : column));
		if (name == UINT32_MAX || b->now[name].report1 != report + 1)
			return false;
		cell[i] = &b->now[name];
		if (sign > 0 ? cell[i]->has_low : cell[i]->has_high) {
			least += sign > 0 ? cell[i]->low : -cell[i]->high;
		} else {
			open++;
			open_at = i;
		}
	}
	/* sum <= 0: a term is at most what the least of the others leaves.  With two that have no least, none is. */
	for (size_t i = 0; i < r->nterms && open < 2; i++) {
		int sign = turn * r->term[i].sign;
		int128 others;

		if (!cell[i] || (open == 1 && i != open_at))
			continue;
		others = open == 1 ? least : least - (sign > 0 ? cell[i]->low : -cell[i]->high);
		if (others > FAR || others < -FAR)
			continue;
		if (sign > 0 && (!cell[i]->has_high || -others < cell[i]->high)) {
			cell[i]->high = -others;
			cell[i]->has_high = true;
		} else if (sign < 0 && (!cell[i]->has_low || others > cell[i]->low)) {
			cell[i]->low = others;
			cell[i]->has_low = true;
		}
	}
	return true;
}

/* The names of the report's cells with each column, and with each indicator, once. */
static void
distinct(struct bounds *b, const struct cell *cells, size_t n, uint32_t report)
{
	b->ncolumns = b->nrows = 0;
	for (size_t i = 0; i < n; i++) {
		struct span column = intern_text(&b->names, cells[i].name), indicator = span_cut(&column, '\0');
		uint32_t c = intern_id(&b->parts, column), r;

		/* A zero before it keeps indicators apart from columns. */
		r = intern_id(&b->parts, joined(&b->key, SPAN(""), indicator));
		while (b->nstamps < b->parts.n) {
			b->stamp = grow(b->stamp, b->nstamps, &b->stamps_cap, sizeof *b->stamp);
			b->stamp[b->nstamps++] = 0;
		}
		if (b->stamp[c] != report + 1) {
			b->column = grow(b->column, b->ncolumns, &b->columns_cap, sizeof *b->column);
			b->column[b->ncolumns++] = cells[i].name;
			b->stamp[c] = report + 1;
		}
		if (b->stamp[r] != report + 1) {
			b->row = grow(b->row, b->nrows, &b->rows_cap, sizeof *b->row);
			b->row[b->nrows++] = cells[i].name;
			b->stamp[r] = report + 1;
		}
	}
}

/* All relations of the report's form, over its columns or rows where they run over them. */
static void
narrow_all(struct bounds *b, uint32_t report)
{
	for (size_t i = 0; i < b->nrelations; i++) {
		const struct relation *r = &b->relation[i];
		size_t n = r->over == OVER_COLUMNS ? b->ncolumns : r->over == OVER_ROWS ? b->nrows : 1;

		if (!span_eq(r->form, b->form[report]))
			continue;
		for (size_t c = 0; c < n; c++) {
			struct span column = SPAN("value"), indicator = SPAN("");

			if (r->over != OVER_NOTHING) {
				column = intern_text(&b->names, r->over == OVER_COLUMNS ? b->column[c] : b->row[c]);
				indicator = span_cut(&column, '\0');
			}
			if (narrow(b, r, report, indicator, column, 1) && r->equal)
				(void)narrow(b, r, report, indicator, column, -1);
		}
	}
}

/* One report: what is known of its cells, narrowed, goes to the groups of those that are missing. */
static void
run_report(struct bounds *b, const struct groups *groups, const struct cell *cells, size_t n)
{
	uint32_t report = cells[0].report;
	bool missing = false, at_odds = false;

	for (size_t i = 0; i < n; i++) {
		struct interval *now = &b->now[cells[i].name];
		struct span column = intern_text(&b->names, cells[i].name);
		struct decimal_sum sum = DECIMAL_SUM_ZERO;

		(void)span_cut(&column, '\0');
		missing |= cells[i].missing;
		(void)decimal_sum_add(&sum, (struct decimal){cells[i].digits, cells[i].scale});
		*now = (struct interval){sum.units, sum.units, true, true, report + 1};
		/* 约 10 may be 9 or 12: it says of the cells beside it no more than a blank. */
		if (cells[i].missing || cells[i].about) {
			now->low = 0;
			now->has_high = false;
			now->has_low = !span_eq(column, SPAN("change"));
		}
	}
	if (missing)
		distinct(b, cells, n, report);
	for (int pass = 0; missing && pass < PASSES; pass++)
		narrow_all(b, report);
	/* A report whose identities cannot all hold bounds nothing. */
	for (size_t i = 0; i < n; i++) {
		const struct interval *now = &b->now[cells[i].name];

		at_odds |= now->has_low && now->has_high && now->low > now->high;
	}
	for (size_t i = 0; i < n; i++) {
		const struct interval *now = &b->now[cells[i].name];
		struct bound *to;
		uint32_t group;

		if (!cells[i].missing)
			continue;
		group = groups_find(groups, b->ids + (size_t)cells[i].ids * b->keys);
		if (group == UINT32_MAX)
			continue;
		to = &b->bound[group];
		if (at_odds || !now->has_low ||
			!decimal_sum_merge(&to->low, (struct decimal_sum){now->low}))
			to->no_low = true;
		if (at_odds || !now->has_high ||
			!decimal_sum_merge(&to->high, (struct decimal_sum){now->high}))
			to->no_high = true;
	}
}

void
bounds_finish(struct bounds *b, const struct groups *groups)
{
	b->now = xcalloc((size_t)b->names.n + 1, sizeof *b->now);
	b->bound = xcalloc((size_t)groups_count(groups) + 1, sizeof *b->bound);
	if (b->ncells)
		qsort(b->cell, b->ncells, sizeof *b->cell, by_report);
	for (size_t i = 0, end; i < b->ncells; i = end) {
		for (end = i + 1; end < b->ncells && b->cell[end].report == b->cell[i].report; end++)
			;
		run_report(b, groups, b->cell + i, end - i);
	}
}

struct bound
bounds_of(const struct bounds *b, uint32_t group)
{
	return b->bound[group];
}
