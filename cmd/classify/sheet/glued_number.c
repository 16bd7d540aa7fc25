/* The numbers of a glued table: what of the digits is of the next label, and how those of a row part. */
#include "glued_parts.h"

enum { MOST_DIGITS = 60 }; /* of a row */

/* The label that the words of a segment begin with; NULL if they begin with none. */
static const struct glued_token *
first_label(const struct gluer *g, const struct glued_segment *s)
{
	const struct glued_token *t = s->n ? &g->token[s->token] : NULL;

	return t && t->text.p == s->words.p && t->kind != TOKEN_UNIT ? t : NULL;
}

/* Whether a number stands between a label or unit and a label, with no sign that may be of it. */
static bool
stands_alone(const struct gluer *g, const struct glued_segment *s, const struct glued_segment *next)
{
	struct span words = s->words;

	if (next->words.n && !first_label(g, next) && !glued_is_numbered(g, next->words))
		return false;
	/* Of signs only these are of labels, …“三安全一稳定”; a dash may be a minus, or a value. */
	return span_ends(words, SPAN(")")) || span_ends(words, SPAN("”")) ||
	       (words.n >= 3 && (unsigned char)words.p[words.n - 3] >= 0xe3);
}

/* Bytes at the end of the number that are the numeral; 0 if it does not end so. */
static size_t
ends_in(struct span number, unsigned numeral)
{
	size_t n = 0;

	for (; numeral; numeral /= 10, n++)
		if (number.n <= n || number.p[number.n - 1 - n] != (char)('0' + numeral % 10))
			return 0;
	return n;
}

bool
glued_take_numbering(const struct gluer *g, const struct glued_segment *next, struct span *number)
{
	bool stop = next->words.n && next->words.p[0] == '.';
	const struct glued_token *label = first_label(g, next);
	size_t numeral = 0;

	for (size_t i = 0; label && i < label->nrows; i++) {
		const struct edition_row *row = &g->book->edition[label->row[i].form].row[label->row[i].row];
		size_t n = label->row[i].form == g->form && row->numbering == NUMBER_DIGIT ? ends_in(*number, row->number) : 0;

		if (n && numeral && n != numeral)
			return false;
		numeral = n ? n : numeral;
	}
	if (stop != (numeral > 0))
		return false;
	number->n -= numeral;
	return number->n == 0 || number->p[number->n - 1] != '.';
}

bool
glued_number_of(const struct gluer *g, size_t segment, struct span *number)
{
	const struct glued_segment *s = &g->segment[segment];

	*number = s->number;
	return number->n && segment + 1 < g->nsegments && stands_alone(g, s, s + 1) &&
	       glued_take_numbering(g, s + 1, number);
}

static void
part(struct parting *p, size_t column, size_t from, uint64_t sum)
{
	uint64_t number = 0;
	size_t left = p->columns - column - 1;

	for (size_t end = from + 1; end + left <= p->digits.n && p->ways < 2; end++) {
		if (*p->steps == 0) {
			p->ways = 2;
			return;
		}
		--*p->steps;
		/* No number but nought begins with one. */
		if (end > from + 1 && p->digits.p[from] == '0')
			return;
		number = 10 * number + (uint64_t)(p->digits.p[end - 1] - '0');
		if (number > UINT32_MAX)
			return;
		p->end[column] = end;
		if (left)
			part(p, column + 1, end, sum + number);
		else if (end == p->digits.n && number == sum && p->ways++ == 0)
			memcpy(p->found, p->end, sizeof p->found);
	}
}

const struct form_sheet *
glued_sheet_of(const struct gluer *g, const struct edition_row *row)
{
	const struct form_sheet *sheet = row ? &g->book->edition[g->form].sheet[row->sheet] : NULL;

	return sheet && row->row->dimension.n && sheet->n > 1 ? sheet : NULL;
}

void
glued_part_values(struct gluer *g, const struct form_sheet *sheet, struct span number, struct parting *p)
{
	*p = (struct parting){.digits = number, .steps = &g->partings, .columns = sheet->n};
	if (!sheet->wide && sheet->n <= MOST_VALUES && number.n <= MOST_DIGITS && !memchr(number.p, '.', number.n) &&
		span_eq(g->book->forms->column[sheet->first + sheet->n - 1].column, SPAN("total")))
		part(p, 0, 0, 0);
}
