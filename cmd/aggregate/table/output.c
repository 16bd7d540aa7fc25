/* output: the finished table as CSV, long or wide; and the rows of partial sums. */
#include <stdlib.h>

#include "aggregate.h"
#include "bounds.h"
#include "derive.h"
#include "group/order.h"
#include "rollup/coverage.h"
#include "rollup/rollup.h"
#include "statistics.h"
#include "wide.h"

enum { AHEAD = 8 }; /* groups that are fetched before they are written */

/* The groups in the order of their keys. */
static uint32_t *
in_order(const struct aggregate *a)
{
	uint32_t **rank = xcalloc(a->nkeys + 1, sizeof *rank), *nrank = xcalloc(a->nkeys + 1, sizeof *nrank);
	uint32_t *order;

	for (size_t i = 0; i < a->nkeys; i++) {
		rank[i] = intern_ranks(&a->keys.key[i].texts);
		nrank[i] = a->keys.key[i].texts.n;
	}
	order = order_groups(a->groups, a->nkeys, rank, nrank);
	for (size_t i = 0; i < a->nkeys; i++)
		free(rank[i]);
	free(rank);
	free(nrank);
	return order;
}

/* The names of the first n keys; true if there were any. */
static bool
header_keys(struct aggregate *a, size_t n)
{
	struct writer *w = a->f.out;
	bool any = false;

	writer_raw(w, reader_key(a->f.in));
	for (size_t i = 0; i < n; i++) {
		if (!key_is_shown(&a->keys.key[i]))
			continue;
		if (any)
			writer_char(w, ',');
		any = true;
		writer_field(w, a->keys.key[i].name);
		/* An input without a single byte lacks them only because it lacks a header. */
		if (a->headless && span_eq(a->keys.key[i].name, SPAN("indicator")) &&
			keys_find(&a->keys, SPAN("column")) == SIZE_MAX)
			writer_raw(w, SPAN(",column,unit"));
	}
	return any;
}

static void
row_keys(struct aggregate *a, uint32_t g, size_t n)
{
	struct writer *w = a->f.out;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		struct span text = intern_text(&a->keys.key[i].texts, groups_id(a->groups, g, i));

		if (!key_is_shown(&a->keys.key[i])) {
			writer_raw(w, text);
			continue;
		}
		if (any)
			writer_char(w, ',');
		any = true;
		writer_field(w, text);
	}
}

static void
write_covered(struct writer *w, struct covered c)
{
	const uint32_t all[] = {c.expected, c.found, c.parsed, c.valid};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		writer_char(w, ',');
		writer_uint(w, all[i]);
	}
}

static void
write_reading(struct writer *w, const struct reading *r)
{
	static const struct span names[] = {[BASIS_NONE] = {"none", 4}, [BASIS_REPORTED] = {"reported", 8},
		[BASIS_PARTS] = {"parts", 5}};

	writer_char(w, ',');
	if (r->has_reported)
		statistics_decimal(w, r->reported);
	writer_char(w, ',');
	if (r->has_parts)
		statistics_sum(w, r->parts);
	writer_char(w, ',');
	writer_uint(w, r->parts_n);
	writer_char(w, ',');
	writer_uint(w, r->parts_expected);
	writer_char(w, ',');
	if (r->parts_expected)
		statistics_ratio(w, (struct decimal_sum){r->parts_n}, (struct decimal_sum){r->parts_expected});
	writer_char(w, ',');
	writer_raw(w, names[r->basis]);
}

/* The sum with what its missing cells come to: nothing is said of a sum of nothing that nothing bounds. */
static void
write_bound(struct writer *w, const struct tally *t, struct bound b)
{
	bool low = !b.no_low && decimal_sum_merge(&b.low, t->sum) && (t->n > 0 || !b.no_high || b.low.units > 0);
	bool high = !b.no_high && decimal_sum_merge(&b.high, t->sum);

	writer_char(w, ',');
	if (low)
		statistics_sum(w, b.low);
	writer_char(w, ',');
	if (high)
		statistics_sum(w, b.high);
}

static void
header_long(struct aggregate *a)
{
	struct writer *w = a->f.out;

	header_keys(a, a->nshown);
	statistics_header(w, a->quantiles);
	if (a->doubts)
		writer_raw(w, SPAN(",doubted"));
	if (a->rollup)
		writer_raw(w, SPAN(",reported,parts,parts_n,parts_expected,coverage,basis"));
	if (a->bound)
		writer_raw(w, SPAN(",lower,upper"));
	if (a->split_key != SIZE_MAX)
		writer_raw(w, SPAN(",split"));
	if (a->series)
		writer_raw(w, SPAN(",break"));
	if (a->cover)
		writer_raw(w, SPAN(",expected,found,parsed,valid"));
	derived_header(a, w);
	writer_char(w, '\n');
}

static void
row_long(struct aggregate *a, const struct derived *derived, uint32_t g)
{
	struct writer *w = a->f.out;
	struct tally t = groups_tally(a->groups, g);

	row_keys(a, g, a->nshown);
	statistics_write(w, &t);
	if (a->quantiles) {
		struct values values = groups_values(a->groups, g);

		statistics_quantiles(w, &values);
	}
	if (a->doubts) {
		writer_char(w, ',');
		writer_uint(w, t.doubted);
	}
	if (a->rollup)
		write_reading(w, rollup_of(a->up, g));
	if (a->bound)
		write_bound(w, &t, bounds_of(a->bound, g));
	if (a->split_key != SIZE_MAX) {
		writer_char(w, ',');
		writer_uint(w, groups_id(a->groups, g, a->split_key) ? (uint64_t)t.n + t.missing : 0);
	}
	if (a->series)
		writer_raw(w, t.across ? SPAN(",1") : SPAN(",0"));
	if (a->cover) {
		struct span year = {NULL, 0}, region = {NULL, 0};

		if (a->year_key != SIZE_MAX)
			year = intern_text(&a->keys.key[a->year_key].texts,
				groups_id(a->groups, g, a->year_key));
		if (a->region_key != SIZE_MAX)
			region = intern_text(&a->keys.key[a->region_key].texts,
				groups_id(a->groups, g, a->region_key));
		write_covered(w, coverage_of(a->cover, year, region));
	}
	derived_write(derived, a, w, g);
	writer_end(w);
}

/* Coverage without an indicator: a row for each year and region there are reports expected of. */
static void
write_coverage(struct aggregate *a)
{
	struct writer *w = a->f.out;

	if (!a->f.options.no_header_out) {
		if (header_keys(a, a->nshown))
			writer_char(w, ',');
		writer_raw(w, SPAN("expected,found,parsed,valid\n"));
	}
	for (uint32_t i = 0; i < coverage_count(a->cover); i++) {
		struct span year, region;
		struct covered c = coverage_at(a->cover, i, &year, &region);

		for (size_t k = 0; k < a->nshown; k++) {
			if (k)
				writer_char(w, ',');
			writer_field(w, k == a->year_key ? year : region);
		}
		write_covered(w, c);
		writer_end(w);
	}
}

static void
write_long(struct aggregate *a)
{
	uint32_t *order, n = groups_count(a->groups);
	struct derived *derived;

	if (a->quantiles)
		groups_sort_values(a->groups);
	if (!a->f.options.no_header_out)
		header_long(a);
	derived = derived_new(a);
	order = in_order(a);
	for (uint32_t i = 0; i < n && !a->f.out->failed; i++) {
		if (i + 2 * AHEAD < n)
			groups_prefetch(a->groups, order[i + AHEAD], order[i + 2 * AHEAD]);
		row_long(a, derived, order[i]);
	}
	free(order);
	derived_free(derived);
}

void
output(struct aggregate *a)
{
	if (a->bom)
		writer_raw(a->f.out, SPAN("\xef\xbb\xbf"));
	if (a->wide)
		wide_write(a);
	else if (a->cover && keys_find(&a->keys, SPAN("indicator")) == SIZE_MAX &&
		 keys_find(&a->keys, SPAN("series")) == SIZE_MAX)
		write_coverage(a);
	else
		write_long(a);
}

void
output_partial(struct aggregate *a)
{
	struct writer *w = a->f.out;
	uint32_t *order = in_order(a);
	/* In a merge the last two keys are the shard and how many facts it has. */
	size_t n = a->merge ? a->nkeys - 2 : a->nkeys;
	char id[33];
	struct span shard = span_str(a->shard);

	if (!a->shard) {
		partial_id(&a->sums, id);
		shard = span_of(id, 32);
	}
	/* Of an input without a header the columns are not known: nothing is said that may not fit the others. */
	if (!a->f.options.no_header_out && !a->headless) {
		header_keys(a, n);
		writer_raw(w, SPAN(",count,shard,facts,options,tables,version\n"));
	}
	for (uint32_t i = 0; i < groups_count(a->groups) && !w->failed; i++) {
		struct tally t = groups_tally(a->groups, order[i]);

		row_keys(a, order[i], n);
		writer_char(w, ',');
		writer_uint(w, (uint64_t)t.n + t.missing);
		writer_char(w, ',');
		if (a->merge) {
			for (size_t k = n; k < a->nkeys; k++) {
				writer_field(w, intern_text(&a->keys.key[k].texts, groups_id(a->groups, order[i], k)));
				writer_char(w, ',');
			}
		} else {
			writer_field(w, shard);
			writer_char(w, ',');
			writer_uint(w, a->counted);
			writer_char(w, ',');
		}
		writer_field(w, buf_span(&a->sums.made));
		writer_char(w, ',');
		writer_field(w, buf_span(&a->sums.tables));
		writer_char(w, ',');
		writer_field(w, buf_span(&a->sums.version));
		writer_end(w);
	}
	free(order);
}
