/* Which header stands above a cell, and which column of a table of the form it names. */
#include "sheet_parts.h"

/* Notes which cell of the head stands lowest above each of the first columns. */
static void
look_above(struct sheets *s, uint32_t head)
{
	const struct head *h = &s->head[head];

	s->above_head = head;
	for (size_t c = 0; c < MOST_COLUMNS; c++)
		s->above[c] = NO_CELL;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		const struct item *above = cell_at(s, i);
		uint32_t end = above->col + (above->cols ? above->cols : 1);

		for (uint32_t c = above->col; above->text.n && c < end && c < MOST_COLUMNS; c++)
			s->above[c] = i;
	}
}

uint32_t
sheet_head_above(struct sheets *s, uint32_t head, const struct item *cell)
{
	const struct head *h;

	if (head == NO_HEAD || cell->col == 0)
		return NO_CELL;
	h = &s->head[head];
	/* Of several header rows only markup tells the columns. */
	if (h->rows > 1 && cell->grid != GRID_HTML)
		return NO_CELL;
	if (cell->col < MOST_COLUMNS) {
		if (s->above_head != head)
			look_above(s, head);
		return s->above[cell->col];
	}
	for (uint32_t i = h->first + h->n; i-- > h->first;) {
		const struct item *above = cell_at(s, i);

		if (above->col <= cell->col && cell->col < above->col + (above->cols ? above->cols : 1) &&
			above->text.n)
			return i;
	}
	return NO_CELL;
}

/*
 * The header cell above each of the first columns, of header rows of text: the cells of a row stand under the
 * one of the row above that is no label and no unit.  How many columns; 0 if that is not plain.
 */
static uint32_t
heads_in_rows(struct sheets *s, const struct head *h, uint32_t *list)
{
	uint32_t n = 0;

	for (uint32_t i = h->first, end; i < h->first + h->n; i = end) {
		uint32_t gaps = 0, gap = 0, cells = 0, row[MOST_COLUMNS];

		for (end = i; end < h->first + h->n && cell_at(s, end)->row == cell_at(s, i)->row; end++) {
			if (is_empty(cell_at(s, end)) || cells == MOST_COLUMNS)
				continue;
			/* A column without a header: which of those in the rows is it? */
			if (end > i && is_empty(cell_at(s, end - 1)) && (n == 0 || cells))
				return 0;
			row[cells++] = end;
		}
		for (uint32_t k = 0; k < n; k++) {
			enum header role = (enum header)sheet_know(s, list[k])->header;

			if (role == HEADER_NONE || role == HEADER_VALUE) {
				gaps++;
				gap = k;
			}
		}
		if ((n && gaps != 1) || n + cells > MOST_COLUMNS)
			return 0;
		if (n)
			memmove(list + gap + cells, list + gap + 1, (n - gap - 1) * sizeof *list);
		memcpy(list + gap, row, cells * sizeof *list);
		n = n ? n + cells - 1 : cells;
	}
	return n;
}

bool
sheet_head_fits(struct sheets *s, const struct entry *e, uint32_t *list, bool *listed)
{
	const struct head *h;
	uint32_t last = 0, end;

	*listed = false;
	if (e->head == NO_HEAD || e->n == 0)
		return true;
	h = &s->head[e->head];
	end = end_column(cell_at(s, e->first + e->n - 1));
	if (h->rows > 1 && cell_at(s, e->first)->grid != GRID_HTML) {
		*listed = end > 0 && heads_in_rows(s, h, list) == end;
		return true;
	}
	for (uint32_t i = h->first; i < h->first + h->n; i++)
		if (end_column(cell_at(s, i)) > last)
			last = end_column(cell_at(s, i));
	if (s->above_head != e->head)
		look_above(s, e->head);
	/* Below a part of a header's columns stand others, below the rest none. */
	for (uint32_t c = 2; c < MOST_COLUMNS && h->rows > 1; c++)
		if (s->above[c] != NO_CELL && s->above[c] != s->above[c - 1] && cell_at(s, s->above[c])->col < c)
			return false;
	return last >= end;
}

static uint32_t
find_column(struct sheets *s, uint32_t cell, const struct form_sheet *fs, uint16_t form)
{
	const struct known *known = sheet_know(s, cell);
	const struct row_ref *ref = known->columns;
	uint32_t found = (uint32_t)fs->n;

	for (size_t k = 0; k < known->ncolumns; k++) {
		if (ref[k].form != form || ref[k].row < fs->first || ref[k].row >= fs->first + fs->n)
			continue;
		if (found < fs->n)
			return (uint32_t)fs->n;
		found = (uint32_t)(ref[k].row - fs->first);
	}
	return found;
}

uint32_t
sheet_head_column(struct sheets *s, uint32_t cell, const struct form_sheet *fs, uint16_t form)
{
	size_t slot = cell % (sizeof s->named / sizeof *s->named);

	if (s->named[slot].sheet != fs || s->named[slot].cell != cell || s->named[slot].form != form) {
		s->named[slot].column = find_column(s, cell, fs, form);
		s->named[slot].sheet = fs;
		s->named[slot].cell = cell;
		s->named[slot].form = form;
	}
	return s->named[slot].column;
}

/* The order of the columns that a lone header row names; false if that does not name them all. */
static bool
order_in_row(struct sheets *s, const struct head *h, const struct form_sheet *fs, uint16_t form,
	uint32_t *map)
{
	bool taken[MOST_COLUMNS] = {false};
	uint32_t n = 0;

	if (h->rows != 1 || h->n < fs->n)
		return false;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		const struct known *known = sheet_know(s, i);
		const struct row_ref *ref = known->columns;

		for (uint32_t k = 0; k < known->ncolumns; k++)
			if (ref[k].form == form && ref[k].row >= fs->first && ref[k].row < fs->first + fs->n &&
				n < fs->n && !taken[ref[k].row - fs->first]) {
				taken[ref[k].row - fs->first] = true;
				map[n++] = (uint32_t)(ref[k].row - fs->first);
				break;
			}
	}
	return n == fs->n;
}

/*
 * The order of the columns that header rows of text name, the cells of a row under the one cell of the row above
 * that names none; false if that does not name them all.
 */
static bool
order_in_rows(struct sheets *s, const struct head *h, const struct form_sheet *fs, uint16_t form,
	uint32_t *map)
{
	uint32_t list[2 * MOST_COLUMNS], n = 0, named = 0;
	bool taken[MOST_COLUMNS] = {false};

	for (uint32_t i = h->first, end; i < h->first + h->n; i = end) {
		uint32_t row[MOST_COLUMNS], cells = 0, names = 0, gaps = 0, gap = 0;

		for (end = i; end < h->first + h->n && cell_at(s, end)->row == cell_at(s, i)->row; end++) {
			if (is_empty(cell_at(s, end)) || cells == MOST_COLUMNS)
				continue;
			row[cells] = sheet_head_column(s, end, fs, form);
			if (row[cells] == fs->n && sheet_know(s, end)->header != HEADER_NONE)
				continue;
			names += row[cells] < fs->n;
			cells++;
		}
		if (names == 0)
			continue;
		for (uint32_t k = 0; k < n; k++)
			if (list[k] == fs->n) {
				gaps++;
				gap = k;
			}
		if (n == 0 || names == fs->n) {
			memcpy(list, row, cells * sizeof *list);
			n = cells;
			continue;
		}
		if (gaps != 1 || n + cells > sizeof list / sizeof *list)
			return false;
		memmove(list + gap + cells, list + gap + 1, (n - gap - 1) * sizeof *list);
		memcpy(list + gap, row, cells * sizeof *list);
		n += cells - 1;
	}
	for (uint32_t k = 0; k < n; k++) {
		if (list[k] == fs->n)
			continue;
		if (named == fs->n || taken[list[k]])
			return false;
		taken[list[k]] = true;
		map[named++] = list[k];
	}
	return named == fs->n;
}

/*
 * Only markup says which header stands above which value; elsewhere, unless the header rows name all
 * columns, it is only seen that no other is named before the first, for the headers may be printed in
 * no fixed order.
 */
enum head_order
sheet_head_order(struct sheets *s, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, uint32_t *map)
{
	const struct head *h;
	bool taken[MOST_COLUMNS] = {false}, moved = false, all = true;

	if (e->head == NO_HEAD)
		return ORDER_SAME;
	h = &s->head[e->head];
	if (order_in_row(s, h, fs, form, map))
		return ORDER_NAMED;
	if (cell_at(s, e->first)->grid != GRID_HTML) {
		if (order_in_rows(s, h, fs, form, map))
			return ORDER_NAMED;
		for (uint32_t i = h->first; i < h->first + h->n; i++) {
			uint32_t column = sheet_head_column(s, i, fs, form);

			if (column == 0)
				return moved ? ORDER_UNSURE : ORDER_SAME;
			moved = moved || column < fs->n;
		}
		return ORDER_SAME;
	}
	for (uint32_t i = 0; i < fs->n; i++) {
		uint32_t head = sheet_head_above(s, e->head, cell_at(s, e->first + i));
		uint32_t column = (uint32_t)fs->n;

		if (head != NO_CELL)
			column = sheet_head_column(s, head, fs, form);
		map[i] = column;
		if (column == fs->n) {
			all = false;
			continue;
		}
		moved = moved || column != i;
		all = all && !taken[column];
		taken[column] = true;
	}
	return all ? ORDER_NAMED : moved ? ORDER_UNSURE : ORDER_SAME;
}
