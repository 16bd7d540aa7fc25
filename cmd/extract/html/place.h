/*
 * place: the number of the line a pointer into a page stands on.
 *
 * A page's line ends are found once; asking is a matter of a few steps wherever it is asked for.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* 64 bytes of a page: which of them end a line, and how many lines end before. */
struct place_block {
	uint64_t ends;
	size_t before;
};

struct place {
	const char *start;
	struct place_block *blocks;
	size_t cap;
};

#define PLACE_INIT ((struct place){NULL, NULL, 0})

/* How many bits are set: the compiler's own is a call, for the first x86-64 had no instruction for it. */
static inline size_t
place_bits(uint64_t v)
{
	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
	return (size_t)(((v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f)) * UINT64_C(0x0101010101010101) >> 56);
}

/* Takes a page, its memory kept from the last. */
void place_set(struct place *place, struct span page);
void place_release(struct place *place);

/* The line of p: one more than the LF, CRLF and CR from the start of the page to before it. */
static inline size_t
place_line(const struct place *place, const char *p)
{
	size_t at = (size_t)(p - place->start);
	const struct place_block *block = &place->blocks[at / 64];

	return block->before + 1 + place_bits(block->ends & (((uint64_t)1 << at % 64) - 1));
}

#endif
