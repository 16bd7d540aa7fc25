/*
 * The record reader alone, and reader and writer, for `make bench`: `csv read <file`, `csv copy <file`; and
 * the same by libcsv alone: `csv libcsv <file`, `csv libcsv-copy <file`.
 */
#include <csv.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"
#include "writer.h"

struct count {
	uint64_t fields, bytes;
	bool copy, first;
};

static void
on_field(void *p, size_t n, void *context)
{
	struct count *c = context;

	c->fields++;
	c->bytes += n;
	if (!c->copy)
		return;
	if (!c->first)
		putchar(',');
	c->first = false;
	csv_fwrite(stdout, p, n);
}

static void
on_record(int end, void *context)
{
	struct count *c = context;

	(void)end;
	c->first = true;
	if (c->copy)
		putchar('\n');
}

static int
by_libcsv(bool copy)
{
	struct count c = {.copy = copy, .first = true};
	static char chunk[1 << 18];
	struct csv_parser p;
	ssize_t n;

	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return STATUS_LOST;
	while ((n = read(0, chunk, sizeof chunk)) > 0)
		if (csv_parse(&p, chunk, (size_t)n, on_field, on_record, &c) != (size_t)n)
			return STATUS_LOST;
	csv_fini(&p, on_field, on_record, &c);
	csv_free(&p);
	if (!copy)
		printf("%ju fields, %ju bytes\n", (uintmax_t)c.fields, (uintmax_t)c.bytes);
	return STATUS_OK;
}

int
main(int argc, char **argv)
{
	struct reader_options options = {.max_record = 0};
	struct reader *in;
	struct writer *out = NULL;
	struct record rec;
	uint64_t fields = 0, bytes = 0;

	diag_init("csv");
	if (argc > 1 && strncmp(argv[1], "libcsv", 6) == 0)
		return by_libcsv(strcmp(argv[1], "libcsv-copy") == 0);
	in = reader_open(NULL, 0, &options);
	if (!in)
		return STATUS_USAGE;
	if (argc > 1 && strcmp(argv[1], "copy") == 0)
		out = writer_open(NULL);
	while (reader_next(in, &rec)) {
		fields += rec.nfields;
		for (size_t i = 0; i < rec.nfields; i++)
			bytes += rec.field[i].n;
		if (!out)
			continue;
		/* Field by field, as if each could have changed. */
		writer_fields(out, rec.field, rec.nfields);
		writer_end(out);
	}
	if (out)
		return (int)worse(reader_close(in), writer_close(out));
	printf("%ju fields, %ju bytes\n", (uintmax_t)fields, (uintmax_t)bytes);
	return (int)reader_close(in);
}
