/* links: cmd/extract/personal cmd/extract/text/kind.c cmd/extract/blank.c cmd/extract/words.c cmd/extract/piece.c */

/*
 * Any UTF-8 as pieces, a line each, cells parted by tabs: what is struck leaves UTF-8, makes nothing longer
 * than a sign a strike, and leaves nothing to strike.
 */
#include "personal/contact.h"

#include "fuzz.h"
#include "utf8.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct words *words;
	static struct pieces list;
	struct span rest = span_of((const char *)data, n);

	if (!words)
		words = words_load(NULL);
	rest.n = utf8_valid(rest);
	pieces_reset(&list);
	for (uint32_t line = 1; rest.p && line < 1000; line++) {
		struct span text = span_cut(&rest, '\n');
		bool cell = text.n && memchr(text.p, '\t', text.n);

		for (uint32_t col = 1; text.p; col++)
			pieces_add(&list, (struct piece){.kind = cell ? PIECE_CELL : PIECE_TEXT, .line = line,
				.grid = cell ? GRID_ROWS : GRID_NONE, .table = cell, .row = cell ? line : 0,
				.col = cell ? col : 0, .rows = cell, .cols = cell}, span_cut(&text, '\t'));
	}
	for (int pass = 0; pass < 2; pass++) {
		contact_strike(&list, words);
		for (size_t i = 0; i < list.n; i++) {
			struct span text = piece_text(&list, &list.v[i]);

			require(utf8_valid(text) == text.n);
		}
	}
	return 0;
}
