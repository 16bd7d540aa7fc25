/*
 * trace: where on earth a piece is from (--trace): where in the bytes of its page it begins, which page that was to the
 * byte, and when it was taken.
 *
 * The line of a piece tells little of a page that is one line, and its source nothing of which of several captures of
 * one address a number is from.
 */
#ifndef TRACE_H
#define TRACE_H

#include <stddef.h>

#include "piece.h"
#include "sha256.h"
#include "span.h"
#include "writer.h"

/* How it is known where in its page a piece begins. */
enum trace_by {
	TRACE_NONE, /* not at all: it was found in a copy of the page in UTF-8 */
	TRACE_HTML, /* it says itself, unless lines of text were taken apart once more */
	TRACE_TEXT, /* it is where its line begins */
};

/* The columns, each with a comma before it. */
#define TRACE_COLUMNS ",offset,digest,captured"

struct trace {
	char digest[SHA256_DIGITS];
	struct span captured; /* lent; empty: nobody says when */
	enum trace_by by;
	size_t mark;          /* bytes of the byte order mark at the start */
	size_t *lines;        /* TRACE_TEXT: where each begins */
	size_t n, cap;
};

#define TRACE_INIT ((struct trace){.n = 0})

/* Takes a page, its bytes as its container holds them, and what the container says of when it was taken. */
void trace_page(struct trace *trace, struct span page, struct span captured);

/* How its pieces are placed in its bytes, which begin with a mark of so many. */
void trace_place(struct trace *trace, enum trace_by by, struct span page, size_t mark);

/* The three fields of a piece, each with a comma before it. */
void trace_write(const struct trace *trace, struct writer *w, const struct piece *piece);

void trace_release(struct trace *trace);

#endif
