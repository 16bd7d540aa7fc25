#include "ruler.h"

#include <stdlib.h>

#include "buf.h"

enum {
	PAPER = 1024,    /* columns of a page */
	HEAD_LINES = 12, /* above the first row with numbers, in which its heads stand */
};

/* Where what stands from column `start` to `end` of the page does, twice. */
static size_t
stands_at(size_t start, size_t end, enum side side)
{
	return side == SIDE_LEFT ? 2 * start : side == SIDE_RIGHT ? 2 * end : start + end;
}

/* The value most met; the less of several. */
static size_t
mode(const uint16_t *count)
{
	size_t best = 0;

	for (size_t i = 1; i < PAPER; i++)
		if (count[i] > count[best])
			best = i;
	return best;
}

static void
ruler_make(struct ruler *r, size_t labels, const struct text_line *lines, size_t from, size_t end)
{
	uint16_t (*starts)[PAPER] = xcalloc(r->values, sizeof *starts);
	uint16_t (*ends)[PAPER] = xcalloc(r->values, sizeof *ends);
	struct field fields[FIELDS_MOST];

	for (size_t i = from; i < end && r->rows < UINT16_MAX; i++) {
		size_t n = lines[i].gaps ? fields_split(&lines[i], false, fields) : 0;

		if (n != labels + r->values || fields_labels(fields, n) != labels)
			continue;
		for (size_t c = 0; c < r->values; c++) {
			const struct field *f = &fields[labels + c];

			starts[c][f->start < PAPER ? f->start : 0]++;
			ends[c][f->end < PAPER ? f->end : 0]++;
			if (fields_digits(f->text) > r->widest)
				r->widest = fields_digits(f->text);
		}
		r->rows++;
	}
	for (size_t c = 0; c < r->values; c++) {
		r->start[c] = mode(starts[c]);
		r->end[c] = mode(ends[c]);
	}
	free(starts);
	free(ends);
}

/* The heads above a table's values, by the columns of the page: words that stand above each other are one. */
struct heads {
	struct field v[FIELDS_MOST];    /* where the lowest word of each stands */
	size_t letters[FIELDS_MOST], n; /* characters of all of it */
};

static bool
overlap(const struct field *a, const struct field *b)
{
	return a->start < b->end && b->start < a->end;
}

/*
 * Puts the words of a line below the heads: a word goes on with the one it stands below, several are the columns of
 * that one.  False if one stands below several, or they are too many.
 */
static bool
heads_lower(struct heads *h, const struct field *words, size_t n)
{
	struct heads above = *h;
	size_t at = 0;

	h->n = 0;
	for (size_t i = 0; i < n; i++) {
		size_t letters = span_characters(words[i].text), over = 0;

		for (; at < above.n && above.v[at].end <= words[i].start; at++) {
			/* Words of this line may have stood below it. */
			if (i > 0 && overlap(&above.v[at], &words[i - 1]))
				continue;
			if (h->n == FIELDS_MOST)
				return false;
			h->letters[h->n] = above.letters[at];
			h->v[h->n++] = above.v[at];
		}
		for (size_t k = at; k < above.n && above.v[k].start < words[i].end; k++) {
			letters += above.letters[k];
			over++;
		}
		if (over > 1 || h->n == FIELDS_MOST)
			return false;
		h->letters[h->n] = letters;
		h->v[h->n++] = words[i];
	}
	for (; at < above.n; at++) {
		if (n && overlap(&above.v[at], &words[n - 1]))
			continue;
		if (h->n == FIELDS_MOST)
			return false;
		h->letters[h->n] = above.letters[at];
		h->v[h->n++] = above.v[at];
	}
	return true;
}

/* The words of a line that stand behind a column of the page; how many. */
static size_t
words_behind(const struct text_line *line, size_t column, struct field *words)
{
	struct field fields[FIELDS_MOST];
	size_t n = fields_split(line, false, fields), found = 0;

	for (size_t i = 0; i < n; i++) {
		struct field f = fields[i], behind;
		bool more = true;

		for (; more && found < FIELDS_MOST; f = behind) {
			size_t at = span_find(f.text, SPAN(" "));

			more = at < f.text.n;
			if (more)
				field_part(line, &f, at, &behind);
			if (f.start >= column)
				words[found++] = f;
		}
	}
	return found;
}

/* The heads behind a column of the page in the lines above a row with numbers; none if that is not plain. */
static void
heads_read(struct heads *h, const struct text_line *lines, size_t from, size_t row, size_t column)
{
	struct field words[FIELDS_MOST];

	h->n = 0;
	for (size_t i = row - from > HEAD_LINES ? row - HEAD_LINES : from; i < row; i++)
		if (lines[i].bars || !heads_lower(h, words, words_behind(&lines[i], column, words))) {
			h->n = 0;
			return;
		}
}

/* The head nearest to a column of values at a side; none if two are as near. */
static size_t
head_near(const struct heads *h, size_t at, enum side side)
{
	size_t best = h->n, least = SIZE_MAX;

	for (size_t k = 0; k < h->n; k++) {
		size_t off = fields_distance(stands_at(h->v[k].start, h->v[k].end, side), at);

		if (off <= least)
			best = off < least ? k : h->n;
		least = off < least ? off : least;
	}
	return best;
}

/* The head that each column of values stands below, at the side at which they stand closest; false if that is not plain. */
static bool
heads_fit(const struct ruler *r, const struct heads *h, size_t *below, enum side *best)
{
	size_t least = SIZE_MAX;

	for (enum side side = 0; side < SIDES; side++) {
		size_t last = 0, sum = 0, at[FIELDS_MOST], c;

		for (c = 0; c < r->values; c++) {
			size_t where = stands_at(r->start[c], r->end[c], side), head = head_near(h, where, side);

			if (head == h->n || head < last || fields_head(&h->v[head], 1, r->start[c], r->end[c]))
				break;
			sum += fields_distance(stands_at(h->v[head].start, h->v[head].end, side), where);
			at[c] = head;
			last = head + 1;
		}
		if (c < r->values || last != h->n || sum >= least)
			continue;
		least = sum;
		*best = side;
		memcpy(below, at, c * sizeof *at);
	}
	return least < SIZE_MAX;
}

/*
 * Gives a ruler the columns of the heads above it where more of them are than of values in any row: cells between two
 * values may be blank in all.  Only if each column of values stands below a head of its own, the last below the last.
 */
static void
ruler_widen(struct ruler *r, const struct heads *h)
{
	size_t below[FIELDS_MOST];
	struct ruler wide = *r;

	if (r->values < 2 || r->values != r->numbers || r->widest == 0 || h->n <= r->values || !heads_fit(r, h, below, &wide.side))
		return;
	wide.values = wide.numbers = h->n;
	wide.headed = true;
	for (size_t k = 0, c = 0; k < h->n; k++) {
		bool own = c < r->values && below[c] == k;

		/* 其  他 is one head. */
		if (!own && h->letters[k] < 2)
			return;
		wide.start[k] = own ? r->start[c] : h->v[k].start;
		wide.end[k] = own ? r->end[c] : h->v[k].end;
		c += own;
	}
	*r = wide;
}

struct ruler *
rulers_make(const struct text_line *lines, size_t from, size_t end)
{
	struct ruler *rulers = xcalloc(FIELDS_MOST + 1, sizeof *rulers);
	struct field fields[FIELDS_MOST];
	size_t label_end[FIELDS_MOST + 1] = {0}, first = end;
	struct heads heads;

	for (size_t i = from; i < end; i++) {
		size_t n = lines[i].gaps ? fields_split(&lines[i], false, fields) : 0;
		size_t labels = fields_labels(fields, n);

		if (labels < n && first == end)
			first = i;
		if (labels && labels < n && fields[labels - 1].end > label_end[labels])
			label_end[labels] = fields[labels - 1].end;
		if (n - labels > rulers[labels].values)
			rulers[labels].values = n - labels;
		for (size_t k = labels; k < n; k++)
			if (field_is_value(&fields[k]) && k + 1 - labels > rulers[labels].numbers)
				rulers[labels].numbers = k + 1 - labels;
	}
	for (size_t labels = 0; labels <= FIELDS_MOST; labels++)
		if (rulers[labels].values) {
			ruler_make(&rulers[labels], labels, lines, from, end);
			if (labels) {
				heads_read(&heads, lines, from, first, label_end[labels]);
				ruler_widen(&rulers[labels], &heads);
			}
		}
	return rulers;
}

bool
ruler_stands_in(const struct ruler *r, size_t c, const struct field *f)
{
	size_t middle = f->start + f->end, of_column = r->start[c] + r->end[c];

	return (f->start + FIELDS_CLOSE >= r->start[c] && f->start <= r->start[c] + FIELDS_CLOSE) ||
	       (f->end + FIELDS_CLOSE >= r->end[c] && f->end <= r->end[c] + FIELDS_CLOSE) ||
	       (middle + FIELDS_CLOSE >= of_column && middle <= of_column + FIELDS_CLOSE);
}

/* The column of a ruler with heads that a value stands nearest to; none if two are as near, or it is far off. */
static size_t
nearest(const struct ruler *r, const struct field *f)
{
	size_t best = r->values, least = 2 * (FIELDS_CLOSE + 1) + 1;

	for (size_t c = 0; c < r->values; c++) {
		size_t off = fields_distance(stands_at(f->start, f->end, r->side),
			stands_at(r->start[c], r->end[c], r->side));

		if (off <= least)
			best = off < least ? c : r->values;
		least = off < least ? off : least;
	}
	return best;
}

bool
ruler_place(const struct ruler *r, const struct field *values, size_t n, uint32_t *col)
{
	size_t c = 0;

	for (size_t i = 0; i < n && r->headed; i++) {
		size_t at = nearest(r, &values[i]);

		if (at == r->values || at < c)
			return false;
		col[i] = (uint32_t)(c = at + 1);
	}
	if (r->headed)
		return true;
	for (size_t i = 0; i < n; i++) {
		while (c < r->values && !ruler_stands_in(r, c, &values[i]))
			c++;
		if (c == r->values)
			return false;
		col[i] = (uint32_t)++c;
	}
	return true;
}
