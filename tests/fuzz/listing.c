/* links: cmd/extract/carrier cmd/extract/words.c cmd/extract/blank.c */

/* Any bytes as CSV with a page a record: reading ends, lines are counted, what is handed out is of the record. */
#include "carrier/listing.h"

#include "fed.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct words *words;
	struct listing l;
	struct listing_record r;
	enum listing_event event;
	size_t line = 0;
	struct fed fed;

	if (n == 0)
		return 0;
	if (!words)
		words = words_load(NULL);
	fed = fed_open(data + 1, n - 1);
	if (listing_begin(&l, fed.stream, words, (size_t)data[0] * 32 + 16)) {
		while ((event = listing_next(&l, &r)) != LISTING_END) {
			require(l.line > line && (l.line <= fed.lines || fed.zipped));
			line = l.line;
			require(event == LISTING_PAGE ? r.page.n <= r.bytes : r.fault != NULL);
		}
		listing_release(&l);
	}
	fed_close(&fed);
	return 0;
}
