#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

/* What stands in a directory; file: it is known to be a regular one. */
struct entry {
	char *path;
	bool file;
};

struct paths {
	char *const *operands;
	size_t noperands, at;
	FILE *list;
	bool begun; /* a name of it was read */
	const char *list_name;
	char *line;
	size_t line_size;
	bool zero, recurse;
	struct stat written[2];
	size_t nwritten;
	/* Entries of open directories still to come, the next one last. */
	struct entry *stack;
	size_t depth, cap;
	char *current;
	enum status status;
};

/* Passes over a byte order mark at the head of the list, but for a name that begins so. */
static void
pass_mark(struct paths *p, ssize_t *n)
{
	if (!p->begun && *n >= 3 && memcmp(p->line, "\xef\xbb\xbf", 3) == 0 && access(p->line, F_OK) != 0) {
		*n -= 3;
		memmove(p->line, p->line + 3, (size_t)*n + 1);
	}
	p->begun = true;
}

/* The next name of the list; NULL after the last. */
static const char *
next_of_list(struct paths *p)
{
	while (p->list) {
		ssize_t n = getdelim(&p->line, &p->line_size, p->zero ? '\0' : '\n', p->list);

		if (n < 0) {
			if (ferror(p->list)) {
				warn("cannot read '%s': %s", p->list_name, message(strerror(errno)));
				p->status = worse(p->status, STATUS_LOST);
			}
			return NULL;
		}
		/* Of all the names in such a line the first alone would be read. */
		if (!p->zero && strlen(p->line) < (size_t)n) {
			if (p->status < STATUS_USAGE)
				warn("the names in '%s' end with a NUL: take --null", p->list_name);
			p->status = worse(p->status, STATUS_USAGE);
			return NULL;
		}
		if (!p->zero && n > 0 && p->line[n - 1] == '\n')
			p->line[--n] = '\0';
		pass_mark(p, &n);
		/* Of a list that was written on Windows, but for a name that ends so. */
		if (!p->zero && n > 0 && p->line[n - 1] == '\r' && access(p->line, F_OK) != 0)
			p->line[--n] = '\0';
		if (n > 0 && p->line[0] != '\0')
			return p->line;
	}
	return NULL;
}

static bool
is_written(const struct paths *p, const char *path)
{
	struct stat st;

	if (p->nwritten == 0 || stat(path, &st) != 0)
		return false;
	for (size_t i = 0; i < p->nwritten; i++)
		if (p->written[i].st_ino == st.st_ino && p->written[i].st_dev == st.st_dev)
			return true;
	return false;
}

/* Ends the program if the list names what is written, and goes back to its beginning; standard input is read once. */
static void
look_through(struct paths *p)
{
	const char *name;

	if (p->nwritten == 0 || fseek(p->list, 0, SEEK_SET) != 0)
		return;
	while ((name = next_of_list(p)) != NULL)
		if (is_written(p, name))
			die(STATUS_USAGE, "'%s' would be read and written", name);
	rewind(p->list);
	p->begun = false;
}

struct paths *
paths_new(char *const *operands, size_t n, const char *list, bool zero, bool recurse, const int written[2])
{
	struct paths *p = xcalloc(1, sizeof *p);

	*p = (struct paths){.operands = operands, .noperands = n, .list_name = list, .zero = zero,
		.recurse = recurse};
	if (list) {
		p->list = strcmp(list, "-") == 0 ? stdin : fopen(list, "re");
		if (!p->list) {
			warn("cannot open '%s': %s", list, message(strerror(errno)));
			free(p);
			return NULL;
		}
	}
	for (int i = 0; i < 2; i++)
		if (written[i] >= 0 && fstat(written[i], &p->written[p->nwritten]) == 0 &&
			S_ISREG(p->written[p->nwritten].st_mode))
			p->nwritten++;
	if (p->list)
		look_through(p);
	return p;
}

/* Whether it may be one that is written: a look at the file itself is dear. */
static bool
has_inode(const struct paths *p, ino_t inode)
{
	return (p->nwritten > 0 && p->written[0].st_ino == inode) || (p->nwritten > 1 && p->written[1].st_ino == inode);
}

static int
backwards(const void *a, const void *b)
{
	return strcmp(((const struct entry *)b)->path, ((const struct entry *)a)->path);
}

/* Puts the entries of a directory on the stack; false if it cannot be opened. */
static bool
open_directory(struct paths *p, const char *path)
{
	DIR *dir = opendir(path);
	size_t first = p->depth, n = strlen(path);
	struct dirent *entry;

	if (!dir)
		return false;
	while ((errno = 0, entry = readdir(dir)) != NULL) {
		size_t more = strlen(entry->d_name);
		char *full;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		full = xmalloc(n + more + 2);
		memcpy(full, path, n);
		full[n] = '/';
		memcpy(full + n + (n == 0 || path[n - 1] != '/'), entry->d_name, more + 1);
		if (has_inode(p, entry->d_ino) && is_written(p, full)) {
			free(full);
			continue;
		}
		p->stack = grow(p->stack, p->depth, &p->cap, sizeof *p->stack);
		p->stack[p->depth++] = (struct entry){full, entry->d_type == DT_REG};
	}
	if (errno) {
		warn("cannot read '%s': %s", path, message(strerror(errno)));
		p->status = worse(p->status, STATUS_LOST);
	}
	closedir(dir);
	if (p->depth > first)
		qsort(p->stack + first, p->depth - first, sizeof *p->stack, backwards);
	return true;
}

const char *
paths_next(struct paths *p)
{
	struct stat st;

	for (;;) {
		const char *given;

		if (p->depth > 0) {
			free(p->current);
			p->current = p->stack[--p->depth].path;
			if (!p->stack[p->depth].file && lstat(p->current, &st) == 0) {
				/* One that cannot be opened cannot be read as a file either, which its reader says. */
				if (S_ISDIR(st.st_mode)) {
					if (!open_directory(p, p->current))
						return p->current;
					continue;
				}
				if (S_ISLNK(st.st_mode) && (stat(p->current, &st) != 0 || !S_ISREG(st.st_mode)))
					continue;
				if (!S_ISREG(st.st_mode))
					continue;
			}
			return p->current;
		}
		given = p->at < p->noperands ? p->operands[p->at++] : next_of_list(p);
		if (given && p->list == stdin && is_written(p, given)) {
			warn("'%s' would be read and written", given);
			p->status = worse(p->status, STATUS_LOST);
			continue;
		}
		if (given && p->recurse && stat(given, &st) == 0 && S_ISDIR(st.st_mode) && open_directory(p, given))
			continue;
		return given;
	}
}

enum status
paths_free(struct paths *p)
{
	enum status status = p->status;

	while (p->depth > 0)
		free(p->stack[--p->depth].path);
	if (p->list && p->list != stdin)
		fclose(p->list);
	free(p->stack);
	free(p->current);
	free(p->line);
	free(p);
	return status;
}
