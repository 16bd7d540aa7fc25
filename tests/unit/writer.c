/* What the writer writes, whatever the lengths and wherever the text lies, reads back the same. */
#include "writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "buf.h"
#include "tap.h"

static uint32_t seed = 7;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Lines of random fields taken from `text`, of which the last byte is the last one readable. */
static void
test_round_trip(const char *path, const char *text, size_t n)
{
	enum { LINES = 3000, COLS = 7 };
	static struct span fields[LINES][COLS];
	static char *paths[1];
	struct reader_options o = {.columns = "a,b,c,d,e,f,g"};
	struct writer *w = writer_open(path);
	struct reader *r;
	struct record rec;
	size_t bad = 0, lines = 0;

	for (size_t l = 0; l < LINES; l++) {
		for (size_t c = 0; c < COLS; c++) {
			size_t length = draw(6) ? draw(20) : draw(300);
			size_t at = draw(4) ? draw((uint32_t)(n - length)) : n - length;

			fields[l][c] = (struct span){text + at, length};
		}
		if (l % 2) {
			writer_fields(w, fields[l], COLS);
		} else {
			for (size_t c = 0; c < COLS; c++) {
				if (c)
					writer_char(w, ',');
				writer_field(w, fields[l][c]);
			}
		}
		writer_end(w);
	}
	ok(writer_close(w) == STATUS_OK, "written");
	paths[0] = (char *)(size_t)path;
	r = reader_open(paths, 1, &o);
	while (r && reader_next(r, &rec)) {
		for (size_t c = 0; c < COLS; c++)
			bad += !span_eq(rec.field[c], fields[lines][c]);
		lines++;
	}
	ok(r && reader_close(r) == STATUS_OK && lines == LINES && bad == 0,
		"%zu lines read back the same (%zu fields differ)", lines, bad);
}

int
main(void)
{
	static const char alphabet[] = "abcdefgh0123456789,\" ;.";
	char path[] = "/tmp/xxgk-writer-XXXXXX";
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	/* A page that cannot be read follows the text. */
	char *text = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	diag_init("writer");
	close(mkstemp(path));
	for (size_t i = 0; i < page; i++)
		text[i] = alphabet[draw(draw(8) ? 18 : sizeof alphabet - 1)];
	mprotect(text + page, page, PROT_NONE);
	test_round_trip(path, text, page);
	unlink(path);
	return done_testing();
}
