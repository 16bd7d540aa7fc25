#include "scan_parts.h"

/* A test compares with a scan that reads every word. */
#ifdef SCAN_EVERY_WORD
enum { PASSES_QUIET = 0 };
#else
enum { PASSES_QUIET = 1 };
#endif

enum { CELLS_OF_TABLE = 3 };

static void
add_break(struct scan *s, enum token_kind kind, size_t start, size_t end)
{
	scan_settle_none(s);
	s->code = s->rate = s->hope = s->compare = s->unless = s->object_before = false;
	if (kind == TOKEN_SEMI)
		s->each = false;
	scan_add(s, kind, start, end);
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
	size_t next = i + 3, n;

	if (next >= s.n || !(classes[span_character(s, i)] & CLASS_ARTICLE))
		return false;
	return !(classes[words_rune(span_from(s, next), &n)] & (CLASS_NUMBER | CLASS_PLACED | CLASS_BREAK));
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

	if (scan_is_date((struct span){s.p + i, s.n - i}))
		return scan_code_end(s, i);
	while (end < s.n && is_digit(s.p[end]))
		end++;
	if (end - i != 4 || !span_at(s, end, SPAN("年")))
		return i;
	unit = words_match(words, (struct span){s.p + end, s.n - end}, ROLE_UNIT | ROLE_NOT_UNIT, &n);
	return unit && unit->roles & ROLE_NOT_UNIT && !(unit->roles & ROLE_UNIT) ? end : i;
}

/* Where the next character from `at` on stands at which a clause may not be passed over, or that ends the text. */
static inline size_t
next_stop(const struct stops *stops, struct span s, size_t at)
{
	while (at + 2 < s.n && !stops_at(stops, (const unsigned char *)s.p + at))
		at += 3;
	return at;
}

/*
 * Where the clause at i ends if nothing in it makes a token or is remembered behind its end, as with most:
 * it need not be scanned word by word.  Else i.
 */
static size_t
quiet_end(const struct scan *s, size_t i)
{
	const unsigned char *classes = words_classes(s->words);
	const struct stops *stops = words_stops(s->words);
	const struct span text = s->text;
	const size_t most = text.n - s->start < SCAN_BYTES ? text.n : s->start + SCAN_BYTES;
	bool year = false;
	size_t at = i, length, n;

	for (;; at += length) {
		unsigned class;

		at = next_stop(stops, (struct span){text.p, most}, at);
		if (at >= most)
			return most == text.n ? most : i;
		class = classes[words_rune(span_from(text, at), &length)] & CLASSES_STOP;
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

/* Where to go on from i: most characters are Chinese and say nothing here, or begin a word that does not go on. */
static inline size_t
pass_plain(const struct words *words, const unsigned char *classes, struct span text, size_t i)
{
	while (text.n - i >= 3 && ((unsigned char)text.p[i] & 0xf0) == 0xe0) {
		uint32_t rune = span_character(text, i);
		unsigned class = classes[rune] & ~(unsigned)CLASS_PLACED;

		if (class && (class != CLASS_WORD ||
			words_goes_on(words, rune, (struct span){text.p + i + 3, text.n - i - 3})))
			break;
		i += 3;
	}
	return i;
}

/* What only the whole sentence tells of its tokens. */
static void
settle(struct scan *s)
{
	scan_settle_none(s);
	if (s->vague)
		scan_settle_vague(s);
	/* What stands behind such a cell is the label of the next. */
	for (size_t k = 0; s->cells >= CELLS_OF_TABLE && k < s->n; k++)
		if (s->tokens[k].kind == TOKEN_NONE && s->tokens[k].cell)
			s->tokens[k].kind = TOKEN_DEAD;
}

size_t
scan_sentence(const struct words *words, struct span text, size_t at, struct token tokens[SCAN_TOKENS],
	size_t *n, bool *stop)
{
	const uint64_t roles = ~ROLES_PLACED;
	struct scan s = {.words = words, .text = text, .start = at, .tokens = tokens, .item_end = SIZE_MAX,
		.ordinal_end = SIZE_MAX, .number_start = SIZE_MAX, .number_end = SIZE_MAX, .code_end = SIZE_MAX,
		.strong_end = SIZE_MAX, .object_end = SIZE_MAX, .about_end = SIZE_MAX, .change_end = SIZE_MAX,
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
		i = pass_plain(words, classes, text, i);
		if (i >= text.n)
			break;
		class = classes[words_rune(span_from(text, i), &length)] & ~(unsigned)CLASS_PLACED;
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
			i = scan_take_word(&s, word, i, length);
		else if (class & CLASS_NUMBER)
			i = scan_take_number(&s, i);
		else
			i += span_step(span_from(text, i));
	}
	settle(&s);
	*n = s.counts ? s.n : 0;
	return i;
}
