/*
 * evaluate: every check of a form over the cells of one report and of the report of the year before.
 */
#ifndef EVALUATE_H
#define EVALUATE_H

#include "evaluator.h"

/* False, said, if a table cannot be used: status 2. */
bool evaluate_init(struct evaluator *e, const struct rules *rules, struct body *body,
	struct findings *findings, enum finding_lang lang, const char *tables);
void evaluate_release(struct evaluator *e);

/* Evaluates all checks of the report; `before` is that of the year before, or NULL. */
void evaluate_report(struct evaluator *e, const struct report *report, const struct report *before);

/* Forgets the reports of the body: the next one has others at the same addresses. */
void evaluate_forget(struct evaluator *e);

#endif
