#include "label.h"

#include <stdlib.h>

#include "diag.h"
#include "utf8.h"

TABLE_DECLARE(forms_labels);

/* The words of a role, in a list of their own. */
static struct span *
words_of(const struct table *t, struct span role, size_t *n)
{
	size_t roles = table_column(t, "role"), word = table_column(t, "word");
	struct span *list = xcalloc(t->nrows + 1, sizeof *list);

	*n = 0;
	for (size_t i = 0; i < t->nrows; i++)
		if (span_eq(table_cell(t, i, roles), role))
			list[(*n)++] = table_cell(t, i, word);
	return list;
}

/* Every row has a role and a word of whole characters, three bytes each. */
static bool
is_good(const struct table *t)
{
	size_t role = table_column(t, "role"), word = table_column(t, "word");

	for (size_t i = 0; i < t->nrows; i++) {
		struct span text = table_cell(t, i, word);
		size_t n = 0;

		while (span_character(text, n))
			n += 3;
		if (n && n == text.n && (span_eq(table_cell(t, i, role), SPAN("of_which")) ||
				span_eq(table_cell(t, i, role), SPAN("numbered"))))
			continue;
		warn("%s:%zu: no word, or no such role '%.*s'", t->path, t->line[i], SPAN_ARG(table_cell(t, i, role)));
		return false;
	}
	return true;
}

struct label_words *
label_words_load(const char *dir)
{
	struct label_words *words = xcalloc(1, sizeof *words);

	words->numerals = numerals_load(dir);
	words->table = table_load(TABLE_SOURCE(forms, labels), dir);
	if (!words->numerals || !words->table || !is_good(words->table)) {
		label_words_free(words);
		return NULL;
	}
	words->of_which = words_of(words->table, SPAN("of_which"), &words->nof_which);
	words->numbered = words_of(words->table, SPAN("numbered"), &words->nnumbered);
	return words;
}

void
label_words_free(struct label_words *words)
{
	if (!words)
		return;
	numerals_free(words->numerals);
	table_free(words->table);
	free(words->of_which);
	free(words->numbered);
	free(words);
}

/* Whether the word, of whole characters, stands at p; its third byte tells most texts that it does not. */
static inline bool
is_at(struct span word, const char *p, const char *end)
{
	return word.n <= (size_t)(end - p) && p[2] == word.p[2] && memcmp(p, word.p, word.n) == 0;
}

/* The bytes of the first of n words that stands at p; 0 if none does. */
static inline size_t
word_at(const struct span *word, size_t n, const char *p, const char *end)
{
	for (size_t k = 0; k < n; k++)
		if (is_at(word[k], p, end))
			return word[k].n;
	return 0;
}

/* The character at p, which is before end, full-width forms as their ASCII; *n its bytes. */
static uint32_t
rune_at(const char *p, const char *end, size_t *n)
{
	uint32_t r = utf8_rune(span_of(p, (size_t)(end - p)), n);

	return r >= 0xff01 && r <= 0xff5e ? r - 0xff01 + '!' : r;
}

/* Blanks and punctuation: nothing a label differs by. */
static bool
is_filler(uint32_t r)
{
	if (r < 0x80)
		return !((r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z'));
	return r < 0xc0 || (r >= 0x2000 && r <= 0x206f) || (r >= 0x3000 && r <= 0x303f && r != 0x3007) ||
	       r == 0xfeff || r == 0xfffd || r == 0x2212 || r == 0x2015;
}

/* 1 to 9 for 一 to 九, 10 for 十, 0 for others. */
static unsigned
counter(const struct numerals *numerals, uint32_t r)
{
	const struct numeral *found = &numerals->slot[numerals_slot(numerals, r)];

	return !found->rune || found->in_year || found->power > 1 ? 0 : found->power ? 10 : (unsigned)found->digit;
}

/* Reads 三, 十, 十二, 二十 or 12 at *p and moves on; 0 if no number stands there. */
static unsigned
read_numeral(const struct numerals *numerals, const char **p, const char *end, bool *chinese)
{
	unsigned v = 0, digits = 0;
	const char *q = *p;

	*chinese = false;
	while (q < end && digits < 4) {
		size_t n;
		uint32_t r = rune_at(q, end, &n);
		unsigned c = r < 0x80 ? 0 : counter(numerals, r);

		if (r >= '0' && r <= '9' && !*chinese)
			v = v * 10 + (r - '0');
		else if (c && (digits == 0 || *chinese)) {
			*chinese = true;
			if (c == 10)
				v = v ? v * 10 : 10;
			else
				v += c;
		} else {
			break;
		}
		digits++;
		q += n;
	}
	*p = q;
	return digits ? v : 0;
}

/*
 * Passes over one numbering at *p: true if there was one.  A digit also counts without a stop behind it
 * (6公开… is in real pages), a Chinese numeral only with one, for 一 begins words too.
 */
static bool
skip_numbering(const struct label_words *words, const char **p, const char *end, struct label *label)
{
	const char *q = *p;
	size_t n;
	uint32_t r = rune_at(q, end, &n);
	enum numbering numbering;
	unsigned v;
	bool chinese;

	if (r >= 0x2460 && r <= 0x2473) {
		v = r - 0x2460 + 1;
		q += n;
		numbering = NUMBER_DIGIT;
	} else if (r == '(') {
		q += n;
		v = read_numeral(words->numerals, &q, end, &chinese);
		if (!v || q >= end || rune_at(q, end, &n) != ')')
			return false;
		q += n;
		numbering = NUMBER_BRACKET;
	} else {
		v = read_numeral(words->numerals, &q, end, &chinese);
		if (!v)
			return false;
		r = q < end ? rune_at(q, end, &n) : 0;
		/* 一、 and 1. and 一是 */
		if (r == 0x3001 || r == '.' || r == ',' || r == ')' || r == ':')
			q += n;
		else if (chinese && (n = word_at(words->numbered, words->nnumbered, q, end)) > 0)
			q += n;
		else if (chinese || !r)
			return false;
		numbering = chinese ? NUMBER_SECTION : NUMBER_DIGIT;
	}
	if (q >= end)
		return false;
	label->numbering = numbering;
	label->number = (uint8_t)(v > UINT8_MAX ? 0 : v);
	*p = q;
	return true;
}

/*
 * Passes over 其中 at *p, also where its first character is mistyped (共中:): then a colon or comma must
 * show what it was.
 */
static bool
skip_of_which(const struct label_words *words, const char **p, const char *end)
{
	size_t n = word_at(words->of_which, words->nof_which, *p, end), first;

	if (n) {
		*p += n;
		return true;
	}
	rune_at(*p, end, &first);
	for (size_t k = 0; k < words->nof_which; k++) {
		struct span rest = span_from(words->of_which[k], 3);
		const char *q = *p + first;
		uint32_t r;

		if (!rest.n || !is_at(rest, q, end))
			continue;
		q += rest.n;
		r = q < end ? rune_at(q, end, &n) : 0;
		if (r == ':' || r == ',') {
			*p = q + n;
			return true;
		}
	}
	return false;
}

static void
add_core(const char *p, const char *end, bool remarks, struct buf *keys)
{
	unsigned depth = 0;
	char *out = buf_room(keys, (size_t)(end - p));

	while (p < end) {
		size_t n;
		uint32_t r = rune_at(p, end, &n);

		if (remarks && (r == '(' || r == 0x3014 || r == 0x3010))
			depth++;
		else if (depth && (r == ')' || r == 0x3015 || r == 0x3011))
			depth--;
		else if (!depth && !is_filler(r)) {
			if (r < 0x80) {
				*out++ = (char)(r >= 'A' && r <= 'Z' ? r + 32 : r);
			} else {
				memcpy(out, p, n);
				out += n;
			}
		}
		p += n;
	}
	keys->n = (size_t)(out - keys->p);
}

struct label
label_read(const struct label_words *words, struct span text, struct buf *keys)
{
	struct label label = {.numbering = NUMBER_NONE};
	const char *p = text.n ? text.p : "", *end = p + text.n;
	size_t at = keys->n;

	for (int turn = 0; turn < 4 && p < end; turn++) {
		size_t n;

		while (p < end) {
			uint32_t r = rune_at(p, end, &n);

			if (r == '(' || !is_filler(r))
				break;
			p += n;
		}
		if (p >= end || skip_numbering(words, &p, end, &label))
			continue;
		if (!skip_of_which(words, &p, end))
			break;
		label.of_which = true;
	}
	buf_room(keys, 1);
	add_core(p, end, true, keys);
	/* A label all in brackets is its own words. */
	if (keys->n == at)
		add_core(p, end, false, keys);
	label.key = (struct span){keys->p + at, keys->n - at};
	label.hash = span_hash(label.key);
	return label;
}

size_t
label_runes(struct span key, uint32_t *runes, size_t cap)
{
	const char *p = key.p, *end = key.p + key.n;
	size_t count = 0;

	while (p < end && count < cap) {
		size_t n;

		runes[count++] = rune_at(p, end, &n);
		p += n;
	}
	return count;
}

unsigned
label_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, unsigned most)
{
	enum { LONGEST = 128 };
	unsigned rows[2][LONGEST + 1], *before = rows[0], *now = rows[1];

	if (na > LONGEST || nb > LONGEST || (na > nb ? na - nb : nb - na) > most)
		return most + 1;
	for (size_t j = 0; j <= nb; j++)
		before[j] = (unsigned)j;
	for (size_t i = 1; i <= na; i++) {
		unsigned least = (unsigned)i, *swap;

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= nb; j++) {
			unsigned d = before[j - 1] + (a[i - 1] != b[j - 1]);

			if (before[j] + 1 < d)
				d = before[j] + 1;
			if (now[j - 1] + 1 < d)
				d = now[j - 1] + 1;
			now[j] = d;
			if (d < least)
				least = d;
		}
		if (least > most)
			return most + 1;
		swap = before;
		before = now;
		now = swap;
	}
	return before[nb];
}
