/*
 * personal: what is personal in one text: mailboxes, telephone numbers, and names behind those of fields.
 */
#ifndef PERSONAL_H
#define PERSONAL_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"
#include "words.h"

/* What is found is put together here; both are empty at first, and the caller's to release. */
struct personal_work {
	struct buf text;  /* the text without what is personal in it */
	struct buf plain;
};

/*
 * The text without what is personal in it, a `*` in its place and before that an area code, into work->text; false if
 * nothing is.  `cell`: a text that is one number may be an amount.  Linear in the text.
 */
bool personal_strike(const struct words *words, struct span text, bool cell, struct personal_work *work);

/*
 * Whether a text that stands by itself, on the line or in the cell next to the name of a field of this use, is its value
 * and nothing else: names, numbers or a mailbox.
 */
bool personal_is_value(const struct words *words, enum word_use use, struct span text, struct personal_work *work);

/* The text without the names, numbers or mailbox of such a field that it begins with, into work->text; false if none. */
bool personal_strike_value(const struct words *words, enum word_use use, struct span text, struct personal_work *work);

/* Whether a mailbox may hold the character, besides its at sign. */
bool personal_is_mailbox(char c);

#endif
