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
