/*
 * manifest: what a run was, as a line of a CSV file that all stages of a pipe may share (--manifest).
 *
 * Nothing in it is of the clock or the host, so that the same run gives the same line.  A stage writes its line before
 * it closes its output: in a pipe the lines stand in the order of the stages.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "span.h"

struct manifest {
	const char *program;
	struct span arguments; /* words with blanks between, as manifest_word writes them */
	struct span tables;    /* those that were not built in, as table_taken says */
	bool counts_records;   /* `read` says something */
	uint64_t read, written, rejected;
	enum status status;
};

/* Appends an argument as a shell would read it again, behind a blank. */
void manifest_word(struct buf *words, const char *argument);

/* Adds the line to the file, with a header if that is new.  STATUS_LOST, said, if it cannot. */
enum status manifest_add(const char *path, const struct manifest *run);

#endif
