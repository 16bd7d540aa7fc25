/* links: cmd/extract/warc.c cmd/extract/http.c cmd/extract/stream.c */

/*
 * Any bytes as a WARC file, zipped or not: reading ends, and what is handed out lies within the record.
 * The first byte says how long a record may be.
 */
#include "warc.h"


#include "diag.h"
#include "file.h"
#include "http.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct stream *s;
	static struct buf work;
	struct warc warc;
	struct warc_record r;
	enum warc_event event;
	size_t events = 0;
	char path[64];
	int fd;

	if (n < 2)
		return 0;
	if (!s)
		s = stream_new(1000);
	fd = file_of(data + 1, n - 1, path);
	require(stream_open(s, path));
	warc = WARC_INIT(s, (size_t)data[0] * 256 + 64);
	while ((event = warc_next(&warc, &r)) != WARC_END) {
		struct http http;

		/* A zipped byte stands for 1,032 at the most, and a record takes ten. */
		require(events++ <= (data[1] == 0x1f ? n * 1032 : n * 2 + 2));
		require(r.offset <= n || data[1] == 0x1f);
		if (event == WARC_DAMAGED) {
			require(r.fault != NULL);
		} else {
			require(r.content.n <= warc.max);
			if (!http_read(r.content, 1 << 20, 1000, &work, &http))
				require(http.body.n <= 1 << 20);
		}
	}
	stream_close(s);
	close(fd);
	return 0;
}
