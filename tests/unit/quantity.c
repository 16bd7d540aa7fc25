/* links: cmd/normalize/quantity.c cmd/normalize/whole.c cmd/normalize/words.c */
/* Numerals written by a generator are read back; what is badly made has no value. */
#include "quantity.h"

#include <stdio.h>

#include "buf.h"
#include "tap.h"

static struct words *words;

static const char *const digit[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* A section under 万, written out in full; `lead` says that a place before it was left out. */
static void
write_section(struct buf *out, unsigned n, bool lead, bool short_ten)
{
	static const char *const power[] = {"千", "百", "十", ""};
	bool zero = lead, begun = false;

	for (unsigned i = 0, place = 1000; i < 4; i++, place /= 10) {
		unsigned d = n / place % 10;

		if (d == 0) {
			zero |= begun;
			continue;
		}
		if (zero)
			buf_add_str(out, "零");
		if (!(short_ten && place == 10 && d == 1 && !begun))
			buf_add_str(out, digit[d]);
		buf_add_str(out, power[i]);
		zero = false;
		begun = true;
	}
}

/* A whole number as it is written in words. */
static void
write_numerals(struct buf *out, uint64_t n)
{
	unsigned section[3] = {(unsigned)(n / 100000000), (unsigned)(n / 10000 % 10000), (unsigned)(n % 10000)};
	static const char *const power[] = {"亿", "万", ""};
	bool begun = false, left = false;

	if (n == 0)
		buf_add_str(out, "零");
	for (int i = 0; i < 3; i++) {
		if (section[i] == 0) {
			left |= begun;
			continue;
		}
		write_section(out, section[i], begun && (left || section[i] < 1000), !begun);
		buf_add_str(out, power[i]);
		begun = true;
		left = false;
	}
}

static uint64_t seed = 3;

static uint64_t
draw(uint64_t below)
{
	seed = seed * 0x5851f42d4c957f2du + 0x14057b7ef767814fu;
	return (seed >> 11) % below;
}

static void
test_numerals(void)
{
	size_t bad = 0, tried = 0;

	for (uint64_t i = 0; i < 140000; i++) {
		uint64_t n = i < 120000 ? i : draw(i % 2 ? 100000000 : 999999999999);
		struct buf text = BUF_INIT;
		struct quantity q;
		size_t skip, length;

		write_numerals(&text, n);
		length = text.n;
		buf_add_str(&text, "件");
		tried++;
		if (!quantity_read(words, buf_span(&text), &q, &skip) || !q.valued || q.digits != length ||
			q.end != text.n || q.value.scale || (uint64_t)q.value.digits != n) {
			if (bad++ < 5)
				printf("# %.*s\n", SPAN_ARG(buf_span(&text)));
		}
		buf_release(&text);
	}
	ok(bad == 0, "%zu numbers in words are read back (%zu wrong)", tried, bad);
}

struct said {
	const char *text;
	const char *value; /* NULL: read, but without a value; "": no number */
	const char *unit;
	bool about;
	const char *rest;
};

static void
test_said(void)
{
	static const struct said said[] = {
		{"23件", "23", "件", false, ""},
		{"1,234条，", "1234", "条", false, "，"},
		{"1，234条", "1234", "条", false, ""},
		{"12 345条", "12345", "条", false, ""},
		{"5，20条", "5", NULL, false, "，20条"},
		{"3,125,7", "3125", NULL, false, ",7"},
		{"1.2万条", "12000", "条", false, ""},
		{"1.23456789万", "12345.6789", NULL, false, ""},
		{"3千余件", "3000", "件", true, ""},
		{"5百万", "5000000", NULL, false, ""},
		{"3百2十件", "320", "件", false, ""},
		{"3十万件", "300000", "件", false, ""},
		{"2十件", NULL, "件", false, ""},
		{"20多万人次", "200000", "人次", true, ""},
		{"1亿2000万元", "120000000", "元", false, ""},
		{"1万2千条", "12000", "条", false, ""},
		{"1万2条", NULL, "条", false, ""},
		{"2万元", "2", "万元", false, ""},
		{"2千万元", "2000", "万元", false, ""},
		{"3亿元", "30000", "万元", false, ""},
		{"两万三千条", "23000", "条", false, ""},
		{"三十", "30", NULL, false, ""},
		{"十五家", "15", "家", false, ""},
		{"二〇一八", "2018", NULL, false, ""},
		{"一百五件", NULL, "件", false, ""},
		{"三五件", NULL, "件", false, ""},
		{"一千五十件", NULL, "件", false, ""},
		{"十十件", NULL, "件", false, ""},
		{"万件", "", NULL, false, ""},
		{"百一十五件", "", NULL, false, ""},
		{"百余件", "100", "件", true, ""},
		{"十几件", NULL, "件", false, ""},
		{"一百几十件", NULL, "件", false, ""},
		{"20几件", NULL, "件", false, ""},
		{"百分之十几", NULL, "%", false, ""},
		{"三点五倍", "3.5", "倍", false, ""},
		{"百分之九十八点五", "98.5", "%", false, ""},
		{"百分之98.5", "98.5", "%", false, ""},
		{"百分之百", "100", "%", false, ""},
		{"千分之千", "1000", "‰", false, ""},
		{"千分之三", "3", "‰", false, ""},
		{"百分比", "", NULL, false, ""},
		{"21%", "21", "%", false, ""},
		{"95%以上", "95", "%", true, ""},
		{"3至5件", NULL, "件", false, ""},
		{"3-5件", NULL, "件", false, ""},
		{"99999999999999999999件", NULL, "件", false, ""},
		{"九千九百九十九万亿亿件", NULL, "件", false, ""},
		{"2018年", "2018", "年", false, ""},
		{"20个工作日", "20", "个工作日", false, ""},
		{"3个百分点", "3", "百分点", false, ""},
		{"-5%", "-5", "%", false, ""},
		{"+5件", "5", "件", false, ""},
		{"3(叁)件", "3", "件", false, ""},
		{"3(肆)件", NULL, "件", false, ""},
		{"3(肆)", "3", NULL, false, "(肆)"},
		{"叁(3)件", "3", "件", false, ""},
		{"三(4)件", NULL, "件", false, ""},
		{"0,123件", "0", NULL, false, ",123件"},
		{"0 123件", "0", NULL, false, " 123件"},
		{"3 100%", "3", NULL, false, " 100%"},
		{"30 %", "30", "%", false, ""},
		{"一点二万件", "12000", "件", false, ""},
		{"一点二万余件", "12000", "件", true, ""},
		{"一点二万元", "1.2", "万元", false, ""},
		{"○件", NULL, "件", false, ""},
		{"○○件", NULL, "件", false, ""},
		{"〇〇件", NULL, "件", false, ""},
		{"〇件", "0", "件", false, ""},
		{"二○件", "20", "件", false, ""},
		{"5元5角", NULL, "元", false, ""},
		{"五万元三千元", NULL, "元", false, ""},
		{"5→8件", NULL, "件", false, ""},
		{"5‒8件", NULL, "件", false, ""},
		{"十来件", "10", "件", true, ""},
		{"-", "", NULL, false, ""},
		{"件", "", NULL, false, ""},
	};

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct span text = span_str(said[i].text);
		struct quantity q;
		size_t skip;
		char value[DECIMAL_MAX];
		bool good;

		if (!quantity_read(words, text, &q, &skip)) {
			ok(said[i].value && !*said[i].value && skip > 0 && skip <= text.n, "no number: %s",
				said[i].text);
			continue;
		}
		good = said[i].value ? q.valued && span_eq((struct span){value, decimal_format(q.value, value)},
							   span_str(said[i].value))
				     : !q.valued;
		if (said[i].unit)
			good = good && q.unit && (q.unit->roles & ROLE_UNIT
				? span_eq(q.unit->unit, span_str(said[i].unit))
				: span_eq((struct span){text.p + q.unit_start, q.end - q.unit_start}, span_str(said[i].unit)));
		else
			good = good && !q.unit;
		good = good && q.about == said[i].about &&
		       span_eq((struct span){text.p + q.end, text.n - q.end}, span_str(said[i].rest));
		ok(good, "%s", said[i].text);
	}
}

int
main(void)
{
	words = words_load(NULL);
	ok(words != NULL, "the tables load");
	test_numerals();
	test_said();
	words_free(words);
	return done_testing();
}
