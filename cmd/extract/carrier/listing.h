/*
 * listing: the pages of a CSV file with a page in each record, as spreadsheets and libraries write what was crawled.
 *
 * Its first line names the fields, and one of the names is that of a page (page/words.csv, page_key); fields are parted by
 * commas, semicolons or tabs, and a quoted one may go on over lines (RFC 4180).  A table saved as CSV may have a column of
 * such a name, too: some page among the first is longer than its cells are, or goes on over lines.
 */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"
#include "stream.h"
#include "words.h"

enum listing_event {
	LISTING_PAGE,
	LISTING_DAMAGED, /* a record that holds none */
	LISTING_END,     /* of the file; the stream's state and listing.cut say whether it was whole */
};

struct listing {
	struct stream *stream;
	size_t max;              /* longer records are damaged */
	char sign;               /* between the fields */
	size_t fields, page, url, title, captured; /* how many there are; which is which, SIZE_MAX: none */
	size_t done;             /* bytes of the record handed out last */
	size_t line, lines;      /* its first line, from 1; line ends in it */
	bool cut;                /* the last record is not whole */
	struct buf text[4];      /* fields without their quotes */
};

struct listing_record {
	struct span url, title, captured, page; /* good until the next call */
	size_t offset, bytes;         /* of the record */
	const char *fault;            /* LISTING_DAMAGED: a constant */
};

/* Whether the stream is such a file; then *l is ready, to be released. */
bool listing_begin(struct listing *l, struct stream *s, const struct words *words, size_t max);

enum listing_event listing_next(struct listing *l, struct listing_record *record);
void listing_release(struct listing *l);

#endif
