/*
 * warc: the pages of a WARC file (1.0, 1.1; ISO 28500), a record at a time.
 *
 * Pages are records of type response, resource and conversion.  A record that is damaged (its header,
 * its length, the gzip member it is in) is passed over: reading goes on at the next one that begins
 * as records do.
 */
#ifndef WARC_H
#define WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"
#include "stream.h"

enum warc_event {
	WARC_PAGE,    /* a page's record */
	WARC_OTHER,   /* a record of another type */
	WARC_DAMAGED, /* a record that cannot be read: offset and fault say where and why */
	WARC_END,     /* of the file; the stream's state and warc.cut say whether it was whole */
};

struct warc_record {
	struct span uri;     /* WARC-Target-URI */
	struct span date;    /* WARC-Date: when it was taken */
	struct span content; /* the block */
	bool http;           /* it is an HTTP response */
	struct span type, charset; /* of a block that is the page itself */
	const char *partial; /* why it is not whole, as the crawler says: a constant; NULL: it does not */
	size_t offset;       /* of the record, as stream_offset */
	size_t bytes;        /* of the record; of a damaged one as far as it could be read */
	const char *fault;   /* WARC_DAMAGED: a constant */
};

struct warc {
	struct stream *stream;
	size_t max;  /* longer records are damaged */
	size_t done; /* bytes of the record handed out last */
	bool cut;    /* the file ends within a record */
	bool said;   /* the damage the stream ended in has been handed out */
};

#define WARC_INIT(stream, max) ((struct warc){stream, max, 0, false, false})

/* Whether these bytes begin a WARC file. */
bool warc_looks_like(struct span bytes);

/* The next record; its spans are good until the next call. */
enum warc_event warc_next(struct warc *warc, struct warc_record *record);

#endif
