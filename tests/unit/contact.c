/* links: cmd/extract/personal cmd/extract/text/lines.c cmd/extract/text/kind.c cmd/extract/blank.c cmd/extract/words.c cmd/extract/piece.c */

/* What is personal goes, what is not stays: on a line, beside, below and behind the name of a field. */
#include "personal/contact.h"

#include "tap.h"

/* Put together here, so that nothing of the form of a person's number stands in the tree. */
#define MOBILE "139" "00000000"

static struct words *words;

struct example {
	const char *text, *want;
};

static const struct example lines[] = {
	{"填报人:张三 联系电话:2800000", "填报人:* 联系电话:*"},
	{"填报人：张三联系电话：0469-4300000", "填报人：*联系电话：0469-*"},
	{"单位负责人: 审核人:李四 填报人:王五六", "单位负责人: 审核人:* 填报人:*"},
	{"联系电话: 67100000 填报日期:2017/1/4", "联系电话: * 填报日期:2017/1/4"},
	{"单位负责人 张三 审核人 李四", "单位负责人 * 审核人 *"},
	{"联系人:买买提·吐尔逊", "联系人:*"},
	{"联系人:张 三 传真:8123456", "联系人:* 传真:*"},
	{"(地址:中心路258号,邮编:155131,电话:0469-4300000,电子邮箱:a_b.c@163.com)",
		"(地址:中心路258号,邮编:155131,电话:0469-*,电子邮箱:*)"},
	{"电话:(010)66012345-801;传真:010—66012346", "电话:010-*;传真:010-*"},
	{"电话:2800000、2860000,邮箱:x@y.cn", "电话:*,邮箱:*"},
	{"手机" MOBILE ",139****5678,1391234****", "手机*,*,*"},
	{"联系电话2800000", "联系电话*"},
	{"接听咨询电话2800000次", "接听咨询电话2800000次"},
	{"公开咨询电话203部,接待10036人次", "公开咨询电话203部,接待10036人次"},
	{"索引号:000014349/2017-00123", "索引号:000014349/2017-00123"},
	{"网站标识码:2311000013 黑公网安备 23050602000011号 黑ICP备05001234号", "网站标识码:2311000013 黑公网安备 23050602000011号 黑ICP备05001234号"},
	{"发布日期:2019-03-15 20190315", "发布日期:2019-03-15 20190315"},
	{"国办发〔2014〕32号,预算" MOBILE "元", "国办发〔2014〕32号,预算" MOBILE "元"},
	{"手机" MOBILE "千山路258号", "手机*千山路258号"},
	{"主要负责人参加新闻发布会次数:3次", "主要负责人参加新闻发布会次数:3次"},
	{"责任编辑:市政府办", "责任编辑:市政府办"},
	{"责任编辑:王五", "责任编辑:*"},
	{"总数12345678条", "总数12345678条"},
	{"@@@a@b@c", "@@@*@c"},
};

/* Cells of a table, "/" between them, ";" between rows. */
static const struct example tables[] = {
	{"填报人/张三/联系电话/2800000", "填报人//联系电话/"},
	{"姓名/张三/职务/主任;办公电话/6900000/手机号码/" MOBILE, "姓名//职务/;办公电话//手机号码/"},
	{"姓名*//职务/副主任", "姓名*//职务/"},
	{"姓名/单位/职务/联系电话;张三/教育局/局长/2800000;李四/水务局/科员/" MOBILE,
		"姓名/单位/职务/联系电话;/教育局//;/水务局//"},
	{"主要负责人/姓名/张三/职务/主任;其他人员/姓名/李四/职务/科员", "主要负责人/姓名//职务/;其他人员/姓名//职务/"},
	{"姓名/职务/联系电话;张三/主任/2800000;统计指标/单位/统计数;收到申请数/件/3",
		"姓名/职务/联系电话;//;统计指标/单位/统计数;收到申请数/件/3"},
	{"序号/姓名/职务/电话/备注;1/张三/主任/2800000/兼职", "序号/姓名/职务/电话/备注;1////兼职"},
	{"指标/电话;收到申请数/2800000", "指标/电话;收到申请数/2800000"},
	{"采购总金额/" MOBILE, "采购总金额/" MOBILE},
	{"电话申请数/12345678", "电话申请数/12345678"},
	{"咨询电话/203", "咨询电话/203"},
	{"填报人/张三/;收到申请数/件/3;办结数/件/4", "填报人//;收到申请数/件/3;办结数/件/4"},
	{"邮政编码*/124010/电子邮箱*/x@y.cn", "邮政编码*/124010/电子邮箱*/"},
};

static void
put_cells(struct pieces *list, struct span rows)
{
	for (uint32_t row = 1; rows.p; row++) {
		struct span cells = span_cut(&rows, ';');

		for (uint32_t col = 1; cells.p; col++)
			pieces_add(list, (struct piece){.kind = PIECE_CELL, .grid = GRID_ROWS, .line = row, .table = 1,
				.row = row, .col = col, .rows = 1, .cols = 1}, span_cut(&cells, '/'));
	}
}

static void
check(struct pieces *list, const struct example *e)
{
	struct buf have = BUF_INIT;

	contact_strike(list, words);
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_add_char(&have, list->v[i].row == list->v[i - 1].row ? '/' : ';');
		buf_add_span(&have, piece_text(list, &list->v[i]));
	}
	if (!ok(span_eq(buf_span(&have), span_str(e->want)), "%s", e->text))
		printf("# want %s\n# have %.*s\n", e->want, SPAN_ARG(buf_span(&have)));
	buf_release(&have);
}

/* A text is looked at by blocks: wherever it lies in the buffer, behind cells of digits, the same goes. */
static void
check_places(struct pieces *list)
{
	enum { BLOCKS = 130 };
	size_t same = 0, all = 0;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (size_t before = 0; before < BLOCKS; before++) {
			pieces_reset(list);
			for (size_t k = 0; k < before; k++)
				pieces_add(list, (struct piece){.kind = PIECE_CELL, .line = 1}, SPAN("7"));
			pieces_add(list, (struct piece){.kind = PIECE_TEXT, .line = 2}, span_str(lines[i].text));
			contact_strike(list, words);
			same += span_eq(piece_text(list, &list->v[before]), span_str(lines[i].want));
			all++;
		}
	ok(same == all, "%zu of %zu texts are the same wherever they lie", same, all);
}

int
main(void)
{
	struct pieces list = PIECES_INIT;

	words = words_load(NULL);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		pieces_reset(&list);
		pieces_add(&list, (struct piece){.kind = PIECE_TEXT, .line = 1}, span_str(lines[i].text));
		check(&list, &lines[i]);
	}
	check_places(&list);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		pieces_reset(&list);
		put_cells(&list, span_str(tables[i].text));
		check(&list, &tables[i]);
	}
	pieces_reset(&list);
	pieces_add(&list, (struct piece){.kind = PIECE_TEXT, .line = 1}, SPAN("联系人:"));
	pieces_add(&list, (struct piece){.kind = PIECE_TEXT, .line = 2}, SPAN("张三"));
	contact_strike(&list, words);
	ok(span_eq(piece_text(&list, &list.v[1]), SPAN("*")), "a field's value on the next line");
	pieces_release(&list);
	words_free(words);
	return done_testing();
}
