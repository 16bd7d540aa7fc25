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
	*p = (struct places){.regions = regions, .last_id = UINT32_MAX};
	intern_init(&p->seen);
}

void
places_release(struct places *p)
{
	intern_release(&p->seen);
	buf_release(&p->last);
	buf_release(&p->key);
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
map_code(const struct places *p, struct place *place)
{
	static const int nearby[] = {0, -1, 1};
	uint32_t *codes = NULL;
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < sizeof nearby / sizeof *nearby && n == 0; i++)
		n = regions_map(p->regions, place->code, place->year + nearby[i], p->as_of, &codes, &cap);
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
	struct place place = {.code = region_parse(region), .year = span_year(year)};
	bool nation = span_eq(region, SPAN("000000"));
	const struct region *row =
		place.code && place.year ? regions_near(p->regions, place.code, place.year) : NULL;
	enum region_level own = row ? row->level : places_level_of_digits(place.code), given;
	char text[16];

	place.level = own;
	place.own_level = (nation || place.code) && places_level(level, &given) && given == own;
	place.unmapped = place.code == 0 && !nation;
	if (p->as_of && place.code)
		map_code(p, &place);
	if (p->up && !place.unmapped) {
		uint32_t up = regions_up(p->regions, place.code, p->up_level, p->as_of ? p->as_of : place.year);

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

const struct place *
places_find(struct places *p, struct span region, struct span year, struct span level)
{
	struct buf swap;
	uint32_t id;

	buf_reset(&p->key);
	buf_add_span(&p->key, region);
	buf_add_char(&p->key, '\0');
	buf_add_span(&p->key, year);
	buf_add_char(&p->key, '\0');
	buf_add_span(&p->key, level);
	if (p->last_id != UINT32_MAX && span_eq(buf_span(&p->key), buf_span(&p->last)))
		return &p->place[p->last_id];
	id = intern_id(&p->seen, buf_span(&p->key));
	if (id + 1 == p->seen.n) {
		/* New, or the newest once more, which gives the same. */
		p->place = grow(p->place, id, &p->cap, sizeof *p->place);
		p->place[id] = work_out(p, region, year, level);
	}
	p->last_id = id;
	swap = p->last;
	p->last = p->key;
	p->key = swap;
	return &p->place[id];
}
