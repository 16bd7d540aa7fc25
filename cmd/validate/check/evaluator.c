#include "evaluator.h"

static void
add_fact(struct side *side, const struct body *b, uint32_t at, char sign)
{
	const struct fact *f;

	if (at == 0) {
		side->missing = true;
		return;
	}
	f = &b->fact[at - 1];
	if (fact_is_number(f)) {
		decimal_sum_add_times(&side->sum, f->value, sign == '-' ? -1 : 1);
		side->numbers++;
		side->about |= f->state == STATE_ABOUT;
	} else if (f->state == STATE_TEXT) {
		side->missing = true;
	}
}

/* A sum in 元 in the text against a cell in 万元: the text's unit decides. */
static void
add_prose(const struct evaluator *e, struct side *side, uint32_t at, uint32_t cell)
{
	const struct cells *cells = &e->rules->cells;
	const struct fact *f;
	struct decimal d;
	int power = 0;

	if (at == 0) {
		side->missing = true;
		return;
	}
	f = &e->body->fact[at - 1];
	d = f->value;
	if (cells->cell[cell].power != UNITS_NO_POWER) {
		int said = units_power(cells->units, body_field(e->body, f, COL_UNIT));

		power = said == UNITS_NO_POWER ? 0 : said - cells->cell[cell].power;
	}
	if (!decimal_shift(d, power, &d)) {
		side->missing = true;
		return;
	}
	decimal_sum_add(&side->sum, d);
	side->numbers++;
	side->about |= f->state == STATE_ABOUT;
}

static struct side
side_of(const struct evaluator *e, const struct term *t, uint32_t n, uint32_t prose, uint32_t cell)
{
	struct side side = {.numbers = 0};

	for (uint32_t i = 0; i < n; i++)
		switch (t[i].kind) {
		case TERM_CELL:
			add_fact(&side, e->body, e->now.cell[t[i].id], t[i].sign);
			break;
		case TERM_PREV:
			add_fact(&side, e->body, e->before.cell[t[i].id], t[i].sign);
			break;
		case TERM_NUMBER:
			decimal_sum_add_times(&side.sum, DECIMAL_INT(t[i].number), t[i].sign == '-' ? -1 : 1);
			side.numbers++;
			break;
		case TERM_NARRATIVE:
			add_prose(e, &side, prose, cell);
			break;
		case TERM_META:
		case TERM_SENTENCE:
			side.missing = true;
			break;
		}
	return side;
}

static bool
satisfies(enum relation_op op, struct decimal_sum left, struct decimal_sum right)
{
	int c = decimal_sum_cmp(left, right);

	return op == OP_EQUAL ? c == 0 : op == OP_AT_MOST ? c <= 0 : c >= 0;
}

enum outcome
evaluator_relation(const struct evaluator *e, const struct bound_relation *r, uint32_t prose,
	struct side *left, struct side *right)
{
	const struct term *term = e->rules->term;
	uint32_t cell = term[r->right].kind == TERM_CELL ? term[r->right].id : 0;

	*left = side_of(e, &term[r->left], r->nleft, prose, cell);
	*right = side_of(e, &term[r->right], r->nright, prose, cell);
	if (left->missing || right->missing || left->numbers == 0 || right->numbers == 0)
		return OUTCOME_OPEN;
	if (satisfies(r->op, left->sum, right->sum))
		return OUTCOME_HOLDS;
	/* 约 100 is not broken by 103. */
	return left->about || right->about ? OUTCOME_OPEN : OUTCOME_BROKEN;
}

struct broken *
evaluator_break(struct evaluator *e, uint32_t rule, uint32_t fact)
{
	e->broken = grow(e->broken, e->nbroken, &e->broken_cap, sizeof *e->broken);
	e->broken[e->nbroken] = (struct broken){.rule = rule, .fact = fact, .instance = UINT32_MAX};
	e->failed[rule] = true;
	return &e->broken[e->nbroken++];
}

void
evaluator_say(struct evaluator *e, struct broken *b, size_t from)
{
	b->message = from;
	b->nmessage = e->notes.n - from;
}

enum outcome
evaluator_outcome(const struct evaluator *e, const struct instance *instance, uint32_t prose,
	struct side *left, struct side *right)
{
	const struct bound_relation *r = &e->rules->relation[instance->relation];
	uint32_t n = instance->nrelations;
	enum outcome worst = OUTCOME_HOLDS;

	for (uint32_t i = 0; i + 1 < n; i++) {
		enum outcome o = evaluator_relation(e, &r[i], prose, left, right);

		if (o == OUTCOME_BROKEN)
			return OUTCOME_IDLE;
		if (o == OUTCOME_OPEN)
			worst = OUTCOME_OPEN;
	}
	return worst == OUTCOME_OPEN ? worst : evaluator_relation(e, &r[n - 1], prose, left, right);
}

uint32_t
evaluator_fact(const struct evaluator *e, const struct instance *instance, uint32_t prose)
{
	const struct rules *r = e->rules;
	const struct bound_relation *b = &r->relation[instance->relation + instance->nrelations - 1];

	if (prose)
		return prose - 1;
	for (uint32_t k = b->left; k < b->right + b->nright; k++)
		if (r->term[k].kind == TERM_CELL && e->now.cell[r->term[k].id])
			return e->now.cell[r->term[k].id] - 1;
	return e->now.report->fact;
}

void
evaluator_break_instance(struct evaluator *e, uint32_t at, uint32_t prose, const struct side *left,
	const struct side *right)
{
	const struct instance *instance = &e->rules->instance[at];
	struct broken *b = evaluator_break(e, instance->rule, evaluator_fact(e, instance, prose));

	b->instance = at;
	b->prose = prose;
	b->left = left->sum;
	b->right = right->sum;
	b->left_known = b->right_known = true;
}

const struct term *
evaluator_term(const struct evaluator *e, const struct instance *instance, enum term_kind kind)
{
	const struct bound_relation *b = &e->rules->relation[instance->relation];

	for (uint32_t k = b->left; k < b->right + b->nright; k++)
		if (e->rules->term[k].kind == kind)
			return &e->rules->term[k];
	return NULL;
}
