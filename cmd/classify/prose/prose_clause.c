#include "prose_parts.h"

void
prose_gather(struct prose *p, struct span clause)
{
	if (clause.n && clause.p == p->gathered.p && clause.n == p->gathered.n)
		return;
	/* What stands in a figure's text stays as it is, buffers do not. */
	p->gathered = clause.p >= p->item.p && clause.p < p->item.p + p->item.n ? clause : SPAN("");
	p->clause++;
	keywords_find(p->phrases->keywords, clause, p->may);
}

bool
prose_reads(struct prose *p, enum reading r, struct span clause, size_t *at)
{
	size_t row = p->phrases->reading[r];

	return keywords_has(p->may, row) &&
	       pattern_found_in(p->phrases->patterns, p->phrases->phrase[row].pattern, clause, p->clause, at);
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
			g->asked |= (uint64_t)!keywords_has(p->may, p->phrases->reading[i]) << i;
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
