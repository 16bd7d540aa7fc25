#include "wrapped.h"

#include "blank.h"

enum {
	PAPER = 256,  /* columns of a page: longer lines are not broken */
	NARROW = 40,  /* columns: shorter lines may be anything */
	RAGGED = 5,   /* columns: a word, or a sign that may not begin a line, did not fit */
	LINES = 3,    /* that end close to each other (two, if they are as wide as paper is), and */
	WIDE = 64,    /* columns */
	BEYOND = 8,   /* one in so many goes beyond, or fewer */
	INDENT = 2,   /* columns more before the first line of a paragraph */
};

static size_t
indent_of(const struct text_line *line)
{
	struct span s = line->raw;
	size_t columns = 0, n;
	int room;

	while ((n = blank_length(s, &room)) > 0) {
		columns += (size_t)room;
		s = span_of(s.p + n, s.n - n);
	}
	return columns;
}

static bool
may_be_prose(const struct text_line *line)
{
	return line->bars == 0 && !line->gaps && !line->ruled && !line->parted;
}

static size_t
end_of(const struct text_line *line)
{
	return may_be_prose(line) ? indent_of(line) + columns_of(line->text) : 0;
}

/* The column at which lines were broken: the last one that several end at or close before; 0 if there is none. */
static size_t
find_width(const struct text_line *lines, size_t n)
{
	size_t count[PAPER] = {0}, beyond = 0;

	for (size_t i = 0; i < n; i++) {
		size_t end = end_of(&lines[i]);

		if (end >= NARROW)
			count[end < PAPER ? end : PAPER - 1]++;
	}
	for (size_t w = PAPER - 1; w >= NARROW; w--) {
		size_t close = 0;

		for (size_t k = 0; k < RAGGED; k++)
			close += count[w - k];
		if (w < PAPER - 1 && count[w] && close + (w >= WIDE) >= LINES)
			return beyond * BEYOND <= close ? w : 0;
		beyond += count[w];
	}
	return 0;
}

static bool
ends_sentence(struct span s)
{
	static const struct span ends[] = {{"。", 3}, {"；", 3}, {"！", 3}, {"？", 3}, {";", 1}};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends(s, ends[i]))
			return true;
	return false;
}

/* The column at which lines begin that are not indented; 0 if there are no lines. */
static size_t
find_margin(const struct text_line *lines, size_t n)
{
	size_t margin = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		size_t indent = may_be_prose(&lines[i]) ? indent_of(&lines[i]) : SIZE_MAX;

		margin = indent < margin ? indent : margin;
	}
	return margin == SIZE_MAX ? 0 : margin;
}

/* Whether the text of a line goes on in the next. */
static bool
goes_on(const struct text_line *line, const struct text_line *next, size_t width, size_t margin)
{
	return end_of(line) + RAGGED > width && !ends_sentence(line->text) && next->number == line->number + 1 &&
	       may_be_prose(next) && indent_of(next) < margin + INDENT && line_numbering(next->text) == 0;
}

void
lines_wrapped(struct text_line *lines, size_t *n, struct buf *text)
{
	size_t width = find_width(lines, *n), margin = width ? find_margin(lines, *n) : 0, kept = 0;

	for (size_t i = 0; width && i < *n; kept++) {
		struct text_line first = lines[i];
		size_t at = text->n;

		while (i + 1 < *n && goes_on(&lines[i], &lines[i + 1], width, margin)) {
			if (text->n == at)
				buf_add_span(text, lines[i].text);
			i++;
			if (!(text->p[text->n - 1] & 0x80) && !(*lines[i].text.p & 0x80))
				buf_add_char(text, ' ');
			buf_add_span(text, lines[i].text);
		}
		i++;
		if (text->n > at) {
			first.text = first.raw = span_of(text->p + at, text->n - at);
			first.gaps = false;
		}
		lines[kept] = first;
	}
	if (width)
		*n = kept;
}
