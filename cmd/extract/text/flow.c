#include "flow.h"

#include <stdlib.h>

#include "blank.h"
#include "buf.h"

enum {
	ROWS = 3,        /* with values make a table */
	OWN = 3,         /* lines that hold values only, below a label's, for each that holds some of both */
	LONG_VALUE = 40, /* bytes */
	LONG_WORD = 40,  /* characters: longer ones are prose */
	FRONT = 12,      /* lines of heads above the first values */
	BETWEEN = 80,    /* lines between values: heads of a wide table, a character a line */
	TALL = 16,       /* lines of a label */
	MANY = 6,        /* values that only one table of a report has */
	WIDEST = 64,
};

/* A number without its unit: with it one that stands alone is as likely a label's. */
static bool
is_bare(struct span word)
{
	char last = word.p[word.n - 1];

	return is_digit(last) || last == '%';
}

/* Takes the last word of *text off. */
static struct span
last_word(struct span *text)
{
	size_t at = text->n;
	struct span word;

	while (at > 0 && text->p[at - 1] != ' ')
		at--;
	word = span_of(text->p + at, text->n - at);
	*text = blank_trim(span_of(text->p, at));
	return word;
}

/* What stands on a line: words, a unit, and values, any of which may be missing. */
struct parts {
	struct span label, unit;
	size_t values, first; /* how many, and the byte of the text they begin at */
};

static struct parts
split(const struct text_line *line)
{
	struct parts p = {.label = line->text};
	struct span rest = line->text;
	bool number = false, bare = false;

	while (rest.n && p.values < WIDEST) {
		struct span word = last_word(&rest);
		enum cell_kind kind = word.n <= LONG_VALUE ? cell_kind(word) : CELL_LABEL;

		if (kind != CELL_NUMBER && kind != CELL_MARK)
			break;
		number |= kind == CELL_NUMBER;
		bare |= kind == CELL_NUMBER && is_bare(word);
		p.values++;
		p.first = (size_t)(word.p - line->text.p);
		p.label = rest;
	}
	rest = p.label;
	if (p.values == 1 && rest.n) {
		struct span word = last_word(&rest);

		if (cell_kind(word) == CELL_SHORT) {
			p.unit = word;
			p.label = rest;
			/* 件 3件 */
			bare |= span_ends(line->text, word);
		}
	}
	/* Marks alone may be anything. */
	if (!number || (p.values == 1 && !bare))
		return (struct parts){.label = line->text};
	return p;
}

/* Whether a line is none of a table's: heads may be many, but each is short. */
static bool
is_foreign(const struct text_line *line)
{
	struct span rest = line->text;

	if (line->bars || line->gaps || line->ruled || line->parted || span_find(rest, SPAN("。")) < rest.n)
		return true;
	while (rest.n) {
		struct span word = span_cut(&rest, ' ');

		if (line_is_prose(word) || (word.n > LONG_WORD && span_characters(word) > LONG_WORD))
			return true;
	}
	return false;
}

/* Whether there is one word on the line, with or without a number and a blank before it. */
static bool
is_single(const struct text_line *line)
{
	size_t n = line_numbering(line->text);
	struct span words = blank_trim(span_from(line->text, n));

	return span_find(words, SPAN(" ")) == words.n;
}

/* Whether the page is laid out so: values stand on lines of their own below those of their labels. */
static bool
is_flow(const struct text_line *lines, size_t n)
{
	size_t own = 0, held = 0, alone = 0;
	bool words = false, value = false; /* the line above is words, or a value alone */

	for (size_t i = 0; i < n; i++) {
		struct parts p = is_foreign(&lines[i]) ? (struct parts){.values = 0} : split(&lines[i]);
		bool one = p.values == 1 && p.unit.n == 0 && p.label.n == 0;

		if (p.values && words) {
			own += p.label.n == 0 && !one;
			held += p.label.n > 0 && line_numbering(p.label) == 0;
		}
		alone += one && value;
		words = p.values == 0 && !is_foreign(&lines[i]) && is_single(&lines[i]);
		value = one;
	}
	return own >= ROWS && own >= OWN * held && alone * OWN <= own;
}

/* Marks the table whose first and last lines with values, of which it has so many, these are. */
static void
mark_table(struct text_line *lines, size_t begin, size_t first, size_t last, size_t rows, size_t most)
{
	size_t from = first;

	if (rows < ROWS && most < MANY)
		return;
	while (from > begin && first - from < FRONT && span_find(lines[from - 1].text, SPAN("，")) == lines[from - 1].text.n)
		from--;
	for (size_t i = from; i <= last; i++)
		lines[i].flow = i == from ? FLOW_FIRST : FLOW_MORE;
}

void
flow_mark(struct text_line *lines, size_t n)
{
	size_t begin = 0, first = 0, last = 0, rows = 0, most = 0;

	if (!is_flow(lines, n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct parts p;

		if (is_foreign(&lines[i]) || (rows && i - last > BETWEEN)) {
			if (rows)
				mark_table(lines, begin, first, last, rows, most);
			begin = i + is_foreign(&lines[i]);
			rows = most = 0;
			if (is_foreign(&lines[i]))
				continue;
		}
		p = split(&lines[i]);
		if (p.values == 0)
			continue;
		first = rows++ ? first : i;
		last = i;
		most = p.values > most ? p.values : most;
	}
	if (rows)
		mark_table(lines, begin, first, last, rows, most);
}

size_t
flow_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from;

	if (lines[from].flow != FLOW_FIRST)
		return from;
	for (end = from + 1; end < n && lines[end].flow == FLOW_MORE; end++)
		;
	return end;
}

struct reading {
	const struct text_line *lines;
	struct buf *joined;
	struct cells *cells;
	size_t count[WIDEST + 1]; /* rows by values */
	size_t units;             /* rows with a unit */
	size_t bare;              /* rows behind another without a label between */
	uint32_t row;
	size_t label, last;       /* the cells of the row before: its label's, and behind its last */
};

static bool
add(struct reading *r, size_t line, struct span text, uint32_t col, enum grid grade)
{
	return cells_add(r->cells, (struct grid_cell){.line = r->lines[line].number, .text = text, .row = col ? r->row : 0,
		.col = col, .grade = grade});
}

/* Adds the words of a text as cells without a place. */
static bool
add_words(struct reading *r, size_t line, struct span text)
{
	while (text.n) {
		struct span word = span_cut(&text, ' ');

		if (line_numbering(word) == word.n && text.n) {
			size_t end = span_find(text, SPAN(" "));

			word.n = (size_t)(text.p + end - word.p);
			text = span_from(text, end);
		}
		if (word.n && !add(r, line, word, 0, GRID_FAILED))
			return false;
	}
	return true;
}

static struct span
join(struct reading *r, struct span first, size_t from, size_t end)
{
	size_t at = r->joined->n;

	buf_add_span(r->joined, first);
	for (size_t i = from; i < end; i++)
		buf_add_span(r->joined, r->lines[i].text);
	return span_of(r->joined->p + at, r->joined->n - at);
}

/* How many brackets are open behind the text, if so many are before it; the number of a heading has none. */
static size_t
brackets(struct span text, size_t open)
{
	for (size_t i = line_numbering(text); i < text.n; i++) {
		struct span s = span_from(text, i);

		if (*s.p == '(' || span_starts(s, SPAN("（")))
			open++;
		else if (open && (*s.p == ')' || span_starts(s, SPAN("）"))))
			open--;
	}
	return open;
}

/* The row above may have another label, or other numbers, than it seems. */
static void
doubt_above(struct reading *r)
{
	for (size_t i = r->label; i < r->last; i++)
		if (r->cells->v[i].grade == GRID_ROWS)
			r->cells->v[i].grade = GRID_ASSUMED;
}

/* Adds the values of a line as cells without a place. */
static bool
add_failed(struct reading *r, size_t line, const struct parts *p)
{
	r->label = r->cells->n;
	if (!add_words(r, line, p->label) || (p->unit.n && !add(r, line, p->unit, 0, GRID_FAILED)) ||
		!add_words(r, line, span_of(r->lines[line].text.p + p->first, r->lines[line].text.n - p->first)))
		return false;
	r->last = r->cells->n;
	return true;
}

/* Adds the row of a label. */
static bool
add_row(struct reading *r, size_t line, struct span label, const struct parts *p)
{
	struct span values = span_of(r->lines[line].text.p + p->first, r->lines[line].text.n - p->first);
	bool good = p->unit.n ? r->units >= ROWS : p->values >= MANY && r->count[p->values] >= ROWS;
	enum grid grade = good ? GRID_ROWS : GRID_ASSUMED;
	uint32_t col = 0;

	if (brackets(label, 0)) {
		struct parts whole = *p;

		whole.label = label;
		return add_failed(r, line, &whole);
	}
	r->row++;
	r->label = r->cells->n;
	if (!add(r, line, label, ++col, grade) || (p->unit.n && !add(r, line, p->unit, ++col, grade)))
		return false;
	while (values.n) {
		struct span word = span_cut(&values, ' ');

		if (word.n && !add(r, line, word, ++col, grade))
			return false;
	}
	r->last = r->cells->n;
	return true;
}

/* The labels of groups above that of a row, or heads: lines from to end. */
static bool
add_groups(struct reading *r, size_t from, size_t end)
{
	while (from < end) {
		size_t stop = from + 1;

		if (!is_single(&r->lines[from])) {
			if (!add_words(r, from, r->lines[from].text))
				return false;
			from++;
			continue;
		}
		while (line_numbering(r->lines[from].text) && stop < end && stop - from < TALL && is_single(&r->lines[stop]) &&
			!line_numbering(r->lines[stop].text))
			stop++;
		if (!add(r, from, stop - from > 1 ? join(r, SPAN(""), from, stop) : r->lines[from].text, 0, GRID_FAILED))
			return false;
		from = stop;
	}
	return true;
}

/*
 * Where the label begins that ends before line `at`: at the last number of one, or at `from`, if there is none; `at`, if
 * what follows is no label: a line of several words is of heads, but for one within brackets.
 */
static size_t
label_begin(const struct reading *r, size_t from, size_t at)
{
	size_t label = at - 1, open = 0;

	while (label > from && line_numbering(r->lines[label].text) == 0)
		label--;
	for (size_t i = label; i < at; i++) {
		if (open == 0 && !is_single(&r->lines[i]))
			return at;
		open = brackets(r->lines[i].text, open);
	}
	return at - label <= TALL ? label : at;
}

/* The row whose values stand on line `at`, behind words of the same line. */
static bool
read_held(struct reading *r, size_t from, size_t at, const struct parts *p)
{
	/* 三、本 （一）予以公开 0 0 0 */
	struct span words = p->label, word = last_word(&words);
	bool whole = line_numbering(word) > 0 || (words.n == 0 && from == at);

	if (!add_groups(r, from, at))
		return false;
	if (!whole)
		return add_failed(r, at, p);
	return (words.n == 0 || add_words(r, at, words)) && add_row(r, at, word, p);
}

/*
 * What a page's end cut off the label of the row above goes on on the next, up to a number.  Where that ends is not known
 * if it has none.
 */
static size_t
end_above(struct reading *r, size_t from, size_t at)
{
	size_t numbered = from;

	while (numbered < at && line_numbering(r->lines[numbered].text) == 0)
		numbered++;
	if (numbered == from || (numbered == at && !line_begins_page(&r->lines[from])))
		return from;
	doubt_above(r);
	if (numbered == at || !line_begins_page(&r->lines[from]) || r->cells->v[r->label].row == 0)
		return from;
	r->cells->v[r->label].text = join(r, r->cells->v[r->label].text, from, numbered);
	return numbered;
}

/* Whether a line has values of a row and no label. */
static bool
is_bare_row(const struct text_line *line)
{
	struct parts p = split(line);

	return p.label.n == 0 && (p.unit.n || p.values > 1);
}

/*
 * The row whose values stand on line `at`, the lines above it, from `from` on, being words; `above`: behind another.
 * Where more values follow without a label, or do so again and again, the page was written column by column: whose they
 * are is not known.
 */
static bool
read_row(struct reading *r, size_t from, size_t at, size_t end, bool above)
{
	struct parts p = split(&r->lines[at]);
	size_t label;

	if (p.label.n)
		return read_held(r, from, at, &p);
	if (from == at || r->bare >= ROWS || (at + 1 < end && is_bare_row(&r->lines[at + 1])))
		return add_groups(r, from, at) && add_failed(r, at, &p);
	if (above)
		from = end_above(r, from, at);
	label = label_begin(r, from, at);
	if (label < at && line_numbering(r->lines[label].text) == 0 && (!above || line_begins_page(&r->lines[from])))
		label = at;
	if (label < at)
		return add_groups(r, from, label) && add_row(r, at, join(r, SPAN(""), label, at), &p);
	/* At least the last line is the label's: it stands beside the values. */
	p.label = r->lines[at - 1].text;
	return add_groups(r, from, at - 1) && add_failed(r, at, &p);
}

/* Whether the line ends a row: it has values, and a unit if rows of one value have. */
static bool
ends_row(const struct reading *r, size_t i)
{
	struct parts p = split(&r->lines[i]);

	return p.values > 1 || p.unit.n || (p.values && (r->units < ROWS || r->units * 4 < r->count[1] * 3));
}

bool
flow_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells)
{
	struct reading r = {.lines = lines, .joined = joined, .cells = cells};
	bool above = false;

	for (size_t i = from; i < end; i++) {
		struct parts p = split(&lines[i]);

		r.count[p.values]++;
		r.units += p.unit.n > 0;
		r.bare += i > from && is_bare_row(&lines[i]) && split(&lines[i - 1]).values > 0;
	}
	for (size_t i = from, begun = from, open = 0; i < end; i++) {
		struct parts p = split(&lines[i]);

		/* The last digits of a number that a narrow cell broke. */
		if (i == begun && above && p.values && p.label.n == 0 && p.unit.n == 0) {
			doubt_above(&r);
			if (!add_failed(&r, i, &p))
				return false;
			begun = i + 1;
			continue;
		}
		/* 公开相同信息计 1 条）: a number within a label. */
		open = i == begun ? brackets(p.label, 0) : brackets(p.label, open);
		if (!ends_row(&r, i) || (open && p.values == 1 && i - begun < TALL)) {
			if (i + 1 == end && !add_groups(&r, begun, end))
				return false;
			continue;
		}
		if (!read_row(&r, begun, i, end, above))
			return false;
		above = true;
		begun = i + 1;
	}
	return true;
}
