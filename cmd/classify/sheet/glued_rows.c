/* The rows of a glued table, written as cells of the page. */
#include "glued_parts.h"

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
add_before(struct gluer *g, const struct glued_segment *s, const struct glued_token *label)
{
	const struct glued_token *first = &g->token[s->token < g->head ? g->head : s->token];

	for (const struct glued_token *t = first; t < label; t++)
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

/* Notes that a label of the form was met. */
static void
note_rows(const struct gluer *g, const struct glued_token *label, uint64_t met[MAX_ROWS / 64])
{
	for (size_t i = 0; i < label->nrows; i++)
		if (label->row[i].form == g->form)
			met[label->row[i].row / 64] |= UINT64_C(1) << label->row[i].row % 64;
}

void
glued_refuse_sheets(struct gluer *g)
{
	const struct edition *ed = &g->book->edition[g->form];
	uint64_t met[MAX_ROWS / 64] = {0};

	for (size_t i = 0; i < g->nsegments; i++) {
		const struct glued_segment *s = &g->segment[i];
		const struct glued_token *label = glued_label_of(g, s);

		for (size_t t = s->token; t < s->token + s->n; t++) {
			const struct edition_row *row = g->token[t].kind == TOKEN_ROW ? glued_row_of(g, &g->token[t]) : NULL;
			const struct form_sheet *sheet = glued_sheet_of(g, row);
			struct parting p = {.ways = 0};
			struct span number;

			if (!sheet || glued_is_heading(row))
				continue;
			if (&g->token[t] == label && glued_number_of(g, i, &number))
				glued_part_values(g, sheet, number, &p);
			if (p.ways == 0)
				g->refused |= UINT64_C(1) << row->sheet % 64;
			note_rows(g, &g->token[t], met);
		}
	}
	for (size_t r = 0; r < ed->nrows; r++)
		if (glued_sheet_of(g, &ed->row[r]) && !glued_is_heading(&ed->row[r]) && !(met[r / 64] >> r % 64 & 1))
			g->refused |= UINT64_C(1) << ed->row[r].sheet % 64;
}

/* The values of a row, each in its column; `number` is what stands behind its label, `sure` if it is known where it ends. */
static void
add_values(struct gluer *g, const struct glued_segment *s, const struct glued_token *label, const struct form_sheet *sheet,
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
	glued_part_values(g, sheet, number, &p);
	sure = sure && p.ways == 1;
	/* What can be parted in several ways is kept as text in each of its cells. */
	for (size_t i = 0, from = 0; i < sheet->n; from = p.found[i++])
		add_cell(g, sure ? span_of(number.p + from, p.found[i] - from) : number, sure);
	g->found->lost -= sure;
}

void
glued_add_row(struct gluer *g, size_t segment)
{
	const struct glued_segment *s = &g->segment[segment];
	const struct glued_token *label = glued_label_of(g, s);
	const struct edition_row *row = glued_row_of(g, label);
	const struct form_sheet *sheet = glued_sheet_of(g, row);
	struct span number;
	bool sure = glued_number_of(g, segment, &number);

	if (glued_is_heading(row)) {
		/* （三）不予公开1.属于…: the number is the next label's. */
		number = s->number;
		if (segment + 1 == g->nsegments || !glued_take_numbering(g, s + 1, &number) || number.n)
			return;
	}
	/* 08 is a serial number, or two. */
	sure = sure && (sheet || number.n < 2 || number.p[0] != '0' || number.p[1] == '.');
	if ((sheet ? g->refused >> row->sheet % 64 & 1 : !g->nhead && !glued_is_heading(row)) ||
		(sheet && g->sheet != sheet && !add_columns(g, sheet, s->words)))
		return;
	add_before(g, s, label);
	begin_row(g);
	add_cell(g, label->text, false);
	if (glued_is_heading(row)) {
		g->found->lost--;
		return;
	}
	add_values(g, s, label, sheet, sure ? number : s->number, sure);
}
