/*
 * layout: which row of a form each label of a table is, remembered for the tables that came last.
 *
 * The same labels in the same order come page after page, and what align answers depends on nothing
 * else.  A table is known again by the ids of all its labels, in their order, and the form.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "align.h"

struct layouts;

struct layouts *layouts_new(void);
void layouts_free(struct layouts *l);

/*
 * Gives the entries their answers if a table with these labels was kept for the form.  *fuzzy: how many
 * labels were compared letter by letter then; if it is more than there may be now, that is no answer.
 */
bool layouts_recall(const struct layouts *l, struct entry *entry, size_t n, uint16_t form, size_t *fuzzy);

/* Keeps the answers, in place of another table's; not those of tables that are too long to be kept. */
void layouts_keep(struct layouts *l, const struct entry *entry, size_t n, uint16_t form, size_t fuzzy);

#endif
