/* Numbers: what one counts, and whether it counts at all. */
#include "scan_parts.h"

bool
scan_clause_ends(const struct scan *s, size_t i)
{
	struct span rest = {s->text.p + i, i < s->text.n ? s->text.n - i : 0};
	size_t n;

	return rest.n == 0 || *rest.p == ' ' || words_class(s->words, rest) & CLASS_BREAK || span_starts(rest, SPAN("、")) ||
	       span_starts(rest, SPAN("”")) || words_match(s->words, rest, ROLE_AND, &n);
}

/* A number that may be a year: nobody counts 2017 of something without saying of what. */
static bool
like_year(const struct quantity *q)
{
	return q->valued && q->value.scale == 0 && q->value.digits >= 1900 && q->value.digits <= 2100;
}

/* The number at i goes on from an ordinal: nothing but a mark of a list stands between. */
static bool
goes_on(const struct scan *s, size_t i)
{
	struct span gap;
	size_t n;

	if (s->ordinal_end == SIZE_MAX || i <= s->ordinal_end)
		return false;
	gap = (struct span){s->text.p + s->ordinal_end, i - s->ordinal_end};
	return scan_comma(gap, 0) == gap.n ||
	       (words_match(s->words, gap, ROLE_AND | ROLE_RANGE, &n) && n == gap.n);
}

/* The quantity as a figure's reading; growth carries its sign and 倍 of growth is percent. */
static void
read_figure(const struct scan *s, const struct quantity *q, bool about, bool negative, bool change,
	struct token *t)
{
	struct reading *r = &t->reading;
	enum unit_kind kind = q->unit ? q->unit->kind : UNIT_COUNT;
	bool valued = q->valued;

	*r = (struct reading){.state = about || q->about ? STATE_ABOUT : STATE_NUMBER, .value = q->value,
		.overflow = q->overflow};
	if (q->unit && q->unit->roles & ROLE_UNIT)
		r->unit = q->unit->unit;
	/* Half a document is a misreading. */
	if (kind == UNIT_COUNT && valued && r->value.scale > 0)
		valued = false;
	if (change && valued) {
		int sign = (s->change < 0) != negative ? -1 : 1;

		if (kind == UNIT_TIMES) {
			valued = decimal_mul_int(r->value, 100, &r->value);
			r->unit = SPAN("%");
		}
		valued = valued && decimal_mul_int(r->value, sign, &r->value);
	}
	t->relative = change || s->compare || kind == UNIT_PERCENT || kind == UNIT_POINT || kind == UNIT_TIMES;
	if (!valued) {
		r->state = STATE_TEXT;
		r->unit = q->unit ? r->unit : (struct span){NULL, 0};
	}
}

/*
 * A numeral that is an article, too, 一, with its unit counts at the end of a clause (申请一件) or close before what can be counted (一次培训);
 * elsewhere it is an article (一个平台).
 */
static bool
counts_one(const struct scan *s, size_t i)
{
	enum { CLOSE = 6 };

	if (scan_clause_ends(s, i))
		return true;
	for (int k = 0; k < CLOSE && !scan_clause_ends(s, i); k++) {
		size_t n;

		if (words_match(s->words, (struct span){s->text.p + i, s->text.n - i}, ROLE_OBJECT, &n))
			return true;
		i += span_step(span_from(s->text, i));
	}
	return false;
}

/* 元/件: so much for each. */
static bool
is_rate(const struct scan *s, size_t i)
{
	size_t n;

	return i + 1 < s->text.n && s->text.p[i] == '/' &&
	       words_match(s->words, (struct span){s->text.p + i + 1, s->text.n - i - 1},
		       ROLE_UNIT | ROLE_NOT_UNIT, &n);
}

/* 收到申请数(件):12, 收费金额(单位:元):5, (条)312: the unit stands in brackets before the number at i.  NULL: it does not. */
static const struct word *
unit_before(const struct scan *s, size_t i)
{
	enum { FARTHEST = 24 };
	const char *p = s->text.p;
	size_t end, open, colon, n;
	struct span inside;
	const struct word *unit;

	while (i > s->start && p[i - 1] == ' ')
		i--;
	i -= i > s->start && p[i - 1] == ':';
	if (i < s->start + 2 || p[i - 1] != ')')
		return NULL;
	end = open = i - 1;
	while (open > s->start && end - open < FARTHEST && p[open - 1] != '(')
		open--;
	if (open == s->start || p[open - 1] != '(')
		return NULL;
	inside = span_of(p + open, end - open);
	colon = span_find(inside, SPAN(":"));
	if (colon < inside.n)
		inside = span_from(inside, colon + 1);
	unit = words_match(s->words, inside, ROLE_UNIT, &n);
	return unit && n == inside.n ? unit : NULL;
}

/* 行政许可:3, 收费:0: a colon stands before the number at i, and before that what it may count. */
static bool
is_labelled(const struct scan *s, size_t i)
{
	return s->object_end != SIZE_MAX && s->object_end + 1 == i && s->text.p[i - 1] == ':';
}

/* A colon stands before the number at i, and a label before that: one of a list of such, 部分公开:0,不予公开:1. */
static bool
is_listed(const struct scan *s, size_t i)
{
	return i > s->start + 3 && s->text.p[i - 1] == ':' && (s->text.p[i - 2] & 0x80);
}

bool
scan_unit_ends(const struct scan *s, size_t i)
{
	enum { LONGEST = 9 };

	for (size_t back = 3; back <= LONGEST && i >= s->start + back; back += 3) {
		struct span unit = {s->text.p + i - back, back};
		size_t n;

		if (i - back > s->start && is_digit(unit.p[-1]))
			return false;
		if (words_match(s->words, unit, ROLE_UNIT, &n) && n == back)
			return true;
	}
	return false;
}

size_t
scan_take_vague(struct scan *s, size_t start, size_t i, size_t n)
{
	struct quantity q;
	size_t end = i + n, skip, unit_n;
	struct span rest;
	const struct word *unit;

	while (end < s->text.n && quantity_may_start(s->words, s->text.p + end, s->text.n - end) &&
		quantity_read(s->words, (struct span){s->text.p + end, s->text.n - end}, &q, &skip)) {
		end += q.digits;
		if (q.digits == 0)
			break;
	}
	rest = (struct span){s->text.p + end, s->text.n - end};
	if (words_match(s->words, rest, ROLE_ABOUT_INSIDE | ROLE_ABOUT_AFTER, &unit_n)) {
		end += unit_n;
		rest = (struct span){s->text.p + end, s->text.n - end};
	}
	unit = words_match(s->words, rest, ROLE_UNIT | ROLE_NOT_UNIT, &unit_n);
	if (unit && unit->roles & ROLE_UNIT && !s->rate) {
		struct token *t = scan_add(s, TOKEN_FIGURE, start, end + unit_n);

		t->reading = (struct reading){.state = STATE_TEXT, .unit = unit->unit};
		t->vague = s->vague = true;
		return end + unit_n;
	}
	return end;
}

/* A number as it stands in the text, and what stands around it. */
struct found {
	struct quantity q;
	size_t at, end;     /* of its digits, after a sign; behind its unit */
	size_t start, sign; /* where it begins with a word for about; bytes of a sign before it */
	bool unit, about, change;
	bool torn;          /* it is a part of another, or its sign or point cannot be told */
};

/* No number can be read at i, or none that stands for itself: where to go on. */
static size_t
pass_unread(struct scan *s, size_t i, size_t skip)
{
	/* 万 behind what was taken for a code, or within a number, goes on from it; digits behind 百 go on from that. */
	if (s->number_end == i || s->code_end == i || span_is_digit(s->text, i + skip)) {
		s->number_start = s->number_end == i ? s->number_start : i;
		s->number_end = i + skip;
		s->number_alone = s->number_year = false;
	/* 近百件, 约百十件 */
	} else if (s->about_end == i && words_class(s->words, span_from(s->text, i)) & CLASS_NUMBER) {
		return scan_take_vague(s, s->about_start == SIZE_MAX ? i : s->about_start, i, skip);
	}
	return i + skip;
}

/* Whether letters go on from the digits, which makes them a code. */
static bool
begins_code(const struct scan *s, const struct found *f)
{
	size_t end = f->at + f->q.digits;

	if (f->q.unit || f->q.chinese || end >= s->text.n)
		return false;
	return (scan_is_code(s->text.p[end]) && s->text.p[end] != '%') ||
	       (scan_is_joint(s->text.p[end]) && end + 1 < s->text.n && scan_is_code(s->text.p[end + 1]));
}

/* 1.5个部门 at the start of a clause is item 1 and five departments: where those begin.  0: it is not so. */
static size_t
item_before(struct scan *s, const struct found *f)
{
	const char *point;

	if (!f->unit || !f->q.fraction || f->q.chinese || f->q.unit->kind != UNIT_COUNT || f->q.value.scale == 0 ||
		!(f->at == s->start || (s->n && s->tokens[s->n - 1].end == f->at)))
		return 0;
	point = memchr(s->text.p + f->at, '.', s->text.n - f->at);
	return s->item_end = (size_t)(point - s->text.p) + 1;
}

/* A number with its unit. */
static void
add_counted(struct scan *s, struct found *f)
{
	struct token *t;

	if (s->none != SIZE_MAX) {
		s->tokens[s->none].kind = TOKEN_DEAD;
		s->none = SIZE_MAX;
	}
	t = scan_add(s, TOKEN_FIGURE, f->start, f->end);
	f->q.valued = f->q.valued && !f->torn && !f->q.padded; /* 05件: a code, or a digit lost */
	read_figure(s, &f->q, f->about, f->sign > 0, f->change, t);
	s->object_before = false;
}

/* A number without a unit behind it, at the end of its clause: where words before it say that it counts. */
static void
add_alone(struct scan *s, struct found *f)
{
	struct quantity *q = &f->q;
	bool year = like_year(q);

	/* A number alone in its place, 共5, is one only as a whole. */
	q->valued = q->valued && !f->torn && (s->each || !scan_is_torn_ahead(s, f->end));
	q->unit = unit_before(s, f->at);
	if (q->unit) {
		read_figure(s, q, f->about, f->sign > 0, f->change, scan_add(s, TOKEN_FIGURE, f->start, f->end));
	} else if ((s->strong_end == f->at || f->about || is_labelled(s, f->at)) && !year) {
		read_figure(s, q, f->about, false, false, scan_add(s, TOKEN_FIGURE, f->start, f->end));
		s->object_before = false;
	} else if (s->each || (is_listed(s, f->at) && !year)) {
		read_figure(s, q, f->about, false, false, scan_add(s, TOKEN_BARE, f->start, f->end));
	}
}

/* Remembers a number without a unit, which what follows may go on from. */
static void
remember(struct scan *s, const struct found *f)
{
	s->number_alone = f->q.chinese && f->q.digits == 3 && s->number_end != f->at;
	s->number_year = like_year(&f->q);
	s->number_start = f->at;
	s->number_end = f->end;
}

size_t
scan_take_number(struct scan *s, size_t i)
{
	struct span rest = {s->text.p + i, s->text.n - i};
	struct found f = {.at = i, .sign = scan_sign_before(s, i)};
	const struct quantity *q = &f.q;
	bool article; /* a numeral behind a word that makes it none */
	size_t skip;

	if (is_digit(*rest.p) && !f.sign && scan_is_date(rest))
		return scan_code_end(s->text, i);
	if (is_digit(*rest.p) && !f.sign && scan_inside_code(s, i))
		return s->code_end = scan_code_end(s->text, i);
	if (!quantity_read(s->words, rest, &f.q, &skip))
		return pass_unread(s, i, skip);
	f.end = i + q->end;
	f.unit = q->unit && q->unit->roles & ROLE_UNIT;
	f.about = s->about_end == i - f.sign;
	f.start = f.about && s->about_start != SIZE_MAX ? s->about_start : i - f.sign;
	f.change = s->change_end == i - f.sign && s->change != 0;
	if (begins_code(s, &f))
		return s->code_end = scan_code_end(s->text, i);
	if (s->not_before_end == i || (!(q->unit && !f.unit) && goes_on(s, i))) {
		s->ordinal_end = f.end;
		return f.end;
	}
	if (q->unit && !f.unit)
		return f.end;
	f.torn = scan_is_torn(s, i, q->chinese) || scan_is_unsure(s, i, f.sign, q);
	article = q->chinese && s->not_chinese_end == i;
	if (!q->unit && !article)
		remember(s, &f);
	if ((q->padded && !f.unit) || article || s->rate || is_rate(s, f.end))
		return f.end;
	s->cells += !q->chinese && scan_unit_ends(s, i);
	/* 2 1 5条: digits set apart, or two numbers. */
	f.torn |= !q->chinese && i > s->start + 1 && s->text.p[i - 1] == ' ' && is_digit(s->text.p[i - 2]);
	if ((skip = item_before(s, &f)) > 0)
		return skip;
	if (f.unit && q->chinese && q->digits == 3 && words_class(s->words, rest) & CLASS_ARTICLE && !counts_one(s, f.end))
		return f.end;
	if (f.unit)
		add_counted(s, &f);
	else if (!q->chinese && !s->code && q->digits <= 12 && scan_clause_ends(s, f.end))
		add_alone(s, &f);
	return f.end;
}

/* 达, 为, 共计达, or nothing at all: what follows is a number of what was said before. */
static bool
only_leads(const struct words *words, struct span s)
{
	size_t n;

	while (s.n && words_match(words, s, ROLE_LEVEL | ROLE_STRONG | ROLE_FILLER, &n))
		s = span_from(s, n);
	return s.n == 0;
}

void
scan_settle_vague(struct scan *s)
{
	for (size_t k = 0; k < s->n; k++) {
		struct token *vague = &s->tokens[k], *exact = vague + 1, *end = s->tokens + s->n;
		size_t from = vague->end;

		if (vague->kind != TOKEN_FIGURE || !vague->vague)
			continue;
		for (; exact < end && (exact->kind == TOKEN_BREAK || exact->kind == TOKEN_DEAD); exact++)
			from = exact->end;
		if (exact < end && exact->kind == TOKEN_FIGURE && exact->reading.state != STATE_TEXT &&
			span_eq(exact->reading.unit, vague->reading.unit) &&
			only_leads(s->words, span_of(s->text.p + from, exact->start - from)))
			vague->kind = TOKEN_DEAD;
	}
}
