/*
 * block: large pieces of zeroed memory.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stddef.h>

/*
 * n zeroed bytes; large ones straight from the system, which zeroes them but once, and in huge pages where
 * there are any: with many groups half the time is the TLB's.  Dies when memory is out.
 */
void *block_new(size_t n);

/* Gives back a block of n bytes; NULL is no matter. */
void block_free(void *p, size_t n);

#endif
