/*
 * tree: the divisions of one year as nodes of a tree, the nation at its root.
 *
 * Pseudo-prefectures and placeholders, which have no government, are no nodes: what lies under one is
 * directly under its province.
 */
#ifndef TREE_H
#define TREE_H

#include <stddef.h>
#include <stdint.h>

#include "regions.h"

#define NO_NODE UINT32_MAX

struct node {
	uint32_t code;
	uint32_t parent;   /* node, NO_NODE for the nation */
	uint32_t children; /* how many, those that owe a report (all, unless a roster says which) */
	enum region_level level;
	const struct region *row; /* NULL for the nation */
};

struct tree {
	int year;
	struct node *node; /* by code; the nation, code 0, first */
	uint32_t n;
};

struct trees {
	const struct regions *regions;
	struct tree *tree;
	size_t n, cap;
};

/* The tree of a year, made at the first call for it; good until the next call for another year. */
struct tree *trees_of(struct trees *t, int year);

/* The node of a code, or NO_NODE. */
uint32_t tree_find(const struct tree *t, uint32_t code);

void trees_release(struct trees *t);

#endif
