#include "bare.h"

enum {
	NUMBERS = 6,  /* lines that are numbers make a table */
	HEAD = 24,    /* lines of labels before the first number, or between two */
	FAR = 64,     /* lines further apart are not looked at */
	LABEL = 7,    /* lines below the first of a label */
};

static bool
is_value(const struct text_line *line)
{
	return line->text.n <= 40 && cell_is_value(line->text);
}

size_t
bare_find(const struct text_line *lines, size_t n, size_t from, size_t *first, size_t *last)
{
	size_t end = from, values = 0, a = from, b = from;

	for (; end < n && lines[end].bars == 0 && !lines[end].gaps && !lines[end].parted && !lines[end].flow &&
		!line_is_prose(lines[end].text); end++) {
		if (!is_value(&lines[end]))
			continue;
		if (values && end - b > HEAD) {
			if (values >= NUMBERS)
				break;
			values = 0;
		}
		if (values++ == 0)
			a = end;
		b = end + 1;
	}
	*first = *last = from;
	if (values >= NUMBERS && values * 8 >= b - a) {
		*first = a > from + HEAD ? a - HEAD : from;
		*last = b;
		end = b;
	}
	return end;
}

/* How far below a line another stands, not counting lines that were joined to it. */
static size_t
distance(const struct text_line *line, const struct text_line *below)
{
	return below->number - line->number - line->taken;
}

/* Whether the line below goes on with this one's label: it stands closer than cells do. */
static bool
goes_on(const struct text_line *line, const struct text_line *below, size_t usual)
{
	return below->number > line->number && distance(line, below) < usual && !is_value(line) &&
	       !is_value(below) && line_numbering(below->text) == 0;
}

/*
 * The last line of the label that begins at lines[from]: that itself unless a value stands behind the others, or a unit
 * and a value, or it is numbered as rows are.  What stands so close elsewhere are titles and headings.
 */
static size_t
label_end(const struct text_line *lines, size_t from, size_t end, size_t usual)
{
	size_t last = from, behind;

	while (last + 1 < end && last - from < LABEL && goes_on(&lines[last], &lines[last + 1], usual))
		last++;
	behind = last + 1;
	if (behind < end && cell_kind(lines[behind].text) == CELL_SHORT)
		behind++;
	return (behind < end && is_value(&lines[behind])) ||
			       (line_numbering(lines[from].text) && !line_is_section(lines[from].text))
		       ? last
		       : from;
}

bool
bare_read(const struct text_line *lines, size_t from, size_t end, bool blanks, size_t *to,
	struct buf *joined, struct cells *cells)
{
	size_t apart[FAR] = {0}, usual = 1;

	for (size_t i = from + 1; blanks && i < end; i++)
		if (distance(&lines[i - 1], &lines[i]) < FAR)
			apart[distance(&lines[i - 1], &lines[i])]++;
	for (size_t d = 2; d < FAR; d++)
		if (apart[d] > apart[usual])
			usual = d;
	for (size_t i = from; i < end; i++) {
		size_t d, begin = i, last = blanks ? label_end(lines, i, end, usual) : i;
		struct span text = lines[i].text;
		/*
		 * 一、…公开 and below it 申请数量 are one label, 二、…情况 and 规章 are not: within a table both stay as they are,
		 * above it the first is a heading.
		 */
		bool section = last > i && line_is_section(text), within = section && i > from;

		for (; i < last && !section; i++)
			text = line_join(joined, text, lines[i + 1].text);
		if (!cells_add(cells, (struct grid_cell){.line = lines[begin].number, .text = text}))
			return false;
		if (i + 1 == end)
			break;
		d = distance(&lines[i], &lines[i + 1]);
		/* Cells that stood on one line. */
		if (d == 0 || within)
			continue;
		if (blanks && d < usual) {
			/* The line belongs to the one below it, not to the cells. */
			cells->n -= begin > from;
			cells->all -= begin > from;
			*to = begin > from ? begin : i + 1;
			return true;
		}
		if (!blanks || d % usual != 0 || d >= FAR)
			continue;
		for (size_t k = 1; k < d / usual; k++)
			if (!cells_add(cells, (struct grid_cell){.line = lines[i].number + lines[i].taken + k * usual}))
				return false;
	}
	*to = end;
	return true;
}
