/*
 * What lines begin: from 下一步 or 工作打算 on, to the next part of the report, figures are those of plans; from
 * 相关阅读 on they are of other pages.
 */
#include "prose_parts.h"

/*
 * What stands behind the number of a heading: (二)下一步, 五、改进措施; *part if that is of a part of the report,
 * 五、 and 第五部分.
 */
static struct span
without_number(const struct prose *p, struct span text, bool *part)
{
	struct span s = text;
	bool inner = span_starts(s, SPAN("("));
	const struct numeral *numeral;
	size_t n = inner ? 1 : 0, chapter = identity_chapter(p->finder, text);

	*part = chapter > 0;
	if (chapter)
		return span_from(text, chapter);
	s = span_from(s, n);
	for (n = 0; (numeral = numerals_at(p->book->numerals, span_from(s, n))) != NULL; n += 3)
		;
	if (n == 0)
		return text;
	s = span_from(s, n);
	n = inner ? span_starts(s, SPAN(")")) : span_starts(s, SPAN("、")) ? SPAN("、").n : 0;
	if (n == 0)
		return text;
	*part = !inner;
	return span_from(s, n);
}

bool
prose_is_hoped(struct prose *p, const struct span *part, size_t nparts)
{
	/* 应举办培训班4期，实际举办3期 */
	if (phrases_word_at_start(p->phrases, PHRASE_INDEED, part[nparts - 1]))
		return false;
	for (size_t i = nparts - 1; i-- > 0 && !span_ends(part[i], SPAN("。"));)
		if (prose_governs(p, part, i, READ_HOPE))
			return true;
	return false;
}

void
prose_look_related(struct prose *p, struct span line)
{
	enum { HEADING = 30, BRACKETS = 12 }; /* bytes; 网友评论(2) */
	size_t n = line.n > HEADING ? 0 : identity_beyond(p->finder, line);

	p->related |= n > 0 && (line.n - n <= 3 || (line.p[n] == '(' && line.n - n <= BRACKETS));
}

void
prose_look_ahead(struct prose *p, struct span line, int year)
{
	bool part;
	struct span s = without_number(p, line, &part);

	if (part)
		p->ahead = p->related = false;
	/* 2014年工作打算 of the report of 2013. */
	if (s.n > 7 && year && span_year(prose_upto(s, 4)) > year && span_at(s, 4, SPAN("年")))
		s = span_from(s, 7);
	p->ahead |= phrases_word_at_start(p->phrases, PHRASE_AHEAD, s) > 0;
}
