/* Clauses: which words of a sentence belong to which of its figures. */
#include "figure_parts.h"

/* Where the words before the figure at token t begin: `from`, moved on so that few breaks remain. */
static size_t
clause_start(const struct figures *f, size_t t, size_t from)
{
	size_t breaks = 0, end = f->tokens[t].start;

	for (size_t i = t; i-- > 0 && f->tokens[i].end > from;) {
		if (f->tokens[i].kind != TOKEN_BREAK)
			continue;
		if (++breaks > CLAUSE_BREAKS || end - f->tokens[i].end > CLAUSE_BYTES)
			return f->tokens[i].end;
	}
	return from;
}

/* The last place in s where a word that joins stands; s.n if there is none. */
static size_t
last_and(const struct words *words, struct span s, size_t *length)
{
	size_t last = s.n;

	for (size_t i = 0, n; i < s.n; i += n) {
		n = figure_starts_char(s.p[i]) ? figure_and(words, (struct span){s.p + i, s.n - i}) : 0;
		if (n) {
			*length = n;
			last = i;
		} else {
			n = 1;
		}
	}
	return last;
}

/* Words between two numbers of one clause: which belong to the first, which to the second. */
static void
split_between(const struct words *and, struct span text, struct figure *first, struct figure *second, size_t begin)
{
	size_t start = first->token->end, end = second->token->start;
	struct span words = figure_between(text, start, end);
	size_t length = 3, at;

	if (figure_joint(words, and)) {
		second->before = figure_without_start(words, and);
		return;
	}
	at = span_find(words, SPAN("、"));
	if (at == words.n)
		at = last_and(and, words, &length);
	if (at < words.n) {
		first->after = figure_between(text, start, start + at);
		second->before = figure_between(text, start + at + length, end);
		return;
	}
	/* 举办3期培训班培训127人: a number right behind its verb has its noun behind it. */
	if (first->before.n <= 6 || first->token->start - begin <= 6)
		first->after = words;
	second->before = words;
}

/* The token that closes the bracket opened by token i, if no figure stands in it; else i. */
static size_t
skip_bracket(const struct figures *f, struct span text, size_t i)
{
	if (text.p[f->tokens[i].start] != '(')
		return i;
	for (size_t j = i + 1; j < f->ntokens && !figure_is(&f->tokens[j]); j++)
		if (text.p[f->tokens[j].start] == ')')
			return j;
	return i;
}

/*
 * Where the words after a number end that stands first in its clause (有4件因内容不明确，告知补正): they go
 * on over clauses without a figure, to the next mark but a comma.
 */
static size_t
long_end(const struct figures *f, const struct figure *g, size_t end)
{
	enum { FIRST = 9 };
	size_t breaks = 0, last = end;

	if (g->token->start - g->clause > FIRST || g->after.n == 0 || g->token->relative)
		return 0;
	for (const struct token *t = g->token + 1; t < f->tokens + f->ntokens; t++) {
		if (figure_is(t))
			return breaks > 1 ? last : 0;
		if (t->kind == TOKEN_SEMI || (t->kind == TOKEN_BREAK && ++breaks > 2))
			return t->start;
		if (t->kind == TOKEN_BREAK)
			last = t->start;
	}
	return end;
}

void
figures_clauses(struct figures *f, struct span text, size_t start, size_t end)
{
	size_t from = start; /* where words not yet anyone's begin */
	size_t last_break = start;
	struct figure *previous = NULL; /* in the same clause */

	for (size_t i = 0; i < f->ntokens; i++) {
		const struct token *t = &f->tokens[i];
		struct figure *g;
		size_t closed = t->kind == TOKEN_BREAK ? skip_bracket(f, text, i) : i;

		if (closed != i) {
			i = closed;
			continue;
		}
		if (t->kind == TOKEN_BREAK || t->kind == TOKEN_SEMI) {
			if (previous)
				previous->after = figure_between(text, previous->token->end, t->start);
			if (previous || t->kind == TOKEN_SEMI)
				from = t->end;
			previous = NULL;
			last_break = t->end;
			continue;
		}
		if (!figure_is(t))
			continue;
		g = &f->figure[f->nfigures++];
		*g = (struct figure){.token = t, .clause = last_break, .before = figure_between(text, from, from)};
		g->after = g->before;
		if (previous) {
			split_between(f->words, text, previous, g, last_break);
		} else {
			size_t own = clause_start(f, i, from);

			g->before = figure_tail(figure_between(text, own, t->start), 2 * CLAUSE_BYTES);
		}
		previous = g;
		from = t->end;
	}
	if (previous)
		previous->after = figure_between(text, previous->token->end, end);
	for (size_t i = 0; i < f->nfigures; i++) {
		struct figure *g = &f->figure[i];
		size_t further = long_end(f, g, end);
		struct span stop = further ? figure_between(text, g->token->end, further) : g->after;

		/* 网络申请2件、信函申请: what another item begins with, whose number is lost. */
		if (g->before.n && span_starts(stop, SPAN("、")))
			stop.n = 0;
		while (stop.n && (span_ends(stop, SPAN("。")) || span_ends(stop, SPAN("!")) ||
			span_ends(stop, SPAN("?"))))
			stop.n -= span_ends(stop, SPAN("。")) ? 3 : 1;
		g->after = span_head(figure_without_joints(stop, NULL), CLAUSE_BYTES);
		/* 与上年的38件相比 */
		if (g->after.n && words_match(f->words, g->after, ROLE_COMPARE, &further))
			f->tokens[g->token - f->tokens].relative = true;
		g->before = figure_without_start(g->before, NULL);
	}
}
