#include "formats.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(page_formats);

struct formats {
	struct format {
		char begins[16];
		size_t n;
		char *reason;
	} *v;
	size_t n;
};

/* The value of a hexadecimal digit; 16 if it is none. */
static unsigned
digit(char c)
{
	return is_digit(c) ? (unsigned)(c - '0') : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

static bool
read_bytes(struct format *f, struct span hex)
{
	if (hex.n == 0 || hex.n % 2 || hex.n > 2 * sizeof f->begins)
		return false;
	for (; hex.n; hex.p += 2, hex.n -= 2) {
		unsigned high = digit(hex.p[0]), low = digit(hex.p[1]);

		if (high > 15 || low > 15)
			return false;
		f->begins[f->n++] = (char)(high << 4 | low);
	}
	return true;
}

struct formats *
formats_load(const char *dir)
{
	struct table *t = table_load_keyed(TABLE_SOURCE(page, formats), dir, "begins");
	struct formats *formats;
	size_t begins, reason;

	if (!t)
		return NULL;
	begins = table_column(t, "begins");
	reason = table_column(t, "reason");
	formats = xcalloc(1, sizeof *formats);
	formats->v = xcalloc(t->nrows + 1, sizeof *formats->v);
	for (size_t i = 0; i < t->nrows; i++) {
		struct format *f = &formats->v[formats->n++];
		struct span why = table_cell(t, i, reason);

		f->reason = xcalloc(why.n + 1, 1);
		if (why.n)
			memcpy(f->reason, why.p, why.n);
		if (read_bytes(f, table_cell(t, i, begins)) && why.n)
			continue;
		warn("%s:%zu: what a file begins with is up to 16 bytes, two digits or capitals A to F each, and has a reason",
			t->path, t->line[i]);
		formats_free(formats);
		formats = NULL;
		break;
	}
	table_free(t);
	return formats;
}

void
formats_free(struct formats *formats)
{
	if (!formats)
		return;
	for (size_t i = 0; i < formats->n; i++)
		free(formats->v[i].reason);
	free(formats->v);
	free(formats);
}

const char *
formats_reason(const struct formats *formats, struct span file)
{
	for (size_t i = 0; i < formats->n; i++)
		if (span_starts(file, span_of(formats->v[i].begins, formats->v[i].n)))
			return formats->v[i].reason;
	return NULL;
}

bool
formats_records(struct span text)
{
	struct span first = span_cut(&text, '\n');
	/* Of each kind the columns that stand together, whichever of the user's stand before and behind. */
	const struct span columns[] = {SPAN("kind,source,line,"), SPAN("region,body_kind,body,year,"),
		SPAN(",n,missing,about,suspect,sum,")};

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (span_find(first, columns[i]) < first.n)
			return true;
	return false;
}
