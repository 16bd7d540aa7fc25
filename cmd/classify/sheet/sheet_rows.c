/* The cells of a page table by table, and the tables row by row. */
#include "sheet_rows_parts.h"

#include "decimal.h"

#include <stdlib.h>

const struct known *
sheet_know(struct sheets *s, uint32_t cell)
{
	struct cell *c = &s->cell[cell];

	/* The text of what is no words, in a header: it is not asked for before it is needed. */
	if (c->place == MEMO_NOWHERE)
		c->place = memo_place(s->memo, cell_at(s, cell)->text);
	return c->place == MEMO_NOWHERE ? memo_stranger(s->memo, cell_at(s, cell)->text)
					: memo_at(s->memo, c->place);
}

/* A number that cannot be read, for a note's sign behind it or letters for digits, 5①, 12* or I2: it is no words. */
static bool
is_garbled(struct span text)
{
	bool digit = false;

	if (text.n > MISREAD)
		return false;
	while (text.n && (is_digit(*text.p) || memchr("IlOo", *text.p, 4))) {
		digit |= is_digit(*text.p);
		text = span_of(text.p + 1, text.n - 1);
	}
	while (text.n && *text.p == '*')
		text = span_of(text.p + 1, text.n - 1);
	/* Circled numbers, from U+2460 on. */
	while (text.n >= 3 && (span_starts(text, SPAN("\xe2\x91")) || span_starts(text, SPAN("\xe2\x92"))))
		text = span_of(text.p + 3, text.n - 3);
	return digit && text.n == 0;
}

static void
add_cell(struct sheets *s, uint32_t item)
{
	const struct item *it = &s->page->items[item];
	struct cell *c;

	s->cell = grow(s->cell, s->ncells, &s->cells_cap, sizeof *s->cell);
	c = &s->cell[s->ncells++];
	*c = (struct cell){.item = item, .place = MEMO_NOWHERE};
	if (it->text.n && (it->state == STATE_TEXT || it->state == STATE_NONE)) {
		c->place = it->place;
		c->unit = c->place == MEMO_NOWHERE ? units_stands_alone(s->book->units, it->text)
						   : memo_at(s->memo, c->place)->unit;
		c->words = !c->unit && !is_garbled(it->text);
	} else {
		c->unit = units_stands_alone(s->book->units, it->text);
	}
}

static const struct item *compared;

static int
by_table(const void *a, const void *b)
{
	uint32_t x = ((const struct cell *)a)->item, y = ((const struct cell *)b)->item;
	uint32_t tx = compared[x].table, ty = compared[y].table;

	return tx != ty ? (tx > ty) - (tx < ty) : (x > y) - (x < y);
}

/* The page's cells, table by table: a table within another interrupts it. */
static void
gather(struct sheets *s)
{
	const struct page *page = s->page;
	bool sorted = true;
	uint32_t table = 0;

	s->ncells = 0;
	for (size_t i = 0; i < page->n; i++) {
		if (page->items[i].kind != ITEM_CELL)
			continue;
		sorted = sorted && page->items[i].table >= table;
		table = page->items[i].table;
		add_cell(s, (uint32_t)i);
	}
	if (!sorted) {
		compared = page->items;
		qsort(s->cell, s->ncells, sizeof *s->cell, by_table);
	}
}

/* Notes how many cells the row has behind its labels, serial numbers before them aside. */
static void
note_count(const struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end)
{
	while (first < end && !s->cell[first].words)
		first++;
	while (first < end && s->cell[first].words)
		first++;
	if (first < end && end - first < 64)
		sheet->counts |= UINT64_C(1) << (end - first);
}

/*
 * Whether each row of the cells [first, end) begins with a number, its heads too, one more than that of the row before;
 * the caption of the next table may stand below them.
 */
static bool
counts_all_rows(const struct sheets *s, uint32_t first, uint32_t end)
{
	enum { ROWS = 3 };
	struct decimal last = DECIMAL_ZERO;
	uint32_t rows = 0;

	if (end - first > 1 && s->cell[end - 1].words && !rows_share(cell_at(s, end - 2), cell_at(s, end - 1)))
		end--;

	for (uint32_t i = first; i < end; i++) {
		const struct item *cell = cell_at(s, i);
		struct decimal d = DECIMAL_ZERO;

		if (i > first && rows_share(cell, cell_at(s, i - 1)))
			continue;
		if (cell->col != 1 || cell->state != STATE_NUMBER || decimal_parse(cell->value, &d) != DECIMAL_GOOD ||
			!decimal_is_integer(d) || (rows++ ? d.digits != last.digits + 1 : d.digits < 0 || d.digits > 1))
			return false;
		last = d;
	}
	return rows >= ROWS;
}

/* A table, or several: `even` if their columns are those of one, else each has its own. */
static void
read_sheet(struct sheets *s, uint32_t first, uint32_t n, bool even)
{
	struct sheet *sheet;
	uint32_t unsure = 0, skip;
	bool open = false, mirrored;

	s->sheet = grow(s->sheet, s->nsheets, &s->sheets_cap, sizeof *s->sheet);
	sheet = &s->sheet[s->nsheets++];
	*sheet = (struct sheet){
		.cell = first,
		.ncells = n,
		.entry = (uint32_t)s->nentries,
		.head = (uint32_t)s->nheads,
	};
	for (uint32_t i = first; i < first + n; i++) {
		const struct item *cell = cell_at(s, i);

		unsure += cell->grid == GRID_ASSUMED || cell->grid == GRID_FAILED || cell->row == 0 ||
			(!even && cell->table != cell_at(s, first)->table);
	}
	/* A row that is too short among good ones is still a row. */
	sheet->ragged = 2 * unsure > n;
	sheet->damaged = unsure > 0;
	if (sheet->ragged) {
		rows_read_sequence(s, sheet, first, first + n);
		return;
	}
	skip = counts_all_rows(s, first, first + n);
	mirrored = rows_are_mirrored(s, first, first + n);
	for (uint32_t i = first, end; i < first + n; i = end) {
		for (end = i + 1; end < first + n && rows_share(cell_at(s, end), cell_at(s, i)); end++)
			;
		note_count(s, sheet, i + skip, end);
	}
	for (uint32_t i = first; i < first + n;) {
		uint32_t end = i + 1;

		while (end < first + n && rows_share(cell_at(s, end), cell_at(s, i)))
			end++;
		if (cell_at(s, i)->row == 0)
			rows_read_sequence(s, sheet, i, end);
		else if (!s->cell[i].taken && !(mirrored && rows_read_mirrored(s, sheet, i + skip, end)))
			rows_read_row(s, sheet, i + skip, end, &open);
		i = end;
	}
}

static uint32_t
table_end(const struct sheets *s, uint32_t first)
{
	uint32_t end = first + 1;

	while (end < s->ncells && cell_at(s, end)->table == cell_at(s, first)->table)
		end++;
	return end;
}

/* Whether the table of cells [first, end) is a row and nothing else. */
static bool
is_row(const struct sheets *s, uint32_t first, uint32_t end)
{
	return cell_at(s, first)->row > 0 && cell_at(s, end - 1)->row == cell_at(s, first)->row;
}

/*
 * Whether the tables [first, middle) and [middle, end) are one whose heads stand in a table of their own, as scripts that
 * keep them in sight write them: nothing but words in the first, a number in the first row of the other, as many columns,
 * and nothing between them.
 */
static bool
is_headed(const struct sheets *s, uint32_t first, uint32_t middle, uint32_t end)
{
	uint32_t columns[2] = {0};
	bool number = false;

	if (s->cell[middle].item != s->cell[middle - 1].item + 1 || cell_at(s, middle)->row == 0)
		return false;
	for (uint32_t i = first; i < end; i++) {
		const struct item *cell = cell_at(s, i);
		uint32_t *most = &columns[i >= middle];

		if (i < middle && (has_number(cell) || cell->row == 0))
			return false;
		number |= has_number(cell) && cell->row == cell_at(s, middle)->row;
		if (end_column(cell) > *most)
			*most = end_column(cell);
	}
	return number && columns[0] > 1 && columns[0] == columns[1];
}

/* Whether the row [first, end) counts the columns, from 0, as libraries name those without a name. */
static bool
counts_columns(const struct sheets *s, uint32_t first, uint32_t end)
{
	enum { COLUMNS = 4 };
	int64_t column = 0;

	if (end - first < COLUMNS)
		return false;
	for (uint32_t i = first + is_empty(cell_at(s, first)); i < end; i++, column++) {
		struct decimal d;

		if (cell_at(s, i)->state != STATE_NUMBER || decimal_parse(cell_at(s, i)->value, &d) != DECIMAL_GOOD ||
			!decimal_is_integer(d) || d.digits != column)
			return false;
	}
	return true;
}

/*
 * The table of cells [first, end), without a row on top that counts its columns: in a text several, one below the other, if
 * such rows part them.
 */
static void
read_parts(struct sheets *s, uint32_t first, uint32_t end, bool even)
{
	for (uint32_t row = first, next; row < end && (row == first || cell_at(s, row)->grid != GRID_HTML); row = next) {
		for (next = row + 1; next < end && rows_share(cell_at(s, next), cell_at(s, row)); next++)
			;
		if (cell_at(s, row)->row == 0 || !counts_columns(s, row, next))
			continue;
		if (row > first)
			read_sheet(s, first, row - first, even);
		first = next;
	}
	if (first < end)
		read_sheet(s, first, end - first, even);
}

void
sheet_rows_read(struct sheets *s)
{
	s->nentries = s->nheads = s->nsheets = 0;
	gather(s);
	for (uint32_t i = 0, end; i < s->ncells; i = end) {
		uint32_t from = i, behind, columns;
		bool headed, even;

		end = table_end(s, i);
		behind = end < s->ncells ? table_end(s, end) : end;
		headed = behind > end && is_headed(s, i, end, behind);
		if (headed)
			end = behind;
		columns = end_column(cell_at(s, end - 1));
		even = true;
		/* Tables of one row with nothing between them are the rows of one: of one table, if all have as many columns. */
		while (!headed && end < s->ncells && is_row(s, from, end) && s->cell[end].item == s->cell[end - 1].item + 1 &&
			is_row(s, end, table_end(s, end))) {
			from = end;
			end = table_end(s, end);
			even &= end_column(cell_at(s, end - 1)) == columns;
		}
		read_parts(s, i, end, even);
	}
}
