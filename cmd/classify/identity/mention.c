#include "mention.h"

#include <stdlib.h>

#include "buf.h"

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

enum { REACH = 64 }; /* bytes: names and words are no longer */

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

		/* 济南市中区 is 济南, 市中区: the 市 is of both, which mentions_read looks at.
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
	static const struct span joints[] = {{"(", 1}, {"·", 2}, {" ", 1}, {"（", 3}, {"|", 1}, {"-", 1}};

	if (from == to)
		return true;
	if (to < from)
		return to + 3 == from;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
		if (span_eq(span_of(text.p + from, to - from), joints[i]))
			return true;
	return false;
}

/* Adds the rows whose full name the word is, and notes its zone; false if it is no row's full name. */
static bool
add_full(const struct lexicon *lex, const struct word *word, struct mention *now, struct mentions *out)
{
	bool full = false;

	for (uint32_t k = word->first; k != LEXICON_END; k = lex->meaning[k].next) {
		const struct meaning *means = &lex->meaning[k];

		if (means->kind == MEANS_REGION) {
			add_row(out, means->index);
			full = true;
		} else if (means->kind == MEANS_ZONE) {
			now->zone = means->index;
		}
	}
	/* 滨海新区 is a zone of the table and a division: the division, which has years of its own. */
	if (full)
		now->zone = -1;
	return full;
}

/*
 * Adds the rows the word is short for; those whose kind the word behind it names stand before those that only may be
 * meant.  Without a zone of that name it is a short name with that word, or a loose one.
 */
static void
add_short(const struct lexicon *lex, const struct word *word, struct span text, struct mention *now,
	struct mentions *out)
{
	uint32_t end = now->end;
	int longest = -1;

	for (uint32_t k = word->first; k != LEXICON_END; k = lex->meaning[k].next) {
		const struct meaning *means = &lex->meaning[k];
		int suffix;

		if (means->kind != MEANS_SHORT)
			continue;
		suffix = short_suffix(lex, regions_row(lex->regions, means->index), text, end);
		if (suffix > longest) {
			out->nrows = now->first;
			longest = suffix;
		}
		if (suffix == longest)
			add_row(out, means->index);
	}
	if (now->zone >= 0)
		return;
	now->loose = longest < 0;
	if (longest > 0)
		now->end += (uint32_t)longest;
}

/* Adds the rows of the division that a zone lies in. */
static void
add_around(const struct lexicon *lex, int32_t zone, struct mentions *out)
{
	size_t first, rows = regions_rows(lex->regions, lex->zone[zone].parent, &first);

	while (rows-- > 0)
		add_row(out, first++);
}

void
mentions_read(const struct lexicon *lex, struct span text, const struct name_hit *hits, size_t n,
	struct mentions *out)
{
	size_t picked = pick_names(lex, text, hits, n, out), begin = out->n;

	for (size_t i = 0; i < picked; i++) {
		struct name_hit hit = out->pick[i];
		const struct word *word = lexicon_word(lex, &hit);
		struct mention *last = out->n > begin ? &out->v[out->n - 1] : NULL;
		struct mention now = {.start = hit.start,
			.own = hit.start,
			.end = hit.end,
			.zone = -1,
			.name = span_of(text.p + hit.start, hit.end - hit.start),
			.first = (uint32_t)out->nrows};
		bool adjacent = last && is_joint(text, last->end, hit.start);

		if (!add_full(lex, word, &now, out))
			add_short(lex, word, text, &now, out);
		/* 南京 of 南京路, 长白 of 长白山; 陕西 before 山阳县 is a place. */
		if (now.loose && context_is_at(&lex->context, CONTEXT_GOES_ON, text, hit.end) &&
			!(i + 1 < picked && out->pick[i + 1].start == hit.end)) {
			out->nrows = now.first;
			continue;
		}
		if (now.zone >= 0)
			add_around(lex, now.zone, out);
		if (last && last->end > hit.start) {
			/* 济南市中区: only if the one lies in the other, else the first name stands. */
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
