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

enum { MEMO_TEXT = 120 }; /* bytes of the longest text kept, before and after folding */

struct memo_entry {
	uint8_t length;  /* of text; 0: the entry is free */
	uint8_t kind;    /* what the text was read as */
	uint8_t folded_length, value_length;
	bool changed;    /* folding changed it */
	enum state state;
	struct span unit;
	char value[DECIMAL_MAX], text[MEMO_TEXT], folded[MEMO_TEXT];
};

struct memo;

struct memo *memo_new(void);
void memo_free(struct memo *m);

/* What is known of the text as a piece of this kind, or NULL; lent until the next memo_keep. */
const struct memo_entry *memo_find(const struct memo *m, uint8_t kind, struct span text);

/* Keeps what a text gave, if it is short enough; `unit` must live as long as the memo. */
void memo_keep(struct memo *m, uint8_t kind, struct span text, bool changed, struct span folded,
	enum state state, struct span value, struct span unit);

#endif
