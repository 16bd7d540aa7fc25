#include "partial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void
partial_init(struct partial *p)
{
	*p = (struct partial){0};
	intern_init(&p->ids);
}

void
partial_release(struct partial *p)
{
	intern_release(&p->ids);
	free(p->shard);
	buf_release(&p->options);
	buf_release(&p->made);
	buf_release(&p->tables);
	buf_release(&p->version);
}

void
partial_constants(struct partial *p, struct span made, struct span tables)
{
	buf_add_span(&p->made, made);
	buf_add_span(&p->tables, tables);
	buf_add_str(&p->version, XXGK_VERSION);
}

void
partial_note(struct partial *p, struct span record)
{
	uint64_t h = record.n > 8 ? intern_hash(record.p, record.n) : intern_head(record.p, record.n) + record.n;

	p->sum[0] += h;
	p->sum[1] += (h ^ h >> 31) * UINT64_C(0x94d049bb133111eb) ^ h << 17;
}

void
partial_id(const struct partial *p, char id[33])
{
	snprintf(id, 33, "%016" PRIx64 "%016" PRIx64, p->sum[0], p->sum[1]);
}

static bool
same(const struct reader *in, const struct record *rec, struct span have, const struct buf *want, const char *what)
{
	struct span path;
	size_t line;

	if (span_eq(have, buf_span(want)))
		return true;
	path = reader_place(in, rec, &line);
	warn_at(path, line, "partial sums with other %s ('%.*s') than these ('%.*s') cannot be mixed", message(what),
		SPAN_ARG(have), SPAN_ARG(buf_span(want)));
	return false;
}

const char *
partial_row(struct partial *p, const struct fact_places *at, const struct reader *in,
	const struct record *rec, uint64_t *weight, bool *refused)
{
	struct span id = fact_field(at, rec, FACT_SHARD);
	uint64_t facts;
	uint32_t i;

	*refused = true;
	/* Once more behind a row that turned out to be none. */
	if (p->ids.n == 0) {
		buf_reset(&p->options);
		buf_add_span(&p->options, fact_field(at, rec, FACT_OPTIONS));
	}
	if (!same(in, rec, fact_field(at, rec, FACT_VERSION), &p->version, "version") ||
		!same(in, rec, fact_field(at, rec, FACT_TABLES), &p->tables, "tables") ||
		!same(in, rec, fact_field(at, rec, FACT_OPTIONS), &p->options, "options"))
		return NULL;
	*refused = false;
	if (!span_whole(fact_field(at, rec, FACT_WEIGHT), weight) || !span_whole(fact_field(at, rec, FACT_FACTS), &facts))
		return "count or facts is no whole number";
	i = intern_id(&p->ids, id);
	if (i == p->nshards) {
		p->shard = grow(p->shard, i, &p->cap, sizeof *p->shard);
		p->shard[p->nshards++] = (struct shard){.facts = facts};
	}
	p->shard[i].at_odds |= p->shard[i].facts != facts;
	p->shard[i].counted += *weight;
	return NULL;
}

enum status
partial_check(const struct partial *p)
{
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < p->ids.n; i++) {
		const struct shard *s = &p->shard[i];
		struct span id = intern_text(&p->ids, i);

		if (s->at_odds || s->counted > s->facts) {
			warn("shard '%.*s' is there more than once: nothing is written", SPAN_ARG(id));
			status = worse(status, STATUS_USAGE);
		} else if (s->counted < s->facts) {
			warn("shard '%.*s' is cut short: %" PRIu64 " of its %" PRIu64
			     " facts are there, nothing is written",
				SPAN_ARG(id), s->counted, s->facts);
			status = worse(status, STATUS_LOST);
		}
	}
	return status;
}
