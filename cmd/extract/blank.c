#include "blank.h"

static inline size_t
answer(size_t n, int width, int *room)
{
	if (room)
		*room = width;
	return n;
}

size_t
blank_length(struct span s, int *room)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n == 0)
		return 0;
	if (p[0] <= ' ' || p[0] == 0x7f)
		return answer(1, p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'), room);
	if (p[0] == 0xc2 && s.n >= 2) {
		if (p[1] == 0xa0)
			return answer(2, 1, room);
		if (p[1] < 0xa0 || p[1] == 0xad)
			return answer(2, 0, room);
		return 0;
	}
	if (s.n < 3)
		return 0;
	switch (p[0]) {
	case 0xe1: /* U+1680 */
		return p[1] == 0x9a && p[2] == 0x80 ? answer(3, 1, room) : 0;
	case 0xe2:
		if (p[1] == 0x80 && p[2] >= 0x80 && p[2] <= 0x8a)
			return answer(3, 1, room);
		if (p[1] == 0x80 && p[2] >= 0x8b && p[2] <= 0x8d)
			return answer(3, 0, room);
		if (p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9 || p[2] == 0xaf))
			return answer(3, 1, room);
		if (p[1] == 0x81 && (p[2] == 0x9f || p[2] == 0xa0))
			return answer(3, p[2] == 0x9f, room);
		return 0;
	case 0xe3: /* U+3000 */
		return p[1] == 0x80 && p[2] == 0x80 ? answer(3, 2, room) : 0;
	case 0xef: /* U+FEFF */
		return p[1] == 0xbb && p[2] == 0xbf ? answer(3, 0, room) : 0;
	}
	return 0;
}

struct span
blank_trim(struct span s)
{
	size_t n;

	while ((n = blank_length(s, NULL)) > 0)
		s.p += n, s.n -= n;
	while (s.n) {
		for (n = 1; n <= 3 && n <= s.n; n++)
			if (blank_length(span_of(s.p + s.n - n, n), NULL) == n)
				break;
		if (n > 3 || n > s.n)
			break;
		s.n -= n;
	}
	return s;
}

void
blank_collapse(struct span s, struct buf *out)
{
	char *at;

	s = blank_trim(s);
	at = buf_room(out, s.n + 1);
	while (s.n) {
		int room, any = 0;
		size_t n;

		if (!blank_begins(*s.p) || (n = blank_length(s, &room)) == 0) {
			*at++ = *s.p;
			s.p++, s.n--;
			continue;
		}
		do {
			any |= room;
			s.p += n, s.n -= n;
		} while ((n = blank_length(s, &room)) > 0);
		if (any)
			*at++ = ' ';
	}
	out->n = (size_t)(at - out->p);
}
