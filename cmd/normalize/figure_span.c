/* Spans of a sentence, and the marks and words that join what stands in it. */
#include "figure_parts.h"

struct span
figure_tail(struct span s, size_t most)
{
	while (s.n > most || (s.n && !figure_starts_char(*s.p))) {
		s.p++;
		s.n--;
	}
	return s;
}

size_t
figure_and(const struct words *words, struct span s)
{
	size_t n;

	return words && words_match(words, s, ROLE_AND, &n) ? n : 0;
}

size_t
figure_joint(struct span s, const struct words *words)
{
	size_t n = scan_comma(s, 0);

	if (n == 0 && s.n && (*s.p == ';' || *s.p == ' ' || *s.p == ')'))
		n = 1;
	return n ? n : figure_and(words, s);
}

struct span
figure_without_start(struct span s, const struct words *words)
{
	size_t n;

	while (s.n && (n = figure_joint(s, words)) > 0) {
		s.p += n;
		s.n -= n;
	}
	return s;
}

struct span
figure_without_joints(struct span s, const struct words *words)
{
	s = figure_without_start(s, words);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ',' || s.p[s.n - 1] == '('))
		s.n--;
	if (span_ends(s, SPAN("，")) || span_ends(s, SPAN("、")))
		s.n -= 3;
	return s;
}
