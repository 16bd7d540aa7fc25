#include "bare.h"

enum {
	NUMBERS = 6,  /* lines that are numbers make a table */
	HEAD = 24,    /* lines of labels before the first number, or between two */
	FAR = 64,     /* lines further apart are not looked at */
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

bool
bare_read(const struct text_line *lines, size_t from, size_t end, bool blanks, size_t *to,
	struct cells *cells)
{
	size_t apart[FAR] = {0}, usual = 1;

	for (size_t i = from + 1; blanks && i < end; i++)
		if (lines[i].number - lines[i - 1].number < FAR)
			apart[lines[i].number - lines[i - 1].number]++;
	for (size_t d = 2; d < FAR; d++)
		if (apart[d] > apart[usual])
			usual = d;
	for (size_t i = from; i < end; i++) {
		size_t d;

		if (!cells_add(cells, (struct grid_cell){.line = lines[i].number, .text = lines[i].text}))
			return false;
		if (i + 1 == end)
			break;
		d = lines[i + 1].number - lines[i].number;
		/* Cells that stood on one line. */
		if (d == 0)
			continue;
		if (blanks && d < usual) {
			/* The line belongs to the one below it, not to the cells. */
			cells->n -= i > from;
			cells->all -= i > from;
			*to = i + (i == from);
			return true;
		}
		if (!blanks || d % usual != 0 || d >= FAR)
			continue;
		for (size_t k = 1; k < d / usual; k++)
			if (!cells_add(cells, (struct grid_cell){.line = lines[i].number + k * usual}))
				return false;
	}
	*to = end;
	return true;
}
