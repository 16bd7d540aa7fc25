#include "contact.h"

#include <stdlib.h>

#include "broken.h"
#include "person.h"
#include "personal.h"
#include "phone.h"
#include "signs.h"
#include "text/kind.h"

enum {
	LONGEST_NUMBER = 14, /* signs of a telephone number with its area code */
	SHORTEST = 5,    /* bytes of the shortest name of a field, or mailbox */
	LABEL = 20,      /* characters of the longest text that is the name of a field or ends with it */
	LONGEST = 16,    /* characters of the longest name in a cell, with the person's office */
};

/* As long as a name, with what the person is, can be. */
static bool
is_short(struct span s)
{
	size_t n = span_characters(s);

	return n > 1 && n <= LONGEST;
}

/* Whether the text of a cell can be what the field's name, a cell of its own, announces. */
static bool
can_be_value(const struct words *words, struct span s, enum word_use use)
{
	size_t n = 0;
	bool mark = false;

	for (size_t i = 0; i < s.n; i++) {
		n += is_digit(s.p[i]);
		mark |= s.p[i] == '*' || s.p[i] == '-' || s.p[i] == '@' || s.p[i] == '(';
	}
	switch (use) {
	case WORD_PERSON:
	case WORD_EDITOR:
		return n == 0 && is_short(s) && !words_end(words, WORD_OFFICE, s);
	case WORD_PHONE:
		return n >= PHONE_SHORTEST || (mark && n >= 3);
	case WORD_CONTACT:
		return s.n > 0;
	case WORD_MAILBOX:
		return s.n > 0 && (mark || cell_kind(s) != CELL_NUMBER);
	default:
		return false;
	}
}

/* A column of a table whose head names a field. */
struct column {
	uint32_t table, col;
	enum word_use use;
};

enum { COLUMNS = 64 };

/* The end of the cells of the row that begins at `from`. */
static size_t
end_of_row(const struct pieces *list, size_t from)
{
	const struct piece *first = &list->v[from];
	size_t end = from;

	while (end < list->n && list->v[end].kind == PIECE_CELL && list->v[end].table == first->table &&
		list->v[end].row == first->row)
		end++;
	return end;
}

/* Whether a row of `like` cells begins at `from`, none of which names a field. */
static bool
could_be_values(const struct pieces *list, const enum word_use *use, size_t from, size_t like)
{
	size_t end;

	if (from == list->n || list->v[from].kind != PIECE_CELL || list->v[from].row == 0)
		return false;
	end = end_of_row(list, from);
	for (size_t i = from; i < end; i++)
		if (use[i] != WORD_USES)
			return false;
	return end - from == like;
}

/*
 * Whether the row from `from` to `end` heads columns: nothing but labels, two or more of them names of
 * personal fields, the last of all one, or two side by side above a row of as many values.
 */
static bool
heads_columns(const struct pieces *list, const enum word_use *use, size_t from, size_t end)
{
	size_t names = 0;
	bool side_by_side = false;

	for (size_t i = from; i < end; i++) {
		enum cell_kind kind = cell_kind(piece_text(list, &list->v[i]));

		if (kind != CELL_LABEL && kind != CELL_SHORT)
			return false;
		names += words_is_personal(use[i]);
		side_by_side |= i > from && words_is_personal(use[i]) && words_is_personal(use[i - 1]);
	}
	return names >= 2 && list->v[from].row > 0 &&
	       (words_is_personal(use[end - 1]) || (side_by_side && could_be_values(list, use, end, end - from)));
}

/* A line that ends with a field's name is followed by its value on the next. */
static void
strike_next_line(struct pieces *list, const enum word_use *use, const struct words *words, struct personal_work *work)
{
	for (size_t i = 0; i + 1 < list->n; i++) {
		struct piece *next = &list->v[i + 1];
		struct span text = piece_text(list, next);

		if (list->v[i].kind != PIECE_TEXT || next->kind != PIECE_TEXT || !words_is_personal(use[i]) ||
			use[i + 1] != WORD_USES)
			continue;
		if (personal_is_value(words, use[i], text, work))
			piece_replace(list, next, SPAN("*"));
	}
}

/*
 * Whether the row from `from` to `end` can be one of those below the heads: as many cells, and in the
 * columns of the heads what these announce, or nothing.
 */
static bool
is_below(const struct words *words, const struct pieces *list, const struct column *head, size_t nhead, size_t cells, size_t from,
	size_t end)
{
	if (end - from != cells)
		return false;
	for (size_t i = from; i < end; i++)
		for (size_t h = 0; h < nhead; h++) {
			struct span text = piece_text(list, &list->v[i]);

			if (head[h].col == list->v[i].col && text.n &&
				!can_be_value(words, text, head[h].use))
				return false;
		}
	return true;
}

/*
 * Whether a cell is the value of the field whose name ends the text of the cell before it, other words in front: 投诉举报电话.
 * Many a row's label ends so, with a count beside it: the value must be nothing but names, or numbers of no count's form.
 */
static bool
is_beside_ending(struct span text, enum word_use use, const struct words *words, struct personal_work *work)
{
	struct span area;

	return personal_is_value(words, use, text, work) &&
	       (use != WORD_PERSON || span_characters(text) <= PERSON_NAME) &&
	       (span_digits(text) < text.n || phone_at(words, text, true, &area) == text.n);
}

/* A cell beside the name of a field: all of it, or the names and numbers it begins with. */
static void
strike_value(struct pieces *list, struct piece *cell, enum word_use use, const struct words *words,
	struct personal_work *work)
{
	struct span text = piece_text(list, cell);

	if (can_be_value(words, text, use) || personal_is_value(words, use, text, work))
		cell->length = 0;
	else if (use != WORD_EDITOR && personal_strike_value(words, use, text, work))
		piece_replace(list, cell, buf_span(&work->text));
}

/* The cells beside and below those that name a field. */
static void
strike_cells(struct pieces *list, const enum word_use *use, const struct words *words, struct personal_work *work)
{
	struct column head[COLUMNS];
	size_t nhead = 0, width = 0, end;

	for (size_t i = 0; i < list->n; i = end) {
		struct piece *first = &list->v[i];

		end = i + 1;
		if (first->kind != PIECE_CELL)
			continue;
		end = end_of_row(list, i);
		if (nhead && (head[0].table != first->table || !is_below(words, list, head, nhead, width, i, end)))
			nhead = 0;
		if (heads_columns(list, use, i, end)) {
			nhead = 0;
			width = end - i;
			for (size_t k = i; k < end && nhead < COLUMNS; k++)
				if (words_is_personal(use[k]))
					head[nhead++] = (struct column){first->table, list->v[k].col, use[k]};
			continue;
		}
		for (size_t k = i; k < end; k++) {
			struct piece *cell = &list->v[k];

			if (use[k] != WORD_USES)
				continue;
			for (size_t h = 0; h < nhead; h++)
				if (head[h].col == cell->col)
					cell->length = 0;
			if (k > i && words_is_personal(use[k - 1]))
				strike_value(list, cell, use[k - 1], words, work);
		}
	}
}

/* Bytes at the end of the text that the beginning of a telephone number may be. */
static size_t
begun_number(struct span text)
{
	size_t n = 0;

	while (n < text.n && (is_digit(text.p[text.n - 1 - n]) || memchr("+-() ", text.p[text.n - 1 - n], 5)))
		n++;
	return n;
}

/* The cells beside those that end with a field's name, or with a number's beginning behind it: 电话:010 | 6601 | 2345. */
static void
strike_beside_endings(struct pieces *list, const enum word_use *ending, const struct words *words,
	struct personal_work *work)
{
	for (size_t i = 0; i + 1 < list->n; i++) {
		const struct piece *cell = &list->v[i];
		size_t begun;

		if (cell->kind != PIECE_CELL || !words_is_personal(ending[i]))
			continue;
		begun = begun_number(piece_text(list, cell));
		for (size_t k = i + 1; k < list->n; k++) {
			struct piece *next = &list->v[k];
			struct span text = piece_text(list, next);

			if (next->kind != PIECE_CELL || next->table != cell->table || next->row != cell->row)
				break;
			if (begun) {
				begun += text.n;
				if (begun > LONGEST_NUMBER || begun_number(text) < text.n)
					break;
			} else if (!is_beside_ending(text, ending[i], words, work)) {
				if (ending[i] == WORD_PERSON && k == i + 1 && personal_strike_value(words, ending[i], text, work))
					piece_replace(list, next, buf_span(&work->text));
				break;
			}
			next->length = 0;
		}
	}
}

/* What a meta element says of a person: author=张三. */
static void
strike_meta(struct pieces *list, struct piece *piece, const struct words *words, struct personal_work *work)
{
	struct span value = piece_text(list, piece), name = span_cut(&value, '=');
	enum word_use use = words_name(words, name);

	if (!words_is_personal(use) || !value.p || !personal_is_value(words, use, value, work))
		return;
	work->text.n = 0;
	buf_add_span(&work->text, name);
	buf_add_str(&work->text, "=*");
	piece_replace(list, piece, buf_span(&work->text));
}

static bool
ends_with_colon(struct span text)
{
	return span_ends(text, SPAN(":")) || span_ends(text, SPAN("："));
}

void
contact_strike(struct pieces *list, const struct words *words)
{
	/* The fields that pieces are, and that they end with, the names of. */
	enum word_use *use = xreallocarray(NULL, list->n + 1, sizeof *use);
	enum word_use *ending = xreallocarray(NULL, list->n + 1, sizeof *ending);
	unsigned char *marked = xcalloc(list->n + 1, 1);
	struct personal_work work = {BUF_INIT, BUF_INIT};
	bool fields = false, endings = false;

	signs_mark(list, marked);
	broken_strike(list, words, &work);
	for (size_t i = 0; i < list->n; i++) {
		struct piece *piece = &list->v[i];
		struct span text = piece_text(list, piece);
		bool cell = piece->kind == PIECE_CELL;

		use[i] = ending[i] = WORD_USES;
		if (piece->length < SHORTEST)
			continue;
		/* Long texts are no names, but may end with one where they have a colon. */
		if ((cell || piece->kind == PIECE_TEXT) && (piece->length <= 3 * LABEL || marked[i])) {
			size_t begun = cell && marked[i] ? begun_number(text) : 0, from;

			ending[i] = words_ending(words, span_of(text.p, text.n - begun), &from);
			/* A line goes on where it ends with a colon. */
			if (!begun && (from == 0 || (marked[i] && !cell && ends_with_colon(text)))) {
				use[i] = ending[i];
				ending[i] = WORD_USES;
			}
			endings |= cell && words_is_personal(ending[i]);
		}
		if (piece->kind == PIECE_META) {
			strike_meta(list, piece, words, &work);
			text = piece_text(list, piece);
		}
		fields |= words_is_personal(use[i]);
		if (marked[i] && piece->kind != PIECE_PAGE && personal_strike(words, text, cell, &work))
			piece_replace(list, piece, buf_span(&work.text));
	}
	if (fields) {
		strike_cells(list, use, words, &work);
		strike_next_line(list, use, words, &work);
	}
	if (endings)
		strike_beside_endings(list, ending, words, &work);
	free(use);
	free(ending);
	free(marked);
	buf_release(&work.text);
	buf_release(&work.plain);
}
