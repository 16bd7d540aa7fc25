/*
 * utf8: strict UTF-8 (no surrogates, no overlong forms, nothing over U+10FFFF), and the characters of text that
 * is known to be it.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* Length of the character at p, of which n > 0 bytes are there; 0 if it is none. */
size_t utf8_step(const unsigned char *p, size_t n);

/* As utf8_step, of the character that s begins with; 0 also of an empty s and of a control character. */
size_t utf8_plain(struct span s);

/* The end of utf8_rune for characters of two and four bytes. */
uint32_t utf8_rune_rare(struct span s, size_t *n);

/*
 * The character that s, not empty, begins with, and its bytes.  Of text that is UTF-8, as all of a record is: nothing is
 * checked but that the bytes are there; of one cut short they are what is left, and it is 0.
 */
static inline uint32_t
utf8_rune(struct span s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if ((p[0] & 0xf0) == 0xe0 && s.n >= 3) {
		*n = 3;
		return (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
	}
	if (p[0] < 0x80) {
		*n = 1;
		return p[0];
	}
	return utf8_rune_rare(s, n);
}

/* A number below UTF8_LETTERS for a letter of three bytes, by which words are found: its last twelve bits. */
enum { UTF8_LETTERS = 4096 };

static inline size_t
utf8_letter(const char *p)
{
	return (size_t)((unsigned char)p[1] & 0x3f) << 6 | ((unsigned char)p[2] & 0x3f);
}

/* Offset of the first byte that begins no character, in.n if there is none. */
size_t utf8_valid(struct span in);

/* Whether what is there, up to three bytes, may be the beginning of a character. */
bool utf8_begun(struct span in);

/* Counts the bytes that belong to no character; *first gets the offset of the first. */
size_t utf8_bad(struct span in, size_t *first);

#endif
