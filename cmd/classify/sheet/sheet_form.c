/* Which form the page is of, and which of its rows the labels of each table are. */
#include "sheet_parts.h"

#include <limits.h>

/* Counts for each sheet how many of its labels have a row in each form, without looking at the order. */
static void
count_hits(struct sheets *s)
{
	size_t nforms = s->book->neditions, n = s->nsheets * nforms;

	while (s->hits_cap < n)
		s->hits = grow(s->hits, s->hits_cap, &s->hits_cap, sizeof *s->hits);
	if (n)
		memset(s->hits, 0, n * sizeof *s->hits);
	for (size_t t = 0; t < s->nsheets; t++) {
		const struct entry *e = &s->entry[s->sheet[t].entry], *end = e + s->sheet[t].nentries;
		uint32_t *hits = s->hits + t * nforms;

		/* The rows of a label stand form by form. */
		for (; e < end; e++)
			for (uint32_t k = 0; k < e->nref; k++)
				hits[e->ref[k].form] += k == 0 || e->ref[k].form != e->ref[k - 1].form;
	}
}

static uint32_t
hits_of(const struct sheets *s, const struct sheet *sheet, uint16_t form)
{
	return s->hits[(size_t)(sheet - s->sheet) * s->book->neditions + form];
}

static bool
looks_statutory(const struct sheets *s, const struct sheet *sheet, uint16_t form)
{
	size_t hits = hits_of(s, sheet, form);

	return hits >= 3 ? hits * 5 >= sheet->nentries : hits * 3 >= sheet->nentries && hits > 0;
}

/* Adds to the fit of each form that has a column of this header. */
static void
fit_header(struct sheets *s, const struct sheet *sheet, uint32_t cell)
{
	enum { COLUMN = 10 };
	const struct known *known = sheet_know(s, cell);

	for (uint32_t k = 0; k < known->ncolumns; k++)
		if ((k == 0 || known->columns[k].form != known->columns[k - 1].form) &&
			looks_statutory(s, sheet, known->columns[k].form))
			s->fit[known->columns[k].form].score += COLUMN;
}

/* Adds to the fit of each form that the sheet looks like one of what its labels and headers say of it. */
static void
fit_sheet(struct sheets *s, const struct sheet *sheet)
{
	enum { EXACT = 10, VARIANT = 8 };

	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		const struct entry *e = &s->entry[i];

		for (uint32_t k = 0; k < e->nref;) {
			uint16_t form = e->ref[k].form;
			struct fit *fit = &s->fit[form];
			bool counts = looks_statutory(s, sheet, form);
			long best = 0;

			for (; k < e->nref && e->ref[k].form == form; k++) {
				uint16_t row = e->ref[k].row;
				uint16_t table = s->book->edition[form].row[row].sheet;

				if (!counts)
					continue;
				if (e->ref[k].match == MATCH_EXACT)
					best = EXACT;
				else if (best == 0)
					best = VARIANT;
				s->met[fit->first + row] = true;
				if (table < sizeof fit->touched)
					fit->touched[table] = true;
			}
			fit->score += best;
			fit->exact += best == EXACT;
			fit->found += best > 0;
		}
	}
	for (uint32_t h = sheet->head; h < sheet->head + sheet->nheads; h++)
		for (uint32_t c = s->head[h].first; c < s->head[h].first + s->head[h].n; c++)
			fit_header(s, sheet, c);
	/* Where the rows are not known the headers stand among the labels. */
	for (uint32_t c = sheet->cell; sheet->ragged && !sheet->nheads && c < sheet->cell + sheet->ncells; c++)
		if (s->cell[c].words)
			fit_header(s, sheet, c);
}

/*
 * Whether a form gathered from many tables stands before one that was issued: no page has all its rows, so that it
 * is asked for what is there alone.  Where that is the same, those who filled in a form wrote mostly its own words.
 */
static bool
stands_before(const struct fit *gathered, const struct fit *issued)
{
	return gathered->found != issued->found ? gathered->found > issued->found : 2 * issued->exact < issued->found;
}

static bool
has_wide(const struct edition *ed)
{
	for (size_t i = 0; i < ed->nsheets; i++)
		if (ed->sheet[i].wide)
			return true;
	return false;
}

/* The form of a page that has nothing but the wide table: the last that has one; NO_FORM if its headers are not there. */
static uint16_t
form_of_headers(const struct sheets *s)
{
	bool headed = false;

	for (size_t t = 0; t < s->nsheets; t++)
		headed |= s->sheet[t].wide >= WIDE_HEADERS;
	for (size_t f = s->book->neditions; headed && f-- > 0;)
		if (has_wide(&s->book->edition[f]))
			return (uint16_t)f;
	return NO_FORM;
}

/*
 * The form that the page fits best, less for each row that it lacks; NO_FORM if nothing of any is there.  An
 * excerpt lacks most rows of a long form: if all its labels are in that one's own words it is of that.
 */
static uint16_t
choose_form(struct sheets *s)
{
	enum { LACKING = 3, EXCERPT = 4 };
	uint16_t chosen = NO_FORM, gathered = NO_FORM, by_headers;
	uint32_t labels = 0;
	long best = LONG_MIN;

	memset(s->met, 0, s->nmet * sizeof *s->met);
	for (size_t f = 0; f < s->book->neditions; f++) {
		s->fit[f].score = 0;
		s->fit[f].exact = s->fit[f].found = 0;
		memset(s->fit[f].touched, 0, sizeof s->fit[f].touched);
	}
	for (size_t t = 0; t < s->nsheets; t++)
		fit_sheet(s, &s->sheet[t]);
	for (size_t i = 0; i < s->nentries; i++)
		labels += s->entry[i].n > 0 || s->entry[i].nref > 0;
	for (size_t f = 0; f < s->book->neditions; f++) {
		const struct edition *ed = &s->book->edition[f];
		const struct fit *fit = &s->fit[f];
		long score = fit->score;

		if (score == 0)
			continue;
		if (ed->gathered) {
			if (gathered == NO_FORM || score > s->fit[gathered].score)
				gathered = (uint16_t)f;
			continue;
		}
		for (size_t r = 0; r < ed->nrows; r++)
			if (!s->met[fit->first + r] && ed->row[r].sheet < sizeof fit->touched &&
				fit->touched[ed->row[r].sheet])
				score -= LACKING;
		/* Of two that fit alike the later one: it is in force longer. */
		if (score >= best) {
			best = score;
			chosen = (uint16_t)f;
		}
	}
	for (size_t f = 0; f < s->book->neditions && labels >= EXCERPT && chosen != NO_FORM; f++)
		if (s->fit[f].exact == labels && s->fit[chosen].exact < labels)
			return (uint16_t)f;
	if (gathered != NO_FORM && (chosen == NO_FORM || stands_before(&s->fit[gathered], &s->fit[chosen])))
		chosen = gathered;
	/* The wide table's headers are more than a row or two that others have, too. */
	by_headers = form_of_headers(s);
	if (by_headers != NO_FORM &&
		(chosen == NO_FORM || (!has_wide(&s->book->edition[chosen]) && s->fit[chosen].found < WIDE_HEADERS)))
		chosen = by_headers;
	return chosen;
}

static struct span
key_of(void *context, const struct entry *e)
{
	struct sheets *s = context;

	if (e->label == NO_ITEM)
		return SPAN("");
	buf_reset(&s->keys);
	return label_read(s->book->labels, s->page->items[e->label].text, &s->keys).key;
}

static uint16_t
form_of_sheet(const struct sheets *s, const struct sheet *sheet, uint16_t chosen)
{
	size_t best = 2 * (size_t)hits_of(s, sheet, chosen);

	/* An older form's table on the page keeps its own form. */
	for (size_t f = 0; f < s->book->neditions; f++) {
		size_t hits = hits_of(s, sheet, (uint16_t)f);

		if (hits > best && hits >= 4) {
			best = hits;
			chosen = (uint16_t)f;
		}
	}
	return chosen;
}

/* How well the page's tables match, in rows with values. */
struct tally {
	size_t asked, found, exact;
};

static void
align_sheet(struct sheets *s, struct sheet *sheet, uint16_t form, bool before, struct tally *tally)
{
	struct entry *entry = s->entry + sheet->entry;
	size_t found, asked = 0, exact = 0;

	sheet->form = form == NO_FORM ? NO_FORM : form_of_sheet(s, sheet, form);
	if (sheet->form == NO_FORM || !looks_statutory(s, sheet, sheet->form))
		return;
	found = align(s->aligner, entry, sheet->nentries, sheet->form, key_of, s);
	for (size_t i = 0; i < sheet->nentries; i++) {
		asked += entry[i].n > 0 || entry[i].row != NO_ROW;
		exact += entry[i].row != NO_ROW && entry[i].match == MATCH_EXACT;
	}
	sheet->accepted = found >= 3 ? found * 4 >= asked : found >= 2 ? found * 2 >= asked :
		found == 1 && asked == 1 && (before || sheet->nheads);
	if (!sheet->accepted)
		return;
	tally->asked += asked;
	tally->found += found;
	tally->exact += exact;
}

/* In a local table a likeness is no proof: only known wordings keep their row. */
static void
keep_known(struct sheets *s, const struct sheet *sheet)
{
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++)
		if (s->entry[i].match == MATCH_ALIGNED) {
			s->entry[i].row = NO_ROW;
			s->entry[i].match = MATCH_NONE;
		}
}

uint16_t
sheet_form_find(struct sheets *s)
{
	struct tally tally = {0, 0, 0};
	uint16_t form;
	bool before = false;

	count_hits(s);
	form = choose_form(s);
	for (size_t t = 0; t < s->nsheets; t++) {
		struct sheet *sheet = &s->sheet[t];

		align_sheet(s, sheet, form, before, &tally);
		before = sheet->accepted;
	}
	/* Half the rows are none of the form's, and not for being worded in another way. */
	s->local = 2 * tally.exact < tally.asked && 5 * tally.found < 4 * tally.asked;
	for (size_t t = 0; s->local && t < s->nsheets; t++)
		keep_known(s, &s->sheet[t]);
	return form;
}
