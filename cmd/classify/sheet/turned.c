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

/* Whether the row has a value in each of several columns. */
static bool
is_wide(const struct form_book *book, const struct row_ref *ref)
{
	return book->edition[ref->form].row[ref->row].row->dimension.n > 0;
}

/*
 * Counts the cell for each form that has it for the label of such a row, or, if `headers`, for the header of a column.  The
 * most that a form has then, 0 if none has it.
 */
static uint32_t
count(const struct form_book *book, const struct item *cell, struct memo *memo, bool headers, uint32_t counts[MOST_FORMS])
{
	const struct known *known = memo_of(memo, cell);
	const struct row_ref *ref = headers ? known->columns : known->rows;
	size_t n = headers ? known->ncolumns : known->nkeyed;
	uint16_t last = NO_FORM;
	uint32_t most = 0;

	for (size_t k = 0; k < n; k++)
		if (ref[k].form != last && ref[k].form < MOST_FORMS && (headers || is_wide(book, &ref[k]))) {
			last = ref[k].form;
			counts[last]++;
			most = counts[last] > most ? counts[last] : most;
		}
	return most;
}

static bool
is_label(const struct item *item)
{
	return item->text.n && item->text.n <= LONGEST && (item->state == STATE_TEXT || item->state == STATE_NONE);
}

/* Whether a form's rows stand above the first number of the table at first..end, and its columns below, at the side. */
static bool
is_turned(const struct page *page, size_t first, size_t end, const struct form_book *book, struct memo *memo)
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
	for (size_t k = first; k < before && most + (before - k) >= ENOUGH; k++)
		if (is_label(&page->items[k])) {
			uint32_t now = count(book, &page->items[k], memo, false, c.rows);

			most = now > most ? now : most;
		}
	if (most < ENOUGH)
		return false;
	for (size_t k = before; k < end; k++)
		if (is_label(&page->items[k]))
			count(book, &page->items[k], memo, true, c.columns);
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

/*
 * Labels side by side over the row of their values (收到申请数 | 当面申请数 | ... over 12 | 5 | ...): a block of a table
 * that may have several.  Rows of labels come first, then one of units, then those of the values, each of which may begin
 * with what it is for (数量, 2012年).
 */
enum {
	LABEL_ROWS = 3, /* of markup: groups, and what is in them */
	BESIDE = 2,     /* labels of a form, or more */
	MOST_BESIDE = 256, /* cells of a row: each is looked for among those above */
	STRANGERS = 3,  /* the first labels, if none is of a form: nor are the others */
};

/* What the cells of a row are. */
struct row_kind {
	size_t first, end;       /* its items */
	uint32_t words, numbers; /* cells; of words with the first, of numbers without it */
	bool units;              /* all but the first, and the blank ones, are */
	bool side;               /* the first says what the row is for: a year, a header, the body */
	bool labelled;           /* words stand behind the first */
};

static bool
is_year(const struct item *item)
{
	int year = item->value.n == 4 ? span_year(item->value) : 0;

	return item->state == STATE_NUMBER && year >= 1990 && year <= 2100 && item->text.n <= sizeof "2012年度" - 1;
}

/*
 * Whether a block may end with the row that begins at `i`, so far as the kinds of its cells say: no words behind the first,
 * a number among them, and two labels or more, and no number, in the row before, which *words says and gets.
 */
static bool
may_be_values(const struct page *page, size_t i, size_t end, size_t *next, uint32_t *words)
{
	const struct item *first = &page->items[i], *item = first, *stop = &page->items[end];
	uint32_t before = *words, labels = 0, row = first->row;
	bool numbers = false;

	for (; item < stop && item->row == row; item++) {
		if (item->state == STATE_TEXT || item->state == STATE_NONE)
			labels += item->text.n > 0 && item->text.n <= LONGEST;
		else
			numbers |= item->state == STATE_NUMBER || item->state == STATE_ABOUT;
	}
	*next = (size_t)(item - page->items);
	*words = numbers ? 0 : labels;
	return numbers && before >= BESIDE && labels == is_label(first);
}

/* Whether the words stand before the year of the page's title: the body whose report it is. */
static bool
names_body(const struct page *page, struct span text)
{
	enum { HEAD_ITEMS = 8, SHORTEST = 6 };

	for (size_t i = 0; i < page->n && i < HEAD_ITEMS && page->items[i].kind != ITEM_CELL && text.n >= SHORTEST; i++) {
		struct span title = page->items[i].text;
		size_t at = span_find(title, text) + text.n;

		if (span_is_digit(title, at))
			return true;
	}
	return false;
}

static enum header
header_of(const struct item *cell, struct memo *memo)
{
	return (enum header)memo_of(memo, cell)->header;
}

static struct row_kind
kind_of_row(const struct page *page, size_t first, size_t end, struct memo *memo)
{
	struct row_kind kind = {.first = first, .end = first, .units = true};
	const struct item *head = &page->items[first];

	for (; kind.end < end && page->items[kind.end].row == head->row; kind.end++) {
		const struct item *item = &page->items[kind.end];
		bool words = is_label(item);
		bool unit = words && memo_of(memo, item)->unit;

		kind.words += words && !unit;
		if (kind.end == first)
			continue;
		kind.numbers += item->state == STATE_NUMBER || item->state == STATE_ABOUT;
		kind.labelled |= words && !unit;
		kind.units &= unit || item->text.n == 0;
	}
	if (is_label(head) && kind.numbers && !kind.labelled)
		kind.side = header_of(head, memo) != HEADER_NONE;
	kind.side |= is_year(head);
	return kind;
}

/* Whether the words are those of a row that has one value. */
static bool
names_value(const struct form_book *book, const struct item *cell, struct memo *memo)
{
	const struct known *known = memo_of(memo, cell);
	const struct row_ref *ref = known->rows;
	bool single = false;

	for (size_t k = 0; k < known->nkeyed; k++) {
		const struct form_row *row = book->edition[ref[k].form].row[ref[k].row].row;

		if (row->type == ROW_SECTION || row->type == ROW_GROUP)
			return false;
		single |= row->dimension.n == 0;
	}
	return single && !known->wide;
}

/* The words that stand lowest above the item, in items[first..end). */
static const struct item *
above(const struct page *page, size_t first, size_t end, const struct item *item)
{
	while (end-- > first) {
		const struct item *head = &page->items[end];

		if (head->col == item->col && is_label(head))
			return head;
	}
	return NULL;
}

/* Whether each value of the row stands below a label, and most of these are of rows with one value. */
static bool
is_below(const struct page *page, size_t first, size_t end, const struct row_kind *row, bool side,
	const struct form_book *book, struct memo *memo)
{
	uint32_t labels = 0, named = 0;

	for (size_t i = row->first + side; i < row->end; i++) {
		const struct item *item = &page->items[i], *head = above(page, first, end, item);

		if (item->text.n == 0 && !head)
			continue;
		if (!head || (is_label(item) && item->state != STATE_MARK))
			return false;
		labels++;
		named += names_value(book, head, memo);
		if (labels == STRANGERS && named == 0)
			return false;
	}
	return named >= BESIDE && 2 * named >= labels;
}

/* The label rows before the row at `end`, of which the lowest is the row before: where they begin; `end` if none does. */
static size_t
labels_before(const struct page *page, size_t table, size_t end)
{
	size_t first = end, cells;

	for (unsigned rows = 0; rows < LABEL_ROWS && first > table; rows++) {
		size_t begin = first - 1, words = 0;
		bool others = false;

		while (begin > table && page->items[begin - 1].row == page->items[first - 1].row)
			begin--;
		for (size_t i = begin; i < first; i++) {
			words += is_label(&page->items[i]);
			others |= page->items[i].text.n && !is_label(&page->items[i]);
		}
		cells = first - begin;
		/* A title above all is none of theirs; in text the rows above do not say what is in them. */
		if (others || (cells == 1 && rows) || words == 0 || (rows && page->items[begin].grid != GRID_HTML))
			break;
		first = begin;
	}
	return first;
}

/* Turns the blocks of the table at first..end. */
static void
turn_blocks(struct page *page, size_t table, size_t end, const struct form_book *book, struct memo *memo)
{
	struct row_kind units;
	bool has_units;
	uint32_t words = 0;
	size_t block = table, before = table; /* behind the last that was turned; the row before */

	for (size_t i = table, next; i < end;) {
		struct row_kind row;
		size_t labels, first;
		bool side;

		/* Most rows are none. */
		if (!may_be_values(page, i, end, &next, &words) || next - before > MOST_BESIDE) {
			before = i;
			i = next;
			continue;
		}
		/* The first cell of a row of values is one of them, or says what the row is for: 规章 below 信息内容 is neither. */
		side = is_year(&page->items[i]) || !is_label(&page->items[i]) || header_of(&page->items[i], memo) != HEADER_NONE;
		if (!side && (!is_label(&page->items[before]) || header_of(&page->items[before], memo) == HEADER_LABEL)) {
			before = i;
			i = next;
			continue;
		}
		row = kind_of_row(page, i, end, memo);
		units = before < i ? kind_of_row(page, before, i, memo) : row;
		has_units = units.units && before < i && units.end > before + 1 && before > block;
		labels = has_units ? units.first : i;
		first = labels_before(page, block, labels);
		before = i;
		/* Of several bodies, one below the other, one is not the whole. */
		words = BESIDE;
		row.side |= !side && first < labels && !(next < end && may_be_values(page, next, end, &next, &words)) &&
			is_below(page, first, labels, &row, true, book, memo) && names_body(page, page->items[i].text);
		words = 0;
		if (!side && !row.side) {
			i = row.end;
			continue;
		}
		side = row.side && (first == labels || !names_value(book, &page->items[first], memo));
		if (first == labels || !is_below(page, first, labels, &row, side, book, memo)) {
			i = row.end;
			continue;
		}
		/* The rows for other years, and what was more. */
		i = row.end;
		while (side && i < end) {
			row = kind_of_row(page, i, end, memo);
			if (!row.side || !row.numbers || row.labelled ||
				!is_below(page, first, labels, &row, true, book, memo))
				break;
			i = row.end;
		}
		turn(page, first, i);
		block = i;
	}
}

void
turned_right(struct page *page, const struct form_book *book, struct memo *memo)
{
	for (size_t i = 0, end; i < page->n; i = end) {
		uint32_t table = page->items[i].table;
		enum grid grid = (enum grid)page->items[i].grid;

		for (end = i + 1; end < page->n && page->items[end].table == table; end++)
			;
		if (page->items[i].kind != ITEM_CELL || !table)
			continue;
		if (is_turned(page, i, end, book, memo))
			turn(page, i, end);
		else if (grid == GRID_HTML || grid == GRID_ROWS || grid == GRID_PROVED)
			turn_blocks(page, i, end, book, memo);
	}
}
