#include "words.h"

#include <ctype.h>
#include <stdlib.h>

#include "blank.h"
#include "buf.h"
#include "diag.h"
#include "table.h"
#include "units.h"

TABLE_DECLARE(page_words);

enum {
	LONGEST = 48,        /* bytes of a word */
	REACH = 3 * LONGEST, /* bytes of a text in which the name of a field stands, blanks and a remark among them */
	PASSED = 4,          /* signs and remarks behind it */
	ENDS_NAME = 1, STANDS_BEHIND = 2,
	NONE = 4096,
};

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
	/* Names of fields by what they end with, see end_mark_of: the number from 1 of a row, and of the next that ends so. */
	uint16_t ending[4096], *next;
	uint16_t *before;        /* of each row, what its last character but one is, as end_mark_of; NONE if it has one */
	/* What names of fields end with, and what may stand behind them; most texts are told from them by it. */
	unsigned char last[4096];
};

static const struct span uses[WORD_USES] = {
	[WORD_TITLE] = {"title", 5}, [WORD_TITLE_FIELD] = {"title_field", 11},
	[WORD_PERSON] = {"person", 6}, [WORD_EDITOR] = {"editor", 6}, [WORD_PHONE] = {"phone", 5},
	[WORD_MAILBOX] = {"mailbox", 7}, [WORD_ORDINAL] = {"ordinal", 7}, [WORD_ORDERED] = {"ordered", 7},
	[WORD_CONTACT] = {"contact", 7},
	[WORD_FOLIO] = {"folio", 5}, [WORD_PHONE_JOINT] = {"phone_joint", 11}, [WORD_LINK] = {"link", 4},
	[WORD_MAILBOX_JOINT] = {"mailbox_joint", 13},
	[WORD_OFFICE] = {"office", 6}, [WORD_MISSING] = {"missing", 7},
	[WORD_PAGE_KEY] = {"page_key", 8}, [WORD_URL_KEY] = {"url_key", 7}, [WORD_TITLE_KEY] = {"title_key", 9},
	[WORD_CAPTURED_KEY] = {"captured_key", 12}, [WORD_TABLE_KEY] = {"table_key", 9}};

/* The uses of names of fields. */
enum { FIRST_NAME = WORD_TITLE_FIELD, LAST_NAME = WORD_MAILBOX };

/* What a text ends with, as a place in `last` and `ending`. */
static size_t
end_mark_of(struct span s)
{
	unsigned char c = (unsigned char)s.p[s.n - 1];

	if (c >= 0x80 && s.n >= 2)
		return ((unsigned char)s.p[s.n - 2] & 0x3fu) << 6 | (c & 0x3fu);
	return (size_t)toupper(c);
}

/* Bytes of the blank or roomless character that ends s; 0 if another does. */
static size_t
blank_behind(struct span s)
{
	size_t n = 1;

	while (n < s.n && n < 3 && ((unsigned char)s.p[s.n - n] & 0xc0) == 0x80)
		n++;
	return s.n && blank_begins(s.p[s.n - n]) && blank_length(span_of(s.p + s.n - n, n), NULL) == n ? n : 0;
}

/* What the last character but one of s is, blanks passed over, as end_mark_of; NONE if it has one only. */
static uint16_t
mark_before(struct span s)
{
	size_t n, blanks = 0;

	do
		s.n--;
	while (s.n && ((unsigned char)s.p[s.n] & 0xc0) == 0x80);
	while ((n = blank_behind(s)) > 0 && blanks < REACH) {
		s.n -= n;
		blanks += n;
	}
	return s.n ? (uint16_t)end_mark_of(s) : NONE;
}

/* Marks what is passed over at the end of a text. */
static void
mark_passed_over(struct words *words)
{
	static const struct span behind[] = {{"*", 1}, {":", 1}, {")", 1}, {"：", 3}, {"）", 3}};
	static const char leads[] = "\xc2\xe1\xe2\xe3\xef";

	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		words->last[end_mark_of(behind[i])] |= STANDS_BEHIND;
	for (unsigned c = 0; c < 0x80; c++)
		if (blank_length(span_of(&(char){(char)c}, 1), NULL))
			words->last[c] |= STANDS_BEHIND;
	for (unsigned i = 0; leads[i]; i++)
		for (unsigned c = 0; c < 4096; c++) {
			char rune[] = {leads[i], (char)(0x80 | c >> 6), (char)(0x80 | (c & 0x3f))};
			size_t n = blank_length(span_of(rune, sizeof rune), NULL);

			if (n)
				words->last[end_mark_of(span_of(rune, n))] |= STANDS_BEHIND;
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
	words->next = xcalloc(t->nrows + 1, sizeof *words->next);
	words->before = xcalloc(t->nrows + 1, sizeof *words->before);
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
		words->last[end_mark_of(word)] |= ENDS_NAME;
		words->before[i] = mark_before(word);
		words->next[i] = words->ending[end_mark_of(word)];
		words->ending[end_mark_of(word)] = (uint16_t)(i + 1);
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
	free(words->next);
	free(words->before);
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

bool
words_end(const struct words *words, enum word_use use, struct span text)
{
	for (size_t i = 0; i < words->of[use].n; i++)
		if (span_ends(text, words->of[use].v[i]))
			return true;
	return false;
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

/* Bytes at the end of s that may stand behind the name of a field: blanks, `*`, a colon, brackets with a remark. */
static size_t
passed_over(struct span s)
{
	static const struct span signs[] = {{"*", 1}, {":", 1}, {"：", 3}, {")", 1}, {"）", 3}};
	size_t all = s.n, n, i = 0;

	while ((n = blank_behind(s)) > 0 && all - s.n < REACH)
		s.n -= n;
	while (i < sizeof signs / sizeof *signs && !span_ends_word(s, signs[i]))
		i++;
	if (i == sizeof signs / sizeof *signs)
		return all - s.n;
	if (i < 3)
		return all - s.n + signs[i].n;
	for (n = signs[i].n; n < s.n && n < LONGEST; n++)
		if (s.p[s.n - n] == '(' || (s.p[s.n - n] == '\xef' && span_at(s, s.n - n, SPAN("（"))))
			return all - s.n + n;
	return all - s.n;
}

/* Bytes at the end of s that the word stands in, blanks between its characters; 0 if it does not end s. */
static size_t
ends_spread(struct span s, struct span word)
{
	size_t all = s.n, n;

	if (span_ends_word(s, word))
		return word.n;
	while (word.n) {
		char c = s.n ? s.p[s.n - 1] : '\0';

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (s.n && c == word.p[word.n - 1]) {
			s.n--, word.n--;
			continue;
		}
		n = blank_behind(s);
		if (n == 0 || all - s.n > REACH)
			return 0;
		s.n -= n;
	}
	return all - s.n;
}

enum word_use
words_ending(const struct words *words, struct span text, size_t *from)
{
	enum word_use use = WORD_USES;
	size_t longest = 0, n, row;
	uint16_t before;

	*from = text.n;
	if (text.n == 0 || !words->last[end_mark_of(text)])
		return WORD_USES;
	for (int i = 0; i < PASSED && words->last[end_mark_of(text)] & STANDS_BEHIND; i++) {
		text.n -= passed_over(text);
		if (text.n == 0)
			return WORD_USES;
	}
	row = words->ending[end_mark_of(text)];
	before = row ? mark_before(text) : NONE;
	for (; row; row = words->next[row - 1]) {
		struct span word;

		if (words->before[row - 1] != before && words->before[row - 1] != NONE)
			continue;
		word = table_cell(words->table, row - 1, words->word);
		n = word.n > longest ? ends_spread(text, word) : 0;
		if (n) {
			longest = word.n;
			use = words->use[row - 1];
			*from = text.n - n;
		}
	}
	return use;
}

enum word_use
words_name(const struct words *words, struct span text)
{
	size_t from;
	enum word_use use;

	if (text.n > REACH)
		return WORD_USES;
	use = words_ending(words, text, &from);
	return use != WORD_USES && blank_trim(span_of(text.p, from)).n == 0 ? use : WORD_USES;
}
