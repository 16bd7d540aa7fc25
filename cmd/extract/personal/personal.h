/*
 * personal: what is personal in one text: mailboxes, telephone numbers, and names behind those of fields.
 */
#ifndef PERSONAL_H
#define PERSONAL_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"
#include "words.h"

enum {
	PERSONAL_NAME = 4,  /* characters of a person's name */
	PERSONAL_PHONE = 7, /* digits of the shortest telephone number without area code */
};

/*
 * The text without what is personal in it, a `*` in its place and before that an area code, into *out; false if nothing
 * is.  `cell`: a text that is one number may be an amount.  Linear in the text.
 */
bool personal_strike(const struct words *words, struct span text, bool cell, struct buf *out);

/*
 * Bytes of a name of up to `most` characters (more with a dot between its parts) at the start of s: characters, single
 * ones with blanks between (张 三), up to a blank, a sign, or the next field.  0 if none stands there.
 */
size_t personal_name(const struct words *words, struct span s, size_t most);

/* Bytes of telephone numbers at the start of s, as they stand behind a telephone's name: 2800000、2860000 or 2800000/1234. */
size_t personal_numbers(const struct words *words, struct span s);

/* Whether a mailbox may hold the character, besides its at sign. */
bool personal_is_mailbox(char c);

#endif
