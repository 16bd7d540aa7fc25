/*
 * glued: a table whose cells ran together in a line of text, as where a scraper took a page's text without anything
 * between its cells: 统计指标单位统计数一、主动公开情况—（一）主动公开政府信息数条97其中：主动公开规范性文件数条3.
 *
 * What the form has for labels, headers and units says where cells ended.  Two things are not sure by that, and are read only
 * where one way is left: a number before a label that is numbered (9 and 2.政府网站… in 92.政府网站…), by the number the form
 * gives the label; and the values of a row with several columns (一、本年新收…49261138439), by their sum.
 */
#ifndef GLUED_H
#define GLUED_H

#include "form/form.h"
#include "page.h"

struct glued {
	uint32_t tables, line; /* how many there are, and where the first stands */
	size_t lost;           /* numbers and rows of numbers that are not read */
};

/*
 * Adds the cells of such tables to the page's items, as a table each, whose places one way proves (GRID_PROVED).  The
 * texts and figures stay as they are, but the latter are marked: they count nothing (flat.h).  `keys` is scratch.
 */
struct glued glued_part(struct page *page, const struct form_book *book, struct buf *keys);

#endif
