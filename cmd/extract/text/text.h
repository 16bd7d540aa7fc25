/*
 * text: reads plain text into pieces: titles, lines of prose, and the tables that a reader of HTML
 * flattened into lines.
 *
 * Layouts of a flattened table: a row per line with bars between the cells (with or without one before
 * the first); a cell per line with a bar after it, there or on a line of its own, the end of a row lost
 * (grid.h gets it back), with or without a bar alone before a row; lines drawn around the cells (ruled.h);
 * records of CSV (separated.h); a list a line, as Python and JSON write it; signs alone between the cells (parted.h); and what apart.h, bare.h and
 * columns.h take apart.  A cell may go on over lines until a bar ends it.  A blank is a run of ASCII blanks,
 * U+00A0, U+3000 and their like; what a piece holds is trimmed and its blanks are collapsed to one space.
 *
 * Linear in the page, whatever the page.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "piece.h"
#include "span.h"
#include "words.h"

struct text_limits {
	size_t cells; /* on a page */
	size_t lines; /* on a page */
};

#define TEXT_LIMITS ((struct text_limits){200000, 500000})

/* The reader's memory, kept from page to page. */
struct text;

/* The limits are copied, the words lent. */
struct text *text_new(const struct text_limits *limits, const struct words *words);
void text_free(struct text *t);

/*
 * Appends the pieces of a page, which is UTF-8, to *out.  NULL, or why the page was not read (a
 * constant): what was appended is then to be thrown away.
 */
const char *text_read(struct text *t, struct span page, struct pieces *out);

/*
 * Appends the pieces of `in`, read from another carrier, to *out, lines of prose that were broken at a width put
 * together (wrapped.h).  False, and nothing is appended, if there are none.
 */
bool text_rejoin(struct text *t, const struct pieces *in, struct pieces *out);

/* Whether lines of text among the pieces of another carrier may be tables. */
bool text_suspects(struct text *t, const struct pieces *list);

/*
 * Appends the pieces of `in`, read from another carrier, to *out, tables of text taken apart; as
 * text_read.
 */
const char *text_reread(struct text *t, const struct pieces *in, struct pieces *out);

#endif
