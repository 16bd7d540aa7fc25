/*
 * classify: pieces to facts: which report a page is, and what its numbers count.
 *
 * A page is held until its last piece, for only the whole of it says which report it is and which of
 * several figures is the one; then its facts are written and it is forgotten.
 */
#include <stdlib.h>

#include "buf.h"
#include "facts.h"
#include "filter.h"
#include "form.h"
#include "identity.h"
#include "page.h"
#include "prose.h"
#include "series.h"
#include "sheet.h"
#include "signature.h"

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

enum { MAX_PAGE = 64 * 1024 * 1024 };

/* One column of the output: a fact's, or one that passes through. */
struct output {
	bool through;
	size_t at; /* enum fact_column, or place in page.extra's columns */
};

struct classify {
	struct filter filter;
	size_t max_page;
	bool explain, with_series;

	struct form_book *book;
	struct identity_finder *finder;
	struct sheets *sheets;
	struct prose *prose;
	struct series *series; /* with --series */
	struct page page;
	struct page_plan plan;
	struct facts facts;
	struct identity identity;
	struct output *outputs;
	size_t noutputs;
	struct buf numbers, words, names, comparable, why; /* of the record being written */
	struct span common[FACT_COLUMNS]; /* what all facts of the page share */
	char year[12];
	bool open;      /* a page has begun */
	const char *faulty; /* why the page cannot be worked on; its pieces are passed over */
};

enum { ID_MAX_PAGE = OPTION_OWN, ID_EXPLAIN, ID_SERIES };

static const struct option_spec own_options[] = {
	{ID_EXPLAIN, "explain", NULL, "add a column saying what decided"},
	{ID_SERIES, "series", NULL, "add the columns series and comparable"},
	{ID_MAX_PAGE, "max-page", "SIZE", "reject pages with more bytes of records (64M)"},
};

static bool
set_option(void *context, int id, const char *value)
{
	struct classify *c = context;

	switch (id) {
	case ID_EXPLAIN:
		c->explain = true;
		return true;
	case ID_SERIES:
		c->with_series = true;
		return true;
	case ID_MAX_PAGE:
		if (options_size(value, &c->max_page))
			return true;
		warn("'%s' is no size", value);
		return false;
	}
	return false;
}

static const struct program program = {
	.name = "classify",
	.summary = "Reads pieces, writes facts: which report a page is and what its numbers count.",
	.operands = "[FILE]...",
	.example = "extract page.html | normalize | classify",
	.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
	.options = own_options,
	.noptions = sizeof own_options / sizeof *own_options,
	.set = set_option,
};

/* Columns of the input that classify does not know pass through; one it writes itself is overwritten. */
static void
plan_columns(struct classify *c)
{
	size_t nheader;
	const struct span *header = reader_header(c->filter.in, &nheader);
	bool placed[FACT_COLUMNS] = {false};

	if (!c->explain)
		placed[FACT_EXPLAIN] = true;
	if (!c->with_series)
		placed[FACT_SERIES] = placed[FACT_COMPARABLE] = true;
	c->outputs = xcalloc(nheader + FACT_COLUMNS, sizeof *c->outputs);
	c->plan.extra = xcalloc(nheader, sizeof *c->plan.extra);
	for (size_t i = 0; i < PAGE_COLUMNS; i++)
		c->plan.place[i] = reader_column(c->filter.in, i);
	for (size_t i = 0; i < nheader; i++) {
		bool piece = false;
		size_t k;

		for (k = 0; k < PAGE_COLUMNS; k++)
			piece = piece || c->plan.place[k] == i;
		if (piece)
			continue;
		for (k = 0; k < FACT_COLUMNS && !span_eq(header[i], span_str(fact_names[k])); k++)
			;
		if (k < FACT_COLUMNS && !placed[k]) {
			placed[k] = true;
			c->outputs[c->noutputs++] = (struct output){false, k};
		} else {
			c->outputs[c->noutputs++] = (struct output){true, c->plan.nextra};
			c->plan.extra[c->plan.nextra++] = i;
		}
	}
	for (size_t k = 0; k < FACT_COLUMNS; k++)
		if (!placed[k])
			c->outputs[c->noutputs++] = (struct output){false, k};
}

static void
write_header(struct classify *c)
{
	size_t nheader;
	const struct span *header = reader_header(c->filter.in, &nheader);
	struct writer *w = c->filter.out;

	if (c->filter.options.no_header_out)
		return;
	writer_raw(w, reader_key(c->filter.in));
	for (size_t i = 0; i < c->noutputs; i++) {
		const struct output *o = &c->outputs[i];

		if (i)
			writer_char(w, ',');
		writer_field(w, o->through ? header[c->plan.extra[o->at]] : span_str(fact_names[o->at]));
	}
	writer_char(w, '\n');
}

/* A number as text, good until the next record. */
static struct span
digits(struct classify *c, size_t number)
{
	size_t at = c->numbers.n;

	if (number == 0)
		return SPAN("");
	buf_add_uint(&c->numbers, number);
	return (struct span){c->numbers.p + at, c->numbers.n - at};
}

static void
write_record(struct classify *c, const struct span *field, size_t item)
{
	struct writer *w = c->filter.out;

	writer_raw(w, c->page.key);
	for (size_t i = 0; i < c->noutputs; i++) {
		const struct output *o = &c->outputs[i];

		if (i)
			writer_char(w, ',');
		writer_field(w, o->through ? c->page.extra[item * c->page.nextra + o->at] : field[o->at]);
	}
	writer_end(w);
}

static void
set_common(struct classify *c, struct span form)
{
	const struct identity *id = &c->identity;
	size_t n = 0;

	memset(c->common, 0, sizeof c->common);
	if (id->year > 0 && id->year < 10000)
		for (int t = 1000; t; t /= 10)
			c->year[n++] = (char)('0' + id->year / t % 10);
	c->common[FACT_REGION] = span_str(id->region);
	c->common[FACT_BODY_KIND] = span_str(body_kind_names[id->body_kind]);
	c->common[FACT_BODY] = id->body;
	c->common[FACT_YEAR] = (struct span){c->year, n};
	c->common[FACT_LEVEL] = span_str(level_names[id->level]);
	c->common[FACT_SCOPE] = span_str(scope_names[id->scope]);
	c->common[FACT_FORM] = form;
	c->common[FACT_SOURCE] = c->page.source;
}

/* The facts on the report itself, which stand on the page as a whole. */
static void
write_page_fact(struct classify *c, const char *indicator, struct span label)
{
	struct span field[FACT_COLUMNS];
	bool report = strcmp(indicator, "report") == 0;

	memcpy(field, c->common, sizeof field);
	field[FACT_INDICATOR] = span_str(indicator);
	field[FACT_COLUMN] = SPAN("value");
	field[FACT_ORIGIN] = span_str(origin_names[ORIGIN_PAGE]);
	field[FACT_LABEL] = label;
	if (report) {
		field[FACT_VALUE] = SPAN("1");
		field[FACT_UNIT] = SPAN("份");
		field[FACT_STATE] = SPAN("number");
		field[FACT_ROLE] = span_str(role_names[ROLE_MAIN]);
		field[FACT_EXPLAIN] = c->identity.explain;
	}
	write_record(c, field, 0);
}

static void
write_page_facts(struct classify *c)
{
	const struct identity *id = &c->identity;

	write_page_fact(c, "report", id->title);
	if (id->published.n)
		write_page_fact(c, "report.published", id->published);
	buf_reset(&c->numbers);
	if (id->title_year)
		write_page_fact(c, "report.title_year", digits(c, (size_t)id->title_year));
	buf_reset(&c->numbers);
	if (id->period_year)
		write_page_fact(c, "report.period_year", digits(c, (size_t)id->period_year));
	if (id->filing_unit.n)
		write_page_fact(c, "report.filing_unit", id->filing_unit);
	if (id->publisher.n)
		write_page_fact(c, "report.publisher", id->publisher);
	if (id->candidates.n)
		write_page_fact(c, "report.candidates", id->candidates);
	buf_reset(&c->words);
	signature_of(&c->page, &c->words);
	if (c->words.n)
		write_page_fact(c, "report.signature", buf_span(&c->words));
}

/* The clause of a figure, without the marks that normalize put around its number. */
static struct span
clause_words(struct classify *c, struct span text)
{
	static const char *const marks[] = {"【", "】"};

	for (size_t at; (at = span_find(text, SPAN("│"))) < text.n;) {
		text.p += at + sizeof "│" - 1;
		text.n -= at + sizeof "│" - 1;
	}
	buf_reset(&c->words);
	for (size_t i = 0; i < 2; i++) {
		size_t at = span_find(text, span_str(marks[i]));

		buf_add(&c->words, text.p, at);
		if (at < text.n)
			at += strlen(marks[i]);
		text.p += at;
		text.n -= at;
	}
	buf_add_span(&c->words, text);
	return buf_span(&c->words);
}

/* The words of a label and of the header above its column. */
static struct span
cell_words(struct classify *c, const struct fact *f)
{
	struct span label = f->label == NO_ITEM ? SPAN("") : c->page.items[f->label].text;
	struct span head = f->head == NO_ITEM ? SPAN("") : c->page.items[f->head].text;

	if (!label.n && !head.n && f->row)
		return f->row->label;
	if (!head.n)
		return label;
	if (!label.n)
		return head;
	buf_reset(&c->words);
	buf_add_span(&c->words, label);
	buf_add_str(&c->words, " / ");
	buf_add_span(&c->words, head);
	return buf_span(&c->words);
}

static struct span
label_words(struct classify *c, const struct fact *f)
{
	if (f->origin == ORIGIN_PROSE)
		return clause_words(c, c->page.items[f->item].text);
	return cell_words(c, f);
}

/* A heading that says 0 makes the blank rows below it 0 in a series (三、依申请公开情况 | 0). */
static bool
is_derived(const struct classify *c, const struct fact *f)
{
	const struct form_row *row = f->row;

	if (c->page.items[f->item].state != STATE_BLANK || f->origin != ORIGIN_TABLE)
		return false;
	while (row && row->parent.n) {
		row = forms_row(c->book->forms, row->form, row->parent);
		for (size_t i = 0; row && i < c->facts.n; i++) {
			const struct fact *above = &c->facts.fact[i];

			if (above->row == row && above->role == ROLE_MAIN && above->scope == f->scope &&
				above->origin == ORIGIN_TABLE &&
				span_eq(c->page.items[above->item].value, SPAN("0")))
				return true;
		}
	}
	return false;
}

static void
set_series(struct classify *c, const struct fact *f, struct span field[FACT_COLUMNS])
{
	buf_reset(&c->names);
	buf_reset(&c->comparable);
	if (f->row && f->column != COLUMN_PERCENT && f->column != COLUMN_GROWTH)
		series_find(c->series, field[FACT_FORM], field[FACT_INDICATOR], field[FACT_COLUMN], &c->names,
			&c->comparable);
	field[FACT_SERIES] = buf_span(&c->names);
	field[FACT_COMPARABLE] = c->names.n && is_derived(c, f) ? SPAN("derived")
		: buf_span(&c->comparable);
}

static void
set_explain(struct classify *c, const struct fact *f, struct span field[FACT_COLUMNS])
{
	struct buf *b = &c->why;

	buf_reset(b);
	if (!f->row)
		buf_add_str(b, f->origin == ORIGIN_PROSE ? "no phrase fits" : "no row of the form fits");
	else if (f->phrase)
		buf_printf(b, "phrases.csv line %u", f->phrase);
	else
		buf_printf(b, "%.*s row %u: %.*s", SPAN_ARG(f->row->form), f->row->order,
			SPAN_ARG(f->row->label));
	if (f->row && f->origin == ORIGIN_TABLE && f->grid == GRID_ASSUMED &&
		c->page.items[f->item].grid != GRID_ASSUMED)
		buf_add_str(b, "; not sure, taken from the rows beside it");
	field[FACT_EXPLAIN] = buf_span(b);
}

static void
write_fact(struct classify *c, const struct fact *f)
{
	const struct item *item = &c->page.items[f->item];
	struct span field[FACT_COLUMNS];

	memcpy(field, c->common, sizeof field);
	buf_reset(&c->numbers);
	buf_room(&c->numbers, 128);
	if (f->form != NO_FORM)
		field[FACT_FORM] = c->book->edition[f->form].name;
	if (f->scope)
		field[FACT_SCOPE] = span_str(scope_names[f->scope]);
	else if (f->row && f->row->scope.n)
		field[FACT_SCOPE] = f->row->scope;
	if (f->row) {
		field[FACT_INDICATOR] = f->row->indicator;
		field[FACT_MATCH] = span_str(match_names[f->match]);
	}
	field[FACT_COLUMN] = f->column == COLUMN_VALUE ? SPAN("value") :
		f->column == COLUMN_PERCENT ? SPAN("percent") :
		f->column == COLUMN_GROWTH ? SPAN("growth") : c->book->forms->column[f->column].column;
	if (f->instead == NO_ITEM) {
		field[FACT_VALUE] = item->value;
		field[FACT_UNIT] = item->unit;
		field[FACT_STATE] = span_str(state_names[item->state]);
	} else {
		const struct fact_value *v = &c->facts.value[f->instead];

		field[FACT_VALUE] = v->value;
		field[FACT_UNIT] = v->unit;
		field[FACT_STATE] = span_str(state_names[v->state]);
	}
	field[FACT_ORIGIN] = span_str(origin_names[f->origin]);
	field[FACT_ROLE] = span_str(role_names[f->role]);
	if (f->period)
		field[FACT_PERIOD] = c->facts.period[f->period];
	field[FACT_GRID] = span_str(grid_names[f->grid]);
	field[FACT_TABLE] = digits(c, item->table);
	field[FACT_ROW] = digits(c, item->row);
	field[FACT_COL] = digits(c, item->col);
	field[FACT_LINE] = digits(c, item->line);
	field[FACT_LABEL] = label_words(c, f);
	if (c->series)
		set_series(c, f, field);
	if (c->explain)
		set_explain(c, f, field);
	write_record(c, field, f->item);
}

/* Tables and sentences in the order of the page: the facts of each kind are in order already. */
static void
write_facts(struct classify *c, size_t ntables)
{
	const struct facts *f = &c->facts;
	size_t t = 0, s = ntables;

	while (t < ntables || s < f->n) {
		bool table = s == f->n || (t < ntables && f->fact[t].item < f->fact[s].item);

		write_fact(c, &f->fact[table ? t++ : s++]);
	}
}

static void
reject_page(struct classify *c, const char *why)
{
	struct span *fields = NULL;
	size_t nfields = 0, cap = 0;
	struct buf scratch = BUF_INIT;
	struct record rec = {.line = c->page.line, .key = c->page.key, .number = c->page.number};

	if (!record_split(rec.line, &fields, &nfields, &cap, &scratch)) {
		rec.field = fields;
		rec.nfields = nfields;
	}
	filter_reject(&c->filter, &rec, c->page.source, 0, why);
	free(fields);
	buf_release(&scratch);
}

static void
end_page(struct classify *c)
{
	size_t ntables;
	uint16_t form;
	bool local;

	if (!c->open)
		return;
	c->open = false;
	if (!c->faulty) {
		identity_find(c->finder, &c->page, &c->identity);
		c->faulty = c->identity.reason;
	}
	if (c->faulty) {
		reject_page(c, c->faulty);
		c->faulty = NULL;
	} else {
		form = sheets_read(c->sheets, &c->page, c->identity.year, &c->facts, &local);
		ntables = c->facts.n;
		if (local)
			form = NO_FORM;
		prose_read(c->prose, &c->page, &c->identity, form, &c->facts);
		facts_roles(&c->facts, c->book, &c->page, (uint8_t)c->identity.scope);
		set_common(c, local ? SPAN("local") : form == NO_FORM ? SPAN("prose") : c->book->edition[form].name);
		write_page_facts(c);
		write_facts(c, ntables);
		facts_reset(&c->facts);
		filter_count(&c->filter, "reports", 1);
	}
	page_reset(&c->page);
}

static void
classify(struct classify *c)
{
	struct record rec;
	size_t source = c->plan.place[PAGE_SOURCE], kind_at = c->plan.place[PAGE_KIND];

	while (filter_next(&c->filter, &rec)) {
		enum item_kind kind = page_kind(rec.field[kind_at]);

		if (kind == ITEM_PAGE) {
			end_page(c);
			page_begin(&c->page, &c->plan, &rec);
			c->open = true;
		} else if (!c->open || !span_eq(rec.field[source], c->page.source)) {
			filter_reject(&c->filter, &rec, rec.field[source], 0, "a piece without its page");
			continue;
		}
		if (c->faulty)
			continue;
		if (c->page.size + rec.line.n > c->max_page || c->page.n == UINT32_MAX - 1) {
			c->faulty = "longer than --max-page";
			continue;
		}
		page_add(&c->page, &c->plan, &rec, kind);
	}
	end_page(c);
}

int
main(int argc, char **argv)
{
	struct classify c = {.max_page = MAX_PAGE};

	if (filter_open(&c.filter, &program, argc, argv, &c, NULL)) {
		c.book = form_book_new(c.filter.options.tables);
		c.finder = c.book ? identity_new(c.filter.options.tables, c.explain) : NULL;
		c.prose = c.finder ? prose_new(c.filter.options.tables, c.book, c.finder) : NULL;
		c.series = c.with_series ? series_new(c.filter.options.tables) : NULL;
		if (!c.prose || (c.with_series && !c.series)) {
			filter_note(&c.filter, STATUS_USAGE);
		} else if (filter_read(&c.filter, page_columns, PAGE_COLUMNS)) {
			c.sheets = sheets_new(c.book, c.finder);
			plan_columns(&c);
			write_header(&c);
			classify(&c);
			sheets_free(c.sheets);
		}
	}
	prose_free(c.prose);
	series_free(c.series);
	facts_release(&c.facts);
	page_release(&c.page);
	identity_free(c.finder);
	form_book_free(c.book);
	free(c.outputs);
	free(c.plan.extra);
	buf_release(&c.numbers);
	buf_release(&c.words);
	buf_release(&c.names);
	buf_release(&c.comparable);
	buf_release(&c.why);
	return filter_close(&c.filter);
}
