/*
 * pattern: the regular expressions of phrases, and whether a text has them.
 *
 * Expressions are PCRE2's, over UTF-8.  One is compiled when it is first needed and made machine code when it
 * is needed often.  Machine code that is run once a page is found in no cache, so what most expressions end
 * with, ~ (words that may link what is counted to its number, and the 【 of the number), is none of their own
 * code: one expression has it, and is asked where they come to it.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "buf.h"
#include "span.h"

struct pattern {
	struct span text; /* as the table has it */
	size_t line;      /* of the first row that has it */
	void *code;       /* PCRE2's; NULL: not compiled yet */
	uint32_t used;
	bool fast;
	uint32_t number;  /* from 0 */
};

/* The callout that stands for ~ in an expression; the number's 【 is behind it. */
#define PATTERN_LINK "(?C1)[^【]*【"

/* Writes out the expression of a pattern; ends the program if that cannot be done. */
typedef void pattern_write(const void *owner, const struct pattern *pattern, struct buf *text);

struct patterns;

/*
 * Room for so many patterns.  link: what ~ stands for, with the 【.  Errors in an expression end the
 * program when it is first needed, said with path and line (status 2).  All spans must stay.
 */
struct patterns *patterns_new(size_t most, struct span link, const char *path, pattern_write *write,
	const void *owner);
void patterns_free(struct patterns *p);

/* The pattern of this text: rows with the same one share it.  NULL: there is no text. */
struct pattern *patterns_add(struct patterns *p, struct span text, size_t line);

/* True if the text has the pattern; *at (may be NULL) is the offset of what matches first. */
bool pattern_found(struct patterns *p, struct pattern *pattern, struct span text, size_t *at);

/* How often a pattern was given up because of the match limit. */
size_t patterns_limited(const struct patterns *p);

#endif
