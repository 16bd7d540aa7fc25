/* links: cmd/normalize/scan.c cmd/normalize/scan_code.c cmd/normalize/scan_doubt.c cmd/normalize/scan_number.c cmd/normalize/scan_word.c cmd/normalize/quantity.c cmd/normalize/whole.c cmd/normalize/cell.c cmd/normalize/words.c */
/* A scan that passes over the clauses in which nothing stands finds the very tokens of one that reads every word. */
#include "scan.h"

/* The same scan once more, which passes over nothing. */
#define SCAN_EVERY_WORD
#define scan_sentence scan_every_word
size_t scan_every_word(const struct words *words, struct span text, size_t at, struct token tokens[SCAN_TOKENS],
	size_t *n, bool *stop);
#include "../../cmd/normalize/scan.c"
#undef scan_sentence

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

/* Words that begin, are, or look like a quantity, and what stands between; what ends a sentence is last. */
static const char *const pool[] = {"公开", "政府信息", "工作", "进一步", "统一", "一是", "，", "其中", "分别", "各为", "依次", "第",
	"第2019年", "，12条", ",", "2019年", "2019年度", "2019-03-05", "一件", "第一", "十分", "万", "百分之", "一", "2019-3-5件",
	"12019年", "A2019-01-01", "20年", "3", "12条", "0件", "1,234", "年", "号", "未", "未收到", "申请", "没有", "无", "均无",
	"为零", "零", "数", "数百", "翻番", "翻两", "上千", "成", "几十", "不", "是", "件", "暂", "、", "；", ";", "(", ")", "-", "—", "至", "点",
	"约", "多", "余", "近百", "百", "几", "队伍", "达", "下降", "增长-", " ", "a", "www.x.cn?b=", "①", "：", "《", "》", "。", "!", "?"};

static bool
same_reading(const struct reading *a, const struct reading *b)
{
	return a->state == b->state && a->overflow == b->overflow && span_eq(a->unit, b->unit) &&
	       decimal_cmp(a->value, b->value) == 0;
}

static bool
same_tokens(const struct token *a, const struct token *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool read = a[i].kind == TOKEN_FIGURE || a[i].kind == TOKEN_BARE || a[i].kind == TOKEN_NONE;

		if (a[i].kind != b[i].kind || a[i].start != b[i].start || a[i].end != b[i].end ||
			(read && (a[i].relative != b[i].relative || !same_reading(&a[i].reading, &b[i].reading))))
			return false;
	}
	return true;
}

int
main(void)
{
	static struct token tokens[SCAN_TOKENS], every[SCAN_TOKENS];
	struct words *words = words_load(NULL);
	struct buf text = BUF_INIT;
	size_t wrong = 0, sentences = 0, found = 0, cut = 0;

	for (int round = 0; round < 150000; round++) {
		/* Most are short; some are cut, for the number of their tokens or of their bytes. */
		size_t at = 0, parts = 1 + draw(round % 50 ? 14 : round % 100 ? 400 : 4000);
		size_t lively = round % 3 ? sizeof pool / sizeof *pool : 1 + draw(sizeof pool / sizeof *pool);

		buf_reset(&text);
		for (size_t i = 0; i < parts; i++)
			buf_add_str(&text, pool[draw((uint32_t)lively)]);
		while (at < text.n) {
			size_t n, n_every, end, end_every;
			bool stop, stop_every;

			end = scan_sentence(words, buf_span(&text), at, tokens, &n, &stop);
			end_every = scan_every_word(words, buf_span(&text), at, every, &n_every, &stop_every);
			for (size_t i = 0; i < n; i++)
				found += tokens[i].kind == TOKEN_FIGURE || tokens[i].kind == TOKEN_NONE;
			sentences++;
			cut += !stop;
			if ((end != end_every || n != n_every || stop != stop_every || !same_tokens(tokens, every, n)) &&
				wrong++ < 5)
				printf("# '%.*s'\n", (int)(end_every - at), text.p + at);
			at = end_every;
		}
	}
	ok(wrong == 0 && sentences > 100000 && found > 100000 && cut > 100,
		"the same tokens (%zu sentences, %zu cut, %zu figures)", sentences, cut, found);
	buf_release(&text);
	words_free(words);
	return done_testing();
}
