/*
 * tag: what a tag's name means to the reader of pages.
 *
 * A name is folded to a key while it is read, so that it is looked at once.
 */
#ifndef TAG_H
#define TAG_H

#include <stddef.h>
#include <stdint.h>

enum tag {
	TAG_OTHER, /* of no meaning here: its text runs on */
	TAG_BLOCK, /* begins and ends a line */
	TAG_P,     /* a block that the next block ends */
	TAG_BR,
	TAG_VOID,  /* has no content, so cannot hide any */
	TAG_RISE,  /* text beside it is no part of a number: sup, sub, struck text */
	TAG_PRE,
	TAG_META,
	TAG_TITLE,
	TAG_FOREIGN,  /* svg, math */
	TAG_TEMPLATE,
	/* Raw text, to the matching end tag: not shown, shown, shown with references, to the end. */
	TAG_SCRIPT,
	TAG_RAW,
	TAG_XMP,
	TAG_TEXTAREA,
	TAG_PLAINTEXT,
	/* Tables. */
	TAG_TABLE,
	TAG_CAPTION,
	TAG_COL,   /* col, colgroup */
	TAG_TBODY,
	TAG_THEAD,
	TAG_TFOOT,
	TAG_TR,
	TAG_TD,
	TAG_TH
};

/* The key of a name: start with 0 and fold in each byte in lower case, `at` counting from 0. */
static inline uint64_t
tag_fold(uint64_t key, size_t at, unsigned char c)
{
	c |= (unsigned char)((unsigned char)(c - 'A') < 26 ? 32 : 0);
	c |= (unsigned char)(c ? 0 : 0xfd); /* a NUL makes another name of it */
	return at < 8 ? key | (uint64_t)c << 8 * at : (key ^ c) * 0x9e3779b97f4a7c15u;
}

/* What the key means.  Call tag_load once before. */
enum tag tag_of(uint64_t key);
void tag_load(void);

#endif
