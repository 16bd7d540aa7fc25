#include "statistics.h"

#include "quantiles.h"

enum { MEAN_PLACES = 6, NUMBER_MAX = 64 };

void
statistics_header(struct writer *w, bool quantiles)
{
	writer_raw(w, SPAN(",n,missing,about,suspect,sum,mean,min,max"));
	if (quantiles)
		writer_raw(w, SPAN(",p25,median,p75"));
}

void
statistics_decimal(struct writer *w, struct decimal d)
{
	char text[DECIMAL_MAX];
	size_t n = decimal_format(d, text);

	writer_raw(w, (struct span){text, n});
}

/* A buf over memory of its caller: the longest number fits, so it never grows. */
void
statistics_sum(struct writer *w, struct decimal_sum sum)
{
	struct buf out;

	writer_room(w, NUMBER_MAX);
	out = (struct buf){w->at, 0, NUMBER_MAX};
	decimal_sum_format(sum, &out);
	w->at += out.n;
}

void
statistics_quotient(struct writer *w, struct decimal_sum sum, uint64_t n)
{
	struct buf out;

	writer_room(w, NUMBER_MAX);
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
	writer_char(w, ',');
	if (n < 10)
		writer_char(w, (char)('0' + n));
	else
		writer_uint(w, n);
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
statistics_quantiles(struct writer *w, struct value *values, size_t n)
{
	char room[QUANTILES][NUMBER_MAX];
	struct buf out[QUANTILES];

	for (size_t q = 0; q < QUANTILES; q++)
		out[q] = (struct buf){room[q], 0, NUMBER_MAX};
	quantiles_of(values, n, out);
	for (size_t q = 0; q < QUANTILES; q++) {
		writer_char(w, ',');
		writer_raw(w, buf_span(&out[q]));
	}
}
