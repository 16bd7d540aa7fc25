#include "facts.h"

#include <stdlib.h>

#include "buf.h"
#include "decimal.h"

const char *const fact_origins[ORIGINS] = {"table", "prose", "page"};
const char *const fact_roles[ROLES] = {"", "main", "second"};

struct fact *
facts_add(struct facts *f, uint32_t item, enum origin origin)
{
	f->fact = grow(f->fact, f->n, &f->cap, sizeof *f->fact);
	f->fact[f->n] = (struct fact){
		.item = item,
		.label = NO_ITEM,
		.head = NO_ITEM,
		.instead = NO_ITEM,
		.column = COLUMN_VALUE,
		.form = NO_FORM,
		.origin = (uint8_t)origin,
		.role = ROLE_SECOND,
	};
	return &f->fact[f->n++];
}

void
facts_forget(struct fact *fact)
{
	fact->row = NULL;
	fact->unit = (struct span){NULL, 0};
	fact->instead = NO_ITEM;
	fact->column = COLUMN_VALUE;
	fact->phrase = fact->period = 0;
	fact->match = MATCH_NONE;
}

/* A copy that does not move while the page lasts; periods and changed values are few. */
static struct span
keep(struct facts *f, struct span s)
{
	struct buf *b;

	if (s.n == 0)
		return (struct span){NULL, 0};
	f->text = grow(f->text, f->ntexts, &f->texts_cap, sizeof *f->text);
	b = xcalloc(1, sizeof *b);
	f->text[f->ntexts++] = b;
	buf_add_span(b, s);
	return buf_span(b);
}

uint16_t
facts_period(struct facts *f, struct span text)
{
	if (text.n == 0)
		return 0;
	if (f->nperiods == 0) {
		f->period = grow(f->period, 0, &f->periods_cap, sizeof *f->period);
		f->period[f->nperiods++] = (struct span){NULL, 0};
	}
	for (size_t i = 1; i < f->nperiods; i++)
		if (span_eq(f->period[i], text))
			return (uint16_t)i;
	/* More periods than that are no report's; the last one stands for them. */
	if (f->nperiods == UINT16_MAX)
		return UINT16_MAX - 1;
	f->period = grow(f->period, f->nperiods, &f->periods_cap, sizeof *f->period);
	f->period[f->nperiods] = keep(f, text);
	return (uint16_t)f->nperiods++;
}

uint32_t
facts_value(struct facts *f, struct span value, enum state state)
{
	f->value = grow(f->value, f->nvalues, &f->values_cap, sizeof *f->value);
	f->value[f->nvalues] = (struct fact_value){keep(f, value), (uint8_t)state};
	return (uint32_t)f->nvalues++;
}

void
facts_set_unit(struct facts *f, struct fact *fact, const struct item *item, const struct units *units,
	struct span unit, struct span has)
{
	char digits[DECIMAL_MAX];
	struct decimal d;
	int to, from;

	fact->unit = unit.n ? unit : SPAN("");
	if (has.n == 0 || span_eq(unit, has) || (item->state != STATE_NUMBER && item->state != STATE_ABOUT))
		return;
	to = units_power(units, unit);
	from = units_power(units, has);
	if (to == UNITS_NO_POWER || from == UNITS_NO_POWER || to == from)
		return;
	if (decimal_parse(item->value, &d) == DECIMAL_GOOD && decimal_shift(d, from - to, &d))
		fact->instead = facts_value(f, (struct span){digits, decimal_format(d, digits)},
			(enum state)item->state);
	else
		fact->unit = has;
}

bool
facts_is_number(const struct facts *f, const struct page *page, const struct fact *fact)
{
	enum state state = fact->instead == NO_ITEM ? (enum state)page->items[fact->item].state
						    : (enum state)f->value[fact->instead].state;

	return state == STATE_NUMBER || state == STATE_ABOUT;
}

static struct span
value_of(const struct facts *f, const struct page *page, const struct fact *fact)
{
	return fact->instead == NO_ITEM ? page->items[fact->item].value : f->value[fact->instead].value;
}

bool
facts_same_value(const struct facts *f, const struct page *page, const struct fact *a,
	const struct fact *b)
{
	return facts_is_number(f, page, a) == facts_is_number(f, page, b) &&
	       span_eq(value_of(f, page, a), value_of(f, page, b));
}

/* Lower is better; 4 is never the main one. */
static unsigned
rank(const struct facts *f, const struct page *page, const struct fact *fact)
{
	if (!fact->row || fact->period || fact->origin == ORIGIN_PAGE)
		return 4;
	if (!facts_is_number(f, page, fact))
		return fact->origin == ORIGIN_TABLE && fact->statutory ? 3 : 4;
	return fact->origin == ORIGIN_PROSE ? 2 : fact->statutory ? 0 : 1;
}

/* The fact that is the main one of an indicator, column and scope so far. */
struct role_slot {
	uint64_t key;
	uint32_t page; /* of which page it is; others are free */
	uint32_t fact;
};

/* Whether two facts for the same differ, in two tables of one form, or two that may have run together. */
static bool
differ(const struct facts *f, const struct page *page, const struct fact *a, const struct fact *b)
{
	const struct item *x = &page->items[a->item], *y = &page->items[b->item];

	return a->row == b->row && a->statutory && b->statutory &&
	       (x->table != y->table || x->row != y->row || x->row == 0) && !facts_same_value(f, page, a, b);
}

bool
facts_roles(struct facts *f, const struct forms *forms, const struct page *page, uint8_t report_scope)
{
	bool apart = true;
	size_t slots = f->slots ? f->slots : 1024;

	while (slots < 2 * f->n)
		slots *= 2;
	if (slots > f->slots || f->page == UINT32_MAX) {
		free(f->slot);
		f->slot = xcalloc(slots, sizeof *f->slot);
		f->slots = slots;
		f->page = 0;
	}
	f->page++;
	for (size_t i = 0; i < f->n; i++) {
		struct fact *fact = &f->fact[i];
		unsigned mine = rank(f, page, fact);
		uint64_t key, hash;

		fact->role = ROLE_SECOND;
		if (mine > 3)
			continue;
		key = (uint64_t)fact->row->same << 24 | (fact->scope ? fact->scope : report_scope);
		key |= (uint64_t)(fact->column < forms->ncolumns ? forms->column[fact->column].same
								 : fact->column) << 8;
		hash = key * UINT64_C(0x9e3779b97f4a7c15);
		for (size_t s = (size_t)(hash >> 32) & (slots - 1);; s = (s + 1) & (slots - 1)) {
			struct role_slot *slot = &f->slot[s];

			if (slot->page != f->page) {
				*slot = (struct role_slot){key, f->page, (uint32_t)i};
				fact->role = ROLE_MAIN;
				break;
			}
			if (slot->key != key)
				continue;
			apart &= !differ(f, page, &f->fact[slot->fact], fact);
			if (mine < rank(f, page, &f->fact[slot->fact])) {
				f->fact[slot->fact].role = ROLE_SECOND;
				fact->role = ROLE_MAIN;
				slot->fact = (uint32_t)i;
			}
			break;
		}
	}
	return apart;
}

void
facts_reset(struct facts *f)
{
	for (size_t i = 0; i < f->ntexts; i++) {
		buf_release(f->text[i]);
		free(f->text[i]);
	}
	f->ntexts = f->n = f->nperiods = f->nvalues = 0;
	if (f->cap > 65536) {
		free(f->fact);
		f->fact = NULL;
		f->cap = 0;
		free(f->slot);
		f->slot = NULL;
		f->slots = 0;
	}
}

void
facts_release(struct facts *f)
{
	facts_reset(f);
	free(f->fact);
	free(f->period);
	free(f->value);
	free(f->text);
	free(f->slot);
	*f = (struct facts){.n = 0};
}
