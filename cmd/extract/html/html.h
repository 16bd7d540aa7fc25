/*
 * html: reads a page of HTML into pieces: title, meta, text, and cells with their places.
 *
 * One pass over the bytes, no tree: the tokenizer states of the WHATWG standard that matter, and of
 * tree construction only what decides which text stands in which cell.  Works on the raw bytes of
 * UTF-8 and of GB18030 alike (none of < > & " ' = or a blank is ever the second byte of a
 * character) and decodes only what it writes.  Time is linear in the page, whatever the page;
 * nothing recurses.
 *
 * What becomes what:
 * - A cell is a `cell` (grid `html`) with its place by the WHATWG table model; tables are numbered
 * in the order of their start tags, inner ones included.
 * - A cell that holds a table, or prose (two lines, beside other cells four, with a sentence or two
 *   bars among them; a <pre> of so many; sixteen lines of anything), is layout: its lines are
 *   `text`, its place stays empty.  A table with such a cell, or one with a sentence, is layout as
 *   a whole if no row of it has two cells with text.
 * - All other text is `text`, a piece a line: block elements and <br> end a line (text_rejoin puts
 * those together that were broken at a width).  Inside a cell
 * they join, with a blank unless both neighbours are CJK.
 * - A line end of the source amid CJK characters is nothing, any other a blank.
 * - Blanks are collapsed and trimmed, in cells always to one space.  In `text` a run of blanks that
 * is seen as one is kept for whoever takes text tables apart: a tab without a line end beside it
 *   stays a tab, two hard blanks or more (U+00A0, U+3000) two spaces, and <pre> keeps all.
 * - What is not displayed (script, style, comments, template, `hidden`, `display:none`) is left
 *   out; a row or cell not displayed takes no place in the grid.  In cells what is invisible or wholly
 *   transparent is left out, too.  Colours, positions and style sheets are not looked at.
 * - Digits of raised or struck text, of text of no size, and of what stands in for a thing not shown (ruby,
 *   noscript, the inside of a player) run together with none beside them; before a number that is struck
 *   stands a bar, so that it is none.
 * - No control character but that tab.
 *
 * Where it reads otherwise than the standard: table tags in svg and math are table tags; a <select>
 * outside tables does not swallow a <table>; what stands in a template is left out without looking
 * for its structure; rowspan=0 holds in quirks mode, too; a table's tags outside any table end a
 * line.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "charset/charset.h"
#include "piece.h"
#include "span.h"

struct html_limits {
	size_t nesting; /* tables open at once */
	size_t cells;   /* cells on a page */
	size_t columns; /* columns of a table */
	size_t lines;   /* lines of text on a page */
};

#define HTML_LIMITS ((struct html_limits){512, 200000, 8192, 500000})

/* Why a page was not read. */
struct html_fault {
	const char *reason; /* a constant */
	size_t line;        /* from 1 */
	size_t offset; /* in the page; after decoding where the page was not UTF-8 or GB18030 */
	size_t cut;    /* of a page that was read: the line of the cell it ends in and may be cut in; or 0 */
};

/* The reader's memory, kept from page to page. */
struct html;

/* The limits are copied. */
struct html *html_new(const struct html_limits *limits);
void html_free(struct html *html);

/* Whether these bytes, in whatever coding, are HTML rather than plain text; looks at their
 * beginning. */
bool html_looks_like(struct span page);

/* Whether a page in this charset is read in its own bytes, behind its mark, and not in a copy in UTF-8. */
bool html_in_place(const struct charset *charset);

/*
 * Appends the page's pieces to *out.  False if a limit was met: *fault says which and where, and
 * what was appended is to be thrown away (pieces_reset).  Undecodable bytes become U+FFFD.
 */
bool html_read(struct html *html, struct span page, const struct charset *charset,
	struct pieces *out, struct html_fault *fault);

#endif
