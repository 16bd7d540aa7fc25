/* links: cmd/classify/prose cmd/classify/identity cmd/classify/form cmd/classify/facts.c cmd/classify/page.c cmd/classify/recall.c */
#include <stdlib.h>

#include "prose/prose_parts.h"

#include "tap.h"

static struct span
own_clause(struct span text)
{
	struct span part[MOST_CONTEXTS];

	return part[0] = text, part[prose_split(text, part) - 1];
}

/* 份 of 【30份】; nothing of 【未发生】. */
static struct span
unit_of(struct span text)
{
	size_t digits = 0, at = span_find(text, SPAN("【")) + sizeof "【" - 1;
	struct span number = at > text.n ? SPAN("") : (struct span){text.p + at, text.n - at};

	number.n = span_find(number, SPAN("】"));
	for (size_t i = 0; i < number.n; i++)
		if ((number.p[i] >= '0' && number.p[i] <= '9') || number.p[i] == '.')
			digits = i + 1;
	number.p += digits;
	number.n = digits ? number.n - digits : 0;
	return number;
}

/* True if a figure of this text means what the phrase says; a reading must only be found in its clause. */
static bool
means(struct prose *p, struct phrase *ph, struct span text)
{
	struct meaning meaning[MOST_MEANINGS];
	struct span part[MOST_CONTEXTS];
	struct span own = span_eq(ph->indicator, SPAN("@same")) || span_eq(ph->indicator, SPAN("@against"))
				  ? text : own_clause(text);
	size_t n;

	prose_gather(p, own);
	if (ph->indicator.p[0] == '@')
		return keywords_has(p->clause->may, (size_t)(ph - p->phrases->phrase)) &&
		       pattern_found(p->phrases->patterns, ph->pattern, own, NULL);
	if (ph->where == NEAR)
		p->previous = part[prose_split(text, part) - 2];
	n = prose_meanings(p, text, ph->polarity == ZERO ? SPAN("0") : SPAN("3"),
		unit_of(text), NO_FORM,
		ph->from ? ph->from : ph->until < 9999 ? ph->until : 2016, meaning);
	p->previous = SPAN("");
	for (size_t i = 0; i < n; i++) {
		struct meaning want = prose_meaning(p, ph, NO_FORM);

		if (span_eq(meaning[i].row->indicator, ph->indicator) && meaning[i].column == want.column)
			return true;
	}
	return false;
}

static void
shares(struct prose *p)
{
	struct meaning m[MOST_MEANINGS];
	struct span of = SPAN("共收到政府信息公开申请│其中信函申请│占【33.4%】");
	struct span grown = SPAN("收到政府信息公开申请│较上年增加│增幅【27.3%】");

	ok(prose_meanings(p, of, SPAN("33.4"), SPAN("%"), NO_FORM, 2017, m) == 1 &&
		m[0].column == COLUMN_PERCENT && span_eq(m[0].row->indicator, SPAN("requests.received.mail")),
		"a share is of what the figure before it counts");
	ok(prose_meanings(p, grown, SPAN("27.3"), SPAN("%"), NO_FORM, 2017, m) == 1 &&
		m[0].column == COLUMN_GROWTH && span_eq(m[0].row->indicator, SPAN("requests.received")),
		"a growth is of what the sentence counts, not of how much more it is");
	ok(prose_meanings(p, SPAN("收到政府信息公开申请│较上年增加【6件】"), SPAN("6"), SPAN("件"), NO_FORM, 2017,
		m) == 0, "how many more is no count");
	ok(prose_meanings(p, SPAN("依申请公开答复率【98%】"), SPAN("98"), SPAN("%"), NO_FORM, 2017, m) == 0,
		"a rate is no share");
	ok(prose_meanings(p, SPAN("共收到政府信息公开申请【9件】"), SPAN("9"), SPAN("件"), NO_FORM, 2022, m) == 1 &&
		span_eq(m[0].row->indicator, SPAN("requests.new")), "what is received has another code from 2019 on");
}

/* What a clause counts whose own words do not say it, and when. */
static void
carried_over(struct prose *p)
{
	static const struct {
		const char *previous, *text, *indicator;
	} cases[] = {
		{"", "去年收到政府信息公开申请│今年受理【10件】", "requests.received"},
		{"", "去年收到政府信息公开申请│今年受理举报【10件】", NULL},
		{"", "去年收到政府信息公开申请│今年公开【10件】", NULL},
		{"", "主动公开政府信息│其中2016年公开【10条】", "proactive.total"},
		{"申请量较上年【翻一番】", "达到【96件】", "requests.received"},
		{"主动公开政府信息由【2310条】", "增至【2894条】", "proactive.total"},
		{"", "收到政府信息公开申请│其中有【3件】内容相近", NULL},
		{"", "答复申请│其中有【3件】涉及商业秘密不予公开", "requests.result.denied.trade_secret"},
		{"微信公开信息【596条】", "政府公报公开信息│去年为【3条】", NULL},
		{"行政诉讼案件分别比上年增加【3件】", "达到【19件】", NULL},
		{"", "主动公开信息占全市公开总量的【12%】", NULL},
		{"", "通过微信公众号等平台发布信息【56条】", NULL},
		{"", "行政诉讼答辩状【3份】", NULL},
		{"", "同意公开或部分同意公开【50件】", NULL},
		{"", "因涉及商业秘密和个人隐私不予公开【3件】", NULL},
		{"", "不同意公开和信息不存在的共【9件】", NULL},
		{"", "行政复议案件中，【4宗】被维持", "review.upheld"},
		{"", "申请内容不明确、信息不存在等其他情况【17件】", NULL},
		{"", "【172件】答复中，同意公开占比最高", NULL},
		{"", "行政复议决定书【16份】", NULL},
		{"", "通过门户网站和查阅场所共主动公开政府信息【40条】", "proactive.total"},
		{"", "其他【15件】通过当面或传真方式提出", NULL},
		{"", "从事政府信息公开工作人员(不含网站人员)共【12人】", "capacity.staff"},
	};
	struct meaning m[MOST_MEANINGS];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span text = span_str(cases[i].text);
		size_t n;

		p->previous = span_str(cases[i].previous);
		buf_reset(&p->last);
		n = prose_meanings(p, text, SPAN("10"), unit_of(text), NO_FORM, 2016, m);
		ok(cases[i].indicator ? n == 1 && span_eq(m[0].row->indicator, span_str(cases[i].indicator)) : n == 0,
			"%s is %s", cases[i].text, cases[i].indicator ? cases[i].indicator : "nothing known");
	}
	p->previous = SPAN("");
}

static void
periods(struct prose *p)
{
	static const struct {
		const char *clause, *period;
	} cases[] = {
		{"2017年全县收到政府信息公开申请【5件】", ""},
		{"2016年主动公开政府信息【5条】", "2016"},
		{"上年收到政府信息公开申请【5件】", "2016"},
		{"较2016年减少，2017年收到政府信息公开申请【5件】", ""},
		{"申请由2016年的【5件】", "2016"},
		{"《条例》实施三年多来，共受理申请【5件】", "cumulative"},
		{"《条例》实施9年来，累计受理申请【5件】", "cumulative"},
		{"三年共培训干部【1200人次】", "cumulative"},
		{"二〇一三年共培训干部【120人次】", ""},
		{"自《条例》实施起至2017年底，公开信息【5条】", "cumulative"},
		{"自《条例》施行以来，历年受理申请数分别为:2013年【5件】", "2013"},
		{"自《条例》施行至2017年底，主动公开政府信息【5条】", "cumulative"},
		{"2016年结转政府信息公开申请【5件】", ""},
		{"上年结转政府信息公开申请【5件】", ""},
		{"自2008年以来，累计主动公开政府信息【5条】", "2008-2017"},
		{"自2017年1月1日起至2017年12月31日，公开政府信息【5条】", ""},
		{"落实《2016年政务公开工作要点》，公开政府信息【5条】", ""},
	};
	struct facts facts = {.n = 0};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool stated;
		uint16_t period = prose_period(p, span_str(cases[i].clause), 2017, &facts, &stated);
		struct span got = period ? facts.period[period] : SPAN("");

		ok(span_eq(got, span_str(cases[i].period)), "period '%s' of %s", cases[i].period,
			cases[i].clause);
	}
	facts_release(&facts);
}

static bool
same_meanings(const struct meaning *a, size_t n, const struct meaning *b, size_t m)
{
	for (size_t i = 0; i < n && n == m; i++)
		if (a[i].row != b[i].row || a[i].column != b[i].column || a[i].phrase != b[i].phrase)
			return false;
	return n == m;
}

/* The text with other digits for the number of its last clause. */
static struct buf
with_other_digits(struct span text)
{
	struct span own = own_clause(text);
	struct buf changed = BUF_INIT;

	buf_add_span(&changed, text);
	for (size_t i = (size_t)(own.p - text.p) + span_find(own, SPAN("【")); i < changed.n; i++)
		if (changed.p[i] > '0' && changed.p[i] <= '9')
			changed.p[i] = (char)('1' + (changed.p[i] - '0') * 5 % 9);
	return changed;
}

/*
 * What prose_recall builds on: of a number phrases see no more than whether it is 0 and how long it is.  `other` is
 * asked for the text with other digits, and has seen none of the texts before.
 */
static bool
sees_no_digits(struct prose *p, struct prose *other, struct span text, int year)
{
	struct span unit = unit_of(text);
	struct meaning a[MOST_MEANINGS], b[MOST_MEANINGS];
	struct buf changed = with_other_digits(text);
	size_t n, m;

	n = prose_meanings(p, text, SPAN("3"), unit, NO_FORM, year, a);
	m = prose_meanings(other, buf_span(&changed), SPAN("7"), unit, NO_FORM, year, b);
	buf_release(&changed);
	return same_meanings(a, n, b, m);
}

/* And what prose_gather builds on: nor does any pattern, whatever it is for. */
static void
patterns_see_no_digits(const struct phrases *phrases, struct span text)
{
	struct buf changed = with_other_digits(text);
	struct span a = own_clause(text), b = own_clause(buf_span(&changed));

	for (size_t i = 0; i < phrases->n; i++) {
		struct pattern *pattern = phrases->phrase[i].pattern;
		size_t at = 0, there = 0;

		if (phrases->phrase[i].indicator.p[0] != '{' &&
			(pattern_found(phrases->patterns, pattern, a, &at) !=
					pattern_found(phrases->patterns, pattern, b, &there) ||
				at != there))
			ok(false, "line %zu sees the digits of %.*s", phrases->phrase[i].line, SPAN_ARG(a));
	}
	buf_release(&changed);
}

static void
digits(const struct form_book *book, const struct identity_finder *finder)
{
	struct prose *p = prose_new(NULL, book, finder), *other = prose_new(NULL, book, finder);
	const struct phrases *phrases = p->phrases;
	size_t example = table_column(phrases->table, "example"), asked = 0, same = 0;

	for (size_t i = 0; i < phrases->n; i++) {
		struct span text = table_cell(phrases->table, i, example);

		if (phrases->phrase[i].indicator.p[0] == '{' || !unit_of(text).n)
			continue;
		patterns_see_no_digits(phrases, text);
		for (int year = 2016; year <= 2022; year += 3, asked++) {
			bool holds = sees_no_digits(p, other, text, year);

			same += holds;
			if (!holds)
				ok(false, "other digits in %.*s mean the same", SPAN_ARG(text));
		}
	}
	ok(asked > 500 && same == asked, "%zu texts mean the same with other digits", asked);
	prose_free(p);
	prose_free(other);
}

/* A text that came before means the same when it comes again, whatever stood between. */
static void
again(const struct form_book *book, const struct identity_finder *finder)
{
	struct prose *p = prose_new(NULL, book, finder);
	const struct phrases *phrases = p->phrases;
	size_t example = table_column(phrases->table, "example"), same = 0, asked = 0;
	struct meaning *first = xcalloc(phrases->n * MOST_MEANINGS, sizeof *first);
	size_t *n = xcalloc(phrases->n, sizeof *n);

	for (int round = 0; round < 4; round++)
		for (size_t i = 0; i < phrases->n; i++) {
			struct span text = table_cell(phrases->table, i, example);
			struct meaning m[MOST_MEANINGS], *was = first + i * MOST_MEANINGS;
			size_t now;

			if (phrases->phrase[i].indicator.p[0] == '{')
				continue;
			buf_reset(&p->last);
			now = prose_meanings(p, text, SPAN("3"), unit_of(text), NO_FORM, 2016, m);
			asked++;
			if (round == 0) {
				n[i] = now;
				memcpy(was, m, now * sizeof *m);
			}
			same += same_meanings(was, n[i], m, now);
		}
	ok(same == asked, "%zu times a text means what it meant before", asked);
	free(first);
	free(n);
	prose_free(p);
}

int
main(void)
{
	struct form_book *book = form_book_new(NULL);
	struct identity_finder *finder = identity_new(NULL, false);
	struct prose *p = book && finder ? prose_new(NULL, book, finder) : NULL;
	size_t example, counter;

	ok(p != NULL, "the tables load");
	if (!p)
		return done_testing();
	example = table_column(p->phrases->table, "example");
	counter = table_column(p->phrases->table, "counter");
	for (size_t i = 0; i < p->phrases->n; i++) {
		struct phrase *ph = &p->phrases->phrase[i];
		struct span yes = table_cell(p->phrases->table, i, example), no = table_cell(p->phrases->table, i, counter);

		if (ph->indicator.p[0] == '{')
			continue;
		ok(yes.n && means(p, ph, yes), "line %zu: %.*s is %.*s", ph->line, SPAN_ARG(yes),
			SPAN_ARG(ph->indicator));
		if (no.n)
			ok(!means(p, ph, no), "line %zu: %.*s is not %.*s", ph->line, SPAN_ARG(no),
				SPAN_ARG(ph->indicator));
	}
	shares(p);
	carried_over(p);
	periods(p);
	digits(book, finder);
	again(book, finder);
	ok(prose_limited(p) == 0, "no pattern reaches its match limit");
	prose_free(p);
	identity_free(finder);
	form_book_free(book);
	return done_testing();
}
