#include "names.h"

#include <stdlib.h>

#include "buf.h"

enum { PLANE = 0x10000, ROOT = 0, MAY_BITS = 1 << 17, STATES = 1 << 24 };

/* Of names.letter: the letter itself; the character is declared equal to another. */
enum { LETTER = 0x7fff, OTHER = 0x8000 };

#define NO_WORD NAMES_NONE

/* What is asked of a state wherever a text leads to it. */
struct state {
	uint32_t fail;
	uint32_t word;   /* that ends here, or NO_WORD */
	uint32_t output; /* the nearest state on the way of fails with a word; ROOT: none */
};

/* What is asked of it only while the automaton is built. */
struct origin {
	uint32_t parent;
	uint16_t letter, depth;
};

/*
 * Edges from all states but the root stand in one hash table, by state and letter, since the states are
 * many and their edges few.  The root has an edge for almost every letter: an array.
 *
 * Most of a text is in no word, and the automaton is larger than the caches a processor has near: two sets of
 * bits that do fit, of single characters and of pairs, say where it need not be asked.
 */
struct names {
	uint16_t *letter; /* of a character; 0: in no word */
	uint16_t *plain;  /* of a character declared equal; 0: itself */
	uint16_t *others; /* the characters declared equal to another */
	size_t nothers, others_cap;
	uint16_t nletters;
	/* 0: an empty slot; the bits of edge_key, and the state it leads to */
	uint64_t *edge;
	size_t edge_mask, nedges;
	/* A bit by hash: an edge may be there; most that are asked for are not. */
	uint64_t *may;
	uint64_t *begin;  /* a bit by hash of two characters: a word may begin with them */
	uint64_t *alone;  /* a bit by character: it is a word, or declared equal to another */
	struct state *state;
	struct origin *origin;
	size_t nstates, states_cap, origins_cap;
	uint32_t *root; /* by letter: the state a word's first letter leads to */
	size_t root_cap;
	uint32_t *length; /* bytes of a word */
	size_t nwords, words_cap;
};

/* One character of well-formed UTF-8 up to U+FFFF; anything else is one byte or four long, and any
 * number below PLANE. */
static inline uint32_t
next_character(const unsigned char **p, const unsigned char *end)
{
	const unsigned char *s = *p;
	uint32_t c = s[0];

	if ((c & 0xf0) == 0xe0 && end - s >= 3) {
		*p = s + 3;
		/* The marks of the bytes are taken off in one. */
		return (uint16_t)((c << 12) + ((uint32_t)s[1] << 6) + s[2] - ((0x80 << 6) + 0x80));
	}
	if (c < 0x80) {
		*p = s + 1;
		return c;
	}
	if ((c & 0xe0) == 0xc0 && end - s >= 2) {
		*p = s + 2;
		return (c & 0x1f) << 6 | (s[1] & 0x3fu);
	}
	*p = s + 1;
	return 0;
}

static inline uint64_t
hash_of(uint32_t state, uint16_t letter)
{
	return (uint64_t)((state * 0x9e3779b1u) ^ (letter * 0x85ebca6bu)) * 0x9e3779b97f4a7c15u;
}

static inline size_t
slot_of(uint64_t hash)
{
	return (size_t)(hash >> 40);
}

static inline size_t
may_bit(uint64_t hash)
{
	return (size_t)(hash >> 20) % MAY_BITS;
}

/* Of two characters that a word may begin with. */
static inline size_t
begin_bit(uint32_t first, uint32_t second)
{
	return (first * 0x9e3779b1u + second * 0x85ebca6bu) >> 15;
}

static inline bool
has_bit(const uint64_t *bits, size_t bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

static inline void
set_bit(uint64_t *bits, size_t bit)
{
	bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* Of an edge: the state it comes from and its letter; the state it leads to stands in the 24 bits below. */
static inline uint64_t
edge_key(uint32_t state, uint16_t letter)
{
	return (uint64_t)state << 40 | (uint64_t)letter << 24;
}

static inline uint32_t
edge_find(const struct names *n, uint32_t state, uint16_t letter)
{
	uint64_t hash = hash_of(state, letter), key = edge_key(state, letter);

	if (!has_bit(n->may, may_bit(hash)))
		return ROOT;
	for (size_t i = slot_of(hash) & n->edge_mask;; i = (i + 1) & n->edge_mask) {
		uint64_t edge = n->edge[i];

		if (edge == 0)
			return ROOT;
		if ((edge ^ key) < STATES)
			return (uint32_t)edge % STATES;
	}
}

static void
edge_put(struct names *n, uint64_t edge)
{
	uint64_t hash = hash_of((uint32_t)(edge >> 40), (uint16_t)(edge >> 24));
	size_t i = slot_of(hash) & n->edge_mask;

	set_bit(n->may, may_bit(hash));
	while (n->edge[i])
		i = (i + 1) & n->edge_mask;
	n->edge[i] = edge;
	n->nedges++;
}

static void
edges_double(struct names *n)
{
	uint64_t *old = n->edge;
	size_t size = n->edge_mask + 1;

	n->edge = xcalloc(size * 2, sizeof *n->edge);
	n->edge_mask = size * 2 - 1;
	n->nedges = 0;
	for (size_t i = 0; i < size; i++)
		if (old[i])
			edge_put(n, old[i]);
	free(old);
}

struct names *
names_new(void)
{
	struct names *n = xcalloc(1, sizeof *n);

	n->letter = xcalloc(PLANE, sizeof *n->letter);
	n->plain = xcalloc(PLANE, sizeof *n->plain);
	n->may = xcalloc(MAY_BITS / 64, sizeof *n->may);
	n->begin = xcalloc(MAY_BITS / 64, sizeof *n->begin);
	n->alone = xcalloc(PLANE / 64, sizeof *n->alone);
	n->edge_mask = (1u << 15) - 1;
	n->edge = xcalloc(n->edge_mask + 1, sizeof *n->edge);
	n->state = grow(n->state, 0, &n->states_cap, sizeof *n->state);
	n->origin = grow(n->origin, 0, &n->origins_cap, sizeof *n->origin);
	n->state[0] = (struct state){.word = NO_WORD};
	n->origin[0] = (struct origin){.parent = ROOT};
	n->nstates = 1;
	n->nletters = 1;
	return n;
}

static int
utf8_length(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}

bool
names_equate(struct names *n, uint32_t other, uint32_t plain)
{
	if (other == 0 || plain == 0 || other >= PLANE || plain >= PLANE ||
		utf8_length(other) != utf8_length(plain))
		return false;
	n->plain[other] = (uint16_t)plain;
	n->others = grow(n->others, n->nothers, &n->others_cap, sizeof *n->others);
	n->others[n->nothers++] = (uint16_t)other;
	return true;
}

uint32_t
names_plain(const struct names *n, uint32_t character)
{
	return character < PLANE && n->plain[character] ? n->plain[character] : character;
}

/* 0 if there are letters enough. */
static uint16_t
letter_of(struct names *n, uint32_t character)
{
	uint32_t plain = names_plain(n, character);

	if (n->letter[plain] == 0 && n->nletters <= LETTER)
		n->letter[plain] = n->nletters++;
	return n->letter[plain];
}

static uint32_t
new_state(struct names *n, uint32_t parent, uint16_t letter)
{
	if (n->nstates == STATES)
		return ROOT;
	n->state = grow(n->state, n->nstates, &n->states_cap, sizeof *n->state);
	n->origin = grow(n->origin, n->nstates, &n->origins_cap, sizeof *n->origin);
	n->state[n->nstates] = (struct state){.word = NO_WORD};
	n->origin[n->nstates] = (struct origin){parent, letter, (uint16_t)(n->origin[parent].depth + 1)};
	return (uint32_t)n->nstates++;
}

static uint32_t
root_find(const struct names *n, uint16_t letter)
{
	return letter < n->root_cap ? n->root[letter] : ROOT;
}

static void
root_put(struct names *n, uint16_t letter, uint32_t next)
{
	while (n->root_cap <= letter) {
		size_t used = n->root_cap;

		n->root = grow(n->root, used, &n->root_cap, sizeof *n->root);
		memset(n->root + used, 0, (n->root_cap - used) * sizeof *n->root);
	}
	n->root[letter] = next;
}

uint32_t
names_add(struct names *n, struct span word)
{
	const unsigned char *p = (const unsigned char *)word.p, *end = p + word.n, *q;
	uint32_t state = ROOT, c;
	size_t characters = 0;

	for (q = p; q < end; characters++) {
		c = next_character(&q, end);
		if (c == 0 || letter_of(n, c) == 0)
			return NAMES_NONE;
	}
	if (characters == 0 || characters > UINT16_MAX)
		return NAMES_NONE;
	while (p < end) {
		uint16_t letter;
		uint32_t next;

		c = next_character(&p, end);
		letter = letter_of(n, c);
		next = state == ROOT ? root_find(n, letter) : edge_find(n, state, letter);
		if (next == ROOT) {
			next = new_state(n, state, letter);
			if (next == ROOT)
				return NAMES_NONE;
			if (state == ROOT) {
				root_put(n, letter, next);
			} else {
				if (n->nedges * 2 > n->edge_mask)
					edges_double(n);
				edge_put(n, edge_key(state, letter) | next);
			}
		}
		state = next;
	}
	if (n->state[state].word == NO_WORD) {
		n->length = grow(n->length, n->nwords, &n->words_cap, sizeof *n->length);
		n->length[n->nwords] = (uint32_t)word.n;
		n->state[state].word = (uint32_t)n->nwords++;
	}
	return n->state[state].word;
}

/* The states by depth: the fail of one is less deep. */
static uint32_t *
by_depth(const struct names *n)
{
	uint32_t *order = xreallocarray(NULL, n->nstates, sizeof *order);
	size_t *start, depths = 0;

	for (size_t i = 0; i < n->nstates; i++)
		if (n->origin[i].depth > depths)
			depths = n->origin[i].depth;
	start = xcalloc(depths + 2, sizeof *start);
	for (size_t i = 0; i < n->nstates; i++)
		start[n->origin[i].depth + 1]++;
	for (size_t d = 1; d <= depths; d++)
		start[d] += start[d - 1];
	for (size_t i = 0; i < n->nstates; i++)
		order[start[n->origin[i].depth]++] = (uint32_t)i;
	free(start);
	return order;
}

/* The characters of each letter: character[of[letter]] up to of[letter + 1]. */
struct spellings {
	uint16_t *character;
	size_t *of;
};

static struct spellings
spellings_new(const struct names *n)
{
	struct spellings s = {xcalloc(PLANE, sizeof *s.character), xcalloc(n->nletters + 2u, sizeof *s.of)};

	for (size_t c = 0; c < PLANE; c++)
		s.of[(n->letter[c] & LETTER) + 2u]++;
	for (size_t l = 2; l < n->nletters + 2u; l++)
		s.of[l] += s.of[l - 1];
	for (size_t c = 0; c < PLANE; c++)
		s.character[s.of[(n->letter[c] & LETTER) + 1u]++] = (uint16_t)c;
	return s;
}

/* Sets the bits of characters alone and in pairs, in all their spellings. */
static void
set_bits(struct names *n)
{
	struct spellings s = spellings_new(n);

	for (size_t i = 0; i < n->nothers; i++)
		set_bit(n->alone, n->others[i]);
	for (size_t i = 1; i < n->nstates; i++) {
		const struct origin *o = &n->origin[i], *before = &n->origin[o->parent];

		if (o->depth == 1 && n->state[i].word != NO_WORD)
			for (size_t a = s.of[o->letter]; a < s.of[o->letter + 1u]; a++)
				set_bit(n->alone, s.character[a]);
		if (o->depth != 2)
			continue;
		for (size_t a = s.of[before->letter]; a < s.of[before->letter + 1u]; a++)
			for (size_t b = s.of[o->letter]; b < s.of[o->letter + 1u]; b++)
				set_bit(n->begin, begin_bit(s.character[a], s.character[b]));
	}
	free(s.character);
	free(s.of);
}

void
names_build(struct names *n)
{
	uint32_t *order = by_depth(n);

	for (size_t i = 1; i < n->nstates; i++) {
		struct state *s = &n->state[order[i]];
		const struct origin *o = &n->origin[order[i]];
		uint32_t at = o->parent, fail = ROOT;

		while (at != ROOT && fail == ROOT) {
			at = n->state[at].fail;
			fail = at == ROOT ? root_find(n, o->letter) : edge_find(n, at, o->letter);
		}
		s->fail = fail;
		s->output = n->state[fail].word != NO_WORD ? fail : n->state[fail].output;
	}
	/* So that a text needs no second look-up: what is read as another character has that one's
	 * letter. */
	for (size_t i = 0; i < n->nothers; i++)
		n->letter[n->others[i]] = (uint16_t)(n->letter[n->plain[n->others[i]]] | OTHER);
	/* So that every letter has a place in the root's array. */
	if (n->root_cap < n->nletters)
		root_put(n, (uint16_t)(n->nletters - 1), root_find(n, (uint16_t)(n->nletters - 1)));
	set_bits(n);
	free(order);
	free(n->origin);
	n->origin = NULL;
}

static void
emit(const struct names *n, uint32_t state, size_t end, struct name_hits *hits)
{
	if (n->state[state].word == NO_WORD)
		state = n->state[state].output;
	for (; state != ROOT; state = n->state[state].output) {
		uint32_t word = n->state[state].word;

		hits->v = grow(hits->v, hits->n, &hits->cap, sizeof *hits->v);
		hits->v[hits->n++] =
			(struct name_hit){word, (uint32_t)(end - n->length[word]), (uint32_t)end};
	}
}

bool
names_scan(const struct names *n, struct span text, struct name_hits *hits)
{
	const unsigned char *begin = (const unsigned char *)text.p, *p = begin, *end;
	uint32_t now, next;
	uint16_t others = 0;

	/* Offsets are of 32 bits; a page is far smaller (--max-page). */
	if (text.n > UINT32_MAX)
		text.n = UINT32_MAX;
	if (text.n == 0)
		return false;
	end = begin + text.n;
	next = next_character(&p, end);
	for (;;) {
		uint32_t state;
		size_t at = (size_t)(p - begin);

		/* Between words, most of a text: two characters that begin none are passed over. */
		now = next;
		next = p < end ? next_character(&p, end) : 0;
		if (has_bit(n->alone, now)) {
			others |= n->letter[now];
			state = n->root[n->letter[now] & LETTER];
			if (state != ROOT && n->state[state].word != NO_WORD)
				emit(n, state, at, hits);
		}
		state = has_bit(n->begin, begin_bit(now, next)) ? n->root[n->letter[now] & LETTER] : ROOT;
		/* In a word: a letter it does not go on with is looked at again as the first of one. */
		while (state != ROOT) {
			uint32_t to = ROOT;
			uint16_t letter = n->letter[next] & LETTER;

			while (letter && state != ROOT && (to = edge_find(n, state, letter)) == ROOT)
				state = n->state[state].fail;
			if (to == ROOT)
				break;
			state = to;
			at = (size_t)(p - begin);
			if (n->state[state].word != NO_WORD || n->state[state].output != ROOT)
				emit(n, state, at, hits);
			others |= n->letter[next];
			next = p < end ? next_character(&p, end) : 0;
		}
		if (at == text.n)
			return (others & OTHER) != 0;
	}
}

void
names_free(struct names *n)
{
	if (!n)
		return;
	free(n->letter);
	free(n->plain);
	free(n->others);
	free(n->edge);
	free(n->may);
	free(n->begin);
	free(n->alone);
	free(n->origin);
	free(n->state);
	free(n->root);
	free(n->length);
	free(n);
}
