#include "output.h"

#include <stdlib.h>

#include "buf.h"
#include "series.h"
#include "sheet/halves.h"
#include "sheet/turned.h"
#include "signature.h"
#include "stencil.h"

/* The first five are the same in all facts of a page, and so written as one. */
enum fact_column {
	FACT_REGION, FACT_BODY_KIND, FACT_BODY, FACT_YEAR, FACT_LEVEL, FACT_SCOPE, FACT_FORM,
	FACT_INDICATOR, FACT_COLUMN, FACT_VALUE, FACT_UNIT, FACT_STATE, FACT_ORIGIN, FACT_ROLE,
	FACT_PERIOD, FACT_GRID, FACT_MATCH, FACT_SOURCE, FACT_TABLE, FACT_ROW, FACT_COL, FACT_LINE,
	FACT_LABEL, FACT_SERIES, FACT_COMPARABLE, FACT_EXPLAIN, FACT_COLUMNS
};

static const char *const fact_names[FACT_COLUMNS] = {
	"region", "body_kind", "body", "year", "level", "scope", "form", "indicator", "column", "value",
	"unit", "state", "origin", "role", "period", "grid", "match", "source", "table", "row", "col", "line",
	"label", "series", "comparable", "explain",
};

/* One column of the output: a fact's, or one that passes through. */
struct column_out {
	bool through;
	size_t at; /* enum fact_column, or place in page.extra's columns */
};

struct output {
	const struct filter *filter;
	struct writer *w;
	const struct form_book *book;
	struct series *series;
	struct stencil *stencil;
	bool explain;
	struct column_out *column;
	size_t ncolumns;
	size_t *extra;   /* places in the input of the columns that pass through */
	size_t nextra;
	bool plain;      /* they come first, and nothing is overwritten */
	size_t last;     /* plain: how many fact columns there are */
	/* Names as spans: what facts say of themselves. */
	struct span origin[ORIGINS], role[ROLES], match[MATCHES];

	const struct page *page;
	const struct facts *facts;
	struct span common[FACT_COLUMNS]; /* what all facts of the page share */
	struct span field[FACT_COLUMNS];  /* common, and what write_fact put over it last */
	struct buf prefix;                /* the first five of them as they are written */
	const struct form_row **zero;     /* headings of the page that say 0 */
	size_t nzeros, zeros_cap;
	char year[12], number[64];
	size_t digits;                    /* used of number */
	struct buf words, names, comparable, why;
};

static void
spans_of(const char *const *names, size_t n, struct span *spans)
{
	for (size_t i = 0; i < n; i++)
		spans[i] = span_str(names[i]);
}

struct output *
output_new(const struct filter *f, const struct form_book *book, struct output_options options)
{
	struct output *o = xcalloc(1, sizeof *o);

	o->filter = f;
	o->w = f->out;
	o->book = book;
	o->explain = options.explain;
	if (options.series && !(o->series = series_new(f->options.tables))) {
		output_free(o);
		return NULL;
	}
	spans_of(fact_origins, ORIGINS, o->origin);
	spans_of(fact_roles, ROLES, o->role);
	spans_of(match_names, MATCHES, o->match);
	o->stencil = stencil_new(book->forms);
	return o;
}

void
output_free(struct output *o)
{
	if (!o)
		return;
	series_free(o->series);
	stencil_free(o->stencil);
	free(o->column);
	free(o->extra);
	free(o->zero);
	buf_release(&o->prefix);
	buf_release(&o->words);
	buf_release(&o->names);
	buf_release(&o->comparable);
	buf_release(&o->why);
	free(o);
}

static void
write_header(struct output *o, const struct span *header)
{
	if (o->filter->options.no_header_out)
		return;
	writer_raw(o->w, reader_key(o->filter->in));
	for (size_t i = 0; i < o->ncolumns; i++) {
		const struct column_out *c = &o->column[i];

		if (i)
			writer_char(o->w, ',');
		writer_field(o->w, c->through ? header[o->extra[c->at]] : span_str(fact_names[c->at]));
	}
	writer_char(o->w, '\n');
}

void
output_begin(struct output *o, struct page_plan *plan)
{
	size_t nheader;
	const struct span *header = reader_header(o->filter->in, &nheader);
	bool placed[FACT_COLUMNS] = {false};

	if (!o->explain)
		placed[FACT_EXPLAIN] = true;
	if (!o->series)
		placed[FACT_SERIES] = placed[FACT_COMPARABLE] = true;
	o->plain = o->series || !o->explain;
	o->last = o->explain ? FACT_COLUMNS : o->series ? FACT_EXPLAIN : FACT_SERIES;
	o->column = xcalloc(nheader + FACT_COLUMNS, sizeof *o->column);
	o->extra = xcalloc(nheader, sizeof *o->extra);
	for (size_t i = 0; i < PAGE_COLUMNS; i++)
		plan->place[i] = reader_column(o->filter->in, i);
	for (size_t i = 0; i < nheader; i++) {
		bool piece = false;
		size_t k;

		for (k = 0; k < PAGE_COLUMNS; k++)
			piece = piece || plan->place[k] == i;
		if (piece)
			continue;
		for (k = 0; k < FACT_COLUMNS && !span_eq(header[i], span_str(fact_names[k])); k++)
			;
		if (k < FACT_COLUMNS && !placed[k]) {
			placed[k] = true;
			o->plain = false;
			o->column[o->ncolumns++] = (struct column_out){false, k};
		} else {
			o->column[o->ncolumns++] = (struct column_out){true, o->nextra};
			o->extra[o->nextra++] = i;
		}
	}
	for (size_t k = 0; k < FACT_COLUMNS; k++)
		if (!placed[k])
			o->column[o->ncolumns++] = (struct column_out){false, k};
	plan->extra = o->extra;
	plan->nextra = o->nextra;
	write_header(o, header);
}

/* A number as text, good until the next record; empty for 0. */
static struct span
digits(struct output *o, uint32_t number)
{
	char *end, *p;

	if (number == 0)
		return SPAN("");
	o->digits += 12;
	p = end = o->number + o->digits;
	do
		*--p = (char)('0' + number % 10);
	while (number /= 10);
	return (struct span){p, (size_t)(end - p)};
}

/* The columns that pass through, with the value's own piece, before the fact's own. */
static void
write_extra(struct output *o, size_t item)
{
	const struct span *extra = o->page->extra + item * o->nextra;

	for (size_t i = 0; i < o->nextra; i++) {
		writer_field(o->w, extra[i]);
		writer_char(o->w, ',');
	}
}

/* The fact's own columns in their order. */
static void
write_own(struct output *o, const struct span field[FACT_COLUMNS])
{
	writer_raw(o->w, buf_span(&o->prefix));
	writer_fields(o->w, field + FACT_SCOPE, o->last - FACT_SCOPE);
}

/* All columns, where some are overwritten. */
static void
write_mixed(struct output *o, const struct span field[FACT_COLUMNS], size_t item)
{
	const struct span *extra = o->page->extra + item * o->nextra;

	for (size_t i = 0; i < o->ncolumns; i++) {
		const struct column_out *c = &o->column[i];

		if (i)
			writer_char(o->w, ',');
		writer_field(o->w, c->through ? extra[c->at] : field[c->at]);
	}
}

/* A fact of the page as a whole: unknown columns are those of its first piece. */
static void
write_of_page(struct output *o, const struct span field[FACT_COLUMNS])
{
	writer_raw(o->w, o->page->key);
	if (o->plain) {
		write_extra(o, 0);
		write_own(o, field);
	} else {
		write_mixed(o, field, 0);
	}
	writer_end(o->w);
}

/* What all facts of the page share. */
static void
set_common(struct output *o, const struct identity *id, struct span form)
{
	size_t n = 0;

	for (size_t i = 0; i < FACT_COLUMNS; i++)
		o->common[i] = SPAN("");
	if (id->year > 0 && id->year < 10000)
		for (int t = 1000; t; t /= 10)
			o->year[n++] = (char)('0' + id->year / t % 10);
	o->common[FACT_REGION] = span_str(id->region);
	o->common[FACT_BODY_KIND] = span_str(body_kind_names[id->body_kind]);
	o->common[FACT_BODY] = id->body;
	o->common[FACT_YEAR] = (struct span){o->year, n};
	o->common[FACT_LEVEL] = span_str(level_names[id->level]);
	o->common[FACT_SCOPE] = scope_names[id->scope];
	o->common[FACT_FORM] = form;
	o->common[FACT_SOURCE] = o->page->source;
	buf_reset(&o->prefix);
	/* By identity's promise none of these needs a quote. */
	for (size_t i = FACT_REGION; i < FACT_SCOPE; i++) {
		buf_add_span(&o->prefix, o->common[i]);
		buf_add_char(&o->prefix, ',');
	}
	stencil_page(o->stencil, buf_span(&o->prefix), o->page->source);
	memcpy(o->field, o->common, sizeof o->field);
}

/* The facts on the report itself, which stand on the page as a whole. */
static void
write_page_fact(struct output *o, const char *indicator, struct span label)
{
	struct span field[FACT_COLUMNS];

	memcpy(field, o->common, sizeof field);
	field[FACT_INDICATOR] = span_str(indicator);
	field[FACT_COLUMN] = SPAN("value");
	field[FACT_ORIGIN] = o->origin[ORIGIN_PAGE];
	field[FACT_LABEL] = label;
	write_of_page(o, field);
}

static void
write_report(struct output *o, const struct identity *id)
{
	struct span field[FACT_COLUMNS];

	memcpy(field, o->common, sizeof field);
	field[FACT_INDICATOR] = SPAN("report");
	field[FACT_COLUMN] = SPAN("value");
	field[FACT_VALUE] = SPAN("1");
	field[FACT_UNIT] = id->unit;
	field[FACT_STATE] = state_names[STATE_NUMBER];
	field[FACT_ORIGIN] = o->origin[ORIGIN_PAGE];
	field[FACT_ROLE] = o->role[ROLE_MAIN];
	field[FACT_LABEL] = id->title;
	field[FACT_EXPLAIN] = id->explain;
	write_of_page(o, field);
}

static void
write_page_facts(struct output *o, const struct identity *id)
{
	write_report(o, id);
	o->digits = 0;
	if (id->published.n)
		write_page_fact(o, "report.published", id->published);
	if (id->title_year > 0)
		write_page_fact(o, "report.title_year", digits(o, (uint32_t)id->title_year));
	if (id->period_year > 0)
		write_page_fact(o, "report.period_year", digits(o, (uint32_t)id->period_year));
	if (id->filing_unit.n)
		write_page_fact(o, "report.filing_unit", id->filing_unit);
	if (id->publisher.n)
		write_page_fact(o, "report.publisher", id->publisher);
	if (id->candidates.n)
		write_page_fact(o, "report.candidates", id->candidates);
	buf_reset(&o->words);
	signature_of(o->page, &o->words);
	if (o->words.n)
		write_page_fact(o, "report.signature", buf_span(&o->words));
}

/* The clause of a figure, without the marks that normalize put around its number. */
static struct span
clause_words(struct output *o, struct span text)
{
	static const char *const marks[] = {"【", "】"};

	text = page_clause(text);
	buf_reset(&o->words);
	for (size_t i = 0; i < 2; i++) {
		size_t at = span_find(text, span_str(marks[i]));

		buf_add(&o->words, text.p, at);
		if (at < text.n)
			at += strlen(marks[i]);
		text = span_from(text, at);
	}
	buf_add_span(&o->words, text);
	return buf_span(&o->words);
}

/* Headings whose own number is 0 make the blank rows below them 0 in a series (三、依申请公开情况 | 0). */
static void
find_zeros(struct output *o)
{
	o->nzeros = 0;
	for (size_t i = 0; i < o->facts->n; i++) {
		const struct fact *f = &o->facts->fact[i];

		if (!f->row || f->role != ROLE_MAIN || f->origin != ORIGIN_TABLE ||
			f->row->type == ROW_VALUE || f->row->type == ROW_OF_WHICH ||
			!span_eq(o->page->items[f->item].value, SPAN("0")))
			continue;
		o->zero = grow(o->zero, o->nzeros, &o->zeros_cap, sizeof *o->zero);
		o->zero[o->nzeros++] = f->row;
		/* More than a form has rows: the same again in other scopes and columns. */
		if (o->nzeros == 256)
			return;
	}
}

static bool
is_derived(const struct output *o, const struct fact *f)
{
	const struct form_row *row = f->row;

	if (o->page->items[f->item].state != STATE_BLANK || f->origin != ORIGIN_TABLE || row->dimension.n)
		return false;
	while (row && row->parent.n) {
		row = forms_row(o->book->forms, row->form, row->parent);
		for (size_t i = 0; row && i < o->nzeros; i++)
			if (o->zero[i] == row)
				return true;
	}
	return false;
}

static void
set_series(struct output *o, const struct fact *f, struct span field[FACT_COLUMNS])
{
	buf_reset(&o->names);
	buf_reset(&o->comparable);
	if (f->row && f->column != COLUMN_PERCENT && f->column != COLUMN_GROWTH)
		series_find(o->series, field[FACT_FORM], field[FACT_INDICATOR], field[FACT_COLUMN], &o->names,
			&o->comparable);
	field[FACT_SERIES] = buf_span(&o->names);
	field[FACT_COMPARABLE] = o->names.n && is_derived(o, f) ? SPAN("derived")
		: buf_span(&o->comparable);
}

static void
set_explain(struct output *o, const struct fact *f, struct span field[FACT_COLUMNS])
{
	struct buf *b = &o->why;

	buf_reset(b);
	if (!f->row)
		buf_add_str(b, f->origin == ORIGIN_PROSE ? "no phrase fits" : "no row of the form fits");
	else if (f->phrase)
		buf_printf(b, "phrases.csv line %u", f->phrase);
	else
		buf_printf(b, "%.*s row %u: %.*s", SPAN_ARG(f->row->form), f->row->order,
			SPAN_ARG(f->row->label));
	if (f->row && f->origin == ORIGIN_TABLE && f->grid == GRID_ASSUMED &&
		o->page->items[f->item].grid != GRID_ASSUMED)
		buf_add_str(b, "; not sure, taken from the rows beside it");
	field[FACT_EXPLAIN] = buf_span(b);
}

/* Written where it is read from: a copy would wait for what has just been written. */
static void
line_of(struct output *o, const struct fact *f, struct stencil_line *line)
{
	const struct item *item = &o->page->items[f->item];
	const struct fact_value *instead = f->instead == NO_ITEM ? NULL : &o->facts->value[f->instead];

	*line = (struct stencil_line){
		.row = f->row,
		.scope = f->scope ? scope_names[f->scope]
			: f->row && f->row->scope.n ? f->row->scope : o->common[FACT_SCOPE],
		.form = f->form == NO_FORM ? o->common[FACT_FORM] : o->book->edition[f->form].name,
		.column = f->column,
		.state = instead ? instead->state : item->state,
		.origin = f->origin,
		.role = f->role,
		.grid = f->grid,
		.match = f->row ? f->match : MATCH_NONE,
		.value = instead ? instead->value : item->value,
		.unit = f->unit.p ? f->unit : item->unit,
		.period = f->period ? o->facts->period[f->period] : SPAN(""),
		.table = halves_table(item),
		.row_at = turned_row(item),
		.col = turned_col(item),
		.line = item->line,
		.label = SPAN(""),
		.head = SPAN(""),
	};

	if (f->origin == ORIGIN_PROSE) {
		line->label = clause_words(o, item->text);
		return;
	}
	/* The words of the label and of the header above the column. */
	if (f->label != NO_ITEM)
		line->label = o->page->items[f->label].text;
	if (f->head != NO_ITEM)
		line->head = o->page->items[f->head].text;
	if (!line->label.n && !line->head.n && f->row)
		line->label = f->row->label;
}

static void
write_fact(struct output *o, const struct fact *f)
{
	struct stencil_line line;
	struct span *field = o->field;

	line_of(o, f, &line);

	writer_raw(o->w, o->page->key);
	if (o->plain) {
		write_extra(o, f->item);
		if (o->last == FACT_SERIES && stencil_write(o->stencil, o->w, &line)) {
			writer_end(o->w);
			return;
		}
	}
	o->digits = 0;
	field[FACT_SCOPE] = line.scope;
	field[FACT_FORM] = line.form;
	field[FACT_INDICATOR] = f->row ? f->row->indicator : SPAN("");
	field[FACT_COLUMN] = f->column == COLUMN_VALUE ? SPAN("value") :
		f->column == COLUMN_PERCENT ? SPAN("percent") :
		f->column == COLUMN_GROWTH ? SPAN("growth") : o->book->forms->column[f->column].column;
	field[FACT_VALUE] = line.value;
	field[FACT_UNIT] = line.unit;
	field[FACT_STATE] = state_names[line.state];
	field[FACT_ORIGIN] = o->origin[line.origin];
	field[FACT_ROLE] = o->role[line.role];
	field[FACT_PERIOD] = line.period;
	field[FACT_GRID] = grid_names[line.grid];
	field[FACT_MATCH] = o->match[line.match];
	field[FACT_TABLE] = digits(o, line.table);
	field[FACT_ROW] = digits(o, line.row_at);
	field[FACT_COL] = digits(o, line.col);
	field[FACT_LINE] = digits(o, line.line);
	field[FACT_LABEL] = line.label.n ? line.label : line.head;
	if (line.label.n && line.head.n) {
		buf_reset(&o->words);
		buf_add_span(&o->words, line.label);
		buf_add_str(&o->words, " / ");
		buf_add_span(&o->words, line.head);
		field[FACT_LABEL] = buf_span(&o->words);
	}
	if (o->series)
		set_series(o, f, field);
	if (o->explain)
		set_explain(o, f, field);
	if (o->plain)
		write_own(o, field);
	else
		write_mixed(o, field, f->item);
	writer_end(o->w);
}

void
output_page(struct output *o, const struct page *page, const struct identity *identity,
	struct span form, const struct facts *facts, size_t ntables)
{
	size_t t = 0, s = ntables;

	o->page = page;
	o->facts = facts;
	set_common(o, identity, form);
	write_page_facts(o, identity);
	if (o->series)
		find_zeros(o);
	/* The facts of each kind are in order already. */
	while (t < ntables || s < facts->n) {
		bool table = s == facts->n || (t < ntables && facts->fact[t].item < facts->fact[s].item);

		write_fact(o, &facts->fact[table ? t++ : s++]);
	}
}
