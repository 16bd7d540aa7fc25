/* links: cmd/extract/html cmd/extract/charset cmd/extract/blank.c cmd/extract/piece.c */
/* libs: -lgumbo */

/*
 * Random pages, read by html and by gumbo, which builds the standard's tree: every table, cell, place,
 * span and text must agree.  The places are worked out from gumbo's tree by the letter of the
 * standard's "forming a table", on a grid of slots.
 *
 * What html means to do otherwise is done to gumbo's tree as well: a cell with a table in it is no
 * cell, nor are the others of a table with such a cell and no row of two cells with text.
 *
 * With select, template, svg, math and frameset in them pages may be read in another way than the
 * standard's; how many of those agree is told, and must not get fewer.
 *
 * SEED=n makes other pages, COUNT=n so many of each sort.
 */
#include "html/html.h"

#include <gumbo.h>
#include <stdlib.h>

#include "tap.h"

/* ---- random pages ---- */

static uint64_t state;

static unsigned
pick(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % n;
}

#define TOKENS_MAX 400

/* A page as a list of tags and texts, each text a number of its own and a ';'. */
struct page {
	char token[TOKENS_MAX][64];
	size_t n;
	unsigned texts;
};

static void
insert(struct page *page, size_t at, const char *token)
{
	if (page->n == TOKENS_MAX)
		return;
	memmove(page->token + at + 1, page->token + at, (page->n - at) * sizeof *page->token);
	snprintf(page->token[at], sizeof *page->token, "%s", token);
	page->n++;
}

static void
add(struct page *page, const char *token)
{
	insert(page, page->n, token);
}

static void
add_text(struct page *page)
{
	char text[16];

	snprintf(text, sizeof text, "%u;", ++page->texts);
	add(page, text);
}

static const char *
cell_tag(void)
{
	static char tag[64];
	static const char *const spans[] = {" rowspan=%u", " ROWSPAN='%u'", " colspan=\"%u\"", " x=y ColSpan = %u "};
	int n = snprintf(tag, sizeof tag, pick(5) ? "<td" : "<TH");

	for (unsigned i = pick(6); i < 2; i++)
		n += snprintf(tag + n, sizeof tag - (size_t)n, spans[pick(4)], pick(5));
	snprintf(tag + n, sizeof tag - (size_t)n, ">");
	return tag;
}

static const char *
any_tag(void)
{
	static const char *const tags[] = {
		"<table>",   "<table border=1>", "</table>", "</table>", "<caption>", "</caption>", "<colgroup>",
		"</colgroup>", "<col>", "</col>", "<thead>", "</thead>", "<tbody>", "</tbody>", "<tfoot>", "</tfoot>",
		"<tr>", "<tr>", "<TR class=a>", "</tr>", "</tr>", "</td>", "</td>", "</th>"};
	static const char *const inlines[] = {"<b>", "</b>", "<span>", "</span>", "<a href=x>", "</a>", "<p>",
					      "</p>", "<div>", "</div>", "<br>", "<!-- <td> -->", "<o:p>", "<font color=red>",
					      "</font>", "<form>", "</form>", "<li>", "<h1>", "</h1>", "<hr>", "<input type=hidden>",
					      "</body>", "</html>", "<script>'<td>'</script>", "<style><tr></style>", "<i/>",
					      "<button>", "</button>", "<nobr>", "<center>", "<body>"};
	unsigned sort = pick(10);

	return sort < 2   ? cell_tag()
	       : sort < 7 ? tags[pick(sizeof tags / sizeof *tags)]
			  : inlines[pick(sizeof inlines / sizeof *inlines)];
}

/* Raw text; noise for the tokenizer; and what the reader takes in its own way. */
static const struct sort {
	const char *about;
	unsigned floor; /* of 100 that agree at least */
	const char *tags[14];
} sorts[] = {
	{"raw text", 100, {"<textarea>", "</textarea>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<noembed>", "</noembed>", "<noframes>", "</noframes>", "<script><!--", "<script>", "</script>"}},
	{"noise", 100, {"<", "</", "<!", "<!--", "--", ">", "\"", "'", "=", "/", "&amp", "&#6", "x"}},
	{"attributes", 100, {"<b ", "<i a", "=", "=\"", "='", " = \"", "\"", "' ", " ", ">", "x", "abcdefghijklmnopqrstuvw", "/>"}},
	{"references", 100, {"&#65", "&#x42;", "&#X43 ", "&#0;", "&#xD800;", "&#x110000;", "&#150;", "&ltz", "&copyb", "&notit;", "&notin;", "&amp;#x;", "&#13;", "&#"}},
	{"cells of odd attributes", 100, {"<td rowspan=2 ROWSPAN=3>", "<td colspan='2'rowspan='2'>", "<td/colspan=2/>", "<th colspan=&#50;>", "<td colspan=2.9>", "<td rowspan='\t3x'>", "<td rowspan=+2>", "<td style='a>b' colspan=2>", "<td =colspan=2>", "<td colspan>", "<td rowspan=\"\" colspan=\"0\">"}},
	{"select", 95, {"<select>", "</select>", "<option>", "</option>", "<optgroup>"}},
	{"template", 98, {"<template>", "</template>"}},
	{"svg and math", 75, {"<svg>", "</svg>", "<math>", "</math>", "<svg/>", "<mi>", "<desc>", "<g>", "</g>"}},
	{"frameset", 99, {"<frameset>", "</frameset>", "<frame>"}},
};

/* Tags of a sort, if any, are strewn in. */
static void
make_soup(struct page *page, const struct sort *sort)
{
	if (pick(2))
		add(page, "<!DOCTYPE html>");
	add(page, "<table>");
	for (unsigned n = 5 + pick(50); n; n--) {
		unsigned tags = 0;

		while (sort && tags < sizeof sort->tags / sizeof *sort->tags && sort->tags[tags])
			tags++;
		if (pick(4) == 0 && page->texts < 14)
			add_text(page);
		else if (tags && pick(6) == 0)
			add(page, sort->tags[pick(tags)]);
		else
			add(page, any_tag());
	}
}

/* A table as systems write them; `inner` lets one cell hold another. */
static void
make_table(struct page *page, unsigned inner)
{
	unsigned rows = 1 + pick(4), cols = 1 + pick(4), nested = inner && pick(3) == 0 ? pick(rows * cols) : ~0u;
	bool head = pick(3) == 0;

	add(page, "<table>");
	if (pick(5) == 0) {
		add(page, "<caption>");
		add_text(page);
		add(page, "</caption>");
	}
	add(page, head ? "<thead>" : "<tbody>");
	for (unsigned row = 0; row < rows; row++) {
		add(page, "<tr>");
		for (unsigned col = 0; col < cols; col++) {
			const char *tag = cell_tag();
			bool th = tag[2] == 'H';

			add(page, tag);
			if (row * cols + col == nested) {
				add_text(page);
				make_table(page, inner - 1);
			} else if (pick(8)) {
				add(page, "<p>");
				add_text(page);
				add(page, "</p>");
			}
			add(page, th ? "</th>" : "</td>");
		}
		add(page, "</tr>");
		if (head && row == 0) {
			add(page, "</thead>");
			add(page, pick(4) ? "<tbody>" : "<tfoot>");
		}
	}
	add(page, head && rows ? "</tbody>" : "</tbody>");
	add(page, "</table>");
}

static void
make_realistic(struct page *page, unsigned defects)
{
	add(page, "<!DOCTYPE html><html><body><div>");
	add_text(page);
	make_table(page, 2);
	add_text(page);
	if (pick(2))
		make_table(page, 0);
	add(page, "</div></body></html>");
	while (defects--) {
		size_t at = 1 + pick((unsigned)page->n - 1);
		char moved[sizeof *page->token];

		switch (pick(3)) {
		case 0:
			insert(page, at, any_tag());
			break;
		default:
			snprintf(moved, sizeof moved, "%s", page->token[at]);
			page->n--;
			memmove(page->token + at, page->token + at + 1, (page->n - at) * sizeof *page->token);
			if (pick(2))
				insert(page, 1 + pick((unsigned)page->n), moved);
		}
	}
}

/* ---- what gumbo's tree says ---- */

struct truth {
	struct buf cells;        /* a line each */
	struct buf texts;        /* of everything else */
	unsigned tables;
};

static bool
is_tag(const GumboNode *node, GumboTag tag)
{
	return (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) &&
	       node->v.element.tag == tag;
}

static bool
is_cell(const GumboNode *node)
{
	return is_tag(node, GUMBO_TAG_TD) || is_tag(node, GUMBO_TAG_TH);
}

/* Its text is not displayed. */
static bool
is_unseen(const GumboNode *node)
{
	return is_tag(node, GUMBO_TAG_SCRIPT) || is_tag(node, GUMBO_TAG_STYLE) ||
	       is_tag(node, GUMBO_TAG_IFRAME) || is_tag(node, GUMBO_TAG_NOEMBED) ||
	       is_tag(node, GUMBO_TAG_NOFRAMES);
}

static bool
has_table(const GumboNode *node)
{
	const GumboVector *children = &node->v.element.children;

	if (node->type != GUMBO_NODE_ELEMENT)
		return false;
	for (unsigned i = 0; i < children->length; i++)
		if (is_tag(children->data[i], GUMBO_TAG_TABLE) || has_table(children->data[i]))
			return true;
	return false;
}

/* The text below a node, without blanks and what is not displayed. */
static void
text_of(const GumboNode *node, struct buf *out)
{
	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
		for (const char *p = node->v.text.text; *p; p++)
			if ((unsigned char)*p > ' ')
				buf_add_char(out, *p);
	} else if (node->type == GUMBO_NODE_ELEMENT && !is_unseen(node)) {
		for (unsigned i = 0; i < node->v.element.children.length; i++)
			text_of(node->v.element.children.data[i], out);
	}
}

static unsigned
span_of_cell(const GumboNode *cell, const char *name, unsigned least)
{
	const GumboAttribute *a = gumbo_get_attribute(&cell->v.element.attributes, name);
	unsigned u;

	if (!a || sscanf(a->value, "%u", &u) != 1)
		return 1;
	return u < least ? 1 : u;
}

#define SLOTS 200

/* "Forming a table", on a grid of slots.  Cells are given in the order of the tree. */
struct form {
	bool slot[SLOTS][SLOTS];
	unsigned width, height, y;
	struct placed {
		const GumboNode *cell;
		unsigned x, y, cols, rows;
		bool growing;
	} placed[SLOTS];
	unsigned nplaced, group;
};

static void
take(struct form *f, const struct placed *p)
{
	for (unsigned y = p->y; y < p->y + p->rows && y < SLOTS; y++)
		for (unsigned x = p->x; x < p->x + p->cols && x < SLOTS; x++)
			f->slot[y][x] = true;
}

static void
grow_cells(struct form *f)
{
	for (unsigned i = f->group; i < f->nplaced; i++)
		if (f->placed[i].growing && f->placed[i].y < f->y) {
			f->placed[i].rows = f->y + 1 - f->placed[i].y;
			take(f, &f->placed[i]);
		}
}

static void
form_row(struct form *f, const GumboNode *row)
{
	unsigned x = 0;

	if (f->height == f->y)
		f->height++;
	grow_cells(f);
	for (unsigned i = 0; i < row->v.element.children.length; i++) {
		const GumboNode *cell = row->v.element.children.data[i];
		struct placed p = {cell, 0, f->y, 1, 1, false};

		if (!is_cell(cell))
			continue;
		while (x < f->width && f->slot[f->y][x])
			x++;
		p.x = x;
		p.cols = span_of_cell(cell, "colspan", 1);
		p.rows = span_of_cell(cell, "rowspan", 0);
		p.growing = p.rows == 0;
		if (p.growing)
			p.rows = 1;
		if (f->width < x + p.cols)
			f->width = x + p.cols;
		if (f->height < f->y + p.rows)
			f->height = f->y + p.rows;
		take(f, &p);
		f->placed[f->nplaced++] = p;
		x += p.cols;
	}
	f->y++;
}

static void
form_group(struct form *f, const GumboNode *group)
{
	f->group = f->nplaced;
	for (unsigned i = 0; i < group->v.element.children.length; i++)
		if (is_tag(group->v.element.children.data[i], GUMBO_TAG_TR))
			form_row(f, group->v.element.children.data[i]);
	for (; f->y < f->height; f->y++)
		grow_cells(f);
}

static bool
place_of_cell(const struct form *f, const GumboNode *cell, struct placed *out)
{
	for (unsigned i = 0; i < f->nplaced; i++)
		if (f->placed[i].cell == cell) {
			*out = f->placed[i];
			return true;
		}
	return false;
}

static void walk(const GumboNode *node, struct truth *truth);

/*
 * What is in a cell that holds a table goes to *truth, but for a lone cell of a table in it beside others with text, which
 * is that cell itself, as if the table were not there.  True of such a one that has text.
 */
static bool
walk_container(const GumboNode *cell, bool data, unsigned beside, unsigned number, const struct placed *p, struct truth *truth)
{
	size_t texts = truth->texts.n, cells = truth->cells.n;
	char *line, *text;
	struct buf own = BUF_INIT;
	bool found;

	walk(cell, truth);
	if (truth->texts.n != texts || truth->cells.n == cells)
		return false;
	buf_add_char(&truth->cells, '\0');
	truth->cells.n--;
	line = truth->cells.p + cells;
	if (strchr(line, '\n') != truth->cells.p + truth->cells.n - 1)
		return false;
	text = strchr(line, '[');
	found = text[1] != ']';
	if (!data && !(beside && found))
		return false;
	buf_printf(&own, "%u@%u,%u+%ux%u%s", number, p->y + 1, p->x + 1, p->rows, p->cols, text);
	truth->cells.n = cells;
	buf_add_span(&truth->cells, buf_span(&own));
	buf_release(&own);
	return found;
}

static void
walk_table(const GumboNode *table, struct truth *truth)
{
	static struct form forms[32];
	static unsigned depth;
	struct form *f = &forms[depth++];
	const GumboVector *children = &table->v.element.children;
	unsigned number = ++truth->tables;
	bool layout = false, pairs = false, before = false;

	memset(f, 0, sizeof *f);
	for (int feet = 0; feet < 2; feet++)
		for (unsigned i = 0; i < children->length; i++) {
			const GumboNode *group = children->data[i];

			if (feet ? is_tag(group, GUMBO_TAG_TFOOT)
				 : is_tag(group, GUMBO_TAG_TBODY) || is_tag(group, GUMBO_TAG_THEAD))
				form_group(f, group);
		}
	for (int write = 0; write < 2; write++, before = false)
		for (unsigned i = 0; i < children->length; i++) {
			const GumboNode *group = children->data[i];

			if (!is_tag(group, GUMBO_TAG_TBODY) && !is_tag(group, GUMBO_TAG_THEAD) &&
			    !is_tag(group, GUMBO_TAG_TFOOT)) {
				if (write)
					walk(group, truth);
				continue;
			}
			for (unsigned j = 0; j < group->v.element.children.length; j++) {
				const GumboNode *row = group->v.element.children.data[j];
				unsigned texts = 0;

				for (unsigned k = 0; is_tag(row, GUMBO_TAG_TR) && k < row->v.element.children.length; k++) {
					const GumboNode *cell = row->v.element.children.data[k];
					struct buf text = BUF_INIT;
					struct placed p;

					if (!place_of_cell(f, cell, &p))
						continue;
					text_of(cell, &text);
					if (has_table(cell)) {
						struct truth scratch = {.tables = 0};

						layout = true;
						texts += walk_container(cell, before, texts, number, &p, write ? truth : &scratch);
						buf_release(&scratch.texts);
						buf_release(&scratch.cells);
					} else if (write && layout && !pairs) {
						buf_add_span(&truth->texts, buf_span(&text));
					} else if (write) {
						buf_printf(&truth->cells, "%u@%u,%u+%ux%u[%.*s]\n", number, p.y + 1,
							   p.x + 1, p.rows, p.cols, SPAN_ARG(buf_span(&text)));
						texts += text.n != 0;
					} else {
						texts += text.n != 0;
					}
					buf_release(&text);
					before |= texts > 1;
				}
				pairs |= texts > 1;
			}
		}
	depth--;
}

static void
walk(const GumboNode *node, struct truth *truth)
{
	if (is_tag(node, GUMBO_TAG_TABLE)) {
		walk_table(node, truth);
	} else if (node->type == GUMBO_NODE_ELEMENT && !is_unseen(node)) {
		for (unsigned i = 0; i < node->v.element.children.length; i++)
			walk(node->v.element.children.data[i], truth);
	} else {
		text_of(node, &truth->texts);
	}
}

/* ---- comparing ---- */

static int
by_value(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What `list` holds, each item ended by `end`, sorted: trees and streams differ in the order. */
static void
sort_items(struct buf *list, char end)
{
	char *items[1024];
	struct buf sorted = BUF_INIT;
	size_t n = 0;

	buf_add_char(list, '\0');
	for (char *p = list->p, *q; n < 1024 && (q = strchr(p, end)) != NULL; p = q + 1) {
		*q = '\0';
		items[n++] = p;
	}
	qsort(items, n, sizeof *items, by_value);
	for (size_t i = 0; i < n; i++) {
		buf_add_str(&sorted, items[i]);
		buf_add_char(&sorted, end);
	}
	buf_release(list);
	*list = sorted;
}

static int
by_byte(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}

static void
ours(const struct pieces *pieces, struct truth *out)
{
	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->v[i];
		struct span text = piece_text(pieces, piece);
		struct buf *to = piece->kind == PIECE_CELL ? &out->cells : &out->texts;

		if (piece->kind == PIECE_CELL)
			buf_printf(to, "%u@%u,%u+%ux%u[", piece->table, piece->row, piece->col, piece->rows,
				   piece->cols);
		for (size_t j = 0; j < text.n; j++)
			if ((unsigned char)text.p[j] > ' ')
				buf_add_char(to, text.p[j]);
		if (piece->kind == PIECE_CELL)
			buf_add(to, "]\n", 2);
	}
}

static void
truth_release(struct truth *t)
{
	buf_release(&t->cells);
	buf_release(&t->texts);
}

/* How much was compared. */
static struct {
	size_t tables, cells, spans;
} seen;

static bool
agree(struct html *html, const struct page *page, bool by_item, bool tell)
{
	struct truth want = {BUF_INIT, BUF_INIT, 0}, got = {BUF_INIT, BUF_INIT, 0};
	struct charset charset = {.id = CHARSET_UTF8};
	struct pieces pieces = PIECES_INIT;
	struct buf text = BUF_INIT;
	struct html_fault fault;
	GumboOutput *tree;
	bool same;

	for (size_t i = 0; i < page->n; i++)
		buf_add_str(&text, page->token[i]);
	tree = gumbo_parse_with_options(&kGumboDefaultOptions, text.p, text.n);
	walk(tree->root, &want);
	html_read(html, buf_span(&text), &charset, &pieces, &fault);
	ours(&pieces, &got);
	sort_items(&want.cells, '\n');
	sort_items(&got.cells, '\n');
	if (by_item) {
		sort_items(&want.texts, ';');
		sort_items(&got.texts, ';');
	} else if (want.texts.n && got.texts.n) {
		qsort(want.texts.p, want.texts.n, 1, by_byte);
		qsort(got.texts.p, got.texts.n, 1, by_byte);
	}
	same = span_eq(buf_span(&want.cells), buf_span(&got.cells)) &&
	       span_eq(buf_span(&want.texts), buf_span(&got.texts));
	if (!same && tell)
		printf("# %.*s\n# gumbo %.*s\n# %.*s\n# html %.*s\n# %.*s\n", SPAN_ARG(buf_span(&text)),
		       SPAN_ARG(buf_span(&want.texts)), SPAN_ARG(buf_span(&want.cells)),
		       SPAN_ARG(buf_span(&got.texts)), SPAN_ARG(buf_span(&got.cells)));
	seen.tables += want.tables;
	for (size_t i = 0; i < pieces.n; i++) {
		seen.cells += pieces.v[i].kind == PIECE_CELL;
		seen.spans += pieces.v[i].rows > 1 || pieces.v[i].cols > 1;
	}
	gumbo_destroy_output(&kGumboDefaultOptions, tree);
	truth_release(&want);
	truth_release(&got);
	pieces_release(&pieces);
	buf_release(&text);
	return same;
}

int
main(void)
{
	static const unsigned defects[] = {0, 1, 2, 4};
	unsigned count = getenv("COUNT") ? (unsigned)atoi(getenv("COUNT")) : 10000;
	struct html *html = html_new(&HTML_LIMITS);
	static struct page page;

	state = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) * 2 + 1 : 20260;
	for (unsigned sort = 0; sort < 5 + sizeof sorts / sizeof *sorts; sort++) {
		const struct sort *other = sort > 4 ? &sorts[sort - 5] : NULL;
		unsigned same = 0, n = other ? count / 5 : count;

		memset(&seen, 0, sizeof seen);
		for (unsigned i = 0; i < n; i++) {
			page.n = page.texts = 0;
			if (sort >= 1 && sort <= 4)
				make_realistic(&page, defects[sort - 1]);
			else
				make_soup(&page, other);
			same += agree(html, &page, !other, i - same < 3 && (!other || other->floor == 100));
		}
		if (other)
			ok(same >= n * other->floor / 100, "%u of %u random pages with %s agree", same, n, other->about);
		else if (sort)
			ok(same == n, "%u of %u tables with %u defects agree: %zu tables, %zu cells, %zu of them spanning",
			   same, n, defects[sort - 1], seen.tables, seen.cells, seen.spans);
		else
			ok(same == n, "%u of %u random pages agree: %zu tables, %zu cells, %zu of them spanning",
			   same, n, seen.tables, seen.cells, seen.spans);
	}
	html_free(html);
	return done_testing();
}
