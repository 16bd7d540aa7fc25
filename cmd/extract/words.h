/*
 * words: the few words that say what a line or field of a page is (common/tables/page/words.csv):
 * titles, fields that hold personal data, and what stands beside numbers; the numerals, and the units.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

#include "numerals.h"
#include "span.h"

enum word_use {
	WORD_TITLE,
	/* Names of fields: */
	WORD_TITLE_FIELD, WORD_PERSON, WORD_EDITOR, WORD_PHONE, WORD_CONTACT, WORD_MAILBOX,
	/* Words beside numbers: */
	WORD_ORDINAL,     /* before that of a heading or of a page of paper: 第 */
	WORD_ORDERED,     /* behind that of a heading with an ordinal: 章 */
	WORD_FOLIO,       /* beside that of a page of paper: 页 */
	WORD_PHONE_JOINT, /* between those of telephones: 转 */
	/* Words beside what is personal: */
	WORD_LINK,          /* between the name of a field and its value: 为 */
	WORD_MAILBOX_JOINT, /* in place of the at sign of a mailbox */
	WORD_OFFICE,      /* ends a name that is an office's, as no person's does: 局 */
	WORD_MISSING,     /* in the place of a value that is not there: NaN */
	/* Names of the fields of a crawl's records: */
	WORD_PAGE_KEY, WORD_URL_KEY, WORD_TITLE_KEY, WORD_CAPTURED_KEY, WORD_TABLE_KEY,
	WORD_USES
};

struct words;

/* Whether fields of this use hold what is personal. */
static inline bool
words_is_personal(enum word_use use)
{
	return use >= WORD_PERSON && use <= WORD_MAILBOX;
}

/* The table built in, or dir's; NULL, said, if it cannot be used. */
struct words *words_load(const char *dir);
void words_free(struct words *words);

/* Whether one of the words of this use stands in the text; blanks in it do not count. */
bool words_within(const struct words *words, enum word_use use, struct span text);

/* The bytes of the longest word of this use that the text begins with; 0: none. */
size_t words_at(const struct words *words, enum word_use use, struct span text);

/* Whether one of the words of this use ends the text. */
bool words_end(const struct words *words, enum word_use use, struct span text);

/* Word i of this use, in the table's order; empty behind the last. */
struct span words_nth(const struct words *words, enum word_use use, size_t i);

/* The Chinese numerals, lent. */
const struct numerals *words_numerals(const struct words *words);

/* Whether the text may be that of a cell which states a unit. */
bool words_unit(const struct words *words, struct span text);

/* Whether the text begins with what makes an amount of money of the number before it: 元, 万; 千 and 亿 begin names, too. */
bool words_amount(const struct words *words, struct span text);

/*
 * The use of the longest name of a field that ends the text, whatever stands before it: blanks between its characters
 * do not count, nor, behind it, blanks, brackets with a remark, `*` and a colon.  WORD_USES if none does.
 * *from: where the name begins, in bytes.
 */
enum word_use words_ending(const struct words *words, struct span text, size_t *from);

/* The same of a text that is such a name as a whole. */
enum word_use words_name(const struct words *words, struct span text);

#endif
