#include "recall.h"

#include <stdlib.h>

#include "buf.h"

enum { WAYS = 4, LINE = 64 };

struct recall {
	size_t places, longest, size, stride;
	char *slots;     /* by place: what is kept, and then the text */
	uint8_t *n;      /* by place: bytes of its text; 0: free.  Most texts that are not it are of another length */
	uint32_t *tag;   /* by place: half of the text's hash */
	uint32_t *seen;  /* by place: the last page that has the text */
	uint32_t *heard; /* by hash: half of the hash of the text that came last, kept or not */
	uint16_t *next;  /* by place: the one that came behind it; behind the last place, the first of a page */
	uint16_t last;
	uint32_t page;
};

struct recall *
recall_new(size_t places, size_t longest, size_t size, bool twice)
{
	struct recall *r = xcalloc(1, sizeof *r);

	r->places = places;
	r->longest = longest;
	r->size = (size + 7) / 8 * 8;
	r->stride = (r->size + longest + 7) / 8 * 8;
	r->slots = xcalloc(places, r->stride);
	r->n = xcalloc(places, sizeof *r->n);
	r->tag = xcalloc(places, sizeof *r->tag);
	r->seen = xcalloc(places, sizeof *r->seen);
	r->heard = twice ? xcalloc(places, sizeof *r->heard) : NULL;
	r->next = xcalloc(places + 1, sizeof *r->next);
	r->last = (uint16_t)places;
	r->page = 1;
	return r;
}

void
recall_free(struct recall *r)
{
	if (!r)
		return;
	free(r->slots);
	free(r->n);
	free(r->tag);
	free(r->seen);
	free(r->heard);
	free(r->next);
	free(r);
}

static inline char *
slot_at(const struct recall *r, size_t place)
{
	return r->slots + place * r->stride;
}

void
recall_page(struct recall *r)
{
	r->last = (uint16_t)r->places;
	if (++r->page == 0) {
		memset(r->seen, 0, r->places * sizeof *r->seen);
		r->page = 1;
	}
}

static inline bool
has_text(const struct recall *r, size_t place, struct span text)
{
	return r->n[place] == text.n && memcmp(slot_at(r, place) + r->size, text.p, text.n) == 0;
}

/* The place by the hash of the text. */
static uint16_t
look(struct recall *r, struct span text, bool *fresh)
{
	uint64_t hash = span_hash(text);
	uint32_t tag = (uint32_t)(hash >> 32);
	size_t first = (size_t)(hash & (r->places / WAYS - 1)) * WAYS, victim = r->places;

	for (size_t at = first; at < first + WAYS; at++)
		if (r->tag[at] == tag && has_text(r, at, text))
			return (uint16_t)at;
	if (r->heard && r->heard[hash & (r->places - 1)] != tag) {
		r->heard[hash & (r->places - 1)] = tag;
		return RECALL_NOWHERE;
	}
	for (size_t at = first; at < first + WAYS; at++)
		if (r->seen[at] != r->page && (victim == r->places || r->seen[at] < r->seen[victim]))
			victim = at;
	if (victim == r->places)
		return RECALL_NOWHERE;
	r->tag[victim] = tag;
	r->n[victim] = (uint8_t)text.n;
	memcpy(slot_at(r, victim) + r->size, text.p, text.n);
	*fresh = true;
	return (uint16_t)victim;
}

uint16_t
recall_place(struct recall *r, struct span text, bool *fresh)
{
	uint16_t place = r->next[r->last];
	const char *ahead;

	*fresh = false;
	if (text.n == 0 || text.n > r->longest)
		return RECALL_NOWHERE;
	if (!has_text(r, place, text)) {
		place = look(r, text, fresh);
		if (place == RECALL_NOWHERE)
			return place;
		r->next[r->last] = place;
	}
	r->seen[place] = r->page;
	r->last = place;
	ahead = slot_at(r, r->next[place]);
	for (size_t i = 0; i < 2 * LINE; i += LINE)
		__builtin_prefetch(ahead + i);
	return place;
}

void *
recall_at(const struct recall *r, uint16_t place)
{
	return slot_at(r, place);
}
