/*
 * scan_parts: what the files of a scan share: how far it has come, what it remembers, and what each of them asks of the
 * others.  scan.c goes over the text; scan_number.c takes numbers, scan_doubt.c tells which of them cannot be
 * trusted, scan_code.c which digits are none, and scan_word.c takes the words.
 */
#ifndef SCAN_PARTS_H
#define SCAN_PARTS_H

#include "quantity.h"
#include "scan.h"

struct scan {
	const struct words *words;
	struct span text;
	size_t start; /* of the sentence */
	struct token *tokens;
	size_t n;
	bool counts;  /* one of them is a quantity or a word for none */
	bool vague;   /* one of them is a vague number */

	/* Ends of the words of some roles read last: they count for what begins right there. */
	size_t item_end; /* of the number of a list item (1.) */
	size_t ordinal_end; /* of a number that is none, which 、 or 和 may go on: 第十七、十八条 */
	size_t number_start, number_end; /* of the last number without a unit */
	bool number_alone; /* it is one numeral, and may begin a clause or end one */
	bool number_year;  /* it may be a year: 2017，30件 */
	size_t code_end; /* of the last code */
	size_t strong_end, object_end, about_start, about_end, change_end, not_before_end, not_chinese_end;
	int change; /* 1 up, -1 down */
	/* Until the next break: */
	bool code, rate, each, hope, compare;
	/* Of the sentence: numbers and marks that are cells of a table set on a line, their units before them. */
	size_t cells;
	size_t none;           /* place of a TOKEN_NONE that waits for its object, or SIZE_MAX */
	bool none_either, none_object, object_before, unless;
};

/* What codes, addresses and names are made of, and what may stand between two of these. */
static inline bool
scan_is_code(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@' ||
	       c == '#' || c == '&' || c == '=' || c == '?' || c == '%';
}

static inline bool
scan_is_joint(char c)
{
	return c == '.' || c == '-' || c == '/' || c == ':' || c == '*' || c == '~';
}

/* Adds a token of the text from start to end. */
static inline struct token *
scan_add(struct scan *s, enum token_kind kind, size_t start, size_t end)
{
	struct token *t = &s->tokens[s->n++];

	t->kind = kind;
	t->relative = t->cell = t->vague = false;
	t->start = start;
	t->end = end;
	s->counts |= kind == TOKEN_FIGURE || kind == TOKEN_BARE || kind == TOKEN_NONE;
	return t;
}

/* scan_code.c: digits that are no number */

/* The end of the ASCII token (an address, a telephone number, a name) that goes on at i. */
size_t scan_code_end(struct span s, size_t i);

/* Whether the digits at i go on from letters, or after a joint from letters and digits. */
bool scan_inside_code(const struct scan *s, size_t i);

/* Whether s begins with a date as 2019-03-05, as lists of headlines have it behind each. */
bool scan_is_date(struct span s);

/* scan_doubt.c: numbers that are a part of another, or whose sign or point cannot be told */

/* Bytes of the sign before i: only one that growth calls for is one in prose, elsewhere - joins and + adds. */
size_t scan_sign_before(const struct scan *s, size_t i);

/*
 * Whether the number at i goes on from another, which has no unit: 1，23件, 十2件, 2千零5件, 5和8件.  It is part of
 * a number badly written, or one of two that have one unit; in a list (分别为3、5件) it is known which.  Words that end
 * in a numeral (队伍120人) are idioms of the table, and none of them is such a number.
 */
bool scan_is_torn(const struct scan *s, size_t i, bool chinese);

/* Whether the number without a unit that ends at `end` goes on so: it is the part before. */
bool scan_is_torn_ahead(const struct scan *s, size_t end);

/*
 * Whether what stands before the number at i may be a sign of it, or a part, and it cannot be told: a fall of less than
 * nothing (下降-5%), a minus where no growth calls for one, a point without digits before (收费.5万元), and what turns
 * the order of the digits.
 */
bool scan_is_unsure(const struct scan *s, size_t i, size_t sign, const struct quantity *q);

/* scan_number.c: what a number counts, and whether it counts at all */

/* Takes the number at i: returns where to go on. */
size_t scan_take_number(struct scan *s, size_t i);

/* 数百件, 几十条: takes a quantity without a value that begins at start, its first word at i, of n bytes; where to go on. */
size_t scan_take_vague(struct scan *s, size_t start, size_t i, size_t n);

/* Whether nothing more follows in the clause: a break, a stop, or the end. */
bool scan_clause_ends(const struct scan *s, size_t i);

/*
 * Whether a unit ends at i and no number before it: 2.政府网站公开政府信息数条, where the cells of a table stand on one
 * line.
 */
bool scan_unit_ends(const struct scan *s, size_t i);

/* 突破百件，达113件: the vague number is said once more, exactly, and is none of its own. */
void scan_settle_vague(struct scan *s);

/* scan_word.c: what words say of the numbers around them, or that there is none */

/* Takes the word at i, of n bytes and no role of ROLES_PLACED alone; returns where to go on. */
size_t scan_take_word(struct scan *s, const struct word *word, size_t i, size_t n);

/* A word for "none" has its object, or has none and is nothing. */
void scan_settle_none(struct scan *s);

#endif
