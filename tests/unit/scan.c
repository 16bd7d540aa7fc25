/* links: cmd/normalize/scan.c cmd/normalize/quantity.c cmd/normalize/cell.c cmd/normalize/words.c */
/* What scan_skip passes over holds nothing that scan_sentence would find, and ends where it would end. */
#include "scan.h"

#include <stdio.h>

#include "buf.h"
#include "tap.h"

static uint32_t seed = 5;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Words that begin, are, or look like a quantity, and what stands between. */
static const char *const pool[] = {"公开", "政府信息", "工作", "进一步", "统一", "一是", "一件", "第一", "十分", "万", "百分之", "一",
	"2019年", "2019年度", "2019-03-05", "2019-3-5件", "12019年", "A2019-01-01", "20年", "3", "12条", "0件", "1,234", "年",
	"未", "未收到", "申请", "没有", "无", "均无", "为零", "零", "数", "数百", "翻番", "翻两", "上千", "成", "几十", "不", "是",
	"其中", "分别", "，", "。", "、", "；", ";", ",", "!", "?", "(", ")", "-", "—", "至", "点", "约", "多", "余", "下降", "增长-",
	" ", "a", "www.x.cn?b=", "①", "：", "《", "》"};

int
main(void)
{
	struct words *words = words_load(NULL);
	struct buf text = BUF_INIT;
	size_t wrong = 0, skipped = 0, found = 0;

	for (int round = 0; round < 100000; round++) {
		size_t at = 0, parts = 1 + draw(round % 50 ? 14 : 400);

		buf_reset(&text);
		for (size_t i = 0; i < parts; i++)
			buf_add_str(&text, pool[draw(sizeof pool / sizeof *pool)]);
		while (at < text.n) {
			struct token tokens[SCAN_TOKENS];
			size_t skip = scan_skip(words, buf_span(&text), at), n, end;
			bool stop, some = false;

			end = scan_sentence(words, buf_span(&text), at, tokens, &n, &stop);
			for (size_t i = 0; i < n; i++)
				some |= tokens[i].kind == TOKEN_FIGURE || tokens[i].kind == TOKEN_BARE ||
					tokens[i].kind == TOKEN_NONE;
			found += some;
			skipped += skip > at;
			if (skip > at && (some || skip != end) && wrong++ < 5)
				printf("# '%.*s'\n", (int)(end - at), text.p + at);
			at = end;
		}
	}
	ok(wrong == 0 && skipped > 20000 && found > 20000, "nothing is passed over (%zu skipped, %zu with figures)",
		skipped, found);
	buf_release(&text);
	words_free(words);
	return done_testing();
}
