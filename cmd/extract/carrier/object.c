#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "simd.h"

enum {
	VALUES = 100000, /* of one object: jansson takes up to a hundred bytes for one that takes two in the text */
	LEVELS = 4,      /* that an object is opened */
};

/* Whether the text has more values than an object with pages may have. */
static bool
too_many(struct span text)
{
	const char *p = text.p, *end = p + text.n;
	size_t values = 0;

	while (p < end && values <= VALUES) {
		switch (*p++) {
		case ',':
		case ':':
		case '[':
		case '{':
			values++;
			break;
		case '"':
			while ((p = simd_either(p, end, '"', '\\')) < end && *p == '\\')
				p += end - p > 1 ? 2 : 1;
			p += p < end;
		}
	}
	return values > VALUES;
}

/* The surrogate whose escape begins here, or 0. */
static uint32_t
surrogate_at(const char *p, const char *end)
{
	uint32_t v = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return 0;
	for (int i = 2; i < 6; i++) {
		char c = p[i];

		if (is_digit(c))
			v = v << 4 | (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return 0;
	}
	return v >= 0xd800 && v < 0xe000 ? v : 0;
}

/*
 * Half surrogates, which writers leave that cut a text in the middle of a character: no text to JSON's readers
 * (RFC 8259, section 8.2).  The text with U+FFFD in their place to *mended; how many they are.
 */
static size_t
mend(struct span text, struct buf *mended)
{
	size_t halves = 0;
	const char *end;

	buf_reset(mended);
	buf_add_span(mended, text);
	end = mended->p + mended->n;
	for (char *p = mended->p; p && (p = memchr(p, '\\', (size_t)(end - p))) != NULL;) {
		uint32_t one = surrogate_at(p, end), two = one ? surrogate_at(p + 6, end) : 0;

		if (one && one < 0xdc00 && two >= 0xdc00) {
			p += 12;
		} else if (one) {
			memcpy(p + 2, "fffd", 4);
			halves++;
			p += 6;
		} else {
			p += end - p > 1 ? 2 : 1;
		}
	}
	return halves;
}

static struct span
text_of(json_t *value)
{
	return json_is_string(value) ? span_of(json_string_value(value), json_string_length(value)) : span_of(NULL, 0);
}

/* The first field of a name of this use that holds anything, else an empty one; no text: p is NULL. */
static struct span
field_of(const struct words *words, json_t *object, enum word_use use)
{
	struct span found = {NULL, 0}, key;

	for (size_t i = 0; found.n == 0 && (key = words_nth(words, use, i)).n; i++) {
		struct span text = text_of(json_object_getn(object, key.p, key.n));

		found = text.p ? text : found;
	}
	return found;
}

/* The first field of a name of this use that is a list and holds anything. */
static json_t *
list_of(const struct words *words, json_t *object, enum word_use use)
{
	struct span key;

	for (size_t i = 0; (key = words_nth(words, use, i)).n; i++) {
		json_t *list = json_object_getn(object, key.p, key.n);

		if (json_array_size(list))
			return list;
	}
	return NULL;
}

static int
add_dumped(const char *p, size_t n, void *buf)
{
	buf_add(buf, p, n);
	return 0;
}

/* Tables, a row a line as lists are printed: lists of lists, and what else is in them is none.  How many rows. */
static size_t
add_rows(struct buf *page, json_t *list, unsigned level)
{
	json_t *within;
	bool row = level > 0 && json_array_size(list) > 0;
	size_t i, rows = 0;

	json_array_foreach(list, i, within)
		row = row && !json_is_array(within) && !json_is_object(within);
	if (row) {
		json_dump_callback(list, add_dumped, page, 0);
		buf_add_char(page, '\n');
		return 1;
	}
	json_array_foreach(list, i, within)
		if (json_is_array(within) && level < LEVELS)
			rows += add_rows(page, within, level + 1);
	buf_add_char(page, '\n');
	return rows;
}

/* The strings of a list, a line each; false if it holds anything else. */
static bool
add_lines(struct buf *page, json_t *list)
{
	json_t *within;
	size_t i;

	json_array_foreach(list, i, within)
		if (!json_is_string(within))
			return false;
	json_array_foreach(list, i, within) {
		buf_add_span(page, text_of(within));
		buf_add_char(page, '\n');
	}
	return true;
}

/*
 * The page of an object: a string, or a list of paragraphs, and behind it the tables that stand in a field of their own.
 * Markup has its tables in it.
 */
static struct span
page_of(struct object *o, json_t *object)
{
	struct span page = field_of(o->words, object, WORD_PAGE_KEY);
	json_t *lines = page.n ? NULL : list_of(o->words, object, WORD_PAGE_KEY);
	json_t *tables = list_of(o->words, object, WORD_TABLE_KEY);
	struct buf made = BUF_INIT;

	if ((!lines && !tables) || span_find(page, SPAN("<t")) < page.n)
		return page;
	buf_add_span(&made, page);
	if (page.n)
		buf_add_char(&made, '\n');
	if ((lines && !add_lines(&made, lines)) || (tables && !add_rows(&made, tables, 0) && !lines)) {
		buf_release(&made);
		return page;
	}
	o->made = grow(o->made, o->nmade, &o->made_cap, sizeof *o->made);
	o->made[o->nmade++] = made;
	return buf_span(&made);
}

/* The longest string of the object that is markup from end to end; interfaces have many names for it. */
static struct span
markup_of(json_t *object)
{
	struct span longest = {NULL, 0};
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		struct span text = text_of(value), inner = span_trim(text);

		if (inner.n > longest.n && *inner.p == '<' && inner.p[inner.n - 1] == '>')
			longest = text;
	}
	return longest;
}

/*
 * Notes the pages of a value: fields of a known name, or with `markup` strings of markup.  `outer` is said of them where
 * the value says nothing of its own.
 */
static void
collect(struct object *o, json_t *value, struct object_page outer, unsigned level, bool markup)
{
	size_t i;
	const char *key;
	json_t *within;

	if (json_is_object(value)) {
		struct span url = field_of(o->words, value, WORD_URL_KEY), title = field_of(o->words, value, WORD_TITLE_KEY);
		struct span captured = field_of(o->words, value, WORD_CAPTURED_KEY);

		outer.url = url.n ? url : outer.url;
		outer.title = title.n ? title : outer.title;
		outer.captured = captured.n ? captured : outer.captured;
		outer.page = markup ? markup_of(value) : page_of(o, value);
		if (outer.page.p) {
			o->page = grow(o->page, o->n, &o->cap, sizeof *o->page);
			o->page[o->n++] = outer;
			/* Markup under any name may as well be a site's footer beside the answer. */
			if (!markup)
				return;
		}
	}
	if (level == LEVELS)
		return;
	json_object_foreach(value, key, within)
		collect(o, within, outer, level + 1, markup);
	/* What is said of a list is said of none of its pages. */
	json_array_foreach(value, i, within)
		collect(o, within, (struct object_page){.page = {NULL, 0}}, level + 1, markup);
}

const char *
object_read(struct object *o, struct span text)
{
	json_error_t error;

	object_reset(o);
	text = span_trim(text);
	if (too_many(text))
		return "object has too many values";
	o->damaged = text.n < 2 || *text.p != '{';
	if (o->damaged)
		return "line is no JSON object";
	o->root = json_loadb(text.p, text.n, JSON_ALLOW_NUL, &error);
	if (!o->root && (o->halves = mend(text, &o->mended)) > 0)
		o->root = json_loadb(o->mended.p, o->mended.n, JSON_ALLOW_NUL, &error);
	o->damaged = !o->root;
	if (o->damaged)
		return "line is no JSON object";
	collect(o, o->root, (struct object_page){.page = {NULL, 0}}, 0, false);
	if (o->n == 0)
		collect(o, o->root, (struct object_page){.page = {NULL, 0}}, 0, true);
	return o->n ? NULL : "object holds no page";
}

bool
object_was_page(const struct words *words, struct span text)
{
	struct span key;

	text = span_trim(text);
	if (text.n == 0 || *text.p != '{')
		return false;
	text = span_trim(span_of(text.p + 1, text.n - 1));
	if (text.n == 0 || *text.p != '"')
		return false;
	for (size_t i = 0; (key = words_nth(words, WORD_PAGE_KEY, i)).n; i++) {
		size_t at = 1;

		while ((at += span_find(span_of(text.p + at, text.n - at), key)) + key.n < text.n) {
			struct span behind = span_of(text.p + at + key.n + 1, text.n - at - key.n - 1);

			if (text.p[at - 1] == '"' && text.p[at + key.n] == '"' && span_starts(span_trim(behind), SPAN(":")))
				return true;
			at++;
		}
	}
	return false;
}

void
object_reset(struct object *o)
{
	json_decref(o->root);
	o->root = NULL;
	o->damaged = false;
	o->n = o->halves = 0;
	while (o->nmade > 0)
		buf_release(&o->made[--o->nmade]);
}

void
object_release(struct object *o)
{
	object_reset(o);
	free(o->page);
	o->page = NULL;
	o->cap = 0;
	free(o->made);
	o->made = NULL;
	o->made_cap = 0;
	buf_release(&o->mended);
}
