#include "columns.h"

#include "blank.h"
#include "buf.h"

enum {
	WIDEST = 64,
	ROWS = 3,        /* of the same width make a table */
	BETWEEN = 4,     /* lines of one cell between rows */
	LONG_CELL = 300, /* bytes: longer ones are prose */
	CLOSE = 2,       /* columns of the page a cell may stand beside the others of its column */
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

size_t
columns_find(const struct text_line *lines, size_t n, size_t from, size_t *width)
{
	size_t count[WIDEST + 1] = {0}, rows = 0, end = from, best = 2;
	struct field fields[WIDEST];

	for (size_t i = from; i < n && i - end <= BETWEEN; i++) {
		if (lines[i].bars || (lines[i].gaps ? is_prose(&lines[i]) : line_is_prose(lines[i].text)))
			break;
		if (!lines[i].gaps)
			continue;
		count[split(&lines[i], has_tabs(&lines[i]), fields)]++;
		rows++;
		end = i + 1;
	}
	for (size_t w = 2; w <= WIDEST; w++)
		if (count[w] >= count[best] && count[w] > 0)
			best = w;
	*width = best;
	return count[best] >= ROWS && count[best] * 5 >= rows * 2 ? end : from;
}

/* Where the columns stand on the page, by the rows that have them all. */
struct ruler {
	size_t low[WIDEST], high[WIDEST];
	bool known;
};

static void
ruler_make(struct ruler *r, const struct text_line *lines, size_t from, size_t end, size_t width)
{
	struct field fields[WIDEST];
	size_t second = 0;

	r->known = false;
	for (size_t i = from; i < end; i++) {
		if (!lines[i].gaps || split(&lines[i], false, fields) != width)
			continue;
		/* A first cell longer than its column pushes the others out of theirs. */
		if (r->known && fields[0].end + 1 >= second)
			continue;
		for (size_t c = 0; c < width; c++) {
			if (!r->known || fields[c].start < r->low[c])
				r->low[c] = fields[c].start;
			if (!r->known || fields[c].end > r->high[c])
				r->high[c] = fields[c].end;
		}
		if (!r->known)
			second = fields[1].start;
		r->known = true;
	}
}

/* The columns, from 1, of the fields of a row that has too few; false if they are not plain. */
static bool
place(const struct ruler *r, const struct field *fields, size_t n, size_t width, uint32_t *col)
{
	size_t c = 0;

	if (!r->known)
		return false;
	for (size_t i = 0; i < n; i++, c++) {
		size_t hits = 0, hit = 0;

		for (size_t k = c; k < width; k++)
			if (fields[i].start <= r->high[k] + CLOSE && fields[i].end + CLOSE >= r->low[k]) {
				hits++;
				hit = k;
			}
		if (hits != 1)
			return false;
		col[i] = (uint32_t)hit + 1;
		c = hit;
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

bool
columns_read(const struct text_line *lines, size_t from, size_t end, size_t width,
	struct buf *joined, struct cells *cells)
{
	struct ruler ruler = {.known = false};
	struct field fields[WIDEST];
	uint32_t row = 0, col[WIDEST];
	size_t label = cells->n; /* the cell that holds the label a line of one cell may go on with */
	bool good = true, tabs = false;

	for (size_t i = from; i < end && !tabs; i++)
		tabs = has_tabs(&lines[i]);
	if (!tabs)
		ruler_make(&ruler, lines, from, end, width);
	for (size_t i = from; i < end && good; i++) {
		const struct text_line *line = &lines[i];
		size_t n = split(line, tabs, fields);

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
		if (n == width) {
			label = cells->n;
			row++;
			for (size_t c = 0; c < n && good; c++)
				good = add(cells, line->number, fields[c].text, row, (uint32_t)c + 1, GRID_ROWS);
			continue;
		}
		if (n > width || tabs || !place(&ruler, fields, n, width, col)) {
			bool short_row = tabs && n < width;

			label = cells->n;
			row++;
			for (size_t c = 0; c < n && good; c++)
				good = add(cells, line->number, fields[c].text, short_row ? row : 0,
					short_row ? (uint32_t)c + 1 : 0, short_row ? GRID_ASSUMED : GRID_FAILED);
			continue;
		}
		/* The values of a label that began on the line above and stands there alone. */
		if (col[0] > 1 && label + 1 == cells->n && cells->v[label].col == 1 &&
			cells->v[label].line + 1 == line->number) {
			for (size_t c = 0, at = 2; at <= width && good; at++) {
				bool here = c < n && col[c] == at;

				good = add(cells, line->number, here ? fields[c].text : span_of("", 0), row,
					(uint32_t)at, GRID_ASSUMED);
				c += here;
			}
			continue;
		}
		label = cells->n;
		row++;
		for (size_t c = 0, at = 1; at <= width && good; at++) {
			bool here = c < n && col[c] == at;

			good = add(cells, line->number, here ? fields[c].text : span_of("", 0), row, (uint32_t)at,
				GRID_ASSUMED);
			c += here;
		}
	}
	return good;
}
