/* Tables printed the other way round: the number, its unit, and the label at the end of the row. */
#include "sheet_rows_parts.h"

enum { ROWS = 3 }; /* that are so */

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
