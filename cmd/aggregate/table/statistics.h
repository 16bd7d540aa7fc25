/*
 * statistics: the columns n,missing,about,suspect,sum,mean,min,max and the quantiles of a tally.
 */
#ifndef STATISTICS_H
#define STATISTICS_H

#include <stdbool.h>

#include "group/groups.h"
#include "writer.h"

/* Writes ",n,missing,..." */
void statistics_header(struct writer *w, bool quantiles);

/* Writes the values, each after a comma. */
void statistics_write(struct writer *w, const struct tally *t);
void statistics_quantiles(struct writer *w, const struct values *values);

/* A number, without and with division; nothing is rounded but the quotient (half to even, 6 decimals). */
void statistics_decimal(struct writer *w, struct decimal d);
void statistics_sum(struct writer *w, struct decimal_sum sum);
void statistics_quotient(struct writer *w, struct decimal_sum sum, uint64_t n);
/* above / below; nothing is written unless below > 0. */
void statistics_ratio(struct writer *w, struct decimal_sum above, struct decimal_sum below);

#endif
