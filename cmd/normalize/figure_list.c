/* Lists, 甲、乙、丙分别为3件、5件、8件: which name goes with which number. */
#include "figure_parts.h"

/* The run of numbers after 分别 at token e with nothing but marks between them: how many, and the last. */
static size_t
run_after(const struct figures *f, struct span text, size_t e, size_t *last)
{
	size_t n = 0, end = 0;

	for (size_t i = e + 1; i < f->ntokens; i++) {
		const struct token *t = &f->tokens[i];

		if (t->kind == TOKEN_BREAK || t->kind == TOKEN_DEAD)
			continue;
		if (t->kind != TOKEN_FIGURE && t->kind != TOKEN_BARE)
			break;
		if (n > 0 && figure_without_joints(figure_between(text, end, t->start), f->words).n > 0)
			break;
		n++;
		end = t->end;
		*last = i;
	}
	return n;
}

bool
figure_is_labelled(const struct token *t, struct span text)
{
	return (t->kind == TOKEN_FIGURE || t->kind == TOKEN_BARE) && t->start > 0 && text.p[t->start - 1] == ':';
}

void
figures_settle_bare(struct figures *f, struct span text)
{
	bool alone = f->ntokens == 1 && f->tokens[0].end == text.n;
	size_t labelled = 0;

	for (size_t e = 0; e < f->ntokens; e++) {
		size_t last = e;

		if (f->tokens[e].kind != TOKEN_EACH || run_after(f, text, e, &last) < 2)
			continue;
		for (size_t i = e + 1; i <= last; i++) {
			if (f->tokens[i].kind != TOKEN_BARE)
				continue;
			f->tokens[i].kind = TOKEN_FIGURE;
			f->tokens[i].reading.unit = f->tokens[last].reading.unit;
		}
	}
	for (size_t i = 0; i < f->ntokens; i++)
		labelled += figure_is_labelled(&f->tokens[i], text);
	for (size_t i = 0; i < f->ntokens; i++)
		if (f->tokens[i].kind == TOKEN_BARE)
			f->tokens[i].kind = (labelled > 1 || alone) && figure_is_labelled(&f->tokens[i], text) ? TOKEN_FIGURE : TOKEN_DEAD;
}

/*
 * Shares or growths of the figures right before them: 当面3件、网络7件，分别占30%、70%.  False if there are not
 * as many figures, or one of either is of another kind.
 */
static bool
pair_with_figures(struct figures *f, struct span text, size_t first, size_t n, struct span words)
{
	struct span verb = figure_last_clause(words);

	if (first < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!f->figure[first + i].token->relative || f->figure[first + i - n].token->relative)
			return false;
	for (size_t i = 0; i < n; i++) {
		struct figure *g = &f->figure[first + i], *of = &f->figure[first + i - n];

		g->lead = of->lead;
		g->name = of->name.n ? of->name : of->before;
		g->tail = of->name.n && !of->tail.n ? of->before : of->tail;
		g->before = figure_between(text, (size_t)(verb.p - text.p), f->figure[first].token->start);
		g->after = figure_between(text, g->token->end, g->token->end);
	}
	return true;
}

/*
 * 甲、乙分别增加5件和3件，达到19件和12件: as many numbers, right behind those of the list, with nothing but a
 * word for what was reached before the first, are in the same order.
 */
static void
distribute_next(struct figures *f, size_t first, size_t n)
{
	const struct figure *of = &f->figure[first];
	struct figure *g = &f->figure[first + n];
	size_t left = f->nfigures - first - n, level;

	if (left < n || !words_match(f->words, g->before, ROLE_LEVEL, &level) || level != g->before.n ||
		(left > n && g[n].before.n == 0))
		return;
	for (size_t i = 1; i < n; i++)
		if (g[i].before.n > 0 || g[i].token->relative)
			return;
	for (size_t i = 0; i < n; i++) {
		g[i].lead = of[i].lead;
		g[i].name = of[i].name;
		g[i].tail = of[i].tail;
		g[i].before = g->before;
	}
}

void
figures_distribute(struct figures *f, struct span text, size_t e)
{
	size_t last = e, n = run_after(f, text, e, &last), first = 0;
	struct span words, lead, verb, after;
	struct figure_list list;
	size_t year;

	if (n < 2)
		return;
	while (first < f->nfigures && f->figure[first].token < &f->tokens[e])
		first++;
	if (first + n > f->nfigures || f->figure[first].before.n == 0)
		return;
	words = figure_between(text, (size_t)(f->figure[first].before.p - text.p), f->tokens[e].start);
	verb = figure_between(text, f->tokens[e].start, f->figure[first].token->start);
	list.made = &f->made[first];
	if (!figure_names(f->words, words, n, &list)) {
		if (pair_with_figures(f, text, first, n, words))
			return;
		for (size_t i = first; i < first + n; i++) {
			f->tokens[f->figure[i].token - f->tokens].reading.state = STATE_TEXT;
			f->figure[i].before = f->figure[first].before;
		}
		return;
	}
	lead = figure_last_clause(words);
	lead = (struct span){words.p, list.name[0].p == list.made[0] ? 0 : (size_t)(lead.p - words.p)};
	if (figure_year(list.name[0], &year) && year == 7 && list.name[0].n > year) {
		/* The year before the first name is that of all. */
		lead.n = (size_t)(list.name[0].p + year - lead.p);
		list.name[0].p += year;
		list.name[0].n -= year;
	}
	after = f->figure[first + n - 1].after;
	for (size_t i = 0; i < n; i++) {
		struct figure *g = &f->figure[first + i];

		g->lead = lead;
		g->name = list.name[i];
		g->tail = list.tail;
		g->before = verb;
		g->after = after;
	}
	distribute_next(f, first, n);
}
