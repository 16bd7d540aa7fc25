#include "place.h"

#include <stdlib.h>

#include "buf.h"
#include "simd.h"

/* Of CRs and LFs of 64 bytes, `next` if an LF follows: the CRs that no LF follows. */
static inline uint64_t
lone(uint64_t cr, uint64_t lf, bool next)
{
	return cr & ~(lf >> 1 | (uint64_t)next << 63);
}

/* Which of the n <= 64 bytes at p end a line: LFs, and CRs that no LF follows before the end of the page. */
static uint64_t
ends(const char *p, size_t n, const char *end)
{
	uint64_t lf = 0, cr = 0;

#ifdef __SSE2__
	if (n == 64) {
		__m128i a = simd_load(p), b = simd_load(p + 16), c = simd_load(p + 32), d = simd_load(p + 48);
		__m128i returns = simd_byte('\r');

		lf = (uint64_t)simd_is(a, '\n') | (uint64_t)simd_is(b, '\n') << 16 | (uint64_t)simd_is(c, '\n') << 32 |
		     (uint64_t)simd_is(d, '\n') << 48;
		/* Most pages have no CR. */
		if (_mm_movemask_epi8(_mm_or_si128(
			    _mm_or_si128(_mm_cmpeq_epi8(a, returns), _mm_cmpeq_epi8(b, returns)),
			    _mm_or_si128(_mm_cmpeq_epi8(c, returns), _mm_cmpeq_epi8(d, returns)))) == 0)
			return lf;
		cr = (uint64_t)simd_is(a, '\r') | (uint64_t)simd_is(b, '\r') << 16 | (uint64_t)simd_is(c, '\r') << 32 |
		     (uint64_t)simd_is(d, '\r') << 48;
	} else
#endif
		for (size_t i = 0; i < n; i++) {
			lf |= (uint64_t)(p[i] == '\n') << i;
			cr |= (uint64_t)(p[i] == '\r') << i;
		}
	if (cr == 0)
		return lf;
	return lf | lone(cr, lf, end - p > 64 && p[64] == '\n');
}

#ifdef SIMD_WIDE
/* Sets the blocks of the page but the last; answers how many there are.  *lines: lines that end in them. */
SIMD_WIDE static size_t
set_wide(struct place_block *blocks, struct span page, size_t *lines)
{
	size_t n = page.n / 64;

	for (size_t i = 0; i < n; i++) {
		const char *p = page.p + 64 * i;
		struct simd_block b = simd_block(p);
		uint64_t lf = simd_block_is(b, '\n'), cr = simd_block_is(b, '\r');

		if (cr)
			lf |= lone(cr, lf, page.n - 64 * i > 64 && p[64] == '\n');
		blocks[i] = (struct place_block){lf, *lines};
		*lines += (size_t)__builtin_popcountll(lf);
	}
	return n;
}
#endif

void
place_set(struct place *place, struct span page)
{
	const char *end = page.p + page.n;
	size_t n = page.n / 64 + 1, lines = 0, i = 0;

	place->start = page.p;
	if (n > place->cap) {
		free(place->blocks);
		place->cap = n + n / 2;
		place->blocks = xreallocarray(NULL, place->cap, sizeof *place->blocks);
	}
#ifdef SIMD_WIDE
	if (simd_wide())
		i = set_wide(place->blocks, page, &lines);
#endif
	for (; i < n; i++) {
		struct place_block *block = &place->blocks[i];
		size_t left = page.n - 64 * i;

		block->before = lines;
		block->ends = ends(page.p + 64 * i, left < 64 ? left : 64, end);
		if (block->ends)
			lines += place_bits(block->ends);
	}
}

void
place_release(struct place *place)
{
	free(place->blocks);
	*place = PLACE_INIT;
}
