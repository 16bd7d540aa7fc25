/* Contexts: what figures are parts of, or say something about. */
#include "figure_parts.h"

/* The last figure before figure k that counts something by itself; SIZE_MAX if there is none. */
static size_t
counted_before(const struct figures *f, size_t k)
{
	while (k-- > 0)
		if (!f->figure[k].token->relative && !f->figure[k].inner)
			return k;
	return SIZE_MAX;
}

/* The first figure of the sentence that counts by itself, else the first; there is one. */
static size_t
first_counted(const struct figures *f)
{
	for (size_t k = 0; k < f->nfigures; k++)
		if (!f->figure[k].token->relative)
			return k;
	return 0;
}

/* True if 其中 stands between the figure before k (or the start) and k. */
static bool
begins_parts(const struct figures *f, size_t k)
{
	size_t from = k > 0 ? (size_t)(f->figure[k - 1].token - f->tokens) + 1 : 0;

	for (size_t i = from; &f->tokens[i] < f->figure[k].token; i++)
		if (f->tokens[i].kind == TOKEN_PARTS)
			return true;
	return false;
}

/* The words before 其中 that name a whole without a number: 设有查阅点，其中市级1个. */
static struct span
unnumbered_whole(const struct figures *f, struct span text, size_t k)
{
	const struct figure *g = &f->figure[k];
	size_t start = (size_t)(g->before.p - text.p);

	for (const struct token *t = f->tokens; t < g->token; t++)
		if (t->kind == TOKEN_PARTS && t->start > start && t->end <= g->token->start)
			return figure_without_joints(figure_between(text, start, t->start), NULL);
	return figure_between(text, start, start);
}

/* What figures are parts of. */
struct division {
	bool parts;
	size_t whole;      /* the figure; SIZE_MAX: none in this sentence */
	struct span words; /* of a whole without a number */
};

/*
 * Brackets between figure k and the one before: what they take apart ends with them (收到26件(其中网上3件)，增长
 * 7%).
 */
static void
pass_brackets(struct figures *f, struct span text, size_t k, struct division *now, struct division *outside,
	size_t *inside)
{
	const struct token *t = k > 0 ? f->figure[k - 1].token + 1 : f->tokens;

	for (; t < f->figure[k].token; t++) {
		if (t->kind != TOKEN_BREAK)
			continue;
		if (text.p[t->start] == '(' && *inside == SIZE_MAX) {
			*outside = *now;
			*inside = k;
		} else if (text.p[t->start] == ')' && *inside != SIZE_MAX) {
			if (*inside < k)
				*now = *outside;
			for (; *inside < k; ++*inside)
				f->figure[*inside].inner = true;
			*inside = SIZE_MAX;
		}
	}
}

/*
 * Whether it is the sum of a list of labels and numbers (部分公开:0,不予公开:1,总计:1): of which of them is not known, so
 * the first says nothing of it.
 */
static bool
is_sum(const struct figures *f, const struct figure *g, const struct figure *first, struct span text)
{
	size_t n;

	return figure_is_labelled(g->token, text) && figure_is_labelled(first->token, text) && !g->token->reading.unit.n &&
	       words_match(f->words, g->before, ROLE_STRONG, &n) && n == g->before.n;
}

void
figures_hand_over(struct figures *f, const struct record *rec, struct span text, figure_take *take, void *context)
{
	size_t first = first_counted(f), inside = SIZE_MAX;
	struct division now = {false, SIZE_MAX, figure_between(text, 0, 0)}, around = now;
	bool outside = false; /* the whole stands in the sentence before */

	for (size_t k = 0; k < f->nfigures; k++) {
		const struct figure *g = &f->figure[k];
		size_t near, last = SIZE_MAX;

		pass_brackets(f, text, k, &now, &around, &inside);
		near = counted_before(f, k);
		if (begins_parts(f, k)) {
			outside |= near == SIZE_MAX;
			now = (struct division){true, near, figure_between(text, 0, 0)};
		}
		buf_reset(&f->text);
		if (now.parts && now.whole != SIZE_MAX) {
			if (first != now.whole)
				figure_add_context(&f->text, &f->figure[first]);
			figure_add_context(&f->text, &f->figure[last = now.whole]);
		} else {
			if (f->before.n) {
				buf_add_span(&f->text, buf_span(&f->before));
				buf_add_str(&f->text, now.parts ? "│" : "。│");
			}
			/* Names of one list say nothing about each other. */
			if (!now.parts && first < k && !(g->name.n && f->figure[first].name.n) &&
				!is_sum(f, g, &f->figure[first], text))
				figure_add_context(&f->text, &f->figure[last = first]);
			else if (!now.parts && first >= k && k > 0)
				figure_add_context(&f->text, &f->figure[0]);
			if (now.words.n) {
				figure_add_text(&f->text, figure_tail(now.words, CONTEXT_BYTES));
				buf_add_str(&f->text, "│");
			} else if (now.parts) {
				now.words = unnumbered_whole(f, text, k);
			}
		}
		if (g->token->relative && near != SIZE_MAX && near != last)
			figure_add_context(&f->text, &f->figure[near]);
		figure_add_own(&f->text, text, g);
		take(context, rec, buf_span(&f->text), &g->token->reading);
	}
	/* Parts of the sentence before are no whole for the next. */
	if (!outside) {
		buf_reset(&f->before);
		figure_add_naming(&f->before, &f->figure[first]);
	}
}
