#include "jsonl.h"

#include <string.h>

#include "simd.h"

/* Values of one object: jansson takes up to a hundred bytes for one that takes two in the line. */
enum { VALUES = 100000 };

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

/* Whether the line has more values than an object of a page's address and text may have. */
static bool
too_many(struct span line)
{
	const char *p = line.p, *end = p + line.n;
	size_t values = 0;

	while (p < end && values <= VALUES) {
		switch (*p++) {
		case ',':
		case ':':
		case '[':
		case '{':
			values++;
			break;
		case '"':
			while ((p = simd_either(p, end, '"', '\\')) < end && *p == '\\')
				p += end - p > 1 ? 2 : 1;
			p += p < end;
		}
	}
	return values > VALUES;
}

/* The surrogate whose escape begins here, or 0. */
static uint32_t
surrogate_at(const char *p, const char *end)
{
	uint32_t v = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return 0;
	for (int i = 2; i < 6; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return 0;
	}
	return v >= 0xd800 && v < 0xe000 ? v : 0;
}

/*
 * Half surrogates, which writers leave that cut a text in the middle of a character: no text to JSON's readers
 * (RFC 8259, section 8.2).  The line with U+FFFD in their place to *mended; how many they are.
 */
static size_t
mend(struct span line, struct buf *mended)
{
	size_t halves = 0;
	const char *end;

	buf_reset(mended);
	buf_add_span(mended, line);
	end = mended->p + mended->n;
	for (char *p = mended->p; p && (p = memchr(p, '\\', (size_t)(end - p))) != NULL;) {
		uint32_t one = surrogate_at(p, end), two = one ? surrogate_at(p + 6, end) : 0;

		if (one && one < 0xdc00 && two >= 0xdc00) {
			p += 12;
		} else if (one) {
			memcpy(p + 2, "fffd", 4);
			halves++;
			p += 6;
		} else {
			p += end - p > 1 ? 2 : 1;
		}
	}
	return halves;
}

/* The object of the line; *halves gets how many half surrogates were replaced in it. */
static json_t *
parse(struct span line, struct buf *mended, size_t *halves)
{
	json_error_t error;
	json_t *object;

	*halves = 0;
	line = span_trim(unmarked(line));
	if (line.n < 2 || *line.p != '{')
		return NULL;
	object = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &error);
	if (!object && (*halves = mend(line, mended)) > 0)
		object = json_loadb(mended->p, mended->n, JSON_ALLOW_NUL, &error);
	if (object && !json_is_object(object)) {
		json_decref(object);
		object = NULL;
	}
	return object;
}

static struct span
text_of(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return json_is_string(value) ? span_of(json_string_value(value), json_string_length(value))
				     : span_of(NULL, 0);
}

static const char *const page_keys[] = {"html", "text", "content"};

static struct span
page_of(json_t *object)
{
	for (size_t i = 0; i < sizeof page_keys / sizeof *page_keys; i++) {
		struct span page = text_of(object, page_keys[i]);

		if (page.p)
			return page;
	}
	return span_of(NULL, 0);
}

/* Whether a line that is no whole object was to be one with a page: it begins so, and names one. */
static bool
was_page(struct span line)
{
	line = span_trim(line);
	if (line.n == 0 || *line.p != '{')
		return false;
	line = span_trim(span_of(line.p + 1, line.n - 1));
	if (line.n == 0 || *line.p != '"')
		return false;
	for (size_t i = 0; i < sizeof page_keys / sizeof *page_keys; i++) {
		size_t n = strlen(page_keys[i]), at = 1;

		while ((at += span_find(span_of(line.p + at, line.n - at), span_str(page_keys[i]))) + n < line.n) {
			struct span behind = span_of(line.p + at + n + 1, line.n - at - n - 1);

			if (line.p[at - 1] == '"' && line.p[at + n] == '"' && span_starts(span_trim(behind), SPAN(":")))
				return true;
			at++;
		}
	}
	return false;
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

bool
jsonl_looks_like(struct stream *s, size_t max)
{
	size_t from = first_line(s, max), n, halves;
	struct span w = stream_window(s);
	struct buf mended = BUF_INIT;
	bool end, page = false;
	json_t *object;

	if (from >= max || w.n < from + 2 || w.p[from] != '{')
		return false;
	n = line_end(s, from, max, &end);
	w = stream_window(s);
	/* No plain page is that large, and behind the line others may follow. */
	if (n == 0)
		return was_page(span_of(w.p + from, (w.n < max ? w.n : max) - from));
	w = span_of(w.p + from, n - from);
	object = too_many(w) ? NULL : parse(w, &mended, &halves);
	buf_release(&mended);
	if (!object)
		return was_page(w);
	page = page_of(object).p != NULL;
	json_decref(object);
	return page;
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

enum jsonl_event
jsonl_next(struct jsonl *j, struct jsonl_record *r)
{
	struct stream *s = j->stream;

	json_decref(j->object);
	j->object = NULL;
	stream_take(s, j->done);
	j->done = 0;
	for (;;) {
		size_t n;
		bool end;

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
		r->bytes = n;
		if (span_trim(unmarked(span_of(stream_window(s).p, n))).n == 0) {
			stream_take(s, n);
			continue;
		}
		if (too_many(span_of(stream_window(s).p, n))) {
			j->done = n;
			r->fault = "object has too many values";
			return JSONL_DAMAGED;
		}
		/* The end of damaged data is no line. */
		j->object = stream_state(s) == STREAM_OPEN || stream_state(s) == STREAM_END || !end
			? parse(span_of(stream_window(s).p, n), &j->mended, &r->halves) : NULL;
		j->done = n;
		if (!j->object) {
			j->cut = end;
			r->fault = end ? "line is cut short" : "line is no JSON object";
			return JSONL_DAMAGED;
		}
		r->url = text_of(j->object, "url");
		r->page = page_of(j->object);
		if (r->page.p)
			return JSONL_PAGE;
		r->fault = "object holds no page";
		return JSONL_DAMAGED;
	}
}

void
jsonl_release(struct jsonl *j)
{
	json_decref(j->object);
	j->object = NULL;
	buf_release(&j->mended);
}
