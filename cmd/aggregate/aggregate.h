/*
 * aggregate: a run: what was asked for, and the tables it works on.
 *
 * The keys of the first table hold, after the columns that are shown, those that keep facts apart
 * until they are worked on: split, reading, set, report, term, in this order.  Each step writes a
 * table with fewer of them: series_fold takes the last three away, rollup the reading.
 */
#ifndef AGGREGATE_H
#define AGGREGATE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "fact.h"
#include "filter.h"
#include "group/groups.h"
#include "partial.h"
#include "select/keys.h"
#include "select/selection.h"
#include "series.h"

struct rollup;
struct bounds;
struct members;
struct coverage;
struct reports;

enum prefer { PREFER_SOUND, PREFER_REPORTED, PREFER_PARTS };

struct aggregate {
	struct filter f;

	/* asked for */
	const char *by;
	const char *shard, *findings, *roster, *missing_from, *explain, *wide, *comparable;
	bool quantiles, bom, rollup, partial, merge, coverage, growth, rank, codebook, bounds, doubts, undoubted;
	enum prefer prefer;
	enum comparable worst; /* of the series taken */

	/* worked out before reading */
	struct keys keys;
	size_t nshown;     /* keys that are shown */
	bool headless;     /* the input had no header, and no record */
	size_t nkeys;      /* keys of a->groups as it is now */
	size_t region_key, year_key, split_key, reading_key, set_key, report_key,
		term_key; /* or SIZE_MAX */
	struct selection select;
	struct fact_places at;
	struct column *want; /* the reader looks at it as long as it reads */
	struct buf names, adopted, adopted_grade, scratch;

	struct regions *regions;
	struct partial sums;
	struct series *series;
	struct doubts *doubting; /* of --doubts and --undoubted; or NULL */
	struct rollup *up;
	struct coverage *cover;
	struct bounds *bound;
	struct reports *reports; /* what is in the sums; NULL where one that comes twice does no harm, or is wanted */
	struct members *members; /* of --growth, where a group may be of several regions */
	struct groups *groups;
	struct writer *explained; /* --explain: each fact, with why it does not count; or NULL */
	uint64_t counted;  /* facts that went into groups */
};

/* plan.c: what goes together, which keys there are, which columns are looked for; false, said, status 2. */
bool plan(struct aggregate *a);
bool plan_open(struct aggregate *a);
/* Says why if it is wrong; gives `wrong`. */
bool refuse(bool wrong, const char *why);

/* collect.c: reads all facts into a->groups; false, said and noted, if nothing may be written. */
bool collect(struct aggregate *a);

/* merge.c: what rows of partial sums say they are made of: their column `options`. */
void merge_describe(const struct aggregate *a, struct buf *out);
/* Whether the rows that are merged hold what is asked of them; false, said, if not: status 2. */
bool merge_fits(const struct aggregate *a);

/* output.c: writes the table, long or wide, with all columns asked for. */
void output(struct aggregate *a);
/* Writes the rows of partial sums. */
void output_partial(struct aggregate *a);

#endif
