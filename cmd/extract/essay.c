#include "essay.h"

#include <stdlib.h>
#include <string.h>

#include "text/lines.h"

enum {
	LONG = 450,    /* bytes: no label or remark */
	SENTENCES = 2, /* full stops in it */
	HEADING = 100, /* bytes at most, with its number */
};

static bool
is_essay(struct span text)
{
	size_t stops = 0;

	if (text.n < LONG)
		return false;
	for (size_t at = 0, n; stops < SENTENCES && (n = span_find(span_from(text, at), SPAN("。"))) < text.n - at; stops++)
		at += n + SPAN("。").n;
	return stops == SENTENCES;
}

/* Most tables have no cell that could be one. */
static bool
has_long_cell(const struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->n; i++)
		if (pieces->v[i].length >= LONG && pieces->v[i].kind == PIECE_CELL)
			return true;
	return false;
}

void
essay_free(struct pieces *pieces)
{
	if (!has_long_cell(pieces))
		return;
	for (size_t i = 0, end; i < pieces->n; i = end) {
		struct piece *first = &pieces->v[i], *text = NULL;
		bool alone = true;

		end = i + 1;
		if (first->kind != PIECE_CELL)
			continue;
		/* The row, as far as its cells stand together. */
		for (; end < pieces->n && pieces->v[end].kind == PIECE_CELL && pieces->v[end].table == first->table &&
			pieces->v[end].row == first->row;
			end++)
			;
		for (size_t k = i; k < end && alone; k++) {
			alone = pieces->v[k].length == 0 || !text;
			text = pieces->v[k].length ? &pieces->v[k] : text;
		}
		/* What begins in another column may have a label of several rows beside it. */
		if (!alone || !text || text->col != 1 || !is_essay(span_of(pieces->text.p + text->text, text->length)))
			continue;
		*text = (struct piece){.kind = PIECE_TEXT, .line = text->line, .text = text->text, .length = text->length,
			.begin = text->begin};
	}
}

/* The end of the heading that begins at the offset, which is that of the text or behind a sentence; 0 if none does. */
static size_t
heading_end(struct span text, size_t at)
{
	struct span rest = span_from(text, at);
	size_t n = line_numbering(rest), end;
	const char *blank;

	if (n == 0 || n >= rest.n)
		return 0;
	n += rest.p[n] == ' ';
	blank = memchr(rest.p + n, ' ', rest.n - n < HEADING ? rest.n - n : HEADING);
	end = blank ? (size_t)(blank - rest.p) : 0;
	/* 1.加强领导。 is a sentence, and 一、概 述 has a blank in it. */
	if (end < n + 2 * SPAN("。").n || span_find(span_head(rest, end), SPAN("。")) < end ||
		span_find(span_head(rest, end), SPAN("，")) < end || memchr(rest.p, ',', end))
		return 0;
	return at + end;
}

/* Where the text is parted next, behind `from`: before a heading, or, if one begins there, behind it; its end if nowhere. */
static size_t
next_part(struct span text, size_t from)
{
	/* Behind a heading stands a blank. */
	size_t end = heading_end(text, from < text.n && text.p[from] == ' ' ? from + 1 : from), n;

	if (end)
		return end;
	for (size_t at = from; (n = span_find(span_from(text, at), SPAN("。 "))) < text.n - at;) {
		at += n + SPAN("。 ").n;
		if (heading_end(text, at))
			return at;
	}
	return text.n;
}

/* The piece without the blanks at its ends. */
static struct piece
trimmed(const struct pieces *pieces, struct piece piece)
{
	for (; piece.length && pieces->text.p[piece.text] == ' '; piece.length--)
		piece.text++;
	while (piece.length && pieces->text.p[piece.text + piece.length - 1] == ' ')
		piece.length--;
	return piece;
}

void
essay_part(struct pieces *pieces)
{
	size_t more = 0, n = 0;
	struct piece *v;

	for (size_t i = 0; i < pieces->n; i++) {
		struct span text = piece_text(pieces, &pieces->v[i]);

		if (pieces->v[i].kind != PIECE_TEXT || text.n < LONG)
			continue;
		for (size_t at = next_part(text, 0); at < text.n; at = next_part(text, at))
			more++;
	}
	if (more == 0)
		return;
	v = xreallocarray(NULL, pieces->n + more, sizeof *v);
	for (size_t i = 0; i < pieces->n; i++) {
		struct piece piece = pieces->v[i];
		struct span text = piece_text(pieces, &piece);

		for (size_t from = 0, at; piece.kind == PIECE_TEXT && text.n >= LONG && (at = next_part(text, from)) < text.n; from = at) {
			piece.length = at - from;
			v[n++] = trimmed(pieces, piece);
			piece.text += piece.length;
			piece.length = text.n - at;
			/* Where in the page the rest begins nobody has noted. */
			piece.begin = 0;
		}
		if (piece.kind == PIECE_TEXT)
			piece = trimmed(pieces, piece);
		v[n++] = piece;
	}
	free(pieces->v);
	pieces->v = v;
	pieces->n = n;
	pieces->cap = n;
}
