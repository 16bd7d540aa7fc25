/*
 * jsonl: the pages of JSON Lines: an object a line, its page in "html", "text" or "content" (the first of
 * them that is a string), its address in "url".
 */
#ifndef JSONL_H
#define JSONL_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "buf.h"
#include "span.h"
#include "stream.h"

enum jsonl_event {
	JSONL_PAGE,
	JSONL_DAMAGED, /* a line that is no such object */
	JSONL_END,     /* of the file; the stream's state and jsonl.cut say whether it was whole */
};

struct jsonl {
	struct stream *stream;
	size_t max;    /* longer lines are damaged */
	size_t done;   /* bytes of the line handed out last */
	size_t line;   /* its number, from 1 */
	json_t *object;
	bool cut;      /* the last line is not whole */
	struct buf mended;
};

#define JSONL_INIT(stream, max) ((struct jsonl){stream, max, 0, 0, NULL, false, BUF_INIT})

struct jsonl_record {
	struct span url, page; /* good until the next call */
	size_t offset, bytes;  /* of the line */
	size_t halves;         /* half surrogates in its strings, read as U+FFFD */
	const char *fault;     /* JSONL_DAMAGED: a constant */
};

/* Whether the stream's first line is a JSON object with a page. */
bool jsonl_looks_like(struct stream *s, size_t max);

enum jsonl_event jsonl_next(struct jsonl *j, struct jsonl_record *record);
void jsonl_release(struct jsonl *j);

#endif
