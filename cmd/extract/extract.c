/*
 * extract: pages in, pieces out: what stands on each page, and where.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif
#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif

#include "blank.h"
#include "buf.h"
#include "carrier/formats.h"
#include "carrier/http.h"
#include "carrier/jsonl.h"
#include "carrier/listing.h"
#include "carrier/stream.h"
#include "carrier/warc.h"
#include "charset/charset.h"
#include "charset/recoded.h"
#include "essay.h"
#include "filter.h"
#include "html/escaped.h"
#include "html/html.h"
#include "paths.h"
#include "personal/contact.h"
#include "piece.h"
#include "records.h"
#include "text/text.h"
#include "trace.h"
#include "words.h"
#include "write.h"

/* How many times its zipped size a page may be. */
enum { RATIO = 1000 };

enum { OPTION_SOURCE = OPTION_OWN, OPTION_FILES_FROM, OPTION_MAX_PAGE, OPTION_MAX_CELLS, OPTION_MAX_NESTING,
	OPTION_KEEP_CONTACTS, OPTION_TRACE, OPTION_LIMIT };

static const struct option_spec own[] = {
	{OPTION_FILES_FROM, "files-from", "FILE", "work on the files FILE names too, a line each"},
	{'0', "null", NULL, "the names in FILE end with a NUL instead of a line end"},
	{'r', "recurse", NULL, "work on all files in the directories given, in byte order"},
	{OPTION_SOURCE, "source", "NAME", "what the page is called in the column source instead of its path"},
	{OPTION_LIMIT, "limit", "N", "stop after N pages that were written"},
	{OPTION_MAX_PAGE, "max-page", "SIZE", "reject larger pages (64M)"},
	{OPTION_MAX_CELLS, "max-cells", "N", "reject pages with more cells (200000)"},
	{OPTION_MAX_NESTING, "max-nesting", "N", "reject pages with more tables inside each other (512)"},
	{OPTION_KEEP_CONTACTS, "keep-contacts", NULL, "keep names, telephone numbers and mailboxes"},
	{OPTION_TRACE, "trace", NULL, "add the columns offset, digest and captured: where in which page"},
};

struct job {
	struct filter f;
	const char *source; /* what pages are called, NULL: their path */
	size_t max_page, max_cells, max_nesting;
	size_t limit, pages; /* how many pages are wanted, 0: all, and how many were written */
	bool keep_contacts, zero, recurse, traced;
	struct trace trace;   /* with --trace */
	struct span captured; /* when the page at hand was taken, if its container says so */
	const char *files_from;
	struct words *words;
	struct formats *formats;
	struct text *text;
	struct html *html;
	struct pieces pieces, spare;
	struct stream *stream;
	struct buf decoded, recoded, unescaped, body, work;
};

static bool
set_option(void *context, int id, const char *value)
{
	struct job *job = context;

	switch (id) {
	case OPTION_SOURCE:
		job->source = value;
		return true;
	case OPTION_FILES_FROM:
		job->files_from = value;
		return true;
	case '0':
		job->zero = true;
		return true;
	case 'r':
		job->recurse = true;
		return true;
	case OPTION_KEEP_CONTACTS:
		job->keep_contacts = true;
		return true;
	case OPTION_TRACE:
		job->traced = true;
		return true;
	case OPTION_LIMIT:
		return options_count(value, &job->limit);
	case OPTION_MAX_PAGE:
		return options_bytes(value, &job->max_page);
	case OPTION_MAX_CELLS:
		return options_count(value, &job->max_cells);
	case OPTION_MAX_NESTING:
		return options_count(value, &job->max_nesting);
	}
	return false;
}

static const char *
libraries(void)
{
	static char text[96];
	size_t n = (size_t)snprintf(text, sizeof text, "%s", jansson_version_str());

#ifdef HAVE_LIBDEFLATE
	n += (size_t)snprintf(text + n, sizeof text - n, ", libdeflate %s", LIBDEFLATE_VERSION_STRING);
#endif
#ifdef HAVE_BROTLI
	n += (size_t)snprintf(text + n, sizeof text - n, ", brotli %u.%u.%u", BrotliDecoderVersion() >> 24,
		BrotliDecoderVersion() >> 12 & 0xfff, BrotliDecoderVersion() & 0xfff);
#endif
	(void)n;
	return text;
}

static const struct program program = {
	.name = "extract",
	.summary = "Writes what stands on pages, and where, as records of pieces.",
	.operands = "[FILE]...",
	.example = "printf '收到申请数 | 件 | 3 |\\n办结数 | 件 | 2 |\\n' | extract",
	.own_library = "jansson",
	.own_library_version = libraries,
	.shared = OPTIONS_TABLES,
	.options = own,
	.noptions = sizeof own / sizeof *own,
	.reads = "files-from",
	.set = set_option,
};

/* Counts a page that is not written, and puts it aside: where in it and why. */
static void
put_aside(struct job *job, struct span source, size_t line, size_t offset, size_t bytes, const char *why)
{
	struct writer *w = job->f.rejects;

	filter_count_reject(&job->f, why);
	if (!w)
		return;
	write_source(w, source);
	writer_char(w, ',');
	if (line)
		writer_uint(w, line);
	writer_char(w, ',');
	writer_uint(w, offset);
	writer_char(w, ',');
	writer_uint(w, bytes);
	writer_char(w, ',');
	writer_field(w, span_str(why));
	writer_end(w);
}

/* A page whose content is at fault. */
static void
reject(struct job *job, struct span source, size_t line, size_t offset, size_t bytes, const char *why)
{
	finding_at(source, line, "%s", message(why));
	put_aside(job, source, line, offset, bytes, why);
}

/* By the mark of UTF-32, whose first half is that of UTF-16: read as that every second character would be a NUL. */
static bool
is_utf32(struct span page)
{
	return page.n % 4 == 0 &&
	       (span_starts(page, SPAN("\xff\xfe\0\0")) || span_starts(page, SPAN("\0\0\xfe\xff")));
}

/* What is wrong with a page, and where. */
struct fault {
	const char *why; /* a constant; NULL: the page was read */
	size_t line, offset;
	size_t cut;      /* the line of the cell in which a page ends that was read, or 0 */
};

/* Reads the page's text into the pieces. */
static struct fault
read_text(struct job *job, struct span page, const struct charset *charset)
{
	struct fault fault = {NULL, 0, 0, 0};

	if (charset->id != CHARSET_UTF8 || charset->bad) {
		buf_reset(&job->decoded);
		charset_decode(charset->id, page, &job->decoded, NULL);
		page = buf_span(&job->decoded);
	}
	if (formats_records(page))
		fault.why = "records that a filter wrote, not a page: give them to the next filter";
	else
		fault.why = text_read(job->text, page, &job->pieces);
	return fault;
}

/* What was read into the spare list of pieces takes the place of what it was read from. */
static void
swap_pieces(struct job *job)
{
	struct pieces read = job->spare;

	job->spare = job->pieces;
	job->pieces = read;
}

static struct fault
read_html(struct job *job, struct span page, const struct charset *charset)
{
	struct html_fault html = {NULL, 0, 0, 0};
	struct fault fault = {NULL, 0, 0, 0};

	if (!html_read(job->html, page, charset, &job->pieces, &html))
		return (struct fault){html.reason, html.line, html.offset, 0};
	fault.cut = html.cut;
	pieces_reset(&job->spare);
	if (text_rejoin(job->text, &job->pieces, &job->spare))
		swap_pieces(job);
	if (text_suspects(job->text, &job->pieces)) {
		pieces_reset(&job->spare);
		fault.why = text_reread(job->text, &job->pieces, &job->spare);
		swap_pieces(job);
	}
	return fault;
}

/* Whether the page is one whose bytes were taken for Latin-1 and written as UTF-8: it is then those bytes. */
static bool
undo_recoding(struct job *job, struct span *page, struct span declared, struct charset *charset)
{
	struct charset inner;

	if (charset->id != CHARSET_UTF8 || charset->bad)
		return false;
	if (!recoded_undo(span_of(page->p + charset->bom, page->n - charset->bom), &job->recoded))
		return false;
	inner = charset_decide(buf_span(&job->recoded), declared);
	/* What is in Latin-1 indeed is text in no other charset. */
	if (!charset_plain(&inner, buf_span(&job->recoded)))
		return false;
	*page = buf_span(&job->recoded);
	*charset = inner;
	return true;
}

/* The title that stands beside a page, in a charset of its own. */
static void
add_title(struct job *job, struct span title)
{
	struct charset charset = charset_decide(title, span_of(NULL, 0));

	if (charset.id != CHARSET_UTF8 || charset.bad) {
		buf_reset(&job->decoded);
		charset_decode(charset.id, title, &job->decoded, NULL);
		title = buf_span(&job->decoded);
	}
	buf_reset(&job->work);
	blank_collapse(title, &job->work);
	if (job->work.n)
		pieces_add(&job->pieces, (struct piece){.kind = PIECE_TITLE, .line = 1, .begin = PIECE_BESIDE}, buf_span(&job->work));
}

/* Whether its pieces, or the lines of a text, are known in the page's own bytes. */
static enum trace_by
traced_by(const struct charset *charset, bool html)
{
	if (html)
		return html_in_place(charset) ? TRACE_HTML : TRACE_NONE;
	return charset->id != CHARSET_UTF16LE && charset->id != CHARSET_UTF16BE ? TRACE_TEXT : TRACE_NONE;
}

/* How well the places of the page's cells are known, for --stats. */
static void
count_cells(struct job *job)
{
	static const char *const names[GRIDS] = {[GRID_HTML] = "cells html", [GRID_ROWS] = "cells rows",
		[GRID_PROVED] = "cells proved", [GRID_ASSUMED] = "cells assumed", [GRID_FAILED] = "cells failed"};
	uint64_t n[GRIDS] = {0};

	for (size_t i = 0; i < job->pieces.n; i++)
		n[job->pieces.v[i].grid]++;
	for (int g = GRID_NONE + 1; g < GRIDS; g++)
		if (n[g])
			filter_count(&job->f, names[g], n[g]);
}

/* Why these bytes are no page that is read here, or NULL; *offset of where that shows. */
static const char *
refusal(const struct job *job, struct span page, const struct charset *charset, size_t *offset)
{
	const char *other = formats_reason(job->formats, page);

	*offset = 0;
	if (other)
		return other;
	if (is_utf32(page))
		return "the page is in UTF-32, which is not read here: make it UTF-8";
	if (charset->shifted)
		return "the page is in HZ or ISO 2022, which are not read here: make it UTF-8";
	/* Up to one byte in a thousand is damage in a page; more is another coding, or no text. */
	if (charset->bad && charset->bad >= page.n / 1000 && !charset_plain(charset, page)) {
		*offset = charset->first_bad;
		return "bytes that are in no charset known here";
	}
	return NULL;
}

/* What a page is, and what was undone to read it. */
struct dress {
	bool html, recoded, escaped;
};

/* The first piece of a page: what it is, and of how many bytes. */
static void
add_page(struct job *job, const struct charset *charset, struct dress dress, size_t bytes)
{
	buf_reset(&job->work);
	buf_printf(&job->work, "format=%s charset=%s bytes=%zu", dress.html ? "html" : "text", charset_name(charset->id), bytes);
	if (dress.recoded)
		buf_add_str(&job->work, " recoded=windows-1252");
	if (dress.escaped)
		buf_add_str(&job->work, " escaped=html");
	if (charset->overridden) {
		buf_add_str(&job->work, " declared=");
		write_escape(&job->work, charset->declared);
	}
	pieces_add(&job->pieces, (struct piece){.kind = PIECE_PAGE, .line = 1, .begin = 1}, buf_span(&job->work));
}

/* Says and counts what is wrong with a page that is read all the same. */
static void
note_damage(struct job *job, struct span source, const struct charset *charset, size_t cut)
{
	if (charset->bad) {
		finding_at(source, 0, "bytes in no charset known here: %zu, the first at %zu", charset->bad, charset->first_bad);
		filter_note(&job->f, STATUS_FINDINGS);
		filter_count(&job->f, "undecodable bytes", charset->bad);
	}
	if (cut) {
		finding_at(source, cut, "the page ends within this cell: it may have been cut");
		filter_note(&job->f, STATUS_FINDINGS);
		filter_count(&job->f, "pages cut within a cell", 1);
	}
}

static void
count_page(struct job *job, bool recoded)
{
	filter_count(&job->f, "pages", 1);
	if (recoded)
		filter_count(&job->f, "pages recoded", 1);
	if (job->f.options.stats)
		count_cells(job);
	if (++job->pages % 1000 == 0 && job->f.options.progress) {
		buf_reset(&job->work);
		buf_printf(&job->work, message("extract: %zu pages"), job->pages);
		buf_add_char(&job->work, '\0');
		diag_progress(job->work.p);
	}
}

/* One page, with the title that its transport gave it and the charset that it declared (empty: none). */
static void
work_on_page(struct job *job, struct span source, struct span title, struct span page, struct span declared)
{
	struct charset charset = charset_decide(page, declared);
	size_t bytes = page.n, offset;
	const char *refused = refusal(job, page, &charset, &offset);
	struct dress dress;
	struct fault fault;

	if (refused) {
		reject(job, source, 0, offset, bytes, refused);
		return;
	}
	if (job->traced)
		trace_page(&job->trace, page, job->captured);
	dress.recoded = undo_recoding(job, &page, declared, &charset);
	dress.html = html_looks_like(page);
	dress.escaped = !dress.html && escaped_undo(page, &job->unescaped);
	if (dress.escaped) {
		page = buf_span(&job->unescaped);
		dress.html = true;
	}
	if (job->traced && !dress.recoded && !dress.escaped)
		trace_place(&job->trace, traced_by(&charset, dress.html), page, charset.bom);
	pieces_reset(&job->pieces);
	add_page(job, &charset, dress, bytes);
	if (title.n)
		add_title(job, title);
	fault = dress.html ? read_html(job, page, &charset)
			   : read_text(job, span_from(page, charset.bom), &charset);
	if (fault.why) {
		reject(job, source, fault.line, fault.offset, bytes, fault.why);
		return;
	}
	note_damage(job, source, &charset, fault.cut);
	essay_free(&job->pieces);
	essay_part(&job->pieces);
	if (!job->keep_contacts)
		contact_strike(&job->pieces, job->words);
	count_page(job, dress.recoded);
	write_pieces(job->f.out, source, &job->pieces, job->traced ? &job->trace : NULL);
}

/* A page of a container that says when it was taken. */
static void
work_on_capture(struct job *job, struct span captured, struct span source, struct span title, struct span page,
	struct span declared)
{
	job->captured = captured;
	work_on_page(job, source, title, page, declared);
	job->captured = span_of(NULL, 0);
}

static void
lose(struct job *job)
{
	filter_note(&job->f, STATUS_LOST);
}

/* Whether more pages are wanted, and can be written. */
static bool
goes_on(const struct job *job)
{
	return !job->f.out->failed && (job->limit == 0 || job->pages < job->limit);
}

/* A file that is one page. */
static void
work_on_plain(struct job *job, struct span source)
{
	struct stream *s = job->stream;
	struct span page;
	const char *why;

	stream_fill(s, job->max_page + 1);
	page = stream_window(s);
	switch (stream_state(s)) {
	case STREAM_OPEN:
		reject(job, source, 0, 0, page.n, "page is larger than --max-page");
		break;
	case STREAM_END:
		if (page.n > 0)
			work_on_page(job, source, span_of(NULL, 0), page, span_of(NULL, 0));
		break;
	case STREAM_BOMB:
		reject(job, source, 0, 0, page.n, stream_fault(s));
		break;
	default:
		why = stream_state(s) == STREAM_BROKEN ? stream_fault(s) : "page is cut short";
		/* A failure, so said also by --quiet. */
		failure_at(source, 0, "%s", message(why));
		put_aside(job, source, 0, page.n, page.n, why);
		lose(job);
	}
}

/* Whether the type of a crawled thing is one of a page that can be read here. */
static bool
is_page_type(struct span type)
{
	static const char *const types[] = {"text/html", "text/plain", "application/xhtml+xml", "text/xml",
		"application/xml", "application/octet-stream", "application/x-unknown", "unknown/unknown"};

	if (type.n == 0)
		return true;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strlen(types[i]) == type.n && strncasecmp(types[i], type.p, type.n) == 0)
			return true;
	return false;
}

static void
work_on_record(struct job *job, const struct warc_record *r)
{
	struct http http = {.body = r->content, .type = r->type, .charset = r->charset};
	const char *why = r->partial;

	if (!why && r->http)
		why = http_read(r->content, job->max_page, RATIO, &job->body, &http);
	if (why) {
		reject(job, r->uri, 0, r->offset, r->bytes, why);
		return;
	}
	if (http.status && (http.status < 200 || http.status > 299)) {
		filter_count(&job->f, "responses without a page", 1);
		return;
	}
	if (!is_page_type(http.type)) {
		filter_count(&job->f, "records of other types", 1);
		return;
	}
	if (http.missing) {
		finding_at(r->uri, 0, "bytes that the body lacks of its Content-Length: %zu: it may have been cut", http.missing);
		filter_note(&job->f, STATUS_FINDINGS);
		filter_count(&job->f, "bodies shorter than said", 1);
	}
	if (http.body.n > 0)
		work_on_capture(job, r->date, r->uri, span_of(NULL, 0), http.body, http.charset);
}

static void
work_on_warc(struct job *job, struct span path)
{
	struct warc warc = WARC_INIT(job->stream, job->max_page);
	struct warc_record r;
	enum warc_event event;

	while (goes_on(job) && (event = warc_next(&warc, &r)) != WARC_END) {
		if (event == WARC_DAMAGED)
			reject(job, path, 0, r.offset, r.bytes, r.fault);
		else if (event == WARC_PAGE)
			work_on_record(job, &r);
		else
			filter_count(&job->f, "records of other types", 1);
	}
	if (warc.cut || stream_state(job->stream) == STREAM_CUT) {
		failure_at(path, 0, "the file is cut short");
		lose(job);
	} else if (stream_state(job->stream) == STREAM_FAILED) {
		lose(job);
	}
}

static void
work_on_jsonl(struct job *job, struct span path, enum jsonl_kind kind)
{
	struct jsonl jsonl = JSONL_INIT(job->stream, job->words, job->max_page, kind);
	struct jsonl_record r;
	enum jsonl_event event = JSONL_PAGE;

	while (goes_on(job) && (event = jsonl_next(&jsonl, &r)) != JSONL_END) {
		if (event == JSONL_DAMAGED)
			reject(job, path, jsonl.line, r.offset, r.bytes, r.fault);
		else if (r.page.n > 0)
			work_on_capture(job, r.captured, r.url.n ? r.url : path, r.title, r.page, SPAN("utf-8"));
		if (event == JSONL_PAGE && r.halves > 0) {
			finding_at(path, jsonl.line, "half surrogates read as U+FFFD: %zu", r.halves);
			filter_note(&job->f, STATUS_FINDINGS);
			filter_count(&job->f, "half surrogates", r.halves);
		}
	}
	if (jsonl.cut || (event == JSONL_END && stream_state(job->stream) != STREAM_END)) {
		failure_at(path, 0, "the file is cut short or damaged");
		lose(job);
	}
	jsonl_release(&jsonl);
}

static void
work_on_listing(struct job *job, struct span path, struct listing *listing)
{
	struct listing_record r;
	enum listing_event event = LISTING_PAGE;

	while (goes_on(job) && (event = listing_next(listing, &r)) != LISTING_END) {
		if (event == LISTING_DAMAGED)
			reject(job, path, listing->line, r.offset, r.bytes, r.fault);
		else if (r.page.n > 0)
			work_on_capture(job, r.captured, r.url.n ? r.url : path, r.title, r.page, span_of(NULL, 0));
	}
	if (listing->cut || (event == LISTING_END && stream_state(job->stream) != STREAM_END)) {
		failure_at(path, 0, "the file is cut short or damaged");
		lose(job);
	}
	listing_release(listing);
}

static void
work_on_file(struct job *job, const char *path)
{
	struct span name = span_str(path);
	struct listing listing;
	enum jsonl_kind kind;

	if (!stream_open(job->stream, path)) {
		put_aside(job, name, 0, 0, 0, "cannot be opened or read");
		lose(job);
		return;
	}
	stream_fill(job->stream, 16);
	if (warc_looks_like(stream_window(job->stream)))
		work_on_warc(job, name);
	else if ((kind = jsonl_kind(job->stream, job->words, job->max_page)) != JSONL_NONE)
		work_on_jsonl(job, name, kind);
	else if (listing_begin(&listing, job->stream, job->words, job->max_page))
		work_on_listing(job, name, &listing);
	else
		work_on_plain(job, job->source ? span_str(job->source) : name);
	stream_close(job->stream);
}

static bool
open_job(struct job *job)
{
	struct text_limits text = TEXT_LIMITS;
	struct html_limits html = HTML_LIMITS;

	job->words = words_load(job->f.options.tables);
	job->formats = formats_load(job->f.options.tables);
	if (!job->words || !job->formats)
		return false;
	text.cells = html.cells = job->max_cells;
	html.nesting = job->max_nesting;
	job->text = text_new(&text, job->words);
	job->html = html_new(&html);
	job->stream = stream_new(RATIO);
	return true;
}

static void
close_job(struct job *job)
{
	stream_free(job->stream);
	html_free(job->html);
	text_free(job->text);
	words_free(job->words);
	formats_free(job->formats);
	pieces_release(&job->pieces);
	pieces_release(&job->spare);
	trace_release(&job->trace);
	buf_release(&job->decoded);
	buf_release(&job->recoded);
	buf_release(&job->unescaped);
	buf_release(&job->body);
	buf_release(&job->work);
}

int
main(int argc, char **argv)
{
	static struct job job = {.max_page = 64u << 20, .max_cells = 200000, .max_nesting = 512};
	static char *stdin_only[] = {"-"};
	struct filter *f = &job.f;
	bool none;

	if (!filter_open(f, &program, argc, argv, &job, "source,line,offset,bytes,reason"))
		return filter_close(f);
	none = f->options.noperands == 0 && !job.files_from;
	if (open_job(&job)) {
		const int written[2] = {f->out->fd, f->rejects ? f->rejects->fd : -1};
		struct paths *paths = paths_new(none ? stdin_only : f->options.operands,
			none ? 1 : f->options.noperands, job.files_from, job.zero, job.recurse, written);
		const char *path;

		if (!f->options.no_header_out) {
			writer_raw(f->out, SPAN(PIECES_COLUMNS));
			if (job.traced)
				writer_raw(f->out, SPAN(TRACE_COLUMNS));
			writer_char(f->out, '\n');
		}
		while (paths && goes_on(&job) && (path = paths_next(paths)) != NULL)
			work_on_file(&job, path);
		filter_note(f, paths ? paths_free(paths) : STATUS_LOST);
		close_job(&job);
	} else {
		filter_note(f, STATUS_USAGE);
	}
	return filter_close(f);
}
