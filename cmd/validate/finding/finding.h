/*
 * finding: a failed check, said on standard error and written to --findings.
 */
#ifndef FINDING_H
#define FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "body/body.h"
#include "decimal.h"
#include "rules/rules.h"
#include "verdicts.h"

struct finding {
	uint32_t rule;
	uint32_t fact;            /* where it stands: the first cell of the left side */
	bool left_known, right_known;
	struct decimal_sum left, right;
	struct span message, repair;
};

enum finding_lang { LANG_EN, LANG_ZH };

/* How many findings, of which severity up, are too many. */
struct threshold {
	enum severity from;
	uint64_t n; /* 0: no number is */
};

struct findings {
	const struct rules *rules;
	struct writer *out;        /* --findings, or NULL */
	bool fingerprints;         /* one column more */
	struct threshold threshold;
	struct verdicts *verdicts; /* its own, or NULL */
	/* Counted: */
	uint64_t written[SEVERITIES], judged;
	/* own */
	struct buf text;
	uint64_t *said; /* fingerprints of the body at hand; 0: free */
	size_t nsaid, said_size;
};

/* Writes the header line. */
void findings_header(struct findings *f);

/* The user's verdict on it. */
enum verdict findings_verdict(struct findings *f, struct body *b, const struct finding *finding);

/* Notes it; false if the same was noted of this body before: the report, the check, the cell and both sides. */
bool findings_first(struct findings *f, struct body *b, const struct finding *finding);

/* The body at hand is done. */
void findings_forget(struct findings *f);

/* Says and writes it. */
void findings_raise(struct findings *f, struct body *b, const struct finding *finding);

/* Whether as many were raised as the threshold says. */
bool findings_failed(const struct findings *f);

void findings_release(struct findings *f);

#endif
