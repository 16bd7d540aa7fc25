/*
 * places: what a region code of a year stands for: its own level, the code it is added up under.
 *
 * Each combination of region, year and level is worked out once.  Facts may come in any order, so the way
 * to what is known is short and takes little of the cache: the three texts have numbers, and a region has one
 * row for all years in which it is the same.
 *
 * Memory: ROW_BYTES a region, and for each more place it has at another level or in other years; the texts.
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
	uint32_t life;     /* of the region in its year, as regions_life has it */
	bool own_level;    /* the fact says the same */
	bool unmapped;     /* no code to add up under in that year */
	bool split;        /* the code was split: it stands at the common ancestor */
	char text[6];      /* the code to add up under, as digits */
};

/* What is known of a region at a level in some years. */
struct places_row {
	uint64_t years;  /* a bit for each, by the number of its text */
	uint32_t level1; /* number of the level's text + 1; 0: nothing is known of the region yet */
	uint32_t next1;  /* the next row of the region, in `more`, + 1; or 0 */
	struct place place;
};

/*
 * How many years and levels rows tell apart.  More are only in input that is not facts: those met later
 * are found by the texts themselves.
 */
enum { PLACES_YEARS = 64, PLACES_LEVELS = 16, ROW_BYTES = sizeof(struct places_row) };

struct places {
	const struct regions *regions;
	bool up;                 /* codes are mapped up to up_level */
	enum region_level up_level;
	int as_of;               /* --codes-as-of, or 0 */
	/* The texts of the questions: those of regions and years may be kept by others as well. */
	struct intern *region, *year, own_region, own_year, level;
	uint32_t region_id, year_id; /* numbers of those of the last question */
	struct places_row *row;  /* the first of each region, by its number */
	size_t nrows, rows_cap;
	struct places_row *more;
	uint32_t nmore;
	size_t more_cap;
	struct intern late;      /* region, year and level where rows do not tell one of them apart */
	struct place *late_place;
	size_t nlate, late_cap;
	struct buf key;
};

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
