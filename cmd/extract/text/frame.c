#include "frame.h"

#include <stdlib.h>

#include "blank.h"

enum {
	WIDEST = 16, /* cells side by side */
	DEEPEST = FRAMES_DEEPEST,
	RUN = 3,     /* dashes of a line across, or more */
};

/* The columns of the page in which the lines of a frame go down. */
struct frame {
	size_t edge[WIDEST + 1], edges;
};

/* +-----+---+, and where the joints are. */
static bool
is_border(struct span s, struct frame *frame)
{
	frame->edges = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '+' && s.p[i] != '-' && s.p[i] != '=')
			return false;
		if (s.p[i] != '+')
			continue;
		if (frame->edges == WIDEST + 1)
			return false;
		frame->edge[frame->edges++] = i;
	}
	return frame->edges > 1 && frame->edge[0] == 0 && frame->edge[frame->edges - 1] + 1 == s.n;
}

/* Cuts a line of text at the bars that stand where the frame has them; false if one does not. */
static bool
cut(struct span s, const struct frame *frame, struct span *cell)
{
	size_t at = 0, next = 0, begin = 0;

	for (size_t i = 0; i < s.n && next < frame->edges;) {
		size_t bytes = span_step(span_from(s, i));

		bool last = next + 1 == frame->edges;

		if (!last && at > frame->edge[next])
			return false;
		/* The last is the line's end, wherever wide characters put it. */
		if (s.p[i] == '|' && (last ? i + 1 == s.n : at == frame->edge[next])) {
			if (next > 0)
				cell[next - 1] = span_of(s.p + begin, i - begin);
			next++;
			begin = i + 1;
		}
		at += 1 + ((unsigned char)s.p[i] >= 0xe3);
		i += bytes;
	}
	return next == frame->edges && begin == s.n;
}

/* Lines across within a cell, ------ ---, or those of a frame in it: it holds a table of its own. */
static bool
holds_table(struct span s)
{
	size_t runs = 0, run = 0;

	s = blank_trim(s);
	if (s.n && *s.p == '+')
		return is_border(s, &(struct frame){.edges = 0});
	for (size_t i = 0; i <= s.n; i++) {
		bool dash = i < s.n && (s.p[i] == '-' || s.p[i] == '=');

		if (i < s.n && !dash && s.p[i] != ' ')
			return false;
		if (!dash && run) {
			runs += run >= RUN;
			run = 0;
		}
		run += dash;
	}
	return runs > 1;
}

/*
 * The end of the frame that begins at lines[from]: behind its last border; from if none holds a table.  *seen gets the end
 * of the lines that were looked at: no other begins before it.
 */
static size_t
frame_end(const struct text_line *lines, size_t n, size_t from, struct frame *frame, size_t *seen)
{
	struct span cell[WIDEST];
	size_t end = from;
	bool holds = false;
	struct frame other;

	if (*lines[from].text.p != '+' || !is_border(lines[from].text, frame))
		return from;
	for (size_t i = *seen = from + 1; i < n; *seen = ++i) {
		if (*lines[i].text.p == '+' && is_border(lines[i].text, &other)) {
			if (other.edges != frame->edges || other.edge[other.edges - 1] != frame->edge[frame->edges - 1])
				break;
			end = i + 1;
			continue;
		}
		if (*lines[i].text.p != '|' || !cut(lines[i].text, frame, cell))
			break;
		for (size_t c = 0; c + 1 < frame->edges && !holds; c++)
			holds = holds_table(cell[c]);
	}
	return holds ? end : from;
}

struct opened {
	struct text_line *v;
	size_t n, cap, limit;
	struct buf *joined;
};

static bool
add(struct opened *out, struct text_line line)
{
	if (line.text.n == 0)
		return true;
	if (out->n == out->limit)
		return false;
	out->v = grow(out->v, out->n, &out->cap, sizeof *out->v);
	out->v[out->n++] = line;
	return true;
}

static size_t
indent_of(struct span s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

/* Nothing but runs of dashes; how many, 0 if there is anything else. */
static size_t
runs_of(struct span s)
{
	size_t runs = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '-' && s.p[i] != '=' && s.p[i] != ' ')
			return 0;
		runs += s.p[i] != ' ' && (i == 0 || s.p[i - 1] == ' ');
	}
	return runs;
}

/*
 * How far the lines of the table in cell c are indented, if it was too wide for the cell, so that each goes on in the next
 * line; 0 if it was not.  A line across that is whole has a run for each of the table's columns.
 */
static size_t
indent_of_broken(const struct text_line *lines, size_t from, size_t end, const struct frame *frame, size_t c)
{
	struct span cell[WIDEST];
	size_t indent = 0;

	for (size_t i = from; i < end; i++) {
		size_t own;

		if (!cut(lines[i].text, frame, cell))
			return 0;
		own = indent_of(cell[c]);
		if (indent && own < indent && runs_of(cell[c]) > 0)
			return indent;
		indent = runs_of(cell[c]) == 1 ? own : 0;
	}
	return 0;
}

/* The lines of a cell, those that were broken put together. */
static bool
add_cell(struct opened *out, const struct text_line *lines, size_t from, size_t end, const struct frame *frame, size_t c)
{
	struct span cell[WIDEST];
	size_t indent = indent_of_broken(lines, from, end, frame, c), at = out->joined->n, number = 0;
	bool good = true;

	for (size_t i = from; i < end && good; i++) {
		struct span text;

		if (!cut(lines[i].text, frame, cell))
			continue;
		if (!indent) {
			good = add(out, line_make(lines[i].number, cell[c]));
			continue;
		}
		text = blank_trim(cell[c]);
		text = span_of(cell[c].p, text.n ? (size_t)(text.p + text.n - cell[c].p) : 0);
		if (indent_of(cell[c]) == indent || text.n == 0 || number == 0) {
			good = number == 0 || add(out, line_make(number, span_of(out->joined->p + at, out->joined->n - at)));
			at = out->joined->n;
			number = lines[i].number;
		} else {
			/* The blank behind the frame's bar. */
			text = *text.p == ' ' ? span_from(text, 1) : text;
		}
		buf_add_span(out->joined, text);
	}
	return good && (number == 0 || add(out, line_make(number, span_of(out->joined->p + at, out->joined->n - at))));
}

/* The cells of the lines [from, end), which two borders part from others, one after another. */
static bool
add_cells(struct opened *out, const struct text_line *lines, size_t from, size_t end, const struct frame *frame)
{
	bool good = true;

	for (size_t c = 0; c + 1 < frame->edges && good; c++)
		good = add_cell(out, lines, from, end, frame, c);
	return good;
}

/* Opens the frames that are within no other; *any says whether there were some. */
static bool
open_outer(const struct text_line *lines, size_t n, struct opened *out, bool *any)
{
	bool good = true;

	for (size_t i = 0, seen = 0; i < n && good;) {
		struct frame frame;
		size_t end = i < seen ? i : frame_end(lines, n, i, &frame, &seen);

		if (end == i) {
			good = add(out, lines[i++]);
			continue;
		}
		*any = true;
		for (size_t band = i + 1; i < end && good; i++) {
			if (*lines[i].text.p != '+')
				continue;
			if (band < i)
				good = add_cells(out, lines, band, i, &frame);
			band = i + 1;
		}
	}
	return good;
}

bool
frames_open(struct text_line **lines, size_t *n, size_t *cap, size_t limit, struct buf *joined)
{
	bool any = true, good = true;

	for (unsigned depth = 0; depth < DEEPEST && any && good; depth++) {
		struct opened out = {.limit = limit, .joined = joined};
		bool border = false;
		struct frame frame;

		any = false;
		for (size_t i = 0; i < *n && !border; i++)
			border = (*lines)[i].text.n && *(*lines)[i].text.p == '+' && is_border((*lines)[i].text, &frame);
		if (!border)
			return true;
		good = open_outer(*lines, *n, &out, &any);
		if (any && good) {
			free(*lines);
			*lines = out.v;
			*n = out.n;
			*cap = out.cap;
		} else {
			free(out.v);
		}
	}
	return good;
}
