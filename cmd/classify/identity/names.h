/*
 * names: finds all of some thousands of words in a text in one pass (Aho-Corasick over characters).
 *
 * Characters declared equal (traditional and simplified forms) are one letter of the automaton, so
 * a text is never converted.  A character that no word holds leads back to the start at once.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct names;

struct name_hit {
	uint32_t word;       /* number names_add gave */
	uint32_t start, end; /* bytes of the text */
};

struct name_hits {
	struct name_hit *v;
	size_t n, cap;
};

struct names *names_new(void);

/* From now on `other` is read as `plain`; before the first names_add.  Both below U+10000, of like
 * UTF-8 length; false if they are not. */
bool names_equate(struct names *n, uint32_t other, uint32_t plain);

/*
 * Adds a word and returns its number; a word that is there already has the number it had.  Words
 * are numbered from 0 in the order they came.  An empty one, or one of characters that are no part
 * of the basic plane, has NAMES_NONE.
 */
uint32_t names_add(struct names *n, struct span word);

#define NAMES_NONE UINT32_MAX

/* Makes it ready for names_scan; no names_add after. */
void names_build(struct names *n);

/*
 * Appends every word in the text, also inside others, by its end, the longest first.  True if the
 * text holds a character that was declared equal to another.
 */
bool names_scan(const struct names *n, struct span text, struct name_hits *hits);

/* The character as names_add reads it: of one declared equal, the plain one. */
uint32_t names_plain(const struct names *n, uint32_t character);

void names_free(struct names *n);

#endif
