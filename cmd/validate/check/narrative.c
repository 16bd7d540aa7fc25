#include "narrative.h"

#include "slip.h"
#include "words.h"

/* How far apart an approximate number and an exact one may be: 1000多 may be 1900. */
static bool
roughly(struct decimal_sum a, struct decimal_sum b)
{
	return a.units <= 2 * b.units && b.units <= 2 * a.units;
}

/* The prose facts of an indicator; of a group without figures (行政诉讼) those of its total. */
static uint32_t
prose_of(const struct evaluator *e, const struct term *narrative)
{
	uint32_t first = e->now.prose[narrative->id];

	return first ? first : e->now.prose[narrative->number];
}

/* 现行有效规范性文件13件 says nothing of those issued: a figure of another column of the row the check is of. */
static bool
of_other_column(const struct evaluator *e, const struct instance *instance, const struct fact *f)
{
	const struct bound_relation *b = &e->rules->relation[instance->relation];
	bool row = e->rules->rule[instance->rule].kind == EXPRESSION_TEXT;

	for (uint32_t k = b->left; f->cell && k < b->right + b->nright; k++) {
		const struct term *term = &e->rules->term[k];
		uint32_t cell = term->kind == TERM_CELL ? e->now.cell[term->id] : 0;

		if (term->kind == TERM_CELL && term->id == f->cell)
			return false;
		row |= cell && e->body->fact[cell - 1].indicator == f->indicator;
	}
	return row;
}

/*
 * The text agrees if one of its figures does, for the others may speak of a part; but not if one of them is
 * the table's but for a slip.  Where none does, each cell is held against its first one.
 */
void
narrative_check(struct evaluator *e, uint32_t at, const struct term *narrative)
{
	const struct instance *instance = &e->rules->instance[at];
	uint32_t table = evaluator_fact(e, instance, 0), differs = 0;
	bool agrees = false, slip = false;
	struct side left, right, kept_left = {.numbers = 0}, kept_right = {.numbers = 0};

	for (uint32_t p = prose_of(e, narrative); p; p = e->body->fact[p - 1].next) {
		const struct fact *f = &e->body->fact[p - 1];
		enum outcome o;

		if (!fact_is_number(f) || of_other_column(e, instance, f) || !same_scope(f, &e->body->fact[table]))
			continue;
		o = evaluator_outcome(e, instance, p, &left, &right);
		if (o == OUTCOME_OPEN && (left.about || right.about) && !left.missing && !right.missing &&
			left.numbers && right.numbers)
			o = roughly(left.sum, right.sum) ? OUTCOME_HOLDS : OUTCOME_BROKEN;
		if (o == OUTCOME_HOLDS) {
			e->held++;
			e->body->fact[p - 1].flags |= FACT_AGREES;
			agrees = true;
		} else if (o == OUTCOME_BROKEN && !slip) {
			slip = slip_is_likely(left.sum, right.sum);
			if (differs && !slip)
				continue;
			differs = p;
			kept_left = left;
			kept_right = right;
		}
	}
	if (differs && (slip || !agrees))
		evaluator_break_instance(e, at, differs, &kept_left, &kept_right);
	else if (!agrees)
		e->open++;
}

void
narrative_agrees(struct evaluator *e, const struct rule *rule)
{
	for (uint32_t i = rule->first; i < rule->first + rule->n; i++) {
		const struct instance *instance = &e->rules->instance[i];
		const struct term *told = &e->rules->term[e->rules->relation[instance->relation].left];

		if (e->now.prose[told->id])
			narrative_check(e, i, told);
	}
}

/*
 * Where no table gives the cell, the first figure of the text is the main one; that another
 * says something else is worth a look.
 */
void
narrative_once(struct evaluator *e, uint32_t rule)
{
	const struct report *report = e->now.report;

	for (uint32_t i = 0; i < report->n; i++) {
		uint32_t at = e->body->order[report->first + i];
		const struct fact *f = &e->body->fact[at];
		struct broken *b;
		size_t from = e->notes.n;
		uint32_t p;

		if (f->origin != ORIGIN_PROSE || !fact_is_reports(f) || f->cell == 0 || f->rate ||
			(f->flags & FACT_PERIOD) || f->state != STATE_NUMBER || e->now.cell[f->cell])
			continue;
		for (p = f->next; p; p = e->body->fact[p - 1].next) {
			const struct fact *other = &e->body->fact[p - 1];

			if (other->cell == f->cell && other->state == STATE_NUMBER && same_scope(f, other) &&
				decimal_cmp(other->value, f->value))
				break;
		}
		if (!p) {
			e->held++;
			continue;
		}
		b = evaluator_break(e, rule, at);
		b->other = p;
		decimal_sum_add(&b->left, f->value);
		decimal_sum_add(&b->right, e->body->fact[p - 1].value);
		b->left_known = b->right_known = true;
		words_twice(&e->notes, e, f, &e->body->fact[p - 1]);
		evaluator_say(e, b, from);
	}
}
