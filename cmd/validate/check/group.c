#include "group.h"

#include <stdlib.h>

static struct span
published(struct body *b, const struct report *r, struct buf *out)
{
	uint32_t at = r->page[PAGE_PUBLISHED];

	buf_reset(out);
	if (at)
		buf_add_span(out, body_field(b, &b->fact[at - 1], COL_LABEL));
	return buf_span(out);
}

static struct span
source(struct body *b, const struct report *r, struct buf *out)
{
	buf_reset(out);
	buf_add_span(out, body_field(b, &b->fact[r->fact], COL_SOURCE));
	return buf_span(out);
}

static struct span
captured(struct body *b, const struct report *r, struct buf *out)
{
	buf_reset(out);
	buf_add_span(out, body_field(b, &b->fact[r->fact], COL_CAPTURED));
	return buf_span(out);
}

struct choice {
	struct body *body;
	struct buf a, b;
};

/* Nobody knows what most of its numbers are of. */
static bool
is_unclear(const struct report *r)
{
	return 2 * (uint64_t)r->unclear > (uint64_t)r->numbers + r->figures;
}

/*
 * True if report x stands rather than y: tables, a scope that is known (what is of none is in no sum, so it
 * would take the other out of them), the later day, more numbers (of tables, and where those are as many, of
 * prose), the first source.
 */
static bool
stands(struct choice *c, uint32_t x, uint32_t y)
{
	const struct report *p = &c->body->report[x], *q = &c->body->report[y];
	int days;

	if ((p->numbers > 0) != (q->numbers > 0))
		return p->numbers > 0;
	if (is_unclear(p) != is_unclear(q))
		return is_unclear(q);
	days = span_cmp(published(c->body, p, &c->a), published(c->body, q, &c->b));
	if (days)
		return days > 0;
	if (p->numbers != q->numbers)
		return p->numbers > q->numbers;
	if (p->figures != q->figures)
		return p->figures > q->figures;
	days = span_cmp(source(c->body, p, &c->a), source(c->body, q, &c->b));
	return days ? days < 0 : x < y;
}

static void
mark_duplicates(struct body *b, const struct report *r)
{
	for (uint32_t i = 0; i < r->n; i++) {
		struct fact *f = &b->fact[b->order[r->first + i]];

		if (f->role == ROLE_MAIN)
			f->flags |= FACT_DUPLICATE;
	}
}

/* The numbers the report that stands gives, by scope and place: plus 1. */
struct standing {
	size_t n; /* places, and none */
	uint32_t *at;
};

/* A cell, or behind all cells the share or the growth of an indicator, which no table has; 0: neither. */
static size_t
place_of(const struct body *b, const struct fact *f)
{
	return f->cell || f->rate == RATE_NONE || f->indicator == 0
		       ? f->cell
		       : b->cells->n + 2 * (size_t)f->indicator - (f->rate == RATE_GROWTH);
}

static size_t
places(const struct cells *c)
{
	return (size_t)c->n + 2 * (size_t)c->indicators.n + 1;
}

/* Those of a report besides what is there. */
static void
add_standing(struct body *b, const struct report *r, struct standing *s)
{
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		const struct fact *f = &b->fact[at];
		size_t in = place_of(b, f);
		uint32_t *place = &s->at[f->scope * s->n + in];

		if (in && fact_is_reports(f) && fact_is_number(f) && !(f->flags & FACT_PERIOD) && *place == 0)
			*place = at + 1;
	}
}

/* The number that stands for the fact: of its place and of a scope that may be its own; 0: none. */
static uint32_t
stands_for(const struct body *b, const struct standing *s, const struct fact *f)
{
	const uint32_t *of = &s->at[place_of(b, f)];

	if (of[f->scope * s->n])
		return of[f->scope * s->n];
	for (size_t scope = 0; scope < FACT_SCOPES; scope++)
		if (of[scope * s->n] && same_scope(f, &b->fact[of[scope * s->n] - 1]))
			return of[scope * s->n];
	return 0;
}

static bool
is_given(const struct standing *s, size_t place)
{
	for (size_t scope = 0; scope < FACT_SCOPES; scope++)
		if (s->at[scope * s->n + place])
			return true;
	return false;
}

/* The scope of most of its numbers. */
static int
report_scope(const struct body *b, const struct report *r)
{
	uint32_t n[FACT_SCOPES] = {0};
	int most = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];

		n[f->scope] += place_of(b, f) && f->origin != ORIGIN_PAGE && fact_is_number(f);
	}
	for (int i = 1; i < FACT_SCOPES; i++)
		if (n[i] > n[most])
			most = i;
	return most;
}

/*
 * True if the report is no version of the one that stands, whose scope is `scope`: of the cells both give,
 * most are of another scope (the sheet of the territory on one page, that of the government's own tier on
 * another), or they give none in common, and are of different ones.
 */
static bool
is_apart(const struct body *b, const struct report *r, const struct standing *s, int scope)
{
	int own = report_scope(b, r);
	uint32_t both = 0, same = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];

		if (place_of(b, f) == 0 || f->origin == ORIGIN_PAGE || !fact_is_reports(f) ||
			!fact_is_number(f) || !is_given(s, place_of(b, f)))
			continue;
		both++;
		same += stands_for(b, s, f) > 0;
	}
	if (both == 0)
		return own != scope && own != FACT_SCOPE_OTHER && scope != FACT_SCOPE_OTHER;
	return 2 * same < both;
}

/*
 * A page of prose beside one with the tables is its text: only what both give is there twice.  What
 * it gives besides stands for what the next text says.
 */
static void
join_text(struct body *b, uint32_t text, uint32_t table, struct standing *standing)
{
	struct report *r = &b->report[text];

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		struct fact *f = &b->fact[at];

		uint32_t other = fact_is_reports(f) && f->origin != ORIGIN_PAGE && place_of(b, f)
					 ? stands_for(b, standing, f)
					 : 0;

		/* What is of an unclear scope is in no sum, and stands for nothing that is. */
		if (other && (f->scope == FACT_SCOPE_OTHER || b->fact[other - 1].scope == f->scope))
			f->flags |= FACT_DUPLICATE;
	}
	add_standing(b, r, standing);
	r->joins = table + 1;
	r->next_text = b->report[table].text;
	b->report[table].text = text + 1;
}

/* The fact that the report is there; NULL: nobody says so. */
static struct fact *
counted(struct body *b, const struct report *r)
{
	return r->page[PAGE_REPORT] ? &b->fact[r->page[PAGE_REPORT] - 1] : NULL;
}

/*
 * The reports of a year that are of other scopes are counted as one: the first, but that of the territory
 * rather than another, for that is where it is looked for.
 */
static void
count_once(struct body *b, struct fact **one, const struct report *r)
{
	struct fact *f = counted(b, r), *again = f;

	if (!*one) {
		*one = f;
		return;
	}
	if (f && f->scope == FACT_SCOPE_REGION && (*one)->scope != FACT_SCOPE_REGION) {
		again = *one;
		*one = f;
	}
	if (again && again->role == ROLE_MAIN)
		again->flags |= FACT_DUPLICATE;
}

/* In how many cells of the tables a report differs from the one that stands for it; `seen` is by
 * scope and place. */
static void
compare(struct body *b, struct report *r, const struct standing *standing, uint32_t *seen)
{
	uint32_t stamp = (uint32_t)(r - b->report) + 1;

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i], other;
		const struct fact *f = &b->fact[at];
		uint32_t *met = &seen[f->scope * standing->n + f->cell];

		other = f->cell ? stands_for(b, standing, f) : 0;
		if (other == 0 || f->origin != ORIGIN_TABLE || !fact_is_reports(f) ||
			!fact_is_number(f) || b->fact[other - 1].origin != ORIGIN_TABLE || *met == stamp)
			continue;
		*met = stamp;
		if (decimal_cmp(f->value, b->fact[other - 1].value) == 0)
			continue;
		if (r->differs++ == 0) {
			r->differ = at;
			r->differ_of = other - 1;
		}
	}
}

static int
by_year(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
add_to_series(struct evaluator *e, uint32_t report)
{
	struct series *s = &e->series;
	struct body *b = e->body;
	const struct report *r = &b->report[report];

	if (s->n == SERIES_YEARS)
		return;
	s->report[s->n] = report;
	memset(series_at(e, s->n, 0), 0, (b->cells->n + 1) * sizeof *s->fact);
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		const struct fact *f = &b->fact[at];
		uint32_t *place = series_at(e, s->n, f->cell);

		if (f->cell && f->origin == ORIGIN_TABLE && !(f->flags & FACT_PERIOD) && fact_is_number(f) &&
			(*place == 0 || fact_stands_before(f, &b->fact[*place - 1])))
			*place = at + 1;
	}
	s->n++;
}

/*
 * True if report x is a later capture of the page y is of, and no less a report: the later by what is said of it, else
 * by its place, for crawls stand in the order in which they were made.  A file's name may be that of many pages, and
 * of two pages the later capture is no later version: a crawl takes one after the other.
 */
static bool
renews(struct choice *c, uint32_t x, uint32_t y)
{
	struct body *b = c->body;
	const struct report *p = &b->report[x], *q = &b->report[y];
	struct span of = source(b, p, &c->a);
	int later;

	if ((p->numbers > 0) != (q->numbers > 0) || is_unclear(p) != is_unclear(q) || span_find(of, SPAN("://")) == of.n ||
		!span_eq(of, source(b, q, &c->b)) || !span_eq(published(b, p, &c->a), published(b, q, &c->b)))
		return false;
	later = span_cmp(captured(b, p, &c->a), captured(b, q, &c->b));
	return later ? later > 0 : x > y;
}

/* The place of the report that stands among n. */
static size_t
first_of(struct choice *choice, const uint64_t *order, size_t n)
{
	size_t first = 0;

	for (size_t i = 1; i < n; i++)
		if (stands(choice, (uint32_t)order[i], (uint32_t)order[first]))
			first = i;
	/* Which of its captures, once the page is chosen: so that the choice does not go round in a circle. */
	for (size_t i = 0; i < n; i++)
		if (renews(choice, (uint32_t)order[i], (uint32_t)order[first]))
			first = i;
	return first;
}

/* Puts the one at `first` before the others. */
static void
put_first(uint64_t *order, size_t first)
{
	uint64_t at = order[first];

	memmove(order + 1, order, first * sizeof *order);
	order[0] = at;
}

/* What one year's reports are sorted with. */
struct sorting {
	struct choice choice;
	struct standing standing; /* of the report that stands */
	struct standing told;     /* of all that do */
	uint32_t *seen;
	uint64_t *spare;
};

/* Most bodies have one report a year, and need none of it. */
static void
sorting_room(struct sorting *s, size_t n_places)
{
	size_t n = FACT_SCOPES * n_places;

	if (s->standing.at)
		return;
	s->standing = (struct standing){n_places, xcalloc(3 * n, sizeof *s->standing.at)};
	s->told = (struct standing){n_places, s->standing.at + n};
	s->seen = s->standing.at + 2 * n;
}

static void
forget(struct standing *s)
{
	memset(s->at, 0, FACT_SCOPES * s->n * sizeof *s->at);
}

/*
 * Of reports, n at `order`: which stands, and which of the others are its versions.  The one that
 * stands is put first, then those, then the rest; returns how many are no rest.
 */
static size_t
choose(struct sorting *s, uint64_t *order, size_t n)
{
	struct body *b = s->choice.body;
	size_t taken = 1, rest = 0;
	uint32_t best;
	int scope;

	put_first(order, first_of(&s->choice, order, n));
	best = (uint32_t)order[0];
	if (n == 1)
		return 1;
	forget(&s->standing);
	add_standing(b, &b->report[best], &s->standing);
	scope = report_scope(b, &b->report[best]);
	for (size_t i = 1; i < n; i++) {
		struct report *r = &b->report[(uint32_t)order[i]];

		if (is_apart(b, r, &s->standing, scope)) {
			s->spare[rest++] = order[i];
			continue;
		}
		r->stands = best + 1;
		mark_duplicates(b, r);
		compare(b, r, &s->standing, s->seen);
		order[taken++] = order[i];
	}
	memcpy(order + taken, s->spare, rest * sizeof *order);
	return taken;
}

/* The reports without tables, n at `text`, beside those with, ntables at `table`, some of which
 * stand. */
static void
join_texts(struct sorting *s, uint64_t *table, size_t ntables, uint64_t *text, size_t n, struct fact **one)
{
	struct body *b = s->choice.body;
	uint32_t of_scope[FACT_SCOPES] = {0};

	forget(&s->told);
	for (size_t i = ntables; i-- > 0;) {
		uint32_t at = (uint32_t)table[i];

		if (b->report[at].stands)
			continue;
		add_standing(b, &b->report[at], &s->told);
		of_scope[report_scope(b, &b->report[at])] = at + 1;
	}
	put_first(text, first_of(&s->choice, text, n));
	for (size_t i = 0; i < n; i++) {
		uint32_t at = (uint32_t)text[i], of = of_scope[report_scope(b, &b->report[at])];

		join_text(b, at, of ? of - 1 : (uint32_t)table[0], &s->told);
		count_once(b, one, &b->report[at]);
	}
}

/* The reports of one year, n at `order`; returns which of them stands for the year. */
static uint32_t
choose_year(struct sorting *s, uint64_t *order, size_t n)
{
	struct body *b = s->choice.body;
	size_t tables = 0, texts = 0, end;
	struct fact *one = NULL;

	for (size_t i = 0; i < n; i++)
		if (b->report[(uint32_t)order[i]].numbers)
			order[tables++] = order[i];
		else
			s->spare[texts++] = order[i];
	memcpy(order + tables, s->spare, texts * sizeof *order);
	end = tables ? tables : n;
	for (size_t i = 0; i < end;) {
		size_t taken = choose(s, order + i, end - i);

		count_once(b, &one, &b->report[(uint32_t)order[i]]);
		i += taken;
	}
	if (end < n)
		join_texts(s, order, end, order + end, n - end, &one);
	return (uint32_t)order[0];
}

void
group_choose(struct evaluator *e, struct territory *territory)
{
	struct body *b = e->body;
	uint64_t *order = xcalloc(2 * (b->nreports + 1), sizeof *order);
	struct sorting sorting = {
		.choice = {.body = b, .a = BUF_INIT, .b = BUF_INIT},
		.spare = order + b->nreports + 1,
	};
	size_t n = 0;

	e->series.n = 0;
	for (size_t i = 0; i < b->nreports; i++)
		if (b->report[i].year)
			order[n++] = (uint64_t)b->report[i].year << 32 | i;
	qsort(order, n, sizeof *order, by_year);
	for (size_t i = 0, end; i < n; i = end) {
		uint32_t best;

		for (end = i + 1; end < n && order[end] >> 32 == order[i] >> 32; end++)
			continue;
		if (end - i > 1)
			sorting_room(&sorting, places(b->cells));
		best = choose_year(&sorting, order + i, end - i);
		for (size_t k = i; territory && k < end; k++)
			if (!b->report[(uint32_t)order[k]].stands)
				territory_mark(territory, b, &b->report[(uint32_t)order[k]]);
		if (n > 1)
			add_to_series(e, best);
	}
	for (size_t i = 0; territory && i < n; i++)
		if (!b->report[(uint32_t)order[i]].stands)
			territory_add(territory, b, &b->report[(uint32_t)order[i]]);
	free(order);
	free(sorting.standing.at);
	buf_release(&sorting.choice.a);
	buf_release(&sorting.choice.b);
}
