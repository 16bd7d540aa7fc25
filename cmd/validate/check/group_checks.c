#include "group.h"
#include "words.h"

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
add_source(struct evaluator *e, const struct fact *f, struct buf *out)
{
	struct span when;

	buf_add_span(out, body_field(e->body, f, COL_SOURCE));
	when = body_field(e->body, f, COL_CAPTURED);
	if (when.n == 0)
		return;
	buf_add_char(out, ' ');
	buf_add_span(out, when);
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
	buf_add_str(&e->notes, words_message(e, "the same report again: "));
	add_source(e, &e->body->fact[e->body->report[r->stands - 1].fact], &e->notes);
	buf_add_str(&e->notes, words_message(e, " stands for it"));
	evaluator_say(e, b, from);
}

static void
check_agrees(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;
	struct body *b = e->body;
	const struct fact *first = &b->fact[r->differ], *other = &b->fact[r->differ_of];
	size_t from = e->notes.n;
	struct buf source = BUF_INIT;
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
	add_source(e, other, &source);
	buf_printf(&e->notes, words_message(e, " of %.*s; %u cells differ"), (int)source.n, source.p, r->differs);
	buf_release(&source);
	evaluator_say(e, broken, from);
}

/* The first number of which another body gives another. */
static void
say_apart(struct evaluator *e, struct broken *b)
{
	const struct report *r = e->now.report;
	const struct fact *f = &e->body->fact[r->apart_first];

	decimal_sum_add(&b->left, f->value);
	decimal_sum_add(&b->right, r->apart_other);
	b->left_known = b->right_known = true;
	buf_add_str(&e->notes, "; ");
	words_cell(&e->notes, e->rules, form_name(e), f->cell);
	buf_add_char(&e->notes, ' ');
	add_number(&e->notes, f->value);
	buf_add_str(&e->notes, " ≠ ");
	add_number(&e->notes, r->apart_other);
	buf_printf(&e->notes, words_message(e, " of the other; %u figures differ"), r->apart);
}

static void
say_territory(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;
	size_t from = e->notes.n;
	struct broken *b = evaluator_break(e, rule, r->apart ? r->apart_first : report_fact(r));

	if (r->territory == TERRITORY_OVER)
		buf_printf(&e->notes,
			words_message(e, "another report of the region gave figures of the territory for %d without tables: "
					 "these tables stand, and for %u of its figures"),
			r->year, r->both);
	else
		buf_printf(&e->notes,
			words_message(e, "another report of the region gave the figures of the territory for %d"), r->year);
	if (r->territory == TERRITORY_UNDER && r->lacked)
		buf_printf(&e->notes, words_message(e, "; %u it lacks are taken from this one"), r->lacked);
	if (r->apart)
		say_apart(e, b);
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

		buf_printf(&e->notes, words_message(e, "%u of %u numbers other than 0 are those of the year before"), same, all);
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
		buf_add_str(&e->notes, words_message(e, "; the other years: "));
		decimal_sum_format(value[0], &e->notes);
		buf_add_str(&e->notes, words_message(e, " to "));
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
	buf_add_str(&e->notes, words_message(e, " 万元; usual is "));
	decimal_sum_format(usual, &e->notes);
	buf_add_str(&e->notes, words_message(e, ": 元 instead of 万元"));
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
	case EXPRESSION_FIGURES:
		document_figures(e, rule);
		return;
	case EXPRESSION_COMPLETE:
		document_complete(e, rule);
		return;
	default:
		check_plausible(e, rule);
		return;
	}
}
