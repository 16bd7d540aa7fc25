#include "view.h"

#include <stdlib.h>

#include "buf.h"

void
view_init(struct view *v, const struct cells *cells)
{
	*v = (struct view){
		.cell = xcalloc(cells->n + 1, sizeof *v->cell),
		.prose = xcalloc(cells->indicators.n + 1, sizeof *v->prose),
	};
}

void
view_release(struct view *v)
{
	free(v->cell);
	free(v->prose);
}

/*
 * A report may hold two sheets, for the territory and for the body: a cell has then two main values, or those
 * that were before another report was found to stand for it.
 */
static bool
two_sheets(const struct fact *a, const struct fact *b)
{
	return fact_is_reports(a) && fact_is_reports(b) && a->scope != b->scope;
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
			(scope != VIEW_ANY_SCOPE && f->scope != scope) || (now && !of_sheet(now, b, f)))
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

void
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

bool
view_same_sheet(const struct view *x, const struct view *y)
{
	int scope = view_scope(x);

	for (int i = 0; i < FACT_SCOPES; i++)
		if (i != scope && (x->scopes[i] || y->scopes[i]))
			return false;
	return true;
}
