#include "context.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"

TABLE_DECLARE(regions_context);

static const char *const role_names[CONTEXT_ROLES] = {
	[CONTEXT_GOVERNMENT] = "government",
	[CONTEXT_OFFICE] = "office",
	[CONTEXT_OPENS] = "opens",
	[CONTEXT_STOPS] = "stops",
	[CONTEXT_EXCEPTS] = "excepts",
	[CONTEXT_ACTS] = "acts",
};

bool
context_load(struct context *c, const char *dir)
{
	size_t role, word, used = 0;

	*c = (struct context){.table = table_load(TABLE_SOURCE(regions, context), dir)};
	if (!c->table)
		return false;
	role = table_column(c->table, "role");
	word = table_column(c->table, "word");
	c->words = xcalloc(c->table->nrows + 1, sizeof *c->words);
	for (unsigned k = 0; k < CONTEXT_ROLES; k++) {
		c->of[k].v = c->words + used;
		for (size_t i = 0; i < c->table->nrows; i++)
			if (span_eq(table_cell(c->table, i, role), span_str(role_names[k])))
				c->of[k].v[c->of[k].n++] = table_cell(c->table, i, word);
		used += c->of[k].n;
	}
	for (size_t i = 0; i < c->table->nrows; i++) {
		unsigned k = 0;

		while (k < CONTEXT_ROLES && !span_eq(table_cell(c->table, i, role), span_str(role_names[k])))
			k++;
		if (k == CONTEXT_ROLES || table_cell(c->table, i, word).n == 0) {
			warn("%s:%zu: no word, or no such role '%.*s'", c->table->path, c->table->line[i],
				SPAN_ARG(table_cell(c->table, i, role)));
			return false;
		}
	}
	return true;
}

void
context_release(struct context *c)
{
	table_free(c->table);
	free(c->words);
}

size_t
context_at(const struct context *c, enum context_role role, struct span text, size_t at)
{
	size_t k = 0;

	while (k < c->of[role].n && !span_at(text, at, c->of[role].v[k]))
		k++;
	return k;
}
