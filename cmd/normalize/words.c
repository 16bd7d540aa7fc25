#include "words.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_units);
TABLE_DECLARE(forms_numberwords);
TABLE_DECLARE(forms_zero);
TABLE_DECLARE(forms_marks);

/* An edge of the trie: from a node by a byte to another; node 0 is the root and never a target. */
struct edge {
	uint32_t from;
	uint32_t to;
	unsigned char byte;
};

struct words {
	struct table *tables[4];
	struct edge *edge; /* open addressing; to == 0 is free */
	size_t nedges, mask;
	struct word **at; /* by node: the word that ends there */
	size_t nnodes, at_cap;
	unsigned char first[0x10000 / 8]; /* characters words begin with */
};

static size_t
slot(const struct words *w, uint32_t from, unsigned char byte)
{
	size_t i = ((from << 8 | byte) * (size_t)0x9e3779b97f4a7c15u >> 20) & w->mask;

	while (w->edge[i].to && (w->edge[i].from != from || w->edge[i].byte != byte))
		i = (i + 1) & w->mask;
	return i;
}

static void
rehash(struct words *w)
{
	struct edge *old = w->edge;
	size_t n = old ? w->mask + 1 : 0;

	w->mask = n ? 2 * n - 1 : 4095;
	w->edge = xcalloc(w->mask + 1, sizeof *w->edge);
	for (size_t i = 0; i < n; i++)
		if (old[i].to)
			w->edge[slot(w, old[i].from, old[i].byte)] = old[i];
	free(old);
}

/* The character at p, of the basic plane (others share 0). */
static uint32_t
first_rune(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0x80)
		return u[0];
	if (u[0] < 0xe0)
		return (uint32_t)(u[0] & 0x1f) << 6 | (u[1] & 0x3f);
	if (u[0] < 0xf0)
		return (uint32_t)(u[0] & 0xf) << 12 | (uint32_t)(u[1] & 0x3f) << 6 | (u[2] & 0x3f);
	return 0;
}

bool
words_may_start(const struct words *w, const char *p)
{
	uint32_t rune = first_rune(p);

	return w->first[rune / 8] & 1u << rune % 8;
}

/* The word, made if it is not there yet. */
static struct word *
put(struct words *w, struct span text)
{
	uint32_t node = 0, rune = first_rune(text.p);

	w->first[rune / 8] |= (unsigned char)(1u << rune % 8);
	for (size_t i = 0; i < text.n; i++) {
		size_t s;

		if (2 * (w->nedges + 1) > w->mask)
			rehash(w);
		s = slot(w, node, (unsigned char)text.p[i]);
		if (!w->edge[s].to) {
			w->at = grow(w->at, w->nnodes, &w->at_cap, sizeof *w->at);
			w->at[w->nnodes] = NULL;
			w->edge[s] = (struct edge){node, (uint32_t)w->nnodes++, (unsigned char)text.p[i]};
			w->nedges++;
		}
		node = w->edge[s].to;
	}
	if (!w->at[node])
		w->at[node] = xcalloc(1, sizeof **w->at);
	return w->at[node];
}

const struct word *
words_match(const struct words *w, struct span s, uint32_t roles, size_t *n)
{
	const struct word *best = NULL;
	uint32_t node = 0;

	for (size_t i = 0; i < s.n; i++) {
		const struct edge *e = &w->edge[slot(w, node, (unsigned char)s.p[i])];

		if (!e->to)
			break;
		node = e->to;
		if (w->at[node] && w->at[node]->roles & roles) {
			best = w->at[node];
			*n = i + 1;
		}
	}
	return best;
}

/* tables */

struct name {
	const char *name;
	uint32_t value;
};

/* The value of the cell's name among n names; says what is wrong and gives `wrong` if it is none. */
static uint32_t
choose(const struct table *t, size_t row, size_t column, const struct name *names, size_t n,
	uint32_t wrong)
{
	struct span cell = table_cell(t, row, column);

	for (size_t i = 0; i < n; i++)
		if (span_eq(cell, span_str(names[i].name)))
			return names[i].value;
	warn("%s:%zu: '%.*s' is none of what may stand in column '%.*s'", t->path, t->line[row],
		SPAN_ARG(cell), SPAN_ARG(t->header[column]));
	return wrong;
}

static bool
empty(const struct table *t, size_t row, struct span text)
{
	if (text.n == 0)
		warn("%s:%zu: the word is empty", t->path, t->line[row]);
	return text.n == 0;
}

static bool
load_units(struct words *w, const struct table *t)
{
	static const struct name kinds[] = {{"count", UNIT_COUNT}, {"money", UNIT_MONEY},
		{"percent", UNIT_PERCENT}, {"point", UNIT_POINT}, {"times", UNIT_TIMES},
		{"measure", UNIT_MEASURE}, {"none", 100}};
	size_t unit = table_column(t, "unit"), canonical = table_column(t, "canonical");
	size_t shift = table_column(t, "shift"), kind = table_column(t, "kind");

	for (size_t i = 0; i < t->nrows; i++) {
		uint32_t k = choose(t, i, kind, kinds, sizeof kinds / sizeof *kinds, 101);
		struct decimal by = DECIMAL_ZERO;
		struct word *word;

		if (k == 101 || empty(t, i, table_cell(t, i, unit)))
			return false;
		if (table_cell(t, i, shift).n && (decimal_parse(table_cell(t, i, shift), &by) != DECIMAL_GOOD ||
				by.scale || by.digits < -9 || by.digits > 9)) {
			warn("%s:%zu: column 'shift' takes a whole number from -9 to 9", t->path, t->line[i]);
			return false;
		}
		word = put(w, table_cell(t, i, unit));
		if (k == 100) {
			word->roles |= ROLE_NOT_UNIT;
			continue;
		}
		word->roles |= ROLE_UNIT;
		word->unit = table_cell(t, i, canonical);
		word->shift = (int)by.digits;
		word->kind = (enum unit_kind)k;
	}
	return true;
}

static bool
load_roles(struct words *w, const struct table *t, const char *column, const struct name *roles, size_t n)
{
	size_t text = table_column(t, column), role = table_column(t, "role");

	for (size_t i = 0; i < t->nrows; i++) {
		uint32_t r = choose(t, i, role, roles, n, 0);

		if (!r || empty(t, i, table_cell(t, i, text)))
			return false;
		put(w, table_cell(t, i, text))->roles |= r;
	}
	return true;
}

static bool
load_changes(struct words *w, const struct table *t)
{
	size_t text = table_column(t, "word"), value = table_column(t, "value"), unit = table_column(t, "unit");

	for (size_t i = 0; i < t->nrows; i++) {
		struct word *word = put(w, table_cell(t, i, text));

		if (!(word->roles & ROLE_CHANGE))
			continue;
		if (decimal_parse(table_cell(t, i, value), &word->value) != DECIMAL_GOOD) {
			warn("%s:%zu: column 'value' holds no number", t->path, t->line[i]);
			return false;
		}
		word->unit = table_cell(t, i, unit);
	}
	return true;
}

struct words *
words_load(const char *dir)
{
	static const struct name number_roles[] = {{"about_before", ROLE_ABOUT_BEFORE},
		{"about_after", ROLE_ABOUT_AFTER}, {"about_inside", ROLE_ABOUT_INSIDE}, {"up", ROLE_UP}, {"down", ROLE_DOWN},
		{"level", ROLE_LEVEL}, {"change", ROLE_CHANGE}, {"parts", ROLE_PARTS},
		{"share", ROLE_SHARE}, {"each", ROLE_EACH}, {"strong", ROLE_STRONG},
		{"filler", ROLE_FILLER}, {"not_before", ROLE_NOT_BEFORE}, {"not_chinese", ROLE_NOT_CHINESE}, {"code", ROLE_CODE},
		{"rate", ROLE_RATE}, {"vague", ROLE_VAGUE}, {"range", ROLE_RANGE},
		{"idiom", ROLE_IDIOM}, {"tail", ROLE_TAIL}};
	static const struct name zero_roles[] = {{"none", ROLE_NONE}, {"none_either", ROLE_NONE_EITHER},
		{"none_free", ROLE_NONE_FREE}, 		{"object", ROLE_OBJECT}, {"unless", ROLE_UNLESS}, {"cell", ROLE_NONE_WHOLE}};
	static const struct name mark_roles[] = {{"mark", ROLE_MARK}};
	struct words *w = xcalloc(1, sizeof *w);
	bool good = true;

	w->at = grow(w->at, 0, &w->at_cap, sizeof *w->at);
	w->at[0] = NULL;
	w->nnodes = 1;
	rehash(w);
	w->tables[0] = table_load(TABLE_SOURCE(forms, units), dir);
	w->tables[1] = table_load(TABLE_SOURCE(forms, numberwords), dir);
	w->tables[2] = table_load(TABLE_SOURCE(forms, zero), dir);
	w->tables[3] = table_load(TABLE_SOURCE(forms, marks), dir);
	for (size_t i = 0; i < 4; i++)
		good = good && w->tables[i];
	if (good && load_units(w, w->tables[0]) &&
		load_roles(w, w->tables[1], "word", number_roles, sizeof number_roles / sizeof *number_roles) &&
		load_changes(w, w->tables[1]) &&
		load_roles(w, w->tables[2], "phrase", zero_roles, sizeof zero_roles / sizeof *zero_roles) &&
		load_roles(w, w->tables[3], "mark", mark_roles, 1))
		return w;
	words_free(w);
	return NULL;
}

void
words_free(struct words *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < 4; i++)
		if (w->tables[i])
			table_free(w->tables[i]);
	for (size_t i = 0; i < w->nnodes; i++)
		free(w->at[i]);
	free(w->at);
	free(w->edge);
	free(w);
}
