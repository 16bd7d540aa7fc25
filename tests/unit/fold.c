/* Folding is utf8proc's NFKC with the exceptions of fold.h: every code point, and random strings. */
#include "fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <utf8proc.h>

#include "tap.h"

static uint32_t seed = 7;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static bool
wide(int32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Joins what stands before it. */
static bool
mark(int32_t c)
{
	const utf8proc_property_t *p = utf8proc_get_property(c);

	return p->combining_class || (p->comb_index >= 0x8000 && p->comb_index != UINT16_MAX) ||
	       (c >= 0x1160 && c <= 0x11ff);
}

/* The code points, by utf8proc alone; what is kept stands in for itself as a private character. */
static void
reference(const int32_t *text, size_t n, struct buf *out)
{
	enum { STAND_IN = 0x10ff00, STAND_INS = 0x100 };
	struct buf raw = BUF_INIT;
	utf8proc_uint8_t *folded = NULL;
	int32_t kept[STAND_INS], last = 0, c;
	size_t nkept = 0;
	bool blank = false;

	for (size_t i = 0; i < n; i++) {
		utf8proc_category_t category = utf8proc_category(text[i]);
		utf8proc_int32_t parts[64];
		utf8proc_ssize_t m = utf8proc_decompose_char(text[i], parts, 64,
			UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE, NULL);
		bool keep = text[i] == 0xff0c || category == UTF8PROC_CATEGORY_NO;

		for (utf8proc_ssize_t j = 0; j < m; j++)
			keep |= category != UTF8PROC_CATEGORY_ND && m > 0 && parts[0] != text[i] &&
				parts[j] >= '0' && parts[j] <= '9';
		if ((text[i] >= 9 && text[i] <= 13) || text[i] == 0x85 ||
			category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
			category == UTF8PROC_CATEGORY_ZP) {
			buf_add_char(&raw, ' ');
		} else if (category == UTF8PROC_CATEGORY_CC || (category == UTF8PROC_CATEGORY_CF && text[i] != 0x202e)) {
			continue;
		} else if (keep) {
			buf_add_rune(&raw, (uint32_t)(STAND_IN + nkept));
			kept[nkept++] = text[i];
		} else {
			buf_add_rune(&raw, (uint32_t)text[i]);
		}
	}
	utf8proc_map((const utf8proc_uint8_t *)raw.p, (utf8proc_ssize_t)raw.n, &folded,
		UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
	for (size_t at = 0; folded && folded[at];) {
		at += (size_t)utf8proc_iterate(folded + at, -1, &c);
		if (c == ' ') {
			blank = true;
			continue;
		}
		if (c >= STAND_IN && c < STAND_IN + STAND_INS)
			c = kept[c - STAND_IN];
		if (blank && last && ((!wide(last) && !wide(c)) || mark(c)))
			buf_add_char(out, ' ');
		blank = false;
		buf_add_rune(out, (uint32_t)c);
		last = c;
	}
	free(folded);
	buf_release(&raw);
}

/* 0 if all that fold.h says of this text holds. */
static int
differs(const int32_t *text, size_t n, bool show)
{
	struct buf in = BUF_INIT, have = BUF_INIT, want = BUF_INIT, again = BUF_INIT;
	int bad;

	for (size_t i = 0; i < n; i++)
		buf_add_rune(&in, (uint32_t)text[i]);
	reference(text, n, &want);
	fold_text(buf_span(&in), &have);
	fold_text(buf_span(&have), &again);
	bad = !span_eq(buf_span(&have), buf_span(&want)) || !span_eq(buf_span(&have), buf_span(&again)) ||
	      (!fold_needed(buf_span(&in)) && !span_eq(buf_span(&have), buf_span(&in)));
	if (bad && show) {
		printf("#");
		for (size_t i = 0; i < n; i++)
			printf(" U+%04X", (unsigned)text[i]);
		printf(": have '%.*s', want '%.*s'\n", SPAN_ARG(buf_span(&have)), SPAN_ARG(buf_span(&want)));
	}
	buf_release(&in);
	buf_release(&have);
	buf_release(&want);
	buf_release(&again);
	return bad;
}

static void
test_every_code_point(void)
{
	size_t bad = 0;

	for (int32_t c = 1; c < 0x10ff00; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		/* Alone, and between a letter and a mark that joins many. */
		bad += (size_t)differs(&c, 1, bad < 5);
		if (c < 0x3400 || (c >= 0xa000 && c < 0x20000)) {
			int32_t framed[4] = {'a', c, 0x301, 'b'};

			bad += (size_t)differs(framed, 4, bad < 5);
		}
	}
	ok(bad == 0, "every code point folds as utf8proc does (%zu differ)", bad);
}

static void
test_random(void)
{
	static const int32_t pool[] = {' ', ' ', 0x3000, 0xa0, 'a', 'B', '1', 0x7edf, 0x8ba1, 0xff0c, 0xff1a,
		0x300, 0x301, 0x323, 0x327, 0x3099, 0x304b, 0xff76, 0xff9e, 0x1100, 0x1161, 0x11a8, 0xac00,
		0x2460, 0xb2, 0xbd, 0x33a1, 0xff15, 0x200b, 0xfeff, 0x1d7d9, 0x1d15e, 0x20000, 0xb4, 0x9c7,
		0x9be, 0xfb01, 0xad, 0x11099, 0x110ba};
	size_t bad = 0;

	for (int round = 0; round < 60000; round++) {
		int32_t text[24];
		size_t n = 1 + draw(24);

		for (size_t i = 0; i < n; i++)
			text[i] = draw(40) ? pool[draw(sizeof pool / sizeof *pool)] : (int32_t)(1 + draw(0xd7ff));
		bad += (size_t)differs(text, n, bad < 5);
	}
	ok(bad == 0, "random strings fold as utf8proc folds them (%zu differ)", bad);
}

/* As pages have it: ideographs, ASCII and the marks among them, long enough for blocks, seldom another. */
static void
test_prose(void)
{
	static const int32_t pool[] = {0x3001, 0x3002, 0xff0c, 0x2014, 0x201c, 0x201d, 0x300a, 0x300b, 0x3014, 0x3015,
		'1', '9', '%', 'a', '~', '|', 0xff08, 0xff1a, 0x3000, ' ', 0x7f, 0x2013, 0x2026, 0x3003, 0x3013, 0x2460,
		0x301, 0x3099, 0x3fff, 0x4000, 0x9fff, 0xa000};
	size_t bad = 0;

	for (int round = 0; round < 40000; round++) {
		int32_t text[90];
		size_t n = 1 + draw(90), most = 8 + draw(25);

		for (size_t i = 0; i < n; i++)
			text[i] = draw(4)   ? (int32_t)(0x4e00 + draw(0x51a5))
				  : draw(8) ? pool[draw((uint32_t)most)]
					    : (int32_t)(0x3000 + draw(0x40));
		bad += (size_t)differs(text, n, bad < 5);
	}
	ok(bad == 0, "prose folds as utf8proc folds it (%zu differ)", bad);
}

static void
test_said(void)
{
	static const struct {
		const char *in, *text;
	} said[] = {
		{"统 计 指 标", "统计指标"},
		{"收到申请 0 件", "收到申请0件"},
		{"　LED　电子屏 open data", "LED电子屏open data"},
		{"open data", "open data"},
		{"１３４，６９１", "134，691"},
		{"①２件", "①2件"},
		{"面积５㎡，１０³", "面积5㎡，10³"},
		{"其中：“公开”（条）", "其中:“公开”(条)"},
		{"〔2016〕8号、【a】[B]{c}", "〔2016〕8号、【a】[B]{c}"},
		{"\xff\xc0" "a\xe4\xb8", "\xef\xbf\xbd\xef\xbf\xbd" "a\xef\xbf\xbd\xef\xbf\xbd"},
		{"a\x01\x7f" "b\tc", "ab c"},
		{"", ""},
		{"  ", ""},
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct buf text = BUF_INIT;

		fold_text(span_str(said[i].in), &text);
		ok(span_eq(buf_span(&text), span_str(said[i].text)), "text %zu: '%.*s'", i,
			SPAN_ARG(buf_span(&text)));
		buf_release(&text);
	}
}

/* Marks in the order that costs the most to sort: eight times as many may take sixteen times as long. */
static void
test_linear(void)
{
	double took[2];

	for (int i = 0; i < 2; i++) {
		struct buf in = BUF_INIT, out = BUF_INIT;
		clock_t start;

		for (int j = 0; j < (i ? 400000 : 50000); j++)
			buf_add_rune(&in, j % 2 ? 0x327 : 0x301);
		start = clock();
		fold_text(buf_span(&in), &out);
		took[i] = (double)(clock() - start);
		buf_release(&in);
		buf_release(&out);
	}
	ok(took[1] < 16 * took[0] + CLOCKS_PER_SEC / 10, "a run of marks is linear (%.0f, %.0f)", took[0],
		took[1]);
}

int
main(void)
{
	test_said();
	test_every_code_point();
	test_random();
	test_prose();
	test_linear();
	return done_testing();
}
