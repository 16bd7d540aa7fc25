#include "paper_parts.h"

/* Of a column of values, by side. */
struct column {
	size_t sum[SIDES], least[SIDES], most[SIDES];
};

static size_t
distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* Where a field stands, twice. */
static size_t
stands_at(const struct field *f, enum side side)
{
	return side == SIDE_LEFT ? 2 * f->start : side == SIDE_RIGHT ? 2 * f->end : f->start + f->end;
}

size_t
paper_column_off(const struct section *s, size_t column, const struct field *f)
{
	return distance(s->at[column], stands_at(f, s->side));
}

size_t
paper_column_nearest(const struct section *s, const struct field *f)
{
	size_t best = 0;

	for (size_t c = 1; c < s->values; c++)
		if (paper_column_off(s, c, f) < paper_column_off(s, best, f))
			best = c;
	return best;
}

size_t
paper_column_below(const struct section *s, const struct field *f)
{
	for (size_t c = 0; c < s->values; c++)
		if (s->at[c] >= 2 * f->start && s->at[c] <= 2 * f->end)
			return c;
	return paper_column_nearest(s, f);
}

size_t
paper_heads_part(const struct section *s, const struct text_line *line, struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field parts[FIELDS_MOST];
		size_t k = 0, last = 0;
		bool apart = true;

		for (parts[0] = fields[i]; apart && k + n < FIELDS_MOST; k++) {
			size_t at = span_find(parts[k].text, SPAN(" ")), column;

			if (at < parts[k].text.n)
				field_part(line, &parts[k], at, &parts[k + 1]);
			column = parts[k].end > s->start ? paper_column_below(s, &parts[k]) + 1 : 0;
			apart = span_characters(parts[k].text) > 1 && (k == 0 || column > last);
			last = column;
			if (at >= fields[i].text.n || parts[k].end == fields[i].end)
				break;
		}
		if (!apart || k == 0 || k + n >= FIELDS_MOST)
			continue;
		memmove(fields + i + k + 1, fields + i + 1, (n - i - 1) * sizeof *fields);
		memcpy(fields + i, parts, (k + 1) * sizeof *fields);
		n += k;
		i += k;
	}
	return n;
}

static void
see_value(struct column *column, const struct field *value, bool first)
{
	for (enum side side = 0; side < SIDES; side++) {
		size_t at = stands_at(value, side);

		column->sum[side] = at + (first ? 0 : column->sum[side]);
		column->least[side] = first || at < column->least[side] ? at : column->least[side];
		column->most[side] = first || at > column->most[side] ? at : column->most[side];
	}
}

/* The side at which values keep to their columns best. */
static enum side
steadiest(const struct column *columns, size_t n)
{
	enum side best = SIDE_MIDDLE;
	size_t spread[SIDES] = {0};

	for (size_t c = 0; c < n; c++)
		for (enum side side = 0; side < SIDES; side++)
			spread[side] += columns[c].most[side] - columns[c].least[side];
	for (enum side side = 0; side < SIDES; side++)
		if (spread[side] < spread[best])
			best = side;
	return best;
}

static bool
have_number(const struct field *values, size_t n)
{
	while (n > 0)
		if (cell_kind(values[--n].text) == CELL_NUMBER)
			return true;
	return false;
}

struct section
paper_section_find(struct reading *r, size_t from, size_t end)
{
	struct section s = {.start = SIZE_MAX, .side = SIDE_MIDDLE};
	struct column columns[FIELDS_MOST] = {{{0}, {0}, {0}}};
	struct field values[FIELDS_MOST];
	size_t rows = 0;
	bool number = false;

	for (size_t i = from; i < end; i++) {
		size_t n = has_values(&r->rows[i]) ? paper_words_read(r, &r->rows[i], NULL, values) : 0;
		bool found = have_number(values, n);

		if (n == 0 || (number && !found))
			continue;
		if (found && !number) {
			number = true;
			s.values = s.labels = 0;
			s.start = SIZE_MAX;
		}
		s.labels = r->nlabels > s.labels ? r->nlabels : s.labels;
		s.start = values[0].start < s.start ? values[0].start : s.start;
		if (n > s.values) {
			s.values = n;
			rows = s.sure = 0;
		}
		for (size_t c = 0; c < n && n == s.values; c++)
			see_value(&columns[c], &values[c], rows == 0);
		rows += n == s.values;
		s.sure += n == s.values && !r->taken;
	}
	s.side = steadiest(columns, s.values);
	for (size_t c = 0; c < s.values; c++)
		s.at[c] = (columns[c].sum[s.side] + rows / 2) / rows;
	for (size_t i = from; i < end && !has_values(&r->rows[i]); i++) {
		paper_words_read(r, &r->rows[i], &s, NULL);
		s.heads = r->nwords > 1 ? r->nwords : s.heads;
	}
	return s;
}
