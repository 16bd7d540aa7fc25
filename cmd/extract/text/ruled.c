#include "ruled.h"

#include <stdlib.h>

#include "blank.h"
#include "loose.h"
#include "strokes.h"

enum {
	CLOSE = 1,      /* columns of the page a line of text may be off */
	LINES = 3,      /* of a drawn table, or more */
	APART = 3,      /* numbers of two lines of a table are no more */
	DAMAGED = 1,    /* lines in a row that do not belong to their table */
	FEW_BANDS = 3,  /* head, body, foot: in a table with more, lines are drawn between its rows */
	ROWS = 3,       /* lines with a label and a number, none drawn between them, are rows; columns with both, too */
};

static bool
is_box(struct span s)
{
	return s.n && stroke_at(s, true) != STROKE_NONE;
}

/* The end of the drawn table that may begin at lines[from]: the line behind the last that can be one of its lines. */
static size_t
find_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from + 1;
	bool box = is_box(lines[from].text), across;
	struct parts parts;

	/* Box characters begin few other lines; a plus or a bar may. */
	if ((!box && *lines[from].text.p != '+') || !strokes_part(lines[from].text, box, &parts) || (!box && !parts.across))
		return from;
	across = parts.across;
	for (size_t i = from + 1; i < n && i - end <= DAMAGED && lines[i].number - lines[i - 1].number <= APART; i++) {
		if (!strokes_part(lines[i].text, box, &parts))
			continue;
		/* The top of the next table below the bottom of this one. */
		if (across && parts.across && i > from + 1)
			break;
		across = parts.across;
		end = i + 1;
	}
	return end;
}

/* Whether the lines behind a table may be lines of it that do not fit: they are drawn, or the one below the next is. */
static bool
may_go_on(const struct text_line *lines, size_t n, size_t end)
{
	return (end < n && (lines[end].bars || loose_begins(lines, n, end))) || (end + 1 < n && loose_begins(lines, n, end + 1));
}

void
ruled_mark(struct text_line *lines, size_t n)
{
	for (size_t i = 0, loose = 0; i < n;) {
		size_t end = find_end(lines, n, i);
		bool table = false;

		/* What fits goes on where the lines behind it may be its own. */
		if (i >= loose && (end < i + LINES ? loose_begins(lines, n, i) : may_go_on(lines, n, end))) {
			loose = loose_end(lines, n, i, &table);
			end = table && loose > end ? loose : end;
		}
		if (end < i + LINES) {
			i++;
			continue;
		}
		for (size_t k = i; k < end; k++)
			lines[k].ruled = k == i ? RULED_FIRST : RULED_MORE;
		i = end;
	}
}

size_t
ruled_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from;

	if (from < n && lines[from].ruled == RULED_FIRST)
		for (end = from + 1; end < n && lines[end].ruled == RULED_MORE; end++)
			;
	return end;
}

struct fragment {
	struct span text;
	size_t next; /* of the same cell, SIZE_MAX behind the last */
};

/* The table being read. */
struct drawing {
	const struct text_line *lines;
	size_t from, end;
	bool box;
	enum measure measure;
	size_t width;                   /* columns of the page */
	size_t edge[STROKES_WIDEST + 1], edges; /* columns of the page in which lines go down */
	size_t open[STROKES_WIDEST];            /* the cell that is open in each column: its number in cells->v, or SIZE_MAX */
	uint32_t row;
	bool lined;                     /* the lines up to the next one across are rows */
	bool damaged;                   /* a line does not fit */
	bool doubted;                   /* what stands above the next one across may lack a part */
	size_t bands;                   /* between lines across */
	struct cells *cells;
	size_t base;                    /* cells of other tables */
	struct chain {
		size_t first, last;     /* fragments of each cell of the table */
	} * chains;
	size_t chains_cap;
	struct fragment *fragments;
	size_t nfragments, fragments_cap;
};

/* Takes line i apart; false if it is damaged: none of the table, or of another width. */
static bool
parts_of(const struct drawing *d, size_t i, struct parts *parts)
{
	size_t width;

	if (!strokes_part(d->lines[i].text, d->box, parts))
		return false;
	width = parts->v[parts->n - 1].at[d->measure];
	return width <= d->width + CLOSE && width + CLOSE >= d->width;
}

/* The measure in which most lines are of one width, and that; false if in none more than half are. */
static bool
find_measure(struct drawing *d)
{
	size_t width[MEASURES] = {0}, votes[MEASURES] = {0}, fits[MEASURES] = {0};
	struct parts parts;

	/* The width that more than half of the lines have, if there is one, is left after each other one took a vote. */
	for (int counting = 0; counting < 2; counting++)
		for (size_t i = d->from; i < d->end; i++) {
			if (!strokes_part(d->lines[i].text, d->box, &parts))
				continue;
			for (enum measure m = 0; m < MEASURES; m++) {
				size_t at = parts.v[parts.n - 1].at[m];

				if (counting)
					fits[m] += at == width[m];
				else if (at == width[m])
					votes[m]++;
				else if (votes[m])
					votes[m]--;
				else
					width[m] = at, votes[m] = 1;
			}
		}
	for (enum measure m = 0; m < MEASURES; m++)
		if (fits[m] > fits[d->measure])
			d->measure = m;
	d->width = width[d->measure];
	return fits[d->measure] * 2 > d->end - d->from;
}

/* The first edge that is not before `at`. */
static size_t
edge_from(const struct drawing *d, size_t at)
{
	size_t low = 0, high = d->edges;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->edge[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The edge at `at` or close to it; d->edges if there is none. */
static size_t
edge_at(const struct drawing *d, size_t at)
{
	size_t e = edge_from(d, at);

	if (e < d->edges && d->edge[e] <= at + CLOSE)
		return e;
	return e > 0 && d->edge[e - 1] + CLOSE >= at ? e - 1 : d->edges;
}

/* False if there are more than a table may have. */
static bool
add_edge(struct drawing *d, size_t at)
{
	size_t e = edge_from(d, at);

	if (d->edges == STROKES_WIDEST + 1)
		return false;
	memmove(d->edge + e + 1, d->edge + e, (d->edges - e) * sizeof *d->edge);
	d->edge[e] = at;
	d->edges++;
	return true;
}

/* Finds the edges: those of lines across are exact, those of text may be a little off.  False if there are too many. */
static bool
find_edges(struct drawing *d)
{
	struct parts parts;

	for (int texts = 0; texts < 2; texts++) {
		bool across = false;

		for (size_t i = d->from; i < d->end; i++) {
			if (!parts_of(d, i, &parts))
				continue;
			d->bands += texts == 0 && across && !parts.across;
			across = parts.across;
			for (size_t k = 0; across == !texts && k < parts.n; k++) {
				size_t at = parts.v[k].at[d->measure];

				if (edge_at(d, at) == d->edges && !add_edge(d, at))
					return false;
			}
		}
	}
	return true;
}

/* The text of a cell, without the blanks that fill it. */
static void
add_fragment(struct drawing *d, size_t cell, size_t line, struct span text)
{
	struct chain *chain = &d->chains[cell - d->base];

	text = blank_trim(text);
	if (text.n == 0)
		return;
	d->fragments = grow(d->fragments, d->nfragments, &d->fragments_cap, sizeof *d->fragments);
	d->fragments[d->nfragments] = (struct fragment){text, SIZE_MAX};
	if (chain->first == SIZE_MAX) {
		chain->first = d->nfragments;
		d->cells->v[cell].line = line;
	} else {
		d->fragments[chain->last].next = d->nfragments;
	}
	chain->last = d->nfragments++;
}

/* False if there are too many cells. */
static bool
add_cell(struct drawing *d, struct grid_cell cell)
{
	size_t n = d->cells->n - d->base;

	if (!cells_add(d->cells, cell))
		return false;
	d->chains = grow(d->chains, n, &d->chains_cap, sizeof *d->chains);
	d->chains[n] = (struct chain){SIZE_MAX, SIZE_MAX};
	return true;
}

/* Opens a cell in the columns from `first` to before `stop`.  False if there are too many cells. */
static bool
open_cell(struct drawing *d, size_t first, size_t stop, size_t line)
{
	if (!add_cell(d, (struct grid_cell){.line = line, .row = d->row, .col = (uint32_t)first + 1,
		.cols = (uint32_t)(stop - first), .rows = 1, .grade = GRID_HTML}))
		return false;
	for (size_t c = first; c < stop; c++)
		d->open[c] = d->cells->n - 1;
	return true;
}

/* Closes the cells that reach into these columns. */
static void
close_cells(struct drawing *d, size_t first, size_t stop)
{
	for (size_t c = first; c < stop; c++) {
		if (d->open[c] == SIZE_MAX)
			continue;
		d->cells->v[d->open[c]].rows = d->row - d->cells->v[d->open[c]].row + 1;
		d->open[c] = SIZE_MAX;
	}
}

/* Columns of the page that the text takes as its writer counted them. */
static size_t
width_of(const struct drawing *d, struct span text)
{
	return d->measure == MEASURE_CHARACTERS ? span_characters(text) : columns_of(text);
}

/* Whether what stands in part k ends there: more would have had room on the line. */
static bool
has_room(const struct drawing *d, const struct parts *parts, size_t k, struct span text)
{
	enum { BESIDE = 6 }; /* blanks at its sides, and a broken pair of letters */

	return width_of(d, text) + BESIDE <= parts->v[k + 1].at[d->measure] - parts->v[k].at[d->measure];
}

/*
 * Whether the line across is missing between two rows that stand in lines from i to the next one across: numbers stand
 * below each other, and the one above, or its label, is no piece of what stands below; or one stands below words.  Lines without a number may be of
 * either, which *doubted says.
 */
static bool
lacks_line(const struct drawing *d, size_t i, bool *doubted)
{
	bool number[STROKES_WIDEST] = {false}, ended[STROKES_WIDEST] = {false}, words[STROKES_WIDEST] = {false}, apart = false, label = false;
	struct parts parts;

	*doubted = false;
	for (; i < d->end; i++) {
		bool numbers = false, labelled;

		if (!parts_of(d, i, &parts))
			continue;
		if (parts.across)
			break;
		labelled = blank_trim(parts.v[0].text).n > 0;
		for (size_t k = 1; k + 1 < parts.n; k++) {
			struct span text = blank_trim(parts.v[k].text);
			size_t column = edge_at(d, parts.v[k].at[d->measure]);

			/* Lines across a part of the columns: those between rows are there. */
			if (strokes_are_ruled(&parts, k))
				return false;
			if (column >= STROKES_WIDEST)
				continue;
			if (cell_kind(text) != CELL_NUMBER) {
				words[column] |= labelled && text.n > 0;
				continue;
			}
			/* 2762 below 统计数: a row below the heads. */
			apart |= labelled && (words[column] || (number[column] && (ended[column] || label)));
			number[column] = numbers = true;
			ended[column] = has_room(d, &parts, k, text);
		}
		*doubted |= !numbers;
		label = labelled && has_room(d, &parts, 0, blank_trim(parts.v[0].text));
	}
	return apart;
}

/*
 * Whether the lines from i to the next one across are a row each: several begin with a label and have numbers, or
 * in several columns a label stands on one line and a number on another, which are no one cell's.
 */
static bool
are_rows(const struct drawing *d, size_t i)
{
	struct parts parts;
	bool labels[STROKES_WIDEST] = {false}, numbers[STROKES_WIDEST] = {false};
	size_t rows = 0, mixed = 0;

	if (d->bands > FEW_BANDS)
		return false;
	for (; i < d->end; i++) {
		size_t row = 0;
		enum cell_kind first;

		if (!parts_of(d, i, &parts))
			continue;
		if (parts.across)
			break;
		for (size_t k = 0; k + 1 < parts.n; k++) {
			struct span text = blank_trim(parts.v[k].text);
			bool number = cell_kind(text) == CELL_NUMBER;
			size_t column = edge_at(d, parts.v[k].at[d->measure]);

			row += number;
			if (column < STROKES_WIDEST)
				(number ? numbers : labels)[column] |= text.n > 0;
		}
		first = cell_kind(blank_trim(parts.v[0].text));
		rows += row > 0 && (first == CELL_LABEL || first == CELL_SHORT);
	}
	for (size_t c = 0; c < STROKES_WIDEST; c++)
		mixed += labels[c] && numbers[c];
	return rows >= ROWS || mixed >= ROWS;
}

/* Ends all cells that are open; what stands in them may go on. */
static void
doubt_open(struct drawing *d)
{
	for (size_t c = 0; c < STROKES_WIDEST; c++) {
		if (d->open[c] != SIZE_MAX)
			d->cells->v[d->open[c]].grade = GRID_ASSUMED;
		d->open[c] = SIZE_MAX;
	}
}

/*
 * The cells of a line that does not fit have no place, and what stands above and below it, up to the next line across, may lack a
 * part.  False if there are too many cells.
 */
static bool
add_damaged(struct drawing *d, size_t i)
{
	size_t first = d->cells->n;
	bool good;

	doubt_open(d);
	d->row++;
	d->doubted = d->damaged = true;
	good = loose_unread(&d->lines[i], d->cells);
	for (size_t k = first; k < d->cells->n; k++) {
		d->chains = grow(d->chains, k - d->base, &d->chains_cap, sizeof *d->chains);
		d->chains[k - d->base] = (struct chain){SIZE_MAX, SIZE_MAX};
		add_fragment(d, k, d->lines[i].number, d->cells->v[k].text);
	}
	return good;
}

/* Whether the parts of a line are the cells that are open, and others that may begin there. */
static bool
fits(const struct drawing *d, const struct parts *parts)
{
	for (size_t k = 0; k + 1 < parts->n; k++) {
		size_t first = edge_at(d, parts->v[k].at[d->measure]), stop = edge_at(d, parts->v[k + 1].at[d->measure]);
		bool ruled = strokes_are_ruled(parts, k);

		while (ruled && k + 2 < parts->n && strokes_are_ruled(parts, k + 1))
			stop = edge_at(d, parts->v[++k + 1].at[d->measure]);
		if (first >= stop)
			return false;
		for (size_t c = first; c < stop; c++) {
			const struct grid_cell *cell = d->open[c] == SIZE_MAX ? NULL : &d->cells->v[d->open[c]];

			/* A line across ends all of the cells above it; text goes on in one cell, or begins one. */
			if (cell && (cell->col - 1 < first || cell->col - 1 + cell->cols > stop))
				return false;
			if (cell && !ruled && (cell->col - 1 != first || cell->cols != stop - first))
				return false;
			if (!cell && !ruled && d->open[first] != SIZE_MAX)
				return false;
		}
	}
	return edge_at(d, parts->v[0].at[d->measure]) == 0 &&
	       edge_at(d, parts->v[parts->n - 1].at[d->measure]) + 1 == d->edges;
}

/* Takes a line of the table; `band`: the first below a line across.  False if there are too many cells. */
static bool
read_line(struct drawing *d, size_t i, bool band)
{
	struct parts parts;
	bool drawn = false, doubted;

	if (!parts_of(d, i, &parts))
		return add_damaged(d, i);
	if (band && !parts.across) {
		d->lined = are_rows(d, i);
		if (!d->lined && lacks_line(d, i, &doubted)) {
			d->lined = true;
			d->doubted |= doubted;
		}
	}
	if (d->lined && !parts.across && !band) {
		close_cells(d, 0, d->edges - 1);
		d->row++;
	}
	if (!fits(d, &parts))
		return add_damaged(d, i);
	/* A row without its label, a line that has lost a character or won one. */
	doubted = d->doubted || (d->lined && blank_trim(parts.v[0].text).n == 0) ||
	          (parts.v[parts.n - 1].at[d->measure] != d->width && !parts.odd);
	for (size_t k = 0; k + 1 < parts.n; k++) {
		size_t first = edge_at(d, parts.v[k].at[d->measure]), stop = edge_at(d, parts.v[k + 1].at[d->measure]);

		if (strokes_are_ruled(&parts, k)) {
			close_cells(d, first, stop);
			drawn = true;
			continue;
		}
		if (d->open[first] == SIZE_MAX && !open_cell(d, first, stop, d->lines[i].number))
			return false;
		if (doubted)
			d->cells->v[d->open[first]].grade = GRID_ASSUMED;
		add_fragment(d, d->open[first], d->lines[i].number, parts.v[k].text);
	}
	d->row += drawn && d->cells->n > d->base;
	d->doubted &= !parts.across;
	return true;
}

/* Puts a cell's text together: Chinese without blanks, words of letters with; digits upon digits are assumed. */
static void
join_text(struct drawing *d, size_t cell, struct buf *joined)
{
	size_t at = joined->n, f = d->chains[cell - d->base].first;

	if (f != SIZE_MAX && d->fragments[f].next == SIZE_MAX) {
		d->cells->v[cell].text = d->fragments[f].text;
		return;
	}
	for (; f != SIZE_MAX; f = d->fragments[f].next) {
		struct span text = d->fragments[f].text;
		char last = joined->n > at ? joined->p[joined->n - 1] : '\0';

		if (is_digit(last) && is_digit(*text.p))
			d->cells->v[cell].grade = GRID_ASSUMED;
		else if (joined->n > at && !(last & 0x80) && !(*text.p & 0x80))
			buf_add_char(joined, ' ');
		buf_add_span(joined, text);
	}
	d->cells->v[cell].text = span_of(joined->p + at, joined->n - at);
}

/* Reads the table by where its lines stand; *damaged says whether lines do not fit. */
static bool
read_drawing(struct drawing *d, struct buf *joined, bool *read, bool *damaged)
{
	bool good = true, across = true;

	for (size_t c = 0; c < STROKES_WIDEST; c++)
		d->open[c] = SIZE_MAX;
	*read = find_measure(d) && find_edges(d);
	for (size_t i = d->from; i < d->end && *read && good; i++) {
		struct parts parts;

		good = read_line(d, i, across);
		across = parts_of(d, i, &parts) && parts.across;
	}
	/* A table without its bottom is cut. */
	if (*read && good)
		doubt_open(d);
	*damaged = d->damaged;
	for (size_t k = d->base; k < d->cells->n && good; k++)
		join_text(d, k, joined);
	free(d->chains);
	free(d->fragments);
	return good;
}

bool
ruled_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells, bool *read)
{
	struct drawing d = {.lines = lines, .from = from, .end = end, .box = is_box(lines[from].text), .row = 1,
		.cells = cells, .base = cells->n}, again = d;
	size_t texts = joined->n, all = cells->all;
	bool good = true, damaged = true, strict = find_end(lines, end, from) >= from + LINES;

	*read = false;
	if (strict)
		good = read_drawing(&d, joined, read, &damaged);
	if (!good || (*read && !damaged))
		return good;
	joined->n = texts;
	cells->n = again.base;
	cells->all = all;
	good = loose_read(lines, from, end, joined, cells, read);
	if (*read || !good)
		return good;
	if (strict)
		good = read_drawing(&again, joined, read, &damaged);
	for (size_t i = from; i < end && good && !*read && is_box(lines[from].text); i++)
		good = loose_unread(&lines[i], cells);
	*read |= cells->n > again.base;
	return good;
}
