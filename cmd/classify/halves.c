#include "halves.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST_HALVES = 4, /* two bits of item.table */
	HEAD_ROWS = 8,   /* the head is among so many rows */
	MOST_CELLS = 64, /* of a head: what is looked at grows with their square */
	SHORTEST = 6,    /* bytes of a head */
	LONGEST = 48,
};

/* The cells of a row from items[first] on. */
static size_t
row_length(const struct page *page, size_t first, size_t end)
{
	size_t n = 0;

	while (first + n < end && page->items[first + n].row == page->items[first].row)
		n++;
	return n;
}

static bool
is_label_head(const struct form_book *book, struct span text, struct buf *keys)
{
	struct label label;

	buf_reset(keys);
	label = label_read(book->numerals, text, keys);
	return form_book_header(book, &label) == HEADER_LABEL;
}

/* How many cells of a row of n are one of its halves: the same texts again and again, the first the head of labels. */
static size_t
half_of(const struct item *row, size_t n, const struct form_book *book, struct buf *keys)
{
	size_t least = (n + MOST_HALVES - 1) / MOST_HALVES;

	for (size_t width = least < 2 ? 2 : least; n <= MOST_CELLS && width * 2 <= n; width++) {
		size_t i = width;

		if (n % width || row[0].text.n < SHORTEST || row[0].text.n > LONGEST)
			continue;
		while (i < n && span_eq(row[i].text, row[i - width].text))
			i++;
		if (i == n)
			return is_label_head(book, row[0].text, keys) ? width : 0;
	}
	return 0;
}

/* Moves the items of the table at first..end into the order of their halves. */
static void
part(struct page *page, size_t first, size_t end, const uint32_t *start, size_t n)
{
	size_t count = end - first, to = 0, k = page->nextra;
	struct item *items = xreallocarray(NULL, count, sizeof *items);
	struct span *extra = k ? xreallocarray(NULL, count * k, sizeof *extra) : NULL;

	for (size_t half = 0; half < n; half++)
		for (size_t i = 0; i < count; i++) {
			const struct item *item = &page->items[first + i];

			if (item->col < (half ? start[half] : 0) || (half + 1 < n && item->col >= start[half + 1]))
				continue;
			if (k)
				memcpy(&extra[to * k], &page->extra[(first + i) * k], k * sizeof *extra);
			items[to] = *item;
			items[to++].table |= (uint32_t)half << HALF_SHIFT;
		}
	memcpy(&page->items[first], items, count * sizeof *items);
	if (k)
		memcpy(&page->extra[first * k], extra, count * k * sizeof *extra);
	free(items);
	free(extra);
}

void
halves_part(struct page *page, const struct form_book *book, struct buf *keys)
{
	for (size_t i = 0, end; i < page->n; i = end) {
		uint32_t table = page->items[i].table, start[MOST_HALVES];
		size_t at = i, width = 0, length = 0;

		for (end = i + 1; end < page->n && page->items[end].table == table; end++)
			;
		if (page->items[i].kind != ITEM_CELL || table == 0 || table >> HALF_SHIFT)
			continue;
		for (unsigned rows = 0; rows < HEAD_ROWS && at < end && !width; rows++) {
			at += length;
			length = row_length(page, at, end);
			width = half_of(&page->items[at], length, book, keys);
		}
		for (size_t k = 0; width && k < length / width; k++)
			start[k] = page->items[at + k * width].col;
		if (width)
			part(page, i, end, start, length / width);
	}
}
