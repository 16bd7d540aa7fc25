#include "order.h"

#include <stdbool.h>
#include <string.h>

#include "block.h"
#include "buf.h"

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

/* As radix_sort, of words whose upper bits are the key; the lower ones, the group, come along. */
static uint64_t *
radix_sort_words(uint64_t *a, uint64_t *b, size_t n, unsigned low, unsigned high)
{
	for (unsigned shift = low; shift < high; shift += 8) {
		size_t count[257] = {0};
		uint64_t *swap;

		for (size_t i = 0; i < n; i++)
			count[(a[i] >> shift & 255) + 1]++;
		if (count[(a[0] >> shift & 255) + 1] == n)
			continue;
		for (unsigned i = 0; i < 256; i++)
			count[i + 1] += count[i];
		for (size_t i = 0; i < n; i++)
			b[count[a[i] >> shift & 255]++] = a[i];
		swap = a;
		a = b;
		b = swap;
	}
	return a;
}

/* The bits that hold any rank below n. */
static unsigned
bits_of(uint32_t n)
{
	unsigned bits = 0;

	while (bits < 32 && (uint64_t)(n ? n - 1 : 0) >> bits)
		bits++;
	return bits;
}

/* What is needed to make the key of a group that sorts as its texts do. */
struct ordering {
	const struct groups *groups;
	struct layout layout;
	uint32_t *const *rank;
	size_t columns;
	unsigned bits[256]; /* of the ranks of each column */
	uint32_t n;
};

/* The ranks of the columns from first up to last, one after the other. */
static uint64_t
rank_key(const struct ordering *o, uint32_t i, size_t first, size_t last)
{
	uint64_t key = 0, word = groups_key(o->groups, i);

	for (size_t c = first; c < last; c++) {
		uint32_t id = o->layout.one_word ? (uint32_t)(word >> o->layout.column[c].shift &
							       (o->layout.column[c].limit - 1))
						 : groups_id(o->groups, i, c);

		key = key << o->bits[c] | o->rank[c][id];
	}
	return key;
}

/* The key and the group in one word: nearly always they fit. */
static void
order_words(const struct ordering *o, unsigned low, unsigned high, uint32_t *order)
{
	size_t size = ((size_t)o->n + 1) * sizeof(uint64_t);
	uint64_t *a = block_new(size), *b = block_new(size), *sorted;

	for (uint32_t i = 0; i < o->n; i++)
		a[i] = (low < 64 ? rank_key(o, i, 0, o->columns) << low : 0) | i;
	sorted = radix_sort_words(a, b, o->n, low, high);
	for (uint32_t i = 0; i < o->n; i++)
		order[i] = (uint32_t)(sorted[i] & (((uint64_t)1 << low) - 1));
	block_free(a, size);
	block_free(b, size);
}

/* By the columns from the last to the first, as many at a time as fit into 64 bits: the sort is stable. */
static void
order_columns(const struct ordering *o, uint32_t *order)
{
	size_t size = ((size_t)o->n + 1) * sizeof(struct ordered), last = o->columns;
	struct ordered *a = block_new(size), *b = block_new(size);

	for (uint32_t i = 0; i < o->n; i++)
		a[i].group = i;
	while (last > 0) {
		unsigned all = 0;
		size_t first = last;

		while (first > 0 && all + o->bits[first - 1] <= 64)
			all += o->bits[--first];
		for (uint32_t i = 0; i < o->n; i++)
			a[i].key = rank_key(o, a[i].group, first, last);
		radix_sort(a, b, o->n, all);
		last = first;
	}
	for (uint32_t i = 0; i < o->n; i++)
		order[i] = a[i].group;
	block_free(a, size);
	block_free(b, size);
}

uint32_t *
order_groups(const struct groups *groups, size_t columns, uint32_t *const *rank, const uint32_t *nrank)
{
	struct ordering o = {.groups = groups, .rank = rank, .columns = columns, .n = groups_count(groups)};
	uint32_t *order = xcalloc((size_t)o.n + 1, sizeof *order);
	unsigned low = bits_of(o.n), high = low;

	groups_layout(groups, &o.layout);
	for (size_t c = 0; c < columns; c++)
		high += o.bits[c] = bits_of(nrank[c]);
	if (o.n > 1 && high <= 64)
		order_words(&o, low, high, order);
	else if (o.n > 1)
		order_columns(&o, order);
	return order;
}
