/*
 * http: the page inside an HTTP response as a crawler kept it: headers, chunks and compression undone.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

struct http {
	unsigned status;     /* 0: no status line */
	struct span type;    /* Content-Type without parameters; empty if there is none */
	struct span charset; /* its charset parameter */
	struct span body;
	size_t missing;      /* bytes by which the body is shorter than its Content-Length; 0 if it is coded, too */
};

/* Whether these bytes begin a response, with its status line. */
bool http_looks_like(struct span bytes);

/*
 * The value of a header in a block of them, without blanks around; empty if there is none.  The name's
 * case does not count.
 */
struct span http_header(struct span block, struct span name);

/* A Content-Length as a number; false if it is none. */
bool http_length(struct span value, size_t *length);

/* Splits a Content-Type into type and charset. */
void http_type(struct span value, struct span *type, struct span *charset);

/*
 * Reads a response.  The body is a view into `response` or into *work, which holds no more than max
 * bytes.  A body that is not coded as its headers say is taken as it is.  NULL, or why there is no
 * page (a constant).
 */
const char *http_read(struct span response, size_t max, size_t ratio, struct buf *work,
	struct http *http);

#endif
