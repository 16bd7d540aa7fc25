/*
 * source: who publishes the page, by its labels and by its place on the site.
 */
#include "finder.h"

/* A name of less bytes needs a place: 财政局 has nine. */
enum { BARE_BYTES = 9, PROPER_BYTES = 12 };

bool
source_is_bare(const struct identity_finder *f, const struct subject *s)
{
	const struct context *c = &f->lexicon->context;

	return source_is_part(f, s) && s->text.n >= BARE_BYTES && context_ends(c, CONTEXT_BARE, s->text) &&
	       !context_is(c, CONTEXT_INNER, s->text) &&
	       !context_within(c, CONTEXT_EVERY, s->text) && !contains(s->text, "、");
}

/* True if it names a place, or its kind (县财政局), or ends as a body's name does (财政局, 株良镇). */
static bool
is_named(const struct identity_finder *f, const struct subject *s)
{
	return s->type.n || (s->placed && !s->mention.loose) || source_is_bare(f, s);
}

void
source_drop_vague(const struct identity_finder *f, struct subject *s)
{
	if (!s->found || s->placed || s->type.n || source_is_bare(f, s))
		return;
	if (!s->known || s->text.n < PROPER_BYTES ||
		context_is(&f->lexicon->context, CONTEXT_INNER, s->text))
		s->found = false;
}

bool
source_may_keep(const struct identity_finder *f, const struct subject *s)
{
	return context_within(&f->lexicon->context, CONTEXT_KEEPER, s->rest);
}

bool
source_is_keeper(const struct identity_finder *f, const struct subject *s)
{
	return s->kind == BODY_INSTITUTION && source_may_keep(f, s);
}

void
source_publisher_line(struct identity_finder *f, const struct line *line)
{
	struct subject *s = &f->subject[FROM_PUBLISHER];

	subject_of_desk(f, line, s);
	source_drop_vague(f, s);
	/* 来源:某县人民政府网 is where it stands, and says less than who wrote it. */
	if (s->found && s->placed && s->kind == BODY_GOVERNMENT && has_role(line, ROLE_WEBSITE)) {
		f->subject[FROM_PORTAL] = *s;
		s->found = false;
	}
}

void
source_publisher(struct identity_finder *f, struct span value, size_t item)
{
	size_t at_line = f->nlines;

	lines_add(f, LINE_SOURCE, item, value);
	if (f->nlines > at_line) {
		struct line line = f->line[at_line];

		source_publisher_line(f, &line);
	}
}

bool
source_is_byline(const struct line *line, size_t offset)
{
	return !line->sentence && line->text.n <= HEADING_BYTES &&
	       (offset == 0 || line->text.p[offset - 1] != '(');
}

bool
source_is_part(const struct identity_finder *f, const struct subject *s)
{
	return s->found && s->known && !source_is_keeper(f, s) &&
	       (s->kind == BODY_DEPARTMENT || s->kind == BODY_TOWNSHIP || s->kind == BODY_ZONE ||
		       s->kind == BODY_INSTITUTION ||
		       (s->kind == BODY_OTHER && !context_within(&f->lexicon->context, CONTEXT_TOWNS, s->text)));
}

void
source_author(struct identity_finder *f, struct span value, size_t item)
{
	struct subject *s = &f->subject[FROM_AUTHOR];

	if (s->found)
		return;
	subject_of_value(f, value, item, s);
	source_drop_vague(f, s);
	s->found = source_is_part(f, s) && is_named(f, s);
}

/* Longer lines are no way to a page, and no site is so deep. */
enum { PATH_BYTES = 480, PATH_STEPS = 16 };

/* The bytes of the mark at i that parts two steps of a way; 0 if there is none. */
static size_t
step_at(struct span text, size_t i)
{
	static const char *const wide[] = {"»", "›", "→", "＞"};

	if (text.p[i] == '>' || text.p[i] == '/' || text.p[i] == '-')
		return 1;
	for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
		if (span_at(text, i, span_str(wide[k])))
			return strlen(wide[k]);
	return 0;
}

/* The step without what it says of reports: 县财政局 of 县财政局信息公开年报. */
static struct span
whose_step(const struct identity_finder *f, const struct line *line, struct span step)
{
	size_t start = (size_t)(step.p - line->text.p), end = start + step.n;

	for (size_t i = 0; i < line->nhits; i++) {
		const struct name_hit *hit = hit_of(f, line, i);

		if (hit->start > start && hit->start < end &&
			(is_role(f, hit, ROLE_DISCLOSURE) || is_role(f, hit, ROLE_REPORT)))
			end = hit->start;
	}
	return span_of(step.p, end - start);
}

/*
 * One step of the way: what it names takes the place of what the steps before it named; that of a government
 * only where `whole` says that all of the way is there.  True if it names a part of the whole.
 */
static bool
read_step(struct identity_finder *f, const struct line *line, struct span step, bool whole)
{
	const struct context *c = &f->lexicon->context;
	struct subject s = {.found = false};

	if (context_within(c, CONTEXT_DEPARTMENTS, step) || context_within(c, CONTEXT_TOWNS, step)) {
		f->departments = f->departments || context_within(c, CONTEXT_DEPARTMENTS, step);
		f->towns = f->towns || context_within(c, CONTEXT_TOWNS, step);
		return false;
	}
	if (context_within(c, CONTEXT_COUNTIES, step)) {
		f->counties = true;
		return false;
	}
	subject_read(f, line, whose_step(f, line, step), false, &s);
	if (!s.found || !s.known || !is_named(f, &s))
		return false;
	/* 县委 is no more than 县. */
	if (source_is_part(f, &s) && s.kind != BODY_INSTITUTION && s.text.n >= BARE_BYTES) {
		f->subject[FROM_PATH] = s;
		return true;
	}
	if (!whole || (s.kind != BODY_GOVERNMENT && s.kind != BODY_OFFICE))
		return false;
	/* 首页 > 县区 > 阳明区 */
	if (f->counties && s.placed)
		f->subject[FROM_PATH] = s;
	else
		f->subject[FROM_PATH].found = f->departments = f->towns = f->counties = false;
	return false;
}

void
source_column(struct identity_finder *f, const struct line *line)
{
	const struct context *c = &f->lexicon->context;
	struct subject s = {.found = false};

	if (f->subject[FROM_PATH].found)
		return;
	subject_read(f, line, whose_step(f, line, line->text), false, &s);
	if (source_is_part(f, &s) && is_named(f, &s) && s.text.n >= BARE_BYTES &&
		!context_within(c, CONTEXT_DEPARTMENTS, s.text) && !context_within(c, CONTEXT_TOWNS, s.text))
		f->subject[FROM_PATH] = s;
}

bool
source_path(struct identity_finder *f, const struct line *line)
{
	const struct context *c = &f->lexicon->context;
	struct span text = line->text;
	size_t from = lines_skip_marks(text, 0), begin = from, steps = 0, parts = 0;
	bool found = f->subject[FROM_PATH].found, departments = f->departments, towns = f->towns, counties = f->counties;

	if (text.n > PATH_BYTES || line->sentence)
		return false;
	if (line->kind == LINE_SITE) {
		/* The site's name, the last part, is not whose column it is. */
		if (!f->subject[FROM_PATH].found)
			read_step(f, line, text, false);
		return false;
	}
	if (!context_is_at(c, CONTEXT_PATH, text, from))
		return false;
	for (size_t i = from; i <= text.n && steps < PATH_STEPS; i++) {
		size_t n = i < text.n ? step_at(text, i) : 1;

		if (n == 0)
			continue;
		if (i > begin) {
			/* 当前位置:首页 is the first step. */
			if (!found)
				parts += read_step(f, line, span_of(text.p + begin, i - begin), true);
			steps++;
		}
		begin = i + n;
	}
	/* A word for the place and no way, or a menu: one bureau lies in no other. */
	if (!found && (steps < 2 || parts > 2)) {
		f->subject[FROM_PATH].found = false;
		f->departments = departments;
		f->towns = towns;
		f->counties = counties;
	}
	return steps >= 2;
}

/* The date that a signature stands above or before, and no more but blanks and marks. */
static bool
is_signed_at(const struct identity_finder *f, struct span text, struct year_token *t)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, true);

	return year_scan_next(&scan, t) && t->month && t->end + 6 >= text.n;
}

/* Asked of every short line: whether a date may begin it, or, written out, end it. */
static bool
begins_date(struct span text)
{
	return text.n > 0 && (is_digit(text.p[0]) || span_at(text, 0, SPAN("二")));
}

static bool
ends_date(struct span text)
{
	size_t tail = text.n < 9 ? text.n : 9;

	return contains(span_of(text.p + text.n - tail, tail), "日");
}

void
source_signature(struct identity_finder *f, size_t index)
{
	const struct line *line = &f->line[index];
	struct span name = line->text;
	struct subject s = {.found = false};
	struct year_token t;
	bool below;

	if (f->subject[FROM_SIGNATURE].found || line->text.n > NAME_BYTES)
		return;
	below = index + 1 < f->nlines && begins_date(line[1].text) && is_signed_at(f, line[1].text, &t) && t.start == 0;
	if (!below) {
		if (!ends_date(line->text) || !is_signed_at(f, line->text, &t) || t.start == 0 || !t.named || !t.day)
			return;
		name = lines_trim(span_of(name.p, t.start));
	}
	subject_read(f, line, name, true, &s);
	if (!s.found || !s.known || s.text.n != name.n)
		return;
	if (below && s.placed ? !s.mention.loose && s.rest.n && s.mention.start == 0
			      : t.named && source_is_part(f, &s) && is_named(f, &s))
		f->subject[FROM_SIGNATURE] = s;
}
