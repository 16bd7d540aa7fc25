#include "layout.h"

#include <stdlib.h>

#include "buf.h"

/* A table has one place, and takes it from the one that was there: at most PLACES * LONGEST labels. */
enum { PLACES = 128, LONGEST = 256 };

enum { DOUBTFUL = 1, AGAIN = 2 };

struct answer {
	uint16_t row;
	uint8_t match, flags;
};

struct layout {
	uint32_t n; /* 0: free */
	uint32_t fuzzy;
	uint16_t form;
	uint32_t id[LONGEST];
	struct answer answer[LONGEST];
};

struct layouts {
	struct layout layout[PLACES];
};

struct layouts *
layouts_new(void)
{
	return xcalloc(1, sizeof(struct layouts));
}

void
layouts_free(struct layouts *l)
{
	free(l);
}

/* The place of a table; PLACES if it is too long, or a label has no id. */
static size_t
place_of(const struct entry *entry, size_t n, uint16_t form)
{
	uint64_t hash = form;
	bool all = true;

	if (n == 0 || n > LONGEST)
		return PLACES;
	for (size_t i = 0; i < n; i++) {
		hash = (hash ^ entry[i].id) * UINT64_C(0x9e3779b97f4a7c15);
		all = all && entry[i].id;
	}
	return all ? (size_t)(hash >> 32) % PLACES : PLACES;
}

bool
layouts_recall(const struct layouts *l, struct entry *entry, size_t n, uint16_t form, size_t *fuzzy)
{
	size_t place = place_of(entry, n, form);
	const struct layout *layout;

	if (place == PLACES)
		return false;
	layout = &l->layout[place];
	if (layout->n != n || layout->form != form)
		return false;
	for (size_t i = 0; i < n; i++)
		if (layout->id[i] != entry[i].id)
			return false;
	for (size_t i = 0; i < n; i++) {
		entry[i].row = layout->answer[i].row;
		entry[i].match = layout->answer[i].match;
		entry[i].doubtful = layout->answer[i].flags & DOUBTFUL;
		entry[i].again = layout->answer[i].flags & AGAIN;
	}
	*fuzzy = layout->fuzzy;
	return true;
}

void
layouts_keep(struct layouts *l, const struct entry *entry, size_t n, uint16_t form, size_t fuzzy)
{
	size_t place = place_of(entry, n, form);
	struct layout *layout;

	if (place == PLACES)
		return;
	layout = &l->layout[place];
	layout->n = (uint32_t)n;
	layout->fuzzy = (uint32_t)fuzzy;
	layout->form = form;
	for (size_t i = 0; i < n; i++) {
		layout->id[i] = entry[i].id;
		layout->answer[i] = (struct answer){entry[i].row, entry[i].match,
			(uint8_t)((entry[i].doubtful ? DOUBTFUL : 0) | (entry[i].again ? AGAIN : 0))};
	}
}
