/* The words of a glued table: labels, headers and units, as the form has them. */
#include "glued_parts.h"

enum {
	LEAST_ROWS = 5, /* of a form, before it is believed */
	LONGEST = 360,  /* bytes of a label or header */
	LONGEST_UNIT = 9,
	LONGEST_NUMBERING = 24, /* with some of its label */
	MOST_FORMS = 64,
};

struct span
glued_next_number(struct span text)
{
	size_t depth = 0, at = 0, end;

	for (; at < text.n && (depth || !is_digit(text.p[at])); at++) {
		depth += text.p[at] == '(';
		depth -= depth && text.p[at] == ')';
	}
	for (end = at; end < text.n && (is_digit(text.p[end]) ||
				(text.p[end] == '.' && end + 1 < text.n && is_digit(text.p[end + 1]))); end++)
		;
	return span_of(text.p + at, end - at);
}

bool
glued_is_numbered(const struct gluer *g, struct span words)
{
	struct label label;

	buf_reset(g->keys);
	label = label_read(g->book->labels, span_head(words, words.n < LONGEST_NUMBERING ? words.n : LONGEST_NUMBERING), g->keys);
	return label.numbering == NUMBER_SECTION || label.numbering == NUMBER_BRACKET;
}

/* Where the words up to n end with what numbers the label behind them, 三、办理结果（一）: where that begins; else n. */
static size_t
before_numbering(const struct gluer *g, struct span words, size_t n)
{
	size_t open = n;

	if (n == words.n || words.p[n - 1] != ')')
		return n;
	while (open > 0 && words.p[open] != '(')
		open--;
	return open > 0 && glued_is_numbered(g, span_from(words, open)) ? open : n;
}

/* The longest label or header that the words begin with. */
static bool
read_label(struct gluer *g, struct span words, struct glued_token *token)
{
	size_t n = words.n < LONGEST ? words.n : LONGEST;

	for (; n > 0 && g->lookups > 0; n--) {
		struct label label;
		size_t columns;

		if (n < words.n && ((unsigned char)words.p[n] & 0xc0) == 0x80)
			continue;
		g->lookups--;
		buf_reset(g->keys);
		label = label_read(g->book->labels, span_of(words.p, n), g->keys);
		if (!label.key.n)
			return false;
		*token = (struct glued_token){.text = span_of(words.p, n)};
		token->row = form_book_rows(g->book, &label, &token->nrows);
		token->header = form_book_header(g->book, &label);
		form_book_columns(g->book, &label, &columns);
		token->doubtful = label.numbering == NUMBER_NONE && !label.of_which;
		/* 总计 heads a column, （七）总计 is a row. */
		token->kind = token->nrows && (columns == 0 || !token->doubtful) ? TOKEN_ROW : TOKEN_HEADER;
		if (token->nrows || token->header != HEADER_NONE || columns) {
			token->text.n = before_numbering(g, words, n);
			return true;
		}
	}
	return false;
}

/* A unit that the words begin with, before another label or their end. */
static bool
read_unit(struct gluer *g, struct span words, struct glued_token *token)
{
	for (size_t n = LONGEST_UNIT; n > 0; n--) {
		struct glued_token next;

		if (n > words.n || (n < words.n && ((unsigned char)words.p[n] & 0xc0) == 0x80) ||
			!units_stands_alone(g->book->units, units_text(span_of(words.p, n))) ||
			(n < words.n && !read_label(g, span_from(words, n), &next)))
			continue;
		*token = (struct glued_token){.text = span_of(words.p, n), .kind = TOKEN_UNIT};
		return true;
	}
	return false;
}

void
glued_read_segment(struct gluer *g, struct span words, struct span number)
{
	struct glued_segment *s;

	g->segment = grow(g->segment, g->nsegments, &g->segments_cap, sizeof *g->segment);
	s = &g->segment[g->nsegments++];
	*s = (struct glued_segment){.words = words, .number = number, .token = g->ntokens};
	while (words.n) {
		struct glued_token token;
		size_t n = span_step(words);

		if (read_unit(g, words, &token) || read_label(g, words, &token)) {
			g->token = grow(g->token, g->ntokens, &g->tokens_cap, sizeof *g->token);
			/* 3 and .其他 */
			if (words.p == s->words.p && words.p[0] == '.' && token.nrows)
				token.kind = TOKEN_ROW;
			token.doubtful &= s->open;
			g->token[g->ntokens++] = token;
			s->n++;
			s->open = false;
			n = token.text.n;
		} else {
			s->open |= (unsigned char)words.p[0] >= 0x80;
		}
		words = span_from(words, n);
	}
}

const struct glued_token *
glued_label_of(const struct gluer *g, const struct glued_segment *s)
{
	size_t n = s->n;

	if (s->open)
		return NULL;
	if (n && g->token[s->token + n - 1].kind == TOKEN_UNIT)
		n--;
	return n && g->token[s->token + n - 1].kind == TOKEN_ROW && !g->token[s->token + n - 1].doubtful
		? &g->token[s->token + n - 1] : NULL;
}

const struct edition_row *
glued_row_of(const struct gluer *g, const struct glued_token *label)
{
	for (size_t i = 0; i < label->nrows; i++)
		if (label->row[i].form == g->form)
			return &g->book->edition[g->form].row[label->row[i].row];
	return NULL;
}

bool
glued_find_form(struct gluer *g)
{
	uint32_t count[MOST_FORMS] = {0}, most = 0;

	for (size_t i = 0; i < g->nsegments; i++) {
		const struct glued_token *label = glued_label_of(g, &g->segment[i]);
		uint16_t last = NO_FORM;

		for (size_t k = 0; label && k < label->nrows; k++) {
			const struct row_ref *ref = &label->row[k];

			if (ref->form == last || ref->form >= MOST_FORMS || glued_is_heading(&g->book->edition[ref->form].row[ref->row]))
				continue;
			last = ref->form;
			if (++count[last] > most) {
				most = count[last];
				g->form = last;
			}
		}
	}
	return most >= LEAST_ROWS;
}
