/* Counts the fields of stdin and their bytes with zsv, as `csv read` does with the project's reader. */
#include <stdint.h>
#include <stdio.h>
#include <zsv.h>

struct count {
	zsv_parser parser;
	uintmax_t fields, bytes;
};

static void
on_row(void *context)
{
	struct count *c = context;
	size_t n = zsv_cell_count(c->parser);

	c->fields += n;
	for (size_t i = 0; i < n; i++)
		c->bytes += zsv_get_cell(c->parser, i).len;
}

int
main(void)
{
	struct count c = {0};
	struct zsv_opts options = {.row_handler = on_row, .ctx = &c, .stream = stdin};

	c.parser = zsv_new(&options);
	if (!c.parser)
		return 3;
	while (zsv_parse_more(c.parser) == zsv_status_ok)
		;
	zsv_finish(c.parser);
	zsv_delete(c.parser);
	printf("%ju fields, %ju bytes\n", c.fields, c.bytes);
	return 0;
}
