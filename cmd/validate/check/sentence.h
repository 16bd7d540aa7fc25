/*
 * sentence: figures of one paragraph that are a whole and its parts, shares of a whole, or growths, for
 * the checks inside prose.
 *
 * What makes a list is told by words of forms/sentences.csv in the clause of a figure; nothing is said
 * of figures that no such word joins, but a sum that closes is taken for what it is.
 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "decimal.h"

struct evaluator;
struct instance;

enum sentence_word { WORD_OPENS = 1, WORD_CLOSES = 2, WORD_SHARE = 4, WORD_ENDS = 8, WORD_GROWTH = 16 };

struct sentence_item {
	uint32_t fact;
	uint8_t kind;        /* enum item_kind */
	uint8_t words;       /* bits of enum sentence_word */
	struct decimal value;
	uint32_t line, unit, label; /* hashes: equal for one paragraph, one unit, one clause */
};

struct sentence_list {
	uint32_t whole;      /* items */
	uint32_t first, end; /* the parts lie between them, with their shares and growths */
	uint32_t parts;
	bool closed;         /* the parts are all there are */
	struct decimal_sum sum;
};

struct sentences {
	struct table *words;
	size_t word, role;   /* columns */
	uint8_t *bits;       /* by row */
	uint16_t *next;      /* by row: the next word beginning with the like letter, plus 1 */
	uint16_t *first;     /* by letter: the first word, plus 1 */
	struct sentence_item *item;
	size_t nitems, items_cap;
	struct sentence_list *list;
	size_t nlists, lists_cap;
	const void *read_for; /* the report the items are of */
};

/* False, said, if the table cannot be used. */
bool sentences_load(struct sentences *s, const char *dir);
void sentences_release(struct sentences *s);

/* Evaluates a check with narrative(part), narrative(whole) … on the report at hand. */
void sentence_check(struct evaluator *e, uint32_t rule, const struct instance *instance);

#endif
