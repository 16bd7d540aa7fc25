#include "members.h"

#include <stdlib.h>

#include "buf.h"
#include "intern.h"

struct members {
	size_t columns;
	struct intern groups; /* by the ids */
	uint64_t *sum;        /* of each group: of whose its figures are, spread */
	size_t n, cap;
};

struct members *
members_new(size_t columns)
{
	struct members *m = xcalloc(1, sizeof *m);

	m->columns = columns;
	intern_init(&m->groups);
	return m;
}

void
members_free(struct members *m)
{
	if (!m)
		return;
	intern_release(&m->groups);
	free(m->sum);
	free(m);
}

/* The bits of a code spread over 64 (the last step of MurmurHash3). */
static uint64_t
spread(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

static struct span
bytes(const uint32_t *ids, size_t n)
{
	return span_of((const char *)ids, n * sizeof *ids);
}

uint64_t
members_body(struct span kind, struct span name, struct span scope)
{
	/* A region has one government, and one office of it, whatever they are called from year to year. */
	uint64_t hash = span_hash(kind) * 31 + (span_starts(kind, SPAN("government")) ? 0 : span_hash(name));

	hash = spread(hash) * 31 + span_hash(scope);
	return hash + (hash == 0);
}

void
members_note(struct members *m, const uint32_t *ids, struct member whose, uint64_t weight)
{
	uint32_t group = intern_id(&m->groups, bytes(ids, m->columns));

	if (group == m->n) {
		m->sum = grow(m->sum, m->n, &m->cap, sizeof *m->sum);
		m->sum[m->n++] = 0;
	}
	m->sum[group] += weight * spread(((uint64_t)whose.region * 2 + whose.across + 1) ^ spread(whose.body));
}

uint64_t
members_of(const struct members *m, const uint32_t *ids)
{
	uint32_t group = intern_find(&m->groups, bytes(ids, m->columns));

	return group == UINT32_MAX ? 0 : m->sum[group];
}
