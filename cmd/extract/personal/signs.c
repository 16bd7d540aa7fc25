#include "signs.h"

#include "simd.h"

enum {
	SHORTEST = 5, /* bytes of the shortest name of a field, or mailbox */
	DIGITS = 7,   /* signs in a row that may be a telephone number */
};

/* Where in up to 64 bytes of a text something personal may be, a bit a byte, the first the lowest. */
struct signs {
	uint64_t other; /* a colon, a blank, an at sign, a full-width digit; of a character its first byte */
	uint64_t phone; /* the last of seven digits, dashes and stars in a row, or more */
};

#ifdef SIMD_WIDE
SIMD_WIDE static inline struct signs
block_signs(const char *p, uint64_t *wider)
{
	const __m256i below = _mm256_set1_epi8('0' - 1), above = _mm256_set1_epi8('9' + 1), dash = _mm256_set1_epi8('-'),
		      star = _mm256_set1_epi8('*'), colon = _mm256_set1_epi8(':'), at = _mm256_set1_epi8('@'),
		      blank = _mm256_set1_epi8(' ');
	struct simd_block b = simd_block(p);
	__m256i v[2] = {b.low, b.high}, phone[2], other[2];

	for (int i = 0; i < 2; i++) {
		phone[i] = _mm256_or_si256(_mm256_and_si256(_mm256_cmpgt_epi8(v[i], below), _mm256_cmpgt_epi8(above, v[i])),
			_mm256_or_si256(_mm256_cmpeq_epi8(v[i], dash), _mm256_cmpeq_epi8(v[i], star)));
		other[i] = _mm256_or_si256(_mm256_cmpeq_epi8(v[i], colon),
			_mm256_or_si256(_mm256_cmpeq_epi8(v[i], at), _mm256_cmpeq_epi8(v[i], blank)));
	}
	*wider = simd_block_is(b, 0xe2) | simd_block_is(b, 0xef);
	return (struct signs){simd_bits(other[0], other[1]), simd_bits(phone[0], phone[1])};
}
#endif

/* Whether a colon of another width, a full-width digit (U+FF10 to U+FF19) or at sign (U+FF20) stands at that place. */
static inline bool
is_wider(const struct buf *text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text->p + at;

	if (text->n - at < 3)
		return false;
	if (p[0] == 0xef && p[1] == 0xbc)
		return (p[2] >= 0x90 && p[2] <= 0x9a) || p[2] == 0xa0;
	return (p[0] == 0xef && p[1] == 0xb8 && p[2] == 0xb0) || (p[0] == 0xe2 && p[1] == 0x88 && p[2] == 0xb6);
}

/* Of the signs of 64 bytes those that end a row of DIGITS; *before: the signs of the bytes before, which it becomes. */
static inline uint64_t
rows_of_seven(uint64_t signs, uint64_t *before)
{
	uint64_t earlier = *before;

	*before = signs;
	if (signs == 0)
		return 0;
	/* A bit stays where one, two and three more before it are set. */
	for (int k = 1; k <= 3; k++) {
		signs &= signs << k | earlier >> (64 - k);
		earlier &= earlier << k;
	}
	return signs;
}

/*
 * Those of the n <= 64 bytes of the text from `at` on, all before having been looked at by 64.
 * before: which of the 64 bytes before may be of a telephone number.
 */
static inline __attribute__((always_inline)) struct signs
find_signs(const struct buf *text, size_t at, size_t n, uint64_t *before, bool wide)
{
	const char *p = text->p + at;
	struct signs s = {0, 0};
	uint64_t wider = 0; /* the first bytes of signs of other widths, and of other characters */

#ifdef SIMD_WIDE
	if (wide && n == 64)
		s = block_signs(p, &wider);
#endif
#ifdef __SSE2__
	for (size_t i = 0; !wide && n == 64 && i < 64; i += 16) {
		__m128i v = simd_load(p + i);
		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, simd_byte('0' - 1)),
			_mm_cmplt_epi8(v, simd_byte('9' + 1)));
		__m128i phone = _mm_or_si128(digit,
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('-')), _mm_cmpeq_epi8(v, simd_byte('*'))));
		__m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(':')),
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('@')), _mm_cmpeq_epi8(v, simd_byte(' '))));

		s.phone |= (uint64_t)(unsigned)_mm_movemask_epi8(phone) << i;
		s.other |= (uint64_t)(unsigned)_mm_movemask_epi8(other) << i;
		wider |= (uint64_t)(simd_is(v, '\xe2') | simd_is(v, '\xef')) << i;
	}
	if (n < 64)
#endif
		for (size_t i = 0; i < n; i++) {
			char c = p[i];

			s.phone |= (uint64_t)(is_digit(c) || c == '-' || c == '*') << i;
			s.other |= (uint64_t)(c == ':' || c == '@' || c == ' ') << i;
			wider |= (uint64_t)(c == '\xe2' || c == '\xef') << i;
		}
	for (; wider; wider &= wider - 1)
		if (is_wider(text, at + (size_t)__builtin_ctzll(wider)))
			s.other |= wider & -wider;
	s.phone = rows_of_seven(s.phone, before);
	return s;
}

/* Marks the pieces that may hold something personal. */
static inline __attribute__((always_inline)) void
mark(const struct pieces *list, unsigned char *marked, bool wide)
{
	const struct buf *text = &list->text;
	uint64_t before = 0;
	size_t i = 0;

	/* The pieces' texts stand in the buffer in their order. */
	for (size_t at = 0; at < text->n; at += 64) {
		struct signs s = find_signs(text, at, text->n - at < 64 ? text->n - at : 64, &before, wide);

		for (uint64_t bits = s.other | s.phone; bits;) {
			size_t sign = (size_t)__builtin_ctzll(bits), next;
			const struct piece *piece;

			while (i < list->n && list->v[i].text + list->v[i].length <= at + sign)
				i++;
			if (i == list->n)
				return;
			piece = &list->v[i];
			next = piece->text + piece->length - at;
			if (at + sign < piece->text)
				next = piece->text - at;
			else if (piece->length >= SHORTEST && !marked[i]) {
				/* Digits in a row may be those of several cells. */
				marked[i] = s.other >> sign & 1 || at + sign - piece->text >= DIGITS - 1;
				if (!marked[i])
					next = sign + 1;
			}
			bits = next < 64 ? bits & UINT64_MAX << next : 0;
		}
	}
}

#ifdef SIMD_WIDE
SIMD_WIDE static void
mark_wide(const struct pieces *list, unsigned char *marked)
{
	mark(list, marked, true);
}
#endif

void
signs_mark(const struct pieces *list, unsigned char *marked)
{
#ifdef SIMD_WIDE
	if (simd_wide()) {
		mark_wide(list, marked);
		return;
	}
#endif
	mark(list, marked, false);
}

