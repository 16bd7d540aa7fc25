/*
 * glued_parts: what the files of glued share.
 *
 * glued.c looks for sentences that are tables; glued_words.c cuts one into labels, headers, units and numbers;
 * glued_number.c says where a number ends and how the digits of a row are parted; glued_rows.c writes the rows as cells.
 */
#ifndef GLUED_PARTS_H
#define GLUED_PARTS_H

#include "buf.h"
#include "facts.h"
#include "glued.h"

enum { MOST_VALUES = 16 }; /* columns */

enum token_kind { TOKEN_ROW, TOKEN_HEADER, TOKEN_UNIT };

/* A label of a form's row, a header, or a unit. */
struct glued_token {
	struct span text;
	const struct row_ref *row;
	size_t nrows;
	enum token_kind kind;
	enum header header;
	bool doubtful; /* words that are none of these stand right before it, and no numbering between */
};

/* What stands between two numbers, and the second of them. */
struct glued_segment {
	struct span words, number;
	size_t token, n; /* of gluer.token */
	bool open;       /* words that are none stand right before the number */
};

struct gluer {
	struct page *page;
	const struct form_book *book;
	struct buf *keys;
	size_t lookups, partings, searched; /* left */
	size_t item;    /* the text */
	struct glued_token *token;
	size_t ntokens, tokens_cap;
	struct glued_segment *segment;
	size_t nsegments, segments_cap;
	uint16_t form;
	uint64_t refused; /* sheets of the form, a bit each, of which no row is sure */
	size_t head, nhead; /* tokens of the header that names one column of values; 0: rows with one value are not read */
	uint32_t table, row, col; /* of the cell written last */
	const struct form_sheet *sheet; /* whose header was written last */
	struct glued *found;
};

/* The ways to part digits into numbers, the last the sum of the others. */
struct parting {
	struct span digits;
	size_t *steps; /* left */
	size_t columns, ways;
	size_t end[MOST_VALUES], found[MOST_VALUES];
};

/* glued_words.c */

/* The next number of the text, none of a remark, …（相同信息计1条）; at its end if none is left. */
struct span glued_next_number(struct span text);

/* Whether the words begin with what numbers a section or a group, 四、 or （一）. */
bool glued_is_numbered(const struct gluer *g, struct span words);

/* Reads a segment: its words become tokens. */
void glued_read_segment(struct gluer *g, struct span words, struct span number);

/* The label that the segment's number belongs to; NULL if that is not sure. */
const struct glued_token *glued_label_of(const struct gluer *g, const struct glued_segment *s);

/* The row of the form that the label is of, the first of several alike; NULL if none. */
const struct edition_row *glued_row_of(const struct gluer *g, const struct glued_token *label);

/* Whether the form has no values for the row itself: a heading. */
static inline bool
glued_is_heading(const struct edition_row *row)
{
	return row->row->type == ROW_SECTION || row->row->type == ROW_GROUP;
}

/* Finds the form that most numbers have a label of, g->form; false if it has too few. */
bool glued_find_form(struct gluer *g);

/* glued_number.c */

/* The number of a segment without what is of the next label; false if that is not sure. */
bool glued_number_of(const struct gluer *g, size_t segment, struct span *number);

/*
 * Takes off a number's end what numbers the label behind it: of 92 before .政府网站…, the form's 2., 9 is left.  False if
 * it may be so or not.
 */
bool glued_take_numbering(const struct gluer *g, const struct glued_segment *next,
	struct span *number);

/* The table with several columns that the row is of; NULL if it has one value. */
const struct form_sheet *glued_sheet_of(const struct gluer *g, const struct edition_row *row);

/* Parts the values of a row with several columns: p->ways, of which more than one are no good, and p->found. */
void glued_part_values(struct gluer *g, const struct form_sheet *sheet, struct span number,
	struct parting *p);

/* glued_rows.c */

/*
 * Refuses the tables with several columns that lack a row of the form, or have one whose values no way or too few digits
 * close, or none: where cells are blank, one way that closes is not the only one.
 */
void glued_refuse_sheets(struct gluer *g);

/* Writes the row of a segment that has one. */
void glued_add_row(struct gluer *g, size_t segment);

#endif
