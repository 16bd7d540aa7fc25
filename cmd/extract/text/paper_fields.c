#include "paper_parts.h"

enum { GUTTER = 2 }; /* lines of a row with a blank there */

bool
paper_is_number(struct span s)
{
	return s.n && is_digit(s.p[s.n - 1]) && cell_kind(s) == CELL_NUMBER;
}

/* Parts the remark at the end of the line from the value one blank before it. */
static void
part_remark(const struct text_line *line, struct parts *p)
{
	struct field *last = p->n > 1 ? &p->v[p->n - 1] : NULL;
	size_t at = last ? span_find(last->text, SPAN(" ")) : 0;

	if (!last || p->n == FIELDS_MOST || at == last->text.n ||
		!paper_is_number(span_of(last->text.p, at)) ||
		cell_kind(span_of(last->text.p + at + 1, last->text.n - at - 1)) != CELL_LABEL)
		return;
	field_part(line, last, at, last + 1);
	p->n++;
}

/* Parts the values that follow a label, one blank between: before others they are values, too. */
static void
take_values(const struct text_line *line, struct parts *p)
{
	while (p->values && p->first && p->n < FIELDS_MOST) {
		struct field *label = &p->v[p->first - 1], value;
		size_t at = label->text.n;

		while (at > 0 && label->text.p[at - 1] != ' ')
			at--;
		value.text = span_from(label->text, at);
		if (at < 2 || (!paper_is_number(value.text) && cell_kind(value.text) != CELL_MARK))
			return;
		field_part(line, label, at - 1, &value);
		memmove(label + 2, label + 1, (p->n - p->first) * sizeof *label);
		label[1] = value;
		p->n++;
		p->values++;
		p->taken = true;
	}
}

void
paper_split(const struct text_line *line, struct parts *p)
{
	size_t end;

	p->n = fields_split(line, false, p->v);
	part_remark(line, p);
	for (end = p->n; end > 0 && !cell_is_value(p->v[end - 1].text); end--)
		;
	for (p->first = end; p->first > 0 && cell_is_value(p->v[p->first - 1].text); p->first--)
		;
	p->values = end - p->first;
	/* A number before words is the row's own, unless a label stands before it. */
	if (end < p->n && p->first == 0)
		p->values = 0;
	if (p->values == 0)
		p->first = p->n;
	p->taken = false;
	take_values(line, p);
}

bool
paper_is_valued(const struct text_line *line)
{
	struct parts parts;

	paper_split(line, &parts);
	return parts.values > 0;
}

static void
see_blank(struct gutters *g, size_t from, size_t end)
{
	for (; from < end && from < PAPER; from++)
		g->blank[from] += g->blank[from] < GUTTER;
}

/* Sees the first n fields of a line, and the blanks in and between them. */
static void
see_fields(struct gutters *g, const struct text_line *line, const struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field f = fields[i], behind;

		if (i > 0)
			see_blank(g, fields[i - 1].end, f.start);
		for (bool more = true; more; f = behind) {
			size_t at = span_find(f.text, SPAN(" "));

			more = at < f.text.n;
			if (more)
				field_part(line, &f, at, &behind);
			for (size_t c = f.start; c < f.end && c < PAPER; c++)
				g->text[c] = 1;
			if (more)
				see_blank(g, f.end, f.end + 1);
		}
	}
}

void
paper_gutters_find(const struct text_line *lines, const struct row *row, struct gutters *g)
{
	struct parts parts;

	memset(g, 0, sizeof *g);
	for (size_t i = row->from; i < row->end && !(i > row->from && line_begins_page(&lines[i])); i++) {
		paper_split(&lines[i], &parts);
		see_fields(g, &lines[i], parts.v, parts.first);
	}
}

size_t
paper_gutters_part(const struct gutters *g, const struct text_line *line, struct field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct field *f = &fields[i], behind;

		for (size_t at = 0; n < FIELDS_MOST; at++) {
			struct field before = *f;

			at += span_find(span_from(f->text, at), SPAN(" "));
			if (at >= f->text.n)
				break;
			field_part(line, &before, at, &behind);
			if (before.end >= PAPER || g->text[before.end] || g->blank[before.end] < GUTTER)
				continue;
			memmove(f + 2, f + 1, (n - i - 1) * sizeof *f);
			f[0] = before;
			f[1] = behind;
			n++;
			break;
		}
	}
	return n;
}
