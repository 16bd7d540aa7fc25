#include "wide.h"

#include <stdlib.h>

#include "diag.h"
#include "group/order.h"
#include "statistics.h"

/* A table of more columns than that is no table: what was spread has a value of its own in every row. */
enum { COLUMNS_MAX = 10000 };

struct wide {
	struct groups *table; /* by the kept keys and, last, the wide column */
	size_t pivot[4], npivot, kept[256], nkept;
	struct intern columns;
	uint32_t *rank, *at;  /* of the columns in byte order, and back */
};

/* The name of the column a group's sum stands in: the year, or indicator[column]. */
static struct span
wide_name(struct aggregate *a, uint32_t g, const size_t *pivot, size_t npivot)
{
	buf_reset(&a->scratch);
	for (size_t i = 0; i < npivot; i++) {
		struct span text = intern_text(&a->keys.key[pivot[i]].texts, groups_id(a->groups, g, pivot[i]));
		struct span name = a->keys.key[pivot[i]].name;

		if (text.n == 0 || (span_eq(name, SPAN("column")) && span_eq(text, SPAN("value"))))
			continue;
		if (span_eq(name, SPAN("column")) || span_eq(name, SPAN("unit"))) {
			buf_add_char(&a->scratch, span_eq(name, SPAN("column")) ? '[' : '(');
			buf_add_span(&a->scratch, text);
			buf_add_char(&a->scratch, span_eq(name, SPAN("column")) ? ']' : ')');
		} else {
			buf_add_span(&a->scratch, text);
		}
	}
	return buf_span(&a->scratch);
}

static void
choose_keys(struct wide *t, const struct aggregate *a)
{
	static const struct span of_year[] = {{"year", 4}},
				 of_indicator[] = {{"indicator", 9}, {"series", 6}, {"column", 6}, {"unit", 4}};
	bool years = strcmp(a->wide, "year") == 0;
	const struct span *names = years ? of_year : of_indicator;
	size_t n = years ? 1 : sizeof of_indicator / sizeof *of_indicator;

	for (size_t i = 0; i < n; i++)
		if (keys_find(&a->keys, names[i]) < a->nshown)
			t->pivot[t->npivot++] = keys_find(&a->keys, names[i]);
	for (size_t i = 0; i < a->nkeys; i++) {
		bool spread = false;

		for (size_t p = 0; p < t->npivot; p++)
			spread |= t->pivot[p] == i;
		if (!spread)
			t->kept[t->nkept++] = i;
	}
}

static void
fill(struct wide *t, struct aggregate *a)
{
	uint32_t ids[256];

	t->table = groups_new(t->nkept + 1, false);
	for (uint32_t g = 0; g < groups_count(a->groups); g++) {
		struct tally tally = groups_tally(a->groups, g);

		for (size_t i = 0; i < t->nkept; i++)
			ids[i] = groups_id(a->groups, g, t->kept[i]);
		ids[t->nkept] = intern_id(&t->columns, wide_name(a, g, t->pivot, t->npivot));
		groups_set(t->table, groups_find_or_add(t->table, ids), &tally);
	}
	t->rank = intern_ranks(&t->columns);
	t->at = xcalloc((size_t)t->columns.n + 1, sizeof *t->at);
	for (uint32_t i = 0; i < t->columns.n; i++)
		t->at[t->rank[i]] = i;
}

static uint32_t *
in_order(const struct wide *t, const struct aggregate *a)
{
	uint32_t **rank = xcalloc(t->nkept + 1, sizeof *rank), *nrank = xcalloc(t->nkept + 1, sizeof *nrank);
	uint32_t *order;

	for (size_t i = 0; i < t->nkept; i++) {
		rank[i] = intern_ranks(&a->keys.key[t->kept[i]].texts);
		nrank[i] = a->keys.key[t->kept[i]].texts.n;
	}
	rank[t->nkept] = t->rank;
	nrank[t->nkept] = t->columns.n;
	order = order_groups(t->table, t->nkept + 1, rank, nrank);
	for (size_t i = 0; i < t->nkept; i++)
		free(rank[i]);
	free(rank);
	free(nrank);
	return order;
}

/* A comma before all but the first field of a line. */
static void
separate(struct writer *w, bool *any)
{
	if (*any)
		writer_char(w, ',');
	*any = true;
}

static void
write_header(const struct wide *t, struct aggregate *a)
{
	struct writer *w = a->f.out;
	bool any = false;

	writer_raw(w, reader_key(a->f.in));
	for (size_t i = 0; i < t->nkept; i++)
		if (t->kept[i] < a->nshown && key_is_shown(&a->keys.key[t->kept[i]])) {
			separate(w, &any);
			writer_field(w, a->keys.key[t->kept[i]].name);
		}
	if (a->split_key != SIZE_MAX) {
		separate(w, &any);
		writer_raw(w, SPAN("split"));
	}
	for (uint32_t i = 0; i < t->columns.n; i++) {
		separate(w, &any);
		writer_field(w, intern_text(&t->columns, t->at[i]));
	}
	writer_char(w, '\n');
}

/* The keys of a row, as its first group has them. */
static bool
write_keys(const struct wide *t, struct aggregate *a, uint32_t group)
{
	struct writer *w = a->f.out;
	bool any = false;

	for (size_t i = 0; i < t->nkept; i++) {
		const struct key *key = &a->keys.key[t->kept[i]];
		struct span text = intern_text(&key->texts, groups_id(t->table, group, i));

		if (!key_is_shown(key)) {
			writer_raw(w, text);
		} else if (t->kept[i] < a->nshown) {
			separate(w, &any);
			writer_field(w, text);
		}
	}
	return any;
}

static bool
same_row(const struct wide *t, uint32_t x, uint32_t y)
{
	for (size_t i = 0; i < t->nkept; i++)
		if (groups_id(t->table, x, i) != groups_id(t->table, y, i))
			return false;
	return true;
}

/* Where the key `split` is among those kept. */
static size_t
split_place(const struct wide *t, const struct aggregate *a)
{
	size_t i = 0;

	while (t->kept[i] != a->split_key)
		i++;
	return i;
}

static void
write_rows(const struct wide *t, struct aggregate *a)
{
	struct decimal_sum *cell = xcalloc((size_t)t->columns.n + 1, sizeof *cell);
	bool *has = xcalloc((size_t)t->columns.n + 1, sizeof *has);
	uint32_t *order = in_order(t, a), n = groups_count(t->table);
	size_t part = 0, suspect = 0, doubted = 0;

	for (uint32_t i = 0, end; i < n && !a->f.out->failed; i = end) {
		uint64_t split = 0;
		bool any;

		memset(has, 0, t->columns.n * sizeof *has);
		for (end = i; end < n && same_row(t, order[end], order[i]); end++) {
			uint32_t c = t->rank[groups_id(t->table, order[end], t->nkept)];
			struct tally tally = groups_tally(t->table, order[end]);

			has[c] = tally.n > 0;
			part += tally.n > 0 && tally.missing > 0;
			suspect += tally.suspect > 0;
			doubted += tally.doubted > 0;
			cell[c] = tally.sum;
			if (a->split_key != SIZE_MAX && groups_id(t->table, order[end], split_place(t, a)))
				split += (uint64_t)tally.n + tally.missing;
		}
		any = write_keys(t, a, order[i]);
		/* Of two rows of one region one is of facts that stay above where they belong. */
		if (a->split_key != SIZE_MAX) {
			separate(a->f.out, &any);
			writer_uint(a->f.out, split);
		}
		for (uint32_t c = 0; c < t->columns.n; c++) {
			separate(a->f.out, &any);
			if (has[c])
				statistics_sum(a->f.out, cell[c]);
		}
		writer_end(a->f.out);
	}
	/* The columns that say so have no place here. */
	if (part)
		note("%zu sums are of fewer figures than there are reports: the column missing, without --wide, says which",
			part);
	if (suspect)
		note("%zu sums hold figures of failed checks: the column suspect, without --wide, says which", suspect);
	if (doubted)
		note("%zu sums hold figures that failed checks speak against: the column doubted, without --wide, says which",
			doubted);
	free(cell);
	free(has);
	free(order);
}

void
wide_write(struct aggregate *a)
{
	struct wide t = {0};

	intern_init(&t.columns);
	choose_keys(&t, a);
	fill(&t, a);
	if (t.columns.n > COLUMNS_MAX) {
		warn("--wide %s would write %u columns, more than %d", a->wide, t.columns.n, COLUMNS_MAX);
		filter_note(&a->f, STATUS_USAGE);
	} else {
		if (!a->f.options.no_header_out)
			write_header(&t, a);
		write_rows(&t, a);
	}
	intern_release(&t.columns);
	groups_free(t.table);
	free(t.rank);
	free(t.at);
}
