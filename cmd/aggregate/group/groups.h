/*
 * groups: a tally for each combination of key numbers that occurs.
 *
 * The key of a group is one number a column (intern.h), packed into 64-bit words: nearly always one word.
 * The bits a column has grow with its numbers; the table is then laid out anew.  Facts wait in small
 * batches while the memory they go to is fetched, since with many groups that is all the time goes to.
 *
 * Memory: GROUP_BYTES a group (with a wide tally WIDE_BYTES more, and 8 for each word after the first), 16 to
 * 32 in the index; when values are kept at most 16 a value, and 4 more a group.  At most 2^31 groups.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally.h"
#include "values.h"

/*
 * Nearly every group holds whole numbers of 32 bits and none that is about or suspect: its tally is kept
 * in half a cache line.  Any other has `n` WIDE_TALLY and a struct tally of its own.
 */
struct group {
	uint64_t key; /* the first word */
	int64_t sum;
	int32_t min, max;
	uint32_t n;
	uint32_t missing; /* or the number of the wide tally */
};

#define WIDE_TALLY UINT32_MAX

enum { GROUP_BYTES = sizeof(struct group), WIDE_BYTES = sizeof(struct tally) };

struct groups;

/* `columns` numbers a key (1 or more); with keep_values every number is kept. */
struct groups *groups_new(size_t columns, bool keep_values);
void groups_free(struct groups *g);

/* Adds a fact; ids has `columns` numbers. */
void groups_add(struct groups *g, const uint32_t *ids, struct decimal d, unsigned flags,
	uint64_t weight);

/*
 * The quick way for a fact that is a whole number of 32 bits, nothing else, once: while a key has one word,
 * the caller packs it, each id shifted by its column's `shift`, if it is below `limit`; an id that is not
 * goes through groups_add, and the layout is asked for again.
 */
struct layout {
	bool one_word;
	struct {
		uint8_t shift;
		uint64_t limit;
	} column[256];
};

enum { GROUPS_BATCH = 64 };

void groups_layout(const struct groups *g, struct layout *layout);

/* Fetches where the index says which group has the key; returns what groups_add_whole finds it by. */
uint64_t groups_expect(const struct groups *g, uint64_t key);

/* Adds n facts, at most GROUPS_BATCH. */
void groups_add_whole(struct groups *g, const uint64_t *key, const uint64_t *hash, const int32_t *v,
	size_t n);

/* Ends adding: all facts are in their groups from here on. */
void groups_finish(struct groups *g);

/* How many there are, numbered from 0 as they were met first; nothing that is written depends on that. */
uint32_t groups_count(const struct groups *g);

/* The tally of a group, and a new one for it. */
struct tally groups_tally(const struct groups *g, uint32_t i);
void groups_set(struct groups *g, uint32_t i, const struct tally *tally);

/* The number in a column of a group's key. */
uint32_t groups_id(const struct groups *g, uint32_t i, size_t column);
/* The first word of its key. */
uint64_t groups_key(const struct groups *g, uint32_t i);

/* The group with these ids, a new one if there is none; after groups_finish. */
uint32_t groups_find_or_add(struct groups *g, const uint32_t *ids);

/* The group with these ids, or UINT32_MAX; after groups_finish. */
uint32_t groups_find(const struct groups *g, const uint32_t *ids);

/*
 * Brings the kept values into the order of their groups, once, after groups_finish; then
 * groups_values gives those of a group.
 */
void groups_sort_values(struct groups *g);
struct values groups_values(const struct groups *g, uint32_t i);

/* Fetches what will be asked of a group soon, and where that of one after it stands. */
void groups_prefetch(const struct groups *g, uint32_t next, uint32_t after);

#endif
