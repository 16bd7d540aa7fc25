#include "members.h"

#include <stdlib.h>

#include "buf.h"
#include "intern.h"

enum { COLUMNS = 256 };

struct members {
	size_t columns;
	struct intern groups, met; /* by the ids; by the ids and the region */
	uint64_t *regions;         /* of each group: the sum of its regions' hashes */
	size_t n, cap;
};

struct members *
members_new(size_t columns)
{
	struct members *m = xcalloc(1, sizeof *m);

	m->columns = columns;
	intern_init(&m->groups);
	intern_init(&m->met);
	return m;
}

void
members_free(struct members *m)
{
	if (!m)
		return;
	intern_release(&m->groups);
	intern_release(&m->met);
	free(m->regions);
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

void
members_note(struct members *m, const uint32_t *ids, uint32_t region)
{
	uint32_t key[COLUMNS + 1], met = m->met.n;
	uint32_t group = intern_id(&m->groups, bytes(ids, m->columns));

	if (group == m->n) {
		m->regions = grow(m->regions, m->n, &m->cap, sizeof *m->regions);
		m->regions[m->n++] = 0;
	}
	for (size_t i = 0; i < m->columns; i++)
		key[i] = ids[i];
	key[m->columns] = region;
	if (intern_id(&m->met, bytes(key, m->columns + 1)) == met)
		m->regions[group] += spread((uint64_t)region + 1);
}

uint64_t
members_of(const struct members *m, const uint32_t *ids)
{
	uint32_t group = intern_find(&m->groups, bytes(ids, m->columns));

	return group == UINT32_MAX ? 0 : m->regions[group];
}
