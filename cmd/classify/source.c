/*
 * source: who publishes the page, by its labels.
 */
#include "finder.h"

/* A name of less bytes needs a place: 财政局 has nine. */
enum { BARE_BYTES = 9, PROPER_BYTES = 12 };

/* 财政局, 株良镇: a body's name, though no place stands in it; not 办公室, and not 各乡镇. */
static bool
is_bare(const struct identity_finder *f, const struct subject *s)
{
	return s->known && s->text.n >= BARE_BYTES &&
	       context_ends(&f->lexicon->context, CONTEXT_BARE, s->text) &&
	       !contains(s->text, "各") && !contains(s->text, "、");
}

void
source_drop_vague(const struct identity_finder *f, struct subject *s)
{
	if (!s->found || s->placed || s->type.n || is_bare(f, s))
		return;
	if (!s->known || s->text.n < PROPER_BYTES ||
		context_is(&f->lexicon->context, CONTEXT_INNER, s->text))
		s->found = false;
}

bool
source_is_keeper(const struct identity_finder *f, const struct subject *s)
{
	return s->kind == BODY_INSTITUTION && context_within(&f->lexicon->context, CONTEXT_KEEPER, s->rest);
}

void
source_publisher_line(struct identity_finder *f, const struct line *line)
{
	struct subject *s = &f->subject[FROM_PUBLISHER];

	subject_of_desk(f, line, s);
	source_drop_vague(f, s);
	/* 来源:某县人民政府网 is where it stands, and says less than who wrote it. */
	if (s->found && s->placed && s->kind == BODY_GOVERNMENT &&
		(span_ends(line->text, SPAN("网")) || span_ends(line->text, SPAN("网站")))) {
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
	return !line->sentence && line->text.n <= HEADING_BYTES && (offset == 0 || line->text.p[offset - 1] != '(');
}

/* True if it is no government and not its office, which may publish for any other. */
static bool
is_part(const struct identity_finder *f, const struct subject *s)
{
	return s->found && s->known && !source_is_keeper(f, s) &&
	       (s->kind == BODY_DEPARTMENT || s->kind == BODY_TOWNSHIP || s->kind == BODY_ZONE ||
		       s->kind == BODY_INSTITUTION);
}

void
source_author(struct identity_finder *f, struct span value, size_t item)
{
	struct subject *s = &f->subject[FROM_AUTHOR];

	if (s->found)
		return;
	subject_of_value(f, value, item, s);
	source_drop_vague(f, s);
	s->found = is_part(f, s) && (s->placed || s->type.n || is_bare(f, s));
}
