#include "near.h"

enum { LONGEST = 64 };

/*
 * How many slips turn a into b: a byte left out, put in or changed, or two neighbours exchanged.
 * b is of at most LONGEST bytes.
 */
static size_t
distance(struct span a, struct span b)
{
	size_t rows[3][LONGEST + 1], *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 0; i < a.n; i++) {
		size_t *spare = before;

		before = above;
		above = row;
		row = spare;
		row[0] = i + 1;
		for (size_t j = 0; j < b.n; j++) {
			size_t best = above[j] + (a.p[i] != b.p[j]);

			best = best < above[j + 1] + 1 ? best : above[j + 1] + 1;
			best = best < row[j] + 1 ? best : row[j] + 1;
			if (i > 0 && j > 0 && a.p[i] == b.p[j - 1] && a.p[i - 1] == b.p[j] &&
				before[j - 1] + 1 < best)
				best = before[j - 1] + 1;
			row[j + 1] = best;
		}
	}
	return row[b.n];
}

struct near
near_to(struct span typed)
{
	return (struct near){.typed = typed, .distance = (typed.n + 1) / 3 + 1};
}

void
near_consider(struct near *near, struct span name)
{
	size_t d;

	if (name.n > LONGEST || near->typed.n > 2 * LONGEST)
		return;
	d = distance(near->typed, name);
	if (d >= near->distance)
		return;
	near->distance = d;
	near->name = name;
}
