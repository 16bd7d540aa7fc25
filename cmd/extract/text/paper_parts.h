/*
 * paper_parts: what the files of paper share, and what each does for the next.
 *
 * paper.c finds the lines of a table, each of them labels and values (paper_fields.c), and drives the rest:
 * the lines become rows (paper_rows.c), rows with heads above them a section, whose values stand in columns
 * (paper_sections.c), and the words of a row, over several lines, its labels (paper_words.c); paper_cells.c
 * writes heads, labels and values as cells.
 */
#ifndef PAPER_PARTS_H
#define PAPER_PARTS_H

#include "buf.h"
#include "fields.h"
#include "paper.h"

enum { PAPER = 1024 }; /* columns of a page of which gutters are looked for */

/* The fields of a line, of which some are values: the last ones that follow each other. */
struct parts {
	struct field v[FIELDS_MOST];
	size_t n, first, values; /* what stands behind the values is a remark */
	bool taken; /* one blank parts values from the label before them */
};

/* What stands between blank lines, or, if several lines of that have values, about one of them. */
struct row {
	size_t from, end, valued; /* lines; `valued` is `end` if it has no values */
	bool alone;               /* between blank lines */
};

static inline bool
has_values(const struct row *row)
{
	return row->valued != row->end;
}

enum side { SIDE_LEFT, SIDE_MIDDLE, SIDE_RIGHT, SIDES };

/* Rows with heads above them, whose values stand below each other. */
struct section {
	size_t values, labels;  /* columns */
	size_t start;           /* where the first value begins */
	enum side side;         /* that values line up at */
	size_t at[FIELDS_MOST]; /* where they do in each column, twice */
	size_t sure;            /* rows that have all values, none taken from a label */
	size_t heads;           /* of the lowest row of several */
};

/* Words that stand above each other. */
struct cell_words {
	size_t start, end;  /* columns of the page */
	size_t line;        /* the last */
	size_t first, last; /* pieces */
	struct span text;   /* of all, once they are put together */
};

struct piece_of {
	struct span text;
	size_t next; /* of the same words, SIZE_MAX behind the last */
};

/* What stands in each column of the page in the lines of a row, before its values. */
struct gutters {
	unsigned char text[PAPER];  /* anything */
	unsigned char blank[PAPER]; /* a blank between words: how many times, up to some */
};

/* The table being read. */
struct reading {
	const struct text_line *lines;
	struct buf *joined;
	struct cells *cells;
	struct row *rows;
	size_t n, cap;
	/* By paper_words_read, of the row read last. */
	struct cell_words words[FIELDS_MOST];
	size_t nwords, nlabels; /* all, and those before the values */
	struct piece_of *pieces;
	size_t npieces, pieces_cap;
	bool taken;
	struct gutters gutters;
	uint32_t row; /* the number of the one written last */
};

/* paper_fields.c */

/* A number without a unit. */
bool paper_is_number(struct span s);

/* The fields of a line. */
void paper_split(const struct text_line *line, struct parts *p);

/* Whether the line has values. */
bool paper_is_valued(const struct text_line *line);

/* What stands in the columns of the page in the row's lines, to the end of the page. */
void paper_gutters_find(const struct text_line *lines, const struct row *row, struct gutters *g);

/*
 * Parts fields at single blanks that stand in a gutter: blanks above and below, no text.  fields has room for
 * FIELDS_MOST; how many there are then.
 */
size_t paper_gutters_part(const struct gutters *g, const struct text_line *line, struct field *fields,
	size_t n);

/* paper_rows.c */

/*
 * Adds the rows of a block, the lines between two that are blank: words between two lines with values go on
 * with the first, if they do not begin with a number.
 */
void paper_rows_add(struct reading *r, size_t from, size_t end);

/* paper_sections.c */

/*
 * What the rows from `from` to `end` have in common, which have values but for heads at their beginning.
 * Those that have nothing but dashes are the labels of groups: they may have one in the column of units, and
 * of remarks.  Reads their words.
 */
struct section paper_section_find(struct reading *r, size_t from, size_t end);

/* How far from a column of values a field stands, twice. */
size_t paper_column_off(const struct section *s, size_t column, const struct field *f);

/* The column of values nearest to a field. */
size_t paper_column_nearest(const struct section *s, const struct field *f);

/* The column of values that a head stands above: the first of several. */
size_t paper_column_below(const struct section *s, const struct field *f);

/*
 * Parts heads with one blank between, if each stands above a column of its own.  fields has room for
 * FIELDS_MOST; how many there are then.
 */
size_t paper_heads_part(const struct section *s, const struct text_line *line, struct field *fields,
	size_t n);

/* paper_words.c */

/*
 * Gathers the words of a row, from left to right.  The values of its line with values, if it has one, go to
 * `values` (of FIELDS_MOST), and their number back.  Of heads `s` tells the columns below, unless it is NULL.
 */
size_t paper_words_read(struct reading *r, const struct row *row, const struct section *s,
	struct field *values);

/* Puts the pieces of all words of the row together. */
void paper_words_join(struct reading *r);

/* paper_cells.c: false if there are too many cells. */

/* A row with values: its labels behind blank cells, its values in their columns. */
bool paper_add_values(struct reading *r, const struct row *row, const struct section *s);

/* Heads: those above a column of values are given its place. */
bool paper_add_heads(struct reading *r, const struct row *row, const struct section *s);

#endif
