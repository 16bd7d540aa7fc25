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

struct choice {
	struct body *body;
	struct buf a, b;
};

/*
 * True if report x stands rather than y: tables, the later day, more numbers (of tables, and where those are
 * as many, of prose), the first source.
 */
static bool
stands(struct choice *c, uint32_t x, uint32_t y)
{
	const struct report *p = &c->body->report[x], *q = &c->body->report[y];
	int days;

	if ((p->numbers > 0) != (q->numbers > 0))
		return p->numbers > 0;
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

		if (f->role == ROLE_MAIN || f->role == ROLE_SECOND)
			f->flags |= FACT_DUPLICATE;
	}
}

/*
 * Facts that validate has seen before have the role it gave them.  Which of the duplicates of a cell was the
 * main one they do not say: the first that is a number is taken for it.
 */
static bool
may_be_main(const struct fact *f)
{
	return f->role == ROLE_MAIN || (f->role == ROLE_DUPLICATE && !(f->flags & FACT_PERIOD));
}

/* The numbers the report that stands gives, by scope and cell: plus 1. */
struct standing {
	size_t n; /* cells, and none */
	uint32_t *at;
};

/* Those of a report besides what is there. */
static void
add_standing(struct body *b, const struct report *r, struct standing *s)
{
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		const struct fact *f = &b->fact[at];
		uint32_t *place = &s->at[f->scope * s->n + f->cell];

		if (f->cell && may_be_main(f) && fact_is_number(f) && !(f->flags & FACT_PERIOD) &&
			(*place == 0 ||
				(f->role == ROLE_MAIN && b->fact[*place - 1].report == f->report)))
			*place = at + 1;
	}
}

/* The number that stands for the fact: of its cell and of a scope that may be its own; 0: none. */
static uint32_t
stands_for(const struct body *b, const struct standing *s, const struct fact *f)
{
	const uint32_t *of = &s->at[f->cell];

	if (of[f->scope * s->n])
		return of[f->scope * s->n];
	for (size_t scope = 0; scope < FACT_SCOPES; scope++)
		if (of[scope * s->n] && same_scope(f, &b->fact[of[scope * s->n] - 1]))
			return of[scope * s->n];
	return 0;
}

static bool
is_given(const struct standing *s, uint32_t cell)
{
	for (size_t scope = 0; scope < FACT_SCOPES; scope++)
		if (s->at[scope * s->n + cell])
			return true;
	return false;
}

/*
 * True if the report is no version of the one that stands: of the cells both give, most are of
 * another scope (the sheet of the territory on one page, that of the government's own tier on
 * another).
 */
static bool
is_apart(const struct body *b, const struct report *r, const struct standing *s)
{
	uint32_t both = 0, same = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];

		if (f->cell == 0 || f->origin == ORIGIN_PAGE || !may_be_main(f) ||
			!fact_is_number(f) || !is_given(s, f->cell))
			continue;
		both++;
		same += stands_for(b, s, f) > 0;
	}
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

		if (f->role == ROLE_MAIN &&
			(f->origin == ORIGIN_PAGE || (f->cell && stands_for(b, standing, f))))
			f->flags |= FACT_DUPLICATE;
	}
	add_standing(b, r, standing);
	r->joins = table + 1;
	r->next_text = b->report[table].text;
	b->report[table].text = text + 1;
}

/* The reports of a year that are of other scopes are counted as one, the first. */
static void
count_once(struct body *b, const struct report *r)
{
	struct fact *f = r->page[PAGE_REPORT] ? &b->fact[r->page[PAGE_REPORT] - 1] : NULL;

	if (f && f->role == ROLE_MAIN)
		f->flags |= FACT_DUPLICATE;
}

/* In how many cells of the tables a report differs from the one that stands for it; `seen` is by
 * scope and cell. */
static void
compare(struct body *b, struct report *r, const struct standing *standing, uint32_t *seen)
{
	uint32_t stamp = (uint32_t)(r - b->report) + 1;

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i], other;
		const struct fact *f = &b->fact[at];
		uint32_t *met = &seen[f->scope * standing->n + f->cell];

		other = f->cell ? stands_for(b, standing, f) : 0;
		if (other == 0 || f->origin != ORIGIN_TABLE || !may_be_main(f) ||
			!fact_is_number(f) || b->fact[other - 1].origin != ORIGIN_TABLE ||
			(f->role == ROLE_DUPLICATE && *met == stamp))
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

/*
 * The figures of the whole territory are given once a year, whoever of the region gives them;
 * `given`: the years for which others did.  Returns the year's bit if this report does.
 */
static uint64_t
mark_territory(struct body *b, struct report *r, uint64_t given)
{
	uint64_t year = r->year >= 2000 && r->year < 2064 ? (uint64_t)1 << (r->year - 2000) : 0;
	bool gives = false, gave = false;

	for (uint32_t i = 0; i < r->n; i++) {
		struct fact *f = &b->fact[b->order[r->first + i]];

		if (f->scope != FACT_SCOPE_REGION || !may_be_main(f))
			continue;
		gave |= f->indicator && fact_is_number(f);
		if (f->role != ROLE_MAIN)
			continue;
		gives |= f->indicator && fact_is_number(f);
		if (given & year)
			f->flags |= FACT_DUPLICATE;
	}
	r->territory = gave && (given & year);
	return gives ? year : 0;
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

/* The place of the report that stands among n. */
static size_t
first_of(struct choice *choice, const uint64_t *order, size_t n)
{
	size_t first = 0;

	for (size_t i = 1; i < n; i++)
		if (stands(choice, (uint32_t)order[i], (uint32_t)order[first]))
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
sorting_room(struct sorting *s, size_t cells)
{
	size_t n = FACT_SCOPES * cells;

	if (s->standing.at)
		return;
	s->standing = (struct standing){cells, xcalloc(3 * n, sizeof *s->standing.at)};
	s->told = (struct standing){cells, s->standing.at + n};
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

	put_first(order, first_of(&s->choice, order, n));
	best = (uint32_t)order[0];
	if (n == 1)
		return 1;
	forget(&s->standing);
	add_standing(b, &b->report[best], &s->standing);
	for (size_t i = 1; i < n; i++) {
		struct report *r = &b->report[(uint32_t)order[i]];

		if (is_apart(b, r, &s->standing)) {
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

/* The scope of most of its numbers. */
static int
report_scope(const struct body *b, const struct report *r)
{
	uint32_t n[FACT_SCOPES] = {0};
	int most = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];

		n[f->scope] += f->cell && f->origin != ORIGIN_PAGE && fact_is_number(f);
	}
	for (int i = 1; i < FACT_SCOPES; i++)
		if (n[i] > n[most])
			most = i;
	return most;
}

/* The reports without tables, n at `text`, beside those with, ntables at `table`, some of which
 * stand. */
static void
join_texts(struct sorting *s, uint64_t *table, size_t ntables, uint64_t *text, size_t n)
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
	}
}

/* The reports of one year, n at `order`; returns which of them stands for the year. */
static uint32_t
choose_year(struct sorting *s, uint64_t *order, size_t n)
{
	struct body *b = s->choice.body;
	size_t tables = 0, texts = 0, end;

	for (size_t i = 0; i < n; i++)
		if (b->report[(uint32_t)order[i]].numbers)
			order[tables++] = order[i];
		else
			s->spare[texts++] = order[i];
	memcpy(order + tables, s->spare, texts * sizeof *order);
	end = tables ? tables : n;
	for (size_t i = 0; i < end;) {
		size_t taken = choose(s, order + i, end - i);

		if (i > 0)
			count_once(b, &b->report[(uint32_t)order[i]]);
		i += taken;
	}
	if (end < n)
		join_texts(s, order, end, order + end, n - end);
	return (uint32_t)order[0];
}

void
group_choose(struct evaluator *e, uint64_t *territory)
{
	struct body *b = e->body;
	uint64_t *order = xcalloc(2 * (b->nreports + 1), sizeof *order),
		 given = territory ? *territory : 0;
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
			sorting_room(&sorting, b->cells->n + 1);
		best = choose_year(&sorting, order + i, end - i);
		for (size_t k = i; territory && k < end; k++)
			if (!b->report[(uint32_t)order[k]].stands)
				*territory |=
					mark_territory(b, &b->report[(uint32_t)order[k]], given);
		if (n > 1)
			add_to_series(e, best);
	}
	free(order);
	free(sorting.standing.at);
	buf_release(&sorting.choice.a);
	buf_release(&sorting.choice.b);
}
