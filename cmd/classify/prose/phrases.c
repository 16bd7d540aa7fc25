#include "phrases.h"

#include <stdlib.h>

#include "diag.h"

TABLE_DECLARE(forms_phrases);

enum { MOST_DEPTH = 4 }; /* of classes in classes */

/* A unit, and the phrases that have it. */
struct phrase_unit {
	struct span unit;
	uint64_t *set;
};

static const char *const reading_names[READINGS] = {
	"@growth", "@share", "@rate", "@previous", "@since", "@current", "@plan", "@level", "@bare", "@same",
	"@total", "@new", "@there", "@from", "@against",
	"@sum", "@whole", "@yields", "@this", "@part", "@came", "@within", "@body", "@beside", "@base", "@hope", "@parts", "@into",
	"@inner", "@disputes", "@reviews", "@applicant", "@government", "@decides", "@ordinary", "@disclosure",
};

static const char *const polarity_names[] = {[COUNT] = "count", [EACH] = "each", [ZERO] = "zero"};

static const char *const class_names[PHRASE_WORDS] = {
	[PHRASE_THAN] = "{than}", [PHRASE_FROM] = "{from}", [PHRASE_WHOSE] = "{whose}", [PHRASE_ONWARD] = "{onward}",
	[PHRASE_AHEAD] = "{ahead}", [PHRASE_WAS] = "{was}", [PHRASE_UNDER] = "{under}", [PHRASE_INDEED] = "{indeed}",
	[PHRASE_THOSE] = "{those}", [PHRASE_OURS] = "{ours}", [PHRASE_BACK] = "{back}", [PHRASE_NEWLY] = "{newly}",
};

/* Says of a row that its column cannot hold what stands in it. */
static bool
refuse(const struct table *t, size_t row, size_t column)
{
	warn("%s:%zu: '%.*s' is none of what may stand in column '%.*s'", t->path, t->line[row],
		SPAN_ARG(table_cell(t, row, column)), SPAN_ARG(t->header[column]));
	return false;
}

/* The year in a cell, or `none` of an empty one. */
static bool
read_year(const struct table *t, size_t row, size_t column, int none, int *year)
{
	struct span text = table_cell(t, row, column);

	*year = text.n ? span_year(text) : none;
	return !text.n || *year || refuse(t, row, column);
}

/* Rows of words have none. */
static bool
read_polarity(const struct table *t, size_t row, size_t column, enum polarity *polarity)
{
	struct span name = table_cell(t, row, column);

	*polarity = COUNT;
	for (size_t i = 0; i < sizeof polarity_names / sizeof *polarity_names; i++)
		if (span_eq(name, span_str(polarity_names[i]))) {
			*polarity = (enum polarity)i;
			return true;
		}
	return !name.n || refuse(t, row, column);
}

static void
set_bit(uint64_t *set, size_t phrase)
{
	set[phrase / 64] |= UINT64_C(1) << phrase % 64;
}

/* Reads what the context begins with: where it is looked for. */
static void
read_where(struct phrase *ph)
{
	if (span_starts(ph->context, SPAN("^^"))) {
		ph->where = SENTENCE;
		ph->context = span_from(ph->context, 1);
	}
	while (ph->where < STORY && span_starts(ph->context, SPAN("<"))) {
		ph->where++;
		ph->context = span_from(ph->context, 1);
	}
}

/* What the row is: words of patterns, a reading, or an indicator of some form. */
static bool
read_name(struct phrases *p, const struct phrase *ph, const struct forms *forms)
{
	if (span_starts(ph->indicator, SPAN("{")))
		return true;
	if (span_starts(ph->indicator, SPAN("@"))) {
		size_t r = 0;

		while (r < READINGS && !span_eq(ph->indicator, span_str(reading_names[r])))
			r++;
		if (r < READINGS) {
			p->reading[r] = (size_t)(ph - p->phrase);
			return true;
		}
		warn("%s:%zu: '%.*s' is no reading", p->table->path, ph->line, SPAN_ARG(ph->indicator));
		return false;
	}
	if (!forms_any_row(forms, ph->indicator)) {
		warn("%s:%zu: '%.*s' is no indicator of any form", p->table->path, ph->line,
			SPAN_ARG(ph->indicator));
		return false;
	}
	set_bit(p->counting, (size_t)(ph - p->phrase));
	if (ph->polarity == ZERO)
		set_bit(p->zero, (size_t)(ph - p->phrase));
	return true;
}

static bool
read_keys(struct phrases *p, const struct phrase *ph, struct span keys)
{
	for (unsigned group = 0; keys.n && group < KEYWORD_GROUPS; group++) {
		struct span words = span_cut(&keys, '&');

		while (words.n) {
			struct span key = span_cut(&words, '|');

			if (key.n < KEYWORD_BYTES) {
				warn("%s:%zu: '%.*s' is too short a keyword", p->table->path, ph->line, SPAN_ARG(key));
				return false;
			}
			keywords_add(p->keywords, key, (size_t)(ph - p->phrase), group);
		}
	}
	return true;
}

static void
add_turn(struct phrases *p, int year)
{
	for (size_t i = 0; i < p->nturns; i++)
		if (p->turn[i] == year)
			return;
	p->turn = grow(p->turn, p->nturns, &p->turns_cap, sizeof *p->turn);
	p->turn[p->nturns++] = year;
}

static bool
read_phrase(struct phrases *p, size_t row, const size_t *column, const struct forms *forms)
{
	enum { INDICATOR, COLUMN, FROM, UNTIL, POLARITY, UNITS, KEYS, OWN, CONTEXT };
	const struct table *t = p->table;
	struct phrase *ph = &p->phrase[row];

	*ph = (struct phrase){
		.indicator = table_cell(t, row, column[INDICATOR]),
		.column = table_cell(t, row, column[COLUMN]),
		.units = table_cell(t, row, column[UNITS]),
		.own = table_cell(t, row, column[OWN]),
		.context = table_cell(t, row, column[CONTEXT]),
		.line = t->line[row],
	};
	if (!read_year(t, row, column[FROM], 0, &ph->from) || !read_year(t, row, column[UNTIL], 9999, &ph->until) ||
		!read_polarity(t, row, column[POLARITY], &ph->polarity))
		return false;
	add_turn(p, ph->from);
	add_turn(p, ph->until + 1);
	read_where(ph);
	return read_name(p, ph, forms) && read_keys(p, ph, table_cell(t, row, column[KEYS]));
}

unsigned
phrases_era(const struct phrases *p, int year)
{
	unsigned era = 1;

	if (year == 0)
		return 0;
	for (size_t i = 0; i < p->nturns; i++)
		era += year >= p->turn[i];
	return era;
}

/* The row that holds the words named {so}; NULL if there is none. */
static const struct phrase *
class_named(const struct phrases *p, struct span name)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_eq(p->phrase[i].indicator, name))
			return &p->phrase[i];
	return NULL;
}

size_t
phrases_word_at_start(const struct phrases *p, enum phrase_words class, struct span s)
{
	const struct phrase_class *words = &p->words[class];
	size_t letter = s.n < 3 ? 0 : utf8_letter(s.p);

	if (s.n < 3 || !(words->first[letter / 64] >> letter % 64 & 1))
		return 0;

	for (size_t i = 0; i < words->n; i++)
		if (span_starts(s, words->v[i]))
			return words->v[i].n;
	return 0;
}

size_t
phrases_word_at_end(const struct phrases *p, enum phrase_words class, struct span s)
{
	const struct phrase_class *words = &p->words[class];

	for (size_t i = 0; i < words->n; i++)
		if (span_ends(s, words->v[i]))
			return words->v[i].n;
	return 0;
}

bool
phrases_word_within(const struct phrases *p, enum phrase_words class, struct span s)
{
	const struct phrase_class *words = &p->words[class];

	for (size_t i = 0; i < words->n; i++)
		if (span_find(s, words->v[i]) < s.n)
			return true;
	return false;
}

/* Takes the words apart. */
static void
read_class(struct phrase_class *class, struct span words)
{
	class->v = xreallocarray(NULL, words.n + 1, sizeof *class->v);
	while (words.n) {
		struct span word = span_cut(&words, '|');
		size_t letter;

		if (word.n < 3)
			continue;
		letter = utf8_letter(word.p);
		class->first[letter / 64] |= UINT64_C(1) << letter % 64;
		class->v[class->n++] = word;
	}
}

/* {so}, if a name stands at the start of s; repetitions ({0,8}) are none. */
static struct span
class_at(struct span s)
{
	size_t end = s.n > 1 && s.p[0] == '{' && s.p[1] >= 'a' && s.p[1] <= 'z' ? span_find(s, SPAN("}")) : s.n;

	return (struct span){s.p, end < s.n ? end + 1 : 0};
}

static struct phrase_unit *
unit_named(const struct phrases *p, struct span unit)
{
	for (size_t i = 0; i < p->nunits; i++)
		if (span_eq(p->unit[i].unit, unit))
			return &p->unit[i];
	return NULL;
}

const uint64_t *
phrases_of_unit(const struct phrases *p, struct span unit)
{
	const struct phrase_unit *u = unit_named(p, unit);

	return u ? u->set : NULL;
}

/* Gives each phrase of a class of units its units, and each unit its phrases. */
static bool
share_units(struct phrases *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct phrase *ph = &p->phrase[i];
		struct span name = class_at(ph->units), units;
		const struct phrase *class = name.n ? class_named(p, ph->units) : NULL;

		if (name.n && !class) {
			warn("%s:%zu: there are no units %.*s", p->table->path, ph->line, SPAN_ARG(ph->units));
			return false;
		}
		units = class ? class->own : ph->units;
		do {
			struct span unit = span_cut(&units, '|');
			struct phrase_unit *u = unit_named(p, unit);

			if (!u) {
				p->unit = grow(p->unit, p->nunits, &p->units_cap, sizeof *p->unit);
				u = &p->unit[p->nunits++];
				*u = (struct phrase_unit){unit, xcalloc(p->set, sizeof *u->set)};
			}
			set_bit(u->set, i);
		} while (units.p);
	}
	return true;
}

/* Writes a pattern with its classes written out. */
static void
expand(const struct phrases *p, size_t line, struct span pattern, int depth, struct buf *text)
{
	for (size_t i = 0; i < pattern.n; i++) {
		struct span name = class_at((struct span){pattern.p + i, pattern.n - i});
		const struct phrase *class;

		if (pattern.p[i] == '~') {
			buf_add_str(text, PATTERN_LINK);
			continue;
		}
		if (!name.n) {
			buf_add_char(text, pattern.p[i]);
			continue;
		}
		class = class_named(p, name);
		if (!class || depth > MOST_DEPTH)
			die(STATUS_USAGE, "%s:%zu: there are no words %.*s", p->table->path, line, SPAN_ARG(name));
		buf_add_str(text, "(?:");
		expand(p, line, class->own, depth + 1, text);
		buf_add_char(text, ')');
		i += name.n - 1;
	}
}

static void
write_pattern(const void *phrases, const struct pattern *pattern, struct buf *text)
{
	expand(phrases, pattern->line, pattern->text, 0, text);
}

static bool
read_table(struct phrases *p, const struct forms *forms)
{
	static const char *const names[] = {"indicator", "column", "from", "until", "polarity", "units",
		"keys", "own", "context"};
	size_t column[sizeof names / sizeof *names];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		column[i] = table_column(p->table, names[i]);
	for (size_t r = 0; r < READINGS; r++)
		p->reading[r] = SIZE_MAX;
	for (size_t i = 0; i < p->n; i++)
		if (!read_phrase(p, i, column, forms))
			return false;
	for (size_t r = 0; r < READINGS; r++)
		if (p->reading[r] == SIZE_MAX) {
			warn("%s: there is no row '%s'", p->table->path, reading_names[r]);
			return false;
		}
	for (size_t c = 0; c < PHRASE_WORDS; c++) {
		const struct phrase *class = class_named(p, span_str(class_names[c]));

		if (!class) {
			warn("%s: there is no row '%s'", p->table->path, class_names[c]);
			return false;
		}
		read_class(&p->words[c], class->own);
	}
	return share_units(p);
}

struct phrases *
phrases_new(const char *dir, const struct forms *forms)
{
	struct phrases *p = xcalloc(1, sizeof *p);

	p->table = table_load(TABLE_SOURCE(forms, phrases), dir);
	if (!p->table) {
		phrases_free(p);
		return NULL;
	}
	p->n = p->table->nrows;
	p->phrase = xcalloc(p->n + 1, sizeof *p->phrase);
	p->keywords = keywords_new(p->n);
	p->set = keywords_set(p->keywords);
	p->counting = xcalloc(p->set, sizeof *p->counting);
	p->zero = xcalloc(p->set, sizeof *p->zero);
	if (!read_table(p, forms)) {
		phrases_free(p);
		return NULL;
	}
	keywords_build(p->keywords);
	p->patterns = patterns_new(2 * p->n, SPAN("{link}*【"), p->table->path, write_pattern, p);
	for (size_t i = 0; i < p->n; i++) {
		struct phrase *ph = &p->phrase[i];

		ph->pattern = patterns_add(p->patterns, ph->own, ph->line);
		ph->context_pattern = patterns_add(p->patterns, ph->context, ph->line);
	}
	return p;
}

void
phrases_free(struct phrases *p)
{
	if (!p)
		return;
	for (size_t c = 0; c < PHRASE_WORDS; c++)
		free(p->words[c].v);
	for (size_t i = 0; i < p->nunits; i++)
		free(p->unit[i].set);
	free(p->unit);
	free(p->turn);
	free(p->zero);
	free(p->counting);
	patterns_free(p->patterns);
	keywords_free(p->keywords);
	free(p->phrase);
	table_free(p->table);
	free(p);
}
