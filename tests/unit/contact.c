/* links: cmd/extract/personal cmd/extract/text/kind.c cmd/extract/blank.c cmd/extract/words.c cmd/extract/piece.c */

/* What is personal goes, what is not stays: on a line, beside, below and behind the name of a field. */
#include "personal/contact.h"

#include "tap.h"

/* Put together here, so that nothing of the form of a person's number stands in the tree. */
#define MOBILE "139" "00000000"
#define BORN "110105" "19491231" /* what the example of GB 11643 begins with */

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
	{"审核人：李　四　填报人：王五六　联系电话：０４６９－４３０００００", "审核人：*　填报人：*　联系电话：0469-*"},
	{"手机：１３９００００００００，邮箱：a_b＠163．com。", "手机：*，邮箱：*。"},
	{"邮箱：a.b at example.com 邮编：155131", "邮箱：* 邮编：155131"},
	{"邮箱：a.b#example.com", "邮箱：*"},
	{"邮箱：- 电话：/", "邮箱：- 电话：/"},
	{"电话：86-469-4300000；010 6601 2345；(0469) 430 0000转801", "电话：469-*"},
	{"电话：+86 " MOBILE, "电话：*"},
	{"来人可拨打4300000咨询", "来人可拨打*咨询"},
	{"电话号码为4300000", "电话号码为*"},
	{"☎4300000", "☎*"},
	{"联系方式：张三 0469-4300000", "联系方式：* 0469-*"},
	{"联系方式：县政府办 0469-4300000", "联系方式：县政府办 0469-*"},
	{"联系人及电话：张三，4300000", "联系人及电话：*，*"},
	{"填报人∶张三", "填报人∶*"},
	{"填报人：__张三__", "填报人：__*__"},
	{"填报人：【张三】", "填报人：【*】"},
	{"填报人：张三、李四 王五 电话：4300000", "填报人：*、* * 电话：*"},
	{"审核人：办公室主任张三", "审核人：*"},
	{"填报人：San Zhang, 2019", "填报人：*, 2019"},
	{"审核人：张三 填报单位：教育局", "审核人：* 填报单位：教育局"},
	{"身份证号：" BORN "002X", "身份证号：*"},
	{"证号" BORN "002X的", "证号*的"},
	{"证号" BORN "0021的", "证号" BORN "0021的"},
	{"代码：11230506MB1A00000X", "代码：11230506MB1A00000X"},
	{"主动公开 150 1200 1350 条", "主动公开 150 1200 1350 条"},
	{"访问" MOBILE "次", "访问" MOBILE "次"},
	{"拨打热线电话 2800000 次", "拨打热线电话 2800000 次"},
	{"拨打12345热线", "拨打12345热线"},
	{"受理热线电话 12345 件", "受理热线电话 12345 件"},
	{"法定代表人：无", "法定代表人：无"},
	{"负责人：由县政府办公室主任担任", "负责人：由县政府办公室主任担任"},
	{"０１２年主动公开：１３９条", "０１２年主动公开：１３９条"},
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
	{"联系电话/４３０００００", "联系电话/"},
	{"联系人及电话/张三，4300000/备注/无", "联系人及电话//备注/无"},
	{"投诉举报热线电话/400-800-4300", "投诉举报热线电话/"},
	{"接听热线电话/4300000", "接听热线电话/4300000"},
	{"公开机构联系人/张三", "公开机构联系人/"},
	{"公开机构联系人/张三，电话 4300000", "公开机构联系人/*，电话 *"},
	{"配备负责人/由办公室主任兼任/2", "配备负责人/由办公室主任兼任/2"},
	{"电话：010/6601/2345", "电话：010//"},
	{"审核/县政府办公室", "审核/县政府办公室"},
	{"分管领导/无", "分管领导/无"},
};

/* Meta elements. */
static const struct example metas[] = {
	{"author=张三", "author=*"},
	{"Author=李 四、王五", "Author=*"},
	{"author=县政府办公室", "author=县政府办公室"},
	{"author=财政局", "author=财政局"},
	{"author=", "author="},
	{"ContentSource=张三", "ContentSource=张三"},
	{"责任编辑=张三", "责任编辑=*"},
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

/* Behind each name of a field that the table has, in each dress, what it announces goes and nothing else. */
static void
check_fields(struct pieces *list, enum word_use use, const char *const *values, size_t nvalues)
{
	static const char *const between[] = {":", "：", " : ", "∶", "：　", ": "}, *const behind[] = {"", "。", "；", " 2019年"};
	struct buf text = BUF_INIT, want = BUF_INIT;
	size_t same = 0, all = 0;

	for (size_t i = 0; words_nth(words, use, i).n; i++)
		for (size_t b = 0; b < sizeof between / sizeof *between; b++)
			for (size_t v = 0; v < nvalues; v++)
				for (size_t e = 0; e < sizeof behind / sizeof *behind; e++) {
					struct span field = words_nth(words, use, i);

					text.n = want.n = 0;
					buf_printf(&text, "%.*s%s%s%s", SPAN_ARG(field), between[b], values[v], behind[e]);
					buf_printf(&want, "%.*s%s*%s", SPAN_ARG(field), between[b], behind[e]);
					pieces_reset(list);
					pieces_add(list, (struct piece){.kind = PIECE_TEXT, .line = 1}, buf_span(&text));
					contact_strike(list, words);
					all++;
					if (span_eq(piece_text(list, list->v), buf_span(&want)))
						same++;
					else if (all - same < 5)
						printf("# %.*s -> %.*s\n", SPAN_ARG(buf_span(&text)), SPAN_ARG(piece_text(list, list->v)));
				}
	ok(all > 0 && same == all, "%zu of %zu values behind the names of fields are struck", same, all);
	buf_release(&text);
	buf_release(&want);
}

/* What the reports count stays, whatever is counted, by whatever unit. */
static void
check_counts(struct pieces *list)
{
	static const char *const what[] = {"主动公开", "受理电话咨询", "拨打", "网站访问量：", "来电", "微信关注人数"},
		*const numbers[] = {"139 1200 1350", "2800000", "28000000", "1390000", "0", "139"}, *const units[] = {"件", "次", "人次", "条", " 件"};
	struct buf text = BUF_INIT;
	size_t same = 0, all = 0;

	for (size_t w = 0; w < sizeof what / sizeof *what; w++)
		for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
			for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
				text.n = 0;
				buf_printf(&text, "%s%s%s%s", what[w], w % 2 ? " " : "", numbers[n], units[u]);
				pieces_reset(list);
				pieces_add(list, (struct piece){.kind = PIECE_TEXT, .line = 1}, buf_span(&text));
				contact_strike(list, words);
				all++;
				if (span_eq(piece_text(list, list->v), buf_span(&text)))
					same++;
				else
					printf("# %.*s -> %.*s\n", SPAN_ARG(buf_span(&text)), SPAN_ARG(piece_text(list, list->v)));
			}
	ok(same == all, "%zu of %zu counts stay", same, all);
	buf_release(&text);
}

int
main(void)
{
	static const char *const names[] = {"张三", "欧阳四五", "张 三", "买买提·吐尔逊", "主任张三", "Zhang San"},
		*const editors[] = {"张三", "王五六"}, *const numbers[] = {"4300000", "43000000", MOBILE, "+86-" MOBILE,
			"139-0000-0000", "139 0000 0000", "139****0000", "139××××0000", "１３９００００００００"},
		*const mailboxes[] = {"a.b-c_d@163.com", "a＠b．cn", "a at b.cn", "a(at)b.cn", "a#b.cn"};
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
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
		pieces_reset(&list);
		pieces_add(&list, (struct piece){.kind = PIECE_META, .line = 1}, span_str(metas[i].text));
		check(&list, &metas[i]);
	}
	check_fields(&list, WORD_PERSON, names, sizeof names / sizeof *names);
	check_fields(&list, WORD_EDITOR, editors, sizeof editors / sizeof *editors);
	check_fields(&list, WORD_PHONE, numbers, sizeof numbers / sizeof *numbers);
	check_fields(&list, WORD_MAILBOX, mailboxes, sizeof mailboxes / sizeof *mailboxes);
	check_counts(&list);
	pieces_release(&list);
	words_free(words);
	return done_testing();
}
