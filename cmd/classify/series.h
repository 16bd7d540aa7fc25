/*
 * series: which harmonised series a fact is a term of (common/tables/forms/concordance.csv).
 *
 * Terms match by indicator and column; those of the fact's own form go before those of another, so that
 * reports without a statutory form join too.
 */
#ifndef SERIES_H
#define SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

struct series;

/* NULL, said, when the table is broken: status 2. */
struct series *series_new(const char *dir);
void series_free(struct series *s);

/*
 * Appends the names of the series, blanks between, to `names`, and how each compares with its reference
 * (exact, approximate, broken) to `comparable`; nothing for what is in no series.
 */
void series_find(const struct series *s, struct span form, struct span indicator, struct span column,
	struct buf *names, struct buf *comparable);

#endif
