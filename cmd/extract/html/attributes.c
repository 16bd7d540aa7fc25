#include "attributes.h"

#include <strings.h>

#include "markup.h"
#include "simd.h"
#include "tag.h"

const unsigned char markup_classes[256] = {
	[' '] = BLANK | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['\n'] = BLANK | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['\t'] = BLANK | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['\r'] = BLANK | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['\f'] = BLANK | ENDS_NAME | ENDS_KEY | ENDS_VALUE,
	['/'] = ENDS_NAME | ENDS_KEY,
	['='] = ENDS_KEY,
	['>'] = ENDS_NAME | ENDS_KEY | ENDS_VALUE,
};

/* A span attribute: digits after blanks and perhaps a '+'; anything else says nothing. */
static bool
read_span(const struct entities *names, struct span value, uint32_t most, uint32_t *out)
{
	const char *p = value.p, *end = p + value.n;
	uint32_t u = 0;
	bool digits = false, minus = false, signed_ = false;

	while (p < end) {
		uint32_t runes[2] = {(unsigned char)*p, 0};
		size_t step = *p == '&' ? entity_read(names, p, end, true, runes) : 1;

		if (runes[0] >= '0' && runes[0] <= '9') {
			u = u > most ? u : u * 10 + (runes[0] - '0');
			digits = true;
		} else if (!digits && !signed_ && (runes[0] == '+' || runes[0] == '-')) {
			signed_ = true;
			minus = runes[0] == '-';
		} else if (digits || signed_ || runes[0] > ' ' || !is_blank((char)runes[0])) {
			break;
		}
		p += step ? step : 1;
	}
	if (!digits || (minus && u))
		return false;
	*out = u > most ? most : u;
	return true;
}

/* What a style says of a property, whose name begins with `first` in small letters, the last time; empty if nothing. */
static struct span
style_value(struct span style, const char *name, size_t length)
{
	struct span value = SPAN("");

	for (const char *p = style.p, *end = p + style.n;
		(p = simd_either(p, end, *name, *name - 32)) < end && (size_t)(end - p) > length; p++) {
		const char *q = p + length;

		if ((p[1] | 32) != name[1] || strncasecmp(p, name, length) != 0 ||
			(p > style.p && !is_blank(p[-1]) && p[-1] != ';'))
			continue;
		while (q < end && is_blank(*q))
			q++;
		if (q == end || *q++ != ':')
			continue;
		while (q < end && is_blank(*q))
			q++;
		value = span_of(q, (size_t)(end - q));
	}
	return value;
}

static bool
is_word(struct span value, const char *word, size_t length)
{
	return value.n >= length && strncasecmp(value.p, word, length) == 0;
}

/* Whether a word stands in a value, which ends at the next ';'. */
static bool
has_word(struct span value, const char *word, size_t length)
{
	for (; value.n >= length && *value.p != ';'; value.p++, value.n--)
		if (is_word(value, word, length))
			return true;
	return false;
}

/* Whether the number a value begins with is 0. */
static bool
is_zero(struct span value)
{
	bool zero = false;

	for (; value.n && (*value.p == '.' || (*value.p >= '0' && *value.p <= '9')); value.p++, value.n--) {
		if (*value.p > '0')
			return false;
		zero |= *value.p == '0';
	}
	return zero;
}

#define WORD(literal) literal, sizeof(literal) - 1

/* What a style says of how its element is displayed: of enum display. */
static unsigned
read_style(struct span style)
{
	struct span visibility = style_value(style, WORD("visibility"));
	unsigned display = 0;

	if (is_word(style_value(style, WORD("display")), WORD("none")))
		display |= HIDDEN;
	if (is_word(visibility, WORD("collapse")))
		display |= COLLAPSED | UNSEEN;
	if (is_word(visibility, WORD("hidden")))
		display |= UNSEEN;
	if (has_word(style_value(style, WORD("text-decoration")), WORD("line-through")) ||
		has_word(style_value(style, WORD("text-decoration-line")), WORD("line-through")))
		display |= STRUCK;
	if (is_word(style_value(style, WORD("vertical-align")), WORD("super")))
		display |= APART;
	/* What is in it may have a size of its own, which shows. */
	if (is_zero(style_value(style, WORD("font-size"))))
		display |= APART;
	if (is_zero(style_value(style, WORD("opacity"))))
		display |= UNSEEN;
	return display;
}

/* The value of the attribute of n bytes at key into *a, if it is one of those and the first so
 * named. */
static void
keep(const struct entities *names, struct attributes *a, const char *key, size_t n, const char *end,
	struct span value)
{
	uint64_t word = tag_key(key, n, end);
	unsigned kept = 0;

	if (word == TAG_KEY("hidden"))
		a->display |= HIDDEN;
	else if (word == TAG_KEY("style"))
		kept = KEPT_STYLE;
	else if (word == TAG_KEY("colspan"))
		kept = KEPT_COLSPAN;
	else if (word == TAG_KEY("rowspan"))
		kept = KEPT_ROWSPAN;
	else if (word == TAG_KEY("name"))
		kept = KEPT_NAME;
	else if (word == TAG_KEY("content"))
		kept = KEPT_CONTENT;
	else if (word == TAG_KEY("property"))
		kept = KEPT_PROPERTY;
	else if (word == TAG_KEY("type"))
		kept = KEPT_TYPE;
	else if (word == TAG_KEY("value"))
		kept = KEPT_VALUE;
	if (!kept || a->has & kept)
		return;
	a->has |= kept;
	switch (kept) {
	case KEPT_STYLE:
		a->display |= read_style(value);
		break;
	case KEPT_COLSPAN:
		if (!read_span(names, value, 1000, &a->colspan) || a->colspan == 0)
			a->colspan = 1;
		break;
	case KEPT_ROWSPAN:
		if (!read_span(names, value, 65534, &a->rowspan))
			a->rowspan = 1;
		break;
	case KEPT_NAME:
		a->name = value;
		break;
	case KEPT_CONTENT:
		a->content = value;
		break;
	case KEPT_PROPERTY:
		a->property = value;
		break;
	case KEPT_TYPE:
		a->type = value;
		break;
	default:
		a->value = value;
	}
}

const char *
attributes_read(const struct entities *names, const char *p, const char *end, struct attributes *a)
{
	*a = (struct attributes){0};
	if (p < end && *p == '>')
		return p + 1;
	for (;;) {
		const char *key = p;
		struct span value = SPAN("");
		size_t n;

		while (p < end && (is_blank(*p) || *p == '/'))
			p++;
		if (p == end)
			return NULL;
		if (*p == '>') {
			a->closed = p > key && p[-1] == '/';
			return p + 1;
		}
		key = p++; /* also a '=' */
		while (p < end && !is(*p, ENDS_KEY))
			p++;
		n = (size_t)(p - key);
		while (p < end && is_blank(*p))
			p++;
		if (p < end && *p == '=') {
			do
				p++;
			while (p < end && is_blank(*p));
			if (p == end)
				return NULL;
			value.p = p;
			if (*p == '"' || *p == '\'') {
				value.p++;
				p = simd_find(p + 1, end, *p);
				if (p == end)
					return NULL;
				value.n = (size_t)(p++ - value.p);
			} else {
				while (p < end && !is(*p, ENDS_VALUE))
					p++;
				value.n = (size_t)(p - value.p);
			}
		}
		if (n >= 4 && n <= 8)
			keep(names, a, key, n, end, value);
	}
}

/* Whether the name that ends with the letter at p, before a ':', may be of a size or opacity of 0; p[3] is there. */
static inline bool
is_zero_behind(const char *p)
{
	char value = is_blank(p[2]) ? p[3] : p[2];

	return ((*p | 32) == 'e' || (*p | 32) == 'y') && (value == '0' || value == '.' || is_blank(value));
}

/* Each bit is the exclusive or of itself and all below. */
static inline unsigned
parity(unsigned bits)
{
	bits ^= bits << 1;
	bits ^= bits << 2;
	bits ^= bits << 4;
	return (bits ^ bits << 8) & 0xffff;
}

/*
 * Most tags have nothing to keep, so blocks are looked through for "sp" (of display, colspan,
 * rowspan), "idd" (of hidden), "ib" (of visibility), "ug" (of line-through) and "up" (of super) in any case, for
 * an 'e' or 'y' before a ':' and a 0 or '.' (of font-size and opacity), and for quotes of the kind that comes
 * first: if each that opens stands behind a '=', none that closes behind a '=' or blank, and none of the other kind
 * where it would open, then no '>' outside of them is in a value, whatever the standard makes
 * of the '='.
 */
const char *
attributes_skip(const char *p, const char *end)
{
#ifdef __SSE2__
	const __m128i fold = simd_byte(0x20);
	unsigned open = 0; /* all bits, or none: the block begins in quotes */
	int kind = 0;

	for (; end - p >= 19; p += 16) {
		__m128i v = simd_load(p), low = _mm_or_si128(v, fold);
		__m128i next = _mm_or_si128(simd_load(p + 1), fold);
		unsigned gt = simd_is(v, '>'), below = gt ? (gt & -gt) - 1 : 0xffff;
		unsigned one = simd_is(v, '\'') & below, two = simd_is(v, '"') & below;
		__m128i u = _mm_cmpeq_epi8(low, simd_byte('u'));
		__m128i looked = _mm_or_si128(_mm_and_si128(_mm_or_si128(_mm_cmpeq_epi8(low, simd_byte('s')), u),
						      _mm_cmpeq_epi8(next, simd_byte('p'))),
			_mm_and_si128(_mm_and_si128(_mm_cmpeq_epi8(low, simd_byte('i')),
					      _mm_cmpeq_epi8(next, simd_byte('d'))),
				_mm_cmpeq_epi8(
					_mm_or_si128(simd_load(p + 2), fold), simd_byte('d'))));
		__m128i rare = _mm_or_si128(_mm_and_si128(_mm_cmpeq_epi8(low, simd_byte('i')),
						    _mm_cmpeq_epi8(next, simd_byte('b'))),
			_mm_and_si128(u, _mm_cmpeq_epi8(next, simd_byte('g'))));
		/* An 'e', a 'y' or one of few other letters before a ':'. */
		__m128i sized = _mm_and_si128(_mm_cmpeq_epi8(next, simd_byte(':')),
			_mm_cmpeq_epi8(_mm_and_si128(low, simd_byte('e' & 'y')), simd_byte('e' & 'y')));

		looked = _mm_or_si128(looked, rare);
		if ((unsigned)_mm_movemask_epi8(_mm_or_si128(looked, sized)) & below) {
			unsigned sizes = (unsigned)_mm_movemask_epi8(sized) & below;

			if ((unsigned)_mm_movemask_epi8(looked) & below)
				return NULL;
			for (; sizes; sizes &= sizes - 1)
				if (is_zero_behind(p + __builtin_ctz(sizes)))
					return NULL;
		}
		if (one | two) {
			__m128i before = simd_load(p - 1);
			unsigned equals = simd_is(before, '='), quotes, others, inside;
			unsigned blank = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(
				_mm_subs_epu8(before, simd_byte(0x20)), _mm_setzero_si128()));

			if (!kind)
				kind = p[__builtin_ctz(one | two)];
			quotes = kind == '"' ? two : one;
			others = kind == '"' ? one : two;
			inside = (parity(quotes) ^ open) & 0xffff;
			if ((quotes & inside & ~equals) | (quotes & ~inside & (equals | blank)) |
				(others & (~inside | equals | blank)))
				return NULL;
			/* What the last bit below the '>' says goes on. */
			open = inside >> 15 ? ~0u : 0;
		}
		if (gt)
			return open ? NULL : p + __builtin_ctz(gt);
	}
#else
	(void)p, (void)end;
#endif
	return NULL;
}
