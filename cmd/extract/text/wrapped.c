#include "wrapped.h"

#include <string.h>

#include "blank.h"

enum {
	PAPER = BREAKS_PAPER,
	MOST_BYTES = 3 * PAPER, /* more are more columns */
	NARROW = 40,  /* columns: shorter lines may be anything */
	RAGGED = 7,   /* columns: a sign may hang over the margin, a word or half a character did not fit */
	LINES = 3,    /* that end close to each other (two, if they are as wide as paper is), and */
	WIDE = 64,    /* columns */
	BEYOND = 8,   /* one in so many goes beyond, or fewer */
	INDENT = 2,   /* columns more before the first line of a paragraph, at least */
	LOST = 4,     /* what they were: two Chinese characters */
	SHORT_END = 9, /* bytes of what closes a bracket: a unit */
};

static size_t
indent_of(const struct text_line *line)
{
	struct span s = line->raw;
	size_t columns = 0, n;
	int room;

	while ((n = blank_length(s, &room)) > 0) {
		columns += (size_t)room;
		s = span_from(s, n);
	}
	return columns;
}

static bool
may_be_prose(const struct text_line *line)
{
	return line->bars == 0 && !line->gaps && !line->ruled && !line->parted;
}

/* Whether the text may be a row of a table whose cells a blank parts: it ends with two numbers, or has three words. */
static bool
may_be_row(struct span s)
{
	size_t numbers = 0, words = 0;

	for (size_t i = 1; i + 1 < s.n; i++)
		words += s.p[i] == ' ' && (s.p[i - 1] & s.p[i + 1] & 0x80);
	while (s.n && numbers < 2) {
		size_t n = s.n;

		while (n && (is_digit(s.p[n - 1]) || s.p[n - 1] == '.'))
			n--;
		if (n == s.n || n == 0 || s.p[n - 1] != ' ')
			break;
		numbers++;
		s.n = n - 1;
	}
	return numbers == 2 || words >= 2;
}

static size_t
end_of(const struct text_line *line)
{
	return may_be_prose(line) ? indent_of(line) + columns_of(line->text) : 0;
}

/* Whether signs of a sentence stand in the text. */
static bool
has_signs(struct span text)
{
	return span_find(text, SPAN("，")) < text.n || span_find(text, SPAN("。")) < text.n;
}

/* Whether a text is one that a sentence goes on from: its signs stand within, and none that ends it at the end. */
static bool
is_open(struct span text)
{
	return !line_ends_sentence(text) && !span_ends(text, SPAN("：")) && has_signs(text);
}

void
breaks_add(struct breaks *b, struct span text, size_t indent)
{
	if (text.n >= NARROW && is_open(text)) {
		size_t end = text.n < MOST_BYTES ? indent + columns_of(text) : PAPER;

		b->ends[end < PAPER ? end : PAPER - 1]++;
	}
}

size_t
breaks_width(const struct breaks *b)
{
	size_t beyond = 0;

	for (size_t w = PAPER - 1; w >= NARROW; w--) {
		size_t close = 0;

		for (size_t k = 0; b->ends[w] && k < RAGGED; k++)
			close += b->ends[w - k];
		if (w < PAPER - 1 && b->ends[w] && close + (w >= WIDE) >= LINES)
			return beyond * BEYOND <= close ? w : 0;
		beyond += b->ends[w];
	}
	return 0;
}

/* How the lines of a page were broken. */
struct measure {
	size_t width;  /* the column at which they end; 0 if they were not */
	size_t margin; /* at which they begin, but for the first of a paragraph */
	size_t ragged; /* a line that ends less than so many columns before goes on */
	bool indented; /* the first lines of paragraphs are: any other goes on from the one above */
};

static struct measure
measure(const struct text_line *lines, size_t n)
{
	struct measure m = {0, SIZE_MAX, RAGGED, false};
	struct breaks breaks = {{0}};

	for (size_t i = 0; i < n; i++)
		if (may_be_prose(&lines[i]))
			breaks_add(&breaks, lines[i].text, indent_of(&lines[i]));
	m.width = breaks_width(&breaks);
	if (m.width == 0)
		return m;
	for (size_t i = 0; i < n; i++) {
		size_t indent = may_be_prose(&lines[i]) ? indent_of(&lines[i]) : SIZE_MAX;

		m.margin = indent < m.margin ? indent : m.margin;
	}
	for (size_t i = 0; i < n; i++)
		m.indented |= may_be_prose(&lines[i]) && indent_of(&lines[i]) >= m.margin + INDENT;
	/* Where indents were lost, the first line of a paragraph is as much shorter. */
	if (!m.indented)
		m.ragged += LOST;
	return m;
}

/* A number and nothing else is no part of a sentence: a page's, or a cell's. */
static bool
is_number(struct span s)
{
	size_t i = 0;

	while (i < s.n && (is_digit(s.p[i]) || memchr(" .,-/", s.p[i], 5)))
		i++;
	return i == s.n;
}

static bool
reaches(const struct text_line *line, const struct measure *m)
{
	return end_of(line) + m->ragged > m->width;
}

/* Whether a line may be the last of a paragraph: a cell of a table has no signs of a sentence. */
static bool
may_end(struct span text)
{
	return has_signs(text) || line_ends_sentence(text) || span_ends(text, SPAN("：")) || span_ends(text, SPAN(":"));
}

/* Whether the text of line i goes on in the next.  One row of a table may be as wide by chance. */
static bool
goes_on(const struct text_line *lines, size_t i, const struct measure *m)
{
	const struct text_line *line = &lines[i], *next = line + 1;

	return reaches(line, m) && next->number == line->number + 1 && may_be_prose(next) &&
	       (reaches(next, m) || may_end(next->text)) &&
	       (!line_ends_sentence(line->text) || (m->indented && has_signs(next->text))) &&
	       indent_of(next) < m->margin + INDENT && line_numbering(next->text) == 0 && !is_number(next->text) &&
	       ((i > 0 && reaches(line - 1, m)) || !(may_be_row(line->text) || may_be_row(next->text)));
}

static bool
is_part_of_number(char c)
{
	return is_digit(c) || memchr(".,-%", c, 4);
}

/* Whether a number was broken between a and b, 4. and 8%的, or 公开12 and 507条: it stands among Chinese words. */
static bool
is_broken_number(struct span a, struct span b)
{
	size_t n = a.n, i = 0;

	while (n > 0 && is_part_of_number(a.p[n - 1]))
		n--;
	while (i < b.n && is_part_of_number(b.p[i]))
		i++;
	return n > 0 && n < a.n && is_digit(a.p[n]) && (a.p[n - 1] & 0x80) && i > 0 && (i == b.n || (b.p[i] & 0x80));
}

static bool
begins_bracket(struct span s)
{
	return span_starts(s, SPAN("(")) || span_starts(s, SPAN("（"));
}

static bool
ends_bracket(struct span s)
{
	return span_ends(s, SPAN(")")) || span_ends(s, SPAN("）"));
}

/* Whether the last bracket of a text is one that opens, without a blank behind it, which may part a value. */
static bool
is_in_bracket(struct span s)
{
	for (size_t i = s.n; i > 0 && s.p[i - 1] != ' ' && !ends_bracket(span_of(s.p, i)); i--)
		if (begins_bracket(span_of(s.p + i - 1, s.n - i + 1)))
			return true;
	return false;
}

/*
 * How many of the next lines go on with a remark that stands at the end of line i, and was broken before the unit of its
 * number, which the last of them closes and ends with: …数（不同方式回应同一舆情计1 and 次）, or the number alone between them.
 * It would be taken for the label's.
 */
static size_t
remark_below(const struct text_line *lines, size_t n, size_t i)
{
	struct span s = lines[i].text, end;
	size_t more = s.n && is_digit(s.p[s.n - 1]) ? 1 : 2;

	/* Few lines come further than this. */
	if (i + more >= n || (end = lines[i + more].text).n > SHORT_END ||
		(more == 2 && (lines[i + 1].text.n > 2 || !is_number(lines[i + 1].text) || !is_digit(*lines[i + 1].text.p))) ||
		!ends_bracket(end) || begins_bracket(end) || !may_be_prose(&lines[i]) || !is_in_bracket(s))
		return 0;
	for (size_t k = i + 1; k <= i + more; k++)
		if (lines[k].number - lines[k - 1].number > 1 || !may_be_prose(&lines[k]))
			return 0;
	return more;
}

void
lines_wrapped(struct text_line *lines, size_t *n, struct buf *text)
{
	struct measure m = measure(lines, *n);
	size_t kept = 0;

	for (size_t i = 0; i < *n; kept++) {
		struct text_line first = lines[i];
		size_t at = text->n, remark = 0;

		while (i + 1 < *n && ((m.width && goes_on(lines, i, &m)) || remark || (remark = remark_below(lines, *n, i)))) {
			struct span above = lines[i].text, below = lines[i + 1].text;

			remark -= remark > 0;

			if (text->n == at)
				buf_add_span(text, above);
			i++;
			/* A blank parts two words of letters. */
			if (!((above.p[above.n - 1] | *below.p) & 0x80) && !is_broken_number(above, below))
				buf_add_char(text, ' ');
			buf_add_span(text, below);
		}
		i++;
		if (text->n > at) {
			first.text = first.raw = span_of(text->p + at, text->n - at);
			first.gaps = false;
			first.taken = lines[i - 1].number - first.number;
		}
		lines[kept] = first;
	}
	*n = kept;
}

void
lines_remarks(struct text_line *lines, size_t *n, struct buf *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; kept++) {
		size_t at = text->n, end = i + remark_below(lines, *n, i);

		if (kept < i)
			lines[kept] = lines[i];
		for (size_t k = i; end > i && k <= end; k++)
			buf_add_span(text, lines[k].text);
		if (end > i) {
			lines[kept].text = lines[kept].raw = span_of(text->p + at, text->n - at);
			lines[kept].taken = lines[end].number - lines[kept].number;
		}
		i = end + 1;
	}
	*n = kept;
}
