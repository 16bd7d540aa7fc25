#include "tree.h"

#include <stdlib.h>

#include "buf.h"

/* The three that owe no report to the mainland's offices. */
enum { FIRST_OUTSIDE = 710000 };

/* Years of a study; a file that names more makes us build trees anew, not hold them all. */
enum { TREES_MAX = 64 };

uint32_t
tree_find(const struct tree *t, uint32_t code)
{
	uint32_t low = 0, high = t->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (t->node[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->n && t->node[low].code == code ? low : NO_NODE;
}

static void
build(struct tree *t, const struct regions *regions, int year)
{
	size_t rows = regions_count(regions);

	*t = (struct tree){.year = year, .node = xcalloc(rows + 1, sizeof *t->node)};
	t->node[t->n++] = (struct node){.parent = NO_NODE, .level = REGION_NATION};
	for (size_t i = 0; i < rows; i++) {
		const struct region *row = regions_row(regions, i);

		if (row->from <= year && year <= row->to && !row->pseudo && !row->placeholder)
			t->node[t->n++] = (struct node){row->code, NO_NODE, 0, row->level, row};
	}
	for (uint32_t i = 1; i < t->n; i++) {
		struct node *node = &t->node[i];
		const struct region *up = regions_at(regions, node->row->parent, year);

		if (up && up->pseudo)
			up = regions_at(regions, up->parent, year);
		if (up && up->level < node->level)
			node->parent = tree_find(t, up->code);
		else if (node->level == REGION_PROVINCE && node->code < FIRST_OUTSIDE)
			node->parent = 0;
		if (node->parent != NO_NODE)
			t->node[node->parent].children++;
	}
}

struct tree *
trees_of(struct trees *t, int year)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->tree[i].year == year)
			return &t->tree[i];
	if (t->n == TREES_MAX) {
		const struct regions *regions = t->regions;

		trees_release(t);
		*t = (struct trees){.regions = regions};
	}
	t->tree = grow(t->tree, t->n, &t->cap, sizeof *t->tree);
	build(&t->tree[t->n], t->regions, year);
	return &t->tree[t->n++];
}

void
trees_release(struct trees *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->tree[i].node);
	free(t->tree);
}
