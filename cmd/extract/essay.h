/*
 * essay: a text that stands in a cell of its own row is text.
 *
 * Sites set a report below its index number, publisher and date, all in one table, and some without a paragraph in it.
 * As the datum of a cell nobody would read its sentences.
 */
#ifndef ESSAY_H
#define ESSAY_H

#include "piece.h"

/* Makes such cells text.  A row with another text in it keeps what it has: remarks of a table may be long.  Linear. */
void essay_free(struct pieces *pieces);

#endif
