#include "words.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "table.h"

TABLE_DECLARE(forms_units);
TABLE_DECLARE(forms_numberwords);
TABLE_DECLARE(forms_zero);
TABLE_DECLARE(forms_marks);

/* An edge of the trie: from a node by a character to another. */
struct edge {
	uint32_t from, to; /* to == 0 is free: no edge leads to the root */
	uint32_t rune;
};

struct node {
	struct word *word; /* that ends here, or NULL */
	uint64_t roles;    /* of all words that end here or further on */
	uint64_t next;     /* a bit for the low six of each character that goes on: most others are told at once */
};

struct words {
	struct table *tables[4];
	struct numerals *numerals;
	struct edge *edge; /* open addressing */
	size_t nedges, mask;
	struct node *node;
	size_t nnodes, nodes_cap;
	uint16_t first[0x10000]; /* the node of each word's first character, 0 for none */
	unsigned char class[0x10000];
	struct stops stops;
};

static size_t
slot(const struct words *w, uint32_t from, uint32_t rune)
{
	size_t i = (from * (size_t)0x10001 + rune) * (size_t)0x9e3779b97f4a7c15u >> 40 & w->mask;

	while (w->edge[i].to && (w->edge[i].from != from || w->edge[i].rune != rune))
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
			w->edge[slot(w, old[i].from, old[i].rune)] = old[i];
	free(old);
}

const struct numerals *
words_numerals(const struct words *w)
{
	return w->numerals;
}

const unsigned char *
words_classes(const struct words *w)
{
	return w->class;
}

const struct stops *
words_stops(const struct words *w)
{
	return &w->stops;
}

unsigned
words_class(const struct words *w, struct span s)
{
	size_t length;

	return s.n ? w->class[words_rune(s, &length)] : 0;
}

bool
words_goes_on(const struct words *w, uint32_t first, struct span rest)
{
	const struct node *node = &w->node[w->first[first]];
	size_t length;

	return node->word || (rest.n && node->next >> (words_rune(rest, &length) & 63) & 1);
}

static uint32_t
new_node(struct words *w)
{
	w->node = grow(w->node, w->nnodes, &w->nodes_cap, sizeof *w->node);
	w->node[w->nnodes] = (struct node){NULL, 0, 0};
	return (uint32_t)w->nnodes++;
}

/* Gives the word these roles; it is made if it is not there yet. */
static struct word *
put(struct words *w, struct span text, uint64_t roles)
{
	size_t length;
	uint32_t rune = words_rune(text, &length), first = rune, node;

	if (!w->first[rune])
		w->first[rune] = (uint16_t)new_node(w);
	if (roles & ROLES_PLACED)
		w->class[rune] |= CLASS_PLACED;
	if (roles & ~ROLES_PLACED)
		w->class[rune] |= CLASS_WORD;
	if (roles & ROLES_FIGURE)
		w->class[rune] |= CLASS_FIGURE;
	if (roles & ROLES_LASTING)
		w->class[rune] |= CLASS_LASTING;
	for (node = w->first[rune];;) {
		size_t s;

		w->node[node].roles |= roles;
		text.p += length;
		text.n -= length;
		if (text.n == 0)
			break;
		rune = words_rune(text, &length);
		if (w->class[rune] & CLASS_BREAK)
			w->class[first] |= CLASS_ACROSS;
		if (2 * (w->nedges + 1) > w->mask)
			rehash(w);
		w->node[node].next |= (uint64_t)1 << (rune & 63);
		s = slot(w, node, rune);
		if (!w->edge[s].to) {
			w->edge[s] = (struct edge){node, new_node(w), rune};
			w->nedges++;
		}
		node = w->edge[s].to;
	}
	if (!w->node[node].word)
		w->node[node].word = xcalloc(1, sizeof *w->node[node].word);
	w->node[node].word->roles |= roles;
	return w->node[node].word;
}

const struct word *
words_match(const struct words *w, struct span s, uint64_t roles, size_t *n)
{
	const struct word *best = NULL;
	size_t length, i;
	uint32_t node, rune;

	if (s.n == 0)
		return NULL;
	node = w->first[words_rune(s, &length)];
	for (i = length; node && w->node[node].roles & roles; i += length) {
		const struct word *word = w->node[node].word;

		if (word && word->roles & roles) {
			best = word;
			*n = i;
		}
		if (i == s.n)
			break;
		rune = words_rune((struct span){s.p + i, s.n - i}, &length);
		if (!(w->node[node].next >> (rune & 63) & 1))
			break;
		node = w->edge[slot(w, node, rune)].to;
	}
	return best;
}

/* tables */

struct name {
	const char *name;
	uint64_t value;
};

/* The value of the cell's name among n names; says what is wrong and gives `wrong` if it is none. */
static uint64_t
choose(const struct table *t, size_t row, size_t column, const struct name *names, size_t n,
	uint64_t wrong)
{
	struct span cell = table_cell(t, row, column);

	for (size_t i = 0; i < n; i++)
		if (span_eq(cell, span_str(names[i].name)))
			return names[i].value;
	warn("%s:%zu: '%.*s' is none of what may stand in column '%.*s'", t->path, t->line[row],
		SPAN_ARG(cell), SPAN_ARG(t->header[column]));
	return wrong;
}

/* Words are of whole characters of the basic plane: a table may come from anyone. */
static bool
is_word(const struct table *t, size_t row, struct span text)
{
	enum { LONGEST = 256 };
	struct span rest = text;
	size_t length;

	while (text.n <= LONGEST && rest.n && words_rune(rest, &length)) {
		rest.p += length;
		rest.n -= length;
	}
	if (text.n == 0 || rest.n)
		warn("%s:%zu: '%.*s' is no word", t->path, t->line[row], SPAN_ARG(span_head(text, LONGEST)));
	return text.n && !rest.n;
}

static bool
load_units(struct words *w, const struct table *t)
{
	static const struct name kinds[] = {{"count", UNIT_COUNT}, {"noun", UNIT_COUNT}, {"money", UNIT_MONEY},
		{"percent", UNIT_PERCENT}, {"point", UNIT_POINT}, {"times", UNIT_TIMES},
		{"measure", UNIT_MEASURE}, {"none", 100}};
	size_t unit = table_column(t, "unit"), canonical = table_column(t, "canonical");
	size_t shift = table_column(t, "shift"), kind = table_column(t, "kind");

	for (size_t i = 0; i < t->nrows; i++) {
		uint64_t k = choose(t, i, kind, kinds, sizeof kinds / sizeof *kinds, 101);
		struct decimal by = DECIMAL_ZERO;
		struct word *word;

		if (k == 101 || !is_word(t, i, table_cell(t, i, unit)))
			return false;
		if (table_cell(t, i, shift).n && (decimal_parse(table_cell(t, i, shift), &by) != DECIMAL_GOOD ||
				by.scale || by.digits < -9 || by.digits > 9)) {
			warn("%s:%zu: column 'shift' takes a whole number from -9 to 9", t->path, t->line[i]);
			return false;
		}
		word = put(w, table_cell(t, i, unit), k == 100 ? ROLE_NOT_UNIT : ROLE_UNIT);
		if (k == 100)
			continue;
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
		uint64_t r = choose(t, i, role, roles, n, 0);

		if (!r || !is_word(t, i, table_cell(t, i, text)))
			return false;
		put(w, table_cell(t, i, text), r);
	}
	return true;
}

/* What words of some roles have beside them: a change its value and unit, a share its unit. */
static bool
load_changes(struct words *w, const struct table *t)
{
	size_t text = table_column(t, "word"), value = table_column(t, "value"), unit = table_column(t, "unit");
	size_t role = table_column(t, "role");

	for (size_t i = 0; i < t->nrows; i++) {
		bool change = span_eq(table_cell(t, i, role), SPAN("change"));
		struct word *word;

		if (!change && !span_eq(table_cell(t, i, role), SPAN("share")))
			continue;
		word = put(w, table_cell(t, i, text), 0);
		word->unit = table_cell(t, i, unit);
		if (!change)
			continue;
		if (decimal_parse(table_cell(t, i, value), &word->value) != DECIMAL_GOOD) {
			warn("%s:%zu: column 'value' holds no number", t->path, t->line[i]);
			return false;
		}
	}
	return true;
}

static void
set_class(struct words *w, const char *characters, unsigned char class)
{
	struct span s = span_str(characters);
	size_t length;

	for (; s.n; s.p += length, s.n -= length)
		w->class[words_rune(s, &length)] |= class;
}

/* From the classes, once these are all known. */
static void
set_stops(struct words *w)
{
	uint64_t *three = w->stops.bits + (0xe0 << 6);

	memset(w->stops.bits, 0xff, sizeof w->stops.bits);
	memset(three, 0, sizeof *three << 10);
	for (size_t i = 0; i < 0x10000; i++)
		if (w->class[i] & CLASSES_STOP)
			three[i >> 6] |= (uint64_t)1 << (i & 0x3f);
}

struct words *
words_load(const char *dir)
{
	static const struct name number_roles[] = {{"about_before", ROLE_ABOUT_BEFORE},
		{"about_after", ROLE_ABOUT_AFTER}, {"about_inside", ROLE_ABOUT_INSIDE}, {"up", ROLE_UP}, {"down", ROLE_DOWN},
		{"level", ROLE_LEVEL}, {"change", ROLE_CHANGE}, {"parts", ROLE_PARTS},
		{"each", ROLE_EACH}, {"strong", ROLE_STRONG},
		{"filler", ROLE_FILLER}, {"not_before", ROLE_NOT_BEFORE}, {"not_chinese", ROLE_NOT_CHINESE}, {"code", ROLE_CODE},
		{"rate", ROLE_RATE}, {"vague", ROLE_VAGUE}, {"range", ROLE_RANGE},
		{"idiom", ROLE_IDIOM}, {"compare", ROLE_COMPARE}, {"tail", ROLE_TAIL}, {"and", ROLE_AND},
		{"point", ROLE_POINT}, {"share", ROLE_SHARE}, {"some", ROLE_SOME}, {"total", ROLE_TOTAL}};
	static const struct name zero_roles[] = {{"none", ROLE_NONE}, {"none_either", ROLE_NONE_EITHER},
		{"none_free", ROLE_NONE_FREE}, {"none_end", ROLE_NONE_END},
				{"object", ROLE_OBJECT}, {"unless", ROLE_UNLESS}, {"hope", ROLE_HOPE}, {"cell", ROLE_NONE_WHOLE}};
	static const struct name mark_roles[] = {{"mark", ROLE_MARK}};
	struct words *w = xcalloc(1, sizeof *w);
	bool good;

	new_node(w); /* 0 stands for none */
	rehash(w);
	set_class(w, "0123456789", CLASS_NUMBER);
	set_class(w, ",();!?，。", CLASS_BREAK);
	w->tables[0] = table_load_keyed(TABLE_SOURCE(forms, units), dir, "unit");
	w->tables[1] = table_load_keyed(TABLE_SOURCE(forms, numberwords), dir, "word,role");
	w->tables[2] = table_load_keyed(TABLE_SOURCE(forms, zero), dir, "phrase,role");
	w->tables[3] = table_load_keyed(TABLE_SOURCE(forms, marks), dir, "mark");
	w->numerals = numerals_load(dir);
	good = w->numerals != NULL;
	for (size_t i = 0; i < 4; i++)
		good = good && w->tables[i];
	for (size_t i = 0; good && i < NUMERALS_SLOTS; i++)
		if (w->numerals->slot[i].rune && !w->numerals->slot[i].in_year)
			w->class[w->numerals->slot[i].rune] |=
				w->numerals->slot[i].article ? CLASS_NUMBER | CLASS_ARTICLE : CLASS_NUMBER;
	if (good && load_units(w, w->tables[0]) &&
		load_roles(w, w->tables[1], "word", number_roles, sizeof number_roles / sizeof *number_roles) &&
		load_changes(w, w->tables[1]) &&
		load_roles(w, w->tables[2], "phrase", zero_roles, sizeof zero_roles / sizeof *zero_roles) &&
		load_roles(w, w->tables[3], "mark", mark_roles, 1)) {
		set_stops(w);
		return w;
	}
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
		free(w->node[i].word);
	numerals_free(w->numerals);
	free(w->node);
	free(w->edge);
	free(w);
}
