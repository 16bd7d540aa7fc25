#include "place.h"

#include "simd.h"

struct place
place_of(struct span page)
{
	return (struct place){page.p, page.p, 1, page.n && memchr(page.p, '\r', page.n)};
}

/* Line ends from p to end: a CR counts, an LF counts if no CR is before it. */
static size_t
count(const struct place *place, const char *p, const char *end)
{
	size_t lines = 0;

	if (!place->cr) {
#ifdef __SSE2__
		for (; end - p >= 16; p += 16)
			for (unsigned bits = simd_is(simd_load(p), '\n'); bits; bits &= bits - 1)
				lines++;
#endif
		for (; p < end; p++)
			lines += *p == '\n';
		return lines;
	}
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
