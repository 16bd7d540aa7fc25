/* write: the pieces of a page as records. */
#ifndef WRITE_H
#define WRITE_H

#include "piece.h"
#include "span.h"
#include "trace.h"
#include "writer.h"

/* Appends the bytes, those that are control characters or not UTF-8 as %XX. */
void write_escape(struct buf *out, struct span bytes);

/* The page's name as a field: bytes that are control characters or not UTF-8 as %XX. */
void write_source(struct writer *w, struct span source);

/* All pieces of the page, a line each; with the columns of --trace unless `trace` is NULL. */
void write_pieces(struct writer *w, struct span source, const struct pieces *list, const struct trace *trace);

#endif
