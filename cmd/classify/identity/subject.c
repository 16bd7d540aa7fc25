#include "finder.h"

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
			/* 某县(本级) */
			if (hit->end + 1 == end && hit->start > start + 1 && is_role(f, hit, ROLE_TRAIL) &&
				line->text.p[end - 1] == ')' && line->text.p[hit->start - 1] == '(') {
				part.n -= hit->end - hit->start + 2;
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

/* True if the row lies in a region the mention can mean. */
static bool
lies_in(const struct identity_finder *f, const struct region *row, const struct mention *outer)
{
	for (size_t k = 0; k < outer->n; k++) {
		const struct region *up = regions_row(f->lexicon->regions, f->mentions.row[outer->first + k]);

		if (row->level > up->level && lexicon_under(f->lexicon, row, up->code, row->to < up->to ? row->to : up->to))
			return true;
	}
	return false;
}

/* The mention cut down to its rows in the other's region, of which the year tells one: 大丰市 and 大丰区 of
 * 盐城市.  n is 0 if there are none, or others stand between them. */
static struct mention
cut_to(const struct identity_finder *f, const struct mention *m, const struct mention *outer)
{
	struct mention cut = *m;

	cut.n = 0;
	for (size_t k = 0; k < m->n; k++) {
		if (!lies_in(f, regions_row(f->lexicon->regions, f->mentions.row[m->first + k]), outer))
			continue;
		if (cut.n == 0)
			cut.first = m->first + (uint32_t)k;
		if (cut.first + cut.n++ != m->first + k) {
			cut.n = 0;
			return cut;
		}
	}
	cut.loose = false;
	return cut;
}

/* True if the name begins with a word for a body of the nation, and is none of its branches, which lies in a
 * place nothing here knows: 国家税务总局横溪园区税务局; 水利部门 holds none. */
static bool
is_nation(const struct identity_finder *f, const struct line *line, struct span name)
{
	const struct context *c = &f->lexicon->context;
	size_t start = (size_t)(name.p - line->text.p), end = start + name.n;

	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		struct span rest;

		if (hit->start != start || hit->end > end || !is_role(f, hit, ROLE_NATION))
			continue;
		rest = span_of(line->text.p + hit->end, end - hit->end);
		/* 全国海关 are all of them. */
		return !context_is_at(c, CONTEXT_DEPARTMENTS, line->text, hit->end - 3) &&
		       (!context_ends(c, CONTEXT_BRANCH, rest) || context_is(c, CONTEXT_BRANCH, rest));
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

/* True if the name of a place ends within the mention's, and begins the piece, at `start`, or behind another's. */
static bool
runs_into(const struct identity_finder *f, const struct line *line, size_t start, const struct mention *m)
{
	for (size_t i = 0; m->start > start && i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);
		bool begins = hit->start == start;

		if (hit->start < start || hit->start >= m->start || hit->end <= m->start || hit->end >= m->end ||
			!lexicon_word(f->lexicon, hit)->place)
			continue;
		for (size_t k = 0; !begins && k < line->nmentions; k++)
			begins = mention_of(f, line, k)->end == hit->start;
		if (begins)
			return true;
	}
	return false;
}

/* The place a piece of a line is of: `within` lies in `best`, and what is of it ends at `bracket`, or 0. */
struct choice {
	const struct mention *best;
	struct mention within;
	size_t bracket;
};

/* 白碱滩区(克拉玛依高新区), 浑南区(沈阳高新区): the zone and `best` are one authority, which has the code of
 * `best`: one of its rows is the zone's, or lies in what the zone does. */
static bool
is_zone_of(const struct identity_finder *f, const struct mention *zone, const struct mention *best)
{
	const struct regions *regions = f->lexicon->regions;
	const struct region *of = regions_row(regions, f->mentions.row[zone->first]);

	for (size_t k = 0; k < best->n; k++) {
		const struct region *row = regions_row(regions, f->mentions.row[best->first + k]);

		if (row->code == of->code ? f->lexicon->zone[zone->zone].coincident
					  : row->level > of->level && lexicon_under(f->lexicon, row, of->code, row->to))
			return true;
	}
	return false;
}

/* True if the zone of the table lies in `best`, or `best` in what the zone does: 芜湖市江北新区 is none of 南京. */
static bool
may_hold(const struct identity_finder *f, const struct mention *best, const struct mention *zone)
{
	const struct region *of = regions_row(f->lexicon->regions, f->mentions.row[zone->first]);

	for (size_t k = 0; k < best->n; k++)
		if (regions_row(f->lexicon->regions, f->mentions.row[best->first + k])->code == of->code)
			return true;
	return lies_in(f, of, best) || is_zone_of(f, zone, best);
}

/* Takes the next place named in the piece, which ends at `end` of the line. */
static void
choose(const struct identity_finder *f, const struct line *line, const struct mention *m, size_t end,
	struct choice *c)
{
	const struct mention *best = c->best;

	if (best && m->zone >= 0 && m->start <= best->end + 3 && m->n && best->n && !may_hold(f, best, m))
		return;
	if (!best || (best->loose && !m->loose)) {
		c->best = m;
		return;
	}
	/* 中国共产党平江县委员会平江县人民政府: the last of those that sign together. */
	if (!m->loose && !best->loose && is_same_place(f, m, best) && line->text.p[m->start - 1] != '(' &&
		(m->zone == best->zone || f->lexicon->zone[best->zone].coincident)) {
		c->best = m;
		return;
	}
	/* 北京大学深圳医院 is where the second place is. */
	if (m->start > best->end &&
		context_ends(&f->lexicon->context, CONTEXT_AFFILIATED, span_head(line->text, m->start))) {
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
		if (is_zone_of(f, m, best) && (m->start > best->end || f->lexicon->zone[m->zone].coincident))
			c->bracket = m->end;
		else
			c->best = m;
	}
}

/* True if a dash stands behind the place, and behind it another that does not lie in it: 峨眉山—乐山大佛. */
static bool
is_one_of_two(const struct identity_finder *f, const struct line *line, const struct mention *best, size_t end)
{
	size_t from = lines_skip_marks(line->text, best->end);

	if (from == best->end || !(span_at(line->text, best->end, SPAN("—")) || span_at(line->text, best->end, SPAN("-"))))
		return false;
	for (size_t i = 0; i < line->nmentions; i++) {
		const struct mention *m = mention_of(f, line, i);

		if (m->start == from && m->end <= end && m->n && best->n)
			return !lies_in(f, regions_row(f->lexicon->regions, f->mentions.row[m->first]), best);
	}
	return false;
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
	/* 北海 of 拱北海关, 海东 of 航海东路: a short name that begins within another; 阳新县 of 信阳新县: a full one, in
	 * which the name of a place that stands before it ends. */
	if (c.best && (c.best->loose ? within_name(span_of(part.p, c.best->start - start))
				      : runs_into(f, line, start, c.best)))
		c.best = NULL;
	/* Two places: which of them has its code the name does not say. */
	if (c.best && is_one_of_two(f, line, c.best, end))
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
		struct span before = span_of(part.p, best->start - start);

		bodies_kind(f->bodies, before, &ending);
		if (ending == 0 && !context_ends(&f->lexicon->context, CONTEXT_AFFILIATED, before))
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
	/* 萧县(住建局) */
	if (span_ends(name, SPAN(")")) && name.p[0] == '(' &&
		context_ends(&f->lexicon->context, CONTEXT_BARE, span_head(name, name.n - 1)))
		name = span_of(name.p + 1, name.n - 2);
	s->kind = bodies_kind(f->bodies, name, &ending);
	s->known = ending > 0;
	/* 益阳教育局: a city's short name before a body of government; 公安局 is of no county. */
	if (best && best->loose && s->rest.n >= (s->kind == BODY_DEPARTMENT ? 6 : 9) &&
		(s->kind == BODY_DEPARTMENT || s->kind == BODY_ZONE || s->kind == BODY_INSTITUTION))
		s->mention.loose = !only_cities(f, best) || context_within(&f->lexicon->context, CONTEXT_ATTACHED, s->rest);
	/* 和平镇 is a town, wherever 和平 is a county. */
	if (best && best->loose && s->kind == BODY_TOWNSHIP) {
		s->placed = false;
		s->place.n = 0;
		s->rest = s->own = s->text;
	}
	/* 人民政府 of a place that is in no table is not that of the place named before it; that of a zone is the zone's. */
	if (s->kind == BODY_GOVERNMENT && name.n - s->type.n > ending) {
		enum body_kind of = bodies_kind(f->bodies, span_head(name, name.n - ending), &ending);

		s->kind = of == BODY_ZONE ? BODY_ZONE : BODY_OTHER;
	}
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
		s->nation = is_nation(f, line, part);
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

/*
 * Bytes at the end of the name that are of what stands behind it: 水利局政府信息公开办公室 has the 政府 of the word for
 * disclosure, which 县人民政府 has not, nor 宝山区政府, whose name without it is no body's.
 */
static size_t
lent_to_disclosure(const struct lexicon *lex, struct span name)
{
	size_t n = context_ending(&lex->context, CONTEXT_GOVERNMENT, name);

	if (!n || n == name.n || !context_begins_any(&lex->context, CONTEXT_DISCLOSURE, span_from(name, name.n - n)))
		return 0;
	return types_at_end(&lex->types, span_head(name, name.n - n)) == TYPE_NONE ? n : 0;
}

struct span
subject_without_desk(const struct identity_finder *f, const struct line *line, struct span part)
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
		part.n -= lent_to_disclosure(f->lexicon, part);
		return part;
	}
	return part;
}

void
subject_of_desk(const struct identity_finder *f, const struct line *line, struct subject *s)
{
	struct span body = subject_without_desk(f, line, line->text);

	subject_read(f, line, line->text, true, s);
	if (s->found && s->kind == BODY_DEPARTMENT && context_within(&f->lexicon->context, CONTEXT_OPEN, s->text) && body.n < s->text.n) {
		s->found = false;
		subject_read(f, line, body, true, s);
	}
}
