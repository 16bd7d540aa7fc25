/*
 * order: the groups of a table in the order of their keys.
 */
#ifndef ORDER_H
#define ORDER_H

#include "groups.h"

/*
 * The groups column by column, where rank[c][id] is the place of a number in column c among nrank[c]; the
 * caller frees it.
 */
uint32_t *order_groups(const struct groups *groups, size_t columns, uint32_t *const *rank,
	const uint32_t *nrank);

#endif
