/*
 * memo: what short texts said the last time, since pages of one kind repeat their labels.
 *
 * A table of fixed size in which a newer text takes the place of an older one; what it gives is what
 * reading the text again would give.
 */
#ifndef MEMO_H
#define MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "cell.h"
#include "decimal.h"
#include "span.h"

enum { MEMO_TEXT = 96 }; /* bytes of the longest text kept, before and after folding */

/* What is looked at first stands first: most labels fit the first line of the cache. */
struct memo_entry {
	uint8_t length;  /* of text; 0: the entry is free */
	uint8_t kind;    /* what the text was read as */
	uint8_t folded_length, value_length;
	uint8_t state;
	bool changed;    /* folding changed it */
	struct span unit;
	char text[MEMO_TEXT], folded[MEMO_TEXT], value[DECIMAL_MAX];
};

struct memo;

struct memo *memo_new(void);
void memo_free(struct memo *m);

/* What is known of the text as a piece of this kind, or NULL; lent until the next memo_keep. */
const struct memo_entry *memo_find(const struct memo *m, uint8_t kind, struct span text);

/* Keeps what a text gave, if it is short enough and has come before; `unit` must live as long as the memo. */
void memo_keep(struct memo *m, uint8_t kind, struct span text, bool changed, struct span folded,
	enum state state, struct span value, struct span unit);

#endif
