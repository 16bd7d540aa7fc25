#include "facts.h"

#include <stdlib.h>

#include "buf.h"

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
facts_value(struct facts *f, struct span value, struct span unit, enum state state)
{
	f->value = grow(f->value, f->nvalues, &f->values_cap, sizeof *f->value);
	f->value[f->nvalues] = (struct fact_value){keep(f, value), keep(f, unit), (uint8_t)state};
	return (uint32_t)f->nvalues++;
}

static bool
is_number(const struct facts *f, const struct page *page, const struct fact *fact)
{
	enum state state = fact->instead == NO_ITEM ? (enum state)page->items[fact->item].state
						    : (enum state)f->value[fact->instead].state;

	return state == STATE_NUMBER || state == STATE_ABOUT;
}

/* Lower is better; 4 is never the main one. */
static unsigned
rank(const struct facts *f, const struct page *page, const struct fact *fact)
{
	if (!fact->row || fact->period || fact->origin == ORIGIN_PAGE)
		return 4;
	if (!is_number(f, page, fact))
		return fact->origin == ORIGIN_TABLE && fact->statutory ? 3 : 4;
	return fact->origin == ORIGIN_PROSE ? 2 : fact->statutory ? 0 : 1;
}

static struct span
column_name(const struct form_book *book, uint16_t column)
{
	switch (column) {
	case COLUMN_VALUE:
		return SPAN("value");
	case COLUMN_PERCENT:
		return SPAN("percent");
	case COLUMN_GROWTH:
		return SPAN("growth");
	default:
		return book->forms->column[column].column;
	}
}

static uint64_t
mix(uint64_t h, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return h;
}

void
facts_roles(struct facts *f, const struct form_book *book, const struct page *page,
	uint8_t report_scope)
{
	size_t slots = 256;

	while (slots < 2 * f->n)
		slots *= 2;
	if (slots > f->slots) {
		f->slots = slots;
		free(f->slot);
		f->slot = xreallocarray(NULL, slots, sizeof *f->slot);
	}
	for (size_t i = 0; i < slots; i++)
		f->slot[i] = NO_ITEM;
	for (size_t i = 0; i < f->n; i++) {
		struct fact *fact = &f->fact[i];
		unsigned mine = rank(f, page, fact);
		struct span column;
		uint8_t scope;
		uint64_t h;

		if (mine > 3)
			continue;
		column = column_name(book, fact->column);
		scope = fact->scope ? fact->scope : report_scope;
		h = mix(mix(UINT64_C(0xcbf29ce484222325) ^ scope, fact->row->indicator), column);
		h ^= h >> 31;
		for (size_t s = (size_t)h & (slots - 1);; s = (s + 1) & (slots - 1)) {
			struct fact *main;

			if (f->slot[s] == NO_ITEM) {
				f->slot[s] = (uint32_t)i;
				fact->role = ROLE_MAIN;
				break;
			}
			main = &f->fact[f->slot[s]];
			if (!span_eq(main->row->indicator, fact->row->indicator) ||
				(main->scope ? main->scope : report_scope) != scope ||
				!span_eq(column_name(book, main->column), column))
				continue;
			if (mine < rank(f, page, main)) {
				main->role = ROLE_SECOND;
				fact->role = ROLE_MAIN;
				f->slot[s] = (uint32_t)i;
			}
			break;
		}
	}
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
