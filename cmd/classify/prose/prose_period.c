#include "prose_parts.h"

enum { FIRST_YEAR = 2008 }; /* of reports: the Regulation is in force since May 1 (国务院令第492号), so 施行以来 is that year */

/* 较2016年, 由2016年的: the year of another number, unless the number behind it is that of this year. */
static bool
compared_with(const struct prose *p, struct span clause, size_t at)
{
	struct span before = prose_upto(clause, at), rest = {clause.p + at + 7, clause.n - at - 7};
	bool than = phrases_word_at_end(p->phrases, PHRASE_THAN, before);
	size_t those;

	if (!than && !phrases_word_at_end(p->phrases, PHRASE_FROM, before) &&
		!phrases_word_at_end(p->phrases, PHRASE_WHOSE, before))
		return false;
	if (span_starts(rest, SPAN("度")))
		rest = span_from(rest, SPAN("度").n);
	those = phrases_word_at_start(p->phrases, PHRASE_THOSE, rest);
	return those ? !span_at(rest, those, SPAN("【")) : than;
}

/* The years that a clause names, or those that its number is compared with. */
enum years { NAMED, COMPARED };

/* The first or last such year in the clause before its number, outside 《》; 0 if there is none. */
static int
year_in(const struct prose *p, struct span clause, bool last, enum years which)
{
	int year = 0;
	size_t quoted = 0;

	for (size_t i = 0; i < clause.n;) {
		struct span rest = {clause.p + i, clause.n - i};
		size_t digits = span_digits(rest);

		if (span_starts(rest, SPAN("【")))
			break;
		if (span_starts(rest, SPAN("《")))
			quoted++;
		else if (span_starts(rest, SPAN("》")) && quoted)
			quoted--;
		if (digits == 4 && !quoted && span_at(rest, 4, SPAN("年"))) {
			int y = span_year(prose_upto(rest, 4));

			if (y >= 1990 && y <= 2100 && (last || !year) &&
				compared_with(p, clause, i) == (which == COMPARED))
				year = y;
		}
		i += digits ? digits : 1;
	}
	return year;
}

/* 2017年 or 自2017年 at the start of s. */
static bool
begins_with_year(const struct prose *p, struct span s)
{
	size_t n = phrases_word_at_start(p->phrases, PHRASE_ONWARD, s);

	s = span_from(s, n ? n : phrases_word_at_start(p->phrases, PHRASE_FROM, s));
	return s.n > 3 && s.p[0] >= '1' && s.p[0] <= '2' && s.p[3] >= '0' && s.p[3] <= '9';
}

bool
prose_own_year(const struct prose *p, struct span clause)
{
	struct span words = prose_upto(clause, span_find(clause, SPAN("【")));
	size_t of = phrases_word_at_end(p->phrases, PHRASE_THOSE, words), n;

	words.n -= of;
	if (span_ends(words, SPAN(":")))
		words.n--;
	/* 2021年为【12件】 */
	while (!of && (n = phrases_word_at_end(p->phrases, PHRASE_WAS, words)) > 0)
		words.n -= n;
	if (words.n < 7 || !span_ends(words, SPAN("年")) ||
		!span_year((struct span){words.p + words.n - 7, 4}))
		return false;
	words.n -= 7;
	if (of)
		return phrases_word_at_end(p->phrases, PHRASE_FROM, words);
	/* 近三年公开信息分别为2009年【62条】 */
	return words.n == 0 || span_ends(words, SPAN("、")) || span_ends(words, SPAN("，")) || span_ends(words, SPAN(":")) ||
	       phrases_word_at_end(p->phrases, PHRASE_WAS, words) > 0;
}

uint16_t
prose_period(struct prose *p, struct span clause, int year, struct facts *out, bool *stated)
{
	struct buf *text = &p->text;
	int named = year_in(p, clause, true, NAMED);
	size_t at;

	prose_gather(p, clause);
	buf_reset(text);
	*stated = true;
	if (prose_reads(p, READ_SINCE, clause, &at) && !prose_own_year(p, clause)) {
		struct span rest = {clause.p + at, clause.n - at};
		/* 2008年，清理1998年以来的: since the year that stands there, not the first. */
		int first = year_in(p, begins_with_year(p, rest) ? rest : clause, false, NAMED);

		/* 自2017年1月1日起: that is the year itself; 累计至2017年底 and 条例实施至2017年底 are not. */
		if ((first != year || !begins_with_year(p, rest)) && !(year == FIRST_YEAR && (!first || first == year))) {
			if (first && year && first != year)
				buf_printf(text, "%d-%d", first, year);
			else
				buf_add_str(text, "cumulative");
			return facts_period(out, buf_span(text));
		}
	}
	/* 2020年结转至2021年: what was carried into a year is of the one before. */
	if (year && prose_reads(p, READ_INTO, clause, &at)) {
		int into = year_in(p, span_from(clause, at), false, NAMED);

		if (into && into - 1 != year) {
			buf_printf(text, "%d", into - 1);
			return facts_period(out, buf_span(text));
		}
	}
	if (prose_reads(p, READ_CURRENT, clause, &at))
		return 0;
	if (prose_reads(p, READ_PREVIOUS, clause, &at) && !(named && year && named == year - 1)) {
		if (year)
			buf_printf(text, "%d", year - 1);
		else
			buf_add_str(text, "previous");
		return facts_period(out, buf_span(text));
	}
	if (named && year && named != year) {
		buf_printf(text, "%d", named);
		return facts_period(out, buf_span(text));
	}
	*stated = named != 0;
	return 0;
}

bool
prose_names_year(const struct prose *p, struct span clause, int year)
{
	return year && year_in(p, clause, true, NAMED) == year;
}

bool
prose_grew_within(const struct prose *p, struct span clause, struct span period, int year)
{
	int from = year_in(p, clause, false, COMPARED), of = period.n ? span_year(period) : year;

	return !from || !of || from == of - 1;
}

uint16_t
prose_period_against(struct prose *p, struct span text, int year, struct facts *out)
{
	size_t at;
	int named;

	prose_gather(p, text);
	if (!prose_reads(p, READ_AGAINST, text, &at))
		return 0;
	text = span_from(text, at);
	at = phrases_word_at_start(p->phrases, PHRASE_THAN, text);
	text = span_from(text, at);
	named = begins_with_year(p, text) ? span_year(prose_upto(text, 4)) : year ? year - 1 : 0;
	buf_reset(&p->text);
	if (named)
		buf_printf(&p->text, "%d", named);
	else
		buf_add_str(&p->text, "previous");
	return facts_period(out, buf_span(&p->text));
}
