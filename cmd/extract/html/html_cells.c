#include "html_parts.h"

enum {
	LINES_OF_LAYOUT = 16, /* make a cell none of data */
	LINES_OF_TEXT = 4,    /* at least, beside cells of data: there a label may be a sentence cut in two */
	SENTENCE = 60,        /* bytes from which on a line that holds a full stop is one, not a label */
};

void
html_open_cell(struct html *h, enum tag tag, const char *p, const struct attributes *a)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	if (++h->ncells > h->limits.cells)
		html_refuse(h, p, "more cells than --max-cells");
	t->mode = IN_CELL;
	t->kind = tag;
	t->cell_at = p;
	t->before = h->out->n;
	t->container = false;
	t->hidden_cell = a->display & HIDDEN;
	h->hidden += t->hidden_cell;
	t->outer_pre = h->line.pre;
	h->line.pre = 0;
	t->placed = !html_covered(h);
	if (!t->placed)
		return;
	h->collecting = true;
	h->wide = h->pre_lines = false;
	h->nsegments = 0;
	if (!slots_cell(&h->slots, &t->slots, a->has & KEPT_COLSPAN ? a->colspan : 1,
		    a->has & KEPT_ROWSPAN ? a->rowspan : 1, h->limits.columns, &t->cell))
		html_refuse(h, p, "a table too wide or too high");
	if (!a->display)
		return;
	h->line.struck = a->display & STRUCK;
	/* It keeps its place and is blank. */
	if (a->display & UNSEEN && !t->hidden_cell) {
		t->hidden_cell = true;
		h->hidden++;
	}
}

static bool
is_sentence(struct span line)
{
	return line.n >= SENTENCE && span_find(line, SPAN("\xe3\x80\x82")) < line.n;
}

/* Whether the lines of the open cell are a text set in it, not its datum. */
static bool
is_prose(const struct html *h, bool beside_data)
{
	size_t bars = 0;

	if (h->nsegments < (beside_data ? LINES_OF_TEXT : 2))
		return false;
	if (h->nsegments >= LINES_OF_LAYOUT || h->pre_lines)
		return true;
	for (size_t i = 0; i < h->nsegments; i++) {
		struct span line =
			span_of(h->out->text.p + h->segments[i].start, h->segments[i].length);

		bars += memchr(line.p, '|', line.n) != NULL;
		if (bars > 1 || is_sentence(line))
			return true;
	}
	return false;
}

/* The last piece is a cell of the table. */
static void
link_cell(struct html *h, struct open_table *t)
{
	size_t at = h->out->n - 1;

	if (t->cell.growing != SIZE_MAX)
		h->slots.growing[t->cell.growing].piece = at;
	h->chain = grow(h->chain, at, &h->chain_cap, sizeof *h->chain);
	h->chain[at] = t->last_cell;
	t->last_cell = (uint32_t)h->out->n;
}

static void
write_cell(struct html *h, struct open_table *t)
{
	struct buf *text = &h->out->text;
	struct piece *piece = html_next_piece(h);

	*piece = (struct piece){.kind = PIECE_CELL,
		.grid = GRID_HTML,
		.table = t->number,
		.row = t->cell.row + 1,
		.col = t->cell.col + 1,
		.rows = t->cell.rows,
		.cols = t->cell.cols,
		.text = text->n};

	if (h->nsegments) {
		const struct segment *last = &h->segments[h->nsegments - 1];

		piece->line = h->segments[0].line;
		piece->begin = h->segments[0].begin;
		piece->text = h->segments[0].start;
		piece->length = last->start + last->length - piece->text;
		text->n = piece->text + piece->length;
		if (h->wide)
			piece->length = html_collapse(text, piece->text, piece->length);
		h->nsegments = 0;
		t->pairs |= ++t->row_texts > 1;
		t->layout |= is_sentence(span_of(text->p + piece->text, piece->length));
	} else {
		piece->line = place_line(&h->place, t->cell_at);
		piece->begin = (size_t)(t->cell_at - h->place.start) + 1;
	}
	h->out->n++;
	link_cell(h, t);
}

/* A datum set in a table of its own, of that cell alone, is the datum of the cell around it. */
static void
adopt_cell(struct html *h, struct open_table *t)
{
	struct piece *piece;

	if (h->out->n != t->before + 1)
		return;
	piece = &h->out->v[t->before];
	/* A row of two texts makes the table one of data. */
	if (piece->kind != PIECE_CELL || !(t->pairs || (t->row_texts && piece->length)))
		return;
	piece->table = t->number;
	piece->row = t->cell.row + 1;
	piece->col = t->cell.col + 1;
	piece->rows = t->cell.rows;
	piece->cols = t->cell.cols;
	if (piece->length)
		t->pairs |= ++t->row_texts > 1;
	link_cell(h, t);
}

void
html_close_cell(struct html *h)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	h->line.pre = t->outer_pre;
	if (h->line.struck)
		h->line.struck = 0;
	if (t->placed && !t->container) {
		if (is_prose(h, t->pairs || t->row_texts)) {
			html_release_segments(h);
			t->layout = true;
		} else {
			write_cell(h, t);
		}
		h->collecting = false;
	} else if (t->placed) {
		adopt_cell(h, t);
	}
	h->hidden -= t->hidden_cell;
	t->hidden_cell = false;
	t->mode = IN_ROW;
}

size_t
html_close_cut_cell(struct html *h)
{
	const struct open_table *t = html_top(h);
	size_t before = h->out->n;
	struct piece *last;

	if (t->mode != IN_CELL || !t->placed || t->container)
		return 0;
	html_close_cell(h);
	/* It may have been lines of prose. */
	last = h->out->n > before ? &h->out->v[h->out->n - 1] : NULL;
	if (!last || last->kind != PIECE_CELL)
		return 0;
	last->grid = GRID_ASSUMED;
	return last->length ? last->line : 0;
}

void
html_open_caption(struct html *h, const struct attributes *a)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	t->mode = IN_CAPTION;
	t->hidden_cell = a->display & HIDDEN;
	h->hidden += t->hidden_cell;
	t->outer_pre = h->line.pre;
	h->line.pre = 0;
}

void
html_close_caption(struct html *h)
{
	struct open_table *t = html_top(h);

	html_lift_veil(h);
	html_end_line(h);
	h->line.pre = t->outer_pre;
	h->hidden -= t->hidden_cell;
	t->hidden_cell = false;
	t->mode = IN_TABLE;
}
