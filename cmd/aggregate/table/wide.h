/*
 * wide: the table with a column for each year or each indicator, holding the sums.
 */
#ifndef WIDE_H
#define WIDE_H

#include "aggregate.h"

/* Writes it, with its header. */
void wide_write(struct aggregate *a);

#endif
