/* Digits that are no number: codes, addresses and dates. */
#include "scan_parts.h"

size_t
scan_code_end(struct span s, size_t i)
{
	while (i < s.n && (scan_is_code(s.p[i]) ||
		(scan_is_joint(s.p[i]) && i + 1 < s.n && (scan_is_code(s.p[i + 1]) || scan_is_joint(s.p[i + 1])))))
		i++;
	return i;
}

bool
scan_inside_code(const struct scan *s, size_t i)
{
	const char *p = s->text.p;

	if (i == s->item_end)
		return false;
	if (i > s->start && scan_is_code(p[i - 1]))
		return true;
	return i > s->start + 1 && scan_is_joint(p[i - 1]) && p[i - 1] != '~' && scan_is_code(p[i - 2]);
}

bool
scan_is_date(struct span s)
{
	static const char form[] = "0000-0";
	size_t at = sizeof form - 1;

	if (s.n < at + 2)
		return false;
	for (size_t i = 0; i < at; i++)
		if (form[i] == '0' ? !is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	at += is_digit(s.p[at]);
	return s.n - at >= 2 && s.p[at] == '-' && is_digit(s.p[at + 1]);
}
