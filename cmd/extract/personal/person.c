#include "person.h"

#include <ctype.h>

#include "plain_form.h"

enum {
	LONG_NAME = 16,  /* characters of a name with a dot between its parts */
	LATIN_NAME = 40, /* bytes of a name in Latin letters */
	LABEL = 12,      /* characters of the name of a field */
};

size_t
person_name(const struct words *words, struct span s, size_t most)
{
	size_t at = 0, n = 0, end = 0, part = 0;
	bool dotted = false;

	while (at < s.n && n <= LONG_NAME) {
		struct span rest = span_from(s, at);

		if (plain_is_han(rest)) {
			at += span_step(rest);
			n++, part++;
			end = at;
			continue;
		}
		if (n && (span_starts(rest, SPAN("·")) || span_starts(rest, SPAN("•")))) {
			at += span_step(rest);
			dotted = true;
			continue;
		}
		/* 张 三: only where each part is one character. */
		if (n && *rest.p == ' ' && part == 1 && plain_is_han(span_from(rest, 1))) {
			at++;
			part = 0;
			continue;
		}
		break;
	}
	if (n == 0)
		return 0;
	if (at < s.n && s.p[at] == ':') {
		/* The name of the next field; the person's name, if any, stands before it. */
		for (size_t from = 0; from < end; from += span_step(span_from(s, from)))
			if (words_name(words, span_of(s.p + from, end - from)) != WORD_USES) {
				end = from;
				break;
			}
		while (end > 0 && s.p[end - 1] == ' ')
			end--;
		n = 0;
		for (size_t i = 0; i < end; i += span_step(span_from(s, i)))
			n += s.p[i] != ' ';
	}
	return n > 1 && n <= (dotted ? (size_t)LONG_NAME : most) ? end : 0;
}

size_t
person_latin(struct span s)
{
	size_t n = 0, letters = 0;

	while (n < s.n && (isalpha((unsigned char)s.p[n]) || (n && memchr(" .-'", s.p[n], 4)))) {
		letters += s.p[n] != ' ';
		n++;
	}
	while (n && s.p[n - 1] == ' ')
		n--;
	return letters > 1 && n <= LATIN_NAME ? n : 0;
}

/* Whether nothing stands at the start of s that would make what is before it more than a name. */
static bool
name_ends(struct span s)
{
	return s.n == 0 || memchr(",/;)", *s.p, 4) || span_starts(s, SPAN("。"));
}

size_t
person_other(const struct words *words, enum word_use use, struct span s, bool apart)
{
	size_t n = person_name(words, s, use == WORD_EDITOR || use == WORD_PHONE || apart ? PERSON_EDITOR : PERSON_NAME), gap;
	struct span found = span_of(s.p, n), behind = span_from(s, n);

	if (found.n <= 3 || words_name(words, found) != WORD_USES || words_end(words, WORD_OFFICE, found))
		return 0;
	gap = plain_blanks(behind);
	if (name_ends(behind) || (gap && !apart))
		return n;
	/* 张三 李四 电话: ... */
	for (size_t k = 0; gap && k < LABEL && plain_is_han(span_from(behind, gap)); k++) {
		gap += span_step(span_from(behind, gap));
		if (words_is_personal(words_name(words, span_of(behind.p, gap))))
			return n;
	}
	return 0;
}
