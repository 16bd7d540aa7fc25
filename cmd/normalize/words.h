/*
 * words: the words that make, mark or unmake a quantity, from common/tables/forms/{units,numberwords,
 * zero,marks}.csv, in one trie; and the numerals.
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
#include "utf8.h"

/*
 * What a word does; it may do several things.  A constant of an enum is an int and holds no more than 31 of them.
 */
#define ROLE(bit) (UINT64_C(1) << (bit))
#define ROLE_UNIT         ROLE(0)   /* stands after a number and makes it a quantity */
#define ROLE_NOT_UNIT     ROLE(1)   /* stands after a number that is none: year, day, article */
#define ROLE_ABOUT_BEFORE ROLE(2)   /* about, nearly, over */
#define ROLE_ABOUT_AFTER  ROLE(3)   /* or so, at least */
#define ROLE_UP           ROLE(4)   /* growth */
#define ROLE_DOWN         ROLE(5)   /* growth below zero */
#define ROLE_LEVEL        ROLE(6)   /* a level reached by growing, which is no growth */
#define ROLE_CHANGE       ROLE(7)   /* a growth without digits: value and unit stand in the table */
#define ROLE_PARTS        ROLE(8)   /* what follows are parts of what was said before */
#define ROLE_COMPARE      ROLE(9)   /* a number later in the clause is what another is compared with */
#define ROLE_EACH         ROLE(10)  /* the names before and the numbers after go together in order */
#define ROLE_STRONG       ROLE(11)  /* a number after it is a quantity without a unit, too */
#define ROLE_FILLER       ROLE(12)  /* may stand between a growth, or a word for about, and its number */
#define ROLE_NOT_BEFORE   ROLE(13)  /* a number right after it is no quantity */
#define ROLE_CODE         ROLE(14)  /* a number without unit later in the clause is a code: telephone, postcode */
#define ROLE_RATE         ROLE(15)  /* per day, per month: a number later in the clause is no count */
#define ROLE_VAGUE        ROLE(16)  /* some tens, some hundreds: a numeral without a value */
#define ROLE_RANGE        ROLE(17)  /* from ... to */
#define ROLE_IDIOM        ROLE(18)  /* a set phrase; its numerals are no numbers */
#define ROLE_NONE         ROLE(19)  /* says that there is none of what the clause names */
#define ROLE_NONE_FREE    ROLE(20)  /* so too, with nothing else but an object after it */
#define ROLE_OBJECT       ROLE(21)  /* what there may be none of */
#define ROLE_UNLESS       ROLE(22)  /* between such a word and its object: nothing is said about a number */
#define ROLE_NONE_WHOLE   ROLE(23)  /* a whole cell of this is zero */
#define ROLE_MARK         ROLE(24)  /* a whole cell of this gives no number on purpose */
#define ROLE_NOT_CHINESE  ROLE(25)  /* a Chinese numeral right after it is no number */
#define ROLE_ABOUT_INSIDE ROLE(26)  /* and more, between number and unit */
#define ROLE_NONE_EITHER  ROLE(27)  /* ROLE_NONE whose object may stand before it, too */
#define ROLE_HOPE         ROLE(28)  /* what is said of none later in the clause is wished, or a condition */
#define ROLE_NONE_END     ROLE(29)  /* such a word at the end of a clause, its object before it */
#define ROLE_TAIL         ROLE(30)  /* a noun that ends a list of names and belongs to each */
#define ROLE_AND          ROLE(31)  /* joins two names or numbers: 和, 以及 */
#define ROLE_POINT        ROLE(32)  /* between the whole and the parts of a number in numerals: 点 */
#define ROLE_SHARE        ROLE(33)  /* before so many of a hundred or a thousand: 百分之; `unit` is the sign for it */
#define ROLE_SOME         ROLE(34)  /* in a number for a digit that is not said: 几 */
#define ROLE_TOTAL        ROLE(35)  /* stands before the number that a whole cell is: 共 */

/* Roles of words that are looked for in one place: behind a number, in a list, as a whole cell. */
#define ROLES_PLACED                                                                               \
	(ROLE_UNIT | ROLE_NOT_UNIT | ROLE_ABOUT_AFTER | ROLE_ABOUT_INSIDE | ROLE_RANGE | ROLE_NONE_WHOLE | ROLE_MARK | \
		ROLE_TAIL | ROLE_AND | ROLE_POINT | ROLE_SHARE | ROLE_SOME | ROLE_TOTAL)

/* Roles of words that are a quantity, or none of something, by themselves. */
#define ROLES_FIGURE (ROLE_VAGUE | ROLE_CHANGE | ROLE_NONE | ROLE_NONE_EITHER | ROLE_NONE_FREE | ROLE_NONE_END)

/* Roles of words that say something about what stands behind the end of their clause, too. */
#define ROLES_LASTING (ROLE_PARTS | ROLE_EACH)

enum unit_kind { UNIT_COUNT, UNIT_MONEY, UNIT_PERCENT, UNIT_POINT, UNIT_TIMES, UNIT_MEASURE };

struct word {
	uint64_t roles;
	struct span unit;     /* ROLE_UNIT: as it is written out; ROLE_CHANGE, ROLE_SHARE: that of the value */
	int shift;            /* ROLE_UNIT: the power of ten the number is multiplied by */
	enum unit_kind kind;
	struct decimal value; /* ROLE_CHANGE */
};

struct words;

/* Loads the tables, `dir` as --tables gives it; NULL, said on standard error, if one cannot be used. */
struct words *words_load(const char *dir);
void words_free(struct words *w);

/* The longest word at the start of s that has one of the roles; its length to *n.  NULL if there is none. */
const struct word *words_match(const struct words *w, struct span s, uint64_t roles, size_t *n);

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
	CLASS_ARTICLE = 128, /* a numeral that is an article as well: 一 */
};

/* The first character of s, not empty, and its bytes; one outside the basic plane, of which no word is, as 0. */
static inline uint32_t
words_rune(struct span s, size_t *n)
{
	uint32_t rune = utf8_rune(s, n);

	return rune > 0xffff ? 0 : rune;
}

/* The classes of the first character of s. */
unsigned words_class(const struct words *w, struct span s);

/* The Chinese numerals, lent. */
const struct numerals *words_numerals(const struct words *w);

/* The classes of the characters of the basic plane, 0x10000 of them, lent. */
const unsigned char *words_classes(const struct words *w);

/* A clause without a character of these may be passed over. */
#define CLASSES_STOP ((unsigned)(CLASS_NUMBER | CLASS_BREAK | CLASS_FIGURE | CLASS_LASTING | CLASS_ACROSS))

/*
 * By the first byte of a character and the low six bits of its second a bit for each third: whether it is of one of these
 * classes, or has not three bytes.  The bits of Chinese text stand close together, where its classes would fill the
 * processor's first cache.
 */
struct stops {
	uint64_t bits[256 << 6];
};

/* Lent. */
const struct stops *words_stops(const struct words *w);

/* Whether a clause may not be passed over at the character at p, of which three bytes may be read. */
static inline bool
stops_at(const struct stops *stops, const unsigned char *p)
{
	return stops->bits[p[0] << 6 | (p[1] & 0x3f)] >> (p[2] & 0x3f) & 1;
}

#endif
