/*
 * header: the names of the columns, and what is said where one that is looked for is not among them.
 */
#ifndef HEADER_H
#define HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "reader.h"
#include "span.h"

struct header {
	struct buf text;
	struct span *names; /* in text */
	size_t n, cap;
};

/* Copies the names out of a line, for they outlive it. */
void header_keep(struct header *h, const struct span *names, size_t n);
void header_release(struct header *h);

/* The place of a name, or NO_COLUMN. */
size_t header_find(const struct header *h, struct span name);

/*
 * Finds the columns that are looked for.  False, said of that line of the file, if a name stands twice or one that has to
 * be there is missing; `foreign` is what the line looks like that is the header, or NULL.
 */
bool header_check(const struct header *h, const struct column *want, size_t nwant, size_t *place, struct span path,
	size_t line, const char *foreign);

/* Whether a record is the header once more (*same), or a header in another order: all that has to be there is in it. */
bool header_is(const struct header *h, const struct column *want, size_t nwant, const struct record *rec, bool *same);

#endif
