/* links: cmd/extract/html cmd/extract/charset cmd/extract/blank.c cmd/extract/piece.c */

/*
 * Any bytes as a page of HTML.  The first byte says what the transport declares and how tight the
 * limits are; whatever is read must keep what html.h and the record format promise.
 */
#include "html/html.h"

#include <stdlib.h>

#include "fuzz.h"
#include "utf8.h"

static void
check(const struct pieces *pieces, size_t lines)
{
	size_t assumed = 0; /* the cell in which the page ends */

	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->v[i];
		struct span text;

		require(piece->length <= pieces->text.n && piece->text <= pieces->text.n - piece->length);
		text = piece_text(pieces, piece);
		require(piece->line >= 1 && piece->line <= lines);
		require(utf8_valid(text) == text.n);
		for (size_t j = 0; j < text.n; j++)
			require((unsigned char)text.p[j] >= ' ' ||
				(text.p[j] == '\t' && piece->kind == PIECE_TEXT));
		require((piece->kind == PIECE_CELL) == (piece->table && piece->row && piece->col &&
							piece->rows && piece->cols));
		assumed += piece->grid == GRID_ASSUMED;
		require(piece->kind == PIECE_CELL ? piece->grid == GRID_HTML || piece->grid == GRID_ASSUMED
						  : text.n && piece->grid == GRID_NONE);
		if (piece->kind != PIECE_TEXT && text.n)
			require(text.p[0] != ' ' && text.p[text.n - 1] != ' ' &&
				span_find(text, SPAN("  ")) == text.n);
	}
	require(assumed <= 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const declared[] = {"", "gbk", "big5", "utf-16le", "utf-16be", "utf-8", "x", "gb2312"};
	static struct html *wide, *tight;
	struct pieces pieces = PIECES_INIT;
	struct html_fault fault;
	struct charset charset;
	struct html *html;
	struct span page;
	char *copy;
	bool read;

	if (n == 0)
		return 0;
	if (!wide) {
		wide = html_new(&HTML_LIMITS);
		tight = html_new(&(struct html_limits){3, 9, 12, 9});
	}
	html = data[0] & 8 ? tight : wide;
	/* A copy of its own, so that reading past its end is seen. */
	copy = xmalloc(n - 1);
	memcpy(copy, data + 1, n - 1);
	page = span_of(copy, n - 1);
	charset = charset_decide(page, span_str(declared[data[0] & 7]));
	html_looks_like(page);
	read = html_read(html, page, &charset, &pieces, &fault);
	require(read == !fault.reason);
	/* Every byte may be a line end, once decoded. */
	check(&pieces, n);
	require(fault.cut <= n);
	if (!read)
		require(fault.line >= 1 && fault.line <= n);
	pieces_release(&pieces);
	free(copy);
	return 0;
}
