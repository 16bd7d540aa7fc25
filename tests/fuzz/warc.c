/* links: cmd/extract/carrier cmd/extract/words.c cmd/extract/blank.c */

/*
 * Any bytes as a WARC file, zipped or not: reading ends, and what is handed out lies within the record.
 * The first byte says how long a record may be.
 */
#include "carrier/warc.h"

#include "carrier/http.h"
#include "fed.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct buf work;
	struct warc warc;
	struct warc_record r;
	enum warc_event event;
	size_t events = 0;
	struct fed fed;

	if (n < 2)
		return 0;
	fed = fed_open(data + 1, n - 1);
	warc = WARC_INIT(fed.stream, (size_t)data[0] * 256 + 64);
	while ((event = warc_next(&warc, &r)) != WARC_END) {
		struct http http;

		/* A zipped byte stands for 1,032 at the most, and a record takes ten. */
		require(events++ <= (fed.zipped ? n * 1032 : n * 2 + 2));
		require(r.offset <= n || fed.zipped);
		if (event == WARC_DAMAGED) {
			require(r.fault != NULL);
		} else {
			require(r.content.n <= warc.max);
			if (!http_read(r.content, 1 << 20, 1000, &work, &http))
				require(http.body.n <= 1 << 20);
		}
	}
	fed_close(&fed);
	return 0;
}
