/*
 * keys: what facts are grouped by: the columns of --by and those they bring with them.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fact.h"
#include "intern.h"
#include "regions.h"

enum key_kind {
	KEY_FIELD,   /* a column as it stands */
	KEY_REGION,  /* the region, mapped up or to another year's code */
	KEY_SERIES,  /* the harmonised series the fact is a term of */
	KEY_PREFIX,  /* what stands before the first tab (--key-prefix) */
	KEY_SPLIT,   /* whether the code was split on the way to another year's */
	KEY_READING, /* of which report and scope the figure is: government or office, region or
			tier */
	KEY_SET,     /* the terms a series has in a form */
	KEY_REPORT,  /* the report the fact is of */
	KEY_TERM,    /* which term of the series the fact is */
	KEY_STATE,   /* of partial sums */
	KEY_VALUE,
};

struct key {
	enum key_kind kind;
	struct span name;
	bool optional; /* brought along: used only if the column is there */
	size_t field;  /* in a record */
	const uint32_t *met; /* where the number of a record's text is once its place was looked up, or NULL */
	struct intern texts;
};

/* The prefix is written, but as no column. */
static inline bool
key_is_shown(const struct key *key)
{
	return key->kind != KEY_PREFIX;
}

struct keys {
	struct key *key;
	size_t n, cap;
	bool up;                    /* region:LEVEL was given */
	enum region_level up_level;
};

/* Takes the list of --by; false, said, for what cannot be grouped by. */
bool keys_parse(struct keys *k, const char *list);

/* Adds a key at the end; returns its place. */
size_t keys_add(struct keys *k, enum key_kind kind, struct span name);

/* The place of a key by name, or SIZE_MAX. */
size_t keys_find(const struct keys *k, struct span name);

/*
 * Finds the fields once the header is known; optional ones that are not there are dropped.  Returns how
 * many of the first n were.
 */
size_t keys_bind(struct keys *k, const struct reader *in, size_t n);

void keys_release(struct keys *k);

#endif
