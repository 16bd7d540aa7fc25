/* file: bytes as a file with a path, for the drivers of what opens files. */
#ifndef FILE_H
#define FILE_H

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

/* Makes the n bytes a file in memory and writes its path; the descriptor answered is the caller's to close. */
static inline int
file_of(const uint8_t *data, size_t n, char path[64])
{
	int fd = memfd_create("fuzz", 0);

	require(fd >= 0 && write(fd, data, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

#endif
