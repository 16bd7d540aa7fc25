/*
 * fold: one spelling for text that pages spell in many ways.
 *
 * fold_text is what normalize writes and what the later filters read: NFKC (as utf8proc gives it) with
 * these exceptions.  U+FF0C stays, so that text does not gain commas.  A character that is no decimal
 * digit but would become one (a circled, raised or bracketed number, a fraction, a squared unit) stays,
 * so that ①2 does not become 12.  Control and format characters go; blanks of every kind become one
 * blank, and none is left at the ends or beside a Chinese character (统 计 -> 统计, 0 件 -> 0件).
 * Bytes that are no UTF-8 become U+FFFD.  Folding twice gives what folding once gave.
 */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/* False only if fold_text would give the very bytes of `in`; quick, and may say true for some others. */
bool fold_needed(struct span in);

/* Appends the folded text. */
void fold_text(struct span in, struct buf *out);

#endif
