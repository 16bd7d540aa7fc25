#include "raw.h"

#include <stdbool.h>
#include <strings.h>

#include "markup.h"
#include "simd.h"

/* Whether the tag name at p, behind `<` or `</`, is `name` and ends there. */
static bool
is_name(const char *p, const char *end, struct span name)
{
	return (size_t)(end - p) > name.n && strncasecmp(p, name.p, name.n) == 0 &&
	       (is_blank(p[name.n]) || p[name.n] == '/' || p[name.n] == '>');
}

const char *
raw_end(const char *p, const char *end, struct span name)
{
	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		if (end - p > 2 && p[1] == '/' && is_name(p + 2, end, name))
			return p;
		p++;
	}
	return end;
}

const char *
raw_script_end(const char *p, const char *end)
{
	const struct span script = SPAN("script");
	const char *open = NULL; /* in a comment: behind its "<!" */
	bool twice = false;      /* and in a <script> in it */

	for (; (p = open ? simd_either(p, end, '<', '>') : simd_find(p, end, '<')) < end; p++) {
		if (*p == '>') {
			if (p - open >= 2 && p[-1] == '-' && p[-2] == '-') {
				open = NULL;
				twice = false;
			}
		} else if (end - p > 2 && p[1] == '/' && is_name(p + 2, end, script)) {
			if (!twice)
				return p;
			twice = false;
		} else if (open && !twice && is_name(p + 1, end, script)) {
			twice = true;
		} else if (!open && end - p > 3 && memcmp(p, "<!--", 4) == 0) {
			open = p + 2;
		}
	}
	return end;
}

const char *
raw_comment_end(const char *p, const char *end)
{
	const char *start = p;

	for (; (p = memchr(p, '>', (size_t)(end - p))) != NULL; p++)
		if (p == start || (p == start + 1 && *start == '-') ||
			(p - start >= 2 && p[-1] == '-' && p[-2] == '-') ||
			(p - start >= 3 && p[-1] == '!' && p[-2] == '-' && p[-3] == '-'))
			return p + 1;
	return NULL;
}
