/*
 * codebook: what every column of the statistics, every indicator and every series means, as CSV,
 * and how the forms are laid out: the rows and columns of each table, in the order of print.
 */
#ifndef CODEBOOK_H
#define CODEBOOK_H

#include "diag.h"
#include "writer.h"

/* Writes the codebook of the tables (those of `dir` before those built in). */
enum status codebook_write(struct writer *w, const char *dir);

#endif
