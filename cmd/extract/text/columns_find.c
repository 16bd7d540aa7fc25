#include "columns_parts.h"

#include "lone.h"

enum {
	ROWS = 3,        /* of the same width make a table */
	BETWEEN = 4,     /* lines of one cell between rows */
	MANY = 6,        /* numbers on a line make a row without others like it */
	BLANK_ROWS = 24, /* lines with a number of a row's and no value between rows: their cells are blank */
	BELOW = 2,       /* rows whose values stand below heads make a table */
	HEADS = 3,       /* or one, below so many heads each of which has one */
};

/* Of a line with gaps: blanks are no letters. */
static bool
is_prose(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];
	size_t n = fields_split(line, fields_tabs(line), fields);

	for (size_t i = 0; i < n; i++)
		if (fields[i].text.n > FIELDS_LONG)
			return true;
	return span_ends(line->text, SPAN("。")) || span_ends(line->text, SPAN("；"));
}

/* No number, and so many labels at least. */
static bool
are_heads(const struct field *fields, size_t n, size_t least)
{
	size_t labels = 0;

	for (size_t i = 0; i < n; i++) {
		enum cell_kind kind = cell_kind(fields[i].text);

		if (kind == CELL_NUMBER)
			return false;
		labels += kind == CELL_LABEL;
	}
	return labels >= least;
}

bool
columns_are_heads(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];

	return line->gaps && are_heads(fields, fields_split(line, fields_tabs(line), fields), 2);
}

/* Whether several numbers stand behind the label, each below a head of its own. */
static bool
stand_below(const struct field *heads, size_t nheads, const struct field *fields, size_t n)
{
	size_t labels = fields_labels(fields, n), last = nheads;

	if (labels == 0 || n - labels < 2)
		return false;
	for (size_t i = labels; i < n; i++) {
		size_t head = fields_head(heads, nheads, fields[i].start, fields[i].end);

		if (head == nheads || head == last || cell_kind(fields[i].text) != CELL_NUMBER)
			return false;
		last = head;
	}
	return true;
}

/*
 * Whether numbers stand below heads, one below each, but that a label or a year may stand below the first.  Tabs count
 * them.
 */
static bool
stand_below_all(const struct field *heads, size_t nheads, const struct field *fields, size_t n, bool tabs)
{
	size_t numbers = 0;

	if (n != nheads || n < HEADS)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool number = cell_kind(fields[i].text) == CELL_NUMBER;

		if ((!tabs && fields_head(&heads[i], 1, fields[i].start, fields[i].end)) || (!number && i > 0 && !field_is_value(&fields[i])))
			return false;
		numbers += number;
	}
	return numbers + 1 >= n;
}

/* Whether labels and numbers take turns, two pairs or more. */
static bool
are_pairs(const struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cell_kind(fields[i].text) != (i % 2 ? CELL_NUMBER : CELL_LABEL))
			return false;
	return n > 2 && n % 2 == 0;
}

bool
columns_is_row_below(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];

	return !line->gaps && line[-1].number + 1 == line->number && lone_fields(line, fields) == 2 && columns_are_heads(&line[-1]) &&
	       fields_split(&line[-1], fields_tabs(&line[-1]), fields) == 2;
}

size_t
columns_find(const struct text_line *lines, size_t n, size_t from, size_t *width)
{
	size_t count[FIELDS_MOST + 1] = {0}, end = from, best = 2, numbers = 0, blank = 0, nheads = 0, below = 0;
	struct field fields[FIELDS_MOST], heads[FIELDS_MOST];
	bool tabs = fields_tabs(&lines[from]);

	for (size_t i = from; i < n && i - end - blank <= BETWEEN; i++) {
		size_t k, row = 0;

		if (lines[i].bars || (lines[i].gaps ? is_prose(&lines[i]) : line_is_prose(lines[i].text)))
			break;
		/* One thing on a line, and heads below it: what stands above the next table. */
		if (!lines[i].gaps && line_is_section(lines[i].text) && i + 1 < n && columns_are_heads(&lines[i + 1]))
			break;
		/* Blanks part no cells where tabs do. */
		if (!lines[i].gaps || (tabs && !fields_tabs(&lines[i]))) {
			blank += blank < BLANK_ROWS && !lines[i].gaps && line_numbering(lines[i].text);
			continue;
		}
		blank = 0;
		k = fields_split(&lines[i], fields_tabs(&lines[i]), fields);
		count[k]++;
		if ((tabs || k >= nheads) && are_heads(fields, k, k > 2 ? 1 : 2)) {
			memcpy(heads, fields, k * sizeof *heads);
			nheads = k;
		} else if (stand_below_all(heads, nheads, fields, k, tabs)) {
			below = BELOW;
		} else if (are_pairs(fields, k)) {
			below++;
		} else if (!tabs) {
			below += stand_below(heads, nheads, fields, k);
		}
		while (k > 0)
			row += cell_kind(fields[--k].text) == CELL_NUMBER;
		numbers = row > numbers ? row : numbers;
		end = i + 1;
	}
	/* The last digits of a number in the last row. */
	while (end > from && end < n && !lines[end].gaps && lines[end].raw.n >= COLUMNS_INDENT &&
		cell_kind(lines[end].text) == CELL_NUMBER && fields_split(&lines[end], false, fields) == 1 &&
		fields[0].start >= COLUMNS_INDENT)
		end++;
	if (end > from && end < n && !tabs && columns_is_row_below(&lines[end]))
		end++;
	for (size_t w = 3; w <= FIELDS_MOST; w++)
		if (count[w] >= count[best])
			best = w;
	*width = best;
	return count[best] >= ROWS || (numbers >= MANY && end - from >= ROWS) || below >= BELOW ? end : from;
}
