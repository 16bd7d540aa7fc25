#include "plain.h"

#include <string.h>

#include "grid.h"
#include "notation.h"
#include "simd.h"

enum {
	ENOUGH = 12, /* bars of another guise, to part cells */
	LITTLE = 24, /* cells of a table on one line, or more */
};

/* Bars in other guises, as many of which as a table has cells make one. */
static const char *const bars[] = {"\xef\xbd\x9c", "\xe2\x94\x82", "\xc2\xa6"}; /* ｜ │ ¦ */

/* The bar of another guise that parts the cells of the page; empty if none does, or lines are drawn with it. */
static struct span
find_bar(struct span page)
{
	if (page.n == 0 || memchr(page.p, '|', page.n))
		return SPAN("");
	for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
		struct span bar = span_str(bars[i]), rest = page;
		size_t n = 0;

		for (size_t at; n < ENOUGH && (at = span_find(rest, bar)) < rest.n; n++)
			rest = span_of(rest.p + at + bar.n, rest.n - at - bar.n);
		/* ─ */
		if (n == ENOUGH)
			return span_find(page, SPAN("\xe2\x94\x80")) < page.n ? SPAN("") : bar;
	}
	return SPAN("");
}

/* Copies the page with each `what` made one byte. */
static void
replace(struct span page, struct span what, char byte, struct buf *out)
{
	for (size_t at; (at = span_find(page, what)) < page.n;) {
		buf_add_span(out, span_of(page.p, at));
		buf_add_char(out, byte);
		page = span_of(page.p + at + what.n, page.n - at - what.n);
	}
	buf_add_span(out, page);
}

/* Whether a cell or a word may begin or end beside this byte. */
static bool
parts_words(char c)
{
	return c == ' ' || c == '|' || c == ',' || c == '\t' || c == '\n' || c == '\r' || c == '"';
}

/*
 * Puts blanks in the place of the words that libraries write into a cell without a value (nan, None), so that the
 * columns stay below one another; false, and nothing is written, where there are none.  Each of them has an n or N.
 */
static bool
blank_missing(const struct words *words, struct span page, struct buf *out)
{
	const char *end = page.p + page.n;
	bool found = false;

	for (const char *p = page.p; page.n && (p = simd_either(p, end, 'n', 'N')) < end; p++) {
		const char *begin = p > page.p && p[-1] == '<' ? p - 1 : p;
		size_t n = 0;

		if (begin == page.p || parts_words(begin[-1]))
			n = words_at(words, WORD_MISSING, span_of(begin, (size_t)(end - begin)));
		if (n == 0 || (begin + n < end && !parts_words(begin[n])))
			continue;
		if (!found) {
			buf_reset(out);
			buf_add_span(out, page);
		}
		found = true;
		memset(out->p + (begin - page.p), ' ', n);
		p = begin + n - 1;
	}
	return found;
}

static bool
opens(char c)
{
	return c == '[' || c == '(';
}

static bool
closes(char c)
{
	return c == ']' || c == ')';
}

/* The next item of a list, a text in quotes or a bare word, taken from *rest and added to *out; false if it is none. */
static bool
list_item(const struct words *words, struct span *rest, struct buf *out)
{
	char quote = rest->n ? *rest->p : 0;
	size_t at = 0;

	if (quote == '\'' || quote == '"') {
		for (at = 1; at < rest->n && rest->p[at] != quote; at++) {
			char c = rest->p[at];

			if (c == '\\' && ++at < rest->n)
				c = strchr("nrt", rest->p[at]) ? ' ' : rest->p[at];
			buf_add_char(out, c);
		}
		if (at >= rest->n)
			return false;
		at++;
	} else {
		struct span word;

		while (at < rest->n && rest->p[at] != ',' && !closes(rest->p[at]))
			at++;
		word = span_trim(span_of(rest->p, at));
		if (words_at(words, WORD_MISSING, word) != word.n) {
			if (cell_kind(word) != CELL_NUMBER)
				return false;
			buf_add_span(out, word);
		}
	}
	*rest = span_trim(span_of(rest->p + at, rest->n - at));
	return true;
}

/* What parts two lists, ], [, taken from *rest; false if something else stands there. */
static bool
next_list(struct span *rest)
{
	struct span s = *rest;
	size_t opened = 0;

	if (s.n == 0 || !closes(*s.p))
		return false;
	while (s.n && (closes(*s.p) || *s.p == ',' || opens(*s.p))) {
		opened += opens(*s.p);
		s = span_trim(span_from(s, 1));
	}
	if (opened == 0)
		return false;
	*rest = s;
	return true;
}

/*
 * The line as a row whose cells tabs part, added to *out, if it is a list as Python and JSON write it, ['规章', 0, None], in a
 * list or not, with brackets or round ones, or several lists, as a table on one line; else false, and nothing is added.
 */
static bool
list_row(const struct words *words, struct span line, struct buf *out)
{
	size_t start = out->n, items = 0, lists = 1;

	line = span_trim(line);
	if (line.n < 2 || !opens(*line.p))
		return false;
	while (line.n && opens(*line.p))
		line = span_trim(span_of(line.p + 1, line.n - 1));
	while (list_item(words, &line, out)) {
		items++;
		if (line.n && *line.p == ',')
			line = span_trim(span_of(line.p + 1, line.n - 1));
		else if (next_list(&line))
			lists++;
		else
			break;
		buf_add_char(out, '\t');
	}
	if (items > 1 && (lists == 1 || items >= LITTLE) && line.n && closes(*line.p)) {
		while (line.n && (closes(*line.p) || *line.p == ','))
			line = span_trim(span_of(line.p + 1, line.n - 1));
		if (line.n == 0)
			return true;
	}
	out->n = start;
	return false;
}

/* Copies the page with its lists as rows; false, and *out is of no use, if it has none. */
static bool
list_rows(const struct words *words, struct span page, struct buf *out)
{
	bool found = false;

	if (page.n == 0 || (!memchr(page.p, '[', page.n) && span_find(page, SPAN("('")) == page.n))
		return false;
	buf_reset(out);
	while (page.n) {
		const char *lf = memchr(page.p, '\n', page.n);
		size_t n = lf ? (size_t)(lf - page.p) : page.n;

		if (list_row(words, span_of(page.p, n), out))
			found = true;
		else
			buf_add(out, page.p, n);
		if (lf)
			buf_add_char(out, '\n');
		n += lf != NULL;
		page = span_of(page.p + n, page.n - n);
	}
	return found;
}

struct span
plain_page(struct plain *plain, const struct words *words, struct span page)
{
	static const char *const blanks[] = {"&nbsp;", "&ensp;", "&emsp;", "&#160;"};
	unsigned turn = 0;
	struct span bar;
	bool refers;

	if (notation_rows(page, &plain->page[turn % 2]))
		page = buf_span(&plain->page[turn++ % 2]);
	bar = find_bar(page);
	refers = page.n && memchr(page.p, '&', page.n);
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks + 1; i++) {
		bool is_bar = i == sizeof blanks / sizeof *blanks;
		struct span what = is_bar ? bar : span_str(blanks[i]);
		struct buf *to = &plain->page[turn % 2];

		if (what.n == 0 || (!is_bar && !refers) || span_find(page, what) == page.n)
			continue;
		buf_reset(to);
		replace(page, what, is_bar ? '|' : ' ', to);
		page = buf_span(to);
		turn++;
	}
	if (list_rows(words, page, &plain->page[turn % 2]))
		page = buf_span(&plain->page[turn++ % 2]);
	return blank_missing(words, page, &plain->page[turn % 2]) ? buf_span(&plain->page[turn % 2]) : page;
}

void
plain_release(struct plain *plain)
{
	buf_release(&plain->page[0]);
	buf_release(&plain->page[1]);
}
