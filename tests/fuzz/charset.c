/* links: cmd/extract/charset */

/*
 * Any bytes as a page in whatever coding.  The first byte says what the transport declares.  What is
 * decoded must be UTF-8, and deciding and decoding must count the same undecodable bytes.
 * What was recoded gives the same bytes when it is written so again.
 */
#include "charset/charset.h"
#include "charset/recoded.h"

#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const declared[] = {"", "gbk", "big5", "utf-16le", "utf-16be", "utf-8", "x", "gb2312"};
	struct buf out = BUF_INIT;
	struct charset charset;
	size_t first = SIZE_MAX, bad, valid;
	struct span page, body;
	char *copy;

	if (n == 0)
		return 0;
	copy = xmalloc(n - 1);
	memcpy(copy, data + 1, n - 1);
	page = span_of(copy, n - 1);
	charset = charset_decide(page, span_str(declared[data[0] & 7]));
	require(charset.id < CHARSETS && charset.bom <= page.n && charset.bad <= page.n);
	body = span_of(page.p + charset.bom, page.n - charset.bom);
	bad = charset_decode(charset.id, body, &out, &first);
	require(bad == charset.bad && (bad == 0 || first + charset.bom == charset.first_bad));
	require(utf8_valid(buf_span(&out)) == out.n);

	/* The fast check of UTF-8 against the plain one. */
	for (valid = 0; valid < page.n;) {
		size_t step = utf8_step((const unsigned char *)page.p + valid, page.n - valid);

		if (step == 0)
			break;
		valid += step;
	}
	require(utf8_valid(page) == valid);
	/* The bytes of a page that was recoded, written so again, are the page. */
	if (valid == page.n && recoded_undo(page, &out)) {
		struct buf again = BUF_INIT, same = BUF_INIT;

		for (size_t i = 0; i < out.n; i++)
			buf_add_rune(&again, (unsigned char)out.p[i]);
		require(recoded_undo(buf_span(&again), &same) && span_eq(buf_span(&same), buf_span(&out)));
		buf_release(&again);
		buf_release(&same);
	}
	/* Every coding decodes every page. */
	for (int id = 0; id < CHARSETS; id++) {
		buf_reset(&out);
		charset_decode((enum charset_id)id, page, &out, NULL);
		require(utf8_valid(buf_span(&out)) == out.n);
	}
	buf_release(&out);
	free(copy);
	return 0;
}
