#include "closed.h"

#include <stdlib.h>

#include "buf.h"
#include "rules/cells.h"

__extension__ typedef unsigned __int128 wide;

enum { CODES = 1000000 };

static const uint32_t no_region = UINT32_MAX, not_a_code = UINT32_MAX - 1;

void
closed_init(struct closed *c)
{
	*c = (struct closed){.size = 64, .region = no_region};
	c->slot = xcalloc(c->size, sizeof *c->slot);
	c->regions = xcalloc(CODES / 8, 1);
}

void
closed_release(struct closed *c)
{
	free(c->slot);
	free(c->regions);
}

static uint32_t
code_of(struct span region)
{
	uint32_t code = 0;

	if (region.n != 6)
		return not_a_code;
	for (size_t i = 0; i < 6; i++) {
		if (region.p[i] < '0' || region.p[i] > '9')
			return not_a_code;
		code = code * 10 + (uint32_t)(region.p[i] - '0');
	}
	return code;
}

bool
closed_region(struct closed *c, struct span region)
{
	uint32_t code = code_of(region);
	uint64_t other = code == not_a_code ? span_hash(region) : 0;
	bool left = false;

	if (code == c->region && other == c->other_region)
		return false;
	c->region = code;
	c->other_region = other;
	if (c->n) {
		memset(c->slot, 0, c->size * sizeof *c->slot);
		c->n = 0;
	}
	if (code != not_a_code) {
		left = c->regions[code / 8] >> code % 8 & 1;
		c->regions[code / 8] |= (uint8_t)(1 << code % 8);
	}
	return left;
}

static uint64_t *
find(struct closed *c, uint64_t hash)
{
	size_t i = (size_t)(((wide)hash * c->size) >> 64);

	while (c->slot[i] && c->slot[i] != hash)
		i = i + 1 < c->size ? i + 1 : 0;
	return &c->slot[i];
}

/* By a quarter, so that never more than 16 bytes go to a body. */
static void
enlarge(struct closed *c)
{
	uint64_t *old = c->slot;
	size_t n = c->size;

	c->size += c->size / 4;
	c->slot = xcalloc(c->size, sizeof *c->slot);
	for (size_t i = 0; i < n; i++)
		if (old[i])
			*find(c, old[i]) = old[i];
	free(old);
}

bool
closed_body(struct closed *c, struct span kind, struct span name)
{
	uint64_t hash = ((span_hash(kind) * 31) ^ span_hash(name)) * UINT64_C(0x9e3779b97f4a7c15), *slot;

	hash += hash == 0;
	if (4 * (c->n + 1) > 3 * c->size)
		enlarge(c);
	slot = find(c, hash);
	if (*slot)
		return true;
	*slot = hash;
	c->n++;
	return false;
}
