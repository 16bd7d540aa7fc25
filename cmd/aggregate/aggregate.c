/*
 * aggregate: facts in, statistics out: what the facts add up to, over any grouping of their columns.
 */
#include "aggregate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bounds.h"
#include "group/members.h"
#include "rollup/coverage.h"
#include "rollup/rollup.h"
#include "select/reports.h"
#include "table.h"
#include "table/codebook.h"

TABLE_DECLARE(forms_checks);
TABLE_DECLARE(forms_concordance);
TABLE_DECLARE(regions_changes);
TABLE_DECLARE(regions_regions);

enum {
	ID_SCOPE = OPTION_OWN,
	ID_ALL,
	ID_LEVEL,
	ID_DOUBTS,
	ID_UNDOUBTED,
	ID_QUANTILES,
	ID_GRADE,
	ID_AS_OF,
	ID_COMPARABLE,
	ID_ROLLUP,
	ID_PREFER,
	ID_FINDINGS,
	ID_COVERAGE,
	ID_ROSTER,
	ID_MISSING_FROM,
	ID_EXPLAIN,
	ID_PARTIAL,
	ID_SHARD,
	ID_MERGE,
	ID_WIDE,
	ID_GROWTH,
	ID_RANK,
	ID_BOM,
	ID_BOUNDS,
	ID_CODEBOOK,
};

static const struct option_spec own[] = {
	{'b', "by", "LIST", "group by these columns (indicator brings column and unit; region:province)"},
	{ID_LEVEL, "level", "LEVEL", "add up the reports of this level only (county, prefecture, ...)"},
	{ID_SCOPE, "scope", "LIST", "scopes that count (region)"},
	{ID_ALL, "all", NULL, "add up every fact, whatever its role, scope and level"},
	{ID_GRADE, "grade", "GRADE", "facts of this grade or better (proved, consistent, assumed)"},
	{ID_UNDOUBTED, "undoubted", NULL, "facts that no failed check speaks against"},
	{ID_DOUBTS, "doubts", NULL, "add how many numbers failed checks speak against"},
	{ID_QUANTILES, "quantiles", NULL, "add p25, median and p75 (method R-7)"},
	{ID_BOUNDS, "bounds", NULL, "add between which numbers the sum lies, where cells are missing"},
	{ID_AS_OF, "codes-as-of", "YEAR", "take the region codes of that year"},
	{ID_COMPARABLE, "comparable", "HOW", "take series that compare so or better (exact, approximate)"},
	{ID_ROLLUP, "rollup", NULL, "hold what a region reports against what its parts add up to"},
	{ID_PREFER, "prefer", "READING", "take that reading where there is one (reported, parts)"},
	{ID_FINDINGS, "findings", "FILE", "write the checks of parts against wholes that fail to FILE"},
	{ID_COVERAGE, "coverage", NULL, "add how many reports of --level are expected, found, parsed, valid"},
	{ID_ROSTER, "roster", "FILE", "expect those FILE lists (columns region, year); with --coverage"},
	{ID_MISSING_FROM, "missing-from", "FILE", "write whose report is not there to FILE; with --coverage"},
	{ID_EXPLAIN, "explain", "FILE", "write every fact to FILE, with why it is left out of the sums"},
	{ID_PARTIAL, "partial", NULL, "write sums that are still to be merged"},
	{ID_SHARD, "shard", "ID", "the name of these partial sums (a hash of the facts)"},
	{ID_MERGE, "merge", NULL, "the input is partial sums"},
	{ID_WIDE, "wide", "COLUMN", "a column for each year or indicator, holding the sums"},
	{ID_GROWTH, "growth", NULL, "add the sum of the year before and the growth over it"},
	{ID_RANK, "rank", NULL, "add the rank among the parts of the region above, and the share in it"},
	{ID_BOM, "bom", NULL, "begin with a byte order mark, for spreadsheet programs"},
	{ID_CODEBOOK, "codebook", NULL, "write what every column, indicator and series means, and end"},
};

static bool
one_of(const char *value, const char *what, bool good)
{
	if (!good)
		warn("'%s' is no %s", value, message(what));
	return good;
}

static bool
set_prefer(struct aggregate *a, const char *value)
{
	if (strcmp(value, "reported") == 0)
		a->prefer = PREFER_REPORTED;
	else if (strcmp(value, "parts") == 0)
		a->prefer = PREFER_PARTS;
	return one_of(value, "reading (reported, parts)", a->prefer != PREFER_SOUND);
}

/* Options that are said or not, and those that take any text: where they are kept; NULL for others. */
static bool *
flag_of(struct aggregate *a, int id)
{
	switch (id) {
	case ID_ALL: return &a->select.all;
	case ID_QUANTILES: return &a->quantiles;
	case ID_ROLLUP: return &a->rollup;
	case ID_COVERAGE: return &a->coverage;
	case ID_PARTIAL: return &a->partial;
	case ID_MERGE: return &a->merge;
	case ID_GROWTH: return &a->growth;
	case ID_RANK: return &a->rank;
	case ID_BOUNDS: return &a->bounds;
	case ID_DOUBTS: return &a->doubts;
	case ID_UNDOUBTED: return &a->undoubted;
	case ID_BOM: return &a->bom;
	case ID_CODEBOOK: return &a->codebook;
	default: return NULL;
	}
}

static const char **
text_of(struct aggregate *a, int id)
{
	switch (id) {
	case 'b': return &a->by;
	case ID_FINDINGS: return &a->findings;
	case ID_ROSTER: return &a->roster;
	case ID_MISSING_FROM: return &a->missing_from;
	case ID_EXPLAIN: return &a->explain;
	case ID_SHARD: return &a->shard;
	default: return NULL;
	}
}

static bool
set_option(void *context, int id, const char *value)
{
	struct aggregate *a = context;
	struct selection *s = &a->select;
	struct span text = span_str(value);
	bool *flag = flag_of(a, id);
	const char **kept = text_of(a, id);

	if (flag)
		return *flag = true;
	if (kept) {
		*kept = value;
		a->coverage |= id == ID_ROSTER || id == ID_MISSING_FROM;
		return true;
	}
	switch (id) {
	case ID_LEVEL:
		s->one_level = true;
		return one_of(value, "level (nation, province, prefecture, county)",
			places_level(text, &s->level));
	case ID_SCOPE:
		s->scopes = text;
		s->scoped = true;
		return one_of(value, "list of scopes (region, tier, own, unclear)", selection_are_scopes(text));
	case ID_GRADE:
		s->grade = value;
		return one_of(value, "grade (proved, consistent, assumed, broken)", selection_is_grade(text));
	case ID_AS_OF:
		s->places.as_of = span_year(text);
		return one_of(value, "year", s->places.as_of > 0);
	case ID_COMPARABLE:
		a->comparable = value;
		return one_of(value, "kind of series (exact, approximate, broken)",
			series_comparable(text, &a->worst));
	case ID_PREFER:
		return set_prefer(a, value);
	case ID_WIDE:
		a->wide = value;
		return one_of(value, "column to spread (year, indicator)",
			strcmp(value, "year") == 0 || strcmp(value, "indicator") == 0);
	default:
		return false;
	}
}

/* A number that tells one set of tables from another: of all their cells, in order. */
static bool
hash_tables(const struct aggregate *a, char text[17])
{
	const struct table_source sources[] = {TABLE_SOURCE(forms, checks), TABLE_SOURCE(forms, concordance),
		TABLE_SOURCE(regions, changes), TABLE_SOURCE(regions, regions)};
	uint64_t h = 0;

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct table *t = table_load(sources[i], a->f.options.tables);

		if (!t)
			return false;
		for (size_t c = 0; c < t->nrows * t->ncols; c++) {
			struct span cell = table_cell(t, c / t->ncols, c % t->ncols);
			uint64_t head = intern_head(cell.p, cell.n) + cell.n;

			h = (h ^ head) * UINT64_C(0x9e3779b97f4a7c15);
			h ^= h >> 29;
		}
		table_free(t);
	}
	snprintf(text, 17, "%016" PRIx64, h);
	return true;
}

/* What rows of partial sums have in common: which facts are in them, by which tables. */
static bool
set_constants(struct aggregate *a)
{
	struct buf options = BUF_INIT;
	char tables[17];

	if (!hash_tables(a, tables))
		return false;
	merge_describe(a, &options);
	partial_constants(&a->sums, buf_span(&options), span_of(tables, 16));
	buf_release(&options);
	return true;
}

/* The texts of a key that is a column as it stands; the number is met by others as well. */
static void
share_texts(struct keys *k, struct span name, struct intern **texts, const uint32_t *met)
{
	size_t i = keys_find(k, name);

	if (i == SIZE_MAX || k->key[i].kind != KEY_FIELD)
		return;
	*texts = &k->key[i].texts;
	k->key[i].met = met;
}

/* Last of what is opened: misuse leaves the file as it was. */
static void
open_explained(struct aggregate *a)
{
	static const char *const names[] = {"left_out"};

	a->explained = writer_open(a->explain);
	if (a->explained)
		writer_header(a->explained, a->f.in, names, 1, !a->f.options.no_header_out);
	else
		filter_note(&a->f, STATUS_LOST);
}

static bool
prepare(struct aggregate *a)
{
	struct places *p = &a->select.places;
	int as_of = p->as_of;

	if (!plan(a))
		return false;
	if ((a->doubts || a->undoubted) && !(a->doubting = doubts_load(a->f.options.tables)))
		return false;
	if (a->undoubted)
		a->select.undoubted = a->doubting;
	if (!plan_open(a))
		return false;
	a->regions = regions_load(a->f.options.tables);
	if (!a->regions)
		return false;
	places_init(p, a->regions);
	p->as_of = as_of;
	p->up = a->keys.up && !a->rollup;
	p->up_level = a->keys.up_level;
	/* What is both grouped by and asked for its place is looked up but once. */
	share_texts(&a->keys, SPAN("region"), &p->region, &p->region_id);
	share_texts(&a->keys, SPAN("year"), &p->year, &p->year_id);
	if ((a->partial || a->merge) && !set_constants(a))
		return false;
	if (a->set_key != SIZE_MAX && !(a->series = series_load(a->f.options.tables)))
		return false;
	if (a->bounds && !(a->bound = bounds_new(a->f.options.tables, a->keys.n)))
		return false;
	if (a->rollup && !(a->up = rollup_new(a)))
		return false;
	if (a->coverage && !(a->cover = coverage_new(a)))
		return false;
	if (a->growth && !a->rollup &&
		(a->region_key == SIZE_MAX || a->keys.up || a->select.places.as_of || !a->select.governments))
		a->members = members_new(a->set_key == SIZE_MAX ? a->keys.n : a->set_key);
	/* --rollup takes figures of one cell that agree for one. */
	if (!a->merge && !a->rollup && !a->select.all)
		a->reports = reports_new();
	if (a->explain)
		open_explained(a);
	a->groups = groups_new(a->keys.n,
		a->quantiles && a->set_key == SIZE_MAX && a->reading_key == SIZE_MAX);
	return true;
}

static void
run(struct aggregate *a)
{
	if (a->codebook) {
		filter_note(&a->f, codebook_write(a->f.out, a->f.options.tables));
		return;
	}
	if (!prepare(a)) {
		filter_note(&a->f, STATUS_USAGE);
		return;
	}
	if (!collect(a)) {
		filter_note(&a->f, STATUS_USAGE);
		return;
	}
	a->nkeys = a->keys.n;
	if (a->partial) {
		output_partial(a);
	} else {
		if (a->series) {
			series_fold(a);
			a->nkeys = a->set_key;
		}
		if (a->up) {
			rollup_run(a);
			a->nkeys = a->nshown;
		}
		if (a->bound)
			bounds_finish(a->bound, a->groups);
		if (a->cover)
			coverage_finish(a->cover, a);
		output(a);
	}
	/* Pages of departments alone, say: a table without a row tells nobody why. */
	if (selection_report(&a->select, &a->f) && a->counted == 0 && !a->coverage)
		note("no fact is in the sums: --scope, --level and --all change which are, --explain says why one is not");
}

int
main(int argc, char **argv)
{
	static const struct program program = {
		.name = "aggregate",
		.summary = "Adds facts up to statistics by region, year, indicator or any other columns.",
		.operands = "[FILE]...",
		.example = "aggregate --by year,region,indicator facts.csv",
		.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
		.options = own,
		.noptions = sizeof own / sizeof *own,
		.reads = "roster",
		.writes = "findings,missing-from,explain",
		.set = set_option,
	};
	struct aggregate a = {.worst = COMPARABLE_BROKEN};
	int status;

	partial_init(&a.sums);
	if (filter_open(&a.f, &program, argc, argv, &a, NULL))
		run(&a);
	groups_free(a.groups);
	rollup_free(a.up);
	coverage_free(a.cover);
	bounds_free(a.bound);
	members_free(a.members);
	reports_free(a.reports);
	doubts_free(a.doubting);
	series_free(a.series);
	if (a.explained)
		filter_note(&a.f, writer_close(a.explained));
	partial_release(&a.sums);
	places_release(&a.select.places);
	keys_release(&a.keys);
	regions_free(a.regions);
	status = filter_close(&a.f);
	free(a.want);
	buf_release(&a.names);
	buf_release(&a.adopted);
	buf_release(&a.adopted_grade);
	buf_release(&a.scratch);
	return status;
}
