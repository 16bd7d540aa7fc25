/* Labels: one that was broken over lines, or cut by the end of a page, is put together again. */
#include "sheet_rows_parts.h"

enum {
	LINES = 6, /* that a label was broken into, beside its values */
	TALL = 16, /* or above them, in a narrow column */
};

/* What is known of the text in s->keys. */
static const struct known *
know_keys(struct sheets *s)
{
	uint16_t place = memo_place(s->memo, buf_span(&s->keys));

	return place == MEMO_NOWHERE ? memo_stranger(s->memo, buf_span(&s->keys)) : memo_at(s->memo, place);
}

/* Whether what the words say with others is a row's label, rather than what they say alone. */
static bool
says_more(const struct known *whole, const struct known *alone)
{
	return alone->nrows ? rows_is_exact(whole) : whole->nrows > 0;
}

/* What is known of the words [first, end) and [from, to) as one text. */
static const struct known *
know_joined(struct sheets *s, uint32_t first, uint32_t end, uint32_t from, uint32_t to)
{
	buf_reset(&s->keys);
	for (uint32_t i = first; i < end; i++)
		buf_add_span(&s->keys, cell_at(s, i)->text);
	for (uint32_t i = from; i < to; i++)
		buf_add_span(&s->keys, cell_at(s, i)->text);
	return know_keys(s);
}

uint32_t
rows_label_begin(struct sheets *s, uint32_t first, uint32_t end, struct known *known)
{
	uint32_t label = end - 1;

	*known = *sheet_know(s, end - 1);
	for (uint32_t k = end - 1; k-- > first && end - k <= TALL && !sheet_know(s, k + 1)->numbering;) {
		const struct known *whole = know_joined(s, k, end, 0, 0);

		/* 规范性文件 is another form's 行政规范性文件: of those that name a row the longest is meant. */
		if (rows_is_exact(known) ? rows_is_exact(whole) : says_more(whole, known)) {
			*known = *whole;
			label = k;
		} else if (sheet_know(s, k)->nrows) {
			break;
		}
	}
	return label;
}

bool
rows_label_cut(struct sheets *s, uint32_t first, uint32_t words, uint32_t from, uint32_t end, uint32_t *label, struct known *known)
{
	bool found = false;

	for (uint32_t to = from; to < end && to - from < LINES && s->cell[to].words; to++) {
		const struct known *below = sheet_know(s, to);

		if (below->numbering || below->nrows)
			return false;
		for (uint32_t k = words; k-- > first && words - k <= TALL;) {
			const struct known *whole = know_joined(s, k, words, from, to + 1);

			if (rows_is_exact(whole)) {
				*known = *whole;
				*label = k;
				found = true;
			}
			if (sheet_know(s, k)->numbering)
				break;
		}
		if (found)
			return true;
	}
	return false;
}

bool
rows_unit_ends_label(struct sheets *s, uint32_t first, uint32_t words, uint32_t values, uint32_t *label, struct known *known)
{
	struct known whole;
	uint32_t begin;

	if (words + 1 >= values || !s->cell[words].unit || has_number(cell_at(s, words)))
		return false;
	begin = rows_label_begin(s, first, words + 1, &whole);
	if (!rows_is_exact(&whole) || begin >= words)
		return false;
	*known = whole;
	*label = begin;
	return true;
}

/* The row of a line of a label further up is no row. */
static void
take_line(struct sheets *s, const struct sheet *sheet, uint32_t line)
{
	while (line > sheet->cell && rows_share(cell_at(s, line - 1), cell_at(s, line)))
		line--;
	s->cell[line].taken = true;
}

/*
 * The cell of the row [first, end) that may be a line of the label in cell `label` of a row beside it, or NO_CELL: words
 * alone, or in a row with bars the words in its column, with nothing but words before them and nothing behind.
 */
static uint32_t
line_in_row(const struct sheets *s, uint32_t first, uint32_t end, uint32_t label)
{
	const struct item *it = cell_at(s, first);
	uint32_t line = NO_CELL;

	if (s->cell[first].taken || it->row == 0 || (it->grid != GRID_ASSUMED && it->grid != GRID_ROWS))
		return NO_CELL;
	/* Where nothing is sure a line that stands alone may be one of any label. */
	if (end - first == 1 && it->grid == GRID_ASSUMED)
		return s->cell[first].words ? first : NO_CELL;
	for (uint32_t i = first; i < end; i++) {
		uint32_t col = cell_at(s, i)->col;

		if (is_empty(cell_at(s, i)))
			continue;
		if (!s->cell[i].words || col > cell_at(s, label)->col)
			return NO_CELL;
		line = col == cell_at(s, label)->col ? i : line;
	}
	return line;
}

uint32_t
rows_label_beside(struct sheets *s, const struct sheet *sheet, uint32_t first, uint32_t end, uint32_t label, struct known *known)
{
	uint32_t up[LINES], down[LINES], above = 0, below = 0, last = sheet->cell + sheet->ncells;

	*known = *sheet_know(s, label);
	if (rows_is_exact(known) || (cell_at(s, label)->grid != GRID_ASSUMED && cell_at(s, label)->grid != GRID_ROWS))
		return label;
	for (uint32_t at = first, from; above < LINES && at > sheet->cell; at = from) {
		for (from = at - 1; from > sheet->cell && rows_share(cell_at(s, from - 1), cell_at(s, from)); from--)
			;
		up[above] = line_in_row(s, from, at, label);
		if (up[above] == NO_CELL)
			break;
		above++;
	}
	for (uint32_t at = end, to; below < LINES && at < last; at = to) {
		for (to = at + 1; to < last && rows_share(cell_at(s, to), cell_at(s, at)); to++)
			;
		down[below] = line_in_row(s, at, to, label);
		if (down[below] == NO_CELL)
			break;
		below++;
	}
	for (uint32_t lines = 1; lines <= above + below; lines++)
		for (uint32_t n = lines > below ? lines - below : 0; n <= lines && n <= above; n++) {
			const struct known *whole;

			buf_reset(&s->keys);
			for (uint32_t i = n; i > 0; i--)
				buf_add_span(&s->keys, cell_at(s, up[i - 1])->text);
			buf_add_span(&s->keys, cell_at(s, label)->text);
			for (uint32_t i = 0; i < lines - n; i++)
				buf_add_span(&s->keys, cell_at(s, down[i])->text);
			whole = know_keys(s);
			if (!says_more(whole, known))
				continue;
			*known = *whole;
			for (uint32_t i = 0; i < lines - n; i++)
				take_line(s, sheet, down[i]);
			return n ? up[n - 1] : label;
		}
	return label;
}
