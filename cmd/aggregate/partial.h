/*
 * partial: sums that are still to be added to others, as rows of facts with a count.
 *
 * A row is one value with the columns that any later grouping, selection or roll-up can ask for, and how
 * many facts say it; so what is added up from the rows is, byte for byte, what is added up from the
 * facts.  Every row names its shard and how many facts that shard has: a shard that is there twice or
 * not whole is told by its counts, wherever its rows stand.
 */
#ifndef PARTIAL_H
#define PARTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "fact.h"
#include "group/groups.h"
#include "intern.h"
#include "select/keys.h"
#include "writer.h"

struct shard {
	uint64_t facts;   /* it says it has */
	uint64_t counted; /* that were met */
	bool at_odds;     /* two rows say different numbers */
};

struct partial {
	struct intern ids; /* of the shards merged */
	struct shard *shard;
	size_t nshards, cap;
	uint64_t sum[2];    /* of the hashes of the records, for the id of a shard without --shard */
	struct buf options, tables, version; /* the constants all rows that are merged must share */
	struct buf made;                     /* options of the rows that are written */
};

void partial_init(struct partial *p);
void partial_release(struct partial *p);

/*
 * Sets what is written: what is selected, and by which tables; the version is this program's.  What the rows
 * of a merge were selected by the first of them says.
 */
void partial_constants(struct partial *p, struct span made, struct span tables);

/* Takes a record of a shard into its id: the order of the records does not matter. */
void partial_note(struct partial *p, struct span record);

/* The id of a shard from what was noted: 32 hexadecimal digits. */
void partial_id(const struct partial *p, char id[33]);

/*
 * Takes a row of partial sums: its count, and that it fits the others.  NULL, or why the record is none.
 * *refused says that it cannot be mixed with this run: the message was given.
 */
const char *partial_row(struct partial *p, const struct fact_places *at, const struct reader *in,
	const struct record *rec, uint64_t *weight, bool *refused);

/* After the last row: STATUS_USAGE, said, if a shard is there twice, the graver STATUS_LOST if one is not whole. */
enum status partial_check(const struct partial *p);

#endif
