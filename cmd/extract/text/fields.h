/*
 * fields: what stands on a line of text with gaps between, and in which columns of the page.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "lines.h"

enum {
	FIELDS_MOST = 64, /* of a line */
	FIELDS_LONG = 300, /* bytes: what is longer is prose */
	FIELDS_DIGITS = 7, /* of a number among others, with its signs */
	FIELDS_CLOSE = 1, /* columns of the page a field may stand beside the others of its column */
};

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

/* Parts a field of the line at the blank at this byte of its text; *behind gets what stands behind that. */
void field_part(const struct text_line *line, struct field *f, size_t at, struct field *behind);

/* Whether a value stands in the field. */
static inline bool
field_is_value(const struct field *f)
{
	return cell_is_value(f->text);
}

/* The fields before the first value; n if there is none. */
size_t fields_labels(const struct field *fields, size_t n);

/* The head that what stands from column `start` to `end` of the page stands below; n if none. */
size_t fields_head(const struct field *heads, size_t n, size_t start, size_t end);

/* The digits of a number, and what stands between them; 0 if there is anything else. */
size_t fields_digits(struct span s);

/* How far apart two columns of the page are. */
static inline size_t
fields_distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/*
 * Finds out how wide a Chinese character of the page is, and marks its lines: two columns where text is laid out by
 * its width, as by w3m; one where blanks are counted by characters, as by pdftotext -layout.  What stands in a column
 * tells: it lines up with what stands in it above.  Linear in the text.
 */
void fields_measure(struct text_line *lines, size_t n);

#endif
