#include "path.h"

#include <stdlib.h>

enum {
	MOST_NAMES = 64,
	LONGEST = 384,
	CUT_NAME = 12, /* bytes: so much of the beginning of a name stands for it */
};

struct name {
	struct span text;
	uint64_t columns;
	bool own;
};

struct paths {
	size_t n;
	struct form_paths {
		const struct form_sheet *sheet;
		struct name name[MOST_NAMES]; /* long ones first: 复议后起诉 is no 行政复议 */
		size_t n;
	} *form;
};

static void
add_name(struct form_paths *f, struct span text, uint64_t column, bool own)
{
	for (size_t i = 0; i < f->n; i++)
		if (span_eq(f->name[i].text, text)) {
			f->name[i].columns |= column;
			return;
		}
	if (text.n && f->n < MOST_NAMES)
		f->name[f->n++] = (struct name){text, column, own};
}

static int
by_length(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	return (x->text.n < y->text.n) - (x->text.n > y->text.n);
}

struct paths *
paths_new(const struct form_book *book)
{
	struct paths *p = xcalloc(1, sizeof *p);

	p->n = book->neditions;
	p->form = xcalloc(p->n + 1, sizeof *p->form);
	for (size_t e = 0; e < p->n; e++) {
		const struct edition *ed = &book->edition[e];
		struct form_paths *f = &p->form[e];

		for (size_t i = 0; i < ed->nsheets; i++)
			if (ed->sheet[i].wide && ed->sheet[i].n <= 64)
				f->sheet = &ed->sheet[i];
		for (size_t i = 0; f->sheet && i < f->sheet->n; i++) {
			struct span path = book->forms->column[f->sheet->first + i].path;

			while (path.n) {
				struct span name = span_cut(&path, '/');

				add_name(f, name, UINT64_C(1) << i, path.n == 0);
			}
		}
		qsort(f->name, f->n, sizeof *f->name, by_length);
	}
	return p;
}

void
paths_free(struct paths *p)
{
	if (!p)
		return;
	free(p->form);
	free(p);
}

const struct form_sheet *
paths_sheet(const struct paths *p, uint16_t form)
{
	return form < p->n ? p->form[form].sheet : NULL;
}

/* The name of which the text is the beginning, if it is long enough and that of no other. */
static struct path
read_cut(const struct form_paths *f, struct span text)
{
	struct path found = {0, false};
	size_t names = 0;

	for (size_t i = 0; i < f->n && text.n >= CUT_NAME; i++)
		if (span_starts(f->name[i].text, text)) {
			found = (struct path){f->name[i].columns, f->name[i].own};
			names++;
		}
	return names == 1 ? found : (struct path){0, false};
}

struct path
paths_read(const struct paths *p, uint16_t form, struct span text)
{
	const struct form_paths *f;
	struct path found = {0, false};
	char copy[LONGEST];
	struct span s = {copy, 0};
	bool any = false;

	if (form >= p->n || text.n > sizeof copy)
		return found;
	f = &p->form[form];
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != ' ')
			copy[s.n++] = text.p[i];
	for (size_t i = 0; i < f->n; i++) {
		const struct name *name = &f->name[i];
		size_t at = span_find(s, name->text);

		if (at == s.n)
			continue;
		memset(copy + at, ' ', name->text.n);
		found.columns = any ? found.columns & name->columns : name->columns;
		found.own |= name->own;
		any = true;
	}
	return any ? found : read_cut(f, s);
}

struct path
paths_next(const struct paths *p, uint16_t form, struct span text, size_t *at)
{
	const struct form_paths *f = &p->form[form];

	for (; form < p->n && *at < text.n; ++*at)
		for (size_t i = 0; i < f->n; i++)
			if (span_at(text, *at, f->name[i].text)) {
				*at += f->name[i].text.n;
				return (struct path){f->name[i].columns, f->name[i].own};
			}
	return (struct path){0, false};
}
