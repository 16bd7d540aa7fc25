#include "page.h"

#include <stdlib.h>

#include "buf.h"

enum { BLOCK_SIZE = 256 * 1024 };

/* Copies are put into blocks that never move, so that spans into them stay good while the page grows. */
struct page_block {
	struct page_block *next;
	size_t size;
	char bytes[];
};

const char *const grid_names[GRIDS] = {"", "html", "rows", "proved", "assumed", "failed"};
const char *const state_names[STATES] = {"", "number", "about", "blank", "mark", "text"};

const struct column page_columns[PAGE_COLUMNS] = {
	[PAGE_KIND] = {"kind", "extract", false},
	[PAGE_SOURCE] = {"source", "extract", false},
	[PAGE_LINE] = {"line", "extract", false},
	[PAGE_TABLE] = {"table", "extract", false},
	[PAGE_ROW] = {"row", "extract", false},
	[PAGE_COL] = {"col", "extract", false},
	[PAGE_ROWS] = {"rows", "extract", false},
	[PAGE_COLS] = {"cols", "extract", false},
	[PAGE_GRID] = {"grid", "extract", false},
	[PAGE_TEXT] = {"text", "extract", false},
	[PAGE_VALUE] = {"value", "normalize", false},
	[PAGE_UNIT] = {"unit", "normalize", false},
	[PAGE_STATE] = {"state", "normalize", false},
};

enum item_kind
page_kind(struct span kind)
{
	static const struct {
		const char *name;
		size_t n;
		enum item_kind kind;
	} kinds[] = {
		{"cell", 4, ITEM_CELL}, {"text", 4, ITEM_TEXT}, {"figure", 6, ITEM_FIGURE},
		{"page", 4, ITEM_PAGE}, {"title", 5, ITEM_TITLE}, {"meta", 4, ITEM_META},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kind.n == kinds[i].n && memcmp(kind.p, kinds[i].name, kind.n) == 0)
			return kinds[i].kind;
	return ITEM_OTHER;
}

static struct span
keep(struct page *page, struct span s)
{
	struct page_block *b = page->blocks;
	char *at;

	if (s.n == 0)
		return SPAN("");
	if (!b || b->size - page->used < s.n) {
		size_t size = s.n > BLOCK_SIZE ? s.n : BLOCK_SIZE;

		b = xmalloc(sizeof *b + size);
		b->size = size;
		b->next = page->blocks;
		page->blocks = b;
		page->used = 0;
	}
	at = b->bytes + page->used;
	memcpy(at, s.p, s.n);
	page->used += s.n;
	return (struct span){at, s.n};
}

static uint32_t
number(struct span s)
{
	uint32_t v = 0;

	if (s.n == 0 || s.n > 9)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';

		if (digit > 9)
			return 0;
		v = v * 10 + digit;
	}
	return v;
}

/* No two names of these lists begin with the same letter. */
static uint8_t
named(struct span s, const char *const *names, size_t n)
{
	if (s.n == 0)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (names[i][0] == s.p[0])
			return span_eq(s, span_str(names[i])) ? (uint8_t)i : 0;
	return 0;
}

void
page_begin(struct page *page, const struct page_plan *plan, const struct record *rec)
{
	page->source = keep(page, rec->field[plan->place[PAGE_SOURCE]]);
	page->key = keep(page, rec->key);
	page->line = keep(page, rec->line);
	page->number = rec->number;
	page->nextra = plan->nextra;
}

void
page_add(struct page *page, const struct page_plan *plan, const struct record *rec,
	enum item_kind kind)
{
	const struct span *field = rec->field;
	const size_t *place = plan->place;
	struct item *item;

	page->items = grow(page->items, page->n, &page->cap, sizeof *page->items);
	item = &page->items[page->n];
	*item = (struct item){
		.kind = (uint8_t)kind,
		.line = number(field[place[PAGE_LINE]]),
		.text = keep(page, field[place[PAGE_TEXT]]),
		.value = keep(page, field[place[PAGE_VALUE]]),
		.unit = keep(page, field[place[PAGE_UNIT]]),
		.state = named(field[place[PAGE_STATE]], state_names, STATES),
	};
	if (kind == ITEM_CELL) {
		uint32_t rows = number(field[place[PAGE_ROWS]]), cols = number(field[place[PAGE_COLS]]);

		item->table = number(field[place[PAGE_TABLE]]);
		item->row = number(field[place[PAGE_ROW]]);
		item->col = number(field[place[PAGE_COL]]);
		item->rows = (uint16_t)(rows > UINT16_MAX ? UINT16_MAX : rows);
		item->cols = (uint16_t)(cols > UINT16_MAX ? UINT16_MAX : cols);
		item->grid = named(field[place[PAGE_GRID]], grid_names, GRIDS);
	}
	for (size_t i = 0; i < plan->nextra; i++) {
		size_t at = page->n * plan->nextra + i;

		page->extra = grow(page->extra, at, &page->extra_cap, sizeof *page->extra);
		page->extra[at] = keep(page, field[plan->extra[i]]);
	}
	page->n++;
	page->size += rec->line.n + 1;
}

void
page_reset(struct page *page)
{
	/* The last of the list is the oldest and of ordinary size, unless one field was larger. */
	while (page->blocks && (page->blocks->next || page->blocks->size > BLOCK_SIZE)) {
		struct page_block *next = page->blocks->next;

		free(page->blocks);
		page->blocks = next;
	}
	if (page->cap > BLOCK_SIZE / 16) {
		free(page->items);
		page->items = NULL;
		page->cap = 0;
	}
	if (page->extra_cap > BLOCK_SIZE / 16) {
		free(page->extra);
		page->extra = NULL;
		page->extra_cap = 0;
	}
	page->source = page->key = page->line = (struct span){NULL, 0};
	page->n = page->size = page->used = 0;
}

void
page_release(struct page *page)
{
	page_reset(page);
	free(page->blocks);
	free(page->items);
	free(page->extra);
	*page = (struct page){.n = 0};
}
