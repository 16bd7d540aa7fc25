/*
 * turned: a table printed with its rows for columns (the outcomes side by side, the applicants one below the other) is
 * read as if it stood as in the form; so are labels side by side over a row of their values.
 */
#ifndef TURNED_H
#define TURNED_H

#include "form/form.h"
#include "memo.h"
#include "page.h"

/*
 * Exchanges the rows and columns of such tables, or of the part of one that is so, and marks their cells: where they stand is told by
 * turned_row and turned_col.
 */
void turned_right(struct page *page, const struct form_book *book, struct memo *memo);

static inline uint32_t
turned_row(const struct item *item)
{
	return item->turned ? item->col : item->row;
}

static inline uint32_t
turned_col(const struct item *item)
{
	return item->turned ? item->row : item->col;
}

#endif
