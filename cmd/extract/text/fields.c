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
	while (s.n)
		if (!cell_is_value(span_cut(&s, ' ')))
			return false;
	return true;
}

/* Whether the blank before `behind` parts two columns; `values`: the whole is values parted by blanks. */
static bool
parts_columns(struct span before, struct span behind, bool values)
{
	enum cell_kind left = cell_kind(before), right = cell_kind(behind);
	struct span rest = behind, word = span_cut(&rest, ' ');
	bool unit = right == CELL_SHORT || (cell_kind(word) == CELL_SHORT && cell_kind(rest) == CELL_NUMBER);

	return values || (left == CELL_SHORT && right == CELL_NUMBER) ||
	       (left == CELL_LABEL && unit && !memchr(before.p, ' ', before.n)) ||
	       (line_numbering(behind) > 0 && line_numbering(before) != before.n);
}

static size_t
width_of(struct span s, bool narrow)
{
	return narrow ? span_characters(s) : columns_of(s);
}

/* Adds the text at the column, and what one blank parts in it.  How many fields there are then. */
static size_t
add_fields(struct field *fields, size_t n, struct span text, size_t column, bool narrow)
{
	bool values = are_values(text);

	for (size_t at = 0; at < text.n && n < FIELDS_MOST;) {
		struct span before;

		at += span_find(span_from(text, at), SPAN(" "));
		before = span_of(text.p, at);
		if (at < text.n && !parts_columns(before, span_of(text.p + at + 1, text.n - at - 1), values)) {
			at++;
			continue;
		}
		fields[n++] = (struct field){before, column, column + width_of(before, narrow)};
		column += width_of(before, narrow) + 1;
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
			/* The beginning of a page of paper takes no room. */
			if (*rest.p != '\f')
				column += line->narrow && room > 1 ? 1 : (size_t)room;
			rest = span_from(rest, blanks);
		}
		while (at < rest.n && line_gap(span_from(rest, at)) == 0)
			at += span_step(span_from(rest, at));
		if (at == 0)
			break;
		n = add_fields(fields, n, blank_trim(span_of(rest.p, at)), column, line->narrow);
		column += width_of(span_of(rest.p, at), line->narrow);
		rest = span_from(rest, at);
	}
	return n;
}

void
field_part(const struct text_line *line, struct field *f, size_t at, struct field *behind)
{
	behind->text = span_of(f->text.p + at + 1, f->text.n - at - 1);
	behind->end = f->end;
	f->text.n = at;
	f->end = f->start + width_of(f->text, line->narrow);
	behind->start = f->end + 1;
}

size_t
fields_labels(const struct field *fields, size_t n)
{
	size_t labels = 0;

	while (labels < n && !field_is_value(&fields[labels]))
		labels++;
	return labels;
}

size_t
fields_head(const struct field *heads, size_t n, size_t start, size_t end)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++)
		if (fields_distance(heads[i].start + heads[i].end, start + end) <
			fields_distance(heads[best].start + heads[best].end, start + end))
			best = i;
	return n && start <= heads[best].end + FIELDS_CLOSE && heads[best].start <= end + FIELDS_CLOSE ? best : n;
}

size_t
fields_digits(struct span s)
{
	size_t n = 0;

	for (; s.n; n++) {
		size_t bytes = span_step(s);
		bool wide = bytes == 3 && memcmp(s.p, "\xef\xbc", 2) == 0 && (s.p[2] & 0xff) >= 0x90 &&
		            (s.p[2] & 0xff) <= 0x99;

		if (!wide && (*s.p < '0' || *s.p > '9') && *s.p != '.' && *s.p != ',')
			return 0;
		s = span_from(s, bytes);
	}
	return n;
}

/* The values at the end of a line, and the unit before them if a label stands before that; *n gets all fields. */
static size_t
values_at_end(const struct text_line *line, struct field *fields, size_t *n)
{
	size_t values = 0;

	*n = fields_split(line, false, fields);
	while (values < *n) {
		enum cell_kind kind = cell_kind(fields[*n - values - 1].text);

		if (kind != CELL_NUMBER && kind != CELL_MARK)
			break;
		values++;
	}
	return values + (values && values + 1 < *n && cell_kind(fields[*n - values - 1].text) == CELL_SHORT);
}

/* How far from each other two fields of a column stand, whether they line up at the left, the right or in the middle. */
static size_t
apart(const struct field *a, const struct field *b)
{
	size_t start = fields_distance(a->start, b->start), end = fields_distance(a->end, b->end),
	       middle = fields_distance(a->start + a->end, b->start + b->end) / 2, least = start < end ? start : end;

	return least < middle ? least : middle;
}

void
fields_measure(struct text_line *lines, size_t n)
{
	enum { MOST = 8 }; /* farther apart two fields are of different tables */
	struct field fields[2][FIELDS_MOST];
	size_t off[2] = {0}; /* of all columns: where characters are two wide, and one */

	for (size_t narrow = 0; narrow < 2; narrow++) {
		size_t above = 0, nabove = 0, now = 0;

		for (size_t i = 0; i < n; i++) {
			struct text_line line = lines[i];
			size_t count, values;

			if (!line.gaps || fields_tabs(&line))
				continue;
			line.narrow = narrow;
			values = values_at_end(&line, fields[now], &count);
			if (values == 0)
				continue;
			for (size_t k = 1; k <= values && values == above; k++) {
				size_t d = apart(&fields[now][count - k], &fields[!now][nabove - k]);

				off[narrow] += d < MOST ? d : MOST;
			}
			above = values;
			nabove = count;
			now = !now;
		}
	}
	for (size_t i = 0; i < n; i++)
		lines[i].narrow = 2 * off[1] < off[0];
}
