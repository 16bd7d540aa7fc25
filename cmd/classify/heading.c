#include "finder.h"

enum {
	MOST_PARTS = 3, /* lines of a title that are joined at once, */
	MOST_JOINS = 3, /* and how often */
};

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
	if (line->sentence)
		return true;
	for (size_t i = 0; i < line->nhits && has_role(line, ROLE_CITE); i++)
		if (hit_of(f, line, i)->start >= from && is_role(f, hit_of(f, line, i), ROLE_CITE))
			return true;
	return false;
}

/* True if the line leads to the report: 根据《条例》要求,现公布…年度报告: */
static bool
is_lead(const struct identity_finder *f, const struct line *line)
{
	return (span_ends(line->text, SPAN(":")) || span_ends(line->text, SPAN("："))) &&
	       line->nhits > 0 && hit_of(f, line, 0)->start == 0 && has_role(line, ROLE_CITE) &&
	       is_role(f, hit_of(f, line, 0), ROLE_CITE);
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

	if (!heading_kind(line) || line->text.n > HEADING_BYTES || line->listed ||
		!has_role(line, ROLE_DISCLOSURE) || !has_role(line, ROLE_REPORT))
		return 0;
	words = subject_report_words(f, line, 0, &report);
	/* A sentence is read as one (subject_sentence). */
	if (!words || !report || is_lead(f, line) || is_sentence(f, line, report->end))
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
	if (line->sentence || contains(line->text, "，") || contains(line->text, ","))
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
	/* 临洮县审计局2018年度 / 政府信息公开工作年度报告, and 2018年 / 度政府信息公开工作年度报告 */
	words = subject_report_words(f, second, 0, &report);
	if (!words || !report || words->start > (span_starts(second->text, SPAN("度")) ? sizeof "度" - 1 : 0))
		return false;
	scan = year_scan_start(first->text, has_role(first, ROLE_NUMERAL));
	/* 临洮县审计局2018年政府 / 信息公开工作年度报告 */
	return year_scan_next(&scan, &t) && t.month == 0 &&
	       (t.end == first->text.n || (t.end + 6 == first->text.n && span_ends(first->text, SPAN("政府"))));
}

static bool
is_whole(const struct identity_finder *f, const struct line *line)
{
	const struct name_hit *report;

	return subject_report_words(f, line, 0, &report) && report;
}

/* Whether the line names a report, and what stands before is no more than the end of a word: 府信息公开年度报告. */
static bool
is_rest(const struct identity_finder *f, const struct line *line)
{
	const struct name_hit *report, *words = subject_report_words(f, line, 0, &report);

	return words && report && words->start > 0 && words->start <= 3;
}

/*
 * Adds `count` lines from i on as one; false if that cannot be a heading.  Joined headings live in f->title until the
 * page is done.
 */
static bool
add_joined(struct identity_finder *f, size_t i, size_t count)
{
	size_t begin = f->title.n, lines = f->nlines;

	for (size_t k = i; k < i + count; k++)
		buf_add_span(&f->title, f->line[k].text);
	if (f->title.n - begin <= HEADING_BYTES)
		lines_add(f, LINE_TEXT, f->line[i].item, span_of(f->title.p + begin, f->title.n - begin));
	return f->nlines > lines;
}

/* What add_joined may add to. */
struct extent {
	size_t lines, hits, mentions, plain, title;
};

static struct extent
extent_of(const struct identity_finder *f)
{
	return (struct extent){f->nlines, f->hits.n, f->mentions.n, f->nplain, f->title.n};
}

/* Takes back what was added since. */
static void
take_back(struct identity_finder *f, const struct extent *s)
{
	f->nlines = s->lines;
	f->hits.n = s->hits;
	f->mentions.n = s->mentions;
	f->nplain = s->plain;
	f->title.n = s->title;
}

/* What add_joined added, the last line, takes the place of its parts, `count` lines from i on. */
static void
replace_parts(struct identity_finder *f, size_t i, size_t count)
{
	struct line joined = f->line[--f->nlines];

	joined.titled = f->line[i].titled;
	joined.last = f->line[i + count - 1].last;
	f->line[i] = joined;
	f->nlines -= count - 1;
	memmove(&f->line[i + 1], &f->line[i + count], (f->nlines - i - 1) * sizeof *f->line);
}

/* Whether no more than 关于 and a year stands in the text from one offset to another. */
static bool
is_year_only(const struct line *line, size_t from, size_t to)
{
	struct span text = span_of(line->text.p, to);
	struct year_scan scan = year_scan_start(text, has_role(line, ROLE_NUMERAL));
	struct year_token t;

	from = lines_skip_marks(text, from);
	if (span_at(text, from, SPAN("关于")))
		from += sizeof "关于" - 1;
	while (year_scan_next(&scan, &t))
		if (t.start >= from) {
			if (lines_skip_marks(text, from) != t.start)
				return false;
			from = t.end;
			break;
		}
	from = lines_skip_marks(text, from);
	if (span_at(text, from, SPAN("度")))
		from += sizeof "度" - 1;
	return lines_skip_marks(text, from) == to;
}

/*
 * Whether the line is a title that says whose report it is: the name begins it, or stands behind its year, and goes up
 * to the words for a report but for a year and 关于.
 */
static bool
is_of_somebody(const struct identity_finder *f, const struct line *line, struct subject *s)
{
	const struct name_hit *report, *words = subject_report_words(f, line, 0, &report);
	size_t begin;

	if (!words || !report)
		return false;
	subject_heading(f, line, true, s);
	if (!s->found)
		return false;
	begin = (size_t)(s->text.p - line->text.p);
	return begin + s->text.n <= words->start && is_year_only(line, 0, begin) &&
	       is_year_only(line, begin + s->text.n, words->start);
}

/* And that is of a known kind, and of a place. */
static bool
is_named(const struct identity_finder *f, const struct line *line, struct subject *s)
{
	return is_of_somebody(f, line, s) && s->known && (s->nation || (s->placed && !s->mention.loose));
}

/* Whether the line is the name of a place and no more. */
static bool
is_place(const struct identity_finder *f, const struct line *line)
{
	return line->nmentions > 0 && mention_of(f, line, 0)->start == 0 &&
	       mention_of(f, line, line->nmentions - 1)->end == line->text.n;
}

/*
 * Whether the line is the name of a body and no more, or of a site.  That of a government is whole though it goes on as
 * its office's, and that of a town though 人民政府 follows.
 */
static bool
is_body(const struct identity_finder *f, const struct line *line, enum body_kind whole)
{
	struct subject s = {.found = false};

	if (contains(line->text, "网"))
		return true;
	subject_read(f, line, line->text, true, &s);
	if ((s.kind == BODY_GOVERNMENT && whole == BODY_OFFICE) || (s.kind == BODY_TOWNSHIP && whole == BODY_TOWNSHIP))
		return false;
	return s.found && s.placed && s.known && !s.mention.loose && !is_place(f, line) && s.text.n == line->text.n;
}

/* Whether the line may be part of a title that goes on in the next, or comes from the one before. */
static bool
may_be_part(const struct identity_finder *f, const struct line *line)
{
	return (line->kind == LINE_TEXT || (line->kind == LINE_TITLE && !f->html)) && line->text.n <= HEADING_BYTES &&
	       !line->sentence && !has_role(line, ROLE_LINK) && !contains(line->text, "，") && !contains(line->text, ">") &&
	       !contains(line->text, ":");
}

static bool
may_be_parts(const struct identity_finder *f, size_t i, size_t count)
{
	for (size_t k = i; k < i + count; k++)
		if (!may_be_part(f, &f->line[k]))
			return false;
	return true;
}

/* Whether a break after so many bytes is within the place's name, or behind a place that it lies in. */
static bool
is_broken_name(const struct mention *m, size_t at)
{
	return (m->own < at && at < m->end) || (m->chained && m->start < at && at <= m->own);
}

/* Whether `count` lines from i on, joined as line `joined`, are one title. */
static bool
is_one_title(const struct identity_finder *f, size_t i, size_t count, size_t joined)
{
	const struct line *line = &f->line[joined];
	struct subject whole = {.found = false}, part = {.found = false};
	const struct name_hit *report;
	bool titled = true, halves = true, named, proper, body;
	size_t at = 0;

	if (!subject_report_words(f, line, 0, &report) || !report)
		return false;
	named = is_named(f, line, &whole);
	proper = whole.found && whole.known && !whole.placed;
	body = is_body(f, &f->line[i], whole.kind);
	for (size_t k = i; k < i + count; k++) {
		const struct line *of = &f->line[k];

		/* What says by itself whose report it is, or is a name and no more, has nothing to do with its neighbours. */
		bool alone;

		part.found = false;
		part.type = SPAN("");
		alone = is_named(f, of, &part) || part.type.n;

		if (k == i + count - 1)
			alone = alone || (body && part.found);
		else
			alone = alone || (k > i && is_body(f, of, whole.kind));
		if (alone && !(named && is_broken_name(&whole.mention, at ? at : of->text.n)))
			return false;
		at += of->text.n;
		titled = titled && of->titled;
		halves = halves && (!is_whole(f, of) || is_rest(f, of));
	}
	/* Menus have such words without a year, and places, one below the other. */
	if (!titled && (heading_year(line->text) == 0 || is_place(f, &f->line[i])))
		return false;
	/* It is the name that they make together; or no part was a title, and the whole is no more than one. */
	return named || (proper && titled && !part.found) || (halves && (titled || (count == 2 && report->end == line->text.n)));
}

/*
 * Joins the first lines of a title that was broken anywhere: 某市2022年政府信息公开工 / 作年度报告, 某县人民政府办 /
 * 公室2019年政府信息公开工作年度报告.  False if there are none.
 */
static bool
join_broken(struct identity_finder *f)
{
	struct extent before = extent_of(f);

	for (size_t i = 0; i + 1 < before.lines; i++) {
		uint32_t roles = f->line[i].roles;

		for (size_t count = 2; count <= MOST_PARTS && i + count <= before.lines; count++) {
			const struct line *next = &f->line[i + count - 1];

			if (next[-1].last + 1 != next->item)
				break;
			roles |= next->roles;
			/* Of a menu's lines few are looked at. */
			if (!f->line[i].titled && !(roles & (1u << ROLE_DISCLOSURE | 1u << ROLE_REPORT)))
				continue;
			if (!may_be_parts(f, i, count))
				break;
			if (add_joined(f, i, count) && is_one_title(f, i, count, before.lines)) {
				replace_parts(f, i, count);
				return true;
			}
			take_back(f, &before);
		}
	}
	return false;
}

/* Joins 2017年宝山区政府信息公开工作 / 年度报告. */
static void
join_halves(struct identity_finder *f)
{
	size_t n = f->nlines < 400 ? f->nlines : 400;

	for (size_t i = 0; i + 1 < n; i++) {
		const struct line *line = &f->line[i];

		if ((line->kind == LINE_TEXT || line->kind == LINE_TITLE) && line->text.n <= HEADING_BYTES &&
			line[1].text.n <= HEADING_BYTES && is_half(f, line, line + 1)) {
			if (add_joined(f, i, 2))
				replace_parts(f, i, 2);
			return;
		}
	}
}

/* Whether the title of a page of HTML, or of its article, says whose report it is, and of which year. */
static bool
has_named_title(const struct identity_finder *f)
{
	struct subject s = {.found = false};

	for (size_t i = 0; f->html && i < f->nlines; i++)
		if ((f->line[i].kind == LINE_TITLE || f->line[i].kind == LINE_ARTICLE) && heading_year(f->line[i].text) &&
			is_named(f, &f->line[i], &s))
			return true;
	return false;
}

void
heading_join(struct identity_finder *f)
{
	/* What was joined is a part of what is joined next, and must not move. */
	buf_room(&f->title, (MOST_JOINS + 2) * MOST_PARTS * HEADING_BYTES);
	join_halves(f);
	if (has_named_title(f))
		return;
	for (int joins = 0; joins < MOST_JOINS && join_broken(f); joins++)
		;
}

/* True if the line can be the title of a report, with its year. */
static bool
is_title(const struct line *line, int *year)
{
	if ((line->kind != LINE_TEXT && line->kind != LINE_FOOT && line->kind != LINE_CELL) ||
		line->text.n > HEADING_BYTES || !has_role(line, ROLE_DISCLOSURE) ||
		!has_role(line, ROLE_REPORT) || line->sentence)
		return false;
	*year = heading_year(line->text);
	return *year > 0;
}

/* True if the two titles are of one place, or one of them names none. */
static bool
is_same_place(const struct identity_finder *f, const struct line *a, const struct line *b)
{
	const struct mention *m, *n;

	if (a->nmentions == 0 || b->nmentions == 0)
		return true;
	m = mention_of(f, a, 0);
	n = mention_of(f, b, 0);
	return contains_span(m->name, n->name) || contains_span(n->name, m->name);
}

/* True if the lines below the title are of its year and place: it heads them, and ends a list of links. */
static bool
is_borne_out(const struct identity_finder *f, size_t i, int year)
{
	const struct line *line = &f->line[i];
	bool dated = false, placed = line->nmentions == 0;

	for (size_t k = i + 1; k < f->nlines && k <= i + 12; k++) {
		struct year_scan scan = year_scan_start(f->line[k].text, false);
		struct year_token t;
		int other;

		if (is_title(&f->line[k], &other) && other != year)
			return false;
		/* Sentences, not links. */
		if (!f->line[k].sentence)
			continue;
		while (!dated && year_scan_next(&scan, &t))
			dated = t.year == year;
		placed = placed || contains_span(f->line[k].text, mention_of(f, line, 0)->name);
	}
	return dated && placed && is_followed(f, i);
}

void
heading_mark_links(struct identity_finder *f)
{
	for (size_t i = 0; i < f->nlines; i++) {
		struct line *line = &f->line[i], *next = line + 1;
		int year, other;

		if (has_role(line, ROLE_LINK) && line->text.n <= HEADING_BYTES) {
			line->listed = true;
			if (i + 1 < f->nlines && line->text.n <= LINK_BYTES / 2 && is_title(next, &year))
				next->listed = true;
		}
		/* Two reports one below the other: of other years, or of other places. */
		if (i + 1 < f->nlines && is_title(line, &year) && is_title(next, &other) &&
			(year != other || !is_same_place(f, line, next)))
			line->listed = next->listed = true;
	}
	for (size_t i = 0; i < f->nlines; i++) {
		int year;

		if (f->line[i].listed && !has_role(&f->line[i], ROLE_LINK) && is_title(&f->line[i], &year) &&
			is_borne_out(f, i, year))
			f->line[i].listed = false;
	}
}

/* True if one of the texts holds the other. */
static bool
is_same_heading(struct span a, struct span b)
{
	return contains_span(a, b) || contains_span(b, a);
}

bool
heading_is_of_page(const struct identity_finder *f, size_t i)
{
	const struct line *line = &f->line[i];
	bool dated = false;
	int year;

	if (!f->html || line->kind != LINE_TEXT || !is_title(line, &year))
		return true;
	for (size_t k = 0; k < f->nlines; k++) {
		struct year_scan scan;
		struct year_token t;

		if (f->line[k].kind != LINE_TEXT || k == i || !f->line[k].sentence)
			continue;
		if (line->nmentions &&
			contains_span(f->line[k].text, mention_of(f, line, 0)->name))
			return true;
		scan = year_scan_start(f->line[k].text, true);
		while (year_scan_next(&scan, &t)) {
			if (t.year == year)
				return true;
			dated = dated || t.named || t.whole;
		}
	}
	return !dated;
}

static size_t
find_heading(const struct identity_finder *f)
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
		score = heading_year(line->text) ? heading_score(f, i) : 0;
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

size_t
heading_find(struct identity_finder *f)
{
	size_t best = find_heading(f);

	for (int tries = 0; tries < 3 && best < f->nlines && !heading_is_of_page(f, best); tries++) {
		f->line[best].listed = true;
		best = find_heading(f);
	}
	return best;
}

void
heading_beside(struct identity_finder *f, size_t heading)
{
	static const int steps[] = {-1, 1, -2, 2};
	struct subject *s = &f->subject[FROM_TITLE];
	size_t page = heading;

	/* The title of a page in HTML stands in no place: what follows it may be the site's head, and
	 * says less than what the text says. */
	if (f->html && f->line[heading].kind == LINE_TITLE) {
		while (page < f->nlines && (f->line[page].kind == LINE_TITLE ||
					   !span_eq(f->line[page].text, f->line[heading].text)))
			page++;
		if (page == f->nlines)
			s = &f->subject[FROM_HEAD];
		else
			heading = page;
	}
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
