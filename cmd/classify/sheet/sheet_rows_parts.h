/*
 * sheet_rows_parts: what the files that read the cells of a page into rows share.
 *
 * sheet_rows.c gathers the cells table by table and cuts tables into rows; sheet_row.c reads a row, sheet_sequence.c
 * cells whose rows are not known, sheet_mirrored.c rows whose label is the last; sheet_label.c puts labels together that were broken over lines; sheet_entry.c keeps what
 * was read.
 */
#ifndef SHEET_ROWS_PARTS_H
#define SHEET_ROWS_PARTS_H

#include "sheet_parts.h"

enum { MISREAD = 16 }; /* bytes of a number gone wrong */

/* Whether two cells are of one row of a table, which a part of it that was turned counts anew. */
static inline bool
rows_share(const struct item *a, const struct item *b)
{
	return a->table == b->table && a->row == b->row && a->turned == b->turned;
}

/* Whether the words are those of a row of a form: another wording may be no more than the end of one (申请数量). */
static inline bool
rows_is_exact(const struct known *known)
{
	for (uint32_t i = 0; i < known->nrows; i++)
		if (known->rows[i].match == MATCH_EXACT)
			return true;
	return false;
}

/* How many of the cells [first, end) hold a number. */
static inline uint32_t
rows_count_numbers(const struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t n = 0;

	while (first < end)
		n += has_number(cell_at(s, first++));
	return n;
}

/* sheet_entry.c */

/* Adds values without a label: the row of a wide table, or nobody's. */
void rows_add_unlabelled(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t n);

/* Adds the row of a label, which begins in cell `label`, and the cells behind it. */
void rows_add_known(struct sheets *s, struct sheet *sheet, const struct known *known,
	uint32_t label, uint32_t first, uint32_t n);

/* The same of a label that is the text of its cell. */
void rows_add_entry(struct sheets *s, struct sheet *sheet, uint32_t label, uint32_t first,
	uint32_t n);

/* Adds cells [first, end), words without a number: a header row, or a title.  *open: the row before was one. */
void rows_add_head(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *open);

/* Adds words before a label that name columns: heads, of which only the order is known. */
void rows_add_loose_head(struct sheets *s, uint32_t first, uint32_t label);

/* sheet_label.c */

/*
 * Where the last label of the words [first, end) begins: at the last of these cells, or further up if it was broken
 * over lines, each of which stands for a cell, so that only together they name a row.
 */
uint32_t rows_label_begin(struct sheets *s, uint32_t first, uint32_t end, struct known *known);

/*
 * The same where the end of a page cut the label, and the rest of it stands below its values, in cells [from, end): the
 * next number of a row ends it.  *label and *known stay as they are if that names no row of a form.
 */
bool rows_label_cut(struct sheets *s, uint32_t first, uint32_t words, uint32_t from,
	uint32_t end, uint32_t *label, struct known *known);

/* Whether what looks like a unit in cell `words` is the last line of the label before it: 规范性文 | 件, 查询事 | 项. */
bool rows_unit_ends_label(struct sheets *s, uint32_t first, uint32_t words, uint32_t values,
	uint32_t *label, struct known *known);

/*
 * Puts the label of the row [first, end), which names none of a form, together with the lines above and below, as few as
 * name one.  The first cell of the label; *known gets what it says.
 */
uint32_t rows_label_beside(struct sheets *s, const struct sheet *sheet, uint32_t first,
	uint32_t end, uint32_t label, struct known *known);

/* sheet_row.c, sheet_sequence.c */

/*
 * Reads a row: label cells, then values.  A row of words alone is a header if it has several, a heading if it
 * has one; the labels before the last are those of groups that begin here.
 */
void rows_read_row(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end,
	bool *heads_open);

/*
 * Reads cells [first, end) whose rows are not known: every cell of words begins one, and it ends at the next, or
 * with its line where a line holds several cells.
 */
void rows_read_sequence(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end);

/* sheet_mirrored.c */

/*
 * Whether the rows of the table [first, end) have their labels behind the values: a unit between says so, or the head of
 * labels that stands last; a number before a label alone may count it.
 */
bool rows_are_mirrored(struct sheets *s, uint32_t first, uint32_t end);

/* Adds the row [first, end) of such a table; false if it is another. */
bool rows_read_mirrored(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end);

/*
 * The same of cells [first, end) whose rows are not known: each label has one number before it, and numbers stand
 * behind headings, or are in the unit of the label behind them and not of the one before.
 */
bool rows_run_backwards(struct sheets *s, uint32_t first, uint32_t end);
void rows_read_backwards(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end);

#endif
