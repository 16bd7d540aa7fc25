#include "trace.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"

static void
add_line(struct trace *trace, size_t at)
{
	trace->lines = grow(trace->lines, trace->n, &trace->cap, sizeof *trace->lines);
	trace->lines[trace->n++] = at;
}

/* A day or a time, as WARC (RFC 3339) and programs that crawl write them; what else may stand there is none. */
static bool
is_time(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !memchr("-:.+TZtz ", s.p[i], 9))
			return false;
	return s.n >= 4 && s.n < 40;
}

void
trace_page(struct trace *trace, struct span page, struct span captured)
{
	sha256_hex(page, trace->digest);
	trace->captured = is_time(captured) ? captured : span_of(NULL, 0);
	trace->by = TRACE_NONE;
}

void
trace_place(struct trace *trace, enum trace_by by, struct span page, size_t mark)
{
	trace->by = by;
	trace->mark = mark;
	trace->n = 0;
	if (by != TRACE_TEXT)
		return;
	add_line(trace, mark);
	/* As place.h counts them. */
	for (size_t i = 0; i < page.n; i++)
		if (page.p[i] == '\n' || (page.p[i] == '\r' && (i + 1 == page.n || page.p[i + 1] != '\n')))
			add_line(trace, i + 1);
}

void
trace_write(const struct trace *trace, struct writer *w, const struct piece *piece)
{
	writer_char(w, ',');
	if (trace->by == TRACE_HTML && piece->begin && piece->begin != PIECE_BESIDE)
		writer_uint(w, piece->begin - 1 + trace->mark);
	else if (trace->by == TRACE_TEXT && piece->begin != PIECE_BESIDE && piece->line - 1 < trace->n)
		writer_uint(w, trace->lines[piece->line - 1]);
	writer_char(w, ',');
	writer_raw(w, span_of(trace->digest, SHA256_DIGITS));
	writer_char(w, ',');
	writer_field(w, trace->captured);
}

void
trace_release(struct trace *trace)
{
	free(trace->lines);
	*trace = TRACE_INIT;
}
