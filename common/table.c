#include "table.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"
#include "foreign.h"
#include "input.h"
#include "near.h"
#include "reader.h"
#include "sha256.h"
#include "utf8.h"

/* The tables there are, as the Makefile finds them: "group/name" each, blanks between them. */
static const char known_tables[] = TABLE_NAMES;

enum { MOST = 64 << 20 }; /* bytes of a table: the largest there is has a 200th */

/* How the names in a folder are known. */
enum found { FOUND_NONE, FOUND_TABLE, FOUND_SLIP };

/*
 * Looks through DIR for the tables of `group` (empty: of all).  A name that is nearly one of them is said:
 * a file beside the tables that is no table is not to be like one, so a short name is nearer than a long one.
 */
static enum found
look_through(const char *dir, struct span group)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	enum found found = FOUND_NONE;

	while (d && found != FOUND_SLIP && (entry = readdir(d)) != NULL) {
		struct span name = span_str(entry->d_name), all = span_str(known_tables);
		struct near near;
		bool known = false;

		if (name.n < 5 || memcmp(name.p + name.n - 4, ".csv", 4) != 0)
			continue;
		name.n -= 4;
		near = near_to(name);
		while (all.n && !known) {
			struct span table = span_cut(&all, ' '), of = span_cut(&table, '/');

			if (group.n && !span_eq(of, group))
				continue;
			known = span_eq(table, name);
			near_consider(&near, table);
		}
		if (known) {
			found = FOUND_TABLE;
		} else if (near.name.p && near.distance <= (name.n < 8 ? 1 : 2)) {
			warn("'%s/%s' is no table known here: is it '%.*s.csv'?", dir, entry->d_name,
				SPAN_ARG(near.name));
			found = FOUND_SLIP;
		}
	}
	if (d)
		closedir(d);
	return found;
}

bool
table_folder(const char *dir)
{
	struct span all = span_str(known_tables), last = {NULL, 0};
	struct buf path = BUF_INIT;
	enum found found, inner;
	DIR *d = opendir(dir);

	if (!d) {
		warn("cannot open '%s': %s", dir, message(strerror(errno)));
		return false;
	}
	closedir(d);
	found = look_through(dir, last);
	while (all.n && found != FOUND_SLIP) {
		struct span table = span_cut(&all, ' '), group = span_cut(&table, '/');

		if (span_eq(group, last))
			continue;
		last = group;
		buf_reset(&path);
		buf_printf(&path, "%s/%.*s", dir, SPAN_ARG(group));
		buf_add_char(&path, '\0');
		inner = look_through(path.p, group);
		found = inner > found ? inner : found;
	}
	buf_release(&path);
	if (found == FOUND_NONE)
		warn("'%s' holds no table known here", dir);
	return found == FOUND_TABLE;
}

static char *
path_in(const char *dir, struct table_source source)
{
	struct buf path = BUF_INIT;

	buf_printf(&path, "%s/%s/%s.csv", dir, source.group, source.name);
	buf_add_char(&path, '\0');
	if (access(path.p, F_OK) != 0) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s.csv", dir, source.name);
		buf_add_char(&path, '\0');
		if (access(path.p, F_OK) != 0) {
			buf_release(&path);
			return NULL;
		}
	}
	return path.p;
}

/* All of a file; false, said, also where it is too large for a table: another file, or a device, would take all memory. */
static bool
read_file(const char *path, struct buf *bytes)
{
	struct input *in = input_open(path);
	size_t got;
	bool fits;

	if (!in)
		return false;
	while (bytes->n <= MOST && (got = input_read(in, buf_room(bytes, INPUT_CHUNK), INPUT_CHUNK)) > 0)
		bytes->n += got;
	fits = bytes->n <= MOST;
	if (!fits)
		warn("%s: too large for a table: more than 64 MiB", path);
	return input_close(in) == STATUS_OK && fits;
}

/* Whether a file of the user's is text as a table is; says where it is not: its words would match nothing. */
static bool
check_text(const struct table *t, struct span text)
{
	for (size_t line = 1; text.n; line++) {
		struct span row = span_cut(&text, '\n');
		bool control = false;
		const char *why = NULL;

		if (row.n && row.p[row.n - 1] == '\r')
			row.n--;
		for (size_t i = 0; i < row.n && !control; i++)
			control = foreign_control(row.p[i]);
		if (control)
			why = line == 1 ? foreign_line(row) : "a control character in the line";
		else if (utf8_valid(row) < row.n)
			why = "not UTF-8: save it as UTF-8";
		if (why) {
			warn("%s:%zu: %s", t->path, line, message(why));
			return false;
		}
	}
	return true;
}

static void
keep_header(struct table *t, const struct span *field, size_t n, struct buf *scratch)
{
	t->ncols = n;
	t->header = xcalloc(n, sizeof *t->header);
	/* Unquoted ones, too, are to stay: they are the first in scratch, which does not move. */
	for (size_t i = 0; i < n; i++) {
		size_t at = scratch->n;

		buf_add_span(scratch, field[i]);
		t->header[i] = span_of(scratch->p + at, field[i].n);
	}
}

/* Takes the lines apart; unquoted text goes to scratch, which is as large as the table so never moves. */
static bool
parse(struct table *t, struct span text)
{
	struct span *fields = NULL;
	size_t nfields = 0, cap = 0, cells_cap = 0, ncells = 0, lines_cap = 0, line = 0;
	struct buf one = BUF_INIT, scratch = BUF_INIT;
	bool good = true;

	if (text.n > UINT32_MAX / 4) {
		warn("%s: too large for a table", t->path);
		return false;
	}
	buf_room(&scratch, text.n + 1);
	if (span_starts(text, SPAN("\xef\xbb\xbf"))) {
		text.p += 3;
		text.n -= 3;
	}
	t->text = text;
	while (text.n && good) {
		struct span row = span_cut(&text, '\n');
		const char *why;

		line++;
		if (row.n && row.p[row.n - 1] == '\r')
			row.n--;
		if (row.n == 0)
			continue;
		why = record_split(row, &fields, &nfields, &cap, &one);
		if (!why && t->ncols && nfields != t->ncols)
			why = "the row has another number of fields than the header";
		if (why) {
			warn("%s:%zu: %s", t->path, line, message(why));
			good = false;
			break;
		}
		if (t->ncols == 0) {
			keep_header(t, fields, nfields, &scratch);
			continue;
		}
		for (size_t i = 0; i < nfields; i++) {
			struct table_place place = {0, (uint32_t)fields[i].n};

			if (fields[i].p >= row.p && fields[i].p <= row.p + row.n) {
				place.at = (uint32_t)(fields[i].p - t->text.p);
			} else {
				place.at = (uint32_t)(t->text.n + scratch.n);
				buf_add_span(&scratch, fields[i]);
			}
			t->cell = grow(t->cell, ncells, &cells_cap, sizeof *t->cell);
			t->cell[ncells++] = place;
		}
		t->line = grow(t->line, t->nrows, &lines_cap, sizeof *t->line);
		t->line[t->nrows++] = line;
	}
	if (good && t->ncols == 0) {
		warn("%s: empty: a table begins with its header", t->path);
		good = false;
	}
	free(fields);
	buf_release(&one);
	t->scratch = scratch.p;
	return good;
}

static struct buf taken;

/* Notes a table that was read from a file, once for each text it had. */
static void
take_note(const char *group, const char *name, struct span text)
{
	char digest[SHA256_DIGITS];
	struct buf note = BUF_INIT;

	sha256_hex(text, digest);
	buf_printf(&note, "%s%s%s=", group, *group ? "/" : "", name);
	buf_add(&note, digest, sizeof digest);
	if (span_find(buf_span(&taken), buf_span(&note)) == taken.n) {
		if (taken.n)
			buf_add_char(&taken, ' ');
		buf_add_span(&taken, buf_span(&note));
	}
	buf_release(&note);
}

struct span
table_taken(void)
{
	return buf_span(&taken);
}

struct table *
table_load(struct table_source source, const char *dir)
{
	struct table *t = xcalloc(1, sizeof *t);
	char *path = dir ? path_in(dir, source) : NULL;
	struct span text = {source.bytes, (size_t)(source.end - source.bytes)};
	bool good = true;

	if (path) {
		struct buf bytes = BUF_INIT;

		t->path = path;
		good = read_file(path, &bytes);
		t->bytes = bytes.p;
		text = buf_span(&bytes);
		take_note(source.group, source.name, text);
		good = good && check_text(t, text);
	} else {
		struct buf name = BUF_INIT;

		buf_printf(&name, "%s/%s.csv", source.group, source.name);
		buf_add_char(&name, '\0');
		t->path = name.p;
		/* The byte 0 that closes the object is no part of the CSV. */
		if (text.n && text.p[text.n - 1] == '\0')
			text.n--;
	}
	if (good)
		good = parse(t, text);
	if (!good) {
		table_free(t);
		return NULL;
	}
	return t;
}

/* The columns of a table that make its key. */
struct key {
	size_t column[4], n;
};

/* False if one of the columns is not there, which whoever reads the table says. */
static bool
find_key(const struct table *t, struct span names, struct key *key)
{
	for (key->n = 0; names.n && key->n < sizeof key->column / sizeof *key->column; key->n++) {
		struct span name = span_cut(&names, ',');
		size_t at = 0;

		while (at < t->ncols && !span_eq(t->header[at], name))
			at++;
		if (at == t->ncols)
			return false;
		key->column[key->n] = at;
	}
	return true;
}

/* What the row says in the columns of the key, commas between them. */
static struct span
key_text(const struct table *t, size_t row, const struct key *key, struct buf *out)
{
	buf_reset(out);
	for (size_t i = 0; i < key->n; i++) {
		if (i)
			buf_add_char(out, ',');
		buf_add_span(out, table_cell(t, row, key->column[i]));
	}
	return buf_span(out);
}

/* Whether no two rows say the same in the columns of the key; says which do. */
static bool
is_key(const struct table *t, const char *names)
{
	size_t size = 16, row = 0;
	struct key key;
	size_t *slot; /* by the hash of the text: its row, from 1 */
	struct buf texts = BUF_INIT, other = BUF_INIT;

	if (!find_key(t, span_str(names), &key))
		return true;
	while (size < 2 * t->nrows)
		size *= 2;
	slot = xcalloc(size, sizeof *slot);
	for (bool twice = false; row < t->nrows; row++) {
		struct span text = key_text(t, row, &key, &texts);
		size_t at = (size_t)span_hash(text) & (size - 1);

		while (slot[at] && !twice) {
			twice = span_eq(key_text(t, slot[at] - 1, &key, &other), text);
			at = (at + 1) & (size - 1);
		}
		if (twice) {
			warn("%s:%zu: '%.*s' stands twice in column '%s'", t->path, t->line[row], SPAN_ARG(text), names);
			break;
		}
		slot[at] = row + 1;
	}
	buf_release(&texts);
	buf_release(&other);
	free(slot);
	return row == t->nrows;
}

struct table *
table_load_keyed(struct table_source source, const char *dir, const char *key)
{
	struct table *t = table_load(source, dir);

	if (t && t->bytes && !is_key(t, key)) {
		table_free(t);
		return NULL;
	}
	return t;
}

struct table *
table_open(const char *path)
{
	struct table *t = xcalloc(1, sizeof *t);
	struct buf name = BUF_INIT, bytes = BUF_INIT;
	bool good;

	buf_add(&name, path, strlen(path) + 1);
	t->path = name.p;
	good = read_file(path, &bytes);
	t->bytes = bytes.p;
	take_note("", path, buf_span(&bytes));
	if (!good || !check_text(t, buf_span(&bytes)) || !parse(t, buf_span(&bytes))) {
		table_free(t);
		return NULL;
	}
	return t;
}

size_t
table_find(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->ncols; i++)
		if (span_eq(t->header[i], span_str(name)))
			return i;
	return SIZE_MAX;
}

size_t
table_column(const struct table *t, const char *name)
{
	size_t column = table_find(t, name);

	if (column == SIZE_MAX)
		die(STATUS_USAGE, "%s: column '%s' is not there", t->path, name);
	return column;
}

void
table_free(struct table *t)
{
	if (!t)
		return;
	free(t->header);
	free(t->cell);
	free(t->line);
	free(t->bytes);
	free(t->scratch);
	free(t->path);
	free(t);
}
