#include "prose_parts.h"

/* 教育局分别公开【3条】, 民政局分别公开【5条】: from 分别 to the number they are the same. */
static bool
of_one_list(const struct prose *p, struct span a, struct span b)
{
	const struct context *words = identity_words(p->finder);
	size_t i, j;

	a.n = span_find(a, SPAN("【"));
	b.n = span_find(b, SPAN("【"));
	/* Most clauses differ at their ends. */
	if (a.n < 3 || b.n < 3 || memcmp(a.p + a.n - 3, b.p + b.n - 3, 3) != 0)
		return false;
	i = context_find(words, CONTEXT_EACH, a);
	j = context_find(words, CONTEXT_EACH, b);
	return i < a.n && j < b.n && span_eq(span_from(a, i), span_from(b, j));
}

bool
prose_begins_sentence(const struct prose *p, const struct span *part, size_t nparts)
{
	if (of_one_list(p, p->previous, part[nparts - 1]))
		return false;
	return nparts == 1 || (nparts == 2 && span_ends(part[0], SPAN("。")) && !span_eq(part[0], p->sentence));
}

/* What stands behind the last comma before the number of a clause, with it. */
static struct span
prose_last(struct span clause)
{
	size_t number = span_find(clause, SPAN("【")), at = 0, n;

	while ((n = span_find(span_of(clause.p + at, number - at), SPAN("，"))) < number - at)
		at += n + sizeof "，" - 1;
	return span_from(clause, at);
}

static enum scope
find_scope(struct prose *p, const struct span *part, size_t nparts, bool begins, enum scope report)
{
	struct span last = prose_last(part[nparts - 1]);
	enum scope scope = identity_clause_scope(p->finder, last);

	/* 各乡镇设立查阅点，全县共有19个: what stands nearest to the number says it. */
	if (scope == SCOPE_NONE && last.n < part[nparts - 1].n)
		scope = identity_clause_scope(p->finder, part[nparts - 1]);
	p->of_all = scope == report;
	if (begins) {
		/* Nothing stands before the clauses of a line's first sentence. */
		p->goes_on = !p->several && !p->whole && ((p->goes_on && nparts == 1) ||
			phrases_word_at_start(p->phrases, PHRASE_BACK, part[nparts - 1]) > 0);
		if (!p->goes_on)
			p->stated = SCOPE_NONE;
		p->several = p->whole = false;
	}
	/* 占全县总数的42.3%: that is of what it is a share; what follows is of neither. */
	if (scope != SCOPE_NONE && prose_reads_in(p, READ_SHARE, last)) {
		if (scope != report)
			return scope;
		scope = SCOPE_NONE;
	}
	if (scope != SCOPE_NONE) {
		p->several |= p->stated != SCOPE_NONE && p->stated != scope;
		p->stated = scope;
		p->goes_on = false;
		return scope == report ? SCOPE_NONE : scope;
	}
	/* 全省收到12310件，我市收到812件: the page's own place again. */
	if (p->stated != SCOPE_NONE && report == SCOPE_REGION && phrases_word_at_start(p->phrases, PHRASE_OURS, last)) {
		p->of_all = true;
		p->stated = SCOPE_NONE;
		return SCOPE_NONE;
	}
	/* 本级5件，乡镇8件，合计13件: that is of all. */
	if ((p->several || p->one_body) && prose_reads_in(p, READ_WHOLE, part[nparts - 1]))
		return SCOPE_NONE;
	if (p->stated == SCOPE_NONE || p->stated == report)
		return SCOPE_NONE;
	/* 办公室收到申请41件。上述申请中，予以公开18件 */
	if (p->goes_on)
		return p->stated;
	/* 全县收到申请47件，其中乡镇15件；答复46件, 47件（其中乡镇15件），答复46件: that is of what governs it again. */
	if (prose_is_apart(p, part[nparts - 1])) {
		for (size_t i = nparts - 1; i-- > 0 && scope == SCOPE_NONE && !span_ends(part[i], SPAN("。"));)
			scope = identity_clause_scope(p->finder, part[i]);
		p->stated = scope;
		return scope == report ? SCOPE_NONE : scope;
	}
	for (size_t i = 0; i + 1 < nparts; i++)
		if (!span_ends(part[i], SPAN("。")) && identity_clause_scope(p->finder, part[i]) == p->stated)
			return p->stated;
	return SCOPE_UNCLEAR;
}

enum scope
prose_scope(struct prose *p, const struct span *part, size_t nparts, bool begins, enum scope report)
{
	enum scope scope = find_scope(p, part, nparts, begins, report);

	p->whole |= scope == SCOPE_NONE;
	return scope;
}

bool
prose_of_one_body(struct prose *p, const struct span *part, size_t nparts, bool begins)
{
	if (begins && !p->goes_on)
		p->one_body = false;
	p->one_body |= prose_reads_in(p, READ_BODY, part[nparts - 1]);
	for (size_t i = nparts - 1; i-- > 0 && !p->one_body && !span_ends(part[i], SPAN("。"));)
		p->one_body = prose_governs(p, part, i, READ_BODY);
	/* 县国土局收到申请12件，办结10件，占全县的3%; but 全县收到31件, or 合计31件, is of all again. */
	if (p->one_body && !prose_reads_in(p, READ_BODY, part[nparts - 1]) &&
		!prose_reads_in(p, READ_SHARE, part[nparts - 1]) &&
		(prose_reads_in(p, READ_WHOLE, part[nparts - 1]) ||
			identity_clause_scope(p->finder, part[nparts - 1]) != SCOPE_NONE))
		p->one_body = false;
	return p->one_body;
}

/* True if the value is whole and more than the other. */
static bool
is_more(struct span value, struct span other)
{
	return value.n && !memchr(value.p, '.', value.n) &&
	       (value.n > other.n || (value.n == other.n && memcmp(value.p, other.p, value.n) > 0));
}

/* True if the clause says that its number is that of the whole year, and it is not below the other. */
static bool
is_whole(struct prose *p, struct span clause, struct span value, struct span other)
{
	return prose_reads_in(p, READ_WHOLE, clause) && is_more(value, other);
}

/* True if only the part is said to be of disclosure. */
static bool
of_disclosure(struct prose *p, struct span whole, struct span part)
{
	return prose_reads_in(p, READ_PART, part) && !prose_reads_in(p, READ_PART, whole) &&
	       !identity_says_open(p->finder, whole);
}

/*
 * 举办培训班126期，培训1.2万人次，其中政府信息公开培训班2期: all that was counted of the kind before was of other things, too.
 * The one at `but` stays.
 */
static void
narrow(struct prose *p, size_t but, struct facts *out)
{
	size_t n = 0;

	p->narrowed = true;
	for (size_t i = 0; i < p->nsaid; i++) {
		struct said *said = &p->said[i];

		if (i != but && span_eq(prose_family(said->row), prose_family(p->said[but].row)) &&
			!identity_says_open(p->finder, said->clause))
			facts_forget(&out->fact[said->fact]);
		else
			p->said[n++] = *said;
	}
	p->nsaid = n;
}

/* A figure that states no year after all counts several. */
static void
make_cumulative(struct said *said, uint16_t total, struct facts *out)
{
	if (!said->period && said->column != COLUMN_GROWTH)
		out->fact[said->fact].period = said->period = total;
}

/*
 * 新增39.6万条 and 截至年底累计203.4万条, in other sentences of the page and in either order: the greater is of several
 * years.
 */
static void
settle_total_of_page(struct prose *p, struct fact *fact, struct span own, struct span value, uint32_t at, struct facts *out)
{
	bool total = prose_reads_in(p, READ_TOTAL, own), fresh = !total && prose_reads_in(p, READ_NEW, own);

	if (!total && !fresh)
		return;
	for (size_t i = 0; i < p->nfresh; i++) {
		struct said *other = &p->fresh[i];

		if (other->row != fact->row || other->column != fact->column || other->scope != fact->scope ||
			other->of_all != fresh)
			continue;
		if (total && is_more(value, other->value))
			fact->period = facts_period(out, SPAN("cumulative"));
		else if (fresh && is_more(other->value, value))
			out->fact[other->fact].period = facts_period(out, SPAN("cumulative"));
	}
	if (p->nfresh < MOST_FRESH)
		p->fresh[p->nfresh++] = (struct said){.row = fact->row, .column = fact->column,
			.scope = fact->scope, .of_all = total, .fact = at, .value = value};
}

/* 2014年通过网站公开97条，累计公开846条: in that year by all ways, or by this one in all years? */
static bool
is_either(struct prose *p, const struct fact *fact, struct span own, struct span value)
{
	const struct said *said = &p->said[0];

	return p->nsaid == 1 && !fact->period && !said->period && said->row != fact->row && said->column == COLUMN_VALUE &&
	       fact->column == COLUMN_VALUE && span_eq(prose_family(said->row), prose_family(fact->row)) &&
	       span_eq(forms_unit(said->row, NULL), forms_unit(fact->row, NULL)) && is_more(value, said->value) &&
	       prose_reads_in(p, READ_TOTAL, own) && !prose_reads(p, READ_CURRENT, own, NULL) &&
	       prose_reads_in(p, READ_NEW, said->clause);
}

bool
prose_settle_same(struct prose *p, struct fact *fact, struct span own, struct span value, uint32_t at,
	struct facts *out)
{
	struct said *said = p->nsaid ? &p->said[p->nsaid - 1] : NULL;

	/* 共96条，其中2016年28条: the whole is not of this year alone. */
	if (said && fact->period && !said->period && said->row == fact->row && said->column == fact->column &&
		said->scope == fact->scope && fact->column != COLUMN_PERCENT && prose_reads_in(p, READ_THIS, own))
		out->fact[said->fact].period = said->period = facts_period(out, SPAN("cumulative"));
	for (size_t i = 0; i < p->nsaid; i++) {
		said = &p->said[i];
		if (said->row != fact->row || said->column != fact->column || said->scope != fact->scope ||
			said->period != fact->period || span_eq(said->value, value))
			continue;
		if (fact->column != COLUMN_PERCENT && fact->column != COLUMN_GROWTH && (!p->sum || p->of_all)) {
			bool part = of_disclosure(p, said->clause, own);

			if ((prose_reads_in(p, READ_TOTAL, said->clause) && prose_reads_in(p, READ_NEW, own)) ||
				(prose_reads_in(p, READ_THIS, own) && !prose_reads_in(p, READ_NEW, said->clause))) {
				/* 累计受理80件，引发复议9件，其中2017年受理8件 */
				size_t end = prose_reads_in(p, READ_THIS, own) ? p->nsaid : i + 1;

				for (uint16_t total = facts_period(out, SPAN("cumulative")); i < end; i++)
					make_cumulative(&p->said[i], total, out);
				break;
			}
			/* 全年收到申请26件，累计收到211件: the year's stands first. */
			if (prose_reads_in(p, READ_TOTAL, own) &&
				(prose_reads_in(p, READ_NEW, said->clause) || is_more(value, said->value))) {
				fact->period = facts_period(out, SPAN("cumulative"));
				break;
			}
			if (prose_reads_in(p, READ_LEVEL, own) || part ||
				(p->narrowed && !identity_says_open(p->finder, said->clause)) ||
				is_whole(p, own, value, said->value) ||
				(p->of_all && !said->of_all && is_more(value, said->value)) ||
				(prose_reads_in(p, READ_YIELDS, said->clause) && !prose_reads_in(p, READ_YIELDS, own)) ||
				(prose_reads_in(p, READ_NEW, own) && phrases_word_within(p->phrases, PHRASE_NEWLY, own))) {
				/*
				 * 突破500件，达到512件; 复议案件63件，其中信息公开类11件; 5月120人，全年
				 * 共235人; 受理88件，其中上年结转5件，新收83件; 市政府收到5件，全市合计24件
				 */
				facts_forget(&out->fact[said->fact]);
				said->value = value;
				said->clause = own;
				said->fact = at;
				said->of_all = p->of_all;
				if (part)
					narrow(p, i, out);
				return true;
			}
		}
		/*
		 * Their names say nothing that is counted; or each is a part, as what a part is more than is: 收取复印费12元、
		 * 邮寄费30元; 其中省厅网站公开3条，通过局网站公开9条.
		 */
		if (of_one_list(p, said->clause, own) ||
			(prose_reads_in(p, READ_PARTS, own) &&
				(prose_reads_in(p, READ_PARTS, said->clause) || is_more(value, said->value))))
			facts_forget(&out->fact[said->fact]);
		return false;
	}
	if (is_either(p, fact, own, value))
		return false;
	if (!fact->period && fact->column != COLUMN_PERCENT && fact->column != COLUMN_GROWTH)
		settle_total_of_page(p, fact, own, value, at, out);
	if (p->nsaid == MOST_SAID)
		memmove(p->said, p->said + 1, --p->nsaid * sizeof *p->said);
	said = &p->said[p->nsaid++];
	*said = (struct said){fact->row, fact->column, fact->period, fact->scope, p->of_all, at, own, value};
	return true;
}

void
prose_settle_within(struct prose *p, const struct fact *fact, struct span own, uint32_t at, struct facts *out)
{
	struct said *last = p->nsaid ? &p->said[p->nsaid - 1] : NULL;

	if (!last || last->fact + 1 != at || last->row == fact->row || last->column != fact->column ||
		last->period || !prose_reads_in(p, READ_WITHIN, own) || !prose_reads_in(p, READ_CAME, last->clause))
		return;
	facts_forget(&out->fact[last->fact]);
	p->nsaid--;
}

struct span
prose_governing(struct span text, struct span own)
{
	return prose_upto(text, (size_t)(own.p - text.p));
}

bool
prose_is_opened(const struct prose *p, const struct item *item, struct span own, const struct facts *out,
	uint16_t *period)
{
	bool more = is_more(item->value, p->opened_value);

	if (p->opened.n == 0 || !span_starts(prose_governing(item->text, own), p->opened) || (more && !p->opened_whole))
		return false;
	*period = more ? out->fact[p->opened_of].period : 0;
	return true;
}

/* 受理复议31件、应诉58件，其中因政府信息公开引起的分别为2件和3件: what was counted is of other things, too. */
static void
settle_part(struct prose *p, struct span own, struct facts *out)
{
	size_t n = 0;

	if (!p->nsaid || !prose_reads_in(p, READ_PART, own))
		return;
	for (size_t i = 0; i < p->nsaid; i++) {
		struct said *said = &p->said[i];

		if (prose_reads_in(p, READ_DISPUTES, said->clause) && !identity_says_open(p->finder, said->clause))
			facts_forget(&out->fact[said->fact]);
		else
			p->said[n++] = *said;
	}
	p->nsaid = n;
}

static void
settle_total(struct prose *p, struct span own, struct facts *out)
{
	struct said *last = p->nsaid ? &p->said[p->nsaid - 1] : NULL;

	if (last && !last->period && prose_reads_in(p, READ_TOTAL, last->clause) &&
		((last->fact + 1 == out->n && prose_reads_in(p, READ_BARE, own) && prose_reads_in(p, READ_NEW, own)) ||
			prose_reads_in(p, READ_THIS, own)))
		out->fact[last->fact].period = last->period = facts_period(out, SPAN("cumulative"));
}

void
prose_settle_unread(struct prose *p, struct span own, struct facts *out)
{
	settle_total(p, own, out);
	settle_part(p, own, out);
}
