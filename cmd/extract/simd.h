/*
 * simd: sixteen bytes at a time where the machine has SSE2, one at a time where not.
 *
 * Each search reads only between p and end, and answers end if it finds nothing.
 */
#ifndef SIMD_H
#define SIMD_H

#include <stddef.h>

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i
simd_load(const void *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

static inline __m128i
simd_byte(int c)
{
	return _mm_set1_epi8((char)c);
}

/* A bit for each byte of v that is c. */
static inline unsigned
simd_is(__m128i v, int c)
{
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, simd_byte(c)));
}
#endif

/* The first byte over 0x7f. */
static inline const unsigned char *
simd_high(const unsigned char *p, const unsigned char *end)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		unsigned bits = (unsigned)_mm_movemask_epi8(simd_load(p));

		if (bits)
			return p + __builtin_ctz(bits);
	}
#endif
	while (p < end && *p < 0x80)
		p++;
	return p;
}

/* The first byte that is a or b. */
static inline const char *
simd_either(const char *p, const char *end, char a, char b)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		__m128i v = simd_load(p);
		unsigned bits = simd_is(v, a) | simd_is(v, b);

		if (bits)
			return p + __builtin_ctz(bits);
	}
#endif
	while (p < end && *p != a && *p != b)
		p++;
	return p;
}

/* The first byte that is c: memchr for the short distances inside a tag. */
static inline const char *
simd_find(const char *p, const char *end, char c)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		unsigned bits = simd_is(simd_load(p), c);

		if (bits)
			return p + __builtin_ctz(bits);
	}
#endif
	while (p < end && *p != c)
		p++;
	return p;
}

#endif
