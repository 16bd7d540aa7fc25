/*
 * vocabulary: words that fields of records hold and that more than one filter writes or reads (xxgk-records(5)).
 *
 * Each column of them has an enum, its names in the order of that, and, where a filter reads it, a function that
 * tells a word; a word that is none of the column's is told as such, never taken for one that begins alike.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include "span.h"

/* grid: how the place of a cell in its table is known; GRID_NONE, an empty field, is that of all but cells. */
enum grid { GRID_NONE, GRID_HTML, GRID_ROWS, GRID_PROVED, GRID_ASSUMED, GRID_FAILED, GRIDS };
extern const struct span grid_names[GRIDS];

/* state: whether a text is a number, and why not; STATE_NONE, an empty field, is that of prose. */
enum state { STATE_NONE, STATE_NUMBER, STATE_ABOUT, STATE_BLANK, STATE_MARK, STATE_TEXT, STATES };
extern const struct span state_names[STATES];

/* scope: of whom a figure speaks; SCOPE_NONE is no word of the column. */
enum scope { SCOPE_NONE, SCOPE_REGION, SCOPE_TIER, SCOPE_OWN, SCOPE_UNCLEAR, SCOPES };
extern const struct span scope_names[SCOPES];

/* grade: what vouches for a figure, from nothing up. */
enum grade { GRADE_BROKEN, GRADE_ASSUMED, GRADE_CONSISTENT, GRADE_PROVED, GRADES };
extern const struct span grade_names[GRADES];

/* GRID_NONE for what is none. */
static inline enum grid
grid_named(struct span s)
{
	return s.n == 0 ? GRID_NONE
	       : SPAN_IS(s, "html") ? GRID_HTML
	       : SPAN_IS(s, "rows") ? GRID_ROWS
	       : SPAN_IS(s, "proved") ? GRID_PROVED
	       : SPAN_IS(s, "assumed") ? GRID_ASSUMED
	       : SPAN_IS(s, "failed") ? GRID_FAILED : GRID_NONE;
}

/* STATE_NONE for what is none. */
static inline enum state
state_named(struct span s)
{
	return s.n == 0 ? STATE_NONE
	       : SPAN_IS(s, "number") ? STATE_NUMBER
	       : SPAN_IS(s, "text") ? STATE_TEXT
	       : SPAN_IS(s, "blank") ? STATE_BLANK
	       : SPAN_IS(s, "mark") ? STATE_MARK
	       : SPAN_IS(s, "about") ? STATE_ABOUT : STATE_NONE;
}

/* SCOPE_NONE for what is none. */
static inline enum scope
scope_named(struct span s)
{
	return SPAN_IS(s, "region") ? SCOPE_REGION
	       : SPAN_IS(s, "tier") ? SCOPE_TIER
	       : SPAN_IS(s, "own") ? SCOPE_OWN
	       : SPAN_IS(s, "unclear") ? SCOPE_UNCLEAR : SCOPE_NONE;
}

/* GRADES for what is none. */
enum grade grade_named(struct span s);

#endif
