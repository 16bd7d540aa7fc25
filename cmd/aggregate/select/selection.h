/*
 * selection: which facts are added up, and by what reason the others are left out.
 *
 * Each rule holds where its column is there.
 */
#ifndef SELECTION_H
#define SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "doubts.h"
#include "fact.h"
#include "filter.h"
#include "places.h"

enum reason {
	COUNTS,
	OUT_ROLE,      /* said again elsewhere, a duplicate, or no figure at all */
	OUT_SCOPE,
	OUT_YEAR,
	OUT_REGION,
	OUT_LEVEL,     /* a township, a zone: not the level of its region's code */
	OUT_OTHER_LEVEL,
	OUT_GRADE,
	OUT_DOUBTED,   /* part of a failed check */
	OUT_CODE,      /* no place for its code in the regions of that year */
	OUT_KIND,
	OUT_TERRITORY,
	OUT_SERIES,
	OUT_LARGE,     /* more digits than a figure can have */
	OUT_TWICE,     /* one of several figures for one cell that do not agree */
	OUT_INDICATOR, /* nobody knows what it counts */
	REASONS,
};

struct selection {
	bool all;
	struct span scopes;      /* comma-separated */
	bool scoped;             /* --scope: facts without a scope cannot be told apart */
	uint64_t scope_head;     /* of the last scope that was one of them, as intern_head has it */
	size_t scope_n;          /* its length, up to 8; 0: there was none */
	bool one_level;          /* --level */
	enum region_level level;
	const char *grade;       /* --grade: that or better */
	const struct doubts *undoubted; /* --undoubted: facts that no failed check speaks against */
	bool governments;        /* reports of governments and their offices only */
	bool labelled;           /* groups keep labels apart, which say what is counted */
	bool needs_place;        /* region codes are mapped */
	bool needs_life;         /* whose figure it is, is asked under whichever code */
	bool levels_apart;       /* groups keep levels apart, so facts of many may be added */
	bool mixed;              /* facts of two levels were added into one group */
	char first_level[16];    /* of the facts so far, if they are not kept apart */
	size_t first_level_n;
	bool bare;               /* only year, region and indicator are there to be looked at */
	struct places places;
	uint64_t out[REASONS];
};

/* Says, once the columns are known, whether any rule but "a year, a region" holds at all. */
void selection_bind(struct selection *s, const struct fact_places *at);

/* Four digits: facts of what is no year cannot stand beside others. */
static inline bool
selection_is_year(struct span s)
{
	uint32_t x;

	if (s.n != 4)
		return false;
	memcpy(&x, s.p, sizeof x);
	x ^= UINT32_C(0x30303030);
	/* A byte of 10 or more, or with a high bit, is no digit. */
	return ((x | (x + UINT32_C(0x76767676))) & UINT32_C(0x80808080)) == 0;
}

enum reason selection_rules(struct selection *s, const struct fact_places *at,
	const struct record *rec, const struct place **place);

/* Whether the fact counts.  *place is set if codes are mapped or levels compared. */
static inline enum reason
selection_check(struct selection *s, const struct fact_places *at, const struct record *rec,
	const struct place **place)
{
	if (s->bare && selection_is_year(rec->field[at->at[FACT_YEAR]]) && rec->field[at->at[FACT_REGION]].n &&
		(at->at[FACT_INDICATOR] == NO_COLUMN || rec->field[at->at[FACT_INDICATOR]].n))
		return COUNTS;
	return selection_rules(s, at, rec, place);
}

/* Whether the grade is the one asked for or better; false for what is no grade. */
bool selection_grade(struct span grade, struct span least);
bool selection_is_grade(struct span grade);
/* Whether a failed check that is no info speaks against the fact. */
bool selection_doubted(const struct doubts *d, const struct fact_places *at, const struct record *rec);
/* True if all of the comma-separated list are scopes. */
bool selection_are_scopes(struct span list);

/* What a reason is called, as in --stats; empty for COUNTS. */
struct span selection_reason(enum reason reason);

/* Says and counts what was left out; how much that is. */
uint64_t selection_report(const struct selection *s, struct filter *f);

#endif
