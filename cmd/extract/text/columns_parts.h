/*
 * columns_parts: what finding a table in columns (columns_find.c) and reading it (columns.c) share.
 */
#ifndef COLUMNS_PARTS_H
#define COLUMNS_PARTS_H

#include "columns.h"

enum { COLUMNS_INDENT = 8 }; /* columns of the page before a value whose label stands on another line */

/* A row of heads: two labels at least, no number. */
bool columns_are_heads(const struct text_line *line);

/* Whether a line is the row of the heads on the line before, one blank between label and number: 行政收费 623.8. */
bool columns_is_row_below(const struct text_line *line);

#endif
