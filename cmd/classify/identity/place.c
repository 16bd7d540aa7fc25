#include "place.h"

#include <stdlib.h>

static const char *const clue_names[CLUE_KINDS] = {
	[CLUE_TITLE] = "title",
	[CLUE_CHAIN] = "chain",
	[CLUE_PARENT] = "named",
	[CLUE_SITE] = "site",
	[CLUE_SITE_ID] = "site id",
	[CLUE_POLICE] = "police id",
	[CLUE_ICP] = "ICP",
	[CLUE_PHONE] = "phone",
	[CLUE_POSTCODE] = "postcode",
	[CLUE_HOST] = "host",
	[CLUE_PAGE] = "own host",
	[CLUE_WEBSITE] = "website",
	[CLUE_ADDRESS] = "address",
	[CLUE_SELF] = "self",
};

/* More of a kind add nothing: a page of links would outvote its own title. */
static const size_t most_of_kind[CLUE_KINDS] = {
	[CLUE_TITLE] = 8,
	[CLUE_CHAIN] = 12,
	[CLUE_PARENT] = 24,
	[CLUE_SITE] = 8,
	[CLUE_SITE_ID] = 2,
	[CLUE_POLICE] = 2,
	[CLUE_ICP] = 2,
	[CLUE_PHONE] = 4,
	[CLUE_POSTCODE] = 9,
	[CLUE_HOST] = 6,
	[CLUE_PAGE] = 2,
	[CLUE_WEBSITE] = 4,
	[CLUE_ADDRESS] = 4,
	[CLUE_SELF] = PLACE_CANDIDATES,
};

void
place_reset(struct place *p)
{
	p->ncandidates = p->nclues = 0;
	p->typed = p->told = false;
	memset(p->of_kind, 0, sizeof p->of_kind);
}

void
place_clue(struct place *p, struct place_clue clue)
{
	if (p->nclues == PLACE_CLUES || p->of_kind[clue.kind] == most_of_kind[clue.kind])
		return;
	for (size_t i = 0; i < p->nclues; i++)
		if (p->clue[i].kind == clue.kind && p->clue[i].code == clue.code &&
			span_eq(p->clue[i].codes, clue.codes))
			return;
	p->of_kind[clue.kind]++;
	p->clue[p->nclues++] = clue;
}

void
place_candidate(struct place *p, const struct region *row, int year, enum place_name name)
{
	int seen = 0;

	if (year)
		seen = year < row->from ? row->from - year : year > row->to ? year - row->to : 0;
	/* The year before comes before the year after; both before any other. */
	seen = seen * 2 - (seen && year > row->to);
	for (size_t i = 0; i < p->ncandidates; i++)
		if (p->candidate[i].code == row->code) {
			if (seen < p->candidate[i].seen) {
				p->candidate[i].seen = seen;
				p->candidate[i].row = row;
			}
			if (name > p->candidate[i].name)
				p->candidate[i].name = name;
			return;
		}
	if (p->ncandidates < PLACE_CANDIDATES)
		p->candidate[p->ncandidates++] = (struct place_candidate){
			.code = row->code, .row = row, .seen = seen, .name = name};
}

void
place_keep_nearest(struct place *p)
{
	int least = INT32_MAX;
	size_t out = 0;

	for (size_t i = 0; i < p->ncandidates; i++)
		if (p->candidate[i].seen < least)
			least = p->candidate[i].seen;
	for (size_t i = 0; i < p->ncandidates; i++)
		if (p->candidate[i].seen == least)
			p->candidate[out++] = p->candidate[i];
	p->ncandidates = out;
}

static int
weigh(const struct lexicon *lex, const struct place_clue *clue, const struct region *row, int year)
{
	struct span codes = clue->codes;
	int best = clue->weights.apart;

	for (;;) {
		uint32_t code = codes.n ? region_parse(span_cut(&codes, ';')) : clue->code;
		const struct region *other = code ? regions_near(lex->regions, code, year) : NULL;
		int w = clue->weights.apart;

		if (row->code == code)
			w = clue->weights.same;
		else if (lexicon_under(lex, row, code, year))
			w = clue->weights.under;
		else if (other && lexicon_under(lex, other, row->code, year))
			w = clue->weights.above;
		if (w > best)
			best = w;
		if (!codes.n)
			return best;
	}
}

static int
by_score(const void *a, const void *b)
{
	const struct place_candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->code > y->code) - (x->code < y->code);
}

/* What a clue says of a row, in the report's year or, where that is not known, the first of the row's. */
static int
weigh_in(const struct lexicon *lex, const struct place_clue *clue, const struct region *row, int year)
{
	return weigh(lex, clue, row, year ? year : row->from);
}

/*
 * Of each kind the best clue for the candidate counts, and what speaks against it only if none speaks for it; of named
 * forebears, each level once.
 */
static void
score(const struct place *p, struct place_candidate *c, const struct lexicon *lex, int year)
{
	enum { FOREBEARS = 6 };
	int top[CLUE_KINDS] = {0};

	for (size_t k = 0; k < p->nclues; k++) {
		const struct place_clue *clue = &p->clue[k];
		int w = weigh_in(lex, clue, c->row, year), *t = &top[clue->kind];

		if (clue->kind == CLUE_PARENT)
			*t = *t + w > FOREBEARS ? FOREBEARS : *t + w;
		else if (*t > 0 || w > 0)
			*t = w > *t ? w : *t;
		else if (w < *t)
			*t = w;
	}
	/* A city's site holds the reports of its counties, too. */
	if (c->name == PLACE_BY_CODE && !c->small && !p->typed)
		top[CLUE_PAGE] = top[CLUE_WEBSITE] = 0;
	c->score = 0;
	for (size_t k = 0; k < CLUE_KINDS; k++)
		c->score += top[k];
}

/* The clue, and what it says of the first candidates. */
static void
explain_clue(const struct place *p, const struct place_clue *clue, const struct lexicon *lex, int year,
	struct buf *explain)
{
	enum { SHOWN = 4 };

	buf_printf(explain, "; %s %.*s", clue_names[clue->kind], SPAN_ARG(clue->said));
	for (size_t i = 0; i < p->ncandidates && i < SHOWN; i++) {
		int w = weigh_in(lex, clue, p->candidate[i].row, year);

		if (w)
			buf_printf(explain, " %06u%+d", p->candidate[i].code, w);
	}
}

/* What all clues together say of a candidate. */
struct support {
	int by, against;
	size_t witnesses; /* clues for it */
};

bool
place_decide(struct place *p, const struct lexicon *lex, int year, struct buf *explain)
{
	struct support s = {0, 0, 0};
	struct place_candidate *best = &p->candidate[0];

	for (size_t i = 0; i < p->ncandidates; i++)
		score(p, &p->candidate[i], lex, year);
	if (p->ncandidates)
		qsort(p->candidate, p->ncandidates, sizeof *p->candidate, by_score);
	for (size_t k = 0; p->ncandidates && k < p->nclues; k++) {
		int w = weigh_in(lex, &p->clue[k], best->row, year);

		s.witnesses += w > 0;
		s.by += w > 0 ? w : 0;
		s.against -= w < 0 ? w : 0;
		if (explain)
			explain_clue(p, &p->clue[k], lex, year, explain);
	}
	if (p->ncandidates == 0)
		return false;
	if (p->ncandidates > 1 && best->score - p->candidate[1].score < PLACE_LEAD)
		return false;
	switch (best->name) {
	case PLACE_BY_CODE:
		return best->score > PLACE_LEAD || (s.witnesses >= 2 && best->score == PLACE_LEAD);
	case PLACE_BY_SHORT:
		return s.witnesses >= 1 && best->score >= PLACE_LEAD / 2;
	default:
		/* A name that is the only one of its kind needs no more, unless address and filings
		 * deny it; a text may have it in short (滨海新区 of 银湖湾滨海新区), so another county's own site does. */
		if (p->ncandidates == 1)
			return s.against - s.by < (p->told ? PLACE_LEAD : 2 * PLACE_LEAD);
		return s.witnesses >= 1 && best->score > 0;
	}
}
