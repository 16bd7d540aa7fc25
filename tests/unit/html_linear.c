/* links: cmd/extract/html cmd/extract/charset cmd/extract/blank.c cmd/extract/piece.c */

/*
 * Hostile pages of one, two and four times a size: the time html takes must grow no faster than the
 * page.  Limits are off there, so that none hides a square; with the usual ones memory beyond the page
 * and its text must stay under 64 MiB.
 *
 * SIZE=bytes sets the largest (default 2,000,000).
 */
#include "html/html.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

/* A page: `head`, then `body` over and over, then `tail`. */
static const struct hostile {
	const char *about, *head, *body, *tail;
} pages[] = {
	{"<", "", "<", ""},
	{"<td>", "<table>", "<td>", ""},
	{"<td> in rows", "<table>", "<tr><td>1<td>", ""},
	{"nested tables", "", "<table><td>", ""},
	{"nested tables with text before and behind", "", "<table><tr><td><tr><td>a<tr><td>", "</table><tr><td>b"},
	{"an unclosed comment", "<!--", "a-> -- > ", ""},
	{"unclosed comments", "", "<!-- ", ""},
	{"a comment of dashes", "<!--", "-", ""},
	{"one attribute", "<td x=\"", "a", ""},
	{"many attributes", "<table><td ", "a=1 ", ">"},
	{"colspans of one cell", "<table><td ", "colspan=2 ", ">"},
	{"rowspan=65534 a thousand times", NULL, "<tr><td>", ""},
	{"rowspan=65534 in every row", "<table>", "<tr><td rowspan=65534>", ""},
	{"rowspan=0 over a thousand columns", "<table>", "<tbody><tr><td rowspan=0 colspan=1000>", ""},
	{"tfoot after tfoot", "<table>", "<tfoot><tr><td>1<tbody><tr><td>2", ""},
	{"&", "", "&", ""},
	{"names of no reference", "", "&CounterClockwiseContourIntegra", ""},
	{"references of two runes", "", "&ngE;", ""},
	{"a number of a reference", "&#", "1", ""},
	{"hidden elements", "", "<div hidden>", ""},
	{"hidden rows", "<table>", "<tr hidden><td>1", ""},
	{"displays", "<p style='", "display:", "'>"},
	{"scripts in comments in a script", "<script>", "<!--<script>", ""},
	{"end tags of no script", "<script>", "</script", ""},
	{"a title never closed", "<title>", "a </titl", ""},
	{"lines of a cell", "<table><td>", "\xe4\xb8\xad<br>", ""},
	{"lines of pre", "<table><td><pre>", "a  b\n", ""},
	{"blanks of pre", "<pre>", " &nbsp;", "x"},
	{"metas in cells without text", "<table>", "<td><meta name=a content=b>\n", ""},
	{"templates", "", "<template>", ""},
	{"declarations", "", "<!a <?b </ ", ""},
	{"bytes that are no UTF-8", "<p>", "\xe4\xb8\xff", ""},
	{"bytes that are no GB18030", "<meta charset=gbk>", "\xd6\xd0\xd6\xd0\xff\x81", ""},
	{"four-byte characters", "<meta charset=gbk>", "\x81\x30\x81\x30\xd6\xd0", ""},
	{"CRs", "", "a<p>\r\r\n", ""},
};

struct cost {
	double seconds;
	long peak; /* KiB over what the process took without the page */
};

static struct buf
make(const struct hostile *h, size_t size)
{
	struct buf page = BUF_INIT;
	size_t body = strlen(h->body), tail = strlen(h->tail);
	/* A tail that is an end tag is as often there as the body. */
	bool mirrored = h->tail[0] == '<';

	buf_room(&page, size + 65536);
	if (h->head) {
		buf_add_str(&page, h->head);
	} else {
		buf_add_str(&page, "<table><tr>");
		for (int i = 0; i < 1000; i++)
			buf_add_str(&page, "<td rowspan=65534 colspan=8>");
	}
	for (size_t n = size / (body + (mirrored ? tail : 0)) + 1; n; n--)
		buf_add(&page, h->body, body);
	for (size_t n = mirrored ? size / (body + tail) + 1 : 1; n; n--)
		buf_add(&page, h->tail, tail);
	return page;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long
peak(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static struct cost
read_page(const struct hostile *hostile, size_t size, bool limited)
{
	const struct html_limits off = {SIZE_MAX, SIZE_MAX, 8192, SIZE_MAX};
	struct html *html = html_new(limited ? &HTML_LIMITS : &off);
	struct buf page = make(hostile, size);
	struct cost cost = {1e9, 0};
	long before = peak();

	for (int round = 0; round < 3; round++) {
		struct pieces pieces = PIECES_INIT;
		struct html_fault fault;
		struct charset charset;
		double start = now(), took;

		charset = charset_decide(buf_span(&page), span_of(NULL, 0));
		html_read(html, buf_span(&page), &charset, &pieces, &fault);
		took = now() - start;
		if (took < cost.seconds)
			cost.seconds = took;
		if (round == 0)
			cost.peak = peak() - before;
		pieces_release(&pieces);
	}
	buf_release(&page);
	html_free(html);
	return cost;
}

/* In a process of its own, whose peak of memory is its own. */
static struct cost
measure(const struct hostile *hostile, size_t size, bool limited)
{
	struct cost cost = {0, 0};
	int fd[2];
	pid_t child;

	fflush(stdout);
	if (pipe(fd) != 0 || (child = fork()) < 0)
		exit(3);
	if (child == 0) {
		cost = read_page(hostile, size, limited);
		_exit(write(fd[1], &cost, sizeof cost) != (ssize_t)sizeof cost);
	}
	close(fd[1]);
	if (read(fd[0], &cost, sizeof cost) != (ssize_t)sizeof cost)
		cost.seconds = -1;
	close(fd[0]);
	waitpid(child, NULL, 0);
	return cost;
}

int
main(void)
{
	size_t size = getenv("SIZE") ? strtoul(getenv("SIZE"), NULL, 10) : 2000000;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct cost one = {0, 0}, two = {0, 0}, four = {0, 0};
		long more = measure(&pages[i], size, true).peak / 1024;
		double ratio = 0;

		/* Other processes disturb a measurement; a square is there every time. */
		for (int attempt = 0; attempt < 4; attempt++) {
			one = measure(&pages[i], size / 4, false);
			two = measure(&pages[i], size / 2, false);
			four = measure(&pages[i], size, false);
			ratio = four.seconds / one.seconds;
			if (ratio < 7)
				break;
		}
		ok(one.seconds > 0 && (ratio < 7 || four.seconds < 0.002) &&
			   more < 64 + (long)(2 * size >> 20),
		   "%s: %.1f %.1f %.1f ms, four times the page takes %.1f times, %.0f ns a byte, %ld MiB",
		   pages[i].about, one.seconds * 1e3, two.seconds * 1e3, four.seconds * 1e3, ratio,
		   four.seconds * 1e9 / (double)size, more);
	}
	return done_testing();
}
