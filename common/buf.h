/*
 * buf: bytes that grow.
 *
 * The memory is kept by buf_reset and given back by buf_release; running out of memory ends the
 * program with status 3, so no caller checks for it.
 */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "span.h"

struct buf {
	char *p;
	size_t n;   /* bytes used */
	size_t cap; /* bytes there are */
};

#define BUF_INIT ((struct buf){NULL, 0, 0})

/* malloc, realloc and calloc that die when memory is out; count * size is checked for overflow. */
void *xmalloc(size_t n);
void *xrealloc(void *p, size_t n);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *p, size_t count, size_t size);

/* Slow path of grow. */
void *grow_more(void *array, size_t used, size_t *cap, size_t size);

/*
 * Makes room for one element more than used in an array of *cap elements: returns the array, moved or
 * not, with *cap at least used + 1.  Growth is geometric.
 */
static inline void *
grow(void *array, size_t used, size_t *cap, size_t size)
{
	return used < *cap ? array : grow_more(array, used, cap, size);
}

/* Slow path of buf_room. */
void buf_grow(struct buf *b, size_t more);

/* Room for `more` bytes at b->p + b->n; does not change b->n. */
static inline char *
buf_room(struct buf *b, size_t more)
{
	if (b->cap - b->n < more)
		buf_grow(b, more);
	return b->p + b->n;
}

static inline void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n) {
		memcpy(buf_room(b, n), p, n);
		b->n += n;
	}
}

static inline void
buf_add_span(struct buf *b, struct span s)
{
	buf_add(b, s.p, s.n);
}

static inline void
buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void
buf_add_char(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

/* As printf; for messages and the like, not for hot paths. */
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The UTF-8 of a code point; U+FFFD for what is none. */
void buf_add_rune(struct buf *b, uint32_t rune);

static inline struct span
buf_span(const struct buf *b)
{
	return (struct span){b->p, b->n};
}

static inline void
buf_reset(struct buf *b)
{
	b->n = 0;
}

void buf_release(struct buf *b);

#endif
