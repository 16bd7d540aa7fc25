/*
 * signs: which pieces of a page may hold something personal, by signs found sixty-four bytes at once; most do not.
 */
#ifndef SIGNS_H
#define SIGNS_H

#include "piece.h"

/*
 * Sets marked[i], one for each piece, all false before, where piece i has a colon, a blank, an at sign, a full-width digit,
 * or seven digits, dashes and stars in a row.  The pieces' texts stand in the buffer in their order.
 */
void signs_mark(const struct pieces *list, unsigned char *marked);

#endif
