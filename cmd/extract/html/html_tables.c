#include "html_parts.h"

void
html_open_table(struct html *h, const char *p, const struct attributes *a)
{
	struct open_table *t;

	html_end_line(h);
	if (h->depth >= h->limits.nesting) {
		html_refuse(h, p, "tables nested deeper than --max-nesting");
		return;
	}
	if (h->collecting && !html_covered(h) && !(a->display & HIDDEN)) {
		/* The cell it stands in is layout. */
		html_release_segments(h);
		html_top(h)->container = html_top(h)->layout = true;
		h->collecting = false;
	}
	h->foreign = false;
	h->tables = grow(h->tables, h->depth, &h->tables_cap, sizeof *h->tables);
	t = &h->tables[h->depth++];
	*t = (struct open_table){.mode = IN_TABLE,
		.number = ++h->ntables,
		.collecting = h->collecting,
		.hidden = a->display & HIDDEN};
	t->slots = slots_open(&h->slots);
	h->collecting = false;
	h->hidden += t->hidden;
}

void
html_open_section(struct html *h, enum tag tag, const struct attributes *a)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	t->mode = IN_BODY;
	t->section = tag;
	t->hidden_section = a && (a->display & (HIDDEN | COLLAPSED));
	h->hidden += t->hidden_section;
	slots_group(&t->slots, tag == TAG_TFOOT);
}

void
html_open_row(struct html *h, const struct attributes *a)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	t->mode = IN_ROW;
	t->hidden_row = a && (a->display & (HIDDEN | COLLAPSED));
	h->hidden += t->hidden_row;
	t->row_texts = 0;
	t->placed_row = !html_covered(h);
	if (t->placed_row)
		slots_row(&t->slots);
}

void
html_close_row(struct html *h)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	if (t->placed_row)
		slots_row_end(&t->slots);
	h->hidden -= t->hidden_row;
	t->hidden_row = false;
	t->mode = IN_BODY;
}

static void
set_rows(void *context, size_t piece, uint32_t rows)
{
	struct pieces *out = context;

	out->v[piece].rows = rows;
}

void
html_close_section(struct html *h)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	slots_group_end(&h->slots, &t->slots, set_rows, h->out);
	h->hidden -= t->hidden_section;
	t->hidden_section = false;
	t->mode = IN_TABLE;
}

/* Gives the rows the places they have with every tfoot at the bottom. */
static void
sink_feet(struct html *h, const struct open_table *t)
{
	struct slots_final final;
	uint32_t first = 0;

	if (!slots_moved(&h->slots, &t->slots, &final))
		return;
	/* The rows are asked for from the top: the chain is turned round. */
	for (uint32_t at = t->last_cell, before; at; at = before) {
		before = h->chain[at - 1];
		h->chain[at - 1] = first;
		first = at;
	}
	for (uint32_t at = first; at; at = h->chain[at - 1]) {
		struct piece *piece = &h->out->v[at - 1];

		piece->row = slots_final(&h->slots, &t->slots, &final, piece->row - 1) + 1;
	}
}

/* A table that only sets out the page: its other cells are lines of text as well. */
static void
dissolve(struct html *h, const struct open_table *t)
{
	for (uint32_t at = t->last_cell; at; at = h->chain[at - 1]) {
		struct piece *piece = &h->out->v[at - 1];

		h->dead |= piece->length == 0;
		*piece = (struct piece){.kind = piece->length ? PIECE_TEXT : PIECE_KINDS,
			.line = piece->line,
			.text = piece->text,
			.length = piece->length,
			.begin = piece->begin};
	}
}

void
html_bury(struct html *h, size_t first)
{
	struct pieces *out = h->out;
	size_t kept = first;

	for (size_t i = first; i < out->n; i++)
		if (out->v[i].kind != PIECE_KINDS)
			out->v[kept++] = out->v[i];
	out->n = kept;
}

void
html_close_table(struct html *h)
{
	struct open_table *t = html_top(h);

	if (t->mode == IN_CELL)
		html_close_cell(h);
	if (t->mode == IN_CAPTION)
		html_close_caption(h);
	if (t->mode == IN_ROW)
		html_close_row(h);
	if (t->mode == IN_BODY)
		html_close_section(h);
	html_lift_veil(h);
	html_end_line(h);
	if (t->layout && !t->pairs)
		dissolve(h, t);
	else
		sink_feet(h, t);
	slots_close(&h->slots, &t->slots);
	h->hidden -= t->hidden;
	h->collecting = t->collecting;
	h->line.struck = 0;
	h->depth--;
}
