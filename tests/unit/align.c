/* links: cmd/classify/form */
#include "form/align.h"

#include <stdlib.h>

#include "tap.h"

enum { MOST = 32 };

static struct form_book *book;
static struct aligner *aligner;
static struct buf keys;
static const char *const *texts;

static struct span
key_of(void *context, const struct entry *e)
{
	(void)context;
	buf_reset(&keys);
	return label_read(book->labels, span_str(texts[e->label]), &keys).key;
}

static uint16_t
form(const char *name)
{
	for (size_t f = 0; f < book->neditions; f++)
		if (span_eq(book->edition[f].name, span_str(name)))
			return (uint16_t)f;
	return 0;
}

/* A table that is known from before has the answers it had. */
static void
again(const struct entry *first, size_t n, uint16_t f)
{
	static uint32_t ids;
	struct entry entry[MOST];
	size_t good = 0;

	memcpy(entry, first, n * sizeof *entry);
	for (size_t i = 0; i < n; i++)
		entry[i].id = ++ids;
	align(aligner, entry, n, f, key_of, NULL);
	for (size_t i = 0; i < n; i++)
		entry[i].row = 0;
	align(aligner, entry, n, f, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		good += entry[i].row == first[i].row && entry[i].match == first[i].match &&
			entry[i].doubtful == first[i].doubtful && entry[i].again == first[i].again;
	ok(good == n, "known from before");
}

/* Lays the labels along the form; `want` names the indicators, "-" for none, "?" before a doubtful one. */
static void
check(const char *name, const char *const *labels, const char *const *want, const char *what)
{
	struct entry entry[MOST];
	size_t n = 0, good = 0;
	uint16_t f = form(name);

	texts = labels;
	for (; labels[n]; n++) {
		struct label label;
		size_t nref;

		buf_reset(&keys);
		label = label_read(book->labels, span_str(labels[n]), &keys);
		entry[n] = (struct entry){.label = (uint32_t)n, .n = 1,
			.numbering = (uint8_t)label.numbering, .number = label.number};
		entry[n].ref = form_book_rows(book, &label, &nref);
		entry[n].nref = (uint32_t)nref;
	}
	align(aligner, entry, n, f, key_of, NULL);
	again(entry, n, f);
	for (size_t i = 0; i < n; i++) {
		bool doubtful = want[i][0] == '?';
		struct span wanted = span_str(want[i] + doubtful);
		struct span got = entry[i].row == NO_ROW ? SPAN("-")
			: book->edition[f].row[entry[i].row].row->indicator;

		if (span_eq(got, wanted) && entry[i].doubtful == doubtful)
			good++;
		else
			printf("# %s: %.*s%s\n", labels[i], SPAN_ARG(got), entry[i].doubtful ? " (doubtful)" : "");
	}
	ok(good == n, "%s", what);
}

#define CHECK(name, what, labels, wants)                                                          \
	check(name, (const char *const[]){labels, NULL}, (const char *const[]){wants}, what)
#define LIST(...) __VA_ARGS__

int
main(void)
{
	struct label label;

	book = form_book_new(NULL);
	ok(book != NULL, "the tables load");
	if (!book)
		return done_testing();
	aligner = aligner_new(book);

	label = label_read(book->labels, span_str("（二）部分公开（区分处理的，只计这一情形）"), &keys);
	ok(span_eq(label.key, SPAN("部分公开")) && label.numbering == NUMBER_BRACKET && label.number == 2,
		"numbering and remark are no part of the key");
	label = label_read(book->labels, span_str("其中:主动公开规范性文件数"), &keys);
	ok(label.of_which && span_eq(label.key, SPAN("主动公开规范性文件数")), "其中 is cut off");
	label = label_read(book->labels, span_str("共中:主动公开规范性文件数"), &keys);
	ok(label.of_which && span_eq(label.key, SPAN("主动公开规范性文件数")), "so is one with its first character mistyped");
	label = label_read(book->labels, span_str("集中主动公开数"), &keys);
	ok(!label.of_which && span_eq(label.key, SPAN("集中主动公开数")), "but no word like it");
	label = label_read(book->labels, span_str("一是主动公开数"), &keys);
	ok(label.number == 1 && span_eq(label.key, SPAN("主动公开数")), "一是 is a number");
	label = label_read(book->labels, span_str("6公开国有企业信息数"), &keys);
	ok(label.number == 6 && span_eq(label.key, SPAN("公开国有企业信息数")), "a number needs no stop");
	label = label_read(book->labels, span_str("贰、依申请公开"), &keys);
	ok(label.numbering == NUMBER_SECTION && label.number == 2 && span_eq(label.key, SPAN("依申请公开")), "in any numeral");
	label = label_read(book->labels, span_str("一门式服务"), &keys);
	ok(span_eq(label.key, SPAN("一门式服务")), "but 一 of a word stays");

	CHECK("2014", "rows as printed",
		LIST("四、行政复议数量", "(一)维持具体行政行为数", "(二)被依法纠错数", "(三)其他情形数", "五、行政诉讼数量",
			"(二)被依法纠错数", "(三)其他情形数"),
		LIST("review.total", "review.upheld", "review.corrected", "review.other", "litigation.total",
			"litigation.corrected", "litigation.other"));
	CHECK("2014", "labels two groups share, with neither heading: no row",
		LIST("一、主动公开情况", "(二)被依法纠错数", "(三)其他情形数"), LIST("section.proactive", "-", "-"));
	CHECK("2014", "the heading of the second group is lost",
		LIST("四、行政复议数量", "(二)被依法纠错数", "(一)维持具体行政行为或者驳回原告诉讼请求数", "(二)被依法纠错数"),
		LIST("review.total", "review.corrected", "litigation.upheld", "litigation.corrected"));
	CHECK("2014", "what stands above a heading is none of its rows",
		LIST("(三)申请答复数", "(二)被依法纠错数", "(三)其他情形数", "五、行政诉讼数量", "六、举报投诉数量"),
		LIST("requests.answered", "-", "-", "litigation.total", "complaints.total"));
	CHECK("2014", "the same label above the heading and below it",
		LIST("(三)申请答复数", "(三)其他情形数", "五、行政诉讼数量", "(二)被依法纠错数", "(三)其他情形数"),
		LIST("requests.answered", "-", "litigation.total", "litigation.corrected", "litigation.other"));
	CHECK("2014", "a mistyped letter",
		LIST("1.当面申请数", "2.传真申请数", "3.网络申晴数", "4.信函申请数"),
		LIST("requests.received.in_person", "requests.received.fax", "?requests.received.online",
			"requests.received.mail"));
	CHECK("2014", "a label beyond reading, between two that are sure and with its number: doubtful",
		LIST("1.当面申请数", "2.传具由晴数", "3.网络申请数"),
		LIST("requests.received.in_person", "?requests.received.fax", "requests.received.online"));
	CHECK("2014", "a row of the province's own has none",
		LIST("1.当面申请数", "2.传真申请数", "其中:微信小程序申请数", "3.网络申请数"),
		LIST("requests.received.in_person", "requests.received.fax", "-", "requests.received.online"));
	CHECK("2014", "rows exchanged keep their own label",
		LIST("1.当面申请数", "3.网络申请数", "2.传真申请数", "4.信函申请数"),
		LIST("requests.received.in_person", "requests.received.online", "requests.received.fax",
			"requests.received.mail"));
	CHECK("2014", "full-time and part-time are one letter apart",
		LIST("(三)从事政府信息公开工作人员数", "1.兼职人员数", "2.兼职人员数"),
		LIST("capacity.staff", "capacity.staff.part_time", "capacity.staff.part_time"));
	CHECK("2021", "a form with other rows",
		LIST("(六)其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "3.其他", "(七)总计"),
		LIST("requests.result.other", "requests.result.other.overdue_correction", "requests.result.other.misc",
			"requests.result.total"));

	aligner_free(aligner);
	form_book_free(book);
	buf_release(&keys);
	return done_testing();
}
