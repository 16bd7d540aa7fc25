/* links: cmd/validate/body cmd/validate/check cmd/validate/finding cmd/validate/rules */

/*
 * Any bytes as a check, or as the facts of one body.  Of facts: none is lost, every failure is one of a
 * rule, and what is evaluated twice comes out the same.
 */
#include <stdint.h>
#include <stdlib.h>

#include "body/territory.h"
#include "check/evaluate.h"
#include "check/group.h"
#include "fuzz.h"

static void
fuzz_expression(struct span text)
{
	struct expression e = EXPRESSION_INIT;
	struct buf why = BUF_INIT;

	if (expression_parse(text, &e, &why)) {
		for (size_t i = 0; i < e.nrelations; i++)
			require(e.relations[i].nleft && e.relations[i].nright &&
				e.relations[i].ref + e.relations[i].nleft + e.relations[i].nright <= e.nrefs);
	} else {
		require(why.n > 0);
	}
	buf_release(&why);
	expression_release(&e);
}

struct bench {
	struct rules *rules;
	struct body body;
	struct findings findings;
	struct evaluator evaluator;
	struct territory territory;
};

/* Evaluates the body; returns how many failures the facts have. */
static size_t
evaluate_all(struct bench *x)
{
	struct body *b = &x->body;
	size_t failures = 0;

	territory_reset(&x->territory);
	group_choose(&x->evaluator, &x->territory);
	for (size_t i = 0; i < b->nreports; i++)
		evaluate_report(&x->evaluator, &b->report[i], i ? &b->report[i - 1] : NULL);
	evaluate_forget(&x->evaluator);
	for (size_t i = 0; i < b->nfacts; i++)
		for (uint32_t at = b->fact[i].failed; at; at = b->failure[at - 1].before) {
			require(b->failure[at - 1].rule < x->rules->n);
			failures++;
		}
	/* As if it had been held, and came again: what it gave stands. */
	for (size_t i = 0; i < b->nreports; i++)
		territory_mark(&x->territory, b, &b->report[i]);
	territory_settle(&x->territory, b);
	territory_settled(&x->territory);
	require(!territory_holds(&x->territory) || b->nfacts);
	return failures;
}

static void
add_lines(struct bench *x, struct span text)
{
	struct span *fields = NULL;
	size_t nfields = 0, cap = 0;
	struct buf scratch = BUF_INIT;

	while (text.n) {
		struct record rec = {.line = span_cut(&text, '\n')};

		if (record_split(rec.line, &fields, &nfields, &cap, &scratch) || nfields != FACT_COLUMNS)
			continue;
		rec.field = fields;
		rec.nfields = nfields;
		body_add(&x->body, &rec);
	}
	free(fields);
	buf_release(&scratch);
}

static void
fuzz_facts(struct span text)
{
	static struct bench x;
	size_t held, failures;

	if (!x.rules) {
		diag_quiet(true);
		x.rules = rules_load(NULL, NULL, 0);
		require(x.rules != NULL);
		body_init_columns(&x.body, &x.rules->cells);
		territory_init(&x.territory, &x.rules->cells);
		x.findings = (struct findings){.rules = x.rules};
		require(evaluate_init(&x.evaluator, x.rules, &x.body, &x.findings, LANG_ZH, NULL));
	}
	add_lines(&x, text);
	held = x.body.nfacts;
	body_close(&x.body);
	failures = evaluate_all(&x);
	for (size_t i = 0; i < x.body.nfacts; i++) {
		x.body.fact[i].failed = 0;
		x.body.fact[i].flags &= (uint8_t)~(FACT_BROKEN | FACT_CLOSES | FACT_AGREES | FACT_DUPLICATE | FACT_DIFFERS);
	}
	for (size_t i = 0; i < x.body.nreports; i++) {
		struct report *r = &x.body.report[i];

		r->stands = r->joins = r->text = r->next_text = r->differs = 0;
		r->territory = TERRITORY_NONE;
		r->lacked = r->both = 0;
	}
	x.body.nfailures = 0;
	require(evaluate_all(&x) == failures && x.body.nfacts == held);
	body_reset(&x.body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *copy;

	if (n == 0)
		return 0;
	/* A block of its own, so that reading past it is seen. */
	copy = xmalloc(n);
	memcpy(copy, data + 1, n - 1);
	if (data[0] == 'e')
		fuzz_expression(span_of(copy, n - 1));
	else
		fuzz_facts(span_of(copy, n - 1));
	free(copy);
	return 0;
}
