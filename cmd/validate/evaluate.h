/*
 * evaluate: every check of a form over the cells of one report and of the report of the year before.
 */
#ifndef EVALUATE_H
#define EVALUATE_H

#include <stdbool.h>
#include <stdint.h>

#include "body.h"
#include "decimal.h"
#include "finding.h"
#include "rules.h"

/* The facts of a report by cell, and those of its prose by indicator; each plus 1, 0 for none. */
struct view {
	const struct report *report; /* NULL: there is none */
	uint32_t *cell;
	uint32_t *prose;
};

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
	struct decimal_sum left, right;
	bool left_known, right_known;
	size_t message, nmessage; /* in text */
	size_t repair, nrepair;
};

struct evaluator {
	const struct rules *rules;
	struct body *body;
	struct findings *findings;
	enum finding_lang lang;
	struct view now, before;
	bool silent;            /* of a duplicate: its grades are found, nothing is said */
	bool *failed;           /* by rule: failed on the report at hand */
	struct broken *broken;
	size_t nbroken, broken_cap;
	struct buf text;
	uint64_t held, idle, open; /* checks, for --stats */
};

void evaluator_init(struct evaluator *e, const struct rules *rules, struct body *body,
	struct findings *findings, enum finding_lang lang);
void evaluator_release(struct evaluator *e);

/* Evaluates all checks of the report; `before` is that of the year before, or NULL. */
void evaluate_report(struct evaluator *e, const struct report *report, const struct report *before);

/* For what finds more in a report (prose, groups): notes a failure to be said with the others. */
struct broken *evaluate_break(struct evaluator *e, uint32_t rule, uint32_t fact);

/* For repair and tests: one relation's outcome with both sides. */
enum outcome evaluate_relation(const struct evaluator *e, const struct bound_relation *relation,
	uint32_t prose, struct side *left, struct side *right);

#endif
