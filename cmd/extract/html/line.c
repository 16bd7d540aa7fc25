#include "line.h"

#include "charset/gb18030.h"
#include "simd.h"

/* Whether this is the first byte in UTF-8 of a CJK character, or of one set among them. */
static inline bool
begins_cjk(unsigned char c)
{
	return (c >= 0xe3 && c <= 0xe9) || c == 0xef;
}

/* Whether in an open line a digit that comes is of another number than one before, or struck. */
static inline bool
is_parted(const struct line *line, unsigned char c)
{
	return line->gap & GAP_APART && is_digit((char)c) &&
	       (line->struck || is_digit(line->text->p[line->text->n - 1]));
}

/* Makes ready for a character at p whose first byte in UTF-8 is c: opens the line, or writes the
 * gap. */
static inline void
begin(struct line *line, const char *p, unsigned char c)
{
	struct buf *text = line->text;
	if (!line->open) {
		line->open = true;
		line->start = text->n;
		line->first = p;
		line->wide = false;
		if (line->pre && line->blanks.n) {
			buf_add_span(text, buf_span(&line->blanks));
			line->wide = true;
		}
		if (line->struck && is_digit((char)c))
			buf_add(text, &LINE_PARTS[1], sizeof LINE_PARTS - 2);
	} else if (line->pre && line->blanks.n && !is_parted(line, c)) {
		buf_add_span(text, buf_span(&line->blanks));
		line->wide |= line->blanks.n > 1 || line->blanks.p[0] == '\t';
	} else if (line->gap) {
		/* Where an editor broke the line of its source, no blank is meant. */
		if ((line->gap & ~(unsigned)(GAP_BLANK | GAP_TAB)) == GAP_END && begins_cjk(c) &&
			text->n - line->run >= 3 && begins_cjk((unsigned char)text->p[text->n - 3]))
			line->gap = 0;
		else if (is_parted(line, c)) {
			buf_add(text, LINE_PARTS, sizeof LINE_PARTS - 1);
		} else if (line->gap & GAP_WIDE) {
			buf_add(text, "  ", 2);
			line->wide = true;
		} else if ((line->gap & (GAP_TAB | GAP_END)) == GAP_TAB) {
			buf_add_char(text, '\t');
			line->wide = true;
		} else if (line->gap & ~(unsigned)GAP_APART) {
			buf_add_char(text, ' ');
		}
	}
	line->gap = 0;
	line->blanks.n = 0;
}

static void
blank(struct line *line, unsigned gap)
{
	if (line->pre) {
		if (gap == GAP_TAB)
			buf_add_char(&line->blanks, '\t');
		else if (gap != GAP_END)
			buf_add_char(&line->blanks, ' ');
	} else {
		if (gap == GAP_HARD && line->gap & GAP_HARD)
			gap = GAP_WIDE;
		line->gap |= gap;
	}
}

/* Characters that are blank, or not to be seen. */
static bool
special(struct line *line, uint32_t rune)
{
	if (rune < 0x20) {
		blank(line, rune == '\t'                   ? GAP_TAB
			    : rune == '\n' || rune == '\r' ? GAP_END
							   : GAP_BLANK);
	} else if (rune == 0x3000) {
		blank(line, GAP_HARD);
		if (line->pre)
			blank(line, GAP_HARD); /* as wide as two */
	} else if (rune == 0xa0 || (rune >= 0x2000 && rune <= 0x200a)) {
		blank(line, GAP_HARD);
	} else if (rune == ' ' || (rune >= 0x7f && rune < 0xa0) || rune == 0x1680 ||
		   rune == 0x2028 || rune == 0x2029 || rune == 0x202f || rune == 0x205f) {
		blank(line, GAP_BLANK);
	} else {
		return rune == 0xad || (rune >= 0x200b && rune <= 0x200f) ||
		       (rune >= 0x202a && rune <= 0x202e) || (rune >= 0x2060 && rune <= 0x206f) ||
		       rune == 0xfeff;
	}
	return true;
}

/* One character, as if it stood at p. */
static void
add_rune(struct line *line, uint32_t rune, const char *p)
{
	if (!special(line, rune)) {
		begin(line, p,
			rune < 0x80                        ? (unsigned char)rune
			: rune >= 0x2e80 && rune < 0x10000 ? 0xe4
							   : 0x80);
		buf_add_rune(line->text, rune);
	}
}

static bool
is_blank_name(const char *p, const char *end)
{
	return end - p >= 5 && (memcmp(p, "nbsp;", 5) == 0 || memcmp(p, "ensp;", 5) == 0 || memcmp(p, "emsp;", 5) == 0);
}

/* At an '&': the reference, or the '&' alone.  Answers what is behind it. */
static const char *
reference(struct line *line, const char *p, const char *end)
{
	uint32_t runes[2] = {'&', 0};
	size_t n = entity_read(line->names, p, end, line->attribute, runes);

	/* &amp;nbsp; of a page that was escaped twice: nobody shows the name of a blank. */
	if (n > 1 && runes[0] == '&' && is_blank_name(p + n, end)) {
		runes[0] = 0xa0;
		n += sizeof "nbsp;" - 1;
	}
	add_rune(line, runes[0], p);
	if (runes[1])
		add_rune(line, runes[1], p);
	return p + (n ? n : 1);
}

/* A byte below 0x21, an '&' or 0x7f.  Answers what is behind it; p itself at a line end in <pre>.
 */
static const char *
ascii_special(struct line *line, const char *p, const char *end, bool raw)
{
	switch (*p) {
	case '&':
		if (!raw)
			return reference(line, p, end);
		add_rune(line, '&', p);
		break;
	case ' ':
		blank(line, GAP_BLANK);
		break;
	case '\n':
	case '\r':
		if (line->pre)
			return p;
		blank(line, GAP_END);
		break;
	case '\0':
		break;
	default:
		special(line, (unsigned char)*p);
	}
	return p + 1;
}

#ifdef __SSE2__
/*
 * Which of the 16 bytes at p, of 18 that may be read, begin what is not copied as it is: ASCII special,
 * U+0080 to U+00BF, U+2000 to U+207F, U+3000, U+FEFF and what else begins with EF BB.
 */
static inline unsigned
not_plain(const char *p)
{
	__m128i v = simd_load(p), second = simd_load(p + 1);
	__m128i ascii = _mm_or_si128(_mm_cmpeq_epi8(_mm_subs_epu8(v, simd_byte(0x20)), _mm_setzero_si128()),
		_mm_or_si128(_mm_cmpeq_epi8(v, simd_byte('&')), _mm_cmpeq_epi8(v, simd_byte(0x7f))));
	__m128i two = _mm_or_si128(_mm_cmpeq_epi8(v, simd_byte(0xc2)),
		_mm_and_si128(_mm_cmpeq_epi8(v, simd_byte(0xef)), _mm_cmpeq_epi8(second, simd_byte(0xbb))));
	__m128i general = _mm_and_si128(_mm_cmpeq_epi8(v, simd_byte(0xe2)),
		_mm_cmpeq_epi8(_mm_and_si128(second, simd_byte(0xfe)), simd_byte(0x80)));
	__m128i wide = _mm_and_si128(_mm_cmpeq_epi8(v, simd_byte(0xe3)),
		_mm_and_si128(_mm_cmpeq_epi8(second, simd_byte(0x80)),
			_mm_cmpeq_epi8(simd_load(p + 2), simd_byte(0x80))));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(ascii, two), _mm_or_si128(general, wide)));
}
#endif

/* Copies from p what is plain in UTF-8: no ASCII special, none that may be a blank. */
static const char *
copy_plain(struct line *line, const char *p, const char *end)
{
	char *to = buf_room(line->text, (size_t)(end - p) + 16), *from_to = to;

	for (;;) {
#ifdef __SSE2__
		if (line->page_end - p >= 18) {
			unsigned bits = not_plain(p);
			size_t n = bits ? (size_t)__builtin_ctz(bits) : 16;

			if (n > (size_t)(end - p))
				n = (size_t)(end - p);
			_mm_storeu_si128((__m128i *)to, simd_load(p));
			p += n;
			to += n;
			if (n == 16)
				continue;
			break;
		}
#endif
		if (p == end)
			break;
		{
			unsigned char c = (unsigned char)*p;

			if (c < 0x21 || c == '&' || c == 0x7f || c == 0xc2 || c == 0xef ||
				(c & 0xfe) == 0xe2)
				break;
			*to++ = (char)c;
			p++;
		}
	}
	line->text->n += (size_t)(to - from_to);
	return p;
}

/* A character of several bytes that may be a blank; the page is UTF-8 without an error. */
static const char *
utf8_special(struct line *line, const char *p)
{
	const unsigned char *u = (const unsigned char *)p;
	uint32_t rune;

	if (u[0] == 0xc2) {
		rune = u[1];
		if (rune <= 0xa0 || rune == 0xad) {
			special(line, rune);
			return p + 2;
		}
		begin(line, p, 0x80);
		buf_add(line->text, p, 2);
		return p + 2;
	}
	rune = (uint32_t)(u[0] & 15) << 12 | (uint32_t)(u[1] & 63) << 6 | (u[2] & 63);
	if (!((u[0] == 0xe2 && u[1] <= 0x81) || rune == 0x3000 || rune == 0xfeff) ||
		!special(line, rune)) {
		begin(line, p, u[0]);
		buf_add(line->text, p, 3);
	}
	return p + 3;
}

static const char *
utf8_text(struct line *line, const char *p, const char *end, bool raw)
{
	while (p < end) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x21 || c == '&' || c == 0x7f) {
			const char *q = ascii_special(line, p, end, raw);

			if (q == p)
				return p;
			p = q;
		} else if (c == 0xc2 || c == 0xef || (c & 0xfe) == 0xe2) {
			p = utf8_special(line, p);
		} else {
			begin(line, p, c);
			p = copy_plain(line, p, end);
		}
	}
	return p;
}

static const char *
gb_text(struct line *line, const char *p, const char *end, bool raw)
{
	/* U+3000 as gb18030_pair has it. */
	const uint32_t wide_blank = 0x8080e3;

	while (p < end) {
		const unsigned char *u = (const unsigned char *)p;
		uint32_t utf8, rune;
		char *to;

		if (*u < 0x21 || *u == '&' || *u == 0x7f) {
			const char *q = ascii_special(line, p, end, raw);

			if (q == p)
				return p;
			p = q;
		} else if (*u < 0x80) {
			begin(line, p, *u);
			to = buf_room(line->text, (size_t)(end - p));
			do
				*to++ = *p++;
			while (p<end && * p> 0x20 && *p < 0x7f && *p != '&');
			line->text->n = (size_t)(to - line->text->p);
		} else if (*u > 0x80 && *u < 0xff && end - p > 1 &&
			   (utf8 = gb18030_pair(u[0], u[1])) != 0) {
			if (utf8 == wide_blank) {
				special(line, 0x3000);
				p += 2;
				continue;
			}
			begin(line, p, (unsigned char)utf8);
			to = buf_room(line->text, 2 * (size_t)(end - p) + 4);
			do {
				to[0] = (char)utf8;
				to[1] = (char)(utf8 >> 8);
				to[2] = (char)(utf8 >> 16);
				to[3] = (char)(utf8 >> 24);
				to += gb18030_length(utf8);
				p += 2;
				u += 2;
			} while (end - p > 1 && *u > 0x80 && *u < 0xff &&
				 (utf8 = gb18030_pair(u[0], u[1])) != 0 && utf8 != wide_blank);
			line->text->n = (size_t)(to - line->text->p);
		} else if ((rune = gb18030_four(u, (size_t)(end - p))) != 0) {
			add_rune(line, rune, p);
			p += 4;
		} else {
			add_rune(line, *u == 0x80 ? 0x20ac : 0xfffd, p);
			p++;
		}
	}
	return p;
}

const char *
line_text(struct line *line, const char *p, const char *end, bool raw)
{
	line->run = line->text->n;
	return line->gb ? gb_text(line, p, end, raw) : utf8_text(line, p, end, raw);
}

/* CJK and what is set among it: full-width forms, and dashes, quotes and dots of the same face. */
static bool
is_cjk(uint32_t rune)
{
	return rune >= 0x2e80 || (rune >= 0x2010 && rune <= 0x2027);
}

static uint32_t
rune_at(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0xe0)
		return u[0];
	if (u[0] < 0xf0)
		return (uint32_t)(u[0] & 15) << 12 | (uint32_t)(u[1] & 63) << 6 | (u[2] & 63);
	return 0x10000;
}

bool
line_joins(struct span a, struct span b)
{
	const char *last = a.p + a.n;

	do
		last--;
	while (last > a.p && ((unsigned char)*last & 0xc0) == 0x80);
	return is_cjk(rune_at(last)) && is_cjk(rune_at(b.p));
}
