#include "finder.h"

#include "form/form.h"

enum { REMAINDER = 36 }; /* bytes beside the year, of a line that says little else */

/* The number of at most `most` digits at *at, moved over; -1 if there is none, or more. */
static int
number_at(struct span text, size_t *at, size_t most)
{
	size_t n = 0;
	int value = 0;

	for (; span_is_digit(text, *at + n); n++)
		if (n < most)
			value = value * 10 + (text.p[*at + n] - '0');
	if (n == 0 || n > most)
		return -1;
	*at += n;
	return value;
}

/* Behind what joins two dates. */
static size_t
skip_joins(const struct identity_finder *f, struct span text, size_t at)
{
	size_t n;

	while ((n = context_length(&f->lexicon->context, CONTEXT_RANGE, text, at)) > 0)
		at += n;
	return at;
}

/* The last month of the span that begins with `first`: 1月—6月, 1月1日至2016年6月30日; 0 if none does. */
static int
last_month(const struct identity_finder *f, struct span text, const struct year_token *first)
{
	size_t at = skip_joins(f, text, first->end);
	struct year_scan scan = year_scan_start(&f->lexicon->years, span_from(text, at), false);
	struct year_token second;
	int month;

	if (first->month == 0 || at == first->end)
		return 0;
	if (year_scan_next(&scan, &second) && second.start == 0)
		return second.month;
	month = number_at(text, &at, 2);
	return month >= 1 && month <= 12 && span_at(text, at, SPAN("月")) ? month : 0;
}

/* The year, or part of one, that the line names; nothing of a line that names two, or has another subject. */
static void
read_time(const struct identity_finder *f, const struct line *line, struct caption *out)
{
	static const uint32_t own =
		1u << ROLE_DISCLOSURE | 1u << ROLE_REPORT | 1u << ROLE_SECTION | 1u << ROLE_PART;
	struct year_scan scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
	struct year_token t;
	int year = 0;
	size_t rest = line->text.n;
	bool part = false, spans = false, several = false;

	while (year_scan_next(&scan, &t)) {
		int last = spans ? 0 : last_month(f, line->text, &t);

		rest -= t.end - t.start;
		/* A date alone is that of filing. */
		if (t.month ? !last : !t.named && !t.whole)
			continue;
		several |= year && year != t.year;
		year = t.year;
		spans = last > 0;
		part |= spans && (t.month > 1 || last < 12);
	}
	if (several || (!(line->roles & own) && rest > REMAINDER))
		return;
	out->year = year;
	out->part = part || (has_role(line, ROLE_PART) && (year || has_role(line, ROLE_REPORT)));
}

/* The year that a short line names by the report's, 上年度情况 or 本年度情况, behind a numbering; 0 if it names none so. */
static int
relative_year(const struct identity_finder *f, const struct line *line, int year)
{
	const struct context *context = &f->lexicon->context;
	struct buf keys = BUF_INIT;
	struct span key;

	if (!year || line->text.n > REMAINDER)
		return 0;
	key = label_read(f->lexicon->labels, line->text, &keys).key;
	if (context_length(context, CONTEXT_LAST_YEAR, key, 0))
		year--;
	else if (!context_length(context, CONTEXT_THIS_YEAR, key, 0))
		year = 0;
	buf_release(&keys);
	return year;
}

/* Whether the line may be a report's title, not a table's. */
static bool
is_title(const struct identity_finder *f, const struct line *line)
{
	return has_role(line, ROLE_DISCLOSURE) && has_role(line, ROLE_REPORT) &&
	       !context_within(&f->lexicon->context, CONTEXT_SHEET, line->text);
}

/* Whether the body is the one that the page is of. */
static bool
is_of_page(const struct subject *s, const struct identity *of)
{
	if (s->kind == BODY_GOVERNMENT && of->body_kind == BODY_GOVERNMENT)
		return !s->placed || contains_span(of->body, s->place);
	return s->kind == of->body_kind &&
	       (contains_span(of->body, s->own) || contains_span(s->text, of->body));
}

static enum scope
scope_of(const struct subject *s, const struct identity *of)
{
	if (is_of_page(s, of))
		return SCOPE_NONE;
	if (s->kind == BODY_OFFICE && of->body_kind == BODY_GOVERNMENT)
		return SCOPE_OWN;
	if (s->kind == BODY_GOVERNMENT && of->body_kind == BODY_OFFICE)
		return SCOPE_REGION;
	return SCOPE_UNCLEAR;
}

/* The body that the line names: behind a label, in a title, or with nothing else beside it. */
static void
read_body(struct identity_finder *f, const struct page *page, struct line line, const struct identity *of,
	struct caption *out)
{
	struct subject s = {.found = false};
	struct buf key = BUF_INIT;
	enum scope words = identity_clause_scope(f, line.text);

	for (size_t i = 0; i < line.nhits && !s.found; i++)
		if (is_role(f, hit_of(f, &line, i), ROLE_FILING))
			subject_of_value(f, lines_label_value(f, page, &line, i), line.item, &s);
	if (!s.found && has_role(&line, ROLE_DISCLOSURE) && has_role(&line, ROLE_REPORT)) {
		subject_heading(f, &line, true, &s);
		out->title = is_title(f, &line) && (out->year || s.found);
		if (out->title && out->year == of->title_year)
			out->year = 0;
	}
	if (!s.found && words == SCOPE_NONE && line.text.n <= LINK_BYTES) {
		struct span name = label_read(f->lexicon->labels, line.text, &key).key;

		subject_of_value(f, name, line.item, &s);
		s.found = s.found && s.known && (s.kind != BODY_GOVERNMENT || s.placed) && s.text.n == name.n;
	} else {
		s.found = s.found && s.known;
	}
	out->names = s.found || words != SCOPE_NONE;
	out->scope = (uint8_t)(words != SCOPE_NONE ? (words == of->scope ? SCOPE_NONE : words)
		     : s.found ? scope_of(&s, of) : SCOPE_NONE);
	buf_release(&key);
}

void
identity_header_time(struct identity_finder *f, const struct page *page, size_t item, struct caption *out)
{
	struct span text = page->items[item].text;
	struct held before;
	struct line line;

	*out = (struct caption){.year = 0};
	if (text.n == 0 || text.n > HEADING_BYTES)
		return;
	before = lines_hold(f, item, text, &line);
	read_time(f, &line, out);
	out->part |= has_role(&line, ROLE_PART);
	lines_drop(f, before);
}

bool
identity_caption(struct identity_finder *f, const struct page *page, size_t item,
	const struct identity *of, bool bodies, struct caption *out)
{
	struct span text = page->items[item].text;
	struct held before;
	struct line line;
	bool said;

	*out = (struct caption){.year = 0};
	if (text.n == 0 || text.n > HEADING_BYTES)
		return false;
	before = lines_hold(f, item, text, &line);
	said = !line.sentence && !is_link(&line);
	if (said && (bodies || !is_title(f, &line)))
		read_time(f, &line, out);
	if (said && !out->year && !out->part)
		out->year = relative_year(f, &line, of->year);
	if (said && bodies)
		read_body(f, page, line, of, out);
	lines_drop(f, before);
	return out->year || out->part || out->names || out->title;
}
