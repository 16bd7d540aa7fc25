#include "text.h"

#include <stdlib.h>

#include "apart.h"
#include "bare.h"
#include "blank.h"
#include "columns.h"
#include "grid.h"
#include "lines.h"
#include "paper.h"
#include "parted.h"
#include "ruled.h"
#include "separated.h"
#include "simd.h"
#include "wrapped.h"

enum {
	HEAD_LINES = 60, /* where titles are looked for */
	TITLE_LINES = 3,
	WRAP_LINES = 2,  /* lines of a cell before the one with its bar */
	SUSPECT = 6,     /* lines that are numbers make a table likely */
	LITTLE = 12,     /* cells too few to judge a width by */
	PROBE = 2000,    /* cells a width is judged by where a line may be a cell's or not */
};

struct text {
	struct text_limits limits;
	const struct words *words;
	struct text_line *lines;
	size_t n, cap;
	struct cells cells;
	struct buf work, joined, records;
	uint32_t tables;
	bool open_end;    /* the page's last line has no end */
	size_t probed, width; /* of the table being read: the cells its width was judged by */
};

struct text *
text_new(const struct text_limits *limits, const struct words *words)
{
	struct text *t = xcalloc(1, sizeof *t);

	t->limits = *limits;
	t->words = words;
	t->cells.limit = limits->cells;
	return t;
}

void
text_free(struct text *t)
{
	if (!t)
		return;
	free(t->lines);
	free(t->cells.v);
	buf_release(&t->work);
	buf_release(&t->joined);
	buf_release(&t->records);
	free(t);
}

static const char *
take_apart(struct text *t)
{
	ruled_mark(t->lines, t->n);
	return lines_apart(&t->lines, &t->n, &t->cap, t->limits.lines) ? NULL : "too many lines";
}

/* Cuts the page at LF, CRLF and CR. */
static const char *
find_lines(struct text *t, struct span page)
{
	const char *p = page.p, *end = page.p + page.n;
	size_t number = 1;

	t->n = 0;
	t->open_end = page.n && end[-1] != '\n' && end[-1] != '\r';
	while (p < end) {
		const char *stop = simd_either(p, end, '\n', '\r');
		struct text_line line;

		line = line_make(number, span_of(p, (size_t)(stop - p)));
		if (line.text.n || (line.raw.n && memchr(line.raw.p, '\t', line.raw.n))) {
			if (t->n == t->limits.lines)
				return "too many lines";
			t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
			t->lines[t->n++] = line;
		}
		number++;
		p = stop + (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n') + 1;
	}
	parted_mark(t->lines, &t->n);
	/* Records of both signs, and their tabs; paragraphs, and a blank a line. */
	buf_reset(&t->records);
	buf_room(&t->records, 4 * page.n + 1);
	lines_separated(t->lines, &t->n, &t->records);
	ruled_mark(t->lines, t->n);
	lines_wrapped(t->lines, &t->n, &t->records);
	return take_apart(t);
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

/*
 * The end of the table that begins at line `from` and has the bar behind a cell on a line of its own; from
 * itself if none begins there.  A heading of a section above another line of text stands between two tables.
 */
static size_t
end_of_own_bars(const struct text *t, size_t from)
{
	enum { CELLS = 6 };
	size_t end = from, cells = 0;

	for (size_t i = from; i < t->n; cells++) {
		size_t text = i;

		while (i < t->n && t->lines[i].bars == 0 && i - text <= WRAP_LINES &&
			!line_is_prose(t->lines[i].text))
			i++;
		if (i == text || i == t->n || !is_bars(&t->lines[i]) ||
			(i - text > 1 && (text == from || line_is_section(t->lines[text].text))))
			break;
		while (i < t->n && is_bars(&t->lines[i]))
			i++;
		end = i;
	}
	return cells >= CELLS ? end : from;
}

/* A line that stands alone as a title does: short, no sentence's part, no field, no path, no heading of a section. */
static bool
could_be_title(const struct text_line *line)
{
	struct span s = line->text;

	return line->bars == 0 && !line_is_prose(s) && !has(s, "，") && !has(s, ":") && !has(s, "：") && !has(s, ">") &&
	       !has(s, "»") && line_numbering(s) == 0;
}

static void
add(struct text *t, struct piece what, struct span text, struct pieces *out)
{
	t->work.n = 0;
	blank_collapse(text, &t->work);
	pieces_add(out, what, buf_span(&t->work));
}

/* Whether a title's word stands in the lines from to end, or in two of them where its line was broken. */
static bool
holds_title(struct text *t, size_t from, size_t end)
{
	bool holds = false;

	t->work.n = 0;
	for (size_t k = from; k < end; k++) {
		holds |= words_within(t->words, WORD_TITLE, t->lines[k].text);
		buf_add_span(&t->work, t->lines[k].text);
	}
	return holds || words_within(t->words, WORD_TITLE, buf_span(&t->work));
}

/*
 * Whether line i, one of the lines from to end that could all be titles, is one.  A few lines that hold a
 * title's word together are one title; of many (a menu) those with such a word and a year, with the line
 * before if that has the year.
 */
static bool
is_title(struct text *t, size_t i, size_t from, size_t end)
{
	const struct text_line *l = t->lines;

	if (end - from <= TITLE_LINES)
		return holds_title(t, from, end);
	if (words_within(t->words, WORD_TITLE, l[i].text))
		return has_digit(l[i].text) || (i > from && has_digit(l[i - 1].text));
	return i + 1 < end && has_digit(l[i].text) && !has_digit(l[i + 1].text) &&
	       words_within(t->words, WORD_TITLE, l[i + 1].text);
}

/* Lines of the page's head that could be titles, from the first on but before `to`; their end. */
static size_t
read_titles(struct text *t, size_t from, size_t to, struct pieces *out)
{
	size_t end = from, width;

	while (end < to && end < HEAD_LINES && could_be_title(&t->lines[end]) &&
		!(end + 1 < t->n && is_bars(&t->lines[end + 1]) && end_of_own_bars(t, end) > end) &&
		!(t->lines[end].gaps && columns_find(t->lines, t->n, end, &width) > end))
		end++;
	for (size_t i = from; i < end; i++)
		add(t, (struct piece){.kind = is_title(t, i, from, end) ? PIECE_TITLE : PIECE_TEXT,
			.line = t->lines[i].number}, t->lines[i].text, out);
	return end;
}

/* A line of text; the field of a page's head that holds its title gives that too. */
static void
add_text(struct text *t, const struct text_line *line, bool head, struct pieces *out)
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
	return cells_add(&t->cells, cell) ? NULL : "too many cells";
}

/* Writes the cells; their text is trimmed already. */
static void
emit(struct text *t, struct pieces *out)
{
	bool field = false;
	uint32_t last = 0;

	for (size_t i = 0; i < t->cells.n; i++) {
		const struct grid_cell *c = &t->cells.v[i];
		uint32_t known = c->col > 0;
		struct piece what = {.kind = PIECE_CELL, .grid = c->grade, .line = c->line,
			.table = t->tables + c->table + 1, .row = c->row, .col = c->col, .rows = c->rows ? c->rows : known,
			.cols = c->cols ? c->cols : known};

		last = c->table + 1;
		if (c->pads)
			continue;
		if (field && c->text.n && t->cells.v[i - 1].line == c->line)
			add(t, (struct piece){.kind = PIECE_TITLE, .line = c->line}, c->text, out);
		field = c->text.n && i + 1 < t->cells.n &&
			words_name(t->words, c->text) == WORD_TITLE_FIELD;
		add(t, what, c->text, out);
	}
	t->tables += last;
	t->cells.n = 0;
}

/*
 * The table that ends before line `end` ends with the page, which has no line end and may be cut there: what is left
 * of its last cell may be the beginning of a number, and its row is only assumed.
 */
static void
doubt_last(struct text *t, size_t end)
{
	const struct text_line *last = &t->lines[end - 1];

	if (!t->open_end || end < t->n || span_ends(last->text, SPAN("|")))
		return;
	for (size_t i = t->cells.n; i-- > 0 && t->cells.v[i].line == last->number;)
		if (t->cells.v[i].grade == GRID_ROWS)
			t->cells.v[i].grade = GRID_ASSUMED;
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
count_row(struct span s, bool leading, size_t *pads, struct text *t, size_t line, uint32_t row,
	const char **fault)
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
	size_t count[WIDEST + 1] = {0}, width = 1, pads, rows = 0, bars = 0;
	const char *fault = NULL;
	uint32_t row = 0;
	bool leading;

	/* A bar before nearly every row is none of a blank cell's. */
	for (size_t i = from; i < end; i++)
		bars += *t->lines[i].text.p == '|';
	leading = bars * 5 >= (end - from) * 4;
	for (size_t i = from; i < end; i++) {
		size_t n = count_row(t->lines[i].text, leading, &pads, NULL, 0, 0, NULL);

		count[n < WIDEST ? n : WIDEST]++;
	}
	for (size_t n = 1; n <= WIDEST; n++) {
		rows += count[n];
		if (count[n] >= count[width])
			width = n;
	}
	for (size_t i = from; i < end && !fault; i++) {
		struct span s = t->lines[i].text;
		size_t first = t->cells.n, n;

		if (*s.p == '|' && is_border(s))
			continue;
		n = count_row(s, leading, &pads, t, t->lines[i].number, ++row, &fault);
		if (t->cells.n == first && !fault) {
			/* Bars alone: a row whose cell is lost. */
			fault = add_cell(t, (struct grid_cell){.line = t->lines[i].number, .row = row, .col = 1});
			n = 0;
		}
		if (n != width || count[width] * 2 < rows)
			for (size_t k = first; k < t->cells.n; k++)
				t->cells.v[k].grade = GRID_ASSUMED;
	}
	doubt_last(t, end);
	emit(t, out);
	return fault;
}

/* Whether the first bar of a line with nothing else is a blank cell's: alone, or parted by a blank from pads. */
static bool
ends_blank_cell(const struct text_line *line, size_t bars)
{
	return bars == 1 || (line->text.n > 1 && line->text.p[0] == '|' && line->text.p[1] != '|');
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
		size_t line = t->lines[i].number, bars;

		if (t->lines[i].bars == 0) {
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
		if (s.n || ends_blank_cell(&t->lines[i], bars)) {
			fault = add_cell(t, (struct grid_cell){.line = line, .text = s});
			bars--;
		}
		if (bars > 0 && !fault)
			fault = add_cell(t, (struct grid_cell){.line = t->lines[i].number, .pads = (uint32_t)bars});
	}
	return fault;
}

/* A line without a bar between lines with one: whether it can be the beginning of the next cell. */
static bool
may_continue(const struct text *t, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (line_is_prose(t->lines[i].text))
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
		size_t bars = take_bars(&s);
		bool cell = s.n > 0 || ends_blank_cell(&t->lines[i], bars);

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
goes_on(struct text *t, size_t gap, size_t next, size_t end)
{
	size_t width, open = 0, pads, n = count_to_pads(t, next, end, &pads);

	if (!may_continue(t, gap, next) || (next - gap > 1 && line_is_section(t->lines[gap].text)))
		return false;
	/* Judged anew only when there is a good deal more to judge by. */
	if (t->probed == 0 || (t->probed < PROBE && t->cells.n > t->probed + t->probed / 4)) {
		t->probed = t->cells.n < PROBE ? t->cells.n : PROBE;
		t->width = grid_width(t->cells.v, t->probed);
	}
	width = t->width;
	for (size_t i = t->cells.n; i > 0 && !t->cells.v[i - 1].pads && open < PROBE; i--)
		open++;
	if (width == 0)
		return next - gap == 1 && t->cells.n < LITTLE && line_numbering(t->lines[gap].text) == 0;
	return (open + n + pads) % width == 0 && pads < width;
}

/* Whether most lines with text hold several cells. */
static bool
are_rows(const struct text *t, size_t from, size_t end)
{
	size_t rows = 0, texts = 0;

	for (size_t i = from; i < end; i++) {
		struct span s = t->lines[i].text;

		/* Pads, and the bar of the cell before them; blank cells have blanks between their bars. */
		while (s.n && s.p[s.n - 1] == '|')
			s.n--;
		s = blank_trim(s);
		if (span_ends(s, SPAN("|")))
			s.n--;
		s = blank_trim(s);
		while (s.n && *s.p == '|')
			s = blank_trim(span_of(s.p + 1, s.n - 1));
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
	size_t end = end_of_bars(t, *from);
	const char *fault = add_lines(t, *from, end);

	t->probed = 0;
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
	grid_recover(t->cells.v, t->cells.n);
	emit(t, out);
	return fault;
}

/* Tables of a cell a line and nothing else, lines from to end; `plain`: of a page of plain text. */
static const char *
read_bare(struct text *t, size_t from, size_t end, bool plain, struct pieces *out)
{
	while (from < end) {
		size_t to;

		if (!bare_read(t->lines, from, end, plain, &to, &t->cells))
			return "too many cells";
		if (to - from < LITTLE) {
			/* What stands closer together than cells do is no table. */
			t->cells.all -= t->cells.n;
			t->cells.n = 0;
			for (; from < to; from++)
				add_text(t, &t->lines[from], false, out);
			continue;
		}
		grid_recover(t->cells.v, t->cells.n);
		/* Which of the lines are cells is not proved. */
		for (size_t i = 0; i < t->cells.n; i++)
			if (t->cells.v[i].grade == GRID_PROVED)
				t->cells.v[i].grade = GRID_ASSUMED;
		emit(t, out);
		from = to;
	}
	return NULL;
}

/* The lines found, as pieces; `plain`: of a page of plain text, whose first lines may be titles. */
static const char *
read_lines(struct text *t, bool plain, struct pieces *out)
{
	const char *fault = NULL;
	size_t first = 0, last = 0, known = 0; /* what bare_find said of the lines up to `known` */
	size_t seen = 0;                       /* no table of paper.h begins before this line */
	bool head = plain;
	size_t bytes = 0;

	t->cells.n = 0;
	/* What is put together of several lines does not move while a table is read. */
	for (size_t i = 0; i < t->n; i++)
		bytes += t->lines[i].text.n + 1;
	buf_reset(&t->joined);
	buf_room(&t->joined, 4 * bytes + 1);
	for (size_t i = 0; !fault && i < t->n;) {
		const struct text_line *line = &t->lines[i];
		size_t end = end_of_bars(t, i), stop, width;

		if ((stop = ruled_end(t->lines, t->n, i)) > i) {
			bool read;

			if (!ruled_read(t->lines, i, stop, &t->joined, &t->cells, &read))
				return "too many cells";
			if (read) {
				emit(t, out);
				i = stop;
				continue;
			}
		}
		if ((stop = parted_end(t->lines, t->n, i)) > i) {
			if (!parted_read(t->lines, i, stop, &t->cells))
				return "too many cells";
			doubt_last(t, stop);
			emit(t, out);
			i = stop;
			continue;
		}
		head &= i < HEAD_LINES && !(end == i && line_is_prose(line->text));
		if (end > i + 1 || (end == i + 1 && span_ends(line->text, SPAN("|")))) {
			if (are_rows(t, i, end)) {
				fault = read_rows(t, i, end, out);
				i = end;
			} else {
				fault = read_cells(t, &i, out);
			}
			continue;
		}
		if (i + 1 < t->n && is_bars(&t->lines[i + 1]) && (end = end_of_own_bars(t, i)) > i) {
			fault = add_lines(t, i, end);
			grid_recover(t->cells.v, t->cells.n);
			emit(t, out);
			i = end;
			continue;
		}
		if (line->gaps && i >= seen && (end = paper_end(t->lines, t->n, i, &seen)) > i) {
			if (!paper_read(t->lines, i, end, &t->joined, &t->cells))
				return "too many cells";
			doubt_last(t, end);
			emit(t, out);
			i = end;
			continue;
		}
		if (line->gaps && (end = columns_find(t->lines, t->n, i, &width)) > i) {
			if (!columns_read(t->lines, i, end, width, &t->joined, &t->cells))
				return "too many cells";
			doubt_last(t, end);
			emit(t, out);
			i = end;
			continue;
		}
		if (i >= known) {
			known = bare_find(t->lines, t->n, i, &first, &last);
			/* The title is none of the labels above the first number. */
			for (size_t k = first; k < last && k <= first + HEAD_LINES; k++)
				if (words_within(t->words, WORD_TITLE, t->lines[k].text))
					first = k + 1;
		}
		if (i == first && last > first) {
			fault = read_bare(t, first, last, plain, out);
			i = last;
		} else if (head && could_be_title(line)) {
			i = read_titles(t, i, last > first ? first : t->n, out);
		} else {
			add_text(t, line, head, out);
			i++;
		}
	}
	return fault;
}

const char *
text_read(struct text *t, struct span page, struct pieces *out)
{
	const char *fault = find_lines(t, page);

	t->tables = 0;
	t->cells.all = 0;
	return fault ? fault : read_lines(t, true, out);
}

/* Whether a bar, a tab or two blanks in a row stand in the text. */
static bool
parts_cells(struct span s)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; i + 17 <= s.n; i += 16) {
		__m128i v = simd_load(s.p + i), blanks = _mm_and_si128(_mm_cmpeq_epi8(v, simd_byte(' ')),
			_mm_cmpeq_epi8(simd_load(s.p + i + 1), simd_byte(' ')));

		if (_mm_movemask_epi8(_mm_or_si128(blanks,
			    _mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('|')), _mm_cmpeq_epi8(v, simd_byte('\t'))))))
			return true;
	}
#endif
	for (; i < s.n; i++)
		if (s.p[i] == '|' || s.p[i] == '\t' || (s.p[i] == ' ' && i + 1 < s.n && s.p[i + 1] == ' '))
			return true;
	return false;
}

bool
text_suspects(const struct pieces *list)
{
	size_t numbers = 0, apart = 0;
	/* Pages are told as a whole, few have any. */
	bool parts = parts_cells(buf_span(&list->text));

	for (size_t i = 0; i < list->n; i++) {
		struct span s = piece_text(list, &list->v[i]);

		if (list->v[i].kind != PIECE_TEXT || s.n == 0)
			continue;
		/* Lines that are no more than a number: a cell a line. */
		if (s.n < 16 && *s.p >= '0' && *s.p <= '9')
			numbers += cell_kind(s) == CELL_NUMBER;
		/* Rows whose cells are parted by a blank; one line may hold many. */
		apart += line_rows_apart(s);
		if (numbers >= SUSPECT || apart >= SUSPECT || (parts && parts_cells(s)))
			return true;
	}
	return false;
}

const char *
text_reread(struct text *t, const struct pieces *in, struct pieces *out)
{
	const char *fault = NULL;

	t->tables = 0;
	t->cells.all = 0;
	t->open_end = false;
	for (size_t i = 0; i < in->n; i++) {
		t->tables = in->v[i].table > t->tables ? in->v[i].table : t->tables;
		t->cells.all += in->v[i].kind == PIECE_CELL;
	}
	for (size_t i = 0; i < in->n && !fault;) {
		t->n = 0;
		for (; i < in->n && in->v[i].kind == PIECE_TEXT; i++) {
			t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
			t->lines[t->n] = line_make(in->v[i].line, piece_text(in, &in->v[i]));
			t->n += t->lines[t->n].text.n > 0;
		}
		fault = take_apart(t);
		if (!fault)
			fault = read_lines(t, false, out);
		if (i < in->n) {
			pieces_add(out, in->v[i], piece_text(in, &in->v[i]));
			i++;
		}
	}
	return fault;
}
