/* links: */

/*
 * Any bytes as CSV, plain or gzipped: reading ends, every line is a record, a reject, a header or blank, a record has the
 * fields that its line is split into, and none of them holds what no field may.
 */
#include "reader.h"

#include <stdlib.h>

#include "buf.h"
#include "file.h"
#include "foreign.h"

static void
take_reject(void *context, const struct record *line, const char *why)
{
	size_t *rejected = context;

	require(why && (line->field || line->nfields == 0));
	++*rejected;
}

static void
require_record(const struct record *rec, size_t nnames)
{
	static struct span *fields;
	static size_t cap;
	static struct buf scratch;
	size_t n;

	require(rec->nfields == nnames);
	for (size_t i = 0; i < rec->line.n; i++)
		require(!foreign_control(rec->line.p[i]));
	require(record_split(rec->line, &fields, &n, &cap, &scratch) == NULL && n == rec->nfields);
	for (size_t i = 0; i < n; i++)
		require(span_eq(fields[i], rec->field[i]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct column want[] = {{"a", NULL, false}, {"line", NULL, true}};
	struct reader_options options = {.want = want, .nwant = 2};
	size_t rejected = 0, nnames, lines = 1;
	struct reader *r;
	struct record rec;
	char path[64], *paths[2] = {path, path};
	int fd;

	if (n == 0)
		return 0;
	/* What is said is of no use here, and takes the time. */
	diag_quiet(true);
	options.max_record = data[0] & 1 ? 64 : 0;
	options.key_prefix = data[0] & 2;
	options.columns = data[0] & 4 ? "a,b,line" : NULL;
	options.reject = take_reject;
	options.context = &rejected;
	for (size_t i = 1; i < n; i++)
		lines += data[i] == '\n';
	fd = file_of(data + 1, n - 1, path);
	r = reader_open(paths, data[0] & 8 ? 2 : 1, &options);
	if (r) {
		reader_header(r, &nnames);
		while (reader_next(r, &rec))
			require_record(&rec, nnames);
		require(reader_rejected(r) == rejected);
		require(n > 2 && data[1] == 0x1f ? true : reader_read(r) + rejected <= 2 * lines);
		reader_close(r);
	}
	close(fd);
	return 0;
}
