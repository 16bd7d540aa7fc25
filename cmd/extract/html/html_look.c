#include "html.h"

#include <stdint.h>
#include <strings.h>

#include "blank.h"
#include "markup.h"
#include "simd.h"
#include "tag.h"

enum {
	LOOK = 16384,    /* bytes: how far html_looks_like looks */
	LINES_A_TAG = 8, /* a text has fewer tags than one in so many lines */
};

/* Elements one of which every page has near its beginning, and no text. */
static bool
is_telling(uint64_t key)
{
	return key == TAG_KEY("html") || key == TAG_KEY("head") || key == TAG_KEY("body") ||
	       key == TAG_KEY("meta") || key == TAG_KEY("title") || key == TAG_KEY("table") ||
	       key == TAG_KEY("tr") || key == TAG_KEY("td") || key == TAG_KEY("script") ||
	       key == TAG_KEY("font") || key == TAG_KEY("center");
}

/* Elements that a part of a page may have without one of those, and a text, as markdown, now and then. */
static bool
is_common(uint64_t key)
{
	return key == TAG_KEY("div") || key == TAG_KEY("p") || key == TAG_KEY("span") ||
	       key == TAG_KEY("a") || key == TAG_KEY("br");
}

/* Whether a text with so many common tags is of a page: it begins with one or has one every few lines. */
static bool
is_part(struct span text, size_t tags)
{
	size_t lines = 0, n;

	while ((n = blank_length(text, NULL)) > 0)
		text = span_of(text.p + n, text.n - n);
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	return tags && (*text.p == '<' || tags * LINES_A_TAG >= lines);
}

bool
html_looks_like(struct span page)
{
	struct span start = span_of(page.p, page.n < LOOK ? page.n : LOOK);
	const char *end, *line;
	char folded[LOOK];
	size_t tags = 0;

	if (start.n == 0)
		return false;
	/* Without NULs UTF-16 looks like ASCII here. */
	if (memchr(start.p, '\0', start.n)) {
		size_t n = 0;

		for (size_t i = 0; i < start.n; i++)
			if (start.p[i])
				folded[n++] = start.p[i];
		start = span_of(folded, n);
	}
	end = start.p + start.n;
	line = start.p;
	for (const char *p = start.p; (p = simd_find(p, end, '<')) < end; p++) {
		const char *name = p + 1, *behind = name, *lf = memrchr(line, '\n', (size_t)(p - line));

		line = lf ? lf + 1 : line;

		if (end - p > 9 && strncasecmp(p, "<!doctype", 9) == 0)
			return true;
		while (behind < end && behind - name < 8 && !is(*behind, ENDS_NAME))
			behind++;
		if (behind > name && behind < end && is(*behind, ENDS_NAME)) {
			uint64_t key = tag_key(name, (size_t)(behind - name), end);

			if (is_telling(key))
				return true;
			/* Markdown breaks the lines of a table's cell so. */
			tags += is_common(key) && !(*line == '|' && key == TAG_KEY("br"));
		}
	}
	return is_part(start, tags);
}
