#include "context.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "diag.h"

TABLE_DECLARE(regions_context);
TABLE_DECLARE(forms_numberwords);

static const char *const role_names[CONTEXT_ROLES] = {
	[CONTEXT_GOVERNMENT] = "government",
	[CONTEXT_OFFICE] = "office",
	[CONTEXT_OPENS] = "opens",
	[CONTEXT_STOPS] = "stops",
	[CONTEXT_EXCEPTS] = "excepts",
	[CONTEXT_ACTS] = "acts",
	[CONTEXT_MADE] = "made",
	[CONTEXT_BARE] = "bare",
	[CONTEXT_INNER] = "inner",
	[CONTEXT_KEEPER] = "keeper",
	[CONTEXT_PATH] = "path",
	[CONTEXT_DEPARTMENTS] = "departments",
	[CONTEXT_TOWNS] = "towns",
	[CONTEXT_COUNTIES] = "counties",
	[CONTEXT_PRONOUN] = "pronoun",
	[CONTEXT_LED] = "led",
	[CONTEXT_ADDRESS] = "address",
	[CONTEXT_OF_YEAR] = "of_year",
	[CONTEXT_COUNTED] = "counted",
	[CONTEXT_PERIOD] = "period",
	[CONTEXT_TERM] = "term",
	[CONTEXT_ENDING] = "ending",
	[CONTEXT_STARTING] = "starting",
	[CONTEXT_UP_TO] = "up_to",
	[CONTEXT_SAME_YEAR] = "same_year",
	[CONTEXT_YEAR_END] = "year_end",
	[CONTEXT_SHEET] = "sheet",
	[CONTEXT_LAST_YEAR] = "last_year",
	[CONTEXT_THIS_YEAR] = "this_year",
	[CONTEXT_EVERY] = "every",
	[CONTEXT_ORDINAL] = "ordinal",
	[CONTEXT_CHAPTER] = "chapter",
	[CONTEXT_ARTICLE] = "article",
	[CONTEXT_OPEN] = "open",
	[CONTEXT_UNDER] = "under",
	[CONTEXT_ON] = "on",
	[CONTEXT_WHOSE] = "whose",
	[CONTEXT_FILLED] = "filled",
	[CONTEXT_STATIONED] = "stationed",
	[CONTEXT_LETTER] = "letter",
	[CONTEXT_AFFILIATED] = "affiliated",
	[CONTEXT_ATTACHED] = "attached",
	[CONTEXT_ROOM] = "room",
	[CONTEXT_WHOLE] = "whole",
	[CONTEXT_BY] = "by",
	[CONTEXT_DONE] = "done",
	[CONTEXT_REACHED] = "reached",
	[CONTEXT_DISCLOSURE] = "disclosure",
	[CONTEXT_ABOUT] = "about",
	[CONTEXT_BESIDE] = "beside",
	[CONTEXT_NEWS] = "news",
	[CONTEXT_GIVEN] = "given",
	[CONTEXT_PRESS] = "press",
	[CONTEXT_ASKS] = "asks",
	[CONTEXT_NOTICE] = "notice",
	[CONTEXT_FOREIGN] = "foreign",
	[CONTEXT_FOLLOWS] = "follows",
	[CONTEXT_FIRST] = "first",
	[CONTEXT_BEYOND] = "beyond",
	[CONTEXT_BETWEEN] = "between",
	[CONTEXT_BEHIND] = "behind",
	[CONTEXT_GONE] = "gone",
	[CONTEXT_BRANCH] = "branch",
	[CONTEXT_GOES_ON] = "goes_on",
	[CONTEXT_VENDOR] = "vendor",
	[CONTEXT_COUNTER] = "counter",
	[CONTEXT_RANGE] = "range",
	[CONTEXT_EACH] = "each",
	[CONTEXT_PARTS] = "parts",
};

/* The role of a row, by its name; CONTEXT_ROLES if it has another or no word. */
static unsigned
role_of(const struct table *t, size_t row, size_t role, size_t word)
{
	unsigned k = 0;

	while (k < CONTEXT_ROLES && !span_eq(table_cell(t, row, role), span_str(role_names[k])))
		k++;
	return table_cell(t, row, word).n ? k : CONTEXT_ROLES;
}

void
context_add(struct context_words *words, struct span word)
{
	words->v[words->n++] = word;
	words->brief = words->brief || word.n < 3;
	if (word.n >= 3)
		words->first[context_bit(word.p) / 8] |= (uint8_t)(1u << context_bit(word.p) % 8);
}

/* Adds the words of the roles from first to last, each role's in the order of the table. */
static void
add_words(struct context *c, const struct table *t, unsigned first, unsigned last, size_t *used)
{
	size_t role = table_column(t, "role"), word = table_column(t, "word");

	for (unsigned k = first; k <= last; k++) {
		struct span name = span_str(role_names[k]);

		c->of[k].v = c->words + *used;
		for (size_t i = 0; i < t->nrows; i++)
			if (span_eq(table_cell(t, i, role), name) && table_cell(t, i, word).n)
				context_add(&c->of[k], table_cell(t, i, word));
		*used += c->of[k].n;
	}
}

bool
context_load(struct context *c, const char *dir)
{
	size_t role, word, used = 0;

	*c = (struct context){.table = table_load(TABLE_SOURCE(regions, context), dir),
		.numberwords = table_load_keyed(TABLE_SOURCE(forms, numberwords), dir, "word,role")};
	if (!c->table || !c->numberwords)
		return false;
	c->words = xcalloc(c->table->nrows + c->numberwords->nrows + 1, sizeof *c->words);
	add_words(c, c->table, 0, CONTEXT_RANGE - 1, &used);
	/* Other roles of that table are normalize's. */
	add_words(c, c->numberwords, CONTEXT_RANGE, CONTEXT_ROLES - 1, &used);
	role = table_column(c->table, "role");
	word = table_column(c->table, "word");
	for (size_t i = 0; i < c->table->nrows; i++)
		if (role_of(c->table, i, role, word) >= CONTEXT_RANGE) {
			warn("%s:%zu: no word, or no such role '%.*s'", c->table->path, c->table->line[i],
				SPAN_ARG(table_cell(c->table, i, role)));
			return false;
		}
	return true;
}

void
context_release(struct context *c)
{
	table_free(c->table);
	table_free(c->numberwords);
	free(c->words);
}

size_t
context_word(const struct context_words *words, struct span text, size_t at)
{
	size_t k = 0;

	if (at >= text.n || !context_may_be(words, text, at))
		return words->n;
	/* Asked of many places: a byte in the middle tells most words apart. */
	for (; k < words->n; k++) {
		struct span word = words->v[k];

		if (word.n <= text.n - at && word.p[word.n / 2] == text.p[at + word.n / 2] &&
			memcmp(text.p + at, word.p, word.n) == 0)
			break;
	}
	return k;
}

size_t
context_find(const struct context *c, enum context_role role, struct span text)
{
	enum { FEW = 4 }; /* words, each looked for through the whole text; of more, one time through for all */
	const struct context_words *words = &c->of[role];
	size_t first = text.n;

	if (words->n > FEW) {
		for (size_t i = 0; i < text.n; i++)
			if (context_is_at(c, role, text, i))
				return i;
		return text.n;
	}
	for (size_t k = 0; k < words->n; k++) {
		size_t at = span_find(text, words->v[k]);

		first = at < first ? at : first;
	}
	return first;
}

bool
context_is(const struct context *c, enum context_role role, struct span text)
{
	size_t k = 0;

	while (k < c->of[role].n && !span_eq(text, c->of[role].v[k]))
		k++;
	return k < c->of[role].n;
}

size_t
context_ending(const struct context *c, enum context_role role, struct span text)
{
	size_t k = 0;

	while (k < c->of[role].n && !span_ends(text, c->of[role].v[k]))
		k++;
	return k < c->of[role].n ? c->of[role].v[k].n : 0;
}

bool
context_ends(const struct context *c, enum context_role role, struct span text)
{
	return context_ending(c, role, text) > 0;
}

bool
context_begins_any(const struct context *c, enum context_role role, struct span text)
{
	size_t k = 0;

	while (k < c->of[role].n && !span_starts(c->of[role].v[k], text))
		k++;
	return k < c->of[role].n;
}
