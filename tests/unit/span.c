#include "span.h"

#include <stdlib.h>

#include "tap.h"

/* span_find of words of all lengths, in texts of few letters so that it is often nearly right. */
static void
find_is_first(void)
{
	static const char letters[] = "ab\xe4";
	unsigned seed = 7, wrong = 0, found = 0;

	for (int turn = 0; turn < 200000; turn++) {
		char *text, *word;
		size_t n, m, expected;

		seed = seed * 1103515245u + 12345u;
		n = seed >> 16 & 63;
		m = seed >> 24 & 31;
		/* Of their exact sizes, so that a sanitizer sees a step beyond. */
		text = malloc(n + !n);
		word = malloc(m + !m);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = letters[(seed >> 16) % (turn % 2 ? 3 : 2)];
		}
		for (size_t i = 0; i < m; i++) {
			seed = seed * 1103515245u + 12345u;
			word[i] = m > 6 && n >= m && turn % 3 ? text[(n - m) / 2 + i]
							     : letters[(seed >> 16) % 2];
		}
		for (expected = 0; expected + m <= n && memcmp(text + expected, word, m) != 0; expected++)
			;
		if (expected + m > n)
			expected = n;
		found += expected < n;
		wrong += span_find(span_of(text, n), span_of(word, m)) != expected;
		free(text);
		free(word);
	}
	ok(wrong == 0 && found > 1000, "the first place of a word, or the end (%u wrong, %u found)", wrong,
		found);
}

/* Of each length, with no byte or any one byte other, at the end of its memory. */
static void
same_is_equal(void)
{
	unsigned wrong = 0;

	for (size_t n = 0; n < 70; n++)
		for (size_t other = 0; other <= n; other++) {
			char *a = malloc(n + !n), *b = malloc(n + !n);

			memset(a, 'x', n + !n);
			memset(b, 'x', n + !n);
			if (other < n)
				b[other] ^= 0x40;
			wrong += span_same(span_of(a, n), span_of(b, n)) != (other == n);
			wrong += n > 0 && span_same(span_of(a, n), span_of(a, n - 1));
			free(a);
			free(b);
		}
	ok(wrong == 0, "span_same finds any byte that differs (%u wrong)", wrong);
}

/* Characters of one to four bytes, cut at every place. */
static void
head_is_whole(void)
{
	static const char text[] = "a\xc3\xa9\xe4\xba\xba\xf0\xa0\x80\x80z";
	static const size_t ends[] = {0, 1, 3, 6, 10, 11};
	unsigned wrong = 0;

	for (size_t most = 0; most < 14; most++) {
		size_t want = 0;

		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
			if (ends[i] <= most)
				want = ends[i];
		wrong += span_head(span_of(text, sizeof text - 1), most).n != want;
	}
	wrong += span_head(span_of("\x80\x80\x80", 3), 2).n != 0;
	ok(wrong == 0, "span_head cuts between characters (%u wrong)", wrong);
}

/* Texts that differ in one byte, wherever it is: the low bits of their hashes, by which tables find a place, differ too. */
static void
hash_spreads(void)
{
	enum { TEXTS = 64, PLACES = 1024 };
	unsigned worst = TEXTS;

	for (size_t n = 1; n < 40; n++)
		for (size_t at = 0; at < n; at++) {
			char text[40];
			bool seen[PLACES] = {false};
			unsigned distinct = 0;

			memset(text, 'x', n);
			for (int i = 0; i < TEXTS; i++) {
				size_t place;

				text[at] = (char)('0' + i);
				place = span_hash(span_of(text, n)) % PLACES;
				distinct += !seen[place];
				seen[place] = true;
			}
			if (distinct < worst)
				worst = distinct;
		}
	/* 64 in 1,024 places at random leave 62 distinct; 50 is far from chance. */
	ok(worst >= 50, "hashes of texts that differ in one byte differ in their low bits (%u of %d at worst)", worst, TEXTS);
}

static void
parts_of_lists(void)
{
	ok(span_lists(SPAN("a,bc,d"), ',', SPAN("a")) && span_lists(SPAN("a,bc,d"), ',', SPAN("bc")) &&
			span_lists(SPAN("a,bc,d"), ',', SPAN("d")) && span_lists(SPAN("bc"), ';', SPAN("bc")),
		"a list has its first, its last and its only part");
	ok(!span_lists(SPAN("a,bc,d"), ',', SPAN("b")) && !span_lists(SPAN("a,bc,d"), ',', SPAN("c,d")) &&
			!span_lists(SPAN("a,bc,d"), ';', SPAN("a")) && !span_lists(SPAN(""), ',', SPAN("a")) &&
			!span_lists(span_str(NULL), ',', SPAN("a")),
		"and nothing else");
}

int
main(void)
{
	find_is_first();
	head_is_whole();
	same_is_equal();
	hash_spreads();
	parts_of_lists();
	return done_testing();
}
