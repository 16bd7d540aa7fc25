#include "personal.h"

#include "blank.h"
#include "simd.h"
#include "text/kind.h"
#include "text/lines.h"

enum {
	LONG_NAME = 16,  /* characters of a name with a dot between its parts */
	OFFICE = 9,      /* bytes of an office's name that is as short as a person's: 财政局 */
	LABEL = 12,      /* characters of the name of a field */
	SHORT_NUMBER = 3, /* digits of the shortest area code, and of what a mobile number begins with */
	NUMBERS = 8,     /* telephone numbers in a row behind one name */
};

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
	size_t n = span_digits(s), stars = 0;

	if (n < 3 || s.p[0] != '1' || s.p[1] < '3')
		return 0;
	while (n + stars < s.n && s.p[n + stars] == '*')
		stars++;
	if (stars) {
		size_t more = span_digits(span_from(s, n + stars));

		return n + more <= 11 && stars >= 3 ? n + stars + more : 0;
	}
	if (n == 11)
		return n;
	/* 139 1234 5678 and 139-1234-5678 */
	if (n == 3 && s.n >= 13 && (s.p[3] == ' ' || s.p[3] == '-') && span_digits(span_from(s, 4)) == 4 &&
		s.p[8] == s.p[3] && span_digits(span_from(s, 9)) == 4)
		return 13;
	return 0;
}

/*
 * Bytes of a telephone number with its area code at the start of s: 0469-4300000, (0469)4300000, 04694300000, with an
 * extension.  *area gets the digits of the code, also where what stands behind it is no number; else it stays.
 */
static size_t
landline(struct span s, struct span *area)
{
	size_t open = s.n && *s.p == '(' ? 1 : span_starts(s, SPAN("（")) ? 3 : 0;
	size_t n = span_digits(span_from(s, open)), at = open + n, link, number;

	if (n < 3 || s.p[open] != '0' || s.p[open + 1] == '0')
		return 0;
	if (n <= 4) {
		*area = span_of(s.p + open, n);
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
		number = span_digits(span_from(s, at));
		if (number < 7 || number > 8)
			return 0;
		at += number;
	} else if (open == 0 && (n == 11 || n == 12 || (n == 10 && s.p[1] > '2'))) {
		*area = span_of(s.p, s.p[1] <= '2' ? 3 : 4);
	} else {
		return 0;
	}
	link = line_dash(span_from(s, at));
	number = link ? span_digits(span_from(s, at + link)) : 0;
	if (number >= 1 && number <= 5)
		at += link + number;
	return at;
}

bool
personal_is_mailbox(char c)
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

size_t
personal_name(const struct words *words, struct span s, size_t most)
{
	size_t at = 0, n = 0, end = 0, part = 0;
	bool dotted = false;

	while (at < s.n && n <= LONG_NAME) {
		struct span rest = span_from(s, at);

		if (is_han(rest)) {
			at += span_step(rest);
			n++, part++;
			end = at;
			continue;
		}
		if (n && (span_starts(rest, SPAN("·")) || span_starts(rest, SPAN("•")))) {
			at += span_step(rest);
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
		for (size_t from = 0; from < end; from += span_step(span_from(s, from)))
			if (words_name(words, span_of(s.p + from, end - from)) != WORD_USES) {
				end = from;
				break;
			}
		while (end > 0 && s.p[end - 1] == ' ')
			end--;
		n = 0;
		for (size_t i = 0; i < end; i += span_step(span_from(s, i)))
			n += s.p[i] != ' ';
	}
	return n >= 1 && n <= (dotted ? (size_t)LONG_NAME : most) ? end : 0;
}

size_t
personal_numbers(const struct words *words, struct span s)
{
	static const struct span between[] = {{"、", 3}, {",", 1}, {"，", 3}, {"/", 1}, {" ", 1}, {";", 1}, {"；", 3}};
	size_t at = 0, end = 0;

	for (size_t n = 0; n < NUMBERS; n++) {
		struct span area;
		size_t k = landline(span_from(s, at), &area), link;

		if (k == 0)
			k = mobile(span_from(s, at));
		if (k == 0) {
			k = span_digits(span_from(s, at));
			while (at + k < s.n && (s.p[at + k] == '*' || is_digit(s.p[at + k])))
				k++;
			link = line_dash(span_from(s, at + k));
			if (k && link && is_digit(at + k + link < s.n ? s.p[at + k + link] : 0))
				k += link + span_digits(span_from(s, at + k + link));
			if (k < (end ? 1 : PERSONAL_PHONE - 2))
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

/* What is personal in a text: its bytes from `from` to `end`, 0 if nothing is; an area code among them stays. */
struct found {
	size_t from, end;
	struct span area;
};

/*
 * Each of these looks at a sign of s at *at, behind what was copied before; where it finds nothing it moves *at behind
 * what needs no second look.
 */

/* abc@example.com */
static struct found
mailbox(struct span s, size_t copied, size_t *at)
{
	struct found found = {.from = *at};
	size_t end = *at + 1;

	while (found.from > copied && personal_is_mailbox(s.p[found.from - 1]))
		found.from--;
	while (end < s.n && personal_is_mailbox(s.p[end]))
		end++;
	if (found.from < *at && end > *at + 1)
		found.end = end;
	else
		++*at;
	return found;
}

/* Digits, or a bracket that may open an area code. */
static struct found
number(const struct words *words, struct span s, bool cell, size_t copied, size_t *at)
{
	struct span rest = span_from(s, *at);
	struct found found = {.from = *at};
	size_t all = span_digits(rest), n = landline(rest, &found.area);

	if (n == 0)
		n = mobile(rest);
	/* A cell that is one number may be an amount; see the cells around it. */
	if (n && !found.area.n && ((cell && n == s.n && all == n) || words_amount(words, span_from(rest, n))))
		n = 0;
	/* A number right behind a telephone's name, and no count: nothing is counted behind it. */
	if (n == 0 && all >= PERSONAL_PHONE && all <= PERSONAL_PHONE + 1 && !is_han(span_from(rest, all)) &&
		field_before(words, blank_trim(span_of(s.p + copied, *at - copied))) == WORD_PHONE)
		n = personal_numbers(words, rest);
	if (n)
		found.end = *at + n;
	else
		*at += all ? all : 1;
	return found;
}

/* 联系人 张三 */
static struct found
behind_blank(const struct words *words, struct span s, size_t copied, size_t *at)
{
	struct found found = {.from = *at + 1};
	size_t n = 0;

	if (is_han(span_from(s, found.from)) && field_before(words, span_of(s.p + copied, *at - copied)) == WORD_PERSON)
		n = personal_name(words, span_from(s, found.from), PERSONAL_NAME);
	*at = found.from;
	found.end = n ? found.from + n : 0;
	return found;
}

/* 联系人:张三, 电话:0469-4300000 */
static struct found
behind_colon(const struct words *words, struct span s, size_t copied, size_t *at)
{
	enum word_use use = field_before(words, span_of(s.p + copied, *at - copied));
	struct found found = {0};
	struct span rest;
	size_t n = 0;

	*at += colon(span_from(s, *at));
	if (use < WORD_PERSON || use == WORD_USES)
		return found;
	while (*at < s.n && s.p[*at] == ' ')
		++*at;
	rest = span_from(s, *at);
	if (use == WORD_PERSON)
		n = personal_name(words, rest, PERSONAL_NAME);
	else if (use == WORD_EDITOR)
		n = personal_name(words, rest, PERSONAL_NAME - 1);
	else if (use == WORD_PHONE)
		n = personal_numbers(words, rest);
	/* 编辑:财政局 says whose page it is. */
	if (n == OFFICE && use == WORD_EDITOR && words_at(words, WORD_OFFICE, span_of(rest.p + n - 3, 3)))
		n = 0;
	if (n && use == WORD_PHONE)
		landline(rest, &found.area);
	found.from = *at;
	found.end = n ? *at + n : 0;
	return found;
}

bool
personal_strike(const struct words *words, struct span s, bool cell, struct buf *out)
{
	size_t copied = 0, at = 0;
	bool struck = false;

	out->n = 0;
	while ((at = next_sign(s, at)) < s.n) {
		struct span rest = span_from(s, at);
		bool behind_digit = at > 0 && (is_digit(s.p[at - 1]) || s.p[at - 1] == '.');
		struct found found = {0};

		if (*rest.p == '@')
			found = mailbox(s, copied, &at);
		else if (is_digit(*rest.p) && span_digits(rest) < SHORT_NUMBER)
			at += span_digits(rest);
		else if ((is_digit(*rest.p) || *rest.p == '(' || span_starts(rest, SPAN("（"))) && !behind_digit)
			found = number(words, s, cell, copied, &at);
		else if (*rest.p == ' ')
			found = behind_blank(words, s, copied, &at);
		else if (colon(rest))
			found = behind_colon(words, s, copied, &at);
		else
			at++;
		if (!found.end)
			continue;
		buf_add(out, s.p + copied, found.from - copied);
		if (found.area.n) {
			buf_add_span(out, found.area);
			buf_add_char(out, '-');
		}
		buf_add_char(out, '*');
		at = copied = found.end;
		struck = true;
	}
	if (struck)
		buf_add(out, s.p + copied, s.n - copied);
	return struck;
}
