#include "utf8.h"

#include <string.h>

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
/*
 * skip_plain by 64 bytes, which must be there; stops at the latest in the last 64.  Two bytes stand before p, which are
 * looked at again: a byte is a continuation where the one before it is a lead byte, or the one before that is one of three.
 */
SIMD_WIDE static const unsigned char *
skip_plain_wide(const unsigned char *p, const unsigned char *end)
{
	const __m256i c0 = _mm256_set1_epi8((char)0xc0), e1_c0 = _mm256_set1_epi8(0x21), ed = _mm256_set1_epi8((char)0xed),
		      ef = _mm256_set1_epi8((char)0xef), all = _mm256_set1_epi8((char)0xff), high = _mm256_set1_epi8((char)0x80);
	/* What is added to a byte, C0 or E0 at least, comes to FF and no further. */
	const __m256i to_lead = _mm256_set1_epi8(0x3f), to_three = _mm256_set1_epi8(0x1f);

	do {
		struct simd_block b = simd_block(p), one = simd_block(p - 1), two = simd_block(p - 2);
		__m256i due, wrong, own;

		if (_mm256_testz_si256(_mm256_or_si256(_mm256_or_si256(two.low, two.high), b.high), high))
			continue;
		due = _mm256_max_epu8(_mm256_adds_epu8(one.low, to_lead), _mm256_adds_epu8(two.low, to_three));
		wrong = _mm256_xor_si256(_mm256_cmpeq_epi8(due, all), _mm256_cmpgt_epi8(c0, b.low));
		due = _mm256_max_epu8(_mm256_adds_epu8(one.high, to_lead), _mm256_adds_epu8(two.high, to_three));
		wrong = _mm256_or_si256(wrong, _mm256_xor_si256(_mm256_cmpeq_epi8(due, all), _mm256_cmpgt_epi8(c0, b.high)));
		/* Lead bytes from C0 to E0 are the least when C0 is taken away. */
		own = _mm256_min_epu8(_mm256_sub_epi8(b.low, c0), _mm256_sub_epi8(b.high, c0));
		own = _mm256_or_si256(_mm256_subs_epu8(e1_c0, own), _mm256_subs_epu8(_mm256_max_epu8(b.low, b.high), ef));
		own = _mm256_or_si256(own, _mm256_or_si256(_mm256_cmpeq_epi8(b.low, ed), _mm256_cmpeq_epi8(b.high, ed)));
		wrong = _mm256_or_si256(wrong, own);
		if (!_mm256_testz_si256(wrong, wrong))
			break;
	} while (end - (p += 64) >= 64);
	return p[-1] >= 0xc0 || p[-2] >= 0xe0 ? lead_before(p) : p;
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
	/* The two bytes that skip_plain_wide looks back at, then by as much as skip_plain leaves. */
	for (ptrdiff_t by_hand = 2; p < end; by_hand = 20) {
		size_t step;

		for (const unsigned char *stop = end - p > by_hand ? p + by_hand : end; p < stop; p += step)
			if ((step = utf8_step(p, (size_t)(end - p))) == 0)
				return (size_t)(p - start);
#ifdef SIMD_WIDE
		if (wide && end - p >= 64)
			p = skip_plain_wide(p, end);
#endif
#ifdef __SSE2__
		p = skip_plain(p, end);
#endif
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

bool
utf8_begun(struct span in)
{
	/* The highest bytes that may follow, or the lowest, make it one. */
	unsigned char more[4] = {0, 0x80, 0x80, 0x80};

	if (in.n == 0 || in.n > 3)
		return false;
	memcpy(more, in.p, in.n);
	if (in.n == 1)
		more[1] = more[0] == 0xe0 || more[0] == 0xf0 ? 0xbf : 0x80;
	return utf8_step(more, 4) > in.n;
}
