#include "territory.h"

#include <stdlib.h>

#include "buf.h"

enum { FIRST_YEAR = 2000, YEARS = 64, NO_PLACE = -1 };

void
territory_init(struct territory *t, const struct cells *cells)
{
	size_t bits = (size_t)(cells->indicators.n + 1) * (cells->columns.n + 1);

	*t = (struct territory){.cells = cells, .words = bits / 64 + 1};
	t->text = xcalloc(2 * TERRITORY_SCOPES * YEARS * t->words, sizeof *t->text);
	t->table = t->text + TERRITORY_SCOPES * YEARS * t->words;
	t->number = xcalloc(TERRITORY_SCOPES * YEARS * t->words * 64, sizeof *t->number);
}

void
territory_release(struct territory *t)
{
	free(t->text);
	free(t->number);
}

/* Where the bits of one scope and year begin. */
static size_t
bits_at(const struct territory *t, int scope, int year)
{
	return (size_t)(scope * YEARS + year) * t->words;
}

/* A number in 64 bits; 0: one that is about so much, or too long, which is held against no other. */
static int64_t
pack_number(const struct fact *f)
{
	enum { SCALES = 16 };

	if (f->state != STATE_NUMBER || f->value.digits > INT64_MAX / SCALES || f->value.digits < INT64_MIN / SCALES)
		return 0;
	return f->value.digits * SCALES + f->value.scale + 1;
}

static struct decimal
unpack_number(int64_t packed)
{
	enum { SCALES = 16 };
	int64_t scale = packed & (SCALES - 1);

	return (struct decimal){(packed - scale) / SCALES, (uint8_t)(scale - 1)};
}

void
territory_reset(struct territory *t)
{
	for (int scope = 0; scope < TERRITORY_SCOPES; scope++) {
		for (int year = 0; year < YEARS; year++)
			if (t->scope[scope].given >> year & 1) {
				memset(t->text + bits_at(t, scope, year), 0, t->words * sizeof *t->text);
				memset(t->table + bits_at(t, scope, year), 0, t->words * sizeof *t->table);
			}
		t->scope[scope] = (struct territory_scope){0};
	}
}

static int
year_of(const struct report *r)
{
	return r->year >= FIRST_YEAR && r->year < FIRST_YEAR + YEARS ? r->year - FIRST_YEAR : NO_PLACE;
}

static int
scope_of(const struct fact *f)
{
	return f->scope == FACT_SCOPE_REGION ? 0 : f->scope == FACT_SCOPE_TIER ? 1 : NO_PLACE;
}

/* The bit of the fact's indicator and column.  Shares and growths are in no table, so they have no cell. */
static size_t
bit_of(const struct territory *t, struct body *b, const struct fact *f)
{
	const struct cells *c = t->cells;
	uint32_t column = f->cell ? c->cell[f->cell].column : names_find(&c->columns, body_field(b, f, COL_COLUMN));

	return (size_t)f->indicator * (c->columns.n + 1) + column;
}

static bool
has_bit(const uint64_t *bits, size_t bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

/* A number of its year that is the report's value, or was before another was found to stand for it. */
static bool
is_figure(const struct fact *f)
{
	return f->indicator && f->origin != ORIGIN_PAGE && fact_is_number(f) && !(f->flags & FACT_PERIOD) &&
	       fact_is_reports(f);
}

static bool
stands(const struct fact *f)
{
	return f->role == ROLE_MAIN && !(f->flags & FACT_DUPLICATE);
}

/* Notes of which scopes the report is, and has tables that stand for the text that is held. */
static void
displace(struct territory *t, struct body *b, const struct report *r, uint64_t at)
{
	for (uint32_t i = 0; i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];
		int scope = scope_of(f);
		struct territory_scope *s = scope == NO_PLACE ? NULL : &t->scope[scope];

		if (s && is_figure(f) && f->origin == ORIGIN_TABLE && s->held & ~s->tables & ~s->written & at)
			s->over |= at;
		else if (s && f->origin == ORIGIN_PAGE && stands(f))
			s->counted |= at;
	}
}

/* Counts the number if the bodies before gave another one for its place. */
static void
hold_against(const struct territory *t, const struct body *b, struct report *r, const struct fact *f, size_t place)
{
	int64_t other = t->number[place], own = pack_number(f);

	if (!other || !own || other == own)
		return;
	if (r->apart++ == 0) {
		r->apart_first = (uint32_t)(f - b->fact);
		r->apart_other = unpack_number(other);
	}
}

/* True if the fact says again what the bodies before gave for the year. */
static bool
is_again(const struct territory *t, const struct fact *f, int scope, int year, size_t bit)
{
	const struct territory_scope *s = &t->scope[scope];
	uint64_t at = (uint64_t)1 << year;
	size_t first = bits_at(t, scope, year);

	if (f->origin == ORIGIN_PAGE)
		return (s->reported & ~s->over & at) != 0;
	if (f->origin == ORIGIN_TABLE)
		return (s->tables & at) || (!(s->over & at) && has_bit(t->text + first, bit));
	return has_bit(t->table + first, bit) || has_bit(t->text + first, bit);
}

void
territory_mark(struct territory *t, struct body *b, struct report *r)
{
	int year = year_of(r);
	uint64_t at = year == NO_PLACE ? 0 : (uint64_t)1 << year, seen = 0;

	for (int scope = 0; scope < TERRITORY_SCOPES; scope++)
		seen |= t->scope[scope].reported | t->scope[scope].given;
	if (!(seen & at))
		return;
	displace(t, b, r, at);
	for (uint32_t i = 0; i < r->n; i++) {
		struct fact *f = &b->fact[b->order[r->first + i]];
		int scope = scope_of(f);
		size_t bit;

		if (scope == NO_PLACE)
			continue;
		bit = f->indicator ? bit_of(t, b, f) : 0;
		if (f->role == ROLE_MAIN && is_again(t, f, scope, year, bit))
			f->flags |= FACT_DUPLICATE;
		if (!is_figure(f) || !(t->scope[scope].given & at))
			continue;
		if (has_bit(t->text + bits_at(t, scope, year), bit) || has_bit(t->table + bits_at(t, scope, year), bit))
			hold_against(t, b, r, f, bits_at(t, scope, year) * 64 + bit);
		if (t->scope[scope].over & at) {
			r->territory = TERRITORY_OVER;
			r->both += stands(f) && has_bit(t->text + bits_at(t, scope, year), bit);
		} else if (r->territory != TERRITORY_OVER) {
			r->territory = TERRITORY_UNDER;
			/* Also what tables of a later body were found to stand for, when it comes again. */
			r->lacked += !(f->flags & FACT_DUPLICATE) && !is_again(t, f, scope, year, bit);
		}
	}
}

void
territory_add(struct territory *t, struct body *b, const struct report *r)
{
	int year = year_of(r);
	uint64_t at = year == NO_PLACE ? 0 : (uint64_t)1 << year;

	for (uint32_t i = 0; at && i < r->n; i++) {
		const struct fact *f = &b->fact[b->order[r->first + i]];
		int scope = scope_of(f);
		struct territory_scope *s = scope == NO_PLACE ? NULL : &t->scope[scope];

		/* Text counts even where tables stand for it, so that it does when it comes again. */
		if (!s || !(stands(f) || (f->origin == ORIGIN_PROSE && is_figure(f))))
			continue;
		if (f->origin == ORIGIN_PAGE) {
			s->reported |= at;
		} else if (is_figure(f)) {
			bool table = f->origin == ORIGIN_TABLE;
			size_t bit = bit_of(t, b, f);

			/* Of text and table the table stands, else what came first. */
			if (!has_bit(t->table + bits_at(t, scope, year), bit) &&
				(table || !has_bit(t->text + bits_at(t, scope, year), bit)))
				t->number[bits_at(t, scope, year) * 64 + bit] = pack_number(f);
			(table ? t->table : t->text)[bits_at(t, scope, year) + bit / 64] |= (uint64_t)1 << bit % 64;
			s->given |= at;
			*(table ? &s->tables : &s->held) |= at;
		}
	}
}

bool
territory_holds(const struct territory *t)
{
	uint64_t text = 0;

	for (int scope = 0; scope < TERRITORY_SCOPES; scope++)
		text |= t->scope[scope].held & ~t->scope[scope].tables;
	return text != 0;
}

bool
territory_displaces(const struct territory *t)
{
	uint64_t over = 0;

	for (int scope = 0; scope < TERRITORY_SCOPES; scope++)
		over |= t->scope[scope].over;
	return over != 0;
}

void
territory_settle(const struct territory *t, struct body *held)
{
	for (size_t i = 0; i < held->nfacts; i++) {
		struct fact *f = &held->fact[i];
		int year = year_of(&held->report[f->report]), scope = scope_of(f);

		if (year == NO_PLACE || scope == NO_PLACE || f->role != ROLE_MAIN ||
			!(t->scope[scope].over >> year & 1))
			continue;
		if (f->origin == ORIGIN_PAGE
				? t->scope[scope].counted >> year & 1
				: (f->indicator && has_bit(t->table + bits_at(t, scope, year), bit_of(t, held, f))))
			f->flags |= FACT_DUPLICATE;
	}
}

void
territory_settled(struct territory *t)
{
	for (int scope = 0; scope < TERRITORY_SCOPES; scope++)
		t->scope[scope].over = t->scope[scope].counted = 0;
}

void
territory_written(struct territory *t)
{
	for (int scope = 0; scope < TERRITORY_SCOPES; scope++) {
		t->scope[scope].written |= t->scope[scope].held;
		t->scope[scope].held = 0;
	}
}
