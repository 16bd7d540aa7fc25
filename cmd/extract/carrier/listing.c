#include "listing.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "formats.h"
#include "simd.h"

enum {
	HEADER = 4096,  /* bytes of the line that names the fields, at most */
	LONG_PAGE = 256, /* bytes: more than the cell of a table has */
	RECORDS = 64,   /* of which one must hold such a page */
};

static const struct span mark = {"\xef\xbb\xbf", 3};

/*
 * Where the record at the front of the window ends, its line's end included, and how many line ends it has; 0: it does not
 * within max bytes.  *open: the file ends within a quoted field.
 */
static size_t
record_end(struct stream *s, size_t max, size_t *lines, bool *open)
{
	size_t at = 0;
	bool quoted = false;

	*lines = 0;
	for (;;) {
		struct span w = stream_window(s);
		size_t n = w.n < max ? w.n : max;

		while (at < n) {
			at = (size_t)(simd_either(w.p + at, w.p + n, '"', '\n') - w.p);
			if (at == n)
				break;
			if (w.p[at++] == '"') {
				quoted = !quoted;
				continue;
			}
			++*lines;
			if (!quoted) {
				*open = false;
				return at;
			}
		}
		if (n == max)
			return 0;
		if (!stream_fill(s, w.n + 1)) {
			*open = quoted;
			return w.n;
		}
	}
}

/* Passes over the record at the front of the window, however long; its bytes. */
static size_t
skip_record(struct listing *l)
{
	size_t bytes = 0;
	bool quoted = false;

	for (;;) {
		struct span w = stream_window(l->stream);
		size_t at = 0;

		while (at < w.n) {
			at = (size_t)(simd_either(w.p + at, w.p + w.n, '"', '\n') - w.p);
			if (at == w.n)
				break;
			quoted ^= w.p[at] == '"';
			l->lines += w.p[at++] == '\n';
			if (w.p[at - 1] == '\n' && !quoted) {
				stream_take(l->stream, at);
				return bytes + at;
			}
		}
		bytes += w.n;
		stream_take(l->stream, w.n);
		if (!stream_fill(l->stream, 1))
			return bytes;
	}
}

/* The next field of a record, taken from *rest, as it is written; *last: no other follows. */
static struct span
next_field(struct span *rest, char sign, bool *last)
{
	size_t at = 0;
	bool quoted = false;
	struct span field;

	for (; at < rest->n && (quoted || rest->p[at] != sign); at++)
		quoted ^= rest->p[at] == '"';
	field = span_of(rest->p, at);
	*last = at == rest->n;
	*rest = span_of(rest->p + at + !*last, rest->n - at - !*last);
	return field;
}

/* The field without its quotes; *out has what is not a part of it as it stands. */
static struct span
unquoted(struct span field, struct buf *out)
{
	field = span_trim(field);
	if (field.n < 2 || *field.p != '"' || field.p[field.n - 1] != '"')
		return field;
	field = span_of(field.p + 1, field.n - 2);
	if (!memchr(field.p, '"', field.n))
		return field;
	buf_reset(out);
	while (field.n) {
		const char *quote = memchr(field.p, '"', field.n);
		size_t n = quote ? (size_t)(quote - field.p) + 1 : field.n;

		buf_add(out, field.p, n);
		n += quote && n < field.n && field.p[n] == '"';
		field = span_of(field.p + n, field.n - n);
	}
	return buf_span(out);
}

static bool
is_key(const struct words *words, enum word_use use, struct span name)
{
	struct span key;

	for (size_t i = 0; (key = words_nth(words, use, i)).n; i++)
		if (key.n == name.n && strncasecmp(key.p, name.p, key.n) == 0)
			return true;
	return false;
}

/* Reads the names of the fields; whether one of them is that of a page. */
static bool
read_header(struct listing *l, const struct words *words, struct span header)
{
	bool last = header.n == 0;

	l->fields = 0;
	l->page = l->url = l->title = l->captured = SIZE_MAX;
	for (; !last; l->fields++) {
		struct span name = unquoted(next_field(&header, l->sign, &last), &l->text[0]);

		if (l->page == SIZE_MAX && is_key(words, WORD_PAGE_KEY, name))
			l->page = l->fields;
		else if (l->url == SIZE_MAX && is_key(words, WORD_URL_KEY, name))
			l->url = l->fields;
		else if (l->title == SIZE_MAX && is_key(words, WORD_TITLE_KEY, name))
			l->title = l->fields;
		else if (l->captured == SIZE_MAX && is_key(words, WORD_CAPTURED_KEY, name))
			l->captured = l->fields;
	}
	return l->fields > 1 && l->page != SIZE_MAX;
}

/* Reads a record, its line's end included; false if it has another number of fields. */
static bool
read_record(struct listing *l, struct span record, struct listing_record *r)
{
	bool last = false;
	size_t n = 0;

	for (; !last; n++) {
		struct span field = next_field(&record, l->sign, &last);

		if (n == l->page)
			r->page = unquoted(field, &l->text[0]);
		else if (n == l->url)
			r->url = unquoted(field, &l->text[1]);
		else if (n == l->title)
			r->title = unquoted(field, &l->text[2]);
		else if (n == l->captured)
			r->captured = unquoted(field, &l->text[3]);
	}
	return n == l->fields;
}

/* Whether one of the records behind the header, which is of `skip` bytes, holds a page; they stay in the window. */
static bool
holds_page(struct listing *l, size_t skip)
{
	struct stream *s = l->stream;
	size_t records = 0, from = skip;
	bool quoted = false;

	for (size_t at = skip; at - skip < l->max && records < RECORDS; at++) {
		struct span w = stream_window(s), record;
		struct listing_record r = {.fault = NULL};
		bool more = at < w.n || stream_fill(s, at + 1);

		w = stream_window(s);
		quoted ^= more && w.p[at] == '"';
		if (more && (quoted || w.p[at] != '\n'))
			continue;
		record = span_of(w.p + from, at - from);
		if (record.n && read_record(l, record, &r) && r.page.n &&
			(r.page.n >= LONG_PAGE || memchr(r.page.p, '\n', r.page.n)))
			return true;
		if (!more)
			return false;
		from = at + 1;
		records++;
	}
	return false;
}

bool
listing_begin(struct listing *l, struct stream *s, const struct words *words, size_t max)
{
	static const char signs[] = ",;\t";
	struct span w, header;
	const char *lf;
	size_t skip;

	*l = (struct listing){.stream = s, .max = max, .text = {BUF_INIT, BUF_INIT, BUF_INIT}};
	stream_fill(s, HEADER < max ? HEADER : max);
	w = stream_window(s);
	if (w.n == 0 || *w.p == '<')
		return false;
	skip = span_starts(w, mark) ? mark.n : 0;
	header = span_of(w.p + skip, (w.n < HEADER ? w.n : HEADER) - skip);
	lf = header.n ? memchr(header.p, '\n', header.n) : NULL;
	if (!lf)
		return false;
	header.n = (size_t)(lf - header.p);
	skip += header.n + 1;
	for (const char *sign = signs; *sign; sign++) {
		l->sign = *sign;
		if (!memchr(header.p, *sign, header.n) || !read_header(l, words, span_trim(header)) || !holds_page(l, skip))
			continue;
		/* The text of a piece is no page. */
		if (formats_records(header))
			break;
		l->done = skip;
		l->line = l->lines = 1;
		return true;
	}
	listing_release(l);
	return false;
}

enum listing_event
listing_next(struct listing *l, struct listing_record *r)
{
	struct stream *s = l->stream;
	size_t n;
	bool open;

	for (;;) {
		stream_take(s, l->done);
		l->line += l->lines;
		l->done = l->lines = 0;
		*r = (struct listing_record){.offset = stream_offset(s)};
		n = record_end(s, l->max, &l->lines, &open);
		if (n == 0 && stream_window(s).n == 0)
			return LISTING_END;
		if (n == 0) {
			l->lines = 0;
			r->bytes = skip_record(l);
			r->fault = "record is larger than --max-page";
			return LISTING_DAMAGED;
		}
		l->done = r->bytes = n;
		if (span_trim(span_of(stream_window(s).p, n)).n > 0)
			break;
	}
	if (open || (l->lines == 0 && stream_state(s) != STREAM_END))
		r->fault = "record is cut short";
	else if (!read_record(l, span_of(stream_window(s).p, n), r))
		r->fault = "the row has another number of fields than the header";
	l->cut |= open;
	return r->fault ? LISTING_DAMAGED : LISTING_PAGE;
}

void
listing_release(struct listing *l)
{
	for (size_t i = 0; i < sizeof l->text / sizeof *l->text; i++)
		buf_release(&l->text[i]);
}
