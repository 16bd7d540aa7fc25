#include "prose_parts.h"

#include "recall.h"

enum {
	TEXTS = 2048,
	LONGEST_KEY = 240, /* bytes */
	MOST_KEPT = 2,     /* meanings */
};

/* What is known of a text. */
struct kept {
	uint8_t n;      /* meanings; 0: none is kept */
	bool with_text; /* it hangs on the clauses that govern the own one, too: the text of all has the meanings */
	struct meaning meaning[MOST_KEPT];
};

struct recall *
prose_recall_new(void)
{
	return recall_new(TEXTS, LONGEST_KEY, sizeof(struct kept), true);
}

/*
 * The text up to the end of its own clause, each digit of its number written as 1, and what else the answer hangs
 * on; empty if the number is not digits and a unit.  phrases.csv promises that no more is read of a number than
 * whether it is 0, and how long it is (tests/unit/phrases.c holds it to that).
 */
static struct span
key_of(struct prose *p, struct span text, struct span own, const struct asked *asked)
{
	size_t open = span_find(own, SPAN("【")), close = span_find(own, SPAN("】"));
	uint16_t rest[] = {asked->form, (uint16_t)phrases_era(p->phrases, asked->year), asked->zero};
	char *digit;

	if (text.n > LONGEST_KEY - sizeof rest || close == own.n || !asked->unit.n ||
		open + 3 + asked->unit.n >= close || !span_ends(prose_upto(own, close), asked->unit))
		return SPAN("");
	buf_reset(&p->key);
	buf_add_span(&p->key, text);
	digit = p->key.p + (own.p - text.p) + open + 3;
	for (size_t i = 0; i < close - asked->unit.n - open - 3; i++) {
		if (digit[i] < '0' || digit[i] > '9')
			return SPAN("");
		digit[i] = asked->zero ? '0' : '1';
	}
	buf_add(&p->key, (const char *)rest, sizeof rest);
	return buf_span(&p->key);
}

static struct kept *
kept_of(struct prose *p, struct span key)
{
	bool fresh;
	uint16_t place = recall_place(p->recall, key, &fresh);
	struct kept *kept = place == RECALL_NOWHERE ? NULL : recall_at(p->recall, place);

	if (kept && fresh)
		*kept = (struct kept){.n = 0};
	return kept;
}

size_t
prose_recall(struct prose *p, struct span text, struct span own, const struct asked *asked,
	struct meaning meaning[MOST_MEANINGS])
{
	struct kept *kept = kept_of(p, key_of(p, own, own, asked));

	p->kept_own = kept;
	p->kept_text = NULL;
	if (kept && kept->with_text)
		kept = p->kept_text = kept_of(p, key_of(p, text, own, asked));
	if (!kept)
		return 0;
	memcpy(meaning, kept->meaning, sizeof kept->meaning);
	return kept->n;
}

void
prose_keep(struct prose *p, const struct meaning *meaning, size_t n)
{
	struct kept *kept = p->looked == LOOKED_OWN ? p->kept_own : p->looked == LOOKED_TEXT ? p->kept_text : NULL;

	if (p->kept_own && p->looked == LOOKED_TEXT)
		p->kept_own->with_text = true;
	if (!kept || n > MOST_KEPT)
		return;
	kept->n = (uint8_t)n;
	memcpy(kept->meaning, meaning, n * sizeof *meaning);
}
