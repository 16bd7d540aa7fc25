/*
 * fields: what stands on a line of text with gaps between, and in which columns of the page.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "lines.h"

enum { FIELDS_MOST = 64 }; /* of a line */

struct field {
	struct span text;
	size_t start, end; /* columns of the page: of its first character, and behind its last */
};

/* Whether the line's cells are parted by tabs rather than by blanks. */
bool fields_tabs(const struct text_line *line);

/*
 * The fields of a line: at tabs, where each tab counts, those around the line too; else at gaps, and at one blank
 * between values (39 167), a label, its unit and its value (申请数 件 3), or a label and the number of the next
 * (（三）不予公开 1.属于国家秘密).  No more than FIELDS_MOST; how many there are.
 */
size_t fields_split(const struct text_line *line, bool tabs, struct field *fields);

#endif
