#include "diag.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *program = "xxgk";
static size_t max_findings = 20;
static size_t findings, failures;
static bool quiet;
static bool drawn;

/*
 * A file opened where a standard stream was closed would take its place, and what is said would be written into it.
 * What stands there instead cannot be used the way it is meant to, so that this is said as if it were closed.
 */
static void
keep_places(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY) != fd)
			_exit(STATUS_LOST);
}

void
diag_init(const char *name)
{
	program = name;
	keep_places();
	message_init();
	signal(SIGPIPE, SIG_DFL);
	/* A file over the limit is a write that fails, which is said. */
	signal(SIGXFSZ, SIG_IGN);
}

const char *
diag_program(void)
{
	return program;
}

void
diag_max_findings(size_t n)
{
	max_findings = n;
}

void
diag_quiet(bool q)
{
	quiet = q;
}

void
diag_progress(const char *text)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K%s", text);
	drawn = *text != '\0';
}

/* One call of fputs a message, so that lines of several programs on one terminal do not mix. */
static void
say(struct span source, size_t line, size_t column, const char *format, va_list args)
{
	char text[4096];
	int n;

	if (line && column)
		n = snprintf(text, sizeof text, "%s: %.*s:%zu:%zu: ", program, SPAN_ARG(source), line, column);
	else if (line)
		n = snprintf(text, sizeof text, "%s: %.*s:%zu: ", program, SPAN_ARG(source), line);
	else if (source.n)
		n = snprintf(text, sizeof text, "%s: %.*s: ", program, SPAN_ARG(source));
	else
		n = snprintf(text, sizeof text, "%s: ", program);
	vsnprintf(text + n, sizeof text - (size_t)n - 1, message(format), args);
	/* A file's name or a page's text must not reach the terminal as a control sequence. */
	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	n = (int)strlen(text);
	/* One that is too long loses what may be the beginning of a character. */
	if (n == (int)sizeof text - 2) {
		while (n > 0 && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
			n--;
		n -= n > 0 && ((unsigned char)text[n - 1] & 0x80);
	}
	text[n] = '\n';
	text[n + 1] = '\0';
	if (drawn)
		diag_progress("");
	fputs(text, stderr);
}

void
warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say((struct span){NULL, 0}, 0, 0, format, args);
	va_end(args);
}

void
warn_at(struct span source, size_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(source, line, 0, format, args);
	va_end(args);
}

void
failure(const char *format, ...)
{
	va_list args;

	if (failures++ >= max_findings)
		return;
	va_start(args, format);
	say((struct span){NULL, 0}, 0, 0, format, args);
	va_end(args);
}

void
failure_at(struct span source, size_t line, const char *format, ...)
{
	va_list args;

	if (failures++ >= max_findings)
		return;
	va_start(args, format);
	say(source, line, 0, format, args);
	va_end(args);
}

void
finding_at(struct span source, size_t line, const char *format, ...)
{
	va_list args;

	if (findings++ >= max_findings || quiet)
		return;
	va_start(args, format);
	say(source, line, 0, format, args);
	va_end(args);
}

void
finding_in(struct span source, size_t line, size_t column, const char *format, ...)
{
	va_list args;

	if (findings++ >= max_findings || quiet)
		return;
	va_start(args, format);
	say(source, line, column, format, args);
	va_end(args);
}

void
note(const char *format, ...)
{
	va_list args;

	if (quiet)
		return;
	va_start(args, format);
	say((struct span){NULL, 0}, 0, 0, format, args);
	va_end(args);
}

void
die(enum status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say((struct span){NULL, 0}, 0, 0, format, args);
	va_end(args);
	exit(status);
}

void
diag_close(void)
{
	if (drawn)
		diag_progress("");
	if (findings > max_findings)
		note("findings not shown: %zu (--max-findings)", findings - max_findings);
	if (failures > max_findings)
		warn("failures not shown: %zu (--max-findings)", failures - max_findings);
}
