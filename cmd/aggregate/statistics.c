#include "statistics.h"

#include "quantiles.h"

enum { MEAN_PLACES = 6, SUM_PLACES = 9, NUMBER_MAX = 64 };

void
statistics_header(struct writer *w, bool quantiles)
{
	writer_raw(w, SPAN(",n,missing,about,suspect,sum,mean,min,max"));
	if (quantiles)
		writer_raw(w, SPAN(",p25,median,p75"));
}

/* Digits of u at w->at, which has room. */
static inline void
put_uint(struct writer *w, uint64_t u)
{
	uint64_t one = 10;
	size_t n = 1;

	while (n < 19 && u >= one) {
		one *= 10;
		n++;
	}
	n += n == 19 && u >= one;
	for (size_t i = n; i-- > 0; u /= 10)
		w->at[i] = (char)('0' + (int)(u % 10));
	w->at += n;
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
	uint64_t u = units < 0 ? -(uint64_t)units : (uint64_t)units, whole, rest;
	uint64_t one = places == SUM_PLACES ? 1000000000 : 1000000;

	whole = u / one;
	rest = u % one;
	if (units < 0)
		*w->at++ = '-';
	put_uint(w, whole);
	if (rest == 0)
		return;
	*w->at++ = '.';
	while (rest) {
		one /= 10;
		*w->at++ = (char)('0' + (int)(rest / one));
		rest %= one;
	}
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

void
statistics_quotient(struct writer *w, struct decimal_sum sum, uint64_t n)
{
	struct buf out;

	writer_room(w, NUMBER_MAX);
	if (sum.units == (int64_t)sum.units && n <= INT64_MAX / 2000) {
		int64_t a = (int64_t)sum.units, b = (int64_t)n * 1000, q = a / b, r = a % b;

		r = r < 0 ? -r : r;
		if (2 * r > b || (2 * r == b && q % 2 != 0))
			q += a < 0 ? -1 : 1;
		write_units(w, q, MEAN_PLACES);
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
