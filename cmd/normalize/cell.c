#include "cell.h"

#include "quantity.h"

/* Bytes; a longer cell is a label or prose. */
enum { LONGEST = 64 };

/* Nothing but marks: one of the table, or one repeated (----). */
static bool
is_mark(const struct words *words, struct span text)
{
	size_t n, whole = text.n;

	if (!words_match(words, text, ROLE_MARK, &n))
		return false;
	if (n == whole)
		return true;
	while (words_match(words, text, ROLE_MARK, &n)) {
		text.p += n;
		text.n -= n;
		if (text.n == 0)
			return true;
	}
	return false;
}

/* 减3, 增4: a change of a number of things, with its sign in words.  False if it is not that. */
static bool
read_change(const struct words *words, struct span text, struct reading *r)
{
	const struct word *word;
	struct quantity q;
	size_t n;

	word = words_match(words, text, ROLE_UP | ROLE_DOWN, &n);
	if (!word || n == text.n || text.p[n] < '0' || text.p[n] > '9')
		return false;
	text = span_of(text.p + n, text.n - n);
	if (!quantity_read(words, text, &q, &n) || q.end != text.n || !q.valued || q.about ||
		(q.unit && (!(q.unit->roles & ROLE_UNIT) || q.unit->kind != UNIT_COUNT)) ||
		!decimal_mul_int(q.value, word->roles & ROLE_UP ? 1 : -1, &r->value))
		return false;
	r->state = STATE_NUMBER;
	if (q.unit)
		r->unit = q.unit->unit;
	return true;
}

/* A number and nothing else before its unit, in a text that is too long to be read as one. */
static bool
is_long_number(struct span text)
{
	size_t n = 0, digits = 0;

	for (; n < text.n && (strchr("+-., ", text.p[n]) || is_digit(text.p[n])); n++)
		digits += text.p[n] >= '0';
	return digits > 18 && text.n - n <= LONGEST / 2 && 2 * digits > n;
}

/* A number of things and nothing else; false if the text is not that, also where it has no value that fits. */
static bool
read_quantity(const struct words *words, struct span text, struct reading *r)
{
	struct quantity q;
	bool about = false;
	size_t n;

	if (words_match(words, text, ROLE_ABOUT_BEFORE, &n)) {
		about = true;
		text = span_from(text, n);
	}
	if (!quantity_read(words, text, &q, &n) || q.end != text.n || (q.unit && !(q.unit->roles & ROLE_UNIT)))
		return false;
	r->overflow = q.overflow;
	if (q.valued) {
		r->state = about || q.about ? STATE_ABOUT : STATE_NUMBER;
		r->value = q.value;
		if (q.unit)
			r->unit = q.unit->unit;
	}
	return true;
}

/* The text of a cell without a word for a total before it, and the end of a sentence behind it: 共3件。 */
static struct span
undressed(const struct words *words, struct span text)
{
	static const struct span ends[] = {{"。", 3}, {";", 1}};
	size_t n;

	if (words_match(words, text, ROLE_TOTAL, &n))
		text = span_from(text, n);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (span_ends(text, ends[i]))
			return span_of(text.p, text.n - ends[i].n);
	return text;
}

/*
 * The text without brackets at its end, if a unit stands in them and nothing else, which would become digits: 3(件).
 * `plain`, of LONGEST bytes, holds it.
 */
static struct span
unbracketed(const struct words *words, struct span text, char *plain)
{
	const char *open = text.n && text.p[text.n - 1] == ')' ? memchr(text.p, '(', text.n) : NULL;
	struct span before, inside;
	size_t n;

	if (!open)
		return text;
	before = span_of(text.p, (size_t)(open - text.p));
	inside = span_of(open + 1, text.n - before.n - 2);
	if (!words_match(words, inside, ROLE_UNIT, &n) || n != inside.n)
		return text;
	memcpy(plain, before.p, before.n);
	memcpy(plain + before.n, inside.p, inside.n);
	return span_of(plain, before.n + inside.n);
}

struct reading
cell_read(const struct words *words, struct span text)
{
	struct reading r = {.state = STATE_TEXT};
	char plain[LONGEST];
	struct span bare;
	size_t n;

	if (text.n == 0) {
		r.state = STATE_BLANK;
		return r;
	}
	if (text.n > LONGEST) {
		r.overflow = is_long_number(text);
		return r;
	}
	if ((!words_class(words, text) && *text.p != '+' && *text.p != '-'))
		return r;
	if (read_quantity(words, text, &r))
		return r;
	if (read_change(words, text, &r))
		return r;
	bare = undressed(words, text);
	if (bare.n < text.n && read_quantity(words, bare, &r))
		return r;
	bare = unbracketed(words, bare, plain);
	if (bare.p == plain && read_quantity(words, bare, &r))
		return r;
	if (is_mark(words, text)) {
		r.state = STATE_MARK;
	} else if (words_match(words, text, ROLE_NONE_WHOLE, &n) && n == text.n) {
		r.state = STATE_NUMBER;
		r.value = DECIMAL_ZERO;
	}
	return r;
}
