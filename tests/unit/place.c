/* links: cmd/extract/html/place.c */
#include "html/place.h"

#include <stdlib.h>

#include "tap.h"

/* Every byte of pages of CRs, LFs and letters, of all lengths around a block's, against counting. */
static void
line_is_counted(void)
{
	struct place place = PLACE_INIT;
	unsigned seed = 11, wrong = 0, asked = 0;

	for (int turn = 0; turn < 4000; turn++) {
		size_t n = (size_t)(turn % 200), line = 1;
		char *page = malloc(n + !n); /* of its exact size, so that a sanitizer sees a step beyond */

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			page[i] = "\r\naaaa"[(seed >> 16) % (turn % 3 ? 6 : 2)];
		}
		place_set(&place, span_of(page, n));
		for (size_t i = 0; i <= n; i++) {
			/* Between a CR and its LF no text begins. */
			if (i < n && page[i] == '\n' && i > 0 && page[i - 1] == '\r')
				continue;
			line = 1;
			for (size_t k = 0; k < i; k++)
				line += page[k] == '\n' ? !(k > 0 && page[k - 1] == '\r') : page[k] == '\r';
			wrong += place_line(&place, page + i) != line;
			asked++;
		}
		free(page);
	}
	place_release(&place);
	ok(wrong == 0 && asked > 100000, "the line of each byte (%u of %u wrong)", wrong, asked);
}

int
main(void)
{
	line_is_counted();
	return done_testing();
}
