/*
 * jsonl: the pages of JSON: of JSON Lines, an object a line, and of a document, which is an array of objects or objects
 * that go on over lines.  What of an object is a page: object.h.
 */
#ifndef JSONL_H
#define JSONL_H

#include <stdbool.h>
#include <stddef.h>

#include "object.h"
#include "span.h"
#include "stream.h"

enum jsonl_kind { JSONL_NONE, JSONL_LINES, JSONL_DOCUMENT };

enum jsonl_event {
	JSONL_PAGE,
	JSONL_DAMAGED, /* what is no such object */
	JSONL_END,     /* of the file; the stream's state and jsonl.cut say whether it was whole */
};

struct jsonl {
	struct stream *stream;
	size_t max;    /* longer lines and objects are damaged */
	enum jsonl_kind kind;
	size_t done;   /* bytes of what was handed out last */
	size_t line;   /* its number, or that of its first line, from 1 */
	size_t given;  /* pages of `object` */
	struct object object;
	bool lost;     /* what comes next is no object */
	bool cut;      /* the last line or object is not whole */
};

#define JSONL_INIT(stream, words, max, kind) ((struct jsonl){stream, max, kind, 0, 0, 0, OBJECT_INIT(words), false, false})

struct jsonl_record {
	struct span url, title, captured, page; /* good until the next call */
	size_t offset, bytes;  /* of the line or object */
	size_t halves;         /* half surrogates in its strings, read as U+FFFD; said with its first page */
	const char *fault;     /* JSONL_DAMAGED: a constant */
};

/* What the stream begins with: an object with a page on its first line, a document whose first object holds one, or neither. */
enum jsonl_kind jsonl_kind(struct stream *s, const struct words *words, size_t max);

enum jsonl_event jsonl_next(struct jsonl *j, struct jsonl_record *record);
void jsonl_release(struct jsonl *j);

#endif
