#include "memo.h"

#include <stdlib.h>

#include "buf.h"

enum { ENTRIES = 2048 };

/*
 * Most texts come once.  They leave no more than a mark, so that what is looked at for each stays in the processor's
 * first cache, and what comes often in its place.
 */
struct memo {
	uint32_t mark[ENTRIES];  /* of the text that is kept in the place; 0 for none */
	uint32_t last[ENTRIES];  /* of the last that was not */
	struct memo_entry entry[ENTRIES];
};

struct memo *
memo_new(void)
{
	return xcalloc(1, sizeof(struct memo));
}

void
memo_free(struct memo *m)
{
	free(m);
}

/* A number of the text's bytes and kind: the low bits are its place, the high ones its mark. */
static uint64_t
hash_of(uint8_t kind, struct span text)
{
	uint64_t hash = text.n * 8 + kind, factor = 0x9e3779b97f4a7c15u, word = 0;
	size_t i = 0;

	/* One product does not wait for the other. */
	for (; i + 8 <= text.n; i += 8) {
		memcpy(&word, text.p + i, 8);
		hash += word * factor;
		factor += 0x3c6ef372fe94f82au;
	}
	if (text.n >= 8) {
		memcpy(&word, text.p + text.n - 8, 8);
	} else {
		for (; i < text.n; i++)
			word = word << 8 | (unsigned char)text.p[i];
	}
	hash += word * factor;
	return (hash ^ hash >> 32) * 0x9e3779b97f4a7c15u;
}

static size_t
place_of(uint64_t hash)
{
	return hash >> 21 & (ENTRIES - 1);
}

static uint32_t
mark_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

const struct memo_entry *
memo_find(const struct memo *m, uint8_t kind, struct span text)
{
	const struct memo_entry *e;
	uint64_t hash;

	if (text.n == 0 || text.n > MEMO_TEXT)
		return NULL;
	hash = hash_of(kind, text);
	e = &m->entry[place_of(hash)];
	return m->mark[place_of(hash)] == mark_of(hash) && e->length == text.n && e->kind == kind && memcmp(e->text, text.p, text.n) == 0 ? e : NULL;
}

void
memo_keep(struct memo *m, uint8_t kind, struct span text, bool changed, struct span folded,
	enum state state, struct span value, struct span unit)
{
	struct memo_entry *e;
	uint64_t hash;
	size_t place;

	if (text.n == 0 || text.n > MEMO_TEXT || folded.n > MEMO_TEXT)
		return;
	hash = hash_of(kind, text);
	place = place_of(hash);
	if (m->last[place] != mark_of(hash)) {
		m->last[place] = mark_of(hash);
		return;
	}
	m->mark[place] = mark_of(hash);
	e = &m->entry[place];
	e->length = (uint8_t)text.n;
	e->kind = kind;
	e->changed = changed;
	e->state = (uint8_t)state;
	e->unit = unit;
	e->folded_length = (uint8_t)folded.n;
	e->value_length = (uint8_t)value.n;
	memcpy(e->text, text.p, text.n);
	if (folded.n)
		memcpy(e->folded, folded.p, folded.n);
	if (value.n)
		memcpy(e->value, value.p, value.n);
}
