#include "lone.h"

/* The last blank in a text; 0 if there is none. */
static size_t
last_blank(struct span s)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != ' ')
		at--;
	return at ? at - 1 : 0;
}

/* Whether digits are rather a telephone number's than a count's: of contact data nothing else tells that it is. */
static bool
is_code(struct span s)
{
	return s.n > FIELDS_DIGITS || (s.n > 1 && *s.p == '0' && is_digit(s.p[1]));
}

size_t
lone_fields(const struct text_line *line, struct field *fields)
{
	size_t n = line->bars || line->parted || fields_tabs(line) ? 0 : fields_split(line, false, fields), labels, at;
	struct field behind;

	/* One blank parts a label from its numbers, and those. */
	while (n && n < FIELDS_MOST && fields_labels(fields, n) == 1 && (at = last_blank(fields[0].text)) > 0 &&
		cell_kind(span_of(fields[0].text.p + at + 1, fields[0].text.n - at - 1)) == CELL_NUMBER) {
		field_part(line, &fields[0], at, &behind);
		memmove(fields + 2, fields + 1, (n - 1) * sizeof *fields);
		fields[1] = behind;
		n++;
	}
	labels = fields_labels(fields, n);
	/* 规章 is as short as a unit. */
	if (labels != 1 || labels == n || span_characters(fields[0].text) < 2 || line_is_prose(fields[0].text) ||
		line_numbering(fields[0].text) == fields[0].text.n || span_ends(fields[0].text, SPAN(":")) ||
		span_ends(fields[0].text, SPAN("：")) || span_find(fields[0].text, SPAN("，")) < fields[0].text.n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (cell_kind(fields[i].text) != CELL_NUMBER || !fields_digits(fields[i].text) || is_code(fields[i].text))
			return 0;
	return n;
}

bool
lone_is_row(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];

	return line->text.n <= FIELDS_LONG && lone_fields(line, fields) > 2;
}

bool
lone_read(const struct text_line *line, struct cells *cells)
{
	struct field fields[FIELDS_MOST];
	size_t n = lone_fields(line, fields);

	for (size_t i = 0; i < n; i++)
		if (!cells_add(cells, (struct grid_cell){.line = line->number, .text = fields[i].text, .grade = GRID_FAILED}))
			return false;
	return true;
}
