#include "finder.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const naming_names[NAMINGS] = {
	"title", "sentence", "filing unit", "publisher", "author", "signature", "opening",
	"compiler", "path", "contact", "portal", "page head", "site"};

/* The kind of place that words of the page speak of most: 我区; empty if none is.  With `sure` it is said again,
 * or as the page's own and no other is: a county may say 全市 of its city. */
static struct span
self_type(const struct identity_finder *f, bool sure)
{
	const struct types *types = &f->lexicon->types;
	size_t best = TYPE_NONE, kinds = 0;

	for (size_t i = 0; i < types->n; i++) {
		kinds += f->self[i] > 0;
		if (f->self[i] > (best != TYPE_NONE ? f->self[best] : 0))
			best = i;
	}
	if (best == TYPE_NONE || (sure && f->self[best] == 1 && (kinds > 1 || f->ours == 0)))
		return span_of(NULL, 0);
	return types->v[best].word;
}

/* True if a page of the region may speak so: 我县, or 全市 of the city it lies in. */
static bool
may_speak_of(const struct identity_finder *f, const struct region *row, struct span self)
{
	const struct regions *regions = f->lexicon->regions;

	if (types_fit(&f->lexicon->types, self, row->kind))
		return true;
	for (int year = row->to; f->ours == 0 && (row = regions_parent(regions, row, year)) != NULL;)
		if (types_fit(&f->lexicon->types, self, row->kind))
			return true;
	return false;
}

bool
region_may_be_self(const struct identity_finder *f, const struct mention *m)
{
	struct span self = self_type(f, true);
	bool may = m->n == 0;

	for (size_t k = 0; k < m->n && !may; k++)
		may = may_speak_of(f, regions_row(f->lexicon->regions, f->mentions.row[m->first + k]), self);
	return may;
}

static void
candidates_of(
	struct identity_finder *f, const struct mention *m, struct span type, int year, bool named)
{
	for (size_t k = 0; k < m->n; k++) {
		const struct region *row =
			regions_row(f->lexicon->regions, f->mentions.row[m->first + k]);

		if (types_fit(&f->lexicon->types, type, row->kind))
			clues_candidate(f, &f->place, m, k, year, named);
	}
}

/* True if the row's region has counties under it in that year. */
static bool
has_counties(const struct regions *regions, const struct region *row, int year)
{
	const struct region **list = NULL;
	size_t cap = 0, n;

	n = regions_children(regions, row->code, year ? year : row->from, true, &list, &cap);
	free(list);
	return n > 0;
}

/* Candidates from codes and from whose site it is, for a body that names no place. */
static void
candidates_elsewhere(struct identity_finder *f, struct span type, bool county, int year)
{
	const struct regions *regions = f->lexicon->regions;

	for (size_t o = FROM_SENTENCE; o < NAMINGS; o++)
		if (f->subject[o].found && f->subject[o].placed)
			candidates_of(f, &f->subject[o].mention, type, year, true);
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];

		if (!is_site_line(line) && line->kind != LINE_SOURCE)
			continue;
		for (size_t i = 0; i < line->nmentions; i++)
			candidates_of(
				f, mention_of(f, line, i), type, year, line->kind != LINE_TEXT);
	}
	for (size_t i = 0; i < f->place.nclues; i++) {
		const struct place_clue *clue = &f->place.clue[i];
		struct span codes = clue->codes;

		if (clue->kind != CLUE_SITE_ID && clue->kind != CLUE_POLICE &&
			clue->kind != CLUE_HOST && clue->kind != CLUE_WEBSITE)
			continue;
		for (;;) {
			uint32_t code = codes.n ? region_parse(span_cut(&codes, ';')) : clue->code;
			const struct region *row =
				regions_near(regions, code, year ? year : REGION_NOW);

			if (row && !row->pseudo && types_fit(&f->lexicon->types, type, row->kind))
				place_candidate(&f->place, row, year, PLACE_BY_CODE);
			if (!codes.n)
				break;
		}
	}
	for (size_t i = 0; i < f->place.ncandidates; i++) {
		struct place_candidate *c = &f->place.candidate[i];

		c->small = c->row->level == REGION_COUNTY || !has_counties(regions, c->row, year);
	}
	if (county) {
		size_t out = 0;

		for (size_t i = 0; i < f->place.ncandidates; i++)
			if (f->place.candidate[i].small)
				f->place.candidate[out++] = f->place.candidate[i];
		f->place.ncandidates = out;
	}
}

/* The code that stands in that year for the row's; 0 if it became several or none, or went into another. */
static uint32_t
code_in_year(const struct identity_finder *f, const struct region *row, int year)
{
	uint32_t *list = NULL, code;
	size_t cap = 0, n;

	if (year == 0 || (row->from <= year && year <= row->to) ||
		regions_at(f->lexicon->regions, row->code, year))
		return row->code;
	n = regions_map(f->lexicon->regions, row->code, year < row->from ? row->from : row->to,
		year, &list, &cap);
	code = n == 1 ? list[0] : 0;
	free(list);
	/* 莱芜市 went into 济南市, which was there before: that is another place, not another code. */
	if (code && regions_at(f->lexicon->regions, code, year < row->from ? row->from : row->to))
		return 0;
	return code;
}

static void
list_candidates(struct identity_finder *f)
{
	buf_reset(&f->candidates);
	for (size_t i = 0; i < f->place.ncandidates && i < 8; i++)
		buf_printf(&f->candidates, "%s%06u %d", i ? "; " : "", f->place.candidate[i].code,
			f->place.candidate[i].score);
}

/* Candidates for a town that names no place, from those that the page has its name behind: 开平市沙塘镇.  True if
 * there are any. */
static bool
candidates_before_name(struct identity_finder *f, const struct subject *body, int year)
{
	enum { TOWN_BYTES = 9 };
	struct span town = body ? body->text : span_of(NULL, 0);

	town.n -= context_ending(&f->lexicon->context, CONTEXT_GOVERNMENT, town);
	if (town.n < TOWN_BYTES || body->placed || body->type.n)
		return false;
	for (size_t l = 0; l < f->nlines; l++)
		for (size_t i = 0; i < f->line[l].nmentions; i++) {
			const struct mention *m = mention_of(f, &f->line[l], i);

			if (!m->loose && m->zone < 0 && span_at(f->line[l].text, m->end, town))
				candidates_of(f, m, span_of(NULL, 0), year, true);
		}
	return f->place.ncandidates > 0;
}

/*
 * The candidates, from the first subject that names a place, the title's before all others; it is given.  Else NULL,
 * and they are from all else the page says.
 */
static const struct subject *
find_candidates(struct identity_finder *f, int year, const struct subject *body, enum body_kind kind)
{
	const struct subject *title = &f->subject[FROM_TITLE];
	struct span type = body ? body->type : span_of(NULL, 0);

	if (title->found && title->placed && title->mention.n) {
		candidates_of(f, &title->mention, span_of(NULL, 0), year, true);
		return title;
	}
	for (size_t o = FROM_SENTENCE; o < FROM_SITE; o++) {
		const struct subject *s = &f->subject[o];

		/* Whose site it is says nothing of a page in a column of counties, or that says 我县 on a city's. */
		if (!s->found || !s->placed || s->mention.loose ||
			(o >= FROM_PORTAL && (f->counties || !region_may_be_self(f, &s->mention))))
			continue;
		candidates_of(f, &s->mention, type, year, true);
		if (f->place.ncandidates)
			return s;
	}
	if (kind == BODY_TOWNSHIP && candidates_before_name(f, body, year))
		return NULL;
	/* 水利厅 is a province's; a page that says 我县 is no city's. */
	if (type.n == 0)
		type = title->found ? bodies_type(f->bodies, title->text) : self_type(f, true);
	f->place.typed = type.n > 0;
	candidates_elsewhere(f, type, kind == BODY_TOWNSHIP || f->counties, year);
	return NULL;
}

/* 我县 speaks for those of several candidates that are counties. */
static void
weigh_self(struct identity_finder *f)
{
	struct span self = f->place.ncandidates > 1 ? self_type(f, false) : SPAN("");

	for (size_t i = 0; self.n && i < f->place.ncandidates; i++)
		if (types_fit(&f->lexicon->types, self, f->place.candidate[i].row->kind))
			place_clue(&f->place, (struct place_clue){.kind = CLUE_SELF,
						      .said = self,
						      .code = f->place.candidate[i].code,
						      .weights = {4, 0, 0, 0}});
}

const struct region *
region_decide(struct identity_finder *f, int year, const struct subject *body, enum body_kind kind,
	struct identity *out)
{
	const struct subject *by;
	struct buf *why = f->explain ? &f->why : NULL;
	bool named;
	const struct region *row;
	uint32_t code;

	if (body && body->nation) {
		memcpy(out->region, "000000", 7);
		if (why)
			buf_printf(why, "%s is of the nation; so 000000", naming_names[body - f->subject]);
		return NULL;
	}
	by = find_candidates(f, year, body, kind);
	f->place.told = by && by >= &f->subject[FROM_OPENING];
	place_keep_nearest(&f->place);
	weigh_self(f);
	if (why && by)
		buf_printf(
			why, "%s names %.*s", naming_names[by - f->subject], SPAN_ARG(by->place));
	else if (why)
		buf_add_str(why, "no name of a place in title or publisher");
	named = place_decide(&f->place, f->lexicon, year, why);
	row = f->place.ncandidates ? f->place.candidate[0].row : NULL;
	code = named ? code_in_year(f, row, year) : 0;
	/* A town lies in a county: a city that has counties does not say in which. */
	if (code && kind == BODY_TOWNSHIP && row->level != REGION_COUNTY &&
		has_counties(f->lexicon->regions, row, year)) {
		code = 0;
		if (why)
			buf_add_str(why, "; the county of the town is not named");
	}
	if (code == 0) {
		list_candidates(f);
		if (why)
			buf_printf(why, "; not decided");
		return NULL;
	}
	if (why && year && (year < row->from || year > row->to))
		buf_printf(why, "; %.*s is a name of %d to %d", SPAN_ARG(row->name), row->from,
			row->to == REGION_NOW ? year : row->to);
	if (why)
		buf_printf(why, "; so %06u", code);
	row = regions_near(f->lexicon->regions, code, year ? year : row->to);
	if (row)
		snprintf(out->region, sizeof out->region, "%06u", row->code % 1000000);
	return row;
}
