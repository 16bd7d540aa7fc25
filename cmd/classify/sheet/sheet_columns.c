/* Rows with a value in each column of a table of the form: which of them each value stands in. */
#include "sheet_parts.h"

#include "decimal.h"

/* The unit in a header, as (单位:件) or (件); empty if none. */
static struct span
unit_in_brackets(const struct sheets *s, struct span text)
{
	size_t at = form_book_unit_head(s->book, text), n = 0;

	if (at == 0)
		return units_at_end(s->book->units, text);
	if (!span_at(text, at, SPAN(":")))
		return SPAN("");
	text = span_from(text, at + 1);
	while (n < text.n && text.p[n] != ')' && text.p[n] != ' ')
		n++;
	return (struct span){text.p, n};
}

/* The unit that the end of the row before states, for a value no head stands above: it may be its head. */
static struct span
unit_before(const struct sheets *s, const struct entry *e)
{
	const struct item *cell = cell_at(s, e->first), *before = e->first < 2 ? NULL : cell_at(s, e->first - 2);

	return before && before->table == cell->table && before->row + 1 == cell->row ? unit_in_brackets(s, before->text)
										       : SPAN("");
}

/* True if the values stand in the columns of the row that was read last. */
static bool
stand_alike(const struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t n)
{
	const struct columns *c = &s->columns;

	if (c->sheet != fs || c->form != form || c->head != e->head || c->n != n)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct item *cell = cell_at(s, e->first + i), *other = cell_at(s, c->first + i);

		if (cell->col != other->col || cell->grid != other->grid)
			return false;
	}
	return true;
}

bool
sheet_ends_in_doubt(const struct sheets *s, const struct entry *e, uint32_t n)
{
	if (n < 3 || cell_at(s, e->first)->grid == GRID_HTML || cell_at(s, e->first)->grid == GRID_PROVED ||
		!is_empty(cell_at(s, e->first + n - 1)))
		return false;
	for (uint32_t i = 0; i + 1 < n; i++)
		if (has_number(cell_at(s, e->first + i)))
			return true;
	return false;
}

/* Units between the label and as many values as the table has. */
static uint32_t
units_before(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	uint32_t n = 0;

	while (e->n - n > fs->n && s->cell[e->first + n].unit)
		n++;
	return n;
}

/* The column met most; 0 if none is met twice, or `all` and there is another. */
static uint32_t
most_met(const uint32_t *count, bool all)
{
	uint32_t best = 0, others = 0;

	for (uint32_t c = 1; c < MOST_COLUMNS; c++) {
		others += count[c] > 0;
		if (count[c] > count[best])
			best = c;
	}
	return count[best] < 2 || (all && others > 1) ? 0 : best;
}

/* Where the values of the table stand in the sheet: as in the rows that have no cell besides, else by the header. */
static const struct frame *
frame_of(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	uint32_t firsts[MOST_COLUMNS] = {0}, lasts[MOST_COLUMNS] = {0}, head = NO_HEAD;
	uint32_t narrow = 0, rows = 0, end = 0;
	bool markup = false, alike = true;

	s->laid = &s->lies[(size_t)(fs - ed->sheet) % (sizeof s->lies / sizeof *s->lies)];
	if (s->laid->frame.sheet == fs)
		return &s->laid->frame;
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];
		uint32_t units, last;

		if (e->row == NO_ROW || &ed->sheet[ed->row[e->row].sheet] != fs)
			continue;
		if (e->n > 0) {
			alike &= rows++ == 0 || narrow == e->n;
			narrow = e->n;
		}
		if (e->n < fs->n)
			continue;
		last = end_column(cell_at(s, e->first + e->n - 1));
		units = units_before(s, e, fs);
		markup = cell_at(s, e->first)->grid == GRID_HTML;
		head = head == NO_HEAD ? e->head : head;
		end = last;
		if (last < MOST_COLUMNS)
			lasts[last]++;
		if (e->n - units == fs->n && cell_at(s, e->first + units)->col < MOST_COLUMNS)
			firsts[cell_at(s, e->first + units)->col]++;
	}
	s->laid->by_heads.looked = s->laid->few.looked = false;
	s->laid->frame = (struct frame){.sheet = fs, .first = most_met(firsts, !markup), .last = most_met(lasts, !markup)};
	if (alike && rows > 1 && narrow < fs->n)
		s->laid->frame.narrow = narrow;
	/* The one row that a page's end left below its heads again. */
	if (rows == 1)
		s->laid->frame.last = end;
	if (s->laid->frame.first || head == NO_HEAD)
		return &s->laid->frame;
	for (uint32_t i = s->head[head].first; i < s->head[head].first + s->head[head].n; i++) {
		const struct item *cell = cell_at(s, i);
		uint32_t last = i;

		if (sheet_head_column(s, i, fs, form) == fs->n || cell->col >= MOST_COLUMNS ||
			(s->laid->frame.first && s->laid->frame.first <= cell->col))
			continue;
		while (last + 1 < s->head[head].first + s->head[head].n && cell_at(s, last + 1)->row == cell->row)
			last++;
		if (cell->grid == GRID_HTML || end_column(cell_at(s, last)) == s->laid->frame.last)
			s->laid->frame.first = cell->col;
	}
	return &s->laid->frame;
}

/* The values of a row without the units and blank labels before them and the remarks behind. */
static struct entry
values_of(struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	struct entry own = *e;
	uint32_t n = units_before(s, e, fs);

	own.first += n;
	own.n -= n;
	/* Cells of labels that span several columns, blank where a row has each column's. */
	while (s->laid->frame.first && own.n > fs->n && is_empty(cell_at(s, own.first)) &&
		cell_at(s, own.first)->col && cell_at(s, own.first)->col < s->laid->frame.first) {
		own.first++;
		own.n--;
	}
	while (own.n > fs->n && (is_empty(cell_at(s, own.first + own.n - 1)) ||
					(s->cell[own.first + own.n - 1].words &&
						!sheet_is_misread(s, own.first + own.n - 1))))
		own.n--;
	return own;
}

/* The cell of the lowest header row in the column of a cell; NULL if there is none. */
static const struct item *
head_beside(const struct sheets *s, uint32_t head, const struct item *cell)
{
	const struct head *h = head == NO_HEAD ? NULL : &s->head[head];

	if (!h || h->loose || h->n == 0 || cell->col == 0)
		return NULL;
	for (uint32_t i = h->first + h->n; i-- > h->first;) {
		const struct item *above = cell_at(s, i);

		if (above->row != cell_at(s, h->first + h->n - 1)->row)
			break;
		if (above->col <= cell->col && cell->col <= end_column(above))
			return above;
	}
	return NULL;
}

/*
 * Drops values behind the form's own that are no more than the cell before once again: converters of office files write
 * a merged cell in each of its columns, and its head too.
 */
static void
drop_repeated(const struct sheets *s, struct entry *e, const struct form_sheet *fs)
{
	while (fs->n && e->n > fs->n) {
		const struct item *last = cell_at(s, e->first + e->n - 1), *before = cell_at(s, e->first + e->n - 2);
		const struct item *above = head_beside(s, e->head, last), *beside = head_beside(s, e->head, before);

		if (!above || !beside || above == beside || !span_eq(last->text, before->text) ||
			above->text.n == 0 || !span_eq(above->text, beside->text))
			return;
		e->n--;
	}
}

/*
 * Whether the values behind the first are noughts and blanks that no head stands above: cells left over from a table of
 * more columns, filled in like the others there.  Whichever of them the number belongs to, it is the only one.
 */
static bool
only_first_counts(const struct sheets *s, const struct entry *e)
{
	for (uint32_t i = 1; i < e->n; i++) {
		const struct item *cell = cell_at(s, e->first + i);
		struct decimal d = DECIMAL_ZERO;

		if (cell->col == 0 || head_beside(s, e->head, cell))
			return false;
		if (!is_empty(cell) && (cell->state != STATE_NUMBER ||
			decimal_parse(cell->value, &d) != DECIMAL_GOOD || d.digits != 0))
			return false;
	}
	return has_number(cell_at(s, e->first)) && head_beside(s, e->head, cell_at(s, e->first));
}

enum { ENOUGH = 3 }; /* rows that say the same */

/* Notes which values are the sums of the others in their rows. */
static void
sum_rows(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	struct frame *frame = &s->laid->frame;

	frame->summed = true;
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		struct entry e = s->entry[i];
		int64_t value[MOST_COLUMNS], sum = 0;
		uint32_t numbers = 0;

		if (e.row == NO_ROW || &ed->sheet[ed->row[e.row].sheet] != fs || e.n < fs->n)
			continue;
		e = values_of(s, &e, fs);
		for (uint32_t k = 0; k < e.n && e.n == fs->n; k++) {
			struct decimal d = DECIMAL_ZERO;

			if (has_number(cell_at(s, e.first + k)) &&
				(decimal_parse(cell_at(s, e.first + k)->value, &d) != DECIMAL_GOOD || !decimal_is_integer(d) ||
					d.digits > INT32_MAX || d.digits < 0))
				break;
			value[k] = d.digits;
			sum += d.digits;
			numbers += has_number(cell_at(s, e.first + k));
			if (k + 1 == e.n && sum == 0)
				frame->noughts += numbers == e.n;
			if (k + 1 < e.n || sum == 0)
				continue;
			frame->rows++;
			for (k = 0; k < e.n; k++)
				frame->sums[k] += 2 * value[k] == sum;
		}
	}
}

/* Whether nearly all rows say that this value is the sum of the others, and not `other`. */
static bool
sums_say(const struct frame *frame, uint32_t value, uint32_t other)
{
	return frame->sums[value] >= ENOUGH && frame->sums[value] >= frame->sums[other] + ENOUGH - 1 &&
	       10 * frame->sums[value] >= 9 * frame->rows;
}

/*
 * Where the headers do not name all columns in the order of the form, the sums of the rows are asked which is
 * the total: they may put the headers right.
 */
static void
ask_sums(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	struct columns *c = &s->columns;
	uint32_t last = (uint32_t)fs->n - 1, total = last;

	if (fs->n < 3 || !span_eq(s->book->forms->column[fs->first + last].column, SPAN("total")))
		return;
	if (!s->laid->frame.summed)
		sum_rows(s, sheet, fs, form);
	for (uint32_t i = 0; c->sure && i < fs->n; i++)
		if (c->map[i] == last)
			total = i;
	/* A table of noughts, as most offices have: whichever is which, they are the form's. */
	if (!c->sure && s->laid->frame.rows == 0 && s->laid->frame.noughts >= ENOUGH) {
		for (uint32_t i = 0; i <= last; i++)
			c->map[i] = i;
		c->sure = c->doubtful = true;
		return;
	}
	if (c->sure && !sums_say(&s->laid->frame, 0, total) && !sums_say(&s->laid->frame, last, total))
		return;
	if (!sums_say(&s->laid->frame, last, 0) && !sums_say(&s->laid->frame, 0, last))
		return;
	/* The total is the last, or the first and the others follow. */
	for (uint32_t i = 0; i <= last; i++)
		c->map[i] = sums_say(&s->laid->frame, last, 0) ? i : i ? i - 1 : last;
	c->sure = c->doubtful = true;
}

/* Finds the columns of the values. */
static void
find_columns(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, uint32_t n)
{
	struct columns *c = &s->columns;
	enum head_order order = sheet_head_order(s, e, fs, form, c->map);
	bool same = order == ORDER_NAMED;

	c->sheet = fs;
	c->head = e->head;
	c->first = e->first;
	c->n = n;
	c->form = form;
	c->sure = order == ORDER_SAME || order == ORDER_NAMED;
	c->doubtful = false;
	for (uint32_t i = 0; order == ORDER_SAME && i < n; i++)
		c->map[i] = i;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = sheet_head_above(s, e->head, cell_at(s, e->first + i));

		same = same && c->map[i] == i;
		c->stated[i] = head == NO_CELL ? SPAN("") : unit_in_brackets(s, cell_at(s, head)->text);
	}
	if (n == 1 && e->head == NO_HEAD)
		c->stated[0] = unit_before(s, e);
	if (!same && order != ORDER_OTHER)
		ask_sums(s, sheet, fs, form);
}

void
sheet_add_columns(struct sheets *s, const struct sheet *sheet, const struct entry *row,
	uint16_t form, const struct edition_row *er, bool doubtful)
{
	const struct form_sheet *fs = &s->book->edition[form].sheet[er->sheet];
	const struct frame *frame = fs->n && row->n ? frame_of(s, sheet, fs, form) : &s->laid->frame;
	struct entry own = values_of(s, row, fs);
	const struct entry *e = &own;
	uint32_t n = own.n;

	if (er->row->type == ROW_SECTION || er->row->type == ROW_GROUP || fs->n == 0 ||
		fs->n > MOST_COLUMNS) {
		sheet_add_unknown(s, row);
		return;
	}
	drop_repeated(s, &own, fs);
	n = own.n;
	if (n == 0)
		return;
	/* Blanks lost between the cells leave fewer: which are they? */
	if (n < fs->n && n == frame->narrow && n == row->n && sheet_add_named(s, row, fs, form, er, doubtful))
		return;
	if (sheet_add_below(s, row, fs, form, er, doubtful))
		return;
	if (sheet_add_by_heads(s, sheet, row, fs, form, er, doubtful))
		return;
	if (fs->n == 1 && n > 1 && only_first_counts(s, &own)) {
		own.n = n = 1;
		doubtful = true;
	}
	if (n != fs->n) {
		if (!sheet_add_torn(s, sheet, e, fs, form, er) &&
			(n != frame->narrow || n != row->n || !sheet_add_few(s, sheet, e, fs, form, er)))
			sheet_add_unknown(s, row);
		return;
	}
	doubtful = doubtful || sheet_ends_in_doubt(s, e, n);
	/* A row of markup that begins elsewhere or ends before the others has lost a cell. */
	if (cell_at(s, e->first)->grid == GRID_HTML && s->laid->frame.first)
		doubtful = doubtful || cell_at(s, e->first)->col != frame->first ||
		           end_column(cell_at(s, row->first + row->n - 1)) < frame->last;
	if (!stand_alike(s, e, fs, form, n))
		find_columns(s, sheet, e, fs, form, n);
	if (!s->columns.sure) {
		sheet_add_unknown(s, row);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		size_t column = fs->first + s->columns.map[i];
		struct fact *f = sheet_add_fact(s, e, form, er->row, e->first + i,
			doubtful || s->columns.doubtful);

		f->column = (uint16_t)column;
		sheet_set_unit(s, f, forms_unit(er->row, &s->book->forms->column[column]),
			s->columns.stated[i]);
	}
}
