/*
 * type: what a kind of place is called in words (省, 市, 自治县), and which kinds of regions.csv are called so.
 */
#ifndef TYPE_H
#define TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"
#include "table.h"

enum { TYPES_MAX = 32, TYPE_NONE = TYPES_MAX };

/* The rows of regions/types.csv, in its order: of two that fit the first is meant. */
struct types {
	struct table *table;
	size_t n;
	struct {
		struct span word;
		uint32_t first, last; /* characters of it (span_character): asked of most texts, and none of a type */
		struct span kinds;   /* of regions.csv, parted by `;`; empty: any */
		struct span follows; /* those whose short name with this behind it is the place: 环江县 */
	} v[TYPES_MAX];
};

/* False, said, if the table is broken.  The spans are lent by the table until types_release. */
bool types_load(struct types *t, const char *dir);
void types_release(struct types *t);

/* The type the text begins with, or ends with; TYPE_NONE if it is none. */
size_t types_at_start(const struct types *t, struct span text);
size_t types_at_end(const struct types *t, struct span text);

/* True if a region of that kind can be what the word (市 of 市教育局) stands for; any can for a word of no row. */
bool types_fit(const struct types *t, struct span word, struct span kind);

/* The bytes at `end` that make the short name before them one of a region of that kind; 0: none. */
size_t types_behind_short(const struct types *t, struct span kind, struct span text, size_t end);

#endif
