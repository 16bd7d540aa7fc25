#include "finder.h"

/* The first of the role's words that stands behind the place somewhere on the page; else their number. */
static size_t
form_said(const struct identity_finder *f, struct span place, enum context_role role)
{
	const struct context *c = &f->lexicon->context;
	size_t best = c->of[role].n;

	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		for (size_t i = 0; i < line->nmentions; i++) {
			size_t own = mention_of(f, line, i)->own, end = own + place.n;

			if (!span_at(line->text, own, place) ||
				context_is_at(c, CONTEXT_DISCLOSURE, line->text, end))
				continue;
			if (context_at(c, role, line->text, end) < best)
				best = context_at(c, role, line->text, end);
		}
	}
	return best;
}

/* True if the region lies in the place that the subject, whose site it is, names: it is not the page's. */
static bool
lies_below(const struct identity_finder *f, const struct subject *s, const struct region *row)
{
	return row && s >= &f->subject[FROM_PORTAL] && s->placed && s->mention.n &&
	       row->level > regions_row(f->lexicon->regions, f->mentions.row[s->mention.first])->level;
}

void
reporter_write(struct identity_finder *f, const struct subject *s, const struct region *row,
	struct buf *out)
{
	bool office = s->kind == BODY_OFFICE;
	enum context_role role = office ? CONTEXT_OFFICE : CONTEXT_GOVERNMENT;
	const struct context_words *forms = &f->lexicon->context.of[role];
	bool named = s->place.n && !s->mention.loose && !lies_below(f, s, row);
	struct span place = named ? s->place : row ? row->name : s->place;
	struct buf name = BUF_INIT;

	if ((s->kind == BODY_GOVERNMENT || office) && place.n) {
		size_t k = form_said(f, place, role);

		buf_add_span(&name, place);
		if (k < forms->n)
			buf_add_span(&name, forms->v[k]);
		else if (s->place.n == 0 && s->type.n && s->text.n > s->type.n)
			/* 县政府办: the word for the kind is the end of the place's name. */
			buf_add(&name, s->text.p + s->type.n, s->text.n - s->type.n);
		else if (s->rest.n)
			buf_add_span(&name, s->rest);
		else if (forms->n)
			buf_add_span(&name, forms->v[0]);
	} else if (s->type.n && row && span_ends(row->name, s->type)) {
		/* 市教育局 of 杭州市. */
		buf_add_span(&name, row->name);
		buf_add(&name, s->text.p + s->type.n, s->text.n - s->type.n);
		if (s->kind == BODY_GOVERNMENT && s->text.n == s->type.n && forms->n)
			buf_add_span(&name, forms->v[0]);
	} else if (s->placed && s->mention.loose && row && s->kind != BODY_INSTITUTION) {
		/* 海南海事局; of a school the short name is its own: nobody says 安徽省大学. */
		buf_add_span(&name, row->name);
		buf_add_span(&name, s->rest);
	} else {
		buf_add_span(&name, s->own);
	}
	lines_copy(f, out, buf_span(&name));
	buf_release(&name);
}

/* The first subject from the origin on that is a part of the whole, where a government is said to
 * report; NULL if none is.  Who compiled counts too where asked for: where the government is but the site's. */
static const struct subject *
part_said(const struct identity_finder *f, enum naming from, bool compiler)
{
	/* What looks like a sentence on a report may be a link to a department's. */
	static const enum naming order[] = {
		FROM_FILING, FROM_PUBLISHER, FROM_AUTHOR, FROM_SIGNATURE, FROM_OPENING, FROM_PATH, FROM_COMPILER};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const struct subject *s = &f->subject[order[i]];

		if (order[i] >= from && source_is_part(f, s) && !source_may_keep(f, s) && (compiler || order[i] != FROM_COMPILER))
			return s;
	}
	return NULL;
}

/* Whether the heading's subject reports, and if not, what is said against it: NULL where nobody is
 * named. */
static bool
is_of_heading(struct identity_finder *f, size_t regional, const struct subject **other)
{
	struct subject *title = &f->subject[FROM_TITLE];
	bool place_only = title->kind == BODY_GOVERNMENT && title->placed && title->rest.n == 0;

	*other = NULL;
	if (f->masthead)
		*other = part_said(f, FROM_FILING, true);
	else if (place_only && f->ours <= f->own)
		/* A page that says neither 我县 nor 全县 is rather of the bureau that compiled it than of all the county. */
		*other = part_said(f, FROM_FILING, regional == 0);
	if (*other) {
		f->subject[FROM_HEAD] = *title;
		title->found = false;
		return false;
	}
	/* 某县2022年…年度报告 on a page that says 我局 again and again. */
	return !(place_only || f->masthead) || f->ours_body < (f->masthead ? 1 : 2) || f->ours_body <= regional;
}

/* How often the page says whom it speaks for. */
struct voices {
	size_t regional; /* 我县, 全市 */
	size_t named;    /* 我局, 我镇: a kind of body */
};

/* What an origin names is not who reports. */
static bool
is_ruled_out(const struct identity_finder *f, enum naming from, const struct voices *voices)
{
	const struct subject *s = &f->subject[from];
	bool site = from >= FROM_OPENING || from == FROM_SENTENCE;

	if (!s->found || !s->known || (s->nation && f->ours > 0))
		return true;
	if (from == FROM_PUBLISHER) {
		/* 来源:区政务服务办, on a page that says 我区 more than 我办. */
		if (s->kind == BODY_DEPARTMENT && source_may_keep(f, s) && f->ours > f->own)
			return true;
		/* 来源:区政务服务中心, on a page that says 我镇, or nothing. */
		if (source_is_keeper(f, s) && (f->own == 0 || (voices->named && f->own_kind[BODY_INSTITUTION] == 0)))
			return true;
	}
	/* A page that says 我局 and not 我县 is not the government's, whatever site it stands on. */
	return site && s->kind == BODY_GOVERNMENT && f->own > voices->regional;
}

/* What an origin names does no more than write or publish what its government reports. */
static bool
is_for_government(const struct identity_finder *f, enum naming from, const struct voices *voices)
{
	const struct subject *s = &f->subject[from];

	/*
	 * An office that publishes or compiles does so for its government when the page speaks of 我区; one that is
	 * said to have worked may mean its own report.
	 */
	if (from >= FROM_PUBLISHER && s->kind == BODY_OFFICE && voices->regional > f->own &&
		(from != FROM_OPENING || f->ours > 1))
		return true;
	/* 请与…电子政务办公室联系, on a page that speaks of 我市 and of nobody else. */
	return from == FROM_CONTACT && s->kind == BODY_DEPARTMENT && s->placed &&
	       context_ends(&f->lexicon->context, CONTEXT_ROOM, s->text) && f->ours > 0 && f->own == 0;
}

const struct subject *
reporter_find(struct identity_finder *f)
{
	static const enum naming order[] = {FROM_TITLE, FROM_SENTENCE, FROM_FILING, FROM_PUBLISHER,
		FROM_AUTHOR, FROM_SIGNATURE, FROM_OPENING, FROM_COMPILER, FROM_PATH, FROM_CONTACT,
		FROM_PORTAL, FROM_HEAD, FROM_SITE};
	const struct subject *part;
	struct voices voices = {0, 0};

	for (size_t i = 0; i < TYPES_MAX; i++)
		voices.regional += f->self[i];
	for (size_t k = 0; k < BODY_KINDS; k++)
		voices.named += f->own_kind[k];
	/* The masthead of a city, on a page that says 我县 or stands in the column of its counties. */
	if (f->masthead && f->subject[FROM_TITLE].found &&
		(f->counties || !region_may_be_self(f, &f->subject[FROM_TITLE].mention))) {
		f->subject[FROM_HEAD] = f->subject[FROM_TITLE];
		f->subject[FROM_TITLE].found = false;
	}
	/* What the title names is it, also when its ending is not known: never the government it
	 * lies in. */
	if (f->subject[FROM_TITLE].found)
		return is_of_heading(f, voices.regional, &part) ? &f->subject[FROM_TITLE] : part;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++) {
		struct subject *s = &f->subject[order[i]];

		if (is_ruled_out(f, order[i], &voices))
			continue;
		if (is_for_government(f, order[i], &voices)) {
			s->kind = BODY_GOVERNMENT;
			s->rest.n = 0;
		}
		/* 来源:县政府办 on a page that 县财政局 signed, and that does not speak of 我县. */
		part = (s->kind == BODY_GOVERNMENT || s->kind == BODY_OFFICE) && f->ours <= f->own &&
				       (s->rest.n == 0 || order[i] >= FROM_PUBLISHER)
			       ? part_said(f, order[i], false)
			       : NULL;
		return part ? part : s;
	}
	for (size_t i = 1; i < sizeof order / sizeof *order && order[i] != FROM_SITE; i++)
		if (f->subject[order[i]].found && !f->subject[order[i]].known)
			return &f->subject[order[i]];
	return NULL;
}

bool
reporter_is_in_column(const struct identity_finder *f, const struct subject *body)
{
	return (f->counties || ((f->departments || f->towns) && f->ours <= f->own)) &&
	       (!body || (body->kind == BODY_GOVERNMENT && body >= &f->subject[FROM_PORTAL]));
}

enum body_kind
reporter_own_kind(const struct identity_finder *f)
{
	size_t most = BODY_OTHER, named = 0;

	if ((f->departments || f->towns) && reporter_is_in_column(f, NULL))
		return f->departments && f->towns ? BODY_OTHER : f->towns ? BODY_TOWNSHIP : BODY_DEPARTMENT;
	for (size_t k = 0; k < BODY_KINDS; k++) {
		named += f->own_kind[k];
		if (f->own_kind[k] > f->own_kind[most])
			most = k;
	}
	/* A zone says 我区, too. */
	if (f->own_kind[BODY_ZONE] * 4 > f->ours)
		return BODY_ZONE;
	if (f->own == 0)
		return f->ours || f->counties ? BODY_GOVERNMENT : BODY_OTHER;
	return named > f->ours ? (enum body_kind)most : BODY_OTHER;
}
