/* The record reader alone, and reader and writer, for `make bench`: `csv read <file`, `csv copy <file`. */
#include <stdio.h>
#include <string.h>

#include "reader.h"
#include "writer.h"

int
main(int argc, char **argv)
{
	struct reader_options options = {.max_record = 0};
	struct reader *in;
	struct writer *out = NULL;
	struct record rec;
	uint64_t fields = 0, bytes = 0;

	diag_init("csv");
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
