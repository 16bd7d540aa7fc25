/* Cells whose rows are not known: what was a table is a text now. */
#include "sheet_rows_parts.h"

/* Whether two cells stand on one line, or in one row whose label goes on over lines. */
static bool
share_line(const struct item *a, const struct item *b)
{
	return a->table == b->table && (a->line == b->line || (a->row && a->row == b->row));
}

/* True if some cells share a line: then a line is a row, though not a whole one. */
static bool
has_lines(const struct sheets *s, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i + 1 < end; i++)
		if (cell_at(s, i)->line && cell_at(s, i)->line == cell_at(s, i + 1)->line)
			return true;
	return false;
}

/* The blank cells right before `end`, from `first` on. */
static uint32_t
blanks_before(const struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t n = 0;

	while (end - n > first && is_empty(cell_at(s, end - n - 1)))
		n++;
	return n;
}

/*
 * How many blank lines stand between two rows, where as many part the head row that begins at `begin` from the one
 * above, and that from what it stands below; else 0.
 */
static uint32_t
gap_of_rows(const struct sheets *s, uint32_t first, uint32_t begin)
{
	uint32_t gap = blanks_before(s, first, begin), above = begin - gap;

	while (above > first && s->cell[above - 1].words)
		above--;
	return gap && blanks_before(s, first, above) == gap ? gap : 0;
}

void
rows_read_sequence(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end)
{
	bool lines = has_lines(s, first, end);
	bool open = false;

	if (rows_run_backwards(s, first, end)) {
		rows_read_backwards(s, sheet, first, end);
		return;
	}
	for (uint32_t i = first; i < end;) {
		uint32_t words = i, values, wide = 0;

		while (words < end && s->cell[words].words)
			words++;
		values = words;
		while (values < end && !s->cell[values].words &&
			(!lines || values == i || share_line(cell_at(s, values), cell_at(s, values - 1))))
			values++;
		for (uint32_t k = i; k < words; k++)
			wide += sheet_know(s, k)->wide;
		if (words == i) {
			rows_read_row(s, sheet, i, values, &open);
		} else if (wide >= WIDE_HEADERS) {
			uint32_t gap = gap_of_rows(s, first, i), from = words, to = values;

			if (gap && gap < to - from && blanks_before(s, from, from + gap) == gap)
				from += gap;
			if (gap && gap < to - from && blanks_before(s, to - gap, to) == gap)
				to -= gap;
			sheet->wide += wide;
			rows_add_unlabelled(s, sheet, from, to - from);
		} else {
			struct known known;
			uint32_t label = rows_label_begin(s, i, words, &known);
			bool cut = false;

			if (!rows_is_exact(&known) && rows_unit_ends_label(s, i, words, values, &label, &known))
				words++;
			else
				cut = !rows_is_exact(&known) && rows_label_cut(s, i, words, values, end, &label, &known);
			rows_add_loose_head(s, i, label);
			for (uint32_t k = i; k < label; k++)
				if (sheet_know(s, k)->nrows)
					rows_add_entry(s, sheet, k, k + 1, 0);
			rows_add_known(s, sheet, &known, label, words, values - words);
			s->entry[s->nentries - 1].unsure = cut && rows_count_numbers(s, words, values) < 2;
		}
		i = values;
	}
}
