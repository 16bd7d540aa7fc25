/* links: cmd/classify/identity/names.c */
/* names: the automaton finds what a search word by word finds, on random texts and words. */
#include "../../cmd/classify/identity/names.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "tap.h"

static uint32_t seed = 7;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static const char *const letters[] = {"\xe5\xae\x9d", "\xe5\xb1\xb1", "\xe5\x8c\xba",
	"\xe5\xb8\x82", "a", "\xc3\xa9", "\xe5\x9c\x8b" /* traditional, read as the next */,
	"\xe5\x9b\xbd"};

static void
random_text(struct buf *b, uint32_t characters, uint32_t kinds)
{
	buf_reset(b);
	for (uint32_t i = 0; i < characters; i++)
		buf_add_str(b, letters[draw(kinds)]);
	buf_room(b, 1);
}

/* Every traditional character replaced, as the automaton is to read it. */
static void
plain_of(struct buf *b, struct span text)
{
	buf_reset(b);
	buf_add_span(b, text);
	for (size_t i = 0; i + 3 <= b->n; i++)
		if (memcmp(b->p + i, letters[6], 3) == 0)
			memcpy(b->p + i, letters[7], 3);
}

static void
test_random(void)
{
	struct buf words[30], text = BUF_INIT, plain = BUF_INIT;
	struct name_hits hits = {0};
	size_t wrong = 0, found = 0;

	memset(words, 0, sizeof words);
	for (int round = 0; round < 2000; round++) {
		struct names *n = names_new();
		uint32_t id[30], count = 1 + draw(30);
		size_t expect = 0;

		names_equate(n, 0x570b, 0x56fd);
		for (uint32_t w = 0; w < count; w++) {
			random_text(&text, 1 + draw(5), 8);
			plain_of(&words[w], buf_span(&text));
			id[w] = names_add(n, buf_span(&text));
		}
		names_build(n);
		random_text(&text, draw(200), 8);
		plain_of(&plain, buf_span(&text));
		hits.n = 0;
		names_scan(n, buf_span(&text), &hits);
		for (uint32_t w = 0; w < count; w++) {
			bool again = false;

			for (uint32_t v = 0; v < w; v++)
				again = again || id[v] == id[w];
			for (size_t at = 0; !again && at + words[w].n <= plain.n; at++) {
				size_t k = 0;

				if (memcmp(plain.p + at, words[w].p, words[w].n) != 0)
					continue;
				expect++;
				while (k < hits.n &&
					(hits.v[k].word != id[w] || hits.v[k].start != at ||
						hits.v[k].end != at + words[w].n))
					k++;
				wrong += k == hits.n;
			}
		}
		for (size_t k = 1; k < hits.n; k++)
			wrong += hits.v[k].end < hits.v[k - 1].end ||
				 (hits.v[k].end == hits.v[k - 1].end &&
					 hits.v[k].start <= hits.v[k - 1].start);
		wrong += expect != hits.n;
		found += expect;
		names_free(n);
	}
	ok(wrong == 0 && found > 50000, "%zu words found, %zu wrong", found, wrong);
	for (size_t w = 0; w < 30; w++)
		buf_release(&words[w]);
	buf_release(&text);
	buf_release(&plain);
	free(hits.v);
}

static void
test_edges(void)
{
	struct names *n = names_new();
	struct name_hits hits = {0};

	ok(!names_equate(n, 'a', 0x56fd) && !names_equate(n, 0x20000, 0x56fd),
		"only like with like");
	ok(names_add(n, SPAN("")) == NAMES_NONE && names_add(n, SPAN("\xff")) == NAMES_NONE &&
			names_add(n, SPAN("\xf0\xa0\x80\x80")) == NAMES_NONE,
		"what is no word is refused");
	ok(names_add(n, SPAN("宝山区")) == 0 && names_add(n, SPAN("山区")) == 1 &&
			names_add(n, SPAN("宝山区")) == 0,
		"a word has one number");
	names_build(n);
	names_scan(n, SPAN("\xe5\xae 宝山区\xe5"), &hits);
	ok(hits.n == 2 && hits.v[0].word == 0 && hits.v[1].word == 1 &&
			hits.v[0].end == hits.v[1].end,
		"cut characters lead nowhere, the longest comes first");
	free(hits.v);
	names_free(n);
}

int
main(void)
{
	test_random();
	test_edges();
	return done_testing();
}
