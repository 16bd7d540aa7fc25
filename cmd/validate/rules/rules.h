/*
 * rules: the checks of checks.csv bound to the cells of the forms, ready to be evaluated.
 *
 * A check that speaks of the column or the row at hand becomes one instance a column or row, so that
 * evaluating knows nothing but cells.
 */
#ifndef RULES_H
#define RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cells.h"
#include "expression.h"
#include "span.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITIES };

extern const char *const severity_names[SEVERITIES];

/* The severity of that name; false if it is none. */
bool severity_parse(struct span name, enum severity *severity);

enum rule_scope {
	RULE_SINGLE,
	RULE_PER_CELL,
	RULE_PER_COLUMN,
	RULE_PER_ROW,
	RULE_CROSS_YEAR,
	RULE_CROSS_SOURCE,
	RULE_CROSS_UNIT, /* children(): evaluated by aggregate */
	RULE_GROUP,      /* the reports of one body */
};

enum term_kind {
	TERM_CELL,
	TERM_PREV,
	TERM_NUMBER,
	TERM_NARRATIVE, /* `id` is an indicator */
	TERM_META,      /* `id` is an enum meta_field */
	TERM_SENTENCE,  /* `id` is an enum sentence_part */
};

enum meta_field {
	META_TITLE_YEAR,
	META_PERIOD_YEAR,
	META_FILING_UNIT,
	META_PUBLISHER,
	META_FORM_BY_CONTENT,
	META_FORM_BY_YEAR,
	META_FIELDS,
};

/* What a sentence gives, for the checks inside prose. */
enum sentence_part {
	PART_PERCENT,
	PART_PART,
	PART_WHOLE,
	PART_SUM,        /* sum_of_parts */
	PART_GROWTH,     /* growth_of_whole */
	PART_MIN_GROWTH, /* min_growth_of_parts */
	PART_MAX_GROWTH, /* max_growth_of_parts */
	PARTS,
};

struct term {
	enum term_kind kind;
	char sign;        /* '+', '-', '/' */
	uint32_t id;      /* cell, indicator, field or part */
	int64_t number;   /* TERM_NUMBER: it; TERM_NARRATIVE: the indicator `.total` of the group, 0: none */
};

struct bound_relation {
	enum relation_op op;
	uint32_t left, right; /* places of their first terms */
	uint32_t nleft, nright;
};

/* One check over particular cells. */
struct instance {
	uint32_t rule;
	uint32_t relation; /* place of the first: conditions, then the consequence */
	uint32_t nrelations;
};

struct rule {
	struct span id, form, expression, when_id, holds, breaks, open;
	enum severity severity;
	enum rule_scope scope;
	enum expression_kind kind;
	bool identity;        /* an equality whose holding proves its cells */
	uint32_t when;        /* place of the rule that must have failed, plus 1; 0: none */
	uint32_t cell;        /* plausible(cell) */
	const char *path;     /* where it stands */
	size_t line;
	uint32_t first, n;    /* its instances */
};

struct rules {
	struct cells cells;
	struct rule *rule;
	size_t n, cap;
	struct instance *instance;
	size_t ninstances, instances_cap;
	struct bound_relation *relation;
	size_t nrelations, relations_cap;
	struct term *term;
	size_t nterms, terms_cap;
	/* By number of the form name (0: a form without rows): the rules that hold for it, in their order. */
	uint32_t **of_form;
	uint32_t *nof_form;
	/* own */
	struct table **tables;
	size_t ntables;
};

/*
 * Loads the checks (of `tables` before those linked in) and then the user's files, whose checks replace
 * those of the same id and else come last.  NULL, said with file and line, if one is no check: status 2.
 */
struct rules *rules_load(const char *tables, char *const *files, size_t nfiles);
void rules_free(struct rules *r);

/* A check of form `all` holds for every form. */
static inline bool
rule_of_any_form(const struct rule *rule)
{
	return span_eq(rule->form, SPAN("all"));
}

/* The row of a form that an indicator is, else of any form, else NULL. */
const struct form_row *rules_row(const struct rules *r, struct span form, uint32_t indicator);

#endif
