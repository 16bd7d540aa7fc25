/* Numbers in doubt: a part of another one, or one whose sign or point cannot be told. */
#include "scan_parts.h"

/* The length of a mark that may stand within a number, or join two, at the start of s; 0 if there is none. */
static size_t
joint_length(const struct words *words, struct span s)
{
	size_t n;

	if (s.n == 0)
		return 0;
	switch (words_rune(s, &n)) {
	case U',': case U'，': case U'、': case U'.': case U'·': case U'\'': case U'‘': case U'’': case U'+':
	case U'×': case U'∶':
		return n;
	}
	return words_match(words, s, ROLE_AND | ROLE_RANGE, &n) ? n : 0;
}

/* Whether the number is that of a list item: at the start of a clause. */
static bool
is_item(const struct scan *s, size_t start)
{
	while (start > s->start && s->text.p[start - 1] == ' ')
		start--;
	return start == s->start || (s->n && s->tokens[s->n - 1].end == start &&
		(s->tokens[s->n - 1].kind == TOKEN_BREAK || s->tokens[s->n - 1].kind == TOKEN_SEMI));
}

bool
scan_is_torn(const struct scan *s, size_t i, bool chinese)
{
	struct span gap, rest = {s->text.p + i, s->text.n - i};
	size_t n;

	/* l2，345件: what was taken for a code was the first of its groups. */
	if (s->code_end < i && s->code_end + scan_comma(s->text, s->code_end) == i && rest.n > 3 && is_digit(rest.p[0]) &&
		is_digit(rest.p[1]) && is_digit(rest.p[2]) && !is_digit(rest.p[3]))
		return true;
	/* 第十2件: no ordinal and a count, but one number. */
	if (s->ordinal_end == i && !chinese && i >= s->start + 3 &&
		words_class(s->words, span_of(s->text.p + i - 3, 3)) & CLASS_NUMBER)
		return true;
	if (s->number_end == SIZE_MAX || s->number_end > i || s->each)
		return false;
	if (s->number_alone && s->number_end != i)
		return chinese && span_eq(span_of(s->text.p + s->number_end, i - s->number_end), SPAN("、")) &&
		       !is_item(s, s->number_start);
	gap = span_trim(span_of(s->text.p + s->number_end, i - s->number_end));
	if (gap.n == 0)
		return s->number_end == i;
	n = joint_length(s->words, gap);
	if (n != gap.n || (s->number_year && (*gap.p == ',' || span_starts(gap, SPAN("，")))))
		return false;
	return !(is_item(s, s->number_start) && (*gap.p == '.' || span_starts(gap, SPAN("、"))));
}

bool
scan_is_torn_ahead(const struct scan *s, size_t end)
{
	struct span rest = {s->text.p + end, s->text.n - end};
	struct quantity q;
	size_t n;

	while (rest.n && *rest.p == ' ')
		rest = span_of(rest.p + 1, rest.n - 1);
	n = joint_length(s->words, rest);
	rest = span_of(rest.p + n, rest.n - n);
	while (rest.n && *rest.p == ' ')
		rest = span_of(rest.p + 1, rest.n - 1);
	return n && rest.n && is_digit(*rest.p) && quantity_read(s->words, rest, &q, &n) &&
	       !(q.unit && !(q.unit->roles & ROLE_UNIT));
}

size_t
scan_sign_before(const struct scan *s, size_t i)
{
	struct span before = {s->text.p + s->start, i - s->start};

	if (s->change_end + 1 == i && before.n && before.p[before.n - 1] == '-')
		return 1;
	if (s->change_end + 3 == i && span_ends(before, SPAN("\xe2\x88\x92")))
		return 3;
	return 0;
}

bool
scan_is_unsure(const struct scan *s, size_t i, size_t sign, const struct quantity *q)
{
	struct span before = span_of(s->text.p + s->start, i - s->start);
	enum unit_kind kind = q->unit ? q->unit->kind : UNIT_COUNT;

	if (sign)
		return s->change < 0;
	if (before.n == 0)
		return false;
	switch (before.p[before.n - 1]) {
	case '-':
		return (kind == UNIT_PERCENT || kind == UNIT_POINT) && !span_ends(before, SPAN("--"));
	case '.':
		return kind != UNIT_COUNT && i != s->item_end && (before.n == 1 || before.p[before.n - 2] == ' ' ||
			before.p[before.n - 2] & 0x80);
	}
	if (before.n < 3 || before.p[before.n - 3] != '\xe2') /* as these begin */
		return false;
	return span_ends(before, SPAN("−")) || span_ends(before, SPAN("\xe2\x80\xae")) ||
	       (s->change_end + 3 == i && (span_ends(before, SPAN("—")) || span_ends(before, SPAN("–"))));
}
