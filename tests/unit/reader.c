/* A line without a quote is split without libcsv: with the same result, on random lines. */
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "input.h"
#include "tap.h"

/* Its own small generator, so that every run sees the same lines. */
static uint32_t seed = 1;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

struct rejected {
	size_t n, column, number;
};

static void
take_reject(void *context, const struct record *line, const char *why)
{
	struct rejected *r = context;

	(void)why;
	r->n++;
	r->column = line->column;
	r->number = line->number;
}

static struct reader *
open_text(const char *path, const char *text, size_t n, struct reader_options *o)
{
	static char *paths[1];
	FILE *f = fopen(path, "w");

	fwrite(text, 1, n, f);
	fclose(f);
	paths[0] = (char *)(size_t)path;
	return reader_open(paths, 1, o);
}

/* Every random file: the fields reader_next gives are those of record_split and of the generator. */
static void
test_random(const char *path)
{
	static const char *const alphabet[] = {"a", "b", ",", "1", " ", "\xe4\xb8\xad"};
	size_t bad = 0, records = 0;

	for (int round = 0; round < 300; round++) {
		struct buf text = BUF_INIT, expect = BUF_INIT;
		size_t cols = 1 + draw(9), lines = draw(400);
		struct reader_options o = {.max_record = 0};
		struct reader *r;
		struct record rec;
		struct span *fields = NULL;
		size_t nfields, cap = 0, at = 0, wanted = 0;
		struct buf scratch = BUF_INIT;

		for (size_t c = 0; c < cols; c++)
			buf_printf(&text, "%sc%zu", c ? "," : "", c);
		buf_add_str(&text, round % 3 ? "\n" : "\r\n");
		for (size_t l = 0; l < lines; l++) {
			bool blank = true;

			for (size_t c = 0; c < cols; c++) {
				size_t n = draw(4) ? draw(12) : draw(200), start = expect.n;
				bool quoted = draw(20) == 0;
				struct span f;

				for (size_t i = 0; i < n; i++) {
					const char *ch = alphabet[draw(sizeof alphabet / sizeof *alphabet)];

					if (quoted && draw(9) == 0)
						ch = "\"";
					buf_add_str(&expect, *ch == ',' && !quoted ? ";" : ch);
				}
				buf_add_char(&expect, '\n');
				f = (struct span){expect.p + start, expect.n - 1 - start};
				if (c)
					buf_add_char(&text, ',');
				if (quoted)
					buf_add_char(&text, '"');
				for (size_t i = 0; i < f.n; i++) {
					if (f.p[i] == '"')
						buf_add_char(&text, '"');
					buf_add_char(&text, f.p[i]);
				}
				if (quoted)
					buf_add_char(&text, '"');
				blank = blank && f.n == 0 && !quoted && cols == 1;
			}
			if (blank)
				expect.n -= 1; /* an empty line is no record */
			else
				wanted++;
			if (l + 1 < lines || draw(2))
				buf_add_str(&text, round % 3 ? "\n" : "\r\n");
		}
		r = open_text(path, text.p, text.n, &o);
		while (r && reader_next(r, &rec)) {
			const char *why = record_split(rec.line, &fields, &nfields, &cap, &scratch);

			records++;
			wanted--;
			bad += why != NULL || nfields != rec.nfields;
			for (size_t i = 0; i < rec.nfields; i++) {
				bad += !span_eq(fields[i], rec.field[i]);
				bad += expect.n - at < rec.field[i].n + 1 ||
				       (rec.field[i].n && memcmp(expect.p + at, rec.field[i].p, rec.field[i].n));
				at += rec.field[i].n + 1;
			}
		}
		bad += !r || wanted != 0 || reader_close(r) != STATUS_OK;
		buf_release(&text);
		buf_release(&expect);
		buf_release(&scratch);
		free(fields);
	}
	ok(bad == 0 && records > 10000, "%zu random records split alike (%zu differ)", records, bad);
}

static void
test_rejects(const char *path)
{
	static const char text[] = "a,b\n1,2\n1\n1,2,3\n\"1,2\n1,\"2\"x\n\n3,\"4,\"\n";
	struct rejected n = {0};
	struct reader_options o = {.reject = take_reject, .context = &n};
	struct reader *r = open_text(path, text, sizeof text - 1, &o);
	struct record rec;
	size_t good = 0;

	while (reader_next(r, &rec))
		good++;
	ok(good == 2 && n.n == 4, "4 lines are no records, 2 are (%zu, %zu)", n.n, good);
	ok(reader_close(r) == STATUS_FINDINGS, "rejects are findings");
}

/* Which character of a line is at fault, counting characters and not bytes, of the key too. */
static void
test_fault_columns(const char *path)
{
	static const struct {
		const char *line;
		size_t n, column;
	} cases[] = {
		{"\"1,2", 4, 1},
		{"一二,\"三", 11, 4},
		{"1,\"2\"x", 6, 6},
		{"1,2\"", 4, 4},
		{"\"1\"\"\",\"", 7, 7},
		{"一,\x1b[2J", 8, 3},
		{"1", 1, 0},
	};

	for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
		size_t of = i / 2, key = i % 2 ? 4 : 0;
		struct rejected n = {0};
		struct reader_options o = {.reject = take_reject, .context = &n, .key_prefix = key > 0};
		struct buf text = BUF_INIT;
		struct reader *r;
		struct record rec;

		buf_add_str(&text, key ? "k\ta,b\n" : "a,b\n");
		buf_add_str(&text, key ? "键：\"\t" : "");
		buf_add(&text, cases[of].line, cases[of].n);
		buf_add_char(&text, '\n');
		r = open_text(path, text.p, text.n, &o);
		while (reader_next(r, &rec))
			;
		ok(n.n == 1 && n.column == (cases[of].column ? cases[of].column + key : 0),
			"the fault of line %zu shows at character %zu%s (%zu)", of, cases[of].column,
			key ? " behind its key" : "", n.column);
		reader_close(r);
		buf_release(&text);
	}
}

static void
test_long(const char *path)
{
	struct buf text = BUF_INIT;
	struct rejected n = {0};
	struct reader_options o = {.max_record = 1000, .reject = take_reject, .context = &n};
	struct reader *r;
	struct record rec;
	size_t good = 0;

	buf_add_str(&text, "a,b\nx,y\n");
	for (int i = 0; i < 3; i++) {
		size_t length = i == 0 ? 1001 : i == 1 ? 5000000 : 600000;

		memset(buf_room(&text, length), 'z', length);
		text.n += length;
		buf_add_str(&text, "\nx,y\n");
	}
	r = open_text(path, text.p, text.n, &o);
	while (reader_next(r, &rec))
		good += span_eq(rec.field[1], SPAN("y"));
	ok(n.n == 3 && good == 4, "a line over the limit is passed over, the next is whole (%zu, %zu)", n.n,
		good);
	reader_close(r);
	buf_release(&text);
}

/* Lines in GBK behind `good` in UTF-8: those that are records, and those that are none. */
static void
test_charset(const char *path, size_t good, size_t gbk, bool short_first)
{
	struct buf text = BUF_INIT;
	struct rejected n = {0};
	struct reader_options o = {.reject = take_reject, .context = &n, .key_prefix = true};
	struct reader *r;
	struct record rec;
	size_t read = 0;

	buf_add_str(&text, "a,b\n");
	for (size_t i = 0; i < good; i++)
		buf_add_str(&text, "\xd5\xfe\t\xe6\x94\xbf\xe5\xba\x9c,3\n");
	for (size_t i = 0; i < gbk; i++)
		/* Of two characters at the lowest places, and of three, one of them at the end of the set. */
		buf_add_str(&text, short_first && i == 0 ? "\xb0\xa1\xb0\xa2,3\n" : "\xd5\xfe\xb8\xae\xd7\xf7,3\n");
	r = open_text(path, text.p, text.n, &o);
	while (reader_next(r, &rec))
		read++;
	reader_close(r);
	ok(read == good && n.n == gbk, "lines in GBK behind %zu in UTF-8 are no records (%zu are, %zu not)", good, read, n.n);
	buf_release(&text);
}

/* Characters over the places where one read ends and the next begins are whole; one that is cut, there or anywhere, is told. */
static void
test_cut_characters(const char *path)
{
	static const char line[] = "政府信息,\xf0\xa0\xae\xb7" "3\xc2\xb7\n";
	enum { LINE = sizeof line - 1, HEAD = 4, LINES = 3 * INPUT_CHUNK / LINE, STEP = INPUT_CHUNK / 4 };
	size_t good = 0, told = 0, all = 0;

	for (size_t shift = 0; shift < LINE; shift++) {
		struct buf text = BUF_INIT;
		struct rejected n = {0};
		struct reader_options o = {.reject = take_reject, .context = &n};
		struct reader *r;
		struct record rec;

		buf_add_str(&text, "a,b\n");
		buf_add(&text, "xxxxxxxxxxxxxxxxxxxxxxxxxxx", shift);
		for (size_t i = 0; i < LINES; i++)
			buf_add(&text, line, LINE);
		r = open_text(path, text.p, text.n, &o);
		while (reader_next(r, &rec))
			;
		reader_close(r);
		good += n.n == 0;
		for (size_t at = STEP; at < text.n; at += STEP) {
			size_t i = (at - HEAD - shift) / LINE;
			/* The middle of the first character, or the end of it, or of the one of four bytes. */
			char *cut = text.p + HEAD + shift + i * LINE + (at / STEP % 3 == 0 ? 1 : at / STEP % 3 == 1 ? 2 : 16), kept = *cut;

			*cut = 'x';
			n = (struct rejected){0};
			r = open_text(path, text.p, text.n, &o);
			while (reader_next(r, &rec))
				;
			reader_close(r);
			told += n.n == 1 && n.number == i + 2;
			*cut = kept;
			all++;
		}
		buf_release(&text);
	}
	ok(good == LINE && told == all, "of %zu characters that are cut %zu are told, of whole texts none (%zu)", all, told, LINE - good);
}

static void
test_headers(const char *path)
{
	static const struct column want[] = {{"b", NULL, false}, {"line", NULL, false}};
	static const char same[] = "\xef\xbb\xbf" "a,b,line\n1,2,3\na,b,line\r\n4,5,6\n";
	static const char other[] = "a,b,line\n1,2,3\nline,b,a\n4,5,6\n";
	struct reader_options o = {.want = want, .nwant = 2};
	struct reader *r = open_text(path, same, sizeof same - 1, &o);
	struct record rec;
	size_t n = 0;

	while (reader_next(r, &rec))
		n++;
	ok(n == 2 && reader_close(r) == STATUS_OK, "the header again is passed over");
	r = open_text(path, other, sizeof other - 1, &o);
	for (n = 0; reader_next(r, &rec);)
		n++;
	ok(n == 1 && reader_close(r) == STATUS_USAGE, "a header in another order is misuse");
	o = (struct reader_options){.columns = "k,b,line", .key_prefix = true, .want = want, .nwant = 2};
	r = open_text(path, "x,y\t1,2,3\n7,8,9", 15, &o);
	ok(reader_next(r, &rec) && span_eq(rec.key, SPAN("x,y\t")) && rec.nfields == 3 &&
			span_eq(rec.field[reader_column(r, 0)], SPAN("2")),
		"a key with a comma is carried");
	ok(reader_next(r, &rec) && rec.key.n == 0 && span_eq(rec.field[2], SPAN("9")) &&
			!reader_next(r, &rec),
		"a line without key, without LF");
	reader_close(r);
}

int
main(void)
{
	char path[] = "/tmp/xxgk-reader-XXXXXX";
	int fd = mkstemp(path);

	diag_init("reader");
	test_random(path);
	test_rejects(path);
	test_fault_columns(path);
	test_long(path);
	test_charset(path, 0, 7, true);
	test_charset(path, 3, 200000, true);
	test_charset(path, 200000, 7, false);
	test_charset(path, 200000, 7, true);
	test_cut_characters(path);
	test_headers(path);
	close(fd);
	unlink(path);
	return done_testing();
}
