/*
 * governments: by which words a name is that of a government (regions/bodies.csv), so that one is known under
 * several: 样本区政府 is 样本区人民政府.
 */
#ifndef GOVERNMENTS_H
#define GOVERNMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "table.h"

struct governments {
	struct table *table;
	struct span *ending;
	size_t n;
};

/* False, said, if the table cannot be used. */
bool governments_load(struct governments *g, const char *dir);
void governments_release(struct governments *g);

/* What stands before the longest of the endings; nothing if none ends the name. */
struct span governments_place(const struct governments *g, struct span name);

#endif
