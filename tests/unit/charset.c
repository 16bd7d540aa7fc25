/* links: cmd/extract/charset */

#include "charset/charset.h"
#include "charset/gb18030.h"

#include <iconv.h>
#include <stdlib.h>

#include "tap.h"
#include "utf8.h"

#define BYTES(literal) {literal, sizeof(literal) - 1}

/* 政府信息公開 in each coding. */
#define GB "\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xe9\x5f"
#define BIG "\xac\x46\xa9\xb2\xab\x48\xae\xa7\xa4\xbd\xb6\x7d"
#define UTF "\xe6\x94\xbf\xe5\xba\x9c\xe4\xbf\xa1\xe6\x81\xaf\xe5\x85\xac\xe9\x96\x8b"
#define META(charset) "<html><!-- <meta charset=x> --><meta name=a content=b><meta charset=" charset ">"

static const struct {
	const char *about;
	struct span page;
	const char *transport, *name, *declared;
	bool overridden;
	size_t bom, bad, first_bad;
} pages[] = {
	{"UTF-8, nothing said", BYTES(UTF), "", "utf-8", "", false, 0, 0, 0},
	{"GB, nothing said", BYTES(GB), "", "gb18030", "", false, 0, 0, 0},
	{"ASCII, nothing said", BYTES("abc"), "", "utf-8", "", false, 0, 0, 0},
	{"nothing at all", BYTES(""), "", "utf-8", "", false, 0, 0, 0},
	{"ASCII of a page that says GBK", BYTES(META("gbk")), "", "gb18030", "gbk", false, 0, 0, 0},
	{"ASCII of a page that says Latin-1", BYTES(META("iso-8859-1")), "", "utf-8", "iso-8859-1", false, 0, 0, 0},
	{"GB that says so", BYTES(META("gb2312") GB), "", "gb18030", "gb2312", false, 0, 0, 0},
	{"GB with blanks and quotes around its name", BYTES("<META http-equiv=Content-Type content='text/html; CharSet = \"GB_2312-80\"'>" GB), "", "gb18030", "GB_2312-80", false, 0, 0, 0},
	{"the XML declaration", BYTES("<?xml version='1.0' encoding='GBK'?>" GB), "", "gb18030", "GBK", false, 0, 0, 0},
	{"GB that says UTF-8", BYTES(META("utf-8") GB), "", "gb18030", "utf-8", true, 0, 0, 0},
	{"UTF-8 that says GB", BYTES(META("gb2312") UTF), "", "utf-8", "gb2312", true, 0, 0, 0},
	{"UTF-8 that says Latin-1", BYTES(META("ISO-8859-1") UTF), "", "utf-8", "ISO-8859-1", true, 0, 0, 0},
	{"a script's charset is not the page's", BYTES("<script charset=gbk></script>" UTF), "", "utf-8", "", false, 0, 0, 0},
	{"the transport outranks the page", BYTES(META("utf-8") GB), "GBK", "gb18030", "GBK", false, 0, 0, 0},
	{"the transport is wrong", BYTES(META("utf-8") UTF), "GBK", "utf-8", "GBK", true, 0, 0, 0},
	{"a mark outranks all", BYTES("\xef\xbb\xbf" META("gbk") UTF), "big5", "utf-8", "big5", true, 3, 0, 0},
	{"Big5 that says so", BYTES(META("big5") BIG BIG), "", "big5", "big5", false, 0, 0, 0},
	{"Big5 that says so under a transport that does not", BYTES(META("big5") BIG BIG), "iso-8859-1", "big5", "iso-8859-1", true, 0, 0, 0},
	{"GB that says Big5", BYTES(META("big5") "\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xbf\xaa\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6\xca\xd0\xc8\xcb\xc3\xf1"), "", "gb18030", "big5", true, 0, 0, 0},
	{"UTF-16 with a mark", BYTES("\xff\xfe<\0p\0>\0"), "", "utf-16le", "", false, 2, 0, 0},
	{"UTF-16 the other way round", BYTES("\xfe\xff\0<\0p\0>"), "utf-16", "utf-16be", "utf-16", false, 2, 0, 0},
	{"UTF-16 without a mark", BYTES("<\0p\0>\0\x3f\x65"), "", "utf-16le", "", false, 0, 0, 0},
	{"prose in UTF-16 without a mark", BYTES("\x00\x4e\x74\x5e\x6c\x51\x00\x5f\xe1\x4f\x6f\x60\x0c\xff\x00\x67"
		"\xc8\x7e\x6c\x51\x00\x5f\x33\x00\x61\x67\x02\x30\x0a\x00\x00\x4e"
		"\x74\x5e\x6c\x51\x00\x5f\xe1\x4f\x6f\x60\x0c\xff\x00\x67\xc8\x7e"
		"\x6c\x51\x00\x5f\x33\x00\x61\x67\x02\x30\x0a\x00\x00\x4e\x74\x5e"
		"\x6c\x51\x00\x5f\xe1\x4f\x6f\x60\x0c\xff\x00\x67\xc8\x7e\x6c\x51"
		"\x00\x5f\x33\x00\x61\x67\x02\x30\x0a\x00"), "", "utf-16le", "", false, 0, 0, 0},
	{"the same the other way round", BYTES("\x4e\x00\x5e\x74\x51\x6c\x5f\x00\x4f\xe1\x60\x6f\xff\x0c\x67\x00"
		"\x7e\xc8\x51\x6c\x5f\x00\x00\x33\x67\x61\x30\x02\x00\x0a\x4e\x00"
		"\x5e\x74\x51\x6c\x5f\x00\x4f\xe1\x60\x6f\xff\x0c\x67\x00\x7e\xc8"
		"\x51\x6c\x5f\x00\x00\x33\x67\x61\x30\x02\x00\x0a\x4e\x00\x5e\x74"
		"\x51\x6c\x5f\x00\x4f\xe1\x60\x6f\xff\x0c\x67\x00\x7e\xc8\x51\x6c"
		"\x5f\x00\x00\x33\x67\x61\x30\x02\x00\x0a"), "", "utf-16be", "", false, 0, 0, 0},
	{"a NUL that strayed into ASCII", BYTES("<td>12 \0</td><td>3</td>"), "", "utf-8", "", false, 0, 0, 0},
	{"a NUL that strayed into UTF-8", BYTES("\xe6\x94\xbf\xe5\xba\x9c\xe5\xba\x9c 1\0\xe6\x94\xbf\xe5\xba\x9c\xe5\xba\x9c"), "",
		"utf-8", "", false, 0, 0, 0},
	{"UTF-8 with a byte lost", BYTES(UTF "\xe6\x94" UTF), "gbk", "utf-8", "gbk", true, 0, 2, 18},
	{"UTF-8 cut short", BYTES("\xef\xbb\xbf" UTF "\xe6"), "", "utf-8", "", false, 3, 1, 21},
	{"GB with a byte lost", BYTES(GB "\xff\xd5<" GB), "", "gb18030", "", false, 0, 2, 12},
	{"GB cut short, said to be UTF-8", BYTES(GB GB "\xd5"), "utf-8", "gb18030", "utf-8", true, 0, 1, 24},
	{"one odd byte in ASCII that says UTF-8", BYTES("caf\xe9, 12"), "utf-8", "utf-8", "utf-8", false, 0, 1, 3},
	{"Big5 cut short", BYTES(BIG BIG "\xac"), "big5", "big5", "big5", false, 0, 1, 24},
	{"half a surrogate", BYTES("\xff\xfe<\0\x00\xd8>\0"), "", "utf-16le", "", false, 2, 2, 4},
};

static void
decides(void)
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct charset c = charset_decide(pages[i].page, span_str(pages[i].transport));

		if (!ok(strcmp(charset_name(c.id), pages[i].name) == 0 &&
				span_eq(c.declared, span_str(pages[i].declared)) &&
				c.overridden == pages[i].overridden && c.bom == pages[i].bom &&
				c.bad == pages[i].bad && (c.bad == 0 || c.first_bad == pages[i].first_bad),
			"%s", pages[i].about))
			printf("# %s declared '%.*s' overridden %d mark %zu bad %zu first %zu\n",
			       charset_name(c.id), SPAN_ARG(c.declared), c.overridden, c.bom, c.bad,
			       c.first_bad);
	}
}

/* A few bad bytes do not make a page of another coding. */
static void
is_plain(void)
{
	static const struct {
		const char *about;
		struct span page;
		bool plain;
	} few[] = {
		{"UTF-8 with a byte lost", BYTES(UTF "\xe6\x94" UTF), true},
		{"UTF-8 with half of its characters damaged", BYTES(UTF "\xe6\xe6\xe6\xe6\xe6\xe6\xe6"), false},
		{"GB with a byte that is none", BYTES(GB GB GB "\xff" GB), true},
		{"GB with one in six", BYTES(GB "\xff"), false},
		{"pairs of GB that no text has", BYTES("\xff\x90\x41\x91\x42\x92\x43\x93\x44\x94\x45\x95\x46\x96\x47\x97\x48\x98\x49"
			"\x90\x51\x91\x52\x92\x53\x93\x54\x94\x55\x95\x56\x96\x57\x97\x58\x98\x59"), false},
		{"one odd byte in ASCII", BYTES("caf\xe9, 12"), false},
		{"Big5 cut short", BYTES("<meta charset=big5>" BIG BIG "\xac"), false},
	};

	for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
		struct charset c = charset_decide(few[i].page, span_str(""));

		if (!ok(c.bad && charset_plain(&c, few[i].page) == few[i].plain, "%s is %splain", few[i].about,
			    few[i].plain ? "" : "not "))
			printf("# %s, %zu bad\n", charset_name(c.id), c.bad);
	}
}

static void
decodes(void)
{
	static const struct {
		enum charset_id id;
		struct span in, out;
		size_t bad;
	} texts[] = {
		{CHARSET_GB18030, BYTES(GB "1"), BYTES(UTF "1"), 0},
		{CHARSET_GB18030, BYTES("\x81\x30\x81\x30\x90\x30\x81\x30\xe3\x32\x9a\x35\x80"), BYTES("\xc2\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xe2\x82\xac"), 0},
		{CHARSET_GB18030, BYTES("\xd5<\xff\x81\x30<"), BYTES("\xef\xbf\xbd<\xef\xbf\xbd\xef\xbf\xbd" "0<"), 3},
		{CHARSET_BIG5, BYTES(BIG "\x88\x62"), BYTES(UTF "\xc3\x8a\xcc\x84"), 0},
		{CHARSET_BIG5, BYTES("\xac<" BIG), BYTES("\xef\xbf\xbd<" UTF), 1},
		{CHARSET_UTF16LE, BYTES("a\0\x40\xd8\x0b\xdc" "b"), BYTES("a\xf0\xa0\x80\x8b\xef\xbf\xbd"), 1},
		{CHARSET_UTF16BE, BYTES("\0a\xdc\0\x65\x3f"), BYTES("a\xef\xbf\xbd\xe6\x94\xbf"), 2},
		{CHARSET_UTF8, BYTES("a\xff\xe6\x94<"), BYTES("a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd<"), 3},
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct buf out = BUF_INIT;
		size_t bad = charset_decode(texts[i].id, texts[i].in, &out, NULL);

		if (!ok(span_eq(buf_span(&out), texts[i].out) && bad == texts[i].bad, "decodes %s, %zu",
			charset_name(texts[i].id), i))
			printf("# %.*s, %zu bad\n", SPAN_ARG(buf_span(&out)), bad);
		buf_release(&out);
	}
}

/* Every two-byte character is the C library's. */
static void
equals_iconv(void)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	struct buf all = BUF_INIT, ours = BUF_INIT;
	char *want, *from, *to;
	size_t left, room;

	for (int lead = 0x81; lead <= 0xfe; lead++)
		for (int trail = 0x40; trail <= 0xfe; trail++) {
			char pair[2] = {(char)lead, (char)trail}, out[8];

			from = pair, to = out, left = 2, room = sizeof out;
			if (iconv(cd, &from, &left, &to, &room) != (size_t)-1)
				buf_add(&all, pair, 2);
		}
	want = malloc(left = all.n * 2);
	from = all.p, to = want, room = left, left = all.n;
	iconv(cd, &from, &left, &to, &room);
	charset_decode(CHARSET_GB18030, buf_span(&all), &ours, NULL);
	ok(all.n / 2 > 23000 && span_eq(buf_span(&ours), span_of(want, (size_t)(to - want))),
	   "%zu characters of two bytes are iconv's", all.n / 2);
	free(want);
	buf_release(&all);
	buf_release(&ours);
	iconv_close(cd);
}

/* The check by blocks against the check by characters, a wrong byte at every place of a text. */
static void
checks_utf8(bool rare)
{
	static const unsigned char wrong[] = {0x80, 0xbf, 0xc0, 0xc1, 0xc3, 0xe0, 0xe4, 0xed, 0xf0, 0xf4, 0xf5, 0xff, 'a'};
	char text[400];
	size_t n = 0, same = 0, all = 0;

	while (n + 12 < sizeof text) {
		const char *next = n % 5 == 0 || (n > 130 && n < 230) ? "a" : rare && n % 7 == 0 ? "\xc3\xa9"
				   : rare && n % 11 == 0 ? "\xf0\xa0\x80\x8b" : "\xe6\x94\xbf";

		memcpy(text + n, next, strlen(next));
		n += strlen(next);
	}
	for (size_t at = 0; at < n; at++)
		for (size_t w = 0; w < sizeof wrong; w++) {
			char kept = text[at];
			size_t valid = 0, step;

			text[at] = (char)wrong[w];
			while (valid < n && (step = utf8_step((unsigned char *)text + valid, n - valid)) != 0)
				valid += step;
			same += utf8_valid(span_of(text, n)) == valid;
			all++;
			text[at] = kept;
		}
	ok(same == all && utf8_valid(span_of(text, n)) == n, "%zu of %zu damaged texts end where they should, %s",
	   same, all, rare ? "of all lengths of characters" : "of Chinese and ASCII");
}

/* What gb18030_bad gives, by one character after another. */
static size_t
count_one_by_one(struct span in, size_t *first)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t bad = 0;

	for (size_t i = 0; i < in.n;) {
		if (p[i] <= 0x80) {
			i++;
		} else if (p[i] != 0xff && in.n - i > 1 && gb18030_pair(p[i], p[i + 1])) {
			i += 2;
		} else if (gb18030_four(p + i, in.n - i)) {
			i += 4;
		} else {
			if (bad++ == 0)
				*first = i;
			i++;
		}
	}
	return bad;
}

/* The count by blocks against that, a wrong or an odd byte at every place of a text, and ends at each. */
static void
counts_bad_gb(bool rare)
{
	static const unsigned char wrong[] = {0x30, 'a', 0x7f, 0x80, 0x81, 0xa0, 0xa1, 0xfe, 0xff};
	char text[330];
	size_t n = 0, same = 0, all = 0, bad = 0;

	gb18030_load();
	while (n + 12 < sizeof text) {
		const char *next = n % 5 == 0 || (n > 130 && n < 200) ? "a" : rare && n % 7 == 0 ? "\xe9\x5f"
				   : rare && n % 11 == 0 ? "\x81\x30\x84\x36" : "\xd5\xfe";

		memcpy(text + n, next, strlen(next));
		n += strlen(next);
	}
	for (size_t at = 0; at < n; at++)
		for (size_t w = 0; w < sizeof wrong; w++) {
			char kept = text[at];
			size_t first = n, other = n, cut = (at * 7 + w) % (n + 1);
			struct span s = span_of(text + cut % 3, n - (w % 2 ? cut : 3));

			text[at] = (char)wrong[w];
			s.n = s.n > n - cut % 3 ? n - cut % 3 : s.n;
			bad += count_one_by_one(s, &first) > 0;
			same += gb18030_bad(s, &other) == count_one_by_one(s, &first) && first == other;
			all++;
			text[at] = kept;
		}
	ok(same == all && bad > all / 8, "%zu of %zu texts in GB18030 counted as by characters, %s, %zu of them damaged",
		same, all, rare ? "of all lengths of characters" : "of GB2312 and ASCII", bad);
}

int
main(void)
{
	decides();
	is_plain();
	decodes();
	equals_iconv();
	checks_utf8(true);
	checks_utf8(false);
	counts_bad_gb(true);
	counts_bad_gb(false);
	return done_testing();
}
