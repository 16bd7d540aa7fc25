/*
 * derive: what follows from a finished table: growth over the year before, rank and share.
 */
#ifndef DERIVE_H
#define DERIVE_H

#include <stdint.h>

#include "aggregate.h"

struct derived;

/* Works out what was asked for; free with derived_free. */
struct derived *derived_new(struct aggregate *a);
void derived_free(struct derived *d);

/* Writes the header's and a group's further columns, each after a comma. */
void derived_header(const struct aggregate *a, struct writer *w);
void derived_write(const struct derived *d, const struct aggregate *a, struct writer *w, uint32_t group);

#endif
