/* links: cmd/extract/listing.c cmd/extract/stream.c cmd/extract/words.c cmd/extract/blank.c */

/* Any bytes as CSV with a page a record: reading ends, lines are counted, what is handed out is of the record. */
#include "listing.h"

#include "file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct stream *s;
	static struct words *words;
	struct listing l;
	struct listing_record r;
	enum listing_event event;
	size_t line = 0, lines = 1;
	char path[64];
	int fd;

	if (n == 0)
		return 0;
	if (!s) {
		s = stream_new(1000);
		words = words_load(NULL);
	}
	for (size_t i = 1; i < n; i++)
		lines += data[i] == '\n';
	fd = file_of(data + 1, n - 1, path);
	require(stream_open(s, path));
	if (listing_begin(&l, s, words, (size_t)data[0] * 32 + 16)) {
		while ((event = listing_next(&l, &r)) != LISTING_END) {
			require(l.line > line && (l.line <= lines || data[1] == 0x1f));
			line = l.line;
			require(event == LISTING_PAGE ? r.page.n <= r.bytes : r.fault != NULL);
		}
		listing_release(&l);
	}
	stream_close(s);
	close(fd);
	return 0;
}
