/*
 * figure_parts: what the files of figures share: the sentence at hand as figures with the words around each.
 *
 * figure.c takes a text sentence by sentence; figure_clause.c finds the words of each figure, figure_list.c deals out
 * the names of lists (甲、乙分别为3件、5件), which figure_names.c finds, figure_context.c says what a figure is a part of or compared with and hands
 * it over, and figure_text.c writes what is handed over.  figure_span.c cuts spans.
 */
#ifndef FIGURE_PARTS_H
#define FIGURE_PARTS_H

#include "buf.h"
#include "figure.h"
#include "scan.h"

/* How much of what stands before a number belongs to its clause, and of another clause to a context. */
enum { CLAUSE_BREAKS = 5, CLAUSE_BYTES = 360, CONTEXT_BYTES = 180, LIST_NAMES = 32, YEAR_NAME = 16 };

/* A figure of the sentence at hand. */
struct figure {
	const struct token *token;
	size_t clause;             /* where the clause begins in which the number itself stands */
	struct span before, after; /* the words of its clause around the number */
	bool inner;                /* it stands in brackets that were closed */
	/* In a list: what stands before the names, this one, and the noun all of them share. */
	struct span lead, name, tail;
};

struct figures {
	const struct words *words;
	struct token tokens[SCAN_TOKENS];
	struct figure figure[SCAN_TOKENS];
	char made[SCAN_TOKENS][YEAR_NAME]; /* names of figures that do not stand on the page */
	size_t ntokens, nfigures;
	struct buf text;
	struct buf before;  /* naming words of the sentence before */
	unsigned idle;      /* sentences since then without a figure */
};

/* The names of a list. */
struct figure_list {
	struct span name[LIST_NAMES];
	size_t n;
	struct span tail;             /* of the last name, for all */
	char (*made)[YEAR_NAME];      /* for names that stand on the page only as a range: years */
};

/* Whether the token is a figure of its own. */
static inline bool
figure_is(const struct token *t)
{
	return t->kind == TOKEN_FIGURE || t->kind == TOKEN_NONE;
}

/* The part of the text from start to end; empty if that is before it. */
static inline struct span
figure_between(struct span text, size_t start, size_t end)
{
	return (struct span){text.p + start, end > start ? end - start : 0};
}

/* Whether a character begins with the byte. */
static inline bool
figure_starts_char(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

/* figure_span.c */

/* The last bytes of s, from the start of a character on. */
struct span figure_tail(struct span s, size_t most);

/* The length of a word that joins (和, 以及) at the start of s; 0 if none does, or `words` is NULL. */
size_t figure_and(const struct words *words, struct span s);

/* The length of a mark that joins, or ends what stands before, at the start of s, or of a word; or 0. */
size_t figure_joint(struct span s, const struct words *words);

/* s without the marks, and words if they are given, at its start. */
struct span figure_without_start(struct span s, const struct words *words);

/* The same, and without the marks at its end. */
struct span figure_without_joints(struct span s, const struct words *words);

/* figure_clause.c */

/* Finds the words around every figure of the sentence. */
void figures_clauses(struct figures *f, struct span text, size_t start, size_t end);

/* figure_names.c */

/* Exactly n names in the last clause of what stands before 分别, or n years anywhere there; false if there are not. */
bool figure_names(const struct words *words, struct span before, size_t n, struct figure_list *list);

/* The last clause of the words before 分别. */
struct span figure_last_clause(struct span words);

/* 2015, and where 年 ends behind it; 0 if s does not begin with a year. */
unsigned figure_year(struct span s, size_t *end);

/* figure_list.c */

/*
 * Numbers without a unit count in a list only, and take its last unit: 3、5、8件; or, if several have labels of their own
 * (部分公开:0,不予公开:1), each without one.  A line that is a label and its number (现行有效件数:17) is one of a list whose
 * other items stand on lines of their own.
 */
void figures_settle_bare(struct figures *f, struct span text);

/* Whether a colon stands right before the number, as between a label and its number. */
bool figure_is_labelled(const struct token *t, struct span text);

/* Pairs the names before 分别 at token e with the numbers after it; without a pairing none has a value. */
void figures_distribute(struct figures *f, struct span text, size_t e);

/* figure_context.c */

/* Hands over the figures of the sentence, each with what governs it. */
void figures_hand_over(struct figures *f, const struct record *rec, struct span text,
	figure_take *take, void *context);

/* figure_text.c */

/* Adds text with commas made wide and the signs of a figure's own text made others. */
void figure_add_text(struct buf *out, struct span s);

/* The words that name a figure, without its number. */
void figure_add_naming(struct buf *out, const struct figure *g);

/* The same as a context: behind it stands what parts contexts from each other. */
void figure_add_context(struct buf *out, const struct figure *g);

/* The clause of the figure itself, its number in its signs. */
void figure_add_own(struct buf *out, struct span text, const struct figure *g);

#endif
