#include "rollup.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate.h"
#include "buf.h"
#include "children.h"
#include "diag.h"
#include "tree.h"

/* Whose figure it is, and of what: the order in which the first two, and the last two, are preferred. */
enum { READ_GOVERNMENT, READ_OFFICE, READ_GOVERNMENT_TIER, READ_OFFICE_TIER, READINGS };

/* What is known of a node while the groups of one year and indicator are worked on. */
struct work {
	uint32_t cell[READINGS]; /* group + 1 */
	struct tally parts;      /* of the children's figures taken */
	uint64_t stamp;          /* the block this is of */
};

struct rollup {
	struct trees trees;
	struct children *checks; /* NULL without --findings */
	struct reading *reading; /* of each group of the last table */
	size_t reading_cap;
	struct work *work; /* of each node */
	size_t work_cap;
	uint32_t *touched[REGION_COUNTY + 1];
	size_t ntouched[REGION_COUNTY + 1], touched_cap[REGION_COUNTY + 1];
	struct buf key;
};

struct rollup *
rollup_new(struct aggregate *a)
{
	struct rollup *u = xcalloc(1, sizeof *u);

	u->trees.regions = a->regions;
	if (a->findings) {
		u->checks = children_open(a->findings, a->f.options.tables);
		if (!u->checks) {
			rollup_free(u);
			return NULL;
		}
	}
	return u;
}

void
rollup_free(struct rollup *u)
{
	if (!u)
		return;
	trees_release(&u->trees);
	for (size_t l = 0; l <= REGION_COUNTY; l++)
		free(u->touched[l]);
	free(u->reading);
	free(u->work);
	buf_release(&u->key);
	free(u);
}

uint32_t
rollup_reading(struct span body_kind, struct span scope)
{
	return (span_eq(body_kind, SPAN("government_office")) ? READ_OFFICE : READ_GOVERNMENT) +
	       (span_eq(scope, SPAN("tier")) ? READ_GOVERNMENT_TIER : 0u);
}

void
rollup_note(struct rollup *u, struct aggregate *a, const struct record *rec)
{
	if (u->checks)
		children_note(u->checks, &a->at, rec);
}

const struct reading *
rollup_of(const struct rollup *u, uint32_t group)
{
	return &u->reading[group];
}

static struct work *
touch(struct rollup *u, const struct tree *tree, uint32_t node, uint64_t stamp)
{
	struct work *w;
	enum region_level level = tree->node[node].level;

	if (node >= u->work_cap) {
		size_t size = tree->n > node ? tree->n : (size_t)node + 1;

		u->work = xreallocarray(u->work, size, sizeof *u->work);
		memset(u->work + u->work_cap, 0, (size - u->work_cap) * sizeof *u->work);
		u->work_cap = size;
	}
	w = &u->work[node];
	if (w->stamp != stamp) {
		*w = (struct work){.stamp = stamp};
		u->touched[level] = grow(u->touched[level], u->ntouched[level], &u->touched_cap[level],
			sizeof *u->touched[level]);
		u->touched[level][u->ntouched[level]++] = node;
	}
	return w;
}

/* A figure: the one number a cell holds, or the same one more than once. */
static bool
figure(const struct tally *t, struct decimal *d)
{
	if (t->n == 0 || decimal_cmp(tally_min(t), tally_max(t)) != 0)
		return false;
	*d = tally_min(t);
	return true;
}

/* The government's own figure stands for its territory rather than that of its office. */
static struct tally
cell(struct aggregate *a, const struct groups *cells, const struct work *w, unsigned government)
{
	uint32_t own = w->cell[government], office = w->cell[government + 1];

	if (own && office) {
		struct tally t = groups_tally(cells, office - 1);

		a->select.out[OUT_TERRITORY] += (uint64_t)t.n + t.missing;
	}
	return own || office ? groups_tally(cells, (own ? own : office) - 1) : (struct tally){.n = 0};
}

static enum basis
choose(enum prefer prefer, bool reported, bool sound, bool parts)
{
	if (prefer == PREFER_REPORTED && reported)
		return BASIS_REPORTED;
	if (prefer == PREFER_PARTS && parts)
		return BASIS_PARTS;
	return reported && sound ? BASIS_REPORTED : parts ? BASIS_PARTS : BASIS_NONE;
}

static void
add_figure(struct tally *to, struct decimal d, const struct tally *from)
{
	tally_add_times(to, d, tally_flags(from), 1);
}

/* Weighs the readings of one node, hands the figure taken up, and adds the node's group to the new table. */
static void
settle(struct rollup *u, struct aggregate *a, const struct groups *cells, const struct tree *tree,
	uint32_t n, uint32_t *ids, bool shown)
{
	const struct node *node = &tree->node[n];
	struct work *w = &u->work[n];
	struct tally region = cell(a, cells, w, READ_GOVERNMENT), tier = cell(a, cells, w, READ_GOVERNMENT_TIER);
	struct reading r = {.parts_n = w->parts.n, .parts_expected = node->children,
		.has_children = node->children > 0};
	struct tally parts = w->parts, taken = {0};
	struct decimal of_tier, whole = DECIMAL_ZERO, under;
	bool has_tier = figure(&tier, &of_tier), fits;

	r.has_reported = figure(&region, &r.reported);
	a->select.out[OUT_TWICE] += r.has_reported ? 0 : region.n;
	a->select.out[OUT_TWICE] += has_tier ? 0 : tier.n;
	/* 约 100 among the parts, or as the whole, breaks no check, as in validate. */
	if (u->checks && r.has_reported && w->parts.n > 0 && !w->parts.about && !region.about &&
		decimal_sum_value(w->parts.sum, &under))
		children_check(u->checks, node, tree->year, r.reported, under);
	has_tier = has_tier && !tier.suspect;
	if (has_tier && r.has_children)
		add_figure(&parts, of_tier, &tier);
	r.parts = parts.sum;
	r.has_parts = parts.n > 0;
	/* Parts with more digits than a figure can have are shown, and never taken. */
	fits = decimal_sum_value(parts.sum, &whole);
	a->select.out[OUT_LARGE] += !fits;
	r.basis = choose(a->prefer, r.has_reported, !region.suspect,
		r.has_children && has_tier && fits && r.parts_n == r.parts_expected);
	if (r.basis == BASIS_REPORTED)
		add_figure(&taken, r.reported, &region);
	else if (r.basis == BASIS_PARTS)
		taken = parts;
	else
		taken.missing = region.missing;
	if (r.basis != BASIS_NONE && node->parent != NO_NODE) {
		/* The node above was touched before: its work does not move. */
		add_figure(&u->work[node->parent].parts, r.basis == BASIS_REPORTED ? r.reported : whole, &taken);
	}
	if (shown) {
		char text[16];
		uint32_t g;

		snprintf(text, sizeof text, "%06u", (unsigned)node->code % 1000000);
		ids[a->region_key] = intern_id(&a->keys.key[a->region_key].texts, span_of(text, 6));
		g = groups_find_or_add(a->groups, ids);
		groups_set(a->groups, g, &taken);
		u->reading = grow(u->reading, g, &u->reading_cap, sizeof *u->reading);
		u->reading[g] = r;
	}
}

struct ordered {
	uint32_t year, block, group;
};

static int
by_block(const void *x, const void *y)
{
	const struct ordered *a = x, *b = y;

	/* The years together, so that each tree is made but once. */
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return (a->group > b->group) - (a->group < b->group);
}

/* The groups by all of their key but region and reading: a block is one year and indicator of all regions. */
static struct ordered *
blocks(struct rollup *u, const struct aggregate *a, const struct groups *cells)
{
	struct ordered *order = xcalloc((size_t)groups_count(cells) + 1, sizeof *order);
	struct intern seen;

	intern_init(&seen);
	for (uint32_t g = 0; g < groups_count(cells); g++) {
		buf_reset(&u->key);
		for (size_t c = 0; c < a->nshown; c++)
			if (c != a->region_key) {
				uint32_t id = groups_id(cells, g, c);

				buf_add(&u->key, &id, sizeof id);
			}
		order[g] = (struct ordered){groups_id(cells, g, a->year_key),
			intern_id(&seen, buf_span(&u->key)), g};
	}
	if (groups_count(cells))
		qsort(order, groups_count(cells), sizeof *order, by_block);
	intern_release(&seen);
	return order;
}

static void
run_block(struct rollup *u, struct aggregate *a, const struct groups *cells,
	const struct ordered *order, size_t n, uint64_t stamp)
{
	const struct intern *regions = &a->keys.key[a->region_key].texts;
	int year = span_year(intern_text(&a->keys.key[a->year_key].texts,
		groups_id(cells, order[0].group, a->year_key)));
	const struct tree *tree = trees_of(&u->trees, year);
	uint32_t ids[256] = {0};

	for (size_t l = 0; l <= REGION_COUNTY; l++)
		u->ntouched[l] = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t g = order[i].group;
		struct tally t = groups_tally(cells, g);
		struct span text = intern_text(regions, groups_id(cells, g, a->region_key));
		uint32_t code = region_parse(text), node = NO_NODE;

		if (year && (code || span_eq(text, SPAN("000000"))))
			node = tree_find(tree, code);
		if (node == NO_NODE) {
			a->select.out[OUT_CODE] += (uint64_t)t.n + t.missing;
			continue;
		}
		touch(u, tree, node, stamp)->cell[groups_id(cells, g, a->reading_key)] = g + 1;
		while ((node = tree->node[node].parent) != NO_NODE)
			touch(u, tree, node, stamp);
	}
	if (u->checks)
		children_block(u->checks, a, cells, order[0].group);
	for (size_t c = 0; c < a->nshown; c++)
		ids[c] = groups_id(cells, order[0].group, c);
	for (size_t l = REGION_COUNTY + 1; l-- > 0;)
		for (size_t i = 0; i < u->ntouched[l]; i++)
			settle(u, a, cells, tree, u->touched[l][i], ids,
				!a->keys.up || a->keys.up_level == (enum region_level)l);
}

void
rollup_run(struct aggregate *a)
{
	struct rollup *u = a->up;
	struct groups *cells = a->groups;
	size_t n = groups_count(cells);
	struct ordered *order;

	order = blocks(u, a, cells);
	a->groups = groups_new(a->nshown, false);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && order[end].block == order[i].block; end++)
			;
		run_block(u, a, cells, order + i, end - i, i + 1);
	}
	free(order);
	groups_free(cells);
	if (u->checks)
		filter_note(&a->f, children_close(u->checks));
}
