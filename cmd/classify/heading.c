#include "finder.h"

bool
heading_kind(const struct line *line)
{
	return line->kind == LINE_TITLE || line->kind == LINE_ARTICLE || line->kind == LINE_TEXT ||
	       line->kind == LINE_CELL;
}

/* True if what stands below a heading stands below the line: its date or source, or a paragraph. */
static bool
is_followed(const struct identity_finder *f, size_t i)
{
	for (size_t k = i + 1; k < f->nlines && k <= i + 4; k++)
		if (has_role(&f->line[k], ROLE_PUBLISHED) ||
			has_role(&f->line[k], ROLE_PUBLISHER) ||
			(f->line[k].kind == LINE_TEXT && f->line[k].text.n > HEADING_BYTES))
			return true;
	return false;
}

/* True if the line is one, or goes over into one behind the offset: …年度报告根据《条例》编制. */
static bool
is_sentence(const struct identity_finder *f, const struct line *line, size_t from)
{
	if (contains(line->text, "。"))
		return true;
	for (size_t i = 0; i < line->nhits && has_role(line, ROLE_CITE); i++)
		if (hit_of(f, line, i)->start >= from && is_role(f, hit_of(f, line, i), ROLE_CITE))
			return true;
	return false;
}

/* How much a line looks like the report's own heading; 0: not at all. */
static int
heading_score(const struct identity_finder *f, size_t i)
{
	const struct line *line = &f->line[i];
	const struct name_hit *report, *words;
	struct subject s = {.found = false};
	struct year_scan scan;
	struct year_token t;
	int score;

	if (!heading_kind(line) || line->text.n > HEADING_BYTES ||
		!has_role(line, ROLE_DISCLOSURE) || !has_role(line, ROLE_REPORT))
		return 0;
	words = subject_report_words(f, line, 0, &report);
	/* A sentence is read as one (subject_sentence). */
	if (!words || !report || is_sentence(f, line, report->end))
		return 0;
	score = line->kind == LINE_ARTICLE ? 7 : line->kind == LINE_CELL ? 5 : 6;
	scan = year_scan_start(line->text, has_role(line, ROLE_NUMERAL));
	if (year_scan_next(&scan, &t))
		score += 2;
	subject_heading(f, line, true, &s);
	if (s.found && s.placed && !s.mention.loose)
		score += 3;
	else if (s.found && s.known)
		score += 2;
	if (contains(line->text, "统计表"))
		score -= 4;
	if (line->text.n > 150)
		score -= 2;
	if (contains(line->text, "。") || contains(line->text, "，") || contains(line->text, ","))
		score -= 4;
	if (contains(line->text, ">") || contains(line->text, "位置"))
		score -= 4;
	if (has_role(line, ROLE_OTHER))
		score -= 3;
	score += is_followed(f, i) ? 2 : 0;
	return score > 0 ? score : 1;
}

/* True if the first of two lines is half a heading: the report word, or all but it, is in the
 * second. */
static bool
is_half(const struct identity_finder *f, const struct line *first, const struct line *second)
{
	const struct name_hit *report, *words = subject_report_words(f, first, 0, &report);
	struct year_scan scan;
	struct year_token t;

	if (words)
		return !report && second->text.n <= LINK_BYTES && has_role(second, ROLE_REPORT) &&
		       !has_role(second, ROLE_DISCLOSURE);
	/* 临洮县审计局2018年度 / 政府信息公开工作年度报告 */
	words = subject_report_words(f, second, 0, &report);
	if (!words || !report || words->start > 0)
		return false;
	scan = year_scan_start(first->text, has_role(first, ROLE_NUMERAL));
	return year_scan_next(&scan, &t) && t.end == first->text.n && t.month == 0;
}

void
heading_join(struct identity_finder *f)
{
	size_t n = f->nlines < 400 ? f->nlines : 400;

	for (size_t i = 0; i + 1 < n; i++) {
		const struct line *line = &f->line[i];

		if ((line->kind != LINE_TEXT && line->kind != LINE_TITLE) ||
			line->text.n > HEADING_BYTES || line[1].text.n > HEADING_BYTES ||
			!is_half(f, line, line + 1))
			continue;
		/* The joined heading lives in f->title until the page is done. */
		buf_add_span(&f->title, line->text);
		buf_add_span(&f->title, line[1].text);
		lines_add(f, LINE_TEXT, line->item, buf_span(&f->title));
		return;
	}
}

/* True if one of the texts holds the other. */
static bool
is_same_heading(struct span a, struct span b)
{
	return span_find(a, b) < a.n || span_find(b, a) < b.n;
}

size_t
heading_find(struct identity_finder *f)
{
	size_t best = f->nlines, title = f->nlines;
	int most = 0;

	/* The page's own title, if it has the year: links to other reports do not come before it.
	 */
	for (size_t i = 0; i < f->nlines; i++) {
		const struct line *line = &f->line[i];
		int score;

		if (line->kind != LINE_TITLE && line->kind != LINE_ARTICLE)
			continue;
		score = heading_score(f, i);
		if (score >= 8 && score > most) {
			most = score;
			title = i;
		}
	}
	most = 0;
	for (size_t i = 0; i < f->nlines; i++) {
		int score = heading_score(f, i);

		if (score > most &&
			(title == f->nlines || f->line[i].kind == LINE_TITLE ||
				f->line[i].kind == LINE_ARTICLE ||
				is_same_heading(f->line[i].text, f->line[title].text))) {
			most = score;
			best = i;
		}
	}
	return best;
}

void
heading_beside(struct identity_finder *f, size_t heading)
{
	static const int steps[] = {-1, 1, -2, 2};
	struct subject *s = &f->subject[FROM_TITLE];

	for (size_t i = 0; i < sizeof steps / sizeof *steps && !s->found; i++) {
		/* Before the first line the number wraps round, far beyond the last. */
		size_t k = heading + (size_t)steps[i];
		const struct line *line;

		if (k >= f->nlines)
			continue;
		line = &f->line[k];
		if (!heading_kind(line) || line->text.n > NAME_BYTES)
			continue;
		subject_read(f, line, line->text, true, s);
		s->found = s->found && s->placed && s->known &&
			   (!s->mention.loose || (s->kind == BODY_ZONE && s->rest.n >= 9)) &&
			   s->mention.start == 0 && s->text.n == line->text.n;
	}
}

int
heading_year(struct span text)
{
	struct year_scan scan = year_scan_start(text, true);
	struct year_token t;
	int year = 0;

	while (year_scan_next(&scan, &t)) {
		if (t.whole)
			return t.year;
		/* 2008-2012年: the last of them. */
		if (t.month == 0 && (year == 0 || (t.start && text.p[t.start - 1] == '-')))
			year = t.year;
	}
	return year;
}
