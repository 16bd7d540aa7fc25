#include "prose_parts.h"

#include <stdlib.h>

#include "recall.h"

struct prose *
prose_new(const char *dir, const struct form_book *book, const struct identity_finder *finder)
{
	struct prose *p = xcalloc(1, sizeof *p);

	p->book = book;
	p->finder = finder;
	p->phrases = phrases_new(dir, book->forms);
	if (!p->phrases) {
		prose_free(p);
		return NULL;
	}
	p->recall = prose_recall_new();
	p->clauses = prose_clauses_new(p->phrases);
	p->clause = p->other = xcalloc(1, sizeof *p->other + p->phrases->set * sizeof *p->other->may);
	return p;
}

void
prose_free(struct prose *p)
{
	if (!p)
		return;
	phrases_free(p->phrases);
	recall_free(p->recall);
	recall_free(p->clauses);
	free(p->other);
	buf_release(&p->text);
	buf_release(&p->key);
	buf_release(&p->plain);
	buf_release(&p->pair);
	buf_release(&p->last);
	buf_release(&p->story);
	flat_release(&p->flat);
	free(p);
}

size_t
prose_limited(const struct prose *p)
{
	return patterns_limited(p->phrases->patterns);
}

/* One figure, as it is read. */
struct figure {
	const struct item *item;
	uint32_t at;
	struct span part[MOST_CONTEXTS]; /* its clause, the last, and those that govern it */
	size_t nparts;                   /* 0: its text is no sentence */
	struct span own;                 /* the last part */
	bool begins;                     /* a sentence */
	struct meaning meaning[MOST_MEANINGS];
	size_t n;
	uint16_t period;
	bool stated; /* its period needs no looking for */
};

struct span
prose_next_words(const struct page *page, uint32_t at)
{
	const struct item *next = &page->items[at + 1];
	struct span words;

	if (at + 1 >= page->n || next->kind != ITEM_FIGURE || next->line != page->items[at].line)
		return SPAN("");
	words = page_clause(next->text);
	return prose_upto(words, span_find(words, SPAN("【")));
}

/*
 * Whether the words behind the figure's number lead to the next one: of 【26件】申请已答复 and 申请已答复【25件】 only the 25
 * were answered.
 */
static bool
leads_on(struct span own, struct span next)
{
	size_t end = span_find(own, SPAN("】")) + sizeof "】" - 1;

	return end < own.n && span_eq(next, span_from(own, end));
}

/* 申请超过100件的有7家, 公开信息不足20条: a line that others are above or below. */
static bool
is_threshold(const struct prose *p, const struct page *page, const struct figure *f)
{
	struct span own = f->own;
	size_t open;

	if (f->item->state != STATE_ABOUT)
		return false;
	open = span_find(own, SPAN("【"));
	if (open < own.n && phrases_word_at_start(p->phrases, PHRASE_UNDER, span_of(own.p + open + 3, own.n - open - 3)))
		return true;
	return phrases_word_at_start(p->phrases, PHRASE_THOSE, prose_next_words(page, f->at)) > 0;
}

static void
begin_sentence(struct prose *p, const struct figure *f, int year)
{
	buf_reset(&p->last);
	buf_reset(&p->story);
	buf_add_span(&p->story, f->nparts > 1 ? f->part[0] : SPAN(""));
	p->nsaid = 0;
	p->narrowed = p->this_year = false;
	p->sentences++;
	p->opened = SPAN("");
	p->later = false;
	for (size_t i = 0; i < f->nparts; i++)
		if (!span_ends(f->part[i], SPAN("。"))) {
			/* 2020年，将 ... of the report of 2019 */
			p->later = year && f->part[i].n > 7 && span_year(prose_upto(f->part[i], 4)) > year &&
				span_starts(span_of(f->part[i].p + 4, f->part[i].n - 4), SPAN("年"));
			prose_look_ahead(p, f->part[i], year);
			return;
		}
}

/* What the figure counts: nothing, where its words are of plans, of other pages, or cut. */
static void
find_meanings(struct prose *p, const struct page *page, struct figure *f, uint16_t form, int year)
{
	p->page = page;
	p->at = f->at;
	p->leads = f->nparts && !span_ends(f->own, SPAN("】")) && leads_on(f->own, prose_next_words(page, f->at));
	if (!f->nparts || !(p->ahead || (p->later && !prose_names_year(p, f->own, year)) || p->related || prose_is_cut(p, f->item->text, f->part, f->nparts) ||
				  prose_is_hoped(p, f->part, f->nparts) || is_threshold(p, page, f)))
		f->n = prose_meanings(p, f->item->text, f->item->value, f->item->unit, form, year, f->meaning);
	if (flat_figure(&p->flat, p->book, page, f->at, f->n > 0))
		f->n = 0;
}

static void
find_period(struct prose *p, struct figure *f, int year, struct facts *out)
{
	/* 较上年【翻一番】 is no number of the year before. */
	if (f->n && f->meaning[0].column != COLUMN_GROWTH &&
		(prose_reads_in(p, READ_FROM, f->own) || prose_reads(p, READ_BASE, f->own, NULL))) {
		/* 与上年相比，由41件增至60件: without a year it is anyone's. */
		f->period = prose_period_against(p, f->item->text, year, out);
		f->stated = true;
		f->n = f->period ? f->n : 0;
	}
	if (f->nparts > 1 && prose_reads_in(p, READ_THIS, f->own)) {
		bool own = !prose_period(p, f->own, year, out, &(bool){false});

		p->opened = own ? prose_governing(f->item->text, f->own) : SPAN("");
		p->opened_value = f->item->value;
		p->opened_whole = p->nsaid > 0;
		p->opened_of = p->nsaid > 0 ? p->said[p->nsaid - 1].fact : 0;
	}
	for (size_t i = f->nparts; i-- > 0 && !f->stated && f->n;) {
		struct span clause = f->part[i];
		bool last = i + 1 == f->nparts;
		size_t share;

		/* 2012年收到18件，2013年收到26件，网络申请20件: the year named last is the report's. */
		if (!last && (p->this_year || prose_is_opened(p, f->item, f->own, out, &f->period)))
			return;
		/* What was said of another year stays in its sentence. */
		if (span_ends(clause, SPAN("。")))
			return;
		/* 占历年总数的21%: that is of what it is a share. */
		if (f->meaning[0].column == COLUMN_PERCENT) {
			prose_gather(p, clause);
			if (!prose_own_year(p, clause) && prose_reads(p, READ_SHARE, clause, &share))
				clause.n = share;
		}
		f->period = prose_period(p, clause, year, out, &f->stated);
		if (last && f->stated)
			p->this_year = f->nparts > 1 && !f->period && prose_names_year(p, clause, year) &&
				!prose_reads_in(p, READ_THIS, clause);
	}
}

/* Adds a fact for what the figure counts, or one that says only that it is there. */
static void
add_facts(struct prose *p, const struct figure *figure, enum scope scope, struct facts *out)
{
	for (size_t i = 0; i < (figure->n ? figure->n : 1); i++) {
		struct fact *f = facts_add(out, figure->at, ORIGIN_PROSE);
		const struct meaning *m = &figure->meaning[i];

		f->scope = (uint8_t)scope;
		if (!figure->n)
			continue;
		f->row = m->row;
		f->column = m->column;
		f->phrase = m->phrase;
		f->match = MATCH_PATTERN;
		f->period = figure->period;
		prose_settle_within(p, f, figure->own, (uint32_t)out->n - 1, out);
		if (!prose_settle_same(p, f, figure->own, figure->item->value, (uint32_t)out->n - 1, out)) {
			facts_forget(f);
			continue;
		}
		if (!prose_settle_given(p, f, figure->item->text, figure->own, figure->item->value, (uint32_t)out->n - 1, out)) {
			facts_forget(f);
			continue;
		}
		if (f->column != COLUMN_GROWTH && f->column != COLUMN_PERCENT) {
			const struct form_column *c = f->column == COLUMN_VALUE ? NULL
				: &p->book->forms->column[f->column];
			struct span unit = forms_unit(f->row, c);

			if (unit.n)
				facts_set_unit(out, f, figure->item, p->book->units, unit, figure->item->unit);
		}
	}
}

/* What is said below the title of a report on another year is of that one, where it names none itself. */
static void
give_year(struct figure *f, const struct page_part *part, int year, struct facts *out)
{
	char digits[] = {(char)('0' + part->year / 1000), (char)('0' + part->year / 100 % 10),
		(char)('0' + part->year / 10 % 10), (char)('0' + part->year % 10)};

	if (part->year && part->year != year && !f->period && !f->stated)
		f->period = facts_period(out, span_of(digits, sizeof digits));
}

/* Whose the figure is, where the sentence does not say it by words of scope; f->n is 0 if not the page's. */
static void
read_whose(struct prose *p, struct figure *f, const struct identity *identity, enum scope *scope, struct facts *out)
{
	bool government = identity->body_kind == BODY_GOVERNMENT || identity->body_kind == BODY_OFFICE, other = *scope != SCOPE_NONE;

	if (!f->nparts)
		return;
	if (identity->scope == SCOPE_REGION) {
		bool one = *scope != SCOPE_UNCLEAR && prose_of_one_body(p, f->part, f->nparts, f->begins);

		if (!prose_settle_ranks(p, f->n ? f->meaning : NULL, f->part, f->nparts, f->item->unit, other || one, out) || one)
			f->n = 0;
	} else if (!government && *scope == SCOPE_NONE && !p->of_all &&
		   prose_is_foreign(p, f->part, f->nparts)) {
		*scope = p->stated = SCOPE_UNCLEAR;
	}
	if (prose_is_ordinary(p, f->part, f->nparts, f->begins, f->item->value, f->n ? f->meaning : NULL))
		f->n = 0;
}

/* Reads one figure, of the page's own report or of a part of the page that is another; gives its own clause. */
static struct span
read_figure(struct prose *p, const struct page *page, uint32_t at, const struct identity *identity,
	const struct page_part *part, uint16_t form, struct facts *out)
{
	struct figure f = {.item = &page->items[at], .at = at, .own = SPAN("")};
	enum scope scope = SCOPE_NONE;

	if (f.item->text.n <= LONGEST) {
		f.nparts = prose_split(f.item->text, f.part);
		f.own = f.part[f.nparts - 1];
		f.begins = prose_begins_sentence(p, f.part, f.nparts);
	}
	p->item = f.item->text;
	p->gathered = SPAN("");
	p->of_all = false;
	if (f.begins)
		begin_sentence(p, &f, identity->year);
	if (f.nparts && p->story.n < LONGEST) {
		buf_add_str(&p->story, "│");
		buf_add_span(&p->story, f.own);
	}
	find_meanings(p, page, &f, form, identity->year);
	find_period(p, &f, identity->year, out);
	if (part)
		give_year(&f, part, identity->year, out);
	if (f.n && f.meaning[0].column == COLUMN_GROWTH &&
		!prose_grew_within(p, f.own, f.period ? out->period[f.period] : SPAN(""), identity->year))
		f.n = 0;
	if (f.nparts)
		scope = prose_scope(p, f.part, f.nparts, f.begins, identity->scope);
	p->sentence = f.nparts ? f.part[0] : SPAN("");
	read_whose(p, &f, identity, &scope, out);
	/* A part of the territory: what it counts is known, whose it is not; nor is one body's that of all, or
	 * another's report the page's. */
	if (scope == SCOPE_UNCLEAR || (part && part->other))
		f.n = 0;
	if (!f.n && f.nparts)
		prose_settle_unread(p, f.own, out);
	add_facts(p, &f, scope, out);
	return f.own;
}

void
prose_read(struct prose *p, const struct page *page, const struct identity *identity, uint16_t form,
	struct facts *out)
{
	uint32_t line = 0;
	size_t parts = 0;

	p->sentence = SPAN("");
	p->line = SPAN("");
	p->cut_before = p->cut_after = p->line_open = p->ahead = p->related = false;
	p->stated = SCOPE_NONE;
	p->nsaid = p->nfresh = p->nloose = p->ngiven = 0;
	p->sentences = p->rest = 0;
	p->ordinary = false;
	p->heading = SPAN("");
	prose_whose_line(p);
	memset(p->governing, 0, sizeof p->governing);
	recall_page(p->recall);
	recall_page(p->clauses);
	flat_page(&p->flat);
	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];

		if (item->kind != ITEM_FIGURE) {
			if (item->kind == ITEM_TEXT) {
				prose_look_ahead(p, item->text, identity->year);
				prose_look_related(p, item->text);
				prose_look_heading(p, item->text);
				prose_cut_line(p, page, i);
			} else {
				p->line = SPAN("");
				p->line_open = p->cut_before = p->cut_after = false;
			}
			continue;
		}
		if (item->line != line) {
			p->previous = p->opened = SPAN("");
			p->goes_on = false;
			p->nsaid = 0;
			prose_whose_line(p);
		}
		line = item->line;
		p->previous = read_figure(p, page, (uint32_t)i, identity,
			page_part_at(identity->part, identity->nparts, (uint32_t)i, &parts), form, out);
	}
	/* They lie in the page, which does not stay. */
	p->previous = p->opened = p->opened_value = SPAN("");
}
