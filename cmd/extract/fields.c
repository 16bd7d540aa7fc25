#include "fields.h"

#include "blank.h"

bool
fields_tabs(const struct text_line *line)
{
	return line->gaps && memchr(line->text.p, '\t', line->text.n) != NULL;
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
		fields[n].text = blank_trim(span_of(rest.p, at));
		fields[n].start = column;
		fields[n].end = column + columns_of(fields[n].text);
		column += columns_of(span_of(rest.p, at));
		n++;
		rest = span_of(rest.p + at, rest.n - at);
	}
	return n;
}
