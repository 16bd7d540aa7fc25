/*
 * halves: a sheet printed in two halves side by side (指标 | 单位 | 统计数 | 指标 | 单位 | 统计数) is read as two tables;
 * so is one whose rows are pairs, label | value | label | value, without a head.
 */
#ifndef HALVES_H
#define HALVES_H

#include "form/form.h"
#include "memo.h"
#include "page.h"

/* The bits of item.table above the number of the table on the page: which of its halves, 0 the first. */
enum { HALF_SHIFT = 30 };

static inline uint32_t
halves_table(const struct item *item)
{
	return item->table & ((UINT32_C(1) << HALF_SHIFT) - 1);
}

/*
 * Puts the cells of such tables into the order of their halves and marks those of each but the first, so that
 * they are a table of their own; their rows and columns stay as they are.
 */
void halves_part(struct page *page, const struct form_book *book, struct memo *memo);

#endif
