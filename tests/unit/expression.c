#include "expression.h"

#include "tap.h"

static struct expression e;
static struct buf why;

static bool
parses(const char *text)
{
	return expression_parse(span_str(text), &e, &why);
}

static void
refuses(const char *text, const char *reason)
{
	bool good = parses(text);

	buf_add_char(&why, '\0');
	ok(!good && strcmp(why.p, reason) == 0, "'%s' is refused: %s", text, why.p);
}

static void
accepts(const char *text, enum expression_kind kind, size_t relations, size_t refs)
{
	ok(parses(text) && e.kind == kind && e.nrelations == relations && e.nrefs == refs, "'%s'", text);
}

int
main(void)
{
	accepts("a.b = c + d - e", EXPRESSION_RELATION, 1, 4);
	ok(e.refs[0].sign == '+' && e.refs[2].sign == '+' && e.refs[3].sign == '-' && e.relations[0].nleft == 1 &&
			e.relations[0].nright == 3,
		"signs and sides");
	accepts("a[x] + b >= 0", EXPRESSION_RELATION, 1, 3);
	ok(e.relations[0].op == OP_AT_LEAST && span_eq(e.refs[0].column, SPAN("x")) && e.refs[2].kind == REF_NUMBER,
		"a column, a number");
	accepts("[total]<=[org.other]@prev", EXPRESSION_RELATION, 1, 2);
	ok(e.refs[0].code.n == 0 && !e.refs[0].prev && e.refs[1].prev, "a column alone, the year before");
	accepts("a = 0 and b = 12 => c = 0", EXPRESSION_RELATION, 3, 6);
	ok(e.refs[3].number == 12, "12");
	accepts("narrative(a.b) = a.b[total]", EXPRESSION_RELATION, 1, 2);
	ok(e.refs[0].kind == REF_NARRATIVE, "narrative");
	accepts("children(a[total]) <= a[total]", EXPRESSION_RELATION, 1, 2);
	ok(e.refs[0].kind == REF_CHILDREN && span_eq(e.refs[0].column, SPAN("total")), "children");
	accepts("narrative(percent) = narrative(part) / narrative(whole)", EXPRESSION_RELATION, 1, 3);
	ok(e.refs[2].sign == '/', "a division");
	accepts("integer(*)", EXPRESSION_INTEGER, 0, 0);
	accepts(" plausible( a[b] ) ", EXPRESSION_PLAUSIBLE, 0, 1);
	accepts("steady(*)", EXPRESSION_STEADY, 0, 0);
	accepts("- a + b = 0", EXPRESSION_RELATION, 1, 3);
	ok(e.refs[0].sign == '-', "a sign in front");
	accepts("integer = 3", EXPRESSION_RELATION, 1, 2);

	refuses("", "a row, a column or a number is missing at the end of the rule");
	refuses("a", "'=', '<=' or '>=' is missing at the end of the rule");
	refuses("a = ", "a row, a column or a number is missing at the end of the rule");
	refuses("a < b", "'=', '<=' or '>=' is expected before '<'");
	refuses("a \u2264 b", "'=', '<=' or '>=' is expected before '\u2264'");
	refuses("收到 = b", "a row, a column or a number is expected before '收到'");
	refuses("a = b c", "the end of the rule is expected before 'c'");
	refuses("a = b and c = d", "'=>' is missing at the end of the rule");
	refuses("a = b => c", "'=', '<=' or '>=' is missing at the end of the rule");
	refuses("a[b = c", "']' is expected before '='");
	refuses("a[] = c", "a column is expected before ']'");
	refuses("a@next = c", "'prev' is expected before 'next'");
	refuses("sum(a) = c", "there is no function 'sum' here");
	refuses("integer(a)", "'*' is expected before 'a'");
	refuses("integer(*) = 3", "the end of the rule is expected before '='");
	refuses("a = 99999999999999999999", "the number '99999999999999999999' is too large");
	refuses("a = \"b\"", "a row, a column or a number is expected before '\"'");
	expression_release(&e);
	buf_release(&why);
	return done_testing();
}
