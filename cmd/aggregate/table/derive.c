#include "derive.h"

#include <stdio.h>
#include <stdlib.h>

#include "group/members.h"
#include "rollup/tree.h"
#include "statistics.h"

/* What a group is held against; UINT32_MAX: nothing. */
struct derived {
	uint32_t *before; /* the group of the year before */
	uint32_t *rank;   /* 0: none */
	uint32_t *parent; /* the group of the region above */
	struct decimal_sum *whole; /* of all the parts of the region above, if every one is there; else 0 */
	struct trees trees;
};

/* The group that has these keys but for another text in one column. */
static uint32_t
beside(const struct aggregate *a, uint32_t group, size_t column, struct span text)
{
	uint32_t ids[256], id = intern_find(&a->keys.key[column].texts, text);

	if (id == UINT32_MAX)
		return UINT32_MAX;
	for (size_t c = 0; c < a->nkeys; c++)
		ids[c] = c == column ? id : groups_id(a->groups, group, c);
	return groups_find(a->groups, ids);
}

static struct span
text_of(const struct aggregate *a, uint32_t group, size_t column)
{
	return intern_text(&a->keys.key[column].texts, groups_id(a->groups, group, column));
}

/* Whether the code of both is the same region in the years they are of. */
static bool
same_region(const struct aggregate *a, uint32_t x, uint32_t y)
{
	uint32_t life[2];

	for (size_t i = 0; i < 2; i++) {
		uint32_t g = i ? y : x;

		life[i] = regions_life(a->regions, region_parse(text_of(a, g, a->region_key)),
			span_year(text_of(a, g, a->year_key)));
	}
	return life[0] == life[1];
}

/*
 * True if both hold figures of the same regions (and bodies), each on the same side of a break.  Without members
 * both are of one code; of several figures across a break some may be on either side.
 */
static bool
same_members(const struct aggregate *a, uint32_t x, uint32_t y)
{
	uint32_t ids[2][256];

	if (!a->members) {
		struct tally t = groups_tally(a->groups, x);

		return t.across == groups_tally(a->groups, y).across && (!t.across || t.n == 1) && same_region(a, x, y);
	}
	for (size_t c = 0; c < a->nkeys; c++) {
		ids[0][c] = groups_id(a->groups, x, c);
		ids[1][c] = groups_id(a->groups, y, c);
	}
	return members_of(a->members, ids[0]) == members_of(a->members, ids[1]);
}

static uint32_t
year_before(const struct aggregate *a, uint32_t group)
{
	int year = span_year(text_of(a, group, a->year_key));
	struct tally now = groups_tally(a->groups, group), then;
	char text[16];
	uint32_t g;

	if (year == 0)
		return UINT32_MAX;
	snprintf(text, sizeof text, "%04d", year - 1);
	g = beside(a, group, a->year_key, span_of(text, 4));
	if (g == UINT32_MAX)
		return g;
	then = groups_tally(a->groups, g);
	/* Sums of other regions or more figures, or of figures on two sides of a break, do not grow or shrink. */
	return now.n && now.n == then.n && same_members(a, group, g) ? g : UINT32_MAX;
}

struct ranked {
	uint32_t block, group;
	struct decimal_sum sum;
};

static int
by_block_and_sum(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return decimal_sum_cmp(b->sum, a->sum);
}

/* The groups of the parts of one region: the largest has rank 1, equal ones the same. */
static void
rank_block(struct derived *d, const struct ranked *r, size_t n, bool whole)
{
	struct decimal_sum sum = DECIMAL_SUM_ZERO;

	for (size_t i = 0; i < n; i++) {
		whole = decimal_sum_merge(&sum, r[i].sum) && whole;
		d->rank[r[i].group] = i > 0 && decimal_sum_cmp(r[i].sum, r[i - 1].sum) == 0
					      ? d->rank[r[i - 1].group]
					      : (uint32_t)i + 1;
	}
	for (size_t i = 0; whole && i < n; i++)
		d->whole[r[i].group] = sum;
}

static bool
is_split(const struct aggregate *a, uint32_t group)
{
	return a->split_key != SIZE_MAX && groups_id(a->groups, group, a->split_key);
}

/* A region's code, and the numbers of the group's other keys. */
static struct span
block_key(const struct aggregate *a, uint32_t group, struct span region, struct buf *key)
{
	buf_reset(key);
	buf_add_span(key, region);
	for (size_t c = 0; c < a->nkeys; c++)
		if (c != a->region_key && c != a->split_key) {
			uint32_t id = groups_id(a->groups, group, c);

			buf_add(key, &id, sizeof id);
		}
	return buf_span(key);
}

/* The blocks of the regions at which figures stand that were split: some of their parts, and lower
 * ones, lack them. */
static void
find_strays(const struct aggregate *a, struct intern *strays, struct buf *key)
{
	for (uint32_t g = 0; a->split_key != SIZE_MAX && g < groups_count(a->groups); g++)
		if (is_split(a, g))
			(void)intern_id(strays, block_key(a, g, text_of(a, g, a->region_key), key));
}

static bool
has_stray(const struct aggregate *a, const struct intern *strays, const struct tree *tree,
	uint32_t node, uint32_t group, struct buf *key)
{
	for (; strays->n && node != NO_NODE; node = tree->node[node].parent) {
		char text[16];

		snprintf(text, sizeof text, "%06u", (unsigned)tree->node[node].code % 1000000);
		if (intern_find(strays, block_key(a, group, span_of(text, 6), key)) != UINT32_MAX)
			return true;
	}
	return false;
}

static void
rank_all(struct derived *d, const struct aggregate *a)
{
	uint32_t n = groups_count(a->groups);
	struct ranked *r = xcalloc((size_t)n + 1, sizeof *r);
	uint32_t *children = xcalloc((size_t)n + 1, sizeof *children);
	struct intern blocks, strays;
	struct buf key = BUF_INIT;
	size_t used = 0;

	intern_init(&blocks);
	intern_init(&strays);
	find_strays(a, &strays, &key);
	for (uint32_t g = 0; g < n; g++) {
		const struct tally t = groups_tally(a->groups, g);
		int year = span_year(text_of(a, g, a->year_key));
		uint32_t code = region_parse(text_of(a, g, a->region_key)), node, block;
		const struct tree *tree;
		const struct node *up;
		char text[16];

		if (code == 0 || year == 0 || t.n == 0)
			continue;
		/* What was split is no division's own figure, though it stands under one's code. */
		if (is_split(a, g))
			continue;
		tree = trees_of(&d->trees, a->select.places.as_of ? a->select.places.as_of : year);
		node = tree_find(tree, code);
		if (node == NO_NODE || tree->node[node].parent == NO_NODE)
			continue;
		up = &tree->node[tree->node[node].parent];
		snprintf(text, sizeof text, "%06u", (unsigned)up->code % 1000000);
		d->parent[g] = beside(a, g, a->region_key, span_of(text, 6));
		block = intern_id(&blocks, block_key(a, g, span_of(text, 6), &key));
		r[used++] = (struct ranked){block, g, t.sum};
		/* No count of divisions is 0: where it is, they are not all there is. */
		children[block] = has_stray(a, &strays, tree, tree->node[node].parent, g, &key)
					  ? 0
					  : up->children;
	}
	if (used)
		qsort(r, used, sizeof *r, by_block_and_sum);
	for (size_t i = 0, end; i < used; i = end) {
		for (end = i + 1; end < used && r[end].block == r[i].block; end++)
			;
		rank_block(d, r + i, end - i, children[r[i].block] == end - i);
	}
	intern_release(&blocks);
	intern_release(&strays);
	buf_release(&key);
	free(children);
	free(r);
}

struct derived *
derived_new(struct aggregate *a)
{
	struct derived *d = xcalloc(1, sizeof *d);
	uint32_t n = groups_count(a->groups);

	d->trees.regions = a->regions;
	if (!a->growth && !a->rank)
		return d;
	d->before = xcalloc((size_t)n + 1, sizeof *d->before);
	d->rank = xcalloc((size_t)n + 1, sizeof *d->rank);
	d->parent = xcalloc((size_t)n + 1, sizeof *d->parent);
	d->whole = xcalloc((size_t)n + 1, sizeof *d->whole);
	for (uint32_t g = 0; g < n; g++) {
		d->before[g] = a->growth ? year_before(a, g) : UINT32_MAX;
		d->parent[g] = UINT32_MAX;
	}
	if (a->rank)
		rank_all(d, a);
	return d;
}

void
derived_free(struct derived *d)
{
	trees_release(&d->trees);
	free(d->before);
	free(d->rank);
	free(d->parent);
	free(d->whole);
	free(d);
}

void
derived_header(const struct aggregate *a, struct writer *w)
{
	if (a->growth)
		writer_raw(w, SPAN(",before,growth"));
	if (a->rank)
		writer_raw(w, SPAN(",rank,share"));
}

void
derived_write(const struct derived *d, const struct aggregate *a, struct writer *w, uint32_t group)
{
	struct tally t = groups_tally(a->groups, group);

	if (a->growth) {
		writer_char(w, ',');
		if (d->before[group] != UINT32_MAX) {
			struct decimal_sum was = groups_tally(a->groups, d->before[group]).sum, more;

			statistics_sum(w, was);
			writer_char(w, ',');
			if (!__builtin_sub_overflow(t.sum.units, was.units, &more.units))
				statistics_ratio(w, more, was);
		} else {
			writer_char(w, ',');
		}
	}
	if (a->rank) {
		uint32_t up = d->parent[group];

		writer_char(w, ',');
		if (d->rank[group])
			writer_uint(w, d->rank[group]);
		writer_char(w, ',');
		if (t.n && up != UINT32_MAX && groups_tally(a->groups, up).n)
			statistics_ratio(w, t.sum, groups_tally(a->groups, up).sum);
		else if (t.n && up == UINT32_MAX)
			statistics_ratio(w, t.sum, d->whole[group]);
	}
}
