/* Words that say something of the numbers around them, or that there is none. */
#include "scan_parts.h"

void
scan_settle_none(struct scan *s)
{
	if (s->none != SIZE_MAX && !s->none_object && !(s->none_either && s->object_before && !s->unless))
		s->tokens[s->none].kind = TOKEN_DEAD;
	s->none = SIZE_MAX;
}

static void
add_none(struct scan *s, size_t start, size_t end, bool either, bool whole)
{
	struct token *t;

	scan_settle_none(s);
	t = scan_add(s, TOKEN_NONE, start, end);
	t->reading = (struct reading){.state = STATE_NUMBER, .value = DECIMAL_ZERO};
	s->none = s->n - 1;
	s->none_either = either;
	s->none_object = whole;
	s->unless = false;
}

/* Whether the word for "none" at i is a cell of such a table, as 无 or 暂无 are. */
static bool
none_is_cell(const struct scan *s, size_t i, size_t n)
{
	for (size_t back = 0; back <= 3 && i >= s->start + back; back += 3) {
		struct span cell = {s->text.p + i - back, back + n};
		size_t length;

		if (words_match(s->words, cell, ROLE_MARK, &length) && length == cell.n && scan_unit_ends(s, i - back))
			return true;
	}
	return false;
}

/* A set phrase, whose numerals are no numbers; but 一一 may begin one, too: 一一五件. */
static void
take_idiom(struct scan *s, size_t i, size_t end)
{
	size_t at = i;

	while (at < end && numerals_at(words_numerals(s->words), (struct span){s->text.p + at, end - at}))
		at += 3;
	if (at == end) {
		s->number_start = i;
		s->number_end = end;
	}
}

/* 翻一番: a growth without digits. */
static void
add_change(struct scan *s, const struct word *word, size_t i, size_t end)
{
	struct token *t = scan_add(s, TOKEN_FIGURE, i, end);
	struct span rest = {s->text.p + end, s->text.n - end};
	size_t more;
	bool about = s->about_end == i || words_match(s->words, rest, ROLE_ABOUT_INSIDE | ROLE_ABOUT_AFTER, &more);

	t->reading = (struct reading){.state = about ? STATE_ABOUT : STATE_NUMBER, .value = word->value, .unit = word->unit};
	t->relative = true;
}

/* What the word says of a number right behind it, or behind words that may stand between. */
static void
note_place(struct scan *s, uint64_t roles, size_t i, size_t end)
{
	if (roles & ROLE_STRONG)
		s->strong_end = end;
	if (roles & ROLE_NOT_BEFORE)
		s->not_before_end = end;
	if (roles & ROLE_NOT_CHINESE)
		s->not_chinese_end = end;
	if (s->about_end == i && roles & (ROLE_STRONG | ROLE_FILLER)) {
		s->about_start = SIZE_MAX; /* 约占80%: the number stands apart from its word */
		s->about_end = end;
	}
	if (roles & ROLE_ABOUT_BEFORE) {
		s->about_start = i;
		s->about_end = end;
	}
	if (roles & (ROLE_UP | ROLE_DOWN)) {
		s->change = roles & ROLE_UP ? 1 : -1;
		s->change_end = end;
	} else if (roles & ROLE_LEVEL) {
		s->change_end = SIZE_MAX;
	} else if (roles & (ROLE_FILLER | ROLE_ABOUT_BEFORE | ROLE_STRONG) && s->change_end == i) {
		s->change_end = end;
	}
}

/* What it says of the rest of the clause. */
static void
note_clause(struct scan *s, uint64_t roles, size_t i, size_t end)
{
	if (roles & ROLE_CODE)
		s->code = true;
	if (roles & ROLE_RATE)
		s->rate = true;
	if (roles & ROLE_HOPE)
		s->hope = true;
	if (roles & ROLE_COMPARE)
		s->compare = true;
	if (roles & ROLE_EACH) {
		s->each = true;
		scan_add(s, TOKEN_EACH, i, end);
	}
	if (roles & ROLE_PARTS)
		scan_add(s, TOKEN_PARTS, i, end);
}

/*
 * A clause that ends in a word of nothing, its object before it.  A word that may have its object behind it
 * as well (无) must touch the one before it: 行政诉讼无, but not 诉讼案件几乎全无.
 */
static bool
none_closes(const struct scan *s, uint64_t roles, size_t i, size_t end)
{
	if (roles & ROLE_NONE && (s->hope || s->object_end != i))
		return false;
	return s->object_before && scan_clause_ends(s, end);
}

/* Whether there is none of something, and of what. */
static void
note_none(struct scan *s, uint64_t roles, size_t i, size_t end)
{
	if (roles & ROLE_NONE_END && none_closes(s, roles, i, end)) {
		add_none(s, i, end, true, true);
	} else if (roles & (ROLE_NONE | ROLE_NONE_EITHER | ROLE_NONE_FREE) && !s->hope) {
		bool cell = none_is_cell(s, i, end - i);

		add_none(s, i, end, roles & ROLE_NONE_EITHER, roles & ROLE_NONE_FREE);
		s->tokens[s->n - 1].cell = cell;
		s->cells += cell;
	} else if (roles & ROLE_UNLESS) {
		s->unless = true;
	}
	if (roles & ROLE_OBJECT) {
		s->object_end = end;
		if (s->none == SIZE_MAX)
			s->object_before = true;
		else if (!s->unless)
			s->none_object = true;
	}
}

size_t
scan_take_word(struct scan *s, const struct word *word, size_t i, size_t n)
{
	uint64_t roles = word->roles;
	size_t end = i + n;

	if (roles & ROLE_IDIOM) {
		take_idiom(s, i, end);
	} else if (roles & ROLE_VAGUE) {
		return scan_take_vague(s, i, i, n);
	} else if (roles & ROLE_CHANGE && word->unit.n) {
		add_change(s, word, i, end);
	} else {
		note_place(s, roles, i, end);
		note_clause(s, roles, i, end);
		note_none(s, roles, i, end);
	}
	return end;
}
