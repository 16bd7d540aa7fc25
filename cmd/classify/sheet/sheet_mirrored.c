/* Tables printed the other way round: the number, its unit, and the label at the end of the row. */
#include "sheet_rows_parts.h"

enum {
	ROWS = 3,  /* that are so */
	SIGNS = 2, /* headings with a number behind, or numbers in another label's unit */
};

/* The first cell of the label at the end of the row [first, end), behind a value and perhaps its unit; `end` if none is there. */
static uint32_t
label_behind(struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t label = end;

	if (first == end || !has_number(cell_at(s, first)))
		return end;
	while (label > first && s->cell[label - 1].words)
		label--;
	if (label == end || !sheet_know(s, end - 1)->nrows)
		return end;
	for (uint32_t i = first; i < label; i++)
		if (s->cell[i].words)
			return end;
	return label;
}

bool
rows_are_mirrored(struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t rows = 0, units = 0;
	bool headed = false;

	for (uint32_t i = first, next; i < end; i = next) {
		uint32_t label;

		for (next = i + 1; next < end && rows_share(cell_at(s, next), cell_at(s, i)); next++)
			;
		label = label_behind(s, i, next);
		if (label == next) {
			headed |= next - i > 1 && s->cell[next - 1].words && sheet_know(s, next - 1)->header == HEADER_LABEL;
			/* Most tables end here, at their first row. */
			if (s->cell[i].words && rows_count_numbers(s, i + 1, next) > 0)
				return false;
			continue;
		}
		rows++;
		units += s->cell[label - 1].unit;
	}
	return rows >= ROWS && (headed || 2 * units > rows);
}

bool
rows_read_mirrored(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end)
{
	uint32_t label = label_behind(s, first, end);

	if (label == end)
		return false;
	for (uint32_t i = label; i + 1 < end; i++)
		rows_add_entry(s, sheet, i, i + 1, 0);
	rows_add_entry(s, sheet, end - 1, first, label - first);
	return true;
}

/* What the forms have of the words: a label of a row with values, or of a heading, or both. */
struct kinds {
	bool leaf, heading;
	struct span unit; /* of the first that has values */
};

static struct kinds
kinds_of(struct sheets *s, uint32_t cell)
{
	const struct known *k = sheet_know(s, cell);
	struct kinds kinds = {.unit = SPAN("")};

	for (uint32_t i = 0; i < k->nrows; i++) {
		const struct form_row *row = s->book->edition[k->rows[i].form].row[k->rows[i].row].row;
		bool heading = row->type == ROW_SECTION || row->type == ROW_GROUP;

		if (!heading && !kinds.leaf)
			kinds.unit = forms_unit(row, NULL);
		kinds.heading |= heading;
		kinds.leaf |= !heading;
	}
	return kinds;
}

/* The first of the cells before `cell`, from `first` on, that are no words. */
static uint32_t
values_before(const struct sheets *s, uint32_t first, uint32_t cell)
{
	while (cell > first && !s->cell[cell - 1].words)
		cell--;
	return cell;
}

/* Whether the number has that unit, or *other is set: it has one, and another. */
static bool
has_unit(const struct item *number, struct span unit, bool *other)
{
	bool same = number->unit.n && span_eq(number->unit, unit);

	*other = number->unit.n && unit.n && !same;
	return same;
}

bool
rows_run_backwards(struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t labels = 0, signs = 0;

	for (uint32_t i = first; i < end; i++) {
		uint32_t from, numbers;
		struct kinds kinds;
		bool behind, other;

		if (!s->cell[i].words)
			continue;
		from = values_before(s, first, i);
		numbers = rows_count_numbers(s, from, i);
		behind = i + 1 < end && has_number(cell_at(s, i + 1));
		kinds = kinds_of(s, i);
		if (kinds.leaf && numbers == 1) {
			labels++;
			signs += behind && has_unit(cell_at(s, from), kinds.unit, &other) &&
				!has_unit(cell_at(s, i + 1), kinds.unit, &other) && other;
		} else if (kinds.heading && numbers == 0) {
			signs += behind;
		} else if (labels) {
			return false;
		}
	}
	return labels >= ROWS && signs >= SIGNS;
}

void
rows_read_backwards(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		uint32_t from;

		if (!s->cell[i].words || !sheet_know(s, i)->nrows)
			continue;
		from = values_before(s, first, i);
		if (rows_count_numbers(s, from, i) == 1)
			rows_add_entry(s, sheet, i, from, i - from);
		else
			rows_add_entry(s, sheet, i, i + 1, 0);
	}
	/* Its label is a line below the table, to whoever looks for numbers behind labels. */
	if (values_before(s, first, end) < end)
		rows_add_unlabelled(s, sheet, values_before(s, first, end), end - values_before(s, first, end));
}
