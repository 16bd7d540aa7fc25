/*
 * reader: pulls records, one at a time, from CSV, plain or gzipped (xxgk-records(5)).
 *
 * Several files are read as one stream, as `cat` would send them: a later line equal to the header is
 * passed over.  A record is views into the reader's own buffer, good until the next reader_next: copy
 * what must live longer.  The line is never written to.
 *
 * A line without a quote is split in place by SSE2; one with a quote goes through libcsv (strict), with
 * the same result.  A line that cannot be a record (wrong number of fields, a quote open at its end,
 * over max_record) is handed to `reject` and passed over.
 */
#ifndef READER_H
#define READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "span.h"
#include "split.h"

struct record {
	struct span line;         /* the record as it stands, without key, CR and LF */
	struct span key;          /* with key_prefix: what stands before the first tab, the tab with it */
	/*
	 * Unquoted, in the header's order.  Eight bytes may be read at a field's start, however short it is:
	 * a code or a number is then one word, without a branch on its length.
	 */
	const struct span *field;
	size_t nfields;
	size_t number; /* of the line in the whole input, from 1 */
	size_t column; /* of a line that is handed to `reject`: the character its fault shows at, from 1, or 0 */
};

/* A column a filter looks for. */
struct column {
	const char *name;
	const char *stage; /* the filter that writes it, for the message when it is missing */
	bool optional;
};

/* Stands for "there is no such column". */
#define NO_COLUMN SIZE_MAX

struct reader_options {
	size_t max_record;     /* bytes; 0 for the default, 64 MiB */
	const char *columns;   /* headerless: the names, comma-separated; NULL: the header is read */
	bool key_prefix;
	const struct column *want; /* what reader_open looks for */
	size_t nwant;
	const char *usual;     /* the names that an input without a single byte has; NULL: those of want that are needed */
	/* Takes a line that is no record; `why` is a constant.  May be NULL. */
	void (*reject)(void *context, const struct record *line, const char *why);
	void *context;
};

struct reader;

/*
 * Opens the files (none: standard input) and reads the header.  An input without a single byte has the
 * usual columns for its header.  NULL, said on standard error, for a header that cannot be used
 * (duplicate name, a wanted column missing): status 2.  A file that cannot be opened is said and passed
 * over, and reader_close gives STATUS_LOST.  `paths` is kept, not copied.
 */
struct reader *reader_open(char *const *paths, size_t npaths, const struct reader_options *options);

/* True while there is a record; false at the end, and at damage, which reader_close reports. */
bool reader_next(struct reader *r, struct record *record);

/* Where the record just handed out stands, for messages: its file (or `standard input`) and the line in it. */
struct span reader_place(const struct reader *r, const struct record *record, size_t *line);

/* The header: names in order, lent until reader_close. */
const struct span *reader_header(const struct reader *r, size_t *n);
/* The place of options.want[i] in a record, or NO_COLUMN for an optional one that is not there. */
size_t reader_column(const struct reader *r, size_t i);
/* The place of a column by name, or NO_COLUMN. */
size_t reader_find(const struct reader *r, struct span name);

/* What the header line was, for writing it on; with key prefix. */
struct span reader_key(const struct reader *r);

/* True if there was not one line, not even a header: the columns are then the usual ones. */
bool reader_empty(const struct reader *r);

uint64_t reader_read(const struct reader *r);     /* records handed out */
uint64_t reader_rejected(const struct reader *r); /* lines handed to reject */

/* STATUS_LOST for damage or a file not opened, STATUS_USAGE for a second header in another order,
 * STATUS_FINDINGS if a line was rejected. */
enum status reader_close(struct reader *r);

#endif
