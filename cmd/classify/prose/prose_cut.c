/*
 * prose_cut: lines that end within a sentence and were not put together (extract does that where lines were broken at
 * a width).  Of 通过其他方 / 式公开信息12条 the second line alone says that all that was published are 12: what a clause
 * counts is not vouched for where it, or one that governs it, may have been cut.  Nor is it where bytes of it were no
 * characters: of a character cut in GBK what is behind it becomes other characters, up to the next that is ASCII, and
 * commas go with them (收到申请12件，办结3件 leaves 收到申请, strange words and 3件).
 */
#include "prose_parts.h"

enum {
	LONG = 60,   /* bytes, twenty Chinese characters: shorter lines are items of a list, or a heading's */
	LINE = 6144, /* bytes of a line in which a clause is looked for */
	NUMBER = 12, /* bytes in which a heading's number ends: 十二、 or 10. */
};

/* 三、 or (二) or 1. */
static bool
is_numbered(struct span line)
{
	struct span head = prose_upto(line, line.n < NUMBER ? line.n : NUMBER);

	return *line.p == '(' || span_find(head, SPAN("、")) < head.n || span_find(head, SPAN(".")) < head.n;
}

/* Whether a sentence goes on from a line: it is long, has the signs of one, and none that ends it at its end. */
static bool
is_open(struct span line)
{
	static const struct span ends[] = {{"。", 3}, {";", 1}, {":", 1}, {"!", 1}, {"?", 1}, {"”", 3}, {"》", 3}, {")", 1}};

	if (line.n < LONG)
		return false;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends(line, ends[i]))
			return false;
	return span_find(line, SPAN("。")) < line.n || span_find(line, SPAN(";")) < line.n ||
	       (span_find(line, SPAN("，")) < line.n && !is_numbered(line));
}

/* The text of the next piece from item `at` on, if that is a line of text; else empty. */
static struct span
next_line(const struct page *page, size_t at)
{
	while (at < page->n && page->items[at].kind == ITEM_FIGURE)
		at++;
	return at < page->n && page->items[at].kind == ITEM_TEXT ? page->items[at].text : SPAN("");
}

void
prose_cut_line(struct prose *p, const struct page *page, size_t at)
{
	struct span line = page->items[at].text, next = next_line(page, at + 1);

	p->cut_before = p->line_open && line.n && !is_numbered(line);
	p->line_open = is_open(line);
	p->cut_after = p->line_open && next.n && !is_numbered(next);
	p->line = line;
}

/* A clause as it stands in its line: what is before its number, the number, what is behind. */
struct stretch {
	struct span part[3];
};

static struct stretch
stretch_of(struct span clause)
{
	size_t open = span_find(clause, SPAN("【")), close = span_find(clause, SPAN("】"));
	struct stretch s = {{prose_upto(clause, open), SPAN(""), SPAN("")}};

	if (open < close && close < clause.n) {
		s.part[1] = (struct span){clause.p + open + 3, close - open - 3};
		s.part[2] = (struct span){clause.p + close + 3, clause.n - close - 3};
	}
	return s;
}

/* Bytes at the start of a line that read as the words of a clause, in which 3,806 is written 3，806; 0: they do not. */
static size_t
match(struct span line, struct span words)
{
	size_t n = 0;

	for (size_t i = 0; i < words.n; n++) {
		bool comma = n < line.n && line.p[n] == ',' && span_at(words, i, SPAN("，"));

		if (!comma && (n == line.n || line.p[n] != words.p[i]))
			return 0;
		i += comma ? SPAN("，").n : 1;
	}
	return n;
}

static bool
starts(struct span line, const struct stretch *s)
{
	for (size_t i = 0; i < 3; i++) {
		size_t n = match(line, s->part[i]);

		if (!n && s->part[i].n)
			return false;
		line = span_from(line, n);
	}
	return true;
}

/* Clauses of a list (微博、微信分别公开5条和8条) are put together anew: the number is all that must stand there. */
static bool
ends(struct span line, const struct stretch *s)
{
	size_t commas = 0, at;

	for (struct span rest = s->part[1]; (at = span_find(rest, SPAN("，"))) < rest.n; commas++)
		rest = span_of(rest.p + at + 3, rest.n - at - 3);
	/* Shorter in the line, by two bytes a comma. */
	if (!span_ends(line, s->part[2]) || line.n < s->part[2].n + s->part[1].n - 2 * commas)
		return false;
	line.n -= s->part[2].n;
	at = line.n - (s->part[1].n - 2 * commas);
	return match(span_from(line, at), s->part[1]) > 0;
}

char
prose_is_apart(const struct prose *p, struct span own)
{
	struct stretch s = stretch_of(own);
	struct span line = p->line;
	size_t at;

	while (s.part[0].n && line.n && line.n <= LINE && (at = span_find(line, s.part[0])) < line.n) {
		struct span before = prose_upto(line, at);

		line = span_from(line, at);
		if (starts(line, &s)) {
			if (span_ends(before, SPAN("，")))
				before.n -= SPAN("，").n;
			return span_ends(before, SPAN(";")) ? ';' : span_ends(before, SPAN(")")) ? ')' : 0;
		}
		line = span_from(line, s.part[0].n);
	}
	return 0;
}

bool
prose_is_cut(const struct prose *p, struct span text, const struct span *part, size_t nparts)
{
	static const struct span none = {"\xef\xbf\xbd", 3}; /* U+FFFD */
	struct stretch s;
	size_t first = 0;

	if (span_find(text, none) < text.n)
		return true;
	if (p->cut_after) {
		s = stretch_of(part[nparts - 1]);
		if (ends(p->line, &s))
			return true;
	}
	if (!p->cut_before)
		return false;
	while (first + 1 < nparts && span_ends(part[first], SPAN("。")))
		first++;
	s = stretch_of(part[first]);
	return starts(p->line, &s);
}
