#include "glued.h"

#include <stdlib.h>
#include <string.h>

#include "facts.h"

enum {
	LEAST_NUMBERS = 6, /* of a sentence that is looked at, with a label behind each */
	SHORTEST = 240,    /* bytes of it */
	LEAST_ROWS = 5,    /* of a form, before it is believed */
	LONGEST = 360,     /* bytes of a label or header */
	LONGEST_UNIT = 9,
	LONGEST_NUMBERING = 24, /* with some of its label */
	LOOKUPS = 60000,   /* of a page: its time is bounded */
	MOST_FORMS = 64,
	MOST_VALUES = 16,  /* columns */
	MOST_DIGITS = 60,  /* of a row */
	PARTINGS = 400000, /* steps to part digits, of a page */
	SEARCHED = 1 << 24, /* bytes, of a page, for figures of its tables */
};

enum token_kind { TOKEN_ROW, TOKEN_HEADER, TOKEN_UNIT };

/* A label of a form's row, a header, or a unit. */
struct token {
	struct span text;
	const struct row_ref *row;
	size_t nrows;
	enum token_kind kind;
	enum header header;
	bool doubtful; /* words that are none of these stand right before it, and no numbering between */
};

/* What stands between two numbers, and the second of them. */
struct segment {
	struct span words, number;
	size_t token, n; /* of gluer.token */
	bool open;       /* words that are none stand right before the number */
};

struct gluer {
	struct page *page;
	const struct form_book *book;
	struct buf *keys;
	size_t lookups, partings, searched; /* left */
	size_t item;    /* the text */
	struct token *token;
	size_t ntokens, tokens_cap;
	struct segment *segment;
	size_t nsegments, segments_cap;
	uint16_t form;
	uint64_t refused; /* sheets of the form, a bit each, of which no row is sure */
	size_t head, nhead; /* tokens of the header that names one column of values; 0: rows with one value are not read */
	uint32_t table, row, col; /* of the cell written last */
	const struct form_sheet *sheet; /* whose header was written last */
	struct glued *found;
};

/* The next number of the text, none of a remark, …（相同信息计1条）; at its end if none is left. */
static struct span
next_number(struct span text)
{
	size_t depth = 0, at = 0, end;

	for (; at < text.n && (depth || !is_digit(text.p[at])); at++) {
		depth += text.p[at] == '(';
		depth -= depth && text.p[at] == ')';
	}
	for (end = at; end < text.n && (is_digit(text.p[end]) ||
				(text.p[end] == '.' && end + 1 < text.n && is_digit(text.p[end + 1]))); end++)
		;
	return span_of(text.p + at, end - at);
}

/* Whether the words begin with what numbers a section or a group, 四、 or （一）. */
static bool
is_numbered(const struct gluer *g, struct span words)
{
	struct label label;

	buf_reset(g->keys);
	label = label_read(g->book->labels, span_head(words, words.n < LONGEST_NUMBERING ? words.n : LONGEST_NUMBERING), g->keys);
	return label.numbering == NUMBER_SECTION || label.numbering == NUMBER_BRACKET;
}

/* Where the words up to n end with what numbers the label behind them, 三、办理结果（一）: where that begins; else n. */
static size_t
before_numbering(const struct gluer *g, struct span words, size_t n)
{
	size_t open = n;

	if (n == words.n || words.p[n - 1] != ')')
		return n;
	while (open > 0 && words.p[open] != '(')
		open--;
	return open > 0 && is_numbered(g, span_from(words, open)) ? open : n;
}

/* The longest label or header that the words begin with. */
static bool
read_label(struct gluer *g, struct span words, struct token *token)
{
	size_t n = words.n < LONGEST ? words.n : LONGEST;

	for (; n > 0 && g->lookups > 0; n--) {
		struct label label;
		size_t columns;

		if (n < words.n && ((unsigned char)words.p[n] & 0xc0) == 0x80)
			continue;
		g->lookups--;
		buf_reset(g->keys);
		label = label_read(g->book->labels, span_of(words.p, n), g->keys);
		if (!label.key.n)
			return false;
		*token = (struct token){.text = span_of(words.p, n)};
		token->row = form_book_rows(g->book, &label, &token->nrows);
		token->header = form_book_header(g->book, &label);
		form_book_columns(g->book, &label, &columns);
		token->doubtful = label.numbering == NUMBER_NONE && !label.of_which;
		/* 总计 heads a column, （七）总计 is a row. */
		token->kind = token->nrows && (columns == 0 || !token->doubtful) ? TOKEN_ROW : TOKEN_HEADER;
		if (token->nrows || token->header != HEADER_NONE || columns) {
			token->text.n = before_numbering(g, words, n);
			return true;
		}
	}
	return false;
}

/* A unit that the words begin with, before another label or their end. */
static bool
read_unit(struct gluer *g, struct span words, struct token *token)
{
	for (size_t n = LONGEST_UNIT; n > 0; n--) {
		struct token next;

		if (n > words.n || (n < words.n && ((unsigned char)words.p[n] & 0xc0) == 0x80) ||
			!units_stands_alone(g->book->units, units_text(span_of(words.p, n))) ||
			(n < words.n && !read_label(g, span_from(words, n), &next)))
			continue;
		*token = (struct token){.text = span_of(words.p, n), .kind = TOKEN_UNIT};
		return true;
	}
	return false;
}

/* Reads a segment: its words become tokens. */
static void
read_segment(struct gluer *g, struct span words, struct span number)
{
	struct segment *s;

	g->segment = grow(g->segment, g->nsegments, &g->segments_cap, sizeof *g->segment);
	s = &g->segment[g->nsegments++];
	*s = (struct segment){.words = words, .number = number, .token = g->ntokens};
	while (words.n) {
		struct token token;
		size_t n = span_step(words);

		if (read_unit(g, words, &token) || read_label(g, words, &token)) {
			g->token = grow(g->token, g->ntokens, &g->tokens_cap, sizeof *g->token);
			/* 3 and .其他 */
			if (words.p == s->words.p && words.p[0] == '.' && token.nrows)
				token.kind = TOKEN_ROW;
			token.doubtful &= s->open;
			g->token[g->ntokens++] = token;
			s->n++;
			s->open = false;
			n = token.text.n;
		} else {
			s->open |= (unsigned char)words.p[0] >= 0x80;
		}
		words = span_from(words, n);
	}
}

/* The label that the segment's number belongs to; NULL if that is not sure. */
static const struct token *
label_of(const struct gluer *g, const struct segment *s)
{
	size_t n = s->n;

	if (s->open)
		return NULL;
	if (n && g->token[s->token + n - 1].kind == TOKEN_UNIT)
		n--;
	return n && g->token[s->token + n - 1].kind == TOKEN_ROW && !g->token[s->token + n - 1].doubtful
		? &g->token[s->token + n - 1] : NULL;
}

/* The row of the form that the label is of, the first of several alike; NULL if none. */
static const struct edition_row *
row_of(const struct gluer *g, const struct token *label)
{
	for (size_t i = 0; i < label->nrows; i++)
		if (label->row[i].form == g->form)
			return &g->book->edition[g->form].row[label->row[i].row];
	return NULL;
}

/* Whether the form has no values for the row itself: a heading. */
static bool
is_heading(const struct edition_row *row)
{
	return row->row->type == ROW_SECTION || row->row->type == ROW_GROUP;
}

/* The form that most numbers have a label of, in g->form; false if it has too few. */
static bool
find_form(struct gluer *g)
{
	uint32_t count[MOST_FORMS] = {0}, most = 0;

	for (size_t i = 0; i < g->nsegments; i++) {
		const struct token *label = label_of(g, &g->segment[i]);
		uint16_t last = NO_FORM;

		for (size_t k = 0; label && k < label->nrows; k++) {
			const struct row_ref *ref = &label->row[k];

			if (ref->form == last || ref->form >= MOST_FORMS || is_heading(&g->book->edition[ref->form].row[ref->row]))
				continue;
			last = ref->form;
			if (++count[last] > most) {
				most = count[last];
				g->form = last;
			}
		}
	}
	return most >= LEAST_ROWS;
}

/* The label that the words of a segment begin with; NULL if they begin with none. */
static const struct token *
first_label(const struct gluer *g, const struct segment *s)
{
	const struct token *t = s->n ? &g->token[s->token] : NULL;

	return t && t->text.p == s->words.p && t->kind != TOKEN_UNIT ? t : NULL;
}

/* Whether a number stands between a label or unit and a label, with no sign that may be of it. */
static bool
stands_alone(const struct gluer *g, const struct segment *s, const struct segment *next)
{
	struct span words = s->words;

	if (next->words.n && !first_label(g, next) && !is_numbered(g, next->words))
		return false;
	/* Of signs only these are of labels, …“三安全一稳定”; a dash may be a minus, or a value. */
	return span_ends(words, SPAN(")")) || span_ends(words, SPAN("”")) ||
	       (words.n >= 3 && (unsigned char)words.p[words.n - 3] >= 0xe3);
}

/* Bytes at the end of the number that are the numeral; 0 if it does not end so. */
static size_t
ends_in(struct span number, unsigned numeral)
{
	size_t n = 0;

	for (; numeral; numeral /= 10, n++)
		if (number.n <= n || number.p[number.n - 1 - n] != (char)('0' + numeral % 10))
			return 0;
	return n;
}

/*
 * Takes off a number's end what numbers the label behind it: of 92 before .政府网站…, the form's 2., 9 is left.  False if
 * it may be so or not.
 */
static bool
take_numbering(const struct gluer *g, const struct segment *next, struct span *number)
{
	bool stop = next->words.n && next->words.p[0] == '.';
	const struct token *label = first_label(g, next);
	size_t numeral = 0;

	for (size_t i = 0; label && i < label->nrows; i++) {
		const struct edition_row *row = &g->book->edition[label->row[i].form].row[label->row[i].row];
		size_t n = label->row[i].form == g->form && row->numbering == NUMBER_DIGIT ? ends_in(*number, row->number) : 0;

		if (n && numeral && n != numeral)
			return false;
		numeral = n ? n : numeral;
	}
	if (stop != (numeral > 0))
		return false;
	number->n -= numeral;
	return number->n == 0 || number->p[number->n - 1] != '.';
}

/* The ways to part digits into numbers, the last the sum of the others. */
struct parting {
	struct span digits;
	size_t *steps; /* left */
	size_t columns, ways;
	size_t end[MOST_VALUES], found[MOST_VALUES];
};

static void
part(struct parting *p, size_t column, size_t from, uint64_t sum)
{
	uint64_t number = 0;
	size_t left = p->columns - column - 1;

	for (size_t end = from + 1; end + left <= p->digits.n && p->ways < 2; end++) {
		if (*p->steps == 0) {
			p->ways = 2;
			return;
		}
		--*p->steps;
		/* No number but nought begins with one. */
		if (end > from + 1 && p->digits.p[from] == '0')
			return;
		number = 10 * number + (uint64_t)(p->digits.p[end - 1] - '0');
		if (number > UINT32_MAX)
			return;
		p->end[column] = end;
		if (left)
			part(p, column + 1, end, sum + number);
		else if (end == p->digits.n && number == sum && p->ways++ == 0)
			memcpy(p->found, p->end, sizeof p->found);
	}
}

/* A number as normalize writes it: no nought ends its decimals. */
static struct span
plain(struct span number)
{
	if (memchr(number.p, '.', number.n))
		while (number.p[number.n - 1] == '0')
			number.n--;
	return number.n && number.p[number.n - 1] == '.' ? span_head(number, number.n - 1) : number;
}

static void
add_cell(struct gluer *g, struct span text, bool number)
{
	struct item cell = {
		.text = text,
		.value = number ? plain(text) : SPAN(""),
		.unit = SPAN(""),
		.line = g->page->items[g->item].line,
		.table = g->table,
		.row = g->row,
		.col = ++g->col,
		.rows = 1,
		.cols = 1,
		.kind = ITEM_CELL,
		.grid = GRID_PROVED,
		.state = text.n == 0 ? STATE_BLANK : number ? STATE_NUMBER : STATE_TEXT,
	};

	page_add_item(g->page, &cell, g->item);
}

static void
begin_row(struct gluer *g)
{
	g->row++;
	g->col = 0;
}

/* The place of the column's name in the words, from *at on; its end in *at. */
static bool
find_name(struct span words, struct span name, size_t *at)
{
	size_t found = *at + span_find(span_from(words, *at), name);

	*at = found + name.n;
	return found < words.n;
}

/*
 * Writes the header of a table with several columns, whose names stand before its first row: those whose sum the last is in
 * the order of the form, the last wherever it is.  False if they do not.
 */
static bool
add_columns(struct gluer *g, const struct form_sheet *sheet, struct span words)
{
	const struct form_column *column = &g->book->forms->column[sheet->first];
	size_t at = 0, last = 0;

	if (!find_name(words, column[sheet->n - 1].label, &last))
		return false;
	for (size_t i = 0; i + 1 < sheet->n; i++)
		if (!find_name(words, column[i].label, &at))
			return false;
	begin_row(g);
	g->col++; /* of the labels */
	for (size_t i = 0; i < sheet->n; i++)
		add_cell(g, column[i].label, false);
	g->sheet = sheet;
	return true;
}

/* Writes what stands before the label of a segment's number: the header, labels without a value, those with a blank one. */
static void
add_before(struct gluer *g, const struct segment *s, const struct token *label)
{
	const struct token *first = &g->token[s->token < g->head ? g->head : s->token];

	for (const struct token *t = first; t < label; t++)
		if (t->kind == TOKEN_ROW) {
			begin_row(g);
			add_cell(g, t->text, false);
			if (t[1].kind == TOKEN_UNIT) {
				add_cell(g, t[1].text, false);
				add_cell(g, SPAN(""), false);
			}
		} else if (g->nhead && t == &g->token[g->head]) {
			begin_row(g);
			for (size_t i = 0; i < g->nhead; i++)
				add_cell(g, t[i].text, false);
		}
}

/* The table with several columns that the row is of; NULL if it has one value. */
static const struct form_sheet *
sheet_of(const struct gluer *g, const struct edition_row *row)
{
	const struct form_sheet *sheet = row ? &g->book->edition[g->form].sheet[row->sheet] : NULL;

	return sheet && row->row->dimension.n && sheet->n > 1 ? sheet : NULL;
}

/* Parts the values of a row with several columns. */
static void
part_values(struct gluer *g, const struct form_sheet *sheet, struct span number, struct parting *p)
{
	*p = (struct parting){.digits = number, .steps = &g->partings, .columns = sheet->n};
	if (!sheet->wide && sheet->n <= MOST_VALUES && number.n <= MOST_DIGITS && !memchr(number.p, '.', number.n) &&
		span_eq(g->book->forms->column[sheet->first + sheet->n - 1].column, SPAN("total")))
		part(p, 0, 0, 0);
}

/* The number of a segment without what is of the next label; false if that is not sure. */
static bool
number_of(const struct gluer *g, size_t segment, struct span *number)
{
	const struct segment *s = &g->segment[segment];

	*number = s->number;
	return number->n && segment + 1 < g->nsegments && stands_alone(g, s, s + 1) &&
	       take_numbering(g, s + 1, number);
}

/* Notes that a label of the form was met. */
static void
note_rows(const struct gluer *g, const struct token *label, uint64_t met[MAX_ROWS / 64])
{
	for (size_t i = 0; i < label->nrows; i++)
		if (label->row[i].form == g->form)
			met[label->row[i].row / 64] |= UINT64_C(1) << label->row[i].row % 64;
}

/*
 * Refuses the tables with several columns that lack a row of the form, or have one whose values no way or too few digits
 * close, or none: where cells are blank, one way that closes is not the only one.
 */
static void
refuse_sheets(struct gluer *g)
{
	const struct edition *ed = &g->book->edition[g->form];
	uint64_t met[MAX_ROWS / 64] = {0};

	for (size_t i = 0; i < g->nsegments; i++) {
		const struct segment *s = &g->segment[i];
		const struct token *label = label_of(g, s);

		for (size_t t = s->token; t < s->token + s->n; t++) {
			const struct edition_row *row = g->token[t].kind == TOKEN_ROW ? row_of(g, &g->token[t]) : NULL;
			const struct form_sheet *sheet = sheet_of(g, row);
			struct parting p = {.ways = 0};
			struct span number;

			if (!sheet || is_heading(row))
				continue;
			if (&g->token[t] == label && number_of(g, i, &number))
				part_values(g, sheet, number, &p);
			if (p.ways == 0)
				g->refused |= UINT64_C(1) << row->sheet % 64;
			note_rows(g, &g->token[t], met);
		}
	}
	for (size_t r = 0; r < ed->nrows; r++)
		if (sheet_of(g, &ed->row[r]) && !is_heading(&ed->row[r]) && !(met[r / 64] >> r % 64 & 1))
			g->refused |= UINT64_C(1) << ed->row[r].sheet % 64;
}

/* The values of a row, each in its column; `number` is what stands behind its label, `sure` if it is known where it ends. */
static void
add_values(struct gluer *g, const struct segment *s, const struct token *label, const struct form_sheet *sheet,
	struct span number, bool sure)
{
	struct parting p;

	if (!sheet) {
		if (label + 1 < &g->token[s->token + s->n])
			add_cell(g, label[1].text, false);
		add_cell(g, number, sure && number.n > 0);
		g->found->lost -= sure;
		return;
	}
	part_values(g, sheet, number, &p);
	sure = sure && p.ways == 1;
	/* What can be parted in several ways is kept as text in each of its cells. */
	for (size_t i = 0, from = 0; i < sheet->n; from = p.found[i++])
		add_cell(g, sure ? span_of(number.p + from, p.found[i] - from) : number, sure);
	g->found->lost -= sure;
}

/* Writes the row of a segment that has one. */
static void
add_row(struct gluer *g, size_t segment)
{
	const struct segment *s = &g->segment[segment];
	const struct token *label = label_of(g, s);
	const struct edition_row *row = row_of(g, label);
	const struct form_sheet *sheet = sheet_of(g, row);
	struct span number;
	bool sure = number_of(g, segment, &number);

	if (is_heading(row)) {
		/* （三）不予公开1.属于…: the number is the next label's. */
		number = s->number;
		if (segment + 1 == g->nsegments || !take_numbering(g, s + 1, &number) || number.n)
			return;
	}
	/* 08 is a serial number, or two. */
	sure = sure && (sheet || number.n < 2 || number.p[0] != '0' || number.p[1] == '.');
	if ((sheet ? g->refused >> row->sheet % 64 & 1 : !g->nhead && !is_heading(row)) ||
		(sheet && g->sheet != sheet && !add_columns(g, sheet, s->words)))
		return;
	add_before(g, s, label);
	begin_row(g);
	add_cell(g, label->text, false);
	if (is_heading(row)) {
		g->found->lost--;
		return;
	}
	add_values(g, s, label, sheet, sure ? number : s->number, sure);
}

/* How many tokens name labels, perhaps units, and one column of values, and a row follows: 统计指标单位统计数一、…; 0: none. */
static size_t
names_one_value(const struct token *t, size_t n)
{
	size_t unit = n > 1 && t[1].header == HEADER_UNIT;

	for (size_t i = 0; i + 1 < n && i < 2 + unit; i++)
		if (t[i].text.p + t[i].text.n != t[i + 1].text.p)
			return 0;
	return n > 2 + unit && t[0].header == HEADER_LABEL && t[1 + unit].header == HEADER_VALUE && t[2 + unit].kind == TOKEN_ROW ? 2 + unit : 0;
}

/* Finds the header that names one column of values, g->head and g->nhead. */
static void
find_head(struct gluer *g)
{
	g->head = g->nhead = 0;
	for (const struct segment *s = g->segment; s < g->segment + g->nsegments; s++)
		for (size_t i = 0; i < s->n; i++) {
			const struct token *t = &g->token[s->token + i];
			size_t n = names_one_value(t, s->n - i);

			if (!n)
				continue;
			/* No header stands beside it: 序号统计指标单位统计数 */
			if (i == 0 || t->doubtful || t[-1].header == HEADER_NONE) {
				g->head = s->token + i;
				g->nhead = n;
			}
			return;
		}
}

/*
 * Figures of a sentence that is a table count nothing as they are.  Which of its text's are of it is searched for; where that
 * would take too long, all are.
 */
static void
mark_figures(struct gluer *g, struct span sentence)
{
	for (size_t i = g->item + 1; i < g->page->n && g->page->items[i].kind == ITEM_FIGURE; i++) {
		struct span clause = page_clause(g->page->items[i].text);
		size_t at = span_find(clause, SPAN("【"));

		if (g->searched < sentence.n)
			at = 0;
		else
			g->searched -= sentence.n;
		g->page->items[i].glued |= at == 0 || span_find(sentence, span_head(clause, at)) < sentence.n;
	}
}

static uint32_t
last_table(const struct page *page)
{
	uint32_t last = 0;

	for (size_t i = 0; i < page->n; i++)
		last = page->items[i].table > last ? page->items[i].table : last;
	return last;
}

/* Reads a sentence of the text, `last` if the text ends with it: if it is such a table, its cells are added. */
static void
read_sentence(struct gluer *g, struct span sentence, bool last)
{
	struct span rest = sentence;

	g->nsegments = g->ntokens = 0;
	while (rest.n && g->lookups) {
		struct span number = next_number(rest);

		read_segment(g, span_of(rest.p, (size_t)(number.p - rest.p)), number);
		rest = span_from(rest, (size_t)(number.p - rest.p) + number.n);
	}
	if (!g->lookups || !find_form(g))
		return;
	if (last)
		read_segment(g, rest, rest);
	mark_figures(g, sentence);
	if (!g->found->tables)
		g->table = last_table(g->page);
	g->table++;
	g->row = 0;
	g->sheet = NULL;
	g->refused = 0;
	find_head(g);
	refuse_sheets(g);
	if (!g->found->tables++)
		g->found->line = g->page->items[g->item].line;
	for (size_t i = 0, unknown = 0, rows = 0; i < g->nsegments; i++) {
		const struct token *label = label_of(g, &g->segment[i]);

		/* What stands before the first row or behind the last may be none of the table's. */
		if (!label || label < &g->token[g->head] || !row_of(g, label)) {
			unknown++;
			continue;
		}
		g->found->lost += 1 + (rows++ ? unknown : 0);
		unknown = 0;
		add_row(g, i);
	}
}

/* Whether what begins with the words may be the next label: neither a unit nor a sign of a sentence. */
static bool
may_be_label(const struct form_book *book, struct span words)
{
	size_t n = words.n ? span_step(words) : 0;

	if (n < 3)
		return n && (*words.p == '.' || *words.p == '(');
	return (unsigned char)*words.p >= 0xe4 && (unsigned char)*words.p < 0xef &&
	       !units_stands_alone(book->units, span_head(words, n));
}

/* Whether so many numbers stand between words that it may be a table; those of a sentence have units and commas. */
static bool
may_be_table(const struct form_book *book, struct span sentence)
{
	size_t numbers = 0;
	bool words = false;

	for (size_t i = 0; sentence.n >= SHORTEST && i < sentence.n && numbers < LEAST_NUMBERS;) {
		unsigned char c = (unsigned char)sentence.p[i];

		if (words && is_digit((char)c)) {
			while (i < sentence.n && is_digit(sentence.p[i]))
				i++;
			numbers += may_be_label(book, span_from(sentence, i));
			words = false;
			continue;
		}
		words = c >= 0xe0;
		i += words ? 3 : 1;
	}
	return numbers == LEAST_NUMBERS;
}

struct glued
glued_part(struct page *page, const struct form_book *book, struct buf *keys)
{
	struct glued found = {0};
	struct gluer g = {.page = page, .book = book, .keys = keys, .lookups = LOOKUPS, .partings = PARTINGS, .searched = SEARCHED,
		.found = &found};
	size_t n = page->n;

	for (g.item = 0; g.item < n; g.item++) {
		struct span rest = page->items[g.item].text;

		if (page->items[g.item].kind != ITEM_TEXT || rest.n < SHORTEST || g.item + 1 == n ||
			page->items[g.item + 1].kind != ITEM_FIGURE)
			continue;
		while (rest.n) {
			size_t end = span_find(rest, SPAN("。"));

			if (may_be_table(book, span_head(rest, end)))
				read_sentence(&g, span_head(rest, end), end == rest.n);
			rest = span_from(rest, end < rest.n ? end + SPAN("。").n : end);
		}
	}
	free(g.token);
	free(g.segment);
	return found;
}
