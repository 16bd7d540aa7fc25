/*
 * split: a line of CSV (without CR and LF) into its fields.
 *
 * *fields is an array grown as needed (start with NULL, 0); a reason why a line is no record is a constant, NULL if it is
 * one.  The reader splits plain lines itself, as it looks for where they end.
 */
#ifndef SPLIT_H
#define SPLIT_H

#include <stddef.h>

#include "span.h"

struct buf;

/*
 * What has more fields is no record, so their places are not kept: at 16 bytes a comma they would take many times the
 * record.  One more than these is told.
 */
enum { SPLIT_MOST = 1 << 20 };

/* A line without a quote: at its commas. */
void split_plain(struct span line, struct span **fields, size_t *nfields, size_t *cap);

/* A line with one: by libcsv, which is strict here; unquoted text lives in *scratch. */
const char *split_quoted(struct span line, struct span **fields, size_t *nfields, size_t *cap, struct buf *scratch);

/* Either, as reader_next would; for lines a filter kept. */
const char *record_split(struct span line, struct span **fields, size_t *nfields, size_t *cap, struct buf *scratch);

#endif
