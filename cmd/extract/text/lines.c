#include "lines.h"

#include "blank.h"
#include "buf.h"
#include "words.h"

enum { LONG_LINE = 60 }; /* characters: longer lines are prose */

/* What all ask of a line hangs on the words of the language, and those are asked all over the readers of tables. */
static const struct words *words;

void
lines_use(const struct words *of)
{
	words = of;
}

bool
cells_add(struct cells *cells, struct grid_cell cell)
{
	if (cells->all == cells->limit)
		return false;
	cells->all++;
	cells->v = grow(cells->v, cells->n, &cells->cap, sizeof *cells->v);
	cells->v[cells->n++] = cell;
	return true;
}

struct span
line_join(struct buf *joined, struct span a, struct span b)
{
	size_t at = joined->n;

	buf_add_span(joined, a);
	buf_add_span(joined, b);
	return span_of(joined->p + at, joined->n - at);
}

size_t
line_gap(struct span s)
{
	size_t at = 0, blanks = 0, n;
	int room;
	bool tab = false;

	while ((n = blank_length(span_from(s, at), &room)) > 0) {
		tab |= s.p[at] == '\t';
		blanks += room > 0;
		at += n;
	}
	return tab || blanks > 1 ? at : 0;
}

static bool
has_gaps(struct span s)
{
	static const struct span wide[] = {{"\t", 1}, {"  ", 2}, {"　", 3}, {"\xc2\xa0", 2}};

	/* Most lines hold none of these. */
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		struct span rest = s;
		size_t at;

		while ((at = span_find(rest, wide[i])) < rest.n) {
			/* The gap may have begun with a plain blank. */
			size_t back = at > 0 && rest.p[at - 1] == ' ';

			if (line_gap(span_of(rest.p + at - back, rest.n - at + back)) > 0)
				return true;
			rest = span_of(rest.p + at + wide[i].n, rest.n - at - wide[i].n);
		}
	}
	return false;
}

/* A word of a few characters that was spread out, 规  章: no blank in it parts cells. */
static bool
is_spread(struct span s)
{
	enum { MOST = 6 };
	size_t n = 0;

	while (s.n) {
		size_t bytes = span_step(s), gap;

		/* From U+3000 on to U+9FFF are three bytes. */
		if (bytes != 3 || (unsigned char)*s.p < 0xe3 || (unsigned char)*s.p > 0xe9 || ++n > MOST)
			return false;
		s = span_from(s, bytes);
		for (gap = 0; s.n && (bytes = blank_length(s, NULL)) > 0 && *s.p != '\t'; gap++)
			s = span_from(s, bytes);
		if (s.n && gap == 0)
			return false;
	}
	return n > 1;
}

struct text_line
line_make(size_t number, struct span raw)
{
	struct text_line line = {.number = number, .text = blank_trim(raw), .raw = raw};
	const char *end = line.text.p + line.text.n;

	for (const char *p = line.text.p; p < end && (p = memchr(p, '|', (size_t)(end - p))); p++)
		line.bars++;
	line.gaps = line.bars == 0 && has_gaps(line.text) && !is_spread(line.text);
	return line;
}

size_t
columns_of(struct span s)
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

bool
line_ends_sentence(struct span s)
{
	static const struct span ends[] = {{"。", 3}, {"；", 3}, {";", 1}, {"！", 3}, {"？", 3}};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends_word(s, ends[i]))
			return true;
	return false;
}

bool
line_is_prose(struct span s)
{
	return line_ends_sentence(s) || (s.n > LONG_LINE && span_characters(s) > LONG_LINE);
}

static size_t
word_at(enum word_use use, struct span s)
{
	return words ? words_at(words, use, s) : 0;
}

bool
line_is_unit(struct span s)
{
	return words && words_unit(words, s);
}

/* Bytes of 1 to 9 or 一 to 十 at the start of s; 0 for another. */
static size_t
counter(struct span s)
{
	const struct numeral *numeral;

	if (s.n && is_digit(*s.p))
		return 1;
	numeral = words ? numerals_at(words_numerals(words), s) : NULL;
	return numeral && (numeral->digit > 0 || numeral->power == 1) ? 3 : 0;
}

size_t
line_numbering(struct span s)
{
	static const struct span marks[] = {{"、", 3}, {")", 1}, {"）", 3}, {".", 1}, {"．", 3}};
	bool ordinal = word_at(WORD_ORDINAL, s); /* 236条 is a number of things */
	struct span at = s;
	size_t n, digits = 0, close = 0;

	if (span_starts(at, SPAN("(")))
		at.p++, at.n--;
	if (span_starts(at, SPAN("（")))
		at.p += 3, at.n -= 3;
	n = word_at(WORD_ORDINAL, at);
	at.p += n, at.n -= n;
	for (; digits < 4 && (n = counter(at)); digits++)
		at.p += n, at.n -= n;
	if (digits == 0)
		return 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks && !close; i++)
		close = span_starts(at, marks[i]) ? marks[i].n : 0;
	if (!close && ordinal)
		close = word_at(WORD_ORDERED, at);
	/* 3.45 is a number. */
	if (!close || (at.n > 1 && *at.p == '.' && is_digit(at.p[1])))
		return 0;
	return s.n - at.n + close;
}

bool
line_is_folio(struct span s)
{
	size_t digits = 0, others = 0;

	while (s.n) {
		size_t n = *s.p == ' ' || *s.p == '/' ? 1 : line_dash(s);

		if (!n)
			n = word_at(WORD_ORDINAL, s);
		if (!n)
			n = word_at(WORD_FOLIO, s);
		others += n > 0 && *s.p != ' ';
		if (n == 0 && !is_digit(*s.p))
			return false;
		digits += n == 0;
		s = span_from(s, (n ? n : 1));
	}
	return digits > 0 && digits < 7 && others > 1;
}

bool
line_is_section(struct span s)
{
	size_t n = line_numbering(s);

	return n > 3 && span_ends(span_of(s.p, n), SPAN("、")) && !word_at(WORD_ORDINAL, s) &&
	       !span_starts(s, SPAN("（")) && *s.p != '(' && !is_digit(*s.p);
}
