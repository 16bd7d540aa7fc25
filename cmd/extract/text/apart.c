#include "apart.h"

#include <stdlib.h>
#include <string.h>

#include "blank.h"
#include "buf.h"

enum {
	ROWS = 6,        /* near each other make a table */
	BETWEEN = 12,    /* lines between two of them */
	LONG_WORD = 300, /* bytes: longer ones are prose */
	HEAD_WORD = 60,
	LONG_LINE = 100, /* bytes: it may hold many rows */
	BARS = 40,       /* more than a row has */
	CELLS = 16,      /* bars of several short rows */
	TURNS = 3,       /* labels behind values: so many rows begin */
	FRONTS = 12,     /* cells with a bar before them are a table's */
	FAR = 4,         /* blanks: columns are kept apart by more */
	FEW = 3,         /* lines: a page of no more, */
	PAGE = 2000,     /* and one of so many bytes, has lost all of its line ends */
	VALUES = 8,      /* numbers in a stretch without a full stop are a table's */
};

static struct span
skip_blanks(struct span s)
{
	size_t n;

	while ((n = blank_length(s, NULL)) > 0)
		s = span_from(s, n);
	return s;
}

static size_t
to_blank(struct span s)
{
	size_t n = 0;

	while (n < s.n && (!blank_begins(s.p[n]) || blank_length(span_from(s, n), NULL) == 0))
		n++;
	return n;
}

/* Whether the word is nothing but a heading's number: the blank behind it parts no cells. */
static bool
is_numbering(struct span word)
{
	return word.n > 1 && line_numbering(word) == word.n;
}

static struct span
next_word(struct span *rest)
{
	struct span s = skip_blanks(*rest);
	size_t n = to_blank(s);

	if (is_numbering(span_of(s.p, n))) {
		struct span behind = skip_blanks(span_from(s, n));

		if (behind.n)
			n = (size_t)(behind.p - s.p) + to_blank(behind);
	}
	*rest = span_from(s, n);
	return span_of(s.p, n);
}

static bool
is_value(struct span word)
{
	return word.n <= 40 && cell_is_value(word);
}

/* A number with its unit behind it, as prose has them; cells have the unit in the head, or beside them. */
static bool
is_counted(struct span word)
{
	size_t last = 0;

	for (size_t i = 0; i < word.n; i++)
		if (((unsigned char)word.p[i] & 0xc0) != 0x80)
			last = i;
	return cell_kind(word) == CELL_NUMBER && cell_kind(span_from(word, last)) != CELL_NUMBER;
}

static bool
is_label(struct span word, size_t most)
{
	return word.n <= most && !span_ends(word, SPAN(":")) && !span_ends(word, SPAN("：")) && !line_is_prose(word);
}

enum row { ROW_NONE, ROW_HEAD, ROW_REMARK, ROW_DATA };

/* Words and then numbers, with a remark behind them or not, or two words and more; blanks in a row may stand in it. */
static enum row
words_of(const struct text_line *line)
{
	struct span rest = line->text;
	size_t labels = 0, values = 0;
	bool heads = true, remark = false;

	while (rest.n) {
		struct span word = next_word(&rest);

		if (is_value(word) && !remark) {
			values++;
			continue;
		}
		if (remark || !is_label(word, LONG_WORD))
			return ROW_NONE;
		if (values) {
			remark = cell_kind(word) == CELL_LABEL;
			if (!remark)
				return ROW_NONE;
			continue;
		}
		heads &= word.n <= HEAD_WORD;
		labels++;
	}
	if (labels + values < 2 || (labels == 0 && line_is_folio(line->text)))
		return ROW_NONE;
	return remark ? ROW_REMARK : values ? ROW_DATA : heads ? ROW_HEAD : ROW_NONE;
}

/* A row of nothing but numbers, as many as prose has never: section four has but one. */
static bool
is_full_row(const struct text_line *line)
{
	struct span rest = line->text;
	size_t values = 0;

	while (rest.n) {
		struct span word = next_word(&rest);

		if (!is_value(word) || is_counted(word))
			return false;
		values++;
	}
	return values >= VALUES;
}

/* Words and one number with its unit, as a list in prose has them. */
static bool
is_item(const struct text_line *line)
{
	struct span rest = line->text, last = rest;
	size_t values = 0;

	while (rest.n) {
		last = next_word(&rest);
		values += is_value(last);
	}
	return values == 1 && is_counted(last);
}

static enum row
row_of(const struct text_line *line)
{
	return line->bars || line->gaps || line->flow ? ROW_NONE : words_of(line);
}

/* Such a row in which ASCII blanks in a row stand, and none but these. */
static bool
has_blank_cells(const struct text_line *line)
{
	struct span rest = line->text;

	if (!line->gaps || line->bars || line->flow)
		return false;
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] != ' ' && blank_length(span_from(rest, i), NULL) > 0)
			return false;
	return words_of(line) != ROW_NONE;
}

/*
 * Two numbers with one blank between them stand in it, and the first value is not far from its label: there are no
 * columns, each blank parts two cells.
 */
static bool
is_tight(const struct text_line *line)
{
	struct span rest = line->text;
	const char *end = NULL, *words = NULL; /* of the number before, and of the last word before all numbers */
	bool tight = false, first = true;

	if (!has_blank_cells(line))
		return false;
	while (rest.n) {
		struct span word = next_word(&rest);
		bool value = is_value(word);

		if (value && first && words && word.p > words + FAR)
			return false;
		first &= !value;
		tight |= value && end && word.p == end + 1;
		end = value ? word.p + word.n : NULL;
		words = value ? words : word.p + word.n;
	}
	return tight;
}

/* A stretch of a long line, up to a full stop. */
struct stretch {
	struct span text;
	size_t words, values, shorts; /* numbers; words of one or two characters: units, and 无 */
	size_t labels, turns;         /* longer words that are no numbers; those behind values */
	size_t counted;               /* values with their unit, or a short word behind them, as prose has */
};

static struct stretch
next_stretch(struct span *rest)
{
	struct stretch s = {.text = *rest};
	bool value = false;

	while (rest->n) {
		struct span word = next_word(rest);
		bool is_short = cell_kind(word) == CELL_SHORT;

		s.words++;
		s.shorts += is_short;
		s.labels += cell_kind(word) == CELL_LABEL;
		s.turns += value && cell_kind(word) == CELL_LABEL;
		s.counted += value && is_short;
		value = is_value(word);
		s.counted += value && is_counted(word);
		s.values += value;
		if (span_ends(word, SPAN("。")))
			break;
	}
	s.text = blank_trim(span_of(s.text.p, (size_t)(rest->p - s.text.p)));
	return s;
}

static bool
is_table(const struct stretch *s)
{
	return s->values >= VALUES && (s->values + s->shorts) * 4 >= s->words && s->counted * 2 <= s->values;
}

/* Whether several rows begin in the line, or heads stand before the row. */
static bool
has_rows(size_t labels, size_t values, size_t turns)
{
	return turns >= TURNS || (values >= VALUES && labels >= values);
}

/* Whether the line holds a table, and prose around it; one with gaps may be a row of one. */
static bool
holds_table(const struct text_line *line)
{
	struct span rest = line->text;

	if (rest.n < LONG_LINE || line->bars || line->flow)
		return false;
	while (rest.n) {
		struct stretch s = next_stretch(&rest);

		if (is_table(&s) && (!line->gaps || has_rows(s.labels, s.values, s.turns)))
			return true;
	}
	return false;
}

/* What parts the cells of a line that holds several rows. */
enum sign {
	SIGN_BLANKS, /* any blanks: those of blank cells are lost */
	SIGN_TAB,
	SIGN_BAR,
	SIGN_ONE,    /* one blank, or two: more of them part blank cells */
	SIGN_TWO
};

static enum sign
sign_of(struct span s)
{
	size_t one = 0, two = 0, tabs = 0, other = 0;

	for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
		size_t blanks = 0, here = 0;

		for (n = 0; i + n < s.n && (s.p[i + n] == ' ' || s.p[i + n] == '\t'); n++) {
			here += s.p[i + n] == '\t';
			blanks += s.p[i + n] == ' ';
		}
		if (n == 0) {
			other += blank_begins(s.p[i]) && blank_length(span_from(s, i), NULL) > 0;
			continue;
		}
		tabs += here > 0;
		one += here == 0 && blanks == 1;
		two += here == 0 && blanks % 2 == 0;
	}
	return tabs > one + two + other ? SIGN_TAB : other ? SIGN_BLANKS : one > 2 * two ? SIGN_ONE
		: one == 0 && tabs == 0 ? SIGN_TWO : SIGN_BLANKS;
}

/* Lines being put together. */
struct list {
	struct text_line *v;
	size_t n, cap, limit;
};

static bool
add(struct list *list, const struct text_line *from, struct span text)
{
	if (list->n == list->limit)
		return false;
	list->v = grow(list->v, list->n, &list->cap, sizeof *list->v);
	list->v[list->n++] = (struct text_line){.number = from->number, .text = text, .raw = text};
	return true;
}

static bool
add_words(struct list *list, const struct text_line *line, struct span text)
{
	while (text.n)
		if (!add(list, line, next_word(&text)))
			return false;
	return true;
}

static bool
is_character(struct span word)
{
	return word.n >= 3 && span_step(word) == word.n;
}

/* The words of prose without numbers, a line each; characters that stand apart (年 度 报 告) are one. */
static bool
add_phrases(struct list *list, const struct text_line *line, struct span text)
{
	struct span word = next_word(&text);

	while (word.n) {
		struct span phrase = word;
		bool apart = is_character(word);

		for (word = next_word(&text); apart && is_character(word); word = next_word(&text))
			phrase.n = (size_t)(word.p + word.n - phrase.p);
		if (!add(list, line, phrase))
			return false;
	}
	return true;
}

/* Each blank parts two cells, which may be blank; at the end of the line, too. */
static bool
add_cells(struct list *list, const struct text_line *line)
{
	const char *end = line->raw.p + line->raw.n, *p = line->text.p;

	for (;;) {
		const char *blank = memchr(p, ' ', (size_t)(end - p));

		if (blank && is_numbering(span_of(p, (size_t)(blank - p))))
			blank = memchr(blank + 1, ' ', (size_t)(end - blank - 1));
		if (!add(list, line, span_of(p, (size_t)((blank ? blank : end) - p))))
			return false;
		if (!blank)
			return true;
		p = blank + 1;
	}
}

/* The cells between signs, blank ones among them. */
static bool
add_signed(struct list *list, const struct text_line *line, struct span text, enum sign sign)
{
	char c = sign == SIGN_TAB ? '\t' : sign == SIGN_BAR ? '|' : ' ';

	while (text.n) {
		size_t n = 0;

		while (n < text.n && (text.p[n] != c || (sign == SIGN_TWO && (n + 1 == text.n || text.p[n + 1] != c))))
			n++;
		if (sign == SIGN_ONE && n && is_numbering(span_of(text.p, n))) {
			n += n < text.n;
			while (n < text.n && text.p[n] != ' ')
				n++;
		}
		if (!add(list, line, blank_trim(span_of(text.p, n))))
			return false;
		n += n == text.n ? 0 : sign == SIGN_TWO ? 2 : 1;
		text = span_from(text, n);
	}
	return true;
}

/* The cells of a table on a line. */
static bool
add_table(struct list *list, const struct text_line *line, struct span text)
{
	enum sign sign = line->gaps ? sign_of(text) : SIGN_BLANKS;

	return sign == SIGN_BLANKS ? add_words(list, line, text) : add_signed(list, line, text, sign);
}

/* Prose with numbers that stand apart stays as it is. */
static bool
add_stretches(struct list *list, const struct text_line *line, struct span rest)
{
	while (rest.n) {
		struct stretch s = next_stretch(&rest);

		if (!(is_table(&s) ? add_table(list, line, s.text) : s.values == 0 ? add_phrases(list, line, s.text)
			: add(list, line, s.text)))
			return false;
	}
	return true;
}

/* The cells of a page on one line, each up to the bars behind it, and the prose before them. */
static bool
add_barred(struct list *list, const struct text_line *line)
{
	struct span rest = line->text;

	/* Bars stand between the cells of a table, not behind each. */
	if (!span_ends(rest, SPAN("|")) && span_find(rest, SPAN("。")) == rest.n)
		return add_signed(list, line, rest, SIGN_BAR);
	while (rest.n) {
		size_t bar = span_find(rest, SPAN("|")), end = bar, stop = 0;
		struct span cell;

		while (end < rest.n && rest.p[end] == '|')
			end++;
		for (size_t at; (at = span_find(span_of(rest.p + stop, bar - stop), SPAN("。"))) < bar - stop;)
			stop += at + sizeof "。" - 1;
		cell = blank_trim(span_of(rest.p + stop, end - stop));
		if (stop && !add_stretches(list, line, span_of(rest.p, stop)))
			return false;
		/* 二、主动公开政府信息情况 第二十条第（一）项 | */
		for (;;) {
			struct span behind = cell, word = next_word(&behind);

			if (bar < rest.n && (!line_is_section(word) || blank_trim(behind).n == 0 || *blank_trim(behind).p == '|'))
				break;
			if (word.n && !add(list, line, word))
				return false;
			cell = blank_trim(behind);
			if (cell.n == 0)
				break;
		}
		if (cell.n) {
			if (!add(list, line, cell))
				return false;
			list->v[list->n - 1] = line_make(line->number, cell);
		}
		rest = span_from(rest, end);
	}
	return true;
}

enum mark {
	MARK_NONE,
	MARK_ROW,   /* a row, or its heads: a line a word */
	MARK_CELLS, /* so too, blank cells among the words */
	MARK_HELD,  /* it holds rows, and prose */
	MARK_BARS,  /* so too, with bars between the cells */
	MARK_LEFT,  /* a row that is left as it is */
};

/* Settles the rows of a run of lines, from first to last; false if they are too few to be a table, or a list. */
static bool
settle_run(const struct text_line *lines, unsigned char *marks, size_t first, size_t last, size_t rows)
{
	size_t items = 0;
	bool cells = false, table;

	for (size_t k = first; k <= last; k++)
		items += marks[k] == MARK_ROW && is_item(&lines[k]);
	table = rows >= ROWS && items * 2 <= rows;
	for (size_t k = first; k <= last && !table; k++)
		if (marks[k] == MARK_ROW)
			marks[k] = MARK_NONE;
	if (!table)
		return false;
	while (first > 0 && row_of(&lines[first - 1]) == ROW_HEAD && lines[first].number - lines[first - 1].number == 1)
		first--;
	/* Where some blanks stand in a row, each parts two cells. */
	for (size_t k = first; k <= last; k++)
		cells |= has_blank_cells(&lines[k]);
	for (size_t k = first; k <= last; k++)
		if (marks[k] == MARK_LEFT)
			continue;
		else if (marks[k] == MARK_ROW || row_of(&lines[k]) != ROW_NONE || (cells && has_blank_cells(&lines[k])))
			marks[k] = cells ? MARK_CELLS : MARK_ROW;
	return true;
}

/* The same of a line with bars between its cells. */
static bool
has_barred_rows(struct span s)
{
	size_t labels = 0, values = 0, turns = 0;
	bool value = false;

	while (s.n) {
		struct span cell = blank_trim(span_cut(&s, '|'));
		bool label = cell_kind(cell) == CELL_LABEL;

		turns += value && label;
		labels += label;
		values += is_value(cell);
		value = is_value(cell) || (value && cell.n == 0);
	}
	return has_rows(labels, values, turns);
}

/* More bars than a row has, and another number of them than the lines beside it, which may be of a wide table. */
static bool
holds_bars(const struct text_line *lines, size_t n, size_t i)
{
	return (lines[i].bars >= BARS || (lines[i].bars >= CELLS && has_barred_rows(lines[i].text))) && (i == 0 || lines[i - 1].bars != lines[i].bars) &&
	       (i + 1 == n || lines[i + 1].bars != lines[i].bars);
}

/*
 * The last digits of a number that a narrow cell broke may stand alone below the first, no farther from them than lines
 * stand from each other.  The number of a page, - 3 -, is none of it.
 */
static bool
may_be_rest(const struct text_line *lines, size_t i)
{
	return is_digit(*lines[i].text.p) && cell_kind(lines[i].text) == CELL_NUMBER &&
	       (i < 2 || lines[i].number - lines[i - 1].number <= lines[i - 1].number - lines[i - 2].number);
}

/* Finds what is to be taken apart.  True if there is any. */
static bool
mark(const struct text_line *lines, size_t n, unsigned char *marks)
{
	size_t first = 0, last = 0, rows = 0;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		enum row row = row_of(&lines[i]);

		if (rows && (i - last > BETWEEN || (row == ROW_NONE && line_is_prose(lines[i].text)))) {
			any |= settle_run(lines, marks, first, last, rows);
			rows = 0;
		}
		if (i > 0 && marks[i - 1] == MARK_ROW && may_be_rest(lines, i))
			marks[i - 1] = MARK_LEFT;
		if (row == ROW_DATA || is_tight(&lines[i])) {
			marks[i] = MARK_ROW;
			first = rows ? first : i;
			rows += is_full_row(&lines[i]) ? ROWS : 1;
			last = i;
		}
		if (holds_bars(lines, n, i) || holds_table(&lines[i]) ||
			(n <= FEW && lines[i].text.n >= PAGE && lines[i].bars < BARS)) {
			marks[i] = lines[i].bars >= CELLS && holds_bars(lines, n, i) ? MARK_BARS : MARK_HELD;
			any = true;
		}
	}
	return (rows && settle_run(lines, marks, first, last, rows)) || any;
}

/* A bar and then the only cell of the line. */
static bool
has_front(const struct text_line *line)
{
	return line->bars == 1 && *line->text.p == '|' && line->text.n > 1;
}

/*
 * A cell a line, with a bar before it but for the first of a row: the bars are taken off, and lines that hold
 * nothing else, which become blank.
 */
static void
take_fronts(struct text_line *lines, size_t *n)
{
	size_t fronts = 0, others = 0, kept = 0;

	for (size_t i = 0; i < *n; i++) {
		fronts += has_front(&lines[i]);
		others += lines[i].bars > 0 && !has_front(&lines[i]) && lines[i].text.n > 1;
	}
	if (fronts < FRONTS || others * 10 > fronts)
		return;
	for (size_t i = 0; i < *n; i++) {
		struct text_line line = lines[i];

		if (line.bars == 1 && line.text.n == 1)
			continue;
		if (has_front(&line))
			line = line_make(line.number, span_from(line.text, 1));
		lines[kept++] = line;
	}
	*n = kept;
}

bool
lines_apart(struct text_line **lines, size_t *n, size_t *cap, size_t limit)
{
	unsigned char *marks = xcalloc(*n + 1, 1);
	struct list list = {.limit = limit};
	bool good = true;

	take_fronts(*lines, n);
	if (mark(*lines, *n, marks)) {
		for (size_t i = 0; i < *n && good; i++) {
			const struct text_line *line = &(*lines)[i];

			switch ((enum mark)marks[i]) {
			case MARK_NONE:
			case MARK_LEFT:
				good = add(&list, line, line->text);
				if (good)
					list.v[list.n - 1] = *line;
				break;
			case MARK_ROW: good = add_words(&list, line, line->text); break;
			case MARK_CELLS: good = add_cells(&list, line); break;
			case MARK_HELD: good = add_stretches(&list, line, line->text); break;
			case MARK_BARS: good = add_barred(&list, line); break;
			}
		}
		free(*lines);
		*lines = list.v;
		*n = list.n;
		*cap = list.cap;
	}
	free(marks);
	return good;
}

size_t
line_rows_apart(struct span s)
{
	const char *p = s.p, *end = p + s.n;
	size_t values = 0;

	while (p < end && (p = memchr(p, ' ', (size_t)(end - p))) != NULL)
		if (++p < end && is_digit(*p))
			values++;
	return values >= VALUES ? ROWS : values > 0 && is_digit(end[-1]) ? 1 : 0;
}
