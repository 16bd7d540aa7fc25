#include "evaluate.h"

#include <stdlib.h>

#include "document.h"
#include "group.h"
#include "repair.h"
#include "slip.h"
#include "words.h"

static void
view_init(struct view *v, const struct cells *cells)
{
	*v = (struct view){
		.cell = xcalloc(cells->n + 1, sizeof *v->cell),
		.prose = xcalloc(cells->indicators.n + 1, sizeof *v->prose),
	};
}

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
	free(e->now.cell);
	free(e->now.prose);
	free(e->before.cell);
	free(e->before.prose);
	free(e->failed);
	free(e->outcome);
	free(e->broken);
	free(e->series.fact);
	editions_release(&e->editions);
	sentences_release(&e->sentences);
	buf_release(&e->text);
	buf_release(&e->notes);
}

/* Stands for every scope. */
enum { ANY_SCOPE = -1 };

/* A report may hold two sheets, for the territory and for the body: a cell has then two main values. */
static bool
two_sheets(const struct fact *a, const struct fact *b)
{
	return a->role == ROLE_MAIN && b->role == ROLE_MAIN && a->scope != b->scope;
}

/* The scope of most of its facts of tables. */
static int
view_scope(const struct view *v)
{
	int most = 0;

	for (int i = 1; i < FACT_SCOPES; i++)
		if (v->scopes[i] > v->scopes[most])
			most = i;
	return most;
}

/* True if the fact of another year may be of the sheet that is at hand. */
static bool
of_sheet(const struct view *now, const struct body *b, const struct fact *f)
{
	uint32_t at = now->cell[f->cell];
	int scope = at ? b->fact[at - 1].scope : view_scope(now);

	return scope == FACT_SCOPE_OTHER || f->scope == FACT_SCOPE_OTHER || f->scope == scope;
}

static void
view_add(struct view *v, struct body *b, const struct report *report, int scope,
	const struct view *now)
{
	/* Backwards, so that the first one stays and chains of prose run forwards. */
	for (uint32_t i = report->n; i-- > 0;) {
		uint32_t at = b->order[report->first + i];
		struct fact *f = &b->fact[at];

		if (f->indicator == 0 || (f->flags & FACT_PERIOD) ||
			(scope != ANY_SCOPE && f->scope != scope) || (now && !of_sheet(now, b, f)))
			continue;
		if (f->origin == ORIGIN_TABLE) {
			uint32_t *place = &v->cell[f->cell];

			v->scopes[f->scope]++;
			v->sheets |= f->cell && *place && two_sheets(f, &b->fact[*place - 1]);
			if (f->cell && (*place == 0 || !fact_stands_before(&b->fact[*place - 1], f)))
				*place = at + 1;
		} else if (f->origin == ORIGIN_PROSE && !f->rate) {
			f->next = v->prose[f->indicator];
			v->prose[f->indicator] = at + 1;
		}
	}
}

/*
 * The facts of a report, and of another page that is the text of it; with `now` only those that can
 * be of the sheet there.
 */
static void
view_fill(struct view *v, struct body *b, const struct report *report, int scope,
	const struct view *now)
{
	v->sheets = false;
	memset(v->scopes, 0, sizeof v->scopes);
	memset(v->cell, 0, (b->cells->n + 1) * sizeof *v->cell);
	memset(v->prose, 0, (b->cells->indicators.n + 1) * sizeof *v->prose);
	v->report = report;
	if (!report)
		return;
	for (uint32_t i = report->text; i; i = b->report[i - 1].next_text)
		view_add(v, b, &b->report[i - 1], scope, now);
	view_add(v, b, report, scope, now);
}

/* True if all facts of both are of one scope. */
static bool
same_sheet(const struct view *x, const struct view *y)
{
	int scope = view_scope(x);

	for (int i = 0; i < FACT_SCOPES; i++)
		if (i != scope && (x->scopes[i] || y->scopes[i]))
			return false;
	return true;
}

static enum outcome
outcome_of(const struct evaluator *e, const struct instance *instance, uint32_t prose,
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

/* The fact a finding points at: the first cell of the consequence that is on this report's page. */
static uint32_t
fact_of(const struct evaluator *e, const struct instance *instance, uint32_t prose)
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

static void
break_instance(struct evaluator *e, uint32_t at, uint32_t prose, const struct side *left,
	const struct side *right)
{
	const struct instance *instance = &e->rules->instance[at];
	struct broken *b = evaluator_break(e, instance->rule, fact_of(e, instance, prose));

	b->instance = at;
	b->prose = prose;
	b->left = left->sum;
	b->right = right->sum;
	b->left_known = b->right_known = true;
}

static void
check_instance(struct evaluator *e, uint32_t at)
{
	const struct instance *instance = &e->rules->instance[at];
	struct side left, right;

	switch (outcome_of(e, instance, 0, &left, &right)) {
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
		break_instance(e, at, 0, &left, &right);
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

/* Prose against table */

/* How far apart an approximate number and an exact one may be: 1000多 may be 1900. */
static bool
roughly(struct decimal_sum a, struct decimal_sum b)
{
	return a.units <= 2 * b.units && b.units <= 2 * a.units;
}

/* The first term of that kind, or NULL. */
static const struct term *
has_term(const struct evaluator *e, const struct instance *instance, enum term_kind kind)
{
	const struct bound_relation *b = &e->rules->relation[instance->relation];

	for (uint32_t k = b->left; k < b->right + b->nright; k++)
		if (e->rules->term[k].kind == kind)
			return &e->rules->term[k];
	return NULL;
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
static void
check_narrative(struct evaluator *e, uint32_t at, const struct term *narrative)
{
	const struct instance *instance = &e->rules->instance[at];
	uint32_t table = fact_of(e, instance, 0), differs = 0;
	bool agrees = false, slip = false;
	struct side left, right, kept_left = {.numbers = 0}, kept_right = {.numbers = 0};

	for (uint32_t p = prose_of(e, narrative); p; p = e->body->fact[p - 1].next) {
		const struct fact *f = &e->body->fact[p - 1];
		enum outcome o;

		if (!fact_is_number(f) || of_other_column(e, instance, f) || !same_scope(f, &e->body->fact[table]))
			continue;
		o = outcome_of(e, instance, p, &left, &right);
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
		break_instance(e, at, differs, &kept_left, &kept_right);
	else if (!agrees)
		e->open++;
}

/* text_agrees(*): of the cells that no check names only those the text speaks of are looked at. */
static void
check_text(struct evaluator *e, const struct rule *rule)
{
	for (uint32_t i = rule->first; i < rule->first + rule->n; i++) {
		const struct instance *instance = &e->rules->instance[i];
		const struct term *told = &e->rules->term[e->rules->relation[instance->relation].left];

		if (e->now.prose[told->id])
			check_narrative(e, i, told);
	}
}

/*
 * one_figure(*): where no table gives the cell, the first figure of the text is the main one; that another
 * says something else is worth a look.
 */
static void
check_once(struct evaluator *e, uint32_t rule)
{
	const struct report *report = e->now.report;

	for (uint32_t i = 0; i < report->n; i++) {
		uint32_t at = e->body->order[report->first + i];
		const struct fact *f = &e->body->fact[at];
		struct broken *b;
		size_t from = e->notes.n;
		uint32_t p;

		if (f->origin != ORIGIN_PROSE || f->role != ROLE_MAIN || f->cell == 0 || f->rate ||
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
			check_text(e, rule);
		else if (rule->kind == EXPRESSION_ONCE)
			check_once(e, at);
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

		if (rule->scope != RULE_CROSS_SOURCE)
			check_instance(e, i);
		else if (has_term(e, instance, TERM_META))
			document_check(e, at, instance);
		else if (has_term(e, instance, TERM_NARRATIVE))
			check_narrative(e, i, has_term(e, instance, TERM_NARRATIVE));
		else if (has_term(e, instance, TERM_SENTENCE))
			sentence_check(e, at, instance);
		else
			check_instance(e, i);
	}
}

/* Says what failed and marks the facts, unless the user has dismissed it. */
static void
raise_broken(struct evaluator *e)
{
	for (size_t i = 0; i < e->nbroken; i++) {
		struct broken *b = &e->broken[i];
		const struct rule *rule = &e->rules->rule[b->rule];
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
		if (b->instance != UINT32_MAX)
			mark_instance(e, &e->rules->instance[b->instance], b->prose, mark_failed);
		else
			mark_failed(e, &e->body->fact[b->fact], rule);
		if (b->other)
			mark_failed(e, &e->body->fact[b->other - 1], rule);
		for (uint32_t k = b->items; k < b->items_end; k++)
			mark_failed(e, &e->body->fact[e->sentences.item[k].fact], rule);
		if (verdict == VERDICT_CONFIRMED) {
			e->findings->judged++;
			continue;
		}
		if (e->silent)
			continue;
		/* A mirror has the faults of its original; another version has its own. */
		if (e->versions && !findings_first(e->findings, e->body, &finding) && e->again &&
			!group_of_duplicates(rule))
			continue;
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
		finding.message = buf_span(&e->text);
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
	       (first && (has_term(e, first, TERM_META) || has_term(e, first, TERM_SENTENCE)));
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
	view_fill(&e->now, e->body, report, ANY_SCOPE, NULL);
	/* Never a territory against a body, in two years either. */
	if (!follows || !same_sheet(&e->now, &e->before))
		view_fill(&e->before, e->body, before, ANY_SCOPE, &e->now);
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
