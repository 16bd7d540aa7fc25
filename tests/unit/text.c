/* links: cmd/extract/text cmd/extract/blank.c cmd/extract/words.c cmd/extract/piece.c */

/*
 * Pages of text as tables: each layout, each grade; and that no cell can be lost from a flattened table
 * without its being seen.
 */
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tap.h"

static struct words *words;

/* The pieces in short: T title, "text", and of a table `grade:` and rows of cells, `12(` a cell's column. */
static void
show(const struct pieces *list, struct buf *out)
{
	static const char grades[] = "-hrpaf";
	const struct piece *last = NULL;

	buf_reset(out);
	for (size_t i = 0; i < list->n; i++) {
		const struct piece *p = &list->v[i];

		if (p->kind != PIECE_CELL) {
			buf_printf(out, "%s%s%.*s\"", last || i ? " " : "", p->kind == PIECE_TITLE ? "T\"" : "\"",
				SPAN_ARG(piece_text(list, p)));
			last = NULL;
			continue;
		}
		if (!last || last->table != p->table)
			buf_printf(out, "%s%u:", i ? " " : "", p->table);
		if (!last || last->table != p->table || last->row != p->row)
			buf_printf(out, " %c%u", grades[p->grid], p->row);
		else if (last->grid != p->grid)
			buf_printf(out, " %c", grades[p->grid]);
		if (p->col != (last && last->table == p->table && last->row == p->row ? last->col + 1 : 1))
			buf_printf(out, " %u=", p->col);
		buf_printf(out, "[%.*s]", SPAN_ARG(piece_text(list, p)));
		last = p;
	}
	buf_add_char(out, '\0');
	out->n--;
}

static void
read_page(struct span page, struct pieces *list)
{
	struct text *t = text_new(&TEXT_LIMITS, words);

	pieces_reset(list);
	if (text_read(t, page, list))
		pieces_reset(list);
	text_free(t);
}

struct example {
	const char *about, *page, *want;
};

static const struct example examples[] = {
	{"titles are the first short lines, together", "2017年某区政府信息公开工作\n年 度 报 告\n正文。\n",
		"T\"2017年某区政府信息公开工作\" T\"年 度 报 告\" \"正文。\""},
	{"no title is made up", "通知公告\n联系我们\n正文。\n", "\"通知公告\" \"联系我们\" \"正文。\""},
	{"a menu's items are no titles", "首页\n政务公开\n年报\n互动\n某县2016年年度报告\n正文。\n",
		"\"首页\" \"政务公开\" \"年报\" \"互动\" T\"某县2016年年度报告\" \"正文。\""},
	{"the field of a page's head", "标 题: 某县2016年报告\n索引号: 1\n", "T\"某县2016年报告\" \"标 题: 某县2016年报告\" \"索引号: 1\""},
	{"blanks collapse, whichever", " 甲\xe3\x80\x80\xc2\xa0 乙\t丙 \n", "\"甲 乙 丙\""},
	{"CR, CRLF and LF end lines", "甲\r乙\r\n丙\n\n丁", "\"甲\" \"乙\" \"丙\" \"丁\""},
	{"one bar is no table", "登录| 注册\n甲\n", "\"登录| 注册\" \"甲\""},
	{"a row a line", "甲 | 单位 | 数 |\n收到申请数 | 件 | 3 |\n办结数 | 件 | |\n",
		"1: r1[甲][单位][数] r2[收到申请数][件][3] r3[办结数][件][]"},
	{"rows whose cells are blank but for a few",
		"甲乙丙 | 数甲 | 数乙 | 数丙 |\n收到申请数 | | | |\n办结数 | | | |\n答复数 | | 3 | |\n受理数 | | | |\n",
		"1: r1[甲乙丙][数甲][数乙][数丙] r2[收到申请数][][][] r3[办结数][][][] r4[答复数][][3][] r5[受理数][][][]"},
	{"a row that begins blank, among rows without a bar before them",
		"甲乙丙 | 丙丁 | 数甲 | 数乙 |\n某组 | 收到申请数 | 1 | 2 |\n| 办结数 | 3 | 4 |\n另组 | 答复数 | 5 | 6 |\n",
		"1: r1[甲乙丙][丙丁][数甲][数乙] r2[某组][收到申请数][1][2] r3[][办结数][3][4] r4[另组][答复数][5][6]"},
	{"a blank cell before pads", "统计表 | ||\n指标名 |\n单位 |\n统计数 |\n收到申请数 |\n| |\n答复数 |\n件 |\n3 |\n",
		"1: p1[统计表] p2[指标名][单位][统计数] p3[收到申请数][] p4[答复数][件][3]"},
	{"pads on the line", "某项 | ||\n甲乙丙 | 件 | 3 |\n丙乙甲 | 件 | |\n", "1: r1[某项] r2[甲乙丙][件][3] r3[丙乙甲][件][]"},
	{"a row that lacks a cell", "甲乙丙 | 件 | 3 |\n乙丙丁 | 件 | 3 |\n丙乙甲 | 3 |\n",
		"1: r1[甲乙丙][件][3] r2[乙丙丁][件][3] a3[丙乙甲][3]"},
	{"a leading bar and a border", "| 甲乙 | 数 |\n|---|---|\n| 丙丁 | 3 |\n", "1: r1[甲乙][数] r2[丙丁][3]"},
	{"bars in another guise", "甲乙丙｜数甲｜数乙｜\n收到申请数｜1｜2｜\n办结数｜3｜4｜\n答复数｜5｜ ｜\n",
		"1: r1[甲乙丙][数甲][数乙] r2[收到申请数][1][2] r3[办结数][3][4] r4[答复数][5][]"},
	{"references to blanks are blanks", "甲&nbsp;乙 | &nbsp;数 |\n收到申请数&ensp;| 3&nbsp;&nbsp;|\n办结数 | &nbsp;|\n",
		"1: r1[甲 乙][数] r2[收到申请数][3] r3[办结数][]"},
	{"a word spread out is one cell",
		"信　息　内　容\n\n本年\n\n规  章\n\n1\n\n其  他\n\n2\n\n总 　计\n\n3\n\n办结数\n\n4\n\n答复数\n\n5\n\n受理数\n\n6\n\n转办数\n\n7\n",
		"1: a1[信 息 内 容][本年] a2[规 章][1] a3[其 他][2] a4[总 计][3] a5[办结数][4] a6[答复数][5] a7[受理数][6] a8[转办数][7]"},
	{"what markdown writes with a text", "| **甲乙** | 数<br/>甲 | 数乙 |\n|---|---|---|\n| 1\\.丙丁 | \\-3 | ** |\n| **戊** | 4* | 5 |\n",
		"1: r1[甲乙][数 甲][数乙] r2[1.丙丁][-3][**] r3[戊][4*][5]"},
	{"a cell a line, the width proved by pads",
		"统计表 |\n||\n指标名 |\n单位 |\n统计数 |\n收到申请数 |\n件 |\n3 |\n主动公开情况 |\n|\n|\n",
		"1: p1[统计表] p2[指标名][单位][统计数] p3[收到申请数][件][3] p4[主动公开情况][][]"},
	{"a last row without its pads is assumed", "第一项 |\n|||\n信息内容 |\n数甲乙 |\n数乙丙 |\n数丙丁 |\n行政许可 |\n4 |\n",
		"1: p1[第一项] a2[信息内容][数甲乙][数乙丙][数丙丁] a3[行政许可][4]"},
	{"single pads are no cells", "甲乙丙 |\n||||\n组名字 |\n子目甲 |\n1 |\n2 |\n|\n子目乙 |\n1 |\n2 |\n||\n",
		"1: p1[甲乙丙] p2[组名字][子目甲][1][2] p3[子目乙][1][2]"},
	{"without pads the kinds decide", "指标甲 |\n件 |\n1 |\n指标乙 |\n件 |\n2 |\n指标丙 |\n件 |\n3 |\n",
		"1: a1[指标甲][件][1] a2[指标乙][件][2] a3[指标丙][件][3]"},
	{"rows that one width tiles are proved, and columns beside the value's read",
		"序号 |\n指标名 |\n单位 |\n本年 |\n上年 |\n1 |\n指标甲 |\n件 |\n1 |\n2 |\n2 |\n指标乙 |\n件 |\n|\n3 |\n|\n指标丙 |\n|\n|\n|\n3 |\n指标丁 |\n次 |\n4 |\n5 |\n4 |\n指标戊 |\n次 |\n6 |\n7 |\n",
		"1: p1[序号][指标名][单位][本年][上年] p2[1][指标甲][件][1][2] p3[2][指标乙][件][][3] p4[][指标丙][][][] p5[3][指标丁][次][4][5] p6[4][指标戊][次][6][7]"},
	{"not if a cell is lost among them",
		"指标名 |\n单位 |\n本年 |\n指标甲 |\n件 |\n1 |\n指标乙 |\n3 |\n指标丙 |\n次 |\n4 |\n指标丁 |\n次 |\n5 |\n指标戊 |\n次 |\n6 |\n指标己 |\n次 |\n7 |\n",
		"1: a1[指标名][单位][本年] a2[指标甲][件][1] f0 0=[指标乙] 0=[3] a3[指标丙][次][4] a4[指标丁][次][5] a5[指标戊][次][6] a6[指标己][次][7]"},
	{"a lost cell fails its row only", "指标甲 |\n件 |\n1 |\n指标乙 |\n2 |\n指标丙 |\n件 |\n3 |\n指标丁 |\n件 |\n4 |\n指标戊 |\n件 |\n5 |\n指标己 |\n件 |\n6 |\n",
		"1: a1[指标甲][件][1] f0 0=[指标乙] 0=[2] a2[指标丙][件][3] a3[指标丁][件][4] a4[指标戊][件][5] a5[指标己][件][6]"},
	{"pads behind the bar of the last cell", "统计表 | ||\n指标名 |\n单位 |\n统计数 |\n收到申请数 |\n件 |\n3 |\n主动公开情况 | ||\n",
		"1: p1[统计表] p2[指标名][单位][统计数] p3[收到申请数][件][3] p4[主动公开情况]"},
	{"a bar alone before each row",
		"| \n 统计表  | ||\n| \n 指标名  | \n 单位  | \n 统计数  | \n| \n 收到申请数  | \n 件  | \n 3  | \n| \n 答复数  | \n 件  | \n | \n",
		"1: p1[统计表] p2[指标名][单位][统计数] p3[收到申请数][件][3] p4[答复数][件][]"},
	{"a bar alone opens a row whose cells go on over lines",
		"|\n统计表 |\n|||\n|\n指标\n名 |\n数甲 |\n数\n乙 |\n数丙 |\n|\n收到\n申请数 |\n3 |\n4 |\n|\n|\n答复数 |\n5 |\n|\n6 |\n三、情况\n|\n表 |\n||\n",
		"1: p1[统计表] p2[指标 名][数甲][数 乙][数丙] p3[收到 申请数][3][4] p4[答复数][5][][6] \"三、情况\" 2: p1[][表]"},
	{"a bar before each cell but the first of a row",
		"指标甲\n| 件\n| 1\n指标乙\n| 件\n|\n指标丙\n| 件\n| 3\n指标丁\n| 次\n| 4\n指标戊\n| 次\n| 5\n指标己\n| 次\n| 6\n指标庚\n| 次\n| 7\n",
		"1: a1[指标甲][件][1] a2[指标乙][件][] a3[指标丙][件][3] a4[指标丁][次][4] a5[指标戊][次][5] a6[指标己][次][6] a7[指标庚][次][7]"},
	{"single blanks between the cells of a row",
		"指标名 单位 本年\n指标甲 件 1\n指标乙 件 2\n指标丙 件 3\n指标丁 次 4\n指标戊 次 5\n指标己 次 6\n",
		"1: a1[指标名][单位][本年] a2[指标甲][件][1] a3[指标乙][件][2] a4[指标丙][件][3] a5[指标丁][次][4] a6[指标戊][次][5] a7[指标己][次][6]"},
	{"a blank behind a heading's number parts no cells",
		"指标名 本年\n一、 指标甲 1\n（一） 指标乙 2\n1. 指标丙 3\n2. 指标丁 4\n(二) 指标戊 5\n二、 指标己 6\n",
		"1: a1[指标名][本年] a2[一、 指标甲][1] a3[（一） 指标乙][2] a4[1. 指标丙][3] a5[2. 指标丁][4] a6[(二) 指标戊][5] a7[二、 指标己][6]"},
	{"where blanks stand in a row each parts two cells",
		"指标名 本年 上年\n指标甲 1 9\n指标乙 2 8\n指标丙  7\n指标丁 4 6\n指标戊 5 \n指标己 6 4\n指标庚 7 3\n指标辛 8 2\n",
		"1: a1[指标名][本年][上年] a2[指标甲][1][9] a3[指标乙][2][8] a4[指标丙][][7] a5[指标丁][4][6] a6[指标戊][5][] a7[指标己][6][4] a8[指标庚][7][3] a9[指标辛][8][2]"},
	{"a page on one line, its table and its prose",
		"某县2016年报告 全年收到申请 3 件，都已答复。 统计表 指标名 单位 本年 指标甲 件 1 指标乙 件 2 指标丙 件 3 指标丁 次 4 指标戊 次 5 指标己 次 6 指标庚 次 7 指标辛 次 8 存在的问题 还有不足。\n",
		"\"某县2016年报告 全年收到申请 3 件，都已答复。\" 1: f0 0=[统计表] 0=[指标名] 0=[单位] 0=[本年] a1[指标甲][件][1] a2[指标乙][件][2] a3[指标丙][件][3] a4[指标丁][次][4] a5[指标戊][次][5] a6[指标己][次][6] a7[指标庚][次][7] a8[指标辛][次][8] \"存在的问题\" \"还有不足。\""},
	{"the last digits of a number below a row: it is left alone",
		"指标甲 件 1\n指标乙 件 2\n指标丙 件 30\n7\n指标丁 次 4\n指标戊 次 5\n指标己 次 6\n指标庚 次 7\n",
		"1: a1[指标甲][件][1] a2[指标乙][件][2] f0 0=[指标丙 件 30] 0=[7] a3[指标丁][次][4] a4[指标戊][次][5] a5[指标己][次][6] a6[指标庚][次][7]"},
	{"a page on one line that has its bars",
		"某县2016年公开工作 年 度 报 告 全年都已答复。 二、公开情况 指标名 | 单位 | 本年 | 指标甲 | 件 | 1 | 指标乙 | 件 | 2 | 指标丙 | 件 | 3 | 指标丁 | 次 | 4 | 指标戊 | 次 | 5 | 指标己 | 次 | 6 | 指标庚 | 次 | 7 | 指标辛 | 次 | 8 | 指标壬 | 次 | 9 | 指标癸 | 次 | 10 | 指标子 | 次 | 11 | 指标丑 | 次 | 12 | 指标寅 | 次 | 13 | 三、问题 还有不足。\n",
		"T\"某县2016年公开工作\" T\"年 度 报 告\" \"全年都已答复。\" \"二、公开情况\" 1: p1[指标名][单位][本年] p2[指标甲][件][1] p3[指标乙][件][2] p4[指标丙][件][3] p5[指标丁][次][4] p6[指标戊][次][5] p7[指标己][次][6] p8[指标庚][次][7] p9[指标辛][次][8] p10[指标壬][次][9] p11[指标癸][次][10] p12[指标子][次][11] p13[指标丑][次][12] p14[指标寅][次][13] \"三、问题\" \"还有不足。\""},
	{"a list of numbers with their units is prose",
		"网站公开 120条\n微信公开 30条\n微博公开 20条\n收到申请 12件\n当面申请 4件\n信函申请 8件\n予以公开 9件\n",
		"\"网站公开 120条\" \"微信公开 30条\" \"微博公开 20条\" \"收到申请 12件\" \"当面申请 4件\" \"信函申请 8件\" \"予以公开 9件\""},
	{"lines that end in a number here and there are prose",
		"浏览次数 12\n全年 收到申请 3\n正文一。\n正文二。\n共计 5\n",
		"\"浏览次数 12\" \"全年 收到申请 3\" \"正文一。\" \"正文二。\" \"共计 5\""},
	{"the bar behind a cell on a line of its own",
		"某县2016年报告\n统计表\n|\n||\n指标名\n|\n单位\n|\n统计数\n|\n收到\n申请数\n|\n件\n|\n3\n|\n答复数\n|\n件\n|\n|\n",
		"T\"某县2016年报告\" 1: p1[统计表] p2[指标名][单位][统计数] p3[收到 申请数][件][3] p4[答复数][件][]"},
	{"a heading between two such tables is none's cell",
		"统计表\n|\n||\n甲乙丙\n|\n1\n|\n2\n|\n乙丙丁\n|\n3\n|\n4\n|\n三、另表\n某项目\n|\n||\n丙丁甲\n|\n5\n|\n6\n|\n丁甲乙\n|\n7\n|\n8\n|\n",
		"1: p1[统计表] p2[甲乙丙][1][2] p3[乙丙丁][3][4] \"三、另表\" 2: p1[某项目] p2[丙丁甲][5][6] p3[丁甲乙][7][8]"},
	{"a cell over two lines", "统计表 |\n||\n指标名 |\n单位 |\n统计数 |\n收到公开\n申请数 |\n件 |\n3 |\n",
		"1: p1[统计表] p2[指标名][单位][统计数] p3[收到公开 申请数][件][3]"},
	{"a line between tables is none's cell", "甲项目 |\n||\n数一 |\n数二 |\n数三 |\n三、另表\n乙项目 |\n|||\n数一 |\n数二 |\n数三 |\n数四 |\n",
		"1: p1[甲项目] p2[数一][数二][数三] \"三、另表\" 2: p1[乙项目] p2[数一][数二][数三][数四]"},
	{"tabs", "指标\t单位\t数\n主动公开情况\t\t\n收到申请数\t件\t3\n办结数\t件\n答复数\t件\t\n受理数\t件\t4\n",
		"1: r1[指标][单位][数] r2[主动公开情况][][] r3[收到申请数][件][3] a4[办结数][件] r5[答复数][件][] r6[受理数][件][4]"},
	{"blanks, one cell blank",
		"指标        单位    数甲    数乙\n收到数      件      3       4\n办结数      件              6\n答复数      件      7       8\n",
		"1: r1[指标][单位][数甲][数乙] r2[收到数][件][3][4] a3[办结数][件][][6] r4[答复数][件][7][8]"},
	{"a table right below the title", "某县2016年报告\n指标        数\n收到申请数  3\n办结数      4\n", "T\"某县2016年报告\" 1: r1[指标][数] r2[收到申请数][3] r3[办结数][4]"},
	{"a title's words far apart", "某县2016年\n年  度  报  告\n正文。\n", "T\"某县2016年\" T\"年 度 报 告\" \"正文。\""},
	{"a label wrapped above its values",
		"指标名          单位    数\n收到申请数      件      3\n一个很长很长的\n                件      5\n办结数          件      6\n",
		"1: r1[指标名][单位][数] r2[收到申请数][件][3] a3[一个很长很长的][件][5] r4[办结数][件][6]"},
	{"blanks that stand below nothing: the order of the fields counts",
		"指标名  单位  数甲  数乙\n收到申请数  件  136  20\n办结数  件  7  30\n按时答复申请数  件  104\n受理数  件  5  6\n",
		"1: r1[指标名][单位][数甲][数乙] r2[收到申请数][件][136][20] r3[办结数][件][7][30] a4[按时答复申请数][件][104] r5[受理数][件][5][6]"},
	{"a number broken in a narrow cell",
		"指标名          单位    数甲   数乙\n收到申请数      件      136    20\n                        5\n办结数          件      7      30\n答复数          件      104    50\n                        22\n",
		"1: r1[指标名][单位][数甲][数乙] a2[收到申请数][件][1365][20] r3[办结数][件][7][30] a4[答复数][件][10422][50]"},
	{"a number and its label broken together",
		"指标名          单位    数甲   数乙\n收到的政府信息  件      136    201\n公开申请数              5      3\n办结数          件      7      30\n答复数          件      104    50\n",
		"1: r1[指标名][单位][数甲][数乙] a2[收到的政府信息公开申请数][件][1365][2013] r3[办结数][件][7][30] r4[答复数][件][104][50]"},
	{"a remark is no value: the row below one with a remark is whole",
		"指标名      单位  本年  说明\n指标甲      件    21\n指标乙      件    35    另附说明\n指标丙      件    0\n指标丁      次    4\n指标戊      次    61    另附说明\n指标己      次    7\n指标庚      次    12\n",
		"1: a1[指标名][单位][本年][说明] a2[指标甲][件][21][] r3[指标乙][件][35][另附说明] a4[指标丙][件][0][] a5[指标丁][次][4][] r6[指标戊][次][61][另附说明] a7[指标己][次][7][] a8[指标庚][次][12][]"},
	{"a row that lacks its last value has its unit, and is none's last digits",
		"指标名          单位    数甲   数乙\n收到申请数      件      136    20\n办结数          件      7\n答复数          件      104    50\n",
		"1: r1[指标名][单位][数甲][数乙] r2[收到申请数][件][136][20] a3[办结数][件][7][] r4[答复数][件][104][50]"},
	{"a number below a shorter one is joined with none, and what stands beside it is in doubt",
		"指标名          单位    数甲   数乙\n收到申请数      件      136    20\n办结数          件      7      30\n                        5\n答复数          件      104    50\n",
		"1: r1[指标名][单位][数甲][数乙] r2[收到申请数][件][136][20] a3[办结数][件][7][30] a4[5] a5[答复数][件][104][50]"},
	{"a label around its values",
		"指标名          单位    数\n收到申请数      件      3\n2.一个很长很长\n又很长很长的    件      5\n名称\n办结数          件      6\n",
		"1: r1[指标名][单位][数] r2[收到申请数][件][3] a3[2.一个很长很长又很长很长的名称][件][5] r4[办结数][件][6]"},
	{"no bars, blank lines between cells",
		"二、标题\n指标甲\n\n1\n\n指标乙\n\n\n\n指标丙\n\n3\n\n指标丁\n\n4\n\n指标戊\n\n5\n\n指标己\n\n6\n\n指标庚\n\n7\n",
		"\"二、标题\" 1: a1[指标甲][1] a2[指标乙][] a3[指标丙][3] a4[指标丁][4] a5[指标戊][5] a6[指标己][6] a7[指标庚][7]"},
	{"a label over lines that stand closer than its cells; below a section's number both lines stay",
		"指标\n\n数\n\n1.指标甲的上半与\n它的下半\n\n1\n\n二、本年新收\n申请数\n\n2\n\n3.指标丙\n\n3\n\n4.指标丁\n\n4\n\n5.指标戊\n\n5\n\n6.指标己\n\n6\n",
		"1: a1[指标][数] a2[1.指标甲的上半与它的下半][1] f0 0=[二、本年新收] a3[申请数][2] a4[3.指标丙][3] a5[4.指标丁][4] a6[5.指标戊][5] a7[6.指标己][6]"},
	{"lines drawn around the cells, spans and labels over lines",
		"┌───────────────┬────────┐\n│   某组甲乙    │  总计  │\n├──────┬────────┼───┬────┤\n│收到公│ 当面申 │ 3 │ +9 │\n│开申请│ 请数   │   │    │\n│  数  ├────────┼───┼────┤\n│      │ 信函   │12 │    │\n└──────┴────────┴───┴────┘\n",
		"1: h1[某组甲乙] 3=[总计] h2[收到公开申请数][当面申请数][3][+9] h3 2=[信函][12][]"},
	{"drawn with what a keyboard has, Chinese characters counted as one, no line between the bars",
		"+-----------+\n|   某组甲乙    |\n|-----------|\n| 收到申请数 | 3 |\n|-------+---|\n|  答复数 | -- |\n+-----------+\n",
		"1: h1[某组甲乙] h2[收到申请数][3] h3[答复数][--]"},
	{"lines drawn around the whole: each line of text is a row",
		"+------+------+\n| 指标 | 本年 |\n+------+------+\n| 甲乙 | 3    |\n| 乙丙 | 12   |\n| 丙丁 |      |\n| 丁戊 | 0    |\n+------+------+\n",
		"1: h1[指标][本年] h2[甲乙][3] h3[乙丙][12] h4[丙丁][] h5[丁戊][0]"},
	{"two drawn tables, one below the other", "+----+---+\n| 甲 | 1 |\n+----+---+\n+----+---+\n| 乙 | 2 |\n+----+---+\n",
		"1: h1[甲][1] 2: h1[乙][2]"},
	{"digits upon digits are assumed", "+----+----+\n| 甲 | 12 |\n|    |  5 |\n+----+----+\n| 乙 |  2 |\n+----+----+\n",
		"1: h1[甲] a[125] h2[乙][2]"},
	{"a damaged line of a drawn table is read by its bars, and what it stands in is assumed",
		"+----+---+\n| 甲 | 1 |\n+----+---+\n| 乙 | 2 \n| 丁 |   |\n+----+---+\n| 丙 | 3 |\n+----+---+\n",
		"1: r1[甲][1] a2[乙][2] a3[丁][] r4[丙][3]"},
	{"one that lost a bar between its cells has no place", "┌────┬───┐\n│甲乙│ 1 │\n├────┼───┤\n│丙丁  2 │\n├────┼───┤\n│戊己│ 3 │\n├────┼───┤\n│庚辛│ 4 │\n├────┼───┤\n│壬癸│ 5 │\n└────┴───┘\n",
		"1: h1[甲乙][1] h2[丙丁 2] h3[戊己][3] h4[庚辛][4] h5[壬癸][5]"},
	{"blanks of a drawn table collapsed", "┌────┬──────┐\n│ 甲乙 │ 1 │\n├────┼──────┤\n│ 丙 │ 22 │\n│ 丁 │ │\n├────┼──────┤\n│ 戊 │ 3 │\n├────┼──────┤\n│ 己 │ 4 │\n└────┴──────┘\n",
		"1: r1[甲乙][1] r2[丙丁][22] r3[戊][3] r4[己][4]"},
	{"a drawn table within a drawn table",
		"+------------------+\n| +------+-------+ |\n| | 甲乙 | 1     | |\n| +------+-------+ |\n| | 丙丁 | 2     | |\n| +------+-------+ |\n+------------------+\n",
		"1: h1[甲乙][1] h2[丙丁][2]"},
	{"a table in columns within a drawn one, beside a list",
		"+--------+--------------------+\n| - 某页 | 某句。             |\n| - 某条 |                    |\n|        |   指标      数量   |\n|        |   --------- ------ |\n|        |   甲乙丙丁  1      |\n|        |   乙丙丁戊  2      |\n|        |   丙丁戊己  3      |\n+--------+--------------------+\n",
		"\"- 某页\" \"- 某条\" \"某句。\" 1: r1[指标][数量] a2[---------][------] a3[甲乙丙丁][1] r4[乙丙丁戊][2] r5[丙丁戊己][3]"},
	{"lines at its sides cut off", "━━━━━╋━━━\n 甲乙 ┃ 1\n━━━━━╋━━━\n 丙丁 ┃\n━━━━━╋━━━\n 戊 ┃ 3\n", "1: r1[甲乙][1] r2[丙丁][] r3[戊][3]"},
	{"lines across without a joint", "-----------\n| 甲 | 1 |\n-----------\n| 乙 | 2 |\n-----------\n", "1: r1[甲][1] r2[乙][2]"},
	{"a line across is missing between two rows",
		"┌────┬────────┐\n│甲乙│   1    │\n├────┼────────┤\n│丙丁│   2    │\n│戊己│   3    │\n├────┼────────┤\n│庚辛│   4    │\n├────┼────────┤\n│壬癸│   5    │\n└────┴────────┘\n",
		"1: h1[甲乙][1] h2[丙丁][2] h3[戊己][3] h4[庚辛][4] h5[壬癸][5]"},
	{"a drawn table that ends with the page", "┌────┬───┐\n│甲乙│ 1 │\n├────┼───┤\n│丙丁│12", "1: r1[甲乙][1] a2[丙丁][12]"},
	{"records of CSV, quotes and a cell over two lines",
		"一、情况,,\n指标,单位,数\n\"收到,办结\",件,\"1,234\"\n\"不同\n方式\",件,3\n答复数,件,\n受理数,\"\"\"件\"\"\",0\n正文一句。,,\n",
		"\"一、情况\" 1: r1[指标][单位][数] r2[收到,办结][件][1,234] r3[不同方式][件][3] r4[答复数][件][] r5[受理数][\"件\"][0] \"正文一句。\""},
	{"records with semicolons", "指标;甲;乙\n收到数;1;2\n办结数;3;\n", "1: r1[指标][甲][乙] r2[收到数][1][2] r3[办结数][3][]"},
	{"commas that may group digits part no fields", "收入 1,234\n支出 2,345\n结余 3,456\n",
		"\"收入 1,234\" \"支出 2,345\" \"结余 3,456\""},
	{"a quote that stays open is none", "甲,1\n\"乙,2\n丙,3\n", "\"甲,1\" \"\"乙,2\" \"丙,3\""},
	{"a tab on its own line between the cells of a row, blank ones among them",
		"某县报告。\n\n指标名\n\n\t\n\n单位\n\n\t\n\n本年\n\n\n\n\n收到申请\n\n\t\n\n件\n\n\t\n\n3\n\n\n\n\n办结数量\n\n\t\t\n\n4\n\n\n\t\n\n件\n\n\t\n\n5\n\n\n\n\n答复数量\n\n\t\n\n件\n\n\t\n\n\n受理数量\n\n\t\n\n件\n\n\t\n\n6\n\n\n\n\n信函数量\n\n\t\n\n件\n\n\t\n\n7\n\n\n\n\n传真数量\n\n\t\n\n件\n\n\t\n\n0\n\n以上。\n",
		"\"某县报告。\" 1: r1[指标名][单位][本年] r2[收到申请][件][3] r3[办结数量][][4] a4[][件][5] r5[答复数量][件][] r6[受理数量][件][6] r7[信函数量][件][7] r8[传真数量][件][0] \"以上。\""},
	{"a bar on its own line between the cells of a row",
		"某县报告。\n指标名\n\n| \n\n本年\n\n| \n\n上年  \n  \n收到申请\n\n| \n\n3\n\n| \n\n4  \n  \n办结数量\n\n| | \n\n5  \n  \n答复数量\n\n| \n\n6\n\n|   \n  \n受理数量\n\n| \n\n7\n\n| \n\n8  \n  \n信函数量\n\n| \n\n7\n\n| \n\n8  \n  \n传真数量\n\n| \n\n7\n\n| \n\n8  \n",
		"\"某县报告。\" 1: r1[指标名][本年][上年] r2[收到申请][3][4] r3[办结数量][][5] r4[答复数量][6][] r5[受理数量][7][8] r6[信函数量][7][8] r7[传真数量][7][8]"},
	{"paragraphs broken into lines of one width",
		"  本机关全年收到申请三件都已按照条例的规定在期限内答复，其中予以公开\n的两件，联系电话：\n0851-8622。\n一、主动公开情况甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙\n  通过政府网站、政务新媒体和公报发布信息四百条，公众可以在网上查阅，\n也可以到场查阅；\n",
		"\"本机关全年收到申请三件都已按照条例的规定在期限内答复，其中予以公开的两件，联系电话：\" \"0851-8622。\" \"一、主动公开情况甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙\" \"通过政府网站、政务新媒体和公报发布信息四百条，公众可以在网上查阅，也可以到场查阅；\""},
	{"a remark broken before the unit of its number, and brackets that are none",
		"某县报告。\n（一）回应事件数（同一事件计1\n次）\n附件（共3\n份）的说明\n（二）解读数（稿件）2\n篇）\n（三）人数（包括兼职的 人 12\n员）\n",
		"\"某县报告。\" \"（一）回应事件数（同一事件计1次）\" \"附件（共3\" \"份）的说明\" \"（二）解读数（稿件）2\" \"篇）\" \"（三）人数（包括兼职的 人 12\" \"员）\""},
	{"lines of many widths are none of a paragraph",
		"本机关全年收到申请三件都已按照条例的规定在期限内答复\n其中予以公开\n通过政府网站、政务新媒体和公报发布信息四百条，公众可以在网上查阅，也可以到场\n索引号\n",
		"\"本机关全年收到申请三件都已按照条例的规定在期限内答复\" \"其中予以公开\" \"通过政府网站、政务新媒体和公报发布信息四百条，公众可以在网上查阅，也可以到场\" \"索引号\""},
	{"a title broken within its word", "某县2016年政府信息公开工作年\n度报告\n正文。\n", "T\"某县2016年政府信息公开工作年\" T\"度报告\" \"正文。\""},
	{"one blank between columns: of values, of a unit and its value, before a number, before the first value",
		"指标甲          单位    数甲   数乙\n收到申请数      件      136    20\n答复申请件数 件      104 5022\n其他处理 1.补正后的 件  104 22\n申请政府信息公开 项     7      30\n申请政府信息公开的 项   8      31\n",
		"1: r1[指标甲][单位][数甲][数乙] r2[收到申请数][件][136][20] a3[答复申请件数][件][104][5022] a4[其他处理][1.补正后的][件][104][22] r5[申请政府信息公开][项][7][30] r6[申请政府信息公开的][项][8][31]"},
	{"characters one column wide, as pdftotext counts them: blank cells are where nothing stands below the others",
		"指标甲乙            甲数        乙数\n收到申请数量          13        4\n办结的行政规范性文件数量    8         21\n答复              7         0\n受理申请                      5\n转送有关机关办理的申请     1\n",
		"1: r1[指标甲乙][甲数][乙数] r2[收到申请数量][13][4] r3[办结的行政规范性文件数量][8][21] r4[答复][7][0] a5[受理申请][][5] a6[转送有关机关办理的申请][1][]"},
	{"rows of a printed page, labels over lines, one that spans rows",
		"  指标甲乙     本年数量     上年\n               甲            数乙\n\n收到公开       13          4\n申请数量\n\n办结数量       8           21\n\n三、结果  （一）予以    7           0\n处理办理    公开的\n情况\n\n          （二）其他    1           12\n",
		"1: a1[指标甲乙][][本年数量甲][上年数乙] r2[][收到公开申请数量][13][4] r3[][办结数量][8][21] r4[三、结果处理办理情况][（一）予以公开的][7][0] r5[][（二）其他][1][12]"},
	{"a value is missing on a printed page, another is near its label, a remark stands behind",
		"指标甲乙        甲数量      乙数量\n\n收到申请数量      13          4\n\n行政规范性文件数量 8         21     见附件\n\n答复申请数量                  7\n\n受理申请数量      1           0\n",
		"1: a1[指标甲乙][甲数量][乙数量] r2[收到申请数量][13][4] r3[行政规范性文件数量][8][21][见附件] a4[答复申请数量][][7] r5[受理申请数量][1][0]"},
	{"heads and a first value with one blank before them on a printed page",
		"指标甲乙   本年新制作 本年新公开 对外公开总\n       数量    数量    数量\n\n\n收到申请   18     5     25\n\n\n答复申请件  7      0     4\n\n\n规范性文件的 11     3     73\n数量\n",
		"1: a1[指标甲乙][本年新制作数量][本年新公开数量][对外公开总数量] r2[收到申请][18][5][25] r3[答复申请件][7][0][4] r4[规范性文件的数量][11][3][73]"},
	{"labels beside each other on a printed page, one blank between, line for line",
		"指标甲乙     本年数量   上年数量\n\n\n（三） 1.属于   3      17\n不予公 国家秘\n 开   密\n\n\n    2.其他   12      4\n    法律\n\n\n    3.危及   5      0\n",
		"1: a1[指标甲乙][][本年数量][上年数量] r2[（三）不予公开][1.属于国家秘密][3][17] r3[][2.其他法律][12][4] r4[][3.危及][5][0]"},
	{"a printed page with a blank line between the lines of a label",
		"指标甲乙    上一年数    本年数\n\n\n行政许可的   241    824\n\n 事项\n\n\n其他管理的   22     58\n\n 事项数\n\n\n信函申请数   3     12\n\n  量\n",
		"1: a1[指标甲乙][上一年数][本年数] r2[行政许可的事项][241][824] r3[其他管理的事项数][22][58] r4[信函申请数量][3][12]"},
	{"numbers of which some have remarks behind, pushed aside by their labels",
		"指标甲乙丙丁戊        单位  数   说明\n一、总体情况              —   —\n收到申请数量          件   13   见专栏一\n办结申请数量          件   8    见专栏二\n                    第三页\n答复的申请和信函的数量数      件     4\n受理申请数量          件   1\n转送申请的信件数       件  26\n",
		"1: a1[指标甲乙丙丁戊][单位][数][说明] a2[一、总体情况][—][—] r3[收到申请数量][件][13][见专栏一] r4[办结申请数量][件][8][见专栏二] a5[第三页] a6[答复的申请和信函的数量数][件][4][] a7[受理申请数量][件][1][] a8[转送申请的信件数][件][26][]"},
	{"dashes beside the labels of groups make no columns on a printed page",
		"指标甲乙丙丁戊        单位  数   说明\n\n一、总体情况           —    —\n\n收到申请数量          件   13\n\n办结申请数量          件   8\n\n答复的申请数量         件    4\n\n二、其他情况           —     —\n\n受理申请数量          件   1\n",
		"1: a1[指标甲乙丙丁戊][单位][数][说明] a2[][一、总体情况][—][—] r3[收到申请数量][件][13] r4[办结申请数量][件][8] r5[答复的申请数量][件][4] a6[][二、其他情况][—][—] r7[受理申请数量][件][1]"},
	{"a remark one blank behind its number on a printed page, a unit and its value one blank behind a label",
		"指标甲乙    单位 数   说明\n\n（一）收到的 条  857 见网站2\n申请总数（不       015年\n同渠道计1        第3页\n 件）\n\n（二）办结的 条  12   见专栏\n 申请数\n\n（三）答复数 人次 5\n\n（四）公开数 件  15\n\n（五）受理数 件  6\n\n（六）转送数 件  3\n\n（七）信函数 件  41\n",
		"1: a1[指标甲乙][][单位 数][说明] a2[（一）收到的][条][857][见网站2] a3[申请总数（不同渠道计1件）][第3页][015年] r4[（二）办结的申请数][条][12][见专栏] r5[（三）答复数][人次][5] r6[（四）公开数][件][15] r7[（五）受理数][件][6] r8[（六）转送数][件][3] r9[（七）信函数][件][41]"},
	{"a label goes on at the top of the next page",
		"收到申请数量      13          4\n\n办结申请         8          21\n\n            - 3 -\n\f 的数量\n\n受理申请数量      1           0\n\n答复申请数量      2           3\n",
		"1: r1[收到申请数量][13][4] a2[办结申请的数量][8][21] r3[受理申请数量][1][0] r4[答复申请数量][2][3]"},
	{"labels over lines and values on one, in the order of reading; a number within brackets, digits below a value",
		"某县报告。\n指标 单位 数\n（一）收到\n申请的总数\n（包括信函\n计 1\n件）\n件 372\n其中：当面\n提交的\n件 24\n答复申请\n总数\n件 27\n5\n1.信函\n收到\n件 9件\n上接\n件 4\n（二）办结\n件 3\n",
		"\"某县报告。\" 1: f0 0=[指标] 0=[单位] 0=[数] r1[（一）收到申请的总数（包括信函计 1件）][件][372] r2[其中：当面提交的][件][24] a3[答复申请总数][件][27] f0 0=[5] r4[1.信函收到][件][9件] r5[上接][件][4] r6[（二）办结][件][3]"},
	{"so too in several columns: a label that goes on on the next page, digits below, a value lost, a bracket left open",
		"某县报告。\n三、本\n年结果\n（一）公开\n的申请\n1 2 3 4 5 15\n2.属于\n秘密\n0 0 0 0 0 0\n\f的信息\n3.其他\n1 0件 0 1 0 2件\n4.补正\n的内容\n1 0 0 0 2 3\n7\n6.重复\n申请\n0 1 0 1 0\n7.要求（甲\n0 1 0 1 0 2\n",
		"\"某县报告。\" 1: f0 0=[三、本年结果] r1[（一）公开的申请][1][2][3][4][5][15] a2[2.属于秘密的信息][0][0][0][0][0][0] r3[3.其他][1][0件][0][1][0][2件] a4[4.补正的内容][1][0][0][0][2][3] f0 0=[7] a5[6.重复申请][0][1][0][1][0] f0 0=[7.要求（甲] 0=[0] 0=[1] 0=[0] 0=[1] 0=[0] 0=[2]"},
	{"where it is not known where a label begins its lines have no place",
		"某县报告。\n一、收到\n申请数\n1 2 3\n二、结转\n申请数\n4 5 9\n事项 甲\n数\n乙数\n许可\n事项\n7 8 15\n",
		"\"某县报告。\" 1: a1[一、收到申请数][1][2][3] a2[二、结转申请数][4][5][9] f0 0=[事项] 0=[甲] 0=[数] 0=[乙数] 0=[许可] 0=[事项] 0=[7] 0=[8] 0=[15]"},
	{"labels in a column and values in another, the one written behind the other: whose they are is not known",
		"甲与乙\n件 9\n甲与丙\n件 8\n甲与丁\n件 7\n1.指标甲\n2.指标乙\n3.指标丙\n4.指标丁\n件 1\n件 2\n次 3\n次 4\n",
		"1: f0 0=[甲与乙] 0=[件] 0=[9] 0=[甲与丙] 0=[件] 0=[8] 0=[甲与丁] 0=[件] 0=[7] 0=[1.指标甲] 0=[2.指标乙] 0=[3.指标丙] 0=[4.指标丁] 0=[件] 0=[1] 0=[件] 0=[2] 0=[次] 0=[3] 0=[次] 0=[4]"},
	{"a column without a value in any row: the heads above tell of it",
		"                    甲数      乙数      丙数      总计\n一、收到申请数       7                   12       19\n二、办结申请数\n（一）公开           3                    6        9\n（二）部分公开\n（三）答复数         4                             4\n",
		"1: r1[甲数][乙数][丙数][总计] a2[一、收到申请数][7][][12][19] a3[二、办结申请数] a4[（一）公开][3][][6][9] a5[（二）部分公开] a6[（三）答复数][4][][][4]"},
	{"heads on two lines, one above several; values below none of them in their columns have no place",
		"                    甲数  乙数和丙数     总计\n                         乙某数  丙某数\n一、收到申请数       13             2       15\n二、办结申请数       4                      4\n三、答复申请数       4      1               5\n四、受理申请数       4                7     11\n",
		"1: a1[甲数][乙数和丙数][总计] a2[乙某数][丙某数] a3[一、收到申请数][13][][2][15] a4[二、办结申请数][4][][][4] a5[三、答复申请数][4][1][][5] f0 0=[四、受理申请数] 0=[4] 0=[7] 0=[11]"},
	{"a number in a column besides may be of either of two heads: none is given",
		"                    甲数      乙数      丙数      总计\n收到申请数          7               12            19\n办结申请数          3               6             9\n答复申请数          4                             4\n",
		"1: r1[甲数][乙数][丙数][总计] r2[收到申请数][7][12][19] r3[办结申请数][3][6][9] a4[答复申请数][4][][4]"},
	{"a row alone: what its numbers count is not known", "某县报告。\n一、收到申请数      7    1         8\n二、办结申请数\n",
		"\"某县报告。\" 1: f0 0=[一、收到申请数] 0=[7] 0=[1] 0=[8] \"二、办结申请数\""},
	{"rows alone, one blank between their cells; one number behind words, and numbers behind a colon, are none",
		"某县报告。\n某项  本年新\n规章 0 0 0\n规范性文件 4 4 33\n行政许可 126\n总数：3 4\n",
		"\"某县报告。\" \"某项 本年新\" 1: f0 0=[规章] 0=[0] 0=[0] 0=[0] 0=[规范性文件] 0=[4] 0=[4] 0=[33] "
		"\"行政许可 126\" \"总数：3 4\""},
	{"the last row's label is one blank from its number",
		"某项的         本年数量 上年数量\n规章数         0      2\n规范性文件     4      33\n办结数         7      9\n某项的         收费金额\n行政事业性收费 62.8\n以上。\n",
		"1: a1[某项的][本年数量 上年数量] r2[规章数][0][2] r3[规范性文件][4][33] r4[办结数][7][9] a5[某项的][收费金额] a6[行政事业性收费][62.8][] \"以上。\""},
	{"telephone numbers are no row", "某县报告。\n联系电话 010 6622\n联系人 139" "12345678 3\n", "\"某县报告。\" \"联系电话 010 6622\" \"联系人 139" "12345678 3\""},
	{"prose with hard blanks stays prose", "发布日期:2019-03-15    点击数:\n今年工作有  进展。\n", "\"发布日期:2019-03-15 点击数:\" \"今年工作有 进展。\""},
};

/* Rows whose place is vouched for, as text; sorted. */
struct rows {
	char **v;
	size_t n, cap;
	bool doubt; /* some cell is assumed or failed */
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
rows_of(const struct pieces *list, struct rows *rows)
{
	struct buf row = BUF_INIT;

	*rows = (struct rows){NULL, 0, 0, false};
	for (size_t i = 0; i < list->n; i++) {
		const struct piece *p = &list->v[i], *next = i + 1 < list->n ? p + 1 : NULL;

		if (p->kind != PIECE_CELL)
			continue;
		if (p->grid == GRID_ASSUMED || p->grid == GRID_FAILED) {
			rows->doubt = true;
			continue;
		}
		buf_printf(&row, "%u:%.*s|", p->col, SPAN_ARG(piece_text(list, p)));
		if (next && next->kind == PIECE_CELL && next->table == p->table && next->row == p->row)
			continue;
		buf_add_char(&row, '\0');
		rows->v = grow(rows->v, rows->n, &rows->cap, sizeof *rows->v);
		rows->v[rows->n++] = row.p;
		row = BUF_INIT;
	}
	if (rows->n)
		qsort(rows->v, rows->n, sizeof *rows->v, by_text);
	buf_release(&row);
}

static void
rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		free(rows->v[i]);
	free(rows->v);
}

/* Whether the page without its bytes from `from` to `to` doubts, and vouches for no row the whole has not. */
static bool
is_seen(struct span page, size_t from, size_t to, const struct rows *whole, struct pieces *list)
{
	struct buf less = BUF_INIT;
	struct rows rows;
	bool good = true;

	buf_add(&less, page.p, from);
	buf_add(&less, page.p + to, page.n - to);
	read_page(buf_span(&less), list);
	rows_of(list, &rows);
	for (size_t i = 0; i < rows.n && good; i++)
		good = bsearch(&rows.v[i], whole->v, whole->n, sizeof *rows.v, by_text) != NULL;
	good &= rows.doubt;
	rows_release(&rows);
	buf_release(&less);
	return good;
}

/* Every cell of the page's tables taken out, one at a time: with its bar or tab, or its line. */
static void
test_losses(const char *path, char sign)
{
	struct pieces list = PIECES_INIT;
	struct rows whole;
	struct buf page = BUF_INIT;
	FILE *f = fopen(path, "rb");
	size_t losses = 0, silent = 0, line = 1;
	int c;

	while (f && (c = getc(f)) != EOF)
		buf_add_char(&page, (char)c);
	if (f)
		fclose(f);
	read_page(buf_span(&page), &list);
	rows_of(&list, &whole);
	for (size_t at = 0; at < page.n; line++) {
		const char *lf = memchr(page.p + at, '\n', page.n - at);
		size_t end = lf ? (size_t)(lf - page.p) : page.n, from = at;
		struct span text = span_trim(span_of(page.p + at, end - at));
		bool alone = text.n > 0 && memchr(text.p, sign, text.n) == text.p + text.n - 1;

		if (alone) {
			losses++;
			if (!is_seen(buf_span(&page), at, end + (lf != NULL), &whole, &list) && silent++ < 5)
				printf("# line %zu lost: %.*s\n", line, SPAN_ARG(text));
		} else if (text.n > 1 && memchr(text.p, sign, text.n) && text.p[text.n - 1] == sign &&
			!span_starts(text, SPAN("|---"))) {
			/* A bar before the first cell is none's. */
			from += page.p[at] == sign;
			while (from < end) {
				const char *bar = memchr(page.p + from, sign, end - from);
				size_t to = bar ? (size_t)(bar - page.p) + 1 : end;

				if (!bar)
					break;
				losses++;
				if (!is_seen(buf_span(&page), from, to, &whole, &list) && silent++ < 5)
					printf("# line %zu without %.*s\n", line, (int)(to - from), page.p + from);
				from = to;
			}
		}
		at = end + 1;
	}
	ok(losses > 100 && silent == 0, "%s: %zu cells lost one at a time, %zu of them unseen", path, losses, silent);
	rows_release(&whole);
	pieces_release(&list);
	buf_release(&page);
}

/* Twice the input takes about twice the time: here only that it ends and gives what it should. */
static void
test_hostile(void)
{
	static const char *const units[] = {"|\n", "||\n", "甲|\n", "a | b |\n", "1\n", "甲\t1\n", "甲  1\n", "|", "a|\nb\n",
		"甲乙丙 |\n||\n", "甲乙丙 |\n|||\n||\n", "甲\n|\n", "甲\n|\n乙丙 |\n", "|\n甲 | ||\n",
		"甲  1\n\n", "一、甲\n\n乙  丙\n", "甲  乙\n丙  丁\n\n甲  1\n\n", "\t\n", "甲\n\t\n", "甲\n\t\n1\n\n\n", "甲,1\n", "\"\n", "\",\n", "+-+\n", "+-+\n|甲|\n", "┌─┐\n", "│\n"};
	struct pieces list = PIECES_INIT;

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct buf page = BUF_INIT;
		struct text *t = text_new(&TEXT_LIMITS, words);
		const char *fault;

		for (size_t n = 0; n < 150000; n++)
			buf_add_str(&page, units[i]);
		pieces_reset(&list);
		fault = text_read(t, buf_span(&page), &list);
		ok(!fault || strcmp(fault, "more cells than --max-cells") == 0, "150,000 times the same line, number %zu", i);
		text_free(t);
		buf_release(&page);
	}
	pieces_release(&list);
}

/* Pages of `head` and so many times `line`: four times the lines take less than ten times the time. */
static void
test_linear(const char *about, const char *head, const char *line, size_t most)
{
	struct pieces list = PIECES_INIT;
	double took[2];

	for (size_t i = 0; i < 2; i++) {
		struct buf page = BUF_INIT;
		struct text *t = text_new(&TEXT_LIMITS, words);
		clock_t start;

		buf_add_str(&page, head);
		for (size_t n = 0; n < (i ? most : most / 4); n++)
			buf_add_str(&page, line);
		start = clock();
		pieces_reset(&list);
		text_read(t, buf_span(&page), &list);
		took[i] = (double)(clock() - start);
		text_free(t);
		buf_release(&page);
	}
	ok(list.n > 0 && took[1] < 10 * took[0] + CLOCKS_PER_SEC / 10, "%s: linear (%.0f, %.0f)", about, took[0], took[1]);
	pieces_release(&list);
}

int
main(void)
{
	struct pieces list = PIECES_INIT;
	struct buf shown = BUF_INIT;

	words = words_load(NULL);
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		const struct example *e = &examples[i];

		read_page(span_str(e->page), &list);
		show(&list, &shown);
		if (!ok(strcmp(shown.p, e->want) == 0, "%s", e->about))
			printf("# want %s\n# have %s\n", e->want, shown.p);
	}
	test_losses("fixtures/cell-per-line.txt", '|');
	test_losses("fixtures/form-2021.txt", '|');
	test_losses("fixtures/form-liaoning.txt", '|');
	test_losses("fixtures/row-per-line.txt", '|');
	test_losses("fixtures/form-2019-county.txt", '|');
	test_losses("fixtures/form-2019-department.txt", '|');
	test_losses("fixtures/leading-bar.txt", '|');
	test_hostile();
	/* Found in one pass, not each by a look to the page's end for an LF. */
	test_linear("lines that end in a CR", "", "甲\r", 400000);
	/* Put together with what stands above; a number broken between two lines is looked for in these alone. */
	test_linear("lines of digits below broken prose",
		"围绕中心工作，进一步健全制度，完善机制，细化任务，压实责任，按时\n"
		"围绕中心工作，进一步健全制度，完善机制，细化任务，压实责任，按时\n"
		"围绕中心工作，进一步健全制度，完善机制，细化任务，压实责任，按时\n",
		"111%111%111%111%111%111%111%111%111%111%111%111%111%111%111%111%\n", 20000);
	test_linear("heads and labels without a value", "一  二\n", "1.甲\n", 200000);
	test_linear("rows alone", "", "甲乙 1 1 1\n甲乙。\n", 50000);
	test_linear("heads without a row", "", "甲数    乙数    丙数    总计\n", 50000);
	test_linear("a row alone and labels without a value", "",
		"甲    1    2\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n1.甲\n。\n", 20000);
	pieces_release(&list);
	buf_release(&shown);
	words_free(words);
	return done_testing();
}
