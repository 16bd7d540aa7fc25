/*
 * document: what a page is that is no report, though it speaks of one.
 */
#include "finder.h"

/*
 * True if the page lists reports and is none: headings of several years one after another, and no
 * text.
 */
static bool
is_list(const struct identity_finder *f)
{
	int years = 0;
	uint64_t seen = 0;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		struct year_scan scan;
		struct year_token t;

		/* A paragraph, or a sentence in which somebody speaks: 我县公开信息500条。 */
		if (line->text.n > HEADING_BYTES * 2 ||
			((line->roles & (1u << ROLE_SELF | 1u << ROLE_OWN)) &&
				line->sentence))
			return false;
		if (line->kind == LINE_TITLE || !has_role(line, ROLE_DISCLOSURE) ||
			!has_role(line, ROLE_REPORT))
			continue;
		scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
		if (!year_scan_next(&scan, &t) || seen & (uint64_t)1 << (t.year - YEAR_FIRST))
			continue;
		seen |= (uint64_t)1 << (t.year - YEAR_FIRST);
		years++;
	}
	return years >= 4 && f->period_year == 0;
}

/* 第一条, not 第二十条第(一)项, which stands in reports. */
static bool
is_article(struct span text)
{
	size_t n;

	if (!span_starts(text, SPAN("第")))
		return false;
	n = span_find(text, SPAN("条"));
	return n < 18 && !span_at(text, n + 3, SPAN("第"));
}

/* True if a word for another document stands in the line, and is not cited: in marks, or behind 根据. */
static bool
is_other(const struct identity_finder *f, const struct line *line)
{
	bool cited = false;

	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		size_t open = hit->start;

		cited = cited || (hit->start == 0 && is_role(f, hit, ROLE_CITE));
		if (cited || !is_role(f, hit, ROLE_OTHER))
			continue;
		while (open > 0 && !span_at(line->text, open, SPAN("《")) &&
			!span_at(line->text, open, SPAN("》")))
			open--;
		if (!span_at(line->text, open, SPAN("《")))
			return true;
	}
	return false;
}

/* True if headings of two parts of a report stand on the page, which need not name it. */
static bool
has_sections(struct identity_finder *f, const struct page *page)
{
	uint32_t first = NAMES_NONE;

	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];

		if ((item->kind != ITEM_TEXT && item->kind != ITEM_CELL) || item->text.n > LINK_BYTES * 2)
			continue;
		f->clause->n = 0;
		names_scan(f->lexicon->names, item->text, f->clause);
		for (size_t k = 0; k < f->clause->n; k++) {
			const struct name_hit *hit = &f->clause->v[k];

			if (!is_role(f, hit, ROLE_SECTION))
				continue;
			if (first != NAMES_NONE && first != hit->word)
				return true;
			first = hit->word;
			break;
		}
	}
	return false;
}

/* True if the heading has neither year nor name: 政府信息公开年报, as menus have it. */
static bool
heading_is_weak(const struct identity_finder *f, size_t heading)
{
	return f->title_year == 0 && !f->subject[FROM_TITLE].found && f->line[heading].text.n <= LINK_BYTES;
}

/* True if a line names another document and whose it is: 临夏县政府信息公开指南(2024年). */
static bool
is_headed_other(const struct identity_finder *f)
{
	for (size_t l = 0; l < f->nlines; l++)
		if (f->line[l].text.n <= HEADING_BYTES && f->line[l].nmentions > 0 &&
			has_role(&f->line[l], ROLE_OTHER) && is_other(f, &f->line[l]) &&
			!f->line[l].sentence)
			return true;
	return false;
}

const char *
document_why_none(struct identity_finder *f, const struct page *page, size_t heading)
{
	bool disclosure = false, report = false, other = false, heads;
	size_t articles = 0;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		articles += is_article(line->text);
		if (!has_role(line, ROLE_DISCLOSURE))
			continue;
		disclosure = true;
		report = report || has_role(line, ROLE_REPORT);
		other = other ||
			((line->kind == LINE_TITLE || line->kind == LINE_ARTICLE) &&
				has_role(line, ROLE_OTHER) && !has_role(line, ROLE_REPORT));
	}
	if (!disclosure)
		return "the page does not speak of government information disclosure";
	heads = heading < f->nlines;
	if (articles >= 3 && f->period_year == 0)
		return "the page is a regulation";
	if (!report && !has_sections(f, page))
		return "the page does not speak of a report on disclosure";
	/* A link to the reports is no heading of a guide. */
	if (other && (!heads || f->line[heading].kind == LINE_TEXT ||
			     f->line[heading].kind == LINE_CELL))
		return "the title is that of another document on disclosure";
	if (heads && heading_is_weak(f, heading) && f->period_year == 0 && is_headed_other(f) &&
		!has_sections(f, page))
		return "the title is that of another document on disclosure";
	if (heads && is_other(f, &f->line[heading]) && f->period_year == 0)
		return "the title is that of another document on disclosure";
	if (heads && has_role(&f->line[heading], ROLE_PART))
		return "the report is for a part of a year";
	if (!heads && f->period_year == 0 && is_headed_other(f) && !has_sections(f, page))
		return "the title is that of another document on disclosure";
	if (is_list(f) && !has_sections(f, page))
		return "the page lists reports";
	return NULL;
}
