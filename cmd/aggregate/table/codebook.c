#include "codebook.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "intern.h"
#include "table.h"

TABLE_DECLARE(forms_columns);
TABLE_DECLARE(forms_concordance);
TABLE_DECLARE(forms_editions);
TABLE_DECLARE(forms_indicators);
TABLE_DECLARE(forms_statistics);

enum { STATA_MAX = 32, STATA_HEAD = 24 };

struct entry {
	struct span kind, name, form, label_zh, label_en, unit, formula, across, note;
	struct span table, type, parent, dimension, path;
};

struct codebook {
	struct writer *w;
	struct table *columns, *concordance, *editions, *indicators, *statistics;
	struct buf text, stata;
};

/*
 * A name every statistics program takes: letters, digits and underscores, at most 32.  One that is cut ends
 * in digits of its hash, so that names which begin alike stay apart.
 */
static struct span
stata_name(struct buf *out, struct span name)
{
	buf_reset(out);
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool good = (c >= 'a' && c <= 'z') || is_digit(c) || (c >= 'A' && c <= 'Z');

		if (out->n == 0 && is_digit(c))
			buf_add_char(out, 'v');
		if (good)
			buf_add_char(out, c);
		else if (out->n && out->p[out->n - 1] != '_')
			buf_add_char(out, '_');
	}
	while (out->n && out->p[out->n - 1] == '_')
		out->n--;
	if (out->n > STATA_MAX) {
		char hash[17];

		snprintf(hash, sizeof hash, "%016" PRIx64, intern_hash(name.p, name.n));
		out->n = STATA_HEAD;
		buf_add_char(out, '_');
		buf_add(out, hash, STATA_MAX - STATA_HEAD - 1);
	}
	return buf_span(out);
}

static void
write_entry(struct codebook *c, const struct entry *e)
{
	const struct span fields[] = {e->kind, e->name, e->form, stata_name(&c->stata, e->name), e->label_zh,
		e->label_en, e->unit, e->formula, e->across, e->note, e->table, e->type, e->parent,
		e->dimension, e->path};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (i)
			writer_char(c->w, ',');
		writer_field(c->w, fields[i]);
	}
	writer_end(c->w);
}

static struct span
cell(const struct table *t, size_t row, const char *column)
{
	return table_cell(t, row, table_column(t, column));
}

static void
write_statistics(struct codebook *c)
{
	for (size_t i = 0; i < c->statistics->nrows; i++)
		write_entry(c, &(struct entry){.kind = SPAN("statistic"),
			.name = cell(c->statistics, i, "column"),
			.label_zh = cell(c->statistics, i, "label_zh"),
			.label_en = cell(c->statistics, i, "label_en"),
			.formula = cell(c->statistics, i, "formula")});
}

/* "indicator[column]", or the indicator alone where it has one value. */
static void
add_term(struct buf *text, struct span indicator, struct span column)
{
	buf_add_span(text, indicator);
	if (column.n && !span_eq(column, SPAN("value"))) {
		buf_add_char(text, '[');
		buf_add_span(text, column);
		buf_add_char(text, ']');
	}
}

/* The editions of the form, with the years they are for; a table of one's own need not name them for people. */
static void
write_forms(struct codebook *c)
{
	const struct table *t = c->editions;
	size_t label_zh = table_find(t, "label_zh"), label_en = table_find(t, "label_en");

	for (size_t i = 0; i < t->nrows; i++) {
		buf_reset(&c->text);
		buf_add_span(&c->text, cell(t, i, "first_year"));
		buf_add_char(&c->text, '-');
		buf_add_span(&c->text, cell(t, i, "last_year"));
		write_entry(c, &(struct entry){.kind = SPAN("form"),
			.name = cell(t, i, "form"),
			.form = cell(t, i, "form"),
			.label_zh = table_cell_if(t, i, label_zh),
			.label_en = table_cell_if(t, i, label_en),
			.formula = buf_span(&c->text),
			.note = cell(t, i, "note")});
	}
}

static void
write_indicators(struct codebook *c)
{
	const struct table *t = c->indicators;

	for (size_t i = 0; i < t->nrows; i++) {
		write_entry(c, &(struct entry){.kind = SPAN("indicator"),
			.name = cell(t, i, "indicator"),
			.form = cell(t, i, "form"),
			.label_zh = cell(t, i, "label_zh"),
			.label_en = cell(t, i, "label_en"),
			.unit = cell(t, i, "unit"),
			.note = cell(t, i, "note"),
			.table = cell(t, i, "table"),
			.type = cell(t, i, "row_type"),
			.parent = cell(t, i, "parent"),
			.dimension = cell(t, i, "column_dimension")});
	}
	for (size_t i = 0; i < c->columns->nrows; i++)
		write_entry(c, &(struct entry){.kind = SPAN("column"),
			.name = cell(c->columns, i, "column"),
			.form = cell(c->columns, i, "form"),
			.label_zh = cell(c->columns, i, "label_zh"),
			.unit = cell(c->columns, i, "unit"),
			.note = cell(c->columns, i, "note"),
			.table = cell(c->columns, i, "table"),
			.path = cell(c->columns, i, "header_path_zh")});
}

/* A series in a form: its terms stand in rows one after the other or apart. */
static void
write_series(struct codebook *c)
{
	const struct table *t = c->concordance;

	for (size_t i = 0; i < t->nrows; i++) {
		struct span series = cell(t, i, "series"), form = cell(t, i, "form");
		bool first = true, across = false;

		for (size_t j = 0; j < i && first; j++)
			first = !span_eq(cell(t, j, "series"), series) || !span_eq(cell(t, j, "form"), form);
		if (!first)
			continue;
		buf_reset(&c->text);
		for (size_t j = i; j < t->nrows; j++) {
			struct span weight = cell(t, j, "weight");

			if (!span_eq(cell(t, j, "series"), series) || !span_eq(cell(t, j, "form"), form))
				continue;
			if (c->text.n)
				buf_add_str(&c->text, " + ");
			if (!span_eq(weight, SPAN("1"))) {
				buf_add_span(&c->text, weight);
				buf_add_str(&c->text, " * ");
			}
			add_term(&c->text, cell(t, j, "indicator"), cell(t, j, "column"));
			across |= span_eq(cell(t, j, "comparable"), SPAN("broken"));
		}
		write_entry(c, &(struct entry){.kind = SPAN("series"),
			.name = series,
			.form = form,
			.label_en = cell(t, i, "series_en"),
			.formula = buf_span(&c->text),
			.across = across ? SPAN("1") : SPAN("0"),
			.note = cell(t, i, "note")});
	}
}

enum status
codebook_write(struct writer *w, const char *dir)
{
	struct codebook c = {.w = w};
	enum status status = STATUS_USAGE;

	c.columns = table_load(TABLE_SOURCE(forms, columns), dir);
	c.concordance = table_load_keyed(TABLE_SOURCE(forms, concordance), dir, "series,form,indicator,column");
	c.editions = table_load_keyed(TABLE_SOURCE(forms, editions), dir, "form");
	c.indicators = table_load(TABLE_SOURCE(forms, indicators), dir);
	c.statistics = table_load_keyed(TABLE_SOURCE(forms, statistics), dir, "column");
	if (c.columns && c.concordance && c.editions && c.indicators && c.statistics) {
		writer_raw(w, SPAN("kind,name,form,stata,label_zh,label_en,unit,formula,break,note,table,type,"
				   "parent,dimension,path\n"));
		write_statistics(&c);
		write_forms(&c);
		write_indicators(&c);
		write_series(&c);
		status = STATUS_OK;
	}
	table_free(c.columns);
	table_free(c.concordance);
	table_free(c.editions);
	table_free(c.indicators);
	table_free(c.statistics);
	buf_release(&c.text);
	buf_release(&c.stata);
	return status;
}
