#include "finder.h"

/* True if such a line can be a heading. */
static bool
may_head(const struct line *line)
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

	if (!may_head(line) || line->text.n > HEADING_BYTES || line->listed ||
		!has_role(line, ROLE_DISCLOSURE) || !has_role(line, ROLE_REPORT))
		return 0;
	words = subject_report_words(f, line, 0, &report);
	/* A sentence is read as one (subject_sentence). */
	if (!words || !report || is_lead(f, line) || is_sentence(f, line, report->end))
		return 0;
	score = line->kind == LINE_ARTICLE ? 7 : line->kind == LINE_CELL ? 5 : 6;
	scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
	if (year_scan_next(&scan, &t))
		score += 2;
	subject_heading(f, line, true, &s);
	if (s.found && s.placed && !s.mention.loose)
		score += 3;
	else if (s.found && s.known)
		score += 2;
	if (context_within(&f->lexicon->context, CONTEXT_SHEET, line->text))
		score -= 4;
	if (line->text.n > 150)
		score -= 2;
	if (line->sentence || contains(line->text, "，") || contains(line->text, ","))
		score -= 4;
	if (contains(line->text, ">") ||
		context_is_at(&f->lexicon->context, CONTEXT_PATH, line->text, lines_skip_marks(line->text, 0)))
		score -= 4;
	if (has_role(line, ROLE_OTHER))
		score -= 3;
	score += is_followed(f, i) ? 2 : 0;
	return score > 0 ? score : 1;
}

bool
heading_is_title(const struct identity_finder *f, const struct line *line, int *year)
{
	if ((line->kind != LINE_TEXT && line->kind != LINE_FOOT && line->kind != LINE_CELL) ||
		line->text.n > HEADING_BYTES || !has_role(line, ROLE_DISCLOSURE) ||
		!has_role(line, ROLE_REPORT) || line->sentence)
		return false;
	*year = heading_year(f, line->text);
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
		struct year_scan scan = year_scan_start(&f->lexicon->years, f->line[k].text, false);
		struct year_token t;
		int other;

		if (heading_is_title(f, &f->line[k], &other) && other != year)
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

		if (is_link(line) && line->text.n <= HEADING_BYTES) {
			line->listed = true;
			if (i + 1 < f->nlines && line->text.n <= LINK_BYTES / 2 && heading_is_title(f, next, &year))
				next->listed = true;
		}
		/* Two reports one below the other: of other years, or of other places. */
		if (i + 1 < f->nlines && heading_is_title(f, line, &year) && heading_is_title(f, next, &other) &&
			(year != other || !is_same_place(f, line, next)))
			line->listed = next->listed = true;
	}
	for (size_t i = 0; i < f->nlines; i++) {
		int year;

		if (f->line[i].listed && !is_link(&f->line[i]) && heading_is_title(f, &f->line[i], &year) &&
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

	if (!f->html || line->kind != LINE_TEXT || !heading_is_title(f, line, &year))
		return true;
	for (size_t k = 0; k < f->nlines; k++) {
		struct year_scan scan;
		struct year_token t;

		if (f->line[k].kind != LINE_TEXT || k == i || !f->line[k].sentence)
			continue;
		if (line->nmentions &&
			contains_span(f->line[k].text, mention_of(f, line, 0)->name))
			return true;
		scan = year_scan_start(&f->lexicon->years, f->line[k].text, true);
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
		score = heading_year(f, line->text) ? heading_score(f, i) : 0;
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
	bool letter = false;

	/* The title of a page in HTML stands in no place: what follows it may be the site's head, and
	 * says less than what the text says. */
	if (f->html && (f->line[heading].kind == LINE_TITLE || f->line[heading].kind == LINE_ARTICLE)) {
		while (page < f->nlines && (f->line[page].kind == LINE_TITLE ||
					   f->line[page].kind == LINE_ARTICLE ||
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
		struct span name;

		if (k >= f->nlines)
			continue;
		line = &f->line[k];
		if (!may_head(line) || line->text.n > NAME_BYTES)
			continue;
		/* 饶阳县人民政府文件 stands above what the government itself issues. */
		name = line->text;
		if (steps[i] < 0)
			name.n -= context_ending(&f->lexicon->context, CONTEXT_LETTER, line->text);
		letter = name.n < line->text.n;
		subject_read(f, line, name, true, s);
		s->found = s->found && s->placed && s->known &&
			   (!s->mention.loose || (s->kind == BODY_ZONE && s->rest.n >= 9)) &&
			   s->mention.start == 0 && s->text.n == name.n;
	}
	/* It may be the head of the site, on which departments report, too. */
	f->masthead = f->html && s->found && s->kind == BODY_GOVERNMENT && !letter;
}

/* True if nothing but a word for a range stands between: 2008—2012年, 2008年至2012年. */
static bool
is_range(const struct identity_finder *f, struct span text, size_t from, size_t to)
{
	size_t at = from, n;

	while (at < to && (n = context_length(&f->lexicon->context, CONTEXT_RANGE, text, at)))
		at += n;
	return at > from && at == to;
}

int
heading_year(const struct identity_finder *f, struct span text)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, true);
	struct year_token t;
	size_t end = 0;
	int year = 0;

	while (year_scan_next(&scan, &t)) {
		if (t.whole)
			return t.year;
		/* Of several years the last. */
		if (t.month == 0 && (year == 0 || is_range(f, text, end, t.start)))
			year = t.year;
		end = t.end;
	}
	return year;
}
