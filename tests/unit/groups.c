/* links: cmd/aggregate/group/block.c cmd/aggregate/group/groups.c cmd/aggregate/group/tally.c cmd/aggregate/group/values.c cmd/aggregate/intern.c cmd/aggregate/table/quantiles.c cmd/aggregate/table/statistics.c */
#include "group/groups.h"

#include <stdlib.h>

#include "buf.h"
#include "intern.h"
#include "table/quantiles.h"
#include "table/statistics.h"
#include "tap.h"

/* A generator of its own: the same numbers everywhere. */
static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
interned(void)
{
	struct intern in;
	bool good = true;
	uint32_t *rank;

	intern_init(&in);
	for (unsigned pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < 5000; i++) {
			char text[40];
			int n = snprintf(text, sizeof text, i % 3 ? "%u" : "a longer text %u", i);

			good &= intern_id(&in, span_of(text, (size_t)n)) == i;
		}
	ok(good, "a text has the number it got first, short or long");
	ok(intern_find(&in, SPAN("no such text")) == UINT32_MAX && in.n == 5000, "what was never met is not found");
	ok(intern_id(&in, SPAN("")) != intern_id(&in, (struct span){"\0", 1}) &&
			intern_id(&in, (struct span){"\0\0", 2}) != intern_id(&in, (struct span){"\0", 1}),
		"texts of zeros are told apart by their length");
	ok(intern_word("\1\2\3", 3) == 0x030201 && intern_hash("requests.received", 17) == UINT64_C(0xb2e86a062e30f57a),
		"names of shards are the same on machines of either byte order");
	rank = intern_ranks(&in);
	good = true;
	for (uint32_t i = 0; i < in.n; i++)
		for (uint32_t j = 0; j < in.n; j += 97)
			good &= (span_cmp(intern_text(&in, i), intern_text(&in, j)) < 0) == (rank[i] < rank[j]);
	ok(good, "ranks are the places in byte order");
	free(rank);
	intern_release(&in);
}

/* Many columns and numbers that outgrow the bits they first had: groups stay what they were. */
static void
widened(void)
{
	enum { COLUMNS = 7, FACTS = 60000, KEYS = 20000 };
	struct groups *g = groups_new(COLUMNS, true);
	static int64_t sum[KEYS];
	static uint32_t n[KEYS];
	uint64_t state = 0x139408dcbbf7a44u;
	bool good = true;

	for (unsigned i = 0; i < FACTS; i++) {
		/* Later keys have larger numbers, so the layout changes while facts wait. */
		uint32_t k = (uint32_t)(next(&state) % (i / 3 + 1)), ids[COLUMNS];
		int64_t v = (int64_t)(next(&state) % 2000) - 1000;

		for (unsigned c = 0; c < COLUMNS; c++)
			ids[c] = c == 3 ? k * 200000u : k >> c;
		groups_add(g, ids, DECIMAL_INT(v), 0, 1);
		sum[k] += v;
		n[k]++;
	}
	groups_finish(g);
	groups_sort_values(g);
	for (uint32_t i = 0; i < groups_count(g); i++) {
		uint32_t k = groups_id(g, i, 0);
		struct tally t = groups_tally(g, i);
		struct values v = groups_values(g, i);
		int64_t again = 0;

		for (size_t j = 0; j < v.nsmall; j++)
			again += v.small[j];
		good &= groups_id(g, i, 3) == k * 200000u && groups_id(g, i, 6) == k >> 6;
		good &= t.n == n[k] && v.nsmall == n[k] && v.nlarge == 0 && again == sum[k];
		good &= t.sum.units == (int128)sum[k] * 1000000000;
	}
	ok(good, "groups keep their keys, sums and values over every layout");
	groups_free(g);
}

/* Narrow and wide numbers, weights, missing and about ones in one group. */
static void
mixed(void)
{
	struct groups *g = groups_new(1, true);
	uint32_t id = 0, other = 1;
	struct tally t;
	struct values v;

	groups_add(g, &id, DECIMAL_INT(5), 0, 1);
	groups_add(g, &id, DECIMAL_ZERO, FACT_MISSING, 1);
	groups_add(g, &id, DECIMAL_INT(INT64_MAX), FACT_ABOUT, 1);
	groups_add(g, &id, (struct decimal){-25, 1}, FACT_SUSPECT, 3);
	groups_add(g, &id, DECIMAL_ZERO, FACT_MISSING, 2);
	groups_add(g, &other, DECIMAL_ZERO, FACT_MISSING, 1);
	groups_finish(g);
	t = groups_tally(g, 0);
	ok(t.n == 5 && t.missing == 3 && t.about == 1 && t.suspect == 3, "all kinds are counted");
	ok(t.sum.units == ((int128)INT64_MAX + 5) * 1000000000 - (int128)7500000000, "and added up");
	ok(decimal_cmp(tally_min(&t), (struct decimal){-25, 1}) == 0 && tally_max(&t).digits == INT64_MAX,
		"the smallest and the largest are of whatever scale");
	groups_sort_values(g);
	v = groups_values(g, 0);
	ok(v.nsmall == 1 && v.small[0] == 5 && v.nlarge == 2, "values are kept by their size");
	t = groups_tally(g, 1);
	v = groups_values(g, 1);
	ok(t.n == 0 && t.missing == 1 && v.nsmall == 0 && v.nlarge == 0, "a group of nothing has no values");
	groups_free(g);
}

static int
by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Against sorting, over sizes on both sides of every threshold and ranges that need more than one histogram. */
static void
quantiles(void)
{
	static const size_t sizes[] = {1, 2, 3, 4, 5, 47, 48, 49, 50, 51, 52, 1000, 4001};
	static const uint32_t ranges[] = {1, 2, 100, 5000, 3000000, UINT32_MAX};
	uint64_t state = 1234567;
	bool good = true;

	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
		for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
			size_t n = sizes[s];
			int32_t *v = xreallocarray(NULL, n, sizeof *v), *sorted = xreallocarray(NULL, n, sizeof *v);
			struct values values = {v, n, NULL, 0};
			struct decimal_sum four[QUANTILES];

			for (size_t i = 0; i < n; i++)
				v[i] = (int32_t)((uint32_t)(next(&state) >> 20) % ranges[r] - ranges[r] / 2);
			memcpy(sorted, v, n * sizeof *v);
			qsort(sorted, n, sizeof *sorted, by_number);
			good &= quantiles_of(&values, four);
			for (size_t q = 1; q <= QUANTILES; q++) {
				size_t at = (n - 1) * q, k = at / 4, part = at % 4;
				int128 want = (int128)sorted[k] * (4 - (int)part) +
					      (int128)sorted[part ? k + 1 : k] * (int)part;

				good &= four[q - 1].units == want * 1000000000;
			}
			free(v);
			free(sorted);
		}
	ok(good, "quantiles of whole numbers are those of the sorted ones");
}

static void
written(void)
{
	static const struct {
		int128 sum;
		uint64_t n;
		const char *text;
	} cases[] = {{1000000000, 3, "0.333333"}, {2000000000, 3, "0.666667"}, {500, 1, "0"},
		{1500, 1, "0.000002"}, {-1500, 1, "-0.000002"}, {2500, 1, "0.000002"},
		{-2000000000, 3, "-0.666667"}, {(int128)INT64_MAX * 1000000000, 1, "9223372036854775807"},
		{(int128)INT64_MIN * 1000000000, 2, "-46116" "8601" "8427387904"}};
	bool good = true;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char room[64];
		struct writer w = {.at = room, .start = room, .end = room + sizeof room};

		statistics_quotient(&w, (struct decimal_sum){cases[i].sum}, cases[i].n);
		good &= span_eq(span_of(room, (size_t)(w.at - room)), span_str(cases[i].text));
	}
	ok(good, "a quotient is rounded half to even at 6 decimals, in 64 bits as in 128");
}

int
main(void)
{
	interned();
	widened();
	mixed();
	quantiles();
	written();
	return done_testing();
}
