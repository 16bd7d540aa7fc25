/*
 * figure: the quantities inside prose, each with the clause that names it.
 *
 * The text of a figure is `context│context│clause`, the number in 【】 inside the clause, commas as
 * U+FF0C; normalize(1) says what stands where.  A scan is one pass over the text; a sentence is held as at
 * most FIGURE_TOKENS places in it, so memory does not grow with the text.
 */
#ifndef FIGURE_H
#define FIGURE_H

#include "cell.h"
#include "reader.h"
#include "span.h"
#include "words.h"

struct figures;

/* Takes one figure; text and reading are good until it returns. */
typedef void figure_take(void *context, const struct record *rec, struct span text,
	const struct reading *reading);

/* The words are lent. */
struct figures *figures_new(const struct words *words);
void figures_free(struct figures *f);

/* Finds the figures in folded text and hands them over in their order; rec is passed on. */
void figures_find(struct figures *f, const struct record *rec, struct span text, figure_take *take,
	void *context);

#endif
