#include "warc.h"

#include <strings.h>

#include "http.h"

enum {
	HEADER = 64 * 1024, /* bytes of the longest header */
	BEGIN = 7,          /* bytes by which a record is known: "WARC/1." */
};

static const struct span version = {"WARC/", 5};

/* Of whatever version: what is read here of a record has been the same in all. */
bool
warc_looks_like(struct span bytes)
{
	return bytes.n >= BEGIN && span_starts(bytes, version) && is_digit(bytes.p[5]) && bytes.p[6] == '.';
}

/*
 * The length of the header at the front of the window, its blank line included; 0: none ends there.  It
 * does not where another record's first line stands in it, which the damaged one is not looked beyond.
 */
static size_t
header_length(struct stream *s)
{
	size_t line = BEGIN;

	for (;;) {
		struct span w = stream_window(s), rest;
		size_t end = w.n < HEADER ? w.n : HEADER;
		const char *lf = line < end ? memchr(w.p + line, '\n', end - line) : NULL;
		size_t next = lf ? (size_t)(lf - w.p) + 1 : end;

		if (!lf || next + 2 > w.n) {
			/* A line end or the blank line may come with what is still to be read. */
			if (end == HEADER || !stream_fill(s, w.n + 1)) {
				w = stream_window(s);
				return lf && next < w.n && w.p[next] == '\n' ? next + 1 : 0;
			}
			continue;
		}
		line = next;
		rest = span_from(w, line);
		if (*rest.p == '\n')
			return line + 1;
		if (*rest.p == '\r' && rest.p[1] == '\n')
			return line + 2;
		if (warc_looks_like(rest))
			return 0;
	}
}

/* The first place in s where a record's first line stands; s.n if there is none. */
static size_t
find_version(struct span s)
{
	for (size_t at = 0;;) {
		size_t hit = at + span_find(span_from(s, at), version), end = hit + BEGIN + 1;

		if (hit >= s.n || end >= s.n)
			return hit;
		/* The record before may have lost its end: nothing is asked of what stands before. */
		if (warc_looks_like(span_from(s, hit)) && (s.p[end] == '\n' || (s.p[end] == '\r' && end + 1 < s.n && s.p[end + 1] == '\n')))
			return hit;
		at = hit + 1;
	}
}

/* Drops the window up to the next record, from `from` on; false if there is none. */
static bool
next_version(struct stream *s, size_t from, size_t *dropped)
{
	enum { LINE = 10 }; /* bytes of its first line */

	for (*dropped = 0;;) {
		struct span w = stream_window(s);
		size_t hit;

		from = from < w.n ? from : w.n;
		hit = from + find_version(span_from(w, from));
		if (hit < w.n && hit + LINE <= w.n) {
			*dropped += hit;
			stream_take(s, hit);
			return true;
		}
		/* What may be the beginning of one stays. */
		if (hit == w.n)
			hit = w.n - from < LINE ? from : w.n - LINE;
		*dropped += hit;
		stream_take(s, hit);
		from = 0;
		hit = stream_window(s).n;
		if (!stream_fill(s, hit + 1)) {
			*dropped += hit;
			stream_take(s, hit);
			return false;
		}
	}
}

static bool
is_type(struct span type, const char *name)
{
	return type.n == strlen(name) && strncasecmp(type.p, name, type.n) == 0;
}

/*
 * Whether what follows a record's block at `at` is what must: line ends, then a record or the end of the
 * file, or damage that begins only there, behind the two line ends of a record.  *end gets where the next record begins.
 */
static bool
ends_well(struct stream *s, size_t at, size_t *end)
{
	struct span w;
	size_t i = at;

	stream_fill(s, at + 4 + BEGIN);
	w = stream_window(s);
	while (i < w.n && i < at + 4 && (w.p[i] == '\r' || w.p[i] == '\n'))
		i++;
	*end = i;
	if (stream_member_begins(s, i))
		return true;
	if (i == w.n)
		return stream_state(s) == STREAM_END || (stream_whole(s) && i > at);
	/* It ends as records must; what follows is another's damage. */
	if (i == at + 4 && memcmp(w.p + at, "\r\n\r\n", 4) == 0 && stream_whole(s))
		return true;
	w = span_from(w, i);
	return w.n < BEGIN ? span_starts(version, span_head(w, version.n)) : warc_looks_like(w);
}

/* The record at the front of the window cannot be read: reading goes on where the next one begins. */
static enum warc_event
damaged(struct warc *warc, struct warc_record *r, size_t from, const char *fault)
{
	enum stream_state state = stream_state(warc->stream);
	bool more;

	r->fault = fault;
	more = next_version(warc->stream, from, &r->bytes);
	state = more ? state : stream_state(warc->stream);
	warc->said = !more && (state == STREAM_BROKEN || state == STREAM_BOMB);
	warc->cut |= !more && state == STREAM_CUT;
	return WARC_DAMAGED;
}

/* As damaged, where the record goes on behind the stream's end: that is too early if no other follows. */
static enum warc_event
cut(struct warc *warc, struct warc_record *r, size_t from, const char *fault)
{
	damaged(warc, r, from, fault);
	warc->cut |= stream_window(warc->stream).n == 0 && stream_state(warc->stream) == STREAM_END;
	return WARC_DAMAGED;
}

/* As cut, where the stream ended, or broke, within the record. */
static enum warc_event
ended(struct warc *warc, struct warc_record *r, size_t from)
{
	enum stream_state state = stream_state(warc->stream);

	return cut(warc, r, from, state == STREAM_BROKEN || state == STREAM_BOMB
		? stream_fault(warc->stream) : "record is cut short");
}

/* Passes over the empty lines between records; false, with what is to be answered in *event, if none begins. */
static bool
find_record(struct warc *warc, struct warc_record *r, enum warc_event *event)
{
	struct stream *s = warc->stream;

	for (;;) {
		bool filled = stream_fill(s, BEGIN);
		struct span w = stream_window(s);

		if (w.n > 0 && (*w.p == '\r' || *w.p == '\n'))
			stream_take(s, 1);
		else if (filled || (w.n > 0 && stream_state(s) == STREAM_END))
			return true;
		else if (w.n == 0 && !warc->said && (stream_state(s) == STREAM_BROKEN || stream_state(s) == STREAM_BOMB)) {
			/* A member of which nothing could be unzipped. */
			r->offset = stream_offset(s);
			r->fault = stream_fault(s);
			warc->said = true;
			*event = WARC_DAMAGED;
			return false;
		} else if (stream_resume(s, version)) {
			warc->said = false;
		} else {
			*event = WARC_END;
			return false;
		}
	}
}

/* What the record is, whose content is there; r->fault if that cannot be told. */
static enum warc_event
read_header(struct span header, struct warc_record *r)
{
	struct span type = http_header(header, SPAN("WARC-Type"));
	bool response = is_type(type, "response");

	r->uri = http_header(header, SPAN("WARC-Target-URI"));
	if (r->uri.n >= 2 && *r->uri.p == '<' && span_ends(r->uri, SPAN(">")))
		r->uri = span_of(r->uri.p + 1, r->uri.n - 2);
	r->date = http_header(header, SPAN("WARC-Date"));
	http_type(http_header(header, SPAN("Content-Type")), &r->type, &r->charset);
	/*
	 * What a response is shows by its first line, whether a type says so, another, or none; of another protocol (ftp, dns)
	 * it is what its type says.
	 */
	r->http = response && (is_type(r->type, "application/http") || http_looks_like(r->content));
	if (response && !r->http && r->type.n == 0) {
		r->fault = "a response of no known protocol";
		return WARC_DAMAGED;
	}
	r->partial = http_header(header, SPAN("WARC-Truncated")).n         ? "record is cut short by the crawler"
		     : http_header(header, SPAN("WARC-Segment-Number")).n ? "record is a segment, others hold the rest"
									  : NULL;
	return response || is_type(type, "resource") || is_type(type, "conversion") ? WARC_PAGE : WARC_OTHER;
}

enum warc_event
warc_next(struct warc *warc, struct warc_record *r)
{
	struct stream *s = warc->stream;
	enum warc_event event;
	size_t head, length, end;
	struct span w;

	stream_take(s, warc->done);
	warc->done = 0;
	*r = (struct warc_record){.offset = 0};
	if (!find_record(warc, r, &event))
		return event;
	r->offset = stream_offset(s);
	if (!warc_looks_like(stream_window(s)))
		return damaged(warc, r, 0, "no record begins here");
	head = header_length(s);
	if (head == 0)
		return stream_state(s) == STREAM_OPEN ? damaged(warc, r, 1, "record has no end of its header")
						      : ended(warc, r, 1);
	if (!http_length(http_header(span_of(stream_window(s).p, head), SPAN("Content-Length")), &length))
		return damaged(warc, r, head - 1, "record has no length");
	if (length > warc->max) {
		bool was_cut = warc->cut;

		cut(warc, r, head - 1, "record is larger than --max-page");
		warc->cut = was_cut || (warc->cut && r->bytes - head < length);
		return WARC_DAMAGED;
	}
	if (!stream_fill(s, head + length))
		return ended(warc, r, head - 1);
	if (!ends_well(s, head + length, &end)) {
		if (end == stream_window(s).n && !stream_whole(s))
			return ended(warc, r, head - 1);
		return damaged(warc, r, head - 1, "record is longer or shorter than it says");
	}
	w = stream_window(s);
	warc->done = end;
	r->bytes = head + length;
	r->content = span_of(w.p + head, length);
	return read_header(span_of(w.p, head), r);
}
