/*
 * named: the files a command line names: what is written may not overwrite what is read or written besides.
 */
#ifndef NAMED_H
#define NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A file that is read or written: by which option ("": none is given), and what it is. */
struct named_file {
	const char *option, *path;
	bool written, there;
	struct stat st;
};

/*
 * False, said, if what is written would overwrite what is read, or two things would be written to one file.  `operands`
 * are read as well; without any, standard input is.
 */
bool named_apart(struct named_file *files, size_t n, char *const *operands, size_t noperands);

#endif
