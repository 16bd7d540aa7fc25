#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "buf.h"
#include "diag.h"
#include "table.h"

enum { FOUND = 1, PARSED = 2, BROKEN = 4 };

/* A region that owes a report for a year (0: for every year there are facts of). */
struct owed {
	uint32_t code;
	int year;
};

struct coverage {
	enum region_level level;
	bool by_year, by_region;
	struct table *roster; /* NULL: the divisions of the level */
	size_t roster_region, roster_year;
	struct intern units; /* "year\0region" of the reports met */
	uint8_t *state;      /* of each */
	size_t nstates, state_cap;
	struct intern years; /* met in facts */
	struct intern keys;  /* "year\0region" of the groups */
	struct covered *covered;
	size_t ncovered, covered_cap;
	uint32_t *order;
	struct buf key;
};

static bool
load_roster(struct coverage *c, const char *path)
{
	c->roster = table_open(path);
	if (!c->roster)
		return false;
	c->roster_region = table_column(c->roster, "region");
	c->roster_year = table_find(c->roster, "year");
	/* A row that says nothing would be one report less that is expected. */
	for (size_t i = 0; i < c->roster->nrows; i++) {
		struct span region = table_cell(c->roster, i, c->roster_region);
		struct span year = table_cell_if(c->roster, i, c->roster_year);

		if (region_parse(region) && (year.n == 0 || span_year(year)))
			continue;
		warn("%s:%zu: '%.*s,%.*s' is no code of a region and year", c->roster->path, c->roster->line[i],
			SPAN_ARG(region), SPAN_ARG(year));
		return false;
	}
	return true;
}

struct coverage *
coverage_new(struct aggregate *a)
{
	struct coverage *c = xcalloc(1, sizeof *c);

	c->level = a->select.level;
	c->by_year = a->year_key != SIZE_MAX;
	c->by_region = a->region_key != SIZE_MAX;
	intern_init(&c->units);
	intern_init(&c->years);
	intern_init(&c->keys);
	if (a->roster && !load_roster(c, a->roster)) {
		coverage_free(c);
		return NULL;
	}
	return c;
}

void
coverage_free(struct coverage *c)
{
	if (!c)
		return;
	table_free(c->roster);
	intern_release(&c->units);
	intern_release(&c->years);
	intern_release(&c->keys);
	free(c->state);
	free(c->covered);
	free(c->order);
	buf_release(&c->key);
	free(c);
}

static struct span
joined(struct coverage *c, struct span year, struct span region)
{
	return intern_joined(&c->key, (struct span[]){year, region}, 2);
}

/* A report of the region itself: its government's, or its office's for the whole territory. */
static bool
is_own(const struct coverage *c, const struct fact_places *at, const struct record *rec)
{
	struct span kind = fact_field(at, rec, FACT_BODY_KIND), scope = fact_field(at, rec, FACT_SCOPE);
	bool office = span_eq(kind, SPAN("government_office"));

	if (at->at[FACT_ROLE] != NO_COLUMN && !span_eq(fact_field(at, rec, FACT_ROLE), SPAN("main")))
		return false;
	if (at->at[FACT_BODY_KIND] != NO_COLUMN && !office && !span_eq(kind, SPAN("government")))
		return false;
	if (at->at[FACT_SCOPE] != NO_COLUMN && !span_eq(scope, SPAN("region")) &&
		(office || !span_eq(scope, SPAN("tier"))))
		return false;
	return at->at[FACT_LEVEL] == NO_COLUMN ||
	       span_eq(fact_field(at, rec, FACT_LEVEL), span_str(places_level_name(c->level)));
}

void
coverage_note(struct coverage *c, const struct fact_places *at, const struct record *rec)
{
	struct span state = fact_field(at, rec, FACT_STATE), year = fact_field(at, rec, FACT_YEAR);
	bool report = span_eq(fact_field(at, rec, FACT_INDICATOR), SPAN("report"));
	uint32_t id;

	if (span_year(year))
		(void)intern_id(&c->years, year);
	if (!is_own(c, at, rec))
		return;
	id = intern_id(&c->units, joined(c, year, fact_field(at, rec, FACT_REGION)));
	if (id == c->nstates) {
		c->state = grow(c->state, c->nstates, &c->state_cap, sizeof *c->state);
		c->state[c->nstates++] = 0;
	}
	c->state[id] |= FOUND;
	if (!report && (span_eq(state, SPAN("number")) || span_eq(state, SPAN("about"))))
		c->state[id] |= PARSED;
	if (span_eq(fact_field(at, rec, FACT_GRADE), SPAN("broken")))
		c->state[id] |= BROKEN;
}

static void
write_missing(struct writer *w, const struct regions *regions, const struct region *row, uint32_t code,
	struct span year, const char *level)
{
	const struct region *up = row ? regions_parent(regions, row, span_year(year)) : NULL;
	char text[16];

	if (up && up->pseudo)
		up = regions_parent(regions, up, span_year(year));
	writer_field(w, year);
	snprintf(text, sizeof text, ",%06u,", (unsigned)code % 1000000);
	writer_raw(w, span_of(text, 8));
	if (row)
		writer_field(w, row->name);
	writer_char(w, ',');
	writer_raw(w, span_str(level));
	if (up)
		snprintf(text, sizeof text, ",%06u,", (unsigned)up->code % 1000000);
	writer_raw(w, up ? span_of(text, 8) : SPAN(",,"));
	if (up)
		writer_field(w, up->name);
	writer_end(w);
}

/* Counts one region that owes a report for a year. */
static void
hold(struct coverage *c, struct aggregate *a, struct span year, uint32_t code, struct writer *missing)
{
	const struct region *row = regions_at(a->regions, code, span_year(year));
	struct span none = {NULL, 0}, group = none;
	struct covered *to;
	char text[16], up_text[16];
	uint32_t unit, key;
	uint8_t state;

	snprintf(text, sizeof text, "%06u", (unsigned)code % 1000000);
	if (c->by_region) {
		uint32_t up = a->keys.up ? regions_up(a->regions, code, a->keys.up_level, span_year(year)) : code;

		snprintf(up_text, sizeof up_text, "%06u", (unsigned)up % 1000000);
		group = span_of(up_text, 6);
	}
	unit = intern_find(&c->units, joined(c, year, span_of(text, 6)));
	state = unit == UINT32_MAX ? 0 : c->state[unit];
	key = intern_id(&c->keys, joined(c, c->by_year ? year : none, group));
	if (key == c->ncovered) {
		c->covered = grow(c->covered, c->ncovered, &c->covered_cap, sizeof *c->covered);
		c->covered[c->ncovered++] = (struct covered){0};
	}
	to = &c->covered[key];
	to->expected++;
	to->found += (state & FOUND) != 0;
	to->parsed += (state & PARSED) != 0;
	to->valid += (state & (PARSED | BROKEN)) == PARSED;
	if (missing && !(state & FOUND))
		write_missing(missing, a->regions, row, code, year, places_level_name(c->level));
}

static int
by_owed(const void *x, const void *y)
{
	const struct owed *a = x, *b = y;

	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	return (a->code > b->code) - (a->code < b->code);
}

/* Who owes a report for a year, by code, each once. */
static size_t
owed_in(const struct coverage *c, const struct aggregate *a, int year, struct owed **list, size_t *cap)
{
	size_t n = 0, out = 0;

	for (size_t i = 0; !c->roster && i < regions_count(a->regions); i++) {
		const struct region *row = regions_row(a->regions, i);

		/* 台湾, 香港 and 澳门 owe none. */
		if (row->from > year || year > row->to || row->level != c->level || row->pseudo ||
			row->placeholder || row->code >= 710000)
			continue;
		*list = grow(*list, n, cap, sizeof **list);
		(*list)[n++] = (struct owed){row->code, year};
	}
	for (size_t i = 0; c->roster && i < c->roster->nrows; i++) {
		struct span text = table_cell_if(c->roster, i, c->roster_year);
		uint32_t code = region_parse(table_cell(c->roster, i, c->roster_region));
		const struct region *row = regions_near(a->regions, code, year);
		enum region_level level = row ? row->level : places_level_of_digits(code);

		if (level != c->level || (text.n && span_year(text) != year))
			continue;
		*list = grow(*list, n, cap, sizeof **list);
		(*list)[n++] = (struct owed){code, year};
	}
	if (n)
		qsort(*list, n, sizeof **list, by_owed);
	for (size_t i = 0; i < n; i++)
		if (out == 0 || by_owed(&(*list)[out - 1], &(*list)[i]) != 0)
			(*list)[out++] = (*list)[i];
	return out;
}

void
coverage_finish(struct coverage *c, struct aggregate *a)
{
	struct writer *missing = a->missing_from ? writer_open(a->missing_from) : NULL;
	struct owed *list = NULL;
	size_t cap = 0;
	uint32_t *rank, *year_at;

	if (a->missing_from && !missing)
		filter_note(&a->f, STATUS_LOST);
	if (missing)
		writer_raw(missing, SPAN("year,region,name,level,parent,parent_name\n"));
	for (size_t i = 0; c->roster && c->roster_year != SIZE_MAX && i < c->roster->nrows; i++)
		if (span_year(table_cell(c->roster, i, c->roster_year)))
			(void)intern_id(&c->years, table_cell(c->roster, i, c->roster_year));
	rank = intern_ranks(&c->years);
	year_at = xcalloc((size_t)c->years.n + 1, sizeof *year_at);
	for (uint32_t y = 0; y < c->years.n; y++)
		year_at[rank[y]] = y;
	for (uint32_t r = 0; r < c->years.n; r++) {
		struct span year = intern_text(&c->years, year_at[r]);
		size_t n = owed_in(c, a, span_year(year), &list, &cap);

		for (size_t i = 0; i < n; i++)
			hold(c, a, year, list[i].code, missing);
	}
	free(year_at);
	if (missing)
		filter_note(&a->f, writer_close(missing));
	free(rank);
	free(list);
	rank = intern_ranks(&c->keys);
	c->order = xcalloc((size_t)c->keys.n + 1, sizeof *c->order);
	for (uint32_t i = 0; i < c->keys.n; i++)
		c->order[rank[i]] = i;
	free(rank);
}

struct covered
coverage_of(const struct coverage *c, struct span year, struct span region)
{
	char room[64];
	uint32_t id = UINT32_MAX;

	if (year.n + region.n + 1 <= sizeof room) {
		memcpy(room, year.p ? year.p : "", year.n);
		room[year.n] = '\0';
		memcpy(room + year.n + 1, region.p ? region.p : "", region.n);
		id = intern_find(&c->keys, span_of(room, year.n + region.n + 1));
	}
	return id == UINT32_MAX ? (struct covered){0} : c->covered[id];
}

uint32_t
coverage_count(const struct coverage *c)
{
	return c->keys.n;
}

struct covered
coverage_at(const struct coverage *c, uint32_t i, struct span *year, struct span *region)
{
	struct span text = intern_text(&c->keys, c->order[i]);

	*year = span_cut(&text, '\0');
	*region = text;
	return c->covered[c->order[i]];
}
