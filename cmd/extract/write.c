#include "write.h"

static const struct span kinds[PIECE_KINDS] = {
	[PIECE_PAGE] = {"page", 4}, [PIECE_TITLE] = {"title", 5}, [PIECE_META] = {"meta", 4},
	[PIECE_TEXT] = {"text", 4}, [PIECE_CELL] = {"cell", 4}};
static const struct span grids[GRIDS] = {
	[GRID_NONE] = {"", 0}, [GRID_HTML] = {"html", 4}, [GRID_ROWS] = {"rows", 4},
	[GRID_PROVED] = {"proved", 6}, [GRID_ASSUMED] = {"assumed", 7}, [GRID_FAILED] = {"failed", 6}};

/* Bytes of the UTF-8 character at the start of s; 0 for a control character and what is no UTF-8. */
static size_t
plain_character(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t rune;
	size_t n;

	if (p[0] < 0x80)
		return p[0] >= ' ' && p[0] != 0x7f;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (s.n < n)
		return 0;
	rune = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		rune = rune << 6 | (p[i] & 0x3fu);
	}
	if ((n == 3 && rune < 0x800) || (n == 4 && (rune < 0x10000 || rune > 0x10ffff)) ||
		(rune >= 0xd800 && rune <= 0xdfff) || rune < 0xa0)
		return 0;
	return n;
}

void
write_escape(struct buf *out, struct span s)
{
	static const char hex[] = "0123456789ABCDEF";

	while (s.n) {
		size_t n = plain_character(s);
		unsigned char c = (unsigned char)*s.p;

		if (n) {
			buf_add(out, s.p, n);
		} else {
			char code[3] = {'%', hex[c >> 4], hex[c & 15]};

			buf_add(out, code, sizeof code);
			n = 1;
		}
		s.p += n;
		s.n -= n;
	}
}

void
write_source(struct writer *w, struct span source)
{
	struct buf name = BUF_INIT;

	write_escape(&name, source);
	writer_field(w, buf_span(&name));
	buf_release(&name);
}

static void
number(struct writer *w, size_t n)
{
	writer_char(w, ',');
	if (n)
		writer_uint(w, n);
}

void
write_pieces(struct writer *w, struct span source, const struct pieces *list)
{
	struct buf name = BUF_INIT;

	write_escape(&name, source);
	for (size_t i = 0; i < list->n; i++) {
		const struct piece *piece = &list->v[i];

		writer_raw(w, kinds[piece->kind]);
		writer_char(w, ',');
		writer_field(w, buf_span(&name));
		number(w, piece->line);
		number(w, piece->table);
		number(w, piece->row);
		number(w, piece->col);
		number(w, piece->rows);
		number(w, piece->cols);
		writer_char(w, ',');
		writer_raw(w, grids[piece->grid]);
		writer_char(w, ',');
		writer_field(w, piece_text(list, piece));
		writer_end(w);
	}
	buf_release(&name);
}
