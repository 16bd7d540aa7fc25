/*
 * subject_said: where a line says whose report the page is: in a heading, in a sentence that names the report or tells
 * of the year, of who compiled it, or of who is asked about it.
 */
#include "finder.h"

/* A line names few reports, years and bodies before the one that is meant. */
enum { TRIES = 12 };

const struct name_hit *
subject_report_words(const struct identity_finder *f, const struct line *line, size_t from,
	const struct name_hit **report)
{
	const struct name_hit *words = NULL;

	*report = NULL;
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->start < from)
			continue;
		if (is_role(f, hit, ROLE_DISCLOSURE)) {
			/* Of 政府信息公开 and 信息公开 that end together, the first in the list is
			 * the longer. */
			if (!words || hit->start >= words->end)
				words = hit;
		} else if (words && is_role(f, hit, ROLE_REPORT) && hit->start >= words->end) {
			if (hit->start - words->end > 60)
				continue;
			*report = hit;
			return words;
		}
	}
	return words;
}

/* The bytes of the mark at i that ends a clause; 0 if there is none. */
static size_t
stop_at(struct span text, size_t i)
{
	static const char *const wide[] = {"。", "；", "，", "：", "《", "“"};

	switch (text.p[i]) {
	case ';':
	case ',':
	case ':':
	case '"':
	case '>':
	case '|':
		return 1;
	case '\xe2':
	case '\xe3':
	case '\xef':
		return lines_wide_mark(text, i, wide, sizeof wide / sizeof *wide);
	default:
		return 0;
	}
}

/* Where what ends at `end` begins, behind the mark before it; NAME_BYTES before it if there is none so near. */
static size_t
behind_stop(struct span text, size_t end)
{
	size_t begin = end;

	while (begin > 0 && end - begin < NAME_BYTES && !stop_at(text, begin - 1) &&
		!(begin >= 3 && stop_at(text, begin - 3) == 3))
		begin--;
	return begin;
}

/* True if a word before the piece says that a document is only cited. */
static bool
is_cited(const struct identity_finder *f, const struct line *line, size_t begin, size_t end)
{
	for (size_t i = 0; i < line->nhits && hit_of(f, line, i)->end <= end; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		/* 按照要求,现公布…: what was cited ends before the piece. */
		if (hit->end + 12 >= begin && is_role(f, hit, ROLE_CITE) &&
			(hit->end >= begin ||
				!contains(span_of(line->text.p + hit->end, begin - hit->end), ",")))
			return true;
	}
	return false;
}

/* True if the text, a part of the line, speaks of itself or of all alike, or of what is cited: 我局, 本市,
 * 各部门, 根据条例. */
static bool
is_pronoun(const struct identity_finder *f, const struct line *line, struct span text)
{
	size_t start = (size_t)(text.p - line->text.p);

	for (size_t i = 0; i < line->nhits; i++)
		if (hit_of(f, line, i)->start == start &&
			lexicon_word(f->lexicon, hit_of(f, line, i))->roles &
				(1u << ROLE_SELF | 1u << ROLE_OWN | 1u << ROLE_CITE) &&
			!lines_in_place(f, line, hit_of(f, line, i)))
			return true;
	return context_length(&f->lexicon->context, CONTEXT_PRONOUN, text, 0);
}

/* True if it is a body's own name, though no place is in it: 大涌镇人民政府, not 办公室. */
static bool
is_proper(const struct identity_finder *f, const struct subject *s)
{
	const struct context *c = &f->lexicon->context;

	return s->found && s->known && !s->placed &&
	       s->kind != BODY_GOVERNMENT && s->kind != BODY_OTHER && s->text.n >= 9 &&
	       !context_within(c, CONTEXT_EVERY, s->text) && !contains(s->text, "、") && !contains(s->text, "”") &&
	       (s->kind != BODY_DEPARTMENT || s->type.n || s->nation || !context_ends(c, CONTEXT_ROOM, s->text));
}

/*
 * Who reports, out of the words before the disclosure word `words`, which begin behind the mark that
 * stands before them, at *begin.
 */
static void
read_before(const struct identity_finder *f, const struct line *line, const struct name_hit *words,
	bool heading, size_t *from, struct subject *s)
{
	struct year_scan scan;
	struct year_token t;
	size_t begin = 0, end = words->start, last, shared = 0;

	/* 海淀区人民政府信息公开: the words share the 政府. */
	if (end >= 6)
		shared = context_length(&f->lexicon->context, CONTEXT_GOVERNMENT, line->text, end - 6);
	if (shared > 6)
		end += shared - 6;
	for (size_t back = end > 300 ? end - 300 : 0; back < end; back++) {
		size_t n = stop_at(line->text, back);

		if (n && back + n <= end)
			begin = back + n;
	}
	*from = begin;
	/* 根据《湖南省…年度报告…通知》: cited, not given. */
	if (!heading && is_cited(f, line, begin, words->start))
		return;
	/* Years part the piece; the last part that names a place, or else the first that is no
	 * blank, unless it is no body's name and a later one is, is it. */
	scan = year_scan_start(&f->lexicon->years,
		span_of(line->text.p + begin, end - begin), has_role(line, ROLE_NUMERAL));
	last = begin;
	for (bool more = true; more;) {
		struct subject one = {.found = false};
		size_t stop;

		more = year_scan_next(&scan, &t);
		stop = more ? begin + t.start : end;
		if (stop > last)
			subject_read(
				f, line, span_of(line->text.p + last, stop - last), heading, &one);
		/* 现将我局2017年…报告如下 names nobody. */
		if (one.found && is_pronoun(f, line, one.text))
			one.found = false;
		if (one.found && (!s->found || (one.placed && (!s->placed || !one.mention.loose)) ||
					 (!s->placed && !s->known && is_proper(f, &one))))
			*s = one;
		/* 2018-2019学年某大学 */
		if (more)
			last = begin + t.end +
			       context_length(&f->lexicon->context, CONTEXT_OF_YEAR, span_of(line->text.p, end), begin + t.end);
	}
}

void
subject_heading(
	const struct identity_finder *f, const struct line *line, bool heading, struct subject *s)
{
	const struct name_hit *report, *words = subject_report_words(f, line, 0, &report);
	struct year_scan scan;
	struct year_token t;
	size_t begin, end;

	s->found = false;
	if (!words)
		return;
	read_before(f, line, words, heading, &begin, s);
	/* …年度报告(宝山区): behind the words only a place or a known kind of body is taken. */
	if (!s->found && heading && report && report->end < line->text.n) {
		struct subject one = {.found = false};

		scan = year_scan_start(&f->lexicon->years, line->text, has_role(line, ROLE_NUMERAL));
		end = line->text.n;
		begin = report->end;
		while (year_scan_next(&scan, &t))
			if (t.start >= report->end) {
				if (lines_skip_marks(line->text, report->end) + 1 >= t.start)
					begin = t.end;
				else
					end = t.start;
				break;
			}
		if (end > begin)
			subject_read(
				f, line, span_of(line->text.p + begin, end - begin), true, &one);
		if (one.found && one.placed && !one.mention.loose && one.known)
			*s = one;
	}
	if (heading && report && (!s->found || (s->kind == BODY_GOVERNMENT && s->placed)))
		subject_aside(f, line, words, report, s);
}

/* True if the words stand in the marks of another document's title: 《…年度报告制度》. */
static bool
is_titled(struct span text, size_t start, size_t end)
{
	size_t open = start, close;

	while (open > 0 && start - open < 240 && !span_at(text, open, SPAN("《")) &&
		!span_at(text, open, SPAN("》")))
		open--;
	if (!span_at(text, open, SPAN("《")))
		return false;
	close = span_find(span_from(text, end), SPAN("》"));
	/* 《…年度报告》, and 《…年度报告(试行)》 too. */
	return close > 0;
}

/* 新疆维吾尔自治区形成了《2016年…》: who stands before the mark and the word for making the report. */
static void
read_giver(const struct identity_finder *f, const struct line *line, size_t mark, struct subject *s)
{
	size_t begin = behind_stop(line->text, mark), end = mark;

	for (size_t i = 0; i < line->nhits && hit_of(f, line, i)->end <= mark; i++)
		if (hit_of(f, line, i)->start > begin && hit_of(f, line, i)->start < end &&
			is_role(f, hit_of(f, line, i), ROLE_LEAD))
			end = hit_of(f, line, i)->start;
	if (end < mark && mark - begin < NAME_BYTES)
		subject_read(f, line, span_of(line->text.p + begin, end - begin), false, s);
	if (s->found && (!s->placed || s->mention.start != begin))
		s->found = false;
}

/* True if what stands behind the place says what the body is: 海事局, and of a school two characters: 延安大学. */
static bool
says_what(const struct subject *s)
{
	return s->rest.n >= 9 || (s->kind == BODY_INSTITUTION && s->rest.n >= 6);
}

void
subject_sentence(struct identity_finder *f, const struct line *line)
{
	size_t from = 0;

	if (f->subject[FROM_SENTENCE].found || !has_role(line, ROLE_REPORT))
		return;
	for (int tries = 0; tries < TRIES; tries++) {
		const struct name_hit *report, *words = subject_report_words(f, line, from, &report);
		struct subject s = {.found = false};
		size_t begin = 0;

		if (!words || !report)
			return;
		from = report->end;
		if (is_titled(line->text, words->start, report->end) ||
			contains(span_of(line->text.p + words->end, report->start - words->end), "。"))
			continue;
		read_before(f, line, words, false, &begin, &s);
		if (!s.found && begin >= 3 && span_at(line->text, begin - 3, SPAN("《")))
			read_giver(f, line, begin - 3, &s);
		if (!s.found)
			continue;
		/* Where 河北海事局 is its short name does not say, but what it is. */
		if ((s.placed && s.known && (!s.mention.loose || (source_is_part(f, &s) && says_what(&s)))) ||
			is_proper(f, &s)) {
			f->subject[FROM_SENTENCE] = s;
			f->years.sentence = heading_year(f,
				span_of(line->text.p + begin, report->end - begin));
			return;
		}
	}
}

/* The name between the offset and a word for what the body did, if it is surely one. */
static bool
read_opening(const struct identity_finder *f, const struct line *line, size_t from, struct subject *s)
{
	const struct context *c = &f->lexicon->context;
	struct span text = line->text;

	from = lines_skip_marks(text, from);
	if (is_pronoun(f, line, span_from(text, from)))
		return false;
	for (size_t i = from; i < text.n && i - from < NAME_BYTES && !stop_at(text, i); i++) {
		struct subject one = {.found = false};

		/* Only where a character begins. */
		if (((unsigned char)text.p[i] & 0xc0) == 0x80 ||
			!context_is_at(c, CONTEXT_ACTS, text, i))
			continue;
		if (i > from)
			subject_read(f, line, span_of(text.p + from, i - from), false, &one);
		/* Where a zone or school lies its short name does not say, but what it is. */
		if (one.found && one.known && one.text.p == text.p + from &&
			(!one.mention.loose || (one.kind != BODY_GOVERNMENT && says_what(&one))) &&
			(one.placed || one.type.n || is_proper(f, &one))) {
			*s = one;
			return true;
		}
	}
	return false;
}

/* The bytes of 在市委、市政府的坚强领导下 that stand there, with the marks before them; 0 if none do. */
static size_t
led_by(const struct identity_finder *f, struct span text, size_t at)
{
	size_t from = lines_skip_marks(text, at), n;

	if (!context_is_at(&f->lexicon->context, CONTEXT_UNDER, text, from))
		return 0;
	for (size_t i = from; i < text.n && i - from < NAME_BYTES && !span_at(text, i, SPAN("。")); i++)
		if (((unsigned char)text.p[i] & 0xc0) != 0x80 &&
			(n = context_length(&f->lexicon->context, CONTEXT_LED, text, i)) > 0)
			return i + n - at;
	return 0;
}

void
subject_opening(struct identity_finder *f, const struct line *line)
{
	struct subject *s = &f->subject[FROM_OPENING];
	struct year_scan scan;
	struct year_token t;

	/* A heading that says whose report it is needs no more. */
	if (s->found || line->text.n <= LINK_BYTES ||
		(f->subject[FROM_TITLE].found && f->subject[FROM_TITLE].placed && !f->masthead))
		return;
	scan = year_scan_start(&f->lexicon->years, line->text, false);
	for (int tries = 0; tries < TRIES && year_scan_next(&scan, &t); tries++) {
		size_t from = t.end, n;

		/* 按照《2021年南宁市政务公开工作要点》 */
		if ((!t.named && !t.whole && !context_is_at(&f->lexicon->context, CONTEXT_OF_YEAR, line->text, t.end)) ||
			t.month || is_titled(line->text, t.start, t.end))
			continue;
		while ((n = context_length(&f->lexicon->context, CONTEXT_OF_YEAR, line->text, from)))
			from += n;
		while ((n = led_by(f, line->text, from)))
			from += n;
		if (read_opening(f, line, from, s))
			return;
	}
	/* 翠山湖管委会高度重视…: without a year only a name of its own. */
	if ((unsigned char)line->text.p[0] >= 0xe4 && line->sentence &&
		read_opening(f, line, 0, s) &&
		((!s->placed && !is_proper(f, s)) || context_ends(&f->lexicon->context, CONTEXT_ROOM, s->text) ||
			contains(s->text, " ")))
		s->found = false;
}

/* Reads who compiled out of the part: the body whose office it was. */
static bool
read_compiler(struct identity_finder *f, const struct line *line, struct span part, bool placed)
{
	struct subject s = {.found = false};
	struct span body = subject_without_desk(f, line, part);

	subject_read(f, line, part, false, &s);
	if (body.n < part.n && (!s.known || context_within(&f->lexicon->context, CONTEXT_OPEN, part))) {
		s.found = false;
		subject_read(f, line, body, false, &s);
	}
	if (!s.found || !s.known || is_pronoun(f, line, s.text) ||
		(placed && (!s.placed || s.mention.loose) && !(s.type.n && source_is_part(f, &s))))
		return false;
	f->subject[FROM_COMPILER] = s;
	return true;
}

void
subject_compiler(struct identity_finder *f, const struct line *line)
{
	const struct context *c = &f->lexicon->context;
	const struct context_words *stops = &c->of[CONTEXT_STOPS];

	if (f->subject[FROM_COMPILER].found || !has_role(line, ROLE_COMPILED))
		return;
	for (size_t i = 0, tries = 0; i < line->nhits && tries < TRIES; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct span part = span_from(line->text, hit->end);
		size_t begin;

		if (is_role(f, hit, ROLE_LEAD) && context_is_at(c, CONTEXT_BY, line->text, hit->start)) {
			part = span_head(part, NAME_BYTES);
			for (size_t k = 0; k < stops->n; k++) {
				size_t stop = span_find(part, stops->v[k]);

				if (stop < part.n)
					part.n = stop;
			}
			tries++;
			if (part.n < NAME_BYTES && read_compiler(f, line, part, false))
				return;
			continue;
		}
		/* 要求,太仆寺旗人民政府办公室编制了…: from the mark before it on. */
		if (!is_role(f, hit, ROLE_COMPILED) ||
			!context_is_at(c, CONTEXT_MADE, line->text, hit->end))
			continue;
		tries++;
		begin = behind_stop(line->text, hit->start);
		part = span_of(line->text.p + begin, hit->start - begin);
		/* 某县财政局结合实际编制本报告 */
		for (size_t k = 3; k < part.n && part.n < NAME_BYTES; k++)
			/* Only where a character begins. */
			if (((unsigned char)part.p[k] & 0xc0) != 0x80 &&
				(context_is_at(c, CONTEXT_STOPS, part, k) || context_is_at(c, CONTEXT_ACTS, part, k)))
				part.n = k;
		if (part.n >= NAME_BYTES || !read_compiler(f, line, part, true))
			continue;
		/* What the government's office compiles is its government's as a rule: whose, the site says. */
		if (context_is_at(c, CONTEXT_DONE, line->text, hit->end) || f->subject[FROM_COMPILER].kind != BODY_OFFICE)
			return;
		f->subject[FROM_COMPILER].found = false;
	}
}

void
subject_contact(struct identity_finder *f, const struct line *line)
{
	struct span text = line->text;

	if (f->subject[FROM_CONTACT].found || !has_role(line, ROLE_CONTACT))
		return;
	for (size_t i = 0, tries = 0; i < line->nhits && tries < TRIES; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct subject s = {.found = false};
		struct span part, body;
		size_t from, n = 0;

		if (!is_role(f, hit, ROLE_CONTACT))
			continue;
		tries++;
		from = lines_skip_marks(text, hit->end);
		while (from + n < text.n && n < NAME_BYTES && !stop_at(text, from + n) &&
			text.p[from + n] != '(' && !context_is_at(&f->lexicon->context, CONTEXT_REACHED, text, from + n))
			n++;
		if (n == NAME_BYTES)
			continue;
		part = span_of(text.p + from, n);
		body = subject_without_desk(f, line, part);
		/* 统计局办公室 is the bureau's; 人民政府办公室 may be whose report it is. */
		subject_read(f, line, body, false, &s);
		if (!s.known || (s.kind == BODY_GOVERNMENT && !context_within(&f->lexicon->context, CONTEXT_OPEN, part))) {
			s.found = false;
			subject_read(f, line, part, false, &s);
		}
		/* 市政府办公室文电科: a part of the office. */
		n = s.found && s.kind == BODY_DEPARTMENT ? context_length(&f->lexicon->context, CONTEXT_OFFICE, s.rest, 0) : 0;
		if (n && n < s.rest.n) {
			part.n = (size_t)(s.rest.p - part.p) + n;
			s.found = false;
			subject_read(f, line, part, false, &s);
		}
		if (s.found && s.known && s.placed && !s.mention.loose) {
			f->subject[FROM_CONTACT] = s;
			return;
		}
	}
}
