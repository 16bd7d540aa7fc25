/* The regions: counts of every year, the tree, and codes followed over the years. */
#include "regions.h"

#include <stdio.h>
#include <stdlib.h>

#include "diag.h"
#include "tap.h"

/* Provinces, prefectures and counties on 31 December, as the yearly national totals give them. */
static const struct {
	int year;
	size_t provinces, prefectures, counties;
} totals[] = {{2007, 31, 333, 2859}, {2008, 31, 333, 2859}, {2009, 31, 333, 2858},
	{2010, 31, 333, 2856}, {2011, 31, 332, 2853}, {2012, 31, 333, 2852}, {2013, 31, 333, 2853},
	{2014, 31, 333, 2854}, {2015, 31, 334, 2850}, {2016, 31, 334, 2851}, {2017, 31, 334, 2851},
	{2018, 31, 333, 2851}, {2019, 31, 333, 2846}, {2020, 31, 333, 2844}, {2021, 31, 333, 2843},
	{2022, 31, 333, 2843}, {2023, 31, 333, 2844}, {2024, 31, 333, 2846}, {2025, 31, 333, 2845},
	{2026, 31, 333, 2847}};

/* By walking down from the nation, so the tree is whole as well as counted. */
static void
test_totals(const struct regions *r)
{
	const struct region **p = NULL, **q = NULL, **c = NULL;
	size_t pcap = 0, qcap = 0, ccap = 0;

	for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
		int year = totals[i].year;
		size_t provinces = regions_children(r, 0, year, true, &p, &pcap), prefectures = 0,
		       counties = 0;

		for (size_t a = 0; a < provinces; a++) {
			size_t n = regions_children(r, p[a]->code, year, true, &q, &qcap);

			for (size_t b = 0; b < n; b++) {
				prefectures += q[b]->level == REGION_PREFECTURE;
				counties += q[b]->level == REGION_COUNTY;
				if (q[b]->level == REGION_PREFECTURE)
					counties += regions_children(
						r, q[b]->code, year, true, &c, &ccap);
			}
		}
		ok(provinces == totals[i].provinces && prefectures == totals[i].prefectures &&
				counties == totals[i].counties,
			"%d has %zu provinces, %zu prefectures, %zu counties", year, provinces,
			prefectures, counties);
	}
	free(p);
	free(q);
	free(c);
}

static void
test_tree(const struct regions *r)
{
	const struct region *row = regions_at(r, 230506, 2017);
	const struct region **list = NULL;
	size_t cap = 0, bad = 0;

	ok(row && span_eq(row->name, SPAN("宝山区")) && row->parent == 230500, "230506 is 宝山区");
	ok(span_eq(regions_parent(r, row, 2017)->name, SPAN("双鸭山市")), "under 双鸭山市");
	ok(regions_up(r, 230506, REGION_PROVINCE, 2017) == 230000, "in 230000");
	ok(regions_up(r, 230506, REGION_COUNTY, 2017) == 230506, "which is its own county");
	ok(regions_up(r, 230000, REGION_COUNTY, 2017) == 0, "a province is in no county");
	ok(regions_within(r, 110101, 110000, 2020) && !regions_within(r, 110101, 310000, 2020),
		"within");
	ok(regions_at(r, 211121, 2015) != NULL && !regions_at(r, 211121, 2016),
		"大洼县 was no county any more on 31 December 2016");
	ok(span_eq(regions_near(r, 420600, 2009)->name, SPAN("襄樊市")) &&
			span_eq(regions_near(r, 420600, 2012)->name, SPAN("襄阳市")),
		"a code has the name of the year");
	ok(regions_alias(r, 410881) == 419001 && regions_alias(r, 139001) == 130682 && regions_alias(r, 410800) == 410800, "aliases");
	ok(regions_alias(r, 232761) == 232700 && regions_alias(r, 232701) == 232701, "漠河市 has a code that 加格达奇区 had");
	ok(regions_children(r, 110000, 2020, false, &list, &cap) == 1 && list[0]->pseudo,
		"110000 has a pseudo-prefecture");
	ok(regions_children(r, 110000, 2020, true, &list, &cap) == 16, "or 16 real districts");
	ok(regions_children(r, 441900, 2020, true, &list, &cap) == 0, "东莞 has no counties");
	ok(region_parse(SPAN("11010")) == 0 && region_parse(SPAN("11010a")) == 0 &&
			region_parse(SPAN("110101")) == 110101,
		"a code is six digits");
	for (size_t i = 0; i < regions_count(r); i++) {
		row = regions_row(r, i);
		for (int year = row->from < 2007 ? 2007 : row->from;
			year <= 2026 && year <= row->to; year++)
			bad += row->parent && !regions_at(r, row->parent, year);
	}
	ok(bad == 0, "every parent is there in every year (%zu are not)", bad);
	free(list);
}

static bool
maps(const struct regions *r, uint32_t code, int from, int to, const uint32_t *want, size_t n)
{
	uint32_t *list = NULL;
	size_t cap = 0, got = regions_map(r, code, from, to, &list, &cap);
	bool same = got == n && (n == 0 || memcmp(list, want, n * sizeof *want) == 0);

	free(list);
	return same;
}

static void
test_map(const struct regions *r)
{
	uint32_t *list = NULL;
	size_t cap = 0, lost = 0, many = 0, units = 0, base;

	ok(maps(r, 230506, 2010, 2024, (uint32_t[]){230506}, 1), "a code that did not change");
	ok(maps(r, 310103, 2010, 2011, (uint32_t[]){310101}, 1), "卢湾区 became 黄浦区");
	ok(maps(r, 310101, 2012, 2008, (uint32_t[]){310101, 310103}, 2),
		"黄浦区 goes back to both");
	ok(maps(r, 421302, 2008, 2010, (uint32_t[]){421303, 421321}, 2),
		"a split gives all its parts");
	ok(maps(r, 500105, 2024, 2025, (uint32_t[]){500157}, 1), "江北区 of 重庆 became 两江新区");
	ok(maps(r, 500112, 2024, 2025, (uint32_t[]){500109, 500157}, 2), "渝北区 was parted");
	ok(maps(r, 500109, 2024, 2025, (uint32_t[]){500109}, 1),
		"北碚区 went on with another boundary");
	ok(maps(r, 653126, 2025, 2026, (uint32_t[]){653126}, 1) && maps(r, 653132, 2026, 2025, (uint32_t[]){653126}, 1),
		"岑岭县 was cut out of 叶城县, which went on");
	ok(maps(r, 640303, 2010, 2008, (uint32_t[]){640300}, 1), "红寺堡区 was cut out of 吴忠市");
	ok(maps(r, 640300, 2008, 2010, (uint32_t[]){640300}, 1), "which went on");
	ok(maps(r, 310103, 2012, 2020, NULL, 0), "a code that was not valid is nothing");
	for (size_t i = 0; i < regions_count(r); i++) {
		const struct region *row = regions_row(r, i);

		for (int year = 2007; year <= 2026; year++) {
			if (year < row->from || year > row->to || row->pseudo)
				continue;
			units++;
			base = regions_map(r, row->code, year, 2026, &list, &cap);
			lost += base == 0;
			many += base > 1;
			for (size_t k = 0; k < base; k++)
				lost += !regions_at(r, list[k], 2026);
			base = year >= 2010 ? regions_map(r, row->code, year, 2010, &list, &cap)
					    : 1;
			lost += base == 0;
		}
	}
	ok(lost == 0, "all %zu unit-years reach 2026 and 2010 (%zu do not, %zu several)", units,
		lost, many);
	free(list);
}

static void
test_life(const struct regions *r)
{
	static const struct {
		uint32_t code, then_code;
		int year, then_year;
		bool same;
		const char *what;
	} cases[] = {
		{110101, 110101, 2009, 2010, false, "东城区 took 崇文区 in"},
		{110101, 110101, 2010, 2024, true, "and went on"},
		{110103, 110101, 2009, 2010, false, "崇文区 is not 东城区"},
		{110103, 110101, 2009, 2009, false, "nor were they one before"},
		{110228, 110118, 2014, 2015, true, "密云县 is 密云区"},
		{110228, 110118, 2015, 2015, true, "and the old code, still used, is the new one"},
		{110118, 110118, 2014, 2015, true, "as the new one, used too early, is the old one"},
		{421302, 421303, 2008, 2009, false, "曾都区 was divided"},
		{360425, 360425, 2009, 2010, true, "永修县 is the same, though a part of it was cut off"},
		{360482, 360425, 2010, 2009, false, "which is another"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t life = regions_life(r, cases[i].code, cases[i].year);

		ok((life == regions_life(r, cases[i].then_code, cases[i].then_year)) == cases[i].same, "%s",
			cases[i].what);
	}
	ok(regions_life(r, 987654, 2015) == 987654, "a code of no table stands for itself");
}

int
main(void)
{
	struct regions *r;

	diag_init("regions");
	r = regions_load(NULL);
	if (!ok(r != NULL, "the tables load"))
		return done_testing();
	test_totals(r);
	test_tree(r);
	test_map(r);
	test_life(r);
	regions_free(r);
	return done_testing();
}
