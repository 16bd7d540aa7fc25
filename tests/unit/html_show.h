/*
 * html_show: the pieces of a page in one line, for the tests of the reader of HTML.
 *
 * "text" a line of text; T[...] the title; M[...] a meta; 1@2,3[...] the cell of table 1 in row 2,
 * column 3, 1@2,3+2x1[...] one that spans 2 rows and 1 column; blanks between.
 */
#ifndef HTML_SHOW_H
#define HTML_SHOW_H

#include "html/html.h"

static inline void
html_show(const struct pieces *pieces, bool lines, struct buf *out)
{
	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->v[i];

		if (i)
			buf_add_char(out, ' ');
		if (lines)
			buf_printf(out, "%zu:", piece->line);
		if (piece->kind == PIECE_TITLE || piece->kind == PIECE_META)
			buf_add_char(out, piece->kind == PIECE_TITLE ? 'T' : 'M');
		if (piece->kind == PIECE_CELL)
			buf_printf(out, "%u@%u,%u", piece->table, piece->row, piece->col);
		if (piece->kind == PIECE_CELL && (piece->rows != 1 || piece->cols != 1))
			buf_printf(out, "+%ux%u", piece->rows, piece->cols);
		buf_add_char(out, piece->kind == PIECE_TEXT ? '"' : '[');
		buf_add_span(out, piece_text(pieces, piece));
		buf_add_char(out, piece->kind == PIECE_TEXT ? '"' : ']');
	}
	buf_add_char(out, '\0');
}

#endif
