#include "numerals.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"
#include "utf8.h"

TABLE_DECLARE(forms_numerals);

/* What 0 to 9, 10, 100, 1000 ... and 20, 30, 40 stand for; false for all else. */
static bool
read_value(struct span text, struct numeral *numeral)
{
	size_t zeros = 0;

	if (text.n == 0 || text.n > 13)
		return false;
	while (zeros + 1 < text.n && text.p[zeros + 1] == '0')
		zeros++;
	if (zeros + 1 < text.n || *text.p < '0' || *text.p > '9' || (zeros && (*text.p == '0' || (*text.p != '1' && zeros > 1))))
		return false;
	numeral->digit = zeros && *text.p == '1' ? -1 : (int8_t)(*text.p - '0');
	numeral->power = (int8_t)zeros;
	return true;
}

struct numerals *
numerals_load(const char *dir)
{
	struct table *t = table_load_keyed(TABLE_SOURCE(forms, numerals), dir, "numeral");
	struct numerals *numerals = xcalloc(1, sizeof *numerals);
	bool good = t && t->nrows <= NUMERALS_SLOTS / 2;
	size_t numeral = 0, value = 0, use = 0;

	if (t) {
		numeral = table_column(t, "numeral");
		value = table_column(t, "value");
		use = table_column(t, "use");
		if (!good)
			warn("%s: more than %d numerals", t->path, NUMERALS_SLOTS / 2);
	}
	for (size_t i = 0; good && i < t->nrows; i++) {
		struct span text = table_cell(t, i, numeral);
		struct numeral one = {.in_year = span_eq(table_cell(t, i, use), SPAN("year")),
			.beside = span_eq(table_cell(t, i, use), SPAN("beside")),
			.article = span_eq(table_cell(t, i, use), SPAN("article"))};
		size_t n = 0;

		one.rune = text.n ? utf8_rune(text, &n) : 0;
		good = one.rune && n == text.n && (n == 3 || one.in_year) &&
		       (one.in_year || one.beside || one.article || table_cell(t, i, use).n == 0) && read_value(table_cell(t, i, value), &one);
		if (good)
			numerals->slot[numerals_slot(numerals, one.rune)] = one;
		else
			warn("%s:%zu: '%.*s' is no numeral with its value and use", t->path, t->line[i], SPAN_ARG(text));
	}
	table_free(t);
	if (good)
		return numerals;
	free(numerals);
	return NULL;
}

void
numerals_free(struct numerals *numerals)
{
	free(numerals);
}

const struct numeral *
numerals_in_year(const struct numerals *numerals, struct span s, size_t *n)
{
	uint32_t rune = s.n ? utf8_rune(s, n) : 0;
	const struct numeral *found = rune ? &numerals->slot[numerals_slot(numerals, rune)] : NULL;

	return found && found->rune ? found : NULL;
}
