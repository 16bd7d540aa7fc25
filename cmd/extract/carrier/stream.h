/*
 * stream: the bytes of a file or of standard input, unzipped if they are gzip, as a window that grows
 * at its end and is taken from at its front.
 *
 * Unlike common/input it goes on behind damage in a gzip file of many members: the window ends at the
 * damage, and stream_resume begins a new one at the next member that can be read.  Whoever reads a
 * container of records loses the record that the damage is in and no other.
 */
#ifndef STREAM_H
#define STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

enum stream_state {
	STREAM_OPEN,
	STREAM_END,    /* of the file */
	STREAM_BROKEN, /* gzip data is damaged here; stream_resume may find more */
	STREAM_CUT,    /* gzip data ends within a member */
	STREAM_FAILED, /* a read failed; said */
	STREAM_BOMB,   /* a member unzips to more than `ratio` times its size */
};

struct stream;

/* Its memory is kept from file to file.  ratio: how much larger unzipped data may be. */
struct stream *stream_new(size_t ratio);
void stream_free(struct stream *s);

/* Opens path, "-" being standard input; false, said, if it cannot.  Closes what was open. */
bool stream_open(struct stream *s, const char *path);
void stream_close(struct stream *s);

/* The bytes at hand; good until the next call. */
struct span stream_window(const struct stream *s);

/* Makes the window `want` bytes long if there are as many before the end; whether it is. */
bool stream_fill(struct stream *s, size_t want);

/* Drops n bytes at the front of the window. */
void stream_take(struct stream *s, size_t n);

/* Why the window does not grow; STREAM_OPEN while it may. */
enum stream_state stream_state(const struct stream *s);

/* What is wrong with the gzip data at STREAM_BROKEN and STREAM_BOMB. */
const char *stream_fault(const struct stream *s);

/*
 * After one of these: drops the window and goes on at the next gzip member whose data begin with
 * `magic`; false if there is none.
 */
bool stream_resume(struct stream *s, struct span magic);

/*
 * Where in the file the front of the window is; of gzip data, where the member begins it comes from.
 */
size_t stream_offset(const struct stream *s);

/*
 * Whether all bytes of the window come from gzip members that are whole as far as can be known: their
 * checksums hold.  True where there is no gzip.
 */
bool stream_whole(const struct stream *s);

/* Whether a gzip member begins at this byte of the window. */
bool stream_member_begins(const struct stream *s, size_t at);

#endif
