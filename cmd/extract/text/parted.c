#include "parted.h"

enum {
	CELLS = 12,   /* parted ones, or more, make the page such a one */
	ROWS = 3,
	MOST = 4,     /* one row in so many ends in a value, or more */
	BETWEEN = 4,  /* rows of one cell between two others */
	FAR = 8,      /* lines: signs stand nearer to their cells */
	WIDEST = 64,
};

static bool
is_sign(const struct text_line *line)
{
	struct span s = line->text;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '|' && s.p[i] != ' ')
			return false;
	return s.n == 0 || line->bars > 0;
}

/* Tabs of a line without text, or bars. */
static size_t
signs_of(const struct text_line *line)
{
	size_t n = 0;

	for (size_t i = 0; line->text.n == 0 && i < line->raw.n; i++)
		n += line->raw.p[i] == '\t';
	return line->text.n ? line->bars : n;
}

/* Whether two blanks end the line, as html2text ends a row. */
static bool
ends_row(const struct text_line *line)
{
	return span_ends(line->raw, SPAN("  "));
}

/* The signs between two lines of text. */
struct gap {
	size_t from, end;     /* the lines of signs; none if they are equal */
	size_t before, below; /* lines from the text to the first, from the last to the text */
};

/* The gap behind the text at lines[i]; gap->end is the next line of text, or n. */
static struct gap
gap_behind(const struct text_line *lines, size_t n, size_t i)
{
	struct gap g = {.from = i + 1, .end = i + 1};

	while (g.end < n && is_sign(&lines[g.end]))
		g.end++;
	if (g.end > g.from) {
		g.before = lines[g.from].number - lines[i].number;
		g.below = g.end < n ? lines[g.end].number - lines[g.end - 1].number : 0;
	}
	return g;
}

static size_t
most_of(const size_t *count)
{
	size_t best = 1;

	for (size_t i = 1; i < FAR; i++)
		if (count[i] > count[best])
			best = i;
	return best;
}

/* How far signs stand from the text around them, mostly; `padded`: blanks end all lines, and tell nothing. */
struct usual {
	size_t before, below;
	bool padded;
};

static struct usual
measure(const struct text_line *lines, size_t n)
{
	size_t before[FAR] = {0}, below[FAR] = {0}, gaps = 0, ends = 0;

	for (size_t i = 0; i < n;) {
		struct gap g = gap_behind(lines, n, i);

		if (g.end < n && g.end > g.from && !is_sign(&lines[i]) && g.before < FAR && g.below < FAR) {
			before[g.before]++;
			below[g.below]++;
			gaps++;
			ends += ends_row(&lines[i]);
		}
		i = g.end;
	}
	return (struct usual){most_of(before), most_of(below), 2 * ends > gaps};
}

/* Whether a row ends at the text above the gap, and whether one begins at the text below. */
static bool
ends_above(const struct text_line *lines, size_t i, const struct gap *g, const struct usual *usual)
{
	return g->before > usual->before || (!usual->padded && ends_row(&lines[i]));
}

static bool
begins_below(const struct text_line *lines, const struct gap *g, const struct usual *usual)
{
	return g->below > usual->below || (!usual->padded && ends_row(&lines[g->end - 1]));
}

/*
 * Whether rows end where no sign stands: the runs of parted cells are no longer than rows are, and several end in a
 * value.  Where a sign stands behind each cell, rows run on to the table's end, or to a label that goes on below.
 */
static bool
are_parted(const struct text_line *lines, size_t n, const struct usual *usual)
{
	size_t cells = 0, run = 1, longest = 1, rows = 0, values = 0, barred = 0;

	for (size_t i = 0; i < n;) {
		struct gap g = gap_behind(lines, n, i);
		bool joined = g.end > g.from && g.end < n && !is_sign(&lines[i]) &&
			!ends_above(lines, i, &g, usual) && !begins_below(lines, &g, usual);

		if (joined) {
			cells++;
			barred += lines[i].bars > 0;
			run++;
			longest = run > longest ? run : longest;
		} else {
			rows += run > 1 && g.end < n;
			values += run > 1 && g.end < n && cell_is_value(lines[i].text);
			run = 1;
		}
		i = g.end;
	}
	/* A bar alone below a cell that has its own is a blank cell. */
	return cells >= CELLS && 2 * barred < cells && longest <= WIDEST && rows >= ROWS && values * MOST >= rows;
}

static size_t
count_signs(const struct text_line *lines, size_t from, size_t end)
{
	size_t n = 0;

	for (size_t i = from; i < end; i++)
		n += signs_of(&lines[i]);
	return n < WIDEST ? n : WIDEST;
}

/* Tells the texts around a gap what the signs in it are: between them, behind the one, before the other. */
static void
settle(struct text_line *lines, size_t i, const struct gap *g, const struct usual *usual)
{
	struct text_line *text = &lines[i], *next = &lines[g->end];
	bool ends = ends_above(lines, i, g, usual), begins = begins_below(lines, g, usual);
	size_t all = count_signs(lines, g->from, g->end), first = count_signs(lines, g->from, g->from + 1);

	if (!ends && !begins) {
		next->behind = (unsigned char)all;
	} else if (ends && !begins) {
		next->lead = (unsigned char)all;
	} else if (!ends && all == first) {
		text->trail = (unsigned char)all;
	} else if (!ends) {
		text->trail = (unsigned char)first;
		next->lead = (unsigned char)(all - first);
	}
	text->parted = next->parted = true;
}

void
parted_mark(struct text_line *lines, size_t *n)
{
	struct usual usual = measure(lines, *n);
	bool found = are_parted(lines, *n, &usual);
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		bool sign = is_sign(&lines[i]);

		if (found && !sign) {
			struct gap g = gap_behind(lines, *n, i);

			if (g.end > g.from && g.end < *n)
				settle(lines, i, &g, &usual);
		}
		/* Bars of other layouts stay. */
		if (!sign || (!found && lines[i].text.n))
			lines[kept++] = lines[i];
	}
	*n = kept;
}

/* The line behind the row that begins at lines[from], and how many cells it has. */
static size_t
row_end(const struct text_line *lines, size_t n, size_t from, size_t *width)
{
	size_t end = from + 1;

	*width = lines[from].lead + 1u;
	while (end < n && lines[end].behind)
		*width += lines[end++].behind;
	*width += lines[end - 1].trail;
	return end;
}

size_t
parted_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from, alone = 0, width;

	if (from == n || !lines[from].parted)
		return from;
	for (size_t i = from; i < n;) {
		size_t next = row_end(lines, n, i, &width);

		if (width > 1) {
			end = next;
			alone = 0;
		} else if (++alone > BETWEEN || line_is_prose(lines[i].text) || line_is_section(lines[i].text)) {
			break;
		}
		i = next;
	}
	return end;
}

static bool
add(struct cells *cells, size_t line, struct span text, uint32_t row, uint32_t *col, enum grid grade)
{
	return cells_add(cells,
		(struct grid_cell){.line = line, .text = text, .row = row, .col = ++*col, .grade = grade});
}

/*
 * Whether the row from `from` to `end` may be one of two that a lost line or one too many parted or joined: the blank
 * cell at its beginning or end is known by nothing else, and no label begins the row at that side.
 */
static bool
is_doubtful(const struct text_line *lines, size_t from, size_t end, size_t table_end)
{
	return lines[from].lead || (lines[end - 1].trail && end < table_end && cell_is_value(lines[end].text)) ||
	       (end < table_end && lines[end].lead && cell_is_value(lines[end].text)) ||
	       (from > 0 && lines[from - 1].trail && cell_is_value(lines[from].text));
}

bool
parted_read(const struct text_line *lines, size_t from, size_t end, struct cells *cells)
{
	size_t count[WIDEST + 1] = {0}, most = 2, width;
	bool good = true;
	uint32_t row = 0;

	for (size_t i = from; i < end;) {
		i = row_end(lines, end, i, &width);
		count[width < WIDEST ? width : WIDEST]++;
	}
	for (size_t w = 2; w <= WIDEST; w++)
		if (count[w] >= count[most])
			most = w;
	for (size_t i = from; i < end && good;) {
		size_t next = row_end(lines, end, i, &width);
		bool sure = width == most && !is_doubtful(lines, i, next, end);
		enum grid grade = sure ? GRID_ROWS : GRID_ASSUMED;
		uint32_t col = 0;

		row++;
		for (size_t k = 0; k < lines[i].lead && good; k++)
			good = add(cells, lines[i].number, SPAN(""), row, &col, grade);
		for (; i < next && good; i++) {
			for (size_t k = 1; k < lines[i].behind && good; k++)
				good = add(cells, lines[i].number, SPAN(""), row, &col, grade);
			good = good && add(cells, lines[i].number, lines[i].text, row, &col, grade);
		}
		for (size_t k = 0; k < lines[next - 1].trail && good; k++)
			good = add(cells, lines[next - 1].number, SPAN(""), row, &col, grade);
	}
	return good;
}
