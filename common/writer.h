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
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"
#include "diag.h"
#include "reader.h"
#include "span.h"

struct writer {
	char *at, *end; /* room left; whoever writes through `at` calls writer_room before */
	char *start;
	const char *path;
	int fd;
	bool failed;
	bool stale; /* the file still holds what stood in it before */
	uint64_t lines; /* ended by writer_end */
	/* The plan of writer_header: for each input column, which new value overwrites it, or NO_COLUMN. */
	size_t *place;
	struct span *fields; /* of the line being put together */
	size_t *appended;
	size_t nappended;
	bool overwrites;
};

/*
 * Opens path for writing; NULL or "-" is standard output.  NULL, said, if it cannot.  What stands in the file goes
 * with the first bytes written, or at the close: a program that ends by die before has harmed nothing.
 */
struct writer *writer_open(const char *path);

/* Makes room for n bytes at w->at. */
void writer_make_room(struct writer *w, size_t n);

static inline void
writer_room(struct writer *w, size_t n)
{
	if ((size_t)(w->end - w->at) < n)
		writer_make_room(w, n);
}

/* As writer_raw, of more bytes than there is room for. */
void writer_long(struct writer *w, struct span bytes);

/* Bytes that are to stand as they are: nothing is quoted. */
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

/* As writer_field, whatever the text's length and the room left. */
void writer_any_field(struct writer *w, struct span text);

/*
 * A short text is read in one block of 16 bytes, past its end but never past its page of memory; address
 * sanitizers, which know better than the processor, take the plain way.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define WRITER_PLAIN 1
#endif
#endif
#if !defined(__SSE2__) || defined(__SANITIZE_ADDRESS__)
#define WRITER_PLAIN 1
#endif

#ifdef __SSE2__
/* Which of those of 16 bytes that `among` has a bit for make quotes necessary. */
static inline int
writer_special(__m128i v, int among)
{
	/* None is above the comma; nor are blanks and a few signs, but few fields have any of these. */
	int low = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_subs_epu8(v, _mm_set1_epi8(',')), _mm_setzero_si128()));

	if (!(low & among))
		return 0;
	return among & _mm_movemask_epi8(
		_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')),
				     _mm_cmpeq_epi8(v, _mm_set1_epi8('"'))),
			_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
				_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')))));
}
#endif

/* The text as one CSV field (RFC 4180), quoted only where needed. */
static inline void
writer_field(struct writer *w, struct span text)
{
#ifndef WRITER_PLAIN
	if (text.n - 1 < 16 && w->end - w->at >= 16 && ((uintptr_t)text.p & 4095) <= 4096 - 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)text.p);

		_mm_storeu_si128((__m128i *)(void *)w->at, v);
		if (!writer_special(v, (1 << text.n) - 1)) {
			w->at += text.n;
			return;
		}
	}
#endif
	writer_any_field(w, text);
}

/* Whether a field of this text is quoted. */
bool writer_quotes(struct span text);

/* As writer_field, behind what a buffer holds: for what is put together once and written often. */
void writer_field_into(struct buf *out, struct span text);

/* The texts as fields with commas between them. */
void writer_fields(struct writer *w, const struct span *field, size_t n);
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

/* The same from rec->field, some of which were replaced; rec->line is not looked at. */
void writer_changed(struct writer *w, const struct record *rec, const struct span *values);

/* Writes what is held; false if something was lost, now or before. */
bool writer_flush(struct writer *w);

enum status writer_close(struct writer *w);

#endif
