/*
 * raw: where text ends in which a '<' begins no tag.
 */
#ifndef RAW_H
#define RAW_H

#include "span.h"

/* The '<' of the end tag of an element whose content is raw text, or end. */
const char *raw_end(const char *p, const char *end, struct span name);

/* The same of a script, which may hide its own tags in a comment ("escaped", "double escaped"). */
const char *raw_script_end(const char *p, const char *end);

/* What is behind the comment whose "<!--" ends at p; NULL if the page ends before. */
const char *raw_comment_end(const char *p, const char *end);

#endif
