#include "named.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"

static bool
is_standard(const struct named_file *f)
{
	return strcmp(f->path, "-") == 0;
}

static void
look_at(struct named_file *f)
{
	f->there = (is_standard(f) ? fstat(f->written ? STDOUT_FILENO : STDIN_FILENO, &f->st)
				   : stat(f->path, &f->st)) == 0;
}

static bool
same_inode(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether two names of files that are still to be made are of one: the same name in the same folder. */
static bool
will_be_same(const char *a, const char *b)
{
	const char *slash[2] = {strrchr(a, '/'), strrchr(b, '/')}, *path[2] = {a, b};
	struct stat st[2];
	bool good = strcmp(slash[0] ? slash[0] + 1 : a, slash[1] ? slash[1] + 1 : b) == 0;

	for (int i = 0; i < 2 && good; i++) {
		struct buf folder = BUF_INIT;

		if (slash[i])
			buf_add(&folder, path[i], (size_t)(slash[i] - path[i]) + 1);
		buf_add_str(&folder, ".");
		buf_add_char(&folder, '\0');
		good = stat(folder.p, &st[i]) == 0;
		buf_release(&folder);
	}
	return good && same_inode(&st[0], &st[1]);
}

/* Devices take what is written from many; a file or pipe would hold the one across the other. */
static bool
clash(const struct named_file *a, const struct named_file *b)
{
	if (is_standard(a) && is_standard(b))
		return true;
	if (a->there != b->there)
		return false;
	if (!a->there)
		return !is_standard(a) && !is_standard(b) && will_be_same(a->path, b->path);
	return (S_ISREG(a->st.st_mode) || S_ISFIFO(a->st.st_mode)) && same_inode(&a->st, &b->st);
}

static const char *
called(const struct named_file *f, char name[64])
{
	if (*f->option == '\0')
		return message("standard output");
	snprintf(name, 64, "--%s", f->option);
	return name;
}

bool
named_apart(struct named_file *files, size_t n, char *const *operands, size_t noperands)
{
	static char *const standard_input[] = {"-"};
	char name[2][64];

	for (size_t i = 0; i < n; i++)
		look_at(&files[i]);
	if (noperands == 0) {
		operands = standard_input;
		noperands = 1;
	}
	for (size_t i = 0; i < n; i++) {
		const struct named_file *w = &files[i];

		if (!w->written)
			continue;
		for (size_t j = i + 1; j < n; j++)
			if (files[j].written && clash(w, &files[j])) {
				warn("%s and %s would be the same file", called(w, name[0]),
					called(&files[j], name[1]));
				return false;
			}
		if (!w->there || !S_ISREG(w->st.st_mode))
			continue;
		for (size_t j = 0; j < n + noperands; j++) {
			struct named_file r = {.option = ""};

			if (j < n) {
				r = files[j];
			} else {
				r.path = operands[j - n];
				look_at(&r);
			}
			if (r.written || !r.there || !same_inode(&w->st, &r.st))
				continue;
			warn("%s would overwrite '%s', which is read", called(w, name[0]),
				is_standard(&r) ? message("standard input") : r.path);
			return false;
		}
	}
	return true;
}
