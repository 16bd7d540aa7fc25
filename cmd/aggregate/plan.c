/* plan: from the options to the keys and the columns looked for. */
#include <stdlib.h>

#include "aggregate.h"
#include "diag.h"

/* "by=year;region;indicator scope=region level=county": what partial sums were made with. */
static void
adopt_options(struct aggregate *a, struct span rest)
{
	while (rest.p) {
		struct span word = span_cut(&rest, ' ');

		if (span_starts(word, SPAN("by="))) {
			for (size_t i = 3; i < word.n; i++)
				buf_add_char(&a->adopted, word.p[i] == ';' ? ',' : word.p[i]);
			buf_add_char(&a->adopted, '\0');
			a->by = a->adopted.p;
		} else if (span_starts(word, SPAN("level=")) && !a->select.one_level) {
			a->select.one_level =
				places_level(span_of(word.p + 6, word.n - 6), &a->select.level);
		} else if (span_eq(word, SPAN("undoubted"))) {
			a->undoubted = true;
		} else if (span_starts(word, SPAN("grade=")) && !a->select.grade &&
			   selection_is_grade(span_of(word.p + 6, word.n - 6))) {
			buf_add_span(&a->adopted_grade, span_of(word.p + 6, word.n - 6));
			buf_add_char(&a->adopted_grade, '\0');
			a->select.grade = a->adopted_grade.p;
		}
	}
}

/* What a merge was not told it takes from the first row of the files it merges. */
static bool
adopt(struct aggregate *a)
{
	const struct column want = {fact_column_name(FACT_OPTIONS), fact_column_stage(FACT_OPTIONS), false};
	struct reader_options options = {.want = &want, .nwant = 1};

	for (size_t i = 0; a->merge && !a->by && i < a->f.options.noperands; i++) {
		char *const *path = &a->f.options.operands[i];
		struct reader *r;
		struct record rec;

		if (a->f.options.columns || strcmp(*path, "-") == 0)
			break;
		r = reader_open(path, 1, &options);
		if (!r)
			return false;
		if (reader_next(r, &rec))
			adopt_options(a, rec.field[reader_column(r, 0)]);
		(void)reader_close(r);
	}
	return true;
}

bool
refuse(bool wrong, const char *why)
{
	if (wrong)
		warn("%s", message(why));
	return wrong;
}

static size_t
add_hidden(struct aggregate *a, enum key_kind kind)
{
	return keys_add(&a->keys, kind, SPAN(""));
}

static void
add_optional(struct aggregate *a, enum fact_column c)
{
	struct span name = span_str(fact_column_name(c));

	if (keys_find(&a->keys, name) == SIZE_MAX)
		a->keys.key[keys_add(&a->keys, KEY_FIELD, name)].optional = true;
}

static void
require(struct aggregate *a, enum fact_column c)
{
	a->keys.key[keys_find(&a->keys, span_str(fact_column_name(c)))].optional = false;
}

/* The columns of partial sums: all that a grouping, a selection or a roll-up by these columns may ask for. */
static void
plan_partial(struct aggregate *a)
{
	static const enum fact_column of_region[] = {FACT_YEAR, FACT_SCOPE, FACT_BODY_KIND, FACT_FORM};
	static const enum fact_column of_series[] = {FACT_INDICATOR, FACT_FORM, FACT_COLUMN,
		FACT_REGION, FACT_YEAR, FACT_BODY_KIND, FACT_BODY, FACT_SCOPE, FACT_SOURCE};
	size_t series = keys_find(&a->keys, SPAN("series"));

	if (series != SIZE_MAX) {
		/* The series are made at the merge: until then the terms, no column of --by, stand
		 * for them. */
		a->keys.key[series].kind = KEY_FIELD;
		a->keys.key[series].name = span_str(fact_column_name(of_series[0]));
		for (size_t i = 1; i < sizeof of_series / sizeof *of_series; i++)
			add_optional(a, of_series[i]);
		require(a, FACT_FORM);
		require(a, FACT_COLUMN);
	}
	if (a->region_key != SIZE_MAX)
		for (size_t i = 0; i < sizeof of_region / sizeof *of_region; i++)
			add_optional(a, of_region[i]);
	/* What the merge selects by where this did not; of one scope it says that the facts had scopes. */
	if (!a->select.governments) {
		add_optional(a, FACT_BODY_KIND);
		/* --growth holds a body against itself. */
		add_optional(a, FACT_BODY);
	}
	add_optional(a, FACT_SCOPE);
	/* So that a merge, too, can tell reports of different levels apart. */
	add_optional(a, FACT_LEVEL);
	add_optional(a, FACT_GRADE);
	add_optional(a, FACT_CHECKS);
	if (keys_find(&a->keys, SPAN("state")) == SIZE_MAX)
		keys_add(&a->keys, KEY_STATE, SPAN("state"));
	add_optional(a, FACT_UNIT);
	if (keys_find(&a->keys, SPAN("value")) == SIZE_MAX)
		keys_add(&a->keys, KEY_VALUE, SPAN("value"));
	if (a->merge) {
		keys_add(&a->keys, KEY_FIELD, span_str(fact_column_name(FACT_SHARD)));
		keys_add(&a->keys, KEY_FIELD, span_str(fact_column_name(FACT_FACTS)));
	}
}

static bool
plan_rollup(struct aggregate *a)
{
	if (refuse(a->region_key == SIZE_MAX || a->year_key == SIZE_MAX,
		    "--rollup goes over regions in their years: --by year,region,indicator") ||
		refuse(a->select.one_level, "--rollup works on all levels: --level does not go with it; "
					    "region:province in --by shows the provinces alone") ||
		refuse(a->select.places.as_of != 0, "--codes-as-of does not go with --rollup, which "
						    "takes the regions as they were in each year") ||
		refuse(a->select.scoped, "--scope does not go with --rollup, which holds regions against their parts and tier") ||
		refuse(a->select.all, "--all does not go with --rollup"))
		return false;
	a->select.scopes = SPAN("region,tier");
	a->select.governments = true;
	a->keys.key[a->region_key].kind = KEY_FIELD;
	a->reading_key = add_hidden(a, KEY_READING);
	return true;
}

/* Whether the options go together, whatever the keys are. */
static bool
options_fit(const struct aggregate *a, bool scope_given)
{
	return !(refuse(!a->by, "say what to group by: --by year,region,indicator") ||
		 refuse(a->partial && (a->coverage || a->findings),
			 "--partial only collects: coverage and findings are made at the merge") ||
		 refuse(a->coverage && !a->select.one_level,
			 "coverage needs --level: whose reports are expected") ||
		 refuse(a->rollup && a->quantiles && !a->partial,
			 "--quantiles does not go with --rollup: a row there is one figure, or a sum") ||
		 refuse(a->bounds && (a->partial || a->merge || a->rollup),
			 "--bounds looks into each report: it goes with neither partial sums nor --rollup") ||
		 refuse(a->explain && a->merge, "--explain speaks of facts, and partial sums hold none") ||
		 refuse(a->findings && !a->rollup, "--findings are those of --rollup") ||
		 refuse(a->prefer != PREFER_SOUND && !a->rollup, "--prefer says which reading of --rollup is taken") ||
		 refuse(scope_given && a->select.all, "--all takes every scope: --scope does not go with it"));
}

static bool
is_key(const struct aggregate *a, const char *name)
{
	return keys_find(&a->keys, span_str(name)) != SIZE_MAX;
}

/* Whether what is grouped by adds up like and like, and is what the options need. */
static bool
keys_fit(const struct aggregate *a)
{
	bool series = is_key(a, "series"), indicator = is_key(a, "indicator");
	bool region = a->region_key != SIZE_MAX, year = a->year_key != SIZE_MAX;

	if (refuse(series && a->bounds, "--bounds goes with indicator, not with series") ||
		refuse(!series && a->comparable, "--comparable speaks of series: add series to --by") ||
		refuse(!series && !a->coverage && !indicator,
			"--by without indicator or series would add up different things: add indicator") ||
		refuse(series && indicator, "--by takes indicator or series, not both") ||
		refuse(a->keys.up && !a->select.one_level && !a->rollup && !a->partial,
			"region is mapped up: say with --level whose reports are added up, or take --rollup") ||
		refuse(a->growth && !year, "--growth holds a year against the one before: add year to --by") ||
		refuse(a->rank && !(region && year),
			"--rank goes over the parts of a region in a year: add region and year to --by") ||
		refuse(a->wide && strcmp(a->wide, "year") == 0 && !year && !a->partial,
			"--wide year needs the years apart: add year to --by") ||
		refuse(a->wide && (a->growth || a->rank || a->quantiles || a->bounds || a->coverage),
			"--wide holds the sums alone: --growth, --rank, --quantiles, --bounds and --coverage do not go with it"))
		return false;
	for (size_t i = 0; a->coverage && !series && !indicator && i < a->nshown; i++)
		if (refuse(i != a->region_key && i != a->year_key, "coverage alone goes by year and region"))
			return false;
	return true;
}

/* The region as it was in the year that is asked for, or the one it is mapped up to. */
static void
plan_places(struct aggregate *a)
{
	struct selection *s = &a->select;

	s->needs_place = !a->rollup && a->region_key != SIZE_MAX && (a->keys.up || s->places.as_of);
	if (!s->needs_place)
		return;
	a->keys.key[a->region_key].kind = KEY_REGION;
	if (s->places.as_of) {
		a->split_key = add_hidden(a, KEY_SPLIT);
		(void)intern_id(&a->keys.key[a->split_key].texts, SPAN("0"));
		(void)intern_id(&a->keys.key[a->split_key].texts, SPAN("1"));
	}
}

bool
plan(struct aggregate *a)
{
	struct selection *s = &a->select;
	bool scope_given = s->scopes.n > 0;

	a->region_key = a->year_key = a->split_key = a->reading_key = a->set_key = a->report_key =
		a->term_key = SIZE_MAX;
	if (!scope_given)
		s->scopes = SPAN("region");
	if (!adopt(a) || !options_fit(a, scope_given))
		return false;
	/* What is made at the merge may be asked for already: the rows hold what it takes. */
	if (a->partial)
		a->rollup = a->growth = a->rank = a->quantiles = a->doubts = false;
	/* The prefix sorts before all else. */
	if (a->f.options.key_prefix)
		keys_add(&a->keys, KEY_PREFIX, SPAN(""));
	if (!keys_parse(&a->keys, a->by))
		return false;
	a->nshown = a->keys.n;
	a->region_key = keys_find(&a->keys, SPAN("region"));
	a->year_key = keys_find(&a->keys, SPAN("year"));
	if (!keys_fit(a))
		return false;
	/* A bureau that says 全县 speaks of its own system: no part of the county's total, unless it is asked for. */
	s->governments = !scope_given && !s->all && !is_key(a, "body_kind") && !is_key(a, "body");
	s->labelled = is_key(a, "label");
	s->levels_apart = a->region_key != SIZE_MAX || s->one_level || s->all || a->partial || is_key(a, "level");
	if (a->partial) {
		if (a->region_key != SIZE_MAX) {
			a->keys.key[a->region_key].kind = KEY_FIELD;
			if (!scope_given)
				s->scopes = SPAN("region,tier");
		}
		plan_partial(a);
		return true;
	}
	if (a->rollup && !plan_rollup(a))
		return false;
	plan_places(a);
	s->needs_life = a->growth && !a->rollup;
	if (is_key(a, "series")) {
		a->set_key = add_hidden(a, KEY_SET);
		a->report_key = add_hidden(a, KEY_REPORT);
		a->term_key = add_hidden(a, KEY_TERM);
	}
	return true;
}

/* The columns that are looked for: those of facts, and what else is grouped by; how many. */
static size_t
want_columns(struct aggregate *a)
{
	struct column *want = a->want = xcalloc(FACT_COLUMNS + a->keys.n, sizeof *want);
	bool series = a->set_key != SIZE_MAX;
	size_t n = FACT_COLUMNS;

	for (size_t i = 0; i < FACT_COLUMNS; i++) {
		enum fact_column c = (enum fact_column)i;
		size_t key = keys_find(&a->keys, span_str(fact_column_name(c)));

		want[i] = (struct column){fact_column_name(c), fact_column_stage(c),
			key == SIZE_MAX || a->keys.key[key].optional || a->keys.key[key].kind == KEY_STATE};
		if (a->merge && i >= FACT_WEIGHT)
			want[i].optional = false;
	}
	want[FACT_VALUE].optional = false;
	want[FACT_YEAR].optional &= !a->select.needs_place;
	want[FACT_GRADE].optional &= a->select.grade == NULL;
	want[FACT_CHECKS].optional &= !a->doubts && !a->undoubted;
	want[FACT_SCOPE].optional &= !a->select.scoped || a->select.all;
	want[FACT_FORM].optional &= !series;
	want[FACT_INDICATOR].optional &= !series;
	want[FACT_COLUMN].optional &= !series;
	/* The names of --by are parts of one string: each is copied to end in a zero. */
	buf_room(&a->names, strlen(a->by) + a->keys.n + 1);
	for (size_t i = 0; i < a->keys.n; i++) {
		const struct key *key = &a->keys.key[i];
		size_t c = 0;

		while (c < FACT_COLUMNS && !span_eq(key->name, span_str(want[c].name)))
			c++;
		if (c < FACT_COLUMNS || key->kind != KEY_FIELD)
			continue;
		want[n++].name = a->names.p + a->names.n;
		buf_add_span(&a->names, key->name);
		buf_add_char(&a->names, '\0');
	}
	return n;
}

bool
plan_open(struct aggregate *a)
{
	size_t *hidden[] = {&a->split_key, &a->reading_key, &a->set_key, &a->report_key, &a->term_key};
	size_t n = want_columns(a), dropped;

	if (!filter_read(&a->f, a->want, n))
		return false;
	for (size_t i = 0; i < FACT_COLUMNS; i++)
		a->at.at[i] = reader_column(a->f.in, i);
	if (refuse(!a->merge && a->at.at[FACT_SHARD] != NO_COLUMN && a->at.at[FACT_FACTS] != NO_COLUMN &&
			   a->at.at[FACT_WEIGHT] != NO_COLUMN,
		    "the input is partial sums, not facts: say --merge"))
		return false;
	selection_bind(&a->select, &a->at);
	dropped = keys_bind(&a->keys, a->f.in, a->nshown);
	a->nshown -= dropped;
	/* Only columns that --by brought along can be missing, and they stand before what is hidden. */
	if (!a->partial) {
		a->region_key = keys_find(&a->keys, SPAN("region"));
		a->year_key = keys_find(&a->keys, SPAN("year"));
		for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
			*hidden[i] -= *hidden[i] == SIZE_MAX ? 0 : dropped;
	}
	return true;
}
