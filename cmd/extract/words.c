#include "words.h"

#include <ctype.h>
#include <stdlib.h>

#include "blank.h"
#include "buf.h"
#include "diag.h"
#include "table.h"
#include "units.h"

TABLE_DECLARE(page_words);

enum { LONGEST = 48 };

struct words {
	struct table *table;
	size_t word;
	unsigned char *use;      /* of each row */
	struct words_of {
		struct span *v;
		size_t n;
	} of[WORD_USES];         /* the words of each use */
	struct span *all;        /* what those are parts of */
	struct numerals *numerals;
	struct units *units;
	size_t longest;            /* bytes of the longest name of a field */
	/* What names of fields begin and end with, blanks and all that does not count, see mark_of. */
	bool first[4096], last[4096];
};

static const struct span uses[WORD_USES] = {
	[WORD_TITLE] = {"title", 5}, [WORD_TITLE_FIELD] = {"title_field", 11},
	[WORD_PERSON] = {"person", 6}, [WORD_EDITOR] = {"editor", 6}, [WORD_PHONE] = {"phone", 5},
	[WORD_MAILBOX] = {"mailbox", 7}, [WORD_ORDINAL] = {"ordinal", 7}, [WORD_ORDERED] = {"ordered", 7},
	[WORD_FOLIO] = {"folio", 5}, [WORD_PHONE_JOINT] = {"phone_joint", 11},
	[WORD_OFFICE] = {"office", 6}, [WORD_MISSING] = {"missing", 7},
	[WORD_PAGE_KEY] = {"page_key", 8}, [WORD_URL_KEY] = {"url_key", 7}, [WORD_TITLE_KEY] = {"title_key", 9},
	[WORD_CAPTURED_KEY] = {"captured_key", 12}, [WORD_TABLE_KEY] = {"table_key", 9}};

/* The uses of names of fields. */
enum { FIRST_NAME = WORD_TITLE_FIELD, LAST_NAME = WORD_MAILBOX };

/* What a text begins with, as a place in `first`; most texts are told from all names by it. */
static size_t
mark_of(struct span s)
{
	unsigned char c = (unsigned char)*s.p;

	if (c >= 0x80 && s.n >= 3)
		return ((unsigned char)s.p[1] & 0x3fu) << 6 | ((unsigned char)s.p[2] & 0x3fu);
	return (size_t)toupper(c);
}

/* The same of what it ends with, in `last`. */
static size_t
end_mark_of(struct span s)
{
	unsigned char c = (unsigned char)s.p[s.n - 1];

	if (c >= 0x80 && s.n >= 2)
		return ((unsigned char)s.p[s.n - 2] & 0x3fu) << 6 | (c & 0x3fu);
	return (size_t)toupper(c);
}

/* Marks what words_name passes over at the ends of a text. */
static void
mark_passed_over(struct words *words)
{
	static const struct span behind[] = {{"*", 1}, {":", 1}, {")", 1}, {"：", 3}, {"）", 3}};
	static const char leads[] = "\xc2\xe1\xe2\xe3\xef";

	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		words->last[end_mark_of(behind[i])] = true;
	for (unsigned c = 0; c < 0x80; c++)
		if (blank_length(span_of(&(char){(char)c}, 1), NULL))
			words->first[c] = words->last[c] = true;
	for (unsigned i = 0; leads[i]; i++)
		for (unsigned c = 0; c < 4096; c++) {
			char rune[] = {leads[i], (char)(0x80 | c >> 6), (char)(0x80 | (c & 0x3f))};
			struct span s = {rune, sizeof rune};
			size_t n = blank_length(s, NULL);

			words->first[mark_of(s)] |= n == 3;
			if (n)
				words->last[end_mark_of(span_of(rune, n))] = true;
		}
}

static void
sort_by_use(struct words *words)
{
	const struct table *t = words->table;
	size_t n = 0;

	words->all = xcalloc(t->nrows + 1, sizeof *words->all);
	for (unsigned u = 0; u < WORD_USES; u++) {
		words->of[u].v = words->all + n;
		for (size_t i = 0; i < t->nrows; i++)
			if (words->use[i] == u)
				words->all[n++] = table_cell(t, i, words->word);
		words->of[u].n = (size_t)(words->all + n - words->of[u].v);
	}
}

struct words *
words_load(const char *dir)
{
	struct words *words = xcalloc(1, sizeof *words);
	struct table *t = words->table = table_load(TABLE_SOURCE(page, words), dir);
	size_t use;

	if (!t) {
		free(words);
		return NULL;
	}
	use = table_column(t, "use");
	words->word = table_column(t, "word");
	words->use = xcalloc(t->nrows + 1, 1);
	for (size_t i = 0; i < t->nrows; i++) {
		struct span word = table_cell(t, i, words->word);
		int u = 0;

		while (u < WORD_USES && !span_eq(table_cell(t, i, use), uses[u]))
			u++;
		if (u == WORD_USES || word.n == 0 || word.n > LONGEST) {
			warn("%s:%zu: '%.*s' is no use of a word, or the word is empty or too long", t->path,
				t->line[i], SPAN_ARG(table_cell(t, i, use)));
			words_free(words);
			return NULL;
		}
		words->use[i] = (unsigned char)u;
		if (u < FIRST_NAME || u > LAST_NAME)
			continue;
		words->longest = word.n > words->longest ? word.n : words->longest;
		words->first[mark_of(word)] = words->last[end_mark_of(word)] = true;
	}
	mark_passed_over(words);
	sort_by_use(words);
	words->numerals = numerals_load(dir);
	words->units = units_load(dir);
	if (words->numerals && words->units)
		return words;
	words_free(words);
	return NULL;
}

void
words_free(struct words *words)
{
	if (!words)
		return;
	table_free(words->table);
	numerals_free(words->numerals);
	units_free(words->units);
	free(words->all);
	free(words->use);
	free(words);
}

/* Whether the word begins the text, but for blanks in that. */
static bool
begins_spread(struct span text, struct span word)
{
	while (word.n) {
		size_t n = text.n ? blank_length(text, NULL) : 0;

		if (n == 0 && (!text.n || *text.p != *word.p))
			return false;
		word = span_from(word, n == 0);
		text = span_from(text, n ? n : 1);
	}
	return true;
}

bool
words_within(const struct words *words, enum word_use use, struct span text)
{
	for (; text.n; text = span_from(text, 1))
		for (size_t i = 0; i < words->of[use].n; i++)
			if (*words->of[use].v[i].p == *text.p && begins_spread(text, words->of[use].v[i]))
				return true;
	return false;
}

size_t
words_at(const struct words *words, enum word_use use, struct span text)
{
	size_t longest = 0;

	for (size_t i = 0; i < words->of[use].n; i++)
		if (words->of[use].v[i].n > longest && span_starts(text, words->of[use].v[i]))
			longest = words->of[use].v[i].n;
	return longest;
}

struct span
words_nth(const struct words *words, enum word_use use, size_t i)
{
	return i < words->of[use].n ? words->of[use].v[i] : span_of(NULL, 0);
}

const struct numerals *
words_numerals(const struct words *words)
{
	return words->numerals;
}

bool
words_unit(const struct words *words, struct span text)
{
	return units_stands_alone(words->units, text);
}

bool
words_amount(const struct words *words, struct span text)
{
	enum { WAN = 4 };
	const struct numeral *numeral = numerals_at(words->numerals, text);
	struct span base = units_base(words->units);

	return (numeral && numeral->power == WAN) || (base.n && span_starts(text, base));
}

enum word_use
words_name(const struct words *words, struct span text)
{
	char bare[LONGEST + 4];
	size_t n = 0;

	/* U+00A0 and other blanks of two bytes are not in `first`. */
	if (text.n == 0 || !words->last[end_mark_of(text)] || text.n > 3 * LONGEST ||
		(!words->first[mark_of(text)] && *text.p != '\xc2'))
		return WORD_USES;
	while (text.n) {
		size_t blank = blank_begins(*text.p) ? blank_length(text, NULL) : 0;

		if (blank) {
			text.p += blank, text.n -= blank;
			continue;
		}
		if (*text.p == '*' || *text.p == ':' || *text.p == '(' || span_starts(text, SPAN("：")) ||
			span_starts(text, SPAN("（")))
			break;
		if (n == words->longest)
			return WORD_USES;
		bare[n++] = (char)toupper((unsigned char)*text.p);
		text.p++, text.n--;
	}
	if (n == 0 || !words->first[mark_of(span_of(bare, n))])
		return WORD_USES;
	if (text.n && !span_ends(text, SPAN(")")) && !span_ends(text, SPAN("）")) &&
		!span_ends(text, SPAN(":")) && !span_ends(text, SPAN("：")) && !span_ends(text, SPAN("*")))
		return WORD_USES;
	for (unsigned u = FIRST_NAME; u <= LAST_NAME; u++)
		for (size_t i = 0; i < words->of[u].n; i++)
			if (span_eq(words->of[u].v[i], span_of(bare, n)))
				return u;
	return WORD_USES;
}

bool
words_may_end(const struct words *words, struct span text)
{
	return text.n > 0 && words->last[end_mark_of(text)];
}
