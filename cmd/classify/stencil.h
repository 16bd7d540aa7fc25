/*
 * stencil: the line of a fact, put together from pieces that were prepared once.
 *
 * Most of a line is the same in many facts: what the page shares, the names of an indicator and its
 * column, states and roles.  Each is written out when it is first needed, with its comma, and copied from
 * there.
 */
#ifndef STENCIL_H
#define STENCIL_H

#include <stdbool.h>

#include "buf.h"
#include "form/form.h"
#include "span.h"
#include "writer.h"

struct stencil;

/* The forms are kept, not copied. */
struct stencil *stencil_new(const struct forms *forms);
void stencil_free(struct stencil *s);

/* What all facts of a page share: region to level as they are written, and the source. */
void stencil_page(struct stencil *s, struct span prefix, struct span source);

/* The rest of a line. */
struct stencil_line {
	const struct form_row *row; /* or NULL: no indicator */
	struct span scope, form;    /* names that stay where they are */
	uint16_t column;            /* as of a fact */
	uint8_t state, origin, role, grid, match;
	struct span value, unit, period;
	uint32_t table, row_at, col, line;
	struct span label, head; /* if both are there, with " / " between */
};

/*
 * Writes a line from its region to its label, without its end.  False, and nothing is written, if a text
 * needs quotes.
 */
bool stencil_write(struct stencil *s, struct writer *w, const struct stencil_line *line);

#endif
