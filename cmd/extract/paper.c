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
	CLOSE = 2,        /* columns of the page a value's middle may be off, twice */
};

static bool
is_value(struct span s)
{
	enum cell_kind kind = cell_kind(s);

	return kind == CELL_NUMBER || kind == CELL_MARK;
}

/* The fields of a line, of which some are values: the last ones that follow each other. */
struct parts {
	struct field v[FIELDS_MOST];
	size_t n, first, values; /* what stands behind the values is a remark */
};

static void
split(const struct text_line *line, struct parts *p)
{
	size_t end;

	p->n = fields_split(line, false, p->v);
	for (end = p->n; end > 0 && !is_value(p->v[end - 1].text); end--)
		;
	for (p->first = end; p->first > 0 && is_value(p->v[p->first - 1].text); p->first--)
		;
	p->values = end - p->first;
	/* A number before words is the row's own, unless a label stands before it. */
	if (end < p->n && p->first == 0)
		p->values = 0;
	if (p->values == 0)
		p->first = p->n;
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
	return i < n && lines[i].number == lines[i - 1].number + 1 && !line_begins_page(&lines[i]);
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

/* Rows with heads above them, whose values stand below each other. */
struct section {
	size_t values, labels;               /* columns */
	size_t start;                        /* where the first value begins */
	size_t middle[FIELDS_MOST];          /* of each column of values, twice */
};

/* Words that stand above each other. */
struct words {
	size_t start, end;  /* columns of the page */
	size_t line;        /* the last */
	size_t first, last; /* pieces */
	struct span text;   /* of all, once they are put together */
};

struct piece_of {
	struct span text;
	size_t next; /* of the same words, SIZE_MAX behind the last */
};

struct reading {
	const struct text_line *lines;
	struct buf *joined;
	struct cells *cells;
	struct row *rows;
	size_t n, cap;
	/* Of the row being read. */
	struct words words[FIELDS_MOST];
	size_t nwords, nlabels; /* all, and those before the values */
	struct piece_of *pieces;
	size_t npieces, pieces_cap;
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
static struct words *
words_above(struct reading *r, const struct field *f, size_t line, bool heads)
{
	struct words *above = NULL;

	for (size_t i = 0; i < r->nwords; i++) {
		struct words *w = &r->words[i];

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
add_piece(struct reading *r, struct words *w, const struct field *f, size_t line)
{
	if (!w && r->nwords == FIELDS_MOST)
		w = &r->words[FIELDS_MOST - 1];
	r->pieces = grow(r->pieces, r->npieces, &r->pieces_cap, sizeof *r->pieces);
	r->pieces[r->npieces] = (struct piece_of){f->text, SIZE_MAX};
	if (w) {
		r->pieces[w->last].next = r->npieces;
	} else {
		w = &r->words[r->nwords++];
		*w = (struct words){.start = f->start, .end = f->end, .first = r->npieces};
	}
	w->last = r->npieces++;
	w->line = line;
}

/* Puts the pieces of words together. */
static void
join_words(struct reading *r, struct words *w)
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
		struct words *above = words_above(r, f, line, heads);

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
	const struct words *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* The words farthest to the right that are a label rather than a unit. */
static struct words *
last_label(struct reading *r)
{
	struct words *last = NULL;

	for (size_t i = 0; i < r->nwords; i++)
		if (cell_kind(r->pieces[r->words[i].first].text) == CELL_LABEL && (!last || r->words[i].start > last->start))
			last = &r->words[i];
	return last ? last : &r->words[r->nwords - 1];
}

/* Gathers the words of a row, from left to right; the values of its line with values go to *values, and their number back. */
static size_t
read_words(struct reading *r, const struct row *row, struct field *values)
{
	struct parts parts;
	size_t found = 0;
	bool turned = false;

	r->nwords = r->npieces = 0;
	for (size_t i = row->from; i < row->end; i++) {
		split(&r->lines[i], &parts);
		/* Behind the end of a page the rest of a label stands where it may. */
		turned |= i > row->from && line_begins_page(&r->lines[i]);
		if (turned && r->nwords) {
			add_piece(r, last_label(r), &parts.v[0], i);
			continue;
		}
		if (i != row->valued) {
			add_words(r, parts.v, parts.n, i, row->valued == row->end);
			continue;
		}
		found = parts.values;
		memcpy(values, parts.v + parts.first, found * sizeof *values);
		add_words(r, parts.v, parts.first, i, false);
		add_words(r, parts.v + parts.first + found, parts.n - parts.first - found, i, false);
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

/* What the rows from `from` to `end`, which have values but for heads at their beginning, have in common. */
static struct section
find_section(struct reading *r, size_t from, size_t end)
{
	struct section s = {0, 0, SIZE_MAX, {0}};
	struct field values[FIELDS_MOST];
	size_t rows = 0;

	for (size_t i = from; i < end; i++) {
		size_t n = r->rows[i].valued == r->rows[i].end ? 0 : read_words(r, &r->rows[i], values);

		if (n == 0)
			continue;
		s.labels = r->nlabels > s.labels ? r->nlabels : s.labels;
		s.start = values[0].start < s.start ? values[0].start : s.start;
		if (n > s.values) {
			s.values = n;
			rows = 0;
			memset(s.middle, 0, sizeof s.middle);
		}
		for (size_t c = 0; c < n && n == s.values; c++)
			s.middle[c] += values[c].start + values[c].end;
		rows += n == s.values;
	}
	for (size_t c = 0; c < s.values; c++)
		s.middle[c] = (s.middle[c] + rows / 2) / rows;
	return s;
}

static size_t
distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The column of values nearest to a field. */
static size_t
nearest(const struct section *s, size_t start, size_t end)
{
	size_t best = 0;

	for (size_t c = 1; c < s->values; c++)
		if (distance(s->middle[c], start + end) < distance(s->middle[best], start + end))
			best = c;
	return best;
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
		col[i] = n == s->values ? i : nearest(s, values[i].start, values[i].end);
		if ((i > 0 && col[i] <= col[i - 1]) ||
			(n < s->values && distance(s->middle[col[i]], values[i].start + values[i].end) > 2 * CLOSE))
			return false;
	}
	return true;
}

/*
 * A number that one blank parts from the label before it is the value of the first column, if one is missing that
 * stands there.
 */
static size_t
take_value(struct reading *r, const struct section *s, struct field *values, size_t n)
{
	struct words *last = r->nlabels ? &r->words[r->nlabels - 1] : NULL;
	size_t at, digits;
	struct field f;

	if (!last || n == s->values || (n && nearest(s, values[0].start, values[0].end) == 0))
		return n;
	for (at = last->text.n; at > 0 && last->text.p[at - 1] != ' '; at--)
		;
	digits = last->text.n - at;
	f = (struct field){span_of(last->text.p + at, digits), last->end - digits, last->end};
	if (at < 2 || cell_kind(f.text) != CELL_NUMBER || distance(s->middle[0], f.start + f.end) > 2 * CLOSE)
		return n;
	last->text = blank_trim(span_of(last->text.p, at));
	last->end = f.start - 1;
	memmove(values + 1, values, n * sizeof *values);
	values[0] = f;
	return n + 1;
}

static bool
add_values(struct reading *r, const struct row *row, const struct section *s)
{
	struct field values[FIELDS_MOST + 1];
	size_t n = read_words(r, row, values), at[FIELDS_MOST], col = 0, line = r->lines[row->valued].number;
	enum grid grade = GRID_ROWS;

	join_all(r);
	n = take_value(r, s, values, n);
	if (!place(s, values, n, at)) {
		for (size_t i = 0; i < r->nwords; i++)
			if (!cells_add(r->cells, (struct grid_cell){.line = line, .text = r->words[i].text, .grade = GRID_FAILED}))
				return false;
		for (size_t i = 0; i < n; i++)
			if (!cells_add(r->cells, (struct grid_cell){.line = line, .text = values[i].text, .grade = GRID_FAILED}))
				return false;
		return true;
	}
	if (!row->alone || n < s->values || r->nlabels == 0)
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

	read_words(r, row, NULL);
	join_all(r);
	r->row++;
	for (size_t i = 0; i < r->nwords; i++) {
		const struct words *w = &r->words[i];
		size_t to = col;

		if (s->values && w->end > s->start) {
			to = s->labels + nearest(s, w->start, w->end);
			for (size_t c = 0; c < s->values; c++)
				if (s->middle[c] >= 2 * w->start && s->middle[c] <= 2 * w->end && s->labels + c < to)
					to = s->labels + c;
		}
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
