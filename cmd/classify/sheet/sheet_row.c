/* A row of a table: its labels, and the values behind them. */
#include "sheet_rows_parts.h"

enum { MOST_LABELS = 4 };

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
	if (single && rows_count_numbers(s, cell, end))
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

	if (sheet->wide < WIDE_HEADERS || 2 * rows_count_numbers(s, first, end) <= end - first)
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
	return has_number(cell_at(s, first)) && rows_count_numbers(s, begin, end) > 0;
}

/*
 * A row of words alone, `words` of them: a header, or a heading if it is one.  False if it is a label of the form with
 * blank cells behind it, which are values not given.
 */
static bool
add_words(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, uint32_t words, bool *heads_open)
{
	bool heading = words == 1 && s->cell[first].words;
	const struct known *k = sheet_know(s, first);

	if ((heading || !*heads_open) && k->nrows && s->cell[first].words && words <= 2) {
		*heads_open = false;
		return false;
	}
	if (heading && k->header == HEADER_NONE && !k->wide)
		rows_add_entry(s, sheet, first, first + 1, 0);
	else
		rows_add_head(s, sheet, first, end, heads_open);
	return true;
}

/* How many cells of labels the row has; *begin gets the first, serial numbers and the like before it aside. */
static uint32_t
find_labels(struct sheets *s, const struct sheet *sheet, uint32_t first, uint32_t end, uint32_t *begin)
{
	uint32_t words = 0;

	*begin = first;
	while (*begin < end && !s->cell[*begin].words)
		++*begin;
	if (*begin == end || (*begin > first && *begin - first > 2 && !is_counted(s, first, *begin, end))) {
		*begin = first;
		return 0;
	}
	while (*begin + words < end && s->cell[*begin + words].words)
		words++;
	/* 规章 | 3B8 | 1 | 2: the values begin with one that cannot be read. */
	for (uint32_t k = 1; k < words; k++)
		if ((sheet_is_misread(s, *begin + k) && sheet_know(s, *begin + k - 1)->nrows) ||
			are_values(s, sheet, *begin + k, end))
			return k;
	return words;
}

/* A row whose labels are `words` cells from `begin` on: each before the last is that of a group that begins here. */
static void
add_labelled(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, uint32_t begin, uint32_t words)
{
	struct known known;
	uint32_t last = begin + words - 1, label;

	for (uint32_t k = begin; k < last; k++)
		rows_add_entry(s, sheet, k, k + 1, 0);
	label = rows_label_beside(s, sheet, first, end, last, &known);
	rows_add_known(s, sheet, &known, label, begin + words, end - begin - words);
	/* A number beside a line of the label may be a remark's, which goes on over lines, too. */
	if (known.nrows && !sheet_know(s, last)->nrows && cell_at(s, last)->grid == GRID_ASSUMED)
		s->entry[s->nentries - 1].unsure = rows_count_numbers(s, begin + words, end) < 2;
}

void
rows_read_row(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *heads_open)
{
	uint32_t begin, words, all_words = 0;
	bool values = false;

	if (is_rule(s, first, end))
		return;
	for (uint32_t i = first; i < end; i++) {
		all_words += s->cell[i].words;
		values |= !s->cell[i].words && !(cell_at(s, i)->state == STATE_BLANK && cell_at(s, i)->text.n == 0);
	}
	if (!values && all_words && !(all_words > 1 && s->cell[first].words && are_values(s, sheet, first + 1, end)) &&
		add_words(s, sheet, first, end, all_words, heads_open))
		return;
	if (all_words && is_wide_row(s, sheet, first, end)) {
		*heads_open = false;
		rows_add_unlabelled(s, sheet, first, end - first);
		return;
	}
	words = find_labels(s, sheet, first, end, &begin);
	/* 统计指标 | 单位 | 2016年, 年度 | 2016年: numbers in a header are no values. */
	if (words && is_numbered_head(s, begin, begin + words, end)) {
		rows_add_head(s, sheet, first, end, heads_open);
		return;
	}
	*heads_open = false;
	if (words)
		add_labelled(s, sheet, first, end, begin, words < MOST_LABELS ? words : MOST_LABELS);
	else
		rows_add_unlabelled(s, sheet, first, end - first);
}
