/*
 * sheet_parts: what the files of sheet share, and what each does for the next.
 *
 * The cells of a page become rows (sheet_rows.c, and what sheet_rows_parts.h names), the rows find
 * their form and which of its rows they are (sheet_form.c), and each row with values becomes facts: of
 * one value (sheet_single.c), of a value in each column of a table (sheet_columns.c, by the headers of
 * sheet_heads.c, or where the table has other columns than the form sheet_named.c, or fewer of them in text
 * sheet_few.c), or the wide table (sheet_wide.c, by the order that sheet_order.c finds; printed another way,
 * sheet_crossed.c).  They write with sheet_facts.c, and sheet.c drives them, a table at a time; which of
 * several tables is the report's own comes last (sheet_apart.c).
 */
#ifndef SHEET_PARTS_H
#define SHEET_PARTS_H

#include "facts.h"
#include "form/align.h"
#include "form/form.h"
#include "memo.h"
#include "page.h"
#include "sheet.h"

enum {
	MOST_COLUMNS = 64,
	WIDE_HEADERS = 3, /* of a wide table, before its row is believed */
};

#define NO_CELL UINT32_MAX
#define PART_OF_YEAR (-1)

/* A cell in the order of the tables, and what is asked of it again and again. */
struct cell {
	uint32_t item;
	uint16_t place; /* of its text in the memo, or MEMO_NOWHERE */
	bool words;     /* text that is no unit */
	bool unit;      /* a unit of some form, alone */
	bool read;      /* its facts are written */
	bool taken;     /* it begins a row that is a line of a label further up */
};

/* Header rows that stand together: cells [first, first + n) of the order, a few hundred at most. */
struct head {
	uint32_t first, n;
	bool labelled; /* it has a header of labels, such as 统计指标 */
	bool loose;    /* their rows are not known, and so not what stands below them */
	uint16_t rows;
};

/* One table of the page. */
struct sheet {
	uint32_t cell, ncells;    /* of the order */
	uint32_t entry, nentries;
	uint32_t head, nheads;
	uint32_t fact, nfacts;    /* that its cells gave */
	uint32_t wide;            /* headers of a wide table seen in it */
	uint32_t figures, lost;   /* of rows with a value in each of several columns; those without indicator */
	uint16_t form;            /* whose rows it is laid along */
	bool accepted;            /* it is a table of that form */
	bool damaged;             /* some cells have no sure place */
	bool ragged;              /* the rows are not known: read as a sequence of cells */
	uint64_t counts;          /* bit n: a row has n cells behind its labels, of which the first is a value */
};

/*
 * Of sheet_columns.c: which column of a table of the form each value of a row stands in.  The rows
 * of one table stand alike: the same for the cells of the same columns below the same header.
 */
struct columns {
	const struct form_sheet *sheet; /* NULL: of no row */
	uint32_t head, first, n;        /* of the row */
	uint16_t form;
	bool sure;
	bool doubtful; /* only the sums of the rows say so */
	uint32_t map[MOST_COLUMNS];
	struct span stated[MOST_COLUMNS]; /* the unit in the header above */
};

/*
 * Of sheet_columns.c: where the values of a table of the form stand in a sheet: columns, 0 if they
 * are not known.
 */
struct frame {
	const struct form_sheet *sheet; /* NULL: not looked at */
	uint32_t first, last;           /* the first value, and the end of most rows */
	uint32_t narrow;                /* all rows have so many values, fewer than the form; or 0 */
	bool summed;
	/* In how many rows each value is the sum of the others, and of how many. */
	uint32_t sums[MOST_COLUMNS], rows;
	uint32_t noughts; /* rows of as many values as the form has, all 0 */
};

/* Of sheet_named.c: the columns of a sheet that has others than the form. */
struct by_heads {
	bool looked;
	uint32_t n;                  /* values of a row; 0: nothing is sure */
	uint32_t above, first;       /* their header, and the column of the first */
	uint32_t map[MOST_COLUMNS];  /* by column of the sheet: that of the form, or UINT32_MAX */
	uint32_t head[MOST_COLUMNS]; /* the header cell that names it */
};

/* Of sheet_few.c: the columns of rows of text that have fewer than the form. */
struct few {
	bool looked;
	uint32_t n;                 /* values of a row; 0: nothing is sure */
	uint32_t map[MOST_COLUMNS]; /* by value: the column of the form, or UINT32_MAX */
};

/* Of sheet_heads.c: the columns of a table of the form that headers in text name. */
struct named_heads {
	const struct form_sheet *sheet; /* NULL: not looked at */
	uint32_t head;
	uint16_t form;
	uint32_t column[MOST_COLUMNS], n; /* from left to right, each once */
	bool plain; /* nothing else is among them, so that they stand above as many values */
	bool other; /* another order than the form's, not only for the total */
};

/*
 * How a table of the form lies in the sheet being read, each part found when it is first asked for.  The rows of several
 * tables may take turns in a sheet, so that each has its own.
 */
struct laid {
	struct frame frame;
	struct by_heads by_heads;
	struct few few;
};

/* What the place of a number in its row is counted from. */
enum count_from { FROM_TABLE, FROM_LABEL, FROM_UNIT, COUNT_WAYS };

/* Of sheet_single.c: which column of a sheet the numbers of rows with one value stand in. */
struct numbers {
	bool looked;
	enum count_from from; /* what `main` is counted from */
	bool several; /* in more than one column */
	bool summed;  /* `main` is the sum of the other numbers in each row */
	uint32_t main; /* from 1; 0: not known */
	/* Where the rows are not known: the header, an item, of the one column of values, if for another time. */
	uint32_t other;
	/* There, too: the headers before the first row, cells, one for a row's label and each cell behind it; 0 of them: none. */
	uint32_t heads, nheads;
};

/* Of sheet_wide.c: the rows of the wide table read in a sheet so far. */
struct wide_rows {
	bool counted;             /* the cell before the row's first counts the rows */
	bool given;               /* `map` is to be taken as it is */
	bool ordered;             /* `map` says which column each value of a row stands in */
	bool doubtful;
	bool in_turn;             /* the names of the columns stand in the form's order, each once, wherever they stand */
	uint32_t map[MOST_COLUMNS];
	uint32_t fact, n;         /* of the row that nothing tells from others; n 0: there was none */
	bool looked, valued;      /* whether any row has a number */
};

/* Of sheet_form.c: how well the page fits a form. */
struct fit {
	long score;
	uint32_t exact; /* labels that are its own wording */
	uint32_t found; /* labels that it has a row for */
	size_t first; /* of its rows in sheets.met */
	bool touched[64]; /* tables of the form with a row that was met */
};

/* The page being read; the memory is kept for the next. */
struct sheets {
	const struct form_book *book;
	struct identity_finder *finder;
	struct aligner *aligner;
	struct memo *memo;
	struct paths *paths;
	struct buf keys;

	const struct page *page;
	struct facts *out;
	int year;
	/* By sheet_form_find: the tables are local ones, with rows only like those of the form. */
	bool local;
	/* By sheet_rows_read: the cells table by table, and what they are. */
	struct cell *cell;
	size_t ncells, cells_cap;
	struct entry *entry;
	size_t nentries, entries_cap;
	struct head *head;
	size_t nheads, heads_cap;
	struct sheet *sheet;
	size_t nsheets, sheets_cap;
	/* The column that a header names, as it was found last: the rows below one ask it again. */
	struct {
		uint32_t cell, column;
		uint16_t form;
		const struct form_sheet *sheet;
	} named[16];
	/* The time that a header names, likewise. */
	struct {
		uint32_t item; /* plus 1 */
		int year;
		bool part;
	} timed[16];
	struct named_heads heads; /* the last */
	struct columns columns; /* of the row read last */
	struct laid lies[16], *laid; /* the tables of the form in the sheet being read, and the one of the row read last */
	struct numbers numbers; /* of the sheet, too */
	struct wide_rows wide;
	/* The lowest header with words above each of the first columns, of the head asked last. */
	uint32_t above_head, above[MOST_COLUMNS];
	uint32_t above_end;     /* the column that all its rows end with; 0 if they differ */
	uint32_t *seen; /* by row of a form: the entry that has it first, plus 1 */
	/* By sheet and form: how many of the labels have a row there. */
	uint32_t *hits;
	size_t hits_cap;
	/* By form: how well the page fits it, and where its rows begin in `met`. */
	struct fit *fit;
	bool *met; /* rows of all forms that a label of the page may stand for */
	size_t nmet;
};

static inline const struct item *
cell_at(const struct sheets *s, uint32_t cell)
{
	return &s->page->items[s->cell[cell].item];
}

/* The item of a cell, or NO_ITEM for NO_CELL. */
static inline uint32_t
item_of(const struct sheets *s, uint32_t cell)
{
	return cell == NO_CELL ? NO_ITEM : s->cell[cell].item;
}

static inline bool
has_number(const struct item *cell)
{
	return cell->state == STATE_NUMBER || cell->state == STATE_ABOUT;
}

static inline bool
is_empty(const struct item *cell)
{
	return cell->state == STATE_BLANK || cell->text.n == 0;
}

/* The last column that a cell spans. */
static inline uint32_t
end_column(const struct item *cell)
{
	return cell->col + (cell->cols ? cell->cols : 1) - 1;
}

/* sheet_rows.c */

/*
 * Fills cell, sheet, entry and head of s from the cells of its page.  A sheet has no form yet, an
 * entry no row of one.
 */
void sheet_rows_read(struct sheets *s);

/* What is known of the text of a cell; good until the next stranger is asked for. */
const struct known *sheet_know(struct sheets *s, uint32_t cell);

/* Whether the words are a number gone wrong, 3B8 or 3,88: no label of a form is without a Chinese character. */
bool sheet_is_misread(struct sheets *s, uint32_t cell);

/* sheet_form.c */

/*
 * The form that the page fits best, or NO_FORM.  Each sheet gets its form, which may be an older
 * one, and whether it is a table of it, its entries their rows (row, match), and s whether the
 * tables are local.
 */
uint16_t sheet_form_find(struct sheets *s);

/* sheet_heads.c */

/*
 * The header cell above a cell, the lowest of s->head[head]; NO_CELL if head is NO_HEAD or the
 * columns are not known well enough to say.
 */
uint32_t sheet_head_above(struct sheets *s, uint32_t head, const struct item *cell);

/*
 * Whether the header may be trusted to stand above the row: one with fewer columns or a hole lost a
 * cell.  Of several rows of text, list (of MOST_COLUMNS) gets the header cell of each column, the
 * first at 0, if they tell the columns; *listed says so.
 */
bool sheet_head_fits(struct sheets *s, const struct entry *e, uint32_t *list, bool *listed);

/* The column of fs that a header cell names, if it names just one; fs->n if none or several. */
uint32_t sheet_head_column(struct sheets *s, uint32_t cell, const struct form_sheet *fs,
	uint16_t form);

/*
 * The columns of fs that the headers above a row name, if it is a row of text whose blank cells, and
 * theirs, kept their places: *from gets the place of the first in the table, map what each names; how many, 0 if it is
 * not so or one between names none.
 */
uint32_t sheet_head_named(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *from, uint32_t *map);

/*
 * The columns of fs that the headers above a row of text name, from left to right, one a value; 0 if other words
 * stand among them.
 */
uint32_t sheet_head_list(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *map);

/*
 * How the columns are ordered: as the form has them, so far as can be seen; as all their headers
 * say; who knows; in another way, which their headers do not tell.
 */
enum head_order { ORDER_SAME, ORDER_NAMED, ORDER_UNSURE, ORDER_OTHER };

/*
 * The order in which the headers above the first fs->n values of a row name the columns of fs,
 * which are at most MOST_COLUMNS.  map gets the column of each value if ORDER_NAMED; else what it
 * holds says nothing.
 */
enum head_order sheet_head_order(struct sheets *s, const struct entry *e,
	const struct form_sheet *fs, uint16_t form, uint32_t *map);

/*
 * sheet_single.c, sheet_columns.c and sheet_wide.c add facts to s->out; doubtful: of grid assumed.
 */

/*
 * A row with one value: it stands under 统计数, or where no header says so behind the unit.  Other
 * columns of numbers keep what their header says: another scope, another year, a sum over years.
 */
void sheet_add_single(struct sheets *s, const struct sheet *sheet, const struct entry *e,
	uint16_t form, const struct edition_row *er, bool doubtful);

/*
 * A row with a value in each column of its table; without indicators if it is not known which is
 * which.
 */
void sheet_add_columns(struct sheets *s, const struct sheet *sheet, const struct entry *row,
	uint16_t form, const struct edition_row *er, bool doubtful);

/*
 * Of sheet_named.c.  A row of a table that has only some of the form's columns, all named by its header; one of a table
 * in markup with more or fewer columns, of which some are named: the others stay without indicator.  False, and no fact
 * is added, if that is not sure.
 */
bool sheet_add_named(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	const struct edition_row *er, bool doubtful);
/* A row of text whose heads stand above some of the form's columns: the cells below those, if no number stands elsewhere. */
bool sheet_add_below(struct sheets *s, const struct entry *row, const struct form_sheet *fs, uint16_t form,
	const struct edition_row *er, bool doubtful);
bool sheet_add_by_heads(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er, bool doubtful);

/*
 * Of sheet_few.c.  A row of text with fewer values than the form has columns, as all others: of one value, that is the total
 * unless a head says otherwise; of more, those that one row of heads names, if the total among them is the sum of the
 * others in each row.  False, and no fact is added, if that is not so.
 */
bool sheet_add_few(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er);

/* Of sheet_single.c: the year that a header (an item) says its column is for if not the report's, or PART_OF_YEAR, or 0. */
int sheet_other_time(struct sheets *s, uint32_t head);

/*
 * Numbers before a last column that is blank, in a row that may have lost the blanks between them.
 */
bool sheet_ends_in_doubt(const struct sheets *s, const struct entry *e, uint32_t n);

/*
 * A row of the form's wide table, read by position in the order of its headers; false if it is not plainly
 * that.  Of several each is for the year or the scope its label says; those it does not tell apart are of
 * scope unclear where they differ.
 */
bool sheet_add_wide(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form);

/*
 * The same of a table whose headers are lost: as many numbers as it has columns, whose sums say that they stand in the
 * form's order, close below the words for its groups.  What they say is assumed.
 */
bool sheet_add_headless(struct sheets *s, const struct sheet *sheet, struct entry *e, uint16_t form);

/*
 * Of sheet_order.c.  Finds which column each of n values stands in, into s->wide: by the words above it, else by the
 * order of the groups, and of the names in them.  False if that is another than the form's and does not tell them all.
 */
bool sheet_wide_order(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form, uint32_t n);

/*
 * Of sheet_crossed.c.  The wide table of the sheet's form (not NO_FORM) printed another way: the words before and above
 * each value name its column.  Cells whose facts are added are marked read; nothing is added if it
 * is not plainly that.
 */
void sheet_add_crossed(struct sheets *s, const struct sheet *sheet);

/*
 * sheet_torn.c: rows of a sheet of which only the pieces of text are left, one after another.  What is read is assumed;
 * false, and no fact is added, if nothing says how the pieces belong together.
 */

/*
 * The values of a row with one in each column, the last the total: more pieces than columns if there is just one way to put
 * them together so that it adds up; of fewer the total, if it is the sum of the others.
 */
bool sheet_add_torn(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, const struct edition_row *er);

/* The digits of a row with one value, where the heads name no more than one column. */
bool sheet_add_torn_single(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	const struct edition_row *er);

/* sheet_facts.c */

/*
 * A fact of a cell, with `row` of the form for its indicator; its column, unit and period are the
 * caller's.
 */
struct fact *sheet_add_fact(struct sheets *s, const struct entry *e, uint16_t form,
	const struct form_row *row, uint32_t cell, bool doubtful);

/*
 * Gives it the unit of the form, else that of the cell, else what its row or header states; in a
 * local table what is stated goes before.  A cell whose unit is of another kind holds no number that can be read.
 */
void sheet_set_unit(struct sheets *s, struct fact *f, struct span form_unit, struct span stated);

/* True if the cell states a unit of another kind than the form's: 20% where 件 are counted. */
bool sheet_other_kind(const struct sheets *s, const struct item *cell, struct span form_unit);

/*
 * Facts without indicator of the numbers of a row that are not marked read: each keeps its words.
 */
void sheet_add_unknown(struct sheets *s, const struct entry *e);

#endif
