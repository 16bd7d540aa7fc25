/*
 * phrases: the rows of forms/phrases.csv, and which of them a clause may hold.
 *
 * A row says what a figure counts by two expressions, one for its own clause and one for what governs it; rows
 * named {so} hold words for the expressions of others, and rows named @so say how a clause is to be read.
 */
#ifndef PHRASES_H
#define PHRASES_H

#include "form/form.h"
#include "keywords.h"
#include "pattern.h"
#include "table.h"
#include "utf8.h"

/* A count, one for which several rows may hold at once, and a zero, which may be one of several things. */
enum polarity { COUNT, EACH, ZERO };

/* Rows that say how a clause is to be read; the others say what it counts. */
enum reading { READ_GROWTH, READ_SHARE, READ_RATE, READ_PREVIOUS, READ_SINCE, READ_CURRENT,
	READ_PLAN, READ_LEVEL, READ_BARE, READ_SAME, READ_TOTAL, READ_NEW, READ_THERE,
	READ_FROM, READ_AGAINST, READ_SUM, READ_WHOLE, READ_YIELDS, READ_THIS, READ_PART, READ_CAME, READ_WITHIN, READ_BODY, READ_BESIDE, READ_BASE, READ_HOPE, READ_PARTS, READ_INTO,
	READ_INNER, READ_DISPUTES, READ_REVIEWS, READ_APPLICANT,
	READ_GOVERNMENT, READ_DECIDES, READ_ORDINARY, READ_DISCLOSURE, /* in this order: prose_governs */
	READINGS };

/* Classes of words that are looked for beside a year, too, or at the start of a line. */
enum phrase_words {
	PHRASE_THAN, PHRASE_FROM, PHRASE_WHOSE, PHRASE_ONWARD, PHRASE_AHEAD, PHRASE_WAS, PHRASE_UNDER, PHRASE_INDEED,
	PHRASE_THOSE, PHRASE_OURS, PHRASE_BACK, PHRASE_NEWLY, PHRASE_WORDS
};

struct phrase {
	struct span indicator, column, units, own, context;
	enum { GOVERNING, NEAR, STORY, SENTENCE } where; /* the context is looked for */
	int from, until;
	enum polarity polarity;
	size_t line;
	struct pattern *pattern, *context_pattern; /* of own and context; NULL: none */
	uint32_t asked, in; /* bits of forms, the first 32: it was asked if they have the row, and they do */
};

/* The words of a class. */
struct phrase_class {
	struct span *v; /* lent by the table */
	size_t n;
	uint64_t first[UTF8_LETTERS / 64]; /* of which letters of three bytes one of them begins with */
};

/* Sets of phrases are bits, `set` numbers of 64 each (keywords.h). */
struct phrases {
	struct table *table;
	struct phrase *phrase; /* as the rows of the table */
	size_t n, set;
	size_t reading[READINGS]; /* the row of each */
	struct phrase_class words[PHRASE_WORDS];
	struct keywords *keywords;
	struct patterns *patterns;
	uint64_t *counting; /* that count something, be it a number or nothing */
	uint64_t *zero;     /* that hold for no number but 0 */
	struct phrase_unit *unit;
	size_t nunits, units_cap;
	int *turn; /* the years from which phrases hold or hold no more */
	size_t nturns, turns_cap;
};

/* NULL, said with file and line, when the table is broken (status 2). */
struct phrases *phrases_new(const char *dir, const struct forms *forms);
void phrases_free(struct phrases *p);

/* The phrases that count things of this unit ("" too is one); NULL: none does. */
const uint64_t *phrases_of_unit(const struct phrases *p, struct span unit);

/* The bytes of the word of the class that s begins with, or ends with; 0: none. */
size_t phrases_word_at_start(const struct phrases *p, enum phrase_words class, struct span s);
size_t phrases_word_at_end(const struct phrases *p, enum phrase_words class, struct span s);

/* Whether a word of the class stands in s. */
bool phrases_word_within(const struct phrases *p, enum phrase_words class, struct span s);

/* The same number for years in which the same phrases hold; 0: the year is not known. */
unsigned phrases_era(const struct phrases *p, int year);

#endif
