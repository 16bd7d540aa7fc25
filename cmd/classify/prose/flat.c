#include "flat.h"

#include "buf.h"

enum { UNIT_BYTES = 9, LEAST_COLUMNS = 3 };

/* Behind the number at `at`, of digits with marks between; `at` if there is none. */
static size_t
skip_number(struct span text, size_t at)
{
	while (span_is_digit(text, at) ||
		(at < text.n && (text.p[at] == '.' || text.p[at] == ',') && span_is_digit(text, at + 1)))
		at++;
	return at;
}

/* The unit that stands at `at`, before a digit; empty if none does. */
static struct span
unit_before_digit(const struct form_book *book, struct span text, size_t at)
{
	for (size_t n = 3; n <= UNIT_BYTES && at + n < text.n; n += 3)
		if (span_is_digit(text, at + n)) {
			struct span unit = span_of(text.p + at, n);

			return units_stands_alone(book->units, unit) ? unit : SPAN("");
		}
	return SPAN("");
}

/* The bytes of a number with its unit if another follows at once in the same unit, 1件2件; else 0. */
static size_t
runs_on(const struct form_book *book, struct span text, size_t at)
{
	size_t end = skip_number(text, at), next;
	struct span unit = unit_before_digit(book, text, end);

	if (end == at || !unit.n)
		return 0;
	next = skip_number(text, end + unit.n);
	return span_at(text, next, unit) ? end + unit.n - at : 0;
}

/* The number of a figure with its unit, as it stands in the text. */
static struct span
number_of(struct span text)
{
	size_t begin = span_find(text, SPAN("【")), end = span_find(text, SPAN("】"));

	begin += strlen("【");
	return begin <= end && end < text.n ? span_of(text.p + begin, end - begin) : SPAN("");
}

/* Whether the label is of a row with several columns, and the number as long as all their values together. */
static bool
is_glued(const struct form_book *book, const struct item *figure, struct buf *key)
{
	struct span clause, number;
	const struct row_ref *ref;
	struct label label;
	size_t n;

	if (figure->unit.n || figure->value.n < LEAST_COLUMNS)
		return false;
	clause = page_clause(figure->text);
	number = number_of(clause);
	if (figure->value.n != number.n)
		return false;
	buf_reset(key);
	label = label_read(book->labels, span_of(clause.p, span_find(clause, SPAN("【"))), key);
	ref = form_book_rows(book, &label, &n);
	for (size_t i = 0; i < n; i++) {
		const struct edition *ed = &book->edition[ref[i].form];
		const struct edition_row *row = &ed->row[ref[i].row];

		if (row->row->dimension.n && ed->sheet[row->sheet].n >= LEAST_COLUMNS &&
			number.n >= ed->sheet[row->sheet].n)
			return true;
	}
	return false;
}

/* Whether another number follows the number, which has no unit, and nothing but a blank between: 申请数量7 1 8. */
static bool
is_in_row(const struct item *figure)
{
	struct span clause = page_clause(figure->text);
	size_t end = span_find(clause, SPAN("】"));

	return !figure->unit.n && span_is_digit(clause, end + strlen("】"));
}

/* Whether nothing stands before the number in its clause. */
static bool
is_bare(const struct item *figure)
{
	return figure->kind == ITEM_FIGURE && (span_starts(figure->text, SPAN("【")) ||
						      span_find(figure->text, SPAN("│【")) < figure->text.n);
}

static bool
has_runs(const struct form_book *book, struct span text)
{
	for (size_t at = 0; at < text.n;) {
		size_t end = skip_number(text, at);

		if (end > at && runs_on(book, text, at))
			return true;
		at = end > at ? end : at + 1;
	}
	return false;
}

static void
next_figure(const struct form_book *book, struct flat *r, struct span number)
{
	struct span rest = span_from(r->text, r->at);
	size_t at = 0;
	bool before;

	r->flat = false;
	while (number.n && at < rest.n) {
		at += span_find(span_from(rest, at), number);
		/* 2件 is no 12件. */
		if (at == 0 || at >= rest.n || !span_is_digit(rest, at - 1))
			break;
		at++;
	}
	if (!number.n || at >= rest.n)
		return;
	before = r->on && at == 0;
	r->on = runs_on(book, rest, at) > 0;
	r->at += at + number.n;
	r->flat = before || r->on;
}

/* Goes on to a figure. */
static void
runs_next(const struct form_book *book, const struct page *page, struct flat *r, size_t figure)
{
	const struct item *items = page->items;
	size_t text = figure;

	if (r->item == figure)
		return;
	while (text > r->item && items[text].kind == ITEM_FIGURE)
		text--;
	if (items[text].kind == ITEM_TEXT && text > r->item)
		*r = (struct flat){.item = text, .key = r->key};
	/* Nothing runs on unless a clause begins with its number; the figure before has looked at this one. */
	if (!r->looked && ((items[text].kind == ITEM_TEXT && is_bare(&items[figure])) ||
				  (figure + 1 < page->n && is_bare(&items[figure + 1])))) {
		for (text = figure; text > 0 && items[text].kind == ITEM_FIGURE;)
			text--;
		*r = (struct flat){.item = text, .looked = true, .key = r->key};
		if (items[text].kind == ITEM_TEXT && has_runs(book, items[text].text))
			r->text = items[text].text;
	}
	for (r->flat = false; r->text.n && r->item < figure;)
		if (items[++r->item].kind == ITEM_FIGURE)
			next_figure(book, r, number_of(items[r->item].text));
	r->item = figure;
}

bool
flat_figure(struct flat *flat, const struct form_book *book, const struct page *page, size_t figure, bool counts)
{
	runs_next(book, page, flat, figure);
	return page->items[figure].glued || flat->flat || (counts && (is_in_row(&page->items[figure]) ||
						 is_glued(book, &page->items[figure], &flat->key)));
}

void
flat_page(struct flat *flat)
{
	*flat = (struct flat){.key = flat->key};
}

void
flat_release(struct flat *flat)
{
	buf_release(&flat->key);
}
