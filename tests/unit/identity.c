/* links: cmd/classify/identity cmd/classify/form cmd/classify/page.c cmd/classify/recall.c */
/* identity: every ambiguous name with and without what decides it, and the traps of real pages. */
#include "../../cmd/classify/identity/identity.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"
#include "tap.h"

TABLE_DECLARE(regions_ambiguous);

static struct identity_finder *finder;
static struct regions *regions;

/* A page from lines parted by newlines: `title:`, `meta:` and `cell:` begin others than text. */
static void
read_page(const char *source, struct span lines, struct identity *id)
{
	struct page page = {.source = span_str(source)};
	uint32_t row = 0;

	while (lines.n) {
		struct item item = {.kind = ITEM_TEXT, .text = span_cut(&lines, '\n')};

		if (span_starts(item.text, SPAN("title:")))
			item.kind = ITEM_TITLE;
		else if (span_starts(item.text, SPAN("meta:")))
			item.kind = ITEM_META;
		else if (span_starts(item.text, SPAN("cell:")))
			item.kind = ITEM_CELL;
		item.line = page.n + 1;
		if (item.kind != ITEM_TEXT) {
			span_cut(&item.text, ':');
		}
		/* Two cells a row. */
		if (item.kind == ITEM_CELL) {
			item.table = 1;
			item.row = 1 + row++ / 2;
		}
		page.items = grow(page.items, page.n, &page.cap, sizeof *page.items);
		page.items[page.n++] = item;
	}
	identity_find(finder, &page, id);
	free(page.items);
}

/* The name and, with `more`, a second line. */
static void
read_short(struct span chain, struct span name, int year, const char *more, struct identity *id)
{
	struct buf page = BUF_INIT;

	buf_printf(&page, "%.*s%.*s%d年政府信息公开工作年度报告\n%s", SPAN_ARG(chain),
		SPAN_ARG(name), year, more);
	read_page("-", buf_span(&page), id);
	buf_release(&page);
}

/* Every ambiguous name, in the first year of its row: alone, with its forebear, with the site's
 * number. */
static void
test_ambiguous(void)
{
	struct table *t = table_load(TABLE_SOURCE(regions, ambiguous), NULL);
	size_t name = table_column(t, "name"), kind = table_column(t, "kind"),
	       from = table_column(t, "from");
	size_t codes = table_column(t, "codes"), n = 0, bare = 0, chained = 0, numbered = 0,
	       wrong = 0, each = 0, alike = 0;

	for (size_t i = 0; i < t->nrows; i++) {
		struct span text = table_cell(t, i, name), list = table_cell(t, i, codes);
		int year = atoi(table_cell(t, i, from).p);
		struct identity id;

		if (span_eq(table_cell(t, i, kind), SPAN("full_years")))
			continue;
		n++;
		read_short(span_of(NULL, 0), text, year, "", &id);
		bare += id.region[0] == '\0' && id.candidates.n > 0;
		if (id.region[0])
			printf("# %.*s %d alone is taken for %s\n", SPAN_ARG(text), year,
				id.region);
		while (list.n) {
			uint32_t code = region_parse(span_cut(&list, ';')), got;
			const struct region *row = regions_at(regions, code, year);
			const struct region *up = regions_parent(regions, row, year);
			struct buf line = BUF_INIT;

			if (!up || row->placeholder)
				continue;
			if (up->pseudo)
				up = regions_parent(regions, up, year);
			each++;
			/* 湖南省长沙 may be 长沙市 or 长沙县: not decided is right. */
			for (struct span others = table_cell(t, i, codes); others.n;) {
				const struct region *other = regions_at(
					regions, region_parse(span_cut(&others, ';')), year);

				if (other && other->code != code &&
					regions_within(regions, other->code, up->code, year)) {
					alike++;
					break;
				}
			}
			read_short(up->name, text, year, "", &id);
			got = region_parse(span_str(id.region));
			chained += got == code;
			wrong += got && got != code;
			if (got && got != code)
				printf("# %.*s%.*s %d is %06u, not '%s' (%.*s)\n",
					SPAN_ARG(up->name), SPAN_ARG(text), year, code, id.region,
					SPAN_ARG(id.explain));
			buf_printf(&line, "网站标识码:%06u0001 主办:%.*s人民政府%c", code,
				SPAN_ARG(row->name), 0);
			read_short(span_of(NULL, 0), text, year, line.p, &id);
			got = region_parse(span_str(id.region));
			numbered += got == code;
			wrong += got && got != code;
			if (got != code)
				printf("# %.*s %d with %s is '%s' (%.*s)\n", SPAN_ARG(text), year,
					line.p, id.region, SPAN_ARG(id.explain));
			buf_release(&line);
		}
	}
	ok(bare == n, "%zu of %zu ambiguous names are not decided by themselves", bare, n);
	ok(wrong == 0, "none is decided wrongly (%zu are)", wrong);
	ok(chained + alike >= each,
		"%zu of %zu are decided by the place they lie in, which holds %zu twice", chained,
		each, alike);
	ok(numbered == each, "%zu of %zu by the site's number", numbered, each);
	table_free(t);
}

/* Every name that only years part, in each of them. */
static void
test_years(void)
{
	struct table *t = table_load(TABLE_SOURCE(regions, ambiguous), NULL);
	size_t name = table_column(t, "name"), kind = table_column(t, "kind"),
	       codes = table_column(t, "codes");
	size_t n = 0, good = 0;

	for (size_t i = 0; i < t->nrows; i++) {
		struct span text = table_cell(t, i, name), list = table_cell(t, i, codes);

		if (!span_eq(table_cell(t, i, kind), SPAN("full_years")))
			continue;
		while (list.n) {
			uint32_t code = region_parse(span_cut(&list, ';'));
			size_t first, rows = regions_rows(regions, code, &first);

			for (size_t r = first; r < first + rows; r++) {
				const struct region *row = regions_row(regions, r);

				if (!span_eq(row->name, text))
					continue;
				for (int year = row->from < 2008 ? 2008 : row->from;
					year <= 2024 && year <= row->to; year++) {
					struct identity id;

					read_short(span_of(NULL, 0), text, year, "", &id);
					n++;
					good += region_parse(span_str(id.region)) == code;
					if (region_parse(span_str(id.region)) != code)
						printf("# %.*s %d is '%s', not %u\n",
							SPAN_ARG(text), year, id.region, code);
				}
			}
		}
	}
	ok(good == n, "%zu of %zu names that years part", good, n);
	table_free(t);
}

/* Every name with all it lies in, in two years: always its own code. */
static void
test_all(void)
{
	static const int years[] = {2009, 2023};
	size_t n = 0, good = 0;

	for (size_t r = 0; r < regions_count(regions); r++) {
		const struct region *row = regions_row(regions, r), *up, *top;

		for (size_t y = 0; y < 2; y++) {
			struct buf chain = BUF_INIT;
			struct identity id;

			if (row->pseudo || row->placeholder || years[y] < row->from ||
				years[y] > row->to)
				continue;
			up = regions_parent(regions, row, years[y]);
			top = up ? regions_parent(regions, up, years[y]) : NULL;
			if (top)
				buf_add_span(&chain, top->name);
			if (up && !up->pseudo)
				buf_add_span(&chain, up->name);
			read_short(buf_span(&chain), row->name, years[y], "", &id);
			n++;
			good += region_parse(span_str(id.region)) == row->code &&
				id.year == years[y] && id.body_kind == BODY_GOVERNMENT &&
				id.scope == SCOPE_REGION;
			if (region_parse(span_str(id.region)) != row->code)
				printf("# %.*s%.*s %d is '%s' (%.*s)\n", SPAN_ARG(buf_span(&chain)),
					SPAN_ARG(row->name), years[y], id.region,
					SPAN_ARG(id.explain));
			buf_release(&chain);
		}
	}
	ok(good == n, "%zu of %zu names with all they lie in", good, n);
}

static const struct {
	const char *what, *page, *region;
	int year;
	enum body_kind kind;
	enum identity_level level;
	enum scope scope;
	const char *body, *published;
} cases[] = {
#define G BODY_GOVERNMENT
#define D BODY_DEPARTMENT
	{"a heading in two lines", "2017年桃江县政府信息公开工作\n年度报告\n", "430922", 2017, G,
		LEVEL_COUNTY, SCOPE_REGION, "桃江县人民政府", ""},
	{"a name above the heading", "桃江县人民政府\n2017年政府信息公开工作年度报告\n", "430922",
		2017, G, LEVEL_COUNTY, SCOPE_REGION, "桃江县人民政府", ""},
	{"notices of the city do not mislead",
		"官渡区财政局2016年政府信息公开年度报告\n按照《昆明市人民政府办公厅关于印发要点的通"
		"知》和《辽宁省政务公开规定》\n",
		"530111", 2016, D, LEVEL_COUNTY, SCOPE_OWN, "官渡区财政局", ""},
	{"the year of publication is no year",
		"2018年政府信息公开年度报告\n桃江县人民政府\n自2017年1月1日起至12月31日止\n发布时间"
		":2018-03-05\n",
		"430922", 2017, G, LEVEL_COUNTY, SCOPE_REGION, "桃江县人民政府", "2018-03-05"},
	{"an old name", "襄樊市2011年政府信息公开工作年度报告\n", "420600", 2011, G,
		LEVEL_PREFECTURE, SCOPE_REGION, "襄樊市人民政府", ""},
	{"a county that became a district that year", "大洼县2016年政府信息公开工作年度报告\n",
		"211104", 2016, G, LEVEL_COUNTY, SCOPE_REGION, "大洼县人民政府", ""},
	{"a district of a city in one word", "济南市中区2016年政府信息公开工作年度报告\n", "370103",
		2016, G, LEVEL_COUNTY, SCOPE_REGION, "市中区人民政府", ""},
	{"a short name behind its province", "辽宁盘锦2016年政府信息公开工作年度报告\n", "211100",
		2016, G, LEVEL_PREFECTURE, SCOPE_REGION, "盘锦人民政府", ""},
	{"a place inside a word", "东方市场监督管理局2019年政府信息公开工作年度报告\n", "", 2019, D,
		LEVEL_NONE, SCOPE_OWN, "东方市场监督管理局", ""},
	{"a coast is no city", "沿海城市政府信息公开工作年度报告2019年\n", "", 2019, BODY_OTHER,
		LEVEL_NONE, SCOPE_OWN, "沿海城市", ""},
	{"a department without a place, the site decides",
		"title:市教育局2019年政府信息公开工作年度报告_益阳市人民政府\nmeta:SiteIDCode="
		"4309000001\n",
		"430900", 2019, D, LEVEL_PREFECTURE, SCOPE_OWN, "益阳市教育局", ""},
	{"a department without a place, nothing decides",
		"市教育局2019年政府信息公开工作年度报告\n", "", 2019, D, LEVEL_NONE, SCOPE_OWN,
		"市教育局", ""},
	{"a zone", "益阳高新技术产业开发区管理委员会2019年政府信息公开工作年度报告\n", "430900",
		2019, BODY_ZONE, LEVEL_ZONE, SCOPE_OWN, "益阳高新技术产业开发区管理委员会", ""},
	{"a zone that became a district of its name", "天津滨海新区2010年政府信息公开工作年度报告\n", "120116", 2010, G,
		LEVEL_COUNTY, SCOPE_REGION, "滨海新区人民政府", ""},
	{"the same before", "天津滨海新区2008年政府信息公开工作年度报告\n", "120000", 2008, BODY_ZONE, LEVEL_ZONE,
		SCOPE_OWN, "天津滨海新区", ""},
	{"a zone that is a district too", "克拉玛依高新区2019年政府信息公开工作年度报告\n",
		"650204", 2019, G, LEVEL_COUNTY, SCOPE_REGION, "克拉玛依高新区人民政府", ""},
	{"a town", "桃江县灰山港镇人民政府2019年政府信息公开工作年度报告\n", "430922", 2019,
		BODY_TOWNSHIP, LEVEL_TOWNSHIP, SCOPE_OWN, "桃江县灰山港镇人民政府", ""},
	{"commissions that are no zones",
		"桃江县国有资产监督管理委员会2019年政府信息公开工作年度报告\n", "430922", 2019, D,
		LEVEL_COUNTY, SCOPE_OWN, "桃江县国有资产监督管理委员会", ""},
	{"the tier",
		"益阳市人民政府2019年政府信息公开工作年度报告\n本报告根据市本级各部门的数据编制。"
		"\n",
		"430900", 2019, G, LEVEL_PREFECTURE, SCOPE_TIER, "益阳市人民政府", ""},
	{"the whole region",
		"益阳市人民政府办公室2019年政府信息公开工作年度报告\n本报告综合各县(市、区)"
		"和市直部门的年度报告编制。\n",
		"430900", 2019, BODY_OFFICE, LEVEL_PREFECTURE, SCOPE_REGION, "益阳市人民政府办公室",
		""},
	{"a page of labels in cells",
		"cell:发文机关:\ncell:桃江县人民政府\ncell:发布日期:\ncell:2017-03-"
		"01\n2016年政府信息公开工作年度报告\n",
		"430922", 2016, G, LEVEL_COUNTY, SCOPE_REGION, "桃江县人民政府", "2017-03-01"},
	{"traditional characters", "廣東省深圳市寶安區人民政府2019年政府信息公開工作年度報告\n",
		"440306", 2019, G, LEVEL_COUNTY, SCOPE_REGION, "宝安区人民政府", ""},
	{"numerals", "桃江县二〇一七年政府信息公开工作年度报告\n", "430922", 2017, G, LEVEL_COUNTY,
		SCOPE_REGION, "桃江县人民政府", ""},
	{"another place as an example",
		"南山区2019年政府信息公开工作年度报告\n组织人员赴广东省深圳市考察学习。\n", "",
		2019, G, LEVEL_COUNTY, SCOPE_REGION, "南山区人民政府", ""},
	{"links to other reports beside the page's own title",
		"title:"
		"桃江县2018年政府信息公开工作年度报告\n桃江县教育局2023年政府信息公开工作年度报告\n"
		"桃江县2018年政府信息公开工作年度报告\n",
		"430922", 2018, G, LEVEL_COUNTY, SCOPE_REGION, "桃江县人民政府", ""},
	{"a title with the site's name",
		"title:2019年政府信息公开工作年度报告_平江县人民政府门户网站\n", "430626", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a bureau on its county's site that does not name itself",
		"title:2019年政府信息公开工作年度报告_平江县人民政府\n2019年,我局认真落实条例,"
		"我局公开信息3条。\n",
		"430626", 2019, D, LEVEL_COUNTY, SCOPE_OWN, "", ""},
	{"a branch by its short name", "岳阳市生态环境局平江分局2021年政府信息公开工作年度报告\n",
		"430626", 2021, D, LEVEL_COUNTY, SCOPE_OWN, "岳阳市生态环境局平江分局", ""},
	{"a town of a city with counties", "长沙市黄花镇人民政府2021年政府信息公开工作年度报告\n",
		"", 2021, BODY_TOWNSHIP, LEVEL_TOWNSHIP, SCOPE_OWN, "长沙市黄花镇人民政府", ""},
	{"a town of a city without counties",
		"东莞市虎门镇人民政府2021年政府信息公开工作年度报告\n", "441900", 2021,
		BODY_TOWNSHIP, LEVEL_TOWNSHIP, SCOPE_OWN, "东莞市虎门镇人民政府", ""},
	{"an office in the capital", "平江县人民政府驻长沙办事处2018年政府信息公开工作年度报告\n",
		"430626", 2018, D, LEVEL_COUNTY, SCOPE_OWN, "平江县人民政府驻长沙办事处", ""},
	{"a bureau with a second name", "平江县档案局(馆)2018年政府信息公开工作年度报告\n",
		"430626", 2018, D, LEVEL_COUNTY, SCOPE_OWN, "平江县档案局(馆)", ""},
	{"a bureau of a nation-wide system",
		"国家税务总局平江县税务局2019年政府信息公开工作年度报告\n", "430626", 2019, D,
		LEVEL_COUNTY, SCOPE_OWN, "国家税务总局平江县税务局", ""},
	{"a source that is nobody",
		"2019年政府信息公开工作年度报告\n来源:本站 发布时间:2020-01-10\n平江县人民政府\n",
		"430626", 2019, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", "2020-01-10"},
	{"signed at the end",
		"2019年政府信息公开工作年度报告\n2019年的工作情况如下。\n平江县水利局\n2020年1月10"
		"日\n",
		"430626", 2019, D, LEVEL_COUNTY, SCOPE_OWN, "平江县水利局", ""},
	{"a bare date is the page's",
		"平江县2019年政府信息公开工作年度报告\n日期:2020-01-10 来源:县政府办\n", "430626",
		2019, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", "2020-01-10"},
	{"the day a table was filled in is not",
		"平江县2019年政府信息公开工作年度报告\n填报日期:2020/1/4\n", "430626", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a body of no known kind is not its county",
		"平江县某某处置组2019年政府信息公开工作年度报告\n平江县人民政府\n", "430626", 2019,
		BODY_OTHER, LEVEL_COUNTY, SCOPE_OWN, "平江县某某处置组", ""},
	{"a unit under a department", "平江县教育局学校建设办公室2019年政府信息公开工作年度报告\n",
		"430626", 2019, D, LEVEL_COUNTY, SCOPE_OWN, "平江县教育局学校建设办公室", ""},
	{"the office of a region of the nation",
		"广西壮族自治区人民政府办公厅2019年政府信息公开工作年度报告\n", "450000", 2019,
		BODY_OFFICE, LEVEL_PROVINCE, SCOPE_OWN, "广西壮族自治区人民政府办公厅", ""},
	{"the office of the nation's government", "国务院办公厅2023年政府信息公开工作年度报告\n", "000000", 2023,
		BODY_OFFICE, LEVEL_NATION, SCOPE_OWN, "国务院办公厅", ""},
	{"the nation's government, whose name ends as an institute's", "国务院2023年政府信息公开工作年度报告\n", "000000", 2023,
		G, LEVEL_NATION, SCOPE_REGION, "国务院", ""},
	{"an office of that, which is a department", "国务院侨务办公室2017年政府信息公开工作年度报告\n", "000000", 2017,
		D, LEVEL_NATION, SCOPE_OWN, "国务院侨务办公室", ""},
	{"a prefecture's commission", "阿克苏地区行政公署2012年政府信息公开工作年度报告\n",
		"652900", 2012, G, LEVEL_PREFECTURE, SCOPE_REGION, "阿克苏地区行政公署", ""},
	{"a district of a municipality", "重庆市渝中区人民政府2016年政府信息公开工作年度报告\n",
		"500103", 2016, G, LEVEL_COUNTY, SCOPE_REGION, "渝中区人民政府", ""},
	{"a street's office", "广州市越秀区洪桥街道办事处2021年政府信息公开工作年度报告\n",
		"440104", 2021, BODY_TOWNSHIP, LEVEL_TOWNSHIP, SCOPE_OWN, "越秀区洪桥街道办事处",
		""},
	{"a notice about the report", "关于公布平江县2012年政府信息公开工作年度报告的通知\n",
		"430626", 2012, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a report put into marks", "《平江县2019年政府信息公开工作年度报告》\n", "430626", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"the year between the words", "平江县政府信息公开2019年度报告\n", "430626", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"the first report's short year",
		"平江县政府信息公开工作年度报告\n统计期限为2008年5月1日至2008年12月31日。\n",
		"430626", 2008, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a city of the same name as its province",
		"吉林省吉林市船营区2016年政府信息公开工作年度报告\n", "220204", 2016, G,
		LEVEL_COUNTY, SCOPE_REGION, "船营区人民政府", ""},
	{"the county's name with other words before it",
		"中国共产党平江县委员会平江县人民政府2016年政府信息公开工作年度报告\n", "430626",
		2016, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a publisher that only compiled",
		"2019年政府信息公开工作年度报告\n发布机构:平江县人民政府办公室\n2019年,"
		"我县公开信息,全县收到申请3件。\n",
		"430626", 2019, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a school", "平江县第一中学2019年政府信息公开工作年度报告\n", "430626", 2019,
		BODY_INSTITUTION, LEVEL_COUNTY, SCOPE_OWN, "平江县第一中学", ""},
	{"counties of one name in a footer",
		"title:2019年政府信息公开工作年度报告\n主办:鼓楼区人民政府 "
		"地址:福州市鼓楼区津泰路\n",
		"350102", 2019, G, LEVEL_COUNTY, SCOPE_REGION, "鼓楼区人民政府", ""},
	{"a cited notice is not the report",
		"2019年政府信息公开工作年度报告\n根据《湖南省2019年政府信息公开年度报告编制要求》,报告如下。\n", "", 2019, BODY_OTHER, LEVEL_NONE, SCOPE_OWN, "",
		""},
	{"the address is not whose report it is",
		"title:水利厅2019年政府信息公开工作年度报告\n(地址:长沙市芙蓉区韶山北路,电话:0731-*)\n", "", 2019, D, LEVEL_NONE, SCOPE_OWN, "水利厅", ""},
	{"a division of the corps and its city", "新疆生产建设兵团第八师石河子市2019年政府信息公开工作年度报告\n", "659001", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "石河子市人民政府", ""},
	{"a county's report on the city's site, not naming itself",
		"title:2019年政府信息公开工作年度报告_岳阳市人民政府\n2019年,我县认真落实条例。我县公开信息3条,全县收到申请1件。\n", "", 2019, G, LEVEL_NONE,
		SCOPE_REGION, "", ""},
	{"a county of two characters behind a city's bureau", "临汾市生态环境局蒲县分局2021年政府信息公开工作年度报告\n", "141033", 2021, D,
		LEVEL_COUNTY, SCOPE_OWN, "临汾市生态环境局蒲县分局", ""},
	{"the same behind a brigade", "定西市消防救援支队岷县大队2019年政府信息公开工作年度报告\n", "621126", 2019, D,
		LEVEL_COUNTY, SCOPE_OWN, "定西市消防救援支队岷县大队", ""},
	{"the same behind a centre", "吕梁市住房公积金管理中心兴县管理部2014年政府信息公开工作年度报告\n", "141123", 2014, BODY_INSTITUTION,
		LEVEL_COUNTY, SCOPE_OWN, "吕梁市住房公积金管理中心兴县管理部", ""},
	{"the same behind a body of the nation", "国家税务总局蒲县税务局2019年政府信息公开工作年度报告\n", "141033", 2019, D,
		LEVEL_COUNTY, SCOPE_OWN, "国家税务总局蒲县税务局", ""},
	{"a branch in a place that is in no table", "国家税务总局横溪园区税务局2019年政府信息公开工作年度报告\n", "", 2019, D,
		LEVEL_NONE, SCOPE_OWN, "国家税务总局横溪园区税务局", ""},
	{"a branch that became another district's", "盐城市公安局大丰分局2021年政府信息公开工作年度报告\n", "320904", 2021, D,
		LEVEL_COUNTY, SCOPE_OWN, "盐城市公安局大丰分局", ""},
	{"a school in a road", "南京路小学2019年政府信息公开工作年度报告\n", "", 2019, BODY_INSTITUTION,
		LEVEL_NONE, SCOPE_OWN, "南京路小学", ""},
	{"a mountain of a county's name", "吉林省长白山保护开发区管理委员会2019年政府信息公开工作年度报告\n", "220000", 2019, BODY_ZONE,
		LEVEL_ZONE, SCOPE_OWN, "吉林省长白山保护开发区管理委员会", ""},
	{"a school on its county's site", "title:南京路小学2019年政府信息公开工作年度报告_平江县人民政府\n", "430626", 2019,
		BODY_INSTITUTION, LEVEL_COUNTY, SCOPE_OWN, "南京路小学", ""},
	{"a district and its zone", "沈阳市浑南区(沈阳高新区)2019年政府信息公开工作年度报告\n", "210112", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "浑南区(沈阳高新区)人民政府", ""},
	{"a zone in a district of its city", "北京市昌平区中关村科技园区2019年政府信息公开工作年度报告\n", "110000", 2019, BODY_ZONE,
		LEVEL_ZONE, SCOPE_OWN, "中关村科技园区", ""},
	{"a zone called as another city's", "芜湖市江北新区管理委员会2019年政府信息公开工作年度报告\n", "340200", 2019, BODY_ZONE,
		LEVEL_ZONE, SCOPE_OWN, "芜湖市江北新区管理委员会", ""},
	{"a zone whose city is not named", "江北新区管理委员会2019年政府信息公开工作年度报告\n", "", 2019, BODY_ZONE,
		LEVEL_ZONE, SCOPE_OWN, "江北新区管理委员会", ""},
	{"a zone that went to another city with its own", "莱芜高新技术产业开发区管理委员会2015年政府信息公开工作年度报告\n", "371200",
		2015, BODY_ZONE, LEVEL_ZONE, SCOPE_OWN, "莱芜高新技术产业开发区管理委员会", ""},
	{"a district that many are called like", "东区人民政府2019年政府信息公开工作年度报告\n", "", 2019, G,
		LEVEL_NONE, SCOPE_REGION, "东区人民政府", ""},
	{"the same in its city", "攀枝花市东区人民政府2019年政府信息公开工作年度报告\n", "510402", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "东区人民政府", ""},
	{"who made the site is elsewhere", "鼓楼区2019年政府信息公开工作年度报告\n技术支持:福州某某软件公司 电话:0591-00000000\n", "",
		2019, G, LEVEL_COUNTY, SCOPE_REGION, "鼓楼区人民政府", ""},
	{"guests from a place of that name", "鼓楼区2019年政府信息公开工作年度报告\n接待江苏省南京市鼓楼区代表团来访。\n", "",
		2019, G, LEVEL_COUNTY, SCOPE_REGION, "鼓楼区人民政府", ""},
	{"a county that says so once, on the city's site",
		"title:2019年政府信息公开工作年度报告_岳阳市人民政府\n2019年,我县公开信息3条。\n", "", 2019, G, LEVEL_NONE, SCOPE_REGION, "", ""},
	{"the same by the city's name as its source",
		"2019年政府信息公开工作年度报告\n来源:岳阳市人民政府网\n2019年,我县公开信息3条。\n", "", 2019, G, LEVEL_NONE, SCOPE_REGION, "", ""},
	{"a county that speaks of its city once, on its own site",
		"title:2019年政府信息公开工作年度报告_平江县人民政府\n2019年,公开信息3条,名列全市前茅。\n", "430626", 2019, G, LEVEL_COUNTY,
		SCOPE_REGION, "平江县人民政府", ""},
	{"the same twice",
		"2019年政府信息公开工作年度报告\n来源:平江县人民政府网\n2019年,公开信息3条,名列全市前茅。\n全市有1件申请转来。\n", "430626", 2019, G,
		LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a column of counties on a city's site",
		"title:2019年政府信息公开工作年度报告_岳阳市人民政府\n当前位置:首页>信息公开年报>县市区\n2019年,全市公开信息3条。\n", "", 2019, G,
		LEVEL_NONE, SCOPE_REGION, "", ""},
	{"a county in such a column",
		"title:2019年政府信息公开工作年度报告_岳阳市人民政府\n当前位置:首页>信息公开年报>县市区>平江县\n2019年,我县公开信息3条。\n", "430626",
		2019, G, LEVEL_COUNTY, SCOPE_REGION, "平江县人民政府", ""},
	{"a name that begins as a word for oneself", "全州县教育局2019年政府信息公开工作年度报告\n全州县共公开信息3条。\n", "450324", 2019, D,
		LEVEL_COUNTY, SCOPE_OWN, "全州县教育局", ""},
	{"a name across two", "信阳新县教育局2019年政府信息公开工作年度报告\n", "", 2019, D, LEVEL_NONE, SCOPE_OWN,
		"信阳新县教育局", ""},
	{"a name and a form of another's", "东乡县教育局2012年政府信息公开工作年度报告\n", "", 2012, D, LEVEL_COUNTY, SCOPE_OWN,
		"东乡县教育局", ""},
	{"the same after the first was gone", "东乡县教育局2019年政府信息公开工作年度报告\n", "622926", 2019, D, LEVEL_COUNTY,
		SCOPE_OWN, "东乡县教育局", ""},
	{"customs within a word", "中华人民共和国拱北海关2019年政府信息公开工作年度报告\n", "", 2019, D, LEVEL_NONE, SCOPE_OWN,
		"拱北海关", ""},
	{"a league by its short form", "锡盟行政公署2018年政府信息公开工作年度报告\n", "152500", 2018, G, LEVEL_PREFECTURE,
		SCOPE_REGION, "锡盟行政公署", ""},
	{"a county of 2026", "岑岭县人民政府2026年政府信息公开工作年度报告\n", "653132", 2026, G, LEVEL_COUNTY, SCOPE_REGION,
		"岑岭县人民政府", ""},
};

static void
test_cases(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct identity id;
		bool good;

		read_page("page.html", span_str(cases[i].page), &id);
		good = strcmp(id.region, cases[i].region) == 0 && id.year == cases[i].year &&
		       id.body_kind == cases[i].kind && id.level == cases[i].level &&
		       id.scope == cases[i].scope && span_eq(id.body, span_str(cases[i].body)) &&
		       span_eq(id.published, span_str(cases[i].published)) && !id.reason;
		if (!ok(good, "%s", cases[i].what))
			printf("# region '%s' year %d kind %s level %s scope %s body '%.*s' "
			       "published '%.*s'\n# %.*s\n",
				id.region, id.year, body_kind_names[id.body_kind],
				level_names[id.level], scope_names[id.scope].p, SPAN_ARG(id.body),
				SPAN_ARG(id.published), SPAN_ARG(id.explain));
	}
}

static void
test_reasons(void)
{
	static const struct {
		const char *page;
		bool report;
	} pages[] = {
		{"桃江县2017年政府信息公开工作年度报告\n", true},
		{"title:桃江县政府信息公开指南\n公民可以申请公开。\n", false},
		{"桃江县2017年政府工作报告\n", false},
		{"title:政府信息公开条例\n第一条\n", false},
		{"", false},
		{"平江县2019年上半年政府信息公开工作报告\n", false},
		{"title:政府信息公开指南\n政府信息公开年报\n", false},
		{"title:"
		 "政府信息公开年报\n2019年政府信息公开年度报告\n2018年政府信息公开年度报告\n2017年"
		 "政府信息公开年度报告\n2016年政府信息公开年度报告\n",
			false},
		{"关于做好2019年政府信息公开工作年度报告编制工作的通知\n", false},
		{"政府信息公开年报\n临夏县人民政府信息公开指南(2024年)\n公民可以申请公开。\n", false},
		{"第一条 为了规范政府信息公开工作年度报告,制定本制度。\n第二条 由县政府办公室实施。\n第三条 "
		 "每年3月公布。\n",
			false},
		{"某某办公厅政府信息公开年度报告制度(试行)\n", false},
		{"一、总体情况\n2022年政府信息公开工作平稳。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
			true},
		{"根据《政府信息公开条例》,现将2015年政府信息公开工作报告公布如下\n", true},
	};

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct identity id;

		read_page("-", span_str(pages[i].page), &id);
		ok((id.reason == NULL) == pages[i].report, "page %zu is %s", i,
			id.reason ? id.reason : "a report");
	}
}

static void
test_clauses(void)
{
	static const struct {
		const char *clause;
		enum scope scope;
	} clauses[] = {
		{"全区主动公开信息1612条", SCOPE_REGION},
		{"区本级网站主动公开", SCOPE_TIER},
		{"其中镇街网站公开101条", SCOPE_UNCLEAR},
		{"全市各县区公开28000条", SCOPE_REGION},
		{"本机关收到申请3件", SCOPE_OWN},
		{"收到申请3件", SCOPE_NONE},
		{"", SCOPE_NONE},
	};

	for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++)
		ok(identity_clause_scope(finder, span_str(clauses[i].clause)) == clauses[i].scope,
			"'%s' is %s", clauses[i].clause, scope_names[clauses[i].scope].p);
}

int
main(void)
{
	diag_init("identity");
	regions = regions_load(NULL);
	finder = identity_new(NULL, true);
	if (!ok(regions && finder, "the tables load"))
		return done_testing();
	test_ambiguous();
	test_years();
	test_all();
	test_cases();
	test_reasons();
	test_clauses();
	identity_free(finder);
	regions_free(regions);
	return done_testing();
}
