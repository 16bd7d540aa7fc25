/*
 * evidence: what a phone's area code, a postcode, a host, a filing number say of a place
 * (common/tables/regions/evidence.csv and icp.csv).
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

struct evidence;

enum evidence_kind { EVIDENCE_PHONE, EVIDENCE_POSTCODE, EVIDENCE_HOST, EVIDENCE_ICP };

/* What a key says: a division that is, or lies under, one of the codes. */
struct clue {
	struct span codes; /* separated by ';' */
	struct span key;   /* that was found: of a host its longest known suffix, or the label before that */
	int weight;
};

/* NULL, said, if a table cannot be used. */
struct evidence *evidence_load(const char *dir);
void evidence_free(struct evidence *e);

/*
 * Looks up a key: an area code with its 0; a postcode or its first three or four digits; a host;
 * the character before ICP.  False if nothing is known of it.
 */
bool evidence_find(
	const struct evidence *e, enum evidence_kind kind, struct span key, struct clue *clue);

#endif
