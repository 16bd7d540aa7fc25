#include "words.h"

#include <ctype.h>
#include <stdlib.h>

#include "blank.h"
#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(page_words);

enum { LONGEST = 48 };

struct words {
	struct table *table;
	size_t word;
	unsigned char *use;      /* of each row */
	size_t longest;            /* bytes of the longest name of a field */
	unsigned char first[4096]; /* what names of fields begin with, see mark_of */
};

static const struct span uses[WORD_USES] = {
	[WORD_TITLE] = {"title", 5}, [WORD_TITLE_FIELD] = {"title_field", 11},
	[WORD_PERSON] = {"person", 6}, [WORD_EDITOR] = {"editor", 6}, [WORD_PHONE] = {"phone", 5},
	[WORD_MAILBOX] = {"mailbox", 7}};

/* What a text begins with, as a place in words.first; most texts are told from all names by it. */
static size_t
mark_of(struct span s)
{
	unsigned char c = (unsigned char)*s.p;

	if (c >= 0x80 && s.n >= 3)
		return ((unsigned char)s.p[1] & 0x3fu) << 6 | ((unsigned char)s.p[2] & 0x3fu);
	return (size_t)toupper(c);
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
		if (u == WORD_TITLE)
			continue;
		words->longest = word.n > words->longest ? word.n : words->longest;
		words->first[mark_of(word)] = 1;
	}
	return words;
}

void
words_free(struct words *words)
{
	if (!words)
		return;
	table_free(words->table);
	free(words->use);
	free(words);
}

bool
words_within(const struct words *words, enum word_use use, struct span text)
{
	struct buf bare = BUF_INIT;
	bool found = false;

	while (text.n) {
		size_t n = blank_length(text, NULL);

		if (n == 0)
			buf_add_char(&bare, *text.p), n = 1;
		text.p += n;
		text.n -= n;
	}
	for (size_t i = 0; i < words->table->nrows && !found; i++)
		if (words->use[i] == use) {
			struct span word = table_cell(words->table, i, words->word);

			found = span_find(buf_span(&bare), word) < bare.n;
		}
	buf_release(&bare);
	return found;
}

enum word_use
words_name(const struct words *words, struct span text)
{
	char bare[LONGEST + 4];
	size_t n = 0;

	if (text.n == 0 || text.n > 3 * LONGEST || (!words->first[mark_of(text)] && blank_length(text, NULL) == 0))
		return WORD_USES;
	while (text.n) {
		size_t blank = blank_length(text, NULL);

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
	for (size_t i = 0; i < words->table->nrows; i++)
		if (words->use[i] != WORD_TITLE &&
			span_eq(table_cell(words->table, i, words->word), span_of(bare, n)))
			return words->use[i];
	return WORD_USES;
}
