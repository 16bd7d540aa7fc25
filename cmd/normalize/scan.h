/*
 * scan: a sentence of folded text as the places in it that matter: quantities, words that say there is
 * none, breaks between clauses, and the words that join a number to what it counts.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "cell.h"
#include "span.h"
#include "words.h"

/* A sentence is cut after so many tokens or bytes; what is longer is read as several. */
enum { SCAN_TOKENS = 256, SCAN_BYTES = 8192 };

enum token_kind {
	TOKEN_FIGURE, /* a quantity */
	TOKEN_BARE,   /* digits without a unit, a quantity only in a list that has one at its end */
	TOKEN_NONE,   /* words for zero */
	TOKEN_BREAK,  /* comma, bracket */
	TOKEN_SEMI,   /* semicolon */
	TOKEN_EACH,   /* 分别 */
	TOKEN_PARTS,  /* 其中 */
	TOKEN_DEAD,   /* turned out to be nothing */
};

struct token {
	enum token_kind kind;
	bool relative; /* a share, a growth, a year before: says something about another quantity */
	bool cell;     /* of a word for "none": it stands where a cell of a table may, behind a unit */
	bool vague;    /* a number of words that say none: 数百件, 近百件 */
	size_t start, end; /* in the text */
	struct reading reading; /* of a quantity and of words for zero; of others there is none */
};

/* The length of the comma, of either width, or 、 at i; 0 if none stands there. */
static inline size_t
scan_comma(struct span s, size_t i)
{
	if (i < s.n && s.p[i] == ',')
		return 1;
	return span_at(s, i, SPAN("、")) || span_at(s, i, SPAN("，")) ? 3 : 0;
}

/*
 * Scans text from `at` to the end of the sentence there; returns where the next begins.  *n tokens are
 * written, none at all if no quantity and no word for zero is among them; *stop tells whether the sentence ended by
 * a full stop (or the text), not by a cut.
 */
size_t scan_sentence(const struct words *words, struct span text, size_t at,
	struct token tokens[SCAN_TOKENS], size_t *n, bool *stop);

#endif
