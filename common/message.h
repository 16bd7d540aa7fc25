/*
 * message: what is said to a person, in English or Chinese.
 *
 * The sources hold English.  Its Chinese is common/tables/messages/zh.csv: a row a text, with the same
 * conversions in the same order.  What has no row is said in English.  Only standard error, --help and the
 * words of findings that --lang asks for are so said; names of columns, codes and other data never are.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>

/*
 * The language of the locale's messages: XXGK_LANG, else LC_ALL, LC_MESSAGES or LANG.  Chinese is written
 * in UTF-8, so a Chinese locale of another charset gets English.
 */
void message_init(void);

/* "en" or "zh"; false if it is neither. */
bool message_language(const char *name);
bool message_chinese(void);

/* The text in the language of messages; good until the program ends. */
const char *message(const char *english) __attribute__((format_arg(1)));

#endif
