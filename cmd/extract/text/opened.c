#include "opened.h"

#include "blank.h"

enum {
	WRAP_LINES = 2, /* lines of a cell before the one with its bar */
	ROWS = 3,       /* so many make a table */
	BLANKS = 3,     /* blank cells the first row may hold */
	WIDEST = 64,
};

static bool
is_opening(const struct text_line *line)
{
	return line->text.n == 1 && *line->text.p == '|';
}

/* Takes the bars at the end of *s, and the blanks among them, off; how many they were. */
static size_t
take_bars(struct span *s)
{
	size_t n = 0;

	for (; s->n && s->p[s->n - 1] == '|'; n++) {
		s->n--;
		*s = blank_trim(*s);
	}
	return n;
}

/* What stands in a row from line `at` on: a cell's text over the lines to `last`, or blank; bars that end the row. */
struct item {
	size_t at, last;
	struct span text; /* of the last line, without its bars */
	bool cell;
	size_t pads;
};

/* The item at lines[i]; false if what stands there is none of a row. */
static bool
item_at(const struct text_line *lines, size_t n, size_t i, struct item *item)
{
	size_t bars;

	item->at = i;
	while (i < n && lines[i].bars == 0 && i - item->at <= WRAP_LINES && !line_is_prose(lines[i].text))
		i++;
	if (i == n || lines[i].bars == 0)
		return false;
	item->last = i;
	item->text = lines[i].text;
	bars = take_bars(&item->text);
	/* A bar inside is one of a row on one line; bars alone end no text above them. */
	if (bars == 0 || memchr(item->text.p, '|', item->text.n) || (item->text.n == 0 && i > item->at))
		return false;
	/* Bars alone: the first is a blank cell's if it stands alone or a blank parts it from the others. */
	item->cell = item->text.n || bars == 1 || lines[i].text.p[1] != '|';
	item->pads = bars - item->cell;
	return true;
}

/* Cells that lines[from] and those behind it have before the next bar alone, pads counted. */
static size_t
count_first(const struct text_line *lines, size_t n, size_t from)
{
	struct item item;
	size_t count = 0;

	for (size_t i = from; i < n && !is_opening(&lines[i]) && item_at(lines, n, i, &item) && count < WIDEST;
		i = item.last + 1)
		count += item.cell + item.pads;
	return count;
}

/* The end of the row that is opened at lines[from], if it has `width` cells; else from. */
static size_t
end_of_row(const struct text_line *lines, size_t n, size_t from, size_t width)
{
	struct item item;
	size_t count = 0, i = from;

	if (i == n || !is_opening(&lines[i++]))
		return from;
	while (count < width && i < n && item_at(lines, n, i, &item)) {
		count += item.cell + item.pads;
		i = item.last + 1;
	}
	return count == width ? i : from;
}

size_t
opened_end(const struct text_line *lines, size_t n, size_t from, size_t *seen, size_t *width)
{
	size_t least, best = from, farthest = from;

	if (n - from < 2 || !is_opening(&lines[from]) || (least = count_first(lines, n, from + 1)) == 0)
		return from;
	for (size_t w = least > 1 ? least : 2; w <= least + BLANKS && w <= WIDEST; w++) {
		size_t end = from, rows = 0, next;

		for (; (next = end_of_row(lines, n, end, w)) > end; rows++)
			end = next;
		farthest = end > farthest ? end : farthest;
		/* A row that does not come out even makes the width no table's. */
		if (rows >= ROWS && end > best && (end == n || lines[end].bars == 0)) {
			best = end;
			*width = w;
		}
	}
	/* Rows that were looked through in vain are not looked through again from a later one. */
	if (best == from)
		*seen = farthest;
	return best;
}

/* Whether the bars for missing cells stand on the line of the cell before them: then those alone are blank cells. */
static bool
pads_beside(const struct text_line *lines, size_t from, size_t end)
{
	struct item item;
	bool beside = false;

	for (size_t i = from; i < end && !beside && item_at(lines, end, i, &item); i = item.last + 1)
		beside = item.text.n && item.pads;
	return beside;
}

bool
opened_read(const struct text_line *lines, size_t from, size_t end, size_t width, struct buf *joined,
	struct cells *cells)
{
	struct item item;
	uint32_t row = 0;
	bool good = true, beside = pads_beside(lines, from, end);

	for (size_t i = from; i < end && good;) {
		size_t count = 0;
		uint32_t col = 0;

		row++;
		for (i++; count < width && good && item_at(lines, end, i, &item); i = item.last + 1) {
			size_t at = joined->n;
			struct span text = item.text;

			count += item.cell + item.pads;
			/* Else one where the row ends stands for a missing cell. */
			if (!item.cell || (text.n == 0 && count == width && !beside))
				continue;
			if (item.last > item.at) {
				for (size_t k = item.at; k < item.last; k++) {
					buf_add_span(joined, lines[k].text);
					buf_add_char(joined, ' ');
				}
				buf_add_span(joined, text);
				text = span_of(joined->p + at, joined->n - at);
			}
			good = cells_add(cells, (struct grid_cell){.line = lines[item.at].number, .text = text,
				.row = row, .col = ++col, .grade = GRID_PROVED});
		}
	}
	return good;
}
