#include "evaluate.h"

#include <stdlib.h>

#include "document.h"
#include "group.h"
#include "narrative.h"
#include "repair.h"
#include "words.h"

bool
evaluate_init(struct evaluator *e, const struct rules *rules, struct body *body,
	struct findings *findings, enum finding_lang lang, const char *tables)
{
	*e = (struct evaluator){.rules = rules, .body = body, .findings = findings, .lang = lang};
	view_init(&e->now, &rules->cells);
	view_init(&e->before, &rules->cells);
	e->failed = xcalloc(rules->n + 1, sizeof *e->failed);
	e->series.fact = xcalloc((size_t)(rules->cells.n + 1) * SERIES_YEARS, sizeof *e->series.fact);
	return editions_load(&e->editions, &rules->cells, tables) && sentences_load(&e->sentences, tables);
}

void
evaluate_release(struct evaluator *e)
{
	view_release(&e->now);
	view_release(&e->before);
	free(e->failed);
	free(e->outcome);
	free(e->broken);
	free(e->series.fact);
	editions_release(&e->editions);
	sentences_release(&e->sentences);
	buf_release(&e->text);
	buf_release(&e->notes);
}

/* What an outcome means for the facts. */

typedef void mark_fact(struct evaluator *e, struct fact *f, const struct rule *rule);

static void
mark_closes(struct evaluator *e, struct fact *f, const struct rule *rule)
{
	(void)e;
	(void)rule;
	f->flags |= FACT_CLOSES;
}

static void
mark_failed(struct evaluator *e, struct fact *f, const struct rule *rule)
{
	body_fail(e->body, f, (uint32_t)(rule - e->rules->rule));
	if (rule->severity == SEVERITY_ERROR)
		f->flags |= FACT_BROKEN;
}

static void
mark_instance(struct evaluator *e, const struct instance *instance, uint32_t prose, mark_fact *mark)
{
	const struct rules *r = e->rules;
	const struct rule *rule = &r->rule[instance->rule];

	for (uint32_t i = 0; i < instance->nrelations; i++) {
		const struct bound_relation *b = &r->relation[instance->relation + i];

		for (uint32_t k = b->left; k < b->right + b->nright; k++) {
			const struct term *t = &r->term[k];
			uint32_t at = t->kind == TERM_CELL        ? e->now.cell[t->id]
				      : t->kind == TERM_PREV      ? e->before.cell[t->id]
				      : t->kind == TERM_NARRATIVE ? prose
								  : 0;

			if (at)
				mark(e, &e->body->fact[at - 1], rule);
		}
	}
}

static void
check_instance(struct evaluator *e, uint32_t at)
{
	const struct instance *instance = &e->rules->instance[at];
	struct side left, right;

	switch (evaluator_outcome(e, instance, 0, &left, &right)) {
	case OUTCOME_OPEN:
		e->open++;
		break;
	case OUTCOME_IDLE:
		e->idle++;
		break;
	case OUTCOME_HOLDS:
		e->held++;
		if (e->rules->rule[instance->rule].identity)
			mark_instance(e, instance, 0, mark_closes);
		break;
	case OUTCOME_BROKEN:
		evaluator_break_instance(e, at, 0, &left, &right);
		break;
	}
}

/* integer(*): a whole number from 0 up, but amounts may have decimals and changes a sign. */
static void
check_cells(struct evaluator *e, uint32_t rule)
{
	const struct report *report = e->now.report;
	const struct cells *cells = &e->rules->cells;
	size_t failed = e->nbroken;
	bool any = false;

	for (uint32_t i = 0; i < report->n; i++) {
		uint32_t at = e->body->order[report->first + i];
		const struct fact *f = &e->body->fact[at];
		uint8_t flags = cells->cell[f->cell].flags;
		struct broken *b;

		if (!fact_is_number(f) || f->cell == 0 || f->origin != ORIGIN_TABLE)
			continue;
		any = true;
		if ((decimal_is_integer(f->value) || (flags & CELL_DECIMAL)) &&
			(f->value.digits >= 0 || (flags & CELL_SIGNED)))
			continue;
		b = evaluator_break(e, rule, at);
		decimal_sum_add(&b->left, f->value);
		b->left_known = true;
	}
	e->held += any && e->nbroken == failed;
	e->open += !any;
}

static void
check_rule(struct evaluator *e, uint32_t at)
{
	const struct rule *rule = &e->rules->rule[at];

	if (rule->when && !e->failed[rule->when - 1])
		return;
	if (rule->kind != EXPRESSION_RELATION) {
		if (rule->kind == EXPRESSION_INTEGER)
			check_cells(e, at);
		else if (rule->kind == EXPRESSION_TEXT)
			narrative_agrees(e, rule);
		else if (rule->kind == EXPRESSION_ONCE)
			narrative_once(e, at);
		else
			group_check(e, at);
		return;
	}
	if (rule->scope == RULE_CROSS_YEAR && !e->before.report) {
		e->open += rule->n;
		return;
	}
	for (uint32_t i = rule->first; i < rule->first + rule->n; i++) {
		const struct instance *instance = &e->rules->instance[i];
		const struct term *term;

		if (rule->scope != RULE_CROSS_SOURCE)
			check_instance(e, i);
		else if (evaluator_term(e, instance, TERM_META))
			document_check(e, at, instance);
		else if ((term = evaluator_term(e, instance, TERM_NARRATIVE)) != NULL)
			narrative_check(e, i, term);
		else if (evaluator_term(e, instance, TERM_SENTENCE))
			sentence_check(e, at, instance);
		else
			check_instance(e, i);
	}
}

/* It puts all figures of the report in doubt: of which year they are. */
static bool
doubts_report(const struct evaluator *e, const struct rule *rule)
{
	return rule->severity != SEVERITY_INFO &&
	       (rule->kind == EXPRESSION_RENEWED ||
		       (rule->n && evaluator_term(e, &e->rules->instance[rule->first], TERM_META)));
}

/* Without it a sum would hold figures of a year they may not be of, and nothing beside it would say so. */
static void
mark_report(struct evaluator *e, const struct rule *rule)
{
	struct body *b = e->body;
	const struct report *r = e->now.report;

	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t at = b->order[r->first + i];
		struct fact *f = &b->fact[at];

		if (f->origin == ORIGIN_PAGE ? at + 1 == r->page[PAGE_REPORT] : f->indicator && !(f->flags & FACT_PERIOD))
			mark_failed(e, f, rule);
	}
}

static void
mark_broken(struct evaluator *e, const struct broken *b)
{
	const struct rule *rule = &e->rules->rule[b->rule];

	if (b->instance != UINT32_MAX)
		mark_instance(e, &e->rules->instance[b->instance], b->prose, mark_failed);
	else
		mark_failed(e, &e->body->fact[b->fact], rule);
	if (b->other)
		mark_failed(e, &e->body->fact[b->other - 1], rule);
	if (doubts_report(e, rule))
		mark_report(e, rule);
	for (uint32_t k = b->items; k < b->items_end; k++)
		mark_failed(e, &e->body->fact[e->sentences.item[k].fact], rule);
}

/* What is said of a failure, in words; lent until the next. */
static struct span
message_of(struct evaluator *e, const struct broken *b)
{
	buf_reset(&e->text);
	if (b->nmessage)
		buf_add(&e->text, e->notes.p + b->message, b->nmessage);
	else if (b->instance != UINT32_MAX)
		words_broken(&e->text, e, &e->rules->instance[b->instance], b->prose);
	else
		words_cell_broken(&e->text, e, b->fact);
	if (b->nlikely) {
		buf_add_str(&e->text, words_message(e, "; likely "));
		buf_add(&e->text, e->notes.p + b->likely, b->nlikely);
	}
	return buf_span(&e->text);
}

/* Says what failed and marks the facts, unless the user has dismissed it. */
static void
raise_broken(struct evaluator *e)
{
	for (size_t i = 0; i < e->nbroken; i++) {
		struct broken *b = &e->broken[i];
		struct finding finding = {
			.rule = b->rule,
			.fact = b->fact,
			.left_known = b->left_known,
			.right_known = b->right_known,
			.left = b->left,
			.right = b->right,
		};
		enum verdict verdict = findings_verdict(e->findings, e->body, &finding);

		if (verdict == VERDICT_DISMISSED) {
			e->findings->judged++;
			continue;
		}
		mark_broken(e, b);
		if (verdict == VERDICT_CONFIRMED) {
			e->findings->judged++;
			continue;
		}
		if (e->silent)
			continue;
		/* A mirror has the faults of its original; another version has its own. */
		if (e->versions && !findings_first(e->findings, e->body, &finding) && e->again &&
			!group_of_duplicates(&e->rules->rule[b->rule]))
			continue;
		finding.message = message_of(e, b);
		finding.repair = span_of(e->notes.n ? e->notes.p + b->repair : NULL, b->nrepair);
		findings_raise(e->findings, e->body, &finding);
	}
}

/* A table that repeats a cell with another number is not to be believed more for standing in a grid. */
static void
mark_differing(struct evaluator *e)
{
	struct body *b = e->body;
	const struct report *r = e->now.report;

	for (uint32_t i = 0; i < r->n; i++) {
		struct fact *f = &b->fact[b->order[r->first + i]];
		uint32_t at = e->now.cell[f->cell];

		if (f->role == ROLE_SECOND && f->origin == ORIGIN_TABLE && at && !(f->flags & FACT_PERIOD) &&
			fact_is_number(f) && fact_is_number(&b->fact[at - 1]) &&
			decimal_cmp(f->value, b->fact[at - 1].value))
			f->flags |= FACT_DIFFERS;
	}
}

/* What is said of the report as a whole is said with its first sheet. */
static bool
of_whole_report(const struct evaluator *e, const struct rule *rule)
{
	const struct instance *first = rule->n ? &e->rules->instance[rule->first] : NULL;

	return rule->scope == RULE_GROUP || rule->scope == RULE_PER_CELL ||
	       (first && (evaluator_term(e, first, TERM_META) || evaluator_term(e, first, TERM_SENTENCE)));
}

static void
check_view(struct evaluator *e)
{
	const struct rules *r = e->rules;
	uint32_t form = e->now.report->form;

	e->nbroken = 0;
	buf_reset(&e->notes);
	e->sentences.read_for = NULL;
	memset(e->failed, 0, r->n * sizeof *e->failed);
	for (uint32_t i = 0; i < r->nof_form[form]; i++) {
		uint32_t rule = r->of_form[form][i];
		uint64_t held = e->held + e->idle;

		if (e->sheet > 0 && of_whole_report(e, &r->rule[rule]))
			continue;
		check_rule(e, rule);
		if (e->outcome)
			e->outcome[rule] = e->failed[rule]             ? OUTCOME_BROKEN
					   : e->held + e->idle > held ? OUTCOME_HOLDS
								      : OUTCOME_OPEN;
	}
	if (!e->silent)
		repair_find(e);
	raise_broken(e);
}

void
evaluate_report(struct evaluator *e, const struct report *report, const struct report *before)
{
	/* Years in a row: what was at hand is now before. */
	bool follows = before && e->now.report == before && !e->now.sheets;
	struct view v = e->before;

	if (follows) {
		e->before = e->now;
		e->now = v;
	}
	view_fill(&e->now, e->body, report, VIEW_ANY_SCOPE, NULL);
	/* Never a territory against a body, in two years either. */
	if (!follows || !view_same_sheet(&e->now, &e->before))
		view_fill(&e->before, e->body, before, VIEW_ANY_SCOPE, &e->now);
	e->sheet = 0;
	if (!e->now.sheets) {
		mark_differing(e);
		check_view(e);
		return;
	}
	/* Each sheet by itself, never a cell of one against a cell of the other. */
	for (int scope = FACT_SCOPE_OTHER; scope <= FACT_SCOPE_OWN; scope++) {
		view_fill(&e->before, e->body, before, scope, NULL);
		view_fill(&e->now, e->body, report, scope, NULL);
		check_view(e);
		e->sheet++;
	}
	e->now.sheets = true;
}

void
evaluate_forget(struct evaluator *e)
{
	findings_forget(e->findings);
	e->now.report = e->before.report = NULL;
	e->sentences.read_for = NULL;
}
