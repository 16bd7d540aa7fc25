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
	return SPAN_IS(kind, "cell") ? ITEM_CELL
	       : SPAN_IS(kind, "text") ? ITEM_TEXT
	       : SPAN_IS(kind, "figure") ? ITEM_FIGURE
	       : SPAN_IS(kind, "page") ? ITEM_PAGE
	       : SPAN_IS(kind, "title") ? ITEM_TITLE
	       : SPAN_IS(kind, "meta") ? ITEM_META : ITEM_OTHER;
}

/* Room for n bytes that does not move. */
static char *
room(struct page *page, size_t n)
{
	struct page_block *b = page->blocks;
	size_t at = page->used;

	if (!b || b->size - at < n) {
		size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;

		b = xmalloc(sizeof *b + size);
		b->size = size;
		b->next = page->blocks;
		page->blocks = b;
		at = 0;
	}
	page->used = at + n;
	return b->bytes + at;
}

static inline struct span
keep(struct page *page, struct span s)
{
	return s.n ? (struct span){memcpy(room(page, s.n), s.p, s.n), s.n} : SPAN("");
}

/* Copies bytes; most are few, and not worth a call. */
static inline void
copy(char *at, const char *p, size_t n)
{
	if (n > 64) {
		memcpy(at, p, n);
	} else if (n > 32) {
		memcpy(at, p, 32);
		memcpy(at + n - 32, p + n - 32, 32);
	} else if (n >= 16) {
		memcpy(at, p, 16);
		memcpy(at + n - 16, p + n - 16, 16);
	} else if (n >= 8) {
		memcpy(at, p, 8);
		memcpy(at + n - 8, p + n - 8, 8);
	} else if (n >= 4) {
		memcpy(at, p, 4);
		memcpy(at + n - 4, p + n - 4, 4);
	} else {
		for (size_t i = 0; i < n; i++)
			at[i] = p[i];
	}
}

/* The fields that normalize writes side by side, kept as they stand there: one copy for three. */
static void
keep_texts(struct page *page, struct item *item, struct span text, struct span value, struct span unit)
{
	size_t n = text.n + value.n + unit.n + 2;
	char *at;

	if (n == 2 || value.p != text.p + text.n + 1 || unit.p != value.p + value.n + 1) {
		item->text = keep(page, text);
		item->value = keep(page, value);
		item->unit = keep(page, unit);
		return;
	}
	at = room(page, n);
	copy(at, text.p, n);
	item->text = (struct span){at, text.n};
	item->value = (struct span){at + text.n + 1, value.n};
	item->unit = (struct span){at + n - unit.n, unit.n};
}

static inline uint32_t
number(struct span s)
{
	uint32_t v = 0;

	/* Most have one digit: columns and spans. */
	if (s.n == 1)
		return is_digit(s.p[0]) ? (uint32_t)(s.p[0] - '0') : 0;
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
		.state = (uint8_t)state_named(field[place[PAGE_STATE]]),
	};
	keep_texts(page, item, field[place[PAGE_TEXT]], field[place[PAGE_VALUE]], field[place[PAGE_UNIT]]);
	if (kind == ITEM_CELL) {
		uint32_t rows = number(field[place[PAGE_ROWS]]), cols = number(field[place[PAGE_COLS]]);

		item->table = number(field[place[PAGE_TABLE]]);
		item->row = number(field[place[PAGE_ROW]]);
		item->col = number(field[place[PAGE_COL]]);
		item->rows = (uint16_t)(rows > UINT16_MAX ? UINT16_MAX : rows);
		item->cols = (uint16_t)(cols > UINT16_MAX ? UINT16_MAX : cols);
		item->grid = (uint8_t)grid_named(field[place[PAGE_GRID]]);
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
page_add_item(struct page *page, const struct item *item, size_t from)
{
	page->items = grow(page->items, page->n, &page->cap, sizeof *page->items);
	page->items[page->n] = *item;
	for (size_t i = 0; i < page->nextra; i++) {
		size_t at = page->n * page->nextra + i;

		page->extra = grow(page->extra, at, &page->extra_cap, sizeof *page->extra);
		page->extra[at] = page->extra[from * page->nextra + i];
	}
	page->n++;
}

struct span
page_clause(struct span text)
{
	const struct span bar = SPAN("│");

	for (size_t at; (at = span_find(text, bar)) < text.n;)
		text = span_of(text.p + at + bar.n, text.n - at - bar.n);
	return text;
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
