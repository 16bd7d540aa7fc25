#include "rules.h"

#include <stdlib.h>

#include "binder.h"
#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_checks);

const char *const severity_names[SEVERITIES] = {"info", "warning", "error"};

bool
severity_parse(struct span name, enum severity *severity)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (span_eq(name, span_str(severity_names[i]))) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

const struct form_row *
rules_row(const struct rules *r, struct span form, uint32_t indicator)
{
	struct span name = r->cells.indicators.name[indicator];
	const struct form_row *row = forms_row(r->cells.forms, form, name);

	return row ? row : forms_any_row(r->cells.forms, name);
}

static bool
add_table(struct rules *r, struct table *t, struct span **scope, size_t *scope_cap)
{
	size_t id = table_column(t, "id"), form = table_column(t, "form"), at;
	size_t severity = table_column(t, "severity"), expression = table_column(t, "expression");
	size_t where = table_column(t, "scope"), when = table_find(t, "when");
	size_t holds = table_find(t, "holds"), breaks = table_find(t, "breaks"), open = table_find(t, "open");

	for (size_t i = 0; i < t->nrows; i++) {
		struct rule rule = {
			.id = table_cell(t, i, id),
			.form = table_cell(t, i, form),
			.expression = table_cell(t, i, expression),
			.when_id = table_cell_if(t, i, when),
			.holds = table_cell_if(t, i, holds),
			.breaks = table_cell_if(t, i, breaks),
			.open = table_cell_if(t, i, open),
			.path = t->path,
			.line = t->line[i],
		};

		if (rule.id.n == 0 || memchr(rule.id.p, ' ', rule.id.n)) {
			warn("%s:%zu: a check needs an id without blanks", t->path, rule.line);
			return false;
		}
		if (!severity_parse(table_cell(t, i, severity), &rule.severity)) {
			warn("%s:%zu: check '%.*s': '%.*s' is no severity", t->path, rule.line, SPAN_ARG(rule.id),
				SPAN_ARG(table_cell(t, i, severity)));
			return false;
		}
		for (at = 0; at < r->n && !span_eq(r->rule[at].id, rule.id); at++)
			;
		if (at < r->n && r->rule[at].path == t->path) {
			warn("%s:%zu: check '%.*s' stands twice", t->path, rule.line, SPAN_ARG(rule.id));
			return false;
		}
		if (at == r->n) {
			r->rule = grow(r->rule, r->n, &r->cap, sizeof *r->rule);
			*scope = grow(*scope, r->n, scope_cap, sizeof **scope);
			r->n++;
		}
		r->rule[at] = rule;
		(*scope)[at] = table_cell(t, i, where);
	}
	return true;
}

/* `when` is "<id> fails". */
static bool
bind_when(struct rules *r, struct rule *rule)
{
	struct span id = rule->when_id;

	if (id.n == 0)
		return true;
	if (span_ends(id, SPAN(" fails"))) {
		id = span_trim(span_of(id.p, id.n - 6));
		for (size_t i = 0; i < r->n && &r->rule[i] != rule; i++)
			if (span_eq(r->rule[i].id, id)) {
				rule->when = (uint32_t)i + 1;
				return true;
			}
		warn("%s:%zu: check '%.*s': there is no check '%.*s' before it", rule->path, rule->line,
			SPAN_ARG(rule->id), SPAN_ARG(id));
		return false;
	}
	warn("%s:%zu: check '%.*s': '%.*s' does not say '<id> fails'", rule->path, rule->line,
		SPAN_ARG(rule->id), SPAN_ARG(id));
	return false;
}

static void
index_forms(struct rules *r)
{
	uint32_t nforms = r->cells.form_names.n + 1;

	r->of_form = xcalloc(nforms, sizeof *r->of_form);
	r->nof_form = xcalloc(nforms, sizeof *r->nof_form);
	for (uint32_t f = 0; f < nforms; f++) {
		r->of_form[f] = xcalloc(r->n + 1, sizeof **r->of_form);
		for (size_t i = 0; i < r->n; i++)
			if (rule_of_any_form(&r->rule[i]) || (f && span_eq(r->rule[i].form, r->cells.form_names.name[f])))
				r->of_form[f][r->nof_form[f]++] = (uint32_t)i;
	}
}

struct rules *
rules_load(const char *tables, char *const *files, size_t nfiles)
{
	struct rules *r = xcalloc(1, sizeof *r);
	struct forms *forms = forms_load(tables);
	struct units *units = units_load(tables);
	struct expression e = EXPRESSION_INIT;
	struct span *scope = NULL;
	size_t scope_cap = 0;
	bool good = forms && units;

	if (good) {
		cells_load(&r->cells, forms, units);
	} else {
		forms_free(forms);
		units_free(units);
	}
	r->tables = xcalloc(nfiles + 1, sizeof *r->tables);
	for (size_t i = 0; good && i <= nfiles; i++) {
		r->tables[i] = i ? table_open(files[i - 1]) : table_load(TABLE_SOURCE(forms, checks), tables);
		r->ntables = i + 1;
		good = r->tables[i] && add_table(r, r->tables[i], &scope, &scope_cap);
	}
	for (size_t i = 0; good && i < r->n; i++)
		good = bind_rule(r, &r->rule[i], scope[i], &e) && bind_when(r, &r->rule[i]);
	if (good)
		index_forms(r);
	expression_release(&e);
	free(scope);
	if (!good) {
		rules_free(r);
		return NULL;
	}
	return r;
}

void
rules_free(struct rules *r)
{
	if (!r)
		return;
	for (uint32_t f = 0; r->of_form && f <= r->cells.form_names.n; f++)
		free(r->of_form[f]);
	free(r->of_form);
	free(r->nof_form);
	if (r->cells.forms)
		cells_release(&r->cells);
	for (size_t i = 0; i < r->ntables; i++)
		table_free(r->tables[i]);
	free(r->tables);
	free(r->rule);
	free(r->instance);
	free(r->relation);
	free(r->term);
	free(r);
}
