/*
 * page: the pieces of one page, as classify holds them until it knows what the page means.
 *
 * Spans point into the page's own copy of its records and are good until page_reset.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

enum item_kind { ITEM_PAGE, ITEM_TITLE, ITEM_META, ITEM_TEXT, ITEM_CELL, ITEM_FIGURE, ITEM_OTHER };

/* A piece as normalize wrote it (xxgk-records(5)). */
struct item {
	enum item_kind kind;
	size_t line;              /* 0 if the field is empty or no number */
	uint32_t table, row, col; /* 0 for all but cells */
	uint32_t rows, cols;
	struct span grid, text, value, unit, state;
	struct span line_text;    /* the field `line` as it stood */
	size_t record;            /* which of page.records it is: for unknown columns and the key */
};

struct page {
	struct span source;
	struct item *items;
	size_t n, cap;
	struct buf bytes;
};

#endif
