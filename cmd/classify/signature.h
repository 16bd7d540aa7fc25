/*
 * signature: what the sentences of a page look like, to find reports that were copied.
 *
 * Of the lines over 60 bytes, or of all where these are few, for a site's menus are short lines.  Sixty-four
 * minima of hashes of five characters in a row, digits and punctuation left out, so that the share of equal ones
 * estimates how much text two pages have in common whatever their figures.
 */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "buf.h"
#include "page.h"

/* Appends 64 numbers of four hexadecimal digits; nothing for a page with too little text. */
void signature_of(const struct page *page, struct buf *out);

#endif
