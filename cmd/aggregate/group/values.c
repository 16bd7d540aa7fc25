#include "values.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WEIGHT = (1 << 27) - 1 };

void
values_keep_large(struct kept *k, uint32_t group, struct decimal d, uint64_t weight)
{
	while (weight) {
		uint32_t part = weight > MAX_WEIGHT ? MAX_WEIGHT : (uint32_t)weight;

		k->large = grow(k->large, k->nlarge, &k->large_cap, sizeof *k->large);
		k->large[k->nlarge++] = (struct value){d.digits, group, d.scale & 31u, part};
		weight -= part;
	}
}

/*
 * By counting: next[i + 2] counts group i, the sums make next[i + 1] where its values begin, and placing
 * them moves that on to where they end, so that next[i] is where they began.
 */
static void
sort_small(struct kept *k)
{
	enum { AHEAD = 16, FAR = 2 * AHEAD };
	uint32_t *next = k->first_small = block_new(((size_t)k->groups + 3) * sizeof *next);

	k->sorted = block_new((k->nsmall + 1) * sizeof *k->sorted);
	for (size_t i = 0; i < k->nsmall; i++)
		next[k->small[i >> VALUES_SHIFT][i & (VALUES_BLOCK - 1)].group + 2]++;
	for (uint32_t i = 0; i < k->groups; i++)
		next[i + 2] += next[i + 1];
	for (size_t b = 0; b < k->nblocks; b++) {
		const struct small_value *v = k->small[b];
		size_t n = k->nsmall - (b << VALUES_SHIFT);

		n = n < VALUES_BLOCK ? n : VALUES_BLOCK;
		for (size_t i = 0; i < n; i++) {
			if (i + FAR < n)
				__builtin_prefetch(&next[v[i + FAR].group + 1], 1);
			if (i + AHEAD < n)
				__builtin_prefetch(&k->sorted[next[v[i + AHEAD].group + 1]], 1);
			k->sorted[next[v[i].group + 1]++] = v[i].digits;
		}
		block_free(k->small[b], VALUES_BLOCK * sizeof **k->small);
	}
	k->nblocks = 0;
}

/* In place, each value going straight to where its group's values stand: no second array. */
static void
sort_large(struct kept *k)
{
	size_t *first = xcalloc((size_t)k->groups + 1, sizeof *first), *next;

	for (size_t i = 0; i < k->nlarge; i++)
		first[k->large[i].group + 1]++;
	for (uint32_t i = 0; i < k->groups; i++)
		first[i + 1] += first[i];
	next = xmalloc(((size_t)k->groups + 1) * sizeof *next);
	memcpy(next, first, ((size_t)k->groups + 1) * sizeof *next);
	for (uint32_t b = 0; b < k->groups; b++)
		while (next[b] < first[b + 1]) {
			struct value v = k->large[next[b]];

			while (v.group != b) {
				struct value *to = &k->large[next[v.group]++], other = *to;

				*to = v;
				v = other;
			}
			k->large[next[b]++] = v;
		}
	free(next);
	k->first_large = first;
}

void
values_sort(struct kept *k, uint32_t groups)
{
	k->groups = groups;
	sort_small(k);
	if (k->nlarge)
		sort_large(k);
}

void
values_release(struct kept *k)
{
	for (size_t i = 0; i < k->nblocks; i++)
		block_free(k->small[i], VALUES_BLOCK * sizeof **k->small);
	free(k->small);
	free(k->large);
	block_free(k->sorted, (k->nsmall + 1) * sizeof *k->sorted);
	block_free(k->first_small, ((size_t)k->groups + 3) * sizeof *k->first_small);
	free(k->first_large);
}
