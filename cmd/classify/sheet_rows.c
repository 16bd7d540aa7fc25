/* The cells of the tables read into rows: labels with the cells behind them, and header rows. */
#include "sheet_parts.h"

#include "decimal.h"

#include <stdlib.h>

enum {
	MOST_LABELS = 4,
	LINES = 6, /* that a label was broken into, beside its values */
	TALL = 16, /* or above them, in a narrow column */
	HEAD_CELLS = 512, /* of the headers above a row: they are asked for each of them */
	MISREAD = 16, /* bytes of a number gone wrong */
};

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

/* Values without a label: the row of a wide table, or nobody's. */
static void
add_unlabelled(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t n)
{
	s->entry = grow(s->entry, s->nentries, &s->entries_cap, sizeof *s->entry);
	s->entry[s->nentries++] = (struct entry){
		.id = NO_LABEL,
		.label = NO_ITEM,
		.first = first,
		.n = n,
		.head = s->nheads > sheet->head ? (uint32_t)s->nheads - 1 : NO_HEAD,
		.row = NO_ROW,
	};
	sheet->nentries++;
}

/* The row of a label, which begins in cell `label`, and the cells behind it. */
static void
add_known(struct sheets *s, struct sheet *sheet, const struct known *known, uint32_t label, uint32_t first, uint32_t n)
{
	s->entry = grow(s->entry, s->nentries, &s->entries_cap, sizeof *s->entry);
	s->entry[s->nentries++] = (struct entry){
		.ref = known->rows,
		.nref = known->nrows,
		.id = known->id,
		.label = s->cell[label].item,
		.first = first,
		.n = n,
		.head = s->nheads > sheet->head ? (uint32_t)s->nheads - 1 : NO_HEAD,
		.numbering = known->numbering,
		.number = known->number,
		.row = NO_ROW,
	};
	sheet->nentries++;
}

static void
add_entry(struct sheets *s, struct sheet *sheet, uint32_t label, uint32_t first, uint32_t n)
{
	add_known(s, sheet, sheet_know(s, label), label, first, n);
}

/* What is known of the text in s->keys. */
static const struct known *
know_keys(struct sheets *s)
{
	uint16_t place = memo_place(s->memo, buf_span(&s->keys));

	return place == MEMO_NOWHERE ? memo_stranger(s->memo, buf_span(&s->keys)) : memo_at(s->memo, place);
}

/* Whether the words are those of a row of a form: another wording may be no more than the end of one (申请数量). */
static bool
is_exact(const struct known *known)
{
	for (uint32_t i = 0; i < known->nrows; i++)
		if (known->rows[i].match == MATCH_EXACT)
			return true;
	return false;
}

/* Whether what the words say with others is a row's label, rather than what they say alone. */
static bool
says_more(const struct known *whole, const struct known *alone)
{
	return alone->nrows ? is_exact(whole) : whole->nrows > 0;
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

/*
 * Where the last label of the words [first, end) begins: at the last of these cells, or further up if it was broken
 * over lines, each of which stands for a cell, so that only together they name a row.
 */
static uint32_t
label_begin(struct sheets *s, uint32_t first, uint32_t end, struct known *known)
{
	uint32_t label = end - 1;

	*known = *sheet_know(s, end - 1);
	for (uint32_t k = end - 1; k-- > first && end - k <= TALL && !sheet_know(s, k + 1)->numbering;) {
		const struct known *whole = know_joined(s, k, end, 0, 0);

		/* 规范性文件 is another form's 行政规范性文件: of those that name a row the longest is meant. */
		if (is_exact(known) ? is_exact(whole) : says_more(whole, known)) {
			*known = *whole;
			label = k;
		} else if (sheet_know(s, k)->nrows) {
			break;
		}
	}
	return label;
}

/*
 * The same where the end of a page cut the label, and the rest of it stands below its values, in cells [from, end): the
 * next number of a row ends it.  *label and *known stay as they are if that names no row of a form.
 */
static bool
label_cut(struct sheets *s, uint32_t first, uint32_t words, uint32_t from, uint32_t end, uint32_t *label, struct known *known)
{
	bool found = false;

	for (uint32_t to = from; to < end && to - from < LINES && s->cell[to].words; to++) {
		const struct known *below = sheet_know(s, to);

		if (below->numbering || below->nrows)
			return false;
		for (uint32_t k = words; k-- > first && words - k <= TALL;) {
			const struct known *whole = know_joined(s, k, words, from, to + 1);

			if (is_exact(whole)) {
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

/* Whether what looks like a unit in cell `words` is the last line of the label before it: 规范性文 | 件, 查询事 | 项. */
static bool
unit_ends_label(struct sheets *s, uint32_t first, uint32_t words, uint32_t values, uint32_t *label, struct known *known)
{
	struct known whole;
	uint32_t begin;

	if (words + 1 >= values || !s->cell[words].unit || has_number(cell_at(s, words)))
		return false;
	begin = label_begin(s, first, words + 1, &whole);
	if (!is_exact(&whole) || begin >= words)
		return false;
	*known = whole;
	*label = begin;
	return true;
}

/* Cells [first, end) are words without a number: a header row, or a title. */
static void
add_head(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *open)
{
	bool labelled = false, known = false;

	for (uint32_t i = first; i < end; i++) {
		const struct known *k = sheet_know(s, i);

		sheet->wide += k->wide;
		labelled = labelled || k->header == HEADER_LABEL;
		known = known || k->wide || k->header != HEADER_NONE || k->ncolumns;
	}
	if (!known && !*open && end - first < 2)
		return;
	if (*open && s->nheads > sheet->head && !labelled) {
		struct head *h = &s->head[s->nheads - 1];

		if (h->first + h->n == first && h->n + (end - first) <= HEAD_CELLS) {
			h->n += end - first;
			h->rows++;
			return;
		}
	}
	s->head = grow(s->head, s->nheads, &s->heads_cap, sizeof *s->head);
	s->head[s->nheads++] = (struct head){.first = first, .n = end - first < HEAD_CELLS ? end - first : HEAD_CELLS,
		.labelled = labelled, .rows = 1};
	sheet->nheads++;
	*open = true;
}

/* |---|:-:| between the head and the body of a table in plain text. */
static bool
is_rule(const struct sheets *s, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		struct span text = cell_at(s, i)->text;

		if (text.n < 3)
			return false;
		for (size_t k = 0; k < text.n; k++)
			if (text.p[k] != '-' && text.p[k] != ':')
				return false;
	}
	return true;
}

/* Whether two cells are of one row of a table, which a part of it that was turned counts anew. */
static bool
share_row(const struct item *a, const struct item *b)
{
	return a->table == b->table && a->row == b->row && a->turned == b->turned;
}

/* The row of a line of a label further up is no row. */
static void
take_line(struct sheets *s, const struct sheet *sheet, uint32_t line)
{
	while (line > sheet->cell && share_row(cell_at(s, line - 1), cell_at(s, line)))
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

/*
 * Puts the label of the row [first, end), which names none of a form, together with the lines above and below, as few as
 * name one.  The first cell of the label; *known gets what it says.
 */
static uint32_t
label_beside(struct sheets *s, const struct sheet *sheet, uint32_t first, uint32_t end, uint32_t label, struct known *known)
{
	uint32_t up[LINES], down[LINES], above = 0, below = 0, last = sheet->cell + sheet->ncells;

	*known = *sheet_know(s, label);
	if (is_exact(known) || (cell_at(s, label)->grid != GRID_ASSUMED && cell_at(s, label)->grid != GRID_ROWS))
		return label;
	for (uint32_t at = first, from; above < LINES && at > sheet->cell; at = from) {
		for (from = at - 1; from > sheet->cell && share_row(cell_at(s, from - 1), cell_at(s, from)); from--)
			;
		up[above] = line_in_row(s, from, at, label);
		if (up[above] == NO_CELL)
			break;
		above++;
	}
	for (uint32_t at = end, to; below < LINES && at < last; at = to) {
		for (to = at + 1; to < last && share_row(cell_at(s, to), cell_at(s, at)); to++)
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

bool
sheet_is_misread(struct sheets *s, uint32_t cell)
{
	struct span text = cell_at(s, cell)->text;

	if (text.n > MISREAD || sheet_know(s, cell)->nrows || sheet_know(s, cell)->header != HEADER_NONE)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

static uint32_t
count_numbers(const struct sheets *s, uint32_t first, uint32_t end)
{
	uint32_t n = 0;

	while (first < end)
		n += has_number(cell_at(s, first++));
	return n;
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

/* Whether the words are the label of a row of the forms that has values, in each form that has it; *single: or one. */
static bool
is_leaf(struct sheets *s, uint32_t cell, bool *single)
{
	const struct known *k = sheet_know(s, cell);

	*single = false;
	for (uint32_t i = 0; i < k->nrows; i++) {
		const struct form_row *row = s->book->edition[k->rows[i].form].row[k->rows[i].row].row;

		if (row->type == ROW_SECTION || row->type == ROW_GROUP)
			return false;
		*single |= row->dimension.n == 0;
	}
	return k->nrows;
}

/* Whether no form has the words, as a label or a header. */
static bool
is_unheard(struct sheets *s, uint32_t cell)
{
	const struct known *k = sheet_know(s, cell);

	return !k->nrows && !k->ncolumns && !k->wide && k->header == HEADER_NONE;
}

/*
 * Whether the words of [cell, end) begin the values of the row whose label stands before them: 见附件, 5(其中网上3),
 * where a number was expected.  Those of a label that goes on would leave more cells than other rows have, or none.
 */
static bool
are_values(struct sheets *s, const struct sheet *sheet, uint32_t cell, uint32_t end)
{
	uint32_t n = end - cell;
	bool single;

	if (!is_leaf(s, cell - 1, &single) || (n != 1 && (n >= 64 || !(sheet->counts >> n & 1))))
		return false;
	/* 亿元 | 3: before the one number of a row words are its unit, or say more of it. */
	if (single && count_numbers(s, cell, end))
		return false;
	for (uint32_t i = cell; i < end && s->cell[i].words; i++)
		if (!is_unheard(s, i))
			return false;
	return true;
}

/*
 * Whether the row is one of a wide table in which words stand for a number: it has the columns of a form's, and none
 * for a label.
 */
static bool
is_wide_row(struct sheets *s, const struct sheet *sheet, uint32_t first, uint32_t end)
{
	bool whole = false;

	if (sheet->wide < WIDE_HEADERS || 2 * count_numbers(s, first, end) <= end - first)
		return false;
	for (size_t i = 0; i < s->book->neditions; i++)
		for (size_t k = 0; k < s->book->edition[i].nsheets; k++)
			whole |= s->book->edition[i].sheet[k].wide && s->book->edition[i].sheet[k].n == end - first;
	for (uint32_t i = first; i < end && whole; i++)
		whole = !s->cell[i].words || is_unheard(s, i);
	return whole;
}

/* Whether the words at `begin` head labels, with numbers up to `end` beside them that are heads, too. */
static bool
is_numbered_head(struct sheets *s, uint32_t begin, uint32_t values, uint32_t end)
{
	enum header role = (enum header)sheet_know(s, begin)->header;

	if (role == HEADER_LABEL || (role != HEADER_NONE && cell_at(s, begin)->turned))
		return true;
	for (uint32_t i = values; role == HEADER_VALUE && i < end; i++) {
		const struct item *cell = cell_at(s, i);

		if (cell->value.n != 4 || cell->state != STATE_NUMBER || span_year(cell->value) < 1990 || span_year(cell->value) > 2100)
			return false;
	}
	return role == HEADER_VALUE && values < end && values == begin + 1;
}

/* Whether nothing but a number of the row and cells without a value stand before the words at `begin`, and numbers behind. */
static bool
is_counted(const struct sheets *s, uint32_t first, uint32_t begin, uint32_t end)
{
	for (uint32_t i = first + 1; i < begin; i++)
		if (!is_empty(cell_at(s, i)) && cell_at(s, i)->state != STATE_MARK)
			return false;
	return has_number(cell_at(s, first)) && count_numbers(s, begin, end) > 0;
}

/*
 * A row: label cells, then values.  A row of words alone is a header if it has several, a heading if it
 * has one; the labels before the last are those of groups that begin here.
 */
static void
read_row(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *heads_open)
{
	uint32_t begin = first, words, last_words = 0;
	bool values = false;

	if (is_rule(s, first, end))
		return;
	for (uint32_t i = first; i < end; i++) {
		const struct item *cell = cell_at(s, i);

		if (s->cell[i].words)
			last_words++;
		else if (cell->state != STATE_BLANK || cell->text.n)
			values = true;
	}
	if (!values && last_words > 1 && s->cell[first].words && are_values(s, sheet, first + 1, end))
		values = true;
	if (!values && last_words) {
		bool heading = last_words == 1 && s->cell[first].words;
		const struct known *k = sheet_know(s, first);
		bool known = (heading || !*heads_open) && k->nrows;

		/* Blank cells behind a label of the form are values not given. */
		if (known && s->cell[first].words && last_words <= 2) {
			*heads_open = false;
			values = true;
		} else if (heading && k->header == HEADER_NONE && !k->wide) {
			add_entry(s, sheet, first, first + 1, 0);
			return;
		} else {
			add_head(s, sheet, first, end, heads_open);
			return;
		}
	}
	if (last_words && is_wide_row(s, sheet, first, end)) {
		*heads_open = false;
		add_unlabelled(s, sheet, first, end - first);
		return;
	}
	/* Serial numbers and the like stand before the label. */
	while (begin < end && !s->cell[begin].words)
		begin++;
	if (begin == end || (begin > first && begin - first > 2 && !is_counted(s, first, begin, end))) {
		begin = first;
		words = 0;
	} else {
		for (words = 0; begin + words < end && s->cell[begin + words].words; words++)
			;
	}
	/* 规章 | 3B8 | 1 | 2: the values begin with one that cannot be read. */
	for (uint32_t k = 1; k < words; k++)
		if ((sheet_is_misread(s, begin + k) && sheet_know(s, begin + k - 1)->nrows) || are_values(s, sheet, begin + k, end)) {
			words = k;
			break;
		}
	/* 统计指标 | 单位 | 2016年, 年度 | 2016年: numbers in a header are no values. */
	if (words && is_numbered_head(s, begin, begin + words, end)) {
		add_head(s, sheet, first, end, heads_open);
		return;
	}
	*heads_open = false;
	if (words > MOST_LABELS)
		words = MOST_LABELS;
	for (uint32_t k = 0; k + 1 < words; k++)
		add_entry(s, sheet, begin + k, begin + k + 1, 0);
	if (words) {
		struct known known;
		uint32_t last = begin + words - 1, label = label_beside(s, sheet, first, end, last, &known);

		add_known(s, sheet, &known, label, begin + words, end - begin - words);
		/* A number beside a line of the label may be a remark's, which goes on over lines, too. */
		if (known.nrows && !sheet_know(s, last)->nrows && cell_at(s, last)->grid == GRID_ASSUMED)
			s->entry[s->nentries - 1].unsure = count_numbers(s, begin + words, end) < 2;
	} else {
		add_unlabelled(s, sheet, first, end - first);
	}
}

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

/* Words before a label that name columns: heads, of which only the order is known. */
static void
add_loose_head(struct sheets *s, uint32_t first, uint32_t label)
{
	enum { LEAST = 3 };
	uint32_t names = 0;

	for (uint32_t i = first; i < label; i++)
		names += sheet_know(s, i)->ncolumns > 0;
	if (names < LEAST)
		return;
	s->head = grow(s->head, s->nheads, &s->heads_cap, sizeof *s->head);
	s->head[s->nheads++] = (struct head){.first = first, .n = label - first < HEAD_CELLS ? label - first : HEAD_CELLS, .loose = true, .rows = 1};
}

/*
 * Cells [first, end) whose rows are not known: every cell of words begins one, and it ends at the next, or
 * with its line where a line holds several cells.
 */
static void
read_sequence(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end)
{
	bool lines = has_lines(s, first, end);
	bool open = false;

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
			read_row(s, sheet, i, values, &open);
		} else if (wide >= WIDE_HEADERS) {
			uint32_t gap = gap_of_rows(s, first, i), from = words, to = values;

			if (gap && gap < to - from && blanks_before(s, from, from + gap) == gap)
				from += gap;
			if (gap && gap < to - from && blanks_before(s, to - gap, to) == gap)
				to -= gap;
			sheet->wide += wide;
			add_unlabelled(s, sheet, from, to - from);
		} else {
			struct known known;
			uint32_t label = label_begin(s, i, words, &known);
			bool cut = false;

			if (!is_exact(&known) && unit_ends_label(s, i, words, values, &label, &known))
				words++;
			else
				cut = !is_exact(&known) && label_cut(s, i, words, values, end, &label, &known);
			add_loose_head(s, i, label);
			for (uint32_t k = i; k < label; k++)
				if (sheet_know(s, k)->nrows)
					add_entry(s, sheet, k, k + 1, 0);
			add_known(s, sheet, &known, label, words, values - words);
			s->entry[s->nentries - 1].unsure = cut && count_numbers(s, words, values) < 2;
		}
		i = values;
	}
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

	if (end - first > 1 && s->cell[end - 1].words && !share_row(cell_at(s, end - 2), cell_at(s, end - 1)))
		end--;

	for (uint32_t i = first; i < end; i++) {
		const struct item *cell = cell_at(s, i);
		struct decimal d = DECIMAL_ZERO;

		if (i > first && share_row(cell, cell_at(s, i - 1)))
			continue;
		if (cell->col != 1 || cell->state != STATE_NUMBER || decimal_parse(cell->value, &d) != DECIMAL_GOOD ||
			!decimal_is_integer(d) || (rows++ ? d.digits != last.digits + 1 : d.digits < 0 || d.digits > 1))
			return false;
		last = d;
	}
	return rows >= ROWS;
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

/* A table, or several: `headed` if the first is the heads of the second, else a row each. */
static void
read_sheet(struct sheets *s, uint32_t first, uint32_t n, bool headed)
{
	struct sheet *sheet;
	uint32_t unsure = 0, skip;
	bool open = false;

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

		/* The columns of tables of a row each are their own. */
		unsure += cell->grid == GRID_ASSUMED || cell->grid == GRID_FAILED || cell->row == 0 ||
			(!headed && cell->table != cell_at(s, first)->table);
	}
	/* A row that is too short among good ones is still a row. */
	sheet->ragged = 2 * unsure > n;
	sheet->damaged = unsure > 0;
	if (sheet->ragged) {
		read_sequence(s, sheet, first, first + n);
		return;
	}
	skip = counts_all_rows(s, first, first + n);
	for (uint32_t i = first, end; i < first + n; i = end) {
		for (end = i + 1; end < first + n && share_row(cell_at(s, end), cell_at(s, i)); end++)
			;
		note_count(s, sheet, i + skip, end);
	}
	for (uint32_t i = first; i < first + n;) {
		uint32_t end = i + 1;

		while (end < first + n && share_row(cell_at(s, end), cell_at(s, i)))
			end++;
		if (cell_at(s, i)->row == 0)
			read_sequence(s, sheet, i, end);
		else if (!s->cell[i].taken)
			read_row(s, sheet, i + skip, end, &open);
		i = end;
	}
}

/* A number that cannot be read, for a note's sign behind it or letters for digits, 5①, 12* or I2: it is no words. */
static bool
is_garbled(struct span text)
{
	bool digit = false;

	if (text.n > MISREAD)
		return false;
	while (text.n && ((*text.p >= '0' && *text.p <= '9') || memchr("IlOo", *text.p, 4))) {
		digit |= *text.p >= '0' && *text.p <= '9';
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
		c->place = memo_place(s->memo, it->text);
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

/*
 * The table of cells [first, end), without a row on top that counts its columns: in a text several, one below the other, if
 * such rows part them.
 */
static void
read_parts(struct sheets *s, uint32_t first, uint32_t end, bool headed)
{
	for (uint32_t row = first, next; row < end && (row == first || cell_at(s, row)->grid != GRID_HTML); row = next) {
		for (next = row + 1; next < end && share_row(cell_at(s, next), cell_at(s, row)); next++)
			;
		if (cell_at(s, row)->row == 0 || !counts_columns(s, row, next))
			continue;
		if (row > first)
			read_sheet(s, first, row - first, headed);
		first = next;
	}
	if (first < end)
		read_sheet(s, first, end - first, headed);
}

void
sheet_rows_read(struct sheets *s)
{
	s->nentries = s->nheads = s->nsheets = 0;
	gather(s);
	for (uint32_t i = 0, end; i < s->ncells; i = end) {
		uint32_t from = i, behind;
		bool headed;

		end = table_end(s, i);
		behind = end < s->ncells ? table_end(s, end) : end;
		headed = behind > end && is_headed(s, i, end, behind);
		if (headed)
			end = behind;
		/* Tables of one row with nothing between them are the rows of one. */
		while (!headed && end < s->ncells && is_row(s, from, end) && s->cell[end].item == s->cell[end - 1].item + 1 &&
			is_row(s, end, table_end(s, end))) {
			from = end;
			end = table_end(s, end);
		}
		read_parts(s, i, end, headed);
	}
}
