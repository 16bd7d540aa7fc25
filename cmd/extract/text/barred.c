#include "barred.h"

#include "blank.h"

enum {
	WRAP_LINES = 2, /* lines of a cell before the one with its bar */
	LITTLE = 12,    /* cells too few to judge a width by */
	PROBE = 2000,   /* cells a width is judged by where a line may be a cell's or not */
	OWN = 6,        /* cells with a bar on a line of its own make a table */
};

/* The lines, and what is read of a table. */
struct barred {
	const struct text_line *lines;
	size_t n;
	struct buf *joined;
	struct cells *cells;
	size_t probed, width; /* the cells the table's width was judged by */
};

/* Takes the bars at the end of *s, and the blanks among them, off; how many they were. */
static size_t
take_bars(struct span *s)
{
	size_t n = 0;

	while (s->n && s->p[s->n - 1] == '|') {
		s->n--;
		n++;
		*s = blank_trim(*s);
	}
	return n;
}

static bool
is_bars(const struct text_line *line)
{
	struct span s = line->text;

	return line->bars && take_bars(&s) && s.n == 0;
}

size_t
barred_own_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from, cells = 0;

	if (from + 1 >= n || !is_bars(&lines[from + 1]))
		return from;
	for (size_t i = from; i < n; cells++) {
		size_t text = i;

		while (i < n && lines[i].bars == 0 && i - text <= WRAP_LINES && !line_is_prose(lines[i].text))
			i++;
		/* A heading of a section above another line of text stands between two tables. */
		if (i == text || i == n || !is_bars(&lines[i]) ||
			(i - text > 1 && (text == from || line_is_section(lines[text].text))))
			break;
		while (i < n && is_bars(&lines[i]))
			i++;
		end = i;
	}
	return cells >= OWN ? end : from;
}

static bool
add_cell(struct barred *b, struct grid_cell cell)
{
	return cells_add(b->cells, cell);
}

/* Whether a line only draws a border: | --- | --- | */
static bool
is_border(struct span s)
{
	size_t dashes = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '-')
			dashes++;
		else if (s.p[i] != '|' && s.p[i] != ':' && s.p[i] != ' ' && s.p[i] != '+')
			return false;
	}
	return dashes >= 3;
}

/* The cells of a row on a line; how many, bars that stand for cells at its end included. */
static size_t
count_row(struct span s, bool leading, size_t *pads, struct barred *b, size_t line, uint32_t row,
	bool *good)
{
	size_t n = 0;
	struct span before;
	const char *bars = s.p + s.n;
	uint32_t col = 0;

	/* Bars at the end with nothing between them are pads, but for the one that ends a cell. */
	while (bars > s.p && bars[-1] == '|')
		bars--;
	*pads = (size_t)(s.p + s.n - bars);
	before = blank_trim(span_of(s.p, (size_t)(bars - s.p)));
	if (*pads == 1 || (*pads && !span_ends(before, SPAN("|"))))
		--*pads;
	if (*pads)
		s = blank_trim(span_of(s.p, s.n - *pads));
	if (leading && s.n && *s.p == '|')
		s.p++, s.n--;
	while (s.n) {
		struct span cell = blank_trim(span_cut(&s, '|'));

		n++;
		if (b && *good)
			*good = add_cell(b, (struct grid_cell){.line = line, .text = cell, .row = row, .col = ++col,
				.grade = GRID_ROWS});
	}
	return n + *pads;
}

/* A table with a row per line, lines from to end. */
static bool
read_rows(struct barred *b, size_t from, size_t end)
{
	enum { WIDEST = 256 };
	size_t count[2][WIDEST + 1] = {{0}}, width[2] = {1, 1}, pads, rows = 0, bars = 0;
	bool good = true;
	uint32_t row = 0;
	bool leading;

	for (size_t i = from; i < end; i++) {
		bars += *b->lines[i].text.p == '|';
		rows++;
		for (int way = 0; way < 2; way++) {
			size_t n = count_row(b->lines[i].text, way, &pads, NULL, 0, 0, NULL);

			count[way][n < WIDEST ? n : WIDEST]++;
		}
	}
	for (int way = 0; way < 2; way++)
		for (size_t n = 1; n <= WIDEST; n++)
			if (count[way][n] >= count[way][width[way]])
				width[way] = n;
	/* A bar before nearly every row is none of a blank cell's, if not more rows are alike with a cell before it. */
	leading = bars * 5 >= rows * 4 && count[0][width[0]] <= count[1][width[1]];
	for (size_t i = from; i < end && good; i++) {
		struct span s = b->lines[i].text;
		size_t first = b->cells->n, n;

		if (*s.p == '|' && is_border(s))
			continue;
		n = count_row(s, leading, &pads, b, b->lines[i].number, ++row, &good);
		if (b->cells->n == first && good) {
			/* Bars alone: a row whose cell is lost. */
			good = add_cell(b, (struct grid_cell){.line = b->lines[i].number, .row = row, .col = 1});
			n = 0;
		}
		if (n != width[leading] || count[leading][width[leading]] * 2 < rows)
			for (size_t k = first; k < b->cells->n; k++)
				b->cells->v[k].grade = GRID_ASSUMED;
	}
	return good;
}

/* Whether the first bar of a line with nothing else is a blank cell's: alone, or parted by a blank from pads. */
static bool
ends_blank_cell(const struct text_line *line, size_t bars)
{
	return bars == 1 || (line->text.n > 1 && line->text.p[0] == '|' && line->text.p[1] != '|');
}

/* The cells of lines that each end in a bar or are bars only; a line without one belongs to the next. */
static bool
add_lines(struct barred *b, size_t from, size_t end)
{
	struct buf *joined = b->joined;
	bool good = true;
	size_t begun = 0, at = 0;

	for (size_t i = from; i < end && good; i++) {
		struct span s = b->lines[i].text;
		size_t line = b->lines[i].number, bars;

		if (b->lines[i].bars == 0) {
			if (!begun) {
				begun = line;
				at = joined->n;
			}
			buf_add_span(joined, s);
			buf_add_char(joined, ' ');
			continue;
		}
		bars = take_bars(&s);
		if (begun) {
			buf_add_span(joined, s);
			s = span_of(joined->p + at, joined->n - at);
			line = begun;
			begun = 0;
		}
		if (s.n || ends_blank_cell(&b->lines[i], bars)) {
			good = add_cell(b, (struct grid_cell){.line = line, .text = s});
			bars--;
		}
		if (bars > 0 && good)
			good = add_cell(b, (struct grid_cell){.line = b->lines[i].number, .pads = (uint32_t)bars});
	}
	return good;
}

/* A line without a bar between lines with one: whether it can be the beginning of the next cell. */
static bool
may_continue(const struct barred *b, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (line_is_prose(b->lines[i].text))
			return false;
	return end - from <= WRAP_LINES;
}

/* The cells of the lines from to end up to the first run of bars, and its length. */
static size_t
count_to_pads(const struct barred *b, size_t from, size_t end, size_t *pads)
{
	size_t n = 0;

	*pads = 0;
	for (size_t i = from; i < end && *pads == 0; i++) {
		struct span s = b->lines[i].text;
		size_t bars = take_bars(&s);
		bool cell = s.n > 0 || ends_blank_cell(&b->lines[i], bars);

		n += cell;
		*pads = bars - cell;
	}
	return n;
}

/*
 * Whether the line before the bars at `next` is the beginning of a cell of the table so far rather than
 * what stands between two tables: the rows must come out even with it.
 */
static bool
goes_on(struct barred *b, size_t gap, size_t next, size_t end)
{
	size_t width, open = 0, pads, n = count_to_pads(b, next, end, &pads);

	if (!may_continue(b, gap, next) || (next - gap > 1 && line_is_section(b->lines[gap].text)))
		return false;
	/* Judged anew only when there is a good deal more to judge by. */
	if (b->probed == 0 || (b->probed < PROBE && b->cells->n > b->probed + b->probed / 4)) {
		b->probed = b->cells->n < PROBE ? b->cells->n : PROBE;
		b->width = grid_width(b->cells->v, b->probed);
	}
	width = b->width;
	for (size_t i = b->cells->n; i > 0 && !b->cells->v[i - 1].pads && open < PROBE; i--)
		open++;
	if (width == 0)
		return next - gap == 1 && b->cells->n < LITTLE && line_numbering(b->lines[gap].text) == 0;
	return (open + n + pads) % width == 0 && pads < width;
}

/* Whether most lines with text hold several cells. */
static bool
are_rows(const struct barred *b, size_t from, size_t end)
{
	enum { SIDES = 2 };
	size_t rows = 0, texts = 0, alike = 0;

	for (size_t i = from; i < end; i++) {
		struct span s = b->lines[i].text;

		alike += *s.p == '|' && b->lines[i].bars > SIDES && b->lines[i].bars == b->lines[from].bars;
		/* Pads, and the bar of the cell before them; blank cells have blanks between their bars. */
		while (s.n && s.p[s.n - 1] == '|')
			s.n--;
		s = blank_trim(s);
		if (span_ends(s, SPAN("|")))
			s.n--;
		s = blank_trim(s);
		while (s.n && *s.p == '|')
			s = blank_trim(span_from(s, 1));
		texts += s.n > 0;
		rows += s.n > 0 && memchr(s.p, '|', s.n) != NULL;
	}
	/* Each with a bar before it, and as many: cells a line would have pads where rows end. */
	return rows * 2 > texts || alike == end - from;
}

static size_t
end_of_bars(const struct barred *b, size_t i)
{
	while (i < b->n && b->lines[i].bars)
		i++;
	return i;
}

/* The table of a cell a line that begins at line `from`; *behind gets the line behind it. */
static bool
read_cells(struct barred *b, size_t from, size_t *behind)
{
	size_t end = end_of_bars(b, from);
	bool good = add_lines(b, from, end);

	while (good && end < b->n) {
		size_t next = end, stop;

		while (next < b->n && b->lines[next].bars == 0 && next - end <= WRAP_LINES)
			next++;
		stop = end_of_bars(b, next);
		if (stop == next || are_rows(b, next, stop) || !goes_on(b, end, next, stop))
			break;
		good = add_lines(b, end, stop);
		end = stop;
	}
	*behind = end;
	grid_recover(b->cells->v, b->cells->n);
	return good;
}

/*
 * Whether a line that stands alone is a row: its words and numbers without a unit are parted by bars, a number last.  Prose
 * gives its numbers their units.
 */
static bool
is_lone_row(const struct text_line *line)
{
	struct span rest = line->text, cell = SPAN("");
	bool label = !cell_is_value(blank_trim(span_cut(&rest, '|')));

	while (rest.n)
		cell = blank_trim(span_cut(&rest, '|'));
	return line->bars > 0 && label && cell.n && is_digit(cell.p[cell.n - 1]) && cell_kind(cell) == CELL_NUMBER;
}

size_t
barred_read(const struct text_line *lines, size_t n, size_t from, struct buf *joined, struct cells *cells)
{
	struct barred b = {lines, n, joined, cells, 0, 0};
	size_t end = end_of_bars(&b, from);
	bool good;

	/* One bar between the words of one line is no table's. */
	if (end > from + 1 || (end == from + 1 && (span_ends(lines[from].text, SPAN("|")) || is_lone_row(&lines[from])))) {
		if (are_rows(&b, from, end))
			good = read_rows(&b, from, end);
		else
			good = read_cells(&b, from, &end);
		return good ? end : SIZE_MAX;
	}
	end = barred_own_end(lines, n, from);
	if (end == from)
		return from;
	good = add_lines(&b, from, end);
	grid_recover(cells->v, cells->n);
	return good ? end : SIZE_MAX;
}
