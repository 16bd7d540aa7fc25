/*
 * writer: bytes and CSV fields into a file, through one large buffer.
 *
 * A write that fails is said once; what follows is dropped and writer_close gives STATUS_LOST, so no
 * lost write goes unseen.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "reader.h"
#include "span.h"

struct writer {
	char *at, *end; /* room left; whoever writes through `at` calls writer_room before */
	char *start;
	const char *path;
	int fd;
	bool failed;
	uint64_t lines; /* ended by writer_end */
	/* The plan of writer_header: for each input column, which new value overwrites it, or NO_COLUMN. */
	size_t *place;
	size_t nplace;
	size_t *appended;
	size_t nappended;
	bool overwrites;
};

/* Opens path for writing; NULL or "-" is standard output.  NULL, said, if it cannot. */
struct writer *writer_open(const char *path);

/* Makes room for n bytes at w->at. */
void writer_make_room(struct writer *w, size_t n);

static inline void
writer_room(struct writer *w, size_t n)
{
	if ((size_t)(w->end - w->at) < n)
		writer_make_room(w, n);
}

/* The bytes as they are. */
void writer_long(struct writer *w, struct span bytes);

static inline void
writer_raw(struct writer *w, struct span bytes)
{
	if ((size_t)(w->end - w->at) < bytes.n) {
		writer_long(w, bytes);
		return;
	}
	if (bytes.n)
		memcpy(w->at, bytes.p, bytes.n);
	w->at += bytes.n;
}

static inline void
writer_char(struct writer *w, char c)
{
	writer_room(w, 1);
	*w->at++ = c;
}

/* The text as one CSV field (RFC 4180), quoted only where needed. */
void writer_field(struct writer *w, struct span text);
void writer_uint(struct writer *w, uint64_t u);

/* Ends a line. */
static inline void
writer_end(struct writer *w)
{
	writer_char(w, '\n');
	w->lines++;
}

/*
 * Plans and, unless `names_out` is false, writes the header of a filter that adds columns: the input's
 * columns in their order, one of `names` that is already there in its old place, the others at the end.
 */
void writer_header(struct writer *w, const struct reader *in, const char *const *names, size_t n,
	bool names_out);

/*
 * A record of the input with the values of the planned names.  The line passes through untouched unless a
 * column is overwritten.
 */
void writer_record(struct writer *w, const struct record *rec, const struct span *values);

/* Hands all written so far to the file. */
void writer_flush(struct writer *w);

enum status writer_close(struct writer *w);

#endif
