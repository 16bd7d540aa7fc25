#include "type.h"

#include "diag.h"

TABLE_DECLARE(regions_types);

static uint32_t
last_character(struct span text)
{
	return text.n < 3 ? 0 : span_character(text, text.n - 3);
}

bool
types_load(struct types *t, const char *dir)
{
	size_t type, kinds, follows;

	*t = (struct types){.table = table_load_keyed(TABLE_SOURCE(regions, types), dir, "type")};
	if (!t->table)
		return false;
	type = table_column(t->table, "type");
	kinds = table_column(t->table, "kinds");
	follows = table_column(t->table, "follows");
	if (t->table->nrows > TYPES_MAX) {
		warn("%s: more than %d types of places", t->table->path, TYPES_MAX);
		return false;
	}
	for (; t->n < t->table->nrows; t->n++) {
		t->v[t->n].word = table_cell(t->table, t->n, type);
		t->v[t->n].first = span_character(t->v[t->n].word, 0);
		t->v[t->n].last = last_character(t->v[t->n].word);
		t->v[t->n].kinds = table_cell(t->table, t->n, kinds);
		t->v[t->n].follows = table_cell(t->table, t->n, follows);
		if (t->v[t->n].word.n == 0) {
			warn("%s:%zu: no type", t->table->path, t->table->line[t->n]);
			return false;
		}
	}
	return true;
}

void
types_release(struct types *t)
{
	table_free(t->table);
}

size_t
types_at_start(const struct types *t, struct span text)
{
	uint32_t first = span_character(text, 0);

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].first == first && span_starts(text, t->v[i].word))
			return i;
	return TYPE_NONE;
}

size_t
types_at_end(const struct types *t, struct span text)
{
	uint32_t last = last_character(text);

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].last == last && span_ends(text, t->v[i].word))
			return i;
	return TYPE_NONE;
}

bool
types_fit(const struct types *t, struct span word, struct span kind)
{
	for (size_t i = 0; i < t->n; i++)
		if (span_eq(word, t->v[i].word))
			return t->v[i].kinds.n == 0 || span_lists(t->v[i].kinds, ';', kind);
	return true;
}

size_t
types_behind_short(const struct types *t, struct span kind, struct span text, size_t end)
{
	uint32_t first = span_character(text, end);

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].first == first && span_at(text, end, t->v[i].word) && span_lists(t->v[i].follows, ';', kind))
			return t->v[i].word.n;
	return 0;
}
