/*
 * separated: tables saved as CSV, a record a line, the fields parted by commas or semicolons (RFC 4180).
 *
 * Three records in a row of as many fields, and numbers among them, make a table; a line of prose has hardly any of
 * these signs, and no three have the same number.  On a page with such a table two records make one, too.  Where the
 * commas of a record may be none but those of grouped digits (1,234), there is no table.  Records of two fields and more
 * that are used may also differ in their number: a script that writes the cells of each row of a page leaves out those
 * that a cell above spans.  Spreadsheets fill up every line of a page with them: a line of which only the first field is
 * used is prose above and below the table, and so is a heading within.  Where tabs part the fields, their quotes alone are
 * taken off.
 */
#ifndef SEPARATED_H
#define SEPARATED_H

#include "lines.h"

/*
 * Writes each record of such tables as a line with tabs between its fields, for columns.h, and prose among them as a
 * line of its own.  Their text goes to *text, which has room for that of all lines, so that nothing moves.  A record
 * over several lines becomes one; *n is then less.  Linear in the text.
 */
void lines_separated(struct text_line *lines, size_t *n, struct buf *text);

#endif
