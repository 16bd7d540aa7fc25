/*
 * context: words that mean something only beside what has been found already, so that no automaton looks for them.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "table.h"

/* What a word of regions/context.csv is for, by its column `role`; the last are of another table. */
enum context_role {
	CONTEXT_GOVERNMENT, /* behind a place: its government, in the order of preference for a name */
	CONTEXT_OFFICE,     /* behind a place: the office of its government */
	CONTEXT_OPENS,      /* before a full name of two characters, which is a name behind it */
	CONTEXT_STOPS,      /* the name of who compiled ends here: 由…负责 */
	CONTEXT_EXCEPTS,    /* before what was compiled: it was not, 不含各县 */
	CONTEXT_ACTS,       /* behind a year and a name: what the body did in it, 认真贯彻 */
	CONTEXT_MADE,       /* behind 编制: it was this report, 编制本报告 */
	CONTEXT_BARE,       /* ends what is a body's name though no place stands in it: 财政局 */
	CONTEXT_INNER,      /* a part of a body, which is the whole of what a label says: 秘书科 */
	CONTEXT_KEEPER,     /* in the name of who publishes for others: 融媒体中心 */
	CONTEXT_PATH,       /* begins the line that says where on the site the page stands: 当前位置 */
	CONTEXT_DEPARTMENTS, /* in the name of a column that holds the reports of many: 县直部门 */
	CONTEXT_TOWNS,      /* the same: 乡镇 */
	CONTEXT_PRONOUN,    /* at the start of a name: it is none, 我局 */
	CONTEXT_OF_YEAR,    /* behind a year: it goes on, 2017年以来 */
	CONTEXT_COUNTED,    /* behind four digits: they are no year, 2017条 */
	CONTEXT_PERIOD,     /* before a period: it is that of the report, 统计 */
	CONTEXT_RANGE,      /* from here on those of forms/numberwords.csv: between two dates */
	CONTEXT_EACH,       /* names and numbers go together in order: 分别 */
	CONTEXT_ROLES
};

struct context {
	struct table *table, *numberwords;
	struct context_words {
		struct span *v; /* in the order of the table */
		size_t n;
	} of[CONTEXT_ROLES];
	struct span *words; /* what the lists are parts of */
};

/* False, said, if the table is broken.  The words are lent until context_release. */
bool context_load(struct context *c, const char *dir);
void context_release(struct context *c);

/* The first word of the role at that place of the text, by its number; the number there are if none is. */
size_t context_at(const struct context *c, enum context_role role, struct span text, size_t at);

/* The bytes of that word; 0 if there is none. */
static inline size_t
context_length(const struct context *c, enum context_role role, struct span text, size_t at)
{
	size_t k = context_at(c, role, text, at);

	return k < c->of[role].n ? c->of[role].v[k].n : 0;
}

/* True if the text holds, is, or ends in a word of the role. */
bool context_within(const struct context *c, enum context_role role, struct span text);
bool context_is(const struct context *c, enum context_role role, struct span text);
bool context_ends(const struct context *c, enum context_role role, struct span text);

#endif
