#include "entity.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(html_entities);

struct name {
	struct span text; /* without '&' and ';' */
	bool bare;        /* counts without ';' too */
	uint32_t runes[2];
};

struct entities {
	struct table *table;
	struct name *v; /* in byte order */
	size_t n;
};

static uint32_t
hex(struct span s)
{
	uint32_t u = 0;

	for (size_t i = 0; i < s.n; i++)
		u = u << 4 | (uint32_t)(s.p[i] <= '9' ? s.p[i] - '0' : (s.p[i] | 32) - 'a' + 10);
	return u;
}

struct entities *
entities_new(void)
{
	struct entities *names = xcalloc(1, sizeof *names);
	size_t name, bare, first, second;

	names->table = table_load(TABLE_SOURCE(html, entities), NULL);
	if (!names->table)
		die(STATUS_USAGE, "the table of character references cannot be read");
	name = table_column(names->table, "name");
	bare = table_column(names->table, "bare");
	first = table_column(names->table, "first");
	second = table_column(names->table, "second");
	names->n = names->table->nrows;
	names->v = xcalloc(names->n, sizeof *names->v);
	for (size_t i = 0; i < names->n; i++)
		names->v[i] = (struct name){table_cell(names->table, i, name),
			table_cell(names->table, i, bare).n != 0,
			{hex(table_cell(names->table, i, first)),
				hex(table_cell(names->table, i, second))}};
	return names;
}

void
entities_free(struct entities *names)
{
	if (names) {
		table_free(names->table);
		free(names->v);
		free(names);
	}
}

static bool
is_alnum(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What Windows-1252 has where Unicode has control characters; the standard reads them so. */
static const uint16_t windows[32] = {0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e,
	0x0178};

static size_t
read_number(const char *p, const char *end, uint32_t runes[2])
{
	const char *q = p + 2, *digits;
	bool sixteen = q < end && (*q | 32) == 'x';
	uint32_t u = 0;

	digits = q += sixteen;
	for (; q < end; q++) {
		uint32_t digit;

		if (is_digit(*q))
			digit = (uint32_t)(*q - '0');
		else if (sixteen && (*q | 32) >= 'a' && (*q | 32) <= 'f')
			digit = (uint32_t)((*q | 32) - 'a' + 10);
		else
			break;
		u = u > 0x10ffff ? u : u * (sixteen ? 16 : 10) + digit;
	}
	if (q == digits)
		return 0;
	if (u == 0 || u > 0x10ffff || (u >= 0xd800 && u <= 0xdfff))
		u = 0xfffd;
	else if (u >= 0x80 && u < 0xa0)
		u = windows[u - 0x80];
	runes[0] = u;
	runes[1] = 0;
	return (size_t)(q - p) + (q < end && *q == ';');
}

/* The first name from `lo` on, below `hi`, whose byte `at` is at least c (or over it). */
static size_t
bound(const struct entities *names, size_t lo, size_t hi, size_t at, unsigned char c, bool over)
{
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct span text = names->v[mid].text;
		int there = at < text.n ? (unsigned char)text.p[at] : -1;

		if (there < c || (over && there == c))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
entity_read(const struct entities *names, const char *p, const char *end, bool attribute,
	uint32_t runes[2])
{
	size_t lo = 0, hi = names->n, found = 0;
	const struct name *best = NULL;

	if (end - p < 2)
		return 0;
	if (p[1] == '#')
		return read_number(p, end, runes);
	if (end - p >= 6 && memcmp(p, "&nbsp;", 6) == 0) {
		runes[0] = 0xa0;
		runes[1] = 0;
		return 6;
	}
	/* The longest name: the range of those that begin with what is read narrows to nothing. */
	for (size_t at = 0; p + 1 + at < end && is_alnum(p[1 + at]); at++) {
		unsigned char c = (unsigned char)p[1 + at];
		const char *after = p + 2 + at;

		lo = bound(names, lo, hi, at, c, false);
		hi = bound(names, lo, hi, at, c, true);
		if (lo == hi)
			break;
		/* In byte order a name stands before those it begins. */
		if (names->v[lo].text.n == at + 1 &&
			(names->v[lo].bare || (after < end && *after == ';'))) {
			best = &names->v[lo];
			found = at + 1;
		}
	}
	if (!best)
		return 0;
	if (p + 1 + found < end && p[1 + found] == ';')
		found++;
	else if (attribute && p + 1 + found < end &&
		 (p[1 + found] == '=' || is_alnum(p[1 + found])))
		return 0;
	runes[0] = best->runes[0];
	runes[1] = best->runes[1];
	return 1 + found;
}
