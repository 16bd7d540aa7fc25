/*
 * aggregate: facts in, statistics out: what the facts add up to, over any grouping of their columns.
 */
#include <stdlib.h>

#include "buf.h"
#include "fact.h"
#include "filter.h"
#include "groups.h"
#include "keys.h"
#include "selection.h"
#include "statistics.h"

enum { ID_SCOPE = OPTION_OWN, ID_ALL, ID_LEVEL, ID_QUANTILES, ID_GRADE, ID_AS_OF, ID_BOM };

static const struct option_spec own[] = {
	{'b', "by", "LIST", "group by these columns; indicator brings column and unit with it;\n"
			    "                              region:province or region:prefecture maps codes up"},
	{ID_LEVEL, "level", "LEVEL", "add up the reports of this level only (county, prefecture, ...)"},
	{ID_SCOPE, "scope", "LIST", "scopes that count (region)"},
	{ID_ALL, "all", NULL, "add up every fact, whatever its role, scope and level"},
	{ID_GRADE, "grade", "GRADE", "facts of this grade or better (proved, consistent, assumed)"},
	{ID_QUANTILES, "quantiles", NULL, "add p25, median and p75 (method R-7)"},
	{ID_AS_OF, "codes-as-of", "YEAR", "take the region codes of that year"},
	{ID_BOM, "bom", NULL, "begin with a byte order mark, for spreadsheet programs"},
};

struct aggregate {
	struct filter f;
	const char *by;
	bool quantiles, bom;
	struct keys keys;
	struct selection select;
	struct fact_places at;
	struct regions *regions;
	struct groups *groups;
	struct column *want; /* the reader looks at it as long as it reads */
	struct buf names;
	size_t region_key, prefix_key, split_key; /* places in keys, or SIZE_MAX */
};

static bool
set_level(struct aggregate *a, const char *value)
{
	a->select.one_level = true;
	if (places_level(span_str(value), &a->select.level))
		return true;
	warn("'%s' is no level (nation, province, prefecture, county)", value);
	return false;
}

static bool
set_option(void *context, int id, const char *value)
{
	struct aggregate *a = context;

	switch (id) {
	case 'b':
		a->by = value;
		return true;
	case ID_LEVEL:
		return set_level(a, value);
	case ID_SCOPE:
		a->select.scopes = span_str(value);
		return true;
	case ID_ALL:
		a->select.all = true;
		return true;
	case ID_GRADE:
		a->select.grade = value;
		if (selection_is_grade(span_str(value)))
			return true;
		warn("'%s' is no grade (proved, consistent, assumed, broken)", value);
		return false;
	case ID_AS_OF:
		a->select.places.as_of = places_year(span_str(value));
		if (a->select.places.as_of)
			return true;
		warn("'%s' is no year", value);
		return false;
	case ID_QUANTILES:
		a->quantiles = true;
		return true;
	case ID_BOM:
		a->bom = true;
		return true;
	default:
		return false;
	}
}

/* What cannot be asked for together, and what goes by itself. */
static bool
plan(struct aggregate *a)
{
	struct selection *s = &a->select;
	size_t region;

	if (!a->by) {
		warn("say what to group by: --by year,region,indicator");
		return false;
	}
	/* The prefix sorts before all else. */
	a->prefix_key = a->f.options.key_prefix ? keys_add(&a->keys, KEY_PREFIX, SPAN("")) : SIZE_MAX;
	if (!keys_parse(&a->keys, a->by))
		return false;
	if (keys_find(&a->keys, SPAN("indicator")) == SIZE_MAX) {
		warn("--by without indicator would add up different things: add indicator");
		return false;
	}
	if (a->keys.up && !s->one_level) {
		warn("region is mapped up: say with --level whose reports are added up, or take --rollup");
		return false;
	}
	region = keys_find(&a->keys, SPAN("region"));
	s->needs_place = a->keys.up || (s->places.as_of && region != SIZE_MAX);
	s->levels_apart = region != SIZE_MAX || s->one_level ||
			  keys_find(&a->keys, SPAN("level")) != SIZE_MAX;
	if (s->needs_place)
		a->keys.key[region].kind = KEY_REGION;
	a->split_key = SIZE_MAX;
	if (s->places.as_of && region != SIZE_MAX) {
		a->split_key = keys_add(&a->keys, KEY_HIDDEN, SPAN("split"));
		(void)intern_id(&a->keys.key[a->split_key].texts, SPAN("0"));
		(void)intern_id(&a->keys.key[a->split_key].texts, SPAN("1"));
	}
	return true;
}

/* The columns to look for: those of facts, and those of --by that facts do not have. */
static bool
open_input(struct aggregate *a)
{
	struct column *want = a->want = xcalloc(FACT_COLUMNS + a->keys.n, sizeof *want);
	size_t n = FACT_COLUMNS;

	for (size_t i = 0; i < FACT_COLUMNS; i++) {
		enum fact_column c = (enum fact_column)i;
		struct span name = span_str(fact_column_name(c));
		size_t key = keys_find(&a->keys, name);

		want[i] = (struct column){fact_column_name(c), fact_column_stage(c),
			key == SIZE_MAX || a->keys.key[key].optional};
	}
	want[FACT_VALUE].optional = false;
	want[FACT_YEAR].optional &= !a->select.needs_place;
	want[FACT_GRADE].optional &= a->select.grade == NULL;
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
	if (!filter_read(&a->f, want, n))
		return false;
	for (size_t i = 0; i < FACT_COLUMNS; i++)
		a->at.at[i] = reader_column(a->f.in, i);
	keys_bind(&a->keys, a->f.in);
	return true;
}

/* A short run of digits, as nearly all values are. */
static inline bool
parse_short(struct span s, struct decimal *d)
{
	int64_t n = 0;

	if (s.n == 0 || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';

		if (digit > 9)
			return false;
		n = n * 10 + digit;
	}
	*d = (struct decimal){n, 0};
	return true;
}

/*
 * The number of a fact and how it goes in.  Without a state a value that is a number is one and every other
 * is missing; a state that promises a number which is not there is a fault of the record.
 */
static const char *
read_value(const struct aggregate *a, const struct record *rec, struct decimal *d, unsigned *flags)
{
	struct span state = fact_field(&a->at, rec, FACT_STATE);
	struct span value = rec->field[a->at.at[FACT_VALUE]];
	bool promised = false;

	*flags = 0;
	*d = DECIMAL_ZERO;
	if (state.n) {
		if (span_eq(state, SPAN("about")))
			*flags = FACT_ABOUT;
		else if (!span_eq(state, SPAN("number"))) {
			*flags = FACT_MISSING;
			return NULL;
		}
		promised = true;
	}
	if (!parse_short(value, d)) {
		switch (decimal_parse(value, d)) {
		case DECIMAL_GOOD:
			break;
		case DECIMAL_NONE:
			*flags = FACT_MISSING;
			return promised ? "the state says there is a number, the value is none" : NULL;
		case DECIMAL_RANGE:
			return "a number with more digits than can be added exactly";
		}
	}
	if (span_eq(fact_field(&a->at, rec, FACT_GRADE), SPAN("broken")))
		*flags |= FACT_SUSPECT;
	return NULL;
}

static void
add_facts(struct aggregate *a)
{
	struct record rec;
	uint32_t ids[256] = {0};
	size_t nkeys = a->keys.n;
	struct key *keys = a->keys.key;

	while (filter_next(&a->f, &rec)) {
		const struct place *place = NULL;
		enum reason reason = selection_check(&a->select, &a->at, &rec, &place);
		const char *fault;
		struct decimal d;
		unsigned flags;

		if (reason != COUNTS) {
			a->select.out[reason]++;
			continue;
		}
		fault = read_value(a, &rec, &d, &flags);
		if (fault) {
			filter_reject(&a->f, &rec, fact_field(&a->at, &rec, FACT_SOURCE), 0, fault);
			continue;
		}
		for (size_t i = 0; i < nkeys; i++)
			switch (keys[i].kind) {
			case KEY_FIELD:
				ids[i] = intern_id(&keys[i].texts, rec.field[keys[i].field]);
				break;
			case KEY_REGION:
				ids[i] = intern_id(&keys[i].texts, span_of(place->text, sizeof place->text));
				break;
			case KEY_PREFIX:
				ids[i] = intern_id(&keys[i].texts, rec.key);
				break;
			case KEY_SERIES:
			case KEY_HIDDEN:
				ids[i] = place && place->split;
				break;
			}
		groups_add(a->groups, ids, d, flags, 1);
	}
	groups_finish(a->groups);
}

static void
write_header(struct aggregate *a)
{
	struct writer *w = a->f.out;
	bool first = true;

	if (a->bom)
		writer_raw(w, SPAN("\xef\xbb\xbf"));
	if (a->f.options.no_header_out)
		return;
	writer_raw(w, reader_key(a->f.in));
	for (size_t i = 0; i < a->keys.n; i++) {
		const struct key *key = &a->keys.key[i];

		if (key->kind == KEY_PREFIX || key->kind == KEY_HIDDEN)
			continue;
		if (!first)
			writer_char(w, ',');
		first = false;
		writer_field(w, key->name);
	}
	statistics_header(w, a->quantiles);
	if (a->split_key != SIZE_MAX)
		writer_raw(w, SPAN(",split"));
	writer_char(w, '\n');
}

static void
write_group(struct aggregate *a, uint32_t g)
{
	struct writer *w = a->f.out;
	const struct tally *t = &groups_at(a->groups, g)->tally;
	bool first = true;

	for (size_t i = 0; i < a->keys.n; i++) {
		const struct key *key = &a->keys.key[i];

		struct span text = intern_text(&key->texts, groups_id(a->groups, g, i));

		if (key->kind == KEY_PREFIX)
			writer_raw(w, text);
		if (key->kind == KEY_PREFIX || key->kind == KEY_HIDDEN)
			continue;
		if (!first)
			writer_char(w, ',');
		first = false;
		writer_field(w, text);
	}
	statistics_write(w, t);
	if (a->quantiles) {
		size_t n;
		struct value *values = groups_values(a->groups, g, &n);

		statistics_quantiles(w, values, n);
	}
	if (a->split_key != SIZE_MAX) {
		writer_char(w, ',');
		writer_uint(w, groups_id(a->groups, g, a->split_key) ? (uint64_t)t->n + t->missing : 0);
	}
	writer_end(w);
}

static void
write_groups(struct aggregate *a)
{
	uint32_t **rank = xcalloc(a->keys.n, sizeof *rank), *nrank = xcalloc(a->keys.n, sizeof *nrank);
	uint32_t *order, n = groups_count(a->groups);

	if (a->quantiles)
		groups_sort_values(a->groups);
	for (size_t i = 0; i < a->keys.n; i++) {
		rank[i] = intern_ranks(&a->keys.key[i].texts);
		nrank[i] = a->keys.key[i].texts.n;
	}
	order = groups_order(a->groups, rank, nrank);
	write_header(a);
	for (uint32_t i = 0; i < n && !a->f.out->failed; i++)
		write_group(a, order[i]);
	for (size_t i = 0; i < a->keys.n; i++)
		free(rank[i]);
	free(rank);
	free(nrank);
	free(order);
}

static enum status
run(struct aggregate *a)
{
	struct selection *s = &a->select;

	if (!plan(a) || !open_input(a))
		return STATUS_USAGE;
	a->regions = regions_load(a->f.options.tables);
	if (!a->regions)
		return STATUS_USAGE;
	{
		int as_of = s->places.as_of;

		places_init(&s->places, a->regions);
		s->places.as_of = as_of;
		s->places.up = a->keys.up;
		s->places.up_level = a->keys.up_level;
	}
	a->groups = groups_new(a->keys.n, a->quantiles);
	add_facts(a);
	if (s->mixed) {
		warn("groups would add up reports of different levels: "
		     "add region or level to --by, or say --level");
		return STATUS_USAGE;
	}
	write_groups(a);
	selection_report(s, &a->f);
	return STATUS_OK;
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
		.set = set_option,
	};
	struct aggregate a = {.select = {.scopes = SPAN("region")}};
	int status;

	if (filter_open(&a.f, &program, argc, argv, &a, NULL))
		filter_note(&a.f, run(&a));
	groups_free(a.groups);
	places_release(&a.select.places);
	keys_release(&a.keys);
	regions_free(a.regions);
	status = filter_close(&a.f);
	free(a.want);
	buf_release(&a.names);
	return status;
}
