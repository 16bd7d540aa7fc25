/*
 * intern: small numbers for texts, so that a group's key is a few bits a column.
 *
 * Numbers count from 0 in the order the texts are first met; nothing that is written depends on them
 * (output is sorted by intern_ranks).  A text of up to 8 bytes is its own hash key, so a code or a year
 * costs one probe and no comparison of bytes.
 */
#ifndef INTERN_H
#define INTERN_H

#include <stdint.h>

#include "buf.h"
#include "span.h"

struct intern_slot {
	uint64_t head; /* the text itself if it has up to 8 bytes, else its hash */
	uint32_t id;
	uint32_t n1;   /* length + 1; 0: the slot is free */
};

struct intern {
	struct intern_slot *slot;
	unsigned shift; /* a slot's place is the upper bits of a product: 64 - shift of them */
	uint32_t mask;
	uint32_t n;
	uint32_t last; /* the long text that was met last: often the next is the same */
	struct span *text; /* of each number */
	size_t text_cap;
	char *block; /* where texts are copied to */
	size_t block_left;
	char **blocks;
	size_t nblocks, blocks_cap;
};

/* Starts with no texts. */
void intern_init(struct intern *in);
void intern_release(struct intern *in);

/* Up to 8 bytes as a number whose lowest byte is the first on any machine: names of shards are made of hashes. */
static inline uint64_t
intern_word(const char *p, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, p, n);
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

/* The slow ends of intern_id; the hash is the same on any machine. */
uint64_t intern_hash(const char *p, size_t n);
uint32_t intern_find_or_add(struct intern *in, struct span text, uint64_t head);

/* What a slot has of a text; of one up to 8 bytes the text itself. */
static inline uint64_t
intern_head(const char *p, size_t n)
{
	if (n > 8)
		return intern_hash(p, n);
	return n ? intern_word(p, n) : 0;
}

/* The same of a field of a record, of which eight bytes may be read (n <= 8). */
static inline uint64_t
intern_head_field(const char *p, size_t n)
{
	uint64_t head;

	if (n == 0 || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		return intern_head(p, n);
	memcpy(&head, p, 8);
	return head & ~UINT64_C(0) >> (64 - 8 * n);
}

/* n > 8: without a call, for most texts are short; the ends first, for codes begin alike. */
static inline bool
intern_same(const char *a, const char *b, size_t n)
{
	uint64_t x, y;

	memcpy(&x, a + n - 8, 8);
	memcpy(&y, b + n - 8, 8);
	if (x != y)
		return false;
	for (size_t i = 0; i + 8 < n; i += 8) {
		memcpy(&x, a + i, 8);
		memcpy(&y, b + i, 8);
		if (x != y)
			return false;
	}
	return true;
}

static inline uint32_t
intern_at(const struct intern *in, uint64_t head)
{
	/* Codes and years differ in few bits: only the upper ones of the product depend on all of them. */
	return (uint32_t)(head * UINT64_C(0x9e3779b97f4a7c15) >> in->shift);
}

/* As intern_id, of more than 8 bytes. */
uint32_t intern_long(struct intern *in, struct span text);

/* The number of a text, a new one if it was not met before. */
static inline uint32_t
intern_id(struct intern *in, struct span text)
{
	const struct intern_slot *s;
	uint64_t head;

	if (text.n > 8)
		return intern_long(in, text);
	head = intern_head(text.p, text.n);
	s = &in->slot[intern_at(in, head)];
	if (s->head == head && s->n1 == text.n + 1)
		return s->id;
	return intern_find_or_add(in, text, head);
}

/* As intern_id, of a field of a record. */
static inline uint32_t
intern_field(struct intern *in, struct span field)
{
	const struct intern_slot *s;
	uint64_t head;

	if (field.n > 8)
		return intern_long(in, field);
	head = intern_head_field(field.p, field.n);
	s = &in->slot[intern_at(in, head)];
	if (s->head == head && s->n1 == field.n + 1)
		return s->id;
	return intern_find_or_add(in, field, head);
}

/* Several texts as one, a zero between each and the next; it stands in `key` until that is used again. */
struct span intern_joined(struct buf *key, const struct span *part, size_t parts);

/* The number of a text, or UINT32_MAX if it was never met. */
uint32_t intern_find(const struct intern *in, struct span text);

/* The text of a number; lent as long as `in` is there. */
static inline struct span
intern_text(const struct intern *in, uint32_t id)
{
	return in->text[id];
}

/* The place of each number's text among all, in byte order; the caller frees it. */
uint32_t *intern_ranks(const struct intern *in);

#endif
