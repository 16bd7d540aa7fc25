#include "place.h"

#include <stdlib.h>

#include "buf.h"
#include "simd.h"

/* Which of the n <= 64 bytes at p end a line: LFs, and CRs that no LF follows before the end of the page. */
static uint64_t
ends(const char *p, size_t n, const char *end)
{
	uint64_t lf = 0, cr = 0;

#ifdef __SSE2__
	if (n == 64) {
		for (unsigned i = 0; i < 64; i += 16) {
			__m128i v = simd_load(p + i);

			lf |= (uint64_t)simd_is(v, '\n') << i;
			cr |= (uint64_t)simd_is(v, '\r') << i;
		}
	} else
#endif
		for (size_t i = 0; i < n; i++) {
			lf |= (uint64_t)(p[i] == '\n') << i;
			cr |= (uint64_t)(p[i] == '\r') << i;
		}
	if (cr == 0)
		return lf;
	return lf | (cr & ~(lf >> 1 | (uint64_t)(end - p > 64 && p[64] == '\n') << 63));
}

void
place_set(struct place *place, struct span page)
{
	const char *end = page.p + page.n;
	size_t n = page.n / 64 + 1, lines = 0;

	place->start = page.p;
	if (n > place->cap) {
		free(place->blocks);
		place->cap = n + n / 2;
		place->blocks = xreallocarray(NULL, place->cap, sizeof *place->blocks);
	}
	for (size_t i = 0; i < n; i++) {
		struct place_block *block = &place->blocks[i];
		size_t left = page.n - 64 * i;

		block->before = lines;
		block->ends = ends(page.p + 64 * i, left < 64 ? left : 64, end);
		lines += (size_t)__builtin_popcountll(block->ends);
	}
}

void
place_release(struct place *place)
{
	free(place->blocks);
	*place = PLACE_INIT;
}
