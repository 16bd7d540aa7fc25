/*
 * extract: pages in, pieces out: what stands on each page, and where.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "charset.h"
#include "contact.h"
#include "filter.h"
#include "html.h"
#include "input.h"
#include "piece.h"
#include "text.h"
#include "words.h"
#include "write.h"

static const char columns[] = "kind,source,line,table,row,col,rows,cols,grid,text";

enum { OPTION_SOURCE = OPTION_OWN, OPTION_MAX_PAGE, OPTION_MAX_CELLS, OPTION_MAX_NESTING,
	OPTION_KEEP_CONTACTS };

static const struct option_spec own[] = {
	{OPTION_SOURCE, "source", "NAME", "what the page is called in the column source instead of its path"},
	{OPTION_MAX_PAGE, "max-page", "SIZE", "reject larger pages (64M)"},
	{OPTION_MAX_CELLS, "max-cells", "N", "reject pages with more cells (200000)"},
	{OPTION_MAX_NESTING, "max-nesting", "N", "reject pages with more tables inside each other (512)"},
	{OPTION_KEEP_CONTACTS, "keep-contacts", NULL, "keep names, telephone numbers and mailboxes"},
};

struct job {
	struct filter f;
	const char *source; /* what pages are called, NULL: their path */
	size_t max_page, max_cells, max_nesting;
	bool keep_contacts;
	struct words *words;
	struct text *text;
	struct html *html;
	struct pieces pieces, spare;
	struct buf page, decoded, work;
};

static bool
set_option(void *context, int id, const char *value)
{
	struct job *job = context;

	switch (id) {
	case OPTION_SOURCE:
		job->source = value;
		return true;
	case OPTION_KEEP_CONTACTS:
		job->keep_contacts = true;
		return true;
	case OPTION_MAX_PAGE:
		if (options_size(value, &job->max_page) && job->max_page > 0)
			return true;
		break;
	case OPTION_MAX_CELLS:
		if (options_number(value, &job->max_cells) && job->max_cells > 0)
			return true;
		break;
	case OPTION_MAX_NESTING:
		if (options_number(value, &job->max_nesting) && job->max_nesting > 0)
			return true;
		break;
	}
	warn("this is no number or size: '%s'", value);
	return false;
}

static const struct program program = {
	.name = "extract",
	.summary = "Writes what stands on pages, and where, as records of pieces.",
	.operands = "[FILE]...",
	.example = "extract page.txt | grep ^cell",
	.shared = OPTIONS_TABLES,
	.options = own,
	.noptions = sizeof own / sizeof *own,
	.set = set_option,
};

/* A page that is not written: where in it and why. */
static void
reject(struct job *job, struct span source, size_t line, size_t offset, size_t bytes, const char *why)
{
	struct writer *w = job->f.rejects;

	finding_at(source, line, "%s", why);
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

/* What is wrong with a page, and where. */
struct fault {
	const char *why; /* a constant */
	size_t line, offset;
};

/* Reads the page's text into the pieces. */
static struct fault
read_text(struct job *job, struct span page, const struct charset *charset)
{
	struct fault fault = {NULL, 0, 0};

	if (charset->id != CHARSET_UTF8 || charset->bad) {
		buf_reset(&job->decoded);
		charset_decode(charset->id, page, &job->decoded, NULL);
		page = buf_span(&job->decoded);
	}
	fault.why = text_read(job->text, page, &job->pieces);
	return fault;
}

static struct fault
read_html(struct job *job, struct span page, const struct charset *charset)
{
	struct html_fault html = {NULL, 0, 0};
	struct fault fault = {NULL, 0, 0};

	if (!html_read(job->html, page, charset, &job->pieces, &html))
		return (struct fault){html.reason, html.line, html.offset};
	if (text_suspects(&job->pieces)) {
		struct pieces read = job->spare;

		pieces_reset(&read);
		fault.why = text_reread(job->text, &job->pieces, &read);
		job->spare = job->pieces;
		job->pieces = read;
	}
	return fault;
}

/* One page, whose transport declared a charset (empty: none). */
static void
work_on_page(struct job *job, struct span source, struct span page, struct span declared)
{
	struct charset charset = charset_decide(page, declared);
	bool html = html_looks_like(page);
	struct fault fault;

	/* Up to one byte in a thousand is damage in a page; more is another coding, or no text. */
	if (charset.bad && charset.bad >= page.n / 1000) {
		reject(job, source, 0, charset.first_bad, page.n, "bytes that are in no charset known here");
		return;
	}
	pieces_reset(&job->pieces);
	buf_reset(&job->work);
	buf_printf(&job->work, "format=%s charset=%s bytes=%zu", html ? "html" : "text",
		charset_name(charset.id), page.n);
	if (charset.overridden) {
		buf_add_str(&job->work, " declared=");
		write_escape(&job->work, charset.declared);
	}
	pieces_add(&job->pieces, (struct piece){.kind = PIECE_PAGE, .line = 1}, buf_span(&job->work));
	fault = html ? read_html(job, page, &charset)
		     : read_text(job, span_of(page.p + charset.bom, page.n - charset.bom), &charset);
	if (fault.why) {
		reject(job, source, fault.line, fault.offset, page.n, fault.why);
		return;
	}
	if (charset.bad) {
		finding_at(source, 0, "%zu bytes are in no charset known here, the first at %zu", charset.bad,
			charset.first_bad);
		filter_note(&job->f, STATUS_FINDINGS);
		filter_count(&job->f, "undecodable bytes", charset.bad);
	}
	if (!job->keep_contacts)
		contact_strike(&job->pieces, job->words);
	filter_count(&job->f, "pages", 1);
	write_pieces(job->f.out, source, &job->pieces);
}

/* A file is one page; false if it is larger than allowed. */
static bool
read_page(struct job *job, struct input *in)
{
	size_t n;

	buf_reset(&job->page);
	do {
		buf_room(&job->page, job->page.n < 65536 ? 65536 : job->page.n / 2);
		n = input_read(in, job->page.p + job->page.n, job->page.cap - job->page.n);
		job->page.n += n;
	} while (n > 0 && job->page.n <= job->max_page);
	return n == 0;
}

static void
work_on_file(struct job *job, const char *path)
{
	struct input *in = input_open(path);
	struct span source = span_str(job->source ? job->source : path);

	if (!in) {
		filter_note(&job->f, STATUS_LOST);
		return;
	}
	if (!read_page(job, in))
		reject(job, source, 0, 0, job->page.n, "page is larger than --max-page");
	else if (input_damaged(in))
		reject(job, source, 0, job->page.n, job->page.n, "page is cut short");
	else if (job->page.n > 0)
		work_on_page(job, source, buf_span(&job->page), span_of(NULL, 0));
	filter_note(&job->f, input_close(in));
}

int
main(int argc, char **argv)
{
	static struct job job = {.max_page = 64u << 20, .max_cells = 200000, .max_nesting = 512};
	static char *stdin_only[] = {"-"};

	if (filter_open(&job.f, &program, argc, argv, &job, "source,line,offset,bytes,reason")) {
		char *const *operands = job.f.options.operands;
		size_t n = job.f.options.noperands;
		struct text_limits limits = TEXT_LIMITS;
		struct html_limits html_limits = HTML_LIMITS;

		job.words = words_load(job.f.options.tables);
		if (!job.words) {
			filter_note(&job.f, STATUS_USAGE);
			return filter_close(&job.f);
		}
		if (n == 0) {
			operands = stdin_only;
			n = 1;
		}
		limits.cells = html_limits.cells = job.max_cells;
		html_limits.nesting = job.max_nesting;
		job.html = html_new(&html_limits);
		job.text = text_new(&limits, job.words);
		if (!job.f.options.no_header_out) {
			writer_raw(job.f.out, span_str(columns));
			writer_char(job.f.out, '\n');
		}
		for (size_t i = 0; i < n && !job.f.out->failed; i++)
			work_on_file(&job, operands[i]);
		text_free(job.text);
		html_free(job.html);
		words_free(job.words);
		pieces_release(&job.pieces);
		pieces_release(&job.spare);
		buf_release(&job.decoded);
		buf_release(&job.page);
		buf_release(&job.work);
	}
	return filter_close(&job.f);
}
