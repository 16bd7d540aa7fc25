#include "finder.h"

/* A line names few reports, years and bodies before the one that is meant. */
enum { TRIES = 12 };

/* The longest word for a kind of place: 自治区. */
enum { TYPE_BYTES = 9 };

/* True if a place's name holds the offset, so what begins there is not a word of its own. */
static bool
in_mention(const struct identity_finder *f, const struct line *line, size_t offset)
{
	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (m->start < offset && offset < m->end)
			return true;
	}
	return false;
}

/* Strips what is no part of a name: words of role `lead` in front, `trail` behind, and marks. */
static struct span
strip(const struct identity_finder *f, const struct line *line, struct span part)
{
	for (bool again = true; again && part.n;) {
		size_t start, end;
		bool placed = false;

		again = false;
		part = lines_trim(part);
		start = (size_t)(part.p - line->text.p);
		end = start + part.n;
		for (size_t i = 0; i < line->nmentions; i++)
			placed = placed || mention_of(f, line, i)->start == start;
		for (size_t i = 0; i < line->nhits; i++) {
			const struct name_hit *hit = hit_of(f, line, i);

			if (!placed && hit->start == start && hit->end <= end &&
				is_role(f, hit, ROLE_LEAD)) {
				part = span_of(
					part.p + (hit->end - start), part.n - (hit->end - start));
				again = true;
				break;
			}
			if (hit->end == end && hit->start > start && is_role(f, hit, ROLE_TRAIL) &&
				!in_mention(f, line, hit->start)) {
				part.n -= hit->end - hit->start;
				again = true;
				break;
			}
		}
	}
	return part;
}

/* 市 of 市教育局, not of 市场监督管理局; empty if the text does not begin with the kind of a place.
 */
static struct span
type_of(const struct identity_finder *f, const struct line *line, struct span text)
{
	const struct types *types = &f->lexicon->types;
	size_t start = (size_t)(text.p - line->text.p), type = types_at_start(types, text);

	for (size_t i = 0; i < line->nhits; i++)
		if (hit_of(f, line, i)->start == start &&
			is_role(f, hit_of(f, line, i), ROLE_BROKEN))
			return span_of(text.p, 0);
	return span_of(text.p, type == TYPE_NONE ? 0 : types->v[type].word.n);
}

/* True if the mention can mean one prefecture or province only. */
static bool
only_cities(const struct identity_finder *f, const struct mention *m)
{
	const struct region *first =
		m->n ? regions_row(f->lexicon->regions, f->mentions.row[m->first]) : NULL;

	for (size_t k = 0; k < m->n; k++) {
		const struct region *row =
			regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);

		if (row->level == REGION_COUNTY || row->code != first->code)
			return false;
	}
	return m->n > 0;
}

/* True if what follows a place is no more than the word for a branch: 平江 of
 * 岳阳市生态环境局平江分局. */
static bool
is_branch(const struct identity_finder *f, struct span rest)
{
	size_t ending;

	return bodies_kind(f->bodies, rest, &ending) == BODY_DEPARTMENT && ending == rest.n &&
	       rest.n >= 6;
}

/* The mention cut down to its row in the other's region, if all rows there are of one code; else n
 * is 0. */
static struct mention
cut_to(const struct identity_finder *f, const struct mention *m, const struct mention *outer)
{
	const struct region *up = regions_row(f->lexicon->regions, f->mentions.row[outer->first]),
			    *found = NULL;
	struct mention cut = *m;

	cut.n = 0;
	for (size_t k = 0; k < m->n; k++) {
		const struct region *row =
			regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);

		if (row->level <= up->level || !lexicon_under(f->lexicon, row, up->code, row->to))
			continue;
		if (found && found->code != row->code) {
			cut.n = 0;
			return cut;
		}
		if (!found || row->to > found->to)
			cut.first = m->first + (uint32_t)k;
		found = row->to > (found ? found->to : 0) ? row : found;
		cut.n = 1;
	}
	cut.loose = false;
	return cut;
}

/* True if a word for a body of the nation begins there; 水利部门 holds none. */
static bool
is_nation(const struct identity_finder *f, const struct line *line, size_t start)
{
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->start == start && is_role(f, hit, ROLE_NATION))
			return !context_is_at(&f->lexicon->context, CONTEXT_DEPARTMENTS, line->text, hit->end - 3);
	}
	return false;
}

/* True if both can only mean the same row. */
static bool
is_same_place(const struct identity_finder *f, const struct mention *a, const struct mention *b)
{
	return a->n == b->n && a->n && (a->zone == b->zone || b->zone >= 0) &&
	       memcmp(f->mentions.row + a->first, f->mentions.row + b->first,
		       a->n * sizeof *f->mentions.row) == 0;
}

/* True if what stands before a place's short name, a character or two, makes it part of another name. */
static bool
within_name(struct span before)
{
	if (before.n != 3 && before.n != 6)
		return false;
	for (size_t i = 0; i < before.n; i += 3)
		if ((unsigned char)before.p[i] < 0xe4 || (unsigned char)before.p[i] > 0xe9)
			return false;
	return true;
}

/* The place a piece of a line is of: `within` lies in `best`, and what is of it ends at `bracket`, or 0. */
struct choice {
	const struct mention *best;
	struct mention within;
	size_t bracket;
};

/* 白碱滩区(克拉玛依高新区): one of the rows of `best` is the zone's. */
static bool
is_zone_of(const struct identity_finder *f, const struct mention *zone, const struct mention *best)
{
	for (size_t k = 0; k < best->n; k++)
		if (f->mentions.row[best->first + k] == f->mentions.row[zone->first])
			return true;
	return false;
}

/* Takes the next place named in the piece, which ends at `end` of the line. */
static void
choose(const struct identity_finder *f, const struct line *line, const struct mention *m, size_t end,
	struct choice *c)
{
	const struct mention *best = c->best;

	if (!best || (best->loose && !m->loose)) {
		c->best = m;
		return;
	}
	/* 中国共产党平江县委员会平江县人民政府: the last of those that sign together. */
	if (!m->loose && !best->loose && is_same_place(f, m, best) &&
		(m->zone == best->zone || f->lexicon->zone[best->zone].coincident)) {
		c->best = m;
		return;
	}
	/* 岳阳市公安局岳阳楼区分局: a place that lies in the first, behind a word that is part of the name. */
	if (m->zone < 0 && !best->loose && m->start > best->end && m->n && best->n && c->within.n == 0 &&
		(!m->loose || is_branch(f, span_of(line->text.p + m->end, end - m->end))) &&
		!(m->start >= 3 && context_is_at(&f->lexicon->context, CONTEXT_STATIONED, line->text, m->start - 3))) {
		c->within = cut_to(f, m, best);
		if (c->within.n)
			return;
	}
	/* 白碱滩区(克拉玛依高新区): the place in the brackets is the same or lies in the first. */
	if (m->zone >= 0 && m->start <= best->end + 3 && best->n && m->n) {
		if (is_zone_of(f, m, best) && f->lexicon->zone[m->zone].coincident)
			c->bracket = m->end;
		else
			c->best = m;
	}
}

static struct choice
choose_place(const struct identity_finder *f, const struct line *line, struct span part)
{
	size_t start = (size_t)(part.p - line->text.p), end = start + part.n;
	struct choice c = {.best = NULL};

	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (m->start < start || m->end > end)
			continue;
		/* 市平安办: the word for the kind says whose it is. */
		if (!c.best && m->loose && m->start > start && m->start <= start + TYPE_BYTES &&
			m->start == start + type_of(f, line, part).n)
			continue;
		choose(f, line, m, end, &c);
	}
	/* 北海 of 拱北海关, 海东 of 航海东路: a short name that begins within another. */
	if (c.best && c.best->loose && within_name(span_of(part.p, c.best->start - start)))
		c.best = NULL;
	return c;
}

/* The parts of a name that has a place. */
static void
set_place(const struct identity_finder *f, const struct line *line, struct span part, bool heading,
	const struct choice *c, struct subject *s)
{
	const struct mention *best = c->best;
	size_t start = (size_t)(part.p - line->text.p), end = start + part.n, ending;
	size_t place_end = c->bracket > best->end ? c->bracket : best->end, every;

	if (place_end < end && line->text.p[place_end] == ')')
		place_end++;
	/* A body's name may begin with its system: 国家税务总局杭州市税务局. */
	if (best->start > start && heading) {
		bodies_kind(f->bodies, span_of(part.p, best->start - start), &ending);
		if (ending == 0)
			start = best->start;
	} else {
		start = best->start;
	}
	s->placed = true;
	s->mention = c->within.n ? c->within : *best;
	s->text = span_of(line->text.p + start, end - start);
	s->place = span_of(line->text.p + best->own, place_end - best->own);
	s->own = start < best->start ? s->text : span_of(line->text.p + best->own, end - best->own);
	s->rest = lines_trim(span_of(line->text.p + place_end, end - place_end));
	/* 丽水市各县(市、区)和市级各部门: what was compiled, for the place. */
	every = context_find(&f->lexicon->context, CONTEXT_EVERY, s->rest);
	if (every < s->rest.n) {
		s->rest = lines_trim(span_of(s->rest.p, every));
		s->text = span_of(s->text.p, (size_t)(s->rest.p + s->rest.n - s->text.p));
		s->own = span_of(s->own.p, (size_t)(s->rest.p + s->rest.n - s->own.p));
	}
}

/* The kind of body that what stands behind the place names. */
static void
set_kind(const struct identity_finder *f, const struct mention *best, struct subject *s)
{
	struct span name = s->rest;
	size_t ending;

	/* 档案局(馆), 发展和改革局(粮食局): the bracket is not the ending. */
	if (span_ends(name, SPAN(")")) && name.p[0] != '(') {
		size_t open = span_find(name, SPAN("("));

		name.n = open < name.n ? open : name.n;
	}
	s->kind = bodies_kind(f->bodies, name, &ending);
	s->known = ending > 0;
	/* 益阳教育局: a city's short name before a body of government; 公安局 is of no county. */
	if (best && best->loose && s->rest.n >= (s->kind == BODY_DEPARTMENT ? 6 : 9) &&
		(s->kind == BODY_DEPARTMENT || s->kind == BODY_ZONE || s->kind == BODY_INSTITUTION))
		s->mention.loose = !only_cities(f, best);
	/* 和平镇 is a town, wherever 和平 is a county. */
	if (best && best->loose && s->kind == BODY_TOWNSHIP) {
		s->placed = false;
		s->place.n = 0;
		s->rest = s->own = s->text;
	}
	/* 人民政府 of a place that is in no table is not that of the place named before it. */
	if (s->kind == BODY_GOVERNMENT && name.n - s->type.n > ending)
		s->kind = BODY_OTHER;
}

void
subject_read(const struct identity_finder *f, const struct line *line, struct span part,
	bool heading, struct subject *s)
{
	struct choice place;

	part = strip(f, line, part);
	if (part.n == 0 || part.n > NAME_BYTES)
		return;
	*s = (struct subject){.found = true, .text = part, .own = part, .kind = BODY_OTHER};
	place = choose_place(f, line, part);
	if (place.best) {
		set_place(f, line, part, heading, &place, s);
	} else {
		s->place = span_of(part.p, 0);
		s->rest = lines_trim(part);
		s->type = type_of(f, line, part);
		s->nation = is_nation(f, line, (size_t)(part.p - line->text.p));
	}
	if (place.best && s->rest.n == 0) {
		s->kind = place.best->zone >= 0 && !f->lexicon->zone[place.best->zone].coincident
				  ? BODY_ZONE
				  : BODY_GOVERNMENT;
		s->known = true;
	} else if (s->type.n && s->type.n == part.n) {
		s->kind = BODY_GOVERNMENT;
		s->known = true;
	} else {
		set_kind(f, place.best, s);
	}
}

bool
subject_of_zone(const struct identity_finder *f, const struct subject *s)
{
	return s->placed && (s->kind == BODY_GOVERNMENT || s->kind == BODY_OFFICE) && s->mention.zone >= 0 &&
	       !f->lexicon->zone[s->mention.zone].coincident;
}

void
subject_in_year(struct identity_finder *f, struct subject *s, int year)
{
	const struct regions *regions = f->lexicon->regions;
	struct mentions *all = &f->mentions;
	struct mention *m = &s->mention;
	const struct zone *z;

	if (!s->found || !s->placed || m->zone < 0 || year <= f->lexicon->zone[m->zone].to)
		return;
	z = &f->lexicon->zone[m->zone];
	for (size_t i = 0; i < regions_count(regions); i++) {
		const struct region *row = regions_row(regions, i);

		if (year < row->from || year > row->to || !span_eq(row->name, z->short_name) ||
			!regions_within(regions, row->code, z->parent, year))
			continue;
		all->row = grow(all->row, all->nrows, &all->rows_cap, sizeof *all->row);
		m->first = (uint32_t)all->nrows;
		m->n = 1;
		m->zone = -1;
		all->row[all->nrows++] = (uint16_t)i;
		/* The body's name is that of the division, without the place it lies in. */
		if (s->own.p == s->place.p && span_starts(s->own, z->name) && span_ends(z->name, row->name)) {
			s->own = span_of(s->own.p + z->name.n - row->name.n, s->own.n + row->name.n - z->name.n);
			s->place = span_of(s->own.p, s->place.n + row->name.n - z->name.n);
		}
		if (s->kind == BODY_ZONE && s->rest.n == 0)
			s->kind = BODY_GOVERNMENT;
		return;
	}
}

void
subject_of_value(struct identity_finder *f, struct span value, size_t item, struct subject *s)
{
	size_t at_line = f->nlines;

	if (value.n == 0 || value.n > NAME_BYTES)
		return;
	lines_add(f, LINE_SOURCE, item, value);
	if (f->nlines > at_line)
		subject_read(f, &f->line[at_line], f->line[at_line].text, true, s);
}

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
		for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
			if (span_at(text, i, span_of(wide[k], 3)))
				return 3;
		return 0;
	default:
		return 0;
	}
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
				(1u << ROLE_SELF | 1u << ROLE_OWN | 1u << ROLE_CITE))
			return true;
	return context_length(&f->lexicon->context, CONTEXT_PRONOUN, text, 0);
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
	/* Years part the piece; the last part that names a place, or else the last that is no
	 * blank, is it. */
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
		if (one.found && (!s->found || (one.placed && (!s->placed || !one.mention.loose))))
			*s = one;
		if (more)
			last = begin + t.end;
	}
}

/* …年度报告(县财政局): without its place only a department, and alone in the brackets. */
static void
read_in_brackets(const struct identity_finder *f, const struct line *line, size_t begin, struct subject *s)
{
	struct span part = span_from(line->text, begin);
	struct subject one = {.found = false};

	if (!span_starts(part, SPAN("(")) || !span_ends(part, SPAN(")")))
		return;
	part = span_of(part.p + 1, part.n - 2);
	subject_read(f, line, part, true, &one);
	if (one.found && one.type.n && one.kind == BODY_DEPARTMENT && one.text.n == part.n && source_is_bare(f, &one))
		*s = one;
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
		else if (end == line->text.n)
			read_in_brackets(f, line, begin, s);
	}
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

/* 新疆维吾尔自治区形成了《2016年…》: who stands before the mark and the word for making the report. */
static void
read_giver(const struct identity_finder *f, const struct line *line, size_t mark, struct subject *s)
{
	size_t begin = mark, end = mark;

	while (begin > 0 && mark - begin < NAME_BYTES && !stop_at(line->text, begin - 1) &&
		!(begin >= 3 && stop_at(line->text, begin - 3) == 3))
		begin--;
	for (size_t i = 0; i < line->nhits && hit_of(f, line, i)->end <= mark; i++)
		if (hit_of(f, line, i)->start > begin && hit_of(f, line, i)->start < end &&
			is_role(f, hit_of(f, line, i), ROLE_LEAD))
			end = hit_of(f, line, i)->start;
	if (end < mark && mark - begin < NAME_BYTES)
		subject_read(f, line, span_of(line->text.p + begin, end - begin), false, s);
	if (s->found && (!s->placed || s->mention.start != begin))
		s->found = false;
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
		if ((s.placed && !s.mention.loose && s.known) || is_proper(f, &s)) {
			f->subject[FROM_SENTENCE] = s;
			f->sentence_year = heading_year(f,
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
			(!one.mention.loose || (one.kind != BODY_GOVERNMENT && one.rest.n >= 9)) &&
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
		(f->subject[FROM_TITLE].found && f->subject[FROM_TITLE].placed))
		return;
	scan = year_scan_start(&f->lexicon->years, line->text, false);
	for (int tries = 0; tries < TRIES && year_scan_next(&scan, &t); tries++) {
		size_t from = t.end, n;

		/* 按照《2021年南宁市政务公开工作要点》 */
		if ((!t.named && !t.whole) || t.month || is_titled(line->text, t.start, t.end))
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

/* Without the office that does a body's work on disclosure, if a body is left. */
static struct span
without_desk(const struct identity_finder *f, const struct line *line, struct span part)
{
	size_t start, end;

	part = lines_trim(part);
	start = (size_t)(part.p - line->text.p);
	end = start + part.n;
	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->end != end || hit->start <= start || !is_role(f, hit, ROLE_DESK))
			continue;
		part.n -= hit->end - hit->start;
		/* 水利局政府信息公开办公室: the 政府 is of the office, that of 宝山区政府 is not. */
		if (span_ends(part, SPAN("政府")) && part.n > 6 && !span_ends(part, SPAN("人民政府")) &&
			types_at_end(&f->lexicon->types, span_of(part.p, part.n - 6)) == TYPE_NONE)
			part.n -= 6;
		return part;
	}
	return part;
}

void
subject_of_desk(const struct identity_finder *f, const struct line *line, struct subject *s)
{
	struct span body = without_desk(f, line, line->text);

	subject_read(f, line, line->text, true, s);
	if (s->found && s->kind == BODY_DEPARTMENT && context_within(&f->lexicon->context, CONTEXT_OPEN, s->text) && body.n < s->text.n) {
		s->found = false;
		subject_read(f, line, body, true, s);
	}
}

/* Reads who compiled out of the part: the body whose office it was. */
static bool
read_compiler(struct identity_finder *f, const struct line *line, struct span part, bool placed)
{
	struct subject s = {.found = false};
	struct span body = without_desk(f, line, part);

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
		size_t begin = hit->start;

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
		while (begin > 0 && hit->start - begin < NAME_BYTES && !stop_at(line->text, begin - 1) &&
			!(begin >= 3 && stop_at(line->text, begin - 3) == 3))
			begin--;
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
		body = without_desk(f, line, part);
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
