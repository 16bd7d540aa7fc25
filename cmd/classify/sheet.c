#include "sheet.h"

#include <limits.h>
#include <stdlib.h>

#include "align.h"
#include "decimal.h"
#include "memo.h"
#include "path.h"

enum {
	MOST_COLUMNS = 64,
	MOST_LABELS = 4,
	WIDE_HEADERS = 3, /* of a wide table, before its row is believed */
};

/* A cell in the order of the tables, and what is asked of it again and again. */
struct cell {
	uint32_t item;
	uint16_t place; /* of its text in the memo, or MEMO_NOWHERE */
	bool words;     /* text that is no unit */
	bool unit;      /* a unit of some form, alone */
	bool read;      /* its facts are written */
};

/* Header rows that stand together: cells [first, first + n) of the order. */
struct head {
	uint32_t first, n;
	bool labelled; /* it has a header of labels, such as 统计指标 */
	uint16_t rows;
};

/* One table of the page. */
struct sheet {
	uint32_t cell, ncells;    /* of the order */
	uint32_t entry, nentries;
	uint32_t head, nheads;
	uint32_t wide;            /* headers of a wide table seen in it */
	uint16_t form;            /* whose rows it is laid along */
	bool accepted;            /* it is a table of that form */
	bool ragged;              /* the rows are not known: read as a sequence of cells */
};

/*
 * Which column of a table of the form each value of a row stands in.  The rows of one table stand alike:
 * the same for the cells of the same columns below the same header.
 */
struct columns {
	const struct form_sheet *sheet; /* NULL: of no row */
	uint32_t head, first, n;        /* of the row */
	uint16_t form;
	bool sure;
	bool doubtful; /* only the sums of the rows say so */
	uint32_t map[MOST_COLUMNS];
	struct span stated[MOST_COLUMNS]; /* the unit in the header above */
};

/* Where the values of a table of the form stand in a sheet: columns, 0 if they are not known. */
struct frame {
	const struct form_sheet *sheet; /* NULL: not looked at */
	uint32_t first, last;           /* the first value, and the end of most rows */
	bool summed;
	/* In how many rows each value is the sum of the others, and of how many. */
	uint32_t sums[MOST_COLUMNS], rows;
};

/* Which column of a sheet the numbers of rows with one value stand in. */
struct numbers {
	bool looked;
	bool counted; /* `main` counts from the label, else it is a column of the table */
	bool several; /* in more than one column */
	uint32_t main; /* from 1; 0: not known */
};

/* How well the page fits a form. */
struct fit {
	long score;
	size_t first; /* of its rows in sheets.met */
	bool touched[64]; /* tables of the form with a row that was met */
};

struct sheets {
	const struct form_book *book;
	const struct identity_finder *finder;
	struct aligner *aligner;
	struct memo *memo;
	struct paths *paths;
	struct buf keys;

	const struct page *page;
	struct facts *out;
	int year;
	bool local; /* the table is a local one: its rows are only like those of the form */
	struct cell *cell; /* table by table */
	size_t ncells, cells_cap;
	struct entry *entry;
	size_t nentries, entries_cap;
	struct head *head;
	size_t nheads, heads_cap;
	struct sheet *sheet;
	size_t nsheets, sheets_cap;
	/* The column that a header names, as it was found last: the rows below one ask it again. */
	struct {
		uint32_t cell, column;
		uint16_t form;
		const struct form_sheet *sheet;
	} named[16];
	struct columns columns; /* of the row read last */
	struct frame frame;     /* of the sheet being read */
	struct numbers numbers; /* and these */
	/* The lowest header with words above each of the first columns, of the head asked last. */
	uint32_t above_head, above[MOST_COLUMNS];
	uint32_t *seen; /* by row of a form: the entry that has it first, plus 1 */
	/* By sheet and form: how many of the labels have a row there. */
	uint32_t *hits;
	size_t hits_cap;
	/* By form: how well the page fits it, and where its rows begin in `met`. */
	struct fit *fit;
	bool *met; /* rows of all forms that a label of the page may stand for */
	size_t nmet;
};

struct sheets *
sheets_new(const struct form_book *book, const struct identity_finder *finder)
{
	struct sheets *s = xcalloc(1, sizeof *s);

	s->book = book;
	s->finder = finder;
	s->aligner = aligner_new(book);
	s->memo = memo_new(book);
	s->paths = paths_new(book);
	s->seen = xcalloc(MAX_ROWS + 1, sizeof *s->seen);
	s->fit = xcalloc(book->neditions + 1, sizeof *s->fit);
	for (size_t f = 0; f < book->neditions; f++) {
		s->fit[f].first = s->nmet;
		s->nmet += book->edition[f].nrows;
	}
	s->met = xcalloc(s->nmet + 1, sizeof *s->met);
	return s;
}

void
sheets_free(struct sheets *s)
{
	if (!s)
		return;
	aligner_free(s->aligner);
	memo_free(s->memo);
	paths_free(s->paths);
	buf_release(&s->keys);
	free(s->cell);
	free(s->entry);
	free(s->head);
	free(s->sheet);
	free(s->seen);
	free(s->hits);
	free(s->fit);
	free(s->met);
	free(s);
}

static const struct item *
cell_at(const struct sheets *s, uint32_t i)
{
	return &s->page->items[s->cell[i].item];
}

/* Good until the next stranger is asked for. */
static const struct known *
know(struct sheets *s, uint32_t cell)
{
	struct cell *c = &s->cell[cell];

	/* The text of what is no words, in a header: it is not asked for before it is needed. */
	if (c->place == MEMO_NOWHERE)
		c->place = memo_place(s->memo, cell_at(s, cell)->text);
	return c->place == MEMO_NOWHERE ? memo_stranger(s->memo, cell_at(s, cell)->text)
					: memo_at(s->memo, c->place);
}

/* Reading the cells into entries */

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

static void
add_entry(struct sheets *s, struct sheet *sheet, uint32_t label, uint32_t first, uint32_t n)
{
	const struct known *known = know(s, label);

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

/* Cells [first, end) are words without a number: a header row, or a title. */
static void
add_head(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *open)
{
	bool labelled = false, known = false;

	for (uint32_t i = first; i < end; i++) {
		const struct known *k = know(s, i);

		sheet->wide += k->wide;
		labelled = labelled || k->header == HEADER_LABEL;
		known = known || k->wide || k->header != HEADER_NONE || k->ncolumns;
	}
	if (!known && !*open && end - first < 2)
		return;
	if (*open && s->nheads > sheet->head && !labelled) {
		struct head *h = &s->head[s->nheads - 1];

		if (h->first + h->n == first) {
			h->n += end - first;
			h->rows++;
			return;
		}
	}
	s->head = grow(s->head, s->nheads, &s->heads_cap, sizeof *s->head);
	s->head[s->nheads++] = (struct head){first, end - first, labelled, 1};
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
	if (!values && last_words) {
		bool heading = last_words == 1 && s->cell[first].words;
		const struct known *k = know(s, first);
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
	/* Serial numbers and the like stand before the label. */
	while (begin < end && !s->cell[begin].words)
		begin++;
	if (begin == end || (begin > first && begin - first > 2)) {
		begin = first;
		words = 0;
	} else {
		for (words = 0; begin + words < end && s->cell[begin + words].words; words++)
			;
	}
	/* 统计指标 | 单位 | 2016年: numbers in a header are no values. */
	if (words && know(s, begin)->header == HEADER_LABEL) {
		add_head(s, sheet, first, end, heads_open);
		return;
	}
	*heads_open = false;
	if (words > MOST_LABELS)
		words = MOST_LABELS;
	for (uint32_t k = 0; k + 1 < words; k++)
		add_entry(s, sheet, begin + k, begin + k + 1, 0);
	if (words)
		add_entry(s, sheet, begin + words - 1, begin + words, end - begin - words);
	else
		add_unlabelled(s, sheet, first, end - first);
}

/* Whether two cells stand on one line, or in one row whose label goes on over lines. */
static bool
share_line(const struct item *a, const struct item *b)
{
	return a->line == b->line || (a->row && a->row == b->row);
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
			wide += know(s, k)->wide;
		if (words == i) {
			read_row(s, sheet, i, values, &open);
		} else if (wide >= WIDE_HEADERS) {
			sheet->wide += wide;
			add_unlabelled(s, sheet, words, values - words);
		} else {
			for (uint32_t k = i; k < words; k++) {
				if (know(s, k)->nrows || k + 1 == words)
					add_entry(s, sheet, k, k + 1 == words ? words : k + 1,
						k + 1 == words ? values - words : 0);
			}
		}
		i = values;
	}
}

static void
read_sheet(struct sheets *s, uint32_t first, uint32_t n)
{
	struct sheet *sheet;
	uint32_t unsure = 0;
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

		unsure += cell->grid == GRID_ASSUMED || cell->grid == GRID_FAILED || cell->row == 0;
	}
	/* A row that is too short among good ones is still a row. */
	sheet->ragged = 2 * unsure > n;
	if (sheet->ragged) {
		read_sequence(s, sheet, first, first + n);
		return;
	}
	for (uint32_t i = first; i < first + n;) {
		uint32_t end = i + 1;

		while (end < first + n && cell_at(s, end)->row == cell_at(s, i)->row)
			end++;
		if (cell_at(s, i)->row == 0)
			read_sequence(s, sheet, i, end);
		else
			read_row(s, sheet, i, end, &open);
		i = end;
	}
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
		c->unit = c->place == MEMO_NOWHERE ? form_book_is_unit(s->book, it->text)
						   : memo_at(s->memo, c->place)->unit;
		c->words = !c->unit;
	} else {
		c->unit = form_book_is_unit(s->book, it->text);
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

/* Choosing the form */

/* Counts for each sheet how many of its labels have a row in each form, without looking at the order. */
static void
count_hits(struct sheets *s)
{
	size_t nforms = s->book->neditions, n = s->nsheets * nforms;

	while (s->hits_cap < n)
		s->hits = grow(s->hits, s->hits_cap, &s->hits_cap, sizeof *s->hits);
	if (n)
		memset(s->hits, 0, n * sizeof *s->hits);
	for (size_t t = 0; t < s->nsheets; t++) {
		const struct entry *e = &s->entry[s->sheet[t].entry], *end = e + s->sheet[t].nentries;
		uint32_t *hits = s->hits + t * nforms;

		/* The rows of a label stand form by form. */
		for (; e < end; e++)
			for (uint32_t k = 0; k < e->nref; k++)
				hits[e->ref[k].form] += k == 0 || e->ref[k].form != e->ref[k - 1].form;
	}
}

static uint32_t
hits_of(const struct sheets *s, const struct sheet *sheet, uint16_t form)
{
	return s->hits[(size_t)(sheet - s->sheet) * s->book->neditions + form];
}

static bool
looks_statutory(const struct sheets *s, const struct sheet *sheet, uint16_t form)
{
	size_t hits = hits_of(s, sheet, form);

	return hits >= 3 ? hits * 5 >= sheet->nentries : hits * 3 >= sheet->nentries && hits > 0;
}

/* Adds to the fit of each form that the sheet looks like one of what its labels and headers say of it. */
static void
fit_sheet(struct sheets *s, const struct sheet *sheet)
{
	enum { EXACT = 10, VARIANT = 8, COLUMN = 10 };

	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		for (uint32_t k = 0; k < e->nref;) {
			uint16_t form = e->ref[k].form;
			struct fit *fit = &s->fit[form];
			bool counts = looks_statutory(s, sheet, form);
			long best = 0;

			for (; k < e->nref && e->ref[k].form == form; k++) {
				uint16_t row = e->ref[k].row;
				uint16_t table = s->book->edition[form].row[row].sheet;

				if (!counts)
					continue;
				if (e->ref[k].match == MATCH_EXACT)
					best = EXACT;
				else if (best == 0)
					best = VARIANT;
				s->met[fit->first + row] = true;
				if (table < sizeof fit->touched)
					fit->touched[table] = true;
			}
			fit->score += best;
		}
	}
	for (uint32_t h = sheet->head; h < sheet->head + sheet->nheads; h++)
		for (uint32_t c = s->head[h].first; c < s->head[h].first + s->head[h].n; c++) {
			const struct known *known = know(s, c);

			for (uint32_t k = 0; k < known->ncolumns; k++)
				if ((k == 0 || known->columns[k].form != known->columns[k - 1].form) &&
					looks_statutory(s, sheet, known->columns[k].form))
					s->fit[known->columns[k].form].score += COLUMN;
		}
}

/* The form that the page fits best, less for each row that it lacks; NO_FORM if nothing of any is there. */
static uint16_t
choose_form(struct sheets *s)
{
	enum { LACKING = 3 };
	uint16_t chosen = NO_FORM;
	long best = LONG_MIN;

	memset(s->met, 0, s->nmet * sizeof *s->met);
	for (size_t f = 0; f < s->book->neditions; f++) {
		s->fit[f].score = 0;
		memset(s->fit[f].touched, 0, sizeof s->fit[f].touched);
	}
	for (size_t t = 0; t < s->nsheets; t++)
		fit_sheet(s, &s->sheet[t]);
	for (size_t f = 0; f < s->book->neditions; f++) {
		const struct edition *ed = &s->book->edition[f];
		const struct fit *fit = &s->fit[f];
		long score = fit->score;

		if (score == 0)
			continue;
		for (size_t r = 0; r < ed->nrows; r++)
			if (!s->met[fit->first + r] && ed->row[r].sheet < sizeof fit->touched &&
				fit->touched[ed->row[r].sheet])
				score -= LACKING;
		/* Of two that fit alike the later one: it is in force longer. */
		if (score >= best) {
			best = score;
			chosen = (uint16_t)f;
		}
	}
	return chosen;
}

/* Facts */

static bool
has_number(const struct item *cell)
{
	return cell->state == STATE_NUMBER || cell->state == STATE_ABOUT;
}

static bool
is_empty(const struct item *cell)
{
	return cell->state == STATE_BLANK || cell->text.n == 0;
}

static uint32_t
end_column(const struct item *cell)
{
	return cell->col + (cell->cols ? cell->cols : 1) - 1;
}

enum { NO_CELL = UINT32_MAX };

/* The item of a cell, or NO_ITEM for NO_CELL. */
static uint32_t
item_of(const struct sheets *s, uint32_t cell)
{
	return cell == NO_CELL ? NO_ITEM : s->cell[cell].item;
}

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

/* The header cell above a cell, the lowest; NO_CELL if the columns are not known well enough to say. */
static uint32_t
head_above(struct sheets *s, uint32_t head, const struct item *cell)
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

/* A number nothing is known of keeps its words. */
static void
add_unknown(struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++) {
		const struct item *cell = cell_at(s, i);
		struct fact *f;

		if (!has_number(cell) || s->cell[i].read)
			continue;
		f = facts_add(s->out, s->cell[i].item, ORIGIN_TABLE);
		f->label = e->label;
		f->head = item_of(s, head_above(s, e->head, cell));
		f->grid = cell->grid;
	}
}

static struct span
unit_in_brackets(struct span text)
{
	size_t at = span_find(text, SPAN("单位"));
	struct span rest;
	size_t n = 0;

	if (at == text.n)
		return SPAN("");
	rest = (struct span){text.p + at + sizeof "单位" - 1, text.n - at - (sizeof "单位" - 1)};
	if (!span_starts(rest, SPAN(":")))
		return SPAN("");
	rest.p++;
	rest.n--;
	while (n < rest.n && rest.p[n] != ')' && rest.p[n] != ' ')
		n++;
	return (struct span){rest.p, n};
}

/* The unit of the form, else that of the cell or what its row or header states. */
static void
set_unit(struct sheets *s, struct fact *f, struct span form_unit, struct span stated)
{
	const struct item *cell = &s->page->items[f->item];
	struct span has = cell->unit.n ? cell->unit : stated;
	struct span unit = s->local && stated.n ? stated : form_unit.n ? form_unit : has;

	facts_set_unit(s->out, f, cell, unit, has);
}

static struct fact *
add_fact(struct sheets *s, const struct entry *e, uint16_t form, const struct form_row *row,
	uint32_t cell, bool doubtful)
{
	struct fact *f = facts_add(s->out, s->cell[cell].item, ORIGIN_TABLE);

	f->row = row;
	f->label = e->label;
	f->form = s->local ? NO_FORM : form;
	f->match = e->match;
	f->grid = cell_at(s, cell)->grid;
	if (doubtful && f->grid != GRID_FAILED)
		f->grid = GRID_ASSUMED;
	f->statutory = true;
	return f;
}

/* A year at the start of a header (2015年), or 0. */
static int
year_of(struct span text)
{
	int y = text.n < 4 ? 0 : span_year(span_of(text.p, 4));

	return y >= 1990 && y <= 2100 ? y : 0;
}

static struct span
year_text(int year, char digits[8])
{
	size_t n = 0;

	for (int t = 1000; t; t /= 10)
		digits[n++] = (char)('0' + year / t % 10);
	return (struct span){digits, n};
}

static bool
is_heading(const struct edition_row *er)
{
	return er->row->type == ROW_SECTION || er->row->type == ROW_GROUP;
}

/* Finds where the numbers of the sheet stand: nearly all in one column, or not. */
static void
find_numbers(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 2, STRAY = 10 };
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t count[2][MOST_COLUMNS] = {{0}}, all = 0;
	struct numbers *found = &s->numbers;

	*found = (struct numbers){.looked = true};
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row == NO_ROW || ed->row[e->row].row->dimension.n || is_heading(&ed->row[e->row]))
			continue;
		for (uint32_t k = 0; k < e->n && k + 1 < MOST_COLUMNS; k++) {
			const struct item *cell = cell_at(s, e->first + k);

			if (!has_number(cell))
				continue;
			all++;
			count[1][k + 1]++;
			count[0][cell->col < MOST_COLUMNS ? cell->col : 0]++;
		}
	}
	for (int way = 1; way >= 0 && all >= ENOUGH && !found->main; way--) {
		uint32_t best = 1;

		for (uint32_t c = 1; c < MOST_COLUMNS; c++)
			if (count[way][c] > count[way][best])
				best = c;
		if (STRAY * count[way][best] >= (STRAY - 1) * all)
			*found = (struct numbers){.looked = true, .counted = way, .main = best};
	}
	found->several = all >= ENOUGH && !found->main;
}

/* Whether cell k of the row stands where the sheet's numbers do. */
static bool
is_main(const struct sheets *s, const struct entry *e, uint32_t k)
{
	const struct numbers *found = &s->numbers;

	return found->main && (found->counted ? k + 1 : cell_at(s, e->first + k)->col) == found->main;
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
			enum header role = (enum header)know(s, list[k])->header;

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

/*
 * Whether the header may be trusted to stand above the row: one with fewer columns or a hole lost a cell.
 * Of several rows of text, *list gets the cells if they tell the columns, and *listed says so.
 */
static bool
head_fits(struct sheets *s, const struct entry *e, uint32_t *list, bool *listed)
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

/*
 * A row with one value: it stands under 统计数, or where no header says so behind the unit.  Other columns
 * of numbers keep what their header says: another scope, another year, a sum over years.
 */
static void
add_single(struct sheets *s, const struct sheet *sheet, const struct entry *e, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	const struct form_row *row = er->row;
	const struct numbers *known = &s->numbers;
	bool heading = is_heading(er);
	enum header role[MOST_COLUMNS];
	uint32_t above[MOST_COLUMNS], head[MOST_COLUMNS]; /* the header's cell and item */
	uint32_t n = e->n < MOST_COLUMNS ? e->n : MOST_COLUMNS, nvalues = 0, value = UINT32_MAX;
	uint32_t list[MOST_COLUMNS];
	struct span stated = SPAN("");
	bool headed = false, listed = false, fits = sheet->ragged || head_fits(s, e, list, &listed);

	if (!known->looked)
		find_numbers(s, sheet);
	for (uint32_t i = 0; i < n; i++) {
		const struct item *cell = cell_at(s, e->first + i);

		role[i] = HEADER_NONE;
		if (listed && cell->col)
			above[i] = list[cell->col - 1];
		else
			above[i] = sheet->ragged || !fits ? NO_CELL : head_above(s, e->head, cell);
		head[i] = item_of(s, above[i]);
		if (above[i] != NO_CELL) {
			role[i] = (enum header)know(s, above[i])->cut_header;
			headed = headed || role[i] == HEADER_VALUE || role[i] == HEADER_UNIT;
		}
		if (role[i] == HEADER_NONE && s->cell[e->first + i].unit)
			role[i] = HEADER_UNIT;
		if (role[i] == HEADER_UNIT && !has_number(cell) && !is_empty(cell))
			stated = cell->text;
	}
	/* A blank below the header of values and a number below none: the header lies. */
	for (uint32_t i = 0; i < n && headed && known->several && !heading; i++)
		if (role[i] == HEADER_VALUE && is_empty(cell_at(s, e->first + i)))
			for (uint32_t k = 0; k < n; k++)
				if (role[k] == HEADER_NONE && has_number(cell_at(s, e->first + k))) {
					add_unknown(s, e);
					return;
				}
	/* The header of values stands above none, and the numbers below no header. */
	if (headed && known->main && !heading) {
		bool above_main = false, below_none = false;

		for (uint32_t i = 0; i < n; i++) {
			above_main |= role[i] == HEADER_VALUE && is_main(s, e, i);
			below_none |= role[i] == HEADER_NONE && is_main(s, e, i);
		}
		for (uint32_t i = 0; i < n && below_none && !above_main; i++)
			if (role[i] == HEADER_VALUE) {
				role[i] = HEADER_REMARK;
				headed = false;
				doubtful = true;
			}
	}
	if (!headed) {
		/* No header: [unit] value. */
		uint32_t at = 0, numbers = 0, main = n;

		for (uint32_t i = 0; i < n; i++) {
			numbers += has_number(cell_at(s, e->first + i));
			main = is_main(s, e, i) ? i : main;
		}
		/* Of several numbers nothing says which it is, and of several columns. */
		if (numbers > 1 || (numbers && !heading && (known->several ||
			(known->main && (main == n || !has_number(cell_at(s, e->first + main))))))) {
			add_unknown(s, e);
			return;
		}
		doubtful = doubtful || !fits;
		if (main < n && !heading) {
			for (at = 0; at < main; at++)
				role[at] = role[at] == HEADER_NONE ? HEADER_REMARK : role[at];
			role[main] = HEADER_NONE;
		} else if (n > 1 && (role[0] == HEADER_UNIT || !has_number(cell_at(s, e->first)))) {
			role[0] = HEADER_UNIT;
			at = 1;
		}
		if (at < n && role[at] == HEADER_NONE)
			role[at] = HEADER_VALUE;
	}
	for (uint32_t i = 0; i < n; i++)
		if (role[i] == HEADER_VALUE) {
			nvalues++;
			if (value == UINT32_MAX)
				value = i;
		}
	/* Values under headers that are not known, as 区政府统计数: the first, and others if they are numbers. */
	if (headed && !nvalues)
		for (uint32_t i = 0; i < n; i++) {
			const struct item *cell = cell_at(s, e->first + i);

			if (role[i] != HEADER_NONE || (nvalues == 0 && known->main && !heading && !is_main(s, e, i)) || s->cell[e->first + i].words || (nvalues && !has_number(cell)))
				continue;
			role[i] = HEADER_VALUE;
			nvalues++;
			if (value == UINT32_MAX)
				value = i;
		}
	/* The number was typed into the unit's column. */
	if (value == UINT32_MAX || is_empty(cell_at(s, e->first + value)))
		for (uint32_t i = 0; i < n; i++)
			if (role[i] == HEADER_UNIT && has_number(cell_at(s, e->first + i))) {
				if (value != UINT32_MAX)
					role[value] = HEADER_REMARK;
				role[i] = HEADER_VALUE;
				value = i;
				nvalues = 1;
				doubtful = doubtful || !heading;
				break;
			}
	/* The row ends before the column of values: cut off behind its unit. */
	if (value == UINT32_MAX && n && !heading && headed && role[n - 1] == HEADER_UNIT) {
		struct fact *f = add_fact(s, e, form, row, e->first + n - 1, doubtful);

		f->instead = facts_value(s->out, SPAN(""), STATE_BLANK);
		f->unit = forms_unit(row, NULL);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct item *cell = cell_at(s, e->first + i);
		struct fact *f;
		char digits[8];
		int year;

		if (role[i] == HEADER_NONE && has_number(cell) && i != value) {
			f = facts_add(s->out, s->cell[e->first + i].item, ORIGIN_TABLE);
			f->label = e->label;
			f->head = head[i];
			f->grid = cell->grid;
			continue;
		}
		if (role[i] != HEADER_VALUE && role[i] != HEADER_PREVIOUS && role[i] != HEADER_CUMULATIVE &&
			role[i] != HEADER_GROWTH)
			continue;
		/* A heading has no value of its own unless one is written there. */
		if (!has_number(cell) && (heading || role[i] != HEADER_VALUE))
			continue;
		f = add_fact(s, e, form, row, e->first + i, doubtful);
		if (role[i] == HEADER_GROWTH) {
			f->column = COLUMN_GROWTH;
			f->head = head[i];
			continue;
		}
		set_unit(s, f, forms_unit(row, NULL), stated);
		year = head[i] == NO_ITEM ? 0 : year_of(s->page->items[head[i]].text);
		if (role[i] == HEADER_PREVIOUS)
			year = s->year ? s->year - 1 : 0;
		if (role[i] == HEADER_CUMULATIVE) {
			f->period = facts_period(s->out, SPAN("cumulative"));
			f->head = head[i];
		} else if (year && year != s->year && (nvalues > 1 || role[i] == HEADER_PREVIOUS)) {
			f->period = facts_period(s->out, year_text(year, digits));
			f->head = head[i];
		} else if (role[i] == HEADER_PREVIOUS) {
			f->period = facts_period(s->out, SPAN("previous"));
			f->head = head[i];
		} else if (nvalues > 1 && !year) {
			/* Several values for one row: the header's words tell them apart, or nothing does. */
			enum scope scope = head[i] == NO_ITEM ? SCOPE_NONE :
				identity_clause_scope(s->finder, s->page->items[head[i]].text);

			f->head = head[i];
			f->scope = (uint8_t)(scope == SCOPE_NONE && i != value ? SCOPE_UNCLEAR : scope);
		}
	}
	for (uint32_t i = e->first + n; i < e->first + e->n; i++)
		if (has_number(cell_at(s, i))) {
			struct fact *f = facts_add(s->out, s->cell[i].item, ORIGIN_TABLE);

			f->label = e->label;
			f->grid = cell_at(s, i)->grid;
		}
}

static uint32_t
find_column(struct sheets *s, uint32_t cell, const struct form_sheet *fs, uint16_t form)
{
	const struct known *known = know(s, cell);
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

/* The column of the sheet that a header names, if it names just one; fs->n if none or several. */
static uint32_t
column_named(struct sheets *s, uint32_t cell, const struct form_sheet *fs, uint16_t form)
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

/* How the columns are ordered: as the form has them, so far as can be seen; as all their headers say; who knows. */
enum order { ORDER_SAME, ORDER_NAMED, ORDER_UNSURE };

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
			row[cells] = column_named(s, end, fs, form);
			if (row[cells] == fs->n && know(s, end)->header != HEADER_NONE)
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
 * Whether the headers above the values of a row name the columns in the form's order, or in another that
 * map then holds.  Only markup says which header stands above which value; elsewhere, unless the rows of headers
 * name them all, it is only seen that no other is named before the first column, for they may be printed in no
 * fixed order.
 */
static enum order
order_of(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *map)
{
	bool taken[MOST_COLUMNS] = {false}, moved = false, all = true;

	if (e->head == NO_HEAD)
		return ORDER_SAME;
	if (cell_at(s, e->first)->grid != GRID_HTML) {
		const struct head *h = &s->head[e->head];

		if (order_in_rows(s, h, fs, form, map))
			return ORDER_NAMED;
		for (uint32_t i = h->first; i < h->first + h->n; i++) {
			uint32_t column = column_named(s, i, fs, form);

			if (column == 0)
				return moved ? ORDER_UNSURE : ORDER_SAME;
			moved = moved || column < fs->n;
		}
		return ORDER_SAME;
	}
	for (uint32_t i = 0; i < fs->n; i++) {
		uint32_t head = head_above(s, e->head, cell_at(s, e->first + i));
		uint32_t column = head == NO_CELL ? (uint32_t)fs->n : column_named(s, head, fs, form);

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

/* Which column of the sheet each header cell of the row names, if all of them are named; by order else. */
static bool
map_columns(struct sheets *s, const struct entry *e, const struct form_sheet *fs, uint16_t form,
	uint32_t *map)
{
	const struct head *h;
	bool taken[MOST_COLUMNS] = {false};
	uint32_t n = 0;

	if (e->head == NO_HEAD || fs->n > MOST_COLUMNS)
		return false;
	h = &s->head[e->head];
	if (h->rows != 1 || h->n < fs->n)
		return false;
	for (uint32_t i = h->first; i < h->first + h->n; i++) {
		const struct known *known = know(s, i);
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

/* Numbers before a last column that is blank, in a row that may have lost the blanks between them. */
static bool
ends_in_doubt(const struct sheets *s, const struct entry *e, uint32_t n)
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
	bool markup = false;

	if (s->frame.sheet == fs)
		return &s->frame;
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];
		uint32_t units, last;

		if (e->row == NO_ROW || e->n < fs->n || &ed->sheet[ed->row[e->row].sheet] != fs)
			continue;
		last = end_column(cell_at(s, e->first + e->n - 1));
		units = units_before(s, e, fs);
		markup = cell_at(s, e->first)->grid == GRID_HTML;
		head = head == NO_HEAD ? e->head : head;
		if (last < MOST_COLUMNS)
			lasts[last]++;
		if (e->n - units == fs->n && cell_at(s, e->first + units)->col < MOST_COLUMNS)
			firsts[cell_at(s, e->first + units)->col]++;
	}
	s->frame = (struct frame){.sheet = fs, .first = most_met(firsts, !markup), .last = most_met(lasts, !markup)};
	if (s->frame.first || head == NO_HEAD)
		return &s->frame;
	for (uint32_t i = s->head[head].first; i < s->head[head].first + s->head[head].n; i++) {
		const struct item *cell = cell_at(s, i);
		uint32_t end = i;

		if (column_named(s, i, fs, form) == fs->n || cell->col >= MOST_COLUMNS ||
			(s->frame.first && s->frame.first <= cell->col))
			continue;
		while (end + 1 < s->head[head].first + s->head[head].n && cell_at(s, end + 1)->row == cell->row)
			end++;
		if (cell->grid == GRID_HTML || end_column(cell_at(s, end)) == s->frame.last)
			s->frame.first = cell->col;
	}
	return &s->frame;
}

/* The values of a row without the units and blank labels before them and the remarks behind. */
static struct entry
values_of(const struct sheets *s, const struct entry *e, const struct form_sheet *fs)
{
	struct entry own = *e;
	uint32_t n = units_before(s, e, fs);

	own.first += n;
	own.n -= n;
	/* Cells of labels that span several columns, blank where a row has each column's. */
	while (s->frame.first && own.n > fs->n && is_empty(cell_at(s, own.first)) &&
		cell_at(s, own.first)->col && cell_at(s, own.first)->col < s->frame.first) {
		own.first++;
		own.n--;
	}
	while (own.n > fs->n && (is_empty(cell_at(s, own.first + own.n - 1)) || s->cell[own.first + own.n - 1].words))
		own.n--;
	return own;
}

/* Notes which values are the sums of the others in their rows. */
static void
sum_rows(struct sheets *s, const struct sheet *sheet, const struct form_sheet *fs, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	struct frame *frame = &s->frame;

	frame->summed = true;
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		struct entry e = s->entry[i];
		int64_t value[MOST_COLUMNS], sum = 0;

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
	enum { ENOUGH = 3 };

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
	if (!s->frame.summed)
		sum_rows(s, sheet, fs, form);
	for (uint32_t i = 0; c->sure && i < fs->n; i++)
		if (c->map[i] == last)
			total = i;
	if (c->sure && !sums_say(&s->frame, 0, total) && !sums_say(&s->frame, last, total))
		return;
	if (!sums_say(&s->frame, last, 0) && !sums_say(&s->frame, 0, last))
		return;
	/* The total is the last, or the first and the others follow. */
	for (uint32_t i = 0; i <= last; i++)
		c->map[i] = sums_say(&s->frame, last, 0) ? i : i ? i - 1 : last;
	c->sure = c->doubtful = true;
}

/* Finds the columns of the values. */
static void
find_columns(struct sheets *s, const struct sheet *sheet, const struct entry *e, const struct form_sheet *fs,
	uint16_t form, uint32_t n)
{
	struct columns *c = &s->columns;
	bool same = true;

	c->sheet = fs;
	c->head = e->head;
	c->first = e->first;
	c->n = n;
	c->form = form;
	c->sure = true;
	c->doubtful = false;
	if (!map_columns(s, e, fs, form, c->map)) {
		enum order order = order_of(s, e, fs, form, c->map);

		c->sure = order != ORDER_UNSURE;
		same = order == ORDER_NAMED;
		for (uint32_t i = 0; order == ORDER_SAME && i < n; i++)
			c->map[i] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t head = head_above(s, e->head, cell_at(s, e->first + i));

		same = same && c->map[i] == i;
		c->stated[i] = head == NO_CELL ? SPAN("") : unit_in_brackets(cell_at(s, head)->text);
	}
	if (!same)
		ask_sums(s, sheet, fs, form);
}

static void
add_columns(struct sheets *s, const struct sheet *sheet, const struct entry *row, uint16_t form,
	const struct edition_row *er, bool doubtful)
{
	const struct form_sheet *fs = &s->book->edition[form].sheet[er->sheet];
	const struct frame *frame = fs->n && row->n ? frame_of(s, sheet, fs, form) : &s->frame;
	struct entry own = values_of(s, row, fs);
	const struct entry *e = &own;
	uint32_t n = own.n;

	if (er->row->type == ROW_SECTION || er->row->type == ROW_GROUP || fs->n == 0 ||
		fs->n > MOST_COLUMNS) {
		add_unknown(s, row);
		return;
	}
	if (n == 0)
		return;
	/* Blanks lost between the cells leave fewer: which are they? */
	if (n != fs->n) {
		add_unknown(s, row);
		return;
	}
	doubtful = doubtful || ends_in_doubt(s, e, n);
	/* A row of markup that begins elsewhere or ends before the others has lost a cell. */
	if (cell_at(s, e->first)->grid == GRID_HTML && s->frame.first)
		doubtful = doubtful || cell_at(s, e->first)->col != frame->first ||
		           end_column(cell_at(s, row->first + row->n - 1)) < frame->last;
	if (!stand_alike(s, e, fs, form, n))
		find_columns(s, sheet, e, fs, form, n);
	if (!s->columns.sure) {
		add_unknown(s, row);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		size_t column = fs->first + s->columns.map[i];
		struct fact *f = add_fact(s, e, form, er->row, e->first + i, doubtful || s->columns.doubtful);

		f->column = (uint16_t)column;
		set_unit(s, f, forms_unit(er->row, &s->book->forms->column[column]), s->columns.stated[i]);
	}
}

/* True if nothing speaks against the header (a cell) heading column `i`: cut short it names none. */
static bool
may_head(struct sheets *s, uint32_t head, const struct form_sheet *fs, uint16_t form, uint32_t i)
{
	bool named = false;
	const struct known *known;
	const struct row_ref *ref;

	if (head == NO_CELL)
		return true;
	known = know(s, head);
	ref = known->columns;
	for (size_t k = 0; k < known->ncolumns; k++) {
		if (ref[k].form != form || ref[k].row < fs->first || ref[k].row >= fs->first + fs->n)
			continue;
		if (ref[k].row == fs->first + i)
			return true;
		named = true;
	}
	return !named;
}

/* The one row of a wide table: its columns are indicators, read by position. */
static bool
add_wide(struct sheets *s, struct entry *e, uint16_t form)
{
	const struct edition *ed = &s->book->edition[form];
	const struct form_sheet *fs = NULL;
	uint32_t n = e->n;

	for (size_t i = 0; i < ed->nsheets; i++)
		if (ed->sheet[i].wide)
			fs = &ed->sheet[i];
	if (!fs)
		return false;
	while (n > fs->n && is_empty(cell_at(s, e->first + n - 1)))
		n--;
	if (n != fs->n)
		return false;
	/* A header that names columns, and not this one. */
	for (uint32_t i = 0; i < n && cell_at(s, e->first)->grid == GRID_HTML; i++)
		if (!may_head(s, head_above(s, e->head, cell_at(s, e->first + i)), fs, form, i))
			return false;
	e->match = MATCH_ALIGNED;
	for (uint32_t i = 0; i < n; i++) {
		const struct form_column *c = &s->book->forms->column[fs->first + i];
		const struct form_row *row = forms_row(s->book->forms, ed->name, c->column);
		struct fact *f;

		if (!row)
			return false;
		f = add_fact(s, e, form, row, e->first + i, ends_in_doubt(s, e, n));
		f->label = item_of(s, head_above(s, e->head, cell_at(s, e->first + i)));
		set_unit(s, f, forms_unit(row, c), SPAN(""));
	}
	return true;
}

/* What the words around the cells of a table say of the columns of the wide one. */
struct crossing {
	const struct form_sheet *sheet;
	uint16_t form;
	uint64_t group;                 /* of the heading above, or the label that spans rows */
	uint32_t head, nheads;          /* header rows in markup: cells */
	uint64_t above[MOST_COLUMNS];   /* of the last header row in text, those with names, in order */
	uint32_t nabove;
	uint64_t groups[MOST_COLUMNS];  /* and of a row of headings above that */
	uint32_t ngroups;
	uint32_t cell[MOST_COLUMNS];    /* by column of the wide table: the value found for it */
	uint32_t label[MOST_COLUMNS];
	uint32_t found;
	bool twice, odd;                /* one was found twice; a number for none */
};

static bool
is_one(uint64_t columns)
{
	return columns && !(columns & (columns - 1));
}

/* A row of words: a heading of what follows, or headers. */
static void
cross_heads(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t columns[MOST_COLUMNS];
	uint32_t n = 0, words = 0;
	bool own = false;

	for (uint32_t i = first; i < end; i++) {
		struct path p = paths_read(s->paths, x->form, cell_at(s, i)->text);

		words += cell_at(s, i)->text.n > 0;
		if (!p.columns || n == MOST_COLUMNS)
			continue;
		own |= p.own;
		columns[n++] = p.columns;
	}
	if (n == 0)
		return;
	if (words == 1 && !own) {
		x->group = columns[0];
		x->nheads = x->nabove = x->ngroups = 0;
		return;
	}
	if (x->nheads == 0)
		x->head = first;
	x->nheads = end - x->head;
	memcpy(own ? x->above : x->groups, columns, n * sizeof *columns);
	*(own ? &x->nabove : &x->ngroups) = n;
}

/* What the headers above value j of n in a row say. */
static uint64_t
cross_above(struct sheets *s, const struct crossing *x, uint32_t cell, uint32_t j, uint32_t n)
{
	const struct item *value = cell_at(s, cell);
	uint64_t columns = UINT64_MAX;

	if (value->grid == GRID_HTML) {
		for (uint32_t i = x->head; i < x->head + x->nheads; i++) {
			const struct item *above = cell_at(s, i);
			struct path p;

			if (above->col > end_column(value) || end_column(above) < value->col)
				continue;
			p = paths_read(s->paths, x->form, above->text);
			columns &= p.columns ? p.columns : UINT64_MAX;
		}
		return columns;
	}
	if (x->nabove)
		columns &= x->nabove == n ? x->above[j] : 0;
	if (x->ngroups)
		columns &= n % x->ngroups == 0 ? x->groups[j / (n / x->ngroups)] : 0;
	return columns;
}

/* A row with values behind its labels. */
static void
cross_values(struct sheets *s, struct crossing *x, uint32_t first, uint32_t end)
{
	uint64_t row = UINT64_MAX, group = 0;
	uint32_t n = 0, label = NO_CELL, words = first, values[MOST_COLUMNS];

	for (uint32_t i = first; i < end; i++)
		if (s->cell[i].words)
			words = i;
	for (uint32_t i = first; i < end; i++) {
		struct path p;

		if (s->cell[i].unit || (is_empty(cell_at(s, i)) && i < words))
			continue;
		if (!s->cell[i].words) {
			if (n < MOST_COLUMNS)
				values[n++] = i;
			continue;
		}
		if (n)
			return;
		p = paths_read(s->paths, x->form, cell_at(s, i)->text);
		label = p.columns ? i : label;
		if (p.columns && !p.own)
			group = group ? group & p.columns : p.columns;
		else if (p.columns)
			row &= p.columns;
	}
	if (group)
		x->group = group;
	/* A pad behind the last value. */
	while (n > 1 && n > x->nabove && !x->nheads && is_empty(cell_at(s, values[n - 1])))
		n--;
	if (n == 0 || n >= x->sheet->n)
		return;
	/* A row of markup that ends before its headers has lost a cell. */
	for (uint32_t i = x->head; i < x->head + x->nheads && cell_at(s, end - 1)->grid == GRID_HTML; i++)
		x->odd |= end_column(cell_at(s, i)) > end_column(cell_at(s, end - 1));
	for (uint32_t j = 0; j < n; j++) {
		uint64_t columns = row & cross_above(s, x, values[j], j, n);
		uint32_t c = 0;

		if (!is_one(columns) && x->group)
			columns &= x->group;
		if (!is_one(columns)) {
			x->odd |= label != NO_CELL && has_number(cell_at(s, values[j]));
			continue;
		}
		while (!(columns >> c & 1))
			c++;
		x->twice |= x->cell[c] != NO_CELL;
		x->cell[c] = values[j];
		x->label[c] = label;
		x->found++;
	}
}

/*
 * The wide table printed another way: the words before and above each value name its column.  Believed if
 * several values find theirs, and each only one.
 */
static void
add_crossed(struct sheets *s, const struct sheet *sheet)
{
	enum { ENOUGH = 4 };
	struct crossing x = {.sheet = paths_sheet(s->paths, sheet->form), .form = sheet->form};
	const struct edition *ed = &s->book->edition[sheet->form];
	uint32_t last = sheet->cell + sheet->ncells, before = s->cell[sheet->cell].item;

	if (!x.sheet || x.sheet->n > MOST_COLUMNS)
		return;
	for (size_t c = 0; c < x.sheet->n; c++)
		x.cell[c] = NO_CELL;
	if (before > 0 && s->page->items[before - 1].kind == ITEM_TEXT) {
		struct path p = paths_read(s->paths, x.form, s->page->items[before - 1].text);

		x.group = p.own ? 0 : p.columns;
	}
	for (uint32_t i = sheet->cell, end; i < last; i = end) {
		bool numbers = false;

		for (end = i; end < last && cell_at(s, end)->row == cell_at(s, i)->row; end++)
			numbers |= has_number(cell_at(s, end)) || cell_at(s, end)->state == STATE_MARK;
		if (cell_at(s, i)->row == 0)
			continue;
		if (numbers)
			cross_values(s, &x, i, end);
		else
			cross_heads(s, &x, i, end);
	}
	if (x.found < ENOUGH || x.twice || x.odd)
		return;
	for (uint32_t c = 0; c < x.sheet->n; c++) {
		const struct form_column *column = &s->book->forms->column[x.sheet->first + c];
		const struct form_row *row = forms_row(s->book->forms, ed->name, column->column);
		struct entry e = {.match = MATCH_ALIGNED, .label = item_of(s, x.label[c])};
		struct fact *f;

		if (x.cell[c] == NO_CELL || !row)
			continue;
		f = add_fact(s, &e, x.form, row, x.cell[c], false);
		set_unit(s, f, forms_unit(row, column), SPAN(""));
		s->cell[x.cell[c]].read = true;
	}
}

/* Whether rows of the sheet may be those of a wide table: some with values are none of the form's, none is the whole. */
static bool
may_cross(const struct sheets *s, const struct sheet *sheet)
{
	const struct form_sheet *fs = paths_sheet(s->paths, sheet->form);
	bool strange = false;

	for (uint32_t i = sheet->entry; fs && i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row != NO_ROW && sheet->accepted)
			continue;
		if (e->label == NO_ITEM && e->n >= fs->n)
			return false;
		strange |= e->n > 0;
	}
	return strange;
}

/* Whether values of a row are read already. */
static bool
is_read(const struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++)
		if (s->cell[i].read)
			return true;
	return false;
}

static struct span
key_of(void *context, const struct entry *e)
{
	struct sheets *s = context;

	if (e->label == NO_ITEM)
		return SPAN("");
	buf_reset(&s->keys);
	return label_read(s->page->items[e->label].text, &s->keys).key;
}

static bool
same_values(const struct sheets *s, const struct entry *a, const struct entry *b)
{
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++)
		if (!span_eq(cell_at(s, a->first + i)->text, cell_at(s, b->first + i)->text))
			return false;
	return true;
}

static void
add_facts(struct sheets *s, const struct sheet *sheet)
{
	uint16_t form = sheet->form;
	bool accepted = sheet->accepted;
	const struct edition *ed = form == NO_FORM ? NULL : &s->book->edition[form];

	s->frame.sheet = NULL;
	s->numbers.looked = false;
	if (form != NO_FORM && may_cross(s, sheet))
		add_crossed(s, sheet);
	if (accepted)
		memset(s->seen, 0, ed->nrows * sizeof *s->seen);
	for (uint32_t i = sheet->entry; accepted && i < sheet->entry + sheet->nentries; i++) {
		struct entry *e = &s->entry[i];
		struct entry *first;

		/* Twice the same row with other values: neither is sure. */
		if (e->row == NO_ROW || !e->again)
			continue;
		if (!s->seen[e->row]) {
			s->seen[e->row] = i + 1;
			continue;
		}
		first = &s->entry[s->seen[e->row] - 1];
		if (!same_values(s, first, e))
			first->doubtful = e->doubtful = true;
	}
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		struct entry *e = &s->entry[i];

		if (is_read(s, e))
			continue;
		if (form != NO_FORM && sheet->wide >= WIDE_HEADERS && e->n > 3 && (!accepted || e->row == NO_ROW) &&
			add_wide(s, e, form))
			continue;
		if (!accepted || e->row == NO_ROW)
			add_unknown(s, e);
		else if (ed->row[e->row].row->dimension.n)
			add_columns(s, sheet, e, form, &ed->row[e->row], e->doubtful);
		else
			add_single(s, sheet, e, form, &ed->row[e->row], e->doubtful);
	}
}

static uint16_t
form_of_sheet(const struct sheets *s, const struct sheet *sheet, uint16_t chosen)
{
	size_t best = 2 * (size_t)hits_of(s, sheet, chosen);

	/* An older form's table on the page keeps its own form. */
	for (size_t f = 0; f < s->book->neditions; f++) {
		size_t hits = hits_of(s, sheet, (uint16_t)f);

		if (hits > best && hits >= 4) {
			best = hits;
			chosen = (uint16_t)f;
		}
	}
	return chosen;
}

/* How well the page's tables match, in rows with values. */
struct tally {
	size_t asked, found, exact;
};

static void
align_sheet(struct sheets *s, struct sheet *sheet, uint16_t form, bool before, struct tally *tally)
{
	struct entry *entry = s->entry + sheet->entry;
	size_t found, asked = 0, exact = 0;

	sheet->form = form == NO_FORM ? NO_FORM : form_of_sheet(s, sheet, form);
	if (sheet->form == NO_FORM || !looks_statutory(s, sheet, sheet->form))
		return;
	found = align(s->aligner, entry, sheet->nentries, sheet->form, key_of, s);
	for (size_t i = 0; i < sheet->nentries; i++) {
		asked += entry[i].n > 0 || entry[i].row != NO_ROW;
		exact += entry[i].row != NO_ROW && entry[i].match == MATCH_EXACT;
	}
	sheet->accepted = found >= 3 ? found * 4 >= asked : found >= 2 ? found * 2 >= asked :
		found == 1 && asked == 1 && (before || sheet->nheads);
	if (!sheet->accepted)
		return;
	tally->asked += asked;
	tally->found += found;
	tally->exact += exact;
}

/* In a local table a likeness is no proof: only known wordings keep their row. */
static void
keep_known(struct sheets *s, const struct sheet *sheet)
{
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++)
		if (s->entry[i].match == MATCH_ALIGNED) {
			s->entry[i].row = NO_ROW;
			s->entry[i].match = MATCH_NONE;
		}
}

uint16_t
sheets_read(struct sheets *s, const struct page *page, int year, struct facts *out, bool *local)
{
	struct tally tally = {0, 0, 0};
	uint16_t form;
	bool before = false;

	s->page = page;
	s->out = out;
	s->year = year;
	s->nentries = s->nheads = s->nsheets = 0;
	memset(s->named, 0, sizeof s->named);
	s->above_head = NO_HEAD;
	s->columns.sheet = NULL;
	aligner_page(s->aligner);
	memo_page(s->memo);
	gather(s);
	for (size_t i = 0, end; i < s->ncells; i = end) {
		uint32_t table = cell_at(s, (uint32_t)i)->table;

		for (end = i + 1; end < s->ncells && cell_at(s, (uint32_t)end)->table == table; end++)
			;
		read_sheet(s, (uint32_t)i, (uint32_t)(end - i));
	}
	count_hits(s);
	form = choose_form(s);
	for (size_t t = 0; t < s->nsheets; t++) {
		struct sheet *sheet = &s->sheet[t];

		align_sheet(s, sheet, form, before, &tally);
		before = sheet->accepted;
	}
	/* Half the rows are none of the form's, and not for being worded in another way. */
	s->local = 2 * tally.exact < tally.asked && 5 * tally.found < 4 * tally.asked;
	for (size_t t = 0; t < s->nsheets; t++) {
		if (s->local)
			keep_known(s, &s->sheet[t]);
		add_facts(s, &s->sheet[t]);
	}
	*local = s->local;
	return form;
}
