/*
 * options: the command line, from one table a program.
 *
 * The same table gives getopt_long its options, --help its text, the man page its list and the shells
 * their completions (--help-options prints it for those).  Options all filters share stand here once;
 * the same letter means the same everywhere.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "diag.h"

struct option_spec {
	int id;               /* the short letter, or a number from OPTION_OWN up */
	const char *name;     /* long, without dashes */
	const char *argument; /* what stands for the value in help, or NULL */
	const char *help;     /* one line, lower case, no full stop; its Chinese stands in messages/zh.csv */
};

/* The first number a program may use for a long option without a letter. */
enum { OPTION_OWN = 1000 };

/* Which of the shared options a program takes besides those of all. */
enum {
	OPTIONS_RECORDS = 1, /* reads records: -H --columns --key-prefix --max-record */
	OPTIONS_TABLES = 2,  /* uses the tables of the field: --tables */
};

struct program {
	const char *name;
	const char *summary; /* one line: what it does */
	const char *operands; /* for the usage line, e.g. "[FILE]..." */
	const char *example; /* a pipe that runs as it stands */
	const char *columns; /* the header of what it reads, which an empty input has; NULL: it reads no records, or any */
	unsigned shared;
	const struct option_spec *options; /* its own */
	size_t noptions;
	/*
	 * Which of these name files that are read, and written: their long names with commas between them, or NULL.
	 * None is to be written that is read, or written twice.
	 */
	const char *reads, *writes;
	/* The library that not all programs use, for --version; NULL: none. */
	const char *own_library, *(*own_library_version)(void);
	/* Takes one of the program's own options; false, having said why, ends with status 2. */
	bool (*set)(void *context, int id, const char *value);
};

struct options {
	const char *output;  /* NULL: standard output */
	const char *rejects; /* NULL: none kept */
	const char *stats;
	const char *manifest;
	/*
	 * What the result rests on, for the manifest: options by their long names, without those that only name what is
	 * written or say how much is told, then the operands.  To be released.
	 */
	struct buf given;
	const char *tables;
	const char *columns;
	const char *lang;    /* of messages, as given; NULL: the locale's */
	bool no_header_out, key_prefix, exit_zero, progress, quiet;
	size_t max_record;   /* up to 1 GiB; 0: not given */
	size_t max_findings;
	char *const *operands;
	size_t noperands;
};

/*
 * Reads the command line; handles --help and --version (standard output, status 0) and misuse (two lines
 * on standard error, status 2) by ending the program.  Calls diag_init.
 */
void options_parse(struct options *options, const struct program *program, int argc, char **argv,
	void *context);

/*
 * The value of an option as a size, "64M" (K, M, G: powers of 1024), or as a whole number; false, said on standard
 * error, if it is none, or 0.
 */
bool options_bytes(const char *text, size_t *bytes);
bool options_count(const char *text, size_t *count);

#endif
