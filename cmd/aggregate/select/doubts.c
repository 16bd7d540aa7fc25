#include "doubts.h"

#include <stdlib.h>

#include "buf.h"
#include "intern.h"
#include "table.h"

TABLE_DECLARE(forms_checks);

struct doubts {
	struct table *table;
	struct intern mild; /* ids of the checks of severity info */
};

struct doubts *
doubts_load(const char *dir)
{
	struct table *t = table_load(TABLE_SOURCE(forms, checks), dir);
	struct doubts *d;
	size_t id, severity;

	if (!t)
		return NULL;
	id = table_column(t, "id");
	severity = table_column(t, "severity");
	d = xcalloc(1, sizeof *d);
	d->table = t;
	intern_init(&d->mild);
	for (size_t i = 0; i < t->nrows; i++)
		if (span_eq(table_cell(t, i, severity), SPAN("info")))
			(void)intern_id(&d->mild, table_cell(t, i, id));
	return d;
}

void
doubts_free(struct doubts *d)
{
	if (!d)
		return;
	intern_release(&d->mild);
	table_free(d->table);
	free(d);
}

bool
doubts_any(const struct doubts *d, struct span checks)
{
	while (checks.n) {
		struct span id = span_cut(&checks, ' ');

		if (id.n && intern_find(&d->mild, id) == UINT32_MAX)
			return true;
	}
	return false;
}
