#include "glued_parts.h"

#include <stdlib.h>

enum {
	LEAST_NUMBERS = 6, /* of a sentence that is looked at, with a label behind each */
	SHORTEST = 240,    /* bytes of it */
	LOOKUPS = 60000,   /* of a page: its time is bounded */
	PARTINGS = 400000, /* steps to part digits, of a page */
	SEARCHED = 1 << 24, /* bytes, of a page, for figures of its tables */
};

/* How many tokens name labels, perhaps units, and one column of values, and a row follows: 统计指标单位统计数一、…; 0: none. */
static size_t
names_one_value(const struct glued_token *t, size_t n)
{
	size_t unit = n > 1 && t[1].header == HEADER_UNIT;

	for (size_t i = 0; i + 1 < n && i < 2 + unit; i++)
		if (t[i].text.p + t[i].text.n != t[i + 1].text.p)
			return 0;
	return n > 2 + unit && t[0].header == HEADER_LABEL && t[1 + unit].header == HEADER_VALUE && t[2 + unit].kind == TOKEN_ROW ? 2 + unit : 0;
}

/* Finds the header that names one column of values, g->head and g->nhead. */
static void
find_head(struct gluer *g)
{
	g->head = g->nhead = 0;
	for (const struct glued_segment *s = g->segment; s < g->segment + g->nsegments; s++)
		for (size_t i = 0; i < s->n; i++) {
			const struct glued_token *t = &g->token[s->token + i];
			size_t n = names_one_value(t, s->n - i);

			if (!n)
				continue;
			/* No header stands beside it: 序号统计指标单位统计数 */
			if (i == 0 || t->doubtful || t[-1].header == HEADER_NONE) {
				g->head = s->token + i;
				g->nhead = n;
			}
			return;
		}
}

/*
 * Figures of a sentence that is a table count nothing as they are.  Which of its text's are of it is searched for; where that
 * would take too long, all are.
 */
static void
mark_figures(struct gluer *g, struct span sentence)
{
	for (size_t i = g->item + 1; i < g->page->n && g->page->items[i].kind == ITEM_FIGURE; i++) {
		struct span clause = page_clause(g->page->items[i].text);
		size_t at = span_find(clause, SPAN("【"));

		if (g->searched < sentence.n)
			at = 0;
		else
			g->searched -= sentence.n;
		g->page->items[i].glued |= at == 0 || span_find(sentence, span_head(clause, at)) < sentence.n;
	}
}

static uint32_t
last_table(const struct page *page)
{
	uint32_t last = 0;

	for (size_t i = 0; i < page->n; i++)
		last = page->items[i].table > last ? page->items[i].table : last;
	return last;
}

/* Reads a sentence of the text, `last` if the text ends with it: if it is such a table, its cells are added. */
static void
read_sentence(struct gluer *g, struct span sentence, bool last)
{
	struct span rest = sentence;

	g->nsegments = g->ntokens = 0;
	while (rest.n && g->lookups) {
		struct span number = glued_next_number(rest);

		glued_read_segment(g, span_of(rest.p, (size_t)(number.p - rest.p)), number);
		rest = span_from(rest, (size_t)(number.p - rest.p) + number.n);
	}
	if (!g->lookups || !glued_find_form(g))
		return;
	if (last)
		glued_read_segment(g, rest, rest);
	mark_figures(g, sentence);
	if (!g->found->tables)
		g->table = last_table(g->page);
	g->table++;
	g->row = 0;
	g->sheet = NULL;
	g->refused = 0;
	find_head(g);
	glued_refuse_sheets(g);
	if (!g->found->tables++)
		g->found->line = g->page->items[g->item].line;
	for (size_t i = 0, unknown = 0, rows = 0; i < g->nsegments; i++) {
		const struct glued_token *label = glued_label_of(g, &g->segment[i]);

		/* What stands before the first row or behind the last may be none of the table's. */
		if (!label || label < &g->token[g->head] || !glued_row_of(g, label)) {
			unknown++;
			continue;
		}
		g->found->lost += 1 + (rows++ ? unknown : 0);
		unknown = 0;
		glued_add_row(g, i);
	}
}

/* Whether what begins with the words may be the next label: neither a unit nor a sign of a sentence. */
static bool
may_be_label(const struct form_book *book, struct span words)
{
	size_t n = words.n ? span_step(words) : 0;

	if (n < 3)
		return n && (*words.p == '.' || *words.p == '(');
	return (unsigned char)*words.p >= 0xe4 && (unsigned char)*words.p < 0xef &&
	       !units_stands_alone(book->units, span_head(words, n));
}

/* Whether so many numbers stand between words that it may be a table; those of a sentence have units and commas. */
static bool
may_be_table(const struct form_book *book, struct span sentence)
{
	size_t numbers = 0;
	bool words = false;

	for (size_t i = 0; sentence.n >= SHORTEST && i < sentence.n && numbers < LEAST_NUMBERS;) {
		unsigned char c = (unsigned char)sentence.p[i];

		if (words && is_digit((char)c)) {
			while (i < sentence.n && is_digit(sentence.p[i]))
				i++;
			numbers += may_be_label(book, span_from(sentence, i));
			words = false;
			continue;
		}
		words = c >= 0xe0;
		i += words ? 3 : 1;
	}
	return numbers == LEAST_NUMBERS;
}

struct glued
glued_part(struct page *page, const struct form_book *book, struct buf *keys)
{
	struct glued found = {0};
	struct gluer g = {.page = page, .book = book, .keys = keys, .lookups = LOOKUPS, .partings = PARTINGS, .searched = SEARCHED,
		.found = &found};
	size_t n = page->n;

	for (g.item = 0; g.item < n; g.item++) {
		struct span rest = page->items[g.item].text;

		if (page->items[g.item].kind != ITEM_TEXT || rest.n < SHORTEST || g.item + 1 == n ||
			page->items[g.item + 1].kind != ITEM_FIGURE)
			continue;
		while (rest.n) {
			size_t end = span_find(rest, SPAN("。"));

			if (may_be_table(book, span_head(rest, end)))
				read_sentence(&g, span_head(rest, end), end == rest.n);
			rest = span_from(rest, end < rest.n ? end + SPAN("。").n : end);
		}
	}
	free(g.token);
	free(g.segment);
	return found;
}
