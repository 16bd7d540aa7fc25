#include "escaped.h"

#include <string.h>

enum { CELLS = 8 }; /* of a table worth it */

static const struct reference {
	const char *name;
	char character;
} references[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#34;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}};

enum { REFERENCES = sizeof references / sizeof *references };

/* Whether the tags of so many cells are escaped. */
static bool
has_cells(struct span page)
{
	size_t cells = 0;

	for (size_t at; cells < CELLS && (at = span_find(page, SPAN("&lt;"))) < page.n; page = span_from(page, at + 4))
		cells += page.n - at > 6 && (page.p[at + 4] | 32) == 't' && (page.p[at + 5] | 32) == 'd';
	return cells == CELLS;
}

bool
escaped_undo(struct span page, struct buf *out)
{
	if (!page.n || !memchr(page.p, '&', page.n) || !has_cells(page) || span_find(page, SPAN("<td")) < page.n ||
		span_find(page, SPAN("<TD")) < page.n)
		return false;
	buf_reset(out);
	while (page.n) {
		const char *sign = memchr(page.p, '&', page.n);
		size_t n = sign ? (size_t)(sign - page.p) : page.n, i = 0;

		buf_add(out, page.p, n);
		page = span_from(page, n);
		while (page.n && i < REFERENCES && !span_starts(page, span_str(references[i].name)))
			i++;
		if (page.n == 0)
			break;
		buf_add_char(out, i < REFERENCES ? references[i].character : '&');
		page = span_from(page, i < REFERENCES ? strlen(references[i].name) : 1);
	}
	return true;
}
