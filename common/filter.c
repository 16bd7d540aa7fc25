#include "filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "manifest.h"
#include "table.h"

static bool
open_output(struct filter *f, struct writer **w, const char *path)
{
	*w = writer_open(path);
	if (!*w)
		filter_note(f, STATUS_LOST);
	return *w != NULL;
}

bool
filter_open(struct filter *f, const struct program *program, int argc, char **argv, void *context,
	const char *reject_header)
{
	*f = (struct filter){.program = program};
	options_parse(&f->options, program, argc, argv, context);
	if (!open_output(f, &f->out, f->options.output))
		return false;
	if (f->options.rejects && !open_output(f, &f->rejects, f->options.rejects))
		return false;
	if (f->rejects && reject_header) {
		writer_raw(f->rejects, span_str(reject_header));
		writer_char(f->rejects, '\n');
	}
	return true;
}

static void put_aside(struct filter *f, const struct record *rec, const char *why);

/* A line that is no record. */
static void
reject_line(void *context, const struct record *rec, const char *why)
{
	struct filter *f = context;
	size_t line = 0, n = 0;
	struct span path = {NULL, 0};

	/* Not yet there where the first line is at fault. */
	if (f->in) {
		path = reader_place(f->in, rec, &line);
		reader_header(f->in, &n);
	}
	if (n && rec->field && rec->nfields != n)
		finding_at(path, line, "%s: %zu, not %zu", message(why), rec->nfields, n);
	else
		finding_in(path, line, rec->column, "%s", message(why));
	put_aside(f, rec, why);
}

bool
filter_read(struct filter *f, const struct column *want, size_t nwant)
{
	struct reader_options options = {
		.max_record = f->options.max_record,
		.columns = f->options.columns,
		.key_prefix = f->options.key_prefix,
		.want = want,
		.nwant = nwant,
		.usual = f->program->columns,
		.reject = reject_line,
		.context = f,
	};

	f->in = reader_open(f->options.operands, f->options.noperands, &options);
	if (!f->in) {
		filter_note(f, STATUS_USAGE);
		return false;
	}
	if (f->rejects) {
		size_t n;
		const struct span *names = reader_header(f->in, &n);

		for (size_t i = 0; i < n; i++) {
			writer_field(f->rejects, names[i]);
			writer_char(f->rejects, ',');
		}
		writer_raw(f->rejects, SPAN("reason\n"));
	}
	return true;
}

void
filter_draw(struct filter *f)
{
	char text[64];

	f->drawn = reader_read(f->in);
	snprintf(text, sizeof text, message("%s: %" PRIu64 " records"), f->program->name, f->drawn);
	diag_progress(text);
}

static void
count(struct filter *f, const char *name, uint64_t n, bool is_reject)
{
	for (size_t i = 0; i < f->ncounts; i++)
		if (f->counts[i].reject == is_reject && strcmp(f->counts[i].name, name) == 0) {
			f->counts[i].n += n;
			return;
		}
	f->counts = grow(f->counts, f->ncounts, &f->counts_cap, sizeof *f->counts);
	f->counts[f->ncounts++] = (struct count){name, n, is_reject};
}

void
filter_count(struct filter *f, const char *name, uint64_t n)
{
	count(f, name, n, false);
}

void
filter_count_reject(struct filter *f, const char *why)
{
	filter_note(f, STATUS_FINDINGS);
	f->rejected++;
	count(f, why, 1, true);
}

void
filter_reject(struct filter *f, const struct record *rec, struct span source, size_t line,
	const char *why)
{
	if (source.n == 0 && f->in)
		source = reader_place(f->in, rec, &line);
	finding_at(source, line, "%s", message(why));
	put_aside(f, rec, why);
}

/* Counts it and writes it to the rejects: as one field where it cannot be taken apart. */
static void
put_aside(struct filter *f, const struct record *rec, const char *why)
{
	filter_count_reject(f, why);
	if (!f->rejects)
		return;
	if (rec->field) {
		writer_raw(f->rejects, rec->line);
	} else {
		size_t n = 0;

		/* One field for the text and empty ones for the others, so that the file stays CSV. */
		writer_field(f->rejects, rec->line);
		if (f->in)
			reader_header(f->in, &n);
		for (size_t i = 1; i < n; i++)
			writer_char(f->rejects, ',');
	}
	writer_char(f->rejects, ',');
	writer_field(f->rejects, span_str(why));
	writer_end(f->rejects);
}

static void
write_stats(struct filter *f)
{
	struct buf name = BUF_INIT;
	struct writer *w;

	if (!open_output(f, &w, f->options.stats))
		return;
	writer_raw(w, SPAN("name,value\n"));
	if (f->in) {
		writer_raw(w, SPAN("read,"));
		writer_uint(w, reader_read(f->in) + reader_rejected(f->in));
		writer_end(w);
	}
	writer_raw(w, SPAN("written,"));
	writer_uint(w, f->out->lines);
	writer_end(w);
	writer_raw(w, SPAN("rejected,"));
	writer_uint(w, f->rejected);
	writer_end(w);
	for (size_t i = 0; i < f->ncounts; i++) {
		buf_reset(&name);
		buf_add_str(&name, f->counts[i].reject ? "rejected: " : "");
		buf_add_str(&name, f->counts[i].name);
		writer_field(w, buf_span(&name));
		writer_char(w, ',');
		writer_uint(w, f->counts[i].n);
		writer_end(w);
	}
	buf_release(&name);
	filter_note(f, writer_close(w));
}

/* A run that misuse ended before anything was to be written leaves the file as it was. */
static void
leave(const struct filter *f, struct writer *w)
{
	if (w && f->status == STATUS_USAGE && w->at == w->start)
		w->stale = false;
}

/* What came of it is known once all is written, and said before whoever reads it can come to its end. */
static void
write_manifest(struct filter *f, uint64_t read)
{
	if (f->status == STATUS_USAGE)
		return;
	if (!writer_flush(f->out) || (f->rejects && !writer_flush(f->rejects)))
		filter_note(f, STATUS_LOST);
	filter_note(f, manifest_add(f->options.manifest,
		&(struct manifest){.program = f->program->name, .arguments = buf_span(&f->options.given),
			.tables = table_taken(), .counts_records = f->program->shared & OPTIONS_RECORDS, .read = read,
			.written = f->out->lines, .rejected = f->rejected, .status = f->status}));
}

int
filter_close(struct filter *f)
{
	uint64_t read = f->in ? reader_read(f->in) + reader_rejected(f->in) : 0;

	if (f->options.stats && f->out)
		write_stats(f);
	if (f->in)
		filter_note(f, reader_close(f->in));
	leave(f, f->rejects);
	leave(f, f->out);
	if (f->options.manifest && f->out)
		write_manifest(f, read);
	if (f->rejects)
		filter_note(f, writer_close(f->rejects));
	if (f->out)
		filter_note(f, writer_close(f->out));
	free(f->counts);
	buf_release(&f->options.given);
	diag_close();
	return f->options.exit_zero && f->status == STATUS_FINDINGS ? STATUS_OK : (int)f->status;
}
