/* links: cmd/normalize/figure.c cmd/normalize/figure_clause.c cmd/normalize/figure_context.c cmd/normalize/figure_list.c cmd/normalize/figure_names.c cmd/normalize/figure_span.c cmd/normalize/figure_text.c cmd/normalize/scan.c cmd/normalize/scan_code.c cmd/normalize/scan_doubt.c cmd/normalize/scan_number.c cmd/normalize/scan_word.c cmd/normalize/quantity.c cmd/normalize/whole.c cmd/normalize/cell.c cmd/normalize/words.c */

/*
 * Any bytes as the text of a piece: folding, reading it as a cell, and finding figures in it keep what
 * their headers promise.
 */
#include <stdint.h>
#include <utf8proc.h>

#include "cell.h"
#include "figure.h"
#include "fold.h"
#include "fuzz.h"

static void
require_text(struct span s)
{
	size_t at = 0;

	while (at < s.n) {
		utf8proc_int32_t rune;
		utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at,
			(utf8proc_ssize_t)(s.n - at), &rune);

		require(length > 0 && rune >= ' ' && rune != 0x7f);
		at += (size_t)length;
	}
}

static void
require_reading(const struct reading *r)
{
	char text[DECIMAL_MAX];
	struct decimal back;

	require(r->state > STATE_NONE && r->state < STATES);
	require(decimal_parse((struct span){text, decimal_format(r->value, text)}, &back) == DECIMAL_GOOD &&
		decimal_cmp(back, r->value) == 0);
}

static size_t
count(struct span s, const char *mark)
{
	struct span needle = span_str(mark);
	size_t n = 0, at;

	while ((at = span_find(s, needle)) < s.n) {
		n++;
		s.p += at + needle.n;
		s.n -= at + needle.n;
	}
	return n;
}

static void
take(void *context, const struct record *rec, struct span text, const struct reading *r)
{
	size_t *figures = context;

	require(rec == NULL);
	(*figures)++;
	require_text(text);
	require_reading(r);
	require(r->state == STATE_NUMBER || r->state == STATE_ABOUT || r->state == STATE_TEXT);
	require(count(text, "【") == 1 && count(text, "】") == 1 && count(text, "│") <= 3);
	require(!memchr(text.p, ',', text.n));
	require(text.n < 16384);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct words *words;
	static struct figures *figures;
	static struct buf text, again;
	struct span in = {(const char *)data, n};
	struct reading r;
	size_t found = 0;

	if (!words) {
		words = words_load(NULL);
		figures = figures_new(words);
	}
	buf_reset(&text);
	buf_reset(&again);
	fold_text(in, &text);
	require_text(buf_span(&text));
	if (!fold_needed(in))
		require(span_eq(in, buf_span(&text)));
	fold_text(buf_span(&text), &again);
	require(span_eq(buf_span(&text), buf_span(&again)));
	r = cell_read(words, buf_span(&text));
	require_reading(&r);
	figures_find(figures, NULL, buf_span(&text), take, &found);
	require(found <= text.n);
	return 0;
}
