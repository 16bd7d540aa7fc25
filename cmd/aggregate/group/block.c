#include "block.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "buf.h"
#include "diag.h"

enum { HUGE_PAGE = 2 << 20 };

void *
block_new(size_t n)
{
	char *p, *start;

	if (n < HUGE_PAGE)
		return xcalloc(n, 1);
	n = (n + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
	p = mmap(NULL, n + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		die(STATUS_LOST, "out of memory");
	start = p + (HUGE_PAGE - (uintptr_t)p % HUGE_PAGE) % HUGE_PAGE;
	if (start > p)
		munmap(p, (size_t)(start - p));
	munmap(start + n, (size_t)(p + HUGE_PAGE - start));
#ifdef MADV_HUGEPAGE
	(void)madvise(start, n, MADV_HUGEPAGE);
#endif
	return start;
}

void
block_free(void *p, size_t n)
{
	if (n < HUGE_PAGE)
		free(p);
	else if (p)
		munmap(p, (n + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE);
}
