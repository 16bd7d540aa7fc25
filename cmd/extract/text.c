#include "text.h"

#include <stdlib.h>

#include "blank.h"
#include "grid.h"

enum {
	LONG_LINE = 60,  /* characters: longer lines are prose */
	HEAD_LINES = 60, /* where titles are looked for */
	TITLE_LINES = 3,
	WRAP_LINES = 2,  /* lines of a cell before the one with its bar */
	LITTLE = 12,     /* cells too few to judge a width by */
	PROBE = 2000,    /* cells a width is judged by where a line may be a cell's or not */
};

/* A line that is not blank. */
struct line {
	size_t number;
	struct span text; /* trimmed, as on the page otherwise */
	size_t bars;
};

struct text {
	struct text_limits limits;
	const struct words *words;
	struct line *lines;
	size_t n, cap;
	struct grid_cell *cells;
	size_t ncells, cells_cap, all_cells;
	struct buf work, joined;
	uint32_t tables;
};

struct text *
text_new(const struct text_limits *limits, const struct words *words)
{
	struct text *t = xcalloc(1, sizeof *t);

	t->limits = *limits;
	t->words = words;
	return t;
}

void
text_free(struct text *t)
{
	if (!t)
		return;
	free(t->lines);
	free(t->cells);
	buf_release(&t->work);
	buf_release(&t->joined);
	free(t);
}

static size_t
count_bars(struct span s)
{
	size_t n = 0;
	const char *end = s.p + s.n;

	for (const char *p = s.p; s.n && (p = memchr(p, '|', (size_t)(end - p))); p++)
		n++;
	return n;
}

/* Cuts the page at LF, CRLF and CR. */
static const char *
find_lines(struct text *t, struct span page)
{
	const char *p = page.p, *end = page.p + page.n;
	size_t number = 1;

	t->n = 0;
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p)), *stop = lf ? lf : end;
		const char *cr = memchr(p, '\r', (size_t)(stop - p));
		struct span text;

		if (cr)
			stop = cr;
		text = blank_trim(span_of(p, (size_t)(stop - p)));
		if (text.n) {
			if (t->n == t->limits.lines)
				return "too many lines";
			t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
			t->lines[t->n++] = (struct line){number, text, count_bars(text)};
		}
		number++;
		p = stop + (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n') + 1;
	}
	return NULL;
}

static size_t
characters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* Ends as a sentence does, or is as long. */
static bool
is_prose(struct span s)
{
	static const struct span ends[] = {{"。", 3}, {"；", 3}, {";", 1}, {"！", 3}};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends(s, ends[i]))
			return true;
	return s.n > LONG_LINE && characters(s) > LONG_LINE;
}

/* Bytes of a heading's number at its start, 一、 or （一） or 1. or 第一章; 0 if there is none. */
static size_t
numbering(struct span s)
{
	static const char digits[] = "一二三四五六七八九十";
	static const struct span opens[] = {{"(", 1}, {"（", 3}, {"第", 3}};
	static const struct span closes[] = {{"、", 3}, {")", 1}, {"）", 3}, {"章", 3}, {".", 1}, {"．", 3},
		{"部分", 6}, {"条", 3}};
	struct span at = s;
	size_t n = 0;

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
		if (span_starts(at, opens[i]))
			at.p += opens[i].n, at.n -= opens[i].n;
	for (; at.n && n < 4; n++) {
		size_t k = 0;

		if (*at.p >= '0' && *at.p <= '9') {
			k = 1;
		} else {
			for (size_t i = 0; i + 1 < sizeof digits; i += 3)
				if (span_starts(at, span_of(digits + i, 3)))
					k = 3;
		}
		if (k == 0)
			break;
		at.p += k, at.n -= k;
	}
	for (size_t i = 0; n && i < sizeof closes / sizeof *closes; i++)
		if (span_starts(at, closes[i]))
			return s.n - at.n + closes[i].n;
	return 0;
}

static bool
has(struct span s, const char *what)
{
	return span_find(s, span_str(what)) < s.n;
}

static bool
has_digit(struct span s)
{
	static const struct span digits[] = {{"〇", 3}, {"○", 3}, {"０", 3}, {"零", 3}};

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		if (span_find(s, digits[i]) < s.n)
			return true;
	return false;
}

/* A line that stands alone as a title does: short, no field, no path, no heading of a section. */
static bool
could_be_title(const struct line *line)
{
	struct span s = line->text;

	return line->bars == 0 && !is_prose(s) && !has(s, ":") && !has(s, "：") && !has(s, ">") &&
	       !has(s, "»") && numbering(s) == 0;
}

static void
add(struct text *t, struct piece what, struct span text, struct pieces *out)
{
	t->work.n = 0;
	blank_collapse(text, &t->work);
	pieces_add(out, what, buf_span(&t->work));
}

/*
 * Whether line i, one of the lines from to end that could all be titles, is one.  A few lines that hold a
 * title's word together are one title; of many (a menu) those with such a word and a year, with the line
 * before if that has the year.
 */
static bool
is_title(const struct text *t, size_t i, size_t from, size_t end)
{
	const struct line *l = t->lines;

	if (end - from <= TITLE_LINES) {
		for (size_t k = from; k < end; k++)
			if (words_within(t->words, WORD_TITLE, l[k].text))
				return true;
		return false;
	}
	if (words_within(t->words, WORD_TITLE, l[i].text))
		return has_digit(l[i].text) || (i > from && has_digit(l[i - 1].text));
	return i + 1 < end && has_digit(l[i].text) && !has_digit(l[i + 1].text) &&
	       words_within(t->words, WORD_TITLE, l[i + 1].text);
}

/* Lines of the page's head that could be titles, from the first on; returns the end of them. */
static size_t
read_titles(struct text *t, size_t from, struct pieces *out)
{
	size_t end = from;

	while (end < t->n && end < HEAD_LINES && could_be_title(&t->lines[end]))
		end++;
	for (size_t i = from; i < end; i++)
		add(t, (struct piece){.kind = is_title(t, i, from, end) ? PIECE_TITLE : PIECE_TEXT,
			.line = t->lines[i].number}, t->lines[i].text, out);
	return end;
}

/* A line of text; the field of a page's head that holds its title gives that too. */
static void
add_text(struct text *t, const struct line *line, bool head, struct pieces *out)
{
	struct span s = line->text;

	if (head) {
		size_t colon = span_find(s, SPAN(":")), sign = 1;

		if (colon == s.n) {
			colon = span_find(s, SPAN("："));
			sign = 3;
		}
		if (colon < s.n && words_name(t->words, span_of(s.p, colon)) == WORD_TITLE_FIELD)
			add(t, (struct piece){.kind = PIECE_TITLE, .line = line->number},
				span_of(s.p + colon + sign, s.n - colon - sign), out);
	}
	add(t, (struct piece){.kind = PIECE_TEXT, .line = line->number}, s, out);
}

static const char *
add_cell(struct text *t, struct grid_cell cell)
{
	if (t->all_cells++ == t->limits.cells)
		return "too many cells";
	t->cells = grow(t->cells, t->ncells, &t->cells_cap, sizeof *t->cells);
	t->cells[t->ncells++] = cell;
	return NULL;
}

/* Writes the cells; their text is trimmed already. */
static void
emit(struct text *t, struct pieces *out)
{
	bool field = false;
	uint32_t last = 0;

	for (size_t i = 0; i < t->ncells; i++) {
		const struct grid_cell *c = &t->cells[i];
		uint32_t known = c->col > 0;
		struct piece what = {.kind = PIECE_CELL, .grid = c->grade, .line = c->line,
			.table = t->tables + c->table + 1, .row = c->row, .col = c->col, .rows = known, .cols = known};

		last = c->table + 1;
		if (c->pads)
			continue;
		if (field && c->text.n && t->cells[i - 1].line == c->line)
			add(t, (struct piece){.kind = PIECE_TITLE, .line = c->line}, c->text, out);
		field = c->text.n && i + 1 < t->ncells &&
			words_name(t->words, c->text) == WORD_TITLE_FIELD;
		add(t, what, c->text, out);
	}
	t->tables += last;
	t->ncells = 0;
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
count_row(struct span s, size_t *pads, struct text *t, size_t line, uint32_t row, const char **fault)
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
	if (s.n && *s.p == '|')
		s.p++, s.n--;
	while (s.n) {
		struct span cell = blank_trim(span_cut(&s, '|'));

		n++;
		if (t && !*fault)
			*fault = add_cell(t, (struct grid_cell){.line = line, .text = cell, .row = row, .col = ++col,
				.grade = GRID_ROWS});
	}
	return n + *pads;
}

/* A table with a row per line, lines from to end. */
static const char *
read_rows(struct text *t, size_t from, size_t end, struct pieces *out)
{
	enum { WIDEST = 256 };
	size_t count[WIDEST + 1] = {0}, width = 1, pads, rows = 0;
	const char *fault = NULL;
	uint32_t row = 0;

	for (size_t i = from; i < end; i++) {
		size_t n = count_row(t->lines[i].text, &pads, NULL, 0, 0, NULL);

		count[n < WIDEST ? n : WIDEST]++;
	}
	for (size_t n = 1; n <= WIDEST; n++) {
		rows += count[n];
		if (count[n] >= count[width])
			width = n;
	}
	for (size_t i = from; i < end && !fault; i++) {
		struct span s = t->lines[i].text;
		size_t first = t->ncells, n;

		if (*s.p == '|' && is_border(s))
			continue;
		n = count_row(s, &pads, t, t->lines[i].number, ++row, &fault);
		if (t->ncells == first && !fault) {
			/* Bars alone: a row whose cell is lost. */
			fault = add_cell(t, (struct grid_cell){.line = t->lines[i].number, .row = row, .col = 1});
			n = 0;
		}
		if (n != width || count[width] * 2 < rows)
			for (size_t k = first; k < t->ncells; k++)
				t->cells[k].grade = GRID_ASSUMED;
	}
	emit(t, out);
	return fault;
}

/* The cells of lines that each end in a bar or are bars only; a line without one belongs to the next. */
static const char *
add_lines(struct text *t, size_t from, size_t end)
{
	struct buf *joined = &t->joined;
	const char *fault = NULL;
	size_t begun = 0, at = 0;

	for (size_t i = from; i < end && !fault; i++) {
		struct span s = t->lines[i].text;
		size_t line = t->lines[i].number, bars = 0;

		if (t->lines[i].bars == 0) {
			if (!begun) {
				begun = line;
				at = joined->n;
			}
			buf_add_span(joined, s);
			buf_add_char(joined, ' ');
			continue;
		}
		while (s.n && s.p[s.n - 1] == '|')
			s.n--, bars++;
		s = blank_trim(s);
		if (begun) {
			buf_add_span(joined, s);
			s = span_of(joined->p + at, joined->n - at);
			line = begun;
			begun = 0;
		}
		if (s.n || bars == 1)
			fault = add_cell(t, (struct grid_cell){.line = line, .text = s});
		if (s.n)
			bars--;
		if (bars > 0 && !fault && (s.n || bars > 1))
			fault = add_cell(t, (struct grid_cell){.line = t->lines[i].number, .pads = (uint32_t)bars});
	}
	return fault;
}

/* A line without a bar between lines with one: whether it can be the beginning of the next cell. */
static bool
may_continue(const struct text *t, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (is_prose(t->lines[i].text))
			return false;
	return end - from <= WRAP_LINES;
}

/* The cells of the lines from to end up to the first run of bars, and its length. */
static size_t
count_to_pads(const struct text *t, size_t from, size_t end, size_t *pads)
{
	size_t n = 0;

	*pads = 0;
	for (size_t i = from; i < end && *pads == 0; i++) {
		struct span s = t->lines[i].text;
		size_t bars = 0;

		while (s.n && s.p[s.n - 1] == '|')
			s.n--, bars++;
		n += s.n > 0 || bars == 1;
		*pads = bars - (s.n > 0 || bars == 1);
	}
	return n;
}

/*
 * Whether the line before the bars at `next` is the beginning of a cell of the table so far rather than
 * what stands between two tables: the rows must come out even with it.
 */
static bool
goes_on(struct text *t, size_t gap, size_t next, size_t end)
{
	size_t width = grid_width(t->cells, t->ncells < PROBE ? t->ncells : PROBE);
	size_t open = 0, pads, n = count_to_pads(t, next, end, &pads);

	if (!may_continue(t, gap, next))
		return false;
	for (size_t i = t->ncells; i > 0 && !t->cells[i - 1].pads && open < PROBE; i--)
		open++;
	if (width == 0)
		return next - gap == 1 && t->ncells < LITTLE && numbering(t->lines[gap].text) == 0;
	return (open + n + pads) % width == 0 && pads < width;
}

/* Whether most lines with text hold several cells. */
static bool
are_rows(const struct text *t, size_t from, size_t end)
{
	size_t rows = 0, texts = 0;

	for (size_t i = from; i < end; i++) {
		struct span s = t->lines[i].text;

		while (s.n && s.p[s.n - 1] == '|')
			s.n--;
		while (s.n && *s.p == '|')
			s.p++, s.n--;
		texts += s.n > 0;
		rows += s.n > 0 && memchr(s.p, '|', s.n) != NULL;
	}
	return rows * 2 > texts;
}

static size_t
end_of_bars(const struct text *t, size_t i)
{
	while (i < t->n && t->lines[i].bars)
		i++;
	return i;
}

/* The table of a cell a line that begins at line `from`; *from gets the line behind it. */
static const char *
read_cells(struct text *t, size_t *from, struct pieces *out)
{
	size_t end = end_of_bars(t, *from), bytes = 0, last = *from;
	const char *fault;

	/* Cells over several lines are put together where nothing moves them while the table is read. */
	for (size_t i = *from; i < t->n && (t->lines[i].bars || i - last <= WRAP_LINES); i++) {
		bytes += t->lines[i].text.n + 1;
		if (t->lines[i].bars)
			last = i;
	}
	buf_reset(&t->joined);
	buf_room(&t->joined, bytes);
	fault = add_lines(t, *from, end);
	while (!fault && end < t->n) {
		size_t next = end, stop;

		while (next < t->n && t->lines[next].bars == 0 && next - end <= WRAP_LINES)
			next++;
		stop = end_of_bars(t, next);
		if (stop == next || are_rows(t, next, stop) || !goes_on(t, end, next, stop))
			break;
		fault = add_lines(t, end, stop);
		end = stop;
	}
	*from = end;
	grid_recover(t->cells, t->ncells);
	emit(t, out);
	return fault;
}

/* The lines found, as pieces; `head`: they begin a page that has no titles of its own. */
static const char *
read_lines(struct text *t, bool head, struct pieces *out)
{
	const char *fault = NULL;

	t->ncells = 0;
	for (size_t i = 0; !fault && i < t->n;) {
		const struct line *line = &t->lines[i];
		size_t end = end_of_bars(t, i);

		head &= i < HEAD_LINES && !(end == i && is_prose(line->text));
		if (end == i && head && could_be_title(line)) {
			i = read_titles(t, i, out);
		} else if (end == i || (end - i == 1 && !span_ends(line->text, SPAN("|")))) {
			add_text(t, line, head, out);
			i++;
		} else if (are_rows(t, i, end)) {
			fault = read_rows(t, i, end, out);
			i = end;
		} else {
			fault = read_cells(t, &i, out);
		}
	}
	return fault;
}

const char *
text_read(struct text *t, struct span page, struct pieces *out)
{
	const char *fault = find_lines(t, page);

	t->tables = 0;
	t->all_cells = 0;
	return fault ? fault : read_lines(t, true, out);
}

bool
text_suspects(const struct pieces *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct span s = piece_text(list, &list->v[i]);

		if (list->v[i].kind == PIECE_TEXT && s.n &&
			(memchr(s.p, '|', s.n) || memchr(s.p, '\t', s.n) || span_find(s, SPAN("  ")) < s.n))
			return true;
	}
	return false;
}

const char *
text_reread(struct text *t, const struct pieces *in, struct pieces *out)
{
	const char *fault = NULL;

	t->tables = 0;
	t->all_cells = 0;
	for (size_t i = 0; i < in->n; i++) {
		t->tables = in->v[i].table > t->tables ? in->v[i].table : t->tables;
		t->all_cells += in->v[i].kind == PIECE_CELL;
	}
	for (size_t i = 0; i < in->n && !fault;) {
		t->n = 0;
		for (; i < in->n && in->v[i].kind == PIECE_TEXT; i++) {
			struct span s = blank_trim(piece_text(in, &in->v[i]));

			t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
			if (s.n)
				t->lines[t->n++] = (struct line){in->v[i].line, s, count_bars(s)};
		}
		fault = read_lines(t, false, out);
		if (i < in->n) {
			pieces_add(out, in->v[i], piece_text(in, &in->v[i]));
			i++;
		}
	}
	return fault;
}
