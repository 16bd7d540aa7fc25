/*
 * form: the statutory forms as classify matches them: rows by the key of their label, columns by the
 * key of their header, and the words that head a column.
 *
 * The key of a label is what is left of it without blanks, punctuation, numbering, a leading 其中 and
 * bracketed remarks; rows and pages are compared by it.  All of it is data: a new form is a new set of
 * rows in common/tables/forms.
 */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "forms.h"
#include "numerals.h"
#include "span.h"

/* How a label is numbered: 一、 / （一） / 1. */
enum numbering { NUMBER_NONE, NUMBER_SECTION, NUMBER_BRACKET, NUMBER_DIGIT };

struct label {
	struct span key; /* in the buffer given to label_read, until that changes */
	uint64_t hash;   /* of key */
	enum numbering numbering;
	uint8_t number;  /* 0: none */
	bool of_which;
};

/* Reads a label; its key is appended to `keys`, and the span is good until `keys` grows again. */
struct label label_read(const struct numerals *numerals, struct span text, struct buf *keys);

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
	HEADERS
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
	uint32_t *runes;  /* of its key */
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
	struct numerals *numerals;
	struct edition *edition;
	size_t neditions, editions_cap;
	struct key_index *rows, *headers, *columns, *wide, *units;
	struct key_index *others; /* labels that are none of any form's, however like one */
	struct key_index *kinds; /* of all units */
	bool begins_unit[256]; /* a unit has this for its first byte */
	struct table *tables[4];
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

/* Whether the key is known to be of no row, however like one it is. */
bool form_book_is_other(const struct form_book *book, struct span key);

/* The columns a key may head: form, and in `row` the place in forms->column. */
const struct row_ref *form_book_columns(const struct form_book *book, const struct label *label,
	size_t *n);

/* True if the key is a header of a wide table. */
bool form_book_is_wide(const struct form_book *book, const struct label *label);

/* The unit a cell of units states: 件 of （件）, too. */
static inline struct span
form_unit_text(struct span text)
{
	return text.n > 2 && text.p[0] == '(' && text.p[text.n - 1] == ')' ? span_of(text.p + 1, text.n - 2) : text;
}

/* The unit that the brackets at the end of a header or label hold and nothing else, 采购总金额(万元); empty if none. */
struct span form_book_unit_at_end(const struct form_book *book, struct span text);

/* True if the text of a cell is a unit of some form, alone. */
bool form_book_is_unit(const struct form_book *book, struct span text);

/* True if the unit is one of money. */
bool form_book_is_money(const struct form_book *book, struct span unit);

/* True if the two units are known and of different kinds: a count, money, a rate. */
bool form_book_kinds_differ(const struct form_book *book, struct span a, struct span b);

/*
 * Edits (insert, delete, change a character) that make a of b, up to `most`; most + 1 for more.
 */
unsigned label_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, unsigned most);

/* The characters of a key, at most `cap`; returns how many. */
size_t label_runes(struct span key, uint32_t *runes, size_t cap);

#endif
