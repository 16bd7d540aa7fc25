/*
 * label: what labels are compared by.
 *
 * The key of a label is what is left of it without blanks, punctuation, numbering, a leading 其中 and bracketed remarks.
 * How labels are numbered (一、 （一） 1. ①) is syntax; the words among that (一是, 其中) are rows of
 * common/tables/forms/labels.csv.
 */
#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "numerals.h"
#include "span.h"
#include "table.h"

/* How a label is numbered: 一、 / （一） / 1. */
enum numbering { NUMBER_NONE, NUMBER_SECTION, NUMBER_BRACKET, NUMBER_DIGIT };

struct label {
	struct span key; /* in the buffer given to label_read, until that changes */
	uint64_t hash;   /* of key */
	enum numbering numbering;
	uint8_t number;  /* 0: none */
	bool of_which;
};

/* What labels begin with. */
struct label_words {
	struct numerals *numerals;
	struct table *table;
	struct span *of_which, *numbered; /* 其中, in the place of a number; 是, behind one */
	size_t nof_which, nnumbered;
};

/* NULL, said, if a table is broken. */
struct label_words *label_words_load(const char *dir);
void label_words_free(struct label_words *words);

/* Reads a label; its key is appended to `keys`, and the span is good until `keys` grows again. */
struct label label_read(const struct label_words *words, struct span text, struct buf *keys);

/*
 * Edits (insert, delete, change a character) that make a of b, up to `most`; most + 1 for more.
 */
unsigned label_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, unsigned most);

/* The characters of a key, at most `cap`; returns how many. */
size_t label_runes(struct span key, uint32_t *runes, size_t cap);

#endif
