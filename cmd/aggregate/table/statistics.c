#include "statistics.h"

#include "digits.h"
#include "quantiles.h"

enum { MEAN_PLACES = 6, SUM_PLACES = 9, NUMBER_MAX = 64 };

void
statistics_header(struct writer *w, bool quantiles)
{
	writer_raw(w, SPAN(",n,missing,about,suspect,sum,mean,min,max"));
	if (quantiles)
		writer_raw(w, SPAN(",p25,median,p75"));
}

/* How many decimal digits u has. */
static inline unsigned
digits_of(uint64_t u)
{
	static const uint64_t power[] = {0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
		10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000,
		10000000000000000, 100000000000000000, 1000000000000000000, UINT64_C(10000000000000000000)};
	/* 1233 / 4096 is the logarithm of 2. */
	unsigned n = (64 - (unsigned)__builtin_clzll(u | 1)) * 1233 >> 12;

	return n + (u >= power[n]);
}

/* Digits of u at w->at, which has room; two at a time from the last. */
static inline void
put_uint(struct writer *w, uint64_t u)
{
	char *end = w->at + digits_of(u);

	w->at = end;
	for (; u >= 100; u /= 100)
		digits_two(end -= 2, (unsigned)(u % 100));
	if (u >= 10)
		digits_two(end - 2, (unsigned)u);
	else
		end[-1] = (char)('0' + (int)u);
}

void
statistics_decimal(struct writer *w, struct decimal d)
{
	char text[DECIMAL_MAX];

	if (d.scale == 0) {
		writer_room(w, NUMBER_MAX);
		if (d.digits < 0)
			*w->at++ = '-';
		put_uint(w, d.digits < 0 ? -(uint64_t)d.digits : (uint64_t)d.digits);
		return;
	}
	writer_raw(w, (struct span){text, decimal_format(d, text)});
}

/* u / 10^9, u being small: nearly every number is, and 128 bits take ten times as long to divide. */
static void
write_units(struct writer *w, int64_t units, unsigned places)
{
	uint64_t u = units < 0 ? -(uint64_t)units : (uint64_t)units;
	/* Divisors the compiler knows cost no division. */
	uint64_t whole = places == SUM_PLACES ? u / 1000000000 : u / 1000000;
	uint64_t rest = places == SUM_PLACES ? u % 1000000000 : u % 1000000;

	if (units < 0)
		*w->at++ = '-';
	put_uint(w, whole);
	if (rest == 0)
		return;
	*w->at = '.';
	for (; rest % 10 == 0; rest /= 10)
		places--;
	for (unsigned i = places; i > 0; rest /= 10)
		w->at[i--] = (char)('0' + (int)(rest % 10));
	w->at += 1 + places;
}

/* A buf over memory of its caller: the longest number fits, so it never grows. */
void
statistics_sum(struct writer *w, struct decimal_sum sum)
{
	struct buf out;

	writer_room(w, NUMBER_MAX);
	if (sum.units == (int64_t)sum.units) {
		write_units(w, (int64_t)sum.units, SUM_PLACES);
		return;
	}
	out = (struct buf){w->at, 0, NUMBER_MAX};
	decimal_sum_format(sum, &out);
	w->at += out.n;
}

/* a / b, rounded half to even. */
static inline int64_t
rounded(int64_t a, int64_t b)
{
	int64_t q = a / b, r = a % b;

	r = r < 0 ? -r : r;
	if (2 * r > b || (2 * r == b && q % 2 != 0))
		q += a < 0 ? -1 : 1;
	return q;
}

void
statistics_quotient(struct writer *w, struct decimal_sum sum, uint64_t n)
{
	struct buf out;

	writer_room(w, NUMBER_MAX);
	if (sum.units == (int64_t)sum.units && n <= INT64_MAX / 2000) {
		int64_t a = (int64_t)sum.units;

		/* Means of few and quantiles: again divisors that are known. */
		write_units(w, n == 1 ? rounded(a, 1000) : n == 4 ? rounded(a, 4000) : rounded(a, (int64_t)n * 1000),
			MEAN_PLACES);
		return;
	}
	out = (struct buf){w->at, 0, NUMBER_MAX};
	decimal_sum_format_div(sum, n, MEAN_PLACES, &out);
	w->at += out.n;
}

/* By long division, so that sums of any size have a ratio. */
void
statistics_ratio(struct writer *w, struct decimal_sum above, struct decimal_sum below)
{
	__extension__ typedef unsigned __int128 uint128;
	uint128 a = above.units < 0 ? -(uint128)above.units : (uint128)above.units, b, rest;
	struct decimal_sum ratio;
	uint128 q;

	if (below.units <= 0 || (uint128)below.units > ~(uint128)0 / 20)
		return;
	b = (uint128)below.units;
	q = a / b;
	rest = a % b;
	if (q >> 64)
		return;
	for (int i = 0; i < MEAN_PLACES; i++) {
		rest *= 10;
		q = q * 10 + rest / b;
		rest %= b;
	}
	if (2 * rest > b || (2 * rest == b && q % 2 != 0))
		q++;
	/* A sum counts in units of 10^-9. */
	ratio.units = (above.units < 0 ? -(int128)q : (int128)q) * 1000;
	statistics_sum(w, ratio);
}

static void
write_count(struct writer *w, uint32_t n)
{
	writer_room(w, NUMBER_MAX);
	*w->at++ = ',';
	put_uint(w, n);
}

void
statistics_write(struct writer *w, const struct tally *t)
{
	write_count(w, t->n);
	write_count(w, t->missing);
	write_count(w, t->about);
	write_count(w, t->suspect);
	if (t->n == 0) {
		writer_raw(w, SPAN(",,,,"));
		return;
	}
	writer_char(w, ',');
	statistics_sum(w, t->sum);
	writer_char(w, ',');
	statistics_quotient(w, t->sum, t->n);
	writer_char(w, ',');
	statistics_decimal(w, tally_min(t));
	writer_char(w, ',');
	statistics_decimal(w, tally_max(t));
}

void
statistics_quantiles(struct writer *w, const struct values *values)
{
	struct decimal_sum four_times[QUANTILES];
	bool any = quantiles_of(values, four_times);

	for (size_t q = 0; q < QUANTILES; q++) {
		writer_char(w, ',');
		if (any)
			statistics_quotient(w, four_times[q], 4);
	}
}
