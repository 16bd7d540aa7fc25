/*
 * path: which columns of a wide table words may mean.
 *
 * A wide table (that of reviews and lawsuits) has a header in several rows, 行政诉讼 / 复议后起诉 / 结果维持;
 * many print it otherwise: a row an outcome, a table a kind of case, or all of it in one label.  The names on
 * the way to a column, which are forms/columns.csv's, say together which it is, wherever they stand.
 */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "form/form.h"
#include "span.h"

struct path {
	uint64_t columns; /* a bit each that all names in the text allow; 0: none is named, or none is left */
	bool own;         /* a column's own name is among them (结果维持), not only those above */
};

/* Whether the columns are just one, and which it is. */
static inline bool
path_is_one(uint64_t columns)
{
	return columns && !(columns & (columns - 1));
}

/* The first of the columns, of which there is one. */
static inline uint32_t
path_column(uint64_t columns)
{
	uint32_t c = 0;

	while (!(columns >> c & 1))
		c++;
	return c;
}

struct paths;

/* The book is lent. */
struct paths *paths_new(const struct form_book *book);
void paths_free(struct paths *p);

/* The wide table of a form whose columns have bits, or NULL. */
const struct form_sheet *paths_sheet(const struct paths *p, uint16_t form);

/*
 * What all names in the text, blanks left out, allow together, or if there are none the one that it is the beginning of;
 * nothing for a form without such a table, or a long text.
 */
struct path paths_read(const struct paths *p, uint16_t form, struct span text);

/* The first name in the text from *at on, and *at behind it; no columns if there is none. */
struct path paths_next(const struct paths *p, uint16_t form, struct span text, size_t *at);

#endif
