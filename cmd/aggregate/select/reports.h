/*
 * reports: which reports are in the sums, so that one which comes a second time is said.
 *
 * A file of facts that is named twice, or last night's beside tonight's, doubles what it holds, and no figure shows it.
 * A report is known by the fact that opens it; facts without theirs, as grep leaves them, are not looked at.
 *
 * Memory: some 80 bytes a report.
 */
#ifndef REPORTS_H
#define REPORTS_H

#include <stdbool.h>
#include <string.h>

#include "fact.h"

struct reports;

struct reports *reports_new(void);
void reports_free(struct reports *r);

/* Whether a fact opens a report. */
static inline bool
reports_opens(const struct fact_places *at, const struct record *rec)
{
	size_t i = at->at[FACT_INDICATOR];

	return i != NO_COLUMN && rec->field[i].n == 6 && memcmp(rec->field[i].p, "report", 6) == 0;
}

/* Notes a fact that opens a report and goes into the sums; true if the report is there already. */
bool reports_again(struct reports *r, const struct fact_places *at, const struct record *rec);

#endif
