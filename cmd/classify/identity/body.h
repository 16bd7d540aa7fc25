/*
 * body: what kind of body a name is, by how it ends (common/tables/regions/bodies.csv).
 *
 * The longest ending in the table decides: 国有资产监督管理委员会 is a department though 管理委员会 is a zone's.
 */
#ifndef BODY_H
#define BODY_H

#include <stdbool.h>

#include "identity.h"
#include "span.h"

struct bodies;

/* NULL, said, if the table cannot be used. */
struct bodies *bodies_load(const char *dir);
void bodies_free(struct bodies *b);

/* The kind of the name's longest known ending, whose bytes are *ending; BODY_OTHER with 0 if none. */
enum body_kind bodies_kind(const struct bodies *b, struct span name, size_t *ending);

/* The type of place that alone has bodies of that ending (types.csv): 省 of 水利厅.  Empty if any may. */
struct span bodies_type(const struct bodies *b, struct span name);

#endif
