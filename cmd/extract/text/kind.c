#include "kind.h"

#include "lines.h"

/* Bytes of the digit at the start of s, half or full width; 0 if none stands there. */
static size_t
digit(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n && p[0] >= '0' && p[0] <= '9')
		return 1;
	return s.n >= 3 && p[0] == 0xef && p[1] == 0xbc && p[2] >= 0x90 && p[2] <= 0x99 ? 3 : 0;
}

/* Bytes of a dash, a slash or the like at the start of s. */
static size_t
dash(struct span s)
{
	if (s.n && (*s.p == '/' || *s.p == '\\' || *s.p == '*'))
		return 1;
	switch (span_character(s, 0)) {
	case 0x2026: /* … */
	case 0x2500: /* ─ */
	case 0x4e00: /* 一 */
	case 0xff0f: /* ／ */ return 3;
	default: return line_dash(s);
	}
}

enum cell_kind
cell_kind(struct span text)
{
	struct span s = text;
	size_t n, left = 0;

	if (s.n == 0)
		return CELL_BLANK;
	while ((n = dash(s)) > 0)
		s.p += n, s.n -= n;
	if (s.n == 0)
		return CELL_MARK;
	s = text;
	if (*s.p == '+' || *s.p == '-')
		s.p++, s.n--;
	if (digit(s) > 0) {
		while (s.n && ((n = digit(s)) > 0 || (n = *s.p == ',' || *s.p == '.') > 0))
			s.p += n, s.n -= n;
		/* 12条, 3.5万元, 1000多人 are numbers; 2016年计划 and 1.当面申请数 are not. */
		for (bool bare = s.p[-1] != '.' && s.p[-1] != ','; s.n && bare; left++) {
			n = span_step(s);
			s.p += n, s.n -= n;
			bare = left < 3;
		}
		if (s.n == 0 && left <= 3)
			return CELL_NUMBER;
	}
	for (s = text, n = 0; s.n && n <= 2; n++) {
		size_t bytes = span_step(s);

		s.p += bytes, s.n -= bytes;
	}
	return s.n == 0 && n <= 2 ? CELL_SHORT : CELL_LABEL;
}
