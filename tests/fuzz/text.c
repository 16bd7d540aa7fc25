/* links: cmd/extract/text cmd/extract/personal cmd/extract/blank.c cmd/extract/words.c cmd/extract/piece.c */

/*
 * Any UTF-8 as a page of text, and its pieces again as lines of another carrier; what is read must keep
 * what text.h, grid.h and the record format promise, also when contact data is struck.
 */
#include "text/text.h"

#include "fuzz.h"
#include "personal/contact.h"
#include "utf8.h"

static void
check(const struct pieces *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct piece *p = &list->v[i];
		struct span text;

		require(p->length <= list->text.n && p->text <= list->text.n - p->length);
		text = piece_text(list, p);
		require(p->line > 0 && utf8_valid(text) == text.n);
		for (size_t k = 0; k < text.n; k++)
			require((unsigned char)text.p[k] >= ' ' && text.p[k] != 0x7f);
		require((p->kind == PIECE_CELL) == (p->table > 0) && (p->grid != GRID_NONE) == (p->table > 0));
		require((p->row == 0) == (p->col == 0) && (p->row == 0) == (p->rows == 0));
		require(p->kind != PIECE_CELL || (p->row == 0) == (p->grid == GRID_FAILED));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct words *words;
	static struct text *t;
	static struct pieces first, second;
	struct span page = span_of((const char *)data, n);

	if (!words) {
		words = words_load(NULL);
		t = text_new(&(struct text_limits){5000, 5000}, words);
	}
	page.n = utf8_valid(page);
	pieces_reset(&first);
	pieces_reset(&second);
	if (text_read(t, page, &first))
		return 0;
	check(&first);
	if (!text_reread(t, &first, &second))
		check(&second);
	contact_strike(&first, words);
	check(&first);
	return 0;
}
