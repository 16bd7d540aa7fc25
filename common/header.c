#include "header.h"

#include <stdlib.h>
#include <strings.h>

#include "near.h"

enum {
	SHOWN_NAMES = 600, /* bytes of the header in a message */
	CONSIDERED = 1000, /* names that one that is missing may have been meant by */
};

void
header_keep(struct header *h, const struct span *names, size_t n)
{
	size_t total = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		total += names[i].n;
	buf_reset(&h->text);
	buf_room(&h->text, total + 1);
	h->n = 0;
	for (size_t i = 0; i < n; i++) {
		buf_add_span(&h->text, names[i]);
		h->names = grow(h->names, h->n, &h->cap, sizeof *h->names);
		h->names[h->n++] = (struct span){h->text.p + at, names[i].n};
		at += names[i].n;
	}
}

size_t
header_find(const struct header *h, struct span name)
{
	for (size_t i = 0; i < h->n; i++)
		if (span_eq(h->names[i], name))
			return i;
	return NO_COLUMN;
}

/* As many as fit in a message: what is no CSV may have a header of megabytes. */
static void
list_names(const struct header *h, struct buf *text)
{
	for (size_t i = 0; i < h->n; i++) {
		struct span name = h->names[i];

		if (i)
			buf_add_str(text, ", ");
		if (text->n + name.n > SHOWN_NAMES) {
			buf_add_span(text, span_head(name, text->n < SHOWN_NAMES ? SHOWN_NAMES - text->n : 0));
			buf_add_str(text, " ...");
			break;
		}
		buf_add_span(text, name);
	}
	buf_add_char(text, '\0');
}

static int
by_name(const void *a, const void *b)
{
	const struct span *x = *(const struct span *const *)a, *y = *(const struct span *const *)b;
	int order = x->n != y->n ? (x->n < y->n ? -1 : 1) : x->n ? memcmp(x->p, y->p, x->n) : 0;

	return order ? order : x < y ? -1 : x > y;
}

/* The first name that stands a second time, or NULL. */
static const struct span *
find_double(const struct header *h)
{
	const struct span **sorted = xcalloc(h->n, sizeof *sorted), *first = NULL;

	for (size_t i = 0; i < h->n; i++)
		sorted[i] = &h->names[i];
	qsort(sorted, h->n, sizeof *sorted, by_name);
	for (size_t i = 1; i < h->n; i++)
		if (span_eq(*sorted[i - 1], *sorted[i]) && (!first || sorted[i - 1] < first))
			first = sorted[i - 1];
	free(sorted);
	return first;
}

/* The name but for blanks around it, byte order marks and the case of its letters; NULL if there is none. */
static const struct span *
find_dressed(const struct header *h, struct span wanted)
{
	static const struct span dress[] = {{"\xef\xbb\xbf", 3}, {"\xc2\xa0", 2}, {"\xe3\x80\x80", 3}};

	for (size_t i = 0; i < h->n && i < CONSIDERED; i++) {
		struct span name = span_trim(h->names[i]);

		for (size_t k = 0; k < sizeof dress / sizeof *dress; k++) {
			while (span_starts(name, dress[k]))
				name = span_trim(span_of(name.p + dress[k].n, name.n - dress[k].n));
			while (span_ends(name, dress[k]))
				name = span_trim(span_of(name.p, name.n - dress[k].n));
		}
		if (name.n == wanted.n && strncasecmp(name.p, wanted.p, name.n) == 0)
			return &h->names[i];
	}
	return NULL;
}

/* Says that a wanted column is not there, and what it may be. */
static void
say_missing(const struct header *h, const struct column *want, struct span path, size_t line)
{
	const struct span *dressed = find_dressed(h, span_str(want->name));
	struct near near = near_to(span_str(want->name));
	struct buf text = BUF_INIT;

	list_names(h, &text);
	if (dressed)
		near.name = *dressed;
	for (size_t k = 0; k < h->n && k < CONSIDERED && !dressed; k++)
		near_consider(&near, h->names[k]);
	if (near.name.p)
		warn_at(path, line, "column '%s' is not there: is it '%.*s'? (the columns are: %s)", want->name,
			SPAN_ARG(near.name), text.p);
	else if (want->stage && strcmp(want->stage, diag_program()) != 0)
		warn_at(path, line, "column '%s' is not there (the columns are: %s): run '%s' first", want->name, text.p,
			want->stage);
	else
		warn_at(path, line, "column '%s' is not there (the columns are: %s)", want->name, text.p);
	buf_release(&text);
}

/* Whether the header has fields that are no names: numbers, or nothing. */
static bool
holds_values(const struct header *h)
{
	uint64_t number;

	for (size_t i = 0; i < h->n; i++)
		if (h->names[i].n == 0 || span_whole(h->names[i], &number))
			return true;
	return false;
}

bool
header_check(const struct header *h, const struct column *want, size_t nwant, size_t *place, struct span path,
	size_t line, const char *foreign)
{
	const struct span *twice = find_double(h);
	const struct column *missing = NULL;
	size_t needed = 0, found = 0, known = 0;
	bool record;

	for (size_t i = 0; i < nwant; i++) {
		place[i] = header_find(h, span_str(want[i].name));
		needed += !want[i].optional;
		found += !want[i].optional && place[i] != NO_COLUMN;
		known += place[i] != NO_COLUMN;
		/* A column that may be left out was not, if it is there under a name that looks the same. */
		if (place[i] == NO_COLUMN && !missing &&
			(!want[i].optional || find_dressed(h, span_str(want[i].name))))
			missing = &want[i];
	}
	record = (missing || twice) && 4 * known < h->n && h->n > 4 && 2 * h->n >= nwant && holds_values(h);
	/* sort, grep and the like have no regard for a header. */
	if (record && !foreign)
		warn_at(path, line, "the first line is a record, the header is not before it, as sort or grep leave it: "
				    "by-body sorts and keeps it, -H reads without one");
	/* A first line without most of the names is no header: what stands twice in it is not what is wrong. */
	else if (twice && 2 * found >= needed)
		warn_at(path, line, "column '%.*s' stands twice in the header", SPAN_ARG(span_head(*twice, 100)));
	else if (missing && foreign)
		warn_at(path, line, "the header cannot be read: %s", message(foreign));
	else if (missing)
		say_missing(h, missing, path, line);
	return !twice && !missing;
}

bool
header_is(const struct header *h, const struct column *want, size_t nwant, const struct record *rec, bool *same)
{
	bool all = nwant > 0;

	*same = rec->nfields == h->n;
	for (size_t i = 0; i < h->n && *same; i++)
		*same = span_eq(rec->field[i], h->names[i]);
	if (*same)
		return true;
	for (size_t i = 0; i < nwant && all; i++) {
		bool found = false;

		if (want[i].optional)
			continue;
		for (size_t j = 0; j < rec->nfields && !found; j++)
			found = span_eq(rec->field[j], span_str(want[i].name));
		all = found;
	}
	return all;
}

void
header_release(struct header *h)
{
	free(h->names);
	buf_release(&h->text);
}
