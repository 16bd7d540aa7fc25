#include "paper.h"

#include <stdlib.h>

#include "blank.h"
#include "fields.h"

enum {
	ROWS = 3,         /* with values make a table */
	SPACED = 5,       /* of so many, all but one have a blank line before them */
	HEADS = 8,        /* blocks in a row without a value */
	LONG_FIELD = 300, /* bytes: longer ones are prose */
	TALL = 12,        /* lines of a row */
	PAPER = 1024,     /* columns of a page of which gutters are looked for */
	GUTTER = 2,       /* lines of a row with a blank there */
	CLOSE = 2,        /* columns of the page a value's middle may be off, twice */
};

/* The fields of a line, of which some are values: the last ones that follow each other. */
struct parts {
	struct field v[FIELDS_MOST];
	size_t n, first, values; /* what stands behind the values is a remark */
	bool taken; /* one blank parts values from the label before them */
};

/* A number without a unit. */
static bool
is_bare(struct span s)
{
	return s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9' && cell_kind(s) == CELL_NUMBER;
}

/* Parts the remark at the end of the line from the value one blank before it. */
static void
part_remark(const struct text_line *line, struct parts *p)
{
	struct field *last = p->n > 1 ? &p->v[p->n - 1] : NULL;
	size_t at = last ? span_find(last->text, SPAN(" ")) : 0;

	if (!last || p->n == FIELDS_MOST || at == last->text.n || !is_bare(span_of(last->text.p, at)) ||
		cell_kind(span_of(last->text.p + at + 1, last->text.n - at - 1)) != CELL_LABEL)
		return;
	field_part(line, last, at, last + 1);
	p->n++;
}

/* Parts the values that follow a label, one blank between: with others behind them they are values, too. */
static void
take_values(const struct text_line *line, struct parts *p)
{
	while (p->values && p->first && p->n < FIELDS_MOST) {
		struct field *label = &p->v[p->first - 1], value;
		size_t at = label->text.n;

		while (at > 0 && label->text.p[at - 1] != ' ')
			at--;
		value.text = span_of(label->text.p + at, label->text.n - at);
		if (at < 2 || (!is_bare(value.text) && cell_kind(value.text) != CELL_MARK))
			return;
		field_part(line, label, at - 1, &value);
		memmove(label + 2, label + 1, (p->n - p->first) * sizeof *label);
		label[1] = value;
		p->n++;
		p->values++;
		p->taken = true;
	}
}

static void
split(const struct text_line *line, struct parts *p)
{
	size_t end;

	p->n = fields_split(line, false, p->v);
	part_remark(line, p);
	for (end = p->n; end > 0 && !cell_is_value(p->v[end - 1].text); end--)
		;
	for (p->first = end; p->first > 0 && cell_is_value(p->v[p->first - 1].text); p->first--)
		;
	p->values = end - p->first;
	/* A number before words is the row's own, unless a label stands before it. */
	if (end < p->n && p->first == 0)
		p->values = 0;
	if (p->values == 0)
		p->first = p->n;
	p->taken = false;
	take_values(line, p);
}

static bool
is_valued(const struct text_line *line)
{
	struct parts parts;

	split(line, &parts);
	return parts.values > 0;
}

/* Whether a line cannot be of a table. */
static bool
is_foreign(const struct text_line *line)
{
	struct field fields[FIELDS_MOST];
	size_t n;

	if (line->bars || line->ruled || line->parted || fields_tabs(line) || span_ends(line->text, SPAN("。")) ||
		span_ends(line->text, SPAN("；")))
		return true;
	n = fields_split(line, false, fields);
	for (size_t i = 0; i < n; i++)
		if (fields[i].text.n > LONG_FIELD)
			return true;
	return false;
}

static bool
follows(const struct text_line *lines, size_t n, size_t i)
{
	return i < n && lines[i].goes_on;
}

void
paper_mark(struct text_line *lines, size_t n)
{
	enum { FARTHEST = 4, SHARE = 10 };
	/* By the lines from one to the next: pairs of lines of tables, those that both have values, and all lines that have. */
	size_t pairs[FARTHEST + 1] = {0}, both[FARTHEST + 1] = {0}, all = 0, valued = 0, pitch = 1;
	bool above = false;

	for (size_t i = 0; i < n; i++) {
		size_t gap = i > 0 ? lines[i].number - lines[i - 1].number : 0;
		bool values = lines[i].gaps && is_valued(&lines[i]);

		valued += values;
		if (i > 0 && (lines[i].gaps || lines[i - 1].gaps) && !line_begins_page(&lines[i])) {
			all++;
			if (gap <= FARTHEST) {
				pairs[gap]++;
				both[gap] += values && above;
			}
		}
		above = values;
	}
	while (pitch < FARTHEST && pairs[pitch] * SHARE < all)
		pitch++;
	if ((pairs[pitch] - both[pitch]) * SHARE < all || both[pitch] * SPACED > valued)
		pitch = 1;
	for (size_t i = 0; i < n; i++)
		lines[i].goes_on = i > 0 && lines[i].number - lines[i - 1].number <= pitch && !line_begins_page(&lines[i]);
}

/* Whether the line is the heading above a table, whose heads follow, rather than a label: values follow that. */
static bool
is_heading(const struct text_line *lines, size_t n, size_t i)
{
	if (lines[i].gaps || !line_is_section(lines[i].text) || is_valued(&lines[i]))
		return false;
	for (size_t k = i + 1; k < n && k <= i + TALL; k++)
		if (lines[k].gaps)
			return !is_valued(&lines[k]);
	return true;
}

/* The line behind the block that begins at lines[from]: no blank line parts it, nor prose, nor a heading. */
static size_t
block_end(const struct text_line *lines, size_t n, size_t from)
{
	size_t end = from + 1;

	while (end - from < TALL * ROWS && follows(lines, n, end) && !is_foreign(&lines[end]) && !is_heading(lines, n, end))
		end++;
	return end;
}

size_t
paper_end(const struct text_line *lines, size_t n, size_t from, size_t *seen)
{
	size_t end = from, rows = 0, blocks = 0, heads = 0;

	for (size_t i = from; i < n && heads <= HEADS && !is_foreign(&lines[i]) && !is_heading(lines, n, i);) {
		size_t stop = block_end(lines, n, i), values = 0;

		for (size_t k = i; k < stop; k++)
			values += is_valued(&lines[k]);
		if (values) {
			rows += values;
			blocks++;
			heads = 0;
			end = stop;
		} else {
			heads++;
		}
		i = *seen = stop;
	}
	return rows >= ROWS && (rows - blocks) * SPACED <= rows ? end : from;
}

/* A row of the table: what stands between blank lines, or, if it has several lines with values, about one of them. */
struct row {
	size_t from, end, valued; /* lines; `valued` is `end` if it has no values */
	bool alone;               /* between blank lines */
};

enum side { SIDE_LEFT, SIDE_MIDDLE, SIDE_RIGHT, SIDES };

/* Rows with heads above them, whose values stand below each other. */
struct section {
	size_t values, labels;      /* columns */
	size_t start;               /* where the first value begins */
	enum side side;             /* that values line up at */
	size_t at[FIELDS_MOST];     /* where they do in each column, twice */
	size_t sure;                /* rows that have all values, none taken from a label */
	size_t heads;               /* of the lowest row of several */
};

/* Words that stand above each other. */
struct cell_words {
	size_t start, end;  /* columns of the page */
	size_t line;        /* the last */
	size_t first, last; /* pieces */
	struct span text;   /* of all, once they are put together */
};

struct piece_of {
	struct span text;
	size_t next; /* of the same words, SIZE_MAX behind the last */
};

/* What stands in each column of the page in the lines of a row, before its values. */
struct gutters {
	unsigned char text[PAPER], blank[PAPER]; /* anything; how many times a blank between words, up to some */
};

struct reading {
	const struct text_line *lines;
	struct buf *joined;
	struct cells *cells;
	struct row *rows;
	size_t n, cap;
	/* Of the row being read. */
	struct cell_words words[FIELDS_MOST];
	size_t nwords, nlabels; /* all, and those before the values */
	struct piece_of *pieces;
	size_t npieces, pieces_cap;
	bool taken;
	struct gutters gutters;
	uint32_t row;
};

static void
add_row(struct reading *r, struct row row)
{
	r->rows = grow(r->rows, r->n, &r->cap, sizeof *r->rows);
	r->rows[r->n++] = row;
}

/* Whether a block at the top of a page is the rest of the last row's label: one piece of words a line. */
static bool
ends_label(const struct reading *r, size_t from, size_t end)
{
	const struct row *last = r->n ? &r->rows[r->n - 1] : NULL;

	if (!last || !line_begins_page(&r->lines[from]) || line_numbering(r->lines[from].text))
		return false;
	for (size_t i = last->valued == last->end ? last->from : from; i < end; i++)
		if (r->lines[i].gaps)
			return false;
	return true;
}

/* The rows of a block: words between two lines with values go on with the first, if they do not begin with a number. */
static void
add_block(struct reading *r, size_t from, size_t end)
{
	size_t valued = 0, begun = from;
	bool open = false;

	for (size_t i = from; i < end; i++)
		valued += is_valued(&r->lines[i]);
	if (valued == 0 && ends_label(r, from, end)) {
		r->rows[r->n - 1].end = end;
		r->rows[r->n - 1].alone = false;
		return;
	}
	if (valued == 0)
		add_row(r, (struct row){from, end, end, true});
	for (size_t i = from, last = end; i < end && valued; i++) {
		bool value = is_valued(&r->lines[i]);

		if (open && (value || line_numbering(r->lines[i].text))) {
			add_row(r, (struct row){begun, i, last, false});
			begun = i;
			open = false;
		}
		if (value) {
			last = i;
			open = true;
		}
		if (i + 1 == end && open)
			add_row(r, (struct row){begun, end, last, valued == 1});
		else if (i + 1 == end)
			add_row(r, (struct row){begun, end, end, false});
	}
}

/* The words above that those of a field go on with; NULL if it begins others. */
static struct cell_words *
words_above(struct reading *r, const struct field *f, size_t line, bool heads)
{
	struct cell_words *above = NULL;

	for (size_t i = 0; i < r->nwords; i++) {
		struct cell_words *w = &r->words[i];

		if (f->start >= w->end || f->end <= w->start || w->line == line || (heads && w->line + 1 != line))
			continue;
		/* Below two heads stands one of its own; a label stands as far to the right as it can. */
		if (above && heads)
			return NULL;
		if (!above || w->start > above->start)
			above = w;
	}
	return above;
}

/* Adds a piece to words, or begins others with it; what is more than a row has room for goes to the last. */
static void
add_piece(struct reading *r, struct cell_words *w, const struct field *f, size_t line)
{
	if (!w && r->nwords == FIELDS_MOST)
		w = &r->words[FIELDS_MOST - 1];
	r->pieces = grow(r->pieces, r->npieces, &r->pieces_cap, sizeof *r->pieces);
	r->pieces[r->npieces] = (struct piece_of){f->text, SIZE_MAX};
	if (w) {
		r->pieces[w->last].next = r->npieces;
	} else {
		w = &r->words[r->nwords++];
		*w = (struct cell_words){.start = f->start, .end = f->end, .first = r->npieces};
	}
	w->last = r->npieces++;
	w->line = line;
}

/* Puts the pieces of words together. */
static void
join_words(struct reading *r, struct cell_words *w)
{
	size_t at = r->joined->n;

	w->text = r->pieces[w->first].text;
	if (r->pieces[w->first].next == SIZE_MAX)
		return;
	for (size_t i = w->first; i != SIZE_MAX; i = r->pieces[i].next)
		buf_add_span(r->joined, r->pieces[i].text);
	w->text = span_of(r->joined->p + at, r->joined->n - at);
}

/* Puts the words of a line together with those above. */
static void
add_words(struct reading *r, const struct field *fields, size_t n, size_t line, bool heads)
{
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &fields[i];
		struct cell_words *above = words_above(r, f, line, heads);

		/* Two heads below one are its columns'. */
		if (above && heads && ((i > 0 && fields[i - 1].end > above->start) ||
			(i + 1 < n && fields[i + 1].start < above->end)))
			above = NULL;
		add_piece(r, above, f, line);
		if (above) {
			above->start = f->start < above->start ? f->start : above->start;
			above->end = f->end > above->end ? f->end : above->end;
		}
	}
}

static int
by_start(const void *a, const void *b)
{
	const struct cell_words *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* The words farthest to the right that are a label rather than a unit. */
static struct cell_words *
last_label(struct reading *r)
{
	struct cell_words *last = NULL;

	for (size_t i = 0; i < r->nwords; i++)
		if (cell_kind(r->pieces[r->words[i].first].text) == CELL_LABEL && (!last || r->words[i].start > last->start))
			last = &r->words[i];
	return last ? last : &r->words[r->nwords - 1];
}

static size_t
distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* Where a field stands, twice. */
static size_t
stands_at(const struct field *f, enum side side)
{
	return side == SIDE_LEFT ? 2 * f->start : side == SIDE_RIGHT ? 2 * f->end : f->start + f->end;
}

/* How far from a column of values a field stands, twice. */
static size_t
off(const struct section *s, size_t column, const struct field *f)
{
	return distance(s->at[column], stands_at(f, s->side));
}

/* The column of values nearest to a field. */
static size_t
nearest(const struct section *s, const struct field *f)
{
	size_t best = 0;

	for (size_t c = 1; c < s->values; c++)
		if (off(s, c, f) < off(s, best, f))
			best = c;
	return best;
}

/* The column of values that a head stands above: the first of several. */
static size_t
column_below(const struct section *s, const struct field *f)
{
	for (size_t c = 0; c < s->values; c++)
		if (s->at[c] >= 2 * f->start && s->at[c] <= 2 * f->end)
			return c;
	return nearest(s, f);
}

static void
see_blank(struct gutters *g, size_t from, size_t end)
{
	for (; from < end && from < PAPER; from++)
		g->blank[from] += g->blank[from] < GUTTER;
}

/* Sees the first n fields of a line, and the blanks in and between them. */
static void
see_fields(struct gutters *g, const struct text_line *line, const struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field f = fields[i], behind;

		if (i > 0)
			see_blank(g, fields[i - 1].end, f.start);
		for (bool more = true; more; f = behind) {
			size_t at = span_find(f.text, SPAN(" "));

			more = at < f.text.n;
			if (more)
				field_part(line, &f, at, &behind);
			for (size_t c = f.start; c < f.end && c < PAPER; c++)
				g->text[c] = 1;
			if (more)
				see_blank(g, f.end, f.end + 1);
		}
	}
}

static void
find_gutters(struct reading *r, const struct row *row, struct gutters *g)
{
	struct parts parts;

	memset(g, 0, sizeof *g);
	for (size_t i = row->from; i < row->end && !(i > row->from && line_begins_page(&r->lines[i])); i++) {
		split(&r->lines[i], &parts);
		see_fields(g, &r->lines[i], parts.v, parts.first);
	}
}

/* Parts fields at single blanks that stand in a gutter: blanks above and below, no text.  How many there are then. */
static size_t
part_at_gutters(const struct gutters *g, const struct text_line *line, struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field *f = &fields[i], behind;

		for (size_t at = 0; n < FIELDS_MOST && (at += span_find(span_of(f->text.p + at, f->text.n - at), SPAN(" "))) < f->text.n;
			at++) {
			struct field before = *f;

			field_part(line, &before, at, &behind);
			if (before.end >= PAPER || g->text[before.end] || g->blank[before.end] < GUTTER)
				continue;
			memmove(f + 2, f + 1, (n - i - 1) * sizeof *f);
			f[0] = before;
			f[1] = behind;
			n++;
			break;
		}
	}
	return n;
}

/* Parts heads with one blank between, if each stands above a column of its own.  How many there are then. */
static size_t
part_heads(const struct section *s, const struct text_line *line, struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field parts[FIELDS_MOST];
		size_t k = 0, last = 0;
		bool apart = true;

		for (parts[0] = fields[i]; apart && k + n < FIELDS_MOST; k++) {
			size_t at = span_find(parts[k].text, SPAN(" ")), column;

			if (at < parts[k].text.n)
				field_part(line, &parts[k], at, &parts[k + 1]);
			column = parts[k].end > s->start ? column_below(s, &parts[k]) + 1 : 0;
			apart = characters(parts[k].text) > 1 && (k == 0 || column > last);
			last = column;
			if (at >= fields[i].text.n || parts[k].end == fields[i].end)
				break;
		}
		if (!apart || k == 0 || k + n >= FIELDS_MOST)
			continue;
		memmove(fields + i + k + 1, fields + i + 1, (n - i - 1) * sizeof *fields);
		memcpy(fields + i, parts, (k + 1) * sizeof *fields);
		n += k;
		i += k;
	}
	return n;
}

/*
 * Gathers the words of a row, from left to right; the values of its line with values go to *values, and their number
 * back.  Of heads `s` tells the columns below, unless it is NULL.
 */
static size_t
read_words(struct reading *r, const struct row *row, const struct section *s, struct field *values)
{
	struct parts parts;
	struct gutters *g = &r->gutters;
	size_t found = 0;
	bool turned = false, heads = row->valued == row->end;

	r->nwords = r->npieces = 0;
	r->taken = false;
	if (row->end - row->from > 1)
		find_gutters(r, row, g);
	for (size_t i = row->from; i < row->end; i++) {
		size_t first, behind;

		split(&r->lines[i], &parts);
		/* Behind the end of a page the rest of a label stands where it may. */
		turned |= i > row->from && line_begins_page(&r->lines[i]);
		if (turned && r->nwords) {
			for (size_t k = 0; k < parts.n; k++)
				add_piece(r, last_label(r), &parts.v[k], i);
			continue;
		}
		first = parts.first;
		behind = parts.n - parts.first - parts.values;
		if (i == row->valued) {
			found = parts.values;
			r->taken = parts.taken;
			memcpy(values, parts.v + first, found * sizeof *values);
			add_words(r, parts.v + first + found, behind, i, false);
		} else {
			first = parts.n;
		}
		if (row->end - row->from > 1)
			first = part_at_gutters(g, &r->lines[i], parts.v, first);
		if (heads && s && s->values)
			first = part_heads(s, &r->lines[i], parts.v, first);
		add_words(r, parts.v, first, i, heads);
	}
	qsort(r->words, r->nwords, sizeof *r->words, by_start);
	for (r->nlabels = 0; r->nlabels < r->nwords; r->nlabels++)
		if (found && r->words[r->nlabels].start >= values[found - 1].start)
			break;
	return found;
}

static void
join_all(struct reading *r)
{
	for (size_t i = 0; i < r->nwords; i++)
		join_words(r, &r->words[i]);
}

/* Of a column of values, by side. */
struct column {
	size_t sum[SIDES], least[SIDES], most[SIDES];
};

static void
see_value(struct column *column, const struct field *value, bool first)
{
	for (enum side side = 0; side < SIDES; side++) {
		size_t at = stands_at(value, side);

		column->sum[side] = at + (first ? 0 : column->sum[side]);
		column->least[side] = first || at < column->least[side] ? at : column->least[side];
		column->most[side] = first || at > column->most[side] ? at : column->most[side];
	}
}

/* The side at which values keep to their columns best. */
static enum side
steadiest(const struct column *columns, size_t n)
{
	enum side best = SIDE_MIDDLE;
	size_t spread[SIDES] = {0};

	for (size_t c = 0; c < n; c++)
		for (enum side side = 0; side < SIDES; side++)
			spread[side] += columns[c].most[side] - columns[c].least[side];
	for (enum side side = 0; side < SIDES; side++)
		if (spread[side] < spread[best])
			best = side;
	return best;
}

static bool
have_number(const struct field *values, size_t n)
{
	while (n > 0)
		if (cell_kind(values[--n].text) == CELL_NUMBER)
			return true;
	return false;
}

/*
 * What the rows from `from` to `end` have in common, which have values but for heads at their beginning.  Those that have
 * nothing but dashes are the labels of groups: they may have one in the column of units, and of remarks.
 */
static struct section
find_section(struct reading *r, size_t from, size_t end)
{
	struct section s = {.start = SIZE_MAX, .side = SIDE_MIDDLE};
	struct column columns[FIELDS_MOST] = {{{0}, {0}, {0}}};
	struct field values[FIELDS_MOST];
	size_t rows = 0;
	bool number = false;

	for (size_t i = from; i < end; i++) {
		size_t n = r->rows[i].valued == r->rows[i].end ? 0 : read_words(r, &r->rows[i], NULL, values);
		bool found = have_number(values, n);

		if (n == 0 || (number && !found))
			continue;
		if (found && !number) {
			number = true;
			s.values = s.labels = 0;
			s.start = SIZE_MAX;
		}
		s.labels = r->nlabels > s.labels ? r->nlabels : s.labels;
		s.start = values[0].start < s.start ? values[0].start : s.start;
		if (n > s.values) {
			s.values = n;
			rows = s.sure = 0;
		}
		for (size_t c = 0; c < n && n == s.values; c++)
			see_value(&columns[c], &values[c], rows == 0);
		rows += n == s.values;
		s.sure += n == s.values && !r->taken;
	}
	s.side = steadiest(columns, s.values);
	for (size_t c = 0; c < s.values; c++)
		s.at[c] = (columns[c].sum[s.side] + rows / 2) / rows;
	for (size_t i = from; i < end && r->rows[i].valued == r->rows[i].end; i++) {
		read_words(r, &r->rows[i], &s, NULL);
		s.heads = r->nwords > 1 ? r->nwords : s.heads;
	}
	return s;
}

static bool
add_cell(struct reading *r, size_t line, struct span text, size_t col, enum grid grade)
{
	return cells_add(r->cells, (struct grid_cell){.line = line, .text = text, .row = r->row, .col = (uint32_t)col + 1,
		.grade = grade});
}

/* Fills up a row with blank cells, to before the column. */
static bool
fill(struct reading *r, size_t line, size_t *col, size_t to, enum grid grade)
{
	for (; *col < to; ++*col)
		if (!add_cell(r, line, SPAN(""), *col, grade))
			return false;
	return true;
}

/* Where each value stands; false if two would stand in one column, or one in none. */
static bool
place(const struct section *s, const struct field *values, size_t n, size_t *col)
{
	for (size_t i = 0; i < n; i++) {
		col[i] = n >= s->values ? i : nearest(s, &values[i]);
		if ((i > 0 && col[i] <= col[i - 1]) ||
			(n < s->values && off(s, col[i], &values[i]) > 2 * CLOSE))
			return false;
	}
	return true;
}

/* Whether a number stands behind the first of the labels: what was taken for values is something else. */
static bool
has_number_behind(const struct reading *r)
{
	for (size_t i = 1; i < r->nlabels; i++)
		if (is_bare(r->words[i].text))
			return true;
	return false;
}

static bool
add_values(struct reading *r, const struct row *row, const struct section *s)
{
	struct field values[FIELDS_MOST + 1];
	size_t n = read_words(r, row, NULL, values), at[FIELDS_MOST], col = 0, line = r->lines[row->valued].number;
	enum grid grade = GRID_ROWS;

	join_all(r);
	if (has_number_behind(r) || !place(s, values, n, at)) {
		for (size_t i = 0; i < r->nwords; i++)
			if (!cells_add(r->cells, (struct grid_cell){.line = line, .text = r->words[i].text, .grade = GRID_FAILED}))
				return false;
		for (size_t i = 0; i < n; i++)
			if (!cells_add(r->cells, (struct grid_cell){.line = line, .text = values[i].text, .grade = GRID_FAILED}))
				return false;
		return true;
	}
	if (!row->alone || n != s->values || r->nlabels == 0 ||
		(r->taken && s->sure == 0 && s->heads != r->nlabels + n))
		grade = GRID_ASSUMED;
	r->row++;
	if (!fill(r, line, &col, s->labels > r->nlabels ? s->labels - r->nlabels : 0, grade))
		return false;
	for (size_t i = 0; i < r->nlabels; i++)
		if (!add_cell(r, line, r->words[i].text, col++, grade))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!fill(r, line, &col, s->labels + at[i], grade) || !add_cell(r, line, values[i].text, col++, grade))
			return false;
	if (!fill(r, line, &col, s->labels + s->values, grade))
		return false;
	for (size_t i = r->nlabels; i < r->nwords; i++)
		if (!add_cell(r, line, r->words[i].text, col++, grade))
			return false;
	return true;
}

/* Heads: those above a column of values are given its place. */
static bool
add_heads(struct reading *r, const struct row *row, const struct section *s)
{
	size_t col = 0, line = r->lines[row->from].number;

	read_words(r, row, s, NULL);
	join_all(r);
	r->row++;
	for (size_t i = 0; i < r->nwords; i++) {
		const struct cell_words *w = &r->words[i];
		struct field f = {w->text, w->start, w->end};
		size_t to = s->values && w->end > s->start ? s->labels + column_below(s, &f) : col;

		if (!fill(r, line, &col, to, GRID_ASSUMED) || !add_cell(r, line, w->text, col++, GRID_ASSUMED))
			return false;
	}
	return true;
}

bool
paper_read(const struct text_line *lines, size_t from, size_t end, struct buf *joined, struct cells *cells)
{
	struct reading r = {.lines = lines, .joined = joined, .cells = cells};
	bool good = true;

	for (size_t i = from; i < end;) {
		size_t stop = block_end(lines, end, i);

		add_block(&r, i, stop);
		i = stop;
	}
	for (size_t i = 0; i < r.n && good;) {
		size_t first = i, stop;
		struct section s;

		while (first < r.n && r.rows[first].valued == r.rows[first].end)
			first++;
		for (stop = first; stop < r.n && r.rows[stop].valued < r.rows[stop].end;)
			stop++;
		s = find_section(&r, first, stop);
		for (; i < stop && good; i++)
			good = i < first ? add_heads(&r, &r.rows[i], &s) : add_values(&r, &r.rows[i], &s);
	}
	free(r.rows);
	free(r.pieces);
	return good;
}
