/*
 * keywords: which phrases a clause may hold, by the words they need.
 *
 * A phrase has up to KEYWORD_GROUPS groups of words; it may be there only if of each of its groups one word is.
 * A clause is looked over once for the words of all phrases, and the answer is a set: a bit for each phrase.
 */
#ifndef KEYWORDS_H
#define KEYWORDS_H

#include "span.h"

enum {
	KEYWORD_GROUPS = 8,
	KEYWORD_BYTES = 3, /* a word has at least: the first character of each is of so many */
};

struct keywords;

/* For phrases of numbers from 0 to nphrases - 1. */
struct keywords *keywords_new(size_t nphrases);
void keywords_free(struct keywords *k);

/* Adds a word to a group (from 0) of a phrase; the span must stay. */
void keywords_add(struct keywords *k, struct span word, size_t phrase, unsigned group);

/* To be called once, behind the last keywords_add. */
void keywords_build(struct keywords *k);

/* How many numbers of 64 bits a set of phrases takes: bit i % 64 of number i / 64 is phrase i. */
size_t keywords_set(const struct keywords *k);

/* Writes to set[] the phrases with words all of whose groups the clause has.  Linear in the clause. */
void keywords_find(struct keywords *k, struct span clause, uint64_t *set);

/* Whether a phrase is in a set that keywords_find wrote. */
static inline bool
keywords_has(const uint64_t *set, size_t phrase)
{
	return set[phrase / 64] >> phrase % 64 & 1;
}

#endif
