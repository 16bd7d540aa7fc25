/*
 * fact: the columns of a fact (or of a row of partial sums) that aggregate looks at, by place.
 */
#ifndef FACT_H
#define FACT_H

#include "buf.h"
#include "reader.h"

enum fact_column {
	FACT_REGION,
	FACT_BODY_KIND,
	FACT_BODY,
	FACT_YEAR,
	FACT_LEVEL,
	FACT_SCOPE,
	FACT_FORM,
	FACT_INDICATOR,
	FACT_COLUMN,
	FACT_VALUE,
	FACT_UNIT,
	FACT_STATE,
	FACT_ORIGIN,
	FACT_ROLE,
	FACT_SOURCE,
	FACT_TABLE,
	FACT_ROW,
	FACT_COL,
	FACT_LINE,
	FACT_GRADE,
	FACT_CHECKS,
	FACT_WEIGHT, /* `count`, of partial sums */
	FACT_SHARD,
	FACT_FACTS,
	FACT_OPTIONS,
	FACT_TABLES,
	FACT_VERSION,
	FACT_COLUMNS,
};

/* The name of a column, and the filter that writes it. */
const char *fact_column_name(enum fact_column c);
const char *fact_column_stage(enum fact_column c);

/* Where each column stands in a record, or NO_COLUMN. */
struct fact_places {
	size_t at[FACT_COLUMNS];
};

static inline struct span
fact_field(const struct fact_places *places, const struct record *rec, enum fact_column c)
{
	size_t i = places->at[c];

	return i == NO_COLUMN ? (struct span){NULL, 0} : rec->field[i];
}

/* What tells a report from every other. */
enum fact_report_part {
	FACT_REPORT_REGION,
	FACT_REPORT_YEAR,
	FACT_REPORT_BODY_KIND,
	FACT_REPORT_BODY,
	FACT_REPORT_SCOPE,
	FACT_REPORT_FORM,
	FACT_REPORT_SOURCE,
	FACT_REPORT_PARTS,
};

/* The report a fact is of, as one text; it stands in `key` until that is used again. */
struct span fact_report(struct buf *key, const struct fact_places *at, const struct record *rec);

/* Takes that text apart again: the parts lie in it. */
void fact_report_parts(struct span report, struct span part[FACT_REPORT_PARTS]);

#endif
