#include "span.h"

#ifdef __SSE2__
#include <emmintrin.h>

enum { BLOCK = 16, LONG = 16 };

/*
 * Texts and words are short, and memmem takes longer to begin than this to end.  The first byte and the
 * last but one are sought, 16 places at a time: in Chinese words they seldom stand apart like that by
 * chance, and of a word that short each place is soon ruled out.
 */
static size_t
find_short(struct span s, struct span needle)
{
	const size_t mark = needle.n - 2, end = s.n - needle.n + 1; /* places there are */
	const __m128i first_byte = _mm_set1_epi8(needle.p[0]), mark_byte = _mm_set1_epi8(needle.p[mark]);
	size_t i = 0;

	while (end >= BLOCK) {
		const void *p = s.p + i, *q = s.p + i + mark;
		unsigned may = (unsigned)_mm_movemask_epi8(
			_mm_and_si128(_mm_cmpeq_epi8(first_byte, _mm_loadu_si128((const __m128i *)p)),
				_mm_cmpeq_epi8(mark_byte, _mm_loadu_si128((const __m128i *)q))));

		for (; may; may &= may - 1) {
			size_t at = i + (size_t)__builtin_ctz(may);

			if (memcmp(s.p + at, needle.p, needle.n) == 0)
				return at;
		}
		if (i == end - BLOCK)
			return s.n;
		/* The last block reaches back over places that are ruled out. */
		i = i + 2 * BLOCK <= end ? i + BLOCK : end - BLOCK;
	}
	for (; i < end; i++)
		if (s.p[i] == needle.p[0] && s.p[i + mark] == needle.p[mark] &&
			memcmp(s.p + i, needle.p, needle.n) == 0)
			return i;
	return s.n;
}

/* The bytes of a letter, each in all places. */
struct letter {
	__m128i first, second, third;
};

/* A bit for each place where the letter begins, whose bytes are loaded from there, from the next place and from that behind it. */
static inline unsigned
letter_places(const struct letter *l, __m128i here, __m128i next, __m128i behind)
{
	return (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(l->first, here),
		_mm_and_si128(_mm_cmpeq_epi8(l->second, next), _mm_cmpeq_epi8(l->third, behind))));
}

static inline __m128i
sixteen(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline __m128i
eight(const char *p)
{
	return _mm_loadl_epi64((const __m128i *)(const void *)p);
}

/*
 * A letter of three bytes: all are compared at once, for its neighbours in the alphabet (、 and 。 of 【) begin with the same
 * two.  The last block reaches back over places that are ruled out.
 */
static size_t
find_letter(struct span s, const char *letter)
{
	enum { HALF = BLOCK / 2 };
	const struct letter l = {_mm_set1_epi8(letter[0]), _mm_set1_epi8(letter[1]), _mm_set1_epi8(letter[2])};
	const size_t end = s.n - 2; /* places there are */
	const char *p = s.p;
	unsigned at;

	if (end >= BLOCK) {
		for (size_t i = 0;; i = i + 2 * BLOCK <= end ? i + BLOCK : end - BLOCK) {
			at = letter_places(&l, sixteen(p + i), sixteen(p + i + 1), sixteen(p + i + 2));
			if (at)
				return i + (size_t)__builtin_ctz(at);
			if (i == end - BLOCK)
				return s.n;
		}
	}
	if (end >= HALF) {
		at = letter_places(&l, eight(p), eight(p + 1), eight(p + 2)) |
			letter_places(&l, eight(p + end - HALF), eight(p + end - HALF + 1), eight(p + end - HALF + 2)) << (end - HALF);
		return at ? (size_t)__builtin_ctz(at) : s.n;
	}
	for (size_t i = 0; i < end; i++)
		if (p[i + 2] == letter[2] && p[i + 1] == letter[1] && p[i] == letter[0])
			return i;
	return s.n;
}
#endif

size_t
span_find_word(struct span s, struct span needle)
{
	const char *hit;

#ifdef __SSE2__
	if (needle.n == 3)
		return find_letter(s, needle.p);
	if (needle.n <= LONG)
		return find_short(s, needle);
#endif
	hit = memmem(s.p, s.n, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : s.n;
}

bool
span_whole(struct span s, uint64_t *n)
{
	*n = 0;
	if (s.n == 0 || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') {
			*n = 0;
			return false;
		}
		*n = *n * 10 + (uint64_t)(s.p[i] - '0');
	}
	return true;
}

bool
span_lists(struct span list, char sep, struct span name)
{
	while (list.n)
		if (span_eq(span_cut(&list, sep), name))
			return true;
	return false;
}
