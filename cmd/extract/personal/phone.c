#include "phone.h"

enum {
	AREA = 4,      /* digits of the longest area code, the 0 before it among them */
	MOBILE = 11,   /* digits of a mobile number */
	EXTENSION = 5, /* digits of the longest extension */
	LISTED = 8,    /* numbers in a row behind one name */
	IDENTITY = 18, /* digits of an identity card's number */
};

/* Bytes of dashes at the start of s; a long one is often two. */
static size_t
dashes(struct span s)
{
	return s.n && *s.p == '-' ? (s.n > 1 && s.p[1] == '-' ? 2 : 1) : 0;
}

/* The same of what parts the area code from the number. */
static size_t
link(struct span s)
{
	size_t n = dashes(s);

	if (n == 0 && s.n && (*s.p == ' ' || *s.p == '.' || *s.p == '_'))
		n = 1;
	return n;
}

/* Bytes of China's code at the start of s with what parts it from the rest: +86, 0086-, 86-. */
static size_t
country(struct span s)
{
	size_t n = span_starts(s, SPAN("+86")) ? 3 : span_starts(s, SPAN("0086")) ? 4 : span_starts(s, SPAN("86")) ? 2 : 0;
	size_t more = n ? link(span_from(s, n)) : 0;

	return more || n == 3 ? n + more : 0;
}

/* Bytes of digits and stars at the start of s, no fewer than three of the second if any, and then no more than `digits` in all. */
static size_t
masked(struct span s, size_t digits)
{
	size_t n = 0, stars = 0;

	while (n < s.n && (is_digit(s.p[n]) || s.p[n] == '*')) {
		stars += s.p[n++] == '*';
		if (stars && n > digits)
			return 0;
	}
	return stars == 0 || stars >= 3 ? n : 0;
}

/* Whether the number that ends at the start of s is the first of several: counts stand in rows. */
static bool
goes_on(struct span s)
{
	return s.n > 1 && *s.p == ' ' && is_digit(s.p[1]);
}

/* `told`: something says that a telephone number stands there; else three counts with blanks between them may. */
static size_t
mobile(struct span s, bool told)
{
	size_t before = country(s), n;
	struct span number;

	if (before == 0 && span_digits(s) == MOBILE + 2 && span_starts(s, SPAN("86")))
		before = 2;
	number = span_from(s, before);
	if (span_digits(number) < 3 || number.p[0] != '1' || number.p[1] < '3')
		return 0;
	n = masked(number, MOBILE);
	if (n == MOBILE || (n > 3 && n < MOBILE && memchr(number.p, '*', n)))
		return before + n;
	/* 139 1234 5678 and 139-1234-5678 */
	if (n == 3 && number.n > 8 && (number.p[3] == '-' || (number.p[3] == ' ' && (told || before))) &&
		masked(span_from(number, 4), 4) == 4 && number.p[8] == number.p[3] &&
		span_digits(span_from(number, 9)) == 4 && (told || !goes_on(span_from(number, 13))))
		return before + 13;
	return 0;
}

/* Bytes of the number behind an area code: seven or eight digits, the last four parted from the others or not. */
static size_t
local(struct span s)
{
	size_t n = span_digits(s), more;

	if (n == 7 || n == 8)
		return n;
	if ((n != 3 && n != 4) || n == s.n || (s.p[n] != '-' && s.p[n] != ' '))
		return 0;
	more = span_digits(span_from(s, n + 1));
	return more == 4 && !goes_on(span_from(s, n + 5)) ? n + 5 : 0;
}

static size_t
extension(const struct words *words, struct span s)
{
	size_t n = dashes(s), digits;

	if (n == 0)
		n = words_at(words, WORD_PHONE_JOINT, s);
	digits = n ? span_digits(span_from(s, n)) : 0;
	return digits && digits <= EXTENSION ? n + digits : 0;
}

static size_t
landline(const struct words *words, struct span s, struct span *area)
{
	size_t before = country(s), open, at, n, more;

	s = span_from(s, before);
	open = s.n && *s.p == '(';
	n = span_digits(span_from(s, open));
	at = open + n;
	/* Abroad the 0 is left out. */
	if (n < 2 || (s.p[open] != '0' && !before) || (s.p[open] == '0' && (n < 3 || s.p[open + 1] == '0')))
		return 0;
	if (n <= AREA) {
		*area = span_of(s.p + open, n);
		if (open) {
			if (at == s.n || s.p[at] != ')')
				return 0;
			at++;
			at += link(span_from(s, at));
		} else {
			more = link(span_from(s, at));
			if (more == 0)
				return 0;
			at += more;
		}
		at += at < s.n && s.p[at] == ' ';
		n = local(span_from(s, at));
		if (n == 0)
			return 0;
		at += n;
	} else if (open == 0 && *s.p == '0' && (n == 11 || n == 12 || (n == 10 && s.p[1] > '2'))) {
		*area = span_of(s.p, s.p[1] <= '2' ? 3 : 4);
	} else {
		return 0;
	}
	return before + at + extension(words, span_from(s, at));
}

size_t
phone_at(const struct words *words, struct span s, bool told, struct span *area)
{
	size_t n = landline(words, s, area);

	if (n == 0) {
		*area = span_of(NULL, 0);
		n = mobile(s, told);
	}
	return n;
}

/* One number behind a telephone's name, any digits of which are one; `shortest`: digits it has at the least. */
static size_t
any_number(const struct words *words, struct span s, size_t shortest, struct span *area)
{
	size_t n = phone_at(words, s, true, area), more;

	if (n)
		return n;
	*area = span_of(NULL, 0);
	n = local(s);
	if (n == 0)
		n = masked(s, MOBILE);
	/* 138 12345678, 1381234 5678 */
	if (n && n < MOBILE && *s.p == '1' && goes_on(span_from(s, n)) &&
		n + span_digits(span_from(s, n + 1)) == MOBILE)
		n = MOBILE + 1;
	if (n == IDENTITY - 1 && n < s.n && (s.p[n] == 'X' || s.p[n] == 'x'))
		n++;
	while (n && n < s.n && (more = dashes(span_from(s, n))) > 0 && span_is_digit(s, n + more))
		n += more + span_digits(span_from(s, n + more));
	return n < shortest ? 0 : n + extension(words, span_from(s, n));
}

/* 20190115: a date, of eight digits as telephone numbers may be. */
static bool
is_date(struct span s)
{
	return span_digits(s) == 8 && (span_starts(s, SPAN("19")) || span_starts(s, SPAN("20"))) &&
	       (s.p[4] == '0' || (s.p[4] == '1' && s.p[5] < '3')) && s.p[6] < '4';
}

size_t
phone_list(const struct words *words, struct span s, struct span *area)
{
	size_t at = 0, end = 0, shortest = PHONE_SHORTEST - 2;

	for (size_t i = 0; i < LISTED; i++) {
		struct span other;
		size_t n = any_number(words, span_from(s, at), shortest, end ? &other : area);

		if (n == 0)
			break;
		at = end = at + n;
		/* Behind a blank a year or a date may stand. */
		shortest = span_at(s, at, SPAN(" ")) ? PHONE_SHORTEST : 1;
		if (shortest > 1 && is_date(span_from(s, at + 1)))
			break;
		if (at < s.n && memchr(",/; ", s.p[at], 4))
			at++;
		else
			at += words_at(words, WORD_PHONE_JOINT, span_from(s, at));
		if (at == end || at >= s.n || !(is_digit(s.p[at]) || s.p[at] == '(' || s.p[at] == '+'))
			break;
	}
	return end;
}

bool
phone_is_identity(struct span s)
{
	static const unsigned weights[IDENTITY - 1] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	static const char checks[] = "10X98765432";
	unsigned sum = 0, year = 0, month, day;

	if (s.n < IDENTITY || span_digits(s) < IDENTITY - 1 || span_is_digit(s, IDENTITY))
		return false;
	for (size_t i = 0; i < IDENTITY - 1; i++)
		sum += weights[i] * (unsigned)(s.p[i] - '0');
	for (size_t i = 6; i < 10; i++)
		year = 10 * year + (unsigned)(s.p[i] - '0');
	month = 10 * (unsigned)(s.p[10] - '0') + (unsigned)(s.p[11] - '0');
	day = 10 * (unsigned)(s.p[12] - '0') + (unsigned)(s.p[13] - '0');
	return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
	       (s.p[17] == 'x' ? 'X' : s.p[17]) == checks[sum % 11];
}
