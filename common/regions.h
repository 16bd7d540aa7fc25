/*
 * regions: the administrative divisions by code and year, and how codes map across years.
 *
 * A code is six digits (GB/T 2260) kept as a number: 110101.  A row is a code under one name over
 * the years it was valid on 31 December.  Pseudo-prefectures (110100, 419000 …) stand in the tree
 * as parents, so every county has a prefecture and every prefecture a province.  Nothing here is
 * written to after regions_load.
 */
#ifndef REGIONS_H
#define REGIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

enum region_level { REGION_NATION, REGION_PROVINCE, REGION_PREFECTURE, REGION_COUNTY };

struct region {
	uint32_t code;
	uint32_t parent;   /* code, 0 for a province */
	uint16_t from, to; /* first and last year; `to` is REGION_NOW for rows still valid */
	enum region_level level;
	bool pseudo;      /* 市辖区, 县, 直辖县级: no government of its own */
	bool placeholder; /* a code that stood in the lists without a government */
	struct span name, short_name;
	struct span alias; /* other usual names, separated by ';' */
	struct span kind;
};

enum { REGION_NOW = 9999 };

struct regions;

/* Loads regions.csv and changes.csv (those of `dir` before those linked in); NULL, said, if broken.
 */
struct regions *regions_load(const char *dir);
void regions_free(struct regions *r);

/* All rows, by code and then by year. */
size_t regions_count(const struct regions *r);
const struct region *regions_row(const struct regions *r, size_t i);

/* How many rows the code has, the first of them at *first. */
size_t regions_rows(const struct regions *r, uint32_t code, size_t *first);

/* Six digits as a number; 0 for anything else (and for 000000, the nation, which has no row). */
uint32_t region_parse(struct span text);

/* The row of a code in a year; NULL if it was not valid then. */
const struct region *regions_at(const struct regions *r, uint32_t code, int year);

/* As regions_at, else the row of the code nearest in time; NULL if the code never was. */
const struct region *regions_near(const struct regions *r, uint32_t code, int year);

/* The row above in that year: a county's prefecture, a prefecture's province; NULL above a
 * province. */
const struct region *regions_parent(const struct regions *r, const struct region *row, int year);

/* The code that stands for a code of older standards or of statistics (139002, 410881 …); else
 * itself. */
uint32_t regions_alias(const struct regions *r, uint32_t code);

/* The code on `level` that `code` is or lies under in that year, a pseudo one too; 0 if it has
 * none. */
uint32_t regions_up(const struct regions *r, uint32_t code, enum region_level level, int year);

/* True if `code` is `ancestor` or lies under it in that year (0, the nation: always). */
bool regions_within(const struct regions *r, uint32_t code, uint32_t ancestor, int year);

/*
 * The rows directly under `code` valid in that year, by code, into *list (NULL at first, grown,
 * freed by the caller); returns how many.  Code 0, the nation, has the provinces, without 台湾,
 * 香港 and 澳门. With `real`, the children of a pseudo-prefecture stand in its place and
 * placeholders are left out: a unit's reporting subordinates.
 */
size_t regions_children(const struct regions *r, uint32_t code, int year, bool real,
	const struct region ***list, size_t *cap);

/*
 * The codes valid in `to_year` that `code` of `from_year` became (or came from, backwards), by the
 * rows of changes.csv, into *list (NULL at first, grown, freed by the caller), by code; returns how
 * many. A code that did not change is its own; one that is not valid in `from_year` gives 0.
 * Backwards, a unit that others were merged into is itself and those; a part cut off one that went
 * on is not.
 */
size_t regions_map(const struct regions *r, uint32_t code, int from_year, int to_year,
	uint32_t **list, size_t *cap);

/*
 * What stands for the region that has this code in this year, under whichever code: the same number in all
 * years in which it is the same region, and no other's.  It is the same under a new code; it is another once it was
 * divided, was merged into one, or took one in.  A part cut off it, and a boundary moved, leave it what it was.
 * A code that is not valid then, nor the year before or after, stands for itself.
 */
uint32_t regions_life(const struct regions *r, uint32_t code, int year);

#endif
