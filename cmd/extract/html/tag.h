/*
 * tag: what a tag's name means to the reader of pages.
 *
 * A name is looked up by a key, a number made of its bytes.
 */
#ifndef TAG_H
#define TAG_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "markup.h"

enum tag {
	TAG_OTHER, /* of no meaning here: its text runs on */
	TAG_BLOCK, /* begins and ends a line */
	TAG_P,     /* a block that the next block ends */
	TAG_BR,
	TAG_VOID, /* has no content, so cannot hide any */
	TAG_INPUT, /* void, too */
	TAG_APART,  /* text beside it is no part of a number: raised, turned, or what stands in for a thing not shown */
	TAG_STRUCK, /* likewise, nor is it valid any more: del, s, strike */
	TAG_PRE,
	TAG_META,
	TAG_TITLE,
	TAG_FOREIGN, /* svg, math */
	TAG_TEMPLATE,
	/* Raw text, to the matching end tag: not shown, shown, shown with references, to the end.
	 */
	TAG_SCRIPT,
	TAG_RAW,
	TAG_XMP,
	TAG_TEXTAREA,
	TAG_PLAINTEXT,
	/* Tables. */
	TAG_TABLE,
	TAG_CAPTION,
	TAG_COL, /* col, colgroup */
	TAG_TBODY,
	TAG_THEAD,
	TAG_TFOOT,
	TAG_TR,
	TAG_TD,
	TAG_TH
};

/*
 * The key of the name of n > 0 bytes at p, in lower case; bytes may be read up to end.  Names of up
 * to eight bytes are their own keys, so that those of attributes may be compared with constants.
 * (Case is folded by setting a bit: what is no letter may take another's place, but not a
 * letter's.)
 */
static inline uint64_t
tag_key(const char *p, size_t n, const char *end)
{
	uint64_t key = 0, mask = n < 8 ? ((uint64_t)1 << 8 * n) - 1 : UINT64_MAX;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (end - p >= 8)
		memcpy(&key, p, 8);
	else
#endif
		for (size_t i = 0; i < n && i < 8; i++)
			key |= (uint64_t)(unsigned char)p[i] << 8 * i;
	key = (key | 0x2020202020202020) & mask;
	for (size_t i = 8; i < n; i++)
		key = (key ^ (unsigned char)(p[i] | 0x20)) * 0x9e3779b97f4a7c15u;
	return key;
}

/* Length and key of the name that begins at p, a letter, and goes on to a blank, '/', '>' or end.
 */
static inline size_t
tag_name(const char *p, const char *end, uint64_t *key)
{
	size_t n = 1;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (end - p >= 8) {
		uint64_t word, others;

		/* What ends a name has no 0x40 in it, letters have. */
		memcpy(&word, p, 8);
		others = ~word & 0x4040404040404040;
		if (others) {
			n = (size_t)__builtin_ctzll(others) / 8;
			if (is(p[n], ENDS_NAME)) {
				*key = (word | 0x2020202020202020) & (((uint64_t)1 << 8 * n) - 1);
				return n;
			}
		}
	}
#endif
	while (p + n < end && !is(p[n], ENDS_NAME))
		n++;
	*key = tag_key(p, n, end);
	return n;
}

/* The key of a literal of up to eight small letters, as a constant. */
#define TAG_BYTE(literal, i)                                                                       \
	(sizeof(literal) - 1 > (i) ? (uint64_t)(unsigned char)(literal "       ")[i] << 8 * (i) : 0)
#define TAG_KEY(literal)                                                                           \
	(TAG_BYTE(literal, 0) | TAG_BYTE(literal, 1) | TAG_BYTE(literal, 2) |                      \
		TAG_BYTE(literal, 3) | TAG_BYTE(literal, 4) | TAG_BYTE(literal, 5) |               \
		TAG_BYTE(literal, 6) | TAG_BYTE(literal, 7))

/* Keys and what they mean, by tag_slot and then the next free place; filled by tag_load. */
#define TAG_SLOTS 512
extern struct tag_entry {
	uint64_t key;
	enum tag tag;
} tag_entries[TAG_SLOTS];

static inline size_t
tag_slot(uint64_t key)
{
	return (size_t)(key * 0x9e3779b97f4a7c15u >> 55);
}

/* Call once before tag_of. */
void tag_load(void);

/* What the key means. */
static inline enum tag
tag_of(uint64_t key)
{
	size_t slot = tag_slot(key);

	/* A free place has the key 0, which is no name's, and TAG_OTHER. */
	while (tag_entries[slot].key != key && tag_entries[slot].key)
		slot = (slot + 1) % TAG_SLOTS;
	return tag_entries[slot].tag;
}

#endif
