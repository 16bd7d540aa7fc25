#include "series.h"

#include <stdlib.h>

#include "aggregate.h"
#include "buf.h"
#include "diag.h"
#include "group/members.h"
#include "intern.h"
#include "table.h"

TABLE_DECLARE(forms_concordance);

struct series {
	struct table *table;
	struct intern set_names, cells; /* "series\0form"; "form\0indicator\0column" */
	struct series_set *set;
	size_t nsets, set_cap;
	struct series_term *term; /* of each cell together */
	uint32_t *first;          /* of each cell in `term`, and one more */
	int64_t *weight;          /* by the number of the term */
	struct buf key;
};

static const char *const comparables[] = {"exact", "approximate", "broken"};

bool
series_comparable(struct span name, enum comparable *worst)
{
	for (size_t i = 0; i < sizeof comparables / sizeof *comparables; i++)
		if (span_eq(name, span_str(comparables[i]))) {
			*worst = (enum comparable)i;
			return true;
		}
	return false;
}

static struct span
joined(struct buf *key, struct span a, struct span b, struct span c)
{
	return intern_joined(key, (struct span[]){a, b, c}, 3);
}

static bool
read_weight(struct span text, int64_t *weight)
{
	struct decimal d;

	if (decimal_parse(text, &d) != DECIMAL_GOOD || !decimal_is_integer(d))
		return false;
	*weight = d.digits;
	return true;
}

/* The table's rows: sets and cells get their numbers, then the terms of each cell are put together. */
static bool
read_rows(struct series *s)
{
	const struct table *t = s->table;
	size_t name = table_column(t, "series"), form = table_column(t, "form");
	size_t indicator = table_column(t, "indicator"), column = table_column(t, "column");
	size_t comparable = table_column(t, "comparable"), weight = table_column(t, "weight");
	uint32_t *cell = xcalloc(t->nrows + 1, sizeof *cell);
	struct series_term *term = xcalloc(t->nrows + 1, sizeof *term);
	bool good = true;

	s->weight = xcalloc(t->nrows + 1, sizeof *s->weight);
	for (size_t i = 0; i < t->nrows && good; i++) {
		/* A column of the form that is an indicator itself has one value, as classify writes it. */
		struct span of = table_cell(t, i, column).n ? table_cell(t, i, column) : SPAN("value");
		enum comparable worst;
		uint32_t set = intern_id(&s->set_names, joined(&s->key, table_cell(t, i, name),
								table_cell(t, i, form), SPAN("")));

		if (!series_comparable(table_cell(t, i, comparable), &worst) ||
			!read_weight(table_cell(t, i, weight), &s->weight[i])) {
			warn("%s:%zu: comparable is exact, approximate or broken, and weight a whole number",
				t->path, t->line[i]);
			good = false;
			break;
		}
		if (set == s->nsets) {
			s->set = grow(s->set, s->nsets, &s->set_cap, sizeof *s->set);
			s->set[s->nsets++] = (struct series_set){table_cell(t, i, name),
				table_cell(t, i, form), 0, COMPARABLE_EXACT};
		}
		term[i] = (struct series_term){set, (uint32_t)i};
		s->set[set].nterms++;
		if (s->set[set].worst < worst)
			s->set[set].worst = worst;
		cell[i] = intern_id(&s->cells, joined(&s->key, table_cell(t, i, form),
						       table_cell(t, i, indicator), of));
	}
	s->first = xcalloc((size_t)s->cells.n + 2, sizeof *s->first);
	s->term = xcalloc(t->nrows + 1, sizeof *s->term);
	for (size_t i = 0; i < t->nrows && good; i++)
		s->first[cell[i] + 2]++;
	for (uint32_t c = 0; c <= s->cells.n; c++)
		s->first[c + 1] += s->first[c];
	for (size_t i = 0; i < t->nrows && good; i++)
		s->term[s->first[cell[i] + 1]++] = term[i];
	free(cell);
	free(term);
	return good;
}

struct series *
series_load(const char *dir)
{
	struct series *s = xcalloc(1, sizeof *s);

	intern_init(&s->set_names);
	intern_init(&s->cells);
	s->table = table_load_keyed(TABLE_SOURCE(forms, concordance), dir, "series,form,indicator,column");
	if (!s->table || !read_rows(s)) {
		series_free(s);
		return NULL;
	}
	return s;
}

void
series_free(struct series *s)
{
	if (!s)
		return;
	intern_release(&s->set_names);
	intern_release(&s->cells);
	table_free(s->table);
	buf_release(&s->key);
	free(s->set);
	free(s->term);
	free(s->first);
	free(s->weight);
	free(s);
}

const struct series_term *
series_terms(struct series *s, struct span form, struct span indicator, struct span column, size_t *n)
{
	uint32_t cell = intern_find(&s->cells, joined(&s->key, form, indicator, column));

	*n = 0;
	if (cell == UINT32_MAX)
		return NULL;
	*n = s->first[cell + 1] - s->first[cell];
	return s->term + s->first[cell];
}

const struct series_set *
series_set(const struct series *s, uint32_t set)
{
	return &s->set[set];
}

/*
 * What a report gives for one term: the number, however often it says it.  Numbers that differ say
 * nothing; they are counted.
 */
static unsigned
settle_term(struct aggregate *a, const struct tally *t, int64_t weight, struct decimal *d)
{
	*d = DECIMAL_ZERO;
	if (t->n == 0)
		return FACT_MISSING;
	if (decimal_cmp(tally_min(t), tally_max(t)) != 0) {
		a->select.out[OUT_TWICE] += t->n;
		return FACT_MISSING;
	}
	if (!decimal_mul_int(tally_min(t), weight, d)) {
		a->select.out[OUT_LARGE] += t->n;
		return FACT_MISSING;
	}
	return tally_flags(t);
}

/* A table of one entry a term of each report: a->groups, of one a fact, without the last key. */
static void
fold_terms(struct aggregate *a)
{
	struct groups *facts = a->groups;
	uint32_t ids[256];

	a->groups = groups_new(a->term_key, false);
	for (uint32_t g = 0; g < groups_count(facts); g++) {
		struct tally t = groups_tally(facts, g);
		struct decimal d;
		unsigned flags = settle_term(
			a, &t, a->series->weight[groups_id(facts, g, a->term_key)], &d);

		for (size_t c = 0; c < a->term_key; c++)
			ids[c] = groups_id(facts, g, c);
		groups_add(a->groups, ids, d, flags, 1);
	}
	groups_finish(a->groups);
	groups_free(facts);
}

/* Whose a report is. */
static struct member
member_of(struct aggregate *a, struct span report, bool across)
{
	struct span part[FACT_REPORT_PARTS];

	fact_report_parts(report, part);
	return (struct member){places_find(&a->select.places, part[FACT_REPORT_REGION], part[FACT_REPORT_YEAR], SPAN(""))->life,
		a->select.governments ? 0 : members_body(part[FACT_REPORT_BODY_KIND], part[FACT_REPORT_BODY], part[FACT_REPORT_SCOPE]),
		across};
}

void
series_fold(struct aggregate *a)
{
	struct groups *terms;
	size_t columns = a->set_key;
	uint32_t ids[256];

	fold_terms(a);
	terms = a->groups;
	a->groups = groups_new(columns, a->quantiles && a->reading_key == SIZE_MAX);
	for (uint32_t g = 0; g < groups_count(terms); g++) {
		struct tally t = groups_tally(terms, g);
		const struct series_set *set = series_set(a->series, groups_id(terms, g, a->set_key));
		bool across = set->worst == COMPARABLE_BROKEN;
		unsigned flags = tally_flags(&t) | (across ? FACT_ACROSS : 0u);
		struct decimal d = DECIMAL_ZERO;

		for (size_t c = 0; c < columns; c++)
			ids[c] = groups_id(terms, g, c);
		if (t.missing || t.n != set->nterms) {
			flags = FACT_MISSING;
		} else if (!decimal_sum_value(t.sum, &d)) {
			flags = FACT_MISSING;
			a->select.out[OUT_LARGE]++;
		}
		groups_add(a->groups, ids, d, flags, 1);
		if (a->members && !(flags & FACT_MISSING)) {
			struct span report = intern_text(&a->keys.key[a->report_key].texts,
				groups_id(terms, g, a->report_key));

			members_note(a->members, ids, member_of(a, report, across), 1);
		}
	}
	groups_finish(a->groups);
	groups_free(terms);
}
