/*
 * ruler: where on the page the values of a table in lines stand, by what its rows share and by the heads above them.
 */
#ifndef RULER_H
#define RULER_H

#include "fields.h"

enum side { SIDE_LEFT, SIDE_MIDDLE, SIDE_RIGHT, SIDES };

/*
 * Where the values of rows with as many labels before them stand on the page: the starts and ends that
 * most of those rows have that have the most values.
 */
struct ruler {
	size_t rows, values;
	size_t start[FIELDS_MOST], end[FIELDS_MOST];
	size_t widest;  /* digits of a value */
	size_t numbers; /* columns of values that are no remarks */
	bool headed;    /* `values` are the columns of heads above: some may have no value in those rows */
	enum side side; /* at which values stand below heads, then */
};

/* The rulers of the table in those lines, by the number of labels before the values, to be freed. */
struct ruler *rulers_make(const struct text_line *lines, size_t from, size_t end);

/* Whether the field stands in that column of the ruler, from 0. */
bool ruler_stands_in(const struct ruler *r, size_t c, const struct field *f);

/* The columns, from 1, in which the values stand; false if they do not stand in the ruler's. */
bool ruler_place(const struct ruler *r, const struct field *values, size_t n, uint32_t *col);

#endif
