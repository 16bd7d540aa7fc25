/*
 * evaluator: what all checks of a report work on: its cells and those of the year before, the values of a
 * relation, and what has failed so far.
 */
#ifndef EVALUATOR_H
#define EVALUATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "body/body.h"
#include "body/view.h"
#include "decimal.h"
#include "document.h"
#include "finding/finding.h"
#include "rules/rules.h"
#include "sentence.h"

enum outcome {
	OUTCOME_OPEN,  /* not assessable */
	OUTCOME_HOLDS,
	OUTCOME_IDLE,  /* a condition does not hold, so nothing is asked */
	OUTCOME_BROKEN,
};

/* A side of a relation over the cells. */
struct side {
	struct decimal_sum sum;
	uint32_t numbers;
	bool missing, about;
};

/* A check that failed on the report at hand. */
struct broken {
	uint32_t rule, instance;
	uint32_t fact;          /* where it is said */
	uint32_t prose;         /* the prose fact compared, plus 1 */
	uint32_t other;         /* a second fact that is part of it, plus 1 */
	uint32_t items, items_end; /* figures of a sentence that are part of it */
	struct decimal_sum left, right;
	bool left_known, right_known;
	size_t message, nmessage; /* in notes; empty: made from the instance */
	size_t repair, nrepair;
	size_t likely, nlikely;   /* the repair in words */
};

/* The values of a cell over the reports of a body that stand, oldest first. */
enum { SERIES_YEARS = 64 };
struct series {
	uint32_t *fact;      /* by report and cell: plus 1, 0 for none */
	uint32_t report[SERIES_YEARS];
	uint32_t n;
};

struct evaluator {
	const struct rules *rules;
	struct body *body;
	struct findings *findings;
	enum finding_lang lang;
	struct view now, before;
	int sheet;              /* which sheet of the report is at hand, from 0 */
	struct series series;
	struct editions editions;
	struct sentences sentences;
	bool silent;            /* grades are found, nothing is said: of the examples of rules */
	bool versions;          /* the body has a report for which another stands, */
	bool again;             /* and this is one: a finding of that other is not said again */
	enum outcome *outcome;  /* by rule, for the examples of rules; else NULL */
	bool *failed;           /* by rule: failed on the report at hand */
	struct broken *broken;
	size_t nbroken, broken_cap;
	struct buf text, notes;
	uint64_t held, idle, open; /* checks, for --stats */
};

/* The fact of a cell in a report of the series: plus 1, 0 for none. */
static inline uint32_t *
series_at(const struct evaluator *e, uint32_t report, uint32_t cell)
{
	return &e->series.fact[(size_t)report * (e->rules->cells.n + 1) + cell];
}

/* One relation's outcome with both sides; `prose` is the prose fact that narrative() stands for, plus 1. */
enum outcome evaluator_relation(const struct evaluator *e, const struct bound_relation *relation,
	uint32_t prose, struct side *left, struct side *right);

/* As that, of all relations of an instance: where a condition before the last does not hold, nothing is asked. */
enum outcome evaluator_outcome(const struct evaluator *e, const struct instance *instance, uint32_t prose,
	struct side *left, struct side *right);

/* Its first term of that kind, or NULL. */
const struct term *evaluator_term(const struct evaluator *e, const struct instance *instance, enum term_kind kind);

/* The fact a finding points at: the prose fact, else the first cell of the consequence that is on this report's page. */
uint32_t evaluator_fact(const struct evaluator *e, const struct instance *instance, uint32_t prose);

/* Notes a failure of the rule at a fact, to be said with the others; lent until the next one. */
struct broken *evaluator_break(struct evaluator *e, uint32_t rule, uint32_t fact);

/* Notes a failure of an instance, by its number, with the two sides that were found. */
void evaluator_break_instance(struct evaluator *e, uint32_t at, uint32_t prose, const struct side *left,
	const struct side *right);

/* The text added to e->notes since `from` is the message of the failure. */
void evaluator_say(struct evaluator *e, struct broken *b, size_t from);

#endif
