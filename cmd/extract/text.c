#include "text.h"

#include <stdlib.h>

#include "blank.h"

/* A line that is not blank. */
struct line {
	size_t number;
	struct span text; /* trimmed of ASCII blanks, as on the page otherwise */
	size_t bars;
};

struct text {
	struct text_limits limits;
	struct line *lines;
	size_t n, cap;
	struct buf work;
	uint32_t tables;
};

struct text *
text_new(const struct text_limits *limits)
{
	struct text *t = xcalloc(1, sizeof *t);

	t->limits = *limits;
	return t;
}

void
text_free(struct text *t)
{
	if (!t)
		return;
	free(t->lines);
	buf_release(&t->work);
	free(t);
}

static size_t
count_bars(struct span s)
{
	size_t n = 0;
	const char *end = s.p + s.n;

	for (const char *p = s.p; s.n && (p = memchr(p, '|', (size_t)(end - p))); p++)
		n++;
	return n;
}

/* Cuts the page at LF, CRLF and CR. */
static const char *
find_lines(struct text *t, struct span page)
{
	const char *p = page.p, *end = page.p + page.n;
	size_t number = 1;

	t->n = 0;
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p)), *stop = lf ? lf : end;
		const char *cr = memchr(p, '\r', (size_t)(stop - p));
		struct span text;

		if (cr)
			stop = cr;
		text = blank_trim(span_of(p, (size_t)(stop - p)));
		if (text.n) {
			if (t->n == t->limits.lines)
				return "too many lines";
			t->lines = grow(t->lines, t->n, &t->cap, sizeof *t->lines);
			t->lines[t->n++] = (struct line){number, text, count_bars(text)};
		}
		number++;
		p = stop + (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n') + 1;
	}
	return NULL;
}

static void
add(struct text *t, struct piece what, struct span text, struct pieces *out)
{
	t->work.n = 0;
	blank_collapse(text, &t->work);
	pieces_add(out, what, buf_span(&t->work));
}

/* A row on a line: the cells end at bars, a bar before the first is none's end. */
static void
add_row(struct text *t, const struct line *line, uint32_t row, struct pieces *out)
{
	struct span rest = line->text;
	uint32_t col = 1;

	if (*rest.p == '|')
		rest.p++, rest.n--;
	while (rest.n) {
		struct span cell = span_cut(&rest, '|');
		struct piece what = {.kind = PIECE_CELL, .grid = GRID_ROWS, .line = line->number,
			.table = t->tables, .row = row, .col = col++, .rows = 1, .cols = 1};

		add(t, what, cell, out);
	}
}

const char *
text_read(struct text *t, struct span page, struct pieces *out)
{
	const char *fault = find_lines(t, page);

	t->tables = 0;
	for (size_t i = 0; !fault && i < t->n; i++) {
		size_t end = i;

		while (end < t->n && t->lines[end].bars)
			end++;
		if (end - i < 2) {
			add(t, (struct piece){.kind = PIECE_TEXT, .line = t->lines[i].number},
				t->lines[i].text, out);
			continue;
		}
		t->tables++;
		for (uint32_t row = 1; i < end; i++, row++)
			add_row(t, &t->lines[i], row, out);
		i--;
	}
	return fault;
}
