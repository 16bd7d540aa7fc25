#include "write.h"

#include "utf8.h"

static const struct span kinds[PIECE_KINDS] = {
	[PIECE_PAGE] = {"page", 4}, [PIECE_TITLE] = {"title", 5}, [PIECE_META] = {"meta", 4},
	[PIECE_TEXT] = {"text", 4}, [PIECE_CELL] = {"cell", 4}};

void
write_escape(struct buf *out, struct span s)
{
	static const char hex[] = "0123456789ABCDEF";

	while (s.n) {
		size_t n = utf8_plain(s);
		unsigned char c = (unsigned char)*s.p;

		if (n) {
			buf_add(out, s.p, n);
		} else {
			char code[3] = {'%', hex[c >> 4], hex[c & 15]};

			buf_add(out, code, sizeof code);
			n = 1;
		}
		s = span_from(s, n);
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

/* Two digits. */
static inline char *
put_pair(char *p, size_t n)
{
	p[0] = (char)('0' + n / 10);
	p[1] = (char)('0' + n % 10);
	return p + 2;
}

/* What put_number writes for small numbers, and in the fourth byte how much that is. */
#define TEN(t)                                                                                     \
	{',', t, '0', 3}, {',', t, '1', 3}, {',', t, '2', 3}, {',', t, '3', 3}, {',', t, '4', 3},  \
	{',', t, '5', 3}, {',', t, '6', 3}, {',', t, '7', 3}, {',', t, '8', 3}, {',', t, '9', 3}
static const char small[100][4] = {{',', 0, 0, 1}, {',', '1', 0, 2}, {',', '2', 0, 2}, {',', '3', 0, 2},
	{',', '4', 0, 2}, {',', '5', 0, 2}, {',', '6', 0, 2}, {',', '7', 0, 2}, {',', '8', 0, 2},
	{',', '9', 0, 2}, TEN('1'), TEN('2'), TEN('3'), TEN('4'), TEN('5'), TEN('6'), TEN('7'), TEN('8'), TEN('9')};

/* A comma and the number; nothing behind the comma for 0. */
static inline char *
put_number(char *p, size_t n)
{
	char digits[20];
	size_t i = sizeof digits;

	if (n < 100) {
		memcpy(p, small[n], sizeof small[n]);
		return p + small[n][3];
	}
	*p++ = ',';
	if (n < 1000) {
		*p++ = (char)('0' + n / 100);
		return put_pair(p, n % 100);
	}
	if (n < 10000)
		return put_pair(put_pair(p, n / 100), n % 100);
	for (; n; n /= 10)
		digits[--i] = (char)('0' + n % 10);
	memcpy(p, digits + i, sizeof digits - i);
	return p + sizeof digits - i;
}

void
write_pieces(struct writer *w, struct span source, const struct pieces *list, const struct trace *trace)
{
	enum { NUMBERS = 6 * 21 + 16 }; /* bytes of six numbers, the grid and their commas */
	struct buf name = BUF_INIT, heads = BUF_INIT;
	struct span head[PIECE_KINDS];

	/* What the lines of each kind begin with. */
	write_escape(&name, source);
	for (size_t k = 0; k < PIECE_KINDS; k++) {
		head[k].n = heads.n;
		buf_add_span(&heads, kinds[k]);
		buf_add_char(&heads, ',');
		writer_field_into(&heads, buf_span(&name));
		head[k].n = heads.n - head[k].n;
	}
	for (size_t k = 0, at = 0; k < PIECE_KINDS; at += head[k++].n)
		head[k].p = heads.p + at;
	for (size_t i = 0; i < list->n; i++) {
		const struct piece *piece = &list->v[i];
		struct span kind = head[piece->kind];
		char *p;

		writer_room(w, kind.n + NUMBERS);
		p = w->at;
		memcpy(p, kind.p, kind.n);
		p += kind.n;
		p = put_number(p, piece->line);
		if (piece->kind == PIECE_CELL) {
			struct span grid = grid_names[piece->grid];

			p = put_number(p, piece->table);
			p = put_number(p, piece->row);
			p = put_number(p, piece->col);
			p = put_number(p, piece->rows);
			p = put_number(p, piece->cols);
			*p++ = ',';
			memcpy(p, grid.p, grid.n);
			p += grid.n;
			*p++ = ',';
		} else {
			memcpy(p, ",,,,,,,", 7);
			p += 7;
		}
		w->at = p;
		writer_field(w, piece_text(list, piece));
		if (trace)
			trace_write(trace, w, piece);
		writer_end(w);
	}
	buf_release(&name);
	buf_release(&heads);
}
