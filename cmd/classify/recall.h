/*
 * recall: what was found out about short texts, remembered from page to page.
 *
 * The number of places is fixed, and so is the memory.  A text has the place of one of four; a new one
 * takes the one whose text was not seen for the longest time, but none whose text stands on the page in
 * hand.  Texts come in the same order page after page: the one that came behind the last is looked at
 * first, and fetched before it is asked for.
 */
#ifndef RECALL_H
#define RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct recall;

enum { RECALL_NOWHERE = UINT16_MAX };

/*
 * `places`: a power of two below RECALL_NOWHERE; `longest` text, at most 255; `size` bytes are kept of each.
 * `twice`: a text gets a place when it comes for the second time, for many come once only.
 */
struct recall *recall_new(size_t places, size_t longest, size_t size, bool twice);
void recall_free(struct recall *r);

/* Begins a page: places given before may be another text's now. */
void recall_page(struct recall *r);

/*
 * The place of the text for the rest of the page.  *fresh: it is new there, and what is to be remembered of
 * it is to be put at recall_at.  RECALL_NOWHERE: it has none.
 */
uint16_t recall_place(struct recall *r, struct span text, bool *fresh);

/* What is kept at the place. */
void *recall_at(const struct recall *r, uint16_t place);

#endif
