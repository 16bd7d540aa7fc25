#include "forms.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_indicators);
TABLE_DECLARE(forms_columns);

#define NO_SLOT UINT32_MAX

static size_t
hash_row(struct span form, struct span indicator)
{
	return (size_t)span_hash_step(span_hash(form), span_hash(indicator));
}

static size_t
hash_column(struct span form, struct span table, struct span column)
{
	return (size_t)span_hash_step(span_hash_step(span_hash(form), span_hash(table)), span_hash(column));
}

static uint32_t *
slots_new(size_t n, size_t *mask)
{
	size_t size = 16;
	uint32_t *slots;

	while (size < 2 * n)
		size *= 2;
	slots = xreallocarray(NULL, size, sizeof *slots);
	for (size_t i = 0; i < size; i++)
		slots[i] = NO_SLOT;
	*mask = size - 1;
	return slots;
}

static bool
read_number(const struct table *t, size_t row, size_t column, uint32_t *value)
{
	struct span s = table_cell(t, row, column);
	uint32_t v = 0;

	if (s.n == 0 || s.n > 6) {
		warn("%s:%zu: '%.*s' is no order", t->path, t->line[row], SPAN_ARG(s));
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') {
			warn("%s:%zu: '%.*s' is no order", t->path, t->line[row], SPAN_ARG(s));
			return false;
		}
		v = v * 10 + (uint32_t)(s.p[i] - '0');
	}
	*value = v;
	return true;
}

static bool
read_type(const struct table *t, size_t row, size_t column, enum row_type *type)
{
	static const char *const names[] = {"section", "group", "total", "value", "of_which", "extension"};
	struct span s = table_cell(t, row, column);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_eq(s, span_str(names[i]))) {
			*type = (enum row_type)i;
			return true;
		}
	warn("%s:%zu: '%.*s' is no row_type", t->path, t->line[row], SPAN_ARG(s));
	return false;
}

/* The first row with the indicator, or the free slot in which to put this one. */
static size_t
any_slot(const struct forms *f, struct span indicator)
{
	size_t slot = (size_t)span_hash(indicator) & f->any_mask;

	while (f->any_slot[slot] != NO_SLOT && !span_eq(f->row[f->any_slot[slot]].indicator, indicator))
		slot = (slot + 1) & f->any_mask;
	return slot;
}

static bool
read_rows(struct forms *f, const struct table *t)
{
	size_t form = table_column(t, "form"), indicator = table_column(t, "indicator");
	size_t label = table_column(t, "label_zh"), core = table_column(t, "label_core");
	size_t unit = table_column(t, "unit");
	size_t parent = table_column(t, "parent"), dimension = table_column(t, "column_dimension");
	size_t scope = table_column(t, "default_scope"), table = table_column(t, "table");
	size_t type = table_column(t, "row_type"), order = table_column(t, "order");

	f->nrows = t->nrows;
	f->row = xcalloc(t->nrows + 1, sizeof *f->row);
	f->row_slot = slots_new(t->nrows, &f->row_mask);
	f->any_slot = slots_new(t->nrows, &f->any_mask);
	for (size_t i = 0; i < t->nrows; i++) {
		struct form_row *r = &f->row[i];
		size_t slot;

		*r = (struct form_row){
			.form = table_cell(t, i, form),
			.indicator = table_cell(t, i, indicator),
			.label = table_cell(t, i, label),
			.core = table_cell(t, i, core),
			.unit = table_cell(t, i, unit),
			.parent = table_cell(t, i, parent),
			.dimension = table_cell(t, i, dimension),
			.scope = table_cell(t, i, scope),
			.table = table_cell(t, i, table),
		};
		if (!read_type(t, i, type, &r->type) || !read_number(t, i, order, &r->order))
			return false;
		if (forms_row(f, r->form, r->indicator)) {
			warn("%s:%zu: '%.*s' stands twice in form '%.*s'", t->path, t->line[i],
				SPAN_ARG(r->indicator), SPAN_ARG(r->form));
			return false;
		}
		slot = hash_row(r->form, r->indicator) & f->row_mask;
		while (f->row_slot[slot] != NO_SLOT)
			slot = (slot + 1) & f->row_mask;
		f->row_slot[slot] = (uint32_t)i;
		slot = any_slot(f, r->indicator);
		if (f->any_slot[slot] == NO_SLOT)
			f->any_slot[slot] = (uint32_t)i;
		r->same = f->any_slot[slot];
	}
	return true;
}

static bool
read_columns(struct forms *f, const struct table *t)
{
	size_t form = table_column(t, "form"), table = table_column(t, "table");
	size_t column = table_column(t, "column"), label = table_column(t, "label_zh");
	size_t path = table_column(t, "header_path_zh"), unit = table_column(t, "unit");
	size_t order = table_column(t, "order"), sign = table_find(t, "sign");

	f->ncolumns = t->nrows;
	f->column = xcalloc(t->nrows + 1, sizeof *f->column);
	f->column_slot = slots_new(t->nrows, &f->column_mask);
	for (size_t i = 0; i < t->nrows; i++) {
		struct form_column *c = &f->column[i];
		size_t slot;

		*c = (struct form_column){
			.form = table_cell(t, i, form),
			.table = table_cell(t, i, table),
			.column = table_cell(t, i, column),
			.label = table_cell(t, i, label),
			.path = table_cell(t, i, path),
			.unit = table_cell(t, i, unit),
			/* A table of before this column was added says nothing about signs. */
			.is_signed = sign == SIZE_MAX || span_eq(table_cell(t, i, sign), SPAN("signed")),
		};
		if (!read_number(t, i, order, &c->order))
			return false;
		if (forms_column(f, c->form, c->table, c->column)) {
			warn("%s:%zu: column '%.*s' stands twice in table '%.*s' of form '%.*s'", t->path,
				t->line[i], SPAN_ARG(c->column), SPAN_ARG(c->table), SPAN_ARG(c->form));
			return false;
		}
		slot = hash_column(c->form, c->table, c->column) & f->column_mask;
		while (f->column_slot[slot] != NO_SLOT)
			slot = (slot + 1) & f->column_mask;
		f->column_slot[slot] = (uint32_t)i;
		while (!span_eq(f->column[c->same].column, c->column))
			c->same++;
	}
	return true;
}

struct forms *
forms_load(const char *dir)
{
	struct forms *f = xcalloc(1, sizeof *f);

	f->tables[0] = table_load(TABLE_SOURCE(forms, indicators), dir);
	f->tables[1] = table_load(TABLE_SOURCE(forms, columns), dir);
	if (f->tables[0] && f->tables[1] && read_rows(f, f->tables[0]) && read_columns(f, f->tables[1]))
		return f;
	forms_free(f);
	return NULL;
}

const struct form_row *
forms_row(const struct forms *f, struct span form, struct span indicator)
{
	size_t slot = hash_row(form, indicator) & f->row_mask;

	for (; f->row_slot[slot] != NO_SLOT; slot = (slot + 1) & f->row_mask) {
		const struct form_row *r = &f->row[f->row_slot[slot]];

		if (span_eq(r->indicator, indicator) && span_eq(r->form, form))
			return r;
	}
	return NULL;
}

const struct form_row *
forms_any_row(const struct forms *f, struct span indicator)
{
	uint32_t row = f->any_slot[any_slot(f, indicator)];

	return row == NO_SLOT ? NULL : &f->row[row];
}

const struct form_column *
forms_column(const struct forms *f, struct span form, struct span table, struct span column)
{
	size_t slot = hash_column(form, table, column) & f->column_mask;

	for (; f->column_slot[slot] != NO_SLOT; slot = (slot + 1) & f->column_mask) {
		const struct form_column *c = &f->column[f->column_slot[slot]];

		if (span_eq(c->column, column) && span_eq(c->table, table) && span_eq(c->form, form))
			return c;
	}
	return NULL;
}

struct span
forms_unit(const struct form_row *row, const struct form_column *column)
{
	struct span unit = row->unit;

	if (span_eq(unit, SPAN("by_column")))
		unit = column ? column->unit : SPAN("");
	return span_eq(unit, SPAN("unstated")) ? SPAN("") : unit;
}

void
forms_free(struct forms *f)
{
	if (!f)
		return;
	free(f->row);
	free(f->column);
	free(f->row_slot);
	free(f->column_slot);
	free(f->any_slot);
	for (size_t i = 0; i < sizeof f->tables / sizeof *f->tables; i++)
		table_free(f->tables[i]);
	free(f);
}
