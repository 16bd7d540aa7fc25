#include "text.h"

#include <stdlib.h>

#include "apart.h"
#include "bare.h"
#include "barred.h"
#include "blank.h"
#include "columns.h"
#include "fields.h"
#include "flow.h"
#include "frame.h"
#include "grid.h"
#include "joined.h"
#include "lines.h"
#include "lone.h"
#include "loose.h"
#include "opened.h"
#include "paper.h"
#include "parted.h"
#include "plain.h"
#include "ruled.h"
#include "separated.h"
#include "simd.h"
#include "wrapped.h"

enum {
	HEAD_LINES = 60, /* where titles are looked for */
	TITLE_LINES = 3,
	SUSPECT = 6,     /* lines that are numbers make a table likely */
	LITTLE = 12,     /* cells too few to judge a width by */
	ESCAPES = 8,     /* \\n in a line that are ends of lines */
};

struct text {
	struct text_limits limits;
	const struct words *words;
	struct text_line *lines;
	size_t n, cap;
	struct cells cells;
	struct buf work, joined, records;
	struct plain plain;
	uint32_t tables;
	bool open_end;    /* the page's last line has no end */
	size_t seen;      /* no table of paper.h begins before this line */
	size_t opened;    /* nor one of opened.h before this one */
};

struct text *
text_new(const struct text_limits *limits, const struct words *words)
{
	struct text *t = xcalloc(1, sizeof *t);

	t->limits = *limits;
	t->words = words;
	lines_use(words);
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
	plain_release(&t->plain);
	free(t);
}

static const char *
take_apart(struct text *t)
{
	ruled_mark(t->lines, t->n);
	fields_measure(t->lines, t->n);
	flow_mark(t->lines, t->n);
	if (!lines_apart(&t->lines, &t->n, &t->cap, t->limits.lines))
		return "too many lines";
	lines_remarks(t->lines, &t->n, &t->records);
	paper_mark(t->lines, t->n);
	return NULL;
}

/* Adds a line that is not blank; false if there are too many. */
static bool
add_line(struct text *t, struct text_line line)
{
	if (line.text.n == 0 && !(line.raw.n && memchr(line.raw.p, '\t', line.raw.n)))
		return true;
	if (line_begins_page(&line) && t->n && line_is_folio(t->lines[t->n - 1].text))
		t->n--;
	if (t->n == t->limits.lines)
		return false;
	t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
	t->lines[t->n++] = line;
	return true;
}

/* A line in which ends of lines are written out, \\n, as programs print a text. */
static bool
is_escaped(struct span s)
{
	size_t n = 0;

	if (!s.n || !memchr(s.p, '\\', s.n))
		return false;
	for (size_t at; n < ESCAPES && (at = span_find(s, SPAN("\\n"))) < s.n; n++)
		s = span_of(s.p + at + 2, s.n - at - 2);
	return n == ESCAPES;
}

/* Cuts it at these; all have its number. */
static bool
add_escaped(struct text *t, size_t number, struct span s)
{
	bool good = true;

	while (good && s.n) {
		size_t at = span_find(s, SPAN("\\n"));
		struct span text = span_of(s.p, at);

		if (span_ends(text, SPAN("\\r")))
			text.n -= 2;
		good = add_line(t, line_make(number, text));
		at += at < s.n ? 2 : 0;
		s = span_from(s, at);
	}
	return good;
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
		struct span line = span_of(p, (size_t)(stop - p));

		if (!(is_escaped(line) ? add_escaped(t, number, line) : add_line(t, line_make(number, line))))
			return "too many lines";
		number++;
		p = stop + (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n') + 1;
	}
	/*
	 * Lines in frames; records of both signs, and of one again, and their tabs; joined ones, and a tab a line; paragraphs, and
	 * a blank a line; remarks.
	 */
	buf_reset(&t->records);
	buf_room(&t->records, (FRAMES_DEEPEST + 9) * page.n + 1);
	if (!frames_open(&t->lines, &t->n, &t->cap, t->limits.lines, &t->records))
		return "too many lines";
	parted_mark(t->lines, &t->n);
	lines_separated(t->lines, &t->n, &t->records);
	lines_joined(t->lines, t->n, &t->records);
	ruled_mark(t->lines, t->n);
	lines_wrapped(t->lines, &t->n, &t->records);
	return take_apart(t);
}

static bool
has(struct span s, const char *what)
{
	return span_find(s, span_str(what)) < s.n;
}

/* A digit, or a zero as every year of a report has: 二〇一七, ２０１７. */
static bool
has_digit(const struct text *t, struct span s)
{
	for (size_t i = 0; i < s.n; i += span_step(span_from(s, i))) {
		struct span rest = span_from(s, i);
		const struct numeral *numeral = numerals_at(words_numerals(t->words), rest);

		if (is_digit(*rest.p) || (numeral && numeral->digit == 0) || span_starts(rest, SPAN("０")))
			return true;
	}
	return false;
}

/* A line that stands alone as a title does: short, no sentence's part, no field, no path, no heading of a section. */
static bool
could_be_title(const struct text_line *line)
{
	struct span s = line->text;

	return line->bars == 0 && !line_is_prose(s) && !has(s, "，") && !has(s, ":") && !has(s, "：") && !has(s, ">") &&
	       !has(s, "»") && line_numbering(s) == 0;
}

/* Bytes of the break of a line that begins the text, <br> or <br/>; 0 if none does. */
static size_t
break_length(struct span s)
{
	size_t n = 3;

	if (s.n < 4 || s.p[0] != '<' || (s.p[1] | 32) != 'b' || (s.p[2] | 32) != 'r')
		return 0;
	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '/'))
		n++;
	return n < s.n && s.p[n] == '>' ? n + 1 : 0;
}

/*
 * Takes out of the text what markdown writes with it: breaks of lines, a backslash before a sign, the asterisks around
 * what is bold.
 */
static struct span
without_marks(struct span s, struct buf *buf)
{
	char *to = buf->p;

	if (!memchr(s.p, '\\', s.n) && !memchr(s.p, '<', s.n) && !memchr(s.p, '*', s.n))
		return s;
	while (s.n > 4 && span_starts(s, SPAN("**")) && span_ends(s, SPAN("**")))
		s = blank_trim(span_of(s.p + 2, s.n - 4));
	while (s.n) {
		size_t n = break_length(s);

		if (n > 0)
			*to++ = ' ';
		else if (s.n > 1 && s.p[0] == '\\' && memchr(".-*_#+()[]!>~`|", s.p[1], 15))
			n = 1;
		else
			n = 1, *to++ = s.p[0];
		s = span_from(s, n);
	}
	return blank_trim(span_of(buf->p, (size_t)(to - buf->p)));
}

static void
add(struct text *t, struct piece what, struct span text, struct pieces *out)
{
	t->work.n = 0;
	blank_collapse(text, &t->work);
	pieces_add(out, what, t->work.n ? without_marks(buf_span(&t->work), &t->work) : buf_span(&t->work));
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
		return has_digit(t, l[i].text) || (i > from && has_digit(t, l[i - 1].text));
	return i + 1 < end && has_digit(t, l[i].text) && !has_digit(t, l[i + 1].text) &&
	       words_within(t->words, WORD_TITLE, l[i + 1].text);
}

/* Lines of the page's head that could be titles, from the first on, before `to`; their end, `from` if there is none. */
static size_t
read_titles(struct text *t, size_t from, size_t to, struct pieces *out)
{
	size_t end = from, width;

	while (end < to && end < HEAD_LINES && could_be_title(&t->lines[end]) && !t->lines[end].flow &&
		barred_own_end(t->lines, t->n, end) == end &&
		!(t->lines[end].gaps && columns_find(t->lines, t->n, end, &width) > end) && !lone_is_row(&t->lines[end]))
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

/* Whether digits and nothing else stand before the first bar. */
static bool
begins_with_number(struct span s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	if (n == 0)
		return false;
	while (n < s.n && s.p[n] == ' ')
		n++;
	return n < s.n && s.p[n] == '|';
}

/*
 * A row of bars that ends in a digit, where the next line begins with a number and it itself does not: the end of the line
 * may have cut its number (规章 | 10 and 2 |).
 */
static void
doubt_broken(struct text *t, size_t from, size_t end)
{
	size_t cell = 0;

	for (size_t i = from; i + 1 < end; i++) {
		const struct text_line *line = &t->lines[i], *next = line + 1;
		struct span s = line->text;

		if (line->bars == 0 || next->bars == 0 || next->number != line->number + 1 ||
			!is_digit(s.p[s.n - 1]) || begins_with_number(s) || !begins_with_number(next->text))
			continue;
		while (cell < t->cells.n && t->cells.v[cell].line < line->number)
			cell++;
		for (; cell < t->cells.n && t->cells.v[cell].line == line->number; cell++)
			if (t->cells.v[cell].grade == GRID_ROWS)
				t->cells.v[cell].grade = GRID_ASSUMED;
	}
}

/* Whether a number stands behind words in the lines. */
static bool
holds_value(const struct text_line *lines, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++)
		if (cell_kind(lines[i].text) == CELL_NUMBER && cell_kind(lines[from].text) >= CELL_SHORT)
			return true;
	return false;
}

/* Tables of a cell a line and nothing else, lines from to end; `plain`: of a page of plain text. */
static const char *
read_bare(struct text *t, size_t from, size_t end, bool plain, struct pieces *out)
{
	while (from < end) {
		size_t to;

		if (!bare_read(t->lines, from, end, plain, &to, &t->joined, &t->cells))
			return "more cells than --max-cells";
		if (to - from < LITTLE && !holds_value(t->lines, from, to)) {
			/* What stands closer together than cells do is no table, but for a small one: 行政许可 and below it 0. */
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

/*
 * The cells of the table that begins at line `from`, if one does whose rows or cells have something between them.
 * Its end, `from` if there is none; SIZE_MAX if there are too many cells.
 */
static size_t
read_table(struct text *t, size_t from)
{
	const struct text_line *lines = t->lines, *line = &lines[from];
	size_t end = ruled_end(lines, t->n, from), width;
	bool good = true, read = false;

	if (end > from) {
		good = ruled_read(lines, from, end, &t->joined, &t->cells, &read);
		if (read || !good)
			return good ? end : SIZE_MAX;
	}
	if ((end = parted_end(lines, t->n, from)) > from)
		return parted_read(lines, from, end, &t->cells) ? end : SIZE_MAX;
	if ((end = flow_end(lines, t->n, from)) > from)
		return flow_read(lines, from, end, &t->joined, &t->cells) ? end : SIZE_MAX;
	if (from >= t->opened && (end = opened_end(lines, t->n, from, &t->opened, &width)) > from)
		return opened_read(lines, from, end, width, &t->joined, &t->cells) ? end : SIZE_MAX;
	if ((end = barred_read(lines, t->n, from, &t->joined, &t->cells)) != from)
		return end;
	if (line->gaps && from >= t->seen && (end = paper_end(lines, t->n, from, &t->seen)) > from)
		good = paper_read(lines, from, end, &t->joined, &t->cells);
	else if (line->gaps && (end = columns_find(lines, t->n, from, &width)) > from)
		good = columns_read(lines, from, end, width, &t->joined, &t->cells);
	else
		for (end = from; good && end < t->n && lone_is_row(&lines[end]); end++)
			good = lone_read(&lines[end], &t->cells);
	return good ? end : SIZE_MAX;
}

/* The lines found, as pieces; `plain`: of a page of plain text, whose first lines may be titles. */
static const char *
read_lines(struct text *t, bool plain, struct pieces *out)
{
	const char *fault = NULL;
	size_t first = 0, last = 0, known = 0; /* what bare_find said of the lines up to `known` */
	bool head = plain;
	size_t bytes = 0;

	t->cells.n = 0;
	t->seen = t->opened = 0;
	/* What is put together of several lines does not move while a table is read. */
	for (size_t i = 0; i < t->n; i++)
		bytes += t->lines[i].text.n + 1;
	buf_reset(&t->joined);
	buf_room(&t->joined, 4 * bytes + 1);
	for (size_t i = 0; !fault && i < t->n;) {
		const struct text_line *line = &t->lines[i];
		size_t end = read_table(t, i);

		if (end == SIZE_MAX)
			return "more cells than --max-cells";
		if (end > i) {
			doubt_last(t, end);
			doubt_broken(t, i, end);
			emit(t, out);
			head = head && end < HEAD_LINES;
			i = end;
			continue;
		}
		head &= i < HEAD_LINES && (line->bars || !line_is_prose(line->text));
		if (i >= known) {
			known = bare_find(t->lines, t->n, i, &first, &last);
			/* The title is none of the labels above the first number. */
			for (size_t k = first; k < last && k <= first + HEAD_LINES; k++)
				if (words_within(t->words, WORD_TITLE, t->lines[k].text))
					first = k + 1;
		}
		/* What another reader took of it is behind. */
		if (i >= first && i < last) {
			fault = read_bare(t, i, last, plain, out);
			i = last;
		} else if (head && could_be_title(line) && (end = read_titles(t, i, first > i ? first : t->n, out)) > i) {
			i = end;
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
	const char *fault = find_lines(t, plain_page(&t->plain, t->words, page));

	t->tables = 0;
	t->cells.all = 0;
	return fault ? fault : read_lines(t, true, out);
}

bool
text_rejoin(struct text *t, const struct pieces *in, struct pieces *out)
{
	struct breaks breaks = {{0}};
	size_t before, next = 0;

	for (size_t i = 0; i < in->n; i++)
		if (in->v[i].kind == PIECE_TEXT)
			breaks_add(&breaks, piece_text(in, &in->v[i]), 0);
	if (breaks_width(&breaks) == 0)
		return false;
	/* Their places among the pieces stand for line numbers: a page may be one line of the file. */
	t->n = 0;
	for (size_t i = 0; i < in->n; i++) {
		if (in->v[i].kind != PIECE_TEXT)
			continue;
		t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
		t->lines[t->n] = line_make(i, piece_text(in, &in->v[i]));
		t->n += t->lines[t->n].text.n > 0;
	}
	before = t->n;
	buf_reset(&t->records);
	buf_room(&t->records, 2 * in->text.n + 1);
	lines_wrapped(t->lines, &t->n, &t->records);
	if (t->n == before)
		return false;
	for (size_t i = 0; i < in->n; i++) {
		bool kept = next < t->n && t->lines[next].number == i;

		if (kept || in->v[i].kind != PIECE_TEXT)
			pieces_add(out, in->v[i], kept ? t->lines[next].text : piece_text(in, &in->v[i]));
		next += kept;
	}
	return true;
}

#ifdef SIMD_WIDE
/* How many bytes at the start of s, by 64, have nothing that parts_cells looks for. */
SIMD_WIDE static size_t
pass_whole_wide(struct span s)
{
	const __m256i blank = _mm256_set1_epi8(' '), bar = _mm256_set1_epi8('|'), tab = _mm256_set1_epi8('\t');
	size_t i = 0;

	for (; i + 65 <= s.n; i += 64) {
		struct simd_block b = simd_block(s.p + i), next = simd_block(s.p + i + 1);
		__m256i v[2] = {b.low, b.high}, behind[2] = {next.low, next.high}, found[2];

		for (int k = 0; k < 2; k++)
			found[k] = _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(v[k], bar), _mm256_cmpeq_epi8(v[k], tab)),
				_mm256_and_si256(_mm256_cmpeq_epi8(v[k], blank), _mm256_cmpeq_epi8(behind[k], blank)));
		if (simd_bits(found[0], found[1]))
			break;
	}
	return i;
}
#endif

/* Whether a bar, a tab or two blanks in a row stand in the text. */
static bool
parts_cells(struct span s)
{
	size_t i = 0;

#ifdef SIMD_WIDE
	if (simd_wide())
		i = pass_whole_wide(s);
#endif
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
text_suspects(struct text *t, const struct pieces *list)
{
	size_t numbers = 0, apart = 0, joined = 0;
	/* Pages are told as a whole, few have any. */
	bool parts = parts_cells(buf_span(&list->text)), drawn = loose_drawn(buf_span(&list->text));

	for (size_t i = 0; i < list->n; i++) {
		struct span s = piece_text(list, &list->v[i]);

		if (list->v[i].kind != PIECE_TEXT || s.n == 0)
			continue;
		/* Lines that are no more than a number: a cell a line. */
		if (s.n < 16 && is_digit(*s.p))
			numbers += cell_kind(s) == CELL_NUMBER;
		/* Rows whose cells are parted by a blank; one line may hold many. */
		apart += line_rows_apart(s);
		joined += line_ends_so(s) && line_is_joined(s, &t->work);
		if (numbers >= SUSPECT || apart >= SUSPECT || joined >= JOINED_ROWS || (parts && parts_cells(s)) ||
			(drawn && loose_drawn(s)))
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
	buf_reset(&t->records);
	/* Remarks, and what was joined. */
	buf_room(&t->records, 4 * in->text.n + 1);
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
		lines_joined(t->lines, t->n, &t->records);
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
