/*
 * span: a pointer and a length into bytes that somebody else owns.
 *
 * Every field, label and number between reading and writing is one; nothing is NUL-terminated and
 * nothing is written to through it.
 */
#ifndef SPAN_H
#define SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *p;
	size_t n;
};

/* The span of a string literal, for constants: SPAN("kind"). */
#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})

/* For printf("%.*s", SPAN_ARG(s)): of what is long no more than its beginning, up to a whole character. */
#define SPAN_ARG(s) span_shown(s), ((s).p ? (s).p : "")

static inline int
span_shown(struct span s)
{
	size_t n = s.n > 1000 ? 1000 : s.n;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

static inline struct span
span_of(const char *p, size_t n)
{
	return (struct span){p, n};
}

/* What stands in s from offset at on; at <= s.n. */
static inline struct span
span_from(struct span s, size_t at)
{
	return (struct span){s.p + at, s.n - at};
}

/* The span of a C string; NULL gives the empty span. */
static inline struct span
span_str(const char *s)
{
	return (struct span){s, s ? strlen(s) : 0};
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* As span_eq, of spans that are mostly the same and not short: without a call. */
static inline bool
span_same(struct span a, struct span b)
{
	uint64_t x, y, differ = 0;

	if (a.n != b.n || a.n < 8)
		return span_eq(a, b);
	for (size_t i = 0; i < a.n - 8; i += 8) {
		memcpy(&x, a.p + i, 8);
		memcpy(&y, b.p + i, 8);
		differ |= x ^ y;
	}
	memcpy(&x, a.p + a.n - 8, 8);
	memcpy(&y, b.p + a.n - 8, 8);
	return (differ | (x ^ y)) == 0;
}

static inline uint64_t
span_hash_step(uint64_t hash, uint64_t chunk)
{
	hash = (hash ^ chunk) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

/* For tables in memory only: it differs between machines. */
static inline uint64_t
span_hash(struct span s)
{
	uint64_t hash = s.n, chunk;

	if (s.n >= 8) {
		/* The last eight bytes may be some of the eight before them once more. */
		for (size_t i = 0; i < s.n - 8; i += 8) {
			memcpy(&chunk, s.p + i, 8);
			hash = span_hash_step(hash, chunk);
		}
		memcpy(&chunk, s.p + s.n - 8, 8);
	} else if (s.n >= 4) {
		uint32_t first, last;

		memcpy(&first, s.p, 4);
		memcpy(&last, s.p + s.n - 4, 4);
		chunk = (uint64_t)first << 32 | last;
	} else if (s.n) {
		chunk = (uint64_t)(unsigned char)s.p[0] << 16 | (uint64_t)(unsigned char)s.p[s.n / 2] << 8 |
			(unsigned char)s.p[s.n - 1];
	} else {
		return 0;
	}
	/* Once more, so that the low bits, which tables take, know of the last byte: multiplying only carries upward. */
	return span_hash_step(span_hash_step(hash, chunk), 0);
}

/* Byte order, as LC_ALL=C sort: negative, 0, positive. */
static inline int
span_cmp(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* Whether s is a string literal, compared as a number or two. */
#define SPAN_IS(s, literal) ((s).n == sizeof(literal) - 1 && memcmp((s).p, literal, sizeof(literal) - 1) == 0)

static inline bool
span_starts(struct span s, struct span prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool
span_ends(struct span s, struct span suffix)
{
	return s.n >= suffix.n &&
	       (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* As span_ends, of a suffix that is not empty and no constant: its last byte tells most without a call. */
static inline bool
span_ends_word(struct span s, struct span suffix)
{
	return s.n >= suffix.n && s.p[s.n - 1] == suffix.p[suffix.n - 1] && span_ends(s, suffix);
}

/* True if word stands in s at offset i. */
static inline bool
span_at(struct span s, size_t i, struct span word)
{
	return i <= s.n && s.n - i >= word.n && (word.n == 0 || memcmp(s.p + i, word.p, word.n) == 0);
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* True if a digit stands in s at offset i. */
static inline bool
span_is_digit(struct span s, size_t i)
{
	return i < s.n && is_digit(s.p[i]);
}

/* Bytes of digits at the start of s. */
static inline size_t
span_digits(struct span s)
{
	size_t n = 0;

	while (span_is_digit(s, n))
		n++;
	return n;
}

/* The character of three bytes of UTF-8 that begins at offset i, as nearly all Chinese ones do; 0: another. */
static inline uint32_t
span_character(struct span s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	if (i > s.n || s.n - i < 3 || (p[0] & 0xf0) != 0xe0)
		return 0;
	return (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

/* Bytes of the character of UTF-8 that s, not empty, begins with. */
static inline size_t
span_step(struct span s)
{
	unsigned char c = (unsigned char)*s.p;
	size_t n = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	return n < s.n ? n : s.n;
}

/* How many characters of UTF-8 begin in s. */
static inline size_t
span_characters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* The first bytes of s, `most` or fewer, whole characters of UTF-8. */
static inline struct span
span_head(struct span s, size_t most)
{
	if (s.n > most)
		for (s.n = most; s.n && ((unsigned char)s.p[s.n] & 0xc0) == 0x80; s.n--)
			;
	return s;
}

/* As span_find, of a needle of at least two bytes that is not longer than s. */
size_t span_find_word(struct span s, struct span needle);

/* Offset of the first needle in s, or s.n if there is none. */
static inline size_t
span_find(struct span s, struct span needle)
{
	const char *hit;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return s.n;
	if (needle.n > 1)
		return span_find_word(s, needle);
	hit = memchr(s.p, needle.p[0], s.n);
	return hit ? (size_t)(hit - s.p) : s.n;
}

/* Without the ASCII blanks at both ends. */
static inline struct span
span_trim(struct span s)
{
	while (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		s.p++, s.n--;
	while (s.n && (s.p[s.n - 1] == ' ' || (s.p[s.n - 1] >= '\t' && s.p[s.n - 1] <= '\r')))
		s.n--;
	return s;
}

/* At most 18 digits as a number; false, and 0, for anything else. */
bool span_whole(struct span s, uint64_t *n);

/* Four digits as a year; 0 for anything else. */
static inline int
span_year(struct span s)
{
	int year = 0;

	if (s.n != 4)
		return 0;
	for (size_t i = 0; i < 4; i++) {
		if (!is_digit(s.p[i]))
			return 0;
		year = year * 10 + (s.p[i] - '0');
	}
	return year;
}

/* Whether one of the parts of a list, which sep stands between, is this name, which is not empty. */
bool span_lists(struct span list, char sep, struct span name);

/* Cuts the part before the first sep off *rest and returns it; the last part leaves *rest with p NULL. */
static inline struct span
span_cut(struct span *rest, char sep)
{
	const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	struct span part = *rest;

	if (hit) {
		part.n = (size_t)(hit - rest->p);
		rest->n -= part.n + 1;
		rest->p = hit + 1;
	} else {
		rest->p = NULL;
		rest->n = 0;
	}
	return part;
}

#endif
