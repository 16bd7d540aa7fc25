/*
 * group: the reports of one body side by side: which of several stands for a year, and what a report
 * looks like among the years.
 */
#ifndef GROUP_H
#define GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "body/territory.h"
#include "evaluator.h"

/*
 * Decides for every year of the body which report stands, marks the facts of the others as duplicates and
 * collects the series of those that stand.  `territory` holds what the
 * bodies before gave of the region's own figures; NULL for a body that does not give them.
 */
void group_choose(struct evaluator *e, struct territory *territory);

/* group_checks.c: evaluates a check over the reports of the body for the report at hand. */
void group_check(struct evaluator *e, uint32_t rule);

/* True if a failure of the rule is said of a report for which another one stands. */
bool group_of_duplicates(const struct rule *rule);

#endif
