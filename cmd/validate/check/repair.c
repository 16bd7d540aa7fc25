#include "repair.h"

#include <stdlib.h>

#include "slip.h"
#include "words.h"

/* An identity over the cells: the sum of weight * cell is `rest`, which should be nought. */
struct equation {
	uint32_t first, n;   /* its terms */
	int128 rest;
	bool broken;
	bool empty[2];       /* the side holds no number: nothing is asked until a cell of it is filled */
	uint32_t component;  /* of a broken one: the place of the first broken one it hangs together with */
	size_t at;           /* of a broken one: its place in e->broken */
};

struct unknown {
	uint32_t cell;
	int weight;
	bool right;          /* on the right side */
};

/* Where a cell occurs. */
struct use {
	uint32_t equation;
	int weight;
	bool right;
};

enum { SETS = 12 };

struct change {
	uint32_t cell;
	int128 value;        /* the new one */
	unsigned kind;
};

struct set {
	struct change change[2];
	unsigned n, rank;
};

struct solver {
	const struct evaluator *e;
	struct equation *equation;
	size_t nequations, equations_cap;
	struct unknown *unknown;
	size_t nunknowns, unknowns_cap;
	uint32_t *first;     /* by cell: its uses; one more at the end */
	struct use *use;
	uint32_t *cells;     /* those in any equation */
	size_t ncells;
	struct set sets[SETS];
	size_t nsets;
	bool more;           /* than fit */
};

static const int128 one = 1000000000;

static const struct fact *
fact_at(const struct solver *s, uint32_t cell)
{
	return &s->e->body->fact[s->e->now.cell[cell] - 1];
}

static int128
value_of(const struct solver *s, uint32_t cell)
{
	const struct fact *f = fact_at(s, cell);
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	if (fact_is_number(f))
		decimal_sum_add(&sum, f->value);
	return sum.units;
}

/* Setting up */

static bool
add_side(struct solver *s, uint32_t first, uint32_t n, bool right, struct equation *q)
{
	uint32_t numbers = 0;

	for (uint32_t i = first; i < first + n; i++) {
		const struct term *t = &s->e->rules->term[i];
		int weight = (t->sign == '-' ? -1 : 1) * (right ? -1 : 1);

		if (t->kind == TERM_NUMBER) {
			q->rest += t->number * weight * one;
			numbers++;
			continue;
		}
		if (t->kind != TERM_CELL || s->e->now.cell[t->id] == 0 || fact_at(s, t->id)->state == STATE_TEXT)
			return false;
		numbers += fact_is_number(fact_at(s, t->id));
		q->rest += value_of(s, t->id) * weight;
		s->unknown = grow(s->unknown, s->nunknowns, &s->unknowns_cap, sizeof *s->unknown);
		s->unknown[s->nunknowns++] = (struct unknown){t->id, weight, right};
		q->n++;
	}
	q->empty[right] = numbers == 0;
	return true;
}

static void
add_equation(struct solver *s, const struct instance *instance)
{
	const struct bound_relation *r = &s->e->rules->relation[instance->relation];
	struct equation q = {.first = (uint32_t)s->nunknowns};

	if (!add_side(s, r->left, r->nleft, false, &q) || !add_side(s, r->right, r->nright, true, &q)) {
		s->nunknowns = q.first;
		return;
	}
	for (size_t i = 0; i < s->e->nbroken; i++)
		if (s->e->broken[i].instance == (size_t)(instance - s->e->rules->instance)) {
			q.broken = true;
			q.at = i;
		}
	s->equation = grow(s->equation, s->nequations, &s->equations_cap, sizeof *s->equation);
	s->equation[s->nequations++] = q;
}

static void
index_cells(struct solver *s)
{
	uint32_t n = s->e->rules->cells.n, at = 0;

	s->first = xcalloc((size_t)n + 2, sizeof *s->first);
	s->use = xcalloc(s->nunknowns + 1, sizeof *s->use);
	s->cells = xcalloc((size_t)n + 1, sizeof *s->cells);
	for (size_t i = 0; i < s->nunknowns; i++)
		s->first[s->unknown[i].cell]++;
	for (uint32_t c = 0; c <= n + 1; c++) {
		uint32_t uses = s->first[c];

		if (uses)
			s->cells[s->ncells++] = c;
		s->first[c] = at;
		at += uses;
	}
	for (size_t q = s->nequations; q-- > 0;)
		for (uint32_t i = 0; i < s->equation[q].n; i++) {
			const struct unknown *u = &s->unknown[s->equation[q].first + i];
			uint32_t end = s->first[u->cell];

			/* first[] is moved on while filling and put back below. */
			s->use[end] = (struct use){(uint32_t)q, u->weight, u->right};
			s->first[u->cell]++;
		}
	for (uint32_t c = n + 1; c > 0; c--)
		s->first[c] = s->first[c - 1];
	s->first[0] = 0;
}

/* Broken identities that share a cell hang together. */
static void
find_components(struct solver *s)
{
	uint32_t *of = xcalloc((size_t)s->e->rules->cells.n + 1, sizeof *of);
	bool changed = true;

	for (size_t q = 0; q < s->nequations; q++)
		s->equation[q].component = (uint32_t)q;
	for (size_t i = 0; i <= s->e->rules->cells.n; i++)
		of[i] = UINT32_MAX;
	while (changed) {
		changed = false;
		for (size_t k = 0; k < s->nequations; k++) {
			struct equation *q = &s->equation[k];

			for (uint32_t i = 0; q->broken && i < q->n; i++) {
				uint32_t *c = &of[s->unknown[q->first + i].cell];

				if (*c < q->component) {
					q->component = *c;
					changed = true;
				} else if (*c > q->component) {
					*c = q->component;
					changed = true;
				}
			}
		}
	}
	free(of);
}

/* Trying */

/* A change of one unknown, or two, that an equation demands. */
struct demand {
	int a, b; /* a * first + b * second = rest */
	int128 rest;
};

static const struct use *
use_in(const struct solver *s, uint32_t cell, uint32_t equation)
{
	for (uint32_t i = s->first[cell]; i < s->first[cell + 1]; i++)
		if (s->use[i].equation == equation)
			return &s->use[i];
	return NULL;
}

/* True if the equation says something once these cells hold numbers. */
static bool
asks(const struct equation *q, const struct use *a, const struct use *b)
{
	for (int side = 0; side < 2; side++)
		if (q->empty[side] && !(a && a->right == side) && !(b && b->right == side))
			return false;
	return true;
}

enum { DEMANDS = 64 };

/* What the equations of the two cells (or the one: second 0) demand; -1 if they are too many. */
static int
demands(const struct solver *s, uint32_t first, uint32_t second, struct demand out[DEMANDS])
{
	int n = 0;

	for (int turn = 0; turn < 2; turn++) {
		uint32_t cell = turn ? second : first, other = turn ? first : second;

		if (cell == 0)
			continue;
		for (uint32_t i = s->first[cell]; i < s->first[cell + 1]; i++) {
			const struct use *u = &s->use[i], *v = other ? use_in(s, other, u->equation) : NULL;
			const struct equation *q = &s->equation[u->equation];

			if ((turn && v) || !asks(q, u, v))
				continue;
			if (n == DEMANDS)
				return -1;
			out[n++] = (struct demand){turn ? (v ? v->weight : 0) : u->weight,
				turn ? u->weight : (v ? v->weight : 0), -q->rest};
		}
	}
	return n;
}

static bool
may_hold(const struct solver *s, uint32_t cell, int128 value)
{
	uint8_t flags = s->e->rules->cells.cell[cell].flags;

	return (value >= 0 || (flags & CELL_SIGNED)) && (value % one == 0 || (flags & CELL_DECIMAL));
}

/* Kinds of mistakes, likeliest first */

enum kind { COUNTED_TWICE, BLANK_CELL, SWAPPED_DIGITS, DOUBLED_DIGIT, MISSING_DIGIT, EXTRA_DIGIT,
	SHIFTED_ROW, WRONG_DIGIT, UNCLEAR };

static const char *const kinds[] = {"counted-twice", "blank", "swapped-digits", "doubled-digit",
	"missing-digit", "extra-digit", "shifted-row", "wrong-digit", "unclear"};

static const enum kind of_slip[] = {[SLIP_NONE] = UNCLEAR, [SLIP_SWAPPED] = SWAPPED_DIGITS,
	[SLIP_DOUBLED] = DOUBLED_DIGIT, [SLIP_MISSING] = MISSING_DIGIT, [SLIP_EXTRA] = EXTRA_DIGIT,
	[SLIP_WRONG] = WRONG_DIGIT};

/* True if a cell beside it in its column holds that value. */
static bool
stands_beside(const struct solver *s, uint32_t cell, int128 value)
{
	const struct cells *cells = &s->e->rules->cells;
	const struct forms *forms = cells->forms;
	const struct report *report = s->e->now.report;
	const struct form_row *row = forms_row(forms, cells->form_names.name[report->form],
		cells->indicators.name[cells->cell[cell].indicator]);

	for (int step = -1; row && step < 2; step += 2) {
		const struct form_row *beside = row + step;
		uint32_t other;

		if (beside < forms->row || beside >= forms->row + forms->nrows ||
			!span_eq(beside->form, row->form) || !span_eq(beside->table, row->table))
			continue;
		other = cells_find(cells, names_find(&cells->indicators, beside->indicator),
			cells->cell[cell].column);
		if (other && s->e->now.cell[other] && fact_is_number(fact_at(s, other)) &&
			value_of(s, other) == value)
			return true;
	}
	return false;
}

/* True if what is taken off stands in another cell of the same sum, too. */
static bool
counted_twice(const struct solver *s, uint32_t cell, int128 surplus)
{
	if (surplus <= one)
		return false;
	for (uint32_t i = s->first[cell]; i < s->first[cell + 1]; i++) {
		const struct equation *q = &s->equation[s->use[i].equation];

		for (uint32_t k = q->first; q->broken && k < q->first + q->n; k++)
			if (s->unknown[k].cell != cell && s->unknown[k].weight == s->use[i].weight &&
				value_of(s, s->unknown[k].cell) == surplus)
				return true;
	}
	return false;
}

static enum kind
kind_of(const struct solver *s, uint32_t cell, int128 value)
{
	int128 old = value_of(s, cell);
	enum kind kind;

	if (!fact_is_number(fact_at(s, cell)))
		return BLANK_CELL;
	if (counted_twice(s, cell, old - value))
		return COUNTED_TWICE;
	kind = of_slip[slip_between((struct decimal_sum){old}, (struct decimal_sum){value})];
	if (kind > SHIFTED_ROW && stands_beside(s, cell, value))
		return SHIFTED_ROW;
	return kind;
}

static void
keep(struct solver *s, struct set set)
{
	size_t at;

	for (unsigned i = 0; i < set.n; i++) {
		set.change[i].kind = kind_of(s, set.change[i].cell, set.change[i].value);
		set.rank += set.change[i].kind;
	}
	for (at = s->nsets; at > 0 && s->sets[at - 1].rank > set.rank; at--)
		;
	if (at == SETS) {
		s->more = true;
		return;
	}
	s->more |= s->nsets == SETS;
	s->nsets += s->nsets < SETS;
	memmove(&s->sets[at + 1], &s->sets[at], (s->nsets - at - 1) * sizeof *s->sets);
	s->sets[at] = set;
}

/* True if every broken identity of the component holds one of the cells. */
static bool
covers(const struct solver *s, uint32_t component, uint32_t first, uint32_t second)
{
	for (size_t q = 0; q < s->nequations; q++)
		if (s->equation[q].broken && s->equation[q].component == component &&
			!use_in(s, first, (uint32_t)q) && !(second && use_in(s, second, (uint32_t)q)))
			return false;
	return true;
}

static void
try_one(struct solver *s, uint32_t component, uint32_t cell)
{
	struct demand d[DEMANDS];
	int n = covers(s, component, cell, 0) ? demands(s, cell, 0, d) : 0;
	int128 change;

	if (n < 1 || d[0].rest % d[0].a)
		return;
	change = d[0].rest / d[0].a;
	for (int i = 1; i < n; i++)
		if (d[i].a * change != d[i].rest)
			return;
	if (change && may_hold(s, cell, value_of(s, cell) + change))
		keep(s, (struct set){.change = {{cell, value_of(s, cell) + change, 0}}, .n = 1});
}

static void
try_two(struct solver *s, uint32_t component, uint32_t first, uint32_t second)
{
	struct demand d[DEMANDS];
	int n = covers(s, component, first, second) ? demands(s, first, second, d) : 0;

	for (int i = 1; i < n; i++) {
		/* Two equations that say different things give both changes; the others must agree. */
		int det = d[0].a * d[i].b - d[i].a * d[0].b;
		int128 x, y;

		if (det == 0)
			continue;
		x = d[0].rest * d[i].b - d[i].rest * d[0].b;
		y = d[0].a * d[i].rest - d[i].a * d[0].rest;
		if (x % det || y % det)
			return;
		x /= det;
		y /= det;
		if (x == 0 || y == 0)
			return;
		for (int k = 0; k < n; k++)
			if (d[k].a * x + d[k].b * y != d[k].rest)
				return;
		x += value_of(s, first);
		y += value_of(s, second);
		if (may_hold(s, first, x) && may_hold(s, second, y))
			keep(s, (struct set){.change = {{first, x, 0}, {second, y, 0}}, .n = 2});
		return;
	}
}

static void
solve(struct solver *s, uint32_t component)
{
	const struct equation *q = &s->equation[component];

	s->nsets = 0;
	s->more = false;
	for (uint32_t i = 0; i < q->n; i++)
		try_one(s, component, s->unknown[q->first + i].cell);
	if (s->nsets)
		return;
	for (uint32_t i = 0; i < q->n; i++) {
		uint32_t first = s->unknown[q->first + i].cell;

		for (size_t k = 0; k < s->ncells; k++) {
			uint32_t second = s->cells[k];

			/* A pair inside this identity is met from its first cell only. */
			if (second == first || (second < first && use_in(s, second, component)))
				continue;
			try_two(s, component, first, second);
		}
	}
}

static void
tell(const struct solver *s, struct buf *out)
{
	const struct cells *cells = &s->e->rules->cells;

	for (size_t i = 0; i < s->nsets && !s->more; i++)
		for (unsigned k = 0; k < s->sets[i].n; k++) {
			const struct change *c = &s->sets[i].change[k];
			const struct cell *cell = &cells->cell[c->cell];

			if (i || k)
				buf_add_str(out, "; ");
			buf_add_span(out, cells->indicators.name[cell->indicator]);
			buf_add_char(out, '[');
			buf_add_span(out, cells->columns.name[cell->column]);
			buf_add_str(out, "]=");
			decimal_sum_format((struct decimal_sum){c->value}, out);
			buf_add_char(out, ' ');
			buf_add_str(out, kinds[c->kind]);
			if (s->nsets > 1)
				buf_printf(out, " (%zu)", i + 1);
		}
}

enum { LIKELY = 3 };

/* The likeliest sets, for a reader: a cell, what it should be, what may have happened. */
static void
tell_words(const struct solver *s, struct buf *out)
{
	static const char *const shapes[2][2] = {{"%.*s = %.*s", "%.*s = %.*s (%s)"},
		{" and %.*s = %.*s", " and %.*s = %.*s (%s)"}};
	struct buf cell = BUF_INIT, value = BUF_INIT;
	struct span form = s->e->rules->cells.form_names.name[s->e->now.report->form];

	for (size_t i = 0; i < s->nsets && i < LIKELY && !s->more; i++) {
		if (i)
			buf_add_str(out, words_message(s->e, ", or "));
		for (unsigned k = 0; k < s->sets[i].n; k++) {
			const struct change *c = &s->sets[i].change[k];

			buf_reset(&cell);
			buf_reset(&value);
			words_cell(&cell, s->e->rules, form, c->cell);
			decimal_sum_format((struct decimal_sum){c->value}, &value);
			buf_printf(out, words_message(s->e, shapes[k > 0][c->kind != UNCLEAR]), SPAN_ARG(buf_span(&cell)),
				SPAN_ARG(buf_span(&value)), words_message(s->e, kinds[c->kind]));
		}
	}
	if (s->nsets > LIKELY && !s->more)
		buf_add_str(out, words_message(s->e, ", …"));
	buf_release(&cell);
	buf_release(&value);
}

static bool
in_table(const struct rule *rule)
{
	return rule->identity && rule->scope != RULE_CROSS_YEAR;
}

void
repair_find(struct evaluator *e)
{
	struct solver s = {.e = e};
	const struct rules *r = e->rules;
	bool any = false;

	for (size_t i = 0; i < e->nbroken; i++)
		any |= e->broken[i].instance != UINT32_MAX && in_table(&r->rule[e->broken[i].rule]);
	if (!any)
		return;
	for (uint32_t i = 0; i < r->nof_form[e->now.report->form]; i++) {
		const struct rule *rule = &r->rule[r->of_form[e->now.report->form][i]];

		for (uint32_t k = rule->first; in_table(rule) && k < rule->first + rule->n; k++)
			add_equation(&s, &r->instance[k]);
	}
	index_cells(&s);
	find_components(&s);
	for (size_t q = 0; q < s.nequations; q++) {
		size_t from = e->notes.n, words;

		if (!s.equation[q].broken || s.equation[q].component != q)
			continue;
		solve(&s, (uint32_t)q);
		tell(&s, &e->notes);
		words = e->notes.n;
		tell_words(&s, &e->notes);
		for (size_t k = 0; k < s.nequations; k++)
			if (s.equation[k].broken && s.equation[k].component == q) {
				e->broken[s.equation[k].at].repair = from;
				e->broken[s.equation[k].at].nrepair = words - from;
				e->broken[s.equation[k].at].likely = words;
				e->broken[s.equation[k].at].nlikely = e->notes.n - words;
			}
	}
	free(s.equation);
	free(s.unknown);
	free(s.first);
	free(s.use);
	free(s.cells);
}
