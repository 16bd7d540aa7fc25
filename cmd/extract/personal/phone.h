/*
 * phone: telephone numbers, and numbers like them that are a person's own.
 *
 * Texts are in plain form (plain_form.h).  All is linear, and nothing is remembered.
 */
#ifndef PHONE_H
#define PHONE_H

#include <stdbool.h>

#include "span.h"
#include "words.h"

enum { PHONE_SHORTEST = 7 }; /* digits of the shortest telephone number without area code */

/*
 * Bytes of a number at the start of s that is one wherever it stands: mobile (11 digits or stars, apart as 3-4-4, with
 * 86 before it), or with its area code (0469-4300000, (0469)4300000, 86-469-4300000, 0469 430 0000), an extension behind
 * it.  0 if none is there.  `told`: a telephone's name or something personal stands before it; else 139 1234 5678 with blanks
 * may be three counts, and is none.  *area: the digits of the area code, none for mobile ones, and no meaning where 0 is given back.
 */
size_t phone_at(const struct words *words, struct span s, bool told, struct span *area);

/*
 * The same behind the name of a telephone's field, where any digits are a number, and several may stand in a row: 2800000,
 * 2860000 or 2800000/1234.  *area: the first one's.
 */
size_t phone_list(const struct words *words, struct span s, struct span *area);

/* Whether 17 or 18 digits at the start of s are the number of an identity card: a date of birth and its check (GB 11643). */
bool phone_is_identity(struct span s);

#endif
