/*
 * form: the statutory forms as classify matches them: rows by the key of their label, columns by the
 * key of their header, and the words that head a column.  All of it is data: a new form is a new set of
 * rows in common/tables/forms.
 */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "forms.h"
#include "label.h"
#include "numerals.h"
#include "span.h"
#include "units.h"

enum match { MATCH_NONE, MATCH_EXACT, MATCH_VARIANT, MATCH_ALIGNED, MATCH_PATTERN, MATCHES };
extern const char *const match_names[MATCHES];

/* A row that a key may stand for: of which form, and which of its rows. */
struct row_ref {
	uint16_t form, row;
	uint8_t match; /* exact or variant */
};

/* What the header of a column says of the numbers below it. */
enum header {
	HEADER_NONE,
	HEADER_LABEL,
	HEADER_SERIAL,
	HEADER_UNIT,
	HEADER_VALUE,
	HEADER_PERIOD,     /* of a period that is the year beside that of the year before, else shorter */
	HEADER_PREVIOUS,   /* of the year before */
	HEADER_CUMULATIVE, /* over several years */
	HEADER_GROWTH,
	HEADER_CHANGE,     /* growth if in per cent, else a difference */
	HEADER_REMARK,
};

/* A table of a form whose values stand in several columns. */
struct form_sheet {
	struct span name;
	size_t first, n; /* its columns: forms->column[first, first + n) */
	/* The columns are indicators themselves and the values one row (the review table). */
	bool wide;
};

struct edition_row {
	const struct form_row *row;
	uint16_t sheet;   /* of edition.sheet */
	uint16_t parent;  /* row of the edition above it in meaning, or NO_ROW */
	uint16_t shared;  /* how many rows of the edition have the same key */
	uint8_t numbering, number;
	bool of_which;
	size_t key, nkey; /* its key, in form_book.keys */
	uint32_t *runes;  /* of it */
	uint16_t nrunes;
};

enum { NO_ROW = UINT16_MAX, MAX_ROWS = 4096 };

/* One form. */
struct edition {
	struct span name;
	struct edition_row *row; /* those that stand in tables and are no columns, in the order of print */
	size_t nrows, rows_cap;
	struct form_sheet *sheet;
	size_t nsheets, sheets_cap;
	/* Nobody issued it (editions.csv has it not): its rows are gathered from tables of which none has them all. */
	bool gathered;
};

struct form_book {
	struct forms *forms;
	struct label_words *labels;
	const struct numerals *numerals; /* of these */
	struct units *units;
	struct edition *edition;
	size_t neditions, editions_cap;
	struct key_index *rows, *headers, *columns, *wide;
	struct buf keys;          /* of all rows */
	struct key_index *others; /* labels that are none of any form's, however like one */
	struct span *unit_head;   /* the words that head units: 单位 */
	size_t nunit_heads, unit_heads_cap;
	struct table *tables[3];
};

/* NULL, said, when a table is broken: status 2. */
struct form_book *form_book_new(const char *dir);
void form_book_free(struct form_book *book);

/* The rows a key may stand for, ordered by form and row; *n is 0 if there is none. */
const struct row_ref *form_book_rows(const struct form_book *book, const struct label *label,
	size_t *n);

enum header form_book_header(const struct form_book *book, const struct label *label);

/* The same for a header that may be cut short: what all headers that begin with it are, if they agree. */
enum header form_book_cut_header(const struct form_book *book, const struct label *label);

/* Where the first word that heads units ends in a text (单位:件); 0 if none stands there. */
size_t form_book_unit_head(const struct form_book *book, struct span text);

/* Whether the key is known to be of no row, however like one it is. */
bool form_book_is_other(const struct form_book *book, struct span key);

/* The columns a key may head: form, and in `row` the place in forms->column. */
const struct row_ref *form_book_columns(const struct form_book *book, const struct label *label,
	size_t *n);

/* True if the key is a header of a wide table. */
bool form_book_is_wide(const struct form_book *book, const struct label *label);

#endif
