#include "paper.h"

#include <stdlib.h>

#include "paper_parts.h"

enum {
	ROWS = 3,         /* with values make a table */
	SPACED = 5,       /* of so many, all but one have a blank line before them */
	HEADS = 8,        /* blocks in a row without a value */
	LONG_FIELD = 300, /* bytes: longer ones are prose */
	TALL = 12,        /* lines of a row */
};

/* Whether a line cannot be of a table. */
static bool
is_foreign(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];
	size_t n;

	if (line->bars || line->ruled || line->parted || fields_tabs(line) ||
		span_ends(line->text, SPAN("。")) || span_ends(line->text, SPAN("；")))
		return true;
	n = fields_split(line, false, fields);
	for (size_t i = 0; i < n; i++)
		if (fields[i].text.n > LONG_FIELD)
			return true;
	return false;
}

static bool
follows(const struct text_line *lines, size_t n, size_t i)
{
	return i < n && lines[i].goes_on;
}

void
paper_mark(struct text_line *lines, size_t n)
{
	enum { FARTHEST = 4, SHARE = 10 };
	/* By the lines from one to the next: pairs of lines of tables, and those that both have values. */
	size_t pairs[FARTHEST + 1] = {0}, both[FARTHEST + 1] = {0}, all = 0, pitch = 1;
	size_t valued = 0; /* lines that have */
	bool above = false;

	for (size_t i = 0; i < n; i++) {
		size_t gap = i > 0 ? lines[i].number - lines[i - 1].number : 0;
		bool values = lines[i].gaps && paper_is_valued(&lines[i]);

		valued += values;
		if (i > 0 && (lines[i].gaps || lines[i - 1].gaps) && !line_begins_page(&lines[i])) {
			all++;
			if (gap <= FARTHEST) {
				pairs[gap]++;
				both[gap] += values && above;
			}
		}
		above = values;
	}
	while (pitch < FARTHEST && pairs[pitch] * SHARE < all)
		pitch++;
	if ((pairs[pitch] - both[pitch]) * SHARE < all || both[pitch] * SPACED > valued)
		pitch = 1;
	for (size_t i = 0; i < n; i++)
		lines[i].goes_on = i > 0 && lines[i].number - lines[i - 1].number <= pitch &&
			!line_begins_page(&lines[i]);
}

/* Whether the line is the heading above a table, whose heads follow; behind a label values follow. */
static bool
is_heading(const struct text_line *lines, size_t n, size_t i)
{
	if (lines[i].gaps || !line_is_section(lines[i].text) || paper_is_valued(&lines[i]))
		return false;
	for (size_t k = i + 1; k < n && k <= i + TALL; k++)
		if (lines[k].gaps)
			return !paper_is_valued(&lines[k]);
	return true;
}

/* The line behind the block that begins at lines[from]: no blank line parts it, nor prose, nor a heading. */
static size_t
block_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from + 1;

	while (end - from < TALL * ROWS && follows(lines, n, end) && !is_foreign(&lines[end]) &&
		!is_heading(lines, n, end))
		end++;
	return end;
}

size_t
paper_end(const struct text_line *lines, size_t n, size_t from, size_t *seen)
{
	size_t end = from, rows = 0, blocks = 0, heads = 0, stop;

	for (size_t i = from; i < n && heads <= HEADS; i = *seen = stop) {
		size_t values = 0;

		if (is_foreign(&lines[i]) || is_heading(lines, n, i))
			break;
		stop = block_end(lines, n, i);
		for (size_t k = i; k < stop; k++)
			values += paper_is_valued(&lines[k]);
		if (values) {
			rows += values;
			blocks++;
			heads = 0;
			end = stop;
		} else {
			heads++;
		}
	}
	return rows >= ROWS && (rows - blocks) * SPACED <= rows ? end : from;
}

/* Heads from row *at on and what stands below them, to the next; *at gets the row behind. */
static bool
read_section(struct reading *r, size_t *at)
{
	size_t first = *at, end;
	struct section s;

	while (first < r->n && !has_values(&r->rows[first]))
		first++;
	for (end = first; end < r->n && has_values(&r->rows[end]);)
		end++;
	s = paper_section_find(r, first, end);
	for (; *at < first; ++*at)
		if (!paper_add_heads(r, &r->rows[*at], &s))
			return false;
	for (; *at < end; ++*at)
		if (!paper_add_values(r, &r->rows[*at], &s))
			return false;
	return true;
}

bool
paper_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells)
{
	struct reading r = {.lines = lines, .joined = joined, .cells = cells};
	bool good = true;

	for (size_t i = from; i < end;) {
		size_t stop = block_end(lines, end, i);

		paper_rows_add(&r, i, stop);
		i = stop;
	}
	for (size_t i = 0; i < r.n && good;)
		good = read_section(&r, &i);
	free(r.rows);
	free(r.pieces);
	return good;
}
