/*
 * html_parts: what the files of html share, and what each does for the next.
 *
 * html.c reads tags and the text between them, and knows what is not displayed and which tags open and close
 * what.  Text becomes lines and those pieces (html_lines.c); of a table there are the table itself, its row
 * groups and rows (html_tables.c), and its cells (html_cells.c), which keep their lines until it is known
 * whether they are a datum's or a text's.  html_look.c shares nothing of this.
 *
 * Which tags of a table open and close what is asked once a tag: it stays in html.c, where it is inlined.
 */
#ifndef HTML_PARTS_H
#define HTML_PARTS_H

#include <stdint.h>

#include "attributes.h"
#include "entity.h"
#include "html.h"
#include "line.h"
#include "markup.h"
#include "place.h"
#include "slots.h"
#include "tag.h"

/* Where in an open table the reader is: the insertion modes of the standard. */
enum mode { IN_TABLE, IN_BODY, IN_ROW, IN_CELL, IN_CAPTION };

struct open_table {
	enum mode mode;
	enum tag section, kind; /* of the open row group; of the open cell: TAG_TD or TAG_TH */
	uint32_t number;        /* on the page, from 1 */
	struct slots_table slots;
	struct slots_cell cell;
	const char *cell_at; /* its start tag */
	uint32_t last_cell;  /* the chain of its cells; see html.chain */
	size_t before;       /* pieces when the cell was opened */
	unsigned outer_pre;  /* what line.pre was outside the cell or caption */
	unsigned row_texts;  /* cells with text in the row */
	bool pairs;          /* a row had two of them */
	bool layout;         /* a cell was layout */
	bool container;      /* the open cell is: its text goes out as lines */
	bool collecting;     /* what html.collecting was outside the table */
	bool hidden, hidden_section, hidden_row, hidden_cell;
	bool placed, placed_row; /* the cell, the row has a place in the grid */
};

/* A line of a cell, before it is known what the cell is. */
struct segment {
	size_t start, length, line, begin;
};

/*
 * The attributes of a tag seen before on the page: most tags of a page are written by a program and the same
 * to the byte.
 */
struct memo {
	const char *p; /* behind the tag's name */
	size_t n;      /* to behind its '>' */
	uint64_t key, page;
	unsigned has, display;
	uint32_t colspan, rowspan;
};

#define MEMOS 64

struct html {
	struct html_limits limits;
	struct entities *names;
	/* The page. */
	const char *end;
	struct place place;
	struct pieces *out;
	struct html_fault *fault;
	struct buf decoded;
	/* Text. */
	struct line line;
	enum piece_kind kind; /* what a line becomes outside cells */
	size_t lines;
	bool collecting; /* lines are kept as segments of a cell */
	bool wide;       /* of the cell: a line has runs of blanks or tabs */
	bool pre_lines;  /* of the cell: a line end in <pre> ended a line */
	struct segment *segments;
	size_t nsegments, segments_cap;
	/* Tables. */
	struct open_table *tables;
	size_t depth, tables_cap, ncells;
	uint32_t ntables;
	struct slots slots;
	/*
	 * The cells of each table, from the last: one more than the number of the piece before, 0 at the
	 * first.  Tables lie within each other; going over all pieces for each would not be linear.
	 */
	uint32_t *chain;
	size_t chain_cap;
	bool dead; /* pieces of no kind are in the list */
	/* What is not displayed. */
	size_t hidden;      /* tables, row groups, rows and cells that are open and hidden */
	uint64_t veil;      /* key of the element that hides what is in it, 0 for none */
	size_t veil_depth;  /* elements of that name open in it, itself one */
	size_t veil_blocks; /* other blocks open in it */
	size_t veil_level;  /* tables open where it began */
	size_t templates;   /* templates open */
	uint64_t apart;     /* key of the element whose style strikes through, raises or shrinks what is in it, 0 for none */
	size_t apart_depth; /* elements of that name open in it, itself one */
	bool foreign;       /* in svg or math */
	uint64_t pages;     /* read so far: a memo is good for its own page */
	struct memo memos[MEMOS];
};

static inline bool
html_covered(const struct html *h)
{
	return h->hidden || h->veil;
}

static inline struct open_table *
html_top(struct html *h)
{
	return &h->tables[h->depth - 1];
}

/* An element of the table was opened or closed: what was open inside is gone, hidden or not. */
static inline void
html_lift_veil(struct html *h)
{
	if (h->veil && h->veil_level >= h->depth)
		h->veil = 0;
	h->foreign = false;
}

/* Where the next piece goes; filled in there, as a copy waits for what was just written; out->n counts it. */
static inline struct piece *
html_next_piece(struct html *h)
{
	struct pieces *out = h->out;

	out->v = grow(out->v, out->n, &out->cap, sizeof *out->v);
	return &out->v[out->n];
}

/* html.c */

/* The page is not read: a limit was met at p.  Of several reasons the first stays. */
void html_refuse(struct html *h, const char *p, const char *reason);

/* html_lines.c */

/* The line, which is open, becomes a piece or a segment. */
void html_finish_line(struct html *h);

/* Ends the line, if one is open: most tags that end lines stand between others. */
static inline void
html_end_line(struct html *h)
{
	if (h->line.open)
		html_finish_line(h);
	else
		line_end(&h->line);
}

/* The lines kept of a cell go out as text. */
void html_release_segments(struct html *h);

/* Text that is displayed, between two tags; raw: `&` is no more than itself. */
void html_put_shown(struct html *h, const char *p, const char *end, bool raw);

/* The same of any text; most between two tags is the source's own layout. */
static inline void
html_put_text(struct html *h, const char *p, const char *end, bool raw)
{
	if (!h->line.open && !h->line.pre)
		while (p < end && is_blank(*p))
			p++;
	if (p < end && !html_covered(h))
		html_put_shown(h, p, end, raw);
}

/* The meta element whose start tag is at p, where a piece of its own may stand. */
void html_put_meta(struct html *h, const char *p, const struct attributes *a);

/* What an input element in a cell shows: the value of one for text. */
void html_put_input(struct html *h, const struct attributes *a);

/* The content of the title, likewise. */
void html_put_title(struct html *h, const char *p, const char *end);

/* Runs of blanks and tabs in a text, the last of pieces.text, become one space; its length then. */
size_t html_collapse(struct buf *text, size_t start, size_t length);

/* html_cells.c: cells and captions of the innermost table. */

/* A cell of the open row, whose start tag is at p. */
void html_open_cell(struct html *h, enum tag tag, const char *p, const struct attributes *a);

/* The open cell is one of data, or it is layout and its lines are text. */
void html_close_cell(struct html *h);

/*
 * The page ends within a cell: if that is one of data, what of it is there may be the beginning of a number,
 * and its place is only assumed.  Its line, or 0.
 */
size_t html_close_cut_cell(struct html *h);

/* The caption of the innermost table. */
void html_open_caption(struct html *h, const struct attributes *a);
void html_close_caption(struct html *h);

/* html_tables.c: tables, and row groups and rows of the innermost. */

/* A table whose start tag is at p. */
void html_open_table(struct html *h, const char *p, const struct attributes *a);

/* A row group: TAG_TBODY, TAG_THEAD or TAG_TFOOT; a is NULL if it has no tag. */
void html_open_section(struct html *h, enum tag tag, const struct attributes *a);
void html_close_section(struct html *h);

/* A row; a is NULL if it has no tag. */
void html_open_row(struct html *h, const struct attributes *a);
void html_close_row(struct html *h);

/* Closes what is open in the table, too. */
void html_close_table(struct html *h);

/* Takes out the pieces that tables of layout left without text, from `first` on. */
void html_bury(struct html *h, size_t first);

#endif
