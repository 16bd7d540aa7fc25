/* collect: the facts, one by one, into the first table. */
#include "aggregate.h"
#include "bounds.h"
#include "diag.h"
#include "group/members.h"
#include "rollup/coverage.h"
#include "rollup/rollup.h"
#include "select/reports.h"
#include "series.h"

/*
 * A field that is a short run of digits, as nearly all values are: eight at a time in one word, since a loop
 * over a length that changes from value to value costs more in wrong guesses than the digits themselves.
 */
static inline bool
parse_short(struct span s, struct decimal *d)
{
	const uint64_t zeros = UINT64_C(0x3030303030303030);
	uint64_t x;

	/* The first digit is taken to be the lowest byte of a word; where it is not, decimal_parse does it. */
	if (s.n == 0 || s.n > 8 || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		return false;
	memcpy(&x, s.p, 8);
	x = x << 8 * (8 - s.n) | zeros >> 4 * s.n >> 4 * s.n;
	/* A byte that is no digit sets a high bit in one of these. */
	if (((x - zeros) | (x + UINT64_C(0x4646464646464646))) & UINT64_C(0x8080808080808080))
		return false;
	x -= zeros;
	x = (x * 10 + (x >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	x = (x * 100 + (x >> 16)) & UINT64_C(0x0000ffff0000ffff);
	x = (x * 10000 + (x >> 32)) & UINT64_C(0xffffffff);
	*d = (struct decimal){(int64_t)x, 0};
	return true;
}

/*
 * The number of a fact and how it goes in.  Without a state a value that is a number is one and every other
 * is missing; a state that promises a number which is not there is a fault of the record.
 */
static const char *
read_value(const struct aggregate *a, const struct record *rec, struct decimal *d, unsigned *flags)
{
	struct span state = fact_field(&a->at, rec, FACT_STATE);
	struct span value = rec->field[a->at.at[FACT_VALUE]];
	bool promised = false;

	*flags = 0;
	*d = DECIMAL_ZERO;
	if (state.n) {
		if (span_eq(state, SPAN("about"))) {
			*flags = FACT_ABOUT;
		} else if (!span_eq(state, SPAN("number"))) {
			*flags = FACT_MISSING;
			return NULL;
		}
		promised = true;
	}
	if (!parse_short(value, d)) {
		enum decimal_fault fault = decimal_parse(value, d);

		if (fault == DECIMAL_NONE && !promised) {
			*flags = FACT_MISSING;
			return NULL;
		}
		if (fault != DECIMAL_GOOD)
			return decimal_why(fault);
	}
	if (span_eq(fact_field(&a->at, rec, FACT_GRADE), SPAN("broken")))
		*flags |= FACT_SUSPECT;
	if (a->doubts && selection_doubted(a->doubting, &a->at, rec))
		*flags |= FACT_DOUBTED;
	return NULL;
}

static uint32_t
state_id(const struct aggregate *a, const struct record *rec, unsigned flags, struct intern *texts)
{
	struct span state = fact_field(&a->at, rec, FACT_STATE);

	if (state.n == 0)
		state = flags & FACT_MISSING ? SPAN("blank") : SPAN("number");
	return intern_id(texts, state);
}

static uint32_t
value_id(struct decimal d, unsigned flags, struct intern *texts)
{
	char text[DECIMAL_MAX];

	return intern_id(texts, (struct span){text, flags & FACT_MISSING ? 0 : decimal_format(d, text)});
}

static inline uint32_t
field_id(struct key *key, const struct record *rec, const struct place *place)
{
	return place && key->met ? *key->met : intern_field(&key->texts, rec->field[key->field]);
}

static void
key_ids(struct aggregate *a, const struct record *rec, const struct place *place, struct decimal d,
	unsigned flags, uint32_t *ids)
{
	for (size_t i = 0; i < a->keys.n; i++) {
		struct key *key = &a->keys.key[i];

		switch (key->kind) {
		case KEY_FIELD:
			ids[i] = field_id(key, rec, place);
			break;
		case KEY_REGION:
			ids[i] = intern_id(&key->texts, span_of(place->text, sizeof place->text));
			break;
		case KEY_PREFIX:
			ids[i] = intern_id(&key->texts, rec->key);
			break;
		case KEY_SPLIT:
			ids[i] = place->split;
			break;
		case KEY_READING:
			ids[i] = rollup_reading(fact_field(&a->at, rec, FACT_BODY_KIND),
				fact_field(&a->at, rec, FACT_SCOPE));
			break;
		case KEY_REPORT:
			ids[i] = intern_id(&key->texts, fact_report(&a->scratch, &a->at, rec));
			break;
		case KEY_STATE:
			ids[i] = state_id(a, rec, flags, &key->texts);
			break;
		case KEY_VALUE:
			ids[i] = value_id(d, flags, &key->texts);
			break;
		case KEY_SERIES:
		case KEY_SET:
		case KEY_TERM:
			break; /* add_terms */
		}
	}
}

/* Writes the fact to --explain, with why it does not count. */
static inline void
explain(struct aggregate *a, const struct record *rec, enum reason reason)
{
	if (a->explained) {
		struct span why = selection_reason(reason);

		writer_record(a->explained, rec, &why);
	}
}

static uint64_t
body_of(const struct aggregate *a, const struct record *rec)
{
	return members_body(fact_field(&a->at, rec, FACT_BODY_KIND), fact_field(&a->at, rec, FACT_BODY),
		fact_field(&a->at, rec, FACT_SCOPE));
}

/* Adds the fact to every series it is a term of; false if it is of none that is taken. */
static bool
add_terms(struct aggregate *a, const struct record *rec, uint32_t *ids, struct decimal d,
	unsigned flags, uint64_t weight)
{
	size_t n, series = keys_find(&a->keys, SPAN("series"));
	const struct series_term *term = series_terms(a->series, fact_field(&a->at, rec, FACT_FORM),
		fact_field(&a->at, rec, FACT_INDICATOR), fact_field(&a->at, rec, FACT_COLUMN), &n);
	bool taken = false;

	for (size_t i = 0; i < n; i++) {
		const struct series_set *set = series_set(a->series, term[i].set);

		if (set->worst > a->worst)
			continue;
		taken = true;
		ids[a->set_key] = term[i].set;
		ids[a->term_key] = term[i].id;
		ids[series] = intern_id(&a->keys.key[series].texts, set->series);
		groups_add(a->groups, ids, d, flags, weight);
	}
	if (!taken)
		a->select.out[OUT_SERIES] += weight;
	return taken;
}

/* Facts on their quick way into the groups. */
struct quick {
	bool plain; /* all keys are columns as they stand, and what is made of them is asked nothing else */
	struct layout layout;
	uint64_t key[GROUPS_BATCH], hash[GROUPS_BATCH];
	int32_t v[GROUPS_BATCH];
	size_t n;
};

static void
quick_begin(struct quick *q, const struct aggregate *a)
{
	q->n = 0;
	q->plain = !a->bound && !a->members && a->set_key == SIZE_MAX;
	for (size_t i = 0; i < a->keys.n; i++)
		q->plain &= a->keys.key[i].kind == KEY_FIELD;
	groups_layout(a->groups, &q->layout);
}

static void
quick_flush(struct aggregate *a, struct quick *q)
{
	groups_add_whole(a->groups, q->key, q->hash, q->v, q->n);
	q->n = 0;
}

/* A fact whose numbers are packed into `key`, if `fits` says that each had room there. */
static inline void
add_packed(struct aggregate *a, struct quick *q, uint64_t key, bool fits, const uint32_t *ids,
	struct decimal d, unsigned flags, uint64_t weight)
{
	if (q->layout.one_word && fits && flags == 0 && weight == 1 && d.scale == 0 &&
		d.digits == (int32_t)d.digits) {
		q->key[q->n] = key;
		q->hash[q->n] = groups_expect(a->groups, key);
		q->v[q->n++] = (int32_t)d.digits;
		if (q->n == GROUPS_BATCH)
			quick_flush(a, q);
		return;
	}
	if (!fits)
		quick_flush(a, q);
	groups_add(a->groups, ids, d, flags, weight);
	if (!fits)
		groups_layout(a->groups, &q->layout);
}

static void
add(struct aggregate *a, struct quick *q, const uint32_t *ids, struct decimal d, unsigned flags,
	uint64_t weight)
{
	uint64_t key = 0;
	bool fits = true;

	for (size_t i = 0; i < a->keys.n; i++) {
		key |= (uint64_t)ids[i] << q->layout.column[i].shift;
		fits &= ids[i] < q->layout.column[i].limit;
	}
	add_packed(a, q, key, fits, ids, d, flags, weight);
}

/* key_ids and add in one, of plain keys. */
static inline void
add_plain(struct aggregate *a, struct quick *q, const struct record *rec, const struct place *place,
	struct decimal d, unsigned flags, uint64_t weight)
{
	uint32_t ids[256];
	uint64_t key = 0;
	bool fits = true;

	for (size_t i = 0; i < a->keys.n; i++) {
		uint32_t id = ids[i] = field_id(&a->keys.key[i], rec, place);

		key |= (uint64_t)id << q->layout.column[i].shift;
		fits &= id < q->layout.column[i].limit;
	}
	add_packed(a, q, key, fits, ids, d, flags, weight);
}

/* A fact that counts, into the groups, and before whoever asks more of it than its number. */
static inline void
add_fact(struct aggregate *a, struct quick *q, const struct record *rec, const struct place *place, struct decimal d,
	unsigned flags, uint64_t weight, uint32_t *ids)
{
	if (a->up)
		rollup_note(a->up, a, rec);
	a->counted += weight;
	if (a->set_key == SIZE_MAX)
		explain(a, rec, COUNTS);
	if (q->plain) {
		add_plain(a, q, rec, place, d, flags, weight);
		return;
	}
	key_ids(a, rec, place, d, flags, ids);
	if (a->bound)
		bounds_note(a->bound, &a->at, rec, d, flags, ids);
	if (a->set_key != SIZE_MAX) {
		explain(a, rec, add_terms(a, rec, ids, d, flags, weight) ? COUNTS : OUT_SERIES);
		return;
	}
	add(a, q, ids, d, flags, weight);
	if (a->members && !(flags & FACT_MISSING))
		members_note(a->members, ids,
			(struct member){place ? place->life : 0,
				a->select.governments ? 0 : body_of(a, rec), false},
			weight);
}

static void
reject(struct aggregate *a, const struct record *rec, const char *fault)
{
	uint64_t line;

	(void)span_whole(fact_field(&a->at, rec, FACT_LINE), &line);
	filter_reject(&a->f, rec, fact_field(&a->at, rec, FACT_SOURCE), (size_t)line, fault);
}

/* A report whose facts went in before: said, for no sum shows it. */
static void
note_report(struct aggregate *a, const struct record *rec)
{
	if (!reports_again(a->reports, &a->at, rec))
		return;
	finding_at(fact_field(&a->at, rec, FACT_SOURCE), 0,
		"the report of %.*s for %.*s is in the sums already: give each fact once, or all of them to one validate",
		SPAN_ARG(fact_field(&a->at, rec, FACT_BODY)), SPAN_ARG(fact_field(&a->at, rec, FACT_YEAR)));
	filter_note(&a->f, STATUS_FINDINGS);
	filter_count(&a->f, "reports that came again", 1);
}

/* What is left once all facts are in their groups: whether they may be written. */
static bool
may_be_written(struct aggregate *a)
{
	enum status merged;

	if (a->select.mixed) {
		warn("groups would add up reports of different levels: "
		     "add region or level to --by, or say --level");
		filter_note(&a->f, STATUS_USAGE);
		return false;
	}
	merged = partial_check(&a->sums);
	filter_note(&a->f, merged);
	return merged == STATUS_OK;
}

bool
collect(struct aggregate *a)
{
	struct record rec;
	uint32_t ids[256] = {0};
	static struct quick quick;
	bool first = true;

	quick_begin(&quick, a);
	while (filter_next(&a->f, &rec)) {
		const struct place *place = NULL;
		enum reason reason;
		const char *fault = NULL;
		struct decimal d;
		unsigned flags;
		uint64_t weight = 1;

		if (a->merge) {
			bool refused;

			fault = partial_row(&a->sums, &a->at, a->f.in, &rec, &weight, &refused);
			if (refused || (first && !merge_fits(a)))
				return false;
			first = false;
		} else if (a->partial && !a->shard) {
			partial_note(&a->sums, rec.line);
		}
		if (a->cover)
			coverage_note(a->cover, &a->at, &rec);
		reason = selection_check(&a->select, &a->at, &rec, &place);
		if (reason != COUNTS) {
			a->select.out[reason] += weight;
			explain(a, &rec, reason);
			continue;
		}
		if (!fault)
			fault = read_value(a, &rec, &d, &flags);
		if (a->reports && !fault && reports_opens(&a->at, &rec))
			note_report(a, &rec);
		if (fault)
			reject(a, &rec, fault);
		else
			add_fact(a, &quick, &rec, place, d, flags, weight, ids);
	}
	a->headless = reader_empty(a->f.in);
	quick_flush(a, &quick);
	groups_finish(a->groups);
	return may_be_written(a);
}
