#include "groups.h"

#include <stdlib.h>

#include "block.h"
#include "buf.h"
#include "diag.h"

enum {
	BATCH = 32,
	CHUNK_SHIFT = 16, /* groups a chunk: 2 MiB of them */
	CHUNK = 1 << CHUNK_SHIFT,
	FIRST_BITS = 13,  /* of the index */
	LAST_BITS = 32,
};

/*
 * A slot of the index.  The tag is the upper half of the hash, and its upper bits say where a group belongs:
 * so strangers are mostly told apart without a look at the group, and a larger index is filled from the
 * smaller one, both from one end to the other.
 */
struct slot {
	uint32_t tag;
	uint32_t group1; /* group + 1; 0: free */
};

struct place {
	uint8_t word, shift, bits;
};

struct waiting {
	uint64_t hash;
	struct decimal d;
	uint64_t weight;
	unsigned flags;
	uint32_t group1; /* what was fetched */
};

struct groups {
	size_t columns, words;
	struct place *place;
	struct slot *slot;
	size_t mask;
	unsigned shift; /* of a tag, to its place in the index */
	struct group **chunk;
	size_t nchunks, chunks_cap;
	uint32_t n;
	uint64_t *wide; /* the words after the first, of each group */
	size_t wide_cap;
	struct tally *tally; /* the wide ones */
	uint32_t ntallies;
	size_t tallies_cap;
	struct waiting wait[BATCH];
	uint64_t *wait_key; /* BATCH times `words` */
	size_t nwait;
	bool keep_values;
	struct kept kept;
};

static void
lay_out(struct groups *g)
{
	unsigned word = 0, used = 0;

	for (size_t c = 0; c < g->columns; c++) {
		if (used + g->place[c].bits > 64) {
			word++;
			used = 0;
		}
		g->place[c].word = (uint8_t)word;
		g->place[c].shift = (uint8_t)used;
		used += g->place[c].bits;
	}
	g->words = word + 1;
	free(g->wait_key);
	g->wait_key = xcalloc(BATCH * g->words, sizeof *g->wait_key);
}

struct groups *
groups_new(size_t columns, bool keep_values)
{
	struct groups *g = xcalloc(1, sizeof *g);
	size_t bits = columns ? 64 / columns : 1;

	if (columns > 255)
		die(STATUS_USAGE, "more than 255 columns to group by");
	g->columns = columns;
	g->keep_values = keep_values;
	g->place = xcalloc(columns + 1, sizeof *g->place);
	for (size_t c = 0; c < columns; c++)
		g->place[c].bits = (uint8_t)(bits > 16 ? 16 : bits < 8 ? 8 : bits);
	lay_out(g);
	g->mask = ((size_t)1 << FIRST_BITS) - 1;
	g->shift = LAST_BITS - FIRST_BITS;
	g->slot = block_new((g->mask + 1) * sizeof *g->slot);
	return g;
}

void
groups_free(struct groups *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->nchunks; i++)
		block_free(g->chunk[i], CHUNK * sizeof **g->chunk);
	free(g->chunk);
	free(g->place);
	block_free(g->slot, (g->mask + 1) * sizeof *g->slot);
	free(g->wide);
	free(g->wait_key);
	free(g->tally);
	values_release(&g->kept);
	free(g);
}

uint32_t
groups_count(const struct groups *g)
{
	return g->n;
}

static inline struct group *
at(const struct groups *g, uint32_t i)
{
	return &g->chunk[i >> CHUNK_SHIFT][i & (CHUNK - 1)];
}

/* The wide tally of a group, made of the narrow one if it had that. */
static struct tally *
widen_tally(struct groups *g, uint32_t i)
{
	struct group *group = at(g, i);

	if (group->n != WIDE_TALLY) {
		struct tally tally = groups_tally(g, i);

		g->tally = grow(g->tally, g->ntallies, &g->tallies_cap, sizeof *g->tally);
		g->tally[g->ntallies] = tally;
		group->n = WIDE_TALLY;
		group->missing = g->ntallies++;
	}
	return &g->tally[group->missing];
}

struct tally
groups_tally(const struct groups *g, uint32_t i)
{
	const struct group *group = at(g, i);

	if (group->n == WIDE_TALLY)
		return g->tally[group->missing];
	return (struct tally){.sum.units = (int128)group->sum * 1000000000, .min = group->min,
		.max = group->max, .n = group->n, .missing = group->missing};
}

void
groups_set(struct groups *g, uint32_t i, const struct tally *tally)
{
	*widen_tally(g, i) = *tally;
}

static uint64_t
key_word(const struct groups *g, uint32_t i, unsigned word)
{
	return word ? g->wide[(size_t)i * (g->words - 1) + word - 1] : at(g, i)->key;
}

uint64_t
groups_key(const struct groups *g, uint32_t i)
{
	return at(g, i)->key;
}

uint32_t
groups_id(const struct groups *g, uint32_t i, size_t column)
{
	struct place p = g->place[column];

	return (uint32_t)(key_word(g, i, p.word) >> p.shift & (((uint64_t)1 << p.bits) - 1));
}

static inline uint64_t
hash_key(const uint64_t *key, size_t words)
{
	uint64_t h = key[0];

	for (size_t w = 1; w < words; w++)
		h = (h ^ h >> 29) * UINT64_C(0xbf58476d1ce4e5b9) + key[w];
	h ^= h >> 32;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

static inline bool
same_key(const struct groups *g, uint32_t i, const uint64_t *key)
{
	if (at(g, i)->key != key[0])
		return false;
	for (size_t w = 1; w < g->words; w++)
		if (key_word(g, i, (unsigned)w) != key[w])
			return false;
	return true;
}

static inline uint32_t
tag_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

/* Where the search for a group with this tag begins. */
static inline size_t
home(const struct groups *g, uint32_t tag)
{
	return (size_t)tag >> g->shift;
}

static void
index_put(struct groups *g, uint32_t tag, uint32_t group1)
{
	size_t s = home(g, tag);

	while (g->slot[s].group1)
		s = (s + 1) & g->mask;
	g->slot[s] = (struct slot){tag, group1};
}

static void
index_double(struct groups *g)
{
	struct slot *old = g->slot;
	size_t n = g->mask + 1;

	if (g->shift == 0)
		die(STATUS_LOST, "more than %u groups", g->n);
	g->slot = block_new(2 * n * sizeof *g->slot);
	g->mask = 2 * n - 1;
	g->shift--;
	for (size_t i = 0; i < n; i++)
		if (old[i].group1)
			index_put(g, old[i].tag, old[i].group1);
	block_free(old, n * sizeof *old);
}

/* Once keys are laid out anew. */
static void
index_rebuild(struct groups *g)
{
	uint64_t *key = xcalloc(g->words, sizeof *key);
	size_t bytes = (g->mask + 1) * sizeof *g->slot;

	block_free(g->slot, bytes);
	g->slot = block_new(bytes);
	for (uint32_t i = 0; i < g->n; i++) {
		for (size_t w = 0; w < g->words; w++)
			key[w] = key_word(g, i, (unsigned)w);
		index_put(g, tag_of(hash_key(key, g->words)), i + 1);
	}
	free(key);
}

static uint32_t
add_group(struct groups *g, const uint64_t *key, uint64_t hash)
{
	struct group *new;

	if ((size_t)g->n * 2 > g->mask)
		index_double(g);
	if (g->n >> CHUNK_SHIFT == g->nchunks) {
		g->chunk = grow(g->chunk, g->nchunks, &g->chunks_cap, sizeof *g->chunk);
		g->chunk[g->nchunks++] = block_new(CHUNK * sizeof **g->chunk);
	}
	new = at(g, g->n);
	new->key = key[0];
	if (g->words > 1) {
		size_t used = (size_t)g->n * (g->words - 1), need = used + g->words - 1;

		while (g->wide_cap < need) {
			g->wide_cap = g->wide_cap ? 2 * g->wide_cap : 1024;
			g->wide = xreallocarray(g->wide, g->wide_cap, sizeof *g->wide);
		}
		memcpy(g->wide + used, key + 1, (g->words - 1) * sizeof *key);
	}
	index_put(g, tag_of(hash), ++g->n);
	return g->n - 1;
}

static uint32_t
find(const struct groups *g, const uint64_t *key, uint64_t hash)
{
	uint32_t tag = tag_of(hash);

	for (size_t s = home(g, tag); g->slot[s].group1; s = (s + 1) & g->mask)
		if (g->slot[s].tag == tag && same_key(g, g->slot[s].group1 - 1, key))
			return g->slot[s].group1 - 1;
	return UINT32_MAX;
}

/* The first group + 1 whose tag is that of the hash: nearly always the one that is looked for; or 0. */
static inline uint32_t
guess(const struct groups *g, uint64_t hash)
{
	uint32_t tag = tag_of(hash);
	size_t s = home(g, tag);

	while (g->slot[s].group1 && g->slot[s].tag != tag)
		s = (s + 1) & g->mask;
	return g->slot[s].group1;
}

static uint32_t
find_or_add(struct groups *g, const uint64_t *key, uint64_t hash)
{
	uint32_t group = find(g, key, hash);

	return group == UINT32_MAX ? add_group(g, key, hash) : group;
}

/* False if the fact needs a wide tally.  2^32 numbers of 32 bits cannot leave the 64 bits of the sum. */
static inline bool
add_narrow(struct group *to, const struct waiting *w)
{
	int32_t v = (int32_t)w->d.digits;

	if (to->n >= WIDE_TALLY - 1 || w->weight != 1 || w->d.scale || w->d.digits != v ||
		(w->flags & ~(unsigned)FACT_MISSING))
		return false;
	if (w->flags) {
		if (to->missing == UINT32_MAX)
			return false;
		to->missing++;
		return true;
	}
	if (to->n == 0) {
		to->min = to->max = v;
	} else {
		to->min = v < to->min ? v : to->min;
		to->max = v > to->max ? v : to->max;
	}
	to->sum += v;
	to->n++;
	return true;
}

static void
flush(struct groups *g)
{
	bool one = g->words == 1;

	for (size_t i = 0; i < g->nwait; i++) {
		struct waiting *w = &g->wait[i];

		w->group1 = guess(g, w->hash);
		if (w->group1)
			__builtin_prefetch(at(g, w->group1 - 1), 1);
	}
	for (size_t i = 0; i < g->nwait; i++) {
		const struct waiting *w = &g->wait[i];
		const uint64_t *key = g->wait_key + i * g->words;
		uint32_t group;

		if (w->group1 && (one ? at(g, w->group1 - 1)->key == key[0] : same_key(g, w->group1 - 1, key)))
			group = w->group1 - 1;
		else
			group = find_or_add(g, key, w->hash);
		if (!add_narrow(at(g, group), w))
			tally_add_times(widen_tally(g, group), w->d, w->flags, w->weight);
		if (g->keep_values && !(w->flags & FACT_MISSING))
			values_keep(&g->kept, group, w->d, w->weight);
	}
	g->nwait = 0;
}

/* Gives a column the bits for `id` and takes all groups over into the new layout. */
static void
widen(struct groups *g, size_t column, uint32_t id)
{
	unsigned bits = g->place[column].bits;
	uint32_t *ids, n;

	flush(g);
	n = g->n;
	ids = xreallocarray(NULL, (size_t)n * g->columns + 1, sizeof *ids);
	for (uint32_t i = 0; i < n; i++)
		for (size_t c = 0; c < g->columns; c++)
			ids[(size_t)i * g->columns + c] = groups_id(g, i, c);
	while (bits < 32 && id >> bits)
		bits++;
	bits += 2;
	g->place[column].bits = (uint8_t)(bits > 32 ? 32 : bits);
	lay_out(g);
	free(g->wide);
	g->wide_cap = (size_t)(g->n + 1) * (g->words - 1);
	g->wide = g->words > 1 ? xcalloc(g->wide_cap, sizeof *g->wide) : NULL;
	for (uint32_t i = 0; i < n; i++) {
		at(g, i)->key = 0;
		for (size_t c = 0; c < g->columns; c++) {
			struct place p = g->place[c];
			uint64_t part = (uint64_t)ids[(size_t)i * g->columns + c] << p.shift;

			if (p.word)
				g->wide[(size_t)i * (g->words - 1) + p.word - 1] |= part;
			else
				at(g, i)->key |= part;
		}
	}
	free(ids);
	index_rebuild(g);
}

static void
pack(const struct groups *g, const uint32_t *ids, uint64_t *key)
{
	for (size_t w = 0; w < g->words; w++)
		key[w] = 0;
	for (size_t c = 0; c < g->columns; c++)
		key[g->place[c].word] |= (uint64_t)ids[c] << g->place[c].shift;
}

static inline void
make_room(struct groups *g, const uint32_t *ids)
{
	for (size_t c = 0; c < g->columns; c++)
		if ((uint64_t)ids[c] >> g->place[c].bits)
			widen(g, c, ids[c]);
}

void
groups_add(struct groups *g, const uint32_t *ids, struct decimal d, unsigned flags, uint64_t weight)
{
	struct waiting *w;
	uint64_t *key;

	make_room(g, ids);
	key = g->wait_key + g->nwait * g->words;
	pack(g, ids, key);
	w = &g->wait[g->nwait++];
	w->hash = hash_key(key, g->words);
	__builtin_prefetch(&g->slot[home(g, tag_of(w->hash))]);
	w->d = d;
	w->flags = flags;
	w->weight = weight;
	if (g->nwait == BATCH)
		flush(g);
}

void
groups_layout(const struct groups *g, struct layout *layout)
{
	layout->one_word = g->words == 1;
	for (size_t c = 0; c < g->columns; c++) {
		layout->column[c].shift = g->place[c].shift;
		layout->column[c].limit = (uint64_t)1 << g->place[c].bits;
	}
}

uint64_t
groups_expect(const struct groups *g, uint64_t key)
{
	uint64_t hash = hash_key(&key, 1);

	__builtin_prefetch(&g->slot[home(g, tag_of(hash))]);
	return hash;
}

void
groups_add_whole(struct groups *g, const uint64_t *key, const uint64_t *hash, const int32_t *v, size_t n)
{
	uint32_t group1[GROUPS_BATCH];

	for (size_t i = 0; i < n; i++) {
		group1[i] = guess(g, hash[i]);
		if (group1[i])
			__builtin_prefetch(at(g, group1[i] - 1), 1);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t group = group1[i] - 1;
		struct group *to;

		if (group1[i] == 0 || at(g, group)->key != key[i])
			group = find_or_add(g, &key[i], hash[i]);
		to = at(g, group);
		if (to->n < WIDE_TALLY - 1) {
			bool first = to->n == 0;

			to->min = first || v[i] < to->min ? v[i] : to->min;
			to->max = first || v[i] > to->max ? v[i] : to->max;
			to->sum += v[i];
			to->n++;
		} else {
			tally_add_times(widen_tally(g, group), DECIMAL_INT(v[i]), 0, 1);
		}
		if (g->keep_values)
			values_keep(&g->kept, group, DECIMAL_INT(v[i]), 1);
	}
}

void
groups_finish(struct groups *g)
{
	flush(g);
}

uint32_t
groups_find_or_add(struct groups *g, const uint32_t *ids)
{
	uint64_t *key;

	make_room(g, ids);
	key = g->wait_key;
	pack(g, ids, key);
	return find_or_add(g, key, hash_key(key, g->words));
}

uint32_t
groups_find(const struct groups *g, const uint32_t *ids)
{
	for (size_t c = 0; c < g->columns; c++)
		if ((uint64_t)ids[c] >> g->place[c].bits)
			return UINT32_MAX;
	pack(g, ids, g->wait_key);
	return find(g, g->wait_key, hash_key(g->wait_key, g->words));
}

void
groups_sort_values(struct groups *g)
{
	values_sort(&g->kept, g->n);
}

struct values
groups_values(const struct groups *g, uint32_t i)
{
	return values_of(&g->kept, i);
}

void
groups_prefetch(const struct groups *g, uint32_t next, uint32_t after)
{
	__builtin_prefetch(at(g, after));
	values_prefetch(&g->kept, next, after);
}
