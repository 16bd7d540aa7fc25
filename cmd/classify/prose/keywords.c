#include "keywords.h"

#include <stdlib.h>

#include "buf.h"

enum { MAYS = 1 << 14 };

/* A word of a group of a phrase, as it was added. */
struct use {
	struct span word;
	uint32_t phrase;
	uint8_t group;
};

/* A word; those that begin with the same six bytes stand together, a word of less with its first three. */
struct word {
	uint64_t start; /* these bytes as a number; of three bytes, more than any of six */
	struct span text;
	size_t use, nuses; /* its uses stand together: most words have few, of hundreds of phrases */
};

struct keywords {
	struct use *use;
	size_t nuses, uses_cap;
	struct word *word;
	size_t nwords;
	uint64_t *needs; /* of each group: the phrases that have it */
	uint64_t *met;   /* of each group: those whose word was met */
	size_t nset, ngroups;
	uint32_t *slot;  /* by start: the first word, plus 1 */
	size_t mask;
	/* A bit by hash: a word may begin with these bytes.  Most of a text's do not, and the bits lie near. */
	uint64_t may[MAYS / 64];
};

/* Of a start of three bytes. */
#define SHORT (UINT64_C(1) << 48)

static inline uint64_t
three_bytes(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint64_t)u[0] << 16 | (uint64_t)u[1] << 8 | u[2];
}

static uint64_t
start_of(struct span word)
{
	return word.n < 6 ? SHORT | three_bytes(word.p) : three_bytes(word.p) << 24 | three_bytes(word.p + 3);
}

static inline uint64_t
hash_of(uint64_t start)
{
	return start * UINT64_C(0x9e3779b97f4a7c15);
}

static inline bool
may_be(const struct keywords *k, uint64_t hash)
{
	size_t bit = (size_t)(hash >> 50) % MAYS;

	return k->may[bit / 64] >> bit % 64 & 1;
}

struct keywords *
keywords_new(size_t nphrases)
{
	struct keywords *k = xcalloc(1, sizeof *k);

	k->nset = nphrases / 64 + 1;
	k->ngroups = 1;
	return k;
}

void
keywords_free(struct keywords *k)
{
	if (!k)
		return;
	free(k->use);
	free(k->word);
	free(k->needs);
	free(k->met);
	free(k->slot);
	free(k);
}

void
keywords_add(struct keywords *k, struct span word, size_t phrase, unsigned group)
{
	k->use = grow(k->use, k->nuses, &k->uses_cap, sizeof *k->use);
	k->use[k->nuses++] = (struct use){word, (uint32_t)phrase, (uint8_t)group};
	if (group >= k->ngroups)
		k->ngroups = group + 1;
}

static int
by_start(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	uint64_t s = start_of(x->word), t = start_of(y->word);

	return s != t ? (s > t) - (s < t) : span_cmp(x->word, y->word);
}

void
keywords_build(struct keywords *k)
{
	if (k->nuses)
		qsort(k->use, k->nuses, sizeof *k->use, by_start);
	k->word = xcalloc(k->nuses + 1, sizeof *k->word);
	k->needs = xcalloc(k->ngroups * k->nset, sizeof *k->needs);
	k->met = xcalloc(k->ngroups * k->nset, sizeof *k->met);
	for (k->mask = 15; k->mask < k->nuses * 2;)
		k->mask = k->mask * 2 + 1;
	k->slot = xcalloc(k->mask + 1, sizeof *k->slot);
	for (size_t i = 0; i < k->nuses; i++) {
		const struct use *u = &k->use[i];
		uint64_t bit = UINT64_C(1) << u->phrase % 64, start = start_of(u->word), hash = hash_of(start);

		k->needs[u->group * k->nset + u->phrase / 64] |= bit;
		if (i == 0 || !span_eq(u->word, u[-1].word)) {
			k->word[k->nwords++] = (struct word){start, u->word, i, 0};
			if (k->nwords == 1 || k->word[k->nwords - 2].start != start) {
				size_t s = (hash >> 32) & k->mask;

				while (k->slot[s])
					s = (s + 1) & k->mask;
				k->slot[s] = (uint32_t)k->nwords;
				k->may[(hash >> 50) % MAYS / 64] |= UINT64_C(1) << (hash >> 50) % 64;
			}
		}
		k->word[k->nwords - 1].nuses++;
	}
}

size_t
keywords_set(const struct keywords *k)
{
	return k->nset;
}

/* Takes down the words with this start that the text begins with. */
static void
meet(struct keywords *k, uint64_t start, uint64_t hash, struct span text)
{
	for (size_t s = (hash >> 32) & k->mask; k->slot[s]; s = (s + 1) & k->mask) {
		size_t w = k->slot[s] - 1;

		if (k->word[w].start != start)
			continue;
		for (; w < k->nwords && k->word[w].start == start; w++)
			if (span_starts(text, k->word[w].text)) {
				const struct use *u = &k->use[k->word[w].use];

				for (const struct use *end = u + k->word[w].nuses; u < end; u++)
					k->met[u->group * k->nset + u->phrase / 64] |= UINT64_C(1) << u->phrase % 64;
			}
		return;
	}
}

void
keywords_find(struct keywords *k, struct span clause, uint64_t *set)
{
	memset(k->met, 0, k->ngroups * k->nset * sizeof *k->met);
	for (size_t i = 0; i + 3 <= clause.n;) {
		struct span text = {clause.p + i, clause.n - i};
		uint64_t first, hash;

		if ((unsigned char)text.p[0] < 0xe0) {
			i++;
			continue;
		}
		i += 3;
		first = three_bytes(text.p);
		hash = hash_of(SHORT | first);
		if (may_be(k, hash))
			meet(k, SHORT | first, hash, text);
		if (text.n < 6)
			continue;
		first = first << 24 | three_bytes(text.p + 3);
		hash = hash_of(first);
		if (may_be(k, hash))
			meet(k, first, hash, text);
	}
	for (size_t i = 0; i < k->nset; i++) {
		set[i] = k->met[i];
		for (size_t g = 1; g < k->ngroups; g++)
			set[i] &= k->met[g * k->nset + i] | ~k->needs[g * k->nset + i];
	}
}
