/* links: cmd/classify/identity/year.c cmd/classify/identity/context.c */
/* year: years, dates and periods in every writing, and what is none. */
#include "../../cmd/classify/identity/year.h"

#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

static const struct {
	const char *text;
	int year, month, day;
} cases[] = {
	{"2017年", 2017, 0, 0},
	{"2017年度", 2017, 0, 0},
	{"2017度", 2017, 0, 0},
	{"2017 年 1 月 1 日", 2017, 1, 1},
	{"自2017年1月1日起", 2017, 1, 1},
	{"2017年12月31日", 2017, 12, 31},
	{"2017年3月", 2017, 3, 0},
	{"2018年11日起", 2018, 1, 1},
	{"2018年1231日止", 2018, 12, 31},
	{"20201月1日", 2020, 1, 1},
	{"202012月31日", 2020, 12, 31},
	{"2019-03-15 10:22", 2019, 3, 15},
	{"2019/3/5", 2019, 3, 5},
	{"2019.3.5", 2019, 3, 5},
	{"20190315", 2019, 3, 15},
	{"二〇一七年", 2017, 0, 0},
	{"二○一七年度", 2017, 0, 0},
	{"二零零九年十二月三十一日", 2009, 12, 31},
	{"二O一O年三月五日", 2010, 3, 5},
	{"二0一六年十一月二十日", 2016, 11, 20},
	{"二Ο一О年◯月", 2010, 0, 0},
	{"二零壹捌年拾贰月叁日", 2018, 12, 3},
	{"二〇二〇年一月一日", 2020, 1, 1},
	{"信息2152条，2017年", 2017, 0, 0},
	{"2017政府信息公开", 2017, 0, 0},
	{"2017-2018年度", 2017, 0, 0},
	{"平江县 2 0 1 5 年", 2015, 0, 0},
	{"第2 0 件", 0, 0, 0},
	{"2152条", 0, 0, 0},
	{"共2017条", 0, 0, 0},
	{"12017年", 0, 0, 0},
	{"二十件", 0, 0, 0},
	{"二〇一七", 0, 0, 0},
	{"电话20171234567", 0, 0, 0},
	{"1999年", 0, 0, 0},
	{"2045年", 0, 0, 0},
	{"20191399", 0, 0, 0},
	{"", 0, 0, 0},
	{"2", 0, 0, 0},
	{"二", 0, 0, 0},
};

static const struct {
	const char *text;
	int year;
} periods[] = {
	{"统计期限自2017年1月1日起至12月31日止", 2017},
	{"自2017年1月1日起至2017年12月31日止", 2017},
	{"从2017年1月1日到2017年12月31日", 2017},
	{"2018年11日起至2018年1231日止", 2018},
	{"20201月1日至202012月31日", 2020},
	{"二〇一七年一月一日至二〇一七年十二月三十一日", 2017},
	{"2017年1月1日—12月31日", 2017},
	{"2017年1月1日——12月31日", 2017},
	{"2017年1月1日 — — 12月31日", 2017},
	{"数据统计期为2008年5月1日至2008年12月31日", 2008},
	{"2008年5月1日至2012年3月1日施工", 0},
	{"2017年1月1日起施行", 0},
	{"统计时限为2016年1月1日至当年12月31日", 2016},
	{"统计期限自2017年1月1日起，至2017年12月31日止", 2017},
	{"二〇一七年", 0},
};

int
main(void)
{
	struct context context;
	struct numerals *numerals = numerals_load(NULL);
	struct year_words words = {numerals, &context};

	if (!context_load(&context, NULL))
		return 1;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct year_token t = {0};
		struct year_scan scan = year_scan_start(&words, span_str(cases[i].text), true);
		bool found = year_scan_next(&scan, &t);

		if (!found)
			t = (struct year_token){0};
		ok(t.year == cases[i].year && t.month == cases[i].month && t.day == cases[i].day &&
				(!found || (t.start < t.end && t.end <= strlen(cases[i].text))),
			"'%s' is %d-%d-%d", cases[i].text, t.year, t.month, t.day);
	}
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		struct year_scan scan = year_scan_start(&words, span_str(periods[i].text), true);
		struct year_token t;
		int year = 0;

		while (year == 0 && year_scan_next(&scan, &t))
			year = year_period(&words, span_str(periods[i].text), &t);

		ok(year == periods[i].year, "'%s' is the period of %d", periods[i].text, year);
	}
	context_release(&context);
	numerals_free(numerals);
	return done_testing();
}
