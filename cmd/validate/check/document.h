/*
 * document: checks on the page as a whole: its years, who fills it in and who publishes it, its form.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/cells.h"

struct evaluator;
struct instance;

/* The report years each form is for (forms/editions.csv). */
struct edition {
	uint32_t form; /* number of its name */
	int first, last;
};

struct editions {
	struct edition *edition;
	size_t n;
};

/* False, said, if the table cannot be used. */
bool editions_load(struct editions *e, const struct cells *cells, const char *dir);
void editions_release(struct editions *e);

/* Evaluates a check of meta() fields on the report at hand. */
void document_check(struct evaluator *e, uint32_t rule, const struct instance *instance);

/* Evaluates figures(*): whether the report gives a number, in a table or a sentence, whatever is known of it. */
void document_figures(struct evaluator *e, uint32_t rule);

/* Evaluates complete(*): which cells of the form are not on the page, and which are blank. */
void document_complete(struct evaluator *e, uint32_t rule);

#endif
