#include "html_parts.h"

#include <strings.h>

#include "markup.h"

/* Whether three digits and no more begin the text: behind a blank they are thousands. */
static bool
is_thousand(struct span text)
{
	return text.n >= 3 && is_digit(text.p[0]) && is_digit(text.p[1]) && is_digit(text.p[2]) &&
	       (text.n == 3 || !is_digit(text.p[3]));
}

static void
add_line(struct html *h, struct segment s)
{
	*html_next_piece(h) = (struct piece){
		.kind = h->kind, .line = s.line, .text = s.start, .length = s.length, .begin = s.begin};
	h->out->n++;
}

void
html_finish_line(struct html *h)
{
	struct buf *text = &h->out->text;
	struct segment s;

	s.start = h->line.start;
	s.length = text->n - s.start;
	s.line = place_line(&h->place, h->line.first);
	s.begin = (size_t)(h->line.first - h->place.start) + 1;
	if (++h->lines > h->limits.lines)
		html_refuse(h, h->line.first, "too many lines of text");
	line_end(&h->line);
	if (!h->collecting || h->kind != PIECE_TEXT) {
		add_line(h, s);
		return;
	}
	/*
	 * Segments stand one blank apart, so that all of them are the text of the cell; or none; and where a blank
	 * would make one number of two, by a mark that no number has.
	 */
	if (h->nsegments) {
		struct segment last = h->segments[h->nsegments - 1];

		if (line_joins(span_of(text->p + last.start, last.length),
			    span_of(text->p + s.start, s.length))) {
			memmove(text->p + s.start - 1, text->p + s.start, s.length);
			s.start--;
			text->n--;
		} else if (is_digit(text->p[s.start - 2]) && is_thousand(span_of(text->p + s.start, s.length))) {
			buf_room(text, sizeof LINE_PARTS);
			memmove(text->p + s.start + sizeof LINE_PARTS - 2, text->p + s.start, s.length);
			memcpy(text->p + s.start - 1, LINE_PARTS, sizeof LINE_PARTS - 1);
			s.start += sizeof LINE_PARTS - 2;
			text->n += sizeof LINE_PARTS - 2;
		}
	}
	h->wide |= h->line.wide;
	h->segments = grow(h->segments, h->nsegments, &h->segments_cap, sizeof *h->segments);
	h->segments[h->nsegments++] = s;
	buf_add_char(text, ' ');
}

void
html_release_segments(struct html *h)
{
	for (size_t i = 0; i < h->nsegments; i++)
		add_line(h, h->segments[i]);
	h->nsegments = 0;
}

void
html_put_shown(struct html *h, const char *p, const char *end, bool raw)
{
	while ((p = line_text(&h->line, p, end, raw)) < end) {
		h->pre_lines |= h->line.open;
		html_end_line(h);
		p++;
	}
}

size_t
html_collapse(struct buf *text, size_t start, size_t length)
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

/* A piece of its own, title or meta, may stand here: not amid the text of a cell. */
static bool
may_stand(struct html *h)
{
	if (h->nsegments || (h->collecting && h->line.open))
		return false;
	html_end_line(h);
	return true;
}

void
html_put_meta(struct html *h, const char *p, const struct attributes *a)
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
		h->out->text.n = h->line.start + html_collapse(&h->out->text, h->line.start,
							 h->out->text.n - h->line.start);
		h->line.first = p;
	}
	html_end_line(h);
	h->line.attribute = false;
	h->line.pre = pre;
	h->kind = PIECE_TEXT;
}

/* Whether an input element shows its value as text. */
static bool
shows_text(const struct attributes *a)
{
	struct span type = a->type;

	return !(a->has & KEPT_TYPE) || type.n == 0 || (type.n == 4 && strncasecmp(type.p, "text", 4) == 0) ||
	       (type.n == 6 && strncasecmp(type.p, "number", 6) == 0);
}

void
html_put_input(struct html *h, const struct attributes *a)
{
	if (!h->collecting || a->display & HIDDEN || a->value.n == 0 || !shows_text(a))
		return;
	/* Digits before and behind it are no part of its number. */
	h->line.gap |= GAP_APART;
	h->line.attribute = true;
	html_put_text(h, a->value.p, a->value.p + a->value.n, false);
	h->line.attribute = false;
	h->line.gap |= GAP_APART;
}

void
html_put_title(struct html *h, const char *p, const char *end)
{
	unsigned pre = h->line.pre;

	if (h->foreign || html_covered(h) || !may_stand(h))
		return;
	h->kind = PIECE_TITLE;
	h->line.pre = 0;
	html_put_text(h, p, end, false);
	if (h->line.open && h->line.wide)
		html_collapse(&h->out->text, h->line.start, h->out->text.n - h->line.start);
	html_end_line(h);
	h->line.pre = pre;
	h->kind = PIECE_TEXT;
}
