/*
 * plain: a page of text as its tables are looked for in it.
 *
 * Tables in the notation of another program are rows of bars or tabs (notation.h), references to blanks that were left in
 * it are blanks, all bars are |, a row that is printed as a list is one of tabs, and a word in the place of a value that is
 * not there is blank.  Lines stay what they are, so that their numbers hold.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "buf.h"
#include "span.h"
#include "words.h"

/* Where the page is written that is not read as it stands; begins as zeros. */
struct plain {
	struct buf page[2];
};

/* The page as tables are looked for in it, good until the next call. */
struct span plain_page(struct plain *plain, const struct words *words, struct span page);

void plain_release(struct plain *plain);

#endif
