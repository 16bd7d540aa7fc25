/* links: cmd/normalize/memo.c */

#include "memo.h"

#include "tap.h"

/* Gives the memo a text with what it says, which is made of the text and so tells whether another's is given. */
static void
keep(struct memo *m, uint8_t kind, struct span text)
{
	memo_keep(m, kind, text, kind > 1, text, STATE_NUMBER, span_head(text, 8), text);
}

static bool
is_right(const struct memo_entry *e, uint8_t kind, struct span text)
{
	return e && e->changed == (kind > 1) && e->state == STATE_NUMBER && e->unit.p == text.p &&
	       span_eq((struct span){e->folded, e->folded_length}, text) &&
	       span_eq((struct span){e->value, e->value_length}, span_head(text, 8));
}

static void
keeps_the_second_time(void)
{
	struct memo *m = memo_new();
	struct span text = SPAN("a label"), other = SPAN("another");

	keep(m, 0, text);
	ok(!memo_find(m, 0, text), "a text that came once is not kept");
	keep(m, 0, text);
	ok(is_right(memo_find(m, 0, text), 0, text), "one that came twice is");
	ok(!memo_find(m, 1, text) && !memo_find(m, 0, other) && !memo_find(m, 0, SPAN("")), "as what it was read, and no other");
	keep(m, 2, text);
	keep(m, 2, text);
	ok(is_right(memo_find(m, 2, text), 2, text) && is_right(memo_find(m, 0, text), 0, text), "nor one takes the other's place");
	memo_free(m);
}

/* Texts of all lengths, many more than there is room for, each asked for whenever another came. */
static void
gives_only_its_own(void)
{
	enum { TEXTS = 6000, BYTES = MEMO_TEXT + 3 };
	static char texts[TEXTS][BYTES];
	struct memo *m = memo_new();
	size_t found = 0, wrong = 0, too_long = 0;

	for (size_t i = 0; i < TEXTS; i++)
		for (size_t k = 0; k < BYTES; k++)
			texts[i][k] = (char)('a' + (k % 5 ? 0 : i >> k % 13 & 7));
	for (size_t turn = 0; turn < 3; turn++)
		for (size_t i = 0; i < TEXTS; i++) {
			struct span text = {texts[i], 1 + i % BYTES};
			uint8_t kind = (uint8_t)(i % 3);

			keep(m, kind, text);
			keep(m, kind, text);
			for (size_t k = i < 20 ? 0 : i - 20; k <= i; k++) {
				struct span asked = {texts[k], 1 + k % BYTES};
				const struct memo_entry *e = memo_find(m, (uint8_t)(k % 3), asked);

				found += e != NULL;
				too_long += e && asked.n > MEMO_TEXT;
				/* Of two that are alike the last is given. */
				wrong += e && !(e->changed == (k % 3 > 1) && span_eq((struct span){e->folded, e->folded_length}, asked));
			}
		}
	ok(found > 3 * TEXTS && wrong == 0 && too_long == 0, "of %zu found none is another's, %zu, nor too long, %zu", found, wrong, too_long);
	memo_free(m);
}

int
main(void)
{
	keeps_the_second_time();
	gives_only_its_own();
	return done_testing();
}
