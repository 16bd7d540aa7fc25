/*
 * simd: sixteen bytes at a time where the machine has SSE2, one at a time where not.
 *
 * Each search reads only between p and end, and answers end if it finds nothing.
 *
 * What goes once over a whole page takes 64 bytes in one where the processor has AVX2, which a program for any x86-64
 * has to ask for (simd_wide): two loads in place of four, and a third of the instructions.  Searches inside a page are
 * short; they gain nothing by it.
 */
#ifndef SIMD_H
#define SIMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* -DSIMD_NARROW: as on a processor without AVX2, so that a test run may have both. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(SIMD_NARROW)
#include <immintrin.h>

/* Marks a function that may be called only where simd_wide() says so. */
#define SIMD_WIDE __attribute__((target("avx2,popcnt")))

static inline bool
simd_wide(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

/* 64 bytes. */
struct simd_block {
	__m256i low, high;
};

SIMD_WIDE static inline struct simd_block
simd_block(const void *p)
{
	const __m256i *v = p;

	return (struct simd_block){_mm256_loadu_si256(v), _mm256_loadu_si256(v + 1)};
}

/* The highest bits of 64 bytes, that of the first the lowest. */
SIMD_WIDE static inline uint64_t
simd_bits(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/* A bit for each byte of the block that is c. */
SIMD_WIDE static inline uint64_t
simd_block_is(struct simd_block b, int c)
{
	__m256i all = _mm256_set1_epi8((char)c);

	return simd_bits(_mm256_cmpeq_epi8(b.low, all), _mm256_cmpeq_epi8(b.high, all));
}
#endif

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
