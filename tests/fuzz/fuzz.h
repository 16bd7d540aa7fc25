/* fuzz: what the drivers share: the function that libFuzzer and replay.c call, and what must hold. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static inline void
require(bool holds)
{
	if (!holds)
		abort();
}

#endif
