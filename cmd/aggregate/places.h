/*
 * places: what a region code of a year stands for: its own level, the code it is added up under.
 *
 * Each combination of region, year and level is worked out once; facts of one report come together, so
 * nearly every question is the one before.
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
	int year;          /* of the report; 0: no number */
	enum region_level level; /* of the region in its year, whatever the fact says */
	bool own_level;    /* the fact says the same */
	bool unmapped;     /* no code to add up under in that year */
	bool split;        /* the code was split: it stands at the common ancestor */
	char text[6];      /* the code to add up under, as digits */
};

struct places {
	const struct regions *regions;
	bool up;                 /* codes are mapped up to up_level */
	enum region_level up_level;
	int as_of;               /* --codes-as-of, or 0 */
	struct intern seen;
	struct place *place;
	size_t cap;
	struct buf last;         /* region, year and level of the last question */
	uint32_t last_id;
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
