#include "notation.h"

#include <string.h>

enum {
	WIDEST = 64,    /* columns that a cell spans */
	TAG = 64,       /* bytes */
	TALL = 4,       /* lines of a cell, behind its first */
	TALL_ROW = 64,  /* of a row of LaTeX */
	ARGUMENT = 600, /* bytes: time is linear */
};

enum notation { NOTATION_NONE, NOTATION_WIKI, NOTATION_BOARD, NOTATION_LIST };

/* The row being put together, and how many lines of the page it has taken. */
struct rows {
	struct buf *out;
	enum notation notation;
	size_t indent;  /* of a list's rows */
	size_t lines;   /* that it takes, whose ends are still to be written */
	bool open;      /* it has a cell */
	bool any;       /* there is a row with two cells */
	size_t cells, more; /* of the row; lines of its last cell behind the first */
};

/* Ends the row: the ends of its lines follow, so that what is below keeps its number. */
static void
end_row(struct rows *r)
{
	if (r->open)
		buf_add_span(r->out, SPAN(" |"));
	r->any |= r->cells > 1;
	for (; r->lines; r->lines--)
		buf_add_char(r->out, '\n');
	r->open = false;
	r->cells = 0;
}

static void
add_cell(struct rows *r, struct span text)
{
	buf_add_span(r->out, r->open ? SPAN(" | ") : SPAN("| "));
	/* A bar in a cell would be another's. */
	for (text = span_trim(text); text.n; text = span_from(text, 1))
		buf_add_char(r->out, *text.p == '|' ? '/' : *text.p);
	r->open = true;
	r->more = 0;
	r->cells++;
}

/* A line that begins no cell: it goes on in the cell before, or is text; of a table that nothing ends the rest is. */
static void
add_more(struct rows *r, struct span text)
{
	if (text.n == 0)
		return;
	if (r->open && ++r->more > TALL) {
		end_row(r);
		r->notation = NOTATION_NONE;
	}
	if (r->open)
		buf_add_char(r->out, ' ');
	buf_add_span(r->out, text);
}

/* The cell of a wiki without its attributes, colspan="3" | 总计. */
static struct span
without_attributes(struct span cell)
{
	size_t bar = span_find(cell, SPAN("|"));

	return bar < cell.n && span_find(span_head(cell, bar), SPAN("=")) < bar ? span_from(cell, bar + 1) : cell;
}

/* A line within {| and |}: | begins a cell, ! one of a head, and two of them the next. */
static void
wiki_line(struct rows *r, struct span line)
{
	bool head = span_starts(line, SPAN("!"));

	if (span_starts(line, SPAN("|-")) || span_starts(line, SPAN("|}"))) {
		end_row(r);
		r->notation = line.p[1] == '}' ? NOTATION_NONE : NOTATION_WIKI;
		return;
	}
	if (span_starts(line, SPAN("|+"))) {
		end_row(r);
		buf_add_span(r->out, span_from(line, 2));
		return;
	}
	if (!head && !span_starts(line, SPAN("|"))) {
		add_more(r, line);
		return;
	}
	for (size_t from = 1, end; from <= line.n; from = end + 2) {
		for (end = from; end < line.n && !span_at(line, end, SPAN("||")) && !(head && span_at(line, end, SPAN("!!"))); end++)
			;
		add_cell(r, without_attributes(span_of(line.p + from, end - from)));
	}
}

/* Bytes of the tag [td], [th=2,1] or [/tr] at the start of the text, whose letter this is; 0 if none is there. */
static size_t
tag_length(struct span s, bool ends, char letter)
{
	size_t n = 1 + ends + 2;
	const char *end;

	if (s.n < n + 1 || s.p[0] != '[' || (s.p[1] == '/') != ends || (s.p[n - 2] | 32) != 't' || (s.p[n - 1] | 32) != letter ||
		(s.p[n] != ']' && s.p[n] != '=' && s.p[n] != ' '))
		return 0;
	end = memchr(s.p, ']', s.n < TAG ? s.n : TAG);
	return end ? (size_t)(end - s.p) + 1 : 0;
}

/* Bytes of any tag at the start of the text, [b] or [/size]; 0 if none is there. */
static size_t
any_tag_length(struct span s)
{
	size_t n = 1 + (s.n > 1 && s.p[1] == '/');
	const char *end = s.n > n && (s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z' ? memchr(s.p, ']', s.n < TAG ? s.n : TAG) : NULL;

	return end ? (size_t)(end - s.p) + 1 : 0;
}

/* A line within [table] and [/table]. */
static void
board_line(struct rows *r, struct span line)
{
	while (line.n) {
		size_t tag = *line.p == '[' ? any_tag_length(line) : 0, n;
		bool cell = tag_length(line, false, 'd') || tag_length(line, false, 'h');

		if (span_starts(line, SPAN("[/table]"))) {
			end_row(r);
			r->notation = NOTATION_NONE;
			return;
		}
		if (tag_length(line, true, 'r'))
			end_row(r);
		line = span_from(line, tag);
		for (n = 0; n < line.n && (line.p[n] != '[' || any_tag_length(span_from(line, n)) == 0); n++)
			;
		if (cell)
			add_cell(r, span_head(line, n));
		else
			buf_add_span(r->out, span_trim(span_head(line, n)));
		line = span_from(line, n);
	}
}

/* A line of a list-table: * - begins a row, - below that the next cell; a line that stands further left ends it. */
static void
list_line(struct rows *r, struct span raw)
{
	struct span line = span_trim(raw);
	size_t indent = (size_t)(line.p - raw.p);

	if (line.n == 0 || *line.p == ':')
		return;
	if (span_starts(line, SPAN("* -"))) {
		end_row(r);
		r->indent = indent;
		add_cell(r, span_from(line, 3));
	} else if (indent == r->indent + 2 && *line.p == '-' && r->open) {
		add_cell(r, span_from(line, 1));
	} else if (indent <= r->indent) {
		end_row(r);
		r->notation = NOTATION_NONE;
		buf_add_span(r->out, raw);
	} else {
		add_more(r, line);
	}
}

/* Which notation a table begins in with this line. */
static enum notation
begins(struct span line)
{
	if (span_starts(line, SPAN("{|")))
		return NOTATION_WIKI;
	if (span_starts(line, SPAN("[table]")) || span_starts(line, SPAN("[table=")))
		return NOTATION_BOARD;
	if (span_starts(line, SPAN(".. list-table::")))
		return NOTATION_LIST;
	return NOTATION_NONE;
}

/* Behind the argument in braces at the start of the text; 0 if there is none. */
static size_t
argument(struct span s)
{
	size_t depth = 0;

	if (s.n == 0 || *s.p != '{')
		return 0;
	for (size_t i = 0; i < s.n && i < ARGUMENT; i++) {
		depth += s.p[i] == '{';
		if (s.p[i] == '}' && --depth == 0)
			return i + 1;
	}
	return 0;
}

/* The number in braces at the start of the text, {3}; 1 if there is none. */
static size_t
number_in_braces(struct span s)
{
	size_t number = 0;

	for (size_t i = 1; span_is_digit(s, i) && number <= WIDEST; i++)
		number = 10 * number + (size_t)(s.p[i] - '0');
	return number == 0 || number > WIDEST ? 1 : number;
}

/* Bytes of the command's name at the start of the text, \hline. */
static size_t
command_length(struct span s)
{
	size_t n = 1;

	while (n < s.n && (s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z')
		n++;
	return n;
}

/*
 * Adds the cell of a row of LaTeX without its commands; how many columns it spans.  Of a command's arguments the last is
 * text, \multicolumn{3}{|c|}{总计}, but for those of lines.
 */
static size_t
latex_cell(struct span cell, struct buf *out)
{
	size_t columns = 1;

	for (size_t i = 0, n; i < cell.n;) {
		struct span rest = span_from(cell, i), command;

		if (*rest.p != '\\') {
			if (*rest.p != '{' && *rest.p != '}')
				buf_add_char(out, memchr("~\t\n\r", *rest.p, 4) ? ' ' : *rest.p);
			i++;
			continue;
		}
		command = span_head(rest, command_length(rest));
		i += command.n;
		if (command.n == 1) {
			/* \% */
			if (i < cell.n)
				buf_add_char(out, cell.p[i++]);
			continue;
		}
		if (span_eq(command, SPAN("\\multicolumn")))
			columns = number_in_braces(span_from(cell, i));
		while ((n = argument(span_from(cell, i))) > 0 &&
			(argument(span_from(cell, i + n)) || span_ends(command, SPAN("line")) || span_ends(command, SPAN("rule"))))
			i += n;
	}
	return columns;
}

/* The sign between two cells, & and no \&, or the end of the row, \\; the text's end if there is none. */
static size_t
latex_end(struct span s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] != '&' && !span_at(s, i, SPAN("\\\\")))
		i += 1 + (s.p[i] == '\\' && i + 1 < s.n);
	return i;
}

/* Writes the row of LaTeX on a line; false if there is none. */
static bool
latex_row(struct span line, struct buf *out)
{
	size_t start = out->n, cells = 0;

	for (;;) {
		size_t end = latex_end(line);

		for (size_t n = latex_cell(span_trim(span_head(line, end)), out); n > 1; n--)
			buf_add_char(out, '\t');
		cells++;
		if (end == line.n || line.p[end] != '&') {
			/* What ends in no \\ goes on below, or is no row. */
			if (cells > 1 && end < line.n)
				return true;
			out->n = start;
			return false;
		}
		buf_add_char(out, '\t');
		line = span_from(line, end + 1);
	}
}

/* A row of LaTeX that goes on over lines, up to its \\. */
struct latex {
	bool open;       /* within \begin{tabular} and \end{tabular} */
	struct span row; /* of the page; empty: none has begun */
	size_t lines;    /* of it */
};

/* A line within a table. */
static void
latex_line(struct latex *l, struct span line, struct rows *r)
{
	struct span s = span_trim(line);
	bool ends = span_find(s, SPAN("\\\\")) < s.n;

	l->open = !span_starts(s, SPAN("\\end{tab")) && !span_starts(s, SPAN("\\end{longtab"));
	if (l->open && !ends && s.n && ++l->lines <= TALL_ROW && (l->row.n || *s.p != '\\' || span_find(s, SPAN("&")) < s.n)) {
		l->row = span_of(l->row.n ? l->row.p : s.p, (size_t)(s.p + s.n - (l->row.n ? l->row.p : s.p)));
		return;
	}
	if (l->row.n)
		s = span_of(l->row.p, (size_t)(s.p + (l->open ? s.n : 0) - l->row.p));
	if (l->open && ends && latex_row(s, r->out)) {
		r->any = true;
	} else if (l->row.n) {
		/* No row after all: text, with the ends of its lines. */
		buf_add_span(r->out, s);
		r->lines = 0;
	} else if (l->open && !span_starts(s, SPAN("\\"))) {
		buf_add_span(r->out, line);
	}
	l->row = SPAN("");
	l->lines = 0;
}

static bool
begins_latex(struct span line)
{
	return span_starts(line, SPAN("\\begin{tabular")) || span_starts(line, SPAN("\\begin{longtable")) ||
	       span_starts(line, SPAN("\\begin{tabularx"));
}

bool
notation_rows(struct span page, struct buf *out)
{
	static const char *const signs[] = {"{|", "[table", ".. list-table::", "\\begin{"};
	struct rows r = {.out = out};
	struct latex latex = {.row = SPAN("")};
	bool may = false;

	for (size_t i = 0; i < sizeof signs / sizeof *signs && !may; i++)
		may = page.n && memchr(page.p, *signs[i], page.n) && span_find(page, span_str(signs[i])) < page.n;
	if (!may)
		return false;
	buf_reset(out);
	while (page.n) {
		const char *lf = memchr(page.p, '\n', page.n);
		struct span raw = span_of(page.p, lf ? (size_t)(lf - page.p) : page.n), line = span_trim(raw);

		if (r.notation == NOTATION_WIKI)
			wiki_line(&r, line);
		else if (r.notation == NOTATION_BOARD)
			board_line(&r, line);
		else if (r.notation == NOTATION_LIST)
			list_line(&r, raw);
		else if (latex.open)
			latex_line(&latex, raw, &r);
		else if ((r.notation = begins(line)) == NOTATION_NONE && !(latex.open = begins_latex(line)))
			buf_add_span(out, raw);
		r.lines += lf != NULL;
		if (!r.open && latex.row.n == 0)
			end_row(&r);
		page = span_from(page, raw.n + (lf != NULL));
	}
	if (latex.row.n) {
		buf_add_span(out, latex.row);
		r.lines = 0;
	}
	end_row(&r);
	return r.any;
}
