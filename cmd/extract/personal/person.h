/*
 * person: names of persons, as they stand behind those of fields.
 *
 * Texts are in plain form (plain_form.h).  All is linear in what is looked at, and nothing is remembered.
 */
#ifndef PERSON_H
#define PERSON_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "words.h"

enum {
	PERSON_NAME = 4,   /* characters of a name */
	PERSON_TITLED = 8, /* with what the person is: 办公室主任王五六 */
	PERSON_EDITOR = 3, /* of an editor's name; what is longer is an office */
};

/*
 * Bytes of a name of up to `most` characters (more with a dot between its parts) at the start of s: characters, single
 * ones with blanks between (张 三), up to a blank, a sign, or the next field.  0 if none stands there.
 */
size_t person_name(const struct words *words, struct span s, size_t most);

/* The same in Latin letters: Wang Wu. */
size_t person_latin(struct span s);

/*
 * The same of one more name behind another of a field of this use: 张三、李四.  `apart`: a blank only is between them; then
 * the text, or the name of a field, must follow.
 */
size_t person_other(const struct words *words, enum word_use use, struct span s, bool apart);

#endif
