/*
 * table: what we know of the field, as CSV with a header.
 *
 * Every file of common/tables/ is linked into the filters that name it, as the bytes of the CSV, and
 * read by the same parser as one given at run time: `--tables DIR` takes DIR/<group>/<name>.csv or
 * DIR/<name>.csv instead, so that one file suffices.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* A table linked in.  TABLE_DECLARE(forms_checks) names common/tables/forms/checks.csv. */
struct table_source {
	const char *group, *name;
	const char *bytes, *end;
};

#define TABLE_DECLARE(symbol) extern const char table_##symbol[], table_##symbol##_END[]
#define TABLE_SOURCE(group_, name_)                                                                \
	((struct table_source){#group_, #name_, table_##group_##_##name_, table_##group_##_##name_##_END})

/* Bytes of the table's text, or behind its end of what was unquoted. */
struct table_place {
	uint32_t at, n;
};

struct table {
	char *path; /* for messages: the file, or "group/name.csv" of the built-in one */
	size_t nrows, ncols;
	struct span *header;      /* ncols */
	struct table_place *cell; /* nrows * ncols */
	size_t *line;             /* of each row in its file, from 1 */
	struct span text;
	char *bytes, *scratch;    /* what is not linked in: the text, and what was unquoted */
};

/*
 * Loads the table, from `dir` (NULL: none) if that holds it.  NULL, said with file and line, for a file
 * that cannot be read or is no table (a row of another length, a quote left open): status 2.
 */
struct table *table_load(struct table_source source, const char *dir);

/* The tables that were read from files and not built in, "group/name=DIGEST" with blanks between; empty: none. */
struct span table_taken(void);

/*
 * As table_load, of a table in which a text stands once in the column `key`, or in up to four columns together, commas
 * between their names: of two rows for it one would hold, and nothing say which.  Only what is not built in is looked at for it.
 */
struct table *table_load_keyed(struct table_source source, const char *dir, const char *key);

/*
 * Whether the folder of --tables can be what was meant: it is one, holds a table that one of the filters has,
 * and no file that is a letter or two off one's name.  False, said, if not: its tables would be passed over.
 */
bool table_folder(const char *dir);

/* As table_load, of a file the user names. */
struct table *table_open(const char *path);

/* The column's number; if it is not there, says so and ends the program with status 2. */
size_t table_column(const struct table *t, const char *name);

/* That of a column that may be left out: SIZE_MAX if it is not there. */
size_t table_find(const struct table *t, const char *name);

/* A cell, rows from 0 behind the header; lent as long as the table is there. */
static inline struct span
table_cell(const struct table *t, size_t row, size_t column)
{
	struct table_place place = t->cell[row * t->ncols + column];

	return span_of(place.at < t->text.n ? t->text.p + place.at : t->scratch + (place.at - t->text.n),
		place.n);
}

/* The cell of a column that table_find looked for: empty if there is none. */
static inline struct span
table_cell_if(const struct table *t, size_t row, size_t column)
{
	return column == SIZE_MAX ? span_of("", 0) : table_cell(t, row, column);
}

void table_free(struct table *t);

#endif
