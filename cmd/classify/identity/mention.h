/*
 * mention: the places named in a text, as the rows of regions they may be, read out of the words that stand there.
 */
#ifndef MENTION_H
#define MENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lexicon.h"
#include "names.h"
#include "span.h"

/* A place named in a text: the rows of regions it may be. */
struct mention {
	uint32_t start, end; /* bytes of the text, with the whole chain before it: start of its
				first name */
	uint32_t own;        /* where the last name of the chain begins */
	uint32_t first, n;   /* rows, in mentions.row */
	struct span name;    /* the last name, as the text has it */
	int32_t zone;        /* or -1; the rows are then those of the zone's parent */
	bool chained;        /* the names before it in the text are those it lies in */
	bool loose;          /* a short name without any word beside it that says it is a place */
};

struct mentions {
	struct mention *v;
	size_t n, cap;
	uint16_t *row;
	size_t nrows, rows_cap;
	struct name_hit *pick; /* room to choose in */
	size_t pick_cap;
};

/*
 * Appends the places named in the text, whose words stand in hits, in their order; names that
 * follow one another and lie in one another are one mention.
 */
void mentions_read(const struct lexicon *lex, struct span text, const struct name_hit *hits,
	size_t n, struct mentions *out);

#endif
