/*
 * children: the checks of checks.csv that hold the divisions under a region against what it reports,
 * `children(REF) <= REF`.
 */
#ifndef CHILDREN_H
#define CHILDREN_H

#include "decimal.h"
#include "diag.h"
#include "fact.h"
#include "tree.h"

struct children;
struct aggregate;
struct groups;

/* Reads the checks and opens the file of findings; NULL, said, if either cannot be. */
struct children *children_open(const char *path, const char *tables);

/* Keeps where a figure stands that a check speaks of. */
void children_note(struct children *c, const struct fact_places *at, const struct record *rec);

/* The groups that follow are of the indicator and column of this one. */
void children_block(struct children *c, const struct aggregate *a, const struct groups *cells,
	uint32_t group);

/* What a region reports, and what those under it add up to. */
void children_check(struct children *c, const struct node *node, int year, struct decimal reported,
	struct decimal parts);

/* Writes the findings, sorted: STATUS_FINDINGS if there are any. */
enum status children_close(struct children *c);

#endif
