#include "example.h"

#include <stdio.h>
#include <stdlib.h>

#include "body/body.h"
#include "check/evaluate.h"
#include "check/group.h"

/* The facts of an example are records like any other, with the columns in their own order. */
struct examples {
	const struct rules *rules;
	struct body body;
	struct findings findings;
	struct evaluator evaluator;
	struct span field[FACT_COLUMNS];
	struct buf line;
	const struct rule *rule;
	struct span form;
	const char *year, *prev_year;
	size_t n, wrong;
};

static bool
bad(const struct examples *x, struct span text)
{
	warn("%s:%zu: check '%.*s': '%.*s' is no part of an example", x->rule->path, x->rule->line,
		SPAN_ARG(x->rule->id), SPAN_ARG(text));
	return false;
}

/* False if the value of the fact is no number. */
static bool
add_fact(struct examples *x)
{
	struct record rec = {.field = x->field, .nfields = FACT_COLUMNS};

	buf_reset(&x->line);
	for (size_t i = 0; i < FACT_COLUMNS; i++) {
		if (i)
			buf_add_char(&x->line, ',');
		buf_add_span(&x->line, x->field[i]);
	}
	rec.line = buf_span(&x->line);
	return body_add(&x->body, &rec) == NULL;
}

/* `name(inner)` gives inner; else the empty span. */
static struct span
inside(struct span text, struct span name)
{
	if (!span_starts(text, name) || !span_ends(text, SPAN(")")))
		return SPAN("");
	return span_of(text.p + name.n, text.n - name.n - 1);
}

static void
set_value(struct examples *x, struct span value)
{
	bool blank = span_eq(value, SPAN("blank"));

	x->field[COL_VALUE] = blank ? SPAN("") : value;
	x->field[COL_STATE] = blank ? SPAN("blank") : SPAN("number");
}

static bool
add_meta(struct examples *x, struct span field, struct span value)
{
	char name[64];
	struct decimal year;

	if (span_eq(field, SPAN("form_by_content"))) {
		x->form = value;
		return true;
	}
	if (span_eq(field, SPAN("form_by_year"))) {
		/* The examples give a year whose form it is. */
		if (decimal_parse(value, &year) != DECIMAL_GOOD)
			return bad(x, value);
		x->field[COL_YEAR] = value;
		x->field[COL_FORM] = x->form;
		x->field[COL_INDICATOR] = SPAN("report");
		x->field[COL_ORIGIN] = SPAN("page");
		set_value(x, SPAN("1"));
		return add_fact(x);
	}
	snprintf(name, sizeof name, "report.%.*s", SPAN_ARG(field));
	x->field[COL_INDICATOR] = span_str(name);
	x->field[COL_ORIGIN] = SPAN("page");
	x->field[COL_ROLE] = SPAN("");
	x->field[COL_LABEL] = value;
	set_value(x, SPAN("blank"));
	return add_fact(x);
}

/* One `ref=value` as a fact. */
static bool
add_part(struct examples *x, struct span text)
{
	struct span rest = text, ref = span_cut(&rest, '='), value = rest, code, column, inner;
	bool prev = span_ends(ref, SPAN("@prev"));

	if (value.n == 0)
		return bad(x, text);
	if (prev)
		ref.n -= 5;
	for (size_t i = 0; i < FACT_COLUMNS; i++)
		x->field[i] = SPAN("");
	x->field[COL_REGION] = SPAN("000000");
	x->field[COL_BODY_KIND] = SPAN("other");
	x->field[COL_BODY] = x->rule->id;
	x->field[COL_FORM] = x->form;
	x->field[COL_YEAR] = span_str(prev ? x->prev_year : x->year);
	x->field[COL_SOURCE] = x->field[COL_YEAR];
	x->field[COL_ROLE] = SPAN("main");
	x->field[COL_ORIGIN] = SPAN("table");
	x->field[COL_GRID] = SPAN("proved");
	inner = inside(ref, SPAN("meta("));
	if (inner.n)
		return add_meta(x, inner, value);
	inner = inside(ref, SPAN("narrative("));
	if (inner.n) {
		x->field[COL_ORIGIN] = SPAN("prose");
		ref = inner;
	}
	column = ref;
	code = span_cut(&column, '[');
	if (column.p && !span_ends(column, SPAN("]")))
		return bad(x, text);
	x->field[COL_INDICATOR] = code;
	x->field[COL_COLUMN] = column.p ? span_of(column.p, column.n - 1) : SPAN("value");
	if (!names_find(&x->rules->cells.indicators, code))
		return bad(x, text);
	set_value(x, value);
	return add_fact(x) || bad(x, text);
}

static const char *
outcome_name(enum outcome outcome)
{
	return outcome == OUTCOME_BROKEN ? "breaks" : outcome == OUTCOME_OPEN ? "is open" : "holds";
}

static bool
run_example(struct examples *x, struct span text, enum outcome want)
{
	struct span rest = text;
	enum outcome have;
	uint32_t rule = (uint32_t)(x->rule - x->rules->rule);

	body_reset(&x->body);
	x->form = span_eq(x->rule->form, SPAN("all")) ? SPAN("prose") : x->rule->form;
	while (rest.n) {
		struct span part = span_cut(&rest, ' ');

		if (part.n && !add_part(x, part))
			return false;
	}
	body_close(&x->body);
	group_choose(&x->evaluator, NULL);
	x->evaluator.outcome[rule] = OUTCOME_OPEN;
	for (size_t i = 0; i < x->body.nreports; i++) {
		const struct report *before = NULL;

		for (size_t k = 0; k < x->body.nreports; k++)
			if (x->body.report[k].year == x->body.report[i].year - 1)
				before = &x->body.report[k];
		/* What the example is about is the year at hand. */
		if (before || x->body.nreports == 1)
			evaluate_report(&x->evaluator, &x->body.report[i], before);
	}
	evaluate_forget(&x->evaluator);
	have = x->evaluator.outcome[rule];
	x->n++;
	if (have != want) {
		warn("%s:%zu: check '%.*s': '%.*s' %s", x->rule->path, x->rule->line, SPAN_ARG(x->rule->id),
			SPAN_ARG(text), message(outcome_name(have)));
		x->wrong++;
	}
	return true;
}

static bool
run_examples(struct examples *x, struct span list, enum outcome want)
{
	while (list.n) {
		struct span example = span_trim(span_cut(&list, ';'));

		if (example.n && !run_example(x, example, want))
			return false;
	}
	return true;
}

enum status
examples_run(const struct rules *rules, const char *path, const char *tables)
{
	struct examples x = {.rules = rules, .year = "2020", .prev_year = "2019"};
	bool good;

	body_init_columns(&x.body, &rules->cells);
	x.findings = (struct findings){.rules = rules};
	good = evaluate_init(&x.evaluator, rules, &x.body, &x.findings, LANG_EN, tables);
	x.evaluator.silent = true;
	x.evaluator.outcome = xcalloc(rules->n + 1, sizeof *x.evaluator.outcome);
	for (size_t i = 0; good && i < rules->n; i++) {
		x.rule = &rules->rule[i];
		if (strcmp(x.rule->path, path) != 0)
			continue;
		good = run_examples(&x, x.rule->holds, OUTCOME_HOLDS) &&
		       run_examples(&x, x.rule->breaks, OUTCOME_BROKEN) &&
		       run_examples(&x, x.rule->open, OUTCOME_OPEN);
	}
	if (good)
		note("%s: %zu examples, %zu not as said", path, x.n, x.wrong);
	evaluate_release(&x.evaluator);
	findings_release(&x.findings);
	body_release(&x.body);
	buf_release(&x.line);
	return !good ? STATUS_USAGE : x.wrong ? STATUS_FINDINGS : STATUS_OK;
}
