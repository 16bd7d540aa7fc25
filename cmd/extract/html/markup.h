/*
 * markup: what bytes mean inside a tag.
 */
#ifndef MARKUP_H
#define MARKUP_H

#include <stdbool.h>

enum { BLANK = 1, ENDS_NAME = 2, ENDS_KEY = 4, ENDS_VALUE = 8 };

extern const unsigned char markup_classes[256];

static inline bool
is(char c, int class)
{
	return markup_classes[(unsigned char)c] & class;
}

static inline bool
is_blank(char c)
{
	return is(c, BLANK);
}

#endif
