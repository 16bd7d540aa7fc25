#include "prose.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_phrases);

enum {
	MATCH_LIMIT = 20000,
	SELDOM = 4,         /* matches */
	LONGEST = 1536,     /* bytes of a figure's text: more is no sentence */
	MOST_CONTEXTS = 8,
	MOST_CANDIDATES = 512,
	MOST_DEPTH = 4,     /* of classes in classes */
	MOST_SAID = 16,     /* figures remembered of a sentence */
};

/* A count, one for which several rows may hold at once, and a zero, which may be one of several things. */
enum polarity { COUNT, EACH, ZERO };

/* Rows that say how a clause is to be read; the others say what it counts. */
enum reading { READ_GROWTH, READ_SHARE, READ_RATE, READ_PREVIOUS, READ_SINCE, READ_CURRENT,
	READ_PLAN, READ_LEVEL, READ_BARE, READ_SAME, READ_TOTAL, READ_NEW, READ_THERE,
	READ_FROM, READ_AGAINST, READ_SUM, READ_WHOLE, READ_YIELDS, READ_THIS, READ_PART,
	READINGS };

static const char *const reading_names[READINGS] = {
	"@growth", "@share", "@rate", "@previous", "@since", "@current", "@plan", "@level", "@bare", "@same",
	"@total", "@new", "@there", "@from", "@against",
	"@sum", "@whole", "@yields", "@this", "@part",
};

/* Compiled when it is first needed, and to the machine's code when it is often. */
struct pattern {
	pcre2_code *code;
	uint32_t used;
	bool fast;
};

struct phrase {
	struct span indicator, column, units, own, context;
	enum { GOVERNING, NEAR, STORY, SENTENCE } where; /* the context is looked for */
	int from, until;
	enum polarity polarity;
	size_t line;
	struct pattern pattern, context_pattern; /* of own and context */
	uint32_t seen;      /* the clause in which one of its words was met last */
	uint8_t groups, met; /* bits: of the groups of its words all must be met; those that were */
	uint32_t asked, in; /* bits of forms, the first 32: it was asked if they have the row, and they do */
};

/* A word that some phrases need; those with the same first three bytes stand together. */
struct keyword {
	uint32_t first, second; /* three bytes each; second 0: it is too short for them */
	struct span text;
	uint32_t phrase;
	uint8_t group; /* a bit */
};

/* A figure of the sentence at hand, and what it counts. */
struct said {
	const struct form_row *row;
	uint16_t column, period;
	uint8_t scope;
	uint32_t fact;
	struct span clause, value;
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
	struct span item, gathered; /* the figure's text; what of it gather saw last, if it was of it */
	uint32_t candidate[MOST_CANDIDATES];
	size_t ncandidates;
	struct phrase *reading[READINGS];
	bool no_jit; /* there is none here */
	pcre2_match_data *data;
	pcre2_match_context *context;
	size_t limited;
	struct buf text, plain, pair;
	struct buf story; /* the clauses of this sentence's figures, to this one */
	struct buf last; /* the clause that named what was counted last in this sentence */
	struct span previous; /* the own clause of the figure before, if on the same line */
	/*
	 * 其中2017年受理5件, of the report's year: what governs it and those after it, which are of that year, too,
	 * or, where they are more, of the years of the whole, the last figure said.
	 */
	struct span opened, opened_value;
	bool opened_whole;
	uint32_t opened_of;
	bool sum; /* the last figure counts all of what the sentence takes apart */
	struct said said[MOST_SAID]; /* the last ones, of the same sentence */
	size_t nsaid;
	struct span sentence; /* the first words that govern the last figure, or it itself */
	enum scope stated;    /* the scope stated last in it */
	bool several;         /* and another was before */
};

enum { SLOTS = 4096 };

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
	if (span_starts(ph->context, SPAN("^^"))) {
		ph->where = SENTENCE;
		ph->context.p++;
		ph->context.n--;
	}
	while (ph->where < STORY && span_starts(ph->context, SPAN("<"))) {
		ph->where++;
		ph->context.p++;
		ph->context.n--;
	}
	if (ph->indicator.n && ph->indicator.p[0] == '{') {
		/* Words for patterns, none itself. */
	} else if (ph->indicator.n && ph->indicator.p[0] == '@') {
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
	for (unsigned group = 1; keys.n && group < 1u << 8; group <<= 1) {
		struct span words = span_cut(&keys, '&');

		ph->groups |= (uint8_t)group;
		while (words.n) {
			struct span key = span_cut(&words, '|');

			if (key.n < 3) {
				warn("%s:%zu: '%.*s' is too short a keyword", t->path, ph->line, SPAN_ARG(key));
				return false;
			}
			p->word = grow(p->word, p->nwords, &p->words_cap, sizeof *p->word);
			p->word[p->nwords++] = (struct keyword){first_bytes(key.p),
				key.n < 6 ? 0 : first_bytes(key.p + 3), key, (uint32_t)p->nphrases,
				(uint8_t)group};
		}
	}
	p->nphrases++;
	return true;
}

/* The row that holds the words named {so}; NULL if there is none. */
static const struct phrase *
class_named(const struct prose *p, struct span name)
{
	for (size_t i = 0; i < p->nphrases; i++)
		if (span_eq(p->phrase[i].indicator, name))
			return &p->phrase[i];
	return NULL;
}

/* {so}, if a name stands at the start of s; repetitions ({0,8}) are none. */
static struct span
class_at(struct span s)
{
	size_t end = s.n > 1 && s.p[0] == '{' && s.p[1] >= 'a' && s.p[1] <= 'z' ? span_find(s, SPAN("}")) : s.n;

	return (struct span){s.p, end < s.n ? end + 1 : 0};
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
	for (size_t i = 0; i < p->nphrases; i++) {
		struct phrase *ph = &p->phrase[i];
		const struct phrase *class = class_at(ph->units).n ? class_named(p, ph->units) : NULL;

		if (class)
			ph->units = class->own;
		else if (class_at(ph->units).n) {
			warn("%s:%zu: there are no units %.*s", p->table->path, ph->line, SPAN_ARG(ph->units));
			prose_free(p);
			return NULL;
		}
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
		pcre2_code_free(p->phrase[i].pattern.code);
		pcre2_code_free(p->phrase[i].context_pattern.code);
	}
	free(p->phrase);
	free(p->word);
	free(p->slot);
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->context);
	table_free(p->table);
	buf_release(&p->text);
	buf_release(&p->plain);
	buf_release(&p->pair);
	buf_release(&p->last);
	buf_release(&p->story);
	free(p);
}

size_t
prose_limited(const struct prose *p)
{
	return p->limited;
}

/* Matching */

/* Writes a pattern with ~ and classes written out. */
static void
expand(const struct prose *p, const struct phrase *ph, struct span pattern, int depth, struct buf *text)
{
	for (size_t i = 0; i < pattern.n; i++) {
		struct span name = class_at((struct span){pattern.p + i, pattern.n - i});
		const struct phrase *class;

		if (pattern.p[i] == '~') {
			expand(p, ph, SPAN("{link}*【"), depth + 1, text);
			continue;
		}
		if (!name.n) {
			buf_add_char(text, pattern.p[i]);
			continue;
		}
		class = class_named(p, name);
		if (!class || depth > MOST_DEPTH)
			die(STATUS_USAGE, "%s:%zu: there are no words %.*s", p->table->path, ph->line,
				SPAN_ARG(name));
		buf_add_str(text, "(?:");
		expand(p, class, class->own, depth + 1, text);
		buf_add_char(text, ')');
		i += name.n - 1;
	}
}

static pcre2_code *
compile(struct prose *p, const struct phrase *ph, struct span pattern)
{
	struct buf text = BUF_INIT;
	pcre2_code *code;
	PCRE2_SIZE at;
	int error;

	expand(p, ph, pattern, 0, &text);
	code = pcre2_compile((PCRE2_SPTR)text.p, text.n, PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &error, &at,
		NULL);
	buf_release(&text);
	if (!code) {
		PCRE2_UCHAR why[128];

		pcre2_get_error_message(error, why, sizeof why);
		die(STATUS_USAGE, "%s:%zu: %s", p->table->path, ph->line, (const char *)why);
	}
	return code;
}

/* The machine's code takes as long to make as some dozens of matches without it. */
static void
hasten(struct prose *p, struct pattern *pattern)
{
	if (pattern->fast || p->no_jit)
		return;
	pattern->fast = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
	p->no_jit = !pattern->fast;
}

static int
match(struct prose *p, const struct pattern *pattern, struct span text)
{
	return (pattern->fast ? pcre2_jit_match : pcre2_match)(pattern->code,
		(PCRE2_SPTR)(text.n ? text.p : ""), text.n, 0, 0, p->data, p->context);
}

/* True if the pattern is found; *at is where. */
static bool
found(struct prose *p, struct phrase *ph, bool context, struct span text, size_t *at)
{
	struct pattern *pattern = context ? &ph->context_pattern : &ph->pattern;
	int r;

	if (!pattern->code)
		pattern->code = compile(p, ph, context ? ph->context : ph->own);
	if (++pattern->used == SELDOM)
		hasten(p, pattern);
	r = match(p, pattern, text);
	/* Each way counts towards the limit as it matches: what is given up is given up by both. */
	if (r == PCRE2_ERROR_MATCHLIMIT && !pattern->fast) {
		hasten(p, pattern);
		r = match(p, pattern, text);
	}
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
	if (clause.n && clause.p == p->gathered.p && clause.n == p->gathered.n)
		return;
	/* What stands in a figure's text stays as it is, buffers do not. */
	p->gathered = clause.p >= p->item.p && clause.p < p->item.p + p->item.n ? clause : SPAN("");
	p->clause++;
	p->ncandidates = 0;
	for (size_t i = 0; i + 3 <= clause.n;) {
		unsigned char c = (unsigned char)clause.p[i];
		uint32_t first, second;
		size_t s;

		if (c < 0xe0) {
			i++;
			continue;
		}
		first = first_bytes(clause.p + i);
		second = clause.n - i < 6 ? 0 : first_bytes(clause.p + i + 3);
		for (s = slot_of(first); p->slot[s]; s = (s + 1) % SLOTS) {
			size_t w = p->slot[s] - 1;

			if (p->word[w].first != first)
				continue;
			for (; w < p->nwords && p->word[w].first == first; w++) {
				struct phrase *ph = &p->phrase[p->word[w].phrase];

				if (p->word[w].second && p->word[w].second != second)
					continue;
				if ((ph->seen == p->clause && ph->met & p->word[w].group) ||
					p->ncandidates == MOST_CANDIDATES ||
					!span_starts((struct span){clause.p + i, clause.n - i}, p->word[w].text))
					continue;
				ph->met = (ph->seen == p->clause ? ph->met : 0) | p->word[w].group;
				ph->seen = p->clause;
				if (ph->met == ph->groups && ph->indicator.p[0] != '@')
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
	return p->reading[r]->seen == p->clause && p->reading[r]->met == p->reading[r]->groups &&
	       found(p, p->reading[r], false, clause, at);
}

static bool
reads_in(struct prose *p, enum reading r, struct span clause)
{
	gather(p, clause);
	return reads(p, r, clause, NULL);
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

/* The context is found in the clause with those that govern it, or in that of the figure before. */
static bool
in_context(struct prose *p, struct phrase *ph, struct span context)
{
	size_t before = ph->where == SENTENCE ? span_find(context, SPAN("。│")) : context.n;

	if (before < context.n) {
		context.p += before + sizeof "。│" - 1;
		context.n -= before + sizeof "。│" - 1;
	}
	if (ph->where == STORY)
		return found(p, ph, true, p->story.n ? buf_span(&p->story) : context, NULL);
	if (ph->where != NEAR && found(p, ph, true, context, NULL))
		return true;
	return p->previous.n && ph->context.p[0] != '^' && found(p, ph, true, p->previous, NULL);
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

		if ((unit && !has_unit(ph, *unit)) ||
			(ph->polarity == ZERO && !zero) || (!mine && !in_years(ph, year)) ||
			(ph->polarity == COUNT && best && !(mine && !in_form(p, best, form) &&
				span_eq(ph->own, best->own))))
			continue;
		if (!found(p, ph, false, clause, NULL) ||
			(ph->context.n && !in_context(p, ph, context)))
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

/* The text without what stands in brackets, unless that is where the number is. */
static struct span
without_brackets(struct prose *p, struct span text)
{
	size_t open = text.n;

	if (!text.n || !memchr(text.p, '(', text.n))
		return text;
	buf_reset(&p->plain);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		buf_add_char(&p->plain, c);
		if (c == '(')
			open = p->plain.n - 1;
		else if (c == ')' && open != text.n)
			p->plain.n = open;
		else if ((unsigned char)c != 0xe3 && (unsigned char)c != 0xe2)
			continue;
		if (c == ')' || span_starts((struct span){text.p + i, text.n - i}, SPAN("【")) ||
			span_starts((struct span){text.p + i, text.n - i}, SPAN("│")))
			open = text.n;
	}
	return buf_span(&p->plain);
}

/* A clause as the subject of another: without its number, what it grew by or its share, and then a 【. */
static struct span
as_subject(struct prose *p, struct span clause)
{
	size_t at = span_find(clause, SPAN("【")), end = span_find(clause, SPAN("】"));

	buf_reset(&p->text);
	if (at < clause.n) {
		gather(p, clause);
		if (!reads(p, READ_GROWTH, clause, &at) && end < clause.n) {
			buf_add_span(&p->text, upto(clause, at));
			clause.p += end + sizeof "】" - 1;
			clause.n -= end + sizeof "】" - 1;
			at = clause.n;
		}
		buf_add_span(&p->text, upto(clause, at));
		buf_add_str(&p->text, "【");
		return buf_span(&p->text);
	}
	if (span_ends(clause, SPAN("。")))
		clause.n -= 3;
	buf_add_span(&p->text, clause);
	buf_add_str(&p->text, "【");
	gather(p, buf_span(&p->text));
	if (reads(p, READ_GROWTH, buf_span(&p->text), &at) || reads(p, READ_SHARE, buf_span(&p->text), &at)) {
		p->text.n = at < clause.n ? at : clause.n;
		buf_add_str(&p->text, "【");
	}
	return buf_span(&p->text);
}

/* What a clause counts that begins with its number (有3件不予公开): as if the number stood at its end. */
static size_t
turned(struct prose *p, struct span text, struct span own, struct span unit, bool zero, uint16_t form, int year,
	struct meaning meaning[MOST_MEANINGS])
{
	size_t at = span_find(own, SPAN("【")), end = span_find(own, SPAN("】")) + sizeof "】" - 1;

	if (end >= own.n || (zero && !unit.n) || !reads(p, READ_THERE, own, NULL))
		return 0;
	buf_reset(&p->pair);
	buf_add_span(&p->pair, upto(own, at));
	buf_add(&p->pair, own.p + end, own.n - end);
	buf_add(&p->pair, own.p + at, end - at);
	gather(p, buf_span(&p->pair));
	return count_of(p, buf_span(&p->pair), through(text, own), &unit, zero, form, year, meaning);
}

static void
remember(struct prose *p, struct span clause)
{
	buf_reset(&p->last);
	buf_add_span(&p->last, clause);
}

/* True if the words are those of the figure counted last, or of the sentence before. */
static bool
is_last(const struct prose *p, struct span words)
{
	struct span last = buf_span(&p->last);

	return span_ends(words, SPAN("。")) ||
	       (last.n && span_starts(words, upto(last, span_find(last, SPAN("【")))));
}

/*
 * What a clause counts that names nothing but a time (今年36件): the same as the one that governs it, or,
 * where it goes on from a number (增至36件), as the figure before.
 */
static size_t
carried(struct prose *p, struct span text, const struct span *part, size_t nparts, struct span unit,
	bool zero, uint16_t form, int year, struct meaning meaning[MOST_MEANINGS])
{
	struct span own = part[nparts - 1], from, subject;
	size_t n = 0;

	p->sum = false;
	if (reads(p, READ_LEVEL, own, NULL)) {
		/* 复议、诉讼分别增加5件和3件，达到19件: of which? */
		if (span_find(p->previous, SPAN("分别")) < p->previous.n)
			return 0;
		from = p->last.n ? buf_span(&p->last) : p->previous;
	} else if (nparts > 1 && (reads(p, READ_SUM, own, NULL) || reads(p, READ_BARE, own, NULL)))
		from = part[nparts - 2];
	else
		return 0;
	/* 网站公开64条，微信公开596条，去年为3条: what was a year ago is of the last. */
	if (!from.n || (reads(p, READ_PREVIOUS, own, NULL) && !is_last(p, from)))
		return 0;
	subject = as_subject(p, from);
	p->sum = reads_in(p, READ_SUM, own);
	buf_reset(&p->pair);
	buf_add_span(&p->pair, subject);
	buf_add_str(&p->pair, "│");
	buf_add_span(&p->pair, own);
	gather(p, buf_span(&p->pair));
	if (reads(p, READ_SAME, buf_span(&p->pair), NULL)) {
		gather(p, subject);
		n = count_of(p, subject, through(text, part[nparts - 1]), &unit, zero, form, year, meaning);
	}
	if (n && from.p != p->last.p)
		remember(p, from);
	return n;
}

/* 申请较去年增加8件，增长22.9%: of what has grown just before. */
static size_t
grown_of(struct prose *p, struct span text, struct span own, uint16_t form, int year,
	struct meaning meaning[MOST_MEANINGS])
{
	struct span subject;

	if (!p->previous.n || !names_nothing(own) || !reads_in(p, READ_GROWTH, p->previous))
		return 0;
	subject = as_subject(p, p->previous);
	if (names_nothing(upto(subject, subject.n - 3)))
		return 0;
	gather(p, subject);
	return count_of(p, subject, text, NULL, false, form, year, meaning);
}

size_t
prose_meanings(struct prose *p, struct span text, struct span value, struct span unit, uint16_t form,
	int year, struct meaning meaning[MOST_MEANINGS])
{
	struct span part[MOST_CONTEXTS], own;
	size_t nparts, at = 0, n = 0;
	bool zero = span_eq(value, SPAN("0"));
	uint16_t column;

	if (text.n > LONGEST)
		return 0;
	text = without_brackets(p, text);
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
		n = count_of(p, own, through(text, own), &unit, zero, form, year, meaning);
		if (n) {
			remember(p, own);
			return n;
		}
		n = turned(p, text, own, unit, zero, form, year, meaning);
		if (n) {
			remember(p, buf_span(&p->pair));
			return n;
		}
		gather(p, own);
		n = carried(p, text, part, nparts, unit, zero, form, year, meaning);
		if (!n)
			buf_reset(&p->last);
		return n;
	}
	n = grown_of(p, text, upto(own, at), form, year, meaning);
	/* Of what?  Its own words say it, or those of the figure before. */
	for (size_t i = nparts; i-- > 0 && !n;) {
		struct span subject = as_subject(p, i + 1 == nparts ? upto(own, at) : part[i]);
		bool bare;

		if (names_nothing(upto(subject, subject.n - 3)))
			continue;
		gather(p, subject);
		bare = reads(p, READ_BARE, subject, NULL);
		n = count_of(p, subject, through(text, part[i]), NULL, false, form, year, meaning);
		if (!n && bare && p->last.n) {
			subject = as_subject(p, buf_span(&p->last));
			gather(p, subject);
			n = count_of(p, subject, through(text, part[i]), NULL, false, form, year, meaning);
		}
		if (n || !bare)
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

/* 较2016年, 由2016年的, 是2016年的: the year of another number, unless the number behind it is that of this year. */
static bool
compared_with(struct span clause, size_t at)
{
	enum { COMPARING = 6 };
	static const struct span words[] = {{"较", 3}, {"比", 3}, {"与", 3}, {"同", 3}, {"和", 3}, {"跟", 3},
		{"由", 3}, {"从", 3}, {"是", 3}};
	struct span rest = {clause.p + at + 7, clause.n - at - 7};

	if (span_starts(rest, SPAN("度"))) {
		rest.p += 3;
		rest.n -= 3;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (at >= 3 && memcmp(clause.p + at - 3, words[i].p, 3) == 0)
			return !span_starts(rest, SPAN("的【")) && (i < COMPARING || span_starts(rest, SPAN("的")));
	return false;
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

			if (y >= 1990 && y <= 2100 && (last || !year) && !compared_with(clause, i))
				year = y;
		}
		i += digits ? digits : 1;
	}
	return year;
}

/* 2017年 or 自2017年 at the start of s. */
static bool
begins_with_year(struct span s)
{
	if (span_starts(s, SPAN("自")) || span_starts(s, SPAN("从"))) {
		s.p += 3;
		s.n -= 3;
	}
	return s.n > 3 && s.p[0] >= '1' && s.p[0] <= '2' && s.p[3] >= '0' && s.p[3] <= '9';
}

/* True if it is right before its number (2013年【54件】, 由2021年的【71%】) and ends no span of years. */
static bool
year_is_its_own(struct span clause)
{
	static const struct span from[] = {{"由", 3}, {"从", 3}}, marks[] = {{"、", 3}, {"，", 3}, {":", 1}};
	struct span words = upto(clause, span_find(clause, SPAN("【")));
	bool of = span_ends(words, SPAN("年的"));

	if (of)
		words.n -= 3;
	if (words.n < 7 || !span_ends(words, SPAN("年")) ||
		!read_year((struct span){words.p + words.n - 7, 4}, 0))
		return false;
	words.n -= 7;
	for (size_t i = 0; of && i < 2; i++)
		if (span_ends(words, from[i]))
			return true;
	for (size_t i = 0; !of && i < 3; i++)
		if (span_ends(words, marks[i]))
			return true;
	return !of && words.n == 0;
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
	if (reads(p, READ_SINCE, clause, &at) && !year_is_its_own(clause)) {
		struct span rest = {clause.p + at, clause.n - at};
		int first = year_in(clause, false);

		/* 自2017年1月1日起: that is the year itself; 累计至2017年底 and 条例实施至2017年底 are not. */
		if (first != year || !begins_with_year(rest)) {
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

/* The year that the sentence compares with; 0 if it names none. */
static uint16_t
period_against(struct prose *p, struct span text, int year, struct facts *out)
{
	size_t at;
	int named;

	gather(p, text);
	if (!reads(p, READ_AGAINST, text, &at))
		return 0;
	text.p += at;
	text.n -= at;
	text.p += 3;
	text.n = text.n < 3 ? 0 : text.n - 3;
	named = begins_with_year(text) ? read_year(upto(text, 4), 0) : year ? year - 1 : 0;
	buf_reset(&p->text);
	if (named)
		buf_printf(&p->text, "%d", named);
	else
		buf_add_str(&p->text, "previous");
	return facts_period(out, buf_span(&p->text));
}

/* 教育局分别公开【3条】, 民政局分别公开【5条】: from 分别 to the number they are the same. */
static bool
of_one_list(struct span a, struct span b)
{
	size_t i = span_find(a, SPAN("分别")), j = span_find(b, SPAN("分别"));
	size_t m = span_find(a, SPAN("【")), n = span_find(b, SPAN("【"));

	return i < m && j < n && m - i == n - j && memcmp(a.p + i, b.p + j, m - i) == 0;
}

/* True if the figure is the first of its sentence: nothing governs it but the sentence before. */
static bool
begins_sentence(const struct prose *p, const struct span *part, size_t nparts)
{
	if (of_one_list(p->previous, part[nparts - 1]))
		return false;
	return nparts == 1 || (nparts == 2 && span_ends(part[0], SPAN("。")) && !span_eq(part[0], p->sentence));
}

/*
 * The scope the clause states itself, or one of those that govern it.  One that states none behind another
 * scope in the same sentence may be of either: unclear.
 */
static enum scope
scope_of(struct prose *p, const struct span *part, size_t nparts, enum scope report)
{
	enum scope scope = identity_clause_scope(p->finder, part[nparts - 1]);
	bool same = !begins_sentence(p, part, nparts);

	if (!same) {
		p->stated = SCOPE_NONE;
		p->several = false;
	}
	if (scope != SCOPE_NONE) {
		p->several |= p->stated != SCOPE_NONE && p->stated != scope;
		p->stated = scope;
		return scope == report ? SCOPE_NONE : scope;
	}
	/* 本级5件，乡镇8件，合计13件: that is of all. */
	if (p->several && reads_in(p, READ_WHOLE, part[nparts - 1]))
		return SCOPE_NONE;
	if (p->stated == SCOPE_NONE || p->stated == report)
		return SCOPE_NONE;
	for (size_t i = 0; i + 1 < nparts; i++)
		if (!span_ends(part[i], SPAN("。")) && identity_clause_scope(p->finder, part[i]) == p->stated)
			return p->stated;
	return SCOPE_UNCLEAR;
}

/* What it counts is not known after all. */
static void
forget(struct fact *fact)
{
	fact->row = NULL;
	fact->column = COLUMN_VALUE;
	fact->phrase = fact->period = 0;
	fact->match = MATCH_NONE;
}

/* True if the value is whole and more than the other. */
static bool
is_more(struct span value, struct span other)
{
	return value.n && !memchr(value.p, '.', value.n) &&
	       (value.n > other.n || (value.n == other.n && memcmp(value.p, other.p, value.n) > 0));
}

/* True if the clause says that its number is that of the whole year, and it is not below the other. */
static bool
is_whole(struct prose *p, struct span clause, struct span value, struct span other)
{
	return reads_in(p, READ_WHOLE, clause) && is_more(value, other);
}

/* True if only the part is said to be of disclosure. */
static bool
of_disclosure(struct prose *p, struct span whole, struct span part)
{
	return reads_in(p, READ_PART, part) && !reads_in(p, READ_PART, whole) &&
	       span_find(whole, SPAN("公开")) == whole.n;
}

/* A figure that states no year after all counts several. */
static void
make_cumulative(struct said *said, uint16_t total, struct facts *out)
{
	if (!said->period && said->column != COLUMN_GROWTH)
		out->fact[said->fact].period = said->period = total;
}

/*
 * Two figures of one sentence that count the same: one of them is that of several years (累计9000条，其中新增
 * 800条), or the later is a part of the earlier and counts something else.  False if it does.
 */
static bool
settle_same(struct prose *p, struct fact *fact, struct span own, struct span value, uint32_t at,
	struct facts *out)
{
	struct said *said = p->nsaid ? &p->said[p->nsaid - 1] : NULL;

	/* 共96条，其中2016年28条: the whole is not of this year alone. */
	if (said && fact->period && !said->period && said->row == fact->row && said->column == fact->column &&
		said->scope == fact->scope && fact->column != COLUMN_PERCENT && reads_in(p, READ_THIS, own))
		out->fact[said->fact].period = said->period = facts_period(out, SPAN("cumulative"));
	for (size_t i = 0; i < p->nsaid; i++) {
		said = &p->said[i];
		if (said->row != fact->row || said->column != fact->column || said->scope != fact->scope ||
			said->period != fact->period || span_eq(said->value, value))
			continue;
		if (fact->column != COLUMN_PERCENT && fact->column != COLUMN_GROWTH && !p->sum) {
			if ((reads_in(p, READ_TOTAL, said->clause) && reads_in(p, READ_NEW, own)) ||
				(reads_in(p, READ_THIS, own) && !reads_in(p, READ_NEW, said->clause))) {
				/* 累计受理80件，引发复议9件，其中2017年受理8件 */
				size_t end = reads_in(p, READ_THIS, own) ? p->nsaid : i + 1;

				for (uint16_t total = facts_period(out, SPAN("cumulative")); i < end; i++)
					make_cumulative(&p->said[i], total, out);
				break;
			}
			if (reads_in(p, READ_TOTAL, own) && reads_in(p, READ_NEW, said->clause)) {
				fact->period = facts_period(out, SPAN("cumulative"));
				break;
			}
			if (reads_in(p, READ_LEVEL, own) || of_disclosure(p, said->clause, own) ||
				is_whole(p, own, value, said->value) ||
				(reads_in(p, READ_YIELDS, said->clause) && !reads_in(p, READ_YIELDS, own)) ||
				(reads_in(p, READ_NEW, own) && span_find(own, SPAN("新收")) < own.n)) {
				/*
				 * 突破500件，达到512件; 复议案件63件，其中信息公开类11件; 5月120人，全年
				 * 共235人; 受理88件，其中上年结转5件，新收83件
				 */
				forget(&out->fact[said->fact]);
				said->value = value;
				said->clause = own;
				said->fact = at;
				return true;
			}
		}
		/* Their names say nothing that is counted. */
		if (of_one_list(said->clause, own))
			forget(&out->fact[said->fact]);
		return false;
	}
	if (p->nsaid == MOST_SAID)
		memmove(p->said, p->said + 1, --p->nsaid * sizeof *p->said);
	said = &p->said[p->nsaid++];
	*said = (struct said){fact->row, fact->column, fact->period, fact->scope, at, own, value};
	return true;
}

/* What stands before the figure's own clause. */
static struct span
governing(struct span text, struct span own)
{
	return upto(text, (size_t)(own.p - text.p));
}

/* 累计受理80件，其中2017年受理9件，答复8件: that is of 2017, too, but 答复78件 is not. */
static bool
is_opened(const struct prose *p, const struct item *item, struct span own, const struct facts *out,
	uint16_t *period)
{
	bool more = is_more(item->value, p->opened_value);

	if (p->opened.n == 0 || !span_starts(governing(item->text, own), p->opened) || (more && !p->opened_whole))
		return false;
	*period = more ? out->fact[p->opened_of].period : 0;
	return true;
}

/* 累计发布9000条，2017年发布800条: the former is of several years, though what the latter counts is not known. */
static void
settle_total(struct prose *p, struct span own, struct facts *out)
{
	struct said *last = p->nsaid ? &p->said[p->nsaid - 1] : NULL;

	if (last && !last->period && last->fact + 1 == out->n && reads_in(p, READ_BARE, own) &&
		reads_in(p, READ_NEW, own) && reads_in(p, READ_TOTAL, last->clause))
		out->fact[last->fact].period = last->period = facts_period(out, SPAN("cumulative"));
}

static void
read_figure(struct prose *p, const struct page *page, uint32_t at, const struct identity *identity,
	uint16_t form, struct facts *out)
{
	const struct item *item = &page->items[at];
	struct meaning meaning[MOST_MEANINGS];
	struct span part[MOST_CONTEXTS];
	size_t nparts = item->text.n > LONGEST ? 0 : split_clauses(item->text, part), n;
	enum scope scope = SCOPE_NONE;
	uint16_t period = 0;
	bool stated = false;

	p->item = item->text;
	p->gathered = SPAN("");
	if (nparts && begins_sentence(p, part, nparts)) {
		buf_reset(&p->last);
		buf_reset(&p->story);
		buf_add_span(&p->story, nparts > 1 ? part[0] : SPAN(""));
		p->nsaid = 0;
		p->opened = SPAN("");
	}
	if (nparts && p->story.n < LONGEST) {
		buf_add_str(&p->story, "│");
		buf_add_span(&p->story, part[nparts - 1]);
	}
	n = prose_meanings(p, item->text, item->value, item->unit, form, identity->year, meaning);
	if (n && reads_in(p, READ_FROM, part[nparts - 1])) {
		/* 与上年相比，由41件增至60件: without a year it is anyone's. */
		period = period_against(p, item->text, identity->year, out);
		stated = true;
		n = period ? n : 0;
	}
	if (nparts > 1 && reads_in(p, READ_THIS, part[nparts - 1])) {
		bool own = !period_of(p, part[nparts - 1], identity->year, out, &(bool){false});

		p->opened = own ? governing(item->text, part[nparts - 1]) : SPAN("");
		p->opened_value = item->value;
		p->opened_whole = p->nsaid > 0;
		p->opened_of = p->nsaid > 0 ? p->said[p->nsaid - 1].fact : 0;
	}
	for (size_t i = nparts; i-- > 0 && !stated && n;) {
		struct span clause = part[i];
		size_t share;

		if (i + 1 < nparts && is_opened(p, item, part[nparts - 1], out, &period))
			break;
		/* What was said of another year stays in its sentence. */
		if (span_ends(clause, SPAN("。")))
			break;

		/* 占历年总数的21%: that is of what it is a share. */
		if (meaning[0].column == COLUMN_PERCENT) {
			gather(p, clause);
			if (!year_is_its_own(clause) && reads(p, READ_SHARE, clause, &share))
				clause.n = share;
		}
		period = period_of(p, clause, identity->year, out, &stated);
	}
	if (nparts)
		scope = scope_of(p, part, nparts, identity->scope);
	p->sentence = nparts ? part[0] : SPAN("");
	/* A part of the territory: what it counts is known, whose it is not. */
	if (scope == SCOPE_UNCLEAR)
		n = 0;
	if (!n && nparts)
		settle_total(p, part[nparts - 1], out);
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
		if (!settle_same(p, f, part[nparts - 1], item->value, (uint32_t)out->n - 1, out)) {
			forget(f);
			continue;
		}
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
	p->nsaid = 0;
	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];
		struct span part[MOST_CONTEXTS];

		if (item->kind != ITEM_FIGURE)
			continue;
		if (item->line != line) {
			p->previous = p->opened = SPAN("");
			p->nsaid = 0;
		}
		line = item->line;
		read_figure(p, page, (uint32_t)i, identity, form, out);
		p->previous = item->text.n > LONGEST ? SPAN("") : part[split_clauses(item->text, part) - 1];
	}
	p->previous = SPAN("");
}
