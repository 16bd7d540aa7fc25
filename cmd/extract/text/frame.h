/*
 * frame: a drawn table that lays out a page, as converters write one whose cells hold tables of their own:
 *
 *	+--------+---------------------+
 *	| - 首页 |   指标       数量   |
 *	| - 动态 |   ---------- ------ |
 *	|        |   收到申请   12     |
 *	+--------+---------------------+
 *
 * What stands in a cell is text like that of a page: the lines of each cell come in place of those across all.
 */
#ifndef FRAME_H
#define FRAME_H

#include "buf.h"
#include "lines.h"

/* Frames within each other that are opened. */
enum { FRAMES_DEEPEST = 4 };

/*
 * Opens such frames, also those within others.  Lines that the frame broke go to *joined, which has room for all text of
 * the page FRAMES_DEEPEST times, so that nothing moves.  Linear in the text.  False if there are too many lines.
 */
bool frames_open(struct text_line **lines, size_t *n, size_t *cap, size_t limit, struct buf *joined);

#endif
