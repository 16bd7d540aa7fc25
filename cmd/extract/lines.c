#include "lines.h"

#include "blank.h"
#include "buf.h"

enum { LONG_LINE = 60 }; /* characters: longer lines are prose */

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

size_t
line_gap(struct span s)
{
	size_t at = 0, blanks = 0, n;
	int room;
	bool tab = false;

	while ((n = blank_length(span_of(s.p + at, s.n - at), &room)) > 0) {
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

struct text_line
line_make(size_t number, struct span raw)
{
	struct text_line line = {.number = number, .text = blank_trim(raw), .raw = raw};
	const char *end = line.text.p + line.text.n;

	for (const char *p = line.text.p; p < end && (p = memchr(p, '|', (size_t)(end - p))); p++)
		line.bars++;
	line.gaps = line.bars == 0 && has_gaps(line.text);
	return line;
}

size_t
characters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
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
		if (span_ends(s, ends[i]))
			return true;
	return false;
}

bool
line_is_prose(struct span s)
{
	return line_ends_sentence(s) || (s.n > LONG_LINE && characters(s) > LONG_LINE);
}

size_t
line_numbering(struct span s)
{
	static const char digits[] = "一二三四五六七八九十";
	static const struct span opens[] = {{"(", 1}, {"（", 3}, {"第", 3}};
	static const struct span closes[] = {{"、", 3}, {")", 1}, {"）", 3}, {".", 1}, {"．", 3}, {"章", 3},
		{"部分", 6}, {"条", 3}};
	enum { WITHOUT = 5 }; /* 第: 236条 is a number of things */
	size_t nclose = span_starts(s, SPAN("第")) ? sizeof closes / sizeof *closes : WITHOUT;
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
	for (size_t i = 0; n && i < nclose; i++)
		if (span_starts(at, closes[i]))
			/* 3.45 is a number. */
			return at.n > 1 && *at.p == '.' && is_digit(at.p[1]) ? 0 : s.n - at.n + closes[i].n;
	return 0;
}

bool
line_is_folio(struct span s)
{
	static const struct span signs[] = {{"-", 1}, {" ", 1}, {"/", 1}, {"—", 3}, {"–", 3}, {"－", 3}, {"第", 3},
		{"页", 3}, {"共", 3}};
	size_t digits = 0, others = 0;

	while (s.n) {
		size_t n = 0;

		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
			if (span_starts(s, signs[i]))
				n = signs[i].n;
		others += n > 0 && *s.p != ' ';
		if (n == 0 && (*s.p < '0' || *s.p > '9'))
			return false;
		digits += n == 0;
		s = span_of(s.p + (n ? n : 1), s.n - (n ? n : 1));
	}
	return digits > 0 && digits < 7 && others > 1;
}

bool
line_is_section(struct span s)
{
	size_t n = line_numbering(s);

	return n > 3 && span_ends(span_of(s.p, n), SPAN("、")) && !span_starts(s, SPAN("第")) &&
	       !span_starts(s, SPAN("（")) && *s.p != '(' && (*s.p < '0' || *s.p > '9');
}
