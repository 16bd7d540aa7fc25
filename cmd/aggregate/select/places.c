#include "places.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const level_names[] = {
	[REGION_NATION] = "nation",
	[REGION_PROVINCE] = "province",
	[REGION_PREFECTURE] = "prefecture",
	[REGION_COUNTY] = "county",
};

bool
places_level(struct span name, enum region_level *level)
{
	for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++)
		if (span_eq(name, span_str(level_names[i]))) {
			*level = (enum region_level)i;
			return true;
		}
	return false;
}

const char *
places_level_name(enum region_level level)
{
	return level_names[level];
}

void
places_init(struct places *p, const struct regions *regions)
{
	*p = (struct places){.regions = regions};
	intern_init(&p->own_region);
	intern_init(&p->own_year);
	p->region = &p->own_region;
	p->year = &p->own_year;
	intern_init(&p->level);
	intern_init(&p->late);
}

void
places_release(struct places *p)
{
	intern_release(&p->own_region);
	intern_release(&p->own_year);
	intern_release(&p->level);
	intern_release(&p->late);
	buf_release(&p->key);
	free(p->row);
	free(p->more);
	free(p->late_place);
}

enum region_level
places_level_of_digits(uint32_t code)
{
	return code == 0            ? REGION_NATION
	       : code % 10000 == 0  ? REGION_PROVINCE
	       : code % 100 == 0    ? REGION_PREFECTURE
				    : REGION_COUNTY;
}

/* The lowest division that all of the codes are or lie under in that year; 0: the nation. */
static uint32_t
common_ancestor(const struct regions *r, const uint32_t *codes, size_t n, int year)
{
	for (int level = REGION_COUNTY; level > REGION_NATION; level--) {
		uint32_t up = regions_up(r, codes[0], (enum region_level)level, year);
		bool same = up != 0;

		for (size_t i = 1; i < n && same; i++)
			same = regions_up(r, codes[i], (enum region_level)level, year) == up;
		if (same)
			return up;
	}
	return 0;
}

/*
 * The code of another year.  The tables hold the state of 31 December, and a report may still use the code
 * that was left in its last days, so the year before and the year after are asked as well.
 */
static void
map_code(const struct places *p, struct place *place, int year)
{
	static const int nearby[] = {0, -1, 1};
	uint32_t *codes = NULL;
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < sizeof nearby / sizeof *nearby && n == 0; i++)
		n = regions_map(p->regions, place->code, year + nearby[i], p->as_of, &codes, &cap);
	place->unmapped = n == 0;
	place->split = n > 1;
	if (n == 1)
		place->code = codes[0];
	else if (n > 1)
		place->code = common_ancestor(p->regions, codes, n, p->as_of);
	free(codes);
}

static struct place
work_out(const struct places *p, struct span region, struct span year, struct span level)
{
	struct place place = {.code = region_parse(region)};
	int when = span_year(year);
	bool nation = span_eq(region, SPAN("000000"));
	const struct region *row =
		place.code && when ? regions_near(p->regions, place.code, when) : NULL;
	enum region_level own = row ? row->level : places_level_of_digits(place.code), given;
	char text[16];

	place.level = own;
	place.life = regions_life(p->regions, place.code, when);
	place.own_level = (nation || place.code) && places_level(level, &given) && given == own;
	place.unmapped = place.code == 0 && !nation;
	if (p->as_of && place.code)
		map_code(p, &place, when);
	if (p->up && !place.unmapped) {
		uint32_t up = regions_up(p->regions, place.code, p->up_level, p->as_of ? p->as_of : when);

		place.unmapped = up == 0;
		/* What was split within one of this level is wholly its; over several it stays
		 * above them. */
		if (up) {
			place.code = up;
			place.split = false;
		} else if (place.split) {
			place.unmapped = false;
		}
	}
	snprintf(text, sizeof text, "%06u", (unsigned)place.code % 1000000);
	memcpy(place.text, text, sizeof place.text);
	return place;
}

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->code == b->code && a->level == b->level && a->life == b->life && a->own_level == b->own_level &&
	       a->unmapped == b->unmapped && a->split == b->split;
}

/* The row of a region for a level and year that are not those of its first. */
static struct places_row *
more_rows(struct places *p, uint32_t region, uint32_t level1, uint64_t year)
{
	for (uint32_t at1 = p->row[region].next1; at1; at1 = p->more[at1 - 1].next1)
		if (p->more[at1 - 1].level1 == level1 && (p->more[at1 - 1].years & year))
			return &p->more[at1 - 1];
	return NULL;
}

/* Takes the year into the row of the region that has the same place, or into a new one. */
static struct places_row *
add_year(struct places *p, uint32_t region, struct places_row new)
{
	struct places_row *row = &p->row[region];

	while (row->level1 && (row->level1 != new.level1 || !same_place(&row->place, &new.place))) {
		if (row->next1 == 0) {
			p->more = grow(p->more, p->nmore, &p->more_cap, sizeof *p->more);
			new.next1 = p->row[region].next1;
			p->more[p->nmore] = new;
			p->row[region].next1 = ++p->nmore;
			return &p->more[p->nmore - 1];
		}
		row = &p->more[row->next1 - 1];
	}
	if (row->level1)
		row->years |= new.years;
	else
		*row = new;
	return row;
}

static const struct place *
find_late(struct places *p, struct span region, struct span year, struct span level)
{
	uint32_t id = intern_id(&p->late, intern_joined(&p->key, (struct span[]){region, year, level}, 3));

	if (id == p->nlate) {
		p->late_place = grow(p->late_place, id, &p->late_cap, sizeof *p->late_place);
		p->late_place[p->nlate++] = work_out(p, region, year, level);
	}
	return &p->late_place[id];
}

const struct place *
places_find(struct places *p, struct span region, struct span year, struct span level)
{
	uint32_t level_id = intern_field(&p->level, level);
	struct places_row *row;
	uint64_t bit;

	p->region_id = intern_field(p->region, region);
	p->year_id = intern_field(p->year, year);
	if (p->year_id >= PLACES_YEARS || level_id >= PLACES_LEVELS)
		return find_late(p, region, year, level);
	bit = (uint64_t)1 << p->year_id;
	while (p->region_id >= p->nrows) {
		p->row = grow(p->row, p->nrows, &p->rows_cap, sizeof *p->row);
		p->row[p->nrows++] = (struct places_row){0};
	}
	row = &p->row[p->region_id];
	if (row->level1 != level_id + 1 || !(row->years & bit))
		row = more_rows(p, p->region_id, level_id + 1, bit);
	if (!row) {
		struct places_row new = {bit, level_id + 1, 0, work_out(p, region, year, level)};

		row = add_year(p, p->region_id, new);
	}
	return &row->place;
}
