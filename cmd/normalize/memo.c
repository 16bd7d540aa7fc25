#include "memo.h"

#include <stdlib.h>

#include "buf.h"

enum { ENTRIES = 2048 };

struct memo {
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

static size_t
place(uint8_t kind, struct span text)
{
	uint64_t hash = text.n * 2 + kind, word;
	size_t i = 0;

	for (; i + 8 <= text.n; i += 8) {
		memcpy(&word, text.p + i, 8);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	if (text.n >= 8) {
		memcpy(&word, text.p + text.n - 8, 8);
	} else {
		word = 0;
		for (; i < text.n; i++)
			word = word << 8 | (unsigned char)text.p[i];
	}
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash >> 40 & (ENTRIES - 1);
}

const struct memo_entry *
memo_find(const struct memo *m, uint8_t kind, struct span text)
{
	const struct memo_entry *e;

	if (text.n == 0 || text.n > MEMO_TEXT)
		return NULL;
	e = &m->entry[place(kind, text)];
	return e->length == text.n && e->kind == kind && memcmp(e->text, text.p, text.n) == 0 ? e : NULL;
}

void
memo_keep(struct memo *m, uint8_t kind, struct span text, bool changed, struct span folded,
	enum state state, struct span value, struct span unit)
{
	struct memo_entry *e;

	if (text.n == 0 || text.n > MEMO_TEXT || folded.n > MEMO_TEXT)
		return;
	e = &m->entry[place(kind, text)];
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
