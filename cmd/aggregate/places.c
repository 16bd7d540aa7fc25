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
	free(p->first1);
	free(p->late1);
	free(p->place);
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
	place.own_level = (nation || place.code) && places_level(level, &given) && given == own;
	place.unmapped = place.code == 0 && !nation;
	if (p->as_of && place.code)
		map_code(p, &place, when);
	if (p->up && !place.unmapped) {
		uint32_t up = regions_up(p->regions, place.code, p->up_level, p->as_of ? p->as_of : when);

		place.unmapped = up == 0;
		/* What was split over several of these levels stays above them. */
		if (up)
			place.code = up;
		else if (place.split)
			place.unmapped = false;
	}
	snprintf(text, sizeof text, "%06u", (unsigned)place.code % 1000000);
	memcpy(place.text, text, sizeof place.text);
	return place;
}

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->code == b->code && a->level == b->level && a->own_level == b->own_level &&
	       a->unmapped == b->unmapped && a->split == b->split;
}

/* The number + 1 of a place, which may be that of the place last1. */
static uint32_t
place_number(struct places *p, struct place place, uint32_t last1)
{
	if (last1 && same_place(&p->place[last1 - 1], &place))
		return last1;
	p->place = grow(p->place, p->n, &p->cap, sizeof *p->place);
	p->place[p->n] = place;
	return ++p->n;
}

/* The row of a region at a level, a new one if there is none. */
static struct places_row *
row_of(struct places *p, uint32_t region, uint32_t level)
{
	uint32_t row1;

	while (region >= p->nfirst) {
		p->first1 = grow(p->first1, p->nfirst, &p->first_cap, sizeof *p->first1);
		p->first1[p->nfirst++] = 0;
	}
	for (row1 = p->first1[region]; row1; row1 = p->row[row1 - 1].next1)
		if (p->row[row1 - 1].level == level)
			return &p->row[row1 - 1];
	p->row = grow(p->row, p->nrows, &p->rows_cap, sizeof *p->row);
	p->row[p->nrows] = (struct places_row){.level = level, .next1 = p->first1[region]};
	p->first1[region] = ++p->nrows;
	return &p->row[p->nrows - 1];
}

static const struct place *
find_late(struct places *p, struct span region, struct span year, struct span level)
{
	uint32_t id;

	buf_reset(&p->key);
	buf_add_span(&p->key, region);
	buf_add_char(&p->key, '\0');
	buf_add_span(&p->key, year);
	buf_add_char(&p->key, '\0');
	buf_add_span(&p->key, level);
	id = intern_id(&p->late, buf_span(&p->key));
	if (id == p->nlate) {
		p->late1 = grow(p->late1, id, &p->late_cap, sizeof *p->late1);
		p->late1[p->nlate++] = place_number(p, work_out(p, region, year, level), 0);
	}
	return &p->place[p->late1[id] - 1];
}

const struct place *
places_find(struct places *p, struct span region, struct span year, struct span level)
{
	uint32_t level_id = intern_field(&p->level, level), *place1;
	struct places_row *row;

	p->region_id = intern_field(p->region, region);
	p->year_id = intern_field(p->year, year);
	if (p->year_id >= PLACES_YEARS || level_id >= PLACES_LEVELS)
		return find_late(p, region, year, level);
	row = row_of(p, p->region_id, level_id);
	place1 = &row->place1[p->year_id];
	if (!*place1)
		*place1 = row->last1 = place_number(p, work_out(p, region, year, level), row->last1);
	return &p->place[*place1 - 1];
}
