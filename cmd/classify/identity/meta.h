/*
 * meta: what the meta elements of a page say of it, by their names (common/tables/page/meta.csv).
 */
#ifndef META_H
#define META_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "table.h"

enum meta {
	META_TITLE,
	META_SITE,
	META_SOURCE,
	META_SITE_ID,
	META_HOST,
	META_PUBLISHED,
	META_COLUMN,
	METAS /* nothing that is looked for */
};

enum { META_NAMES_MAX = 64 };

struct meta_names {
	struct table *table;
	struct meta_name {
		struct span name;
		enum meta says;
	} v[META_NAMES_MAX];
	size_t n;
};

/* Loads the names, from `dir` or as built in; false, said, if the table cannot be used. Released in either case. */
bool meta_load(struct meta_names *names, const char *dir);
void meta_release(struct meta_names *names);

/* What a piece `name=value` says; case of the name aside, blanks around the value are not in *value. */
enum meta meta_read(const struct meta_names *names, struct span piece, struct span *value);

#endif
