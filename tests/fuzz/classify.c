/* links: cmd/classify/signature.c cmd/classify/sheet cmd/classify/prose cmd/classify/identity cmd/classify/form cmd/classify/facts.c cmd/classify/page.c cmd/classify/recall.c */

/*
 * Any lines as the pieces of one page: `kind,line,table,row,col,cols,grid,text,value,unit,state`.  Whatever
 * stands in them, each fact must point into the page, and one fact at most is the main one of its
 * indicator, column and scope.
 */
#include <stdlib.h>

#include "facts.h"
#include "form/form.h"
#include "fuzz.h"
#include "identity/identity.h"
#include "page.h"
#include "prose/prose.h"
#include "sheet/sheet.h"
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
	sheets_arrange(sheets, &page);
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
