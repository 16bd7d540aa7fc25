#include "fields.h"

#include "blank.h"

bool
fields_tabs(const struct text_line *line)
{
	return line->gaps && memchr(line->text.p, '\t', line->text.n) != NULL;
}

static bool
are_values(struct span s)
{
	while (s.n) {
		enum cell_kind kind = cell_kind(span_cut(&s, ' '));

		if (kind != CELL_NUMBER && kind != CELL_MARK)
			return false;
	}
	return true;
}

/* Whether the blank before `behind` parts two columns; `values`: the whole is values parted by blanks. */
static bool
parts_columns(struct span before, struct span behind, bool values)
{
	enum cell_kind left = cell_kind(before), right = cell_kind(behind);

	return values || (left == CELL_SHORT && right == CELL_NUMBER) ||
	       (left == CELL_LABEL && right == CELL_SHORT && !memchr(before.p, ' ', before.n)) ||
	       (line_numbering(behind) > 0 && line_numbering(before) != before.n);
}

/* Adds the text at the column, and what one blank parts in it.  How many fields there are then. */
static size_t
add_fields(struct field *fields, size_t n, struct span text, size_t column)
{
	bool values = are_values(text);

	for (size_t at = 0; at < text.n && n < FIELDS_MOST;) {
		struct span before;

		at += span_find(span_of(text.p + at, text.n - at), SPAN(" "));
		before = span_of(text.p, at);
		if (at < text.n && !parts_columns(before, span_of(text.p + at + 1, text.n - at - 1), values)) {
			at++;
			continue;
		}
		fields[n++] = (struct field){before, column, column + columns_of(before)};
		column += columns_of(before) + 1;
		text = at < text.n ? span_of(text.p + at + 1, text.n - at - 1) : span_of("", 0);
		at = 0;
	}
	return n;
}

size_t
fields_split(const struct text_line *line, bool tabs, struct field *fields)
{
	struct span rest = line->raw;
	size_t n = 0, column = 0, blanks;
	int room;

	if (tabs) {
		while (rest.p && n < FIELDS_MOST)
			fields[n++] = (struct field){blank_trim(span_cut(&rest, '\t')), 0, 0};
		return n;
	}
	while (rest.n && n < FIELDS_MOST) {
		size_t at = 0;

		while ((blanks = blank_length(rest, &room)) > 0) {
			column += (size_t)room;
			rest = span_of(rest.p + blanks, rest.n - blanks);
		}
		while (at < rest.n && line_gap(span_of(rest.p + at, rest.n - at)) == 0)
			at += character(span_of(rest.p + at, rest.n - at));
		if (at == 0)
			break;
		n = add_fields(fields, n, blank_trim(span_of(rest.p, at)), column);
		column += columns_of(span_of(rest.p, at));
		rest = span_of(rest.p + at, rest.n - at);
	}
	return n;
}
