#include "utf8.h"

#include "simd.h"

size_t
utf8_step(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t length;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (n < length)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return length;
}

uint32_t
utf8_rune_rare(struct span s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p;

	*n = span_step(s);
	if (*n == 2 && p[0] < 0xe0)
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	if (*n == 4)
		return (p[0] & 0x7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
	return 0;
}

size_t
utf8_plain(struct span s)
{
	size_t n = s.n ? utf8_step((const unsigned char *)s.p, s.n) : 0;
	uint32_t rune = n ? utf8_rune(s, &n) : 0;

	return rune >= ' ' && !(rune >= 0x7f && rune < 0xa0) ? n : 0;
}

#ifdef __SSE2__
/* Back to the lead byte of the character that reaches into the block at p. */
static const unsigned char *
lead_before(const unsigned char *p)
{
	do
		p--;
	while (*p < 0xc0);
	return p;
}

/*
 * Checks whole blocks from *p on, a character boundary: what follows a lead byte must be a
 * continuation and nothing else may be.  Stops at a boundary, at the latest in the last 16 bytes,
 * and before a block that needs more than that: one that is wrong, or has lead bytes with rules of
 * their own (C0 C1 E0 ED F0-FF), which are rare in Chinese.
 */
static const unsigned char *
skip_plain(const unsigned char *p, const unsigned char *end)
{
	unsigned owed = 0; /* continuations the block must begin with, as bits */

	while (end - p >= 16) {
		/* By four blocks, as ASCII seldom is alone or mixed in one: each jump here is a guess. */
		const unsigned char *stop = p + (end - p >= 64 ? 64 : 16);

		if (owed == 0 && stop - p == 64 &&
			_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(simd_load(p), simd_load(p + 16)),
				_mm_or_si128(simd_load(p + 32), simd_load(p + 48)))) == 0) {
			p = stop;
			continue;
		}
		do {
			__m128i v = simd_load(p);
			unsigned high = (unsigned)_mm_movemask_epi8(v);
			unsigned cont = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, simd_byte(0xc0)));
			unsigned three = high & (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, simd_byte(0xdf)));
			unsigned lead = high & ~cont, due = owed | lead << 1 | three << 2;
			unsigned own = simd_is(v, 0xe0) | simd_is(v, 0xed) |
				       (high & (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, simd_byte(0xef))));

			if (lead & ~three)
				own |= simd_is(_mm_and_si128(v, simd_byte(0xfe)), 0xc0);
			if (own || (due & 0xffff) != cont)
				goto boundary;
			owed = due >> 16;
			p += 16;
		} while (p < stop);
	}
boundary:
	return owed ? lead_before(p) : p;
}
#endif

#ifdef SIMD_WIDE
/* skip_plain by 64 bytes; stops at the latest in the last 64. */
SIMD_WIDE static const unsigned char *
skip_plain_wide(const unsigned char *p, const unsigned char *end)
{
	const __m256i c0 = _mm256_set1_epi8((char)0xc0), fe = _mm256_set1_epi8((char)0xfe),
		      df = _mm256_set1_epi8((char)0xdf), ef = _mm256_set1_epi8((char)0xef);
	uint64_t owed = 0;

	for (; end - p >= 64; p += 64) {
		struct simd_block b = simd_block(p);
		uint64_t high = simd_bits(b.low, b.high), cont, three, lead, own;

		if ((high | owed) == 0)
			continue;
		cont = simd_bits(_mm256_cmpgt_epi8(c0, b.low), _mm256_cmpgt_epi8(c0, b.high));
		three = high & simd_bits(_mm256_cmpgt_epi8(b.low, df), _mm256_cmpgt_epi8(b.high, df));
		lead = high & ~cont;
		own = simd_block_is(b, 0xe0) | simd_block_is(b, 0xed) |
		      (high & simd_bits(_mm256_cmpgt_epi8(b.low, ef), _mm256_cmpgt_epi8(b.high, ef)));
		if (lead & ~three)
			own |= simd_bits(_mm256_cmpeq_epi8(_mm256_and_si256(b.low, fe), c0),
				_mm256_cmpeq_epi8(_mm256_and_si256(b.high, fe), c0));
		if (own || (owed | lead << 1 | three << 2) != cont)
			break;
		owed = lead >> 63 | three >> 62;
	}
	return owed ? lead_before(p) : p;
}
#endif

size_t
utf8_valid(struct span in)
{
	const unsigned char *start = (const unsigned char *)in.p, *p = start, *end;
#ifdef SIMD_WIDE
	const bool wide = simd_wide();
#endif

	if (in.n == 0)
		return 0; /* p may be NULL */
	end = p + in.n;
	while (p < end) {
		size_t step;
#ifdef SIMD_WIDE
		if (wide)
			p = skip_plain_wide(p, end);
#endif
#ifdef __SSE2__
		p = skip_plain(p, end);
#endif
		/* One block by hand, then on. */
		for (const unsigned char *stop = end - p > 20 ? p + 20 : end; p < stop; p += step)
			if ((step = utf8_step(p, (size_t)(end - p))) == 0)
				return (size_t)(p - start);
	}
	return in.n;
}

size_t
utf8_bad(struct span in, size_t *first)
{
	size_t at = 0, bad = 0;

	if (in.n == 0)
		return 0;
	while ((at += utf8_valid(span_of(in.p + at, in.n - at))) < in.n) {
		if (bad++ == 0)
			*first = at;
		at++;
	}
	return bad;
}

/* What utf8_foreign looks for, up to the last 63 bytes at most: NULL if it is there, else where they begin. */
static const unsigned char *
pass_native(const unsigned char *p, const unsigned char *end)
{
#ifdef __SSE2__
	for (; end - p >= 64; p += 64) {
		__m128i v = _mm_max_epu8(_mm_max_epu8(simd_load(p), simd_load(p + 16)), _mm_max_epu8(simd_load(p + 32), simd_load(p + 48)));

		if (_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, simd_byte(0xf5)), v)))
			return NULL;
	}
#else
	(void)end;
#endif
	return p;
}

#ifdef SIMD_WIDE
/* The same by 256 bytes. */
SIMD_WIDE static const unsigned char *
pass_native_wide(const unsigned char *p, const unsigned char *end)
{
	const __m256i f5 = _mm256_set1_epi8((char)0xf5);

	for (; end - p >= 256; p += 256) {
		struct simd_block a = simd_block(p), b = simd_block(p + 64), c = simd_block(p + 128), d = simd_block(p + 192);
		__m256i v = _mm256_max_epu8(_mm256_max_epu8(_mm256_max_epu8(a.low, a.high), _mm256_max_epu8(b.low, b.high)),
			_mm256_max_epu8(_mm256_max_epu8(c.low, c.high), _mm256_max_epu8(d.low, d.high)));

		if (_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(v, f5), v)))
			return NULL;
	}
	return p;
}
#endif

bool
utf8_foreign(struct span in)
{
	const unsigned char *p = (const unsigned char *)in.p, *end;
	unsigned char highest = 0;

	if (in.n == 0)
		return false; /* p may be NULL */
	end = p + in.n;
#ifdef SIMD_WIDE
	if (simd_wide())
		p = pass_native_wide(p, end);
#endif
	p = p ? pass_native(p, end) : NULL;
	for (; p && p < end; p++)
		highest = *p > highest ? *p : highest;
	return !p || highest > 0xf4;
}
