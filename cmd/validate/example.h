/*
 * example: the examples a rule file carries for its checks, in the columns `holds`, `breaks`, `open`.
 *
 * An example is a list of `code=value`, `code[column]=value`, `code@prev=value`, `narrative(code)=value`
 * and `meta(field)=text` with blanks between; examples are separated by `; `.  The value `blank` is a
 * blank cell; a cell that is not named is not on the page.
 */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include "diag.h"
#include "rules/rules.h"

/* Runs the examples of the checks that stand in the file; what is not as said is said, status 1. */
enum status examples_run(const struct rules *rules, const char *path, const char *tables);

#endif
