/*
 * lines: the lines of a page's text, and what can be told from one alone.
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "grid.h"
#include "span.h"

struct words;

/* The words that the numbers of headings and pages stand beside, lent for as long as lines are read. */
void lines_use(const struct words *words);

/* A line that is not blank. */
struct text_line {
	size_t number;
	size_t taken;  /* lines below that were joined to it: they are no blank ones */
	struct span text; /* trimmed, as on the page otherwise */
	struct span raw;  /* with the blanks around it */
	size_t bars;
	bool gaps;        /* a tab, or two blanks or more, between its words */
	bool narrow;      /* of a page on which every character is one column wide (fields.h) */
	bool goes_on;     /* as near to the line above as lines of one cell are (paper.h) */
	unsigned char ruled; /* of a drawn table (ruled.h) */
	unsigned char flow;  /* of a table in reading order (flow.h) */
	/* Where signs part the cells (parted.h): there are any beside; how many to the cell before, of the same row; blank
	 * cells before it and behind, if it begins or ends its row. */
	bool parted;
	unsigned char behind, lead, trail;
};

enum { FLOW_NONE, FLOW_FIRST, FLOW_MORE };
enum { RULED_NONE, RULED_FIRST, RULED_MORE };

/* Cells being put together; `all` of the page, of which there may be `limit`. */
struct cells {
	struct grid_cell *v;
	size_t n, cap, all, limit;
};

/* False if there are too many. */
bool cells_add(struct cells *cells, struct grid_cell cell);

/* A line of the page, whose bytes stay there: its text without the blanks at both ends, and how it is parted. */
struct text_line line_make(size_t number, struct span raw);

/* Two texts as one; it stands in *joined, which has room for it, so that nothing moves. */
struct span line_join(struct buf *joined, struct span a, struct span b);

/* Whether the text may be that of a cell which states a unit. */
bool line_is_unit(struct span s);

/* Columns of the page the text takes: a Chinese character is as wide as two others. */
size_t columns_of(struct span s);

/* Bytes of a dash at the start of s, of any length and width; 0 if none stands there. */
static inline size_t
line_dash(struct span s)
{
	switch (s.n && *s.p == '-' ? '-' : span_character(s, 0)) {
	case '-': return 1;
	case 0x2013: /* – */
	case 0x2014: /* — */
	case 0x2015: /* ― */
	case 0xff0d: /* － */ return 3;
	default: return 0;
	}
}

/* Ends in a full stop, a semicolon, or the like. */
bool line_ends_sentence(struct span s);

/* Ends as a sentence does, or is as long. */
bool line_is_prose(struct span s);

/* Bytes of a heading's number at its start, 一、 or （一） or 1. or 第一章; 0 if there is none. */
size_t line_numbering(struct span s);

/* The first line of a page of paper: a form feed begins it. */
static inline bool
line_begins_page(const struct text_line *line)
{
	return line->raw.n && *line->raw.p == '\f';
}

/* The number of a page of paper, with what tells it from a value: - 3 - or 第3页 共5页. */
bool line_is_folio(struct span s);

/* A heading of the report: 三、 and words. */
bool line_is_section(struct span s);

/*
 * The length of the gap at the start of s: a run of blanks with a tab in it or two blanks or more; 0 if
 * there is none.
 */
size_t line_gap(struct span s);

#endif
