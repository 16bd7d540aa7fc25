#include "essay.h"

enum {
	LONG = 450,    /* bytes: no label or remark */
	SENTENCES = 2, /* full stops in it */
};

static bool
is_essay(struct span text)
{
	size_t stops = 0;

	if (text.n < LONG)
		return false;
	for (size_t at = 0, n; stops < SENTENCES && (n = span_find(span_of(text.p + at, text.n - at), SPAN("。"))) < text.n - at; stops++)
		at += n + SPAN("。").n;
	return stops == SENTENCES;
}

void
essay_free(struct pieces *pieces)
{
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
		*text = (struct piece){.kind = PIECE_TEXT, .line = text->line, .text = text->text, .length = text->length};
	}
}
