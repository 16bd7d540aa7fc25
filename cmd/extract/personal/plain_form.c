#include "plain_form.h"

#include "blank.h"

enum { COPIED = 0x100 }; /* a character that is its own plain form */

/* Bytes at the start of s that are their own plain form, told by the first byte of a character. */
static size_t
plain_run(struct span s)
{
	static const bool others[256] = {['~'] = true, ['['] = true, [']'] = true, ['|'] = true, [0x7f] = true, [0xc2] = true,
		[0xc3] = true, [0xe1] = true, [0xe2] = true, [0xe3] = true, [0xef] = true};
	size_t n = 0;

	while (n < s.n && (unsigned char)s.p[n] >= ' ' && !others[(unsigned char)s.p[n]])
		n++;
	return n;
}

/*
 * Bytes of the character at the start of s, which is not empty; *sign: what stands for it, COPIED, or -1 for nothing.
 * Signs are those that pages have in numbers and behind names of fields: Unicode's full-width forms (U+FF01 to U+FF5E)
 * are ASCII's by their code points, the others are listed in the order of theirs.
 */
static size_t
step(struct span s, int *sign)
{
	static const struct {
		uint16_t rune;
		char sign;
	} signs[] = {
		{0x00d7, '*'}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
		{0x2212, '-'}, {0x2236, ':'}, {0x2500, '-'}, {0x3001, ','}, {0x300c, '('}, {0x300d, ')'}, {0x3010, '('},
		{0x3011, ')'}, {0x3014, '('}, {0x3015, ')'}, {0xfe30, ':'}, {0xfe55, ':'}, {0xfe59, '('}, {0xfe5a, ')'},
		{0xfe61, '*'}, {0xfe63, '-'}, {0xfe6b, '@'}, {0xff3b, '('}, {0xff3d, ')'}, {0xff5e, '-'},
	};
	const unsigned char *p = (const unsigned char *)s.p;
	size_t blank = blank_length(s, sign), n;
	unsigned rune;

	if (blank) {
		*sign = *p < 0x80 || *sign ? ' ' : -1;
		return blank;
	}
	*sign = COPIED;
	if (*p < 0x80) {
		*sign = *p == '~' ? '-' : *p == '[' ? '(' : *p == ']' ? ')' : *p == '|' ? '/' : COPIED;
		return 1;
	}
	n = *p < 0xe0 ? 2 : 3;
	if (s.n < n)
		return 1;
	rune = n == 2 ? (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu) : (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
	for (size_t i = 0; i < sizeof signs / sizeof *signs && signs[i].rune <= rune; i++)
		if (signs[i].rune == rune)
			*sign = signs[i].sign;
	if (*sign == COPIED && rune > 0xff00 && rune < 0xff5f)
		*sign = (int)(rune - 0xfee0);
	return n;
}

void
plain_of(struct span text, struct buf *out)
{
	out->n = 0;
	while (text.n) {
		size_t n = plain_run(text);
		int sign;

		buf_add(out, text.p, n);
		text = span_from(text, n);
		if (text.n == 0)
			break;
		n = step(text, &sign);
		if (sign == COPIED)
			buf_add(out, text.p, n);
		else if (sign >= 0)
			buf_add_char(out, (char)sign);
		text = span_from(text, n);
	}
}

void
plain_forward(struct span text, struct plain_place *place, size_t plain)
{
	while (place->plain < plain && place->text < text.n) {
		struct span rest = span_from(text, place->text);
		size_t left = plain - place->plain, n = plain_run(left < rest.n ? span_of(rest.p, left) : rest);
		int sign;

		if (n) {
			place->text += n;
			place->plain += n;
			continue;
		}
		n = step(rest, &sign);
		place->text += n;
		place->plain += sign == COPIED ? n : sign >= 0;
	}
}
