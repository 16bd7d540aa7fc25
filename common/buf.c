#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

void *
xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		die(STATUS_LOST, "out of memory (%zu bytes wanted)", n);
	return p;
}

void *
xrealloc(void *old, size_t n)
{
	void *p = realloc(old, n ? n : 1);

	if (!p)
		die(STATUS_LOST, "out of memory (%zu bytes wanted)", n);
	return p;
}

void *
xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		die(STATUS_LOST, "out of memory (%zu elements of %zu bytes wanted)", count, size);
	return p;
}

void *
xreallocarray(void *p, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		die(STATUS_LOST, "out of memory (%zu elements of %zu bytes wanted)", count, size);
	return xrealloc(p, count * size);
}

void *
grow_more(void *array, size_t used, size_t *cap, size_t size)
{
	size_t want = *cap;

	want = want < 16 ? 16 : want + want / 2;
	if (want <= used)
		want = used + 1;
	array = xreallocarray(array, want, size);
	*cap = want;
	return array;
}

void
buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap < 64 ? 64 : b->cap;

	if (more > SIZE_MAX / 2 - b->n)
		die(STATUS_LOST, "out of memory (a buffer of over %zu bytes wanted)", b->n);
	while (cap - b->n < more)
		cap *= 2;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0) {
		vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void
buf_add_rune(struct buf *b, uint32_t rune)
{
	char *p = buf_room(b, 4);

	if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff))
		rune = 0xfffd;
	if (rune < 0x80) {
		*p = (char)rune;
		b->n += 1;
	} else if (rune < 0x800) {
		p[0] = (char)(0xc0 | rune >> 6);
		p[1] = (char)(0x80 | (rune & 0x3f));
		b->n += 2;
	} else if (rune < 0x10000) {
		p[0] = (char)(0xe0 | rune >> 12);
		p[1] = (char)(0x80 | (rune >> 6 & 0x3f));
		p[2] = (char)(0x80 | (rune & 0x3f));
		b->n += 3;
	} else {
		p[0] = (char)(0xf0 | rune >> 18);
		p[1] = (char)(0x80 | (rune >> 12 & 0x3f));
		p[2] = (char)(0x80 | (rune >> 6 & 0x3f));
		p[3] = (char)(0x80 | (rune & 0x3f));
		b->n += 4;
	}
}

void
buf_release(struct buf *b)
{
	free(b->p);
	*b = BUF_INIT;
}
