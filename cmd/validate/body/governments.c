#include "governments.h"

#include <stdlib.h>

#include "buf.h"

TABLE_DECLARE(regions_bodies);

bool
governments_load(struct governments *g, const char *dir)
{
	size_t ending, kind;

	*g = (struct governments){.table = table_load_keyed(TABLE_SOURCE(regions, bodies), dir, "ending")};
	if (!g->table)
		return false;
	ending = table_column(g->table, "ending");
	kind = table_column(g->table, "kind");
	g->ending = xcalloc(g->table->nrows + 1, sizeof *g->ending);
	for (size_t i = 0; i < g->table->nrows; i++)
		if (span_eq(table_cell(g->table, i, kind), SPAN("government")))
			g->ending[g->n++] = table_cell(g->table, i, ending);
	return true;
}

void
governments_release(struct governments *g)
{
	free(g->ending);
	table_free(g->table);
}

struct span
governments_place(const struct governments *g, struct span name)
{
	size_t longest = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->ending[i].n > longest && span_ends(name, g->ending[i]))
			longest = g->ending[i].n;
	return longest ? span_of(name.p, name.n - longest) : SPAN("");
}
