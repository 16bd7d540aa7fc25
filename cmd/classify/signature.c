#include "signature.h"

enum {
	MINIMA = 64,
	LEAST = 200, /* runs of characters: below that a likeness says nothing */
	SHORT = 60,  /* bytes: lines up to that are a site's menus and footers more than a report's prose */
};

/*
 * Takes the runs of five characters of a text, and gives how many they are.  A run is the last five
 * characters, each of three bytes in UTF-8, 12 bits of each.
 */
static size_t
take(struct span text, uint64_t minimum[MINIMA])
{
	const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
	uint64_t window = 0;
	size_t taken = 0;

	while (end - p >= 3) {
		uint64_t hash, least;
		size_t place;

		/* Only what stands in three bytes, and of it not the punctuation of U+2000-303F and U+FFxx. */
		if (*p < 0xe4 || *p >= 0xef) {
			p += *p < 0xe0 || *p >= 0xf0 ? 1 : 3;
			continue;
		}
		window = window << 12 | (p[0] & 1u) << 11 | (p[1] & 31u) << 6 | (p[2] & 63u);
		p += 3;
		if (++taken < 5)
			continue;
		hash = (window & ((UINT64_C(1) << 60) - 1)) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
		hash *= UINT64_C(0xbf58476d1ce4e5b9);
		place = hash >> 58;
		hash &= (UINT64_C(1) << 58) - 1;
		/* Stored in any case: which it is cannot be foreseen. */
		least = minimum[place];
		minimum[place] = hash < least ? hash : least;
	}
	return taken < 5 ? 0 : taken - 4;
}

/* Takes the lines that are longer than `from` bytes, and up to `to`. */
static size_t
take_lines(const struct page *page, size_t from, size_t to, uint64_t minimum[MINIMA])
{
	size_t runs = 0;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];

		if (item->kind == ITEM_TEXT && item->text.n > from && item->text.n <= to)
			runs += take(item->text, minimum);
	}
	return runs;
}

void
signature_of(const struct page *page, struct buf *out)
{
	static const char digit[] = "0123456789abcdef";
	uint64_t minimum[MINIMA];
	size_t runs;

	for (size_t i = 0; i < MINIMA; i++)
		minimum[i] = UINT64_MAX;
	runs = take_lines(page, SHORT, SIZE_MAX, minimum);
	/* A text of short lines only is one, too. */
	if (runs < LEAST)
		runs += take_lines(page, 0, SHORT, minimum);
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
