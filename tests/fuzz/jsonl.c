/* links: cmd/extract/jsonl.c cmd/extract/object.c cmd/extract/stream.c cmd/extract/words.c cmd/extract/blank.c */

/* Any bytes as JSON Lines, and as a document: reading ends, lines are counted, what is handed out is a page. */
#include "jsonl.h"

#include <stdint.h>

#include "diag.h"
#include "file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct stream *s;
	static struct words *words;
	struct jsonl j;
	struct jsonl_record r;
	enum jsonl_event event;
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
	jsonl_kind(s, words, 4096);
	j = JSONL_INIT(s, words, (size_t)(data[0] >> 1) * 32 + 16, data[0] & 1 ? JSONL_DOCUMENT : JSONL_LINES);
	while ((event = jsonl_next(&j, &r)) != JSONL_END) {
		require(j.line >= line && (j.line <= lines || data[1] == 0x1f));
		line = j.line;
		require(event == JSONL_PAGE ? r.page.p != NULL : r.fault != NULL);
	}
	jsonl_release(&j);
	stream_close(s);
	close(fd);
	return 0;
}
