/* The names of a list: cut at the marks between them, or years one by one. */
#include "figure_parts.h"

#include <stdio.h>

#include "quantity.h"

/* Cuts s at the marks between names, and at words that join them if they are given. */
static void
cut_names(struct span s, const struct words *words, struct figure_list *list)
{
	size_t from = 0;

	list->n = 0;
	for (size_t i = 0; i <= s.n; i++) {
		size_t length = scan_comma(s, i);

		if (!length && i < s.n && figure_starts_char(s.p[i]))
			length = figure_and(words, (struct span){s.p + i, s.n - i});
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

struct span
figure_last_clause(struct span words)
{
	struct span clause = figure_without_joints(words, NULL);

	for (size_t i = clause.n; i-- > 0;) {
		size_t length = clause.p[i] == ',' ? 1
				: span_starts((struct span){clause.p + i, clause.n - i}, SPAN("，")) ? 3 : 0;

		if (length)
			return (struct span){clause.p + i + length, clause.n - i - length};
	}
	return clause;
}

unsigned
figure_year(struct span s, size_t *end)
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
years_listed(const struct words *words, struct span clause, size_t n, struct figure_list *list)
{
	struct quantity count;
	size_t at, skip;

	if (n < 2 || n > LIST_NAMES)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned year = figure_year(clause, &at);
		size_t joint;

		if (!year)
			return false;
		snprintf(list->made[i], YEAR_NAME, "%u年", year);
		list->name[i] = span_str(list->made[i]);
		clause = (struct span){clause.p + 4, clause.n - 4};
		joint = figure_joint(clause, words);
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
years_of(const struct words *words, struct span clause, size_t n, struct figure_list *list)
{
	size_t first_end, last_end, to;
	unsigned first = figure_year(clause, &first_end), last;
	struct span rest;

	if (!first)
		return false;
	rest = (struct span){clause.p + first_end, clause.n - first_end};
	if (!words_match(words, rest, ROLE_RANGE, &to))
		return false;
	rest.p += to;
	rest.n -= to;
	last = figure_year(rest, &last_end);
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
cut_tail(const struct words *words, struct figure_list *list)
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
	at = end.n == 3 && figure_starts_char(*end.p) && !span_ends(*last, end) ? span_find(*last, end) : last->n;
	if (at < last->n) {
		list->tail = (struct span){last->p + at + 3, last->n - at - 3};
		last->n = at + 3;
		return;
	}
	for (size_t i = 1; i < last->n; i++) {
		rest = (struct span){last->p + i, last->n - i};
		if (figure_starts_char(*rest.p) && words_match(words, rest, ROLE_TAIL, &n) && n == rest.n) {
			for (size_t k = 0; k + 1 < list->n; k++)
				if (span_ends(list->name[k], rest))
					return;
			list->tail = rest;
			last->n = i;
			return;
		}
	}
}

bool
figure_names(const struct words *words, struct span before, size_t n, struct figure_list *list)
{
	struct span clause = figure_last_clause(before);

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
