#include "groups.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "buf.h"
#include "diag.h"

enum {
	BATCH = 32,
	CHUNK_SHIFT = 15, /* groups a chunk: 2 MiB of them */
	CHUNK = 1 << CHUNK_SHIFT,
	FIRST_SLOTS = 1024,
	MAX_WEIGHT = (1 << 27) - 1,
};

/* A slot of the index: the upper half of the hash tells most strangers apart without a look at the group. */
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
	uint32_t group1; /* as the index had it when it was fetched */
};

struct groups {
	size_t columns, words;
	struct place *place;
	struct slot *slot;
	size_t mask;
	struct group **chunk;
	size_t nchunks, chunks_cap;
	uint32_t n;
	uint64_t *wide; /* the words after the first, of each group */
	size_t wide_cap;
	struct waiting wait[BATCH];
	uint64_t *wait_key; /* BATCH times `words` */
	size_t nwait;
	bool keep_values;
	struct value *value;
	size_t nvalues, values_cap;
	size_t *first; /* of each group in `value`, once sorted */
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
	g->slot = xcalloc(FIRST_SLOTS, sizeof *g->slot);
	g->mask = FIRST_SLOTS - 1;
	return g;
}

void
groups_free(struct groups *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->nchunks; i++)
		free(g->chunk[i]);
	free(g->chunk);
	free(g->place);
	free(g->slot);
	free(g->wide);
	free(g->wait_key);
	free(g->value);
	free(g->first);
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

struct group *
groups_at(const struct groups *g, uint32_t i)
{
	return at(g, i);
}

static uint64_t
key_word(const struct groups *g, uint32_t i, unsigned word)
{
	return word ? g->wide[(size_t)i * (g->words - 1) + word - 1] : at(g, i)->key;
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

static void
index_put(struct groups *g, uint64_t hash, uint32_t group)
{
	size_t s = hash & g->mask;

	while (g->slot[s].group1)
		s = (s + 1) & g->mask;
	g->slot[s] = (struct slot){(uint32_t)(hash >> 32), group + 1};
}

/* Zeroed memory, in huge pages where there are any: with many groups half the time is the TLB's. */
static void *
zeroed(size_t n)
{
	enum { HUGE = 2 << 20 };
	void *p;

	if (n < HUGE)
		return xcalloc(n, 1);
	if (posix_memalign(&p, HUGE, n) != 0)
		die(STATUS_LOST, "out of memory");
#ifdef MADV_HUGEPAGE
	(void)madvise(p, n, MADV_HUGEPAGE);
#endif
	memset(p, 0, n);
	return p;
}

static void
index_rebuild(struct groups *g, size_t size)
{
	uint64_t *key = xcalloc(g->words, sizeof *key);

	free(g->slot);
	g->slot = zeroed(size * sizeof *g->slot);
	g->mask = size - 1;
	for (uint32_t i = 0; i < g->n; i++) {
		for (size_t w = 0; w < g->words; w++)
			key[w] = key_word(g, i, (unsigned)w);
		index_put(g, hash_key(key, g->words), i);
	}
	free(key);
}

static uint32_t
add_group(struct groups *g, const uint64_t *key, uint64_t hash)
{
	struct group *new;

	if (g->n == UINT32_MAX - 1)
		die(STATUS_LOST, "more than %u groups", g->n);
	if ((size_t)g->n * 2 > g->mask)
		index_rebuild(g, 2 * (g->mask + 1));
	if (g->n >> CHUNK_SHIFT == g->nchunks) {
		g->chunk = grow(g->chunk, g->nchunks, &g->chunks_cap, sizeof *g->chunk);
		g->chunk[g->nchunks++] = zeroed(CHUNK * sizeof **g->chunk);
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
	index_put(g, hash, g->n);
	return g->n++;
}

static uint32_t
find(const struct groups *g, const uint64_t *key, uint64_t hash)
{
	for (size_t s = hash & g->mask; g->slot[s].group1; s = (s + 1) & g->mask)
		if (g->slot[s].tag == (uint32_t)(hash >> 32) && same_key(g, g->slot[s].group1 - 1, key))
			return g->slot[s].group1 - 1;
	return UINT32_MAX;
}

static uint32_t
find_or_add(struct groups *g, const uint64_t *key, uint64_t hash)
{
	uint32_t group = find(g, key, hash);

	return group == UINT32_MAX ? add_group(g, key, hash) : group;
}

static void
keep_value(struct groups *g, uint32_t group, struct decimal d, uint64_t weight)
{
	while (weight) {
		uint32_t part = weight > MAX_WEIGHT ? MAX_WEIGHT : (uint32_t)weight;

		g->value = grow(g->value, g->nvalues, &g->values_cap, sizeof *g->value);
		g->value[g->nvalues++] = (struct value){d.digits, group, d.scale & 31u, part};
		weight -= part;
	}
}

static void
flush(struct groups *g)
{
	for (size_t i = 0; i < g->nwait; i++) {
		struct waiting *w = &g->wait[i];

		w->group1 = g->slot[w->hash & g->mask].group1;
		if (w->group1)
			__builtin_prefetch(at(g, w->group1 - 1), 1);
	}
	for (size_t i = 0; i < g->nwait; i++) {
		const struct waiting *w = &g->wait[i];
		const uint64_t *key = g->wait_key + i * g->words;
		uint32_t group;

		if (w->group1 && same_key(g, w->group1 - 1, key))
			group = w->group1 - 1;
		else
			group = find_or_add(g, key, w->hash);
		if (w->weight == 1)
			tally_add(&at(g, group)->tally, w->d, w->flags);
		else
			tally_add_times(&at(g, group)->tally, w->d, w->flags, w->weight);
		if (g->keep_values && !(w->flags & FACT_MISSING))
			keep_value(g, group, w->d, w->weight);
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
	index_rebuild(g, g->mask + 1);
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
	__builtin_prefetch(&g->slot[w->hash & g->mask]);
	w->d = d;
	w->flags = flags;
	w->weight = weight;
	if (g->nwait == BATCH)
		flush(g);
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

/* In place, each value going straight to where its group's values stand: no second array. */
void
groups_sort_values(struct groups *g)
{
	size_t *next = xcalloc((size_t)g->n + 1, sizeof *next), total = 0;

	free(g->first);
	g->first = xcalloc((size_t)g->n + 1, sizeof *g->first);
	for (size_t i = 0; i < g->nvalues; i++)
		g->first[g->value[i].group]++;
	for (uint32_t i = 0; i <= g->n; i++) {
		size_t count = i < g->n ? g->first[i] : 0;

		g->first[i] = next[i] = total;
		total += count;
	}
	for (uint32_t b = 0; b < g->n; b++)
		while (next[b] < g->first[b + 1]) {
			struct value v = g->value[next[b]];

			while (v.group != b) {
				struct value *to = &g->value[next[v.group]++], other = *to;

				*to = v;
				v = other;
			}
			g->value[next[b]++] = v;
		}
	free(next);
}

struct value *
groups_values(struct groups *g, uint32_t i, size_t *n)
{
	*n = g->first[i + 1] - g->first[i];
	return g->value + g->first[i];
}

struct ordered {
	uint64_t key;
	uint32_t group;
};

/* Least significant byte first; bytes in which all keys agree are passed over. */
static void
radix_sort(struct ordered *a, struct ordered *b, size_t n, unsigned bits)
{
	struct ordered *from = a, *to = b;

	for (unsigned shift = 0; shift < bits; shift += 8) {
		size_t count[257] = {0};
		struct ordered *swap;

		for (size_t i = 0; i < n; i++)
			count[(from[i].key >> shift & 255) + 1]++;
		if (count[(from[0].key >> shift & 255) + 1] == n)
			continue;
		for (unsigned i = 0; i < 256; i++)
			count[i + 1] += count[i];
		for (size_t i = 0; i < n; i++)
			to[count[from[i].key >> shift & 255]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != a)
		memcpy(a, from, n * sizeof *a);
}

uint32_t *
groups_order(const struct groups *g, uint32_t *const *rank, const uint32_t *nrank)
{
	uint32_t *order = xcalloc((size_t)g->n + 1, sizeof *order);
	struct ordered *a = xcalloc((size_t)g->n + 1, sizeof *a);
	struct ordered *b = xcalloc((size_t)g->n + 1, sizeof *b);
	size_t last = g->columns;

	for (uint32_t i = 0; i < g->n; i++)
		a[i].group = i;
	/* From the last columns to the first, as many at a time as fit into 64 bits: the sort is stable. */
	while (last > 0 && g->n > 1) {
		unsigned bits = 0;
		size_t first = last;

		while (first > 0) {
			unsigned more = 0;

			while (more < 32 && (uint64_t)(nrank[first - 1] ? nrank[first - 1] - 1 : 0) >> more)
				more++;
			if (bits + more > 64)
				break;
			bits += more;
			first--;
		}
		for (uint32_t i = 0; i < g->n; i++) {
			uint64_t key = 0;

			for (size_t c = first; c < last; c++) {
				unsigned more = 0;

				while (more < 32 && (uint64_t)(nrank[c] ? nrank[c] - 1 : 0) >> more)
					more++;
				key = key << more | rank[c][groups_id(g, a[i].group, c)];
			}
			a[i].key = key;
		}
		radix_sort(a, b, g->n, bits);
		last = first;
	}
	for (uint32_t i = 0; i < g->n; i++)
		order[i] = a[i].group;
	free(a);
	free(b);
	return order;
}
