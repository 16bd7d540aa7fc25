#include "place.h"

#include "simd.h"

struct place
place_of(struct span page)
{
	return (struct place){page.p, page.p, 1};
}

#ifdef __SSE2__
/* A bit for each LF and CR in the 16 bytes at p. */
static inline unsigned
ends(const char *p)
{
	__m128i v = simd_load(p);

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(
		_mm_cmpeq_epi8(v, simd_byte('\n')), _mm_cmpeq_epi8(v, simd_byte('\r'))));
}
#endif

/* Line ends from p to end: a CR counts, an LF counts if no CR is before it. */
static size_t
count(const struct place *place, const char *p, const char *end)
{
	size_t lines = 0;

#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		unsigned lf, cr;

		if (!ends(p))
			continue;
		lf = simd_is(simd_load(p), '\n');
		cr = simd_is(simd_load(p), '\r');
		lf &= ~(cr << 1 | (p > place->start && p[-1] == '\r'));
		for (; lf; lf &= lf - 1)
			lines++;
		for (; cr; cr &= cr - 1)
			lines++;
	}
#endif
	for (; p < end; p++)
		lines += *p == '\r' || (*p == '\n' && (p == place->start || p[-1] != '\r'));
	return lines;
}

size_t
place_line(struct place *place, const char *p)
{
	if (p < place->at)
		place->line -= count(place, p, place->at);
	else
		place->line += count(place, place->at, p);
	place->at = p;
	return place->line;
}
