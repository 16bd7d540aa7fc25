/* links: cmd/extract/html cmd/extract/charset cmd/extract/blank.c cmd/extract/piece.c */

#include "html/html.h"

#include "html_show.h"
#include "tap.h"

struct example {
	const char *about, *page, *want;
	bool lines; /* `want` says the lines, too */
};

static const struct example examples[] = {
	/* Words. */
	{"a line a block", "<p>甲<p>乙</p>丙<div>丁<h1>戊</h1>己</div>庚", "\"甲\" \"乙\" \"丙\" \"丁\" \"戊\" \"己\" \"庚\"", false},
	{"br ends a line outside cells", "甲<br>乙<br/>丙</br>丁", "\"甲\" \"乙\" \"丙\" \"丁\"", false},
	{"inline markup runs on", "共<b>1<span>2</span></b><a href=x>件</a>", "\"共12件\"", false},
	{"blanks collapse across tags", " a  <b> b</b>\r\n\tc ", "\"a b c\"", false},
	{"hard blanks and U+3000 alone are blanks", "甲&nbsp;乙\xe3\x80\x80丙", "\"甲 乙 丙\"", false},
	{"two hard blanks stay seen in text", "甲&nbsp;&nbsp;&nbsp;乙", "\"甲  乙\"", false},
	{"a tab within a line stays", "<div>甲\t乙</div>", "\"甲\t乙\"", false},
	{"a tab of the source's layout does not", "甲\n\t\t1", "\"甲 1\"", false},
	{"a line end amid CJK is nothing", "甲\n\t乙\n1\n2\n&#30002;\r\n，<b>\n乙</b>\n丙", "\"甲乙 1 2 甲， 乙 丙\"", false},
	{"pre keeps blanks and lines", "<pre>\n甲   | 乙\t|\r\n  丙\r丁</pre>戊", "\"甲   | 乙\t|\" \"  丙\" \"丁\" \"戊\"", false},
	{"title and meta", "<title> 甲\n 1 </title><meta NAME=\"a\" content=' x\ty '><meta property=og:b content=c&amp;d><meta name=e>", "T[甲 1] M[a=x y] M[og:b=c&d]", false},
	{"the title of an svg is none", "<svg><title>icon</title></svg><title>t</title>", "T[t]", false},
	{"zero-width characters vanish", "1\xe2\x80\x8b" "2\xef\xbb\xbf" "3&shy;4", "\"1234\"", false},
	{"control characters never leave", "a\x01" "b\x7f" "c\xc2\x85" "d&#7;e&#13;f", "\"a b c d e f\"", false},
	{"raised digits are no part of a number", "12<sup>3</sup> m<sup>2</sup>", "\"12 / 3 m2\"", false},
	{"struck digits are no part of a number", "<s>1</s>2<s>条</s>3 <del>76</del> 345", "\"/ 1 / 2条3 / 76 / 345\"", false},
	{"a datum in a table of its own", "<table><tr><td>甲<td><table><tr><td>5</table><td>6<tr><td>乙<td rowspan=2>7<td><table><td></table><tr><td>丙<td> <table><td><b>8</b></table> ", "1@1,1[甲] 1@1,2[5] 1@1,3[6] 1@2,1[乙] 1@2,2+2x1[7] 1@2,3[] 1@3,1[丙] 1@3,3[8]", false},
	{"but not one of several, or beside text", "<table><tr><td>甲<td><table><tr><td>5<td>6</table><td>7<td>乙<table><td>8</table></table><table><td><table><td>9</table></table>", "1@1,1[甲] 2@1,1[5] 2@1,2[6] 1@1,3[7] \"乙\" 3@1,1[8] 5@1,1[9]", false},
	{"numbers on two lines of a cell are two", "<table><td>12<br>345<td><p>1</p><p>2</p><td>甲<br>3<br>乙<td><select><option>1<option>234</select>", "1@1,1[12 / 345] 1@1,2[1 2] 1@1,3[甲 3 乙] 1@1,4[1 / 234]", false},
	{"lines are counted through LF, CRLF and CR", "a\n<p>\r\nb\r<p>\rc<table>\n<td>\n\n1\n<td\n>\n</table>", "1:\"a\" 3:\"b\" 5:\"c\" 8:1@1,1[1] 9:1@1,2[]", true},

	/* References. */
	{"references by name, with and without ';'", "&lt;&gt&amp;&quot;&copy&notit;&notin;&NotEqualTilde;&xyz;&", "\"<>&\"\xc2\xa9\xc2\xacit;\xe2\x88\x89\xe2\x89\x82\xcc\xb8&xyz;&\"", false},
	{"references by number", "&#65;&#x42&#150;&#0;&#xd800;&#x110000;&#99999999999;&#;&#x;", "\"AB\xe2\x80\x93\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&#;&#x;\"", false},
	{"references in attributes stop at '=' and letters", "<meta name=a content='&amp=&lt;&copy1&copy;'>", "M[a=&amp=<&copy1\xc2\xa9]", false},

	/* What the tokenizer must see through. */
	{"comments", "a<!-- <p> -- > -->b<!-->c<!--->d<!----!>e<!--x--!>f", "\"abcdef\"", false},
	{"a comment never closed", "a<!-- b <p>c</p>", "\"a\"", false},
	{"bogus comments", "a<!x>b<?xml:namespace prefix='o' ?>c</ x>d<![if !supportEmptyParas]>e<![endif]>", "\"abcde\"", false},
	{"CDATA is a comment in HTML, text in svg", "a<![CDATA[x>y]]>b<svg><![CDATA[<p>&amp;]]></svg>", "\"ay]]>b<p>&amp;\"", false},
	{"a '<' that begins no tag", "1 < 2 <3 <", "\"1 < 2 <3 <\"", false},
	{"script", "a<script>\"<p>\"</scriptx></script >b<SCRIPT><!--<script></script>--></script>c", "\"abc\"", false},
	{"script in script in a comment", "<script><!-- <script> </script> <p>x --> <p> </script>a", "\"a\"", false},
	{"what an input shows in a cell, and outside of one",
		"<input value=a><table><tr><td><INPUT value='3'><td>b<input type=number value=\"4&#48;\">5<td><input type=hidden value=6><td>"
		"<input type=checkbox value=7>c<td><input style='display:none' value=8><td><input type=Text value=' 9 '></table>",
		"1@1,1[3] 1@1,2[b40 / 5] 1@1,3[] 1@1,4[c] 1@1,5[] 1@1,6[9]", false},
	{"raw text", "<style><p></style>a<textarea>&lt;<p></textarea><xmp>&lt;<b></xmp><iframe><p>x</iframe>b<noframes>x</noframes>", "\"a\" \"<<p>\" \"&lt;<b>\" \"b\"", false},
	{"plaintext", "a<plaintext><p>&amp;</plaintext>", "\"a\" \"<p>&amp;</plaintext>\"", false},
	{"attributes of all kinds", "<a b=\"x>y\" c='>' d=e\"f g==\"h i j = k/>1</a x='>'>2<p \"a>3", "\"12\" \"3\"", false},
	{"a tag never closed is no tag", "a<p b=\"c>d", "\"a\"", false},

	/* What is not displayed. */
	{"display none", "a<div style='color:red; DISPLAY : None'>b<div>c</div>d</div>e", "\"a\" \"e\"", false},
	{"the last word on display counts", "<p style='display:none;display:block'>a<p style='xdisplay:none'>b", "\"a\" \"b\"", false},
	{"hidden", "<p hidden>a<p>b<span hidden>c<span>d</span>e</span>f<input hidden>g", "\"bfg\"", false},
	{"what hides ends with the block around it", "<div><span hidden>a<div>b</div>c</div>d<div><p hidden>e</div>f", "\"d\" \"f\"", false},
	{"a page is never hidden as a whole", "<html hidden><body style='display:none'>a<p>b", "\"a\" \"b\"", false},
	{"hidden rows and cells take no place", "<table><tr hidden><td>a<tr><td style=display:none>b<td>c<tr><td>d<td hidden>e", "1@1,1[c] 1@2,1[d]", false},
	{"a hidden table counts as a table", "<table hidden><td>a</table><table><td>b</table>", "2@1,1[b]", false},
	{"what does not show keeps its place", "<table><td>a<td style='visibility: hidden'>b<td>c<span style=visibility:hidden>d</span>e<tr style='visibility:collapse'><td>f<tr><td>g</table><div style='visibility:hidden'>h</div>", "1@1,1[a] 1@1,2[] 1@1,3[ce] 1@2,1[g] \"h\"", false},
	{"digits raised by a style", "<table><td>12<span style='font-size:9pt;vertical-align:super'>3<b>4</b></span>5<td>1<a style='vertical-align:middle;color:super'>2</a>3<td>4", "1@1,1[12 / 34 / 5] 1@1,2[123] 1@1,3[4]", false},
	{"digits struck through by a style", "<table><td><span style='color:red;text-decoration:line-through'>7<span>6</span></span>228<td>1<a style='text-decoration:underline;color:line-through'>2</a>3<td>4", "1@1,1[/ 76 / 228] 1@1,2[123] 1@1,3[4]", false},
	{"a number that is struck is none, alone or with its cell",
		"<table><td><s>3<td>4<td><del><p>5</p></del>6<td style='text-decoration:line-through'>7<td>8<td><s>a</s>9<td><s>b1 <i>2</i>3</s>",
		"1@1,1[/ 3] 1@1,2[4] 1@1,3[/ 5 6] 1@1,4[/ 7] 1@1,5[8] 1@1,6[a9] 1@1,7[b1 23]", false},
	{"raised and other digits never become thousands", "12<sup>300</sup>4 <pre>5 <small>678</small></pre><table><td>2<input value=300>", "\"12 / 300 / 4\" \"5 / 678\" 1@1,1[2 / 300]", false},
	{"what stands in for a thing not shown is no part of a number beside it",
		"1<noscript>2</noscript>3<audio>4</audio>5<ruby>6<rt>7</rt></ruby>8<svg><text>9</text></svg>1<bdo dir=rtl>23</bdo>", "\"1 / 2 / 3 / 4 / 56 / 7 / 8 / 9 / 1 / 23\"", false},
	{"nor is text of no size, not so one that is small", "<table><td>1<span style='FONT-SIZE:  0pt'>2</span>3<td>1<i style='font-size:0.9em'>2</i>3<td style='font-size:0'><b style='font-size:9pt'>4</b>5<td>1<i style='color:red;font-size:.0em'>2</i>3",
		"1@1,1[1 / 2 / 3] 1@1,2[123] 1@1,3[45] 1@1,4[1 / 2 / 3]", false},
	{"what is wholly transparent keeps its place, in cells", "<table><td>1<span style='opacity: 0.0'>2</span>3<td style=opacity:0>4<td>5<i style='opacity:0.5'>6</i></table><div style='opacity:0'>7</div>", "1@1,1[13] 1@1,2[] 1@1,3[56] \"7\"", false},
	{"what hides ends with its cell", "<table><tr><td><div hidden>a<td>b</table>", "1@1,1[] 1@1,2[b]", false},
	{"a hidden table leaves its cell a cell", "<table><td>a<table hidden><td>x</table>b</table>", "1@1,1[a b]", false},
	{"template", "a<template><table><td>x<template>y</template>z</table></template>b", "\"ab\"", false},

	/* Tables. */
	{"a table", "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "1@1,1[a] 1@1,2[b] 1@2,1[c]", false},
	{"no end tags, no tbody", "<TABLE><TR><TD>a<TD>b<TR><TD>c</TABLE>d", "1@1,1[a] 1@1,2[b] 1@2,1[c] \"d\"", false},
	{"cells outside rows", "<table><td>a<td>b<tr><td>c</table>", "1@1,1[a] 1@1,2[b] 1@2,1[c]", false},
	{"the end of the page closes all", "<table><tr><td>a<td>b", "1@1,1[a] 1@1,2[b]", false},
	{"cells and rows outside tables part lines", "<tr><td>a<td>b</tr>c", "\"a\" \"b\" \"c\"", false},
	{"text directly in a table", "<table>x<tr>y<td>a</td>z</table>", "\"x\" \"y\" 1@1,1[a] \"z\"", false},
	{"caption", "<table><caption>x<b>y</caption><tr><td>a", "\"xy\" 1@1,1[a]", false},
	{"a caption never closed", "<table><caption>x<tr><td>a", "\"x\" 1@1,1[a]", false},
	{"colgroup", "<table><colgroup><col><col></colgroup>x<col>y<tr><td>a", "\"x\" \"y\" 1@1,1[a]", false},
	{"an end tag of a section not open is nothing", "<table><tbody><tr><td>a</thead>b</tbody><td>c", "1@1,1[ab] 1@2,1[c]", false},
	{"</th> does not end a td", "<table><td>a</th>b</td><td>c", "1@1,1[ab] 1@1,2[c]", false},
	{"</tr>, </table> end a cell", "<table><tr><td>a</tr><tr><td>b</table>c", "1@1,1[a] 1@2,1[b] \"c\"", false},
	{"a table in a table outside cells is its sibling", "<table><tr><table><td>a</table>", "2@1,1[a]", false},
	{"spans", "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d", "1@1,1+2x1[a] 1@1,2+1x2[b] 1@2,2[c] 1@2,3[d]", false},
	{"odd spans", "<table><td colspan=0>a<td colspan=x>b<td colspan=' +2x'>c<td colspan=-3>d<td colspan=5000 colspan=2>e<td rowspan=99999>f", "1@1,1[a] 1@1,2[b] 1@1,3+1x2[c] 1@1,5[d] 1@1,6+1x1000[e] 1@1,1006+65534x1[f]", false},
	{"rowspan=0 reaches to the end of its group", "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d", "1@1,1+2x1[a] 1@1,2[b] 1@2,2[c] 1@3,1[d]", false},
	{"cells may overlap", "<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d", "1@1,1[a] 1@1,2+2x1[b] 1@2,1+1x2[c] 1@2,3[d]", false},
	{"a span past its group makes it as high", "<table><thead><tr><td rowspan=3>a<td>b<tbody><tr><td>c", "1@1,1+3x1[a] 1@1,2[b] 1@4,1[c]", false},
	{"a tfoot sinks", "<table><tfoot><tr><td>f<td>g<tbody><tr><td>a<td>b<tr><td>c", "1@3,1[f] 1@3,2[g] 1@1,1[a] 1@1,2[b] 1@2,1[c]", false},
	{"two of them in turn", "<table><tfoot><tr><td>f<tbody><tr><td>a<tfoot><tr><td>g<tr><td>h<tbody><tr><td>b", "1@3,1[f] 1@1,1[a] 1@4,1[g] 1@5,1[h] 1@2,1[b]", false},

	/* In a cell. */
	{"br between CJK joins, else parts", "<table><td>商业<br>企业<td>1<br>2<td>a<br>b<td>共<br>2", "1@1,1[商业企业] 1@1,2[1 2] 1@1,3[a b] 1@1,4[共 2]", false},
	{"so do paragraphs", "<table><td><p>科研</p>\n<p>机构</p><td><p>1</p><p>2</p>", "1@1,1[科研机构] 1@1,2[1 2]", false},
	{"Word's paste", "<table class=MsoNormalTable><tr style='x'><td width=1><p class=MsoNormal align=center><span lang=EN-US>1</span><span>2<o:p></o:p></span></p><td><p><o:p>&nbsp;</o:p>", "1@1,1[12] 1@1,2[]", false},
	{"blanks are one space in a cell", "<table><td>a\tb&nbsp;&nbsp; c<pre>d   e</pre>", "1@1,1[a b c d e]", false},

	/* Layout. */
	{"an inner table is its own", "<table><tr><td>甲<p>乙<table><tr><td>1<td>2</table>丙</table>", "\"甲\" \"乙\" 2@1,1[1] 2@1,2[2] \"丙\"", false},
	{"the other cells of a layout table are text", "<table><tr><td>甲<tr><td><table><td>1</table><tr><td><tr><td>乙</table>", "\"甲\" 2@1,1[1] \"乙\"", false},
	{"but a table of data stays one, with what is set in its cells", "<table><tr><td>甲<td>1<tr><td>乙<td><table><td>2</table></table>", "1@1,1[甲] 1@1,2[1] 1@2,1[乙] 1@2,2[2]", false},
	{"prose in a cell is lines", "<table><td>一、总体情况<br>　　全年收到的申请都已经按时办结，没有一件超过期限。<br>二、问题</table>", "\"一、总体情况\" \"全年收到的申请都已经按时办结，没有一件超过期限。\" \"二、问题\"", false},
	{"a table of a sentence a row is layout", "<table><tr><td>甲<tr><td>全年收到的申请都已经按时办结，没有一件超过期限。</table>", "\"甲\" \"全年收到的申请都已经按时办结，没有一件超过期限。\"", false},
	{"a sentence beside a label is a cell", "<table><td>说明<td>全年收到的申请都已经按时办结，没有一件超过期限。</table>", "1@1,1[说明] 1@1,2[全年收到的申请都已经按时办结，没有一件超过期限。]", false},
	{"so is one cut in two, or before it", "<table><td>1<td>全年收到的申请都已经按时办结，<p>没有一件超过期限，也没有一件被撤销的。</table>", "1@1,1[1] 1@1,2[全年收到的申请都已经按时办结，没有一件超过期限，也没有一件被撤销的。]", false},
	{"a text beside data is lines", "<table><td>说明<td>一<br>二<br>全年收到的申请都已经按时办结，没有一件超过期限。<br>三</table>", "\"说明\" \"一\" \"二\" \"全年收到的申请都已经按时办结，没有一件超过期限。\" \"三\"", false},
	{"bars in a cell are lines", "<table><td>项目 | 数量<br>新收 | 1</table>", "\"项目 | 数量\" \"新收 | 1\"", false},
	{"pre in a cell is lines", "<table><td><pre>a | 1\nb | 2</pre></table>", "\"a | 1\" \"b | 2\"", false},
	{"nested in three", "<table><td>a<table><td>b<table><td>1<td>2</table>c</table>d</table>", "\"a\" \"b\" 3@1,1[1] 3@1,2[2] \"c\" \"d\"", false},
};

static void
check(struct html *html, const struct example *e)
{
	struct pieces pieces = PIECES_INIT;
	struct html_fault fault;
	struct span page = span_str(e->page);
	struct charset charset = charset_decide(page, span_of(NULL, 0));
	struct buf got = BUF_INIT;
	bool read = html_read(html, page, &charset, &pieces, &fault);

	html_show(&pieces, e->lines, &got);
	if (!ok(read && strcmp(got.p, e->want) == 0, "%s", e->about))
		printf("# page %s\n# got  %s\n# want %s\n", e->page, got.p, e->want);
	pieces_release(&pieces);
	buf_release(&got);
}

static void
check_nul(struct html *html)
{
	struct charset charset = {.id = CHARSET_UTF8};
	struct pieces pieces = PIECES_INIT;
	struct html_fault fault;

	ok(html_read(html, span_of("a\0b<\0p><p\0>c", 12), &charset, &pieces, &fault) &&
		   pieces.n == 1 && span_eq(piece_text(&pieces, &pieces.v[0]), SPAN("ab<p>c")),
	   "NULs vanish from text, and make another name of a tag's");
	pieces_release(&pieces);
}

/* A page just over each limit is refused where it passes it, and one at the limit is not. */
static void
check_limits(void)
{
	static const struct {
		const char *page, *reason;
		size_t line;
	} over[] = {
		{"<table><td>1<td>2<td>3\n<td>4", "more cells than --max-cells", 2},
		{"<table><td><table><td>\n\n<table>", "tables nested deeper than --max-nesting", 3},
		{"<table><td colspan=5>", "a table too wide or too high", 1},
		{"a<p>b<p>c<p>d\n<p>e<p>f", "too many lines of text", 2},
	};
	const struct html_limits limits = {2, 3, 4, 4};
	struct html *html = html_new(&limits);
	struct charset charset = {.id = CHARSET_UTF8};
	struct pieces pieces = PIECES_INIT;
	struct html_fault fault;

	for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
		bool read = html_read(html, span_str(over[i].page), &charset, &pieces, &fault);

		ok(!read && strcmp(fault.reason, over[i].reason) == 0 && fault.line == over[i].line,
		   "refused: %s", over[i].reason);
		pieces_reset(&pieces);
	}
	ok(html_read(html, SPAN("<table><td>1<td><table><td colspan=4>2</table></table>a<p>b"), &charset,
		     &pieces, &fault),
	   "at the limits, and after a refusal, a page is read");
	pieces_release(&pieces);
	html_free(html);
}

int
main(void)
{
	struct html *html = html_new(&HTML_LIMITS);

	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		check(html, &examples[i]);
	check_nul(html);
	html_free(html);
	check_limits();
	ok(html_looks_like(SPAN("\xef\xbb\xbf \n<!DOCTYPE html>")) &&
		   html_looks_like(SPAN("x<TABLE border=1>")) &&
		   html_looks_like(span_of("\xff\xfe<\0p\0>\0", 8)),
	   "pages look like HTML");
	ok(!html_looks_like(SPAN("")) && !html_looks_like(SPAN("a < b | c <d> <3")) &&
		   !html_looks_like(SPAN("| 项目 | 1 |\n")) &&
		   !html_looks_like(SPAN("| 甲 | 1 |\n\n\n\n\n\n\n\n\n\n\n\n\n\n<div class=\"x\">\n乙\n")) &&
		   html_looks_like(SPAN("<p>甲\n\n\n\n\n\n\n\n\n\n\n\n</p>")) && html_looks_like(SPAN("甲<br>乙\n丙<br>\n")),
	   "texts do not");
	return done_testing();
}
