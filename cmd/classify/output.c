#include "output.h"

#include <stdlib.h>

#include "buf.h"
#include "series.h"
#include "signature.h"

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

static const char *const origin_names[ORIGINS] = {"table", "prose", "page"};
static const char *const role_names[ROLES] = {"", "main", "second"};

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
	bool explain;
	struct column_out *column;
	size_t ncolumns;
	size_t *extra;   /* places in the input of the columns that pass through */
	size_t nextra;
	bool plain;      /* they come first, and nothing is overwritten */
	bool clean;      /* no name of the forms needs quotes */
	size_t longest;  /* bytes of all names in a fact, at most */
	size_t last;     /* plain: how many fact columns there are */
	/* Names as spans: what facts say of themselves. */
	struct span origin[ORIGINS], role[ROLES], grid[GRIDS], state[STATES], match[MATCHES], scope[SCOPES];

	const struct page *page;
	const struct facts *facts;
	struct span common[FACT_COLUMNS]; /* what all facts of the page share */
	struct span field[FACT_COLUMNS];  /* common, and what write_fact put over it last */
	struct buf prefix;                /* the first five of them as they are written */
	bool clean_source;                /* the page's source needs no quotes */
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

static bool
is_clean(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return false;
	return true;
}

/* Notes a name of the tables that facts are written with. */
static size_t
note_name(struct output *o, struct span name, size_t longest)
{
	o->clean = o->clean && is_clean(name);
	return name.n > longest ? name.n : longest;
}

static void
note_names(struct output *o)
{
	/* None is shorter than those that are no names of the tables: report.period_year, percent … */
	size_t indicator = 32, column = 32, form = 32, scope = 32;
	const struct forms *forms = o->book->forms;

	o->clean = true;
	for (size_t i = 0; i < forms->nrows; i++) {
		indicator = note_name(o, forms->row[i].indicator, indicator);
		scope = note_name(o, forms->row[i].scope, scope);
	}
	for (size_t i = 0; i < forms->ncolumns; i++)
		column = note_name(o, forms->column[i].column, column);
	for (size_t i = 0; i < o->book->neditions; i++)
		form = note_name(o, o->book->edition[i].name, form);
	o->longest = indicator + column + form + scope;
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
	spans_of(origin_names, ORIGINS, o->origin);
	spans_of(role_names, ROLES, o->role);
	spans_of(grid_names, GRIDS, o->grid);
	spans_of(state_names, STATES, o->state);
	spans_of(match_names, MATCHES, o->match);
	spans_of(scope_names, SCOPES, o->scope);
	note_names(o);
	return o;
}

void
output_free(struct output *o)
{
	if (!o)
		return;
	series_free(o->series);
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

/* The bytes to where there is room for them; most are few, and not worth a call. */
static inline char *
put(char *at, struct span s)
{
	if (s.n > 32) {
		memcpy(at, s.p, s.n);
	} else if (s.n >= 16) {
		memcpy(at, s.p, 16);
		memcpy(at + s.n - 16, s.p + s.n - 16, 16);
	} else if (s.n >= 8) {
		memcpy(at, s.p, 8);
		memcpy(at + s.n - 8, s.p + s.n - 8, 8);
	} else if (s.n >= 4) {
		memcpy(at, s.p, 4);
		memcpy(at + s.n - 4, s.p + s.n - 4, 4);
	} else if (s.n) {
		at[0] = s.p[0];
		at[s.n / 2] = s.p[s.n / 2];
		at[s.n - 1] = s.p[s.n - 1];
	}
	return at + s.n;
}

static inline char *
put_fields(char *at, const struct span *field, enum fact_column from, enum fact_column to)
{
	for (enum fact_column i = from; i <= to; i++) {
		at = put(at, field[i]);
		*at++ = ',';
	}
	return at;
}

static inline void
write_field(struct writer *w, struct span text)
{
	if (text.n)
		writer_field(w, text);
	writer_char(w, ',');
}

/* The fact's own columns in their order.  Names need no quotes: they were looked at once. */
static void
write_clean(struct output *o, const struct span field[FACT_COLUMNS])
{
	enum { NAMES = 64, NUMBERS = 64 }; /* bytes of states, roles … and of numbers, at most */
	struct writer *w = o->w;

	writer_room(w, o->prefix.n + o->longest + NAMES);
	w->at = put(w->at, buf_span(&o->prefix));
	w->at = put_fields(w->at, field, FACT_SCOPE, FACT_COLUMN);
	write_field(w, field[FACT_VALUE]);
	write_field(w, field[FACT_UNIT]);
	writer_room(w, NAMES);
	w->at = put_fields(w->at, field, FACT_STATE, FACT_ROLE);
	write_field(w, field[FACT_PERIOD]);
	writer_room(w, NAMES + NUMBERS + field[FACT_SOURCE].n);
	w->at = put_fields(w->at, field, FACT_GRID, FACT_MATCH);
	if (o->clean_source) {
		w->at = put_fields(w->at, field, FACT_SOURCE, FACT_SOURCE);
	} else {
		write_field(w, field[FACT_SOURCE]);
		writer_room(w, NUMBERS);
	}
	w->at = put_fields(w->at, field, FACT_TABLE, FACT_LINE);
	writer_field(w, field[FACT_LABEL]);
	for (size_t i = FACT_LABEL + 1; i < o->last; i++) {
		writer_char(w, ',');
		writer_field(w, field[i]);
	}
}

static void
write_record(struct output *o, const struct span field[FACT_COLUMNS], size_t item)
{
	const struct span *extra = o->page->extra + item * o->nextra;
	struct writer *w = o->w;

	writer_raw(w, o->page->key);
	if (o->plain) {
		for (size_t i = 0; i < o->nextra; i++) {
			writer_field(w, extra[i]);
			writer_char(w, ',');
		}
		if (o->clean) {
			write_clean(o, field);
		} else {
			writer_raw(w, buf_span(&o->prefix));
			writer_fields(w, field + FACT_SCOPE, o->last - FACT_SCOPE);
		}
	} else {
		for (size_t i = 0; i < o->ncolumns; i++) {
			const struct column_out *c = &o->column[i];

			if (i)
				writer_char(w, ',');
			writer_field(w, c->through ? extra[c->at] : field[c->at]);
		}
	}
	writer_end(w);
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
	o->common[FACT_SCOPE] = o->scope[id->scope];
	o->common[FACT_FORM] = form;
	o->common[FACT_SOURCE] = o->page->source;
	o->clean_source = is_clean(o->page->source);
	buf_reset(&o->prefix);
	/* By identity's promise none of these needs a quote. */
	for (size_t i = FACT_REGION; i < FACT_SCOPE; i++) {
		buf_add_span(&o->prefix, o->common[i]);
		buf_add_char(&o->prefix, ',');
	}
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
	write_record(o, field, 0);
}

static void
write_report(struct output *o, const struct identity *id)
{
	struct span field[FACT_COLUMNS];

	memcpy(field, o->common, sizeof field);
	field[FACT_INDICATOR] = SPAN("report");
	field[FACT_COLUMN] = SPAN("value");
	field[FACT_VALUE] = SPAN("1");
	field[FACT_UNIT] = SPAN("份");
	field[FACT_STATE] = o->state[STATE_NUMBER];
	field[FACT_ORIGIN] = o->origin[ORIGIN_PAGE];
	field[FACT_ROLE] = o->role[ROLE_MAIN];
	field[FACT_LABEL] = id->title;
	field[FACT_EXPLAIN] = id->explain;
	write_record(o, field, 0);
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

	for (size_t at; (at = span_find(text, SPAN("│"))) < text.n;) {
		text.p += at + sizeof "│" - 1;
		text.n -= at + sizeof "│" - 1;
	}
	buf_reset(&o->words);
	for (size_t i = 0; i < 2; i++) {
		size_t at = span_find(text, span_str(marks[i]));

		buf_add(&o->words, text.p, at);
		if (at < text.n)
			at += strlen(marks[i]);
		text.p += at;
		text.n -= at;
	}
	buf_add_span(&o->words, text);
	return buf_span(&o->words);
}

/* The words of a label and of the header above its column. */
static struct span
cell_words(struct output *o, const struct fact *f)
{
	struct span label = f->label == NO_ITEM ? SPAN("") : o->page->items[f->label].text;
	struct span head = f->head == NO_ITEM ? SPAN("") : o->page->items[f->head].text;

	if (!label.n && !head.n && f->row)
		return f->row->label;
	if (!head.n)
		return label;
	if (!label.n)
		return head;
	buf_reset(&o->words);
	buf_add_span(&o->words, label);
	buf_add_str(&o->words, " / ");
	buf_add_span(&o->words, head);
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

static void
write_fact(struct output *o, const struct fact *f)
{
	const struct item *item = &o->page->items[f->item];
	const struct fact_value *instead = f->instead == NO_ITEM ? NULL : &o->facts->value[f->instead];
	struct span *field = o->field;

	o->digits = 0;
	field[FACT_SCOPE] = f->scope ? o->scope[f->scope]
		: f->row && f->row->scope.n ? f->row->scope : o->common[FACT_SCOPE];
	field[FACT_FORM] = f->form == NO_FORM ? o->common[FACT_FORM] : o->book->edition[f->form].name;
	field[FACT_INDICATOR] = f->row ? f->row->indicator : SPAN("");
	field[FACT_COLUMN] = f->column == COLUMN_VALUE ? SPAN("value") :
		f->column == COLUMN_PERCENT ? SPAN("percent") :
		f->column == COLUMN_GROWTH ? SPAN("growth") : o->book->forms->column[f->column].column;
	field[FACT_VALUE] = instead ? instead->value : item->value;
	field[FACT_UNIT] = f->unit.p ? f->unit : item->unit;
	field[FACT_STATE] = o->state[instead ? instead->state : item->state];
	field[FACT_ORIGIN] = o->origin[f->origin];
	field[FACT_ROLE] = o->role[f->role];
	field[FACT_PERIOD] = f->period ? o->facts->period[f->period] : SPAN("");
	field[FACT_GRID] = o->grid[f->grid];
	field[FACT_MATCH] = f->row ? o->match[f->match] : SPAN("");
	field[FACT_TABLE] = digits(o, item->table);
	field[FACT_ROW] = digits(o, item->row);
	field[FACT_COL] = digits(o, item->col);
	field[FACT_LINE] = digits(o, item->line);
	field[FACT_LABEL] = f->origin == ORIGIN_PROSE ? clause_words(o, item->text) : cell_words(o, f);
	if (o->series)
		set_series(o, f, field);
	if (o->explain)
		set_explain(o, f, field);
	write_record(o, field, f->item);
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
