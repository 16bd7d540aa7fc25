#include "columns.h"

#include <stdlib.h>

#include "blank.h"
#include "buf.h"

enum {
	WIDEST = 64,
	ROWS = 3,        /* of the same width make a table */
	BETWEEN = 4,     /* lines of one cell between rows */
	LONG_CELL = 300, /* bytes: longer ones are prose */
	MANY = 6,        /* numbers on a line make a row without others like it */
	PAPER = 1024,    /* columns of a page */
	CLOSE = 1,       /* columns of the page a cell may stand beside the others of its column */
};

struct field {
	struct span text;
	size_t start, end; /* columns of the page */
};

static size_t
width_of(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0xe3)
			n += 2;
		else
			n += c < 0x80 || c >= 0xc0;
	}
	return n;
}

/* Whether the line's cells are parted by tabs rather than by blanks. */
static bool
has_tabs(const struct text_line *line)
{
	return line->gaps && memchr(line->text.p, '\t', line->text.n) != NULL;
}

/*
 * The fields of a line: at tabs, where each tab counts, those around the line too; else at gaps.  No
 * more than WIDEST; how many there are.
 */
static size_t
split(const struct text_line *line, bool tabs, struct field *fields)
{
	struct span rest = line->raw;
	size_t n = 0, column = 0, blanks;
	int room;

	if (tabs) {
		while (rest.p && n < WIDEST)
			fields[n++] = (struct field){blank_trim(span_cut(&rest, '\t')), 0, 0};
		return n;
	}
	while (rest.n && n < WIDEST) {
		size_t at = 0;

		while ((blanks = blank_length(rest, &room)) > 0) {
			column += (size_t)room;
			rest = span_of(rest.p + blanks, rest.n - blanks);
		}
		while (at < rest.n && line_gap(span_of(rest.p + at, rest.n - at)) == 0)
			at += character(span_of(rest.p + at, rest.n - at));
		if (at == 0)
			break;
		fields[n].text = blank_trim(span_of(rest.p, at));
		fields[n].start = column;
		fields[n].end = column + width_of(fields[n].text);
		column += width_of(span_of(rest.p, at));
		n++;
		rest = span_of(rest.p + at, rest.n - at);
	}
	return n;
}

/* Of a line with gaps: blanks are no letters. */
static bool
is_prose(const struct text_line *line)
{
	struct field fields[WIDEST];
	size_t n = split(line, has_tabs(line), fields);

	for (size_t i = 0; i < n; i++)
		if (fields[i].text.n > LONG_CELL)
			return true;
	return span_ends(line->text, SPAN("。")) || span_ends(line->text, SPAN("；"));
}

/* A row of heads: two labels at least, no number. */
static bool
is_head(const struct text_line *line)
{
	struct field fields[WIDEST];
	size_t n = line->gaps ? split(line, has_tabs(line), fields) : 0, labels = 0;

	for (size_t i = 0; i < n; i++) {
		enum cell_kind kind = cell_kind(fields[i].text);

		if (kind == CELL_NUMBER)
			return false;
		labels += kind == CELL_LABEL;
	}
	return labels >= 2;
}

size_t
columns_find(const struct text_line *lines, size_t n, size_t from, size_t *width)
{
	size_t count[WIDEST + 1] = {0}, end = from, best = 2, numbers = 0;
	struct field fields[WIDEST];

	for (size_t i = from; i < n && i - end <= BETWEEN; i++) {
		size_t k, row = 0;

		if (lines[i].bars || (lines[i].gaps ? is_prose(&lines[i]) : line_is_prose(lines[i].text)))
			break;
		/* One thing on a line, and heads below it: what stands above the next table. */
		if (!lines[i].gaps && line_is_section(lines[i].text) && i + 1 < n && is_head(&lines[i + 1]))
			break;
		if (!lines[i].gaps)
			continue;
		k = split(&lines[i], has_tabs(&lines[i]), fields);
		count[k]++;
		while (k > 0)
			row += cell_kind(fields[--k].text) == CELL_NUMBER;
		numbers = row > numbers ? row : numbers;
		end = i + 1;
	}
	for (size_t w = 3; w <= WIDEST; w++)
		if (count[w] >= count[best])
			best = w;
	*width = best;
	return count[best] >= ROWS || (numbers >= MANY && end - from >= ROWS) ? end : from;
}

/* Where the columns of rows with as many fields stand on the page: the starts and ends most have. */
struct ruler {
	size_t rows;
	size_t start[WIDEST], end[WIDEST];
};

/* The value most met; the less of several. */
static size_t
mode(const uint16_t *count)
{
	size_t best = 0;

	for (size_t i = 1; i < PAPER; i++)
		if (count[i] > count[best])
			best = i;
	return best;
}

static void
ruler_make(struct ruler *r, size_t width, const struct text_line *lines, size_t from, size_t end)
{
	uint16_t (*starts)[PAPER] = xcalloc(width, sizeof *starts), (*ends)[PAPER] = xcalloc(width, sizeof *ends);
	struct field fields[WIDEST];

	r->rows = 0;
	for (size_t i = from; i < end && r->rows < UINT16_MAX; i++) {
		if (!lines[i].gaps || split(&lines[i], false, fields) != width)
			continue;
		for (size_t c = 0; c < width; c++) {
			starts[c][fields[c].start < PAPER ? fields[c].start : 0]++;
			ends[c][fields[c].end < PAPER ? fields[c].end : 0]++;
		}
		r->rows++;
	}
	for (size_t c = 0; c < width; c++) {
		r->start[c] = mode(starts[c]);
		r->end[c] = mode(ends[c]);
	}
	free(starts);
	free(ends);
}

static bool
stands_in(const struct ruler *r, size_t c, const struct field *f)
{
	size_t middle = f->start + f->end, of_column = r->start[c] + r->end[c];

	return (f->start + CLOSE >= r->start[c] && f->start <= r->start[c] + CLOSE) ||
	       (f->end + CLOSE >= r->end[c] && f->end <= r->end[c] + CLOSE) ||
	       (middle + CLOSE >= of_column && middle <= of_column + CLOSE);
}

/* The columns, from 1, of the fields by a ruler of `width` columns; false if they do not stand in them. */
static bool
place(const struct ruler *r, size_t width, const struct field *fields, size_t n, uint32_t *col)
{
	size_t c = 0;

	for (size_t i = 0; i < n; i++) {
		while (c < width && !stands_in(r, c, &fields[i]))
			c++;
		if (c == width)
			return false;
		col[i] = (uint32_t)++c;
	}
	return true;
}

static bool
add(struct cells *cells, size_t line, struct span text, uint32_t row, uint32_t col, enum grid grade)
{
	return cells_add(cells, (struct grid_cell){.line = line, .text = text, .row = row, .col = col,
		.grade = grade});
}

static struct span
join(struct buf *joined, struct span a, struct span b)
{
	size_t at = joined->n;

	buf_add_span(joined, a);
	buf_add_span(joined, b);
	return span_of(joined->p + at, joined->n - at);
}

/* A row whose fields stand in these columns; those passed over between two of them are blank. */
static bool
add_row(struct cells *cells, size_t line, const struct field *fields, size_t n, const uint32_t *col,
	uint32_t row, enum grid grade)
{
	for (size_t i = 0; i < n; i++) {
		for (uint32_t c = i > 0 ? col[i - 1] + 1 : col[i]; c < col[i]; c++)
			if (!add(cells, line, span_of("", 0), row, c, grade))
				return false;
		if (!add(cells, line, fields[i].text, row, col[i], grade))
			return false;
	}
	return true;
}

/*
 * The columns of a row parted by blanks, and how well they are known: by the widest rows it goes together
 * with, of which there are two at least.
 */
static enum grid
judge(const struct ruler *rulers, size_t width, const struct field *fields, size_t n, uint32_t *col)
{
	size_t numbers = 0;

	for (size_t w = WIDEST; w >= n; w--)
		if (rulers[w].rows >= 2 && place(&rulers[w], w, fields, n, col)) {
			bool gap = false;

			for (size_t i = 1; i < n; i++)
				gap |= col[i] != col[i - 1] + 1;
			return w == n && n == width ? GRID_ROWS : gap || w != n ? GRID_ASSUMED : GRID_ROWS;
		}
	for (size_t i = 0; i < n; i++) {
		col[i] = (uint32_t)i + 1;
		numbers += cell_kind(fields[i].text) == CELL_NUMBER;
	}
	/* As many as most rows have, pushed aside by a long one; heads; a row of numbers only. */
	return n == width || numbers == 0 || numbers == n ? GRID_ASSUMED : GRID_FAILED;
}

bool
columns_read(const struct text_line *lines, size_t from, size_t end, size_t width,
	struct buf *joined, struct cells *cells)
{
	struct ruler *rulers = NULL;
	struct field fields[WIDEST];
	uint32_t row = 0, col[WIDEST];
	size_t label = cells->n; /* the cell that holds the label a line of one cell may go on with */
	bool good = true, tabs = false;

	for (size_t i = from; i < end && !tabs; i++)
		tabs = has_tabs(&lines[i]);
	if (!tabs) {
		rulers = xcalloc(WIDEST + 1, sizeof *rulers);
		for (size_t i = from; i < end; i++) {
			size_t n = lines[i].gaps ? split(&lines[i], false, fields) : 0;

			if (n > 0 && rulers[n].rows == 0)
				ruler_make(&rulers[n], n, lines, from, end);
		}
	}
	for (size_t i = from; i < end && good; i++) {
		const struct text_line *line = &lines[i];
		size_t n = split(line, tabs, fields);
		enum grid grade;

		if (n == 1) {
			/* Without a number of its own it goes on with the label above. */
			if (row > 0 && label < cells->n && line_numbering(line->text) == 0 &&
				cell_kind(line->text) == CELL_LABEL && cells->v[label].grade != GRID_FAILED &&
				cell_kind(cells->v[cells->n - 1].text) != CELL_LABEL) {
				struct grid_cell *cell = &cells->v[label];

				cell->text = join(joined, cell->text, line->text);
				for (size_t k = label; k < cells->n; k++)
					cells->v[k].grade = GRID_ASSUMED;
				label = cells->n;
				continue;
			}
			label = cells->n;
			good = add(cells, line->number, line->text, ++row, 1, GRID_ASSUMED);
			continue;
		}
		if (tabs) {
			for (size_t c = 0; c < n; c++)
				col[c] = (uint32_t)c + 1;
			grade = n == width ? GRID_ROWS : GRID_ASSUMED;
		} else {
			grade = judge(rulers, width, fields, n, col);
		}
		/* The values of a label that began on the line above and stands there alone. */
		if (grade != GRID_FAILED && col[0] > 1 && label + 1 == cells->n && cells->v[label].col == 1 &&
			cells->v[label].line + 1 == line->number) {
			good = add_row(cells, line->number, fields, n, col, row, GRID_ASSUMED);
			continue;
		}
		label = cells->n;
		row++;
		if (grade == GRID_FAILED)
			for (size_t c = 0; c < n && good; c++)
				good = add(cells, line->number, fields[c].text, 0, 0, GRID_FAILED);
		else
			good = add_row(cells, line->number, fields, n, col, row, grade);
	}
	free(rulers);
	return good;
}
