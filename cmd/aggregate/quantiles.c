#include "quantiles.h"

#include <stdlib.h>

enum {
	FEW = 48,            /* up to so many values are simply sorted */
	BUCKET_BITS = 11,    /* of the histogram that finds where the wanted ones are */
	BUCKETS = 1 << BUCKET_BITS,
	RANKS = 2 * QUANTILES,
	PLACES = 6,
};

static struct decimal
decimal_of(const struct value *v)
{
	return (struct decimal){v->digits, v->scale};
}

static int
by_number(const void *a, const void *b)
{
	return decimal_cmp(decimal_of(a), decimal_of(b));
}

static void
insertion_sort(struct value *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct value x = v[i];
		size_t j = i;

		while (j > 0 && (v[j - 1].scale == x.scale ? v[j - 1].digits > x.digits
							    : by_number(&v[j - 1], &x) > 0)) {
			v[j] = v[j - 1];
			j--;
		}
		v[j] = x;
	}
}

/* The values of the wanted ranks (from 0) out of sorted ones, counting weights. */
static void
pick(const struct value *v, size_t n, const uint64_t *rank, struct decimal *out)
{
	for (size_t r = 0; r < RANKS; r++) {
		uint64_t seen = v[0].weight;
		size_t i = 0;

		while (i + 1 < n && rank[r] >= seen)
			seen += v[++i].weight;
		out[r] = decimal_of(&v[i]);
	}
}

/* One rank among values of [low, high], all of one scale, of which `rank` are passed over. */
static int64_t
select_one(const struct value *v, size_t n, int64_t low, int64_t high, uint64_t rank)
{
	while (low < high) {
		uint64_t count[BUCKETS] = {0}, range = (uint64_t)high - (uint64_t)low;
		unsigned shift = 0, b = 0;

		while (range >> shift >= BUCKETS)
			shift++;
		for (size_t i = 0; i < n; i++)
			if (v[i].digits >= low && v[i].digits <= high)
				count[((uint64_t)v[i].digits - (uint64_t)low) >> shift] += v[i].weight;
		while (rank >= count[b])
			rank -= count[b++];
		low = (int64_t)((uint64_t)low + ((uint64_t)b << shift));
		if ((uint64_t)high - (uint64_t)low > ((uint64_t)1 << shift) - 1)
			high = (int64_t)((uint64_t)low + (((uint64_t)1 << shift) - 1));
	}
	return low;
}

/*
 * Many values of one scale: a histogram says in which buckets the wanted ranks are, and only those
 * buckets' values, brought to the front, are looked at again.
 */
static void
select_ranks(struct value *v, size_t n, const uint64_t *rank, struct decimal *out)
{
	static uint64_t count[BUCKETS];
	static bool wanted[BUCKETS];
	int64_t low = v[0].digits, high = low;
	uint64_t range, before[RANKS];
	unsigned shift = 0, bucket[RANKS];
	size_t kept = 0;

	for (size_t i = 1; i < n; i++) {
		low = v[i].digits < low ? v[i].digits : low;
		high = v[i].digits > high ? v[i].digits : high;
	}
	range = (uint64_t)high - (uint64_t)low;
	while (range >> shift >= BUCKETS)
		shift++;
	memset(count, 0, sizeof count);
	memset(wanted, 0, sizeof wanted);
	for (size_t i = 0; i < n; i++)
		count[((uint64_t)v[i].digits - (uint64_t)low) >> shift] += v[i].weight;
	for (size_t r = 0, b = 0, seen = 0; r < RANKS; r++) {
		while (rank[r] >= seen + count[b])
			seen += count[b++];
		bucket[r] = (unsigned)b;
		before[r] = seen;
		wanted[b] = true;
	}
	if (shift > 0)
		for (size_t i = 0; i < n; i++)
			if (wanted[((uint64_t)v[i].digits - (uint64_t)low) >> shift]) {
				struct value swap = v[kept];

				v[kept++] = v[i];
				v[i] = swap;
			}
	for (size_t r = 0; r < RANKS; r++) {
		int64_t first = (int64_t)((uint64_t)low + ((uint64_t)bucket[r] << shift));
		uint64_t width = ((uint64_t)1 << shift) - 1, left = (uint64_t)high - (uint64_t)first;
		int64_t last = (int64_t)((uint64_t)first + (left < width ? left : width));

		out[r] = (struct decimal){shift ? select_one(v, kept, first, last, rank[r] - before[r]) : first,
			v[0].scale};
	}
}

void
quantiles_of(struct value *values, size_t n, struct buf out[QUANTILES])
{
	uint64_t total = 0, rank[RANKS];
	struct decimal at[RANKS];
	bool one_scale = true;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		total += values[i].weight;
		one_scale &= values[i].scale == values[0].scale;
	}
	for (unsigned q = 0; q < QUANTILES; q++) {
		/* (total - 1) * (q + 1) / 4, in two parts so that it cannot overflow. */
		uint64_t whole = (total - 1) / 4 * (q + 1), rest = (total - 1) % 4 * (q + 1);

		rank[2 * q] = whole + rest / 4;
		rank[2 * q + 1] = rank[2 * q] + (rest % 4 ? 1 : 0);
	}
	if (n <= FEW) {
		insertion_sort(values, n);
		pick(values, n, rank, at);
	} else if (one_scale) {
		select_ranks(values, n, rank, at);
	} else {
		qsort(values, n, sizeof *values, by_number);
		pick(values, n, rank, at);
	}
	for (unsigned q = 0; q < QUANTILES; q++) {
		int64_t part = (int64_t)((total - 1) % 4 * (q + 1) % 4);
		struct decimal_sum sum = DECIMAL_SUM_ZERO;

		/* Two decimals times at most 4: far from 128 bits. */
		(void)decimal_sum_add_times(&sum, at[2 * q], 4 - part);
		(void)decimal_sum_add_times(&sum, at[2 * q + 1], part);
		decimal_sum_format_div(sum, 4, PLACES, &out[q]);
	}
}
