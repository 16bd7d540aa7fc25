/* Which of several tables of a page are the report's own: what stands above them says so. */
#include "sheet_parts.h"

#include <stdlib.h>

enum {
	LINES_ABOVE = 3, /* that may be a table's caption */
	TOP_CELLS = 8,   /* of the table, before its headers */
	LEAST_WORDS = 18, /* bytes of a caption among the cells of a table: 2015年 may be a header */
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

/* The first lines of a text are its titles. */
static bool
is_line(const struct item *item)
{
	return item->kind == ITEM_TEXT || item->kind == ITEM_TITLE;
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
		lines += is_line(&s->page->items[near - 1]);
	for (uint32_t i = bodies ? from : near; i < first; i++)
		if (is_line(&s->page->items[i]) && identity_caption(s->finder, s->page, i, of, bodies, &c) &&
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

/* Gives a fact what stands above its table, where it says nothing of its own. */
static void
mark_fact(struct sheets *s, struct fact *f, const struct standing *own, const struct identity *of)
{
	if (!f->row)
		return;
	if (!f->scope)
		f->scope = own->scope;
	if (f->period)
		return;
	if (own->part) {
		f->period = facts_period(s->out, SPAN("part"));
	} else if (own->year && of->year && own->year != of->year) {
		buf_reset(&s->keys);
		buf_printf(&s->keys, "%d", own->year);
		f->period = facts_period(s->out, buf_span(&s->keys));
	}
}

/* Whether a row of the form comes twice in the sheet: tables may have run together. */
static bool
has_repeats(const struct sheets *s, const struct sheet *sheet)
{
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++)
		if (s->entry[i].row != NO_ROW && s->entry[i].again)
			return true;
	return false;
}

/* The one table of a page may be of more than its report: 附：全县政府信息公开情况统计表 in a bureau's. */
static void
mark_others(struct sheets *s, const struct sheet *sheet, const struct identity *of)
{
	struct standing own = {.year = 0};
	struct above above = {.title = {.year = 0}};
	uint32_t first = s->cell[sheet->cell].item, near = first;

	for (uint32_t lines = 0; near > 0 && lines < LINES_ABOVE - 1; near--)
		lines += is_line(&s->page->items[near - 1]);
	read_captions(s, sheet, near, of, true, &own, &above);
	/* Who filed a table says less: a government's office files its government's. */
	if (own.scope == SCOPE_REGION || own.scope == SCOPE_TIER)
		for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++)
			if (s->out->fact[i].row && !s->out->fact[i].scope)
				s->out->fact[i].scope = own.scope;
}

void
sheets_caption(struct sheets *s, const struct identity *of)
{
	for (size_t t = 0; t < s->nsheets; t++) {
		const struct sheet *sheet = &s->sheet[t];
		uint32_t from = t ? s->cell[sheet->cell - 1].item + 1 : 0;
		struct standing own = {.year = 0};
		struct above above;

		if (!sheet->nfacts || !sheet->accepted || has_repeats(s, sheet))
			continue;
		if (s->nsheets == 1)
			mark_others(s, sheet, of);
		if (!read_captions(s, sheet, from, of, false, &own, &above))
			continue;
		if (own.part) {
			for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++)
				mark_fact(s, &s->out->fact[i], &own, of);
		} else if (own.year && of->year && own.year != of->year) {
			/* It may be the year before's, or its caption was left from then. */
			for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++)
				if (s->out->fact[i].row && s->out->fact[i].grid != GRID_FAILED)
					s->out->fact[i].grid = GRID_ASSUMED;
		}
	}
}

void
sheets_part(struct sheets *s, const struct identity *of)
{
	size_t parts = 0;

	for (size_t i = 0; i < s->out->n && of->nparts; i++) {
		struct fact *f = &s->out->fact[i];
		const struct page_part *part = page_part_at(of->part, of->nparts, f->item, &parts);

		if (part && part->other)
			f->scope = SCOPE_UNCLEAR;
	}
}

/* A sheet, or a part of it that a caption among its cells begins. */
struct section {
	uint32_t sheet;
	uint32_t item;          /* where it begins */
	struct caption caption; /* of a part but the first */
	bool again;             /* the rows of the sheet begin again: tables that ran together */
	struct standing own;
	bool disputed;          /* it differs from another */
};

struct sections {
	struct section *v;
	size_t n, cap;
	uint32_t *of; /* by fact: its section */
};

static void
add_section(struct sections *x, struct section section)
{
	x->v = grow(x->v, x->n, &x->cap, sizeof *x->v);
	x->v[x->n++] = section;
}

static bool
share_row(const struct item *a, const struct item *b)
{
	return a->table == b->table && a->row == b->row;
}

/* The caption in a cell that stands alone among those of a table. */
static bool
read_cell(struct sheets *s, uint32_t cell, const struct identity *of, struct caption *c)
{
	const struct item *it = cell_at(s, cell);
	const struct known *k;

	if (!s->cell[cell].words)
		return false;
	if (it->row && ((cell > 0 && share_row(cell_at(s, cell - 1), it)) ||
			       (cell + 1 < s->ncells && share_row(cell_at(s, cell + 1), it))))
		return false;
	k = sheet_know(s, cell);
	return k->header == HEADER_NONE && !k->wide && !k->nrows && !k->ncolumns &&
	       identity_caption(s->finder, s->page, s->cell[cell].item, of, true, c) &&
	       (c->names || c->title || it->text.n >= LEAST_WORDS);
}

/* Where the rows of a sheet begin again: the cells above the first, which may be a caption and heads, and it. */
struct restart {
	uint32_t from, label;
};

enum { RESTARTS = 32, REPEATED = 3 };

/* Whether the next rows with values, a few at least, were all met since entry `begin`. */
static bool
begins_again(const struct sheets *s, const struct sheet *sheet, uint32_t entry, uint32_t begin)
{
	uint32_t rows = 0;

	for (uint32_t i = entry; i < sheet->entry + sheet->nentries && rows < REPEATED; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row == NO_ROW || e->n == 0)
			continue;
		if (s->seen[e->row] <= begin)
			return false;
		rows++;
	}
	return rows == REPEATED;
}

/* The words right before the label of an entry, which are those of no row. */
static struct restart
restart_at(struct sheets *s, const struct sheet *sheet, const struct entry *e)
{
	enum { MOST = 24 };
	struct restart r = {e->first, e->first};

	while (r.label > sheet->cell && s->cell[r.label].item != e->label)
		r.label--;
	for (r.from = r.label; r.from > sheet->cell && r.label - r.from < MOST; r.from--) {
		uint32_t above = r.from - 1;

		if (!is_empty(cell_at(s, above)) && (!s->cell[above].words || sheet_know(s, above)->nrows))
			break;
	}
	return r;
}

static size_t
find_restarts(struct sheets *s, const struct sheet *sheet, struct restart *restart)
{
	uint32_t begin = 0;
	size_t n = 0;

	if (sheet->form == NO_FORM)
		return 0;
	memset(s->seen, 0, s->book->edition[sheet->form].nrows * sizeof *s->seen);
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries && n < RESTARTS; i++) {
		const struct entry *e = &s->entry[i];

		if (e->row == NO_ROW)
			continue;
		if (s->seen[e->row] > begin && begins_again(s, sheet, i, begin)) {
			restart[n++] = restart_at(s, sheet, e);
			begin = i;
		}
		s->seen[e->row] = i + 1;
	}
	return n;
}

/* The parts of a sheet: each begins with a caption, or where the rows begin again. */
static void
find_parts(struct sheets *s, uint32_t t, const struct identity *of, struct sections *x)
{
	const struct sheet *sheet = &s->sheet[t];
	struct restart restart[RESTARTS];
	size_t n = find_restarts(s, sheet, restart), next = 0;
	uint32_t label = 0; /* of the restart that the cell stands above */
	struct caption c;

	for (uint32_t i = sheet->cell + 1; i < sheet->cell + sheet->ncells; i++) {
		if (next < n && i >= restart[next].from) {
			label = restart[next++].label;
			add_section(x, (struct section){.sheet = t, .item = s->cell[i].item, .again = true});
		}
		if (!read_cell(s, i, of, &c))
			continue;
		if (i < label)
			x->v[x->n - 1].caption = c;
		else
			add_section(x, (struct section){.sheet = t, .item = s->cell[i].item, .caption = c});
	}
}

static void
find_sections(struct sheets *s, const struct identity *of, struct sections *x)
{
	for (size_t t = 0; t < s->nsheets; t++) {
		const struct sheet *sheet = &s->sheet[t];
		size_t first = x->n;

		add_section(x, (struct section){.sheet = (uint32_t)t, .item = s->cell[sheet->cell].item});
		if (has_repeats(s, sheet))
			find_parts(s, (uint32_t)t, of, x);
		for (uint32_t i = sheet->fact; i < sheet->fact + sheet->nfacts; i++) {
			size_t low = first, high = x->n;

			while (high - low > 1) {
				size_t middle = (low + high) / 2;

				*(x->v[middle].item <= s->out->fact[i].item ? &low : &high) = middle;
			}
			x->of[i] = (uint32_t)low;
		}
	}
}

/* A fact among those that say the same, in the order of what they say. */
struct claim {
	uint64_t key;
	uint32_t section, fact;
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

/* The facts of all tables that are for the report's year, sorted; how many. */
static size_t
list_claims(const struct sheets *s, const struct sections *x, uint32_t nfacts, struct claim *claim)
{
	size_t n = 0;

	for (uint32_t i = 0; i < nfacts; i++) {
		const struct fact *f = &s->out->fact[i];

		if (f->row && f->statutory && !f->period)
			claim[n++] = (struct claim){.key = (uint64_t)f->row->same << 16 | f->column,
				.section = x->of[i], .fact = i, .scope = f->scope};
	}
	qsort(claim, n, sizeof *claim, by_claim);
	return n;
}

/* Whether claims [first, end) differ between sections; blanks count only if `blanks`. */
static bool
claims_differ(const struct sheets *s, const struct claim *claim, size_t first, size_t end, bool blanks)
{
	const struct claim *before = NULL;

	for (size_t i = first; i < end; i++) {
		const struct fact *f = &s->out->fact[claim[i].fact];

		if (!blanks && !facts_is_number(s->out, s->page, f))
			continue;
		if (before && before->section != claim[i].section &&
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

/* Notes which sections differ from another; whether any does. */
static bool
find_disputed(const struct sheets *s, struct sections *x, const struct claim *claim, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < x->n; i++)
		x->v[i].disputed = false;
	for (size_t i = 0, end; i < n; i = end) {
		end = claims_end(claim, n, i);
		if (!claims_differ(s, claim, i, end, false))
			continue;
		any = true;
		for (size_t k = i; k < end; k++)
			x->v[claim[k].section].disputed = true;
	}
	return any;
}

/* What still differs is not known to be the report's. */
static void
mark_disputed(struct sheets *s, const struct sections *x, const struct claim *claim, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		bool all = true;

		end = claims_end(claim, n, i);
		for (size_t k = i; k < end; k++)
			all &= x->v[claim[k].section].disputed;
		if (!claims_differ(s, claim, i, end, all))
			continue;
		for (size_t k = i; k < end; k++)
			s->out->fact[claim[k].fact].scope = SCOPE_UNCLEAR;
	}
}

/* What stands above each section. */
static void
read_sections(struct sheets *s, const struct identity *of, struct sections *x)
{
	struct above above = {.title = {.year = 0}};

	for (size_t i = 0; i < x->n; i++) {
		struct section *section = &x->v[i];
		const struct sheet *sheet = &s->sheet[section->sheet];

		/* What a caption said holds on only for what is printed twice. */
		section->own = section->disputed && !section->again ? above.caption : above.title;
		if (i && x->v[i - 1].sheet == section->sheet)
			take_caption(&section->caption, &section->own, &above);
		else
			read_captions(s, sheet, sheet->cell ? s->cell[sheet->cell - 1].item + 1 : 0, of, true,
				&section->own, &above);
		if (section->disputed)
			above.caption = section->own;
	}
}

void
sheets_tell_apart(struct sheets *s, const struct identity *of)
{
	uint32_t nfacts = s->nsheets ? s->sheet[s->nsheets - 1].fact + s->sheet[s->nsheets - 1].nfacts : 0;
	struct claim *claim = xcalloc((size_t)nfacts + 1, sizeof *claim);
	struct sections x = {.of = xcalloc((size_t)nfacts + 1, sizeof *x.of)};
	size_t n;

	find_sections(s, of, &x);
	n = list_claims(s, &x, nfacts, claim);
	if (find_disputed(s, &x, claim, n)) {
		read_sections(s, of, &x);
		for (uint32_t i = 0; i < nfacts; i++)
			mark_fact(s, &s->out->fact[i], &x.v[x.of[i]].own, of);
		n = list_claims(s, &x, nfacts, claim);
		if (find_disputed(s, &x, claim, n))
			mark_disputed(s, &x, claim, n);
	}
	free(claim);
	free(x.of);
	free(x.v);
}
