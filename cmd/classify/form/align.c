#include "align.h"

#include <stdlib.h>

#include "layout.h"

/*
 * Scores are whole numbers: a row found outweighs whatever the gaps and numbers say, and those decide
 * between rows found equally well.
 */
enum {
	SCORE_EXACT = 1000,
	SCORE_VARIANT = 900,
	SCORE_EDIT_ONE = 600,
	SCORE_EDIT_TWO = 400,
	SCORE_NUMBER = 60,   /* the numbering is that of the form */
	COST_NUMBER = 40,    /* it is another */
	COST_SKIP = 8,       /* for a row of the form passed over, up to MOST_SKIPPED of them */
	MOST_SKIPPED = 12,
	FUZZY_A_PAGE = 2048, /* labels compared letter by letter */
	MOST_EDITS = 2,
	MOST_RUNES = 120,
	CUT_RUNES = 8,       /* a label cut short has at least so many */
	WINDOW = 2048,       /* entries laid along a form at a time */
	MOST_CHOICES = 16,   /* rows of one form a label may stand for */
};

struct choice {
	uint16_t row;
	uint8_t match;
	int score; /* of this row for this entry */
	int best;  /* of the chain that ends here */
	int from;  /* choice before it in the chain, or -1 */
	uint32_t entry;
};

struct aligner {
	const struct form_book *book;
	struct choice *choice;
	size_t nchoices, cap;
	int *best;      /* by row: the best chain that ends with this row, as a choice, or -1 */
	uint32_t *taken; /* by row: which entry has it, plus 1 */
	size_t fuzzy_left;
	struct layouts *layouts;
};

struct aligner *
aligner_new(const struct form_book *book)
{
	struct aligner *a = xcalloc(1, sizeof *a);

	a->book = book;
	a->best = xcalloc(MAX_ROWS + 1, sizeof *a->best);
	a->taken = xcalloc(MAX_ROWS + 1, sizeof *a->taken);
	a->fuzzy_left = FUZZY_A_PAGE;
	a->layouts = layouts_new();
	return a;
}

void
aligner_free(struct aligner *a)
{
	if (!a)
		return;
	free(a->choice);
	free(a->best);
	free(a->taken);
	layouts_free(a->layouts);
	free(a);
}

void
aligner_page(struct aligner *a)
{
	a->fuzzy_left = FUZZY_A_PAGE;
}

static int
number_score(const struct entry *e, const struct edition_row *row)
{
	if (e->numbering == NUMBER_NONE || row->numbering == NUMBER_NONE)
		return 0;
	return e->numbering == row->numbering && e->number == row->number ? SCORE_NUMBER : -COST_NUMBER;
}

static void
choose(struct aligner *a, uint32_t entry, uint16_t row, enum match match, int score)
{
	a->choice = grow(a->choice, a->nchoices, &a->cap, sizeof *a->choice);
	a->choice[a->nchoices++] = (struct choice){row, (uint8_t)match, score, 0, -1, entry};
}

/* Rows whose label is a typing error away, or begins with this one: the end is lost with its line. */
static void
choose_similar(struct aligner *a, const struct edition *ed, const struct entry *e, uint32_t at,
	struct span key)
{
	uint32_t runes[MOST_RUNES];
	size_t n, left = MOST_CHOICES;

	if (a->fuzzy_left == 0 || form_book_is_other(a->book, key))
		return;
	a->fuzzy_left--;
	n = label_runes(key, runes, MOST_RUNES);
	if (n < 4 || n == MOST_RUNES)
		return;
	for (size_t k = 0; k < ed->nrows && left; k++) {
		const struct edition_row *row = &ed->row[k];
		unsigned most = n >= 8 && row->nrunes >= 8 ? MOST_EDITS : 1;
		unsigned d = label_distance(runes, n, row->runes, row->nrunes, most);

		if (d > most && n >= CUT_RUNES && n < row->nrunes &&
			memcmp(runes, row->runes, n * sizeof *runes) == 0)
			d = 1;
		if (d > most)
			continue;
		choose(a, at, (uint16_t)k, MATCH_ALIGNED,
			(d > 1 ? SCORE_EDIT_TWO : SCORE_EDIT_ONE) + number_score(e, row));
		left--;
	}
}

static void
choose_all(struct aligner *a, const struct edition *ed, struct entry *entry, uint32_t begin,
	uint32_t end, uint16_t form, struct span (*key)(void *, const struct entry *), void *context)
{
	a->nchoices = 0;
	for (uint32_t i = begin; i < end; i++) {
		size_t before = a->nchoices;

		for (uint32_t k = 0; k < entry[i].nref; k++) {
			struct row_ref r = entry[i].ref[k];

			if (r.form != form || a->nchoices - before == MOST_CHOICES)
				continue;
			choose(a, i, r.row, r.match, (r.match == MATCH_EXACT ? SCORE_EXACT : SCORE_VARIANT) +
				number_score(&entry[i], &ed->row[r.row]));
		}
		if (a->nchoices == before && key)
			choose_similar(a, ed, &entry[i], i, key(context, &entry[i]));
	}
}

/* The best chain of choices with rising entries and rising rows; its last choice, or -1. */
static int
chain(struct aligner *a, size_t nrows)
{
	int last = -1, top = 0; /* top: the best of all chains so far */

	for (size_t r = 0; r < nrows; r++)
		a->best[r] = -1;
	for (size_t c = 0, next; c < a->nchoices; c = next) {
		for (next = c; next < a->nchoices && a->choice[next].entry == a->choice[c].entry; next++) {
			struct choice *x = &a->choice[next];

			/* Choices of one entry must not follow each other: rows are entered below. */
			x->best = x->score - COST_SKIP * (x->row < MOST_SKIPPED ? x->row : MOST_SKIPPED);
			/*
			 * Backwards, until the rows passed over cost more than any chain makes good; of
			 * chains that are as good the one that ends first is taken.
			 */
			for (size_t r = x->row; r-- > 0;) {
				size_t skipped = x->row - r - 1;
				int rest = x->score -
					   COST_SKIP * (int)(skipped < MOST_SKIPPED ? skipped : MOST_SKIPPED);

				if (top + rest < x->best)
					break;
				if (a->best[r] >= 0 &&
					a->choice[a->best[r]].best + rest >= x->best + (x->from < 0)) {
					x->best = a->choice[a->best[r]].best + rest;
					x->from = a->best[r];
				}
			}
		}
		for (size_t k = c; k < next; k++) {
			struct choice *x = &a->choice[k];

			if (a->best[x->row] < 0 || x->best > a->choice[a->best[x->row]].best)
				a->best[x->row] = (int)k;
			top = x->best > top ? x->best : top;
		}
	}
	for (size_t r = 0; r < nrows; r++)
		if (a->best[r] >= 0 &&
			(last < 0 || a->choice[a->best[r]].best > a->choice[last].best))
			last = a->best[r];
	return last;
}

/* True if the rows belong together: one is the other's heading, or both have the same. */
static bool
kin(const struct edition *ed, uint16_t a, uint16_t b)
{
	return ed->row[a].parent == b || ed->row[b].parent == a ||
	       (ed->row[a].parent != NO_ROW && ed->row[a].parent == ed->row[b].parent);
}

static size_t
rows_of(const struct entry *e, uint16_t form)
{
	size_t n = 0;

	for (uint32_t k = 0; k < e->nref; k++)
		n += e->ref[k].form == form;
	return n;
}

/*
 * A label that several rows share is believed only beside its kin: the heading of its group or a sister
 * that is sure itself.  Everything else loses its row.
 */
static void
drop_unsupported(const struct edition *ed, struct entry *entry, uint32_t begin, uint32_t end,
	uint16_t form, bool *sure)
{
	for (int way = 0; way < 2; way++) {
		uint32_t near = UINT32_MAX;

		for (uint32_t s = begin; s < end; s++) {
			uint32_t i = way ? end - 1 - (s - begin) : s;

			if (entry[i].row == NO_ROW)
				continue;
			if (!sure[i - begin]) {
				if (rows_of(&entry[i], form) == 1)
					sure[i - begin] = true;
				else if (entry[i].match == MATCH_ALIGNED && ed->row[entry[i].row].shared < 2)
					sure[i - begin] = true;
				else if (near != UINT32_MAX && sure[near - begin] &&
					kin(ed, entry[near].row, entry[i].row))
					sure[i - begin] = true;
			}
			near = i;
		}
	}
	for (uint32_t i = begin; i < end; i++)
		if (entry[i].row != NO_ROW && !sure[i - begin]) {
			entry[i].row = NO_ROW;
			entry[i].match = MATCH_NONE;
		}
}

/* Labels out of order (rows exchanged), and labels that stand twice. */
static void
place_rest(struct aligner *a, const struct edition *ed, struct entry *entry, uint32_t begin,
	uint32_t end, uint16_t form)
{
	for (uint32_t i = begin; i < end; i++) {
		const struct row_ref *only = NULL;
		size_t fit = 0;
		uint32_t before, after;

		if (entry[i].row != NO_ROW || entry[i].nref == 0)
			continue;
		for (before = i; before > begin && entry[before - 1].row == NO_ROW; before--)
			;
		for (after = i + 1; after < end && entry[after].row == NO_ROW; after++)
			;
		for (uint32_t k = 0; k < entry[i].nref; k++) {
			const struct row_ref *r = &entry[i].ref[k];

			if (r->form != form)
				continue;
			/* What stands above a heading is none of its rows. */
			if (rows_of(&entry[i], form) > 1 && ed->row[r->row].shared != 1 &&
				!((before > begin && kin(ed, entry[before - 1].row, r->row)) ||
					(after < end && entry[after].row != ed->row[r->row].parent &&
						kin(ed, entry[after].row, r->row)) ||
					(before > begin && entry[before - 1].row == r->row)))
				continue;
			fit++;
			only = r;
		}
		if (fit != 1)
			continue;
		entry[i].row = only->row;
		entry[i].match = only->match;
		if (a->taken[only->row]) {
			entry[i].again = true;
			entry[a->taken[only->row] - 1].again = true;
		} else {
			a->taken[only->row] = i + 1;
		}
	}
}

/*
 * Labels too garbled to know, between two sure ones with exactly as many rows of the form between them:
 * likely those rows, if their numbers agree; marked doubtful.
 */
static void
place_between(struct aligner *a, const struct edition *ed, struct entry *entry, uint32_t begin,
	uint32_t end, struct span (*key)(void *, const struct entry *), void *context)
{
	for (uint32_t i = begin; i < end; i++) {
		uint32_t from = i, to, gap;
		bool agree = true;

		if (entry[i].row != NO_ROW)
			continue;
		for (to = i; to < end && entry[to].row == NO_ROW; to++)
			;
		gap = to - from;
		i = to;
		if (from == begin || to == end || entry[to].row <= entry[from - 1].row ||
			(uint32_t)(entry[to].row - entry[from - 1].row - 1) != gap)
			continue;
		for (uint32_t k = 0; k < gap; k++) {
			uint16_t row = (uint16_t)(entry[from - 1].row + 1 + k);
			const struct entry *e = &entry[from + k];

			agree = agree && !a->taken[row] && e->numbering != NUMBER_NONE &&
				e->numbering == ed->row[row].numbering && e->number == ed->row[row].number &&
				!(key && form_book_is_other(a->book, key(context, e)));
		}
		for (uint32_t k = 0; agree && k < gap; k++) {
			struct entry *e = &entry[from + k];

			e->row = (uint16_t)(entry[from - 1].row + 1 + k);
			e->match = MATCH_ALIGNED;
			e->doubtful = true;
			a->taken[e->row] = from + k + 1;
		}
	}
}

static size_t
align_window(struct aligner *a, struct entry *entry, uint32_t begin, uint32_t end, uint16_t form,
	struct span (*key)(void *, const struct entry *), void *context)
{
	const struct edition *ed = &a->book->edition[form];
	bool sure[WINDOW] = {false};
	size_t found = 0;

	for (uint32_t i = begin; i < end; i++) {
		entry[i].row = NO_ROW;
		entry[i].match = MATCH_NONE;
		entry[i].doubtful = entry[i].again = false;
	}
	memset(a->taken, 0, ed->nrows * sizeof *a->taken);
	choose_all(a, ed, entry, begin, end, form, key, context);
	for (int c = chain(a, ed->nrows); c >= 0; c = a->choice[c].from) {
		struct choice *x = &a->choice[c];
		struct entry *e = &entry[x->entry];

		e->row = x->row;
		e->match = x->match;
		/* Two letters off, or a label that short: another row may be as near. */
		e->doubtful = x->match == MATCH_ALIGNED &&
		              (x->score < SCORE_EDIT_ONE - COST_NUMBER || ed->row[x->row].nrunes < 6);
	}
	drop_unsupported(ed, entry, begin, end, form, sure);
	for (uint32_t i = begin; i < end; i++)
		if (entry[i].row != NO_ROW)
			a->taken[entry[i].row] = i + 1;
	place_rest(a, ed, entry, begin, end, form);
	place_between(a, ed, entry, begin, end, key, context);
	for (uint32_t i = begin; i < end; i++)
		found += entry[i].row != NO_ROW;
	return found;
}

/* As align_window, of a table that may be known from another page. */
static size_t
align_known(struct aligner *a, struct entry *entry, uint32_t n, uint16_t form,
	struct span (*key)(void *, const struct entry *), void *context)
{
	size_t found = 0, before = a->fuzzy_left, fuzzy;

	if (layouts_recall(a->layouts, entry, n, form, &fuzzy) && fuzzy < before) {
		a->fuzzy_left -= fuzzy;
		for (uint32_t i = 0; i < n; i++)
			found += entry[i].row != NO_ROW;
		return found;
	}
	found = align_window(a, entry, 0, n, form, key, context);
	/* What a page's limit cut short is no answer for others. */
	if (a->fuzzy_left > 0)
		layouts_keep(a->layouts, entry, n, form, before - a->fuzzy_left);
	return found;
}

size_t
align(struct aligner *a, struct entry *entry, size_t n, uint16_t form,
	struct span (*key)(void *context, const struct entry *entry), void *context)
{
	size_t found = 0;

	if (n > 0 && n <= WINDOW)
		return align_known(a, entry, (uint32_t)n, form, key, context);
	for (size_t begin = 0; begin < n; begin += WINDOW) {
		size_t end = n - begin < WINDOW ? n : begin + WINDOW;

		found += align_window(a, entry, (uint32_t)begin, (uint32_t)end, form, key, context);
	}
	return found;
}
