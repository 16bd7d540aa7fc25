/*
 * notation: tables in the notation of another program, LaTeX, MediaWiki, BBCode or reStructuredText, as rows of bars or tabs.
 *
 * LaTeX writes a cell for each column, also below one of several rows, and so its rows are of tabs, of which each counts; a
 * cell over several columns is followed by blank ones.  The others leave out what a cell above spans, as a reader of HTML
 * that writes a row a line with bars does.
 */
#ifndef NOTATION_H
#define NOTATION_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * Copies the page to *out, a row of such a table to the line its first cell stands on; lines stay where they are.  False,
 * and *out is of no use, if there is no such table.  Linear in the page.
 */
bool notation_rows(struct span page, struct buf *out);

#endif
