/*
 * prose: what the figures of sentences count.
 *
 * A figure's text is its clause with the number in 【】 and, before it, the words of the clauses that
 * govern it, each ended by │ (normalize(1)).  Meanings are rows of forms/phrases.csv: patterns over that
 * text.  Words that a pattern cannot do without are looked up in one pass first, so that only the few
 * patterns that may match are tried.
 */
#ifndef PROSE_H
#define PROSE_H

#include "facts.h"
#include "form/form.h"
#include "identity/identity.h"
#include "page.h"

struct prose;

/* NULL, said with file and line, when the table is broken: status 2. */
struct prose *prose_new(const char *dir, const struct form_book *book,
	const struct identity_finder *finder);
void prose_free(struct prose *p);

/* Adds the facts of all figures.  form: of the page, or NO_FORM. */
void prose_read(struct prose *p, const struct page *page, const struct identity *identity,
	uint16_t form, struct facts *out);

/* One meaning of a figure. */
struct meaning {
	const struct form_row *row;
	uint16_t column; /* as fact.column */
	uint16_t phrase; /* the line of phrases.csv that says so */
	bool leans;      /* only what governs the clause lets it say so */
};

enum { MOST_MEANINGS = 8 };

/*
 * What the figure counts in a report of this form and year (0: not known): up to MOST_MEANINGS, usually
 * one, several for 无行政复议和行政诉讼; 0 if nothing is known of it.
 */
size_t prose_meanings(struct prose *p, struct span text, struct span value, struct span unit,
	uint16_t form, int year, struct meaning meaning[MOST_MEANINGS]);

/* How often a pattern was given up because of its match limit. */
size_t prose_limited(const struct prose *p);

#endif
