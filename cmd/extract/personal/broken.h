/*
 * broken: mailboxes and telephone numbers that the end of a line of text cuts in two: 0573-8 / 7654321, abc@ / example.com.
 */
#ifndef BROKEN_H
#define BROKEN_H

#include "personal.h"
#include "piece.h"
#include "words.h"

/* Takes them out of the pieces, and a `*` stands for each at the end of the first line. */
void broken_strike(struct pieces *list, const struct words *words, struct personal_work *work);

#endif
