#include "unread.h"

#include <stdlib.h>

enum {
	LEAST = 5,        /* rows */
	LOOKUPS = 20000,  /* of a page: its time is bounded */
	SHORTEST = 6,     /* bytes of a label */
	LONGEST = 240,
	LONGEST_UNIT = 9,
	SENTENCE = 600,   /* bytes */
	WORDS = 4,        /* before a number, the label and names of columns */
	REMARK = 120,     /* bytes, in brackets */
};

/* What is being looked through: the words behind the last number, and what rows there are. */
struct search {
	const struct form_book *book;
	struct buf *keys;
	uint8_t *seen;      /* by form_row.same: a fact tells of it, or it was met */
	uint8_t *told;      /* by item: a fact is its number, with an indicator or said to have none */
	struct span words[WORDS]; /* that are no unit, behind the last number, the last first; empty: none */
	bool behind;        /* a number stands before what comes next */
	size_t lookups;     /* left */
	uint32_t line, words_line;
	struct unread found;
};

/* Bytes of a sign at the start of the text that parts a label from what stands beside it; 0 if none does. */
static size_t
sign_length(struct span s)
{
	if ((unsigned char)*s.p < 0x80) {
		if (*s.p == '.')
			return s.n > 1 && s.p[1] == '.' ? 2 : 0;
		return *s.p == '(' ? s.n > 1 && is_digit(s.p[1]) : strchr(" \t,;:=|/\\<>\"'[]{}&*_#~!", *s.p) != NULL;
	}
	if (span_starts(s, SPAN("·")))
		return SPAN("·").n;
	switch (span_character(s, 0)) {
	case 0x2014: case 0x2022: case 0x2026: case 0x2190: case 0x2192: /* — • … ← → */
	case 0x201c: case 0x201d:                                        /* “ ” */
	case 0x2502: case 0x3001: case 0x30fb: return 3;                 /* │ 、 ・ */
	case 0xff0c: case 0xff1a: case 0xff1b: return 3;                 /* ， ： ； */
	}
	return 0;
}

/* Behind the remark in brackets at the start of the text; 1 if it does not end soon, or holds several numbers. */
static size_t
remark_length(struct span s)
{
	size_t numbers = 0;

	for (size_t i = 1; i < s.n && i < REMARK && numbers < 2; i++) {
		numbers += is_digit(s.p[i]) && !is_digit(s.p[i - 1]);
		if (s.p[i] == ')')
			return i + 1;
	}
	return 1;
}

/* Behind the number at the start of the text; *counts: it does not number what stands behind it, as 1. and 1) do. */
static size_t
number_length(struct span s, bool *counts)
{
	size_t n = 0;

	while (span_is_digit(s, n) || (n < s.n && (s.p[n] == '.' || s.p[n] == ',') && span_is_digit(s, n + 1)))
		n++;
	*counts = n == s.n || (s.p[n] != '.' && s.p[n] != ')') || (n + 1 < s.n && s.p[n] == '.' && s.p[n + 1] == '.');
	return n;
}

/* Behind the date at the start of the text, 2023-11-09, as stands behind headlines; 0 if none stands there. */
static size_t
date_length(struct span s)
{
	size_t month, day;
	int year;

	if (span_digits(s) != 4 || !span_at(s, 4, SPAN("-")))
		return 0;
	year = span_year(span_head(s, 4));
	if (year < 1990 || year > 2100)
		return 0;
	month = span_digits(span_from(s, 5));
	if (month == 0 || month > 2 || !span_at(s, 5 + month, SPAN("-")))
		return 0;
	day = span_digits(span_from(s, 6 + month));
	return day == 0 || day > 2 ? 0 : 6 + month + day;
}

/* Bytes of the unit that ends the words, 主动公开政府信息数条; 0 if none does. */
static size_t
unit_length(const struct search *s, struct span words)
{
	for (size_t n = 3; n <= LONGEST_UNIT && n < words.n; n += 3)
		if (units_stands_alone(s->book->units, span_from(words, words.n - n)))
			return n;
	return 0;
}

static const struct form_row *
row_of(const struct search *s, const struct row_ref *ref)
{
	return s->book->edition[ref->form].row[ref->row].row;
}

/*
 * Whether one of the columns is of a wide table, whose columns are indicators, and no fact tells of any that may be
 * meant: beside its number it stands as a row.
 */
static bool
is_lone_column(const struct search *s, const struct row_ref *ref, size_t n)
{
	bool lone = false;

	for (size_t i = 0; i < n; i++) {
		const struct edition *ed = &s->book->edition[ref[i].form];

		for (size_t k = 0; k < ed->nsheets; k++) {
			const struct form_sheet *fs = &ed->sheet[k];
			const struct form_row *row;

			if (!fs->wide || ref[i].row < fs->first || ref[i].row >= fs->first + fs->n)
				continue;
			row = forms_row(s->book->forms, ed->name, s->book->forms->column[ref[i].row].column);
			if (row && s->seen[row->same])
				return false;
			lone |= row != NULL;
		}
	}
	return lone;
}

/*
 * Notes the row of a form that has that label, if no fact tells of it; `beside`: a number stands behind it and nothing
 * between, as none does behind the name of a column.  Whether it heads a column instead.
 */
static bool
look_up(struct search *s, struct span words, uint32_t line, bool beside)
{
	const struct row_ref *ref = NULL, *column = NULL;
	size_t n = 0, unit = 0, columns = 0;
	bool told = false, heads = false;

	if (s->lookups == 0)
		return false;
	do {
		struct label label;

		s->lookups -= s->lookups > 0;
		buf_reset(s->keys);
		label = label_read(s->book->labels, span_head(words, words.n - unit), s->keys);
		ref = form_book_rows(s->book, &label, &n);
		column = form_book_columns(s->book, &label, &columns);
		heads = form_book_header(s->book, &label) != HEADER_NONE;
	} while (n + columns == 0 && !heads && unit == 0 && (unit = unit_length(s, words)) > 0);
	/* A label that rows of several meanings have counts for none of them, but where all are unread. */
	for (size_t i = 0; i < n; i++)
		told |= s->seen[row_of(s, &ref[i])->same];
	for (size_t i = 0; i < n && !told; i++)
		s->seen[row_of(s, &ref[i])->same] = true;
	if (n == 0)
		told = !beside || !is_lone_column(s, column, columns);
	if (!told && s->found.rows++ == 0)
		s->found.line = line;
	return columns > 0 || (n == 0 && heads);
}

/* Whether the words are of a notation, as the name of a tag is: a label does not begin and end in ASCII. */
static bool
is_notation(struct span words)
{
	return (unsigned char)words.p[0] < 0x80 && (unsigned char)words.p[words.n - 1] < 0x80 && *words.p != '(';
}

/* Words that end here: they may be the label of the number before them, or of the one behind. */
static void
end_words(struct search *s, struct span words)
{
	if (words.n == 0 || is_notation(words) ||
		(words.n <= LONGEST_UNIT + 2 && units_stands_alone(s->book->units, words)))
		return;
	if (words.n < SHORTEST || words.n > LONGEST)
		words = SPAN("");
	if (s->behind && words.n)
		look_up(s, words, s->line, false);
	s->behind = false;
	memmove(s->words + 1, s->words, (WORDS - 1) * sizeof *s->words);
	s->words[0] = words;
	s->words_line = s->line;
}

static void
forget_words(struct search *s)
{
	for (size_t i = 0; i < WORDS; i++)
		s->words[i] = SPAN("");
}

static void
look_through(struct search *s, struct span text)
{
	size_t from = 0, at = 0, n;
	bool counts;

	while (at < text.n) {
		struct span rest = span_from(text, at);

		if (is_digit(*rest.p)) {
			n = number_length(rest, &counts);
			if (counts) {
				size_t date = date_length(rest);
				bool year = date || span_at(rest, n, SPAN("年"));

				n = date ? date : n;

				end_words(s, span_of(text.p + from, at - from));
				for (size_t k = 0; k < WORDS && s->words[k].n && !year && look_up(s, s->words[k], s->words_line, k == 0); k++)
					;
				forget_words(s);
				s->behind = !year;
				from = at + n;
			}
		} else if ((n = sign_length(rest)) > 0) {
			end_words(s, span_of(text.p + from, at - from));
			from = at + n;
		} else {
			n = *rest.p == '(' ? remark_length(rest) : span_step(rest);
		}
		at += n;
	}
	end_words(s, span_of(text.p + from, text.n - from));
}

/* Looks through a text but for its sentences, unless one is as long as no sentence is. */
static void
look_through_text(struct search *s, struct span text)
{
	while (text.n) {
		size_t end = span_find(text, SPAN("。"));

		if (end == text.n || end > SENTENCE)
			look_through(s, span_head(text, end));
		if (end == text.n)
			return;
		forget_words(s);
		s->behind = false;
		text = span_from(text, end + SPAN("。").n);
	}
}

/* Whether it is a fact of an indicator that a cell gave. */
static bool
is_of_cell(const struct page *page, const struct fact *fact)
{
	return fact->row && fact->item < page->n && page->items[fact->item].kind == ITEM_CELL;
}

/* Whether all tables of the form gave a fact, none of a sentence: then nothing of it is lost as a whole. */
static bool
gave_all(const struct page *page, const struct form_book *book, uint16_t form, const struct facts *facts)
{
	const struct edition *ed = &book->edition[form];

	for (size_t t = 0; t < ed->nsheets; t++) {
		size_t i = 0;

		while (i < facts->n && !(is_of_cell(page, &facts->fact[i]) && span_eq(facts->fact[i].row->table, ed->sheet[t].name)))
			i++;
		if (i == facts->n)
			return false;
	}
	return true;
}

struct unread
unread_find(const struct page *page, const struct form_book *book, uint16_t form, const struct facts *facts, bool said,
	struct buf *keys)
{
	struct search s = {.book = book, .keys = keys, .lookups = LOOKUPS};

	if (form != NO_FORM && gave_all(page, book, form, facts))
		return s.found;
	forget_words(&s);
	s.seen = xcalloc(book->forms->nrows + 1, sizeof *s.seen);
	s.told = xcalloc(page->n + 1, sizeof *s.told);
	for (size_t i = 0; i < facts->n; i++) {
		if (facts->fact[i].row)
			s.seen[facts->fact[i].row->same] = true;
		if ((said || facts->fact[i].row) && facts->fact[i].item < page->n)
			s.told[facts->fact[i].item] = true;
	}
	for (size_t i = 0; i < page->n && s.lookups; i++) {
		const struct item *item = &page->items[i];

		s.line = item->line;
		if (item->kind == ITEM_TEXT)
			look_through_text(&s, item->text);
		else if (item->kind == ITEM_CELL && !s.told[i])
			look_through(&s, item->text);
	}
	free(s.seen);
	free(s.told);
	if (s.found.rows < LEAST)
		s.found.rows = 0;
	return s.found;
}
