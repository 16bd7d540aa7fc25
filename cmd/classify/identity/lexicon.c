#include "lexicon.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "identity.h"

TABLE_DECLARE(regions_functional_zones);
TABLE_DECLARE(regions_words);
TABLE_DECLARE(regions_scopes);
TABLE_DECLARE(page_traditional);

static const char *const role_names[WORD_ROLES] = {
	[ROLE_RELATED] = "related",
	[ROLE_DISCLOSURE] = "disclosure",
	[ROLE_REPORT] = "report",
	[ROLE_PUBLISHER] = "publisher",
	[ROLE_FILING] = "filing",
	[ROLE_PUBLISHED] = "published",
	[ROLE_POSTCODE] = "postcode",
	[ROLE_PHONE] = "phone",
	[ROLE_ADDRESS] = "address",
	[ROLE_SITE_ID] = "site_id",
	[ROLE_POLICE] = "police",
	[ROLE_ICP] = "icp",
	[ROLE_FOOTER] = "footer",
	[ROLE_COMPILED] = "compiled",
	[ROLE_EXAMPLE] = "example",
	[ROLE_BROKEN] = "broken",
	[ROLE_LEAD] = "lead",
	[ROLE_TRAIL] = "trail",
	[ROLE_OTHER] = "other",
	[ROLE_CITE] = "cite",
	[ROLE_PART] = "part",
	[ROLE_NUMERAL] = "numeral",
	[ROLE_SELF] = "self",
	[ROLE_OWN] = "own",
	[ROLE_SECTION] = "section",
	[ROLE_DESK] = "desk",
	[ROLE_CONTACT] = "contact",
	[ROLE_WEBSITE] = "website",
	[ROLE_NATION] = "nation",
	[ROLE_LINK] = "link",
	[ROLE_AUTHOR] = "author",
	[ROLE_ASIDE] = "aside",
};

/* The word, added if it is new; NULL for what can be none. */
static struct word *
add_word(struct lexicon *lex, struct span text)
{
	uint32_t id = names_add(lex->names, text);

	if (id == NAMES_NONE)
		return NULL;
	if (id >= lex->nwords) {
		lex->word = grow(lex->word, lex->nwords, &lex->words_cap, sizeof *lex->word);
		lex->word[lex->nwords++] = (struct word){.first = LEXICON_END};
	}
	return &lex->word[id];
}

static void
add_place(struct lexicon *lex, struct span text, enum meaning_kind kind, size_t index)
{
	struct word *word = add_word(lex, text);

	if (!word)
		return;
	for (uint32_t m = word->first; m != LEXICON_END; m = lex->meaning[m].next)
		if (lex->meaning[m].kind == kind && lex->meaning[m].index == index)
			return;
	lex->meaning = grow(lex->meaning, lex->nmeanings, &lex->meanings_cap, sizeof *lex->meaning);
	lex->meaning[lex->nmeanings] =
		(struct meaning){(uint16_t)kind, (uint16_t)index, word->first};
	word->first = (uint32_t)lex->nmeanings++;
	word->place = true;
	word->full = word->full || kind != MEANS_SHORT;
}

static bool
read_traditional(struct lexicon *lex, const struct table *t)
{
	size_t character = table_column(t, "character"), simplified = table_column(t, "simplified");

	for (size_t i = 0; i < t->nrows; i++) {
		struct span from = table_cell(t, i, character), to = table_cell(t, i, simplified);

		/* Words of several characters are normalize's. */
		if (from.n > 3)
			continue;
		if (to.n != 3 || !names_equate(lex->names, span_character(from, 0), span_character(to, 0))) {
			warn("%s:%zu: not a pair of characters", t->path, t->line[i]);
			return false;
		}
	}
	return true;
}

static void
read_regions(struct lexicon *lex)
{
	for (size_t i = 0; i < regions_count(lex->regions); i++) {
		const struct region *row = regions_row(lex->regions, i);
		struct span alias = row->alias;

		if (row->pseudo || row->placeholder)
			continue;
		add_place(lex, row->name, MEANS_REGION, i);
		/* A short form of one character is a word of its own. */
		if (row->short_name.n > 3 && !span_eq(row->short_name, row->name))
			add_place(lex, row->short_name, MEANS_SHORT, i);
		while (alias.n) {
			struct span one = span_cut(&alias, ';');

			/* 前郭县, 延边州: as good as the full name; 达茂: as the short one. */
			if (one.n > 6)
				add_place(lex, one, MEANS_REGION, i);
			else if (one.n > 3)
				add_place(lex, one, MEANS_SHORT, i);
		}
	}
}

static int
year_or(struct span text, int none)
{
	int year = span_year(text);

	return year ? year : none;
}

/* True if no name of what the zone lies in is part of its short form. */
static bool
is_vague(const struct lexicon *lex, const struct zone *z)
{
	const struct region *row = z->parent ? regions_near(lex->regions, z->parent, z->from ? z->from : REGION_NOW) : NULL;

	for (; row; row = regions_parent(lex->regions, row, row->from)) {
		struct span names = row->alias, one = row->short_name;

		for (bool more = true; more; one = span_cut(&names, ';')) {
			if (one.n && span_find(z->short_name, one) < z->short_name.n)
				return false;
			more = names.n > 0;
		}
	}
	return true;
}

static void
read_zones(struct lexicon *lex, const struct table *t)
{
	size_t name = table_column(t, "name"), short_name = table_column(t, "short");
	size_t parent = table_column(t, "parent"), relation = table_column(t, "relation");
	size_t from = table_column(t, "from"), to = table_column(t, "to");
	size_t alias = table_column(t, "alias");

	lex->zone = xcalloc(t->nrows + 1, sizeof *lex->zone);
	for (size_t i = 0; i < t->nrows; i++) {
		struct zone *z = &lex->zone[i];
		struct span others = table_cell(t, i, alias);

		z->name = table_cell(t, i, name);
		z->short_name = table_cell(t, i, short_name);
		z->parent = region_parse(table_cell(t, i, parent));
		z->coincident = span_eq(table_cell(t, i, relation), SPAN("coincident"));
		z->from = (uint16_t)year_or(table_cell(t, i, from), 0);
		z->to = (uint16_t)year_or(table_cell(t, i, to), REGION_NOW);
		z->vague = is_vague(lex, z);
		add_place(lex, z->name, MEANS_ZONE, i);
		/* A short form without a word for its kind (洋浦, 中关村) is too often only a
		 * place. */
		if (z->short_name.n >= 9)
			add_place(lex, z->short_name, MEANS_ZONE, i);
		while (others.n)
			add_place(lex, span_cut(&others, ';'), MEANS_ZONE, i);
	}
}

static bool
read_words(struct lexicon *lex, const struct table *t)
{
	size_t role = table_column(t, "role"), word = table_column(t, "word");
	struct word *found;

	lex->related.v = xcalloc(t->nrows + 1, sizeof *lex->related.v);
	for (size_t i = 0; i < t->nrows; i++) {
		unsigned k = 0;

		while (k < WORD_ROLES && !span_eq(table_cell(t, i, role), span_str(role_names[k])))
			k++;
		if (k == WORD_ROLES) {
			warn("%s:%zu: no such role '%.*s'", t->path, t->line[i],
				SPAN_ARG(table_cell(t, i, role)));
			return false;
		}
		found = add_word(lex, table_cell(t, i, word));
		if (found)
			found->roles |= 1u << k;
		if (k == ROLE_RELATED)
			context_add(&lex->related, table_cell(t, i, word));
	}
	return true;
}

/* 二 and whatever zero pages have: all years of reports begin so. */
static void
add_numeral_years(struct lexicon *lex)
{
	for (size_t i = 0; i < NUMERALS_SLOTS; i++) {
		const struct numeral *zero = &lex->numerals->slot[i];
		struct buf text = BUF_INIT;
		struct word *word;

		if (zero->rune == 0 || zero->digit != 0)
			continue;
		buf_add_str(&text, "二");
		buf_add_rune(&text, zero->rune);
		word = add_word(lex, buf_span(&text));
		if (word)
			word->roles |= 1u << ROLE_NUMERAL;
		buf_release(&text);
	}
}

static bool
read_scopes(struct lexicon *lex, const struct table *t)
{
	size_t word = table_column(t, "word"), scope = table_column(t, "scope");
	size_t where = table_column(t, "where");

	for (size_t i = 0; i < t->nrows; i++) {
		struct span place = table_cell(t, i, where);
		struct word *found;
		bool both = span_eq(place, SPAN("both")), above = span_eq(place, SPAN("above"));
		unsigned k = 1;

		while (k < SCOPES && !span_eq(table_cell(t, i, scope), scope_names[k]))
			k++;
		if (k == SCOPES && !span_eq(table_cell(t, i, scope), SPAN("none"))) {
			warn("%s:%zu: no such scope", t->path, t->line[i]);
			return false;
		}
		found = add_word(lex, table_cell(t, i, word));
		if (found && (both || span_eq(place, SPAN("compiled"))))
			found->compiled = (uint8_t)k;
		if (found && (both || above || span_eq(place, SPAN("clause"))))
			found->clause = (uint8_t)k;
		if (found)
			found->offices = above;
	}
	return true;
}

struct lexicon *
lexicon_new(const char *dir)
{
	const struct {
		struct table_source source;
		const char *key;
	} tables[] = {{TABLE_SOURCE(page, traditional), "character"}, {TABLE_SOURCE(regions, functional_zones), "name,from"},
		{TABLE_SOURCE(regions, words), "role,word"}, {TABLE_SOURCE(regions, scopes), "word,where"}};
	struct lexicon *lex = xcalloc(1, sizeof *lex);
	bool good;

	lex->names = names_new();
	lex->regions = regions_load(dir);
	lex->labels = label_words_load(dir);
	lex->numerals = lex->labels ? lex->labels->numerals : NULL;
	lex->years = (struct year_words){lex->numerals, &lex->context};
	good = lex->regions != NULL && lex->numerals != NULL && types_load(&lex->types, dir) && context_load(&lex->context, dir);
	for (size_t i = 0; good && i < sizeof tables / sizeof *tables; i++)
		good = (lex->tables[i] = table_load_keyed(tables[i].source, dir, tables[i].key)) != NULL;
	good = good && read_traditional(lex, lex->tables[0]);
	if (good) {
		read_regions(lex);
		read_zones(lex, lex->tables[1]);
	}
	if (!good || !read_words(lex, lex->tables[2]) || !read_scopes(lex, lex->tables[3])) {
		lexicon_free(lex);
		return NULL;
	}
	add_numeral_years(lex);
	names_build(lex->names);
	return lex;
}

void
lexicon_free(struct lexicon *lex)
{
	if (!lex)
		return;
	regions_free(lex->regions);
	types_release(&lex->types);
	context_release(&lex->context);
	label_words_free(lex->labels);
	names_free(lex->names);
	for (size_t i = 0; i < sizeof lex->tables / sizeof *lex->tables; i++)
		table_free(lex->tables[i]);
	free(lex->zone);
	free(lex->related.v);
	free(lex->meaning);
	free(lex->word);
	free(lex);
}

bool
lexicon_under(const struct lexicon *lex, const struct region *row, uint32_t code, int year)
{
	while (row) {
		const struct region *up;

		if (row->code == code)
			return true;
		up = regions_parent(lex->regions, row,
			year < row->from ? row->from
			: year > row->to ? row->to
					 : year);
		row = up && up->level < row->level ? up : NULL;
	}
	return false;
}

void
lexicon_plain(const struct lexicon *lex, struct span text, struct buf *out)
{
	for (size_t i = 0; i < text.n;) {
		uint32_t c = span_character(text, i);

		if (c) {
			buf_add_rune(out, names_plain(lex->names, c));
			i += 3;
		} else {
			buf_add_char(out, text.p[i++]);
		}
	}
}
