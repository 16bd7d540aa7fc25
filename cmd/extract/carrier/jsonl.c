#include "jsonl.h"

#include <string.h>

#include "simd.h"

static const struct span mark = {"\xef\xbb\xbf", 3};

/* A line without a byte order mark: the file's own, or that of one it was joined to. */
static struct span
unmarked(struct span line)
{
	return span_starts(line, mark) ? span_of(line.p + mark.n, line.n - mark.n) : line;
}

/* Where the line at `from` in the window ends, its end included; 0: it does not within max, or at all. */
static size_t
line_end(struct stream *s, size_t from, size_t max, bool *end)
{
	size_t looked = from;

	*end = false;
	for (;;) {
		struct span w = stream_window(s);
		size_t n = w.n < max ? w.n : max;
		const char *lf = n > looked ? memchr(w.p + looked, '\n', n - looked) : NULL;

		if (lf)
			return (size_t)(lf - w.p) + 1;
		looked = n;
		if (n == max)
			return 0;
		if (!stream_fill(s, w.n + 1)) {
			*end = true;
			return stream_window(s).n;
		}
	}
}

/* Where in the window the first line with something on it begins, behind a byte order mark. */
static size_t
first_line(struct stream *s, size_t max)
{
	size_t at = span_starts(stream_window(s), mark) ? mark.n : 0;

	for (;;) {
		struct span w = stream_window(s);

		while (at < w.n && (w.p[at] == '\n' || w.p[at] == '\r' || w.p[at] == ' ' || w.p[at] == '\t'))
			at++;
		if (at < w.n || at >= max || !stream_fill(s, w.n + 1))
			return at;
	}
}

/*
 * Where in the window the object that begins at `from` ends, or, as no string holds a line's end, where it is known to be
 * damaged; 0: not within max bytes, or, *end, before the file does.  Whether it is one, object_read says.
 */
static size_t
object_end(struct stream *s, size_t from, size_t max, bool *end)
{
	size_t at = from, depth = 0;
	bool quoted = false;

	*end = false;
	for (;;) {
		struct span w = stream_window(s);
		size_t n = w.n - from < max ? w.n : from + max;

		while (at < n) {
			if (quoted) {
				size_t to = (size_t)(simd_either(w.p + at, w.p + n, '"', '\\') - w.p);
				const char *lf = memchr(w.p + at, '\n', to - at);

				if (lf)
					return (size_t)(lf - w.p) + 1;
				at = to;
				if (at == n)
					break;
				quoted = w.p[at] != '"';
				at += quoted ? 2 : 1;
				continue;
			}
			switch (w.p[at++]) {
			case '"': quoted = true; break;
			case '{':
			case '[': depth++; break;
			case '}':
			case ']':
				if (--depth == 0)
					return at;
			}
		}
		if (n == from + max)
			return 0;
		if (!stream_fill(s, w.n + 1)) {
			*end = true;
			return 0;
		}
	}
}

/* The first byte of the window from `at` on that is no blank of JSON, or w.n. */
static size_t
passed_blanks(struct span w, size_t at)
{
	while (at < w.n && (w.p[at] == ' ' || w.p[at] == '\t' || w.p[at] == '\n' || w.p[at] == '\r'))
		at++;
	return at;
}

/* Whether an object that goes on over lines, or an array of objects, begins at `from`, and the first holds a page or was to. */
static bool
begins_document(struct stream *s, const struct words *words, size_t from, size_t max)
{
	struct span w = stream_window(s);
	struct object object = OBJECT_INIT(words);
	bool end, page;
	size_t to;

	if (w.p[from] == '[')
		from = passed_blanks(w, from + 1);
	if (from == w.n || w.p[from] != '{' || (to = passed_blanks(w, from + 1)) == w.n || w.p[to] != '"')
		return false;
	to = object_end(s, from, max, &end);
	w = stream_window(s);
	w = span_of(w.p + from, (to ? to : w.n) - from);
	page = to && !object_read(&object, w);
	page = page || ((!to || object.damaged) && object_was_page(words, w));
	object_release(&object);
	return page;
}

/* Whether the line at `from` is an object with a page, or was to be one. */
static bool
begins_lines(struct stream *s, const struct words *words, size_t from, size_t max)
{
	struct object object = OBJECT_INIT(words);
	bool page, damaged, end;
	struct span w;
	size_t n;

	n = line_end(s, from, max, &end);
	w = stream_window(s);
	/* No plain page is that large, and behind the line others may follow. */
	if (n == 0)
		return object_was_page(words, span_of(w.p + from, (w.n < max ? w.n : max) - from));
	w = span_of(w.p + from, n - from);
	page = !object_read(&object, w);
	damaged = !object.root;
	object_release(&object);
	return page || (damaged && object_was_page(words, w));
}

enum jsonl_kind
jsonl_kind(struct stream *s, const struct words *words, size_t max)
{
	size_t from = first_line(s, max);
	struct span w = stream_window(s);

	if (from >= max || w.n < from + 2 || (w.p[from] != '{' && w.p[from] != '['))
		return JSONL_NONE;
	if (w.p[from] == '{' && begins_lines(s, words, from, max))
		return JSONL_LINES;
	return begins_document(s, words, from, max) ? JSONL_DOCUMENT : JSONL_NONE;
}

/* Passes over a line longer than max. */
static size_t
skip_line(struct stream *s)
{
	size_t bytes = 0;

	for (;;) {
		struct span w = stream_window(s);
		const char *lf = w.n ? memchr(w.p, '\n', w.n) : NULL;
		size_t n = lf ? (size_t)(lf - w.p) + 1 : w.n;

		bytes += n;
		stream_take(s, n);
		if (lf || !stream_fill(s, 1))
			return bytes;
	}
}

/* Drops n bytes at the front of the window, and counts the lines that end in them. */
static void
take_counting(struct jsonl *j, size_t n)
{
	struct span w = stream_window(j->stream);

	for (const char *p = w.p; n && (p = memchr(p, '\n', (size_t)(w.p + n - p))) != NULL; p++)
		j->line++;
	stream_take(j->stream, n);
}

/* The next page of the object read last, if it has more. */
static bool
next_page(struct jsonl *j, struct jsonl_record *r)
{
	if (j->given == j->object.n)
		return false;
	r->url = j->object.page[j->given].url;
	r->title = j->object.page[j->given].title;
	r->captured = j->object.page[j->given].captured;
	r->page = j->object.page[j->given++].page;
	return true;
}

/* Reads the object of n bytes at the front of the window. */
static enum jsonl_event
read_object(struct jsonl *j, size_t n, struct jsonl_record *r)
{
	r->bytes = j->done = n;
	r->fault = object_read(&j->object, unmarked(span_of(stream_window(j->stream).p, n)));
	r->halves = j->object.halves;
	return !r->fault && next_page(j, r) ? JSONL_PAGE : JSONL_DAMAGED;
}

static enum jsonl_event
next_line(struct jsonl *j, struct jsonl_record *r)
{
	struct stream *s = j->stream;
	enum jsonl_event event;
	size_t n;
	bool end;

	stream_take(s, j->done);
	j->done = 0;
	for (;;) {
		*r = (struct jsonl_record){.offset = stream_offset(s)};
		n = line_end(s, 0, j->max, &end);
		if (n == 0 && end)
			return JSONL_END;
		j->line++;
		if (n == 0) {
			r->bytes = skip_line(s);
			r->fault = "line is larger than --max-page";
			return JSONL_DAMAGED;
		}
		if (span_trim(unmarked(span_of(stream_window(s).p, n))).n > 0)
			break;
		stream_take(s, n);
	}
	event = read_object(j, n, r);
	/* The end of damaged data is no line. */
	if (end && (j->object.damaged || stream_state(s) != STREAM_END)) {
		object_reset(&j->object);
		j->given = 0;
		j->cut = true;
		r->fault = "line is cut short";
		return JSONL_DAMAGED;
	}
	return event;
}

/* Behind what is no object: on to the next line that begins as one. */
static void
skip_to_object(struct jsonl *j)
{
	for (;;) {
		struct span w = stream_window(j->stream);
		const char *lf = w.n ? memchr(w.p, '\n', w.n) : NULL;
		size_t at = 0;

		take_counting(j, lf ? (size_t)(lf - w.p) + 1 : w.n);
		if (!stream_fill(j->stream, 1))
			return;
		w = stream_window(j->stream);
		while (at < w.n && (w.p[at] == ' ' || w.p[at] == '\t'))
			at++;
		if (lf && at < w.n && w.p[at] == '{')
			return;
	}
}

/* The objects of a document: of an array, or one behind the other. */
static enum jsonl_event
next_element(struct jsonl *j, struct jsonl_record *r)
{
	struct stream *s = j->stream;
	bool end;
	size_t n;

	j->line += j->line == 0;
	take_counting(j, j->done);
	j->done = 0;
	if (j->lost)
		skip_to_object(j);
	j->lost = false;
	do {
		struct span w = unmarked(stream_window(s));

		n = passed_blanks(w, 0);
		while (n < w.n && (w.p[n] == ',' || w.p[n] == '[' || w.p[n] == ']'))
			n = passed_blanks(w, n + 1);
		take_counting(j, n + (stream_window(s).n - w.n));
	} while (stream_window(s).n == 0 && stream_fill(s, 1));
	*r = (struct jsonl_record){.offset = stream_offset(s)};
	if (stream_window(s).n == 0)
		return JSONL_END;
	if (*stream_window(s).p == '{' && (n = object_end(s, 0, j->max, &end)) > 0)
		return read_object(j, n, r);
	if (*stream_window(s).p == '{' && end) {
		r->fault = "object is cut short";
		j->cut = true;
		j->done = r->bytes = stream_window(s).n;
	} else if (*stream_window(s).p == '{') {
		r->fault = "object is larger than --max-page";
		j->done = r->bytes = j->max;
	} else {
		r->fault = "what stands between the objects is no JSON";
		r->bytes = stream_window(s).n;
		j->lost = true;
	}
	return JSONL_DAMAGED;
}

enum jsonl_event
jsonl_next(struct jsonl *j, struct jsonl_record *r)
{
	r->halves = 0;
	if (next_page(j, r))
		return JSONL_PAGE;
	object_reset(&j->object);
	j->given = 0;
	return j->kind == JSONL_DOCUMENT ? next_element(j, r) : next_line(j, r);
}

void
jsonl_release(struct jsonl *j)
{
	object_release(&j->object);
}
