/*
 * paths: the files to work on: operands, those a list names, and what stands in directories.
 *
 * A directory's entries come in byte order, each directory's own at its place; of them only regular
 * files, and symbolic links to such, are taken, and links to directories are not followed.
 */
#ifndef PATHS_H
#define PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"

struct paths;

/*
 * list: a file that names files, a line each (`zero`: each ended by a NUL), NULL: none, "-": standard
 * input.  recurse: take directories apart.  NULL, said, if the list cannot be opened.
 *
 * written: open files that are being written, -1: none.  In a directory they are passed over; a list that names one
 * ends the program with status 2 before anything is written, or one from standard input is status 3.
 */
struct paths *paths_new(char *const *operands, size_t n, const char *list, bool zero, bool recurse, const int written[2]);

/* The next path, good until the next call; NULL after the last.  A directory that cannot be opened comes as if it were a file. */
const char *paths_next(struct paths *paths);

/* STATUS_LOST if something could not be read; that was said. */
enum status paths_free(struct paths *paths);

#endif
