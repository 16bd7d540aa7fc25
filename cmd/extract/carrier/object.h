/*
 * object: a JSON object, and the pages in it.
 *
 * A page is a string under a name such as "html", "text" or "content" (page/words.csv, page_key; the first that holds
 * anything), or a list of its paragraphs; beside it stand its address, its title, and its tables (table_key), lists of
 * rows, if a script took them out: they go behind the text, a row a line.  An object without one is opened: what it holds may be a page that the
 * interface of a site wraps up in its answer ({"code": 200, "data": {"title": …, "content": …}}), or a list of them.
 * Where nothing has such a name, a string of markup under another (the longest of its object) is the page.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "buf.h"
#include "span.h"
#include "words.h"

struct object_page {
	struct span url, title, captured, page; /* lent until the next object is read; but for the page, p NULL is none */
};

struct object {
	const struct words *words; /* the names of fields, lent */
	json_t *root;
	bool damaged;             /* it is no JSON object */
	struct object_page *page; /* in their order */
	size_t n, cap;
	size_t halves;            /* half surrogates in its strings, read as U+FFFD */
	struct buf mended;
	struct buf *made;         /* pages put together */
	size_t nmade, made_cap;
};

#define OBJECT_INIT(names) ((struct object){.words = (names), .mended = BUF_INIT})

/* Reads the object that `text` is, or says why it gives no page (a constant); NULL: it gives one or more. */
const char *object_read(struct object *o, struct span text);

/* Whether a text that is no whole object was to be one with a page: it begins so, and names one. */
bool object_was_page(const struct words *words, struct span text);

/* Forgets the object, keeps the memory. */
void object_reset(struct object *o);
void object_release(struct object *o);

#endif
