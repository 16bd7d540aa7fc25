#include "series.h"

#include <stdlib.h>

#include "table.h"

TABLE_DECLARE(forms_concordance);

struct term {
	struct span series, form, indicator, column, comparable;
	uint32_t next; /* with the same indicator and column, in the table's order; 0: none */
};

struct series {
	struct table *table;
	struct term *term; /* from 1 */
	size_t nterms;
	uint32_t *slot; /* by indicator and column: the first term */
	size_t mask;
};

static size_t
hash_of(struct span indicator, struct span column)
{
	return (size_t)span_hash_step(span_hash(indicator), span_hash(column));
}

/* The slot of the terms with this indicator and column, or the free one where they would be. */
static size_t
slot_of(const struct series *s, struct span indicator, struct span column)
{
	size_t at = hash_of(indicator, column) & s->mask;

	while (s->slot[at] && !(span_eq(s->term[s->slot[at]].indicator, indicator) &&
		span_eq(s->term[s->slot[at]].column, column)))
		at = (at + 1) & s->mask;
	return at;
}

struct series *
series_new(const char *dir)
{
	struct series *s = xcalloc(1, sizeof *s);
	size_t series, form, indicator, column, comparable;

	s->table = table_load_keyed(TABLE_SOURCE(forms, concordance), dir, "series,form,indicator,column");
	if (!s->table) {
		series_free(s);
		return NULL;
	}
	series = table_column(s->table, "series");
	form = table_column(s->table, "form");
	indicator = table_column(s->table, "indicator");
	column = table_column(s->table, "column");
	comparable = table_column(s->table, "comparable");
	s->nterms = s->table->nrows;
	s->term = xcalloc(s->nterms + 1, sizeof *s->term);
	for (s->mask = 63; s->mask < 2 * s->nterms; s->mask = 2 * s->mask + 1)
		;
	s->slot = xcalloc(s->mask + 1, sizeof *s->slot);
	for (size_t i = 1; i <= s->nterms; i++) {
		struct term *t = &s->term[i];
		uint32_t *link;

		*t = (struct term){
			.series = table_cell(s->table, i - 1, series),
			.form = table_cell(s->table, i - 1, form),
			.indicator = table_cell(s->table, i - 1, indicator),
			.column = table_cell(s->table, i - 1, column),
			.comparable = table_cell(s->table, i - 1, comparable),
		};
		/* A column of the form that is an indicator itself has one value. */
		if (!t->column.n)
			t->column = SPAN("value");
		for (link = &s->slot[slot_of(s, t->indicator, t->column)]; *link; link = &s->term[*link].next)
			;
		*link = (uint32_t)i;
	}
	return s;
}

void
series_free(struct series *s)
{
	if (!s)
		return;
	table_free(s->table);
	free(s->term);
	free(s->slot);
	free(s);
}

/* True if an earlier term of the list stands for the same series: one is enough. */
static bool
said(const struct series *s, uint32_t first, uint32_t upto, struct span form, bool own)
{
	for (uint32_t t = first; t != upto; t = s->term[t].next)
		if (span_eq(s->term[t].series, s->term[upto].series) &&
			(!own || span_eq(s->term[t].form, form)))
			return true;
	return false;
}

void
series_find(const struct series *s, struct span form, struct span indicator, struct span column,
	struct buf *names, struct buf *comparable)
{
	uint32_t first = s->slot[slot_of(s, indicator, column)];
	bool own = false;

	for (uint32_t t = first; t; t = s->term[t].next)
		own = own || span_eq(s->term[t].form, form);
	for (uint32_t t = first; t; t = s->term[t].next) {
		const struct term *term = &s->term[t];

		if ((own && !span_eq(term->form, form)) || said(s, first, t, form, own))
			continue;
		if (names->n) {
			buf_add_char(names, ' ');
			buf_add_char(comparable, ' ');
		}
		buf_add_span(names, term->series);
		buf_add_span(comparable, term->comparable);
	}
}
