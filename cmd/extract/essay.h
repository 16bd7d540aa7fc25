/*
 * essay: long texts: one that stands in a cell of its own row is text, and headings within one are lines.
 *
 * Sites set a report below its index number, publisher and date, all in one table, and some without a paragraph in it.
 * As the datum of a cell nobody would read its sentences.  There, and wherever a page lost its line ends, the headings
 * of its parts stand between sentences: …。 二、主动公开政府信息情况 2013年度我镇…
 */
#ifndef ESSAY_H
#define ESSAY_H

#include "piece.h"

/* Makes such cells text.  A row with another text in it keeps what it has: remarks of a table may be long.  Linear. */
void essay_free(struct pieces *pieces);

/* Parts long texts before and behind such headings.  Linear. */
void essay_part(struct pieces *pieces);

#endif
