#include "figure.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "quantity.h"
#include "scan.h"

/* How much of what stands before a number belongs to its clause, and of another clause to a context. */
enum { CLAUSE_BREAKS = 5, CLAUSE_BYTES = 360, CONTEXT_BYTES = 180, LIST_NAMES = 32, YEAR_NAME = 16 };

/* A figure of the sentence at hand. */
struct figure {
	const struct token *token;
	size_t clause;             /* where the clause begins in which the number itself stands */
	struct span before, after; /* the words of its clause around the number */
	bool inner;                /* it stands in brackets that were closed */
	/* In a list: what stands before the names, this one, and the noun all of them share. */
	struct span lead, name, tail;
};

struct figures {
	const struct words *words;
	struct token tokens[SCAN_TOKENS];
	struct figure figure[SCAN_TOKENS];
	char made[SCAN_TOKENS][YEAR_NAME]; /* names of figures that do not stand on the page */
	size_t ntokens, nfigures;
	struct buf text;
	struct buf before;  /* naming words of the sentence before */
	unsigned idle;      /* sentences since then without a figure */
};

struct figures *
figures_new(const struct words *words)
{
	struct figures *f = xcalloc(1, sizeof *f);

	f->words = words;
	return f;
}

void
figures_free(struct figures *f)
{
	if (!f)
		return;
	buf_release(&f->text);
	buf_release(&f->before);
	free(f);
}

/* spans of the sentence */

static struct span
between(struct span text, size_t start, size_t end)
{
	return (struct span){text.p + start, end > start ? end - start : 0};
}

static bool
starts_char(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

/* The last bytes of s, from the start of a character on. */
static struct span
tail_of(struct span s, size_t most)
{
	while (s.n > most || (s.n && !starts_char(*s.p))) {
		s.p++;
		s.n--;
	}
	return s;
}

/* The length of a word that joins (和, 以及) at the start of s; 0 if none does, or `words` is NULL. */
static size_t
and_at_start(const struct words *words, struct span s)
{
	size_t n;

	return words && words_match(words, s, ROLE_AND, &n) ? n : 0;
}

/* The length of a mark that joins, or ends what stands before, at the start of s, or of a word; or 0. */
static size_t
joint_at_start(struct span s, const struct words *words)
{
	size_t n = scan_comma(s, 0);

	if (n == 0 && s.n && (*s.p == ';' || *s.p == ' ' || *s.p == ')'))
		n = 1;
	return n ? n : and_at_start(words, s);
}

/* Without the marks, and words if they are given, at its start. */
static struct span
without_start(struct span s, const struct words *words)
{
	size_t n;

	while (s.n && (n = joint_at_start(s, words)) > 0) {
		s.p += n;
		s.n -= n;
	}
	return s;
}

/* Nor at its end. */
static struct span
without_joints(struct span s, const struct words *words)
{
	s = without_start(s, words);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ',' || s.p[s.n - 1] == '('))
		s.n--;
	if (span_ends(s, SPAN("，")) || span_ends(s, SPAN("、")))
		s.n -= 3;
	return s;
}

/* writing */

/* What stands in a figure's text for the character at the start of s, of *n bytes; NULL if it does itself. */
static const char *
other_sign(struct span s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p;

	*n = 1;
	if (*p == ',')
		return "，";
	*n = 3;
	if (s.n < 3)
		return NULL;
	switch (p[0] << 16 | p[1] << 8 | p[2]) {
	case 0xe38090: return "〔"; /* 【 */
	case 0xe38091: return "〕"; /* 】 */
	case 0xe29482: return "|"; /* │ */
	default: return NULL;
	}
}

/* Adds text with commas made wide and the signs of a figure's own text made others. */
static void
add_text(struct buf *out, struct span s)
{
	size_t done = 0, i = 0, n;

	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		const char *other;

		if (c >= 0xe4) {
			i += 3;
			continue;
		}
		if ((c != ',' && c < 0xe2) || !(other = other_sign((struct span){s.p + i, s.n - i}, &n))) {
			i++;
			continue;
		}
		buf_add(out, s.p + done, i - done);
		buf_add_str(out, other);
		done = i += n;
	}
	if (s.n)
		buf_add(out, s.p + done, s.n - done);
}

/* The last clauses of s that fit, or the end of the last one. */
static struct span
last_clauses(struct span s, size_t most)
{
	struct span tail = tail_of(s, most);

	if (tail.n == s.n)
		return s;
	for (size_t i = 0; i < tail.n; i++)
		if (tail.p[i] == ',' || span_starts((struct span){tail.p + i, tail.n - i}, SPAN("，")))
			return without_joints((struct span){tail.p + i, tail.n - i}, NULL);
	return tail;
}

/* The words that name a figure, without its number. */
static void
add_naming(struct buf *out, const struct figure *g)
{
	struct span after = span_head(g->after, CONTEXT_BYTES / 3);
	const char *bracket = after.n ? memchr(after.p, '(', after.n) : NULL;

	if (bracket)
		after.n = (size_t)(bracket - after.p);
	add_text(out, g->name);
	add_text(out, g->tail);
	add_text(out, last_clauses(g->before, CONTEXT_BYTES - after.n));
	add_text(out, after);
}

static void
add_context(struct buf *out, const struct figure *g)
{
	size_t was = out->n;

	add_naming(out, g);
	if (out->n > was)
		buf_add_str(out, "│");
}

static void
add_own(struct buf *out, struct span text, const struct figure *g)
{
	add_text(out, g->lead);
	add_text(out, g->name);
	add_text(out, g->tail);
	add_text(out, g->before);
	buf_add_str(out, "【");
	add_text(out, between(text, g->token->start, g->token->end));
	buf_add_str(out, "】");
	add_text(out, g->after);
}

/* clauses */

static bool
is_figure(const struct token *t)
{
	return t->kind == TOKEN_FIGURE || t->kind == TOKEN_NONE;
}

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
		n = starts_char(s.p[i]) ? and_at_start(words, (struct span){s.p + i, s.n - i}) : 0;
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
	struct span words = between(text, start, end);
	size_t length = 3, at;

	if (joint_at_start(words, and)) {
		second->before = without_start(words, and);
		return;
	}
	at = span_find(words, SPAN("、"));
	if (at == words.n)
		at = last_and(and, words, &length);
	if (at < words.n) {
		first->after = between(text, start, start + at);
		second->before = between(text, start + at + length, end);
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
	for (size_t j = i + 1; j < f->ntokens && !is_figure(&f->tokens[j]); j++)
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
		if (is_figure(t))
			return breaks > 1 ? last : 0;
		if (t->kind == TOKEN_SEMI || (t->kind == TOKEN_BREAK && ++breaks > 2))
			return t->start;
		if (t->kind == TOKEN_BREAK)
			last = t->start;
	}
	return end;
}

/* Finds the words around every figure of the sentence. */
static void
find_clauses(struct figures *f, struct span text, size_t start, size_t end)
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
				previous->after = between(text, previous->token->end, t->start);
			if (previous || t->kind == TOKEN_SEMI)
				from = t->end;
			previous = NULL;
			last_break = t->end;
			continue;
		}
		if (!is_figure(t))
			continue;
		g = &f->figure[f->nfigures++];
		*g = (struct figure){.token = t, .clause = last_break, .before = between(text, from, from)};
		g->after = g->before;
		if (previous) {
			split_between(f->words, text, previous, g, last_break);
		} else {
			size_t own = clause_start(f, i, from);

			g->before = tail_of(between(text, own, t->start), 2 * CLAUSE_BYTES);
		}
		previous = g;
		from = t->end;
	}
	if (previous)
		previous->after = between(text, previous->token->end, end);
	for (size_t i = 0; i < f->nfigures; i++) {
		struct figure *g = &f->figure[i];
		size_t further = long_end(f, g, end);
		struct span stop = further ? between(text, g->token->end, further) : g->after;

		/* 网络申请2件、信函申请: what another item begins with, whose number is lost. */
		if (g->before.n && span_starts(stop, SPAN("、")))
			stop.n = 0;
		while (stop.n && (span_ends(stop, SPAN("。")) || span_ends(stop, SPAN("!")) ||
			span_ends(stop, SPAN("?"))))
			stop.n -= span_ends(stop, SPAN("。")) ? 3 : 1;
		g->after = span_head(without_joints(stop, NULL), CLAUSE_BYTES);
		/* 与上年的38件相比 */
		if (g->after.n && words_match(f->words, g->after, ROLE_COMPARE, &further))
			f->tokens[g->token - f->tokens].relative = true;
		g->before = without_start(g->before, NULL);
	}
}

/* lists: 甲、乙、丙分别为3件、5件、8件 */

struct list {
	struct span name[LIST_NAMES];
	size_t n;
	struct span tail;             /* of the last name, for all */
	char (*made)[YEAR_NAME];      /* for names that stand on the page only as a range: years */
};

/* Cuts s at the marks between names, and at words that join them if they are given. */
static void
cut_names(struct span s, const struct words *words, struct list *list)
{
	size_t from = 0;

	list->n = 0;
	for (size_t i = 0; i <= s.n; i++) {
		size_t length = scan_comma(s, i);

		if (!length && i < s.n && starts_char(s.p[i]))
			length = and_at_start(words, (struct span){s.p + i, s.n - i});
		if (!length && i < s.n)
			continue;
		if (i > from) {
			if (list->n == LIST_NAMES)
				return;
			list->name[list->n++] = (struct span){s.p + from, i - from};
		}
		from = i + length;
		i = from > i ? from - 1 : i;
	}
}

/* The last clause of the words before 分别. */
static struct span
last_clause(struct span words)
{
	struct span clause = without_joints(words, NULL);

	for (size_t i = clause.n; i-- > 0;) {
		size_t length = clause.p[i] == ',' ? 1
				: span_starts((struct span){clause.p + i, clause.n - i}, SPAN("，")) ? 3 : 0;

		if (length)
			return (struct span){clause.p + i + length, clause.n - i - length};
	}
	return clause;
}

/* 2015, and where 年 ends behind it; 0 if s does not begin with a year. */
static unsigned
year_at(struct span s, size_t *end)
{
	unsigned year = 0;

	if (s.n < 7)
		return 0;
	for (int i = 0; i < 4; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		year = 10 * year + (unsigned)(s.p[i] - '0');
	}
	*end = span_starts((struct span){s.p + 4, s.n - 4}, SPAN("年")) ? 7 : 4;
	return year >= 1900 && year <= 2100 ? year : 0;
}

/* 2015、2016、2017三年: as many years as numbers. */
static bool
years_listed(const struct words *words, struct span clause, size_t n, struct list *list)
{
	struct quantity count;
	size_t at, skip;

	if (n < 2 || n > LIST_NAMES)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned year = year_at(clause, &at);
		size_t joint;

		if (!year)
			return false;
		snprintf(list->made[i], YEAR_NAME, "%u年", year);
		list->name[i] = span_str(list->made[i]);
		clause = (struct span){clause.p + 4, clause.n - 4};
		joint = joint_at_start(clause, words);
		if (i + 1 < n && !joint)
			return false;
		if (i + 1 < n)
			clause = (struct span){clause.p + joint, clause.n - joint};
	}
	if (quantity_read(words, clause, &count, &skip) && count.chinese)
		clause = (struct span){clause.p + count.digits, clause.n - count.digits};
	if (!span_starts(clause, SPAN("年")))
		return false;
	list->n = n;
	list->tail = (struct span){clause.p + SPAN("年").n, clause.n - SPAN("年").n};
	return true;
}

/* 2015年至2017年: as many years as numbers. */
static bool
years_of(const struct words *words, struct span clause, size_t n, struct list *list)
{
	size_t first_end, last_end, to;
	unsigned first = year_at(clause, &first_end), last;
	struct span rest;

	if (!first)
		return false;
	rest = (struct span){clause.p + first_end, clause.n - first_end};
	if (!words_match(words, rest, ROLE_RANGE, &to))
		return false;
	rest.p += to;
	rest.n -= to;
	last = year_at(rest, &last_end);
	if (!last || last_end != 7 || last < first || last - first + 1 != n || n > LIST_NAMES)
		return false;
	for (size_t i = 0; i < n; i++) {
		snprintf(list->made[i], YEAR_NAME, "%u年", first + (unsigned)i);
		list->name[i] = span_str(list->made[i]);
	}
	list->n = n;
	list->tail = (struct span){rest.p + last_end, rest.n - last_end};
	return true;
}

/*
 * The words at the end of the last name that the others lack: a noun of the table (当面、网络、信函申请), or
 * what stands behind the character all others end with (2015年、2016年收到申请).
 */
static void
cut_tail(const struct words *words, struct list *list)
{
	struct span *last = &list->name[list->n - 1], rest;
	struct span end = {NULL, 0};
	size_t n, at;

	for (size_t i = 0; i + 1 < list->n; i++) {
		struct span c = list->name[i].n >= 3 ? (struct span){list->name[i].p + list->name[i].n - 3, 3}
						       : list->name[i];

		if (i > 0 && !span_eq(c, end))
			end.n = 0;
		else if (i == 0)
			end = c;
	}
	at = end.n == 3 && starts_char(*end.p) && !span_ends(*last, end) ? span_find(*last, end) : last->n;
	if (at < last->n) {
		list->tail = (struct span){last->p + at + 3, last->n - at - 3};
		last->n = at + 3;
		return;
	}
	for (size_t i = 1; i < last->n; i++) {
		rest = (struct span){last->p + i, last->n - i};
		if (starts_char(*rest.p) && words_match(words, rest, ROLE_TAIL, &n) && n == rest.n) {
			for (size_t k = 0; k + 1 < list->n; k++)
				if (span_ends(list->name[k], rest))
					return;
			list->tail = rest;
			last->n = i;
			return;
		}
	}
}

/* Exactly n names in the last clause of what stands before 分别, or n years anywhere there. */
static bool
names_of(const struct words *words, struct span before, size_t n, struct list *list)
{
	struct span clause = last_clause(before);

	list->tail = (struct span){NULL, 0};
	cut_names(clause, NULL, list);
	if (list->n != n)
		cut_names(clause, words, list);
	if (list->n == n) {
		cut_tail(words, list);
		return true;
	}
	for (size_t i = 0; i < before.n; i++)
		if (before.p[i] >= '1' && before.p[i] <= '2' && (i == 0 || before.p[i - 1] < '0' ||
			before.p[i - 1] > '9') &&
			(years_of(words, (struct span){before.p + i, before.n - i}, n, list) ||
				years_listed(words, (struct span){before.p + i, before.n - i}, n, list)))
			return true;
	return false;
}

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
		if (n > 0 && without_joints(between(text, end, t->start), f->words).n > 0)
			break;
		n++;
		end = t->end;
		*last = i;
	}
	return n;
}

/* Whether a colon stands right before the number, as between a label and its number. */
static bool
is_labelled(const struct token *t, struct span text)
{
	return (t->kind == TOKEN_FIGURE || t->kind == TOKEN_BARE) && t->start > 0 && text.p[t->start - 1] == ':';
}

/*
 * Numbers without a unit count in a list only, and take its last unit: 3、5、8件; or, if several have labels of their own
 * (部分公开:0,不予公开:1), each without one.  A line that is a label and its number (现行有效件数:17) is one of a list whose
 * other items stand on lines of their own.
 */
static void
settle_bare(struct figures *f, struct span text)
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
		labelled += is_labelled(&f->tokens[i], text);
	for (size_t i = 0; i < f->ntokens; i++)
		if (f->tokens[i].kind == TOKEN_BARE)
			f->tokens[i].kind = (labelled > 1 || alone) && is_labelled(&f->tokens[i], text) ? TOKEN_FIGURE : TOKEN_DEAD;
}

/*
 * Shares or growths of the figures right before them: 当面3件、网络7件，分别占30%、70%.  False if there are not
 * as many figures, or one of either is of another kind.
 */
static bool
pair_with_figures(struct figures *f, struct span text, size_t first, size_t n, struct span words)
{
	struct span verb = last_clause(words);

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
		g->before = between(text, (size_t)(verb.p - text.p), f->figure[first].token->start);
		g->after = between(text, g->token->end, g->token->end);
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

/* Pairs the names before 分别 at token e with the numbers after it; without a pairing none has a value. */
static void
distribute(struct figures *f, struct span text, size_t e)
{
	size_t last = e, n = run_after(f, text, e, &last), first = 0;
	struct span words, lead, verb, after;
	struct list list;
	size_t year;

	if (n < 2)
		return;
	while (first < f->nfigures && f->figure[first].token < &f->tokens[e])
		first++;
	if (first + n > f->nfigures || f->figure[first].before.n == 0)
		return;
	words = between(text, (size_t)(f->figure[first].before.p - text.p), f->tokens[e].start);
	verb = between(text, f->tokens[e].start, f->figure[first].token->start);
	list.made = &f->made[first];
	if (!names_of(f->words, words, n, &list)) {
		if (pair_with_figures(f, text, first, n, words))
			return;
		for (size_t i = first; i < first + n; i++) {
			f->tokens[f->figure[i].token - f->tokens].reading.state = STATE_TEXT;
			f->figure[i].before = f->figure[first].before;
		}
		return;
	}
	lead = last_clause(words);
	lead = (struct span){words.p, list.name[0].p == list.made[0] ? 0 : (size_t)(lead.p - words.p)};
	if (year_at(list.name[0], &year) && year == 7 && list.name[0].n > year) {
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

/* contexts */

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
			return without_joints(between(text, start, t->start), NULL);
	return between(text, start, start);
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

	return is_labelled(g->token, text) && is_labelled(first->token, text) && !g->token->reading.unit.n &&
	       words_match(f->words, g->before, ROLE_STRONG, &n) && n == g->before.n;
}

static void
hand_over(struct figures *f, const struct record *rec, struct span text, figure_take *take, void *context)
{
	size_t first = first_counted(f), inside = SIZE_MAX;
	struct division now = {false, SIZE_MAX, between(text, 0, 0)}, around = now;
	bool outside = false; /* the whole stands in the sentence before */

	for (size_t k = 0; k < f->nfigures; k++) {
		const struct figure *g = &f->figure[k];
		size_t near, last = SIZE_MAX;

		pass_brackets(f, text, k, &now, &around, &inside);
		near = counted_before(f, k);
		if (begins_parts(f, k)) {
			outside |= near == SIZE_MAX;
			now = (struct division){true, near, between(text, 0, 0)};
		}
		buf_reset(&f->text);
		if (now.parts && now.whole != SIZE_MAX) {
			if (first != now.whole)
				add_context(&f->text, &f->figure[first]);
			add_context(&f->text, &f->figure[last = now.whole]);
		} else {
			if (f->before.n) {
				buf_add_span(&f->text, buf_span(&f->before));
				buf_add_str(&f->text, now.parts ? "│" : "。│");
			}
			/* Names of one list say nothing about each other. */
			if (!now.parts && first < k && !(g->name.n && f->figure[first].name.n) &&
				!is_sum(f, g, &f->figure[first], text))
				add_context(&f->text, &f->figure[last = first]);
			else if (!now.parts && first >= k && k > 0)
				add_context(&f->text, &f->figure[0]);
			if (now.words.n) {
				add_text(&f->text, tail_of(now.words, CONTEXT_BYTES));
				buf_add_str(&f->text, "│");
			} else if (now.parts) {
				now.words = unnumbered_whole(f, text, k);
			}
		}
		if (g->token->relative && near != SIZE_MAX && near != last)
			add_context(&f->text, &f->figure[near]);
		add_own(&f->text, text, g);
		take(context, rec, buf_span(&f->text), &g->token->reading);
	}
	/* Parts of the sentence before are no whole for the next. */
	if (!outside) {
		buf_reset(&f->before);
		add_naming(&f->before, &f->figure[first]);
	}
}

void
figures_find(struct figures *f, const struct record *rec, struct span text, figure_take *take,
	void *context)
{
	size_t at = 0;

	buf_reset(&f->before);
	f->idle = 0;
	while (at < text.n) {
		size_t start = at;
		bool stop;

		at = scan_sentence(f->words, text, at, f->tokens, &f->ntokens, &stop);
		f->nfigures = 0;
		if (f->ntokens > 0) {
			settle_bare(f, text);
			find_clauses(f, text, start, at);
			for (size_t e = 0; e < f->ntokens; e++)
				if (f->tokens[e].kind == TOKEN_EACH)
					distribute(f, text, e);
		}
		if (f->nfigures > 0) {
			hand_over(f, rec, text, take, context);
			f->idle = 0;
		} else if (++f->idle > 1) {
			buf_reset(&f->before);
		}
	}
}
