/*
 * gb18030: characters of GB18030, of which GBK and GB2312 are parts, one at a time.
 *
 * The mapping is the C library's (iconv), asked for once, at the first page that needs it: a table
 * of the two-byte characters as ready UTF-8, and one of the four-byte characters of the basic
 * plane.
 */
#ifndef GB18030_H
#define GB18030_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* Bytes of a row of gb18030_pairs: trail bytes from 0x40; 0x7f is none. */
#define GB18030_ROW 192

/* UTF-8 of each two-byte character, first byte lowest, padded with 0; 0 where there is none. */
extern uint32_t gb18030_pairs[126 * GB18030_ROW];

/* Fills the tables; cheap when they are.  Ends the program if the C library lacks the coding. */
void gb18030_load(void);

/* The UTF-8 of a two-byte character, or 0; lead is from 0x81 to 0xfe. */
static inline uint32_t
gb18030_pair(unsigned char lead, unsigned char trail)
{
	return trail < 0x40 ? 0 : gb18030_pairs[(lead - 0x81) * GB18030_ROW + trail - 0x40];
}

/* How many bytes of that UTF-8 there are. */
static inline size_t
gb18030_length(uint32_t utf8)
{
	return (size_t)2 + (utf8 > 0xffff) + (utf8 > 0xffffff);
}

/* The four-byte character at p, of which n bytes are there, or 0 if there is none. */
uint32_t gb18030_four(const unsigned char *p, size_t n);

/* Counts the undecodable bytes of `in`; *first gets the offset of the first. */
size_t gb18030_bad(struct span in, size_t *first);

#endif
