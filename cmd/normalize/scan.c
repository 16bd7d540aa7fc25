#include "scan.h"

#include "quantity.h"

/* A test compares with a scan that reads every word. */
#ifdef SCAN_EVERY_WORD
enum { PASSES_QUIET = 0 };
#else
enum { PASSES_QUIET = 1 };
#endif

enum { CELLS_OF_TABLE = 3 };

struct scan {
	const struct words *words;
	struct span text;
	size_t start; /* of the sentence */
	struct token *tokens;
	size_t n;
	bool counts;  /* one of them is a quantity or a word for none */
	bool vague;   /* one of them is a vague number */

	/* Ends of the words of some roles read last: they count for what begins right there. */
	size_t item_end; /* of the number of a list item (1.) */
	size_t ordinal_end; /* of a number that is none, which 、 or 和 may go on: 第十七、十八条 */
	size_t number_start, number_end; /* of the last number without a unit */
	bool number_alone; /* it is one numeral, and may begin a clause or end one */
	bool number_year;  /* it may be a year: 2017，30件 */
	size_t code_end; /* of the last code */
	size_t strong_end, object_end, about_start, about_end, change_end, not_before_end, not_chinese_end;
	int change; /* 1 up, -1 down */
	/* Until the next break: */
	bool code, rate, each, hope, compare;
	/* Of the sentence: numbers and marks that are cells of a table set on a line, their units before them. */
	size_t cells;
	size_t none;           /* place of a TOKEN_NONE that waits for its object, or SIZE_MAX */
	bool none_either, none_object, object_before, unless;
};

static bool
is_code_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@' ||
	       c == '#' || c == '&' || c == '=' || c == '?' || c == '%';
}

static bool
is_joint(char c)
{
	return c == '.' || c == '-' || c == '/' || c == ':' || c == '*' || c == '~';
}

static size_t
rune_length(struct span s, size_t i)
{
	unsigned char u = (unsigned char)s.p[i];
	size_t n = u < 0x80 ? 1 : u < 0xe0 ? 2 : u < 0xf0 ? 3 : 4;

	return n < s.n - i ? n : s.n - i;
}

/* The character at i, of `length` bytes; of the basic plane, others are 0. */
static inline uint32_t
rune_at(struct span s, size_t i, size_t length)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	switch (length) {
	case 1: return p[0] & 0x7f;
	case 2: return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	case 3: return (uint32_t)(p[0] & 0xf) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	default: return 0;
	}
}

static struct token *
add(struct scan *s, enum token_kind kind, size_t start, size_t end)
{
	struct token *t = &s->tokens[s->n++];

	t->kind = kind;
	t->relative = t->cell = t->vague = false;
	t->start = start;
	t->end = end;
	s->counts |= kind == TOKEN_FIGURE || kind == TOKEN_BARE || kind == TOKEN_NONE;
	return t;
}

/* A word for "none" has its object, or has none and is nothing. */
static void
settle_none(struct scan *s)
{
	if (s->none != SIZE_MAX && !s->none_object && !(s->none_either && s->object_before && !s->unless))
		s->tokens[s->none].kind = TOKEN_DEAD;
	s->none = SIZE_MAX;
}

static void
add_break(struct scan *s, enum token_kind kind, size_t start, size_t end)
{
	settle_none(s);
	s->code = s->rate = s->hope = s->compare = s->unless = s->object_before = false;
	if (kind == TOKEN_SEMI)
		s->each = false;
	add(s, kind, start, end);
}

static void
add_none(struct scan *s, size_t start, size_t end, bool either, bool whole)
{
	struct token *t;

	settle_none(s);
	t = add(s, TOKEN_NONE, start, end);
	t->reading = (struct reading){.state = STATE_NUMBER, .value = DECIMAL_ZERO};
	s->none = s->n - 1;
	s->none_either = either;
	s->none_object = whole;
	s->unless = false;
}

/* The end of the ASCII token (an address, a telephone number, a name) that goes on at i. */
static size_t
code_end(struct span s, size_t i)
{
	while (i < s.n && (is_code_char(s.p[i]) ||
		(is_joint(s.p[i]) && i + 1 < s.n && (is_code_char(s.p[i + 1]) || is_joint(s.p[i + 1])))))
		i++;
	return i;
}

/* Digits that go on from letters, or after a joint from letters and digits. */
static bool
inside_code(const struct scan *s, size_t i)
{
	const char *p = s->text.p;

	if (i == s->item_end)
		return false;
	if (i > s->start && is_code_char(p[i - 1]))
		return true;
	return i > s->start + 1 && is_joint(p[i - 1]) && p[i - 1] != '~' && is_code_char(p[i - 2]);
}

/* Nothing more follows in the clause: a break, a stop, or the end. */
static bool
clause_ends(const struct scan *s, size_t i)
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

/* The length of a mark that may stand within a number, or join two, at the start of s; 0 if there is none. */
static size_t
joint_length(const struct words *words, struct span s)
{
	size_t n;

	if (s.n == 0)
		return 0;
	n = rune_length(s, 0);
	switch (rune_at(s, 0, n)) {
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

/*
 * Whether the number at i goes on from another, which has no unit: 1，23件, 十2件, 2千零5件, 5和8件.  It is part of
 * a number badly written, or one of two that have one unit; in a list (分别为3、5件) it is known which.  Words that end
 * in a numeral (队伍120人) are idioms of the table, and none of them is such a number.
 */
static bool
is_torn(const struct scan *s, size_t i, bool chinese)
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

/* Whether the number without a unit that ends at `end` goes on so: it is the part before. */
static bool
is_torn_ahead(const struct scan *s, size_t end)
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

/* Only a sign that growth calls for is one in prose: elsewhere - joins and + adds. */
static size_t
sign_before(const struct scan *s, size_t i)
{
	struct span before = {s->text.p + s->start, i - s->start};

	if (s->change_end + 1 == i && before.n && before.p[before.n - 1] == '-')
		return 1;
	if (s->change_end + 3 == i && span_ends(before, SPAN("\xe2\x88\x92")))
		return 3;
	return 0;
}

/*
 * Whether what stands before the number at i may be a sign of it, or a part, and it cannot be told: a fall of less than
 * nothing (下降-5%), a minus where no growth calls for one, a point without digits before (收费.5万元), and what turns
 * the order of the digits.
 */
static bool
is_unsure(const struct scan *s, size_t i, size_t sign, const struct quantity *q)
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

	if (clause_ends(s, i))
		return true;
	for (int k = 0; k < CLOSE && !clause_ends(s, i); k++) {
		size_t n;

		if (words_match(s->words, (struct span){s->text.p + i, s->text.n - i}, ROLE_OBJECT, &n))
			return true;
		i += rune_length(s->text, i);
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

/* 2019-03-05, as lists of headlines have it behind each. */
static bool
is_date(struct span s)
{
	static const char form[] = "0000-0";
	size_t at = sizeof form - 1;

	if (s.n < at + 2)
		return false;
	for (size_t i = 0; i < at; i++)
		if (form[i] == '0' ? !is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	at += is_digit(s.p[at]);
	return s.n - at >= 2 && s.p[at] == '-' && is_digit(s.p[at + 1]);
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

/*
 * Whether a unit ends at i and no number before it: 2.政府网站公开政府信息数条, where the cells of a table stand on one
 * line.
 */
static bool
unit_ends(const struct scan *s, size_t i)
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

/* 数百件, 几十条: a quantity without a value, whose first n bytes at i are a word of the table. */
static size_t
take_vague(struct scan *s, size_t start, size_t i, size_t n)
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
		struct token *t = add(s, TOKEN_FIGURE, start, end + unit_n);

		t->reading = (struct reading){.state = STATE_TEXT, .unit = unit->unit};
		t->vague = s->vague = true;
		return end + unit_n;
	}
	return end;
}

/* A number at i: returns where to go on. */
static size_t
take_number(struct scan *s, size_t i)
{
	struct span rest = {s->text.p + i, s->text.n - i};
	size_t skip, sign = sign_before(s, i), start;
	bool about, change = s->change_end == i - sign && s->change != 0;
	struct quantity q;
	bool unit, torn, year;

	if (is_digit(*rest.p) && !sign && is_date(rest))
		return code_end(s->text, i);
	if (is_digit(*rest.p) && !sign && inside_code(s, i))
		return s->code_end = code_end(s->text, i);
	if (!quantity_read(s->words, rest, &q, &skip)) {
		/* 万 behind what was taken for a code, or within a number, goes on from it; digits behind 百 go on from that. */
		if (s->number_end == i || s->code_end == i || span_is_digit(s->text, i + skip)) {
			s->number_start = s->number_end == i ? s->number_start : i;
			s->number_end = i + skip;
			s->number_alone = s->number_year = false;
		/* 近百件, 约百十件 */
		} else if (s->about_end == i && words_class(s->words, rest) & CLASS_NUMBER) {
			return take_vague(s, s->about_start == SIZE_MAX ? i : s->about_start, i, skip);
		}
		return i + skip;
	}
	unit = q.unit && q.unit->roles & ROLE_UNIT;
	about = s->about_end == i - sign;
	start = about && s->about_start != SIZE_MAX ? s->about_start : i - sign;
	if (!q.unit && !q.chinese && i + q.digits < s->text.n) {
		char c = s->text.p[i + q.digits];

		if ((is_code_char(c) && c != '%') ||
			(is_joint(c) && i + q.digits + 1 < s->text.n && is_code_char(s->text.p[i + q.digits + 1])))
			return s->code_end = code_end(s->text, i);
	}
	if (q.unit && !unit) {
		if (s->not_before_end == i)
			s->ordinal_end = i + q.end;
		return i + q.end;
	}
	if (s->not_before_end == i || goes_on(s, i)) {
		s->ordinal_end = i + q.end;
		return i + q.end;
	}
	torn = is_torn(s, i, q.chinese) || is_unsure(s, i, sign, &q);
	if (!q.unit && !(q.chinese && s->not_chinese_end == i)) {
		s->number_alone = q.chinese && q.digits == 3 && s->number_end != i;
		s->number_year = like_year(&q);
		s->number_start = i;
		s->number_end = i + q.end;
	}
	if ((q.padded && !unit) || (q.chinese && s->not_chinese_end == i) || s->rate || is_rate(s, i + q.end))
		return i + q.end;
	s->cells += !q.chinese && unit_ends(s, i);
	/* 2 1 5条: digits set apart, or two numbers. */
	if (!q.chinese && i > s->start + 1 && s->text.p[i - 1] == ' ' && is_digit(s->text.p[i - 2]))
		torn = true;
	/* 1.5个部门 at the start of a clause is item 1 and five departments. */
	if (unit && q.fraction && !q.chinese && q.unit->kind == UNIT_COUNT &&
		(i == s->start || (s->n && s->tokens[s->n - 1].end == i)) && q.value.scale > 0) {
		const char *point = memchr(rest.p, '.', rest.n);

		s->item_end = i + (size_t)(point - rest.p) + 1;
		return s->item_end;
	}
	if (unit && q.chinese && q.digits == 3 && words_class(s->words, rest) & CLASS_ARTICLE && !counts_one(s, i + q.end))
		return i + q.end;
	if (unit) {
		struct token *t;

		if (s->none != SIZE_MAX) {
			s->tokens[s->none].kind = TOKEN_DEAD;
			s->none = SIZE_MAX;
		}
		t = add(s, TOKEN_FIGURE, start, i + q.end);
		q.valued = q.valued && !torn && !q.padded; /* 05件: a code, or a digit lost */
		read_figure(s, &q, about, sign > 0, change, t);
		s->object_before = false;
		return i + q.end;
	}
	if (q.chinese || s->code || q.digits > 12 || !clause_ends(s, i + q.end))
		return i + q.end;
	year = like_year(&q);
	/* A number alone in its place, 共5, is one only as a whole. */
	q.valued = q.valued && !torn && (s->each || !is_torn_ahead(s, i + q.end));
	q.unit = unit_before(s, i);
	if (q.unit) {
		read_figure(s, &q, about, sign > 0, change, add(s, TOKEN_FIGURE, start, i + q.end));
	} else if ((s->strong_end == i || about || is_labelled(s, i)) && !year) {
		read_figure(s, &q, about, false, false, add(s, TOKEN_FIGURE, start, i + q.end));
		s->object_before = false;
	} else if (s->each || (is_listed(s, i) && !year)) {
		read_figure(s, &q, about, false, false, add(s, TOKEN_BARE, start, i + q.end));
	}
	return i + q.end;
}

/* Whether the word for "none" at i is a cell of such a table, as 无 or 暂无 are. */
static bool
none_is_cell(const struct scan *s, size_t i, size_t n)
{
	for (size_t back = 0; back <= 3 && i >= s->start + back; back += 3) {
		struct span cell = {s->text.p + i - back, back + n};
		size_t length;

		if (words_match(s->words, cell, ROLE_MARK, &length) && length == cell.n && unit_ends(s, i - back))
			return true;
	}
	return false;
}

/* A word of other roles at i; returns where to go on. */
static size_t
take_word(struct scan *s, const struct word *word, size_t i, size_t n)
{
	uint64_t roles = word->roles;
	size_t end = i + n;

	if (roles & ROLE_IDIOM) {
		size_t at = i;

		/* 一一 may begin a number, too: 一一五件. */
		while (at < end && numerals_at(words_numerals(s->words), (struct span){s->text.p + at, end - at}))
			at += 3;
		if (at == end) {
			s->number_start = i;
			s->number_end = end;
		}
		return end;
	}
	if (roles & ROLE_VAGUE)
		return take_vague(s, i, i, n);
	if (roles & ROLE_CHANGE && word->unit.n) {
		struct token *t = add(s, TOKEN_FIGURE, i, end);

		struct span rest = {s->text.p + end, s->text.n - end};
		size_t more;
		bool about = s->about_end == i ||
			     words_match(s->words, rest, ROLE_ABOUT_INSIDE | ROLE_ABOUT_AFTER, &more);

		t->reading = (struct reading){.state = about ? STATE_ABOUT : STATE_NUMBER, .value = word->value,
			.unit = word->unit};
		t->relative = true;
		return end;
	}
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
		add(s, TOKEN_EACH, i, end);
	}
	if (roles & ROLE_PARTS)
		add(s, TOKEN_PARTS, i, end);
	if (roles & (ROLE_NONE | ROLE_NONE_EITHER | ROLE_NONE_FREE) && !s->hope) {
		bool cell = none_is_cell(s, i, n);

		add_none(s, i, end, roles & ROLE_NONE_EITHER, roles & ROLE_NONE_FREE);
		s->tokens[s->n - 1].cell = cell;
		s->cells += cell;
	} else if (roles & ROLE_NONE_END && s->object_before && clause_ends(s, end))
		add_none(s, i, end, true, true);
	else if (roles & ROLE_UNLESS)
		s->unless = true;
	if (roles & ROLE_OBJECT) {
		s->object_end = end;
		if (s->none == SIZE_MAX)
			s->object_before = true;
		else if (!s->unless)
			s->none_object = true;
	}
	return end;
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

/* 突破百件，达113件: the vague number is said once more, exactly, and is none of its own. */
static void
settle_vague(struct scan *s)
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

/* The kind of break at i; true for a full stop. */
static bool
break_at(struct span s, size_t i, enum token_kind *kind)
{
	*kind = s.p[i] == ';' ? TOKEN_SEMI : TOKEN_BREAK;
	return s.p[i] == '!' || s.p[i] == '?' || span_starts((struct span){s.p + i, s.n - i}, SPAN("。"));
}

/*
 * Whether the numeral at i, of three bytes, is an article alone, with nothing behind it that goes on from a number
 * (一是, 统一管理): it is read, and makes no token.
 */
static bool
is_inert(const unsigned char *classes, struct span s, size_t i)
{
	size_t next = i + 3;

	if (next >= s.n || !(classes[rune_at(s, i, 3)] & CLASS_ARTICLE))
		return false;
	return !(classes[rune_at(s, next, rune_length(s, next))] & (CLASS_NUMBER | CLASS_PLACED | CLASS_BREAK));
}

/*
 * Where to go on behind the digits at i if they are a date or a year, which make no token (see take_number);
 * else i.  A digit may not stand before them.
 */
static size_t
pass_date(const struct words *words, struct span s, size_t i)
{
	const struct word *unit;
	size_t end = i, n;

	if (is_date((struct span){s.p + i, s.n - i}))
		return code_end(s, i);
	while (end < s.n && is_digit(s.p[end]))
		end++;
	if (end - i != 4 || !span_at(s, end, SPAN("年")))
		return i;
	unit = words_match(words, (struct span){s.p + end, s.n - end}, ROLE_UNIT | ROLE_NOT_UNIT, &n);
	return unit && unit->roles & ROLE_NOT_UNIT && !(unit->roles & ROLE_UNIT) ? end : i;
}

/* Where the next character from `at` on stands whose class is among `wanted`, or that has not three bytes. */
static inline size_t
next_wanted(const unsigned char *classes, unsigned wanted, struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at, *end = (const unsigned char *)s.p + s.n;

	while (end - p >= 3 && (p[0] & 0xf0) == 0xe0 &&
		!(classes[(p[0] & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f)] & wanted))
		p += 3;
	return (size_t)((const char *)p - s.p);
}

/*
 * Where the clause at i ends if nothing in it makes a token or is remembered behind its end, as with most:
 * it need not be scanned word by word.  Else i.
 */
static size_t
quiet_end(const struct scan *s, size_t i)
{
	const unsigned char *classes = words_classes(s->words);
	const unsigned wanted = CLASS_NUMBER | CLASS_BREAK | CLASS_FIGURE | CLASS_LASTING | CLASS_ACROSS;
	const struct span text = s->text;
	const size_t most = text.n - s->start < SCAN_BYTES ? text.n : s->start + SCAN_BYTES;
	bool year = false;
	size_t at = i, length, n;

	for (;; at += length) {
		unsigned class;

		at = next_wanted(classes, wanted, (struct span){text.p, most}, at);
		if (at >= most)
			return most == text.n ? most : i;
		length = rune_length(text, at);
		class = classes[rune_at(text, at, length)] & wanted;
		if (!class)
			continue;
		if (class & CLASS_BREAK) {
			/* 第2018年，20条: the year may be an ordinal that goes on behind the break. */
			struct span rest = {text.p + at + length, text.n - at - length};

			return year && words_class(s->words, rest) & CLASS_NUMBER ? i : at;
		}
		if (class & CLASS_NUMBER && length == 1) {
			length = pass_date(s->words, text, at) - at;
			if (length == 0)
				return i;
			year = true;
		} else if (class & CLASS_ACROSS || (class & CLASS_NUMBER && !is_inert(classes, text, at)) ||
			(class & (CLASS_FIGURE | CLASS_LASTING) &&
				words_match(s->words, (struct span){text.p + at, text.n - at}, ROLES_FIGURE | ROLES_LASTING, &n))) {
			return i;
		}
	}
}

size_t
scan_sentence(const struct words *words, struct span text, size_t at, struct token tokens[SCAN_TOKENS],
	size_t *n, bool *stop)
{
	const uint64_t roles = ~ROLES_PLACED;
	struct scan s = {.words = words, .text = text, .start = at, .tokens = tokens,
		.item_end = SIZE_MAX, .number_start = SIZE_MAX, .number_end = SIZE_MAX, .code_end = SIZE_MAX, .ordinal_end = SIZE_MAX, .strong_end = SIZE_MAX, .object_end = SIZE_MAX, .about_end = SIZE_MAX, .change_end = SIZE_MAX,
		.not_before_end = SIZE_MAX, .not_chinese_end = SIZE_MAX, .none = SIZE_MAX};
	const unsigned char *classes = words_classes(words);
	bool fresh = true; /* a clause begins */
	size_t i = at;

	*stop = true;
	while (i < text.n) {
		enum token_kind kind;
		const struct word *word = NULL;
		size_t length;
		unsigned class;

		if (fresh && s.n < SCAN_TOKENS - 1 && PASSES_QUIET)
			i = quiet_end(&s, i);
		fresh = false;
		/* Most characters are Chinese and say nothing here, or begin a word that does not go on. */
		while (text.n - i >= 3 && ((unsigned char)text.p[i] & 0xf0) == 0xe0) {
			uint32_t rune = rune_at(text, i, 3);

			class = classes[rune] & ~(unsigned)CLASS_PLACED;
			if (class && (class != CLASS_WORD ||
				words_goes_on(words, rune, (struct span){text.p + i + 3, text.n - i - 3})))
				break;
			i += 3;
		}
		if (i >= text.n)
			break;
		length = rune_length(text, i);
		class = classes[rune_at(text, i, length)] & ~(unsigned)CLASS_PLACED;
		if (!class) {
			i += length;
			continue;
		}
		if (s.n == SCAN_TOKENS - 1 || i - at > SCAN_BYTES) {
			*stop = false;
			break;
		}
		if (class & CLASS_BREAK) {
			i += length;
			if (break_at(text, i - length, &kind))
				break;
			add_break(&s, kind, i - length, i);
			fresh = true;
			continue;
		}
		if (class & CLASS_WORD)
			word = words_match(words, (struct span){text.p + i, text.n - i}, roles, &length);
		if (word)
			i = take_word(&s, word, i, length);
		else if (class & CLASS_NUMBER)
			i = take_number(&s, i);
		else
			i += rune_length(text, i);
	}
	settle_none(&s);
	if (s.vague)
		settle_vague(&s);
	/* What stands behind such a cell is the label of the next. */
	for (size_t k = 0; s.cells >= CELLS_OF_TABLE && k < s.n; k++)
		if (tokens[k].kind == TOKEN_NONE && tokens[k].cell)
			tokens[k].kind = TOKEN_DEAD;
	*n = s.counts ? s.n : 0;
	return i;
}
