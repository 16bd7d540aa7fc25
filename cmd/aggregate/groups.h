/*
 * groups: a tally for each combination of key numbers that occurs.
 *
 * The key of a group is one number a column (intern.h), packed into 64-bit words: nearly always one word.
 * The bits a column has grow with its numbers; the table is then laid out anew.  Facts wait in small
 * batches while the memory they go to is fetched, since with many groups that is all the time goes to.
 *
 * Memory: GROUP_BYTES a group (and 8 for each word after the first), 16 to 32 in the index; 16 a value
 * when values are kept.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally.h"

struct group {
	struct tally tally;
	uint64_t key; /* the first word */
};

enum { GROUP_BYTES = sizeof(struct group) };

/* A number that was added, kept for the quantiles; more than 2^27 - 1 of them are several values. */
struct value {
	int64_t digits;
	uint32_t group;
	uint32_t scale : 5, weight : 27;
};

struct groups;

/* `columns` numbers a key (1 or more); with keep_values every number is kept. */
struct groups *groups_new(size_t columns, bool keep_values);
void groups_free(struct groups *g);

/* Adds a fact; ids has `columns` numbers. */
void groups_add(struct groups *g, const uint32_t *ids, struct decimal d, unsigned flags,
	uint64_t weight);

/* Ends adding: all facts are in their groups from here on. */
void groups_finish(struct groups *g);

uint32_t groups_count(const struct groups *g);
struct group *groups_at(const struct groups *g, uint32_t i);
/* The number in a column of a group's key. */
uint32_t groups_id(const struct groups *g, uint32_t i, size_t column);

/* The group with these ids, a new one if there is none; after groups_finish. */
uint32_t groups_find_or_add(struct groups *g, const uint32_t *ids);

/* The group with these ids, or UINT32_MAX; after groups_finish. */
uint32_t groups_find(const struct groups *g, const uint32_t *ids);

/*
 * Brings the kept values into the order of their groups, once, after groups_finish; then
 * groups_values gives those of a group.
 */
void groups_sort_values(struct groups *g);
struct value *groups_values(struct groups *g, uint32_t i, size_t *n);

/*
 * The groups in the order of their keys, column by column, where rank[c][id] is the place of a number in
 * column c; the caller frees it.
 */
uint32_t *groups_order(const struct groups *g, uint32_t *const *rank, const uint32_t *nrank);

#endif
