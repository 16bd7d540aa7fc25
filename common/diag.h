/*
 * diag: exit statuses and messages.
 *
 * A message is one line on standard error, `program: message` or `program: source:line: message`,
 * lower case, names in quotes, no full stop,
 * in the language of messages (message.h).  common/ returns a status and the filter decides; only
 * die ends the program, and only for memory and misuse.
 */
#ifndef DIAG_H
#define DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "message.h"
#include "span.h"

/* Ordered by gravity: the worst wins, inside a filter and over a pipeline's PIPESTATUS. */
enum status {
	STATUS_OK = 0,       /* all well */
	STATUS_FINDINGS = 1, /* findings in the data; everything else is written */
	STATUS_USAGE = 2,    /* options, a rule file, a column that is not there */
	STATUS_LOST = 3,     /* unreadable, cut short, write failed, out of memory */
};

static inline enum status
worse(enum status a, enum status b)
{
	return a > b ? a : b;
}

/*
 * Names the program for messages, gives SIGPIPE its default action, ignores SIGXFSZ, and sees to it that no file opened
 * later takes the place of a standard stream that is closed.  First of all in main.
 */
void diag_init(const char *program);
const char *diag_program(void);

/* Messages about findings, and those about failures, are held back after this many and counted (see diag_close); default 20. */
void diag_max_findings(size_t n);
/* Says nothing but failures (statuses 2 and 3). */
void diag_quiet(bool quiet);

/* A failure, always said. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void warn_at(struct span source, size_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * A failure that one of many inputs had: said up to --max-findings, then counted, so that a list of files that are gone
 * is no flood; also with --quiet.
 */
void failure(const char *format, ...) __attribute__((format(printf, 1, 2)));
void failure_at(struct span source, size_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A finding in the data: said up to --max-findings, then counted.  line 0 leaves the line out. */
void finding_at(struct span source, size_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same of a character of the line, `program: source:line:column: message`; column 0 leaves the column out. */
void finding_in(struct span source, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* News on a run as a whole, left out by --quiet. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

_Noreturn void die(enum status status, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Draws `text` as the progress line if standard error is a terminal; wiped before any message. */
void diag_progress(const char *text);

/* Says how many findings and failures were held back; call once, at the end. */
void diag_close(void);

#endif
