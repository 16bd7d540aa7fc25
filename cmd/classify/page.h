/*
 * page: the pieces of one page, as classify holds them until it knows what the page means.
 *
 * Spans point into the page's own copy of its records and are good until page_reset.  An item is small,
 * and only the fields that are used are copied: a page takes less than three times its records.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reader.h"
#include "span.h"
#include "vocabulary.h"

enum item_kind { ITEM_PAGE, ITEM_TITLE, ITEM_META, ITEM_TEXT, ITEM_CELL, ITEM_FIGURE, ITEM_OTHER };

/* A piece as normalize wrote it (xxgk-records(5)). */
struct item {
	struct span text, value, unit;
	uint32_t line;       /* 0 if the field is empty or no number */
	uint32_t table, row; /* 0 for all but cells */
	uint32_t col;
	uint16_t rows, cols; /* spans, at most 65535 */
	uint8_t kind, grid, state;
	bool turned; /* rows and columns are exchanged (turned.h) */
	bool glued;  /* a figure of a text that is a table (glued.h) */
	uint16_t place; /* of a cell's text in the memo (memo.h) */
};

/* The columns of a piece that classify reads, in the order page_add takes them. */
enum page_column {
	PAGE_KIND, PAGE_SOURCE, PAGE_LINE, PAGE_TABLE, PAGE_ROW, PAGE_COL, PAGE_ROWS, PAGE_COLS, PAGE_GRID,
	PAGE_TEXT, PAGE_VALUE, PAGE_UNIT, PAGE_STATE, PAGE_COLUMNS
};
extern const struct column page_columns[PAGE_COLUMNS];

struct page {
	struct span source;
	struct span key;     /* with --key-prefix: of the page's first record */
	struct span line;    /* the page's first record as it stood, for a reject */
	size_t number;       /* its line in the input */
	struct item *items;
	size_t n, cap;
	struct span *extra;  /* n * nextra: the columns classify does not know, in the input's order */
	size_t nextra, extra_cap;
	size_t size;         /* bytes of the page's records so far */
	struct page_block *blocks; /* where copies live */
	size_t used;         /* of the first block */
};

/* The place of each page_column in a record, and the places of the columns to keep for passing on. */
struct page_plan {
	size_t place[PAGE_COLUMNS];
	size_t *extra;
	size_t nextra;
};

/* What kind of piece the field `kind` names. */
enum item_kind page_kind(struct span kind);

/* Begins the page whose first record this is; the page was reset before. */
void page_begin(struct page *page, const struct page_plan *plan, const struct record *rec);

/* Adds a record of the page, also its first. */
void page_add(struct page *page, const struct page_plan *plan, const struct record *rec,
	enum item_kind kind);

/* Adds an item that was no record: its spans live as long as the page's, and it came from item `from`. */
void page_add_item(struct page *page, const struct item *item, size_t from);

/* Of the text of a figure, its own clause: the last, behind those that govern it (xxgk-records(5)). */
struct span page_clause(struct span text);

/* Forgets the page; keeps memory of ordinary size. */
void page_reset(struct page *page);
void page_release(struct page *page);

#endif
