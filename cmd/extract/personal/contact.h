/*
 * contact: takes personal data out of the pieces of a page.
 *
 * What goes, a `*` standing in its place in running text and nothing in a cell of its own: mailboxes;
 * mobile numbers, masked ones too; telephone numbers (an area code before them stays: 0469-*), also those that the
 * end of a line cuts; numbers
 * behind a telephone's name; names and offices behind the name of a person's field, on the line and in
 * the cells beside and below it.  What stays: dates, postcodes, site codes, filing and document numbers,
 * and counts: a bare number in a cell goes only where the page says that it is a telephone's.
 *
 * Linear in the pieces.
 */
#ifndef CONTACT_H
#define CONTACT_H

#include "piece.h"
#include "words.h"

/* Works on all pieces of the page, whichever carrier they came from. */
void contact_strike(struct pieces *list, const struct words *words);

#endif
