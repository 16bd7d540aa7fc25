/* Which header stands above a cell, and which column of a table of the form it names. */
#include "sheet_parts.h"

/* Notes which cell of the head stands lowest above each of the first columns. */
static void
look_above(struct sheets *s, uint32_t head)
{
	const struct head *h = &s->head[head];

	s->above_head = head;
	s->above_end = end_column(cell_at(s, h->first + h->n - 1));
	for (size_t c = 0; c < MOST_COLUMNS; c++)
		s->above[c] = NO_CELL;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		const struct item *above = cell_at(s, i);
		uint32_t end = above->col + (above->cols ? above->cols : 1);

		if (above->row == 0 || above->grid == GRID_ASSUMED || (i > h->first && above->row != cell_at(s, i - 1)->row &&
						       end_column(cell_at(s, i - 1)) != s->above_end))
			s->above_end = 0;

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
	if (h->loose || (h->rows > 1 && cell->grid != GRID_HTML))
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
	if (h->loose)
		return true;
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

	if (h->rows != 1 || h->n < fs->n || h->loose)
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

uint32_t
sheet_head_named(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *from, uint32_t *map)
{
	enum grid grid = cell_at(s, e->first)->grid;
	uint32_t n = 0, lacking = 0;
	bool taken[MOST_COLUMNS] = {false};

	if (e->head == NO_HEAD || (grid != GRID_ROWS && grid != GRID_PROVED))
		return 0;
	if (s->above_head != e->head)
		look_above(s, e->head);
	if (s->above_end != end_column(cell_at(s, e->first + e->n - 1)))
		return 0;
	for (uint32_t c = 1; c <= s->above_end && c < MOST_COLUMNS; c++) {
		uint32_t column = s->above[c] == NO_CELL ? (uint32_t)fs->n : sheet_head_column(s, s->above[c], fs, form);

		if (column == fs->n) {
			lacking += n > 0;
			continue;
		}
		if (lacking || taken[column])
			return 0;
		taken[column] = true;
		*from = n ? *from : c;
		map[n++] = column;
	}
	return n;
}

/* A name in a header that lost the blanks between its words: of a column, of several that have it above them, of none. */
struct name {
	uint64_t columns;
	bool own;
	size_t n; /* bytes */
};

/* The longest name of columns of fs, or of what stands above them, that begins the text. */
static struct name
name_at(const struct sheets *s, const struct form_sheet *fs, struct span text)
{
	struct name best = {0, false, 0};

	for (size_t i = 0; i < fs->n && i < 64; i++) {
		struct span path = s->book->forms->column[fs->first + i].path;

		while (path.n) {
			struct span name = span_cut(&path, '/');

			if (name.n < best.n || !span_starts(text, name))
				continue;
			if (name.n > best.n)
				best = (struct name){0, path.n == 0, name.n};
			best.columns |= UINT64_C(1) << i;
		}
	}
	return best;
}

/* Headers being read: what is named so far, and groups of which it is not. */
struct names {
	struct named_heads *out;
	uint64_t taken, all;
	struct {
		uint64_t columns;
		uint32_t at; /* its place among the columns */
	} group[8];
	uint32_t ngroups;
	size_t bytes;  /* looked at */
	bool strange;  /* other words behind the first */
};

static void
insert_column(struct names *x, uint32_t at, uint32_t column)
{
	struct named_heads *out = x->out;

	memmove(out->column + at + 1, out->column + at, (out->n - at) * sizeof *out->column);
	out->column[at] = column;
	out->n++;
	x->taken |= UINT64_C(1) << column;
	for (uint32_t g = 0; g < x->ngroups; g++)
		x->group[g].at += x->group[g].at >= at && !(at == x->group[g].at && !(x->group[g].columns >> column & 1));
}

/* A column takes the place behind those of its group that are there, else behind all. */
static void
see_name(struct names *x, struct name name)
{
	uint64_t columns = name.columns;
	uint32_t column = 0;

	if (columns == x->all && columns & (columns - 1))
		return;
	if (!name.own) {
		if (x->ngroups < sizeof x->group / sizeof *x->group && !(columns & x->taken)) {
			x->group[x->ngroups].columns = columns;
			x->group[x->ngroups++].at = x->out->n;
		}
		return;
	}
	if (columns & x->taken || columns & (columns - 1) || x->out->n == MOST_COLUMNS)
		return;
	while (!(columns >> column & 1))
		column++;
	for (uint32_t g = 0; g < x->ngroups; g++)
		if (x->group[g].columns & columns) {
			insert_column(x, x->group[g].at, column);
			return;
		}
	insert_column(x, x->out->n, column);
}

/* The names in a header cell: one, or several that nothing parts any more. */
static void
see_head(struct sheets *s, struct names *x, uint32_t cell, const struct form_sheet *fs, uint16_t form)
{
	enum { LONGEST = 1024 }; /* of all */
	struct span text = cell_at(s, cell)->text;
	uint32_t column = sheet_head_column(s, cell, fs, form);
	struct name name;

	if (column < fs->n) {
		see_name(x, (struct name){UINT64_C(1) << column, true, 0});
		return;
	}
	x->bytes += text.n;
	if (text.n == 0 || sheet_know(s, cell)->header != HEADER_NONE)
		return;
	name = x->bytes <= LONGEST ? name_at(s, fs, text) : (struct name){0, false, 0};
	if (name.n == 0) {
		x->strange |= x->out->n > 0;
		return;
	}
	while (text.n) {
		if (name.n) {
			see_name(x, name);
		} else {
			/* 法人和其他组织 is no 其他. */
			x->strange |= x->out->n > 0;
			do
				text = span_of(text.p + 1, text.n - 1);
			while (text.n && ((*text.p & 0xc0) == 0x80 || name_at(s, fs, text).n == 0));
			name = name_at(s, fs, text);
			if (name.own) {
				text = span_of(text.p + name.n, text.n - name.n);
				name = name_at(s, fs, text);
				continue;
			}
		}
		text = span_of(text.p + name.n, text.n - name.n);
		name = name_at(s, fs, text);
	}
}

/* The columns that the header of a row of text names. */
static const struct named_heads *
named_heads(struct sheets *s, uint32_t head, const struct form_sheet *fs, uint16_t form)
{
	struct named_heads *out = &s->heads;
	const struct head *h = &s->head[head];
	struct names x = {.out = out, .all = fs->n < 64 ? (UINT64_C(1) << fs->n) - 1 : UINT64_MAX};
	uint32_t last = 0, total = (uint32_t)fs->n;
	bool first = true, increasing = true, grouped = true;

	if (out->sheet == fs && out->head == head && out->form == form)
		return out;
	*out = (struct named_heads){.sheet = fs, .head = head, .form = form};
	for (uint32_t i = h->first; i < h->first + h->n; i++)
		see_head(s, &x, i, fs, form);
	if (span_eq(s->book->forms->column[fs->first + fs->n - 1].column, SPAN("total")))
		total = (uint32_t)fs->n - 1;
	for (uint32_t i = 0; i < out->n; i++) {
		uint32_t c = out->column[i];
		struct span path = s->book->forms->column[fs->first + c].path;
		bool within = false;

		increasing &= i == 0 || c > out->column[i - 1];
		if (c != total) {
			out->other |= !first && c < last;
			last = c;
			first = false;
		}
		for (uint32_t g = 0; g < x.ngroups; g++)
			within |= x.group[g].columns >> c & 1;
		span_cut(&path, '/');
		grouped &= within || memchr(path.p, '/', path.n) == NULL;
	}
	/* What stands below which group, where none is named, is not known. */
	out->plain = !x.strange && (increasing || grouped);
	return out;
}

uint32_t
sheet_head_list(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *map)
{
	const struct named_heads *heads;

	if (e->head == NO_HEAD || fs->n > 64)
		return 0;
	heads = named_heads(s, e->head, fs, form);
	if (!heads->plain)
		return 0;
	memcpy(map, heads->column, heads->n * sizeof *map);
	return heads->n;
}

/* The order of the columns of a row of text. */
static enum head_order
order_in_text(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form, uint32_t *map)
{
	const struct head *h = &s->head[e->head];
	const struct named_heads *heads;
	uint32_t from = 0, listed[MOST_COLUMNS], n = sheet_head_named(s, e, fs, form, &from, map);
	bool moved = false, same = !h->loose && order_in_rows(s, h, fs, form, listed);

	if (n == fs->n && from == cell_at(s, e->first)->col)
		return ORDER_NAMED;
	/* All are there in the order of the form: spans were lost, and those below a group stand left of it. */
	for (uint32_t i = 0; i < fs->n && same; i++)
		same = listed[i] == i;
	if (same && e->n >= fs->n) {
		memcpy(map, listed, fs->n * sizeof *map);
		return ORDER_NAMED;
	}
	/* One of them was left out, or stands elsewhere; a single one may be the label of a row, 3.其他. */
	for (uint32_t i = 0; i < n && n > 1; i++)
		if (map[i] + cell_at(s, e->first)->col != from + i)
			return ORDER_OTHER;
	if (!h->loose && order_in_rows(s, h, fs, form, map))
		return ORDER_NAMED;
	if (fs->n > 64)
		return ORDER_SAME;
	heads = named_heads(s, e->head, fs, form);
	if (heads->n == fs->n && heads->plain) {
		memcpy(map, heads->column, heads->n * sizeof *map);
		return ORDER_NAMED;
	}
	if (heads->other)
		return ORDER_OTHER;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		uint32_t column = sheet_head_column(s, i, fs, form);

		if (column == 0)
			return moved ? ORDER_UNSURE : ORDER_SAME;
		moved = moved || column < fs->n;
	}
	return ORDER_SAME;
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
	if (cell_at(s, e->first)->grid != GRID_HTML)
		return order_in_text(s, e, fs, form, map);
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
