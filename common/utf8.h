/*
 * utf8: strict UTF-8 (no surrogates, no overlong forms, nothing over U+10FFFF).
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Length of the character at p, of which n > 0 bytes are there; 0 if it is none. */
size_t utf8_step(const unsigned char *p, size_t n);

/* Offset of the first byte that begins no character, in.n if there is none. */
size_t utf8_valid(struct span in);

/*
 * Whether there is a byte that is in no UTF-8 at all, whatever stands beside it: F5 to FF.  Text of any length in GBK or
 * Big5 has some.  A tenth of what utf8_valid costs.
 */
bool utf8_foreign(struct span in);

/* Counts the bytes that belong to no character; *first gets the offset of the first. */
size_t utf8_bad(struct span in, size_t *first);

#endif
