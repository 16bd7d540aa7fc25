#include "cell.h"

#include "quantity.h"

/* Bytes; a longer cell is a label or prose. */
enum { LONGEST = 64 };

const struct span state_name[STATES] = {{"", 0}, {"number", 6}, {"about", 5}, {"blank", 5}, {"mark", 4},
	{"text", 4}};

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

struct reading
cell_read(const struct words *words, struct span text)
{
	struct reading r = {.state = STATE_TEXT};
	struct span rest = text;
	struct quantity q;
	bool about = false;
	size_t n;

	if (text.n == 0) {
		r.state = STATE_BLANK;
		return r;
	}
	if (text.n > LONGEST || (!words_class(words, text) && *text.p != '+' && *text.p != '-'))
		return r;
	if (words_match(words, rest, ROLE_ABOUT_BEFORE, &n)) {
		about = true;
		rest.p += n;
		rest.n -= n;
	}
	if (quantity_read(words, rest, &q, &n) && q.end == rest.n && (!q.unit || q.unit->roles & ROLE_UNIT)) {
		r.overflow = q.overflow;
		if (q.valued) {
			r.state = about || q.about ? STATE_ABOUT : STATE_NUMBER;
			r.value = q.value;
			if (q.unit)
				r.unit = q.unit->unit;
		}
		return r;
	}
	if (is_mark(words, text)) {
		r.state = STATE_MARK;
	} else if (words_match(words, text, ROLE_NONE_WHOLE, &n) && n == text.n) {
		r.state = STATE_NUMBER;
		r.value = DECIMAL_ZERO;
	}
	return r;
}
