#include "bounds.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "expression.h"
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
struct constraint {
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
	struct constraint *constraint;
	size_t nconstraints, constraints_cap;
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

/* The terms of one side, each sign times `sign`; false if it holds what is no number of this report. */
static bool
take_side(const struct ref *ref, size_t n, int sign, struct term *term)
{
	for (size_t i = 0; i < n; i++) {
		if ((ref[i].kind != REF_CELL && ref[i].kind != REF_NUMBER) || ref[i].prev || ref[i].sign == '/')
			return false;
		term[i] = (struct term){.indicator = ref[i].code, .column = ref[i].column, .number = ref[i].number,
			.is_number = ref[i].kind == REF_NUMBER, .sign = ref[i].sign == '-' ? -sign : sign};
	}
	return true;
}

/* The constraint that a check is; false for any other, as for a consequence, which by itself bounds nothing. */
static bool
take_constraint(const struct expression *e, struct constraint *c)
{
	const struct relation *r = e->relations;
	struct term term[TERMS_MAX];
	int sign;

	if (e->kind != EXPRESSION_RELATION || e->nrelations != 1 || e->nrefs > TERMS_MAX)
		return false;
	sign = r->op == OP_AT_LEAST ? -1 : 1;
	if (!take_side(&e->refs[r->ref], r->nleft, sign, term) ||
		!take_side(&e->refs[r->ref + r->nleft], r->nright, -sign, term + r->nleft))
		return false;
	c->equal = r->op == OP_EQUAL;
	c->nterms = e->nrefs;
	c->term = xreallocarray(NULL, c->nterms, sizeof *c->term);
	memcpy(c->term, term, c->nterms * sizeof *c->term);
	return true;
}

/* Whether a check runs over columns or rows; false if it looks beyond one report. */
static bool
take_scope(struct span scope, enum over *over)
{
	*over = span_starts(scope, SPAN("per_column")) ? OVER_COLUMNS : span_starts(scope, SPAN("per_row")) ? OVER_ROWS
													    : OVER_NOTHING;
	return *over != OVER_NOTHING || span_eq(scope, SPAN("single"));
}

/* The checks that bound something; false, said, if one is no check. */
static bool
read_checks(struct bounds *b)
{
	const struct table *t = b->table;
	size_t id = table_column(t, "id"), form = table_column(t, "form"), severity = table_column(t, "severity");
	size_t expression = table_column(t, "expression"), scope = table_column(t, "scope");
	struct expression e = EXPRESSION_INIT;
	bool good = true;

	for (size_t i = 0; i < t->nrows && good; i++) {
		struct constraint c = {.form = table_cell(t, i, form)};

		if (!take_scope(table_cell(t, i, scope), &c.over) || !span_eq(table_cell(t, i, severity), SPAN("error")))
			continue;
		good = expression_read(t->path, t->line[i], table_cell(t, i, id), table_cell(t, i, expression), &e);
		if (!good || !take_constraint(&e, &c))
			continue;
		b->constraint = grow(b->constraint, b->nconstraints, &b->constraints_cap, sizeof *b->constraint);
		b->constraint[b->nconstraints++] = c;
	}
	expression_release(&e);
	return good;
}

struct bounds *
bounds_new(const char *tables, size_t keys)
{
	struct bounds *b = xcalloc(1, sizeof *b);

	b->keys = keys;
	intern_init(&b->reports);
	intern_init(&b->names);
	intern_init(&b->forms);
	intern_init(&b->parts);
	b->table = table_load(TABLE_SOURCE(forms, checks), tables);
	if (!b->table || !read_checks(b)) {
		bounds_free(b);
		return NULL;
	}
	return b;
}

void
bounds_free(struct bounds *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->nconstraints; i++)
		free(b->constraint[i].term);
	free(b->constraint);
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
 * Holds one constraint against what is known: for each open cell, what the others leave for it.  False if a
 * cell of it is not on the page.
 */
static bool
narrow(struct bounds *b, const struct constraint *r, uint32_t report, struct span indicator,
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

/* All constraints of the report's form, over its columns or rows where they run over them. */
static void
narrow_all(struct bounds *b, uint32_t report)
{
	for (size_t i = 0; i < b->nconstraints; i++) {
		const struct constraint *r = &b->constraint[i];
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
