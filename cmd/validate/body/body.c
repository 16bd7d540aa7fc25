#include "body.h"

#include <stdlib.h>

const struct column fact_columns[FACT_COLUMNS] = {
	[COL_REGION] = {"region", "classify", false},
	[COL_BODY_KIND] = {"body_kind", "classify", false},
	[COL_BODY] = {"body", "classify", false},
	[COL_YEAR] = {"year", "classify", false},
	[COL_FORM] = {"form", "classify", false},
	[COL_INDICATOR] = {"indicator", "classify", false},
	[COL_COLUMN] = {"column", "classify", false},
	[COL_VALUE] = {"value", "classify", false},
	[COL_STATE] = {"state", "classify", false},
	[COL_SCOPE] = {"scope", "classify", true},
	[COL_UNIT] = {"unit", "classify", true},
	[COL_ORIGIN] = {"origin", "classify", true},
	[COL_ROLE] = {"role", "classify", true},
	[COL_PERIOD] = {"period", "classify", true},
	[COL_GRID] = {"grid", "classify", true},
	[COL_SOURCE] = {"source", "classify", true},
	[COL_TABLE] = {"table", "classify", true},
	[COL_ROW] = {"row", "classify", true},
	[COL_COL] = {"col", "classify", true},
	[COL_LINE] = {"line", "classify", true},
	[COL_LABEL] = {"label", "classify", true},
	[COL_CAPTURED] = {"captured", "extract", true},
};

void
body_init_columns(struct body *b, const struct cells *cells)
{
	*b = (struct body){.cells = cells, .report_mask = 15};
	for (size_t i = 0; i < FACT_COLUMNS; i++)
		b->place[i] = i;
	b->report_slot = xcalloc(b->report_mask + 1, sizeof *b->report_slot);
}

void
body_init(struct body *b, const struct cells *cells, const struct reader *in)
{
	body_init_columns(b, cells);
	for (size_t i = 0; i < FACT_COLUMNS; i++)
		b->place[i] = reader_column(in, i);
}

void
body_release(struct body *b)
{
	buf_release(&b->text);
	buf_release(&b->key);
	buf_release(&b->scratch);
	buf_release(&b->last_source);
	free(b->fact);
	free(b->prose);
	free(b->report);
	free(b->failure);
	free(b->order);
	free(b->report_slot);
	free(b->fields);
}

void
body_reset(struct body *b)
{
	body_drop(b);
	buf_reset(&b->key);
}

void
body_drop(struct body *b)
{
	buf_reset(&b->text);
	b->nfacts = b->nfailures = b->nprose = 0;
	if (b->nreports)
		memset(b->report_slot, 0, (b->report_mask + 1) * sizeof *b->report_slot);
	b->nreports = 0;
}

bool
body_holds(const struct body *b, const struct record *rec)
{
	struct span region = rec->field[b->place[COL_REGION]];
	struct span kind = rec->field[b->place[COL_BODY_KIND]];
	struct span name = rec->field[b->place[COL_BODY]], held, place;
	const char *key = b->key.p;

	if (b->key.n == 0 || region.n != b->key_part[0] || kind.n != b->key_part[1] ||
		memcmp(key, region.p, region.n) != 0 || memcmp(key + region.n + 1, kind.p, kind.n) != 0)
		return false;
	held = span_of(key + region.n + kind.n + 2, b->key.n - region.n - kind.n - 2);
	if (span_eq(name, held))
		return true;
	if (!b->governments || region.n == 0 || !span_eq(kind, SPAN("government")))
		return false;
	place = governments_place(b->governments, name);
	return place.n > 0 && span_eq(place, governments_place(b->governments, held));
}

static uint64_t
report_hash(int year, struct span source)
{
	return span_hash(source) ^ (uint64_t)year * UINT64_C(0xff51afd7ed558ccd);
}

static void
report_enter(struct body *b, uint32_t place, uint64_t hash)
{
	while (b->report_slot[hash & b->report_mask])
		hash++;
	b->report_slot[hash & b->report_mask] = place + 1;
}

/* The spans of the source of a report's first fact and of its year, from the held line. */
static void
report_key(struct body *b, const struct report *r, struct span *source, int *year)
{
	*source = body_field(b, &b->fact[r->fact], COL_SOURCE);
	*year = r->year;
}

static bool
is_report_fact(const struct body *b, const struct span *field)
{
	return span_eq(field[b->place[COL_INDICATOR]], SPAN("report"));
}

/* Room for another report among the slots. */
static void
report_room(struct body *b)
{
	uint32_t *old = b->report_slot;
	size_t n = b->report_mask + 1;

	if (2 * (b->nreports + 1) <= b->report_mask)
		return;
	b->report_mask = b->report_mask * 2 + 1;
	b->report_slot = xcalloc(b->report_mask + 1, sizeof *b->report_slot);
	for (size_t i = 0; i < n; i++) {
		struct span s;
		int y;

		if (!old[i])
			continue;
		report_key(b, &b->report[old[i] - 1], &s, &y);
		report_enter(b, old[i] - 1, report_hash(y, s));
	}
	free(old);
}

/*
 * A page that came twice is two reports: the fact `report` opens each.  Only the first of a source and year has a slot: it
 * alone may lack that fact, and were all of ten thousand gone through for each of them, that would take minutes.
 */
static uint32_t
find_report(struct body *b, int year, struct span source, bool opens)
{
	bool again = false;
	uint64_t hash;

	if (opens && b->nreports && b->report[b->last].page[PAGE_REPORT] == 0)
		opens = false;
	if (!opens && b->nreports && b->report[b->last].year == year && span_eq(source, buf_span(&b->last_source)))
		return b->last;
	buf_reset(&b->last_source);
	buf_add_span(&b->last_source, source);
	hash = report_hash(year, source);
	for (uint64_t i = hash; b->report_slot[i & b->report_mask]; i++) {
		uint32_t place = b->report_slot[i & b->report_mask] - 1;
		struct span s;
		int y;

		report_key(b, &b->report[place], &s, &y);
		if (y != year || !span_eq(s, source))
			continue;
		if (!(opens && b->report[place].page[PAGE_REPORT]))
			return b->last = place;
		again = true;
		break;
	}
	report_room(b);
	b->report = grow(b->report, b->nreports, &b->reports_cap, sizeof *b->report);
	b->report[b->nreports] = (struct report){.fact = (uint32_t)b->nfacts, .year = year};
	if (!again)
		report_enter(b, (uint32_t)b->nreports, hash);
	return b->last = (uint32_t)b->nreports++;
}

/* Without a state a value is taken for a number; with one that nobody knows it is none. */
static enum state
parse_state(struct span s, bool has_value)
{
	enum state state = state_named(s);

	if (s.n == 0)
		return has_value ? STATE_NUMBER : STATE_BLANK;
	return state == STATE_NONE ? STATE_TEXT : state;
}

static enum fact_role
parse_role(struct span s)
{
	return SPAN_IS(s, "main") ? ROLE_MAIN
	       : SPAN_IS(s, "second") ? ROLE_SECOND
	       : SPAN_IS(s, "duplicate") ? ROLE_DUPLICATE : ROLE_OTHER;
}

static enum fact_scope
parse_scope(struct span s)
{
	switch (scope_named(s)) {
	case SCOPE_REGION:
		return FACT_SCOPE_REGION;
	case SCOPE_TIER:
		return FACT_SCOPE_TIER;
	case SCOPE_OWN:
		return FACT_SCOPE_OWN;
	default:
		return FACT_SCOPE_OTHER;
	}
}

/* Without an origin a fact is one of a table. */
static enum fact_origin
parse_origin(struct span s)
{
	return s.n == 0 || SPAN_IS(s, "table") ? ORIGIN_TABLE : SPAN_IS(s, "prose") ? ORIGIN_PROSE : ORIGIN_PAGE;
}

/* Most values are a few digits. */
static enum decimal_fault
parse_value(struct span s, struct decimal *d)
{
	int64_t n = 0;

	if (s.n == 0 || s.n > 18)
		return decimal_parse(s, d);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return decimal_parse(s, d);
		n = n * 10 + s.p[i] - '0';
	}
	*d = DECIMAL_INT(n);
	return DECIMAL_GOOD;
}

static void
note_page_fact(struct report *r, struct span indicator, size_t fact)
{
	static const char *const names[PAGE_FACTS] = {"report", "report.published", "report.title_year",
		"report.period_year", "report.filing_unit", "report.publisher"};

	for (size_t i = 0; i < PAGE_FACTS; i++)
		if (r->page[i] == 0 && span_eq(indicator, span_str(names[i])))
			r->page[i] = (uint32_t)fact + 1;
}

static uint32_t
add_prose(struct body *b, const struct record *rec, size_t line)
{
	struct span label = body_of(b, rec->field, COL_LABEL), unit = body_of(b, rec->field, COL_UNIT);
	bool inside = label.n && label.p >= rec->line.p && label.p < rec->line.p + rec->line.n;

	b->prose = grow(b->prose, b->nprose, &b->prose_cap, sizeof *b->prose);
	b->prose[b->nprose] = (struct prose_fact){
		.line = (uint32_t)span_hash(body_of(b, rec->field, COL_LINE)),
		.unit = (uint32_t)span_hash(unit),
		.percent = span_eq(unit, SPAN("%")),
		.label = inside ? line + (size_t)(label.p - rec->line.p) : 0,
		.nlabel = inside || label.n == 0 ? label.n : SIZE_MAX,
	};
	return (uint32_t)b->nprose++;
}

/* Whose the facts are, by the first of them. */
static void
name_body(struct body *b, const struct span *field)
{
	struct span region = field[b->place[COL_REGION]], kind = field[b->place[COL_BODY_KIND]];

	buf_add_span(&b->key, region);
	buf_add_char(&b->key, '\n');
	buf_add_span(&b->key, kind);
	buf_add_char(&b->key, '\n');
	buf_add_span(&b->key, field[b->place[COL_BODY]]);
	b->key_part[0] = region.n;
	b->key_part[1] = kind.n;
}

/* Counts a fact of the report; whatever its role: what became a duplicate counts as before, so that the choice is the same again. */
static void
count_fact(struct report *r, const struct fact *f)
{
	if (f->origin == ORIGIN_PAGE || !fact_is_number(f) || !f->indicator || f->flags & FACT_PERIOD)
		return;
	r->numbers += f->origin == ORIGIN_TABLE;
	r->figures += f->origin == ORIGIN_PROSE;
	r->unclear += f->scope == FACT_SCOPE_OTHER;
}

const char *
body_add(struct body *b, const struct record *rec)
{
	const struct cells *cells = b->cells;
	const struct span *field = rec->field;
	struct span source = body_of(b, field, COL_SOURCE), value = field[b->place[COL_VALUE]];
	enum grid grid = grid_named(body_of(b, field, COL_GRID));
	int year = span_year(field[b->place[COL_YEAR]]);
	uint32_t column = names_find(&cells->columns, field[b->place[COL_COLUMN]]);
	struct fact f = {.at = b->text.n + rec->key.n, .length = (uint32_t)rec->line.n,
		.key = (uint32_t)rec->key.n};
	struct report *r;

	if (b->key.n == 0)
		name_body(b, field);
	f.state = (uint8_t)parse_state(field[b->place[COL_STATE]], value.n > 0);
	if (fact_is_number(&f)) {
		enum decimal_fault fault = parse_value(value, &f.value);

		if (fault != DECIMAL_GOOD && field[b->place[COL_STATE]].n)
			return decimal_why(fault);
		if (fault != DECIMAL_GOOD)
			f.state = STATE_TEXT;
	}
	f.report = find_report(b, year, source, is_report_fact(b, field));
	f.indicator = names_find(&cells->indicators, field[b->place[COL_INDICATOR]]);
	f.cell = cells_find(cells, f.indicator, column);
	f.rate = column == 0 ? RATE_NONE : column == cells->percent ? RATE_PERCENT : column == cells->growth ? RATE_GROWTH : RATE_NONE;
	f.origin = (uint8_t)parse_origin(body_of(b, field, COL_ORIGIN));
	f.role = (uint8_t)parse_role(body_of(b, field, COL_ROLE));
	f.scope = (uint8_t)parse_scope(body_of(b, field, COL_SCOPE));
	if (body_of(b, field, COL_PERIOD).n)
		f.flags |= FACT_PERIOD;
	if (grid == GRID_HTML || grid == GRID_ROWS || grid == GRID_PROVED)
		f.flags |= FACT_GRID;
	r = &b->report[f.report];
	if (r->n++ == 0)
		r->form = names_find(&cells->form_names, field[b->place[COL_FORM]]);
	count_fact(r, &f);
	if (f.origin == ORIGIN_PROSE)
		f.prose = add_prose(b, rec, f.at);
	else if (f.origin == ORIGIN_PAGE)
		note_page_fact(r, field[b->place[COL_INDICATOR]], b->nfacts);
	b->fact = grow(b->fact, b->nfacts, &b->facts_cap, sizeof *b->fact);
	b->fact[b->nfacts++] = f;
	buf_add_span(&b->text, rec->key);
	buf_add_span(&b->text, rec->line);
	return NULL;
}

void
body_close(struct body *b)
{
	uint32_t first = 0;

	if (b->order_cap < b->nfacts) {
		b->order_cap = b->facts_cap;
		b->order = xreallocarray(b->order, b->order_cap, sizeof *b->order);
	}
	for (size_t i = 0; i < b->nreports; i++) {
		b->report[i].first = first;
		first += b->report[i].n;
		b->report[i].n = 0;
	}
	for (size_t i = 0; i < b->nfacts; i++) {
		struct report *r = &b->report[b->fact[i].report];

		b->order[r->first + r->n++] = (uint32_t)i;
	}
}

const struct span *
body_fields(struct body *b, const struct fact *f, size_t *n)
{
	record_split(body_line(b, f), &b->fields, &b->nfields, &b->fields_cap, &b->scratch);
	*n = b->nfields;
	return b->fields;
}

struct span
body_field(struct body *b, const struct fact *f, enum fact_column column)
{
	size_t n;
	const struct span *field;

	if (b->place[column] == NO_COLUMN)
		return (struct span){NULL, 0};
	field = body_fields(b, f, &n);
	return field[b->place[column]];
}

void
body_fail(struct body *b, struct fact *f, uint32_t rule)
{
	if (f->failed && b->failure[f->failed - 1].rule == rule)
		return;
	b->failure = grow(b->failure, b->nfailures, &b->failures_cap, sizeof *b->failure);
	b->failure[b->nfailures++] = (struct failure){rule, f->failed};
	f->failed = (uint32_t)b->nfailures;
}
