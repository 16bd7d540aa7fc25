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

/* How many cells of a row of n are one of its halves: the same texts again and again, the first the head of labels. */
static size_t
half_of(const struct item *row, size_t n, struct memo *memo)
{
	size_t least = (n + MOST_HALVES - 1) / MOST_HALVES;

	for (size_t width = least < 2 ? 2 : least; n <= MOST_CELLS && width * 2 <= n; width++) {
		size_t i = width;

		if (n % width || row[0].text.n < SHORTEST || row[0].text.n > LONGEST)
			continue;
		while (i < n && span_eq(row[i].text, row[i - width].text))
			i++;
		if (i == n)
			return memo_of(memo, &row[0])->header == HEADER_LABEL ? width : 0;
	}
	return 0;
}

/*
 * Whether the cells are a label and a value, perhaps with its unit before or behind it, or all of them blank; *named: a form
 * has the label.
 */
static bool
is_pair(const struct item *cell, size_t width, const struct form_book *book, struct memo *memo, bool *named)
{
	bool behind = width == 3 && cell[2].text.n && units_stands_alone(book->units, cell[2].text);
	const struct item *value = &cell[behind ? 1 : width - 1];
	bool words = cell->state == STATE_TEXT || cell->state == STATE_NONE, blank = true;

	for (size_t i = 0; i < width; i++)
		blank &= cell[i].text.n == 0;
	if (blank)
		return true;
	if (cell->text.n == 0 || !words || value->state == STATE_TEXT || value->state == STATE_NONE)
		return false;
	if (width == 3 && !behind && cell[1].text.n && !units_stands_alone(book->units, cell[1].text))
		return false;
	*named = memo_of(memo, cell)->nkeyed > 0;
	return true;
}

/* Whether a row of n cells is pairs of such a width from a cell on, two or more. */
static bool
begins_pairs(const struct item *cell, size_t n, size_t width, const struct form_book *book, struct memo *memo)
{
	bool named;

	return n % width == 0 && n >= 2 * width && n <= MOST_HALVES * width && is_pair(cell, width, book, memo, &named) &&
	       is_pair(cell + width, width, book, memo, &named);
}

/*
 * How many cells of each row are one of its halves in a table without a head: label | value | label | value, or with
 * units; a group may stand before them, over rows.  The cells of titles and of headings that stand alone are passed over;
 * 0 if others are something else.  *row and *length get where the halves of a row begin, and all their cells.
 */
static size_t
half_of_pairs(const struct page *page, size_t first, size_t end, const struct form_book *book, struct memo *memo, size_t *row,
	size_t *length)
{
	enum { NARROW = 2, WIDE = 3, GROUP = 1 };
	size_t width = 0, pairs = 0, behind = 0, known = 0;

	*length = 0;
	for (size_t at = first, n; at < end; at += n) {
		const struct item *cell = &page->items[at];
		size_t filled = 0, from;
		bool named = false;

		n = row_length(page, at, end);
		for (size_t i = 0; i < n; i++)
			filled += cell[i].text.n > 0;
		if (filled < 2)
			continue;
		for (size_t group = 0; width == 0 && group <= GROUP && group < n; group++)
			for (size_t w = NARROW; w <= WIDE && width == 0; w++)
				if (begins_pairs(cell + group, n - group, w, book, memo)) {
					width = w;
					*row = at + group;
					*length = n - group;
				}
		if (width == 0)
			return 0;
		from = n > *length ? n - *length : 0;
		if (n - from != *length || from > GROUP)
			return 0;
		for (size_t i = from; i < n; i += width) {
			named = false;
			if (!is_pair(cell + i, width, book, memo, &named))
				return 0;
			pairs += i > from && cell[i].text.n > 0;
			behind += i > from && named;
			known += named;
		}
	}
	return known >= 2 && behind > 0 && 2 * behind >= pairs ? width : 0;
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
halves_part(struct page *page, const struct form_book *book, struct memo *memo)
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
			width = half_of(&page->items[at], length, memo);
		}
		if (!width)
			width = half_of_pairs(page, i, end, book, memo, &at, &length);
		for (size_t k = 0; width && k < length / width; k++)
			start[k] = page->items[at + k * width].col;
		if (width)
			part(page, i, end, start, length / width);
	}
}
