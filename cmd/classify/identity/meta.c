#include "meta.h"

#include <string.h>
#include <strings.h>

#include "diag.h"

TABLE_DECLARE(page_meta);

static const char *const says_names[METAS] = {"title", "site", "source", "site_id", "host", "published", "column"};

bool
meta_load(struct meta_names *names, const char *dir)
{
	size_t name, says;

	*names = (struct meta_names){.table = table_load_keyed(TABLE_SOURCE(page, meta), dir, "name")};
	if (!names->table)
		return false;
	name = table_column(names->table, "name");
	says = table_column(names->table, "says");
	if (names->table->nrows > META_NAMES_MAX) {
		warn("%s: more than %d names", names->table->path, META_NAMES_MAX);
		return false;
	}
	for (; names->n < names->table->nrows; names->n++) {
		struct meta_name *m = &names->v[names->n];
		struct span word = table_cell(names->table, names->n, says);

		m->name = table_cell(names->table, names->n, name);
		for (m->says = 0; m->says < METAS && !span_eq(word, span_str(says_names[m->says]));)
			m->says++;
		if (m->name.n == 0 || m->says == METAS) {
			warn("%s:%zu: no name, or nothing it may say", names->table->path,
				names->table->line[names->n]);
			return false;
		}
	}
	return true;
}

void
meta_release(struct meta_names *names)
{
	table_free(names->table);
}

enum meta
meta_read(const struct meta_names *names, struct span piece, struct span *value)
{
	const char *equals = piece.n ? memchr(piece.p, '=', piece.n) : NULL;
	size_t n = equals ? (size_t)(equals - piece.p) : 0;

	for (size_t i = 0; n && i < names->n; i++)
		if (names->v[i].name.n == n && strncasecmp(piece.p, names->v[i].name.p, n) == 0) {
			*value = span_trim(span_from(piece, n + 1));
			return names->v[i].says;
		}
	return METAS;
}
