/*
 * subject_aside: a title may name a place and, elsewhere in it or below it, the body of that place that reports:
 * 某县2022年…年度报告(水利局), 水利局:某县2022年…年度报告, 某县2022年水利局….
 */
#include "finder.h"

/* What stands in a line between marks, years and the words for the report. */
struct piece {
	struct span text;
	bool bracketed, labelled;
};

struct pieces {
	struct span text;
	size_t skip, past; /* from where to where the words for the report stand; SIZE_MAX: they do not */
	size_t at;
	struct year_scan scan;
	struct year_token year;
	bool dated; /* the year is still to come */
};

static bool
is_opened(struct span before)
{
	return span_ends(before, SPAN("(")) || span_ends(before, SPAN("〔")) || span_ends(before, SPAN("["));
}

/* The bytes of what ends a piece at i: marks, brackets; 0 if nothing does. */
static size_t
cut_at(struct span text, size_t i)
{
	if (text.p[i] == '(' || text.p[i] == ')')
		return 1;
	if (span_at(text, i, SPAN("〔")) || span_at(text, i, SPAN("〕")))
		return sizeof "〔" - 1;
	return lines_skip_marks(text, i) - i;
}

static struct pieces
pieces_of(const struct identity_finder *f, const struct line *line, size_t skip, size_t past)
{
	struct pieces p = {.text = line->text, .skip = skip, .past = past};

	p.scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
	p.dated = year_scan_next(&p.scan, &p.year);
	return p;
}

/* The next piece, which may be empty; false at the end. */
static bool
next_piece(struct pieces *p, struct piece *piece)
{
	size_t start = p->at, n = 0, i = start;

	if (start > p->text.n)
		return false;
	for (; n == 0; i += n == 0) {
		while (p->dated && p->year.start < i)
			p->dated = year_scan_next(&p->scan, &p->year);
		n = i == p->text.n                   ? 1
		    : i == p->skip                   ? p->past - i
		    : p->dated && p->year.start == i ? p->year.end - i
						     : cut_at(p->text, i);
	}
	piece->text = span_of(p->text.p + start, i - start);
	piece->bracketed = is_opened(span_head(p->text, start)) && i < p->text.n;
	piece->labelled = start > 0 && p->text.p[start - 1] == ':';
	p->at = i + n;
	return true;
}

/* True if the places are one, also where one of them is named in short, or neither is said. */
static bool
is_same(struct span a, struct span b)
{
	return span_starts(a, b) || span_starts(b, a);
}

/* True if the body is of a place of that name: 县水利局 is none of a city's. */
static bool
may_be_of(const struct identity_finder *f, const struct subject *one, const struct subject *place)
{
	if (!place->found)
		return true;
	if (one->placed)
		return is_same(one->place, place->place);
	return !one->type.n || types_at_end(&f->lexicon->types, place->place) == TYPE_NONE ||
	       span_ends(place->place, one->type);
}

/* True if the piece is the name of a body that is a part of a government, or of none, and nothing else. */
static bool
is_body(const struct identity_finder *f, const struct piece *piece, const struct subject *one,
	const struct subject *place)
{
	const struct context *c = &f->lexicon->context;

	if (!one->found || !one->known || one->text.n != lines_trim(piece->text).n || one->kind == BODY_GOVERNMENT ||
		one->kind == BODY_OFFICE || contains(one->text, "、"))
		return false;
	/* …年度报告(不含公安局), (含部门), (各乡镇) */
	if (context_within(c, CONTEXT_EXCEPTS, one->text) || context_is_at(c, CONTEXT_BESIDE, one->text, 0) ||
		context_within(c, CONTEXT_EVERY, one->text) || context_within(c, CONTEXT_DEPARTMENTS, one->text) ||
		context_within(c, CONTEXT_TOWNS, one->text) || context_within(c, CONTEXT_COUNTIES, one->text))
		return false;
	if (!piece->bracketed && source_may_keep(f, one))
		return false;
	return one->type.n || (one->placed && (!one->mention.loose || one->rest.n >= 9)) ||
	       ((piece->bracketed || place->found) && source_is_bare(f, one));
}

/* Takes the body that was read for the title's. */
static void
adopt(struct subject *s, struct subject *one)
{
	if (s->found && (!one->placed || one->mention.loose)) {
		one->placed = true;
		one->mention = s->mention;
	}
	*s = *one;
}

/* True if more stands in the title than the subject, a year and the words for the report. */
static bool
has_more(struct span title, const struct name_hit *words, const struct name_hit *report, const struct subject *s)
{
	enum { BODY_BYTES = 9, YEAR_BYTES = 7 }; /* 水利局, 2021年: the least */
	size_t said = s->found && s->text.p < title.p + words->start ? s->text.n : 0;

	return title.n - report->end >= BODY_BYTES || words->start >= said + BODY_BYTES + YEAR_BYTES;
}

void
subject_aside(const struct identity_finder *f, const struct line *line, const struct name_hit *words,
	const struct name_hit *report, struct subject *s)
{
	struct pieces pieces;
	struct piece piece;
	/* 某县人民政府2022年…年度报告-某县水利局 is the government's, on the bureau's site. */
	bool brackets = s->found && s->rest.n > 0;

	/* Where a page stands on its site is another matter: 首页>水利局>…. */
	if (line->text.n > HEADING_BYTES || !has_more(line->text, words, report, s) || contains(line->text, ">"))
		return;
	pieces = pieces_of(f, line, words->start, report->end);
	while (next_piece(&pieces, &piece)) {
		struct subject one = {.found = false};

		if (piece.text.n < 6 || piece.labelled || (brackets && !piece.bracketed))
			continue;
		subject_read(f, line, piece.text, true, &one);
		if (!is_body(f, &piece, &one, s) || !may_be_of(f, &one, s))
			continue;
		adopt(s, &one);
		return;
	}
}

void
subject_aside_lines(const struct identity_finder *f, size_t heading, struct subject *s)
{
	const struct line *title = &f->line[heading];

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		struct piece piece = {.text = line->text};
		struct subject one = {.found = false};

		if (l == heading || line->listed || line->kind == LINE_SITE || line->text.n > HEADING_BYTES)
			continue;
		/* The first line of a text, cut into parts as a page's title is. */
		if (!f->html && line->item == title->item && line->titled) {
			subject_read(f, line, line->text, true, &one);
			if (!is_body(f, &piece, &one, s) || !may_be_of(f, &one, s))
				continue;
		} else if (line->kind == LINE_TEXT && has_role(line, ROLE_DISCLOSURE) && line->text.n > title->text.n &&
			   contains_span(line->text, title->text)) {
			subject_heading(f, line, true, &one);
			if (!one.found || one.kind == BODY_GOVERNMENT || one.kind == BODY_OFFICE || !one.placed)
				continue;
		} else {
			continue;
		}
		adopt(s, &one);
		return;
	}
}

/* The body that a line below the title names, alone but for a date: 县水利局 2022-01-12; false for a menu's, and a
 * label's. */
static bool
read_byline(const struct identity_finder *f, const struct line *line, const struct subject *title, struct subject *s)
{
	static const uint32_t labels =
		1u << ROLE_PUBLISHER | 1u << ROLE_AUTHOR | 1u << ROLE_FILING | 1u << ROLE_DISCLOSURE;
	struct pieces pieces;
	struct piece piece;

	s->found = false;
	if (line->kind != LINE_TEXT || line->sentence || line->listed || (line->roles & labels) ||
		line->text.n > 2 * NAME_BYTES || contains(line->text, ">"))
		return false;
	pieces = pieces_of(f, line, SIZE_MAX, SIZE_MAX);
	while (next_piece(&pieces, &piece)) {
		struct subject one = {.found = false};

		if (piece.text.n < 6 || piece.labelled)
			continue;
		subject_read(f, line, piece.text, true, &one);
		if (!is_body(f, &piece, &one, title) || source_may_keep(f, &one) || !may_be_of(f, &one, title))
			continue;
		if (s->found) {
			s->found = false;
			return false;
		}
		*s = one;
	}
	return s->found;
}

/* True if the line is the name of a body and no more, as a menu's lines are; the government's may be the site's. */
static bool
is_menus(const struct identity_finder *f, const struct line *line)
{
	struct subject s = {.found = false};

	if (line->kind != LINE_TEXT || line->sentence || line->text.n > NAME_BYTES)
		return false;
	subject_read(f, line, line->text, true, &s);
	return s.found && s.known && s.kind != BODY_GOVERNMENT;
}

void
subject_byline(const struct identity_finder *f, size_t heading, struct subject *s)
{
	const struct subject *title = &f->subject[FROM_TITLE];
	struct subject one, next;
	size_t l = heading;

	/* The title of a page in HTML stands in no place. */
	while (l < f->nlines && f->html &&
		(f->line[l].kind != LINE_TEXT || !contains_span(f->line[l].text, f->line[heading].text)))
		l++;
	for (size_t below = 1; below <= 2 && l + below < f->nlines; below++) {
		/* What the report says begins here. */
		if (f->line[l + below].sentence)
			break;
		if (!read_byline(f, &f->line[l + below], title, &one))
			continue;
		if (l + below + 1 < f->nlines && read_byline(f, &f->line[l + below + 1], title, &next))
			return;
		*s = one;
		return;
	}
	/* 县水利局 above its title, alone. */
	if (l > 0 && l < f->nlines && read_byline(f, &f->line[l - 1], title, &one) &&
		one.text.n == f->line[l - 1].text.n && (l < 2 || !is_menus(f, &f->line[l - 2])) &&
		(l < 3 || !is_menus(f, &f->line[l - 3])))
		*s = one;
}
