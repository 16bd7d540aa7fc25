#include "binder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "diag.h"

static const struct {
	const char *name;
	enum rule_scope scope;
} scopes[] = {
	{"single", RULE_SINGLE},
	{"per_cell", RULE_PER_CELL},
	{"per_column", RULE_PER_COLUMN},
	{"per_row", RULE_PER_ROW},
	{"cross_year", RULE_CROSS_YEAR},
	{"cross_source", RULE_CROSS_SOURCE},
	{"cross_unit", RULE_CROSS_UNIT},
	{"group", RULE_GROUP},
};

static const char *const meta_names[META_FIELDS] = {"title_year", "period_year", "filing_unit",
	"publisher", "form_by_content", "form_by_year"};

static const char *const part_names[PARTS] = {"percent", "part", "whole", "sum_of_parts",
	"growth_of_whole", "min_growth_of_parts", "max_growth_of_parts"};

static uint32_t
place_of(const char *const *names, uint32_t n, struct span name)
{
	uint32_t i = 0;

	while (i < n && !span_eq(name, span_str(names[i])))
		i++;
	return i;
}

struct binder {
	struct rules *rules;
	struct rule *rule;
	const struct expression *e;
	struct span scope_of;           /* what stands behind the colon of the scope */
	const struct form_row *row;     /* per_row: the row at hand */
	struct span column;             /* per_column: the column at hand */
};

__attribute__((format(printf, 2, 3))) static bool
wrong(const struct binder *b, const char *format, ...)
{
	char text[2400]; /* two names, as much of them as SPAN_ARG shows */
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, message(format), args);
	va_end(args);
	warn("%s:%zu: check '%.*s': %s", b->rule->path, b->rule->line, SPAN_ARG(b->rule->id), text);
	return false;
}

static bool
find_row(const struct binder *b, struct span code, const struct form_row **row)
{
	const struct forms *forms = b->rules->cells.forms;

	*row = rule_of_any_form(b->rule) ? forms_any_row(forms, code) : forms_row(forms, b->rule->form, code);
	if (*row)
		return true;
	return wrong(b, "there is no row '%.*s' in form '%.*s'", SPAN_ARG(code), SPAN_ARG(b->rule->form));
}

static bool
bind_cell(const struct binder *b, const struct ref *ref, struct term *term)
{
	const struct cells *cells = &b->rules->cells;
	const struct form_row *row = b->row;
	struct span column = ref->column;

	if (ref->code.n) {
		if (!find_row(b, ref->code, &row))
			return false;
	} else if (!row) {
		return wrong(b, "'[%.*s]' needs a row: the scope is not per_row", SPAN_ARG(column));
	}
	if (column.n == 0)
		column = b->column.n && cells_wide(row) ? b->column : SPAN("value");
	term->kind = ref->prev ? TERM_PREV : TERM_CELL;
	term->id = cells_find(cells, names_find(&cells->indicators, row->indicator),
		names_find(&cells->columns, column));
	if (term->id)
		return true;
	if (ref->column.n == 0)
		return wrong(b, "row '%.*s' has several columns: name one", SPAN_ARG(row->indicator));
	return wrong(b, "row '%.*s' has no column '%.*s'", SPAN_ARG(row->indicator), SPAN_ARG(column));
}

/* The row `code.total`, which stands for a group in sentences; 0 if there is none. */
static uint32_t
total_of(const struct cells *cells, struct span code)
{
	struct buf total = BUF_INIT;
	uint32_t id;

	buf_add_span(&total, code);
	buf_add_str(&total, ".total");
	id = names_find(&cells->indicators, buf_span(&total));
	buf_release(&total);
	return id;
}

static bool
bind_ref(const struct binder *b, const struct ref *ref)
{
	struct rules *r = b->rules;
	struct term term = {.kind = TERM_NUMBER, .sign = ref->sign, .number = ref->number};
	const struct form_row *row;

	switch (ref->kind) {
	case REF_CELL:
		if (!bind_cell(b, ref, &term))
			return false;
		break;
	case REF_NUMBER:
		break;
	case REF_META:
		term.kind = TERM_META;
		term.id = place_of(meta_names, META_FIELDS, ref->code);
		if (term.id == META_FIELDS)
			return wrong(b, "there is no field '%.*s'", SPAN_ARG(ref->code));
		break;
	case REF_NARRATIVE:
		term.kind = TERM_SENTENCE;
		term.id = place_of(part_names, PARTS, ref->code);
		if (term.id < PARTS)
			break;
		term.kind = TERM_NARRATIVE;
		row = forms_any_row(r->cells.forms, ref->code);
		if (!row)
			return wrong(b, "there is no row '%.*s'", SPAN_ARG(ref->code));
		term.id = names_find(&r->cells.indicators, ref->code);
		term.number = total_of(&r->cells, ref->code);
		break;
	case REF_CHILDREN:
		return wrong(b, "children() needs the scope cross_unit");
	}
	if (term.sign == '/' && term.kind != TERM_SENTENCE)
		return wrong(b, "'/' is for narrative(part) and narrative(whole)");
	r->term = grow(r->term, r->nterms, &r->terms_cap, sizeof *r->term);
	r->term[r->nterms++] = term;
	return true;
}

static bool
bind_instance(const struct binder *b)
{
	struct rules *r = b->rules;
	const struct expression *e = b->e;

	r->instance = grow(r->instance, r->ninstances, &r->instances_cap, sizeof *r->instance);
	r->instance[r->ninstances++] = (struct instance){
		.rule = (uint32_t)(b->rule - r->rule),
		.relation = (uint32_t)r->nrelations,
		.nrelations = (uint32_t)e->nrelations,
	};
	b->rule->n++;
	for (size_t i = 0; i < e->nrelations; i++) {
		const struct relation *from = &e->relations[i];
		struct bound_relation to = {.op = from->op, .nleft = from->nleft, .nright = from->nright};

		to.left = (uint32_t)r->nterms;
		for (uint32_t k = 0; k < from->nleft; k++)
			if (!bind_ref(b, &e->refs[from->ref + k]))
				return false;
		to.right = (uint32_t)r->nterms;
		for (uint32_t k = 0; k < from->nright; k++)
			if (!bind_ref(b, &e->refs[from->ref + from->nleft + k]))
				return false;
		r->relation = grow(r->relation, r->nrelations, &r->relations_cap, sizeof *r->relation);
		r->relation[r->nrelations++] = to;
	}
	return true;
}

/* An instance a value column of the table whose rows have this dimension. */
static bool
bind_columns(struct binder *b)
{
	const struct forms *forms = b->rules->cells.forms;
	const struct form_row *row = NULL;
	struct span form = b->rule->form;

	for (size_t i = 0; i < forms->nrows && !row; i++)
		if (span_eq(forms->row[i].form, form) && span_eq(forms->row[i].dimension, b->scope_of))
			row = &forms->row[i];
	if (!row)
		return wrong(b, "no row of form '%.*s' has the columns '%.*s'", SPAN_ARG(form),
			SPAN_ARG(b->scope_of));
	for (size_t i = 0; i < forms->ncolumns; i++) {
		if (!span_eq(forms->column[i].form, form) || !span_eq(forms->column[i].table, row->table))
			continue;
		b->column = forms->column[i].column;
		if (!bind_instance(b))
			return false;
	}
	return true;
}

/* An instance a row with values of the table. */
static bool
bind_rows(struct binder *b)
{
	const struct forms *forms = b->rules->cells.forms;
	bool found = false;

	for (size_t i = 0; i < forms->nrows; i++) {
		b->row = &forms->row[i];
		if (!span_eq(b->row->form, b->rule->form) || !span_eq(b->row->table, b->scope_of) ||
			b->row->type == ROW_SECTION || b->row->type == ROW_GROUP)
			continue;
		found = true;
		if (!bind_instance(b))
			return false;
	}
	return found || wrong(b, "form '%.*s' has no table '%.*s'", SPAN_ARG(b->rule->form),
				SPAN_ARG(b->scope_of));
}

/* The cells that narrative() checks before this one hold against the text. */
static bool *
told_cells(const struct binder *b)
{
	const struct rules *r = b->rules;
	bool *told = xcalloc((size_t)r->cells.n + 1, sizeof *told);

	for (const struct rule *rule = r->rule; rule < b->rule; rule++) {
		if (rule->scope != RULE_CROSS_SOURCE || !(rule_of_any_form(rule) || span_eq(rule->form, b->rule->form)))
			continue;
		for (uint32_t i = rule->first; i < rule->first + rule->n; i++) {
			const struct bound_relation *bound = &r->relation[r->instance[i].relation];

			/* What cells come to says nothing of each. */
			for (uint32_t k = bound->left; bound->nleft + bound->nright == 2 && k < bound->right + bound->nright; k++)
				told[r->term[k].kind == TERM_CELL ? r->term[k].id : 0] = true;
		}
	}
	return told;
}

/* An instance `narrative(row) = row[column]` for a cell. */
static void
bind_told(const struct binder *b, uint32_t cell)
{
	struct rules *r = b->rules;
	struct bound_relation to = {OP_EQUAL, (uint32_t)r->nterms, (uint32_t)r->nterms + 1, 1, 1};

	r->instance = grow(r->instance, r->ninstances, &r->instances_cap, sizeof *r->instance);
	r->instance[r->ninstances++] = (struct instance){(uint32_t)(b->rule - r->rule), (uint32_t)r->nrelations, 1};
	b->rule->n++;
	for (int side = 0; side < 2; side++) {
		r->term = grow(r->term, r->nterms, &r->terms_cap, sizeof *r->term);
		r->term[r->nterms++] = (struct term){.kind = side ? TERM_CELL : TERM_NARRATIVE, .sign = '+',
			.id = side ? cell : r->cells.cell[cell].indicator};
	}
	r->relation = grow(r->relation, r->nrelations, &r->relations_cap, sizeof *r->relation);
	r->relation[r->nrelations++] = to;
}

/* An instance a cell of the form that no narrative() check before names. */
static bool
bind_cells(const struct binder *b)
{
	const struct cells *cells = &b->rules->cells;
	const struct forms *forms = cells->forms;
	bool *told;

	if (rule_of_any_form(b->rule))
		return wrong(b, "text_agrees(*) is for the cells of one form");
	told = told_cells(b);
	for (size_t i = 0; i < forms->nrows; i++) {
		const struct form_row *row = &forms->row[i];
		uint32_t indicator = names_find(&cells->indicators, row->indicator);

		if (!span_eq(row->form, b->rule->form) || row->type == ROW_SECTION || row->type == ROW_GROUP)
			continue;
		for (uint32_t column = 1; column <= cells->columns.n; column++) {
			uint32_t cell = cells_find(cells, indicator, column);

			if (cell && !told[cell])
				bind_told(b, cell);
			told[cell] = true;
		}
	}
	free(told);
	return true;
}

static bool
bind_scope(struct binder *b, struct span scope)
{
	struct span word = span_cut(&scope, ':');

	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		if (span_eq(word, span_str(scopes[i].name))) {
			b->rule->scope = scopes[i].scope;
			b->scope_of = scope;
			return true;
		}
	return wrong(b, "there is no scope '%.*s'", SPAN_ARG(word));
}

/* What a sentence gives is compared in three ways only (sentence.h). */
static bool
sentence_fits(const struct binder *b)
{
	const struct rules *r = b->rules;
	const struct bound_relation *bound = &r->relation[r->nrelations - 1];
	const struct term *t = &r->term[bound->left];
	uint32_t n = bound->nleft + bound->nright, sentence = 0;

	for (uint32_t i = 0; i < n; i++)
		sentence += t[i].kind == TERM_SENTENCE;
	if (sentence == 0)
		return true;
	if (sentence == n && bound->nleft == 1 && b->e->nrelations == 1 && b->rule->scope == RULE_CROSS_SOURCE) {
		if (n == 3 && bound->op == OP_EQUAL && t[0].id == PART_PERCENT && t[1].id == PART_PART &&
			t[2].id == PART_WHOLE && t[2].sign == '/')
			return true;
		if (n == 2 && bound->op == OP_EQUAL && t[0].id == PART_WHOLE && t[1].id == PART_SUM)
			return true;
		if (n == 2 && bound->op == OP_AT_MOST && ((t[0].id == PART_MIN_GROWTH && t[1].id == PART_GROWTH) ||
								 (t[0].id == PART_GROWTH && t[1].id == PART_MAX_GROWTH)))
			return true;
	}
	return wrong(b, "the parts of a sentence are compared as percent = part / whole, whole = sum_of_parts, "
			"min_growth_of_parts <= growth_of_whole or growth_of_whole <= max_growth_of_parts");
}

static bool
is_group(enum expression_kind kind)
{
	return kind >= EXPRESSION_SINGLE;
}

/* Whether the kind of the expression goes with the scope. */
static bool
scope_fits(const struct binder *b, enum expression_kind kind)
{
	enum rule_scope scope = b->rule->scope;

	if ((scope == RULE_PER_CELL) != (kind == EXPRESSION_INTEGER))
		return wrong(b, "integer(*) and the scope per_cell belong together");
	if ((scope == RULE_GROUP) != is_group(kind))
		return wrong(b, "the scope group is for the functions over the reports of a body");
	if (scope != RULE_CROSS_SOURCE && (kind == EXPRESSION_TEXT || kind == EXPRESSION_ONCE))
		return wrong(b, "text_agrees(*) and one_figure(*) need the scope cross_source");
	return true;
}

static bool
bind_plausible(const struct binder *b)
{
	struct term term;

	if (!bind_cell(b, &b->e->refs[0], &term))
		return false;
	b->rule->cell = term.id;
	return true;
}

static bool
bind_instances(struct binder *b)
{
	switch (b->rule->scope) {
	case RULE_CROSS_UNIT:
		return true;
	case RULE_PER_COLUMN:
		return bind_columns(b);
	case RULE_PER_ROW:
		return bind_rows(b);
	default:
		break;
	}
	switch (b->e->kind) {
	case EXPRESSION_TEXT:
		return bind_cells(b);
	case EXPRESSION_PLAUSIBLE:
		return bind_plausible(b);
	case EXPRESSION_RELATION:
		return bind_instance(b) && sentence_fits(b);
	default:
		return true;
	}
}

/* An equality of severity error says what the form is; all others are expectations. */
static bool
is_identity(const struct rule *rule, const struct expression *e)
{
	return e->kind == EXPRESSION_RELATION && e->nrelations == 1 && e->relations[0].op == OP_EQUAL &&
	       rule->severity == SEVERITY_ERROR &&
	       (rule->scope == RULE_SINGLE || rule->scope == RULE_PER_COLUMN || rule->scope == RULE_PER_ROW ||
		       rule->scope == RULE_CROSS_YEAR);
}

bool
bind_rule(struct rules *r, struct rule *rule, struct span scope, struct expression *e)
{
	struct binder b = {.rules = r, .rule = rule, .e = e};
	bool good = false;

	rule->first = (uint32_t)r->ninstances;
	rule->n = 0;
	if (!rule_of_any_form(rule) && !names_find(&r->cells.form_names, rule->form)) {
		wrong(&b, "there is no form '%.*s'", SPAN_ARG(rule->form));
	} else if (expression_read(rule->path, rule->line, rule->id, rule->expression, e) && bind_scope(&b, scope)) {
		rule->kind = e->kind;
		rule->identity = is_identity(rule, e);
		good = scope_fits(&b, e->kind) && bind_instances(&b);
	}
	return good;
}
