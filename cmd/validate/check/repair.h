/*
 * repair: the smallest set of cells of a report whose change closes all of its broken identities, found
 * by trying all cells and then all pairs of cells.  Only told, never applied.
 */
#ifndef REPAIR_H
#define REPAIR_H

#include "evaluator.h"

/*
 * Gives each broken identity of the report at hand (e->broken) the text of its repair:
 * `indicator[column]=value kind`, the cells of a set separated by "; ".  Where several sets would do, all
 * are told, the likeliest first, and " (n)" behind the kind says which belong together; more than a
 * dozen are not told.  Empty if three cells or more would have to change.
 */
void repair_find(struct evaluator *e);

#endif
