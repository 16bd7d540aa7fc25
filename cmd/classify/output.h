/*
 * output: the facts of a page as records (xxgk-records(5)).
 *
 * Columns of the input that classify does not know come first, with the value's own piece; one that
 * classify writes itself is overwritten where it stands.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

#include "facts.h"
#include "filter.h"
#include "form/form.h"
#include "identity/identity.h"
#include "page.h"

struct output;

struct output_options {
	bool explain; /* a column saying what decided */
	bool series;  /* the columns series and comparable */
};

/* NULL, said, when a table is broken: status 2. */
struct output *output_new(const struct filter *f, const struct form_book *book,
	struct output_options options);
void output_free(struct output *o);

/* Fits the columns to the reader's header, sets the plan for its pages, writes the header. */
void output_begin(struct output *o, struct page_plan *plan);

/*
 * Writes the page: its report facts, then facts->fact, of which the first `ntables` are those of tables,
 * in the order of the page.  form: as the column names it.
 */
void output_page(struct output *o, const struct page *page, const struct identity *identity,
	struct span form, const struct facts *facts, size_t ntables);

#endif
