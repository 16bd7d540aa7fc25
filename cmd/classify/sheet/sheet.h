/*
 * sheet: the tables of a page, read into facts.
 *
 * The form is chosen by what its tables hold, never by year or citation.  A table that is none of the
 * form's gives facts without indicator, so that no number is lost.
 */
#ifndef SHEET_H
#define SHEET_H

#include "facts.h"
#include "form/form.h"
#include "identity/identity.h"
#include "page.h"

struct sheets;

/* Both are lent. */
struct sheets *sheets_new(const struct form_book *book, struct identity_finder *finder);
void sheets_free(struct sheets *s);

/*
 * Begins a page: tables that stand otherwise than in the form (turned.h, halves.h) are put as it has them.  No cell may be
 * added behind it.
 */
void sheets_arrange(struct sheets *s, struct page *page);

/*
 * Adds the facts of all tables of the page that was arranged last; returns the form of the page, an edition, or NO_FORM.  *local is set if
 * its tables are local ones, of which the form is only the nearest.
 */
uint16_t sheets_read(struct sheets *s, const struct page *page, int year, struct facts *out,
	bool *local);

/*
 * The next of the tables read last, from *at on, 0 at first, most of whose figures are not understood though their rows
 * are: where it begins, and how many of how many.
 */
bool sheets_lost(const struct sheets *s, size_t *at, uint32_t *line, uint32_t *lost, uint32_t *figures);

/*
 * The captions of the tables read last: one for a part of the year gets its period, one for another year
 * is not sure, for it may have been left from then.
 */
void sheets_caption(struct sheets *s, const struct identity *of);

/* Tables in the parts of the page that are another's report are not its own: scope unclear. */
void sheets_part(struct sheets *s, const struct identity *of);

/*
 * Tables of one form that differ are told apart by the titles and captions above them: those for another
 * year or body than `of` get their period and scope.  What still differs then is of scope unclear.
 */
void sheets_tell_apart(struct sheets *s, const struct identity *of);

#endif
