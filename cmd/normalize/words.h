/*
 * words: the words that make, mark or unmake a quantity, from common/tables/forms/{units,numberwords,
 * zero}.csv, in one trie; and the numerals.
 *
 * Looking up is bounded by the longest word, so a scan that looks at every character is linear.  Text is
 * folded and so UTF-8; at the end of a span that cuts a character nothing is read behind it.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "decimal.h"
#include "numerals.h"
#include "span.h"

/* What a word does; it may do several things. */
enum role {
	ROLE_UNIT = 1 << 0,         /* stands after a number and makes it a quantity */
	ROLE_NOT_UNIT = 1 << 1,     /* stands after a number that is none: year, day, article */
	ROLE_ABOUT_BEFORE = 1 << 2, /* about, nearly, over */
	ROLE_ABOUT_AFTER = 1 << 3,  /* or so, at least */
	ROLE_UP = 1 << 4,           /* growth */
	ROLE_DOWN = 1 << 5,         /* growth below zero */
	ROLE_LEVEL = 1 << 6,        /* a level reached by growing, which is no growth */
	ROLE_CHANGE = 1 << 7,       /* a growth without digits: value and unit stand in the table */
	ROLE_PARTS = 1 << 8,        /* what follows are parts of what was said before */
	ROLE_COMPARE = 1 << 9,      /* a number later in the clause is what another is compared with */
	ROLE_EACH = 1 << 10,        /* the names before and the numbers after go together in order */
	ROLE_STRONG = 1 << 11,      /* a number after it is a quantity without a unit, too */
	ROLE_FILLER = 1 << 12,      /* may stand between a growth, or a word for about, and its number */
	ROLE_NOT_BEFORE = 1 << 13,  /* a number right after it is no quantity */
	ROLE_CODE = 1 << 14,        /* a number without unit later in the clause is a code: telephone, postcode */
	ROLE_RATE = 1 << 15,        /* per day, per month: a number later in the clause is no count */
	ROLE_VAGUE = 1 << 16,       /* some tens, some hundreds: a numeral without a value */
	ROLE_RANGE = 1 << 17,       /* from ... to */
	ROLE_IDIOM = 1 << 18,       /* a set phrase; its numerals are no numbers */
	ROLE_NONE = 1 << 19,        /* says that there is none of what the clause names */
	ROLE_NONE_FREE = 1 << 20,   /* so too, with nothing else but an object after it */
	ROLE_OBJECT = 1 << 21,      /* what there may be none of */
	ROLE_UNLESS = 1 << 22,      /* between such a word and its object: nothing is said about a number */
	ROLE_NONE_WHOLE = 1 << 23,  /* a whole cell of this is zero */
	ROLE_MARK = 1 << 24,        /* a whole cell of this gives no number on purpose */
	ROLE_NOT_CHINESE = 1 << 25, /* a Chinese numeral right after it is no number */
	ROLE_ABOUT_INSIDE = 1 << 26, /* and more, between number and unit */
	ROLE_NONE_EITHER = 1 << 27, /* ROLE_NONE whose object may stand before it, too */
	ROLE_HOPE = 1 << 28,        /* what is said of none later in the clause is wished, or a condition */
	ROLE_NONE_END = 1 << 29,    /* such a word at the end of a clause, its object before it */
	ROLE_TAIL = 1 << 30,        /* a noun that ends a list of names and belongs to each */
};

/* Joins two names or numbers: 和, 以及.  No constant of an enum is that large. */
#define ROLE_AND ((uint32_t)1 << 31)

/* Roles of words that are looked for in one place: behind a number, in a list, as a whole cell. */
#define ROLES_PLACED                                                                               \
	(ROLE_UNIT | ROLE_NOT_UNIT | ROLE_ABOUT_AFTER | ROLE_ABOUT_INSIDE | ROLE_RANGE | ROLE_NONE_WHOLE | ROLE_MARK | \
		ROLE_TAIL | ROLE_AND)

/* Roles of words that are a quantity, or none of something, by themselves. */
enum {
	ROLES_FIGURE = ROLE_VAGUE | ROLE_CHANGE | ROLE_NONE | ROLE_NONE_EITHER | ROLE_NONE_FREE | ROLE_NONE_END,
};

/* Roles of words that say something about what stands behind the end of their clause, too. */
enum {
	ROLES_LASTING = ROLE_PARTS | ROLE_EACH,
};

enum unit_kind { UNIT_COUNT, UNIT_MONEY, UNIT_PERCENT, UNIT_POINT, UNIT_TIMES, UNIT_MEASURE };

struct word {
	uint32_t roles;
	struct span unit;     /* ROLE_UNIT: as it is written out; ROLE_CHANGE: the unit of value */
	int shift;            /* ROLE_UNIT: the power of ten the number is multiplied by */
	enum unit_kind kind;
	struct decimal value; /* ROLE_CHANGE */
};

struct words;

/* Loads the tables, `dir` as --tables gives it; NULL, said on standard error, if one cannot be used. */
struct words *words_load(const char *dir);
void words_free(struct words *w);

/* The longest word at the start of s that has one of the roles; its length to *n.  NULL if there is none. */
const struct word *words_match(const struct words *w, struct span s, uint32_t roles, size_t *n);

/* False if no word of two characters or more that begins with `first` goes on as `rest`, nor one is `first` alone. */
bool words_goes_on(const struct words *w, uint32_t first, struct span rest);

/* What may begin with a character. */
enum {
	CLASS_WORD = 1,   /* a word of the tables that may stand anywhere */
	CLASS_NUMBER = 2, /* digits and numerals */
	CLASS_BREAK = 4,  /* marks between clauses and sentences */
	CLASS_PLACED = 8, /* a word of ROLES_PLACED only; a scan passes over it, too */
	CLASS_FIGURE = 16, /* a word of ROLES_FIGURE */
	CLASS_LASTING = 32, /* a word of ROLES_LASTING */
	CLASS_ACROSS = 64, /* a word with a character of CLASS_BREAK in it */
};

/* The classes of the first character of s. */
unsigned words_class(const struct words *w, struct span s);

/* The Chinese numerals, lent. */
const struct numerals *words_numerals(const struct words *w);

/* The classes of the characters of the basic plane, 0x10000 of them, lent. */
const unsigned char *words_classes(const struct words *w);

#endif
