#include "prose.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_phrases);

enum {
	MATCH_LIMIT = 20000,
	LONGEST = 1536,     /* bytes of a figure's text: more is no sentence */
	MOST_CONTEXTS = 8,
};

/* A count, one for which several rows may hold at once, and a zero, which may be one of several things. */
enum polarity { COUNT, EACH, ZERO };

/* Rows that say how a clause is to be read; the others say what it counts. */
enum reading { READ_GROWTH, READ_SHARE, READ_RATE, READ_PREVIOUS, READ_SINCE, READ_CURRENT,
	READ_PLAN, READINGS };

static const char *const reading_names[READINGS] = {
	"@growth", "@share", "@rate", "@previous", "@since", "@current", "@plan",
};

struct phrase {
	struct span indicator, column, units, own, context;
	int from, until;
	enum polarity polarity;
	size_t line;
	pcre2_code *code, *context_code; /* compiled when first needed */
	uint32_t seen; /* the clause in which one of its words was met last */
	uint32_t asked, in; /* bits of forms, the first 32: it was asked if they have the row, and they do */
};

/* A word that some phrases need; those with the same first three bytes stand together. */
struct keyword {
	uint32_t first;
	struct span text;
	uint32_t phrase;
};

struct prose {
	const struct form_book *book;
	const struct identity_finder *finder;
	struct table *table;
	struct phrase *phrase;
	size_t nphrases, caps;
	struct keyword *word;
	size_t nwords, words_cap;
	uint32_t *slot; /* by first three bytes: the first keyword, plus 1 */
	uint32_t clause;
	uint32_t candidate[512];
	size_t ncandidates;
	struct phrase *reading[READINGS];
	pcre2_match_data *data;
	pcre2_match_context *context;
	size_t limited;
	struct buf text;
	struct span previous; /* the own clause of the figure before, if on the same line */
	struct span sentence; /* what the last figure's sentence begins with */
	enum scope stated;    /* the scope stated last in it */
};

enum { SLOTS = 4096 };

/* What may stand between the words of a pattern and its number; ~ in a pattern. */
static const char connectors[] =
	"(?:政府|政务|公开|信息|的|总|数量|数目|件数|条数|数|量|共计|共有|共|总计|累计|合计|达到|达|为|有|是|约|近|超过|"
	"各类|了|情况|分别|均|全部|计|申请|案件|事件|稿件|[:，、“”（）()\"])*【";

static uint32_t
first_bytes(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 16 | (uint32_t)u[1] << 8 | u[2];
}

static size_t
slot_of(uint32_t first)
{
	return (first * UINT32_C(2654435761)) >> 20;
}

/* Loading */

static int
read_year(struct span s, int none)
{
	int year = span_year(s);

	return year ? year : none;
}

static int
by_first(const void *a, const void *b)
{
	const struct keyword *x = a, *y = b;

	if (x->first != y->first)
		return x->first > y->first ? 1 : -1;
	return (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

static bool
read_phrase(struct prose *p, const struct table *t, size_t row, const size_t *column)
{
	enum { INDICATOR, COLUMN, FROM, UNTIL, POLARITY, UNITS, KEYS, OWN, CONTEXT };
	struct phrase *ph = &p->phrase[p->nphrases];
	struct span polarity = table_cell(t, row, column[POLARITY]);
	struct span keys = table_cell(t, row, column[KEYS]);

	*ph = (struct phrase){
		.indicator = table_cell(t, row, column[INDICATOR]),
		.column = table_cell(t, row, column[COLUMN]),
		.units = table_cell(t, row, column[UNITS]),
		.own = table_cell(t, row, column[OWN]),
		.context = table_cell(t, row, column[CONTEXT]),
		.from = read_year(table_cell(t, row, column[FROM]), 0),
		.until = read_year(table_cell(t, row, column[UNTIL]), 9999),
		.polarity = span_eq(polarity, SPAN("each")) ? EACH : span_eq(polarity, SPAN("zero")) ? ZERO : COUNT,
		.line = t->line[row],
	};
	if (ph->indicator.n && ph->indicator.p[0] == '@') {
		size_t r = 0;

		while (r < READINGS && !span_eq(ph->indicator, span_str(reading_names[r])))
			r++;
		if (r == READINGS) {
			warn("%s:%zu: '%.*s' is no reading", t->path, ph->line, SPAN_ARG(ph->indicator));
			return false;
		}
		p->reading[r] = ph;
	} else if (!forms_any_row(p->book->forms, ph->indicator)) {
		warn("%s:%zu: '%.*s' is no indicator of any form", t->path, ph->line, SPAN_ARG(ph->indicator));
		return false;
	}
	while (keys.n) {
		struct span key = span_cut(&keys, '|');

		if (key.n < 3) {
			warn("%s:%zu: '%.*s' is too short a keyword", t->path, ph->line, SPAN_ARG(key));
			return false;
		}
		p->word = grow(p->word, p->nwords, &p->words_cap, sizeof *p->word);
		p->word[p->nwords++] = (struct keyword){first_bytes(key.p), key, (uint32_t)p->nphrases};
	}
	p->nphrases++;
	return true;
}

struct prose *
prose_new(const char *dir, const struct form_book *book, const struct identity_finder *finder)
{
	static const char *const names[] = {"indicator", "column", "from", "until", "polarity", "units",
		"keys", "own", "context"};
	size_t column[sizeof names / sizeof *names];
	struct prose *p = xcalloc(1, sizeof *p);

	p->book = book;
	p->finder = finder;
	p->table = table_load(TABLE_SOURCE(forms, phrases), dir);
	if (!p->table) {
		prose_free(p);
		return NULL;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		column[i] = table_column(p->table, names[i]);
	p->phrase = xcalloc(p->table->nrows + 1, sizeof *p->phrase);
	for (size_t i = 0; i < p->table->nrows; i++)
		if (!read_phrase(p, p->table, i, column)) {
			prose_free(p);
			return NULL;
		}
	for (size_t r = 0; r < READINGS; r++)
		if (!p->reading[r]) {
			warn("%s: there is no row '%s'", p->table->path, reading_names[r]);
			prose_free(p);
			return NULL;
		}
	qsort(p->word, p->nwords, sizeof *p->word, by_first);
	p->slot = xcalloc(SLOTS, sizeof *p->slot);
	for (size_t i = 0; i < p->nwords; i++)
		if (i == 0 || p->word[i].first != p->word[i - 1].first) {
			size_t s = slot_of(p->word[i].first);

			while (p->slot[s])
				s = (s + 1) % SLOTS;
			p->slot[s] = (uint32_t)i + 1;
		}
	p->data = pcre2_match_data_create(1, NULL);
	p->context = pcre2_match_context_create(NULL);
	if (!p->data || !p->context)
		die(STATUS_LOST, "out of memory (PCRE2)");
	pcre2_set_match_limit(p->context, MATCH_LIMIT);
	return p;
}

void
prose_free(struct prose *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->nphrases; i++) {
		pcre2_code_free(p->phrase[i].code);
		pcre2_code_free(p->phrase[i].context_code);
	}
	free(p->phrase);
	free(p->word);
	free(p->slot);
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->context);
	table_free(p->table);
	buf_release(&p->text);
	free(p);
}

size_t
prose_limited(const struct prose *p)
{
	return p->limited;
}

/* Matching */

static pcre2_code *
compile(const struct prose *p, const struct phrase *ph, struct span pattern)
{
	struct buf text = BUF_INIT;
	pcre2_code *code;
	PCRE2_SIZE at;
	int error;

	for (size_t i = 0; i < pattern.n; i++)
		if (pattern.p[i] == '~')
			buf_add_str(&text, connectors);
		else
			buf_add_char(&text, pattern.p[i]);
	code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &error, &at,
		NULL);
	buf_release(&text);
	if (!code) {
		PCRE2_UCHAR why[128];

		pcre2_get_error_message(error, why, sizeof why);
		die(STATUS_USAGE, "%s:%zu: %s", p->table->path, ph->line, (const char *)why);
	}
	/* Where there is no JIT the interpreter does it. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

/* True if the pattern is found; *at is where. */
static bool
found(struct prose *p, struct phrase *ph, bool context, struct span text, size_t *at)
{
	pcre2_code **code = context ? &ph->context_code : &ph->code;
	int r;

	if (!*code)
		*code = compile(p, ph, context ? ph->context : ph->own);
	r = pcre2_match(*code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, 0, 0, p->data, p->context);
	if (r < 0) {
		p->limited += r == PCRE2_ERROR_MATCHLIMIT;
		return false;
	}
	if (at)
		*at = pcre2_get_ovector_pointer(p->data)[0];
	return true;
}

static void
add_candidate(struct prose *p, uint32_t phrase)
{
	size_t at = p->ncandidates++;

	for (; at > 0 && p->candidate[at - 1] > phrase; at--)
		p->candidate[at] = p->candidate[at - 1];
	p->candidate[at] = phrase;
}

/* Gathers the phrases one of whose words stands in the clause, in the order of the table. */
static void
gather(struct prose *p, struct span clause)
{
	p->clause++;
	p->ncandidates = 0;
	for (size_t i = 0; i + 3 <= clause.n;) {
		unsigned char c = (unsigned char)clause.p[i];
		uint32_t first;
		size_t s;

		if (c < 0xe0) {
			i++;
			continue;
		}
		first = first_bytes(clause.p + i);
		for (s = slot_of(first); p->slot[s]; s = (s + 1) % SLOTS) {
			size_t w = p->slot[s] - 1;

			if (p->word[w].first != first)
				continue;
			for (; w < p->nwords && p->word[w].first == first; w++) {
				struct phrase *ph = &p->phrase[p->word[w].phrase];

				if (ph->seen == p->clause || p->ncandidates == 512 || !span_starts(
					(struct span){clause.p + i, clause.n - i}, p->word[w].text))
					continue;
				ph->seen = p->clause;
				add_candidate(p, p->word[w].phrase);
			}
			break;
		}
		i += 3;
	}
}

/* True if a reading's words were met in the clause gathered last, and its pattern is found in it. */
static bool
reads(struct prose *p, enum reading r, struct span clause, size_t *at)
{
	return p->reading[r]->seen == p->clause && found(p, p->reading[r], false, clause, at);
}

static bool
has_unit(const struct phrase *ph, struct span unit)
{
	struct span units = ph->units;

	do {
		if (span_eq(span_cut(&units, '|'), unit))
			return true;
	} while (units.p);
	return false;
}

/* The row and column the phrase names, as the page's form has them, or any form does. */
static struct meaning
meaning_of(const struct prose *p, const struct phrase *ph, uint16_t form)
{
	const struct forms *forms = p->book->forms;
	struct span column = ph->column;
	struct meaning m = {NULL, COLUMN_VALUE, (uint16_t)ph->line};

	if (form != NO_FORM)
		m.row = forms_row(forms, p->book->edition[form].name, ph->indicator);
	if (!m.row)
		m.row = forms_any_row(forms, ph->indicator);
	if (!column.n && span_eq(m.row->dimension, SPAN("applicant")))
		column = SPAN("total");
	if (!column.n)
		return m;
	/* A column the row's own form lacks is another's. */
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < forms->ncolumns; i++) {
			const struct form_column *c = &forms->column[i];

			if (!span_eq(c->column, column) || !span_eq(c->table, m.row->table) ||
				(turn == 0 && !span_eq(c->form, m.row->form)))
				continue;
			m.column = (uint16_t)i;
			return m;
		}
	return m;
}

static bool
look_in_form(const struct prose *p, const struct phrase *ph, uint16_t form)
{
	const struct form_row *row;
	struct span name;

	name = p->book->edition[form].name;
	row = forms_row(p->book->forms, name, ph->indicator);
	/* The heading of a group has no value of its own there. */
	return row && row->type != ROW_GROUP && row->type != ROW_SECTION &&
	       (!ph->column.n || forms_column(p->book->forms, name, row->table, ph->column));
}

static bool
in_form(const struct prose *p, struct phrase *ph, uint16_t form)
{
	uint32_t bit;

	if (form == NO_FORM)
		return false;
	if (form >= 32)
		return look_in_form(p, ph, form);
	bit = UINT32_C(1) << form;
	if (!(ph->asked & bit)) {
		ph->asked |= bit;
		ph->in |= look_in_form(p, ph, form) ? bit : 0;
	}
	return (ph->in & bit) != 0;
}

static bool
in_years(const struct phrase *ph, int year)
{
	return year == 0 || (year >= ph->from && year <= ph->until);
}

static size_t
add_meaning(const struct prose *p, const struct phrase *ph, uint16_t form,
	struct meaning meaning[MOST_MEANINGS], size_t n)
{
	struct meaning m = meaning_of(p, ph, form);

	for (size_t i = 0; i < n; i++)
		if (span_eq(meaning[i].row->indicator, m.row->indicator))
			return n;
	if (n < MOST_MEANINGS)
		meaning[n++] = m;
	return n;
}

/*
 * What a clause counts.  Of phrases that say the same in different years that of the page's form is
 * taken, else that of its year.  unit NULL: a share or a growth, of whatever unit.
 */
static size_t
count_of(struct prose *p, struct span clause, struct span context, const struct span *unit, bool zero,
	uint16_t form, int year, struct meaning meaning[MOST_MEANINGS])
{
	struct phrase *best = NULL;
	size_t n = 0;

	for (size_t k = 0; k < p->ncandidates; k++) {
		struct phrase *ph = &p->phrase[p->candidate[k]];
		bool mine = in_form(p, ph, form);

		if (ph->indicator.p[0] == '@' || (unit && !has_unit(ph, *unit)) ||
			(ph->polarity == ZERO && !zero) || (!mine && !in_years(ph, year)) ||
			(ph->polarity == COUNT && best && !(mine && !in_form(p, best, form) &&
				span_eq(ph->own, best->own))))
			continue;
		if (!found(p, ph, false, clause, NULL) ||
			(ph->context.n && !found(p, ph, true, context, NULL) &&
				!(p->previous.n && ph->context.p[0] != '^' &&
					found(p, ph, true, p->previous, NULL))))
			continue;
		if (ph->polarity == COUNT)
			best = ph;
		else if (mine || !n || form == NO_FORM || in_years(ph, year))
			n = add_meaning(p, ph, form, meaning, n);
	}
	if (!n && best)
		n = add_meaning(p, best, form, meaning, n);
	return n;
}

/* The clause's own words, without what marks their place; true if nothing is left that names anything. */
static bool
names_nothing(struct span clause)
{
	for (;;) {
		if (span_starts(clause, SPAN("其中"))) {
			clause.p += 6;
			clause.n -= 6;
		} else if (span_starts(clause, SPAN("，"))) {
			clause.p += 3;
			clause.n -= 3;
		} else if (clause.n && (unsigned char)clause.p[0] < 0x80) {
			clause.p++;
			clause.n--;
		} else {
			return clause.n == 0;
		}
	}
}

static struct span
upto(struct span clause, size_t at)
{
	return (struct span){clause.p, at};
}

static size_t
split_clauses(struct span text, struct span part[MOST_CONTEXTS])
{
	static const char bar[] = "│";
	size_t n = 0;

	for (;;) {
		size_t at = span_find(text, SPAN("│"));

		if (n == MOST_CONTEXTS) {
			memmove(part, part + 1, (n - 1) * sizeof *part);
			n--;
		}
		part[n++] = upto(text, at);
		if (at == text.n)
			return n;
		text.p += at + sizeof bar - 1;
		text.n -= at + sizeof bar - 1;
	}
}

/* The text up to the end of one of its clauses. */
static struct span
through(struct span text, struct span clause)
{
	return (struct span){text.p, (size_t)(clause.p + clause.n - text.p)};
}

size_t
prose_meanings(struct prose *p, struct span text, struct span value, struct span unit, uint16_t form,
	int year, struct meaning meaning[MOST_MEANINGS])
{
	struct span part[MOST_CONTEXTS], own;
	size_t nparts, at = 0, n = 0;
	uint16_t column;

	if (text.n > LONGEST)
		return 0;
	nparts = split_clauses(text, part);
	own = part[nparts - 1];
	gather(p, own);
	if (reads(p, READ_PLAN, own, &at))
		return 0;
	if (reads(p, READ_GROWTH, own, &at)) {
		/* How much more or less is no count, and as a percentage a figure of its own. */
		if (!span_eq(unit, SPAN("%")))
			return 0;
		column = COLUMN_GROWTH;
	} else if (reads(p, READ_SHARE, own, &at) && span_eq(unit, SPAN("%"))) {
		column = COLUMN_PERCENT;
	} else {
		if (span_eq(unit, SPAN("%")) || reads(p, READ_RATE, own, &at))
			return 0;
		return count_of(p, own, through(text, own), &unit, span_eq(value, SPAN("0")), form, year,
			meaning);
	}
	/* Of what?  Its own words say it, or those of the figure before. */
	for (size_t i = nparts; i-- > 0;) {
		struct span subject = i + 1 == nparts ? upto(own, at) : part[i];

		buf_reset(&p->text);
		buf_add_span(&p->text, subject);
		buf_add_str(&p->text, "【");
		gather(p, buf_span(&p->text));
		if (i + 1 < nparts && (reads(p, READ_GROWTH, buf_span(&p->text), &at) ||
			reads(p, READ_SHARE, buf_span(&p->text), &at))) {
			subject.n = at < subject.n ? at : subject.n;
			p->text.n = subject.n;
			buf_add_str(&p->text, "【");
			gather(p, buf_span(&p->text));
		}
		if (names_nothing(subject))
			continue;
		n = count_of(p, buf_span(&p->text), through(text, part[i]), NULL, false, form, year, meaning);
		break;
	}
	/* A share of one kind of applicants is no share of the whole. */
	for (size_t i = 0; i < n; i++) {
		if (meaning[i].column != COLUMN_VALUE && span_eq(meaning[i].row->dimension, SPAN("applicant")) &&
			!span_eq(p->book->forms->column[meaning[i].column].column, SPAN("total")))
			return 0;
		meaning[i].column = column;
	}
	return n;
}

/* The first or last year named in the clause before its number, outside 《》; 0 if there is none. */
static int
year_in(struct span clause, bool last)
{
	int year = 0;
	size_t quoted = 0;

	for (size_t i = 0; i < clause.n;) {
		struct span rest = {clause.p + i, clause.n - i};
		size_t digits = 0;

		if (span_starts(rest, SPAN("【")))
			break;
		if (span_starts(rest, SPAN("《")))
			quoted++;
		else if (span_starts(rest, SPAN("》")) && quoted)
			quoted--;
		while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
			digits++;
		if (digits == 4 && !quoted &&
			span_starts((struct span){rest.p + 4, rest.n - 4}, SPAN("年"))) {
			int y = read_year(upto(rest, 4), 0);

			if (y >= 1990 && y <= 2100 && (last || !year))
				year = y;
		}
		i += digits ? digits : 1;
	}
	return year;
}

/* The period a clause states; *stated is set if it says anything of it, also that it is the report's. */
static uint16_t
period_of(struct prose *p, struct span clause, int year, struct facts *out, bool *stated)
{
	struct buf *text = &p->text;
	int named = year_in(clause, true);
	size_t at;

	gather(p, clause);
	buf_reset(text);
	*stated = true;
	if (reads(p, READ_SINCE, clause, &at)) {
		struct span rest = {clause.p + at, clause.n - at};
		int first = year_in(rest, false);

		/* 自2017年1月1日起: that is the year itself; 累计至2017年底 is not. */
		if (first != year || !first || span_starts(rest, SPAN("累计"))) {
			if (first && year && first != year)
				buf_printf(text, "%d-%d", first, year);
			else
				buf_add_str(text, "cumulative");
			return facts_period(out, buf_span(text));
		}
	}
	if (reads(p, READ_CURRENT, clause, &at))
		return 0;
	if (reads(p, READ_PREVIOUS, clause, &at) && !(named && year && named == year - 1)) {
		if (year)
			buf_printf(text, "%d", year - 1);
		else
			buf_add_str(text, "previous");
		return facts_period(out, buf_span(text));
	}
	if (named && year && named != year) {
		buf_printf(text, "%d", named);
		return facts_period(out, buf_span(text));
	}
	*stated = named != 0;
	return 0;
}

/*
 * The scope the clause states itself.  One that states none behind another scope in the same sentence may
 * be of either: unclear.
 */
static enum scope
scope_of(struct prose *p, const struct span *part, size_t nparts, enum scope report)
{
	enum scope scope = identity_clause_scope(p->finder, part[nparts - 1]);
	bool same = nparts > 1 && span_eq(part[0], p->sentence);

	if (nparts > 1)
		p->sentence = part[0];
	if (scope != SCOPE_NONE)
		p->stated = scope;
	else if (!same)
		p->stated = SCOPE_NONE;
	else if (p->stated != SCOPE_NONE && p->stated != report)
		return SCOPE_UNCLEAR;
	return scope == report ? SCOPE_NONE : scope;
}

static void
read_figure(struct prose *p, const struct page *page, uint32_t at, const struct identity *identity,
	uint16_t form, struct facts *out)
{
	const struct item *item = &page->items[at];
	struct meaning meaning[MOST_MEANINGS];
	struct span part[MOST_CONTEXTS];
	size_t n = prose_meanings(p, item->text, item->value, item->unit, form, identity->year, meaning);
	size_t nparts = item->text.n > LONGEST ? 0 : split_clauses(item->text, part);
	enum scope scope = SCOPE_NONE;
	uint16_t period = 0;
	bool stated = false;

	for (size_t i = nparts; i-- > 0 && !stated && n;)
		period = period_of(p, part[i], identity->year, out, &stated);
	if (nparts)
		scope = scope_of(p, part, nparts, identity->scope);
	/* A part of the territory: what it counts is known, whose it is not. */
	if (scope == SCOPE_UNCLEAR)
		n = 0;
	for (size_t i = 0; i < (n ? n : 1); i++) {
		struct fact *f = facts_add(out, at, ORIGIN_PROSE);

		f->scope = (uint8_t)scope;
		if (!n)
			continue;
		f->row = meaning[i].row;
		f->column = meaning[i].column;
		f->phrase = meaning[i].phrase;
		f->match = MATCH_PATTERN;
		/* A growth names the year it is measured against. */
		if (f->column != COLUMN_GROWTH)
			f->period = period;
		if (f->column != COLUMN_GROWTH && f->column != COLUMN_PERCENT) {
			const struct form_column *c = f->column == COLUMN_VALUE ? NULL
				: &p->book->forms->column[f->column];
			struct span unit = forms_unit(f->row, c);

			if (unit.n)
				facts_set_unit(out, f, item, unit, item->unit);
		}
	}
}

void
prose_read(struct prose *p, const struct page *page, const struct identity *identity, uint16_t form,
	struct facts *out)
{
	uint32_t line = 0;

	p->sentence = SPAN("");
	p->stated = SCOPE_NONE;
	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];
		struct span part[MOST_CONTEXTS];

		if (item->kind != ITEM_FIGURE)
			continue;
		if (item->line != line)
			p->previous = SPAN("");
		line = item->line;
		read_figure(p, page, (uint32_t)i, identity, form, out);
		p->previous = item->text.n > LONGEST ? SPAN("") : part[split_clauses(item->text, part) - 1];
	}
	p->previous = SPAN("");
}
