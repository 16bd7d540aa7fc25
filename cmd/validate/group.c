#include "group.h"

#include <stdlib.h>

#include "words.h"

/* Which report stands */

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

static uint32_t *
series_at(const struct evaluator *e, uint32_t report, uint32_t cell)
{
	return &e->series.fact[(size_t)report * (e->rules->cells.n + 1) + cell];
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

	if ((p->numbers > 0) != (q->numbers > 0) || span_find(of, SPAN("://")) == of.n ||
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

/* Checks */

static const char *
in(const struct evaluator *e, const char *english, const char *chinese)
{
	return e->lang == LANG_ZH ? chinese : english;
}

bool
group_of_duplicates(const struct rule *rule)
{
	return rule->kind == EXPRESSION_SINGLE || rule->kind == EXPRESSION_AGREES ||
	       rule->kind == EXPRESSION_OFFICE;
}

static uint32_t
report_fact(const struct report *r)
{
	return r->page[PAGE_REPORT] ? r->page[PAGE_REPORT] - 1 : r->fact;
}

static void
add_number(struct buf *out, struct decimal d)
{
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	decimal_sum_add(&sum, d);
	decimal_sum_format(sum, out);
}

/* The page of a fact, with which of its captures where that is known. */
static void
add_source(struct evaluator *e, const struct fact *f)
{
	struct span when;

	buf_add_span(&e->notes, body_field(e->body, f, COL_SOURCE));
	when = body_field(e->body, f, COL_CAPTURED);
	if (when.n == 0)
		return;
	buf_add_char(&e->notes, ' ');
	buf_add_span(&e->notes, when);
}

static struct span
form_name(const struct evaluator *e)
{
	return e->rules->cells.form_names.name[e->now.report->form];
}

static void
say_single(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;
	size_t from = e->notes.n;
	struct broken *b;

	b = evaluator_break(e, rule, report_fact(r));
	buf_add_str(&e->notes, in(e, "the same report again: ", "同一报告重复："));
	add_source(e, &e->body->fact[e->body->report[r->stands - 1].fact]);
	buf_add_str(&e->notes, in(e, " stands for it", " 为准"));
	evaluator_say(e, b, from);
}

static void
check_agrees(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;
	struct body *b = e->body;
	const struct fact *first = &b->fact[r->differ], *other = &b->fact[r->differ_of];
	size_t from = e->notes.n;
	struct broken *broken;

	if (r->differs == 0) {
		e->held++;
		return;
	}
	broken = evaluator_break(e, rule, r->differ);
	decimal_sum_add(&broken->left, first->value);
	decimal_sum_add(&broken->right, other->value);
	broken->left_known = broken->right_known = true;
	words_cell(&e->notes, e->rules, form_name(e), first->cell);
	buf_add_str(&e->notes, " ");
	add_number(&e->notes, first->value);
	buf_add_str(&e->notes, " ≠ ");
	add_number(&e->notes, other->value);
	buf_add_str(&e->notes, in(e, " of ", "（"));
	add_source(e, other);
	buf_printf(&e->notes, in(e, "; %u cells differ", "）；共%u格不同"), r->differs);
	evaluator_say(e, broken, from);
}

static void
say_territory(struct evaluator *e, uint32_t rule)
{
	size_t from = e->notes.n;
	struct broken *b = evaluator_break(e, rule, report_fact(e->now.report));

	buf_printf(&e->notes,
		in(e, "another report of the region gave the figures of the whole territory for %d",
			"本地区已有另一份报告给出%d年全域数据"),
		e->now.report->year);
	evaluator_say(e, b, from);
}

enum { RENEWED_CELLS = 6 };

static void
check_renewed(struct evaluator *e, uint32_t rule)
{
	struct body *b = e->body;
	uint32_t same = 0, all = 0;

	if (!e->before.report || e->before.report->form != e->now.report->form) {
		e->open++;
		return;
	}
	for (uint32_t i = 1; i <= b->cells->n; i++) {
		const struct fact *f = e->now.cell[i] ? &b->fact[e->now.cell[i] - 1] : NULL;
		const struct fact *g = e->before.cell[i] ? &b->fact[e->before.cell[i] - 1] : NULL;

		if (!f || !g || !fact_is_number(f) || !fact_is_number(g) ||
			(f->value.digits == 0 && g->value.digits == 0))
			continue;
		all++;
		same += decimal_cmp(f->value, g->value) == 0;
	}
	if (all < RENEWED_CELLS) {
		e->open++;
	} else if (same * 10 < all * 9) {
		e->held++;
	} else {
		size_t from = e->notes.n;
		struct broken *broken = evaluator_break(e, rule, report_fact(e->now.report));

		buf_printf(&e->notes, in(e, "%u of %u numbers other than 0 are those of the year before",
					      "非零数据%u项（共%u项）与上年相同"),
			same, all);
		evaluator_say(e, broken, from);
	}
}

/* The numbers of a fact's cell in the other years, sorted; returns how many. */
static size_t
other_years(
	const struct evaluator *e, const struct fact *self, struct decimal_sum value[SERIES_YEARS])
{
	uint32_t cell = self->cell, report = (uint32_t)(e->now.report - e->body->report);
	const struct series *s = &e->series;
	size_t n = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t at = *series_at(e, i, cell);
		struct decimal_sum sum = DECIMAL_SUM_ZERO;
		size_t k = n++;

		if (at == 0 || s->report[i] == report ||
			!same_scope(&e->body->fact[at - 1], self)) {
			n--;
			continue;
		}
		decimal_sum_add(&sum, e->body->fact[at - 1].value);
		for (; k > 0 && decimal_sum_cmp(value[k - 1], sum) > 0; k--)
			value[k] = value[k - 1];
		value[k] = sum;
	}
	return n;
}

static bool
jumps(struct decimal_sum self, const struct decimal_sum *value, size_t n)
{
	int128 q1 = value[n / 4].units, q3 = value[n - 1 - n / 4].units, spread = q3 - q1;
	int128 low = value[0].units, high = value[n - 1].units;

	if (low < 0 || self.units < 0)
		return false;
	return (self.units > q3 + 3 * spread && self.units > 5 * high && high > 0) ||
	       (self.units < q1 - 3 * spread && self.units * 5 < low);
}

enum { STEADY_YEARS = 4 };

static void
check_steady(struct evaluator *e, uint32_t rule)
{
	struct decimal_sum value[SERIES_YEARS];
	struct body *b = e->body;

	if (e->series.n <= STEADY_YEARS) {
		e->open++;
		return;
	}
	for (uint32_t i = 1; i <= b->cells->n; i++) {
		uint32_t at = e->now.cell[i];
		struct decimal_sum self = DECIMAL_SUM_ZERO;
		struct broken *broken;
		size_t n, from;

		if (at == 0 || !fact_is_number(&b->fact[at - 1]))
			continue;
		decimal_sum_add(&self, b->fact[at - 1].value);
		n = other_years(e, &b->fact[at - 1], value);
		if (n < STEADY_YEARS || !jumps(self, value, n))
			continue;
		from = e->notes.n;
		broken = evaluator_break(e, rule, at - 1);
		broken->left = self;
		broken->left_known = true;
		words_cell(&e->notes, e->rules, form_name(e), i);
		buf_add_str(&e->notes, " ");
		decimal_sum_format(self, &e->notes);
		buf_add_str(&e->notes, in(e, "; the other years: ", "；其他年份 "));
		decimal_sum_format(value[0], &e->notes);
		buf_add_str(&e->notes, in(e, " to ", " 至 "));
		decimal_sum_format(value[n - 1], &e->notes);
		evaluator_say(e, broken, from);
	}
}

/* 元 typed where 万元 belong: 1,000 or more, and 1,000 times the year before or the middle of the years. */
enum { PLAUSIBLE_LEAST = 1000, PLAUSIBLE_TIMES = 1000 };

static void
check_plausible(struct evaluator *e, uint32_t at)
{
	uint32_t cell = e->rules->rule[at].cell, fact = e->now.cell[cell], before = e->before.cell[cell];
	struct decimal_sum value[SERIES_YEARS], self = DECIMAL_SUM_ZERO, usual = DECIMAL_SUM_ZERO;
	struct body *b = e->body;
	struct broken *broken;
	size_t n, from, zero = 0;

	if (fact == 0 || !fact_is_number(&b->fact[fact - 1])) {
		e->open++;
		return;
	}
	decimal_sum_add(&self, b->fact[fact - 1].value);
	if (before && fact_is_number(&b->fact[before - 1]))
		decimal_sum_add(&usual, b->fact[before - 1].value);
	if (usual.units == 0) {
		n = other_years(e, &b->fact[fact - 1], value);
		while (zero < n && value[zero].units <= 0)
			zero++;
		if (zero < n)
			usual = value[zero + (n - zero) / 2];
	}
	if (usual.units <= 0) {
		e->open++;
		return;
	}
	if (self.units < (int128)PLAUSIBLE_LEAST * 1000000000 || self.units < PLAUSIBLE_TIMES * usual.units) {
		e->held++;
		return;
	}
	from = e->notes.n;
	broken = evaluator_break(e, at, fact - 1);
	broken->left = self;
	broken->right = usual;
	broken->left_known = broken->right_known = true;
	words_cell(&e->notes, e->rules, form_name(e), cell);
	buf_add_str(&e->notes, " ");
	decimal_sum_format(self, &e->notes);
	buf_add_str(&e->notes, in(e, " 万元; usual is ", " 万元；通常为 "));
	decimal_sum_format(usual, &e->notes);
	buf_add_str(&e->notes, in(e, ": 元 instead of 万元", "，疑似以元填报"));
	evaluator_say(e, broken, from);
}

void
group_check(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;

	switch (e->rules->rule[rule].kind) {
	case EXPRESSION_SINGLE:
		if (r->stands)
			say_single(e, rule);
		else
			e->held++;
		return;
	case EXPRESSION_AGREES:
		if (r->stands)
			check_agrees(e, rule);
		return;
	case EXPRESSION_OFFICE:
		if (r->territory)
			say_territory(e, rule);
		else
			e->held++;
		return;
	case EXPRESSION_RENEWED:
		check_renewed(e, rule);
		return;
	case EXPRESSION_STEADY:
		check_steady(e, rule);
		return;
	case EXPRESSION_COMPLETE:
		document_complete(e, rule);
		return;
	default:
		check_plausible(e, rule);
		return;
	}
}
