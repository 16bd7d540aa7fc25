/*
 * places: what a region code of a year stands for: its own level, the code it is added up under.
 *
 * Each combination of region, year and level is worked out once.  Facts may come in any order, so the way
 * to what is known is short and takes little of the cache: the three texts have numbers, a region's places
 * lie side by side by year, and years in which it is the same share one.
 *
 * Memory: at most PLACE_BYTES a combination, ROW_BYTES a region and level, the texts.
 */
#ifndef PLACES_H
#define PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "intern.h"
#include "regions.h"

struct place {
	uint32_t code;     /* the code after --codes-as-of; 0: the nation or no code */
	enum region_level level; /* of the region in its year, whatever the fact says */
	bool own_level;    /* the fact says the same */
	bool unmapped;     /* no code to add up under in that year */
	bool split;        /* the code was split: it stands at the common ancestor */
	char text[6];      /* the code to add up under, as digits */
};

/*
 * How many years a row has room for, and rows a region.  More are only in input that is not facts: those
 * met later are found by the texts themselves.
 */
enum { PLACES_YEARS = 29, PLACES_LEVELS = 16 };

/* The places of a region at one level. */
struct places_row {
	uint32_t level;                /* number of its text */
	uint32_t next1;                /* the row of the region's next level + 1, or 0 */
	uint32_t last1;                /* the place worked out last + 1, or 0 */
	uint32_t place1[PLACES_YEARS]; /* by the number of the year's text: the place + 1, or 0 */
};

struct places {
	const struct regions *regions;
	bool up;                 /* codes are mapped up to up_level */
	enum region_level up_level;
	int as_of;               /* --codes-as-of, or 0 */
	/* The texts of the questions: those of regions and years may be kept by others as well. */
	struct intern *region, *year, own_region, own_year, level;
	uint32_t region_id, year_id; /* numbers of those of the last question */
	struct places_row *row;
	uint32_t nrows;
	size_t rows_cap;
	uint32_t *first1;        /* of each region, the first of its rows + 1, or 0 */
	size_t nfirst, first_cap;
	struct intern late;      /* region, year and level where there is no room for one of the two */
	struct buf key;
	uint32_t *late1;         /* of each of those, the place + 1 */
	size_t nlate, late_cap;
	struct place *place;
	uint32_t n;
	size_t cap;
};

enum { PLACE_BYTES = sizeof(struct place), ROW_BYTES = sizeof(struct places_row) };

void places_init(struct places *p, const struct regions *regions);
void places_release(struct places *p);

/* What is known of these; good until the next call. */
const struct place *places_find(struct places *p, struct span region, struct span year,
	struct span level);

/* The level a code has by its digits: the last way out for codes in no table. */
enum region_level places_level_of_digits(uint32_t code);

/* "province" and so on as a level; false for what is none of the tree (township, zone). */
bool places_level(struct span name, enum region_level *level);
const char *places_level_name(enum region_level level);

#endif
