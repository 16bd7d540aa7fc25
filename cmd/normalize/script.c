#include "script.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "table.h"

TABLE_DECLARE(page_traditional);

enum {
	PLANE = 0x10000,
	SAMPLE = 200, /* Chinese characters of a page that are looked at */
	LEAST = 3,    /* of them traditional, */
	SHARE = 10,   /* and one in so many */
	SYLLABLE = 6, /* letters of one: zhuang */
};

/* A word that is another one, of as many bytes: 資訊 is 信息. */
struct word {
	struct span from, to;
};

struct script {
	struct table *table;
	uint16_t *plain; /* by character: its simplified form; 0: itself */
	struct word *word;
	size_t nwords;
	unsigned seen, found;
	bool traditional;
};

struct script *
script_new(const char *tables)
{
	struct table *t = table_load_keyed(TABLE_SOURCE(page, traditional), tables, "character");
	struct script *s;
	size_t character, simplified;

	if (!t)
		return NULL;
	s = xcalloc(1, sizeof *s);
	s->table = t;
	s->word = xcalloc(t->nrows + 1, sizeof *s->word);
	s->plain = xcalloc(PLANE, sizeof *s->plain);
	character = table_column(t, "character");
	simplified = table_column(t, "simplified");
	for (size_t i = 0; i < t->nrows; i++) {
		struct span from = table_cell(t, i, character), to = table_cell(t, i, simplified);

		if (from.n > 3 && from.n == to.n) {
			s->word[s->nwords++] = (struct word){from, to};
			continue;
		}
		if (from.n != 3 || to.n != 3 || !span_character(from, 0) || !span_character(to, 0)) {
			warn("%s:%zu: not a pair of characters", t->path, t->line[i]);
			script_free(s);
			return NULL;
		}
		s->plain[span_character(from, 0)] = (uint16_t)span_character(to, 0);
	}
	script_page(s);
	return s;
}

void
script_free(struct script *s)
{
	if (!s)
		return;
	table_free(s->table);
	free(s->plain);
	free(s->word);
	free(s);
}

void
script_page(struct script *s)
{
	s->seen = s->found = 0;
	s->traditional = false;
}

bool
script_is_traditional(struct script *s, struct span text)
{
	for (size_t i = 0; i < text.n && s->seen < SAMPLE;) {
		uint32_t c = span_character(text, i);

		if (c < 0x3400) {
			i += c ? 3 : 1;
			continue;
		}
		i += 3;
		s->seen++;
		s->found += s->plain[c] != 0;
		if (s->found >= LEAST && s->found * SHARE >= s->seen) {
			s->traditional = true;
			s->seen = SAMPLE;
		}
	}
	return s->traditional;
}

/* The word that begins there, or NULL. */
static const struct word *
word_at(const struct script *s, struct span text, size_t at)
{
	for (size_t i = 0; i < s->nwords; i++)
		if (span_at(text, at, s->word[i].from))
			return &s->word[i];
	return NULL;
}

/*
 * The bytes of a gloss that begins there, 聯(lián)系: the letters of one syllable in brackets, as converted pages have them
 * behind characters; 0 if there is none.
 */
static size_t
gloss_at(struct span text, size_t at)
{
	bool vowel = false;
	size_t i = at + 1, letters = 0;

	if (at >= text.n || text.p[at] != '(')
		return 0;
	for (; i < text.n && text.p[i] != ')' && letters <= SYLLABLE; letters++) {
		unsigned char c = (unsigned char)text.p[i];

		/* With a mark for its tone: á to ǜ. */
		if (c >= 0xc3 && c <= 0xc7 && i + 1 < text.n) {
			vowel = true;
			i += 2;
		} else if (c >= 'a' && c <= 'z') {
			vowel = vowel || memchr("aeiou", c, 5) != NULL;
			i++;
		} else {
			return 0;
		}
	}
	return i < text.n && text.p[i] == ')' && vowel && letters <= SYLLABLE ? i + 1 - at : 0;
}

bool
script_simplify(const struct script *s, struct span text, struct buf *out)
{
	bool changed = false;

	for (size_t i = 0; i < text.n;) {
		uint32_t c = span_character(text, i);
		const struct word *word = c >= 0x3400 ? word_at(s, text, i) : NULL;

		if (word) {
			changed = true;
			buf_add_span(out, word->to);
			i += word->from.n;
		} else if (c) {
			size_t gloss;

			changed = changed || s->plain[c];
			buf_add_rune(out, s->plain[c] ? s->plain[c] : c);
			i += 3;
			for (; c >= 0x3400 && (gloss = gloss_at(text, i)) > 0; i += gloss)
				changed = true;
		} else {
			buf_add_char(out, text.p[i++]);
		}
	}
	return changed;
}
