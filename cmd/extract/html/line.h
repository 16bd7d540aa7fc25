/*
 * line: sets visible text into a list of pieces, a line at a time.
 *
 * Text comes in as it stands between two tags; blanks are collapsed across them, characters
 * decoded, references resolved.  The bytes go straight into pieces.text; whoever ends a line says
 * what it becomes.
 */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "entity.h"
#include "span.h"

/* What stands between the text so far and what comes next. */
enum line_gap {
	GAP_BLANK = 1, /* a blank */
	GAP_TAB = 2,   /* a tab */
	GAP_HARD = 4,  /* a hard blank */
	GAP_WIDE = 8,  /* two or more of them */
	GAP_END = 16,  /* a line end of the source */
	GAP_APART = 32, /* raised, struck or other such text begins or ends: digits on both sides are of two numbers */
};

/* What parts two numbers that a blank would make one: 2 146 is one of thousands. */
#define LINE_PARTS " / "

struct line {
	struct buf *text;     /* where it is written */
	const char *page_end; /* bytes may be read up to here */
	const struct entities *names;
	bool gb;        /* GB18030, else UTF-8 without an error */
	bool attribute; /* references are read as in an attribute's value */
	unsigned pre;   /* in so many <pre>: blanks stay, line ends end lines */
	bool open;      /* something is written of the line */
	unsigned struck; /* not 0: what comes is struck through, no number in it holds */
	bool wide;      /* something in it is a tab or a run of blanks */
	unsigned gap;
	size_t start;      /* of the line in *text */
	size_t run;        /* of what stands since the last tag */
	const char *first; /* its first character in the page */
	struct buf blanks; /* in <pre>: those before the next character */
};

/*
 * Text from p to end, between two tags.  A line end of the source between two CJK characters is no
 * blank there; one beside a tag is.  In <pre> it stops before a line end and answers where; else it
 * answers end. raw: `&` is no more than itself.
 */
const char *line_text(struct line *line, const char *p, const char *end, bool raw);

/* Ends the line, if it is open: its text is *text from line->start on, without blanks at its end.
 */
static inline void
line_end(struct line *line)
{
	line->open = false;
	line->gap = 0;
	line->blanks.n = 0;
}

/* Whether the last character of `a` and the first of `b` are both CJK, so that no blank parts them.
 */
bool line_joins(struct span a, struct span b);

#endif
