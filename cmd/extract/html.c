#include "html.h"

#include <stdint.h>
#include <stdlib.h>

#include "attributes.h"
#include "diag.h"
#include "entity.h"
#include "gb18030.h"
#include "line.h"
#include "markup.h"
#include "place.h"
#include "raw.h"
#include "simd.h"
#include "slots.h"
#include "tag.h"

/* A cell of so many lines is no cell of data. */
#define LINES_OF_LAYOUT 16
/* Beside cells of data a label may be a sentence cut in two; a text has this many lines at least.
 */
#define LINES_OF_TEXT 4
/* Bytes of a line from which on one that holds a full stop is a sentence, not a label. */
#define SENTENCE 60

/* Where in an open table the reader is: the insertion modes of the standard. */
enum mode { IN_TABLE, IN_BODY, IN_ROW, IN_CELL, IN_CAPTION };

struct open_table {
	enum mode mode;
	enum tag section, kind; /* of the open row group; of the open cell: TAG_TD or TAG_TH */
	uint32_t number;        /* on the page, from 1 */
	struct slots_table slots;
	struct slots_cell cell;
	const char *cell_at; /* its start tag */
	uint32_t last_cell;  /* the chain of its cells; see html.chain */
	unsigned outer_pre;  /* what line.pre was outside the cell or caption */
	unsigned row_texts;  /* cells with text in the row */
	bool pairs;          /* a row had two of them */
	bool layout;         /* a cell was layout */
	bool container;      /* the open cell is: its text goes out as lines */
	bool collecting;     /* what html.collecting was outside the table */
	bool hidden, hidden_section, hidden_row, hidden_cell;
	bool placed, placed_row; /* the cell, the row has a place in the grid */
};

/* A line of a cell, before it is known what the cell is. */
struct segment {
	size_t start, length, line;
};

/*
 * The attributes of a tag seen before on the page: most tags of a page are written by a program and
 * the same to the byte.
 */
struct memo {
	const char *p; /* behind the tag's name */
	size_t n;      /* to behind its '>' */
	uint64_t key, page;
	uint32_t colspan, rowspan;
	unsigned has;
	bool hidden;
};

#define MEMOS 64

struct html {
	struct html_limits limits;
	struct entities *names;
	/* The page. */
	const char *end;
	struct place place;
	struct pieces *out;
	struct html_fault *fault;
	struct buf decoded;
	/* Text. */
	struct line line;
	enum piece_kind kind; /* what a line becomes outside cells */
	size_t lines;
	bool collecting; /* lines are kept as segments of a cell */
	bool wide;       /* of the cell: a line has runs of blanks or tabs */
	bool pre_lines;  /* of the cell: a line end in <pre> ended a line */
	struct segment *segments;
	size_t nsegments, segments_cap;
	/* Tables. */
	struct open_table *tables;
	size_t depth, tables_cap, ncells;
	uint32_t ntables;
	struct slots slots;
	/*
	 * The cells of each table, from the last: one more than the number of the piece before, 0
	 * at the first.  Tables lie within each other; going over all pieces for each would not be
	 * linear.
	 */
	uint32_t *chain;
	size_t chain_cap;
	bool dead; /* pieces of no kind are in the list */
	/* What is not displayed. */
	size_t hidden;      /* tables, row groups, rows and cells that are open and hidden */
	uint64_t veil;      /* key of the element that hides what is in it, 0 for none */
	size_t veil_depth;  /* elements of that name open in it, itself one */
	size_t veil_blocks; /* other blocks open in it */
	size_t veil_level;  /* tables open where it began */
	size_t templates;   /* templates open */
	bool foreign;       /* in svg or math */
	uint64_t pages;     /* read so far: a memo is good for its own page */
	struct memo memos[MEMOS];
};

struct html *
html_new(const struct html_limits *limits)
{
	struct html *h = xcalloc(1, sizeof *h);

	h->limits = *limits;
	h->names = entities_new();
	h->line.names = h->names;
	h->slots = SLOTS_INIT;
	tag_load();
	return h;
}

void
html_free(struct html *h)
{
	if (!h)
		return;
	entities_free(h->names);
	buf_release(&h->decoded);
	buf_release(&h->line.blanks);
	slots_release(&h->slots);
	place_release(&h->place);
	free(h->segments);
	free(h->tables);
	free(h->chain);
	free(h);
}

static void
refuse(struct html *h, const char *p, const char *reason)
{
	if (!h->fault->reason)
		*h->fault = (struct html_fault){
			reason, place_line(&h->place, p), (size_t)(p - h->place.start), 0};
}

static bool
covered(const struct html *h)
{
	return h->hidden || h->veil;
}

/* ---- lines and pieces ---- */

/* Where the next piece goes, filled in there (a copy waits for what was just written); out->n counts it then. */
static struct piece *
next_piece(struct html *h)
{
	struct pieces *out = h->out;

	out->v = grow(out->v, out->n, &out->cap, sizeof *out->v);
	return &out->v[out->n];
}

static void
add_line(struct html *h, struct segment s)
{
	*next_piece(h) = (struct piece){.kind = h->kind, .line = s.line, .text = s.start, .length = s.length};
	h->out->n++;
}

/* The line, which is open, becomes a piece or a segment. */
static void
finish_line(struct html *h)
{
	struct buf *text = &h->out->text;
	struct segment s;

	s.start = h->line.start;
	s.length = text->n - s.start;
	s.line = place_line(&h->place, h->line.first);
	if (++h->lines > h->limits.lines)
		refuse(h, h->line.first, "too many lines of text");
	line_end(&h->line);
	if (!h->collecting || h->kind != PIECE_TEXT) {
		add_line(h, s);
		return;
	}
	/* Segments stand one blank apart, so that all of them are the text of the cell; or none. */
	if (h->nsegments) {
		struct segment last = h->segments[h->nsegments - 1];

		if (line_joins(span_of(text->p + last.start, last.length),
			    span_of(text->p + s.start, s.length))) {
			memmove(text->p + s.start - 1, text->p + s.start, s.length);
			s.start--;
			text->n--;
		}
	}
	h->wide |= h->line.wide;
	h->segments = grow(h->segments, h->nsegments, &h->segments_cap, sizeof *h->segments);
	h->segments[h->nsegments++] = s;
	buf_add_char(text, ' ');
}

/* Ends the line, if one is open: most tags that end lines stand between others. */
static inline void
end_line(struct html *h)
{
	if (h->line.open)
		finish_line(h);
	else
		line_end(&h->line);
}

/* The lines kept of a cell go out as text. */
static void
release_segments(struct html *h)
{
	for (size_t i = 0; i < h->nsegments; i++)
		add_line(h, h->segments[i]);
	h->nsegments = 0;
}

static void
put_text(struct html *h, const char *p, const char *end, bool raw)
{
	if (p == end || covered(h))
		return;
	/* Most text between two tags is the source's own layout. */
	if (!h->line.open && !h->line.pre)
		while (is_blank(*p))
			if (++p == end)
				return;
	while ((p = line_text(&h->line, p, end, raw)) < end) {
		h->pre_lines |= h->line.open;
		end_line(h);
		p++;
	}
}

/* ---- tables ---- */

static struct open_table *
top(struct html *h)
{
	return &h->tables[h->depth - 1];
}

/* An element of the table was opened or closed: what was open inside is gone, hidden or not. */
static void
lift_veil(struct html *h)
{
	if (h->veil && h->veil_level >= h->depth)
		h->veil = 0;
	h->foreign = false;
}

static void
open_table(struct html *h, const char *p, const struct attributes *a)
{
	struct open_table *t;

	end_line(h);
	if (h->depth >= h->limits.nesting) {
		refuse(h, p, "tables nested too deep");
		return;
	}
	if (h->collecting && !covered(h) && !a->hidden) {
		/* The cell it stands in is layout. */
		release_segments(h);
		top(h)->container = top(h)->layout = true;
		h->collecting = false;
	}
	h->foreign = false;
	h->tables = grow(h->tables, h->depth, &h->tables_cap, sizeof *h->tables);
	t = &h->tables[h->depth++];
	*t = (struct open_table){.mode = IN_TABLE,
		.number = ++h->ntables,
		.collecting = h->collecting,
		.hidden = a->hidden};
	t->slots = slots_open(&h->slots);
	h->collecting = false;
	h->hidden += t->hidden;
}

static void
open_section(struct html *h, enum tag tag, const struct attributes *a)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	t->mode = IN_BODY;
	t->section = tag;
	t->hidden_section = a && a->hidden;
	h->hidden += t->hidden_section;
	slots_group(&t->slots, tag == TAG_TFOOT);
}

static void
open_row(struct html *h, const struct attributes *a)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	t->mode = IN_ROW;
	t->hidden_row = a && a->hidden;
	h->hidden += t->hidden_row;
	t->row_texts = 0;
	t->placed_row = !covered(h);
	if (t->placed_row)
		slots_row(&t->slots);
}

static void
open_cell(struct html *h, enum tag tag, const char *p, const struct attributes *a)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	if (++h->ncells > h->limits.cells)
		refuse(h, p, "too many cells");
	t->mode = IN_CELL;
	t->kind = tag;
	t->cell_at = p;
	t->container = false;
	t->hidden_cell = a->hidden;
	h->hidden += t->hidden_cell;
	t->outer_pre = h->line.pre;
	h->line.pre = 0;
	t->placed = !covered(h);
	if (!t->placed)
		return;
	h->collecting = true;
	h->wide = h->pre_lines = false;
	h->nsegments = 0;
	if (!slots_cell(&h->slots, &t->slots, a->has & KEPT_COLSPAN ? a->colspan : 1,
		    a->has & KEPT_ROWSPAN ? a->rowspan : 1, h->limits.columns, &t->cell))
		refuse(h, p, "a table too wide or too high");
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

/* Runs of blanks and tabs in the cell's text, the last of pieces.text, become one space. */
static size_t
collapse(struct buf *text, size_t start, size_t length)
{
	char *from = text->p + start, *end = from + length, *to = from;

	for (; from < end; from++) {
		char c = *from == '\t' ? ' ' : *from;

		if (c != ' ' || (to > text->p + start && to[-1] != ' '))
			*to++ = c;
	}
	text->n = (size_t)(to - text->p);
	return text->n - start;
}

static void
write_cell(struct html *h, struct open_table *t)
{
	struct buf *text = &h->out->text;
	struct piece *piece = next_piece(h);

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
		piece->text = h->segments[0].start;
		piece->length = last->start + last->length - piece->text;
		text->n = piece->text + piece->length;
		if (h->wide)
			piece->length = collapse(text, piece->text, piece->length);
		h->nsegments = 0;
		t->pairs |= ++t->row_texts > 1;
		t->layout |= is_sentence(span_of(text->p + piece->text, piece->length));
	} else {
		piece->line = place_line(&h->place, t->cell_at);
	}
	if (t->cell.growing != SIZE_MAX)
		h->slots.growing[t->cell.growing].piece = h->out->n;
	h->chain = grow(h->chain, h->out->n, &h->chain_cap, sizeof *h->chain);
	h->chain[h->out->n] = t->last_cell;
	t->last_cell = (uint32_t)++h->out->n;
}

static void
close_cell(struct html *h)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	h->line.pre = t->outer_pre;
	if (t->placed && !t->container) {
		if (is_prose(h, t->pairs || t->row_texts)) {
			release_segments(h);
			t->layout = true;
		} else {
			write_cell(h, t);
		}
		h->collecting = false;
	}
	h->hidden -= t->hidden_cell;
	t->hidden_cell = false;
	t->mode = IN_ROW;
}

static void
open_caption(struct html *h, const struct attributes *a)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	t->mode = IN_CAPTION;
	t->hidden_cell = a->hidden;
	h->hidden += t->hidden_cell;
	t->outer_pre = h->line.pre;
	h->line.pre = 0;
}

static void
close_caption(struct html *h)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
	h->line.pre = t->outer_pre;
	h->hidden -= t->hidden_cell;
	t->hidden_cell = false;
	t->mode = IN_TABLE;
}

static void
close_row(struct html *h)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
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

static void
close_section(struct html *h)
{
	struct open_table *t = top(h);

	lift_veil(h);
	end_line(h);
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
			.length = piece->length};
	}
}

/* Takes out the pieces dissolve left without text, from `first` on. */
static void
bury(struct html *h, size_t first)
{
	struct pieces *out = h->out;
	size_t kept = first;

	for (size_t i = first; i < out->n; i++)
		if (out->v[i].kind != PIECE_KINDS)
			out->v[kept++] = out->v[i];
	out->n = kept;
}

static void
close_table(struct html *h)
{
	struct open_table *t = top(h);

	if (t->mode == IN_CELL)
		close_cell(h);
	if (t->mode == IN_CAPTION)
		close_caption(h);
	if (t->mode == IN_ROW)
		close_row(h);
	if (t->mode == IN_BODY)
		close_section(h);
	lift_veil(h);
	end_line(h);
	if (t->layout && !t->pairs)
		dissolve(h, t);
	else
		sink_feet(h, t);
	slots_close(&h->slots, &t->slots);
	h->hidden -= t->hidden;
	h->collecting = t->collecting;
	h->depth--;
}

/* A start tag of a table's element.  Each turn closes something or ends. */
static void
start_structure(struct html *h, enum tag tag, const char *p, const struct attributes *a)
{
	while (h->depth) {
		struct open_table *t = top(h);

		switch (t->mode) {
		case IN_CELL:
		case IN_CAPTION:
			if (tag == TAG_TABLE) {
				open_table(h, p, a);
				return;
			}
			if (t->mode == IN_CELL)
				close_cell(h);
			else
				close_caption(h);
			break;
		case IN_ROW:
			if (tag == TAG_TD || tag == TAG_TH) {
				open_cell(h, tag, p, a);
				return;
			}
			if (tag == TAG_TABLE)
				close_table(h);
			else
				close_row(h);
			break;
		case IN_BODY:
			if (tag == TAG_TR) {
				open_row(h, a);
				return;
			}
			if (tag == TAG_TD || tag == TAG_TH)
				open_row(h, NULL);
			else if (tag == TAG_TABLE)
				close_table(h);
			else
				close_section(h);
			break;
		case IN_TABLE:
			switch (tag) {
			case TAG_CAPTION:
				open_caption(h, a);
				return;
			case TAG_TBODY:
			case TAG_THEAD:
			case TAG_TFOOT:
				open_section(h, tag, a);
				return;
			case TAG_TR:
			case TAG_TD:
			case TAG_TH:
				open_section(h, TAG_TBODY, NULL);
				break;
			case TAG_TABLE:
				close_table(h);
				break;
			default:
				lift_veil(h);
				end_line(h);
				return;
			}
		}
	}
	if (tag == TAG_TABLE)
		open_table(h, p, a);
	else
		end_line(h);
}

/* An end tag of a table's element. */
static void
end_structure(struct html *h, enum tag tag)
{
	if (h->depth == 0) {
		end_line(h);
		return;
	}
	for (;;) {
		struct open_table *t = top(h);
		bool section = tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;

		if (tag == TAG_TABLE) {
			close_table(h);
			return;
		}
		switch (t->mode) {
		case IN_CELL:
			if (tag == t->kind) {
				close_cell(h);
				return;
			}
			if (tag != TAG_TR && !(section && tag == t->section))
				return;
			close_cell(h);
			break;
		case IN_CAPTION:
			if (tag == TAG_CAPTION)
				close_caption(h);
			return;
		case IN_ROW:
			if (tag == TAG_TR) {
				close_row(h);
				return;
			}
			if (!(section && tag == t->section))
				return;
			close_row(h);
			break;
		case IN_BODY:
			if (section && tag == t->section)
				close_section(h);
			return;
		case IN_TABLE:
			return;
		}
	}
}

/* ---- tags ---- */

/* A piece of its own, title or meta, may stand here: not amid the text of a cell. */
static bool
may_stand(struct html *h)
{
	if (h->nsegments || (h->collecting && h->line.open))
		return false;
	end_line(h);
	return true;
}

static void
put_meta(struct html *h, const char *p, const struct attributes *a)
{
	struct span name = a->has & KEPT_NAME ? a->name : a->property;

	unsigned pre = h->line.pre;

	if (!(a->has & KEPT_CONTENT) || !name.n || !may_stand(h))
		return;
	h->kind = PIECE_META;
	h->line.pre = 0;
	h->line.attribute = true;
	line_text(&h->line, name.p, name.p + name.n, false);
	if (h->line.open) {
		buf_add_char(&h->out->text, '=');
		h->line.gap = 0;
		if (a->content.n) {
			size_t before = h->out->text.n;

			line_text(&h->line, a->content.p, a->content.p + a->content.n, false);
			/* Blanks at its beginning. */
			if (h->out->text.n > before) {
				struct span value =
					span_of(h->out->text.p + before, h->out->text.n - before);
				struct span trimmed = span_trim(value);

				memmove(h->out->text.p + before, trimmed.p, trimmed.n);
				h->out->text.n = before + trimmed.n;
			}
		}
		h->out->text.n = h->line.start + collapse(&h->out->text, h->line.start,
							 h->out->text.n - h->line.start);
		h->line.first = p;
	}
	end_line(h);
	h->line.attribute = false;
	h->line.pre = pre;
	h->kind = PIECE_TEXT;
}

static void
put_title(struct html *h, const char *p, const char *end)
{
	unsigned pre = h->line.pre;

	if (h->foreign || covered(h) || !may_stand(h))
		return;
	h->kind = PIECE_TITLE;
	h->line.pre = 0;
	put_text(h, p, end, false);
	if (h->line.open && h->line.wide)
		collapse(&h->out->text, h->line.start, h->out->text.n - h->line.start);
	end_line(h);
	h->line.pre = pre;
	h->kind = PIECE_TEXT;
}

/* The content of a raw text element, from p on; answers where its end tag begins. */
static const char *
raw_content(struct html *h, enum tag tag, struct span name, const char *p)
{
	const char *stop = tag == TAG_SCRIPT      ? raw_script_end(p, h->end)
			   : tag == TAG_PLAINTEXT ? h->end
						  : raw_end(p, h->end, name);

	if (h->templates)
		return stop;
	if (tag == TAG_TITLE) {
		put_title(h, p, stop);
	} else if (tag >= TAG_XMP) {
		end_line(h);
		h->line.pre++;
		put_text(h, p, stop, tag != TAG_TEXTAREA);
		end_line(h);
		h->line.pre--;
	}
	return stop;
}

/* The element is not displayed: nothing is, to its end tag. */
static void
draw_veil(struct html *h, uint64_t key)
{
	h->veil = key;
	h->veil_depth = 1;
	h->veil_blocks = 0;
	h->veil_level = h->depth;
}

/* The attributes of the tag whose '<' is at `at` and whose name ends at p. */
static const char *
read_attributes(struct html *h, const char *at, const char *p, uint64_t key, enum tag tag,
	struct attributes *a)
{
	struct memo *memo = NULL;
	const char *behind;
	uint64_t words[2];

	if (tag == TAG_META || tag == TAG_FOREIGN)
		return attributes_read(h->names, p, h->end, a);
	a->has = 0;
	a->hidden = false;
	if (p < h->end && *p == '>')
		return p + 1;
	if ((size_t)(h->end - at) > sizeof words) {
		memcpy(words, at + 1, sizeof words);
		memo = &h->memos[((words[0] ^ words[1] * 3) * 0x9e3779b97f4a7c15u >> 32) % MEMOS];
		if (memo->page == h->pages && memo->key == key && (size_t)(h->end - p) >= memo->n &&
			memcmp(memo->p, p, memo->n) == 0) {
			a->has = memo->has;
			a->hidden = memo->hidden;
			a->colspan = memo->colspan;
			a->rowspan = memo->rowspan;
			return p + memo->n;
		}
	}
	behind = attributes_skip(p, h->end);
	behind = behind ? behind + 1 : attributes_read(h->names, p, h->end, a);
	if (memo && behind)
		*memo = (struct memo){p, (size_t)(behind - p), key, h->pages, a->colspan,
			a->rowspan, a->has, a->hidden};
	return behind;
}

/* A tag from its name on, behind `<`.  Answers what is behind it. */
static const char *
start_tag(struct html *h, const char *at)
{
	struct attributes a;
	const char *behind;
	struct span name = {at + 1, 0};
	uint64_t key;
	enum tag tag;

	name.n = tag_name(name.p, h->end, &key);
	tag = tag_of(key);
	behind = read_attributes(h, at, name.p + name.n, key, tag, &a);
	if (!behind)
		return h->end;

	if (h->templates && !(tag >= TAG_SCRIPT && tag <= TAG_PLAINTEXT)) {
		h->templates += tag == TAG_TEMPLATE;
		return behind;
	}
	if (h->veil && h->veil_level == h->depth) {
		if (key == h->veil && tag != TAG_P)
			h->veil_depth++;
		else if ((tag == TAG_BLOCK || tag == TAG_P) && tag_of(h->veil) == TAG_P)
			h->veil = 0;
		else if (tag == TAG_BLOCK)
			h->veil_blocks++;
	}
	switch (tag) {
	case TAG_VOID:
		return behind;
	case TAG_BR:
		end_line(h);
		return behind;
	case TAG_META:
		put_meta(h, at, &a);
		return behind;
	case TAG_RISE:
		h->line.gap |= GAP_RISE;
		break;
	case TAG_PRE:
		end_line(h);
		h->line.pre++;
		break;
	case TAG_BLOCK:
	case TAG_P:
		end_line(h);
		h->foreign = false;
		break;
	case TAG_FOREIGN:
		h->foreign = !a.closed;
		if (a.closed)
			return behind;
		break;
	case TAG_TEMPLATE:
		h->templates++;
		return behind;
	case TAG_TITLE:
	case TAG_SCRIPT:
	case TAG_RAW:
	case TAG_XMP:
	case TAG_TEXTAREA:
	case TAG_PLAINTEXT:
		if (a.hidden && !covered(h)) {
			const char *stop;

			draw_veil(h, key);
			stop = raw_content(h, tag, name, behind);
			h->veil = 0;
			return stop;
		}
		return raw_content(h, tag, name, behind);
	case TAG_OTHER:
		break;
	default:
		start_structure(h, tag, at, &a);
		return behind;
	}
	/* A page hidden as a whole is one a script shows. */
	if (a.hidden && !covered(h) && key != TAG_KEY("body") && key != TAG_KEY("html"))
		draw_veil(h, key);
	return behind;
}

static const char *
end_tag(struct html *h, const char *at)
{
	struct attributes a;
	const char *behind;
	uint64_t key;
	enum tag tag;

	behind = at + 2 + tag_name(at + 2, h->end, &key);
	if (behind < h->end && *behind == '>')
		behind++;
	else
		behind = attributes_read(h->names, behind, h->end, &a);
	if (!behind)
		return h->end;
	tag = tag_of(key);

	if (h->templates) {
		h->templates -= tag == TAG_TEMPLATE;
		return behind;
	}
	if (h->veil && h->veil_level == h->depth) {
		/* Its own end, or that of a block around it. */
		if (key == h->veil ? --h->veil_depth == 0
				   : tag == TAG_BLOCK && h->veil_blocks-- == 0)
			h->veil = 0;
	}
	switch (tag) {
	case TAG_RISE:
		h->line.gap |= GAP_RISE;
		break;
	case TAG_PRE:
		end_line(h);
		h->line.pre -= h->line.pre > 0;
		break;
	case TAG_BLOCK:
	case TAG_P:
	case TAG_BR:
		end_line(h);
		break;
	case TAG_FOREIGN:
		h->foreign = false;
		break;
	default:
		if (tag >= TAG_TABLE)
			end_structure(h, tag);
	}
	return behind;
}

/* What begins with "<!": a comment, CDATA in svg or math, else to the next '>'. */
static const char *
declaration(struct html *h, const char *p)
{
	const char *behind;

	if (h->end - p >= 4 && memcmp(p, "<!--", 4) == 0) {
		behind = raw_comment_end(p + 4, h->end);
		return behind ? behind : h->end;
	}
	if (h->foreign && h->end - p >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
		struct span rest = span_of(p + 9, (size_t)(h->end - p) - 9);
		size_t n = span_find(rest, SPAN("]]>"));

		if (!h->templates)
			put_text(h, rest.p, rest.p + n, true);
		return n == rest.n ? h->end : rest.p + n + 3;
	}
	behind = memchr(p, '>', (size_t)(h->end - p));
	return behind ? behind + 1 : h->end;
}

static bool
is_letter(char c)
{
	return (unsigned char)((c | 32) - 'a') < 26;
}

/* Whether the `<` begins a tag or declaration; else it is text. */
static bool
begins_tag(const char *at, const char *end)
{
	char next = end - at > 1 ? at[1] : '\0';

	return is_letter(next) || next == '!' || next == '?' || (next == '/' && end - at > 2);
}

static void
read_page(struct html *h, const char *p)
{
	const char *at = p;

	while (!h->fault->reason) {
		at = simd_find(at, h->end, '<');
		if (at < h->end && !begins_tag(at, h->end)) {
			at++;
			continue;
		}
		if (p < at && !h->templates)
			put_text(h, p, at, false);
		if (at == h->end)
			break;
		if (is_letter(at[1])) {
			p = start_tag(h, at);
		} else if (at[1] != '/') {
			p = declaration(h, at);
		} else if (is_letter(at[2])) {
			p = end_tag(h, at);
		} else {
			p = memchr(at, '>', (size_t)(h->end - at));
			p = p ? p + 1 : h->end;
		}
		at = p;
	}
}

/*
 * The page ends within a cell: if that is one of data, what of it is there may be the beginning of a number, and
 * its place is only assumed.  Its line, or 0.
 */
static size_t
close_cut_cell(struct html *h)
{
	const struct open_table *t = top(h);
	size_t before = h->out->n;
	struct piece *last;

	if (t->mode != IN_CELL || !t->placed || t->container)
		return 0;
	close_cell(h);
	/* It may have been lines of prose. */
	last = h->out->n > before ? &h->out->v[h->out->n - 1] : NULL;
	if (!last || last->kind != PIECE_CELL)
		return 0;
	last->grid = GRID_ASSUMED;
	return last->length ? last->line : 0;
}

bool
html_read(struct html *h, struct span page, const struct charset *charset, struct pieces *out,
	struct html_fault *fault)
{
	struct span body =
		page.n ? span_of(page.p + charset->bom, page.n - charset->bom) : SPAN("");
	size_t first = out->n;

	h->pages++;
	*fault = (struct html_fault){NULL, 0, 0, 0};
	if ((charset->id != CHARSET_UTF8 && charset->id != CHARSET_GB18030) ||
		(charset->id == CHARSET_UTF8 && charset->bad)) {
		buf_reset(&h->decoded);
		buf_room(&h->decoded, 1);
		charset_decode(charset->id, body, &h->decoded, NULL);
		body = buf_span(&h->decoded);
	}
	if (charset->id == CHARSET_GB18030)
		gb18030_load();
	buf_room(&out->text, 1);
	h->end = body.p + body.n;
	place_set(&h->place, body);
	h->out = out;
	h->fault = fault;
	h->line.text = &out->text;
	h->line.page_end = h->end;
	h->line.gb = charset->id == CHARSET_GB18030;
	h->line.pre = 0;
	line_end(&h->line);
	h->kind = PIECE_TEXT;
	h->lines = h->nsegments = h->depth = h->ncells = h->ntables = 0;
	h->hidden = h->templates = 0;
	h->veil = 0;
	h->collecting = h->foreign = h->dead = false;
	slots_reset(&h->slots);

	read_page(h, body.p);
	if (h->depth && !fault->reason)
		fault->cut = close_cut_cell(h);
	while (h->depth && !fault->reason)
		close_table(h);
	end_line(h);
	if (h->dead)
		bury(h, first);
	if (fault->reason && body.p != h->decoded.p)
		fault->offset += charset->bom;
	return !fault->reason;
}
