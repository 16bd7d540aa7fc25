#include "turned.h"

#include <stdlib.h>
#include <string.h>

#include "facts.h"

enum {
	LONGEST = 300, /* bytes of a label */
	ENOUGH = 4,    /* rows of the form above the first number: elsewhere one is, and the headings of its groups */
	SIDES = 3,     /* columns of it, one below the other */
	MOST_FORMS = 64,
};

struct counts {
	uint32_t rows[MOST_FORMS], columns[MOST_FORMS];
};

static struct label
label_of(const struct form_book *book, struct span text, struct buf *keys)
{
	buf_reset(keys);
	return label_read(book->numerals, text, keys);
}

/* Whether the row has a value in each of several columns. */
static bool
is_wide(const struct form_book *book, const struct row_ref *ref)
{
	return book->edition[ref->form].row[ref->row].row->dimension.n > 0;
}

/* Counts the cell for each form that has it for the label of such a row, or, if `headers`, for the header of a column. */
static void
count(const struct form_book *book, struct span text, struct buf *keys, bool headers, uint32_t counts[MOST_FORMS])
{
	struct label label = label_of(book, text, keys);
	size_t n;
	const struct row_ref *ref = (headers ? form_book_columns : form_book_rows)(book, &label, &n);
	uint16_t last = NO_FORM;

	for (size_t k = 0; k < n; k++)
		if (ref[k].form != last && ref[k].form < MOST_FORMS && (headers || is_wide(book, &ref[k]))) {
			last = ref[k].form;
			counts[last]++;
		}
}

static bool
is_label(const struct item *item)
{
	return item->text.n && item->text.n <= LONGEST && (item->state == STATE_TEXT || item->state == STATE_NONE);
}

/* Whether a form's rows stand above the first number of the table at first..end, and its columns below, at the side. */
static bool
is_turned(const struct page *page, size_t first, size_t end, const struct form_book *book, struct buf *keys)
{
	struct counts c = {{0}, {0}};
	size_t i = first, before;
	uint32_t most = 0;

	while (i < end && page->items[i].state != STATE_NUMBER)
		i++;
	if (i == end || page->items[i].grid != GRID_HTML)
		return false;
	/* The row of the first number begins with its label, which is a column's. */
	for (before = i; before > first && page->items[before - 1].row == page->items[i].row; before--)
		;
	/* Of a table that is not turned these are a few headers. */
	for (size_t k = first; k < before; k++)
		if (is_label(&page->items[k]))
			count(book, page->items[k].text, keys, false, c.rows);
	for (size_t f = 0; f < MOST_FORMS; f++)
		most = c.rows[f] > most ? c.rows[f] : most;
	if (most < ENOUGH)
		return false;
	for (size_t k = before; k < end; k++)
		if (is_label(&page->items[k]))
			count(book, page->items[k].text, keys, true, c.columns);
	for (size_t f = 0; f < MOST_FORMS; f++)
		if (c.rows[f] >= ENOUGH && c.columns[f] >= SIDES)
			return true;
	return false;
}

struct turned_item {
	struct item item;
	size_t at; /* in the order of print */
};

static int
by_place(const void *a, const void *b)
{
	const struct turned_item *x = a, *y = b;

	if (x->item.row != y->item.row)
		return (x->item.row > y->item.row) - (x->item.row < y->item.row);
	if (x->item.col != y->item.col)
		return (x->item.col > y->item.col) - (x->item.col < y->item.col);
	return (x->at > y->at) - (x->at < y->at);
}

static void
turn(struct page *page, size_t first, size_t end)
{
	size_t count = end - first, k = page->nextra;
	struct turned_item *items = xreallocarray(NULL, count, sizeof *items);
	struct span *extra = k ? xreallocarray(NULL, count * k, sizeof *extra) : NULL;

	for (size_t i = 0; i < count; i++) {
		const struct item *from = &page->items[first + i];

		items[i] = (struct turned_item){*from, i};
		items[i].item.row = from->col;
		items[i].item.col = from->row;
		items[i].item.rows = from->cols;
		items[i].item.cols = from->rows;
		items[i].item.turned = true;
	}
	qsort(items, count, sizeof *items, by_place);
	for (size_t i = 0; i < count; i++) {
		page->items[first + i] = items[i].item;
		if (k)
			memcpy(&extra[i * k], &page->extra[(first + items[i].at) * k], k * sizeof *extra);
	}
	if (k)
		memcpy(&page->extra[first * k], extra, count * k * sizeof *extra);
	free(items);
	free(extra);
}

void
turned_right(struct page *page, const struct form_book *book, struct buf *keys)
{
	for (size_t i = 0, end; i < page->n; i = end) {
		uint32_t table = page->items[i].table;

		for (end = i + 1; end < page->n && page->items[end].table == table; end++)
			;
		if (page->items[i].kind == ITEM_CELL && table && is_turned(page, i, end, book, keys))
			turn(page, i, end);
	}
}
