/*
 * territory: which figures of a region's whole territory, and of its government's own tier, the bodies before
 * gave for each year, so that what another body gives besides is taken and what is there is not added twice.
 *
 * Tables are one whole: those of another body beside them are a duplicate as they are.  Text tells of a few
 * cells, and only of these; where it comes first, and the tables of a later body give them too, the tables
 * stand.  For that the facts of a body that gave text alone are held until the others have been seen.
 */
#ifndef TERRITORY_H
#define TERRITORY_H

#include <stdbool.h>
#include <stdint.h>

#include "body.h"

/* The region's whole, and its own tier. */
enum { TERRITORY_SCOPES = 2 };

/* Years are bits: y of 2000 + y. */
struct territory {
	const struct cells *cells;
	struct territory_scope {
		uint64_t reported; /* there is a report */
		uint64_t tables;   /* there are tables */
		uint64_t given;    /* there is a number */
		uint64_t held;     /* there is text that is held, */
		uint64_t written;  /* and that is not any more */
		uint64_t over;     /* tables of the body at hand stand for text that is held, */
		uint64_t counted;  /* and it has a report of that scope */
	} scope[TERRITORY_SCOPES];
	/* By scope and year, a bit each indicator and column of which there is a number. */
	uint64_t *text, *table;
	/* By scope, year and place the number that stands, as pack_number has it; of what has no bit it says nothing. */
	int64_t *number;
	size_t words; /* of one scope and year */
};

void territory_init(struct territory *t, const struct cells *cells);
void territory_release(struct territory *t);

/* Turns to another region. */
void territory_reset(struct territory *t);

/*
 * Marks as duplicates what the report gives again of what the bodies before gave.  What it finds stands in the
 * report: `territory`, `lacked`, `both` and `apart`.
 */
void territory_mark(struct territory *t, struct body *b, struct report *r);

/* Adds what a report gives, after all reports of the body have been marked. */
void territory_add(struct territory *t, struct body *b, const struct report *r);

/* True if for some year there is text alone, so that the bodies are to be held. */
bool territory_holds(const struct territory *t);

/* True if tables of the body at hand stand for text that is held. */
bool territory_displaces(const struct territory *t);

/* Marks as duplicates what is held and stands in the tables of the body at hand; territory_settled: that is done. */
void territory_settle(const struct territory *t, struct body *held);
void territory_settled(struct territory *t);

/* What was held has been written: nothing can stand for it any more. */
void territory_written(struct territory *t);

#endif
