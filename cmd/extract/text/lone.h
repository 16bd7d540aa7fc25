/*
 * lone: a row of text by itself, of no table: a label and numbers behind it, blanks between.
 *
 * Which columns its numbers are of is not known; what a sentence would count they are not, either.
 */
#ifndef LONE_H
#define LONE_H

#include "fields.h"

/* The fields of a line that is such a row; how many, 0 if it is none. */
size_t lone_fields(const struct text_line *line, struct field *fields);

/* Whether the line is such a row with several numbers. */
bool lone_is_row(const struct text_line *line);

/* Its cells, graded failed.  False if there are too many. */
bool lone_read(const struct text_line *line, struct cells *cells);

#endif
