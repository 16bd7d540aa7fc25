/*
 * filter: what every filter opens before its loop and closes after it: options, output, rejects and
 * counts, and for those that read records the reader.
 *
 * main of a filter is: filter_open, its loop, filter_close.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "options.h"
#include "reader.h"
#include "writer.h"

struct count {
	const char *name;
	uint64_t n;
	bool reject;
};

struct filter {
	struct options options;
	const struct program *program;
	struct writer *out;
	struct reader *in;       /* filter_read */
	struct writer *rejects;  /* NULL without --rejects */
	struct count *counts;    /* for --stats, in the order they were first counted */
	size_t ncounts, counts_cap;
	uint64_t rejected;
	enum status status;      /* the worst so far */
	uint64_t drawn;          /* records at the last progress line */
};

/*
 * Reads the command line and opens the output and, with `reject_header`, the rejects file with that header
 * line.  False if an output cannot be opened: end with filter_close.
 */
bool filter_open(struct filter *f, const struct program *program, int argc, char **argv,
	void *context, const char *reject_header);

/*
 * Opens the operands as records with the wanted columns; lines that are no record go to the rejects, whose
 * header is the input's and `reason`.  False, status noted, if the header cannot be used.
 */
bool filter_read(struct filter *f, const struct column *want, size_t nwant);

/* Draws the progress line. */
void filter_draw(struct filter *f);

/* The next record; false too once nothing can be written any more. */
static inline bool
filter_next(struct filter *f, struct record *rec)
{
	if (!reader_next(f->in, rec))
		return false;
	if (f->options.progress && reader_read(f->in) - f->drawn >= 100000)
		filter_draw(f);
	return !f->out->failed;
}

/* Notes a status; the worst stays. */
static inline void
filter_note(struct filter *f, enum status status)
{
	f->status = worse(f->status, status);
}

/* Adds to a count of --stats; `name` is a constant. */
void filter_count(struct filter *f, const char *name, uint64_t n);

/*
 * A record of the input that cannot be worked on: said as a finding, written to the rejects, counted as
 * `rejected: reason`, status 1.  `why` is a constant; source and line name the place on the page (empty
 * and 0: the record's own line).
 */
void filter_reject(struct filter *f, const struct record *rec, struct span source, size_t line,
	const char *why);

/* Counts a reject that the filter wrote by itself (extract): `why` is a constant. */
void filter_count_reject(struct filter *f, const char *why);

/* Writes --stats, closes everything; the value main returns. */
int filter_close(struct filter *f);

#endif
