/* utf8: every character there is, and what is none. */
#include "utf8.h"

#include <stdlib.h>

#include "buf.h"
#include "tap.h"

/* The first character that does not come back as it was written, or is not told from a control character; -1: none. */
static long
first_wrong(void)
{
	struct buf b = BUF_INIT;
	long wrong = -1;

	for (uint32_t c = 0; c <= 0x10ffff && wrong < 0; c++) {
		size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, n = 0;
		bool plain = c >= ' ' && (c < 0x7f || c >= 0xa0);

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buf_reset(&b);
		buf_add_rune(&b, c);
		if (utf8_step((const unsigned char *)b.p, b.n) != length || utf8_rune(span_of(b.p, b.n), &n) != c || n != length ||
			utf8_plain(span_of(b.p, b.n)) != (plain ? length : 0))
			wrong = (long)c;
		for (size_t some = 0; some <= length; some++)
			if (utf8_begun(span_of(b.p, some)) != (some > 0 && some < length))
				wrong = (long)c;
		/* A byte short of it is none, and is not read beyond. */
		if (length > 1 && (utf8_step((const unsigned char *)b.p, length - 1) || utf8_plain(span_of(b.p, length - 1)) ||
			utf8_rune(span_of(b.p, length - 1), &n) || n != length - 1))
			wrong = (long)c;
	}
	buf_release(&b);
	return wrong;
}

/* Where all three ways to find the first bad byte do not agree, as a number of the text; -1: nowhere. */
static long
first_disagreement(void)
{
	static const char *const pieces[] = {"a", "0", " ", "\xc3\xa9", "中", "文", "。", "\xf0\xa0\xae\xb7", "abcdefghijklmnop"};
	static const char *const bad[] = {"\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5", "\xff", "\xe4\xb8"};
	uint32_t seed = 1;

	for (long text = 0; text < 4000; text++) {
		char s[512];
		size_t n = 0, at = 0, step, first = SIZE_MAX, wrong;

		for (int k = 0; n < 400; k++) {
			const char *piece;

			seed = seed * 1103515245 + 12345;
			piece = k && (seed >> 16) % 61 == 0 ? bad[(seed >> 8) % 8] : pieces[(seed >> 16) % 9];
			memcpy(s + n, piece, strlen(piece));
			n += strlen(piece);
		}
		while (at < n && (step = utf8_step((const unsigned char *)s + at, n - at)) != 0)
			at += step;
		wrong = utf8_bad(span_of(s, n), &first);
		if (utf8_valid(span_of(s, n)) != at || (wrong == 0) != (at == n) || (wrong && first != at))
			return text;
	}
	return -1;
}

int
main(void)
{
	static const char *const none[] = {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe4\xb8" "a", "\xc3" "a"};
	long at = first_wrong();

	ok(at < 0, "every character is read as it was written (%lx)", (unsigned long)at);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		ok(!utf8_step((const unsigned char *)none[i], strlen(none[i])) && !utf8_plain(span_str(none[i])) &&
				/* Two bytes of the last but one may be the beginning of another. */
				!utf8_begun(span_str(none[i])) && utf8_begun(span_of(none[i], strlen(none[i]) < 2 ? 1 : 2)) == (i == 11),
			"what is no character is told (%zu)", i);
	ok(utf8_plain(span_of("", 0)) == 0, "nothing is no character");
	at = first_disagreement();
	ok(at < 0, "a whole text and its characters one by one agree (%ld)", at);
	return done_testing();
}
