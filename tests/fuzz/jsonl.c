/* links: cmd/extract/carrier cmd/extract/words.c cmd/extract/blank.c */

/* Any bytes as JSON Lines, and as a document: reading ends, lines are counted, what is handed out is a page. */
#include "carrier/jsonl.h"

#include "fed.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct words *words;
	struct jsonl j;
	struct jsonl_record r;
	enum jsonl_event event;
	size_t line = 0;
	struct fed fed;

	if (n == 0)
		return 0;
	if (!words)
		words = words_load(NULL);
	fed = fed_open(data + 1, n - 1);
	jsonl_kind(fed.stream, words, 4096);
	j = JSONL_INIT(fed.stream, words, (size_t)(data[0] >> 1) * 32 + 16, data[0] & 1 ? JSONL_DOCUMENT : JSONL_LINES);
	while ((event = jsonl_next(&j, &r)) != JSONL_END) {
		require(j.line >= line && (j.line <= fed.lines || fed.zipped));
		line = j.line;
		require(event == JSONL_PAGE ? r.page.p != NULL : r.fault != NULL);
	}
	jsonl_release(&j);
	fed_close(&fed);
	return 0;
}
