#include "prose_parts.h"

static bool
look_in_form(const struct prose *p, const struct phrase *ph, uint16_t form)
{
	const struct form_row *row;
	struct span name;

	name = p->book->edition[form].name;
	row = forms_row(p->book->forms, name, ph->indicator);
	/* The heading of a group has no value of its own there; the text may give what its rows come to. */
	return row && row->type != ROW_SECTION && (row->type != ROW_GROUP || ph->column.n) &&
	       (!ph->column.n || forms_column(p->book->forms, name, row->table, ph->column));
}

struct meaning
prose_meaning(const struct prose *p, const struct phrase *ph, uint16_t form)
{
	const struct forms *forms = p->book->forms;
	struct span column = ph->column;
	struct meaning m = {NULL, COLUMN_VALUE, (uint16_t)ph->line, ph->context.n > 0};

	if (form != NO_FORM)
		m.row = forms_row(forms, p->book->edition[form].name, ph->indicator);
	/* Prose names no form: that of the column decides which row is meant. */
	for (size_t i = 0; i < p->book->neditions && !m.row && column.n; i++)
		if (look_in_form(p, ph, (uint16_t)i))
			m.row = forms_row(forms, p->book->edition[i].name, ph->indicator);
	if (!m.row)
		m.row = forms_any_row(forms, ph->indicator);
	if (!column.n && span_eq(m.row->dimension, SPAN("applicant")))
		column = SPAN("total");
	if (!column.n)
		return m;
	/* A column the row's own form lacks is another's. */
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < forms->ncolumns; i++) {
			const struct form_column *c = &forms->column[i];

			if (!span_eq(c->column, column) || !span_eq(c->table, m.row->table) ||
				(turn == 0 && !span_eq(c->form, m.row->form)))
				continue;
			m.column = (uint16_t)i;
			return m;
		}
	return m;
}

static bool
in_form(const struct prose *p, struct phrase *ph, uint16_t form)
{
	uint32_t bit;

	if (form == NO_FORM)
		return false;
	if (form >= 32)
		return look_in_form(p, ph, form);
	bit = UINT32_C(1) << form;
	if (!(ph->asked & bit)) {
		ph->asked |= bit;
		ph->in |= look_in_form(p, ph, form) ? bit : 0;
	}
	return (ph->in & bit) != 0;
}

static bool
in_years(const struct phrase *ph, int year)
{
	return year == 0 || (year >= ph->from && year <= ph->until);
}

static size_t
add_meaning(const struct prose *p, const struct phrase *ph, uint16_t form,
	struct meaning meaning[MOST_MEANINGS], size_t n)
{
	struct meaning m = prose_meaning(p, ph, form);

	for (size_t i = 0; i < n; i++)
		if (span_eq(meaning[i].row->indicator, m.row->indicator) && meaning[i].column == m.column)
			return n;
	if (n < MOST_MEANINGS)
		meaning[n++] = m;
	return n;
}

/* The context is found in the clause with those that govern it, or in that of the figure before. */
static bool
in_context(struct prose *p, struct phrase *ph, struct span context)
{
	struct patterns *patterns = p->phrases->patterns;
	size_t before = ph->where == SENTENCE ? span_find(context, SPAN("。│")) : context.n;

	if (before < context.n)
		context = span_from(context, before + sizeof "。│" - 1);
	if (ph->where == STORY) {
		p->looked = LOOKED_BEFORE;
		return pattern_found(patterns, ph->context_pattern, p->story.n ? buf_span(&p->story) : context, NULL);
	}
	if (p->looked == LOOKED_OWN)
		p->looked = LOOKED_TEXT;
	if (ph->where != NEAR && pattern_found(patterns, ph->context_pattern, context, NULL))
		return true;
	if (ph->context.p[0] == '^')
		return false;
	p->looked = LOOKED_BEFORE;
	return p->previous.n && pattern_found(patterns, ph->context_pattern, p->previous, NULL);
}

/* What came of one kind of applicants is no total: of the meanings those that are none stay. */
static size_t
without_totals(const struct prose *p, struct meaning meaning[MOST_MEANINGS], size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (meaning[i].column == COLUMN_VALUE || !span_eq(p->book->forms->column[meaning[i].column].column, SPAN("total")))
			meaning[kept++] = meaning[i];
	return kept;
}

/*
 * What a clause counts.  Of phrases that say the same in different years that of the page's form is
 * taken, else that of its year.
 */
static size_t
count_of(struct prose *p, struct span clause, struct span context, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	const struct phrases *phrases = p->phrases;
	const uint64_t *units = asked->any ? phrases->counting : phrases_of_unit(phrases, asked->unit);
	uint16_t form = asked->form;
	int year = asked->year;
	struct phrase *best = NULL;
	size_t n = 0;

	for (size_t k = 0; units && k < phrases->set; k++)
		for (uint64_t may = p->clause->may[k] & phrases->counting[k] & units[k] & ~(asked->zero ? 0 : phrases->zero[k]); may;
			may &= may - 1) {
			struct phrase *ph = &phrases->phrase[k * 64 + (size_t)__builtin_ctzll(may)];
			bool mine = in_form(p, ph, form);

			if ((!mine && !in_years(ph, year)) ||
				(ph->polarity == COUNT && best && !(mine && !in_form(p, best, form) &&
					ph->pattern == best->pattern)))
				continue;
			if (!prose_has(p, ph->pattern, clause, NULL) ||
				(ph->context.n && !in_context(p, ph, context)))
				continue;
			if (ph->polarity == COUNT)
				best = ph;
			else if (mine || !n || form == NO_FORM || in_years(ph, year))
				n = add_meaning(p, ph, form, meaning, n);
		}
	if (!n && best)
		n = add_meaning(p, best, form, meaning, n);
	return n && prose_reads(p, READ_APPLICANT, clause, NULL) ? without_totals(p, meaning, n) : n;
}

/* Of 【两件】予以公开，一件不予公开 the words of the next number, in the unit of the first, go. */
static struct span
before_next(const struct prose *p, struct span words, struct span unit)
{
	size_t comma = span_find(words, SPAN("，")), at = comma + SPAN("，").n;

	return unit.n && at < words.n && numerals_at(p->book->numerals, span_from(words, at)) &&
			       span_at(words, at + 3, unit)
		? prose_upto(words, comma)
		: words;
}

/* What a clause counts that begins with its number (有3件不予公开): as if the number stood at its end. */
static size_t
turned(struct prose *p, struct span text, struct span own, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	size_t at = span_find(own, SPAN("【")), end = span_find(own, SPAN("】")) + sizeof "】" - 1;

	if (end >= own.n || p->leads || (asked->zero && !asked->unit.n) || !prose_reads(p, READ_THERE, own, NULL))
		return 0;
	buf_reset(&p->pair);
	buf_add_span(&p->pair, prose_upto(own, at));
	buf_add_span(&p->pair, before_next(p, span_from(own, end), asked->unit));
	buf_add(&p->pair, own.p + at, end - at);
	prose_gather(p, buf_span(&p->pair));
	/* 其余20件为不存在、非本机关掌握: of several at once. */
	if (prose_reads(p, READ_PLAN, buf_span(&p->pair), NULL))
		return 0;
	return count_of(p, buf_span(&p->pair), prose_through(text, own), asked, meaning);
}

static void
remember(struct prose *p, struct span clause)
{
	buf_reset(&p->last);
	buf_add_span(&p->last, clause);
}

/* True if the words are those of the figure counted last, or of the sentence before. */
static bool
is_last(const struct prose *p, struct span words)
{
	struct span last = buf_span(&p->last);

	return span_ends(words, SPAN("。")) ||
	       (last.n && span_starts(words, prose_upto(last, span_find(last, SPAN("【")))));
}

/* Whether the sentence has counted more than one thing. */
static bool
says_several(const struct prose *p)
{
	for (size_t i = 1; i < p->nsaid; i++)
		if (p->said[i].row != p->said[0].row)
			return true;
	return false;
}

/* By another number without a word of its own: 与上年的118条、276条相比. */
static bool
is_followed(const struct prose *p)
{
	const struct item *next;

	if (!p->page || p->at + 1 >= p->page->n)
		return false;
	next = &p->page->items[p->at + 1];
	return next->kind == ITEM_FIGURE && next->line == p->page->items[p->at].line &&
	       prose_next_words(p->page, p->at).n == 0;
}

/* 收到87件，其中当面12件、网络50件、信函25件，较上年的72件: of the last, or of all? */
static bool
after_list(const struct prose *p, struct span own)
{
	return p->nsaid > 2 || is_followed(p) || (p->nsaid > 1 && prose_is_apart(p, own));
}

/*
 * What a clause counts that names nothing but a time (今年36件): the same as the one that governs it, or,
 * where it goes on from a number (增至36件), as the figure before.
 */
static size_t
carried(struct prose *p, struct span text, const struct span *part, size_t nparts, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	struct span own = part[nparts - 1], from, subject;
	size_t n = 0;

	p->sum = false;
	if (prose_reads(p, READ_LEVEL, own, NULL)) {
		/* 复议、诉讼分别增加5件和3件，达到19件: of which? */
		if (context_within(identity_words(p->finder), CONTEXT_EACH, p->previous))
			return 0;
		from = p->last.n ? buf_span(&p->last) : p->previous;
	} else if (prose_reads(p, READ_BASE, own, NULL)) {
		/* 收到36件，比2021年的30件增加6件: of what the figure before counts, whatever it says. */
		subject = prose_subject(p, buf_span(&p->last));
		prose_gather(p, subject);
		return p->last.n && !asked->zero && !after_list(p, own) ? count_of(p, subject, text, asked, meaning) : 0;
	} else if (nparts > 1 && (prose_reads(p, READ_SUM, own, NULL) || prose_reads(p, READ_BARE, own, NULL)))
		from = part[nparts - 2];
	else
		return 0;
	/* 专职12人、兼职184人（2009年:171人）, 网站公开64条，微信公开596条，去年为3条: what was in another year is of the last. */
	if (!from.n ||
		((prose_reads(p, READ_PREVIOUS, own, NULL) || (says_several(p) && prose_own_year(p, own))) && !is_last(p, from)))
		return 0;
	subject = prose_subject(p, from);
	p->sum = prose_reads_in(p, READ_SUM, own);
	buf_reset(&p->pair);
	buf_add_span(&p->pair, subject);
	buf_add_str(&p->pair, "│");
	buf_add_span(&p->pair, own);
	prose_gather(p, buf_span(&p->pair));
	if (prose_reads(p, READ_SAME, buf_span(&p->pair), NULL)) {
		prose_gather(p, subject);
		n = count_of(p, subject, prose_through(text, part[nparts - 1]), asked, meaning);
	}
	for (size_t i = 0; i < n; i++)
		meaning[i].leans = true;
	if (n && from.p != p->last.p)
		remember(p, from);
	return n;
}

/*
 * What the second number of the same words counts (推送信息365期1,120条, 推送90期、358条信息), where the first counts
 * nothing: as if it stood there alone.
 */
static size_t
beside(struct prose *p, struct span text, const struct span *part, size_t nparts, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	struct span own = part[nparts - 1], words, behind = p->previous;
	size_t end = span_find(own, SPAN("】")) + sizeof "】" - 1;

	if (nparts < 2 || p->last.n || !prose_reads_in(p, READ_BESIDE, own))
		return 0;
	words = part[nparts - 2];
	if (!span_starts(behind, words) || !span_at(behind, words.n, SPAN("【")))
		return 0;
	buf_reset(&p->pair);
	buf_add_span(&p->pair, words);
	buf_add(&p->pair, own.p + end, own.n - end);
	buf_add(&p->pair, own.p, end);
	prose_gather(p, buf_span(&p->pair));
	return count_of(p, buf_span(&p->pair), prose_through(text, own), asked, meaning);
}

/* 申请较去年增加8件，增长22.9%: of what has grown just before. */
static size_t
grown_of(struct prose *p, struct span text, struct span own, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	struct span subject;

	if (!p->previous.n || !prose_names_nothing(p, own) || !prose_reads_in(p, READ_GROWTH, p->previous))
		return 0;
	subject = prose_subject(p, p->previous);
	if (prose_names_nothing(p, prose_upto(subject, subject.n - 3)))
		return 0;
	prose_gather(p, subject);
	return count_of(p, subject, text, asked, meaning);
}

/* 网站84条（84%）: a percentage and nothing else in brackets, behind what it is a share of. */
static bool
is_bracketed(struct prose *p, struct span own)
{
	size_t end;

	if (!span_starts(own, SPAN("【")) || !span_ends(own, SPAN("%】")) || !p->previous.n || p->line.n > LONGEST)
		return false;
	end = own.n - (sizeof "】" - 1);
	buf_reset(&p->pair);
	buf_add_str(&p->pair, "(");
	buf_add(&p->pair, own.p + 3, end - 3);
	buf_add_str(&p->pair, ")");
	/* 减少12件（4%） is how much less. */
	return span_find(p->line, buf_span(&p->pair)) < p->line.n && !prose_reads_in(p, READ_GROWTH, p->previous);
}

/* Whether the figure before is the last of a list of parts, 其中网络49件、信函25件, or what that is compared with. */
static bool
after_parts(struct prose *p)
{
	size_t n = p->nsaid;

	if (n < 3 || (p->previous.p != p->said[n - 1].clause.p && !prose_reads_in(p, READ_BASE, p->previous)))
		return false;
	for (size_t i = n - 1; i > 1; i--) {
		const struct said *part = &p->said[i - 1];

		if (part->column == COLUMN_GROWTH || part->column == COLUMN_PERCENT || p->said[i].fact != part->fact + 1)
			return false;
		if (prose_reads_in(p, READ_INNER, part->clause))
			return true;
	}
	return false;
}

/* What a number is taken as, by its own clause: nothing, a count, or the growth or share of one. */
enum taken { TAKEN_NOT, TAKEN_COUNT, TAKEN_GROWTH, TAKEN_SHARE };

/* What the number of the clause is taken as; *at gets where the words for a growth or a share begin. */
static enum taken
taken_as(struct prose *p, struct span own, struct span unit, size_t *at)
{
	bool percent = span_eq(unit, SPAN("%"));
	char apart;

	if (prose_reads(p, READ_PLAN, own, at))
		return TAKEN_NOT;
	if (prose_reads(p, READ_GROWTH, own, at)) {
		/* 52件为网络申请，3件为信函申请；同比减少19件: of all, not of the last. */
		apart = p->nsaid > 1 ? prose_is_apart(p, own) : 0;
		/* 收到106件（其中网上90件），增长26%: of what the bracket is within. */
		if (apart == ')')
			buf_reset(&p->last);
		p->adrift = apart == ';' ||
			(p->adrift && p->previous.n && prose_reads_in(p, READ_GROWTH, p->previous));
		prose_gather(p, own);
		/* 其中网络49件、信函25件，同比增长20.8%: of the last, or of all? */
		if ((p->adrift || (apart != ')' && after_parts(p))) && prose_names_nothing(p, prose_upto(own, *at)))
			return TAKEN_NOT;
		/* How much more or less is no count, and as a percentage a figure of its own. */
		return percent ? TAKEN_GROWTH : TAKEN_NOT;
	}
	if (prose_reads(p, READ_SHARE, own, at) && percent)
		return TAKEN_SHARE;
	if (percent && is_bracketed(p, own)) {
		*at = 0;
		return TAKEN_SHARE;
	}
	return percent || prose_reads(p, READ_RATE, own, at) ? TAKEN_NOT : TAKEN_COUNT;
}

/* What a count counts: its clause says it, as it stands or with its number at the end, or what was said before. */
static size_t
counted(struct prose *p, struct span text, const struct span *part, size_t nparts, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	struct span own = part[nparts - 1];
	size_t n;

	p->looked = LOOKED_OWN;
	n = count_of(p, own, prose_through(text, own), asked, meaning);
	if (n) {
		prose_keep(p, meaning, n);
		remember(p, own);
		return n;
	}
	n = turned(p, text, own, asked, meaning);
	if (n) {
		remember(p, buf_span(&p->pair));
		return n;
	}
	prose_gather(p, own);
	n = carried(p, text, part, nparts, asked, meaning);
	if (n)
		return n;
	n = beside(p, text, part, nparts, asked, meaning);
	buf_reset(&p->last);
	if (n)
		remember(p, buf_span(&p->pair));
	return n;
}

/* Of what a growth or a share is, whose words begin at `at` of its clause: its own words say it, or those before. */
static size_t
related(struct prose *p, struct span text, const struct span *part, size_t nparts, size_t at,
	const struct asked *asked, struct meaning meaning[MOST_MEANINGS])
{
	struct span own = part[nparts - 1];
	size_t n = grown_of(p, text, prose_upto(own, at), asked, meaning);

	for (size_t i = nparts; i-- > 0 && !n;) {
		struct span subject = prose_subject(p, i + 1 == nparts ? prose_upto(own, at) : part[i]);
		bool bare;

		if (prose_names_nothing(p, prose_upto(subject, subject.n - 3)))
			continue;
		prose_gather(p, subject);
		if (prose_reads(p, READ_PLAN, subject, NULL))
			return 0;
		bare = prose_reads(p, READ_BARE, subject, NULL);
		n = count_of(p, subject, prose_through(text, part[i]), asked, meaning);
		if (!n && bare && p->last.n) {
			subject = prose_subject(p, buf_span(&p->last));
			prose_gather(p, subject);
			n = count_of(p, subject, prose_through(text, part[i]), asked, meaning);
		}
		if (n || !bare)
			break;
	}
	return n;
}

size_t
prose_meanings(struct prose *p, struct span text, struct span value, struct span unit, uint16_t form,
	int year, struct meaning meaning[MOST_MEANINGS])
{
	struct span part[MOST_CONTEXTS], own;
	size_t nparts, at = 0, n = 0;
	struct asked asked = {.unit = unit, .zero = span_eq(value, SPAN("0")), .form = form, .year = year};
	struct asked of = {.any = true, .form = form, .year = year};
	enum taken taken;

	if (text.n > LONGEST)
		return 0;
	text = prose_without_brackets(p, text);
	nparts = prose_split(text, part);
	own = part[nparts - 1];
	n = prose_recall(p, text, own, &asked, meaning);
	if (n) {
		remember(p, own);
		return n;
	}
	prose_gather(p, own);
	taken = taken_as(p, own, unit, &at);
	if (taken == TAKEN_NOT)
		return 0;
	if (taken == TAKEN_COUNT)
		return counted(p, text, part, nparts, &asked, meaning);
	n = related(p, text, part, nparts, at, &of, meaning);
	/* A share of one kind of applicants is no share of the whole. */
	for (size_t i = 0; i < n; i++) {
		if (meaning[i].column != COLUMN_VALUE && span_eq(meaning[i].row->dimension, SPAN("applicant")) &&
			!span_eq(p->book->forms->column[meaning[i].column].column, SPAN("total")))
			return 0;
		meaning[i].column = taken == TAKEN_GROWTH ? COLUMN_GROWTH : COLUMN_PERCENT;
	}
	return n;
}
