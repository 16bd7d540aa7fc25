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
	p->may = xcalloc(p->phrases->set, sizeof *p->may);
	return p;
}

void
prose_free(struct prose *p)
{
	if (!p)
		return;
	phrases_free(p->phrases);
	recall_free(p->recall);
	free(p->may);
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

/* The own words of the next figure, before its number, if it is on the same line; else empty. */
static struct span
next_words(const struct page *page, uint32_t at)
{
	const struct item *next = &page->items[at + 1];
	struct span words;
	size_t bar;

	if (at + 1 >= page->n || next->kind != ITEM_FIGURE || next->line != page->items[at].line)
		return SPAN("");
	words = prose_upto(next->text, span_find(next->text, SPAN("【")));
	while ((bar = span_find(words, SPAN("│"))) < words.n)
		words = span_of(words.p + bar + 3, words.n - bar - 3);
	return words;
}

/*
 * Whether the words behind the figure's number lead to the next one: of 【26件】申请已答复 and 申请已答复【25件】 only the 25
 * were answered.
 */
static bool
leads_on(struct span own, struct span next)
{
	size_t end = span_find(own, SPAN("】")) + sizeof "】" - 1;

	return end < own.n && span_eq(next, span_of(own.p + end, own.n - end));
}

/* 申请超过100件的有7家, 公开信息不足20条: a line that others are above or below. */
static bool
is_threshold(const struct prose *p, const struct item *item, struct span own, struct span next)
{
	size_t open = span_find(own, SPAN("【"));
	struct span number = open < own.n ? span_of(own.p + open + 3, own.n - open - 3) : SPAN("");

	return phrases_word_at_start(p->phrases, PHRASE_UNDER, number) > 0 ||
	       (item->state == STATE_ABOUT && span_starts(next, SPAN("的")));
}

/* Reads one figure; gives its own clause. */
static struct span
read_figure(struct prose *p, const struct page *page, uint32_t at, const struct identity *identity,
	uint16_t form, struct facts *out)
{
	const struct item *item = &page->items[at];
	struct meaning meaning[MOST_MEANINGS];
	struct span part[MOST_CONTEXTS];
	size_t nparts = item->text.n > LONGEST ? 0 : prose_split(item->text, part), n;
	enum scope scope = SCOPE_NONE;
	struct span next;
	uint16_t period = 0;
	bool begins = nparts && prose_begins_sentence(p, part, nparts), stated = false;

	p->item = item->text;
	p->gathered = SPAN("");
	p->of_all = false;
	next = next_words(page, at);
	p->leads = nparts && leads_on(part[nparts - 1], next);
	if (begins) {
		buf_reset(&p->last);
		buf_reset(&p->story);
		buf_add_span(&p->story, nparts > 1 ? part[0] : SPAN(""));
		p->nsaid = 0;
		p->narrowed = p->this_year = false;
		p->opened = SPAN("");
		for (size_t i = 0; i < nparts; i++)
			if (!span_ends(part[i], SPAN("。"))) {
				prose_look_ahead(p, part[i], identity->year);
				break;
			}
	}
	if (nparts && p->story.n < LONGEST) {
		buf_add_str(&p->story, "│");
		buf_add_span(&p->story, part[nparts - 1]);
	}
	n = nparts && (p->ahead || p->related || prose_is_cut(p, part, nparts) || prose_is_hoped(p, part, nparts) ||
			      is_threshold(p, item, part[nparts - 1], next)) ? 0
		: prose_meanings(p, item->text, item->value, item->unit, form, identity->year, meaning);
	if (flat_figure(&p->flat, p->book, page, at, n > 0))
		n = 0;
	if (n && (prose_reads_in(p, READ_FROM, part[nparts - 1]) || prose_reads(p, READ_BASE, part[nparts - 1], NULL))) {
		/* 与上年相比，由41件增至60件: without a year it is anyone's. */
		period = prose_period_against(p, item->text, identity->year, out);
		stated = true;
		n = period ? n : 0;
	}
	if (nparts > 1 && prose_reads_in(p, READ_THIS, part[nparts - 1])) {
		bool own = !prose_period(p, part[nparts - 1], identity->year, out, &(bool){false});

		p->opened = own ? prose_governing(item->text, part[nparts - 1]) : SPAN("");
		p->opened_value = item->value;
		p->opened_whole = p->nsaid > 0;
		p->opened_of = p->nsaid > 0 ? p->said[p->nsaid - 1].fact : 0;
	}
	for (size_t i = nparts; i-- > 0 && !stated && n;) {
		struct span clause = part[i];
		size_t share;

		/* 2012年收到18件，2013年收到26件，网络申请20件: the year named last is the report's. */
		if (i + 1 < nparts && p->this_year)
			break;
		if (i + 1 < nparts && prose_is_opened(p, item, part[nparts - 1], out, &period))
			break;
		/* What was said of another year stays in its sentence. */
		if (span_ends(clause, SPAN("。")))
			break;

		/* 占历年总数的21%: that is of what it is a share. */
		if (meaning[0].column == COLUMN_PERCENT) {
			prose_gather(p, clause);
			if (!prose_own_year(p, clause) && prose_reads(p, READ_SHARE, clause, &share))
				clause.n = share;
		}
		period = prose_period(p, clause, identity->year, out, &stated);
		if (i + 1 == nparts && stated)
			p->this_year = nparts > 1 && !period && prose_names_year(p, clause, identity->year) &&
				!prose_reads_in(p, READ_THIS, clause);
	}
	if (nparts)
		scope = prose_scope(p, part, nparts, begins, identity->scope);
	p->sentence = nparts ? part[0] : SPAN("");
	/* A part of the territory: what it counts is known, whose it is not; nor is one body's that of all. */
	if (scope == SCOPE_UNCLEAR ||
		(nparts && identity->scope == SCOPE_REGION && prose_of_one_body(p, part, nparts, begins)))
		n = 0;
	if (!n && nparts)
		prose_settle_total(p, part[nparts - 1], out);
	for (size_t i = 0; i < (n ? n : 1); i++) {
		struct fact *f = facts_add(out, at, ORIGIN_PROSE);

		f->scope = (uint8_t)scope;
		if (!n)
			continue;
		f->row = meaning[i].row;
		f->column = meaning[i].column;
		f->phrase = meaning[i].phrase;
		f->match = MATCH_PATTERN;
		/* A growth names the year it is measured against. */
		if (f->column != COLUMN_GROWTH)
			f->period = period;
		prose_settle_within(p, f, part[nparts - 1], (uint32_t)out->n - 1, out);
		if (!prose_settle_same(p, f, part[nparts - 1], item->value, (uint32_t)out->n - 1, out)) {
			facts_forget(f);
			continue;
		}
		if (f->column != COLUMN_GROWTH && f->column != COLUMN_PERCENT) {
			const struct form_column *c = f->column == COLUMN_VALUE ? NULL
				: &p->book->forms->column[f->column];
			struct span unit = forms_unit(f->row, c);

			if (unit.n)
				facts_set_unit(out, f, item, unit, item->unit);
		}
	}
	return nparts ? part[nparts - 1] : SPAN("");
}

void
prose_read(struct prose *p, const struct page *page, const struct identity *identity, uint16_t form,
	struct facts *out)
{
	uint32_t line = 0;

	p->sentence = SPAN("");
	p->line = SPAN("");
	p->cut_before = p->cut_after = p->line_open = p->ahead = p->related = false;
	p->stated = SCOPE_NONE;
	p->nsaid = p->nfresh = 0;
	memset(p->governing, 0, sizeof p->governing);
	recall_page(p->recall);
	flat_page(&p->flat);
	for (size_t i = 0; i < page->n; i++) {
		const struct item *item = &page->items[i];

		if (item->kind != ITEM_FIGURE) {
			if (item->kind == ITEM_TEXT) {
				prose_look_ahead(p, item->text, identity->year);
				prose_look_related(p, item->text);
				prose_cut_line(p, page, i);
			} else {
				p->line = SPAN("");
				p->line_open = p->cut_before = p->cut_after = false;
			}
			continue;
		}
		if (item->line != line) {
			p->previous = p->opened = SPAN("");
			p->nsaid = 0;
		}
		line = item->line;
		p->previous = read_figure(p, page, (uint32_t)i, identity, form, out);
	}
	p->previous = SPAN("");
}
