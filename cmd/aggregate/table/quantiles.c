#include "quantiles.h"

#include <stdlib.h>

#include "buf.h"

enum {
	FEW = 48,         /* up to so many values are simply sorted */
	BUCKET_BITS = 11, /* of the histogram that finds where the wanted ones are */
	BUCKETS = 1 << BUCKET_BITS,
	RANKS = 2 * QUANTILES, /* the two numbers on both sides of each quantile */
};

static void
insertion_sort(int32_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int32_t x = v[i];
		size_t j = i;

		for (; j > 0 && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/* How far to shift so that a range falls into BUCKETS. */
static unsigned
shift_of(uint32_t range)
{
	unsigned shift = 0;

	while (range >> shift >= BUCKETS)
		shift++;
	return shift;
}

/* The number of rank `rank` among those of v that lie in [low, high]. */
static int32_t
select_one(const int32_t *v, size_t n, int32_t low, int32_t high, uint64_t rank)
{
	while (low < high) {
		uint32_t count[BUCKETS] = {0}, range = (uint32_t)high - (uint32_t)low, b = 0;
		unsigned shift = shift_of(range);

		for (size_t i = 0; i < n; i++)
			if (v[i] >= low && v[i] <= high)
				count[((uint32_t)v[i] - (uint32_t)low) >> shift]++;
		while (rank >= count[b])
			rank -= count[b++];
		low = (int32_t)((uint32_t)low + (b << shift));
		if ((uint32_t)high - (uint32_t)low > ((uint32_t)1 << shift) - 1)
			high = (int32_t)((uint32_t)low + (((uint32_t)1 << shift) - 1));
	}
	return low;
}

/*
 * Many values: a histogram says in which buckets the wanted ranks are, and only those buckets' values,
 * brought to the front, are looked at again.
 */
static void
select_ranks(int32_t *v, size_t n, const uint64_t *rank, int32_t *out)
{
	static uint64_t count[BUCKETS];
	static bool wanted[BUCKETS];
	int32_t low = v[0], high = low;
	uint64_t before[RANKS];
	uint32_t bucket[RANKS];
	unsigned shift;
	size_t kept = 0;

	for (size_t i = 1; i < n; i++) {
		low = v[i] < low ? v[i] : low;
		high = v[i] > high ? v[i] : high;
	}
	shift = shift_of((uint32_t)high - (uint32_t)low);
	memset(count, 0, sizeof count);
	memset(wanted, 0, sizeof wanted);
	for (size_t i = 0; i < n; i++)
		count[((uint32_t)v[i] - (uint32_t)low) >> shift]++;
	for (size_t r = 0; r < RANKS; r++) {
		uint64_t seen = 0;
		uint32_t b = 0;

		while (rank[r] >= seen + count[b])
			seen += count[b++];
		bucket[r] = b;
		before[r] = seen;
		wanted[b] = true;
	}
	for (size_t i = 0; shift > 0 && i < n; i++) {
		int32_t x = v[i];

		/* Written always, kept only if wanted: no branch to guess. */
		v[i] = v[kept];
		v[kept] = x;
		kept += wanted[((uint32_t)x - (uint32_t)low) >> shift];
	}
	for (size_t r = 0; r < RANKS; r++) {
		int32_t first = (int32_t)((uint32_t)low + (bucket[r] << shift));
		uint32_t width = ((uint32_t)1 << shift) - 1, left = (uint32_t)high - (uint32_t)first;
		int32_t last = (int32_t)((uint32_t)first + (left < width ? left : width));

		out[r] = shift ? select_one(v, kept, first, last, rank[r] - before[r]) : first;
	}
}

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

/* All values as large ones, sorted; the caller frees them. */
static struct value *
all_sorted(const struct values *values)
{
	size_t n = values->nsmall + values->nlarge;
	struct value *all = xreallocarray(NULL, n, sizeof *all);

	for (size_t i = 0; i < values->nsmall; i++)
		all[i] = (struct value){values->small[i], 0, 0, 1};
	memcpy(all + values->nsmall, values->large, values->nlarge * sizeof *all);
	qsort(all, n, sizeof *all, by_number);
	return all;
}

/* The ranks, from 0, of the numbers beside each quantile of n: (n - 1) * q / 4 and, if it is none, the next. */
static void
ranks_of(uint64_t n, uint64_t rank[RANKS])
{
	for (unsigned q = 0; q < QUANTILES; q++) {
		/* In two parts so that it cannot overflow. */
		uint64_t whole = (n - 1) / 4 * (q + 1), rest = (n - 1) % 4 * (q + 1);

		rank[2 * q] = whole + rest / 4;
		rank[2 * q + 1] = rank[2 * q] + (rest % 4 != 0);
	}
}

/* How far a quantile stands from the number below it to the one above, in quarters. */
static int64_t
part_of(uint64_t n, unsigned q)
{
	return (int64_t)((n - 1) % 4 * (q + 1) % 4);
}

static struct decimal_sum
between(uint64_t n, unsigned q, struct decimal below, struct decimal above)
{
	int64_t part = part_of(n, q);
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	/* Two decimals times at most 4: far from 128 bits. */
	(void)decimal_sum_add_times(&sum, below, 4 - part);
	(void)decimal_sum_add_times(&sum, above, part);
	return sum;
}

bool
quantiles_of(const struct values *values, struct decimal_sum four_times[QUANTILES])
{
	uint64_t n = values->nsmall, rank[RANKS];
	int32_t number[RANKS];

	if (values->nlarge == 0 && n > 0) {
		ranks_of(n, rank);
		if (n <= FEW) {
			insertion_sort(values->small, n);
			for (unsigned r = 0; r < RANKS; r++)
				number[r] = values->small[rank[r]];
		} else {
			select_ranks(values->small, n, rank, number);
		}
		for (unsigned q = 0; q < QUANTILES; q++) {
			int64_t part = part_of(n, q);

			four_times[q].units =
				(int128)(number[2 * q] * (4 - part) + number[2 * q + 1] * part) * 1000000000;
		}
		return true;
	}
	if (values->nlarge > 0) {
		struct value *all = all_sorted(values);
		struct decimal beside[RANKS];

		for (size_t i = 0; i < values->nlarge; i++)
			n += values->large[i].weight;
		ranks_of(n, rank);
		for (unsigned r = 0; r < RANKS; r++) {
			uint64_t seen = all[0].weight;
			size_t i = 0;

			while (rank[r] >= seen)
				seen += all[++i].weight;
			beside[r] = decimal_of(&all[i]);
		}
		for (unsigned q = 0; q < QUANTILES; q++)
			four_times[q] = between(n, q, beside[2 * q], beside[2 * q + 1]);
		free(all);
		return true;
	}
	return false;
}
