#include "html_parts.h"

#include <stdlib.h>

#include "charset/gb18030.h"
#include "raw.h"
#include "simd.h"

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

void
html_refuse(struct html *h, const char *p, const char *reason)
{
	if (!h->fault->reason)
		*h->fault = (struct html_fault){
			reason, place_line(&h->place, p), (size_t)(p - h->place.start), 0};
}

/* A start tag right within a table.  True if another turn is to be made. */
static bool
start_in_table(struct html *h, enum tag tag, const struct attributes *a)
{
	switch (tag) {
	case TAG_CAPTION:
		html_open_caption(h, a);
		return false;
	case TAG_TBODY:
	case TAG_THEAD:
	case TAG_TFOOT:
		html_open_section(h, tag, a);
		return false;
	case TAG_TR:
	case TAG_TD:
	case TAG_TH:
		html_open_section(h, TAG_TBODY, NULL);
		return true;
	case TAG_TABLE:
		html_close_table(h);
		return true;
	default:
		html_lift_veil(h);
		html_end_line(h);
		return false;
	}
}

/* A start tag of a table's element.  Each turn closes something or ends. */
static void
start_structure(struct html *h, enum tag tag, const char *p, const struct attributes *a)
{
	while (h->depth) {
		struct open_table *t = html_top(h);

		switch (t->mode) {
		case IN_CELL:
		case IN_CAPTION:
			if (tag == TAG_TABLE) {
				html_open_table(h, p, a);
				return;
			}
			if (t->mode == IN_CELL)
				html_close_cell(h);
			else
				html_close_caption(h);
			break;
		case IN_ROW:
			if (tag == TAG_TD || tag == TAG_TH) {
				html_open_cell(h, tag, p, a);
				return;
			}
			if (tag == TAG_TABLE)
				html_close_table(h);
			else
				html_close_row(h);
			break;
		case IN_BODY:
			if (tag == TAG_TR) {
				html_open_row(h, a);
				return;
			}
			if (tag == TAG_TD || tag == TAG_TH)
				html_open_row(h, NULL);
			else if (tag == TAG_TABLE)
				html_close_table(h);
			else
				html_close_section(h);
			break;
		case IN_TABLE:
			if (!start_in_table(h, tag, a))
				return;
		}
	}
	if (tag == TAG_TABLE)
		html_open_table(h, p, a);
	else
		html_end_line(h);
}

/* An end tag of a table's element. */
static void
end_structure(struct html *h, enum tag tag)
{
	if (h->depth == 0) {
		html_end_line(h);
		return;
	}
	for (;;) {
		struct open_table *t = html_top(h);
		bool section = tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;

		if (tag == TAG_TABLE) {
			html_close_table(h);
			return;
		}
		switch (t->mode) {
		case IN_CELL:
			if (tag == t->kind) {
				html_close_cell(h);
				return;
			}
			if (tag != TAG_TR && !(section && tag == t->section))
				return;
			html_close_cell(h);
			break;
		case IN_CAPTION:
			if (tag == TAG_CAPTION)
				html_close_caption(h);
			return;
		case IN_ROW:
			if (tag == TAG_TR) {
				html_close_row(h);
				return;
			}
			if (!(section && tag == t->section))
				return;
			html_close_row(h);
			break;
		case IN_BODY:
			if (section && tag == t->section)
				html_close_section(h);
			return;
		case IN_TABLE:
			return;
		}
	}
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
		html_put_title(h, p, stop);
	} else if (tag >= TAG_XMP) {
		html_end_line(h);
		h->line.pre++;
		html_put_text(h, p, stop, tag != TAG_TEXTAREA);
		html_end_line(h);
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

	if (tag == TAG_META || tag == TAG_INPUT || tag == TAG_FOREIGN)
		return attributes_read(h->names, p, h->end, a);
	a->has = a->display = 0;
	if (p < h->end && *p == '>')
		return p + 1;
	if ((size_t)(h->end - at) > sizeof words) {
		memcpy(words, at + 1, sizeof words);
		memo = &h->memos[((words[0] ^ words[1] * 3) * 0x9e3779b97f4a7c15u >> 32) % MEMOS];
		if (memo->page == h->pages && memo->key == key && (size_t)(h->end - p) >= memo->n &&
			memcmp(memo->p, p, memo->n) == 0) {
			a->has = memo->has;
			a->display = memo->display;
			a->colspan = memo->colspan;
			a->rowspan = memo->rowspan;
			return p + memo->n;
		}
	}
	behind = attributes_skip(p, h->end);
	behind = behind ? behind + 1 : attributes_read(h->names, p, h->end, a);
	if (memo && behind)
		*memo = (struct memo){p, (size_t)(behind - p), key, h->pages, a->has, a->display,
			a->colspan, a->rowspan};
	return behind;
}

/* A start tag in the element that is not displayed: one more is open in it, or it ends. */
static void
veil_start(struct html *h, enum tag tag, uint64_t key)
{
	if (!h->veil || h->veil_level != h->depth)
		return;
	if (key == h->veil && tag != TAG_P)
		h->veil_depth++;
	else if ((tag == TAG_BLOCK || tag == TAG_P) && tag_of(h->veil) == TAG_P)
		h->veil = 0;
	else if (tag == TAG_BLOCK)
		h->veil_blocks++;
}

/* An end tag in it: its own, or that of a block around it, ends it. */
static void
veil_end(struct html *h, enum tag tag, uint64_t key)
{
	if (!h->veil || h->veil_level != h->depth)
		return;
	if (key == h->veil ? --h->veil_depth == 0 : tag == TAG_BLOCK && h->veil_blocks-- == 0)
		h->veil = 0;
}

/* An element that begins in the one that is struck through or raised, or is; it ends with its tag. */
static void
apart_start(struct html *h, uint64_t key, const struct attributes *a)
{
	if (h->apart) {
		h->apart_depth += key == h->apart;
	} else {
		h->apart = key;
		h->apart_depth = 1;
		h->line.gap |= GAP_APART;
		h->line.struck |= a->display & STRUCK;
	}
}

static void
apart_end(struct html *h, uint64_t key)
{
	if (key == h->apart && --h->apart_depth == 0) {
		h->apart = 0;
		h->line.gap |= GAP_APART;
		h->line.struck = 0;
	}
}

/* A raw text element from behind its start tag on; answers where its end tag begins. */
static const char *
raw_element(struct html *h, enum tag tag, uint64_t key, struct span name, const char *p, bool hidden)
{
	const char *stop;

	if (!hidden || html_covered(h))
		return raw_content(h, tag, name, p);
	draw_veil(h, key);
	stop = raw_content(h, tag, name, p);
	h->veil = 0;
	return stop;
}

/* What the attributes of an element that may hold others say of how it, and what is in it, is shown. */
static inline void
start_display(struct html *h, uint64_t key, struct attributes *a)
{
	if (a->display & (STRUCK | APART) || h->apart)
		apart_start(h, key, a);
	/* What is there but does not show is so for sure amid a cell; all else may be shown by a script. */
	if (a->display & UNSEEN && h->depth && html_top(h)->mode == IN_CELL)
		a->display |= HIDDEN;
	/* A page hidden as a whole is one a script shows. */
	if (a->display & HIDDEN && !html_covered(h) && key != TAG_KEY("body") && key != TAG_KEY("html"))
		draw_veil(h, key);
}

/* Whether the element has no more than its tag: what there is of it is done. */
static inline bool
start_empty(struct html *h, enum tag tag, const char *at, const struct attributes *a)
{
	switch (tag) {
	case TAG_VOID:
		return true;
	case TAG_BR:
		html_end_line(h);
		return true;
	case TAG_META:
		html_put_meta(h, at, a);
		return true;
	case TAG_INPUT:
		html_put_input(h, a);
		return true;
	default:
		return false;
	}
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
	veil_start(h, tag, key);
	if (start_empty(h, tag, at, &a))
		return behind;
	switch (tag) {
	case TAG_APART:
		h->line.gap |= GAP_APART;
		break;
	case TAG_STRUCK:
		h->line.gap |= GAP_APART;
		h->line.struck = 1;
		break;
	case TAG_PRE:
		html_end_line(h);
		h->line.pre++;
		break;
	case TAG_BLOCK:
	case TAG_P:
		html_end_line(h);
		h->foreign = false;
		break;
	case TAG_FOREIGN:
		h->line.gap |= GAP_APART;
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
		return raw_element(h, tag, key, name, behind, a.display & HIDDEN);
	case TAG_OTHER:
		break;
	default:
		start_structure(h, tag, at, &a);
		return behind;
	}
	start_display(h, key, &a);
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
	veil_end(h, tag, key);
	if (h->apart)
		apart_end(h, key);
	switch (tag) {
	case TAG_APART:
		h->line.gap |= GAP_APART;
		break;
	case TAG_STRUCK:
		h->line.gap |= GAP_APART;
		h->line.struck = 0;
		break;
	case TAG_PRE:
		html_end_line(h);
		h->line.pre -= h->line.pre > 0;
		break;
	case TAG_BLOCK:
	case TAG_P:
	case TAG_BR:
		html_end_line(h);
		break;
	case TAG_FOREIGN:
		h->line.gap |= GAP_APART;
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
			html_put_text(h, rest.p, rest.p + n, true);
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

/* What the byte behind a '<' makes of it. */
enum { IS_TEXT, IS_START, IS_END, IS_DECLARATION };

static int
kind_of_tag(const char *at, const char *end)
{
	char next = end - at > 1 ? at[1] : '\0';

	if (is_letter(next))
		return IS_START;
	if (next == '/')
		return end - at > 2 ? IS_END : IS_TEXT;
	return next == '!' || next == '?' ? IS_DECLARATION : IS_TEXT;
}

static void
read_page(struct html *h, const char *p)
{
	const char *at = p;

	while (!h->fault->reason) {
		int kind;

		at = simd_find(at, h->end, '<');
		if (at == h->end)
			break;
		kind = kind_of_tag(at, h->end);
		if (kind == IS_TEXT) {
			at++;
			continue;
		}
		if (p < at && !h->templates)
			html_put_text(h, p, at, false);
		if (kind == IS_START) {
			p = start_tag(h, at);
		} else if (kind == IS_DECLARATION) {
			p = declaration(h, at);
		} else if (is_letter(at[2])) {
			p = end_tag(h, at);
		} else {
			p = memchr(at, '>', (size_t)(h->end - at));
			p = p ? p + 1 : h->end;
		}
		at = p;
	}
	if (p < at && !h->templates)
		html_put_text(h, p, at, false);
}

bool
html_in_place(const struct charset *charset)
{
	return charset->id == CHARSET_GB18030 || (charset->id == CHARSET_UTF8 && charset->bad == 0);
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
	if (!html_in_place(charset)) {
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
	h->line.struck = 0;
	line_end(&h->line);
	h->kind = PIECE_TEXT;
	h->lines = h->nsegments = h->depth = h->ncells = h->ntables = 0;
	h->hidden = h->templates = 0;
	h->veil = h->apart = 0;
	h->collecting = h->foreign = h->dead = false;
	slots_reset(&h->slots);

	read_page(h, body.p);
	if (h->depth && !fault->reason)
		fault->cut = html_close_cut_cell(h);
	while (h->depth && !fault->reason)
		html_close_table(h);
	html_end_line(h);
	if (h->dead)
		html_bury(h, first);
	if (fault->reason && body.p != h->decoded.p)
		fault->offset += charset->bom;
	return !fault->reason;
}
