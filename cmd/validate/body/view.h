/*
 * view: a report's facts by cell, and those of its prose by indicator, as checks ask for them.
 *
 * A report may hold two sheets, for the territory and for the body: a view is of all its facts or of one scope's.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "body.h"

/* The facts of a report by cell, and those of its prose by indicator; each plus 1, 0 for none. */
struct view {
	const struct report *report; /* NULL: there is none */
	uint32_t *cell;
	uint32_t *prose;
	bool sheets;                 /* a cell has main values of several scopes */
	uint32_t scopes[FACT_SCOPES]; /* facts of tables, by scope */
};

/* Stands for every scope. */
enum { VIEW_ANY_SCOPE = -1 };

void view_init(struct view *v, const struct cells *cells);
void view_release(struct view *v);

/*
 * The facts of a report (none if it is NULL), of one scope or of all, and of another page that is the text of it; with
 * `now` only those that can be of the sheet there.
 */
void view_fill(struct view *v, struct body *b, const struct report *report, int scope, const struct view *now);

/* True if all facts of both are of one scope. */
bool view_same_sheet(const struct view *x, const struct view *y);

#endif
