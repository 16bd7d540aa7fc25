#include "document.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "evaluator.h"
#include "table.h"
#include "words.h"

TABLE_DECLARE(forms_editions);

bool
editions_load(struct editions *e, const struct cells *cells, const char *dir)
{
	struct table *t = table_load_keyed(TABLE_SOURCE(forms, editions), dir, "form");
	size_t form, first, last;
	bool good = true;

	if (!t)
		return false;
	form = table_column(t, "form");
	first = table_column(t, "first_year");
	last = table_column(t, "last_year");
	e->edition = xcalloc(t->nrows + 1, sizeof *e->edition);
	for (size_t i = 0; i < t->nrows && good; i++) {
		struct edition *to = &e->edition[e->n++];
		struct span end = table_cell(t, i, last);

		to->form = names_find(&cells->form_names, table_cell(t, i, form));
		to->first = span_year(table_cell(t, i, first));
		to->last = end.n ? span_year(end) : 9999;
		if (!to->form || !to->first || !to->last) {
			warn("%s:%zu: a form of the tables and its years are expected", t->path, t->line[i]);
			good = false;
		}
	}
	table_free(t);
	return good;
}

void
editions_release(struct editions *e)
{
	free(e->edition);
}

/* The first year in a text: what stands in a fact of the page may have words around it. */
static int
year_in(struct span s)
{
	for (size_t i = 0; i + 4 <= s.n; i++) {
		int year = span_year(span_of(s.p + i, 4));

		if (year >= 1990 && year < 2100)
			return year;
	}
	return 0;
}

static const enum page_fact page_facts[META_FIELDS] = {
	[META_TITLE_YEAR] = PAGE_TITLE_YEAR,
	[META_PERIOD_YEAR] = PAGE_PERIOD_YEAR,
	[META_FILING_UNIT] = PAGE_FILING_UNIT,
	[META_PUBLISHER] = PAGE_PUBLISHER,
};

/* What a message calls it. */
static const char *const field_words[META_FIELDS] = {
	[META_TITLE_YEAR] = "year of the title ",
	[META_PERIOD_YEAR] = "year of the period reported on ",
	[META_FILING_UNIT] = "filing unit ",
	[META_PUBLISHER] = "publisher ",
};

/* The text of a field, added to `out`; false if the page does not give it.  *fact is where it stands. */
static bool
field_text(struct evaluator *e, enum meta_field field, struct buf *out, uint32_t *fact)
{
	uint32_t at = e->now.report->page[page_facts[field]];
	struct span text;

	if (at == 0)
		return false;
	*fact = at - 1;
	text = body_field(e->body, &e->body->fact[at - 1], COL_LABEL);
	if (text.n == 0)
		text = body_field(e->body, &e->body->fact[at - 1], COL_VALUE);
	buf_add_span(out, text);
	return text.n > 0;
}

/* The length of the first character. */
static size_t
rune_length(struct span s)
{
	size_t n = s.n > 0;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static struct span
first_two(struct span s)
{
	size_t n = rune_length(s);

	return span_of(s.p, n + rune_length(span_of(s.p + n, s.n - n)));
}

/* Of one place: the first two characters of one name stand in the other. */
static bool
same_place(struct span a, struct span b)
{
	return span_find(b, first_two(a)) < b.n || span_find(a, first_two(b)) < a.n;
}

static bool
form_fits(const struct editions *e, uint32_t form, int year, bool *known)
{
	*known = false;
	for (size_t i = 0; i < e->n; i++)
		if (e->edition[i].form == form) {
			*known = true;
			if (year >= e->edition[i].first && year <= e->edition[i].last)
				return true;
		}
	return false;
}

static void
check_form(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;
	size_t from = e->notes.n;
	bool known, fits;

	fits = form_fits(&e->editions, r->form, r->year, &known);
	if (!known || r->year == 0) {
		e->open++;
		return;
	}
	if (fits) {
		e->held++;
		return;
	}
	buf_printf(&e->notes, words_message(e, "the form of %.*s in a report for %d"),
		SPAN_ARG(e->rules->cells.form_names.name[r->form]), r->year);
	evaluator_say(e, evaluator_break(e, rule, r->page[PAGE_REPORT] ? r->page[PAGE_REPORT] - 1 : r->fact),
		from);
}

void
document_check(struct evaluator *e, uint32_t rule, const struct instance *instance)
{
	const struct bound_relation *r = &e->rules->relation[instance->relation];
	const struct term *left = &e->rules->term[r->left], *right = &e->rules->term[r->right];
	struct buf a = BUF_INIT, b = BUF_INIT;
	uint32_t fact = 0, other = 0;
	bool holds;

	if (left->id == META_FORM_BY_CONTENT || left->id == META_FORM_BY_YEAR) {
		check_form(e, rule);
		return;
	}
	if (left->kind != TERM_META || right->kind != TERM_META ||
		!field_text(e, (enum meta_field)left->id, &a, &fact) ||
		!field_text(e, (enum meta_field)right->id, &b, &other)) {
		e->open++;
	} else {
		if (left->id == META_TITLE_YEAR || left->id == META_PERIOD_YEAR)
			holds = year_in(buf_span(&a)) == year_in(buf_span(&b));
		else
			holds = same_place(buf_span(&a), buf_span(&b));
		e->held += holds;
		if (!holds) {
			size_t from = e->notes.n;
			struct broken *broken = evaluator_break(e, rule, fact);

			broken->other = other + 1;
			buf_printf(&e->notes, "%s%.*s ≠ %s%.*s", words_message(e, field_words[left->id]),
				SPAN_ARG(buf_span(&a)), words_message(e, field_words[right->id]), SPAN_ARG(buf_span(&b)));
			evaluator_say(e, broken, from);
		}
	}
	buf_release(&a);
	buf_release(&b);
}

enum { NAMED_CELLS = 8 };

enum gap { ABSENT, BLANK, UNREAD, GAPS };

struct gaps {
	struct buf names[GAPS];
	unsigned n[GAPS];
};

static void
look_at(struct evaluator *e, struct gaps *g, uint32_t cell)
{
	uint32_t at = e->now.cell[cell];
	const struct fact *f = at ? &e->body->fact[at - 1] : NULL;
	enum gap gap = !f ? ABSENT : f->state == STATE_TEXT ? UNREAD : BLANK;
	struct buf *names = &g->names[gap];

	if (cell == 0 || (f && fact_is_number(f)))
		return;
	if (g->n[gap]++ >= NAMED_CELLS)
		return;
	if (names->n)
		buf_add_str(names, words_message(e, ", "));
	words_cell(names, e->rules, e->rules->cells.form_names.name[e->now.report->form], cell);
}

static void
add_gaps(struct evaluator *e, struct gaps *g, enum gap gap, const char *counted)
{
	if (g->n[gap] == 0)
		return;
	for (enum gap before = ABSENT; before < gap; before++)
		if (g->n[before]) {
			buf_add_str(&e->notes, words_message(e, "; "));
			break;
		}
	buf_printf(&e->notes, words_message(e, counted), g->n[gap]);
	buf_printf(&e->notes, words_message(e, g->n[gap] > NAMED_CELLS ? "%.*s, …" : "%.*s"), (int)g->names[gap].n, g->names[gap].p);
}

void
document_figures(struct evaluator *e, uint32_t rule)
{
	const struct report *r = e->now.report;

	/* Without the fact that opens a report others of it may have been left out, as by grep. */
	if (!r->page[PAGE_REPORT] || r->joins || r->text) {
		e->open++;
	} else if (r->numbers + r->figures > 0) {
		e->held++;
	} else {
		size_t from = e->notes.n;
		struct broken *b = evaluator_break(e, rule, r->page[PAGE_REPORT] - 1);

		buf_add_str(&e->notes, words_message(e, "the report gives no figure: its tables may be in an attachment, an image or a script"));
		evaluator_say(e, b, from);
	}
}

void
document_complete(struct evaluator *e, uint32_t rule)
{
	const struct cells *cells = &e->rules->cells;
	const struct forms *forms = cells->forms;
	const struct report *r = e->now.report;
	struct span form = cells->form_names.name[r->form];
	struct gaps gaps = {.names = {BUF_INIT, BUF_INIT, BUF_INIT}};
	bool any = false, national;

	/* What local tables have is gathered from many places: no one of them has it all. */
	form_fits(&e->editions, r->form, r->year, &national);
	for (size_t i = 0; national && i < forms->nrows; i++) {
		const struct form_row *row = &forms->row[i];
		uint32_t indicator = names_find(&cells->indicators, row->indicator);

		/* A row some province added need not be there. */
		if (!span_eq(row->form, form) || row->table.n == 0 || row->type == ROW_SECTION ||
			row->type == ROW_GROUP || row->type == ROW_EXTENSION)
			continue;
		any = true;
		if (!cells_wide(row)) {
			look_at(e, &gaps, cells_find(cells, indicator, cells->value));
			continue;
		}
		for (size_t k = 0; k < forms->ncolumns; k++)
			if (span_eq(forms->column[k].form, form) && span_eq(forms->column[k].table, row->table))
				look_at(e, &gaps, cells_find(cells, indicator,
							  names_find(&cells->columns, forms->column[k].column)));
	}
	if (!any) {
		e->open++;
	} else if (gaps.n[ABSENT] + gaps.n[BLANK] + gaps.n[UNREAD] == 0) {
		e->held++;
	} else {
		size_t from = e->notes.n;
		struct broken *b = evaluator_break(e, rule, r->page[PAGE_REPORT] ? r->page[PAGE_REPORT] - 1 : r->fact);

		decimal_sum_add(&b->left, (struct decimal){gaps.n[ABSENT] + gaps.n[UNREAD], 0});
		b->left_known = b->right_known = true;
		add_gaps(e, &gaps, ABSENT, "%u cells of the form are not on the page: ");
		add_gaps(e, &gaps, BLANK, "%u cells are blank: ");
		add_gaps(e, &gaps, UNREAD, "%u cells hold no number that can be read: ");
		evaluator_say(e, b, from);
	}
	for (enum gap gap = ABSENT; gap < GAPS; gap++)
		buf_release(&gaps.names[gap]);
}
