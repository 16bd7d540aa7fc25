#include "finder.h"

#include <stdlib.h>

static void
vote(struct identity_finder *f, int year, int weight)
{
	if (year >= YEAR_FIRST && year <= YEAR_LAST)
		f->years.votes[year - YEAR_FIRST] += weight;
}

/* True if the year is that of a report the text names: 现公布2023年政府信息公开工作年度报告. */
static bool
is_of_report(const struct identity_finder *f, const struct line *line, const struct year_token *t)
{
	/* Words stand in the order of their ends. */
	for (size_t i = 0; i < line->nhits && hit_of(f, line, i)->end <= t->end + LINK_BYTES; i++)
		if (hit_of(f, line, i)->start >= t->end && is_role(f, hit_of(f, line, i), ROLE_REPORT))
			return true;
	return false;
}

void
report_year_read(struct identity_finder *f, const struct line *line)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
	struct year_token t;

	for (bool first = true; year_scan_next(&scan, &t); first = false) {
		/* 截至2009年底 says more than 自2004年5月1日起. */
		if (t.named || t.whole)
			f->years.said[t.year - YEAR_FIRST] +=
				t.month                                                                      ? 1
				: context_is_at(&f->lexicon->context, CONTEXT_YEAR_END, line->text, t.end) ? 4
													   : 2;
		if (line->sentence && (t.named || t.whole) && !is_of_report(f, line, &t))
			f->years.told[t.year - YEAR_FIRST] = true;
		/* A date alone on its line is that of signing; late in a year it says less. */
		if (first && t.start == 0 && t.month && t.month < 10 && t.end + 3 >= line->text.n &&
			t.day && f->years.signature == 0)
			f->years.signature = t.year;
		if (t.month && f->years.period == 0)
			f->years.period = year_period(&f->lexicon->years, line->text, &t);
		/* (2016年度) alone, or the table's name with a year. */
		if (first && f->years.caption == 0 && t.month == 0 && line->text.n < 100 &&
			(line->text.n <= t.end - t.start + 4 || context_within(&f->lexicon->context, CONTEXT_SHEET, line->text)))
			f->years.caption = t.year;
	}
}

/* The year in which the report came out, early enough to be no report on that year; 0 if none is known. */
static int
year_out(const struct identity_finder *f)
{
	const char *p = f->published.p;

	if (f->published.n < 10)
		return f->years.signature;
	/* Reports on the year itself were out at its end, if early. */
	return p[5] == '1' ? 0 : atoi(p);
}

bool
report_year_is_premature(const struct identity_finder *f)
{
	return f->years.title && f->years.title == year_out(f);
}

int
report_year_decide(struct identity_finder *f)
{
	int best = 0, most = 0, published = 0, said = 0, title = f->years.title;

	/* Nothing tells of such a year but the title. */
	if (report_year_is_premature(f) && f->years.period != title && f->years.caption != title && title >= YEAR_FIRST &&
		title <= YEAR_LAST && !f->years.told[title - YEAR_FIRST])
		title = 0;
	vote(f, f->years.period, 5);
	vote(f, title, 4);
	vote(f, f->years.caption, 3);
	/* A sentence names the report where nothing heads it. */
	if (f->years.title == 0)
		vote(f, f->years.sentence, 3);
	for (size_t i = 0; i < 4 && f->published.n == 10; i++)
		published = published * 10 + (f->published.p[i] - '0');
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->years.said[y - YEAR_FIRST] > said)
			said = f->years.said[y - YEAR_FIRST];
	/* A report is due by the end of March; one of a later day may be late, or a year's last.  One
	 * whose text speaks of a year, and not of the one before, is late. */
	if (published - 1 >= YEAR_FIRST && published - 1 <= YEAR_LAST &&
		(said < 4 || title != f->years.title || f->years.said[published - 1 - YEAR_FIRST] > 0))
		vote(f, published - 1, 2);
	if (published == 0 && f->years.signature)
		vote(f, f->years.signature - 1, 2);
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (said && f->years.said[y - YEAR_FIRST] == said) {
			vote(f, y, 1);
			break;
		}
	/* What heading and text agree on stands against a period left from last year's report. */
	if (title >= YEAR_FIRST && title <= YEAR_LAST) {
		best = title;
		most = f->years.votes[best - YEAR_FIRST];
	}
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++)
		if (f->years.votes[y - YEAR_FIRST] > most) {
			most = f->years.votes[y - YEAR_FIRST];
			best = y;
		}
	return best;
}
