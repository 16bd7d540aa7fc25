#include "body.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(regions_bodies);

enum { BUCKETS = 256 };

struct ending {
	struct span text, type;
	enum body_kind kind;
	size_t next; /* a shorter or equal one whose last byte is the same; 0: none */
};

struct bodies {
	struct table *table;
	struct ending *ending; /* from 1 */
	size_t first[BUCKETS]; /* by the last byte */
};

static int
longest_last(const void *a, const void *b)
{
	const struct ending *x = a, *y = b;

	return (x->text.n > y->text.n) - (x->text.n < y->text.n);
}

struct bodies *
bodies_load(const char *dir)
{
	struct bodies *b = xcalloc(1, sizeof *b);
	size_t text, kind, type;

	b->table = table_load_keyed(TABLE_SOURCE(regions, bodies), dir, "ending");
	if (!b->table) {
		bodies_free(b);
		return NULL;
	}
	text = table_column(b->table, "ending");
	kind = table_column(b->table, "kind");
	type = table_column(b->table, "type");
	b->ending = xcalloc(b->table->nrows + 1, sizeof *b->ending);
	for (size_t i = 0; i < b->table->nrows; i++) {
		struct ending *e = &b->ending[i + 1];
		unsigned k = 0;

		e->text = table_cell(b->table, i, text);
		e->type = table_cell(b->table, i, type);
		while (k < BODY_KINDS &&
			!span_eq(table_cell(b->table, i, kind), span_str(body_kind_names[k])))
			k++;
		if (k == BODY_KINDS || e->text.n == 0) {
			warn("%s:%zu: no ending, or no such kind of body", b->table->path,
				b->table->line[i]);
			bodies_free(b);
			return NULL;
		}
		e->kind = (enum body_kind)k;
	}
	if (b->table->nrows)
		qsort(b->ending + 1, b->table->nrows, sizeof *b->ending, longest_last);
	for (size_t i = 1; i <= b->table->nrows; i++) {
		struct ending *e = &b->ending[i];
		size_t *first = &b->first[(unsigned char)e->text.p[e->text.n - 1]];

		e->next = *first;
		*first = i;
	}
	return b;
}

void
bodies_free(struct bodies *b)
{
	if (!b)
		return;
	table_free(b->table);
	free(b->ending);
	free(b);
}

static const struct ending *
ending_of(const struct bodies *b, struct span name)
{
	size_t i = name.n ? b->first[(unsigned char)name.p[name.n - 1]] : 0;

	while (i && !span_ends(name, b->ending[i].text))
		i = b->ending[i].next;
	return i ? &b->ending[i] : NULL;
}

enum body_kind
bodies_kind(const struct bodies *b, struct span name, size_t *ending)
{
	const struct ending *e = ending_of(b, name);

	*ending = e ? e->text.n : 0;
	return e ? e->kind : BODY_OTHER;
}

struct span
bodies_type(const struct bodies *b, struct span name)
{
	const struct ending *e = ending_of(b, name);

	return e ? e->type : SPAN("");
}
