/*
 * place: decides which region is meant, by weighing all a page says of where it is.
 *
 * Candidates come from a name; each clue adds to or takes from those it speaks of.  One candidate
 * must lead by PLACE_LEAD, else none is taken.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "lexicon.h"
#include "span.h"

enum { PLACE_LEAD = 4, PLACE_CANDIDATES = 64, PLACE_CLUES = 96 };

/*
 * What a clue says of a candidate that is the clue's code, lies under it, holds it, or is none of these.
 */
struct weights {
	int8_t same, under, above, apart;
};

enum clue_kind {
	CLUE_TITLE,  /* chain in the title or the issuing body */
	CLUE_CHAIN,  /* chain elsewhere */
	CLUE_PARENT, /* a province or prefecture named in the text */
	CLUE_SITE,   /* whose site it is: SiteName, footer, the title's end */
	CLUE_SITE_ID,
	CLUE_POLICE,
	CLUE_ICP,
	CLUE_PHONE,
	CLUE_POSTCODE,
	CLUE_HOST,
	CLUE_PAGE,    /* the page's own host */
	CLUE_WEBSITE, /* whose site the text says the report is on */
	CLUE_ADDRESS,
	CLUE_SELF, /* 我区: the kind of place the page speaks of as its own */
	CLUE_KINDS
};

struct place_clue {
	enum clue_kind kind;
	struct span codes; /* separated by ';', or empty: then code */
	uint32_t code;
	struct span said; /* as on the page, for the explanation */
	struct weights weights;
};

/* What gave a candidate: codes and hosts alone, a short name beside nothing, a full name. */
enum place_name { PLACE_BY_CODE, PLACE_BY_SHORT, PLACE_BY_NAME };

struct place_candidate {
	uint32_t code;
	const struct region *row; /* by whose name it came */
	int score;
	int seen; /* years between the row's time and the report's: 0 if valid then */
	bool small; /* it has no counties, so its site is of no other place */
	enum place_name name;
};

struct place {
	struct place_candidate candidate[PLACE_CANDIDATES];
	size_t ncandidates;
	struct place_clue clue[PLACE_CLUES];
	size_t nclues;
	size_t of_kind[CLUE_KINDS];
	bool typed; /* the page says what kind of place it is */
	bool told;  /* the name is not that of the heading, nor of who files or publishes, but of the text */
};

void place_reset(struct place *p);

/* Adds a clue; one said before, or more than a page can need, is left out. */
void place_clue(struct place *p, struct place_clue clue);

/* Adds the row as a candidate unless its code is one already. */
void place_candidate(struct place *p, const struct region *row, int year, enum place_name name);

/* Leaves of the candidates those whose names were in use nearest to the year. */
void place_keep_nearest(struct place *p);

/*
 * Scores the candidates, best first.  True if the first is decided: alone under its name and not
 * spoken against, or in the lead with something beyond the name.  A short name alone needs a clue
 * even if it is the only one of its kind, and a candidate that no name gave a strong one or two.
 */
bool place_decide(struct place *p, const struct lexicon *lex, int year, struct buf *explain);

#endif
