#include "loose.h"

#include "blank.h"
#include "strokes.h"

enum {
	WIDEST = 64, /* columns of a table */
	LONGEST = 20000, /* bytes of a line: a longer one is none of a drawn table */
	APART = 3,   /* numbers of two lines of a table are no more */
	LEAST = 2,   /* lines of text, or more */
	DASHES = 3,  /* of a line across, or more */
	FEW_BANDS = 3, /* head, body, foot: in a table with more, lines are drawn between its rows */
	MOST = 5,    /* of five lines four or more have the columns of the table */
};

enum line_kind { LINE_NONE, LINE_ACROSS, LINE_TEXT };

struct line {
	enum line_kind kind;
	struct span cell[WIDEST];
	size_t n, bars;
	bool first, last; /* begins, ends with a bar */
	bool box, plus;   /* box characters, a plus among strokes, stand in it */
	bool mixed;       /* it has lines across beside text */
};

/* What draws tables in text besides box characters, as bars of other widths do. */
static bool
is_bar(struct span s)
{
	return *s.p == '|' || span_starts(s, SPAN("｜"));
}

static void
add_cell_text(struct line *line, const char *from, const char *end)
{
	if (line->n < WIDEST)
		line->cell[line->n] = blank_trim(span_of(from, (size_t)(end - from)));
	line->n++;
}

/* A line that holds nothing but strokes is one across; one with bars among its text is a row of cells. */
static void
read_line(struct span text, struct line *line)
{
	size_t across = 0, bars = 0, texts = 0, dashes = 0, blank;
	const char *from = text.p;

	*line = (struct line){LINE_NONE, .first = false};
	if (text.n > LONGEST)
		return;
	for (struct span rest = text; rest.n;) {
		size_t bytes = span_step(rest);
		enum stroke box = stroke_at(rest, true);
		bool bar = box == STROKE_DOWN || box == STROKE_JOINT || (box == STROKE_NONE && is_bar(rest));

		if (bar) {
			if (rest.p > text.p)
				add_cell_text(line, from, rest.p);
			else
				line->first = true;
			from = rest.p + bytes;
			line->last = bytes == rest.n;
			bars++;
		}
		if (box != STROKE_NONE) {
			line->box = true;
			across += box == STROKE_ACROSS;
		} else if (*rest.p == '-' || *rest.p == '=' || *rest.p == '+') {
			dashes++;
			line->plus |= *rest.p == '+';
			texts++;
		} else if (!bar && (blank = blank_length(rest, NULL)) > 0) {
			bytes = blank;
		} else {
			texts += !bar;
		}
		rest = span_from(rest, bytes);
	}
	if (from < text.p + text.n)
		add_cell_text(line, from, text.p + text.n);
	/* |---|---| stands below the head of a table with bars, whatever is above and below it (barred.h). */
	if (across + dashes >= DASHES && texts == dashes && (line->box ? dashes == 0 : line->plus || bars == 0))
		line->kind = LINE_ACROSS;
	else if (bars && texts && line->n <= WIDEST)
		line->kind = LINE_TEXT;
	line->bars = bars;
	line->mixed = line->kind == LINE_TEXT && across > 0;
}

size_t
loose_end(const struct text_line *lines, size_t n, size_t from, bool *table)
{
	size_t end = from, texts = 0, rules = 0, strokes = 0, joints = 0, numbers = 0;
	bool across = false;
	struct line line;

	for (; end < n && (end == from || lines[end].number - lines[end - 1].number <= APART); end++) {
		read_line(lines[end].text, &line);
		/* The top of the next table below the bottom of this one. */
		if (line.kind == LINE_NONE || (line.kind == LINE_ACROSS && across && texts))
			break;
		across = line.kind == LINE_ACROSS;
		rules += across;
		texts += !across && line.n > 1;
		strokes += line.box;
		joints += across && line.plus;
		for (size_t c = 0; line.kind == LINE_TEXT && numbers == 0 && c < line.n; c++)
			numbers += cell_kind(line.cell[c]) == CELL_NUMBER;
	}
	/* Bars without lines across are a table of their own kind (barred.h); 首页│新闻│公开 is none. */
	*table = texts >= LEAST && numbers && (strokes >= LEAST || joints || rules > 1);
	return end;
}

/* The columns of most lines of text, and whether lines begin with a bar, and end with one. */
struct shape {
	size_t width, texts, bands;
	bool first, last;
};

/* Gives a line the blank cell that it begins or ends with where others have no bars at their sides. */
static void
fit_line(struct line *line, const struct shape *shape)
{
	if (line->first && !shape->first && line->n < WIDEST) {
		memmove(line->cell + 1, line->cell, line->n++ * sizeof *line->cell);
		line->cell[0] = SPAN("");
	}
	if (line->last && !shape->last && line->n < WIDEST)
		line->cell[line->n++] = SPAN("");
}

/* False if most lines are not of one width, or of one column. */
static bool
find_shape(const struct text_line *lines, size_t from, size_t end, struct shape *shape)
{
	size_t count[WIDEST + 1] = {0}, first = 0, last = 0, joined = 0, opened = 0, closed = 0;
	struct line line;
	bool across = true;

	*shape = (struct shape){.width = 0};
	for (size_t i = from; i < end; i++) {
		read_line(lines[i].text, &line);
		if (line.kind != LINE_TEXT) {
			struct span text = lines[i].text;

			joined += line.bars > 0 || line.plus;
			opened += line.first || *text.p == '+';
			closed += line.last || text.p[text.n - 1] == '+';
			across = true;
			continue;
		}
		shape->texts++;
		shape->bands += across;
		across = false;
		first += line.first;
		last += line.last;
	}
	/* Lines across say it best: a line of text that ends with a bar may end with a blank cell. */
	shape->first = joined ? 2 * opened > joined : 2 * first > shape->texts;
	shape->last = joined ? 2 * closed > joined : 2 * last > shape->texts;
	for (size_t i = from; i < end; i++) {
		read_line(lines[i].text, &line);
		fit_line(&line, shape);
		if (line.kind == LINE_TEXT && !line.mixed)
			count[line.n]++;
	}
	for (size_t w = 2; w <= WIDEST; w++)
		if (count[w] > count[shape->width])
			shape->width = w;
	/* A cell alone is a title of the table or of a part. */
	return shape->width > 1 && MOST * count[shape->width] >= (MOST - 1) * (shape->texts - count[1]);
}

/* The reading of a table. */
struct loose {
	const struct text_line *lines;
	struct shape shape;
	struct buf *joined;
	struct cells *cells;
	uint32_t row;
};

/* Adds the lines [from, end), which are all of the table's columns, as one row. */
static bool
add_row(struct loose *t, size_t from, size_t end, bool doubtful)
{
	struct line line;

	t->row++;
	for (size_t c = 0; c < t->shape.width; c++) {
		struct grid_cell cell = {.line = t->lines[from].number, .row = t->row, .col = (uint32_t)c + 1,
			.grade = doubtful ? GRID_ASSUMED : GRID_ROWS};
		size_t at = t->joined->n, pieces = 0;

		for (size_t i = from; i < end; i++) {
			struct span text;

			read_line(t->lines[i].text, &line);
			fit_line(&line, &t->shape);
			text = c < line.n ? line.cell[c] : SPAN("");
			if (text.n == 0)
				continue;
			if (pieces++ == 0) {
				cell.text = text;
				cell.line = t->lines[i].number;
				continue;
			}
			if (pieces == 2)
				buf_add_span(t->joined, cell.text);
			if (is_digit(t->joined->p[t->joined->n - 1]) && is_digit(*text.p))
				cell.grade = GRID_ASSUMED;
			else if (!(t->joined->p[t->joined->n - 1] & 0x80) && !(*text.p & 0x80))
				buf_add_char(t->joined, ' ');
			buf_add_span(t->joined, text);
		}
		if (pieces > 1)
			cell.text = span_of(t->joined->p + at, t->joined->n - at);
		if (!cells_add(t->cells, cell))
			return false;
	}
	return true;
}

/* Whether the lines of a band are a row each: two of them have a number in one column. */
static bool
are_rows(const struct loose *t, size_t from, size_t end)
{
	bool number[WIDEST] = {false};
	struct line line;

	for (size_t i = from; i < end; i++) {
		read_line(t->lines[i].text, &line);
		fit_line(&line, &t->shape);
		for (size_t c = 1; c < line.n && c < WIDEST; c++) {
			bool is = cell_kind(line.cell[c]) == CELL_NUMBER;

			if (is && number[c])
				return true;
			number[c] |= is;
		}
	}
	return false;
}

/* The lines of text [from, end) between two lines across. */
static bool
add_band(struct loose *t, size_t from, size_t end)
{
	bool whole = true, good = true, several = end - from > 1;
	struct line line;

	several &= t->shape.bands > FEW_BANDS || 2 * t->shape.bands > t->shape.texts;
	for (size_t i = from; i < end; i++) {
		read_line(t->lines[i].text, &line);
		fit_line(&line, &t->shape);
		whole &= !line.mixed && line.n == t->shape.width && line.last >= t->shape.last;
	}
	if (whole && several && !are_rows(t, from, end))
		return add_row(t, from, end, false);
	for (size_t i = from; i < end && good; i++) {
		read_line(t->lines[i].text, &line);
		fit_line(&line, &t->shape);
		if (!line.mixed && line.n == t->shape.width) {
			/* One that ends before its bar may have lost more than that; what it stands among may be a part of it. */
			good = add_row(t, i, i + 1, (several && !whole) || line.last < t->shape.last || line.first < t->shape.first);
			continue;
		}
		if (line.n != 1) {
			good = loose_unread(&t->lines[i], t->cells);
			continue;
		}
		good = cells_add(t->cells, (struct grid_cell){.line = t->lines[i].number, .text = line.cell[0],
			.row = ++t->row, .col = 1, .grade = GRID_ROWS});
	}
	return good;
}

bool
loose_drawn(struct span text)
{
	for (const char *p; text.n && (p = memchr(text.p, 0xe2, text.n)) != NULL;) {
		text = span_of(p, (size_t)(text.p + text.n - p));
		if (stroke_at(text, true) != STROKE_NONE)
			return true;
		text = span_from(text, 1);
	}
	return false;
}

bool
loose_begins(const struct text_line *lines, size_t n, size_t from)
{
	struct span text = lines[from].text, next = from + 1 < n ? lines[from + 1].text : SPAN("");
	bool across = next.n && (stroke_at(next, true) != STROKE_NONE || memchr("-=+", *next.p, 3));

	if (lines[from].bars && across)
		return true;
	return memchr("-=+", *text.p, 3) || loose_drawn(text);
}

bool
loose_unread(const struct text_line *line, struct cells *cells)
{
	struct line parts;
	bool good = true;

	read_line(line->text, &parts);
	if (parts.n > WIDEST)
		return cells_add(cells, (struct grid_cell){.line = line->number, .text = line->text, .grade = GRID_FAILED});
	for (size_t c = 0; c < parts.n && parts.kind != LINE_ACROSS && good; c++)
		good = cells_add(cells, (struct grid_cell){.line = line->number, .text = parts.cell[c], .grade = GRID_FAILED});
	return good;
}

bool
loose_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells, bool *read)
{
	struct loose t = {.lines = lines, .joined = joined, .cells = cells};
	size_t band = from;
	bool good = true;
	struct line line;

	*read = find_shape(lines, from, end, &t.shape);
	for (size_t i = from; i <= end && *read && good; i++) {
		if (i < end)
			read_line(lines[i].text, &line);
		if (i < end && line.kind == LINE_TEXT)
			continue;
		if (band < i)
			good = add_band(&t, band, i);
		band = i + 1;
	}
	return good;
}
