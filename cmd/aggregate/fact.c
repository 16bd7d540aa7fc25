#include "fact.h"

#include "intern.h"

static const struct {
	const char *name, *stage;
} columns[FACT_COLUMNS] = {
	[FACT_REGION] = {"region", "classify"},
	[FACT_BODY_KIND] = {"body_kind", "classify"},
	[FACT_BODY] = {"body", "classify"},
	[FACT_YEAR] = {"year", "classify"},
	[FACT_LEVEL] = {"level", "classify"},
	[FACT_SCOPE] = {"scope", "classify"},
	[FACT_FORM] = {"form", "classify"},
	[FACT_INDICATOR] = {"indicator", "classify"},
	[FACT_COLUMN] = {"column", "classify"},
	[FACT_VALUE] = {"value", "classify"},
	[FACT_UNIT] = {"unit", "classify"},
	[FACT_STATE] = {"state", "classify"},
	[FACT_ORIGIN] = {"origin", "classify"},
	[FACT_ROLE] = {"role", "classify"},
	[FACT_SOURCE] = {"source", "classify"},
	[FACT_TABLE] = {"table", "classify"},
	[FACT_ROW] = {"row", "classify"},
	[FACT_COL] = {"col", "classify"},
	[FACT_LINE] = {"line", "classify"},
	[FACT_GRADE] = {"grade", "validate"},
	[FACT_CHECKS] = {"checks", "validate"},
	[FACT_WEIGHT] = {"count", "aggregate --partial"},
	[FACT_SHARD] = {"shard", "aggregate --partial"},
	[FACT_FACTS] = {"facts", "aggregate --partial"},
	[FACT_OPTIONS] = {"options", "aggregate --partial"},
	[FACT_TABLES] = {"tables", "aggregate --partial"},
	[FACT_VERSION] = {"version", "aggregate --partial"},
};

const char *
fact_column_name(enum fact_column c)
{
	return columns[c].name;
}

const char *
fact_column_stage(enum fact_column c)
{
	return columns[c].stage;
}

struct span
fact_report(struct buf *key, const struct fact_places *at, const struct record *rec)
{
	static const enum fact_column columns_of[FACT_REPORT_PARTS] = {[FACT_REPORT_REGION] = FACT_REGION,
		[FACT_REPORT_YEAR] = FACT_YEAR, [FACT_REPORT_BODY_KIND] = FACT_BODY_KIND, [FACT_REPORT_BODY] = FACT_BODY,
		[FACT_REPORT_SCOPE] = FACT_SCOPE, [FACT_REPORT_FORM] = FACT_FORM, [FACT_REPORT_SOURCE] = FACT_SOURCE};
	struct span part[FACT_REPORT_PARTS];

	for (size_t i = 0; i < FACT_REPORT_PARTS; i++)
		part[i] = fact_field(at, rec, columns_of[i]);
	return intern_joined(key, part, FACT_REPORT_PARTS);
}

void
fact_report_parts(struct span report, struct span part[FACT_REPORT_PARTS])
{
	for (size_t i = 0; i < FACT_REPORT_PARTS; i++)
		part[i] = span_cut(&report, '\0');
}
