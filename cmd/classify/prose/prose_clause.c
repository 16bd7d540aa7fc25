#include "prose_parts.h"

#include "recall.h"

enum { CLAUSES = 2048, LONGEST_CLAUSE = 240 /* bytes */, NOT_THERE = UINT16_MAX };

struct recall *
prose_clauses_new(const struct phrases *phrases)
{
	return recall_new(CLAUSES, LONGEST_CLAUSE, sizeof(struct clause) + phrases->set * sizeof(uint64_t), true);
}

/* The clause, with 1 for each digit of its number if that is nothing but digits and a unit, and not 0. */
static struct span
clause_key(struct prose *p, struct span clause)
{
	size_t from = span_find(clause, SPAN("【")) + sizeof "【" - 1, digits, at;

	if (from >= clause.n)
		return clause;
	digits = span_digits(span_from(clause, from));
	for (at = from + digits; at < clause.n && !is_digit(clause.p[at]) && !span_at(clause, at, SPAN("】")); at++)
		;
	if (at == clause.n || is_digit(clause.p[at]))
		return clause;
	buf_reset(&p->key);
	buf_add_span(&p->key, clause);
	for (at = from; at < from + digits && clause.p[at] == '0'; at++)
		;
	if (at < from + digits)
		memset(p->key.p + from, '1', digits);
	return buf_span(&p->key);
}

void
prose_gather(struct prose *p, struct span clause)
{
	uint16_t place = RECALL_NOWHERE;
	bool fresh = true;

	if (clause.n && clause.p == p->gathered.p && clause.n == p->gathered.n)
		return;
	/* What stands in a figure's text stays as it is, buffers do not. */
	p->gathered = clause.p >= p->item.p && clause.p < p->item.p + p->item.n ? clause : SPAN("");
	if (clause.n <= LONGEST_CLAUSE)
		place = recall_place(p->clauses, clause_key(p, clause), &fresh);
	p->clause = place == RECALL_NOWHERE ? p->other : recall_at(p->clauses, place);
	if (place != RECALL_NOWHERE && !fresh)
		return;
	p->clause->n = 0;
	keywords_find(p->phrases->keywords, clause, p->clause->may);
}

bool
prose_has(struct prose *p, struct pattern *pattern, struct span clause, size_t *at)
{
	struct clause *c = p->clause;
	size_t limited = prose_limited(p), found = NOT_THERE;
	bool there;

	for (size_t i = 0; i < c->n; i++)
		if (c->verdict[i].pattern == pattern->number) {
			if (at && c->verdict[i].at != NOT_THERE)
				*at = c->verdict[i].at;
			return c->verdict[i].at != NOT_THERE;
		}
	there = pattern_found(p->phrases->patterns, pattern, clause, &found);
	/* What was given up on is said of each page. */
	if (c->n < MOST_VERDICTS && pattern->number < UINT16_MAX && clause.n < NOT_THERE && prose_limited(p) == limited)
		c->verdict[c->n++] = (struct verdict){(uint16_t)pattern->number, (uint16_t)found};
	if (there && at)
		*at = found;
	return there;
}

bool
prose_reads(struct prose *p, enum reading r, struct span clause, size_t *at)
{
	size_t row = p->phrases->reading[r];

	return keywords_has(p->clause->may, row) && prose_has(p, p->phrases->phrase[row].pattern, clause, at);
}

bool
prose_reads_in(struct prose *p, enum reading r, struct span clause)
{
	prose_gather(p, clause);
	return prose_reads(p, r, clause, NULL);
}

bool
prose_governs(struct prose *p, const struct span *part, size_t place, enum reading r)
{
	struct governing *g = &p->governing[place];
	uint64_t bit = UINT64_C(1) << r;

	if (!span_eq(g->text, part[place])) {
		/* These are asked of all. */
		*g = (struct governing){part[place], UINT64_C(1) << READ_HOPE | UINT64_C(1) << READ_BODY, 0};
		g->reads |= (uint64_t)prose_reads_in(p, READ_HOPE, part[place]) << READ_HOPE;
		g->reads |= (uint64_t)prose_reads(p, READ_BODY, part[place], NULL) << READ_BODY;
		for (size_t i = READ_GOVERNMENT; i <= READ_DISCLOSURE; i++)
			g->asked |= (uint64_t)!keywords_has(p->clause->may, p->phrases->reading[i]) << i;
	}
	if (!(g->asked & bit)) {
		g->asked |= bit;
		g->reads |= prose_reads_in(p, r, part[place]) ? bit : 0;
	}
	return (g->reads & bit) != 0;
}

size_t
prose_split(struct span text, struct span part[MOST_CONTEXTS])
{
	static const char bar[] = "│";
	size_t n = 0;

	for (;;) {
		size_t at = span_find(text, SPAN("│"));

		if (n == MOST_CONTEXTS) {
			memmove(part, part + 1, (n - 1) * sizeof *part);
			n--;
		}
		part[n++] = prose_upto(text, at);
		if (at == text.n)
			return n;
		text = span_from(text, at + sizeof bar - 1);
	}
}

struct span
prose_through(struct span text, struct span clause)
{
	return (struct span){text.p, (size_t)(clause.p + clause.n - text.p)};
}

/* Leaves out what stands in the brackets that open there and close at the end, but keeps 兼 of 专(兼)职. */
static void
leave_out(struct buf *text, size_t open)
{
	enum { LETTER = 3 };

	if (open == 0 || text->n - open != LETTER + 2) {
		text->n = open;
		return;
	}
	memmove(text->p + open, text->p + open + 1, LETTER);
	text->n = open + LETTER;
}

struct span
prose_without_brackets(struct prose *p, struct span text)
{
	size_t open = text.n;

	if (!text.n || !memchr(text.p, '(', text.n))
		return text;
	buf_reset(&p->plain);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		buf_add_char(&p->plain, c);
		if (c == '(')
			open = p->plain.n - 1;
		else if (c == ')' && open != text.n)
			leave_out(&p->plain, open);
		else if ((unsigned char)c != 0xe3 && (unsigned char)c != 0xe2)
			continue;
		if (c == ')' || span_at(text, i, SPAN("【")) || span_at(text, i, SPAN("│")))
			open = text.n;
	}
	return buf_span(&p->plain);
}

bool
prose_names_nothing(const struct prose *p, struct span clause)
{
	size_t n = 0;

	do {
		clause = span_from(clause, n);
		n = context_length(identity_words(p->finder), CONTEXT_PARTS, clause, 0);
		n = n                                       ? n
		    : span_starts(clause, SPAN("，"))      ? SPAN("，").n
		    : clause.n && (unsigned char)*clause.p < 0x80;
	} while (n);
	return clause.n == 0;
}

struct span
prose_subject(struct prose *p, struct span clause)
{
	size_t at = span_find(clause, SPAN("【")), end = span_find(clause, SPAN("】"));

	buf_reset(&p->text);
	if (at < clause.n) {
		prose_gather(p, clause);
		if (!prose_reads(p, READ_GROWTH, clause, &at) && end < clause.n) {
			buf_add_span(&p->text, prose_upto(clause, at));
			clause = span_from(clause, end + sizeof "】" - 1);
			at = clause.n;
		}
		buf_add_span(&p->text, prose_upto(clause, at));
		buf_add_str(&p->text, "【");
		return buf_span(&p->text);
	}
	if (span_ends(clause, SPAN("。")))
		clause.n -= 3;
	buf_add_span(&p->text, clause);
	buf_add_str(&p->text, "【");
	prose_gather(p, buf_span(&p->text));
	if (prose_reads(p, READ_GROWTH, buf_span(&p->text), &at) || prose_reads(p, READ_SHARE, buf_span(&p->text), &at)) {
		p->text.n = at < clause.n ? at : clause.n;
		buf_add_str(&p->text, "【");
	}
	return buf_span(&p->text);
}
