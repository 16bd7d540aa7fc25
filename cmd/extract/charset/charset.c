#include "charset.h"

#include <iconv.h>
#include <stdint.h>
#include <strings.h>

#include "diag.h"
#include "gb18030.h"
#include "simd.h"
#include "utf8.h"

/* How far into a page a declaration is looked for; the standard says 1,024, pages say otherwise. */
#define PRESCAN 4096
/* So many characters on either side of the first byte that is no UTF-8 tell what the page is. */
#define WEIGHED 384

/* What names, in lower case without '-', '_' and blanks, mean which coding. */
static const struct {
	const char *name;
	enum charset_id id;
} names[] = {
	{"utf8", CHARSET_UTF8},
	{"unicode11utf8", CHARSET_UTF8},
	{"gb2312", CHARSET_GB18030},
	{"gb231280", CHARSET_GB18030},
	{"gbk", CHARSET_GB18030},
	{"gb18030", CHARSET_GB18030},
	{"xgbk", CHARSET_GB18030},
	{"cp936", CHARSET_GB18030},
	{"ms936", CHARSET_GB18030},
	{"windows936", CHARSET_GB18030},
	{"csgb2312", CHARSET_GB18030},
	{"chinese", CHARSET_GB18030},
	{"euccn", CHARSET_GB18030},
	{"isoir58", CHARSET_GB18030},
	{"big5", CHARSET_BIG5},
	{"big5hkscs", CHARSET_BIG5},
	{"cnbig5", CHARSET_BIG5},
	{"csbig5", CHARSET_BIG5},
	{"xxbig5", CHARSET_BIG5},
	{"utf16", CHARSET_UTF16LE},
	{"utf16le", CHARSET_UTF16LE},
	{"utf16be", CHARSET_UTF16BE},
	{"unicode", CHARSET_UTF16LE},
	{"ucs2", CHARSET_UTF16LE},
	{"iso10646ucs2", CHARSET_UTF16LE},
	{"hz", CHARSET_SHIFTED},
	{"hzgb2312", CHARSET_SHIFTED},
	{"iso2022cn", CHARSET_SHIFTED},
	{"iso2022cnext", CHARSET_SHIFTED},
	{"iso2022jp", CHARSET_SHIFTED},
	{"iso2022kr", CHARSET_SHIFTED},
};

static enum charset_id
claimed(struct span name)
{
	char folded[24];
	size_t n = 0;

	for (size_t i = 0; i < name.n && n < sizeof folded - 1; i++)
		if (name.p[i] != '-' && name.p[i] != '_' && name.p[i] != ' ')
			folded[n++] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] | 32)
									   : name.p[i];
	folded[n] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(folded, names[i].name) == 0)
			return names[i].id;
	return CHARSETS;
}

const char *
charset_name(enum charset_id id)
{
	static const char *const own[CHARSETS] = {
		"utf-8", "gb18030", "big5", "utf-16le", "utf-16be"};

	return own[id];
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

/* What stands after `key`, '=' and perhaps a quote in the tag, up to its end. */
static struct span
value_of(struct span tag, struct span key)
{
	for (size_t i = 0; i + key.n < tag.n; i++) {
		size_t from = i + key.n, to;
		char quote = 0;

		if ((tag.p[i] | 32) != *key.p || strncasecmp(tag.p + i, key.p, key.n) != 0)
			continue;
		while (from < tag.n && is_blank(tag.p[from]))
			from++;
		if (from == tag.n || tag.p[from] != '=')
			continue;
		from++;
		while (from < tag.n && is_blank(tag.p[from]))
			from++;
		if (from < tag.n && (tag.p[from] == '"' || tag.p[from] == '\''))
			quote = tag.p[from++];
		for (to = from; to < tag.n; to++)
			if (quote ? tag.p[to] == quote
				  : is_blank(tag.p[to]) || strchr("\"';>", tag.p[to]) != NULL)
				break;
		if (to > from)
			return span_trim(span_of(tag.p + from, to - from));
	}
	return span_of(NULL, 0);
}

/* The declaration in the page itself: of a <meta>, outside comments, or of the XML declaration. */
static struct span
prescan(struct span page)
{
	struct span rest = span_of(page.p, page.n < PRESCAN ? page.n : PRESCAN);

	while (rest.n) {
		size_t at = span_find(rest, SPAN("<"));
		struct span found = {NULL, 0}, tag;

		rest = span_from(rest, at);
		if (span_starts(rest, SPAN("<!--"))) {
			at = span_find(rest, SPAN("-->"));
			rest = span_from(rest, at);
			continue;
		}
		tag = span_of(rest.p, span_find(rest, SPAN(">")));
		if (tag.n > 6 && strncasecmp(tag.p, "<meta", 5) == 0 &&
			(is_blank(tag.p[5]) || tag.p[5] == '/'))
			found = value_of(tag, SPAN("charset"));
		else if (span_starts(tag, SPAN("<?xml")))
			found = value_of(tag, SPAN("encoding"));
		if (found.n)
			return found;
		if (rest.n) {
			rest = span_from(rest, 1);
		}
	}
	return rest;
}

/* Whether no character of a page's text has this upper half. */
static bool
no_upper_half(unsigned char c)
{
	return (c > 0 && c < 0x20) || (c > 0x33 && c < 0x4e) || (c > 0x9f && c < 0xfe);
}

/*
 * UTF-16 without a mark shows in where its NULs stand: the upper halves of ASCII.  CHARSETS if not.  Beside
 * a letter a NUL may be the lower half of a common character (4E 00, 5F 00, 67 00); beside a line end, a digit
 * or most signs it is not.  A NUL that strayed into ASCII or UTF-8 does not make it UTF-16.
 */
static enum charset_id
utf16_by_nuls(struct span page)
{
	const unsigned char *p = (const unsigned char *)page.p;
	size_t n = page.n < PRESCAN ? page.n & ~(size_t)1 : PRESCAN, even = 0, odd = 0;
	size_t even_bad = 0, odd_bad = 0, ascii = 0;

	if (!memchr(page.p, '\0', n))
		return CHARSETS;
	for (size_t i = 0; i < n; i += 2) {
		unsigned char c = p[i] ? p[i] : p[i + 1];
		bool sign = c == '\n' || c == '\r' || (c >= ' ' && c < '@' && c != '0');

		odd += sign && p[i + 1] == 0;
		even += sign && p[i] == 0;
		odd_bad += no_upper_half(p[i + 1]);
		even_bad += no_upper_half(p[i]);
		ascii += p[i] >= ' ' && p[i] < 0x7f && p[i + 1] >= ' ' && p[i + 1] < 0x7f;
	}
	if (ascii * 4 > n)
		return CHARSETS;
	if (odd > 8 * even && odd * 256 > n && odd_bad * 32 < n)
		return CHARSET_UTF16LE;
	if (even > 8 * odd && even * 256 > n && even_bad * 32 < n)
		return CHARSET_UTF16BE;
	return CHARSETS;
}

/*
 * Whether the two-byte characters look like Big5: two of five have a second byte below 0x80 there,
 * and next to none in GB2312, which reads as Big5 without an error.
 */
static bool
looks_big5(struct span page)
{
	const unsigned char *p = (const unsigned char *)page.p, *end = p + page.n;
	size_t low = 0, high = 0, bad = 0;

	while (p < end) {
		if (*p < 0x80) {
			p++;
		} else if (*p < 0x81 || *p == 0xff || end - p < 2 || p[1] < 0x40 || p[1] == 0x7f ||
			   (p[1] > 0x7e && p[1] < 0xa1) || p[1] == 0xff) {
			bad++;
			p++;
		} else {
			if (p[1] < 0x80)
				low++;
			else
				high++;
			p += 2;
		}
	}
	return bad * 8 <= low + high && (low * 10 >= high || low + high < 10);
}

/* Whether a character of several bytes may begin at p: a lead byte and one that may stand behind it. */
static inline bool
begins_utf8(const unsigned char *p, const unsigned char *end)
{
	return *p >= 0xc2 && end - p > 1 && (p[1] & 0xc0) == 0x80;
}

/* Of a page that is not all UTF-8, what lies nearer: UTF-8 with damage, or GB18030. */
static enum charset_id
weigh(struct span page, size_t first_bad, enum charset_id claim)
{
	const unsigned char *start = (const unsigned char *)page.p, *end = start + page.n;
	const unsigned char *from = start + first_bad, *p;
	size_t good = 0, bad = 0, pairs = 0, common = 0, unpaired = 0, step;

	gb18030_load();
	/* All before is UTF-8; whether it is more than ASCII, a little of it shows. */
	while (from > start && start + first_bad - from < 16 * WEIGHED && good < WEIGHED)
		good += *--from >= 0xc2;
	for (p = start + first_bad; p < end && good + bad < 2 * WEIGHED; p += step ? step : 1) {
		/* Characters of several bytes stand together. */
		if (*p < 0x80) {
			p = simd_high(p, end);
			if (p == end)
				break;
		}
		/* Most of GB is told from it by two bytes. */
		step = begins_utf8(p, end) ? utf8_step(p, (size_t)(end - p)) : 0;
		good += step > 1;
		bad += step == 0;
	}
	for (end = p, p = from; p < end;) {
		if (*p < 0x80) {
			p = simd_high(p, end);
		} else if (*p > 0x80 && *p < 0xff && end - p > 1 && gb18030_pair(p[0], p[1])) {
			pairs++;
			common += p[0] >= 0xa1 && p[0] <= 0xf7 && p[1] >= 0xa1;
			p += 2;
		} else if (gb18030_four(p, (size_t)(end - p))) {
			p += 4;
		} else {
			unpaired++;
			p++;
		}
	}
	/* GB read as UTF-8 is nearly all wrong; UTF-8 with some damage is nearly all right. */
	if (good > bad)
		return CHARSET_UTF8;
	if (unpaired < bad && common * 2 >= pairs)
		return CHARSET_GB18030;
	return claim == CHARSET_GB18030 ? CHARSET_GB18030 : CHARSET_UTF8;
}

/* Undecodable bytes when read as id. */
static size_t
count_bad(enum charset_id id, struct span in, size_t *first)
{
	struct buf scratch = BUF_INIT;
	size_t bad;

	if (id == CHARSET_UTF8)
		return utf8_bad(in, first);
	if (id == CHARSET_GB18030)
		return gb18030_bad(in, first);
	bad = charset_decode(id, in, &scratch, first);
	buf_release(&scratch);
	return bad;
}

/* Whether there is a sign that switches: of HZ, or an escape of ISO 2022. */
static bool
has_shift(struct span body)
{
	return span_find(body, SPAN("~{")) < body.n || span_find(body, SPAN("\x1b")) < body.n;
}

struct charset
charset_decide(struct span page, struct span declared)
{
	struct charset c = {CHARSETS, declared, false, false, 0, 0, 0};
	enum charset_id claim;
	struct span inner = {NULL, 0}, body;
	bool ascii = false;
	size_t valid;

	if (page.n == 0)
		page.p = "";
	if (span_starts(page, SPAN("\xef\xbb\xbf")))
		c.id = CHARSET_UTF8, c.bom = 3;
	else if (span_starts(page, SPAN("\xff\xfe")))
		c.id = CHARSET_UTF16LE, c.bom = 2;
	else if (span_starts(page, SPAN("\xfe\xff")))
		c.id = CHARSET_UTF16BE, c.bom = 2;
	else if (span_starts(page, SPAN("\x84\x31\x95\x33")))
		c.id = CHARSET_GB18030, c.bom = 4;
	body = span_from(page, c.bom);

	inner = prescan(body);
	if (c.declared.n == 0)
		c.declared = inner;
	claim = claimed(c.declared);

	if (c.id == CHARSETS)
		c.id = utf16_by_nuls(body);
	if (c.id == CHARSETS) {
		valid = utf8_valid(body);
		if (valid == body.n) {
			ascii = simd_high((const unsigned char *)body.p,
					(const unsigned char *)body.p + body.n) ==
				(const unsigned char *)body.p + body.n;
			c.id = ascii && (claim == CHARSET_GB18030 || claim == CHARSET_BIG5)
				       ? claim
				       : CHARSET_UTF8;
			c.shifted = ascii && claim == CHARSET_SHIFTED && has_shift(body);
			c.overridden = !ascii && c.declared.n && claim != c.id;
			return c;
		}
		if ((claim == CHARSET_BIG5 || claimed(inner) == CHARSET_BIG5) && looks_big5(body))
			c.id = CHARSET_BIG5;
		else
			c.id = weigh(body, valid, claim);
	}
	c.bad = count_bad(c.id, body, &c.first_bad);
	c.first_bad += c.bad ? c.bom : 0;
	if (claim == CHARSET_UTF16LE && c.id == CHARSET_UTF16BE)
		claim = c.id;
	c.overridden = c.declared.n && claim != c.id;
	return c;
}

bool
charset_plain(const struct charset *charset, struct span page)
{
	enum { GOOD_A_BAD = 16 };
	const unsigned char *p = (const unsigned char *)page.p, *end = p + page.n;
	size_t good = 0, all = 0, step;

	if (charset->id != CHARSET_UTF8 && charset->id != CHARSET_GB18030)
		return false;
	for (; (p = simd_high(p, end)) < end; p += step) {
		step = 1;
		if (charset->id == CHARSET_UTF8) {
			step = utf8_step(p, (size_t)(end - p));
			good += step > 1;
			all++;
			step += step == 0;
		} else if (*p > 0x80 && *p < 0xff && end - p > 1 && gb18030_pair(p[0], p[1])) {
			/* Signs and the frequent characters: of bytes that are something else few pairs are. */
			good += p[1] >= 0xa1 && ((p[0] >= 0xa1 && p[0] <= 0xa3) || (p[0] >= 0xb0 && p[0] <= 0xd7));
			all++;
			step = 2;
		}
	}
	/* What is no UTF-8 has few characters of it by chance, but many of GB18030. */
	return 4 * good >= 3 * all && (charset->id == CHARSET_UTF8 || good >= GOOD_A_BAD * charset->bad);
}

/* By iconv, stepping over what it refuses. */
static size_t
decode_big5(struct span in, struct buf *out, size_t *first_bad)
{
	iconv_t cd = iconv_open("UTF-8", "BIG5-HKSCS");
	char *from = (char *)(uintptr_t)in.p;
	size_t left = in.n, bad = 0;

	if (cd == (iconv_t)-1)
		die(STATUS_LOST, "the C library's iconv knows no BIG5-HKSCS");
	while (left) {
		size_t room = 4096;
		char *to = buf_room(out, room);
		size_t got = iconv(cd, &from, &left, &to, &room);

		out->n = (size_t)(to - out->p);
		if (got == (size_t)-1 && room >= 16 && left) {
			/* Not for want of room: from[0] begins no character. */
			if (bad++ == 0 && first_bad)
				*first_bad = (size_t)(from - in.p);
			buf_add_rune(out, 0xfffd);
			from++;
			left--;
		}
	}
	{
		/* A character may be held back, to be joined with one after it. */
		size_t room = 16;
		char *to = buf_room(out, room);

		iconv(cd, NULL, NULL, &to, &room);
		out->n = (size_t)(to - out->p);
	}
	iconv_close(cd);
	return bad;
}

static size_t
decode_utf16(struct span in, bool big, struct buf *out, size_t *first_bad)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t bad = 0, i = 0;

	while (i < in.n) {
		uint32_t unit = 0xd800, next;
		size_t step = in.n - i < 2 ? in.n - i : 2;

		if (step == 2)
			unit = big ? (uint32_t)p[i] << 8 | p[i + 1]
				   : (uint32_t)p[i + 1] << 8 | p[i];
		if (unit >= 0xd800 && unit < 0xdc00 && in.n - i >= 4) {
			next = big ? (uint32_t)p[i + 2] << 8 | p[i + 3]
				   : (uint32_t)p[i + 3] << 8 | p[i + 2];
			if (next >= 0xdc00 && next < 0xe000) {
				unit = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
				step = 4;
			}
		}
		if (unit >= 0xd800 && unit < 0xe000) {
			if (bad == 0 && first_bad)
				*first_bad = i;
			bad += step;
			unit = 0xfffd;
		}
		buf_add_rune(out, unit);
		i += step;
	}
	return bad;
}

static size_t
decode_gb18030(struct span in, struct buf *out, size_t *first_bad)
{
	const unsigned char *start = (const unsigned char *)in.p, *p = start, *end = p + in.n;
	size_t bad = 0;

	gb18030_load();
	while (p < end) {
		const unsigned char *high = simd_high(p, end);
		uint32_t utf8, rune;

		buf_add(out, p, (size_t)(high - p));
		p = high;
		if (p == end)
			break;
		if (*p > 0x80 && *p < 0xff && end - p > 1 &&
			(utf8 = gb18030_pair(p[0], p[1])) != 0) {
			memcpy(buf_room(out, 4),
				&(unsigned char[4]){(unsigned char)utf8, (unsigned char)(utf8 >> 8),
					(unsigned char)(utf8 >> 16), (unsigned char)(utf8 >> 24)},
				4);
			out->n += gb18030_length(utf8);
			p += 2;
		} else if ((rune = gb18030_four(p, (size_t)(end - p))) != 0) {
			buf_add_rune(out, rune);
			p += 4;
		} else if (*p == 0x80) {
			buf_add_rune(out, 0x20ac);
			p++;
		} else {
			if (bad++ == 0 && first_bad)
				*first_bad = (size_t)(p - start);
			buf_add_rune(out, 0xfffd);
			p++;
		}
	}
	return bad;
}

static size_t
decode_utf8(struct span in, struct buf *out, size_t *first_bad)
{
	size_t at = 0, bad = 0;

	for (;;) {
		size_t good = utf8_valid(span_from(in, at));

		buf_add(out, in.p + at, good);
		at += good;
		if (at == in.n)
			return bad;
		if (bad++ == 0 && first_bad)
			*first_bad = at;
		buf_add_rune(out, 0xfffd);
		at++;
	}
}

size_t
charset_decode(enum charset_id id, struct span in, struct buf *out, size_t *first_bad)
{
	if (in.n == 0)
		return 0;
	switch (id) {
	case CHARSET_GB18030:
		return decode_gb18030(in, out, first_bad);
	case CHARSET_BIG5:
		return decode_big5(in, out, first_bad);
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		return decode_utf16(in, id == CHARSET_UTF16BE, out, first_bad);
	default:
		return decode_utf8(in, out, first_bad);
	}
}
