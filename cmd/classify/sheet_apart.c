/* Which of several tables of a page are the report's own: what stands above them says so. */
#include "sheet_parts.h"

#include <stdlib.h>

enum {
	LINES_ABOVE = 3, /* that may be a table's caption */
	TOP_CELLS = 8,   /* of the table, before its headers */
};

/* What the figures of a sheet are for. */
struct standing {
	int year; /* 0: the report's */
	bool part;
	uint8_t scope;
};

/* What holds below a title of a report, and below the captions since. */
struct above {
	struct standing title, caption;
};

static void
take_caption(const struct caption *c, struct standing *own, struct above *above)
{
	if (c->title) {
		*own = above->title = above->caption = (struct standing){c->year, false, c->scope};
		return;
	}
	if (c->year || c->part) {
		own->year = c->year;
		own->part = c->part;
	}
	if (c->names)
		own->scope = c->scope;
}

/*
 * Reads the lines above a table, from an item on: titles, the few that stand right above it, and the
 * table's own before its headers.  Whether a caption says something.
 */
static bool
read_captions(struct sheets *s, const struct sheet *sheet, uint32_t from, const struct identity *of,
	bool bodies, struct standing *own, struct above *above)
{
	uint32_t first = s->cell[sheet->cell].item, near = first;
	struct caption c;
	bool said = false;

	for (uint32_t lines = 0; near > from && lines < LINES_ABOVE; near--)
		lines += s->page->items[near - 1].kind == ITEM_TEXT;
	for (uint32_t i = bodies ? from : near; i < first; i++)
		if (s->page->items[i].kind == ITEM_TEXT && identity_caption(s->finder, s->page, i, of, bodies, &c) &&
			(c.title || i >= near)) {
			take_caption(&c, own, above);
			said |= !c.title;
		}
	for (uint32_t i = sheet->cell; i < sheet->cell + sheet->ncells && i < sheet->cell + TOP_CELLS; i++) {
		const struct known *k;

		if (!s->cell[i].words) {
			if (is_empty(cell_at(s, i)))
				continue;
			break;
		}
		k = sheet_know(s, i);
		if (k->header != HEADER_NONE || k->wide || k->nrows || k->ncolumns)
			break;
		if (identity_caption(s->finder, s->page, s->cell[i].item, of, bodies, &c)) {
			take_caption(&c, own, above);
			said |= !c.title;
		}
	}
	return said;
}

/* Gives the facts of the sheet what stands above it, where they say nothing of their own. */
static void
mark_facts(struct sheets *s, const struct sheet *sheet, const struct standing *own, const struct identity *of)
{
	uint16_t period = 0;

	if (own->part) {
		period = facts_period(s->out, SPAN("part"));
	} else if (own->year && of->year && own->year != of->year) {
		struct buf text = BUF_INIT;

		buf_printf(&text, "%d", own->year);
		period = facts_period(s->out, buf_span(&text));
		buf_release(&text);
	}
	for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++) {
		struct fact *f = &s->out->fact[i];

		f->period = f->row && !f->period ? period : f->period;
		f->scope = f->row && !f->scope ? own->scope : f->scope;
	}
}

void
sheets_caption(struct sheets *s, const struct identity *of)
{
	for (size_t t = 0; t < s->nsheets; t++) {
		const struct sheet *sheet = &s->sheet[t];
		uint32_t from = t ? s->cell[sheet->cell - 1].item + 1 : 0;
		struct standing own = {.year = 0};
		struct above above;

		if (!sheet->nfacts || !sheet->accepted ||
			!read_captions(s, sheet, from, of, false, &own, &above))
			continue;
		if (own.part) {
			mark_facts(s, sheet, &own, of);
		} else if (own.year && of->year && own.year != of->year) {
			/* It may be the year before's, or its caption was left from then. */
			for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++)
				if (s->out->fact[i].row && s->out->fact[i].grid != GRID_FAILED)
					s->out->fact[i].grid = GRID_ASSUMED;
		}
	}
}

/* A fact among those that say the same, in the order of what they say. */
struct claim {
	uint64_t key;
	uint32_t sheet, fact;
	uint8_t scope;
};

static int
by_claim(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->key != y->key)
		return (x->key > y->key) - (x->key < y->key);
	if (x->scope != y->scope)
		return (x->scope > y->scope) - (x->scope < y->scope);
	return (x->fact > y->fact) - (x->fact < y->fact);
}

/* The facts of all sheets that are for the report's year, sorted; how many. */
static size_t
list_claims(const struct sheets *s, struct claim *claim)
{
	size_t n = 0;

	for (size_t t = 0; t < s->nsheets; t++)
		for (uint32_t i = s->sheet[t].fact; i < s->sheet[t].fact + s->sheet[t].nfacts; i++) {
			const struct fact *f = &s->out->fact[i];

			if (f->row && f->statutory && !f->period)
				claim[n++] = (struct claim){.key = (uint64_t)f->row->same << 16 | f->column,
					.sheet = (uint32_t)t, .fact = i, .scope = f->scope};
		}
	qsort(claim, n, sizeof *claim, by_claim);
	return n;
}

/* Whether claims [first, end) differ between sheets; blanks count only if `blanks`. */
static bool
claims_differ(const struct sheets *s, const struct claim *claim, size_t first, size_t end, bool blanks)
{
	const struct claim *before = NULL;

	for (size_t i = first; i < end; i++) {
		const struct fact *f = &s->out->fact[claim[i].fact];

		if (!blanks && !facts_is_number(s->out, s->page, f))
			continue;
		if (before && before->sheet != claim[i].sheet &&
			!facts_same_value(s->out, s->page, &s->out->fact[before->fact], f))
			return true;
		before = &claim[i];
	}
	return false;
}

static size_t
claims_end(const struct claim *claim, size_t n, size_t first)
{
	size_t end = first + 1;

	while (end < n && claim[end].key == claim[first].key && claim[end].scope == claim[first].scope)
		end++;
	return end;
}

/* Notes which sheets differ from another; whether any does. */
static bool
find_disputed(const struct sheets *s, const struct claim *claim, size_t n, bool *disputed)
{
	bool any = false;

	memset(disputed, 0, s->nsheets * sizeof *disputed);
	for (size_t i = 0, end; i < n; i = end) {
		end = claims_end(claim, n, i);
		if (!claims_differ(s, claim, i, end, false))
			continue;
		any = true;
		for (size_t k = i; k < end; k++)
			disputed[claim[k].sheet] = true;
	}
	return any;
}

/* What still differs is not known to be the report's. */
static void
mark_disputed(struct sheets *s, const struct claim *claim, size_t n, const bool *disputed)
{
	for (size_t i = 0, end; i < n; i = end) {
		bool all = true;

		end = claims_end(claim, n, i);
		for (size_t k = i; k < end; k++)
			all &= disputed[claim[k].sheet];
		if (!claims_differ(s, claim, i, end, all))
			continue;
		for (size_t k = i; k < end; k++)
			s->out->fact[claim[k].fact].scope = SCOPE_UNCLEAR;
	}
}

void
sheets_tell_apart(struct sheets *s, const struct identity *of)
{
	struct claim *claim = xcalloc(s->out->n + 1, sizeof *claim);
	bool *disputed = xcalloc(s->nsheets + 1, sizeof *disputed);
	size_t n = list_claims(s, claim);
	struct above above = {.title = {.year = 0}};

	if (find_disputed(s, claim, n, disputed)) {
		for (size_t t = 0; t < s->nsheets; t++) {
			const struct sheet *sheet = &s->sheet[t];
			uint32_t from = t ? s->cell[sheet->cell - 1].item + 1 : 0;
			/* What a caption said holds on only for what is printed twice. */
			struct standing own = disputed[t] ? above.caption : above.title;

			read_captions(s, sheet, from, of, true, &own, &above);
			if (disputed[t])
				above.caption = own;
			mark_facts(s, sheet, &own, of);
		}
		n = list_claims(s, claim);
		if (find_disputed(s, claim, n, disputed))
			mark_disputed(s, claim, n, disputed);
	}
	free(claim);
	free(disputed);
}
