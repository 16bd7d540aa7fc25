#include "signature.h"

enum {
	MINIMA = 64,
	LEAST = 200, /* runs of characters: below that a likeness says nothing */
};

/* A run of five characters is the last five taken, each of three bytes in UTF-8. */
struct run {
	uint64_t window; /* 12 bits of each */
	size_t taken;
};

static void
take(struct run *run, struct span text, uint64_t minimum[MINIMA], size_t *runs)
{
	const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;

	while (p < end) {
		uint64_t hash;
		size_t place;

		/* Only what stands in three bytes, and of it not the punctuation of U+2000-303F and U+FFxx. */
		if (*p < 0xe0 || *p >= 0xf0 || end - p < 3) {
			p++;
			continue;
		}
		if (*p < 0xe4 || *p == 0xef) {
			p += 3;
			continue;
		}
		run->window = run->window << 12 | (p[0] & 1u) << 11 | (p[1] & 31u) << 6 | (p[2] & 63u);
		p += 3;
		if (++run->taken < 5)
			continue;
		++*runs;
		hash = (run->window & ((UINT64_C(1) << 60) - 1)) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
		hash *= UINT64_C(0xbf58476d1ce4e5b9);
		place = hash >> 58;
		hash &= (UINT64_C(1) << 58) - 1;
		if (hash < minimum[place])
			minimum[place] = hash;
	}
}

void
signature_of(const struct page *page, struct buf *out)
{
	static const char digit[] = "0123456789abcdef";
	uint64_t minimum[MINIMA];
	size_t runs = 0;

	for (size_t i = 0; i < MINIMA; i++)
		minimum[i] = UINT64_MAX;
	for (size_t i = 0; i < page->n; i++) {
		struct run run = {0, 0};

		if (page->items[i].kind == ITEM_TEXT)
			take(&run, page->items[i].text, minimum, &runs);
	}
	if (runs < LEAST)
		return;
	for (size_t i = 0; i < MINIMA; i++) {
		uint64_t v = minimum[i] >> 8;

		if (i)
			buf_add_char(out, ' ');
		for (int shift = 12; shift >= 0; shift -= 4)
			buf_add_char(out, digit[v >> shift & 15]);
	}
}
