#include "http.h"

#include <stdlib.h>
#include <strings.h>
#include <zlib.h>
#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif

#include "diag.h"

enum { SMALL = 1 << 20, ROOM = 64 * 1024 };

static bool
same(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

struct span
http_header(struct span block, struct span name)
{
	while (block.p && block.n) {
		struct span line = span_cut(&block, '\n'), key = line;
		const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;

		if (!colon)
			continue;
		key.n = (size_t)(colon - line.p);
		if (same(span_trim(key), name))
			return span_trim(span_of(colon + 1, line.n - key.n - 1));
	}
	return span_of(NULL, 0);
}

bool
http_looks_like(struct span bytes)
{
	return span_starts(bytes, SPAN("HTTP/")) && span_is_digit(bytes, 5);
}

bool
http_length(struct span value, size_t *length)
{
	size_t n = 0;

	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] < '0' || value.p[i] > '9' || n > SIZE_MAX / 16)
			return false;
		n = n * 10 + (size_t)(value.p[i] - '0');
	}
	*length = n;
	return value.n > 0;
}

void
http_type(struct span value, struct span *type, struct span *charset)
{
	*type = span_trim(span_cut(&value, ';'));
	*charset = span_of(NULL, 0);
	while (value.p) {
		struct span parameter = span_trim(span_cut(&value, ';')), name = span_cut(&parameter, '=');

		if (!same(span_trim(name), SPAN("charset")) || !parameter.p)
			continue;
		parameter = span_trim(parameter);
		if (parameter.n >= 2 && (*parameter.p == '"' || *parameter.p == '\''))
			parameter = span_of(parameter.p + 1, parameter.n - 2);
		*charset = parameter;
		return;
	}
}

/* The length of a header block at the start of s, the blank line that ends it included; 0: none ends. */
static size_t
head_length(struct span s)
{
	for (size_t at = 0; at < s.n;) {
		const char *end = memchr(s.p + at, '\n', s.n - at);
		size_t next;

		if (!end)
			return 0;
		next = (size_t)(end - s.p) + 1;
		if (next - at == 1 || (next - at == 2 && s.p[at] == '\r'))
			return next;
		at = next;
	}
	return 0;
}

static int
hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The size at the start of a chunk, its line taken off *s; false if there is none. */
static bool
chunk_size(struct span *s, size_t *size)
{
	const char *end = s->n ? memchr(s->p, '\n', s->n < 1024 ? s->n : 1024) : NULL;
	size_t n = 0, i = 0;

	if (!end)
		return false;
	for (; i < s->n && hex(s->p[i]) >= 0; i++) {
		if (n > SIZE_MAX >> 8)
			return false;
		n = n << 4 | (size_t)hex(s->p[i]);
	}
	if (i == 0 || (s->p[i] != ';' && s->p[i] != ' ' && s->p[i] != '\r' && s->p[i] != '\n'))
		return false;
	*size = n;
	s->n -= (size_t)(end - s->p) + 1;
	s->p = end + 1;
	return true;
}

/* Whether the last chunk, an empty one, ends the body: then it is in chunks whatever its first line says. */
static bool
ends_in_chunk(struct span body)
{
	return span_ends(body, SPAN("\r\n0\r\n\r\n")) || span_ends(body, SPAN("\n0\n\n"));
}

/* Whether nothing but headers follows the last chunk: else it was none, or what is behind it is another's. */
static bool
ends_in_headers(struct span rest)
{
	struct span line;

	while ((line = span_trim(span_cut(&rest, '\n'))).n)
		if (!memchr(line.p, ':', line.n))
			return false;
	return span_trim(rest).n == 0;
}

static const char *
dechunk(struct span body, struct buf *out)
{
	static const char damaged[] = "body is damaged (chunks)";
	size_t size;

	buf_reset(out);
	while (chunk_size(&body, &size)) {
		if (size == 0)
			return ends_in_headers(body) ? NULL : damaged;
		if (size > body.n)
			break;
		buf_add(out, body.p, size);
		body = span_from(body, size);
		/* The line end behind the chunk. */
		if (body.n && *body.p == '\r')
			body = span_from(body, 1);
		if (body.n && *body.p != '\n')
			return damaged;
		body = span_from(body, body.n ? 1 : 0);
	}
	return "body is cut short (chunks)";
}

/* Whether a response of status 206 holds all there is: bytes 0-99/100. */
static bool
is_whole_range(struct span range)
{
	size_t first, last, all;

	if (!same(span_cut(&range, ' '), SPAN("bytes")))
		return false;
	range = span_trim(range);
	return http_length(span_cut(&range, '-'), &first) && http_length(span_cut(&range, '/'), &last) && http_length(range, &all) && first == 0 &&
	       last < all && last + 1 == all;
}

/* How a body is packed. */
enum packing { NOT_PACKED = 0, RAW_DEFLATE = -15, ZLIB = 15, GZIP = 15 + 16, BROTLI = 99 };

/* Why so many bytes that came of so many packed ones are too many; NULL if they are not. */
static const char *
too_many(size_t out, size_t in, size_t max, size_t ratio)
{
	return out > SMALL && out / ratio > in ? "body unzips to more than allowed"
	       : out > max                     ? "page is larger than --max-page"
					       : NULL;
}

/* Unzips `in` behind what is in *out; window bits as inflateInit2 takes them. */
static const char *
unzip(struct span in, int bits, size_t max, size_t ratio, struct buf *out)
{
	size_t start = out->n;
	const char *fault = NULL;
	z_stream z = {0};

	if (inflateInit2(&z, bits) != Z_OK)
		die(STATUS_LOST, "out of memory (zlib)");
	z.next_in = (unsigned char *)(size_t)in.p;
	z.avail_in = (uInt)in.n;
	for (;;) {
		size_t room;
		int r;

		buf_room(out, ROOM);
		room = out->cap - out->n < 1u << 30 ? out->cap - out->n : 1u << 30;
		z.next_out = (unsigned char *)out->p + out->n;
		z.avail_out = (uInt)room;
		r = inflate(&z, Z_NO_FLUSH);
		out->n += room - z.avail_out;
		fault = too_many(out->n - start, in.n - z.avail_in, max, ratio);
		if (fault)
			break;
		if (r == Z_STREAM_END && z.avail_in >= 2 && z.next_in[0] == 0x1f && z.next_in[1] == 0x8b && bits > 15)
			inflateReset(&z); /* gzip of several members */
		else if (r == Z_STREAM_END)
			break;
		else if (r == Z_BUF_ERROR || (r == Z_OK && z.avail_in == 0 && z.avail_out > 0))
			fault = "body is cut short (compressed)";
		else if (r != Z_OK)
			fault = "body is damaged (compressed)";
		if (fault)
			break;
	}
	inflateEnd(&z);
	return fault;
}

#ifdef HAVE_BROTLI
/* The same of brotli (RFC 7932). */
static const char *
unbrotli(struct span in, size_t max, size_t ratio, struct buf *out)
{
	size_t start = out->n, left = in.n;
	const uint8_t *next = (const uint8_t *)in.p;
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult r;
	const char *fault;

	if (!state)
		die(STATUS_LOST, "out of memory (brotli)");
	do {
		size_t room;
		uint8_t *to;

		buf_room(out, ROOM);
		room = out->cap - out->n;
		to = (uint8_t *)out->p + out->n;
		r = BrotliDecoderDecompressStream(state, &left, &next, &room, &to, NULL);
		out->n = out->cap - room;
		fault = too_many(out->n - start, in.n - left, max, ratio);
	} while (!fault && r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
	BrotliDecoderDestroyInstance(state);
	return fault                                       ? fault
	       : r == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT ? "body is cut short (compressed)"
	       : r == BROTLI_DECODER_RESULT_SUCCESS          ? NULL
							   : "body is damaged (compressed)";
}
#endif

/* Whether it begins as a page does: deflate without a header and brotli have no mark of their own. */
static bool
is_page(struct span body)
{
	if (span_starts(body, SPAN("\xef\xbb\xbf")))
		body = span_from(body, 3);
	while (body.n && (*body.p == ' ' || *body.p == '\t' || *body.p == '\r' || *body.p == '\n'))
		body = span_from(body, 1);
	return body.n == 0 || *body.p == '<';
}

/* How the body is packed, by its header and, since crawlers unpack and keep the header, by its bytes. */
static const char *
packing_of(struct span coding, struct span body, enum packing *packing)
{
	const unsigned char *p = (const unsigned char *)body.p;
	bool deflate = same(coding, SPAN("deflate"));

	*packing = NOT_PACKED;
	if (deflate || same(coding, SPAN("gzip")) || same(coding, SPAN("x-gzip"))) {
		if (body.n >= 2 && p[0] == 0x1f && p[1] == 0x8b)
			*packing = GZIP;
		else if (deflate && body.n >= 2 && (p[0] & 0x0f) == 8 && (p[0] << 8 | p[1]) % 31 == 0)
			*packing = ZLIB;
		else if (deflate && !is_page(body))
			*packing = RAW_DEFLATE;
		return NULL;
	}
#ifdef HAVE_BROTLI
	if (same(coding, SPAN("br"))) {
		if (!is_page(body))
			*packing = BROTLI;
		return NULL;
	}
#endif
	return coding.n && !same(coding, SPAN("identity")) && !same(coding, SPAN("utf-8"))
		       ? "body is in a content encoding not known here"
		       : NULL;
}

/* Whether chunks are what a body was coded in last, and all it was coded in. */
static const char *
transfer_of(struct span coding, bool *chunks)
{
	*chunks = false;
	while (coding.n) {
		struct span one = span_trim(span_cut(&coding, ','));

		if (*chunks || (one.n && !same(one, SPAN("chunked")) && !same(one, SPAN("identity"))))
			return "body is in a transfer encoding not known here";
		*chunks = same(one, SPAN("chunked"));
	}
	return NULL;
}

/* The status of a response by its first line; 0 if that says none. */
static unsigned
status_of(struct span headers)
{
	unsigned status = 0;

	(void)span_cut(&headers, ' ');
	for (size_t i = 0; i < 3 && span_is_digit(headers, i); i++)
		status = status * 10 + (unsigned)(headers.p[i] - '0');
	return status;
}

/* Puts the body's chunks together in `work`; NULL, or why they are none. */
static const char *
undo_chunks(struct buf *work, struct http *http)
{
	struct span probe = http->body;
	const char *fault;
	size_t size;

	/* Some crawlers undo the chunks and keep the header. */
	if (!chunk_size(&probe, &size))
		return ends_in_chunk(http->body) ? "body is damaged (chunks)" : NULL;
	fault = dechunk(http->body, work);
	if (!fault)
		http->body = buf_span(work);
	return fault;
}

/* Unpacks the body into `work`, in which it may stand; NULL, or why it cannot be. */
static const char *
undo_packing(enum packing packing, size_t max, size_t ratio, struct buf *work, struct http *http)
{
	struct buf packed = BUF_INIT;
	const char *fault;

	if (work->n) {
		packed = *work;
		*work = BUF_INIT;
		http->body = buf_span(&packed);
	}
#ifdef HAVE_BROTLI
	fault = packing == BROTLI ? unbrotli(http->body, max, ratio, work)
				  : unzip(http->body, packing, max, ratio, work);
#else
	fault = unzip(http->body, packing, max, ratio, work);
#endif
	buf_release(&packed);
	http->body = buf_span(work);
	return fault;
}

const char *
http_read(struct span response, size_t max, size_t ratio, struct buf *work, struct http *http)
{
	struct span headers, transfer, coding;
	size_t head = 0, length;
	enum packing packing;
	const char *fault;
	bool chunks;

	*http = (struct http){.body = response};
	if (!span_starts(response, SPAN("HTTP/")))
		return NULL;
	head = head_length(response);
	if (head == 0)
		return "HTTP headers are cut short";
	headers = span_of(response.p, head);
	http->body = span_from(response, head);
	http->status = status_of(headers);
	http_type(http_header(headers, SPAN("Content-Type")), &http->type, &http->charset);
	if (http->status == 206 && !is_whole_range(http_header(headers, SPAN("Content-Range"))))
		return "response is a part of a page (206)";
	buf_reset(work);
	transfer = http_header(headers, SPAN("Transfer-Encoding"));
	coding = http_header(headers, SPAN("Content-Encoding"));
	fault = transfer_of(transfer, &chunks);
	/* Some crawlers undo them and keep the header. */
	if (fault && !is_page(http->body))
		return fault;
	/* A body that was coded may have been decoded by who keeps it, with its headers as they were. */
	if (!transfer.n && !coding.n && http_length(http_header(headers, SPAN("Content-Length")), &length) && length > http->body.n)
		http->missing = length - http->body.n;
	fault = chunks ? undo_chunks(work, http) : NULL;
	if (fault)
		return fault;
	fault = packing_of(coding, http->body, &packing);
	if (packing != NOT_PACKED)
		fault = undo_packing(packing, max, ratio, work, http);
	if (fault)
		return fault;
	return http->body.n > max ? "page is larger than --max-page" : NULL;
}
