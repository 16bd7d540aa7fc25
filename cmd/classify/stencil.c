#include "stencil.h"

#include <stdlib.h>

#include "digits.h"
#include "facts.h"

enum {
	PIECE = 32,      /* bytes of a small piece, copied whole */
	LONG_PIECE = 64, /* of a name of the tables */
	SCOPES_KEPT = 64,
	BLOCK = 16,
};

struct piece {
	char text[PIECE - 1];
	uint8_t n; /* 0: not made yet, or its name needs quotes or is too long */
};

struct long_piece {
	char text[LONG_PIECE - 1];
	uint8_t n;
};

/* scope,form, by where these names stand. */
struct scope_piece {
	const char *scope, *form;
	struct long_piece names;
};

struct stencil {
	const struct forms *forms;
	struct piece state[STATES][ORIGINS][ROLES]; /* state,origin,role, */
	struct piece grid[GRIDS][MATCHES];          /* grid,match, */
	struct piece value, percent, growth;        /* columns of their own */
	struct long_piece *row, *column;            /* of forms, as they are needed */
	struct scope_piece scope[SCOPES_KEPT];
	struct buf prefix, source;                  /* of the page, each with a comma behind */
	bool clean;                                 /* the source needs no quotes */
};

static void
add_name(struct piece *piece, const char *name)
{
	for (; *name; name++)
		piece->text[piece->n++] = *name;
	piece->text[piece->n++] = ',';
}

struct stencil *
stencil_new(const struct forms *forms)
{
	struct stencil *s = xcalloc(1, sizeof *s);

	s->forms = forms;
	s->row = xcalloc(forms->nrows + 1, sizeof *s->row);
	s->column = xcalloc(forms->ncolumns + 1, sizeof *s->column);
	add_name(&s->value, "value");
	add_name(&s->percent, "percent");
	add_name(&s->growth, "growth");
	for (int i = 0; i < STATES; i++)
		for (int o = 0; o < ORIGINS; o++)
			for (int r = 0; r < ROLES; r++) {
				add_name(&s->state[i][o][r], state_names[i].p);
				add_name(&s->state[i][o][r], fact_origins[o]);
				add_name(&s->state[i][o][r], fact_roles[r]);
			}
	for (int g = 0; g < GRIDS; g++)
		for (int m = 0; m < MATCHES; m++) {
			add_name(&s->grid[g][m], grid_names[g].p);
			add_name(&s->grid[g][m], match_names[m]);
		}
	return s;
}

void
stencil_free(struct stencil *s)
{
	if (!s)
		return;
	free(s->row);
	free(s->column);
	buf_release(&s->prefix);
	buf_release(&s->source);
	free(s);
}

void
stencil_page(struct stencil *s, struct span prefix, struct span source)
{
	buf_reset(&s->prefix);
	buf_add_span(&s->prefix, prefix);
	buf_reset(&s->source);
	buf_add_span(&s->source, source);
	buf_add_char(&s->source, ',');
	/* put copies whole blocks. */
	memset(buf_room(&s->prefix, BLOCK), 0, BLOCK);
	memset(buf_room(&s->source, BLOCK), 0, BLOCK);
	s->clean = !writer_quotes(source);
}

/* The name and a comma behind what the piece holds; false if it cannot be. */
static bool
add_long(struct long_piece *piece, struct span name)
{
	/* put copies whole blocks, which must not pass the end of the piece. */
	if (piece->n + name.n + 1 > LONG_PIECE - BLOCK || writer_quotes(name)) {
		piece->n = 0;
		return false;
	}
	if (name.n)
		memcpy(piece->text + piece->n, name.p, name.n);
	piece->n = (uint8_t)(piece->n + name.n + 1);
	piece->text[piece->n - 1] = ',';
	return true;
}

/* The bytes to where there is room for them and a block more; a block more may be read, too. */
static inline char *
put(char *at, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i += BLOCK)
		memcpy(at + i, p + i, BLOCK);
	return at + n;
}

static inline char *
put_piece(char *at, const struct piece *piece)
{
	memcpy(at, piece->text, sizeof *piece);
	return at + piece->n;
}

/* The text; *special is set if it needs quotes.  Room as for put; nothing behind it is read. */
static inline char *
put_field(char *at, struct span s, int *special)
{
#ifndef WRITER_PLAIN
	for (; s.n > BLOCK; s.p += BLOCK, s.n -= BLOCK, at += BLOCK) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s.p);

		_mm_storeu_si128((__m128i *)(void *)at, v);
		*special |= writer_special(v, 0xffff);
	}
	/* Past its end, but never past its page of memory. */
	if (s.n && ((uintptr_t)s.p & 4095) <= 4096 - BLOCK) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s.p);

		_mm_storeu_si128((__m128i *)(void *)at, v);
		*special |= writer_special(v, (1 << s.n) - 1);
		return at + s.n;
	}
#endif
	*special |= writer_quotes(s);
	if (s.n)
		memcpy(at, s.p, s.n);
	return at + s.n;
}

/* A number and a comma; nothing for 0. */
static inline char *
put_number(char *at, uint32_t number)
{
	char digits[10], *p = digits + sizeof digits;

	if (number < 10) {
		*at = (char)('0' + number);
		at += number > 0;
	} else if (number < 100) {
		at = digits_two(at, number);
	} else if (number < 1000) {
		*at++ = (char)('0' + number / 100);
		at = digits_two(at, number % 100);
	} else if (number < 10000) {
		at = digits_two(digits_two(at, number / 100), number % 100);
	} else {
		for (; number; number /= 10)
			*--p = (char)('0' + number % 10);
		memcpy(at, p, (size_t)(digits + sizeof digits - p));
		at += digits + sizeof digits - p;
	}
	*at++ = ',';
	return at;
}

static const struct long_piece *
scope_piece(struct stencil *s, struct span scope, struct span form)
{
	uint64_t h = ((uint64_t)(uintptr_t)scope.p * 31 + (uint64_t)(uintptr_t)form.p) *
		     UINT64_C(0x9e3779b97f4a7c15);
	struct scope_piece *piece = &s->scope[(h >> 32) % SCOPES_KEPT];

	if (piece->scope != scope.p || piece->form != form.p || !piece->names.n) {
		piece->scope = scope.p;
		piece->form = form.p;
		piece->names.n = 0;
		if (!add_long(&piece->names, scope) || !add_long(&piece->names, form))
			return NULL;
	}
	return &piece->names;
}

static char *
put_row(struct stencil *s, char *at, const struct form_row *row)
{
	struct long_piece *piece = &s->row[row - s->forms->row];

	if (!piece->n && !add_long(piece, row->indicator))
		return NULL;
	return put(at, piece->text, piece->n);
}

static char *
put_column(struct stencil *s, char *at, uint16_t column)
{
	struct long_piece *piece;

	if (column == COLUMN_VALUE)
		return put_piece(at, &s->value);
	if (column == COLUMN_PERCENT)
		return put_piece(at, &s->percent);
	if (column == COLUMN_GROWTH)
		return put_piece(at, &s->growth);
	piece = &s->column[column];
	if (!piece->n && !add_long(piece, s->forms->column[column].column))
		return NULL;
	return put(at, piece->text, piece->n);
}

bool
stencil_write(struct stencil *s, struct writer *w, const struct stencil_line *line)
{
	const struct long_piece *scope = scope_piece(s, line->scope, line->form);
	size_t texts = line->value.n + line->unit.n + line->period.n + line->label.n + line->head.n;
	int special = 0;
	char *at;

	if (!s->clean || !scope)
		return false;
	/* The pieces, the numbers, the commas, and the block that each may reach into. */
	writer_room(w, s->prefix.n + s->source.n + texts + 3 * LONG_PIECE + 2 * PIECE + 4 * 11 + 8 + BLOCK);
	at = put(w->at, s->prefix.p, s->prefix.n);
	at = put(at, scope->text, scope->n);
	if (line->row) {
		at = put_row(s, at, line->row);
		if (!at)
			return false;
	} else {
		*at++ = ',';
	}
	at = put_column(s, at, line->column);
	if (!at)
		return false;
	at = put_field(at, line->value, &special);
	*at++ = ',';
	at = put_field(at, line->unit, &special);
	*at++ = ',';
	at = put_piece(at, &s->state[line->state][line->origin][line->role]);
	if (line->period.n)
		at = put_field(at, line->period, &special);
	*at++ = ',';
	at = put_piece(at, &s->grid[line->grid][line->match]);
	at = put(at, s->source.p, s->source.n);
	at = put_number(at, line->table);
	at = put_number(at, line->row_at);
	at = put_number(at, line->col);
	at = put_number(at, line->line);
	at = put_field(at, line->label, &special);
	if (line->label.n && line->head.n) {
		memcpy(at, " / ", 3);
		at += 3;
	}
	at = put_field(at, line->head, &special);
	if (special)
		return false;
	w->at = at;
	return true;
}
