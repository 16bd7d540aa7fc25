#include "bare.h"

#include <string.h>

#include "buf.h"

enum {
	NUMBERS = 6,  /* lines that are numbers make a table */
	HEAD = 24,    /* lines of labels before the first number, or between two */
	FAR_HEAD = 96, /* such lines, with those of a character or two each */
	FAR = 64,     /* lines further apart are not looked at */
	LABEL = 15,   /* lines below the first of a label */
	UPRIGHT = 8,  /* lines of a character or two each are heads of columns so narrow */
};

static bool
is_value(const struct text_line *line)
{
	return line->text.n <= 40 && cell_is_value(line->text);
}

/* 2016年 is the name of a column: what stands above it is no label of a value. */
static bool
is_year(struct span s)
{
	size_t digits = 0;

	while (digits < s.n && is_digit(s.p[digits]))
		digits++;
	return digits == 4 && span_starts(span_from(s, digits), SPAN("年"));
}

/* 总 and below it 计, 结果 and below it 维持: heads of narrow columns. */
static bool
is_piece(const struct text_line *line)
{
	return cell_kind(line->text) == CELL_SHORT;
}

/* How many lines up lie HEAD labels, of which a run of pieces is one; none lies before `from`. */
static size_t
head_lines(const struct text_line *lines, size_t from, size_t first)
{
	size_t n = 0, labels = 0;

	for (; n < first - from && n < FAR_HEAD; n++) {
		const struct text_line *line = &lines[first - n - 1];

		labels += n == 0 || !is_piece(line) || !is_piece(line + 1);
		if (labels > HEAD)
			break;
	}
	return n;
}

size_t
bare_find(const struct text_line *lines, size_t n, size_t from, size_t *first, size_t *last)
{
	size_t end = from, values = 0, a = from, b = from;

	for (; end < n && lines[end].bars == 0 && !lines[end].gaps && !lines[end].parted && !lines[end].flow &&
		!line_is_prose(lines[end].text); end++) {
		if (!is_value(&lines[end]))
			continue;
		if (values && end - b > HEAD && head_lines(lines, b, end) < end - b) {
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
		*first = a - head_lines(lines, from, a);
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

/* Whether lines[at] and the one below it are a unit that a column so narrow broke, 万 and 元, before its value. */
static bool
is_broken_unit(const struct text_line *lines, size_t at, size_t end)
{
	char unit[8];
	size_t a, b;

	if (at + 2 >= end || !is_piece(&lines[at]) || !is_piece(&lines[at + 1]) || !is_value(&lines[at + 2]))
		return false;
	a = lines[at].text.n;
	b = lines[at + 1].text.n;
	if (a > 4 || b > 4)
		return false;
	memcpy(unit, lines[at].text.p, a);
	memcpy(unit + a, lines[at + 1].text.p, b);
	return line_is_unit(span_of(unit, a + b));
}

/*
 * The last of the pieces that begin at lines[from] and are one text: a unit, or, if they are many and the first of them
 * comes again, the names of columns below several groups.
 */
static size_t
pieces_end(const struct text_line *lines, size_t from, size_t end)
{
	size_t last = from;
	bool again = false;

	if (!is_piece(&lines[from]))
		return from;
	if (is_broken_unit(lines, from, end))
		return from + 1;
	while (last + 1 < end && is_piece(&lines[last + 1]) && lines[last + 1].number == lines[last].number + 1)
		again |= span_eq(lines[++last].text, lines[from].text);
	return again && last + 1 - from >= UPRIGHT ? last : from;
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
	for (behind = from; behind <= last && is_piece(&lines[behind]); behind++)
		;
	if (behind > last)
		return last;
	behind = last + 1;
	if (behind < end && cell_kind(lines[behind].text) == CELL_SHORT)
		behind++;
	return (behind < end && is_value(&lines[behind]) && !is_year(lines[behind].text)) ||
			       (line_numbering(lines[from].text) && !line_is_section(lines[from].text))
		       ? last
		       : from;
}

/* The lines from to last as one text, each of which *joined has to hold but once. */
static struct span
join(struct buf *joined, const struct text_line *lines, size_t from, size_t last)
{
	size_t at = joined->n;

	while (from <= last)
		buf_add_span(joined, lines[from++].text);
	return span_of(joined->p + at, joined->n - at);
}

bool
bare_read(const struct text_line *lines, size_t from, size_t end, bool blanks, size_t *to,
	struct buf *joined, struct cells *cells)
{
	size_t apart[FAR] = {0}, usual = 1;

	for (size_t i = from + 1; blanks && i < end; i++)
		if (distance(&lines[i - 1], &lines[i]) < FAR && !(is_piece(&lines[i]) && is_piece(&lines[i - 1])))
			apart[distance(&lines[i - 1], &lines[i])]++;
	for (size_t d = 2; d < FAR; d++)
		if (apart[d] > apart[usual])
			usual = d;
	for (size_t i = from; i < end; i++) {
		size_t d, begin = i, last = pieces_end(lines, i, end);
		struct span text = lines[i].text;
		bool section, within;

		if (blanks && last == i)
			last = label_end(lines, i, end, usual);
		/*
		 * 一、…公开 and below it 申请数量 are one label, 二、…情况 and 规章 are not: within a table both stay as they are,
		 * above it the first is a heading.
		 */
		section = last > i && line_is_section(text);
		within = section && i > from;

		if (i < last && !section) {
			text = join(joined, lines, i, last);
			i = last;
		}
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
