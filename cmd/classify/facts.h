/*
 * facts: what one page says, gathered until the page is understood, then written (xxgk-records(5)).
 */
#ifndef FACTS_H
#define FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "form/form.h"
#include "page.h"
#include "span.h"

enum origin { ORIGIN_TABLE, ORIGIN_PROSE, ORIGIN_PAGE, ORIGINS };
enum role { ROLE_NONE, ROLE_MAIN, ROLE_SECOND, ROLES };

/* As the columns origin and role print them. */
extern const char *const fact_origins[ORIGINS];
extern const char *const fact_roles[ROLES];

#define NO_ITEM UINT32_MAX

/* Values of fact.column that are no place in forms->column. */
enum { COLUMN_VALUE = UINT16_MAX, COLUMN_PERCENT = UINT16_MAX - 1, COLUMN_GROWTH = UINT16_MAX - 2 };

struct fact {
	const struct form_row *row; /* NULL: not understood */
	struct span unit;           /* p NULL: the item's */
	uint32_t item;              /* where the number stands */
	uint32_t label, head;       /* items whose words name it; NO_ITEM: none */
	uint32_t instead;           /* facts.value that stands for the item's value and state, or NO_ITEM */
	uint16_t column;            /* forms->column, or COLUMN_… */
	uint16_t period;            /* facts.period, or 0: the report's year */
	uint16_t form;              /* edition, or NO_FORM: the report's */
	uint8_t origin, role, grid, match;
	uint8_t scope;              /* enum scope; SCOPE_NONE: the report's */
	bool statutory;             /* stands in a table of the form */
	uint16_t phrase;            /* the line of forms/phrases.csv that says so, or 0 */
};

enum { NO_FORM = UINT16_MAX };

struct fact_value {
	struct span value;
	uint8_t state;
};

struct facts {
	struct fact *fact;
	size_t n, cap;
	struct span *period; /* [0] is empty */
	size_t nperiods, periods_cap;
	struct fact_value *value;
	size_t nvalues, values_cap;
	struct buf **text; /* blocks that hold periods and values */
	size_t ntexts, texts_cap;
	struct role_slot *slot; /* facts_roles */
	size_t slots;
	uint32_t page;
};

/* Adds a fact and returns it, to be filled in before the next is added. */
struct fact *facts_add(struct facts *f, uint32_t item, enum origin origin);

/* What it counts is not known after all: its number and unit are those of the page again. */
void facts_forget(struct fact *fact);

/* The number of a period text in f->period, added if it is new. */
uint16_t facts_period(struct facts *f, struct span text);

/* A value in place of an item's; the text is copied. */
uint32_t facts_value(struct facts *f, struct span value, enum state state);

/*
 * Gives the fact its form's unit, the number in the cell having the unit `has`: money in 元 where the form
 * says 万元, and the other way round, is converted exactly, or else keeps the unit it has.
 */
void facts_set_unit(struct facts *f, struct fact *fact, const struct item *item, const struct units *units,
	struct span unit, struct span has);

/* Whether the fact has a number. */
bool facts_is_number(const struct facts *f, const struct page *page, const struct fact *fact);

/* Whether both have the same number, or both none. */
bool facts_same_value(const struct facts *f, const struct page *page, const struct fact *a,
	const struct fact *b);

/*
 * Decides for each indicator, column and scope which fact is the one the report gives: a number of the
 * statutory table before another table's, before prose, before a statutory cell without a number.  False
 * if tables of one form say different things of one: then which it is was not decided by what they say.
 */
bool facts_roles(struct facts *f, const struct forms *forms, const struct page *page,
	uint8_t report_scope);

void facts_reset(struct facts *f);
void facts_release(struct facts *f);

#endif
