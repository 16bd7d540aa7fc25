/*
 * heading_join: a title that stands in several lines is put together, wherever it was broken.
 */
#include "finder.h"

enum {
	MOST_PARTS = 3, /* lines of a title that are joined at once, */
	MOST_JOINS = 3, /* and how often */
};

/* True if the first of two lines is half a heading: the report word, or all but it, is in the
 * second. */
static bool
is_half(const struct identity_finder *f, const struct line *first, const struct line *second)
{
	const struct name_hit *report, *words = subject_report_words(f, first, 0, &report);
	struct year_scan scan;
	struct year_token t;

	/* Not behind the place of the page on its site: 首页>政务公开>法治政府建设. */
	if (words)
		return !report && !contains(span_from(first->text, words->end), ">") && second->text.n <= LINK_BYTES && has_role(second, ROLE_REPORT) &&
		       !has_role(second, ROLE_DISCLOSURE);
	/* 临洮县审计局2018年度 / 政府信息公开工作年度报告, and 2018年 / 度政府信息公开工作年度报告 */
	words = subject_report_words(f, second, 0, &report);
	if (!words || !report || words->start > (span_starts(second->text, SPAN("度")) ? sizeof "度" - 1 : 0))
		return false;
	scan = year_scan_start(&f->lexicon->years, first->text, has_role(first, ROLE_NUMERAL));
	/* 临洮县审计局2018年政府 / 信息公开工作年度报告 */
	return year_scan_next(&scan, &t) && t.month == 0 &&
	       (t.end == first->text.n || (t.end + 6 == first->text.n && context_ends(&f->lexicon->context, CONTEXT_GOVERNMENT, first->text)));
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
is_year_only(const struct identity_finder *f, const struct line *line, size_t from, size_t to)
{
	struct span text = span_of(line->text.p, to);
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, has_role(line, ROLE_NUMERAL));
	struct year_token t;

	from = lines_skip_marks(text, from);
	from += context_length(&f->lexicon->context, CONTEXT_ON, text, from);
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
	return begin + s->text.n <= words->start && is_year_only(f, line, 0, begin) &&
	       is_year_only(f, line, begin + s->text.n, words->start);
}

/* And that is of a known kind, and of a place. */
static bool
is_named(const struct identity_finder *f, const struct line *line, struct subject *s)
{
	return is_of_somebody(f, line, s) && s->known && (s->nation || (s->placed && !s->mention.loose));
}

/* And that is of a known kind, but of no place: 和平镇人民政府. */
static bool
is_proper(const struct identity_finder *f, const struct line *line)
{
	struct subject s = {.found = false};

	return is_of_somebody(f, line, &s) && s.known && !s.placed;
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

	if (has_role(line, ROLE_WEBSITE))
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
	       !line->sentence && !is_link(line) && !contains(line->text, "，") && !contains(line->text, ">") &&
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
	bool titled = true, halves = true, named, body;
	size_t at = 0;

	if (!subject_report_words(f, line, 0, &report) || !report)
		return false;
	named = is_named(f, line, &whole);
	body = is_body(f, &f->line[i], whole.kind);
	for (size_t k = i; k < i + count; k++) {
		const struct line *of = &f->line[k];
		bool alone;

		/* What says by itself whose report it is, or is a name and no more, has nothing to do with its neighbours. */
		part = (struct subject){.found = false};
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
	/* A site's masthead above a title that names nobody: heading_beside weighs it. */
	if (f->html && body && whole.kind == BODY_GOVERNMENT && is_whole(f, &f->line[i + 1]) &&
		!is_rest(f, &f->line[i + 1]))
		return false;
	/* Menus have such words without a year, and places, one below the other. */
	if (!titled && (heading_year(f, line->text) == 0 || is_place(f, &f->line[i])))
		return false;
	/* It is the name that they make together; or no part was a title, and the whole is no more than one. */
	return named || (titled && !part.found && is_proper(f, line)) ||
	       (halves && (titled || (count == 2 && report->end == line->text.n)));
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

/* Joins 2017年宝山区政府信息公开工作 / 年度报告; false if there are no such lines. */
static bool
join_halves(struct identity_finder *f)
{
	size_t n = f->nlines < 400 ? f->nlines : 400;

	for (size_t i = 0; i + 1 < n; i++) {
		const struct line *line = &f->line[i];

		if ((line->kind == LINE_TEXT || line->kind == LINE_TITLE) && line->text.n <= HEADING_BYTES &&
			line[1].text.n <= HEADING_BYTES && is_half(f, line, line + 1)) {
			if (!add_joined(f, i, 2))
				return false;
			replace_parts(f, i, 2);
			return true;
		}
	}
	return false;
}

/* Whether the title of a page of HTML, or of its article, says whose report it is, and of which year. */
static bool
has_named_title(const struct identity_finder *f)
{
	struct subject s = {.found = false};

	for (size_t i = 0; f->html && i < f->nlines; i++)
		if ((f->line[i].kind == LINE_TITLE || f->line[i].kind == LINE_ARTICLE) && heading_year(f, f->line[i].text) &&
			is_named(f, &f->line[i], &s))
			return true;
	return false;
}

void
heading_join(struct identity_finder *f)
{
	bool named = has_named_title(f);

	/* What was joined is a part of what is joined next, and must not move. */
	buf_room(&f->title, (MOST_JOINS + 2) * MOST_PARTS * HEADING_BYTES);
	for (int joins = 0; joins < MOST_JOINS; joins++)
		if ((named || !join_broken(f)) && (joins > 0 || !join_halves(f)))
			return;
}
