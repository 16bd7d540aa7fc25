#include "words.h"

#include "message.h"

const char *
words_message(const struct evaluator *e, const char *english)
{
	return e->lang == LANG_ZH ? message(english) : english;
}

/* The core alone says too little where the form prints it twice (总计, 其他). */
static bool
stands_twice(const struct forms *forms, const struct form_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < forms->nrows; i++)
		n += span_eq(forms->row[i].form, row->form) && span_eq(forms->row[i].core, row->core);
	return n > 1;
}

static void
words_row(struct buf *out, const struct forms *forms, const struct form_row *row)
{
	const struct form_row *parent = row->parent.n ? forms_row(forms, row->form, row->parent) : NULL;

	if (parent && stands_twice(forms, row)) {
		buf_add_span(out, parent->core);
		buf_add_str(out, "/");
	}
	buf_add_span(out, row->core.n ? row->core : row->label);
}

void
words_cell(struct buf *out, const struct rules *rules, struct span form, uint32_t cell)
{
	const struct cells *cells = &rules->cells;
	const struct cell *c = &cells->cell[cell];
	const struct form_row *row = rules_row(rules, form, c->indicator);
	const struct form_column *column;

	if (!row)
		return;
	words_row(out, cells->forms, row);
	column = forms_column(cells->forms, row->form, row->table, cells->columns.name[c->column]);
	if (column && cells_wide(row)) {
		buf_add_str(out, "[");
		buf_add_span(out, column->label);
		buf_add_str(out, "]");
	}
}

static void
words_number(struct buf *out, const struct fact *f)
{
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	decimal_sum_add(&sum, f->value);
	decimal_sum_format(sum, out);
}

/* The fact a term speaks of, or NULL. */
static const struct fact *
term_fact(const struct evaluator *e, const struct term *t, uint32_t prose)
{
	uint32_t at = 0;

	if (t->kind == TERM_CELL)
		at = e->now.cell[t->id];
	else if (t->kind == TERM_PREV)
		at = e->before.cell[t->id];
	else if (t->kind == TERM_NARRATIVE)
		at = prose;
	return at ? &e->body->fact[at - 1] : NULL;
}

static void
words_term(struct buf *out, const struct evaluator *e, struct span form, const struct term *t,
	uint32_t prose)
{
	const struct fact *f = term_fact(e, t, prose);

	if (t->kind == TERM_NUMBER) {
		buf_printf(out, "%lld", (long long)t->number);
		return;
	}
	if (t->kind == TERM_PREV)
		buf_add_str(out, words_message(e, "year before: "));
	if (t->kind == TERM_NARRATIVE) {
		const struct form_row *row = rules_row(e->rules, form, t->id);

		buf_add_str(out, words_message(e, "text: "));
		if (row)
			words_row(out, e->rules->cells.forms, row);
	} else {
		words_cell(out, e->rules, form, t->id);
	}
	if (f && fact_is_number(f)) {
		buf_add_str(out, " ");
		words_number(out, f);
	} else {
		buf_add_str(out, words_message(e, " blank"));
	}
}

enum { SHOWN_TERMS = 6 };

/* The terms, of many only those that are not nought, and what they make. */
static void
words_side(struct buf *out, const struct evaluator *e, struct span form, const struct term *t,
	uint32_t n, uint32_t prose, const struct side *side)
{
	uint32_t shown = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct fact *f = term_fact(e, &t[i], prose);

		if (n > SHOWN_TERMS && (!f || !fact_is_number(f) || f->value.digits == 0))
			continue;
		if (shown++ || t[i].sign == '-')
			buf_add_str(out, t[i].sign == '-' ? " - " : " + ");
		words_term(out, e, form, &t[i], prose);
	}
	if (n > 1) {
		if (shown < n) {
			if (shown)
				buf_add_str(out, " + ");
			buf_printf(out, words_message(e, "%u others 0"), n - shown);
		}
		buf_add_str(out, " = ");
		decimal_sum_format(side->sum, out);
	}
}

static const char *
words_op(const struct evaluator *e, enum relation_op op, bool holds)
{
	static const char *const signs[2][3] = {{" ≠ ", " > ", " < "}, {" = ", " ≤ ", " ≥ "}};

	return words_message(e, signs[holds][op]);
}

void
words_broken(struct buf *out, const struct evaluator *e, const struct instance *instance,
	uint32_t prose)
{
	const struct rules *r = e->rules;
	struct span form = r->rule[instance->rule].form;
	struct buf text = BUF_INIT;

	if (e->now.report->form)
		form = r->cells.form_names.name[e->now.report->form];
	for (uint32_t i = 0; i < instance->nrelations; i++) {
		static const char *const joined[] = {"%.*s", "%.*s, but ", "%.*s, "};
		const struct bound_relation *b = &r->relation[instance->relation + i];
		uint32_t more = instance->nrelations - i - 1;
		struct side left, right;

		evaluator_relation(e, b, prose, &left, &right);
		words_side(out, e, form, &r->term[b->left], b->nleft, prose, &left);
		buf_add_str(out, words_op(e, b->op, more > 0));
		buf_reset(&text);
		words_side(&text, e, form, &r->term[b->right], b->nright, prose, &right);
		buf_printf(out, words_message(e, joined[more < 2 ? more : 2]), (int)text.n, text.p);
	}
	buf_release(&text);
}

void
words_twice(struct buf *out, const struct evaluator *e, const struct fact *f, const struct fact *other)
{
	struct span form = e->rules->cells.form_names.name[e->now.report->form];

	buf_add_str(out, words_message(e, "text: "));
	words_cell(out, e->rules, form, f->cell);
	buf_add_str(out, " ");
	words_number(out, f);
	buf_add_str(out, words_message(e, " and "));
	words_number(out, other);
}

void
words_cell_broken(struct buf *out, const struct evaluator *e, uint32_t fact)
{
	const struct fact *f = &e->body->fact[fact];
	const struct report *report = &e->body->report[f->report];

	words_cell(out, e->rules, e->rules->cells.form_names.name[report->form], f->cell);
	buf_add_str(out, " ");
	words_number(out, f);
	buf_add_str(out, words_message(e, f->value.digits < 0 ? " is below 0" : " is no whole number"));
}
