/*
 * verdicts: what the user says of findings (--verdicts): each confirmed or dismissed.
 *
 * The file has the column `verdict` and either `fingerprint` or the columns of a findings file it is made of.
 */
#ifndef VERDICTS_H
#define VERDICTS_H

#include <stdint.h>

#include "span.h"

enum verdict { VERDICT_NONE, VERDICT_CONFIRMED, VERDICT_DISMISSED };

/* What makes two findings the same one: the report, the check, the cell and both sides. */
enum mark {
	MARK_REGION,
	MARK_BODY_KIND,
	MARK_BODY,
	MARK_YEAR,
	MARK_CHECK,
	MARK_INDICATOR,
	MARK_COLUMN,
	MARK_LEFT,
	MARK_RIGHT,
	MARKS
};

/* The same on every machine, for users keep it. */
uint64_t verdicts_fingerprint(const struct span mark[MARKS]);

struct verdicts;

/* NULL, said, if the file is none: status 2. */
struct verdicts *verdicts_open(const char *path);
void verdicts_free(struct verdicts *v);

/* The verdict on the finding of that fingerprint; v may be NULL. */
enum verdict verdicts_find(const struct verdicts *v, uint64_t fingerprint);

#endif
