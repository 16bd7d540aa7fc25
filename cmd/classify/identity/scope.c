#include "finder.h"

/* True if words before the offset except what follows: 不含各县区. */
static bool
is_excepted(const struct context *c, struct span text, size_t offset)
{
	enum { FARTHEST = 24 }; /* bytes */
	size_t from = offset > FARTHEST ? offset - FARTHEST : 0;

	return context_within(c, CONTEXT_EXCEPTS, span_of(text.p + from, offset - from));
}

void
scope_decide(struct identity_finder *f, size_t heading, struct identity *out)
{
	/* A zone's government speaks for no division. */
	bool government = (out->body_kind == BODY_GOVERNMENT || out->body_kind == BODY_OFFICE) &&
			  out->level != LEVEL_ZONE;
	bool region = false, tier = false;

	out->scope = government && out->body_kind == BODY_GOVERNMENT ? SCOPE_REGION : SCOPE_OWN;
	for (size_t l = 0; l < f->nlines; l++) {
		const struct line *line = &f->line[l];
		const struct name_hit *compiled = NULL;
		bool title = l == heading || line->kind == LINE_TITLE || line->kind == LINE_ARTICLE;

		if ((line->kind != LINE_TEXT || line->other) && !title)
			continue;
		for (size_t i = 0; i < line->nhits && !compiled; i++)
			if (is_role(f, hit_of(f, line, i), ROLE_COMPILED))
				compiled = hit_of(f, line, i);
		if (!compiled && !title)
			continue;
		for (size_t i = 0; i < line->nhits; i++) {
			const struct name_hit *hit = hit_of(f, line, i);
			const struct word *word = lexicon_word(f->lexicon, hit);
			/* 某县(本级)2021年…: in a heading it is said of all, elsewhere of a clause. */
			uint8_t said = word->compiled == SCOPE_NONE && l == heading && word->clause == SCOPE_TIER
					       ? SCOPE_TIER
					       : word->compiled;
			size_t from = compiled && hit->start > compiled->start ? compiled->start
									       : hit->start;
			size_t to = compiled && hit->start > compiled->start ? hit->end
				    : compiled                               ? compiled->end
									     : hit->end;

			/* Of the same sentence as the word for compiling. */
			if (said == SCOPE_NONE || to - from > 240 ||
				contains(span_of(line->text.p + from, to - from), "。"))
				continue;
			region = region ||
				 (said == SCOPE_REGION && !is_excepted(&f->lexicon->context, line->text, hit->start));
			tier = tier || said == SCOPE_TIER;
		}
	}
	if (government && region)
		out->scope = SCOPE_REGION;
	else if (government && tier)
		out->scope = SCOPE_TIER;
}

/* 全市 on a county's page: the words name what the place lies in. */
static bool
is_wider(const struct identity_finder *f, struct span words)
{
	const struct types *types = &f->lexicon->types;
	const struct region *at = f->row;
	size_t type = types_at_end(types, words);

	if (!at || type == TYPE_NONE || types_fit(types, types->v[type].word, at->kind))
		return false;
	while ((at = regions_parent(f->lexicon->regions, at, f->year)) != NULL)
		if (types_fit(types, types->v[type].word, at->kind))
			return true;
	return false;
}

/*
 * 瑞金市主动公开… on the page of 赣州市: the clause begins with a place that neither is the page's nor holds it, nor
 * is named before it (第一师阿拉尔市).
 */
static bool
is_elsewhere(const struct identity_finder *f, struct span name, struct span behind)
{
	if (f->row && span_starts(behind, f->row->name))
		return false;
	for (const struct region *at = f->row; at; at = regions_parent(f->lexicon->regions, at, f->year))
		if (span_eq(at->name, name))
			return false;
	return f->row != NULL;
}

/* 湖北省公开156万条 on the page of 荆门市: a place that holds the page's, and none behind it (湖北省荆门市). */
static bool
is_above(const struct identity_finder *f, struct span name, struct span behind, const struct name_hits *hits, size_t end)
{
	const struct region *at = f->row;

	for (size_t i = 0; i < hits->n; i++)
		if (hits->v[i].start == end && lexicon_word(f->lexicon, &hits->v[i])->place)
			return false;
	if (!at || span_eq(at->name, name) || span_starts(behind, at->name))
		return false;
	while ((at = regions_parent(f->lexicon->regions, at, f->year)) != NULL)
		if (span_eq(at->name, name))
			return true;
	return false;
}

/* 省政府办公厅 on a county's page: the word begins with the kind of place it is of. */
static bool
is_of_wider(const struct identity_finder *f, struct span words)
{
	return words.n > 3 && is_wider(f, span_head(words, 3));
}

/* Where the clause names the page's own body (其中区民政局公开), not another place's of the name; its end if it does not. */
static size_t
names_self(const struct identity_finder *f, struct span clause)
{
	enum { LEAST = 9 }; /* bytes */
	const struct types *types = &f->lexicon->types;
	size_t at, type;

	if (f->named.n < LEAST || !f->row)
		return clause.n;
	at = span_find(clause, f->named);
	type = at < clause.n ? types_at_end(types, span_head(clause, at)) : TYPE_NONE;
	return type == TYPE_NONE || types_fit(types, types->v[type].word, f->row->kind) ? at : clause.n;
}

/* 省政府受理8件 in a county's report. */
static bool
is_wider_government(const struct identity_finder *f, struct span clause)
{
	const struct context *c = &f->lexicon->context;
	size_t at = lines_skip_marks(clause, 0), type, n;

	clause = span_from(clause, at);
	type = types_at_start(&f->lexicon->types, clause);
	if (type == TYPE_NONE)
		return false;
	at = f->lexicon->types.v[type].word.n;
	n = context_length(c, CONTEXT_GOVERNMENT, clause, at);
	return n && context_length(c, CONTEXT_ACTS, clause, at + n) && is_wider(f, span_head(clause, at));
}

/* 高邮市收到61件, and the like in the report of one of its towns. */
static bool
is_of_place(const struct identity_finder *f, struct span clause, const struct name_hit *hit)
{
	return f->row && span_eq(span_of(clause.p + hit->start, hit->end - hit->start), f->row->name) &&
	       (context_length(&f->lexicon->context, CONTEXT_ACTS, clause, hit->end) ||
		       (hit->end < clause.n && (unsigned char)clause.p[hit->end] < 0x80));
}

const struct context *
identity_words(const struct identity_finder *f)
{
	return &f->lexicon->context;
}

bool
identity_says_open(const struct identity_finder *f, struct span text)
{
	return context_within(&f->lexicon->context, CONTEXT_OPEN, text);
}

size_t
identity_beyond(const struct identity_finder *f, struct span text)
{
	size_t n = context_word_length(&f->lexicon->related, text, 0);

	return n ? n : context_length(&f->lexicon->context, CONTEXT_BEYOND, text, 0);
}

/* A word of a clause that says whose its figures are. */
struct said_scope {
	size_t start, end; /* SIZE_MAX and 0: there is none */
	unsigned scope;
};

/* The first such word from the offset on; of those that begin together the longest. */
static struct said_scope
next_said(const struct identity_finder *f, struct span clause, const struct name_hits *hits, size_t from)
{
	struct said_scope first = {SIZE_MAX, 0, SCOPE_NONE};
	size_t place_from = 0, place_to = 0;

	for (size_t i = 0; i < hits->n; i++) {
		const struct name_hit *hit = &hits->v[i];
		const struct word *word = lexicon_word(f->lexicon, hit);
		struct span text = span_of(clause.p + hit->start, hit->end - hit->start);
		uint8_t said = word->clause;

		/* Of words that end together the longest comes first: a name before what ends it. */
		if (word->place && word->full) {
			place_from = hit->start;
			place_to = hit->end;
		}
		if (said == SCOPE_NONE || hit->start < from || (word->offices && f->township))
			continue;
		/* 县区 of 梅县区 */
		if (hit->start > place_from && hit->end <= place_to)
			continue;
		if (hit->start > first.start || (hit->start == first.start && hit->end <= first.end))
			continue;
		if ((said == SCOPE_REGION && is_wider(f, text)) ||
			((said == SCOPE_OWN || said == SCOPE_TIER) && is_of_wider(f, text)))
			said = SCOPE_UNCLEAR;
		first = (struct said_scope){hit->start, hit->end, said};
	}
	return first;
}

enum scope
identity_clause_scope(const struct identity_finder *f, struct span clause)
{
	struct name_hits *hits = f->clause;
	struct said_scope said = {0, 0, SCOPE_NONE};
	size_t self = names_self(f, clause);
	const struct name_hit *named = NULL;

	hits->n = 0;
	names_scan(f->lexicon->names, clause, hits);
	for (size_t i = 0, begin = lines_skip_marks(clause, 0); i < hits->n; i++) {
		const struct name_hit *hit = &hits->v[i];
		const struct word *word = lexicon_word(f->lexicon, hit);

		/* 借鉴江苏省公开50万条的做法 */
		if (hit->start == begin && is_role(f, hit, ROLE_EXAMPLE)) {
			begin = hit->end;
			named = NULL;
		}
		/* Of names that begin together the last one is the longest: 梅县区, which begins with 梅县. */
		if (hit->start == begin && word->place && word->full)
			named = hit;
	}
	if (named) {
		struct span name = span_of(clause.p + named->start, named->end - named->start);
		struct span behind = span_from(clause, named->end);

		if (is_elsewhere(f, name, behind) || is_above(f, name, behind, hits, named->end))
			return SCOPE_UNCLEAR;
		if (self == clause.n && is_of_place(f, clause, named))
			return SCOPE_REGION;
	}
	if (is_wider_government(f, clause))
		return SCOPE_UNCLEAR;
	/* SCOPES is of a word that says nothing, nor do the words in it. */
	do {
		said = next_said(f, clause, hits, said.end);
		if (self < said.start && self < clause.n)
			return SCOPE_OWN;
	} while (said.scope == SCOPES);
	return (enum scope)said.scope;
}

int
identity_year(const struct identity_finder *f, struct span text)
{
	struct year_scan scan = year_scan_start(&f->lexicon->years, text, true);
	struct year_token t;

	return year_scan_next(&scan, &t) && t.start == 0 && t.end == text.n && !t.month ? t.year : 0;
}
