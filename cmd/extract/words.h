/*
 * words: the few words that say what a line or field of a page is (common/tables/page/words.csv):
 * titles, and fields that hold personal data.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

#include "span.h"

enum word_use { WORD_TITLE, WORD_TITLE_FIELD, WORD_PERSON, WORD_EDITOR, WORD_PHONE, WORD_MAILBOX, WORD_USES };

struct words;

/* The table built in, or dir's; NULL, said, if it cannot be used. */
struct words *words_load(const char *dir);
void words_free(struct words *words);

/* Whether one of the words of this use stands in the text; blanks in it do not count. */
bool words_within(const struct words *words, enum word_use use, struct span text);

/*
 * What the text as a whole is the name of: blanks, brackets with a remark, `*`, and a colon at its end do
 * not count.  WORD_USES if it is none.
 */
enum word_use words_name(const struct words *words, struct span text);

/* False if no part of the text that ends where it ends is such a name. */
bool words_may_end(const struct words *words, struct span text);

#endif
