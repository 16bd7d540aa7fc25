#include "contact.h"

#include <stdlib.h>

#include "personal.h"
#include "simd.h"
#include "text/kind.h"
#include "text/lines.h"

enum {
	SHORTEST = 5,    /* bytes of the shortest name of a field, or mailbox */
	LONGEST = 16,    /* characters of the longest name of a person or office in a cell */
};

static void
replace(struct pieces *list, struct piece *piece, struct span text)
{
	piece->text = list->text.n;
	piece->length = text.n;
	buf_add_span(&list->text, text);
}

/* Whether the text of a cell can be what the field's name announces. */
static bool
is_value(struct span s, enum word_use use)
{
	size_t n = 0;
	bool mark = false;

	for (size_t i = 0; i < s.n; i++) {
		n += is_digit(s.p[i]);
		mark |= s.p[i] == '*' || s.p[i] == '-' || s.p[i] == '@' || s.p[i] == '(';
	}
	switch (use) {
	case WORD_PERSON:
	case WORD_EDITOR:
		return s.n > 0 && n == 0;
	case WORD_PHONE:
		return n >= PERSONAL_PHONE || (mark && n >= 3);
	case WORD_MAILBOX:
		return s.n > 0 && (mark || cell_kind(s) != CELL_NUMBER);
	default:
		return false;
	}
}

/* As long as a name or an office is. */
static bool
is_short(struct span s)
{
	return span_characters(s) <= LONGEST;
}

/* A column of a table whose head names a field. */
struct column {
	uint32_t table, col;
	enum word_use use;
};

enum { COLUMNS = 64 };

/* The end of the cells of the row that begins at `from`. */
static size_t
end_of_row(const struct pieces *list, size_t from)
{
	const struct piece *first = &list->v[from];
	size_t end = from;

	while (end < list->n && list->v[end].kind == PIECE_CELL && list->v[end].table == first->table &&
		list->v[end].row == first->row)
		end++;
	return end;
}

static bool
is_personal(enum word_use use)
{
	return use >= WORD_PERSON && use < WORD_USES;
}

/* Whether a row of `like` cells begins at `from`, none of which names a field. */
static bool
could_be_values(const struct pieces *list, const enum word_use *use, size_t from, size_t like)
{
	size_t end;

	if (from == list->n || list->v[from].kind != PIECE_CELL || list->v[from].row == 0)
		return false;
	end = end_of_row(list, from);
	for (size_t i = from; i < end; i++)
		if (use[i] != WORD_USES)
			return false;
	return end - from == like;
}

/*
 * Whether the row from `from` to `end` heads columns: nothing but labels, two or more of them names of
 * personal fields, the last of all one, or two side by side above a row of as many values.
 */
static bool
heads_columns(const struct pieces *list, const enum word_use *use, size_t from, size_t end)
{
	size_t names = 0;
	bool side_by_side = false;

	for (size_t i = from; i < end; i++) {
		enum cell_kind kind = cell_kind(piece_text(list, &list->v[i]));

		if (kind != CELL_LABEL && kind != CELL_SHORT)
			return false;
		names += is_personal(use[i]);
		side_by_side |= i > from && is_personal(use[i]) && is_personal(use[i - 1]);
	}
	return names >= 2 && list->v[from].row > 0 &&
	       (is_personal(use[end - 1]) || (side_by_side && could_be_values(list, use, end, end - from)));
}

/* A line that is nothing but a field's name is followed by its value on the next. */
static void
strike_next_line(struct pieces *list, const enum word_use *use, const struct words *words)
{
	for (size_t i = 0; i + 1 < list->n; i++) {
		struct piece *next = &list->v[i + 1];
		struct span text = piece_text(list, next);

		if (list->v[i].kind != PIECE_TEXT || next->kind != PIECE_TEXT || !is_personal(use[i]) ||
			use[i + 1] != WORD_USES)
			continue;
		if (use[i] == WORD_PHONE ? personal_numbers(words, text) == text.n : personal_name(words, text, PERSONAL_NAME) == text.n)
			replace(list, next, SPAN("*"));
	}
}

/*
 * Whether the row from `from` to `end` can be one of those below the heads: as many cells, and in the
 * columns of the heads what these announce, or nothing.
 */
static bool
is_below(const struct pieces *list, const struct column *head, size_t nhead, size_t cells, size_t from,
	size_t end)
{
	if (end - from != cells)
		return false;
	for (size_t i = from; i < end; i++)
		for (size_t h = 0; h < nhead; h++) {
			struct span text = piece_text(list, &list->v[i]);

			if (head[h].col == list->v[i].col && text.n &&
				(!is_value(text, head[h].use) || (head[h].use == WORD_PERSON && !is_short(text))))
				return false;
		}
	return true;
}

/* The cells beside and below those that name a field. */
static void
strike_cells(struct pieces *list, const enum word_use *use)
{
	struct column head[COLUMNS];
	size_t nhead = 0, width = 0, end;

	for (size_t i = 0; i < list->n; i = end) {
		struct piece *first = &list->v[i];

		end = i + 1;
		if (first->kind != PIECE_CELL)
			continue;
		end = end_of_row(list, i);
		if (nhead && (head[0].table != first->table || !is_below(list, head, nhead, width, i, end)))
			nhead = 0;
		if (heads_columns(list, use, i, end)) {
			nhead = 0;
			width = end - i;
			for (size_t k = i; k < end && nhead < COLUMNS; k++)
				if (is_personal(use[k]))
					head[nhead++] = (struct column){first->table, list->v[k].col, use[k]};
			continue;
		}
		for (size_t k = i; k < end; k++) {
			struct piece *cell = &list->v[k];
			struct span text = piece_text(list, cell);

			if (use[k] != WORD_USES)
				continue;
			for (size_t h = 0; h < nhead; h++)
				if (head[h].col == cell->col)
					cell->length = 0;
			if (k > i && is_personal(use[k - 1]) && is_value(text, use[k - 1]))
				cell->length = 0;
		}
	}
}

/* Where in up to 64 bytes of a text something personal may be, a bit a byte, the first the lowest. */
struct signs {
	uint64_t other; /* a colon's last byte, a blank, an at sign */
	uint64_t phone; /* the last of seven digits, dashes and stars in a row, or more */
};

#ifdef SIMD_WIDE
SIMD_WIDE static inline struct signs
block_signs(const char *p, uint64_t *colons)
{
	const __m256i below = _mm256_set1_epi8('0' - 1), above = _mm256_set1_epi8('9' + 1), dash = _mm256_set1_epi8('-'),
		      star = _mm256_set1_epi8('*'), colon = _mm256_set1_epi8(':'), at = _mm256_set1_epi8('@'),
		      blank = _mm256_set1_epi8(' ');
	struct simd_block b = simd_block(p);
	__m256i v[2] = {b.low, b.high}, phone[2], other[2];

	for (int i = 0; i < 2; i++) {
		phone[i] = _mm256_or_si256(_mm256_and_si256(_mm256_cmpgt_epi8(v[i], below), _mm256_cmpgt_epi8(above, v[i])),
			_mm256_or_si256(_mm256_cmpeq_epi8(v[i], dash), _mm256_cmpeq_epi8(v[i], star)));
		other[i] = _mm256_or_si256(_mm256_cmpeq_epi8(v[i], colon),
			_mm256_or_si256(_mm256_cmpeq_epi8(v[i], at), _mm256_cmpeq_epi8(v[i], blank)));
	}
	*colons = simd_block_is(b, 0x9a);
	return (struct signs){simd_bits(other[0], other[1]), simd_bits(phone[0], phone[1])};
}
#endif

/*
 * Those of the n <= 64 bytes of the text from `at` on, all before having been looked at by 64.  row: of the 64 bytes
 * before, which are the last of one, two and four that a telephone number may have.
 */
static inline __attribute__((always_inline)) struct signs
find_signs(const struct buf *text, size_t at, size_t n, uint64_t row[3], bool wide)
{
	const char *p = text->p + at;
	struct signs s = {0, 0};
	uint64_t colons = 0; /* the last bytes of full-width colons, and of other characters */

#ifdef SIMD_WIDE
	if (wide && n == 64)
		s = block_signs(p, &colons);
#endif
#ifdef __SSE2__
	for (size_t i = 0; !wide && n == 64 && i < 64; i += 16) {
		__m128i v = simd_load(p + i);
		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, simd_byte('0' - 1)),
			_mm_cmplt_epi8(v, simd_byte('9' + 1)));
		__m128i phone = _mm_or_si128(digit,
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('-')), _mm_cmpeq_epi8(v, simd_byte('*'))));
		__m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(':')),
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('@')), _mm_cmpeq_epi8(v, simd_byte(' '))));

		s.phone |= (uint64_t)(unsigned)_mm_movemask_epi8(phone) << i;
		s.other |= (uint64_t)(unsigned)_mm_movemask_epi8(other) << i;
		colons |= (uint64_t)simd_is(v, '\x9a') << i;
	}
	if (n < 64)
#endif
		for (size_t i = 0; i < n; i++) {
			char c = p[i];

			s.phone |= (uint64_t)(is_digit(c) || c == '-' || c == '*') << i;
			s.other |= (uint64_t)(c == ':' || c == '@' || c == ' ') << i;
			colons |= (uint64_t)(c == '\x9a') << i;
		}
	for (; colons; colons &= colons - 1) {
		size_t end = at + (size_t)__builtin_ctzll(colons) + 1;

		if (end >= 3 && memcmp(text->p + end - 3, "：", 3) == 0)
			s.other |= colons & -colons;
	}
	/* A bit stays where one, two and three more before it are set: seven. */
	for (int k = 0; k < 3; k++) {
		uint64_t run = s.phone;

		s.phone &= run << (k + 1) | row[k] >> (63 - k);
		row[k] = run;
	}
	return s;
}

/* Marks the pieces that may hold something personal. */
static inline __attribute__((always_inline)) void
mark(const struct pieces *list, unsigned char *marked, bool wide)
{
	const struct buf *text = &list->text;
	uint64_t row[3] = {0};
	size_t i = 0;

	/* The pieces' texts stand in the buffer in their order. */
	for (size_t at = 0; at < text->n; at += 64) {
		struct signs s = find_signs(text, at, text->n - at < 64 ? text->n - at : 64, row, wide);

		for (uint64_t bits = s.other | s.phone; bits;) {
			size_t sign = (size_t)__builtin_ctzll(bits), next;
			const struct piece *piece;

			while (i < list->n && list->v[i].text + list->v[i].length <= at + sign)
				i++;
			if (i == list->n)
				return;
			piece = &list->v[i];
			next = piece->text + piece->length - at;
			if (at + sign < piece->text)
				next = piece->text - at;
			else if (piece->length >= SHORTEST && !marked[i]) {
				/* Digits in a row may be those of several cells. */
				marked[i] = s.other >> sign & 1 || at + sign - piece->text >= PERSONAL_PHONE - 1;
				if (!marked[i])
					next = sign + 1;
			}
			bits = next < 64 ? bits & UINT64_MAX << next : 0;
		}
	}
}

#ifdef SIMD_WIDE
SIMD_WIDE static void
mark_wide(const struct pieces *list, unsigned char *marked)
{
	mark(list, marked, true);
}
#endif

static void
mark_pieces(const struct pieces *list, unsigned char *marked)
{
#ifdef SIMD_WIDE
	if (simd_wide()) {
		mark_wide(list, marked);
		return;
	}
#endif
	mark(list, marked, false);
}

/* Bytes at the end of a, or at the beginning of b, of which a mailbox or a telephone number may be a part. */
static size_t
tail_run(struct span a)
{
	size_t n = 0;

	while (n < a.n && (personal_is_mailbox(a.p[a.n - 1 - n]) || a.p[a.n - 1 - n] == '@'))
		n++;
	return n;
}

static size_t
head_run(struct span b)
{
	size_t n = 0;

	while (n < b.n && (personal_is_mailbox(b.p[n]) || b.p[n] == '@'))
		n++;
	return n;
}

/* Whether the two runs may be one mailbox of which the first is not all: abc@ / qq.com, abc@qq / .com, abc / @qq.com. */
static bool
may_be_mailbox(struct span tail, struct span head)
{
	const char *at = memchr(tail.p, '@', tail.n), *end = tail.p + tail.n;

	if (!at)
		return *head.p == '@';
	return !memchr(at, '.', (size_t)(end - at)) || end[-1] == '.' || *head.p == '.';
}

/*
 * Whether the digits at the end of one run and the beginning of the other may be one telephone number of which the
 * first are not all: they are as many as one has, and no more; a date may begin the next line.
 */
static bool
may_be_number(struct span tail, struct span head)
{
	size_t n = 0, all;
	const char *run;

	while (n < tail.n && is_digit(tail.p[tail.n - 1 - n]))
		n++;
	run = tail.p + tail.n - n;
	all = n + span_digits(head);
	if (span_digits(head) == 0 || (n == 0 && (tail.n == 0 || tail.p[tail.n - 1] != '-')))
		return false;
	if (n > 1 && run[0] == '1' && run[1] >= '3')
		return n < 11 && all == 11;
	if (n > 0 && run[0] == '0')
		return n < 10 && all >= 10 && all <= 12;
	return n < PERSONAL_PHONE && all >= PERSONAL_PHONE && all <= PERSONAL_PHONE + 1;
}

/* What the end of a line of text cuts: 0573-8 / 7654321, abc@ / example.com. */
static void
strike_broken(struct pieces *list, const struct words *words, struct buf *work)
{
	enum { BEFORE = 96 }; /* bytes, in which the name of a field stands */
	struct buf both = BUF_INIT;

	for (size_t i = 0; i + 1 < list->n; i++) {
		struct span a = piece_text(list, &list->v[i]), b = piece_text(list, &list->v[i + 1]), window;
		size_t tail, head, from;

		if (list->v[i].kind != PIECE_TEXT || list->v[i + 1].kind != PIECE_TEXT || !a.n || !b.n ||
			((a.p[a.n - 1] | *b.p) & 0x80))
			continue;
		tail = tail_run(a);
		head = head_run(b);
		window = span_of(a.p + a.n - tail, tail);
		if (!tail || !head || !(may_be_mailbox(window, span_of(b.p, head)) || may_be_number(window, span_of(b.p, head))))
			continue;
		from = a.n > BEFORE + tail ? a.n - BEFORE - tail : 0;
		while (from > 0 && (a.p[from] & 0xc0) == 0x80)
			from--;
		window = span_from(a, from);
		both.n = 0;
		buf_add_span(&both, window);
		buf_add(&both, b.p, head);
		if (!personal_strike(words, buf_span(&both), false, work) || work->p[work->n - 1] != '*')
			continue;
		both.n = 0;
		buf_add(&both, a.p, from);
		buf_add_span(&both, buf_span(work));
		replace(list, &list->v[i], buf_span(&both));
		list->v[i + 1].text += head;
		list->v[i + 1].length -= head;
		if (head == b.n)
			replace(list, &list->v[i + 1], SPAN("*"));
	}
	buf_release(&both);
}

void
contact_strike(struct pieces *list, const struct words *words)
{
	enum word_use *use = xreallocarray(NULL, list->n + 1, sizeof *use);
	unsigned char *marked = xcalloc(list->n + 1, 1);
	struct buf work = BUF_INIT;
	bool fields = false;

	mark_pieces(list, marked);
	strike_broken(list, words, &work);
	for (size_t i = 0; i < list->n; i++) {
		struct piece *piece = &list->v[i];
		bool cell = piece->kind == PIECE_CELL;

		use[i] = WORD_USES;
		if (piece->length < SHORTEST)
			continue;
		if (cell || piece->kind == PIECE_TEXT)
			use[i] = words_name(words, piece_text(list, piece));
		fields |= is_personal(use[i]);
		if (marked[i] && piece->kind != PIECE_PAGE && personal_strike(words, piece_text(list, piece), cell, &work))
			replace(list, piece, buf_span(&work));
	}
	if (fields) {
		strike_cells(list, use);
		strike_next_line(list, use, words);
	}
	free(use);
	free(marked);
	buf_release(&work);
}
