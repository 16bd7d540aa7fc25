/* links: cmd/classify/align.c cmd/classify/layout.c cmd/classify/body.c cmd/classify/clues.c cmd/classify/evidence.c cmd/classify/facts.c cmd/classify/form.c cmd/classify/label.c cmd/classify/flat.c cmd/classify/caption.c cmd/classify/sheet_apart.c cmd/classify/glued.c cmd/classify/glued_words.c cmd/classify/glued_number.c cmd/classify/glued_rows.c cmd/classify/halves.c cmd/classify/heading.c cmd/classify/heading_join.c cmd/classify/document.c cmd/classify/identity.c cmd/classify/report_year.c cmd/classify/reporter.c cmd/classify/context.c cmd/classify/lexicon.c cmd/classify/mention.c cmd/classify/meta.c cmd/classify/lines.c cmd/classify/memo.c cmd/classify/names.c cmd/classify/page.c cmd/classify/path.c cmd/classify/place.c cmd/classify/prose.c cmd/classify/prose_clause.c cmd/classify/prose_count.c cmd/classify/prose_ahead.c cmd/classify/prose_cut.c cmd/classify/prose_period.c cmd/classify/prose_recall.c cmd/classify/prose_sentence.c cmd/classify/prose_whose.c cmd/classify/phrases.c cmd/classify/keywords.c cmd/classify/pattern.c cmd/classify/recall.c cmd/classify/region.c cmd/classify/scope.c cmd/classify/source.c cmd/classify/sheet.c cmd/classify/sheet_columns.c cmd/classify/sheet_facts.c cmd/classify/sheet_form.c cmd/classify/sheet_heads.c cmd/classify/sheet_named.c cmd/classify/sheet_rows.c cmd/classify/sheet_row.c cmd/classify/sheet_label.c cmd/classify/sheet_entry.c cmd/classify/sheet_sequence.c cmd/classify/sheet_single.c cmd/classify/sheet_torn.c cmd/classify/sheet_wide.c cmd/classify/sheet_order.c cmd/classify/sheet_crossed.c cmd/classify/signature.c cmd/classify/subject.c cmd/classify/subject_said.c cmd/classify/turned.c cmd/classify/year.c cmd/classify/type.c cmd/classify/parts.c */

/*
 * Any lines as the pieces of one page: `kind,line,table,row,col,cols,grid,text,value,unit,state`.  Whatever
 * stands in them, each fact must point into the page, and one fact at most is the main one of its
 * indicator, column and scope.
 */
#include <stdlib.h>

#include "facts.h"
#include "form.h"
#include "fuzz.h"
#include "halves.h"
#include "identity.h"
#include "page.h"
#include "prose.h"
#include "sheet.h"
#include "signature.h"

static struct form_book *book;
static struct identity_finder *finder;
static struct sheets *sheets;
static struct prose *prose;

static void
load(void)
{
	book = form_book_new(NULL);
	finder = identity_new(NULL, false);
	require(book && finder);
	sheets = sheets_new(book, finder);
	prose = prose_new(NULL, book, finder);
	require(prose != NULL);
}

static void
fill(struct page *page, struct span lines)
{
	static const enum page_column order[] = {PAGE_KIND, PAGE_LINE, PAGE_TABLE, PAGE_ROW, PAGE_COL,
		PAGE_COLS, PAGE_GRID, PAGE_TEXT, PAGE_VALUE, PAGE_UNIT, PAGE_STATE};
	struct page_plan plan = {.nextra = 0};
	struct span *fields = NULL;
	size_t nfields = 0, cap = 0;
	struct buf scratch = BUF_INIT;

	for (size_t i = 0; i < PAGE_COLUMNS; i++)
		plan.place[i] = i;
	while (lines.n) {
		struct span line = span_cut(&lines, '\n'), field[PAGE_COLUMNS];
		struct record rec = {.line = line, .field = field, .nfields = PAGE_COLUMNS};

		if (record_split(line, &fields, &nfields, &cap, &scratch))
			continue;
		for (size_t i = 0; i < PAGE_COLUMNS; i++)
			field[i] = SPAN("");
		for (size_t i = 0; i < nfields && i < sizeof order / sizeof *order; i++)
			field[order[i]] = fields[i];
		if (page->n == 0)
			page_begin(page, &plan, &rec);
		page_add(page, &plan, &rec, page_kind(field[PAGE_KIND]));
	}
	free(fields);
	buf_release(&scratch);
}

static void
check(const struct facts *facts, const struct page *page)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->fact[i];
		const struct item *item;

		require(f->item < page->n && (f->label == NO_ITEM || f->label < page->n) &&
			(f->head == NO_ITEM || f->head < page->n));
		item = &page->items[f->item];
		require(item->kind == (f->origin == ORIGIN_TABLE ? ITEM_CELL : ITEM_FIGURE));
		require(f->instead == NO_ITEM || f->instead < facts->nvalues);
		require(f->period < (facts->nperiods ? facts->nperiods : 1));
		require(f->form == NO_FORM || f->form < book->neditions);
		require(f->column < book->forms->ncolumns || f->column >= COLUMN_GROWTH);
		require(!f->row == (f->match == MATCH_NONE));
		/* What is not understood is never the figure of anything. */
		require(f->row || f->role != ROLE_MAIN);
		require(f->role != ROLE_MAIN || !f->period);
		for (size_t k = 0; k < i && i < 400 && f->role == ROLE_MAIN; k++) {
			const struct fact *g = &facts->fact[k];

			require(g->role != ROLE_MAIN || g->row->same != f->row->same ||
				g->column != f->column || g->scope != f->scope);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct page page = {.n = 0};
	struct facts facts = {.n = 0};
	struct identity identity;
	struct buf signature = BUF_INIT;
	size_t ntables;
	uint16_t form;
	bool local;

	if (!book)
		load();
	fill(&page, (struct span){(const char *)data, n});
	identity_find(finder, &page, &identity);
	halves_part(&page, book, &signature);
	form = sheets_read(sheets, &page, identity.year, &facts, &local);
	sheets_caption(sheets, &identity);
	ntables = facts.n;
	prose_read(prose, &page, &identity, form, &facts);
	if (!facts_roles(&facts, book->forms, &page, (uint8_t)identity.scope)) {
		sheets_tell_apart(sheets, &identity);
		facts_roles(&facts, book->forms, &page, (uint8_t)identity.scope);
	}
	for (size_t i = 1; i < facts.n; i++)
		require(i == ntables || facts.fact[i].origin == facts.fact[i - 1].origin);
	check(&facts, &page);
	buf_reset(&signature);
	signature_of(&page, &signature);
	buf_release(&signature);
	facts_release(&facts);
	page_release(&page);
	return 0;
}
