/*
 * document: what a page is that is no report, though it speaks of one.
 */
#include "finder.h"

/* What a title says of the report that it names. */
enum title { TITLE_REPORT, TITLE_NEWS, TITLE_OTHER };

enum {
	LISTED = 3,     /* as many titles, one after another, are a list, */
	LISTED_GAP = 2, /* be there a line between them */
};

/*
 * True if the titles of several reports, of many bodies or years, stand one after another, and the page has no title
 * of its own; `heading` is the line that is most like one.
 */
static bool
has_listed(const struct identity_finder *f, size_t heading)
{
	const struct line *before = NULL;
	size_t run = 0, last = 0;
	bool held = heading >= f->nlines;

	for (size_t l = 0; l < f->nlines; l++)
		if ((f->line[l].kind == LINE_TITLE || f->line[l].kind == LINE_ARTICLE) && !f->line[l].titled &&
			has_role(&f->line[l], ROLE_REPORT) && heading_year(f, f->line[l].text))
			return false;
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		int year;

		/* In a page of text the first of them are taken for its titles. */
		if (!heading_is_title(f, line, &year) &&
			!(line->titled && has_role(line, ROLE_DISCLOSURE) && has_role(line, ROLE_REPORT) &&
				heading_year(f, line->text)))
			continue;
		if (is_link(line))
			continue;
		if (before && l - last > LISTED_GAP) {
			if (run >= LISTED && held)
				return true;
			run = 0;
			held = heading >= f->nlines;
		}
		run += run == 0 || !(contains_span(line->text, before->text) || contains_span(before->text, line->text));
		held = held || l == heading;
		before = line;
		last = l;
	}
	return run >= LISTED && held;
}

/*
 * True if the page lists reports and is none: headings of several years one after another, and no
 * text.
 */
static bool
is_list(const struct identity_finder *f, size_t heading)
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
	return f->years.period == 0 && (years >= 4 || has_listed(f, heading));
}

/* The number of an article that begins the text, 第一条, not 第二十条第(一)项, which stands in reports; empty if none does. */
static struct span
article_number(const struct context *c, struct span text)
{
	enum { FARTHEST = 18 }; /* bytes */
	size_t n;

	if (!context_is_at(c, CONTEXT_ORDINAL, text, 0))
		return SPAN("");
	n = context_find(c, CONTEXT_ARTICLE, text);
	return n < text.n && n < FARTHEST &&
			       !context_is_at(c, CONTEXT_ORDINAL, text, n + context_length(c, CONTEXT_ARTICLE, text, n))
		       ? span_head(text, n)
		       : SPAN("");
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

/* True if the offset is behind the number of a part: 二、 */
static bool
is_numbered(const struct identity_finder *f, struct span text, size_t at)
{
	return at >= 6 && span_at(text, at - 3, SPAN("、")) &&
	       numerals_at(f->lexicon->numerals, span_of(text.p + at - 6, 3));
}

/*
 * True if the first word for a part of a report among the hits is another than that of a heading before, which is
 * *first.  In a long text, that of a page on one line, those count that have a number: …三、收到和处理政府信息公开申请情况
 */
static bool
is_second_section(const struct identity_finder *f, struct span text, const struct name_hit *hits, size_t n, uint32_t *first)
{
	bool heading = text.n <= LINK_BYTES * 2;

	for (size_t k = 0; k < n; k++) {
		if (!is_role(f, &hits[k], ROLE_SECTION) || !(heading || is_numbered(f, text, hits[k].start)))
			continue;
		if (*first != NAMES_NONE && *first != hits[k].word)
			return true;
		*first = hits[k].word;
		if (heading)
			return false;
	}
	return false;
}

/* True if headings of two parts of a report stand on the page, which need not name it. */
static bool
has_sections(struct identity_finder *f, const struct page *page)
{
	uint32_t first = NAMES_NONE;

	/* Most pages have them among the lines that were read. */
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		if (!has_role(line, ROLE_SECTION) || (line->kind != LINE_TEXT && line->kind != LINE_CELL))
			continue;
		if (is_second_section(f, line->text, hit_of(f, line, 0), line->nhits, &first))
			return true;
	}
	first = NAMES_NONE;
	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];

		if ((item->kind != ITEM_TEXT && item->kind != ITEM_CELL) || item->text.n > LINK_BYTES * 2)
			continue;
		f->clause->n = 0;
		names_scan(f->lexicon->names, item->text, f->clause);
		if (is_second_section(f, item->text, f->clause->v, f->clause->n, &first))
			return true;
	}
	return false;
}

/* True if the heading has neither year nor name: 政府信息公开年报, as menus have it. */
static bool
heading_is_weak(const struct identity_finder *f, size_t heading)
{
	return f->years.title == 0 && !f->subject[FROM_TITLE].found && f->line[heading].text.n <= LINK_BYTES;
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

/* True if the text holds a word of the role that is not the end, or else the sequel, of one of the role `but`. */
static bool
says(const struct context *c, enum context_role role, enum context_role but, bool end, struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		/* Where a character begins that one of them begins with. */
		if (((unsigned char)text.p[i] & 0xc0) == 0x80 || !context_may(c, role, text, i))
			continue;
		for (size_t k = 0; k < c->of[role].n; k++) {
			struct span word = c->of[role].v[k];

			/* Of many words few end as well as begin so. */
			if (word.n <= text.n - i && text.p[i + word.n - 1] == word.p[word.n - 1] && span_at(text, i, word) &&
				!context_ends(c, but, span_head(text, i + (end ? word.n : 0))))
				return true;
		}
	}
	return false;
}

/* True for a notice: one that asks for reports, 关于报送…年度报告的通知(某办〔2020〕1号), gives none. */
static bool
is_notice(const struct context *c, struct span text)
{
	size_t open = span_find(text, SPAN("("));

	return context_ends(c, CONTEXT_NOTICE, lines_trim(text)) ||
	       (open < text.n && context_ends(c, CONTEXT_NOTICE, span_head(text, open)));
}

/* True if the text has no more than words of the role, what stands in brackets, and what is not Chinese. */
static bool
is_filled(const struct context *c, enum context_role role, struct span text)
{
	for (size_t i = 0, n; i < text.n;) {
		size_t close = text.p[i] == '(' ? span_find(span_from(text, i), SPAN(")")) : 0;

		if (close)
			i += close;
		else if ((n = context_length(c, role, text, i)) > 0)
			i += n;
		else if ((unsigned char)text.p[i] >= 0xe4 && (unsigned char)text.p[i] <= 0xe9)
			return false;
		else
			i++;
	}
	return true;
}

/* True if the line is the title of a report and no more, as far as it stands behind the words for disclosure: none of
 * something told of it, …年度报告在市政府网站公开. */
static bool
is_plain(const struct identity_finder *f, const struct line *line)
{
	static const uint32_t labels = 1u << ROLE_PUBLISHER | 1u << ROLE_PUBLISHED | 1u << ROLE_AUTHOR |
				       1u << ROLE_ASIDE | 1u << ROLE_FOOTER;
	const struct context *c = &f->lexicon->context;
	const struct name_hit *report, *words = subject_report_words(f, line, 0, &report);
	struct span behind;
	struct subject s = {.found = false};
	size_t from;

	if (!words || !report)
		return true;
	/* Of 年度报告 and 报告 that begin or end together, the last. */
	for (size_t i = 0; i < line->nhits; i++)
		if (is_role(f, hit_of(f, line, i), ROLE_REPORT) && hit_of(f, line, i)->start <= report->end + 3 &&
			hit_of(f, line, i)->end > report->end)
			report = hit_of(f, line, i);
	if (!is_filled(c, CONTEXT_BETWEEN, span_of(line->text.p + words->end, report->start > words->end ? report->start - words->end : 0)))
		return false;
	from = lines_skip_marks(line->text, report->end);
	behind = span_from(line->text, from);
	if (context_length(c, CONTEXT_BEHIND, behind, 0) || context_length(c, CONTEXT_FIRST, behind, 0) || is_filled(c, CONTEXT_BEHIND, behind))
		return true;
	/* …年度报告 来源:某县财政局, not …年度报告展示平台 来源:某网 */
	for (size_t i = 0; i < line->nhits; i++) {
		size_t at = hit_of(f, line, i)->start;

		if (at >= report->end && (lexicon_word(f->lexicon, hit_of(f, line, i))->roles & labels) &&
			(at <= from || is_filled(c, CONTEXT_BEHIND, span_of(line->text.p + from, at - from))))
			return true;
	}
	/* …年度报告 某县人民政府 */
	subject_read(f, line, behind, true, &s);
	return s.found && s.known && (s.placed || s.type.n || source_is_bare(f, &s));
}

static enum title
title_of(const struct identity_finder *f, const struct line *line)
{
	const struct context *c = &f->lexicon->context;
	bool asks = context_within(c, CONTEXT_ASKS, line->text);

	if ((asks && is_notice(c, line->text)) || says(c, CONTEXT_ABOUT, CONTEXT_BESIDE, false, line->text))
		return TITLE_OTHER;
	/* 现将2015年政府信息公开工作报告公布如下 */
	if (context_within(c, CONTEXT_FOLLOWS, line->text))
		return TITLE_REPORT;
	return says(c, CONTEXT_NEWS, CONTEXT_GIVEN, true, line->text) || asks || !is_plain(f, line)
		       ? TITLE_NEWS
		       : TITLE_REPORT;
}

/* True if the line is the page's title, or its article's. */
static bool
is_own_title(const struct page *page, const struct line *line)
{
	return line->kind == LINE_TITLE || line->kind == LINE_ARTICLE || line->titled ||
	       page->items[line->item].kind == ITEM_TITLE;
}

/* What the page's titles say of its report: its heading, unless that is a link below the report or elsewhere on the
 * page, 图解:…年度报告. */
static enum title
titled(const struct identity_finder *f, const struct page *page, size_t heading)
{
	enum title most = TITLE_REPORT;
	bool own = heading < f->nlines && is_own_title(page, &f->line[heading]), below = false;
	struct span read = {NULL, 0};

	for (size_t l = 0; l < heading && heading < f->nlines && !own; l++)
		below = below || (has_role(&f->line[l], ROLE_SECTION) && f->line[l].text.n <= LINK_BYTES * 2);
	if (heading < f->nlines && !below) {
		most = title_of(f, &f->line[heading]);
		read = f->line[heading].text;
	}
	for (size_t l = 0; l < f->nlines && !own; l++) {
		const struct line *line = &f->line[l];
		enum title title;

		if (!is_own_title(page, line) || !has_role(line, ROLE_DISCLOSURE) || line->text.n > HEADING_BYTES ||
			(heading < f->nlines && !has_role(line, ROLE_REPORT)) || span_eq(line->text, read))
			continue;
		title = title_of(f, line);
		read = line->text;
		/* A menu in the place of a title names much. */
		if (title == TITLE_OTHER && heading < f->nlines && !contains_span(line->text, f->line[heading].text))
			title = TITLE_NEWS;
		most = title > most ? title : most;
	}
	return most;
}

/* True if one of the lines before the first sentence is the title of something on a report: 政府信息公开申请答复书. */
static bool
is_begun_other(const struct identity_finder *f)
{
	for (size_t l = 0; l < f->nlines && !f->line[l].sentence; l++)
		if (f->line[l].kind == LINE_TEXT && f->line[l].text.n <= HEADING_BYTES &&
			has_role(&f->line[l], ROLE_DISCLOSURE) && title_of(f, &f->line[l]) == TITLE_OTHER)
			return true;
	return false;
}

/* True if a sentence on disclosure says that it is the report: 现将我局…情况报告如下. */
static bool
is_given(const struct identity_finder *f)
{
	for (size_t l = 0; l < f->nlines; l++)
		if (has_role(&f->line[l], ROLE_DISCLOSURE) &&
			context_within(&f->lexicon->context, CONTEXT_FOLLOWS, f->line[l].text))
			return true;
	return false;
}

/* True if the heading is one: no column of the site that the page stands in, nor a menu's. */
static bool
is_headed(const struct identity_finder *f, const struct page *page, size_t heading)
{
	return heading < f->nlines && !contains(f->line[heading].text, ">") &&
	       (!heading_is_weak(f, heading) || is_own_title(page, &f->line[heading]));
}

/* True if a line is the head that reports begin with; it may have been joined to a title in several lines. */
static bool
is_begun(const struct identity_finder *f)
{
	for (size_t l = 0; l < f->nlines; l++)
		if (f->line[l].text.n <= HEADING_BYTES && context_ends(&f->lexicon->context, CONTEXT_FIRST, f->line[l].text))
			return true;
	return false;
}

/* True if a line that is no title holds a word of the role. */
static bool
is_told(const struct identity_finder *f, enum context_role role, size_t longest)
{
	for (size_t l = 0; l < f->nlines; l++)
		if (f->line[l].kind == LINE_TEXT && f->line[l].text.n <= longest &&
			context_within(&f->lexicon->context, role, f->line[l].text))
			return true;
	return false;
}

/* True if the page's title is that of another report, 2021年法治政府建设年度报告, and nothing but its column heads it as one on
 * disclosure. */
static bool
is_foreign(const struct identity_finder *f, const struct page *page, size_t heading)
{
	bool headed = is_headed(f, page, heading);

	/* A link to the report heads nothing, either. */
	if (headed && is_own_title(page, &f->line[heading]))
		return false;
	for (size_t l = 0; l < f->nlines; l++)
		if (is_own_title(page, &f->line[l]) && !has_role(&f->line[l], ROLE_DISCLOSURE) &&
			(!headed || (f->html && heading_year(f, f->line[l].text))) &&
			context_within(&f->lexicon->context, CONTEXT_FOREIGN, f->line[l].text))
			return true;
	return false;
}

/* True if the page's address is one of a column of reports, and the page tells in sentences of disclosure in a year. */
static bool
is_addressed(const struct identity_finder *f, const struct page *page)
{
	if (!context_within(&f->lexicon->context, CONTEXT_ADDRESS, page->source))
		return false;
	for (size_t l = 0; l < f->nlines; l++)
		if (f->line[l].sentence && has_role(&f->line[l], ROLE_DISCLOSURE))
			return f->year != 0;
	return false;
}

/* What the lines of a page speak of. */
struct spoken {
	bool disclosure; /* 政府信息公开, and beside it: */
	bool report;     /* a report */
	bool other;      /* in a title, another document: a guide, a catalogue */
	size_t articles; /* numbers of articles that differ from the one before */
};

static struct spoken
spoken_of(const struct identity_finder *f)
{
	struct spoken s = {false, false, false, 0};
	struct span number = SPAN("");

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		struct span article = article_number(&f->lexicon->context, line->text);

		/* The form of 2021 names 第二十条 again and again, torn from its 第(六)项 on some pages. */
		if (article.n && !span_eq(article, number)) {
			s.articles++;
			number = article;
		}
		if (!has_role(line, ROLE_DISCLOSURE))
			continue;
		s.disclosure = true;
		s.report |= has_role(line, ROLE_REPORT);
		s.other |= (line->kind == LINE_TITLE || line->kind == LINE_ARTICLE) && has_role(line, ROLE_OTHER) &&
			   !has_role(line, ROLE_REPORT);
	}
	return s;
}

const char *
document_why_none(struct identity_finder *f, const struct page *page, size_t heading)
{
	const struct spoken spoken = spoken_of(f);
	bool report = spoken.report, heads, sectioned, bare, addressed;
	enum title title;

	if (!spoken.disclosure)
		return "the page does not speak of government information disclosure";
	heads = heading < f->nlines;
	title = titled(f, page, heading);
	/* The first two are enough where no year is spoken of. */
	if (spoken.articles >= (f->years.title || f->years.sentence || f->years.signature ? 3 : 2) && f->years.period == 0)
		return "the page is a regulation";
	if (title == TITLE_OTHER)
		return "the title is that of another document on disclosure";
	/* Only these ask for the parts of a report: where the lines have none, to look for them is to read the page again. */
	sectioned = (!report || f->years.period == 0) && has_sections(f, page);
	addressed = !report && !sectioned && is_addressed(f, page);
	if (!report && !sectioned && !addressed)
		return "the page does not speak of a report on disclosure";
	/* A link to the reports is no heading of a guide. */
	if (spoken.other && (!heads || f->line[heading].kind == LINE_TEXT ||
			     f->line[heading].kind == LINE_CELL))
		return "the title is that of another document on disclosure";
	if (heads && heading_is_weak(f, heading) && f->years.period == 0 && is_headed_other(f) && !sectioned)
		return "the title is that of another document on disclosure";
	if (heads && is_other(f, &f->line[heading]) && f->years.period == 0)
		return "the title is that of another document on disclosure";
	if (heads && has_role(&f->line[heading], ROLE_PART))
		return "the report is for a part of a year";
	if (!heads && f->years.period == 0 && is_headed_other(f) && !sectioned)
		return "the title is that of another document on disclosure";
	/* What has neither the parts of a report nor its period may be anything on one. */
	bare = f->years.period == 0 && !sectioned && !is_begun(f);
	if (bare && !heads && is_begun_other(f))
		return "the title is that of another document on disclosure";
	if (is_foreign(f, page, heading))
		return "the title is that of another report";
	if (bare && is_told(f, CONTEXT_GONE, HEADING_BYTES))
		return "the page says that it is no more";
	if (bare && is_list(f, heading))
		return "the page lists reports";
	if (bare && (title == TITLE_NEWS || is_told(f, CONTEXT_PRESS, SIZE_MAX)))
		return "the page tells of a report and is none";
	if (bare && !addressed && !is_headed(f, page, heading) && !is_given(f))
		return "nothing says that the page is a report";
	return NULL;
}
