#include "contact.h"

#include <stdlib.h>

#include "blank.h"
#include "grid.h"
#include "lines.h"
#include "simd.h"

enum {
	NAME = 4,        /* characters of a name; one with a dot between its parts has up to LONG_NAME */
	LONG_NAME = 16,
	OFFICE = 9,      /* bytes of an office's name that is as short as a person's: 财政局 */
	LABEL = 12,      /* characters of the name of a field */
	SHORTEST = 5,    /* bytes of the shortest name of a field, or mailbox */
	SHORT_NUMBER = 3, /* digits of the shortest area code, and of what a mobile number begins with */
	PHONE = 7,       /* digits of the shortest telephone number without area code */
	NUMBERS = 8,     /* telephone numbers in a row behind one name */
};

static size_t
digits(struct span s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

/* Bytes of a colon, half or full width. */
static size_t
colon(struct span s)
{
	return s.n && *s.p == ':' ? 1 : span_starts(s, SPAN("：")) ? 3 : 0;
}

/* A Chinese character: what names are made of. */
static bool
is_han(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	return s.n >= 3 && ((p[0] == 0xe3 && p[1] >= 0x90) || (p[0] >= 0xe4 && p[0] <= 0xe9) ||
		(p[0] == 0xf0 && s.n >= 4));
}

/* Bytes of a mobile number at the start of s: 1[3-9], nine digits or stars; 0 if there is none. */
static size_t
mobile(struct span s)
{
	size_t n = digits(s), stars = 0;

	if (n < 3 || s.p[0] != '1' || s.p[1] < '3')
		return 0;
	while (n + stars < s.n && s.p[n + stars] == '*')
		stars++;
	if (stars) {
		size_t more = digits(span_from(s, n + stars));

		return n + more <= 11 && stars >= 3 ? n + stars + more : 0;
	}
	if (n == 11)
		return n;
	/* 139 1234 5678 and 139-1234-5678 */
	if (n == 3 && s.n >= 13 && (s.p[3] == ' ' || s.p[3] == '-') && digits(span_from(s, 4)) == 4 &&
		s.p[8] == s.p[3] && digits(span_from(s, 9)) == 4)
		return 13;
	return 0;
}

/*
 * Bytes of a telephone number with its area code at the start of s; *area gets those of the code.
 * 0469-4300000, (0469)4300000, 04694300000, with an extension.
 */
static size_t
landline(struct span s, size_t *area)
{
	size_t open = s.n && *s.p == '(' ? 1 : span_starts(s, SPAN("（")) ? 3 : 0;
	size_t n = digits(span_from(s, open)), at = open + n, link, number;

	if (n < 3 || s.p[open] != '0' || s.p[open + 1] == '0')
		return 0;
	if (n <= 4) {
		*area = n;
		if (open)
			link = span_at(s, at, SPAN(")")) ? 1 : span_at(s, at, SPAN("）")) ? 3 : 0;
		else
			link = line_dash(span_from(s, at));
		if (link == 0)
			return 0;
		at += link;
		while (at < s.n && s.p[at] == ' ')
			at++;
		at += open ? line_dash(span_from(s, at)) : 0;
		number = digits(span_from(s, at));
		if (number < 7 || number > 8)
			return 0;
		at += number;
	} else if (open == 0 && (n == 11 || n == 12 || (n == 10 && s.p[1] > '2'))) {
		*area = s.p[1] <= '2' ? 3 : 4;
	} else {
		return 0;
	}
	link = line_dash(span_from(s, at));
	number = link ? digits(span_from(s, at + link)) : 0;
	if (number >= 1 && number <= 5)
		at += link + number;
	return at;
}

static bool
is_mailbox_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
	       c == '-' || c == '+';
}

/* The name of a field that ends the text: the longest that ends there; WORD_USES if none does. */
static enum word_use
field_before(const struct words *words, struct span before)
{
	size_t start = before.n;
	enum word_use use = WORD_USES;

	if (!words_may_end(words, before))
		return WORD_USES;
	for (size_t n = 0; n < LABEL && start > 0; n++) {
		enum word_use found;

		do
			start--;
		while (start > 0 && ((unsigned char)before.p[start] & 0xc0) == 0x80);
		if (before.p[start] == ':' || before.p[start] == ',')
			break;
		found = words_name(words, span_from(before, start));
		if (found != WORD_USES)
			use = found;
	}
	return use;
}

/*
 * Bytes of a name at the start of s: characters, single ones with blanks between (张 三), up to a blank, a
 * sign, or the next field.  0 if none stands there.
 */
static size_t
name(const struct words *words, struct span s, size_t most)
{
	size_t at = 0, n = 0, end = 0, part = 0;
	bool dotted = false;

	while (at < s.n && n <= LONG_NAME) {
		struct span rest = span_from(s, at);

		if (is_han(rest)) {
			at += character(rest);
			n++, part++;
			end = at;
			continue;
		}
		if (n && (span_starts(rest, SPAN("·")) || span_starts(rest, SPAN("•")))) {
			at += character(rest);
			dotted = true;
			continue;
		}
		/* 张 三: only where each part is one character. */
		if (n && *rest.p == ' ' && part == 1 && is_han(span_from(rest, 1))) {
			at++;
			part = 0;
			continue;
		}
		break;
	}
	if (n == 0)
		return 0;
	if (colon(span_from(s, at))) {
		/* The name of the next field; the person's name, if any, stands before it. */
		for (size_t from = 0; from < end; from += character(span_from(s, from)))
			if (words_name(words, span_of(s.p + from, end - from)) != WORD_USES) {
				end = from;
				break;
			}
		while (end > 0 && s.p[end - 1] == ' ')
			end--;
		n = 0;
		for (size_t i = 0; i < end; i += character(span_from(s, i)))
			n += s.p[i] != ' ';
	}
	return n >= 1 && n <= (dotted ? (size_t)LONG_NAME : most) ? end : 0;
}

/* Bytes of telephone numbers behind a telephone's name: 2800000、2860000 or 2800000/1234. */
static size_t
numbers(const struct words *words, struct span s)
{
	static const struct span between[] = {{"、", 3}, {",", 1}, {"，", 3}, {"/", 1}, {" ", 1}, {";", 1}, {"；", 3}};
	size_t at = 0, end = 0;

	for (size_t n = 0; n < NUMBERS; n++) {
		size_t area = 0, k = landline(span_from(s, at), &area), link;

		if (k == 0)
			k = mobile(span_from(s, at));
		if (k == 0) {
			k = digits(span_from(s, at));
			while (at + k < s.n && (s.p[at + k] == '*' || is_digit(s.p[at + k])))
				k++;
			link = line_dash(span_from(s, at + k));
			if (k && link && is_digit(at + k + link < s.n ? s.p[at + k + link] : 0))
				k += link + digits(span_from(s, at + k + link));
			if (k < (end ? 1 : PHONE - 2))
				break;
		}
		at += k;
		end = at;
		for (size_t i = 0; i < sizeof between / sizeof *between; i++)
			if (span_at(s, at, between[i])) {
				at += between[i].n;
				break;
			}
		if (at == end)
			at += words_at(words, WORD_PHONE_JOINT, span_from(s, at));
		if (at == end || at >= s.n || !is_digit(s.p[at]))
			break;
	}
	return end;
}

/* The first byte from `at` on that something personal, or what announces it, may begin with; s.n if none. */
static size_t
next_sign(struct span s, size_t at)
{
	/* A full-width sign begins with 0xef. */
	static const bool signs[256] = {['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
		['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['('] = true, ['@'] = true,
		[' '] = true, [':'] = true, [0xef] = true};

#ifdef __SSE2__
	for (; s.n - at >= 16; at += 16) {
		__m128i v = simd_load(s.p + at);
		/* ':' stands behind '9'. */
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(
			_mm_or_si128(_mm_and_si128(_mm_cmpgt_epi8(v, simd_byte('0' - 1)),
					_mm_cmplt_epi8(v, simd_byte(':' + 1))),
				_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('(')), _mm_cmpeq_epi8(v, simd_byte('@')))),
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(' ')), _mm_cmpeq_epi8(v, simd_byte(0xef)))));

		if (bits)
			return at + (size_t)__builtin_ctz(bits);
	}
#endif
	while (at < s.n && !signs[(unsigned char)s.p[at]])
		at++;
	return at;
}

/* The text without what is personal in it, into *out; false if nothing is. */
static bool
strike(const struct words *words, struct span s, bool cell, struct buf *out)
{
	size_t copied = 0, at = 0;
	bool struck = false;

	out->n = 0;
	while ((at = next_sign(s, at)) < s.n) {
		struct span rest = span_from(s, at);
		bool behind_digit = at > 0 && (is_digit(s.p[at - 1]) || s.p[at - 1] == '.');
		size_t n = 0, from = at, keep = 0;
		enum word_use use;

		if (*rest.p == '@') {
			while (from > copied && is_mailbox_char(s.p[from - 1]))
				from--;
			for (n = 1; at + n < s.n && is_mailbox_char(s.p[at + n]);)
				n++;
			n = from < at && n > 1 ? n : 0;
		} else if (is_digit(*rest.p) && digits(rest) < SHORT_NUMBER) {
			at += digits(rest);
			continue;
		} else if ((is_digit(*rest.p) || *rest.p == '(' || span_starts(rest, SPAN("（"))) && !behind_digit) {
			n = landline(rest, &keep);
			if (n) {
				keep += *rest.p == '(' ? 1 : is_digit(*rest.p) ? 0 : 3;
			} else if (is_digit(*rest.p)) {
				n = mobile(rest);
				/* A cell that is one number may be an amount; see the cells around it. */
				if (n && ((cell && n == s.n && digits(rest) == n) || words_amount(words, span_from(rest, n))))
					n = 0;
			}
			/* A number right behind a telephone's name, and no count: nothing is counted behind it. */
			if (n == 0 && digits(rest) >= PHONE && digits(rest) <= PHONE + 1 &&
				!is_han(span_from(rest, digits(rest))) &&
				field_before(words, blank_trim(span_of(s.p + copied, at - copied))) == WORD_PHONE)
				n = numbers(words, rest);
			if (n == 0 && is_digit(*rest.p)) {
				at += digits(rest);
				continue;
			}
		} else if (*rest.p == ' ') {
			at++;
			if (is_han(span_from(rest, 1)) &&
				field_before(words, span_of(s.p + copied, from - copied)) == WORD_PERSON)
				n = name(words, span_from(s, at), NAME);
			from = at;
			if (n == 0)
				continue;
		} else if ((n = colon(rest)) > 0) {
			use = field_before(words, span_of(s.p + copied, at - copied));
			at += n;
			n = 0;
			if (use < WORD_PERSON || use == WORD_USES)
				continue;
			while (at < s.n && s.p[at] == ' ')
				at++;
			from = at;
			if (use == WORD_PERSON || use == WORD_EDITOR)
				n = name(words, span_from(s, at), use == WORD_PERSON ? NAME : NAME - 1);
			else if (use == WORD_PHONE)
				n = numbers(words, span_from(s, at));
			/* 编辑:财政局 says whose page it is. */
			if (n == OFFICE && use == WORD_EDITOR &&
				words_at(words, WORD_OFFICE, span_of(s.p + at + n - 3, 3)))
				n = 0;
			if (n && use == WORD_PHONE && landline(span_from(s, at), &keep))
				keep += is_digit(s.p[at]) ? 0 : s.p[at] == '(' ? 1 : 3;
			if (n == 0)
				continue;
		}
		if (n == 0) {
			at++;
			continue;
		}
		buf_add(out, s.p + copied, from - copied);
		if (keep) {
			struct span area = span_of(s.p + from, keep);

			while (area.n && !is_digit(*area.p))
				area = span_from(area, 1);
			buf_add_span(out, area);
			buf_add_char(out, '-');
		}
		buf_add_char(out, '*');
		at = copied = at + n;
		struck = true;
	}
	if (struck)
		buf_add(out, s.p + copied, s.n - copied);
	return struck;
}

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
		return n >= PHONE || (mark && n >= 3);
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
	return characters(s) <= LONG_NAME;
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
		if (use[i] == WORD_PHONE ? numbers(words, text) == text.n : name(words, text, NAME) == text.n)
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

/*
 * Whether something in the n <= 16 bytes of the text from `at` on may be personal: a colon, a blank or an at
 * sign, or the end of seven digits, dashes and stars in a row; *seen has those of the bytes before, a bit each, the
 * newest the highest.
 */
static inline bool
may_hold(const struct buf *text, size_t at, size_t n, uint32_t *seen)
{
	const char *p = text->p + at;
	uint32_t phone = 0, other = 0, colons = 0; /* the last bytes of full-width colons, and of other characters */

#ifdef __SSE2__
	if (n == 16) {
		__m128i v = simd_load(p);

		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, simd_byte('0' - 1)),
			_mm_cmplt_epi8(v, simd_byte('9' + 1)));

		phone = (uint32_t)_mm_movemask_epi8(_mm_or_si128(digit,
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('-')), _mm_cmpeq_epi8(v, simd_byte('*')))));
		other = (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(':')),
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('@')), _mm_cmpeq_epi8(v, simd_byte(' ')))));
		colons = simd_is(v, '\x9a');
	} else
#endif
		for (size_t i = 0; i < n; i++) {
			char c = p[i];

			phone |= (uint32_t)(is_digit(c) || c == '-' || c == '*') << i;
			other |= (uint32_t)(c == ':' || c == '@' || c == ' ') << i;
			colons |= (uint32_t)(c == '\x9a') << i;
		}
	if ((phone | other | colons) == 0) {
		*seen = 0;
		return false;
	}
	phone = phone << 16 | *seen >> 16;
	*seen = phone;
	/* A bit stays where those before it are set: the last of seven. */
	phone &= phone << 1;
	phone &= phone << 2;
	phone &= phone << 3;
	if (other != 0 || phone >> 16 != 0)
		return true;
	for (; colons; colons &= colons - 1) {
		size_t end = at + (size_t)__builtin_ctz(colons) + 1;

		if (end >= 3 && memcmp(text->p + end - 3, "：", 3) == 0)
			return true;
	}
	return false;
}

/* Marks the pieces that may hold something personal. */
static void
mark_pieces(const struct pieces *list, unsigned char *marked)
{
	const struct buf *text = &list->text;
	uint32_t seen = 0;
	size_t i = 0;

	/* The pieces' texts stand in the buffer in their order. */
	for (size_t at = 0; at < text->n; at += 16) {
		size_t n = text->n - at < 16 ? text->n - at : 16, from = at < PHONE ? 0 : at - PHONE;

		if (!may_hold(text, at, n, &seen))
			continue;
		while (i < list->n && list->v[i].text + list->v[i].length <= from)
			i++;
		for (size_t k = i; k < list->n && list->v[k].text < at + n; k++)
			marked[k] = list->v[k].length >= SHORTEST;
	}
}

/* Bytes at the end of a, or at the beginning of b, of which a mailbox or a telephone number may be a part. */
static size_t
tail_run(struct span a)
{
	size_t n = 0;

	while (n < a.n && (is_mailbox_char(a.p[a.n - 1 - n]) || a.p[a.n - 1 - n] == '@'))
		n++;
	return n;
}

static size_t
head_run(struct span b)
{
	size_t n = 0;

	while (n < b.n && (is_mailbox_char(b.p[n]) || b.p[n] == '@'))
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
	all = n + digits(head);
	if (digits(head) == 0 || (n == 0 && (tail.n == 0 || tail.p[tail.n - 1] != '-')))
		return false;
	if (n > 1 && run[0] == '1' && run[1] >= '3')
		return n < 11 && all == 11;
	if (n > 0 && run[0] == '0')
		return n < 10 && all >= 10 && all <= 12;
	return n < PHONE && all >= PHONE && all <= PHONE + 1;
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
		if (!strike(words, buf_span(&both), false, work) || work->p[work->n - 1] != '*')
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
		if (marked[i] && piece->kind != PIECE_PAGE && strike(words, piece_text(list, piece), cell, &work))
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
