#include "lexicon.h"

#include <stdlib.h>

#include "buf.h"
#include "diag.h"
#include "identity.h"

TABLE_DECLARE(regions_functional_zones);
TABLE_DECLARE(regions_words);
TABLE_DECLARE(regions_scopes);
TABLE_DECLARE(page_traditional);

static const char *const role_names[ROLES] = {
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

static void
read_zones(struct lexicon *lex, const struct table *t)
{
	size_t name = table_column(t, "name"), short_name = table_column(t, "short");
	size_t parent = table_column(t, "parent"), relation = table_column(t, "relation");
	size_t from = table_column(t, "from"), to = table_column(t, "to");

	lex->zone = xcalloc(t->nrows + 1, sizeof *lex->zone);
	for (size_t i = 0; i < t->nrows; i++) {
		struct zone *z = &lex->zone[i];

		z->name = table_cell(t, i, name);
		z->short_name = table_cell(t, i, short_name);
		z->parent = region_parse(table_cell(t, i, parent));
		z->coincident = span_eq(table_cell(t, i, relation), SPAN("coincident"));
		z->from = (uint16_t)year_or(table_cell(t, i, from), 0);
		z->to = (uint16_t)year_or(table_cell(t, i, to), REGION_NOW);
		add_place(lex, z->name, MEANS_ZONE, i);
		/* A short form without a word for its kind (洋浦, 中关村) is too often only a
		 * place. */
		if (z->short_name.n >= 9)
			add_place(lex, z->short_name, MEANS_ZONE, i);
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

		while (k < ROLES && !span_eq(table_cell(t, i, role), span_str(role_names[k])))
			k++;
		if (k == ROLES) {
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

		while (k < SCOPES && !span_eq(table_cell(t, i, scope), span_str(scope_names[k])))
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
	const struct table_source sources[] = {TABLE_SOURCE(page, traditional),
		TABLE_SOURCE(regions, functional_zones), TABLE_SOURCE(regions, words),
		TABLE_SOURCE(regions, scopes)};
	struct lexicon *lex = xcalloc(1, sizeof *lex);
	bool good;

	lex->names = names_new();
	lex->regions = regions_load(dir);
	lex->numerals = numerals_load(dir);
	lex->years = (struct year_words){lex->numerals, &lex->context};
	good = lex->regions != NULL && lex->numerals != NULL && types_load(&lex->types, dir) && context_load(&lex->context, dir);
	for (size_t i = 0; good && i < sizeof sources / sizeof *sources; i++)
		good = (lex->tables[i] = table_load(sources[i], dir)) != NULL;
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
	numerals_free(lex->numerals);
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

/*
 * What may stand behind a short name to make it one of that kind; the bytes that belong to the
 * name, or -1 if nothing there says it is a place.  环江县 is 环江毛南族自治县; 环江政府 too,
 * without the last word.
 */
static int
short_suffix(const struct lexicon *lex, const struct region *row, struct span text, size_t end)
{
	size_t n = types_behind_short(&lex->types, row->kind, text, end);

	if (n)
		return (int)n;
	if (context_is_at(&lex->context, CONTEXT_GOVERNMENT, text, end) &&
		!context_is_at(&lex->context, CONTEXT_DISCLOSURE, text, end))
		return 0;
	return -1;
}

static int
by_start(const void *a, const void *b)
{
	const struct name_hit *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/* Most are few, and in order already. */
static void
sort_by_start(struct name_hit *hit, size_t n)
{
	enum { FEW = 16 };

	if (n > FEW) {
		qsort(hit, n, sizeof *hit, by_start);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct name_hit one = hit[i];
		size_t at = i;

		for (; at > 0 && by_start(&hit[at - 1], &one) > 0; at--)
			hit[at] = hit[at - 1];
		hit[at] = one;
	}
}

/* Names and words are no longer than this, in bytes. */
enum { REACH = 64 };

/* True if a full name begins or ends at the offset: 保定市容城县 is two names, not 市容. */
static bool
borders_name(
	const struct lexicon *lex, const struct name_hit *hits, size_t n, size_t i, uint32_t offset)
{
	for (size_t k = i + 1; k < n && hits[k].end < offset + REACH; k++)
		if (hits[k].start == offset && lexicon_word(lex, &hits[k])->full)
			return true;
	for (size_t k = i; k > 0 && hits[k - 1].end >= offset; k--)
		if (hits[k - 1].end == offset && lexicon_word(lex, &hits[k - 1])->full)
			return true;
	return false;
}

/* True if a word like 市场 begins in the name and ends behind it, or the other way round; or it holds a
 * short name: 自然资源局. */
static bool
is_broken(const struct lexicon *lex, const struct name_hit *hits, size_t n, size_t i)
{
	struct name_hit name = hits[i];

	for (size_t k = i + 1; k < n && hits[k].end < name.end + REACH; k++)
		if (hits[k].start < name.end && hits[k].end > name.end &&
			lexicon_word(lex, &hits[k])->roles & 1u << ROLE_BROKEN) {
			if (hits[k].start > name.start)
				return !borders_name(lex, hits, n, i, name.end);
			if (!lexicon_word(lex, &name)->full)
				return true;
		}
	for (size_t k = i; k > 0 && hits[k - 1].end + REACH > name.start; k--)
		if (hits[k - 1].start < name.start && hits[k - 1].end > name.start &&
			lexicon_word(lex, &hits[k - 1])->roles & 1u << ROLE_BROKEN) {
			if (hits[k - 1].end < name.end)
				return !borders_name(lex, hits, n, i, name.start);
			if (!lexicon_word(lex, &name)->full)
				return true;
		}
	return false;
}

/*
 * A full name of two characters (和县, 易县) stands in too many words: only behind a mark, a
 * figure, another name, or a word that brings one.
 */
static bool
stands_alone(const struct lexicon *lex, struct span text, struct name_hit hit, const struct name_hit *before, size_t n)
{
	const struct context *c = &lex->context;

	if (hit.end - hit.start > 6 || hit.start < 3 || (unsigned char)text.p[hit.start - 1] < 0x80)
		return true;
	if (context_is_at(c, CONTEXT_OPENS, text, hit.start - 3))
		return true;
	/* Hits are by their end, so those that end where this begins are not far back. */
	for (size_t i = n; i > 0 && before[i - 1].end + 24 > hit.start; i--)
		if (before[i - 1].end == hit.start)
			return true;
	return false;
}

/* The names to go by: no broken ones, of those that overlap the first, full names before short
 * ones. */
static size_t
pick_names(const struct lexicon *lex, struct span text, const struct name_hit *hits, size_t n,
	struct mentions *m)
{
	size_t full_n = 0, picked = 0, out = 0, end = 0, chosen = 0;

	for (size_t i = 0; i < n; i++) {
		if (!lexicon_word(lex, &hits[i])->place || is_broken(lex, hits, n, i) ||
			(lexicon_word(lex, &hits[i])->full &&
				!stands_alone(lex, text, hits[i], m->pick, picked)))
			continue;
		m->pick = grow(m->pick, picked, &m->pick_cap, sizeof *m->pick);
		m->pick[picked++] = hits[i];
	}
	if (picked == 0)
		return 0;
	sort_by_start(m->pick, picked);
	/* First pass over full names only: those that stay are moved to the front, in order. */
	for (size_t i = 0; i < picked; i++) {
		struct name_hit hit = m->pick[i];

		/* 济南市中区 is 济南, 市中区: the 市 is of both, which lexicon_mentions looks at.
		 */
		if (lexicon_word(lex, &hit)->full &&
			(hit.start >= end || (hit.start + 3 == end && hit.end > end))) {
			end = hit.end;
			m->pick[i] = m->pick[full_n];
			m->pick[full_n++] = hit;
		}
	}
	/* Then short names where no full one stands; what was moved out of the front is behind it,
	 * unsorted. */
	sort_by_start(m->pick + full_n, picked - full_n);
	for (size_t i = full_n, next = 0, last = 0; i < picked; i++) {
		struct name_hit hit = m->pick[i];

		while (next < full_n && m->pick[next].end <= hit.start)
			next++;
		if (lexicon_word(lex, &hit)->full || hit.start < last ||
			(next < full_n && m->pick[next].start < hit.end))
			continue;
		last = hit.end;
		m->pick[full_n + chosen++] = hit;
	}
	out = full_n + chosen;
	sort_by_start(m->pick, out);
	return out;
}

static void
add_row(struct mentions *m, size_t row)
{
	m->row = grow(m->row, m->nrows, &m->rows_cap, sizeof *m->row);
	m->row[m->nrows++] = (uint16_t)row;
}

/* Leaves of the rows from `first` on those that lie in one of the rows of `above`; false: none
 * does. */
static bool
keep_under(const struct lexicon *lex, struct mentions *m, const struct mention *above, size_t first)
{
	size_t out = first;

	for (size_t i = first; i < m->nrows; i++) {
		const struct region *row = regions_row(lex->regions, m->row[i]);

		for (size_t k = 0; k < above->n; k++) {
			const struct region *up =
				regions_row(lex->regions, m->row[above->first + k]);
			int year = row->to < up->to ? row->to : up->to;

			if (up->level < row->level && lexicon_under(lex, row, up->code, year)) {
				uint16_t keep = m->row[i];

				/* Of the rows out..i none is needed any more but this. */
				m->row[i] = m->row[out];
				m->row[out++] = keep;
				break;
			}
		}
	}
	if (out == first)
		return false;
	m->nrows = out;
	return true;
}

/* Bytes between two names that do not part them: nothing, a bracket, a dot. */
static bool
is_joint(struct span text, size_t from, size_t to)
{
	static const char *const joints[] = {"(", "·", " ", "（", "|", "-", "·"};

	if (from == to)
		return true;
	if (to < from)
		return to + 3 == from;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
		if (to - from == strlen(joints[i]) && span_at(text, from, span_str(joints[i])))
			return true;
	return false;
}

void
lexicon_mentions(const struct lexicon *lex, struct span text, const struct name_hit *hits, size_t n,
	struct mentions *out)
{
	size_t picked = pick_names(lex, text, hits, n, out), begin = out->n;

	for (size_t i = 0; i < picked; i++) {
		struct name_hit hit = out->pick[i];
		struct mention *last = out->n > begin ? &out->v[out->n - 1] : NULL;
		struct mention now = {.start = hit.start,
			.own = hit.start,
			.end = hit.end,
			.zone = -1,
			.name = span_of(text.p + hit.start, hit.end - hit.start),
			.first = (uint32_t)out->nrows};
		bool full = false, adjacent = last && is_joint(text, last->end, hit.start);
		int longest = -1;

		for (uint32_t k = lexicon_word(lex, &hit)->first; k != LEXICON_END;
			k = lex->meaning[k].next) {
			const struct meaning *means = &lex->meaning[k];

			if (means->kind == MEANS_REGION) {
				add_row(out, means->index);
				full = true;
				now.formal = now.formal ||
					     span_eq(regions_row(lex->regions, means->index)->name,
						     now.name);
			} else if (means->kind == MEANS_ZONE) {
				now.zone = means->index;
			}
		}
		for (uint32_t k = lexicon_word(lex, &hit)->first; !full && k != LEXICON_END;
			k = lex->meaning[k].next) {
			const struct meaning *means = &lex->meaning[k];
			int suffix;

			if (means->kind != MEANS_SHORT)
				continue;
			suffix = short_suffix(lex, regions_row(lex->regions, means->index), text, hit.end);
			/* A row whose kind the word behind names stands before rows that only may
			 * be meant. */
			if (suffix > longest) {
				out->nrows = now.first;
				longest = suffix;
			}
			if (suffix == longest)
				add_row(out, means->index);
		}
		if (!full && now.zone < 0) {
			now.loose = longest < 0;
			if (longest > 0)
				now.end += (uint32_t)longest;
		}
		/* 滨海新区 is a zone of the table and a division: the division, which has years of
		 * its own. */
		if (full)
			now.zone = -1;
		if (now.zone >= 0) {
			size_t first, rows = regions_rows(
					      lex->regions, lex->zone[now.zone].parent, &first);

			while (rows-- > 0)
				add_row(out, first++);
		}
		if (last && last->end > hit.start) {
			/* 济南市中区: only if the one lies in the other, else the first name
			 * stands. */
			if (!keep_under(lex, out, last, now.first)) {
				out->nrows = now.first;
				continue;
			}
			now.chained = true;
		} else if (adjacent && now.zone < 0) {
			now.chained = keep_under(lex, out, last, now.first);
		}
		now.n = (uint32_t)(out->nrows - now.first);
		if (now.chained) {
			now.loose = false;
			now.start = last->start;
			now.end = now.end > last->end ? now.end : last->end;
			*last = now;
			continue;
		}
		out->v = grow(out->v, out->n, &out->cap, sizeof *out->v);
		out->v[out->n++] = now;
	}
}
