#include "personal.h"

#include <ctype.h>

#include "blank.h"
#include "person.h"
#include "phone.h"
#include "plain_form.h"
#include "simd.h"

enum {
	BEFORE = 96, /* bytes before the first sign of something personal in which what belongs to it stands */
	VALUES = 16, /* names and numbers in a row behind one name of a field */
};

/* What is done to a text: its plain form is gone over, what is personal found in that, and the text copied without it. */
struct strike {
	const struct words *words;
	struct span text, plain;
	struct plain_place done; /* up to where both were copied or struck */
	struct buf *out;
	bool struck;
};

/* Puts a `*` for what stands in the plain form from `from` to `end`, and copies what is before it. */
static void
strike(struct strike *k, size_t from, size_t end, struct span area)
{
	size_t start = k->done.text;

	plain_forward(k->text, &k->done, from);
	buf_add(k->out, k->text.p + start, k->done.text - start);
	if (area.n) {
		buf_add_span(k->out, area);
		buf_add_char(k->out, '-');
	}
	buf_add_char(k->out, '*');
	plain_forward(k->text, &k->done, end);
	k->struck = true;
}

/* Bytes of a colon of any width at the start of s. */
static size_t
colon(struct span s)
{
	static const struct span wide[] = {{"：", 3}, {"∶", 3}, {"︰", 3}};

	if (s.n && *s.p == ':')
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (span_starts(s, wide[i]))
			return wide[i].n;
	return 0;
}

bool
personal_is_mailbox(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
	       c == '-' || c == '+';
}

/* The field for what is personal that the text ends with the name of, as words_ending; WORD_USES if none. */
static enum word_use
field_before(const struct words *words, struct span before)
{
	size_t from;
	enum word_use use = words_ending(words, before, &from);

	return words_is_personal(use) ? use : WORD_USES;
}

/* a.b@example.com, and what is written in its place where programs gather mailboxes: a.b#example.com, a.b at example.com */
static size_t
address(const struct words *words, struct span s)
{
	size_t n = 0, joint, gap;
	bool said = false; /* a dash, and the like, says that there is none */

	while (n < s.n) {
		if (s.p[n] > ' ' && s.p[n] < 0x7f && !memchr(",;()*", s.p[n], 5)) {
			said |= isalnum((unsigned char)s.p[n]) != 0;
			n++;
			continue;
		}
		gap = n && s.p[n] == ' ';
		joint = n ? words_at(words, WORD_MAILBOX_JOINT, span_from(s, n + gap)) : 0;
		if (joint == 0)
			break;
		n += gap + joint;
		n += n < s.n && s.p[n] == ' ';
	}
	return said ? n : 0;
}

/* Whether the text begins with a unit, as behind a count; behind a blank with nothing but one, as 张 may begin a name. */
static bool
begins_unit(const struct words *words, struct span s)
{
	size_t gap = plain_blanks(s), n = gap;

	for (size_t i = 0; i < 2 && plain_is_han(span_from(s, n)); i++) {
		n += span_step(span_from(s, n));
		if (words_unit(words, span_of(s.p + gap, n - gap)) && !(gap && plain_is_han(span_from(s, n))))
			return true;
	}
	return false;
}

/* Value number i behind the name of a field: its bytes at the start of s, which may be none. */
static size_t
value(const struct words *words, enum word_use use, struct span s, size_t i, bool apart, struct span *area)
{
	size_t n = 0;

	*area = span_of(NULL, 0);
	if ((use == WORD_PHONE || use == WORD_CONTACT) && s.n && (is_digit(*s.p) || *s.p == '(' || *s.p == '+')) {
		size_t digits = span_digits(s);

		/* 来电 1234567 件, 热线电话 12345 */
		if (begins_unit(words, span_from(s, digits)) || (apart && digits == 5))
			return 0;
		return phone_list(words, s, area);
	}
	if (use == WORD_MAILBOX)
		return i ? 0 : address(words, s);
	if (!plain_is_han(s))
		return i == 0 && use == WORD_PERSON ? person_latin(s) : 0;
	if (use == WORD_PHONE && i == 0) {
		struct span ignored;
		size_t gap;

		/* 联系方式:张三 0469-4300000 */
		n = person_name(words, s, PERSON_NAME);
		gap = n ? plain_blanks(span_from(s, n)) : 0;
		gap += n + gap < s.n && memchr(",/;", s.p[n + gap], 3);
		return n && gap && !words_end(words, WORD_OFFICE, span_of(s.p, n)) &&
			phone_list(words, span_from(s, n + gap), &ignored) ? n : 0;
	}
	if (i)
		return person_other(words, use, s, apart);
	n = person_name(words, s, use == WORD_EDITOR ? PERSON_EDITOR : apart ? PERSON_NAME : PERSON_TITLED);
	/* 编辑:财政局 says whose page it is. */
	if ((use == WORD_EDITOR || span_characters(span_of(s.p, n)) > PERSON_NAME) &&
		words_end(words, WORD_OFFICE, span_of(s.p, n)))
		n = 0;
	return n;
}

/*
 * Strikes what stands from `at` on behind the name of a field of this use, `apart` from it by a blank only or by a colon.
 * Gives back up to where it was gone over.
 */
static size_t
strike_values(struct strike *k, enum word_use use, size_t at, bool apart)
{
	bool one = apart; /* Without a colon more may be anything. */

	for (size_t i = 0; i < VALUES; i++) {
		struct span rest = span_from(k->plain, at), area;
		size_t from = plain_blanks(rest), n, signs;

		if (i == 0 && !apart && from < rest.n && rest.p[from] == '(' && plain_is_han(span_from(rest, from + 1)))
			from++;
		from += at;
		n = value(k->words, use, span_from(k->plain, from), i, apart, &area);
		if (n == 0)
			return i ? at : from;
		strike(k, from, from + n, area);
		at = from + n;
		if (one && use != WORD_PHONE)
			return at;
		rest = span_from(k->plain, at);
		signs = plain_blanks(rest);
		apart = signs > 0;
		if (signs < rest.n && memchr(",/;", rest.p[signs], 3)) {
			signs++;
			apart = false;
		}
		if (signs == 0)
			return at;
		/* A blank may be what the next field's name is told by. */
		if (!apart || plain_is_han(span_from(rest, signs)) || span_is_digit(rest, signs))
			at += signs;
	}
	return at;
}

/* abc@example.com */
static size_t
strike_mailbox(struct strike *k, size_t at)
{
	struct span s = k->plain;
	size_t from = at, end = at + 1;

	while (from > k->done.plain && personal_is_mailbox(s.p[from - 1]))
		from--;
	while (end < s.n && personal_is_mailbox(s.p[end]))
		end++;
	if (from == at || end == at + 1)
		return at + 1;
	strike(k, from, end, span_of(NULL, 0));
	return end;
}

/* Whether a text ends with the name of a telephone's field, 为 behind it or not. */
static bool
names_phone(const struct words *words, struct span before)
{
	struct span word;

	before = blank_trim(before);
	for (size_t i = 0; (word = words_nth(words, WORD_LINK, i)).n; i++)
		if (span_ends(before, word)) {
			before.n -= word.n;
			break;
		}
	return field_before(words, before) == WORD_PHONE;
}

/* Digits, or a bracket or sign that may begin a number. */
static size_t
strike_number(struct strike *k, size_t at, bool cell)
{
	struct span s = k->plain, rest = span_from(s, at), area, behind;
	size_t all = span_digits(rest), n = phone_at(k->words, rest, true, &area);
	bool told = false;

	if (n || (all >= PHONE_SHORTEST && all <= PHONE_SHORTEST + 1)) {
		told = names_phone(k->words, span_of(s.p + k->done.plain, at - k->done.plain));
		n = phone_at(k->words, rest, told || k->struck, &area);
	}
	if (n == 0)
		area = span_of(NULL, 0);
	behind = span_from(rest, n ? n : all);
	/* A cell that is one number may be an amount, see the cells around it; and what a unit stands behind is one. */
	if (n && !area.n && ((cell && all == n && n == s.n) || words_amount(k->words, behind) ||
		((!told || all < n) && begins_unit(k->words, behind))))
		n = 0;
	/* A number right behind a telephone's name, and no count: nothing is counted behind it. */
	if (n == 0 && told && all >= PHONE_SHORTEST && all <= PHONE_SHORTEST + 1 && !begins_unit(k->words, behind))
		n = phone_list(k->words, rest, &area);
	if (n == 0 && phone_is_identity(rest))
		n = all < 18 ? all + 1 : all;
	if (n == 0)
		return at + (all ? all : 1);
	strike(k, at, at + n, area);
	return at + n;
}

/* A blank or a colon, which may stand behind the name of a field: 联系人 张三, 电话:0469-4300000 */
static size_t
strike_field(struct strike *k, size_t at)
{
	bool apart = k->plain.p[at] == ' ';
	enum word_use use = field_before(k->words, span_of(k->plain.p + k->done.plain, at - k->done.plain));
	struct span rest = span_from(k->plain, at + 1);

	if (!words_is_personal(use))
		return at + 1;
	if (apart && !(use == WORD_PHONE || ((use == WORD_PERSON || use == WORD_CONTACT) && plain_is_han(rest))))
		return at + 1;
	return strike_values(k, use, at + 1, apart);
}

static void
strike_all(struct strike *k, bool cell)
{
	static const bool stops[256] = {['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
		['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['@'] = true, [' '] = true, [':'] = true, ['('] = true,
		['+'] = true};
	struct span s = k->plain;
	size_t at = 0;

	while (at < s.n) {
		char c = s.p[at];
		bool behind_digit;

		if (!stops[(unsigned char)c]) {
			at++;
			continue;
		}
		behind_digit = at > 0 && (is_digit(s.p[at - 1]) || s.p[at - 1] == '.');

		if (c == '@')
			at = strike_mailbox(k, at);
		else if ((is_digit(c) || c == '(' || c == '+') && !behind_digit)
			at = strike_number(k, at, cell);
		else if (c == ' ' || c == ':')
			at = strike_field(k, at);
		else
			at++;
	}
	if (k->struck)
		buf_add(k->out, k->text.p + k->done.text, k->text.n - k->done.text);
}

/* The first byte from `at` on that something personal, or what announces it, may begin with; s.n if none. */
static size_t
next_sign(struct span s, size_t at)
{
	/* Signs of other widths begin with 0xe2 or 0xef. */
	static const bool signs[256] = {['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
		['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['@'] = true, [' '] = true,
		[':'] = true, [0xe2] = true, [0xef] = true};

#ifdef __SSE2__
	for (; s.n - at >= 16; at += 16) {
		__m128i v = simd_load(s.p + at);
		/* ':' stands behind '9'. */
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(
			_mm_or_si128(_mm_and_si128(_mm_cmpgt_epi8(v, simd_byte('0' - 1)),
					_mm_cmplt_epi8(v, simd_byte(':' + 1))),
				_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('@')), _mm_cmpeq_epi8(v, simd_byte('\xe2')))),
			_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(' ')), _mm_cmpeq_epi8(v, simd_byte('\xef')))));

		if (bits)
			return at + (size_t)__builtin_ctz(bits);
	}
#endif
	while (at < s.n && !signs[(unsigned char)s.p[at]])
		at++;
	return at;
}

/* A full-width digit or at sign: U+FF10 to U+FF19, U+FF20. */
static bool
is_wide(struct span s)
{
	return span_starts(s, SPAN("\xef\xbc")) && s.n > 2 &&
	       (((unsigned char)s.p[2] >= 0x90 && (unsigned char)s.p[2] <= 0x99) || s.p[2] == '\xa0');
}

/* Whether n digits, dashes and stars at the start of s may be a telephone's number, or that of an identity card. */
static bool
may_be_number(struct span s, size_t n)
{
	size_t digits = span_digits(s);

	/* 010 6601 2345, 139 1234 5678 */
	if (n < PHONE_SHORTEST)
		return n >= 3 && (*s.p == '0' || (*s.p == '1' && n == 3 && span_at(s, n, SPAN(" "))));
	if (digits == n)
		return n <= PHONE_SHORTEST + 1 || *s.p == '0' || (n >= 11 && n <= 13) || n == 17 || n == 18;
	/* 2019-01-15 */
	return n > 10 || digits != 4 || s.p[4] != '-' || (*s.p != '1' && *s.p != '2');
}

/*
 * The place of the first sign of something personal in the text; s.n if there is none.  Most texts are told by it from
 * those whose plain form is needed, and of these most that stands before.
 */
static size_t
first_sign(const struct words *words, struct span s)
{
	for (size_t at = 0, n; (at = next_sign(s, at)) < s.n; at += n ? n : 1) {
		struct span rest = span_from(s, at);

		if (*rest.p == '@' || is_wide(rest))
			return at;
		for (n = 0; n < rest.n && (is_digit(rest.p[n]) || rest.p[n] == '-' || rest.p[n] == '*');)
			n++;
		if (n && may_be_number(rest, n))
			return at;
		if (n == 0 && (*rest.p == ' ' || (n = colon(rest)) > 0) && words_is_personal(field_before(words, span_of(s.p, at))))
			return at;
	}
	return s.n;
}

/* Ready to strike what is personal in the text from a place before its first sign on. */
static struct strike
begin(const struct words *words, struct span text, size_t first, struct personal_work *work)
{
	/* A mailbox, or the name of a field, stands before its sign. */
	size_t from = first > BEFORE ? first - BEFORE : 0;

	while (from > 0 && ((unsigned char)text.p[from] & 0xc0) == 0x80)
		from--;
	work->text.n = 0;
	buf_add(&work->text, text.p, from);
	text = span_from(text, from);
	plain_of(text, &work->plain);
	return (struct strike){.words = words, .text = text, .plain = buf_span(&work->plain), .out = &work->text};
}

bool
personal_strike(const struct words *words, struct span text, bool cell, struct personal_work *work)
{
	size_t first = first_sign(words, text);
	struct strike k;

	if (first == text.n)
		return false;
	k = begin(words, text, first, work);
	strike_all(&k, cell && k.text.n == text.n);
	return k.struck;
}

bool
personal_is_value(const struct words *words, enum word_use use, struct span text, struct personal_work *work)
{
	struct strike k = begin(words, text, 0, work);

	return k.plain.n > 0 && strike_values(&k, use, 0, false) == k.plain.n && k.struck;
}

bool
personal_strike_value(const struct words *words, enum word_use use, struct span text, struct personal_work *work)
{
	struct strike k = begin(words, text, 0, work);

	if (k.plain.n > 0)
		strike_values(&k, use, 0, true);
	if (k.struck)
		buf_add(k.out, k.text.p + k.done.text, k.text.n - k.done.text);
	return k.struck;
}
