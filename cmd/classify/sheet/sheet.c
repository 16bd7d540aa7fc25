#include "sheet_parts.h"

#include <stdlib.h>

#include "halves.h"
#include "path.h"
#include "turned.h"

enum { LONGEST_DAMAGED = 120 }; /* bytes of a cell that lost a bar */

struct sheets *
sheets_new(const struct form_book *book, struct identity_finder *finder)
{
	struct sheets *s = xcalloc(1, sizeof *s);

	s->book = book;
	s->finder = finder;
	s->aligner = aligner_new(book);
	s->memo = memo_new(book);
	s->paths = paths_new(book);
	s->seen = xcalloc(MAX_ROWS + 1, sizeof *s->seen);
	s->fit = xcalloc(book->neditions + 1, sizeof *s->fit);
	for (size_t f = 0; f < book->neditions; f++) {
		s->fit[f].first = s->nmet;
		s->nmet += book->edition[f].nrows;
	}
	s->met = xcalloc(s->nmet + 1, sizeof *s->met);
	return s;
}

void
sheets_free(struct sheets *s)
{
	if (!s)
		return;
	aligner_free(s->aligner);
	memo_free(s->memo);
	paths_free(s->paths);
	buf_release(&s->keys);
	free(s->cell);
	free(s->entry);
	free(s->head);
	free(s->sheet);
	free(s->seen);
	free(s->hits);
	free(s->fit);
	free(s->met);
	free(s);
}

/* Whether values of a row are read already. */
static bool
is_read(const struct sheets *s, const struct entry *e)
{
	for (uint32_t i = e->first; i < e->first + e->n; i++)
		if (s->cell[i].read)
			return true;
	return false;
}

static bool
same_values(const struct sheets *s, const struct entry *a, const struct entry *b)
{
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++)
		if (!span_eq(cell_at(s, a->first + i)->text, cell_at(s, b->first + i)->text))
			return false;
	return true;
}

/* Counts the figures that a row with a value in each of several columns gave, from a fact on. */
static void
count_figures(struct sheets *s, struct sheet *sheet, size_t first)
{
	for (size_t i = first; i < s->out->n; i++)
		if (has_number(&s->page->items[s->out->fact[i].item])) {
			sheet->figures++;
			sheet->lost += s->out->fact[i].row == NULL;
		}
}

/* The facts of all rows of a table, each as what it is. */
static void
add_facts(struct sheets *s, struct sheet *sheet)
{
	uint16_t form = sheet->form;
	bool accepted = sheet->accepted;
	const struct edition *ed = form == NO_FORM ? NULL : &s->book->edition[form];

	s->laid = s->lies;
	for (size_t i = 0; i < sizeof s->lies / sizeof *s->lies; i++)
		s->lies[i].frame.sheet = NULL;
	s->numbers.looked = false;
	s->wide.ordered = false;
	s->wide.n = 0;
	s->wide.looked = s->wide.valued = false;
	if (form != NO_FORM)
		sheet_add_crossed(s, sheet);
	if (accepted)
		memset(s->seen, 0, ed->nrows * sizeof *s->seen);
	for (uint32_t i = sheet->entry; accepted && i < sheet->entry + sheet->nentries; i++) {
		struct entry *e = &s->entry[i];
		struct entry *first;

		/* Twice the same row with other values: neither is sure. */
		if (e->row == NO_ROW || !e->again)
			continue;
		if (!s->seen[e->row]) {
			s->seen[e->row] = i + 1;
			continue;
		}
		first = &s->entry[s->seen[e->row] - 1];
		if (!same_values(s, first, e))
			first->doubtful = e->doubtful = true;
	}
	for (uint32_t i = sheet->entry; i < sheet->entry + sheet->nentries; i++) {
		struct entry *e = &s->entry[i];
		size_t before = s->out->n;

		if (is_read(s, e))
			continue;
		if (form != NO_FORM && sheet->wide >= WIDE_HEADERS && e->n > 3 && (!accepted || e->row == NO_ROW) &&
			sheet_add_wide(s, sheet, e, form))
			continue;
		if (form != NO_FORM && sheet->wide < WIDE_HEADERS && sheet_add_headless(s, sheet, e, form))
			continue;
		if (!accepted || e->row == NO_ROW)
			sheet_add_unknown(s, e);
		else if (ed->row[e->row].row->dimension.n) {
			sheet_add_columns(s, sheet, e, form, &ed->row[e->row], e->doubtful || e->unsure);
			count_figures(s, sheet, before);
		} else
			sheet_add_single(s, sheet, e, form, &ed->row[e->row], e->doubtful || e->unsure);
	}
}

/* A number that is not the one its cell should hold is kept beside that, without an indicator. */
static void
keep_numbers(struct sheets *s, size_t first)
{
	struct facts *out = s->out;
	size_t end = out->n;

	for (size_t i = first; i < end; i++) {
		const struct fact f = out->fact[i];
		struct fact *number;

		if (f.instead == NO_ITEM || out->value[f.instead].state != STATE_TEXT || !has_number(&s->page->items[f.item]))
			continue;
		number = facts_add(out, f.item, ORIGIN_TABLE);
		number->label = f.label;
		number->head = f.head;
		number->grid = f.grid;
		number->scope = f.scope;
		number->period = f.period;
	}
}

/* Whether a number stands behind words: 件804, 7.属于行政执法案卷0 3 3. */
static bool
ends_in_number(struct span text)
{
	if (text.n < 2 || text.p[text.n - 1] < '0' || text.p[text.n - 1] > '9')
		return false;
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return true;
	return false;
}

/* Cells of damaged rows that hold a number behind words, as where the bar between them is gone, are kept as text. */
static void
keep_damaged(struct sheets *s, const struct sheet *sheet)
{
	for (uint32_t i = sheet->cell; sheet->damaged && i < sheet->cell + sheet->ncells; i++) {
		const struct item *cell = cell_at(s, i);
		struct fact *f;

		if ((cell->grid != GRID_FAILED && (cell->grid != GRID_ASSUMED || cell->cols < 2)) || s->cell[i].read ||
			cell->text.n > LONGEST_DAMAGED || !ends_in_number(cell->text) || !s->cell[i].words || sheet_know(s, i)->nrows)
			continue;
		f = facts_add(s->out, s->cell[i].item, ORIGIN_TABLE);
		f->label = s->cell[i].item;
		f->grid = cell->grid;
		f->instead = facts_value(s->out, SPAN(""), STATE_TEXT);
	}
}

void
sheets_arrange(struct sheets *s, struct page *page)
{
	memo_page(s->memo, page);
	turned_right(page, s->book, s->memo);
	halves_part(page, s->book, s->memo);
}

uint16_t
sheets_read(struct sheets *s, const struct page *page, int year, struct facts *out, bool *local)
{
	uint16_t form;

	s->page = page;
	s->out = out;
	s->year = year;
	memset(s->named, 0, sizeof s->named);
	memset(s->timed, 0, sizeof s->timed);
	s->above_head = NO_HEAD;
	s->columns.sheet = NULL;
	s->heads.sheet = NULL;
	aligner_page(s->aligner);
	sheet_rows_read(s);
	form = sheet_form_find(s);
	for (size_t t = 0; t < s->nsheets; t++) {
		s->sheet[t].fact = (uint32_t)out->n;
		add_facts(s, &s->sheet[t]);
		keep_numbers(s, s->sheet[t].fact);
		keep_damaged(s, &s->sheet[t]);
		s->sheet[t].nfacts = (uint32_t)out->n - s->sheet[t].fact;
	}
	*local = s->local;
	return form;
}

bool
sheets_lost(const struct sheets *s, size_t *at, uint32_t *line, uint32_t *lost, uint32_t *figures)
{
	enum { WORTH_SAYING = 10 };

	while (*at < s->nsheets) {
		const struct sheet *sheet = &s->sheet[(*at)++];

		if (sheet->lost < WORTH_SAYING || 2 * sheet->lost <= sheet->figures)
			continue;
		*line = cell_at(s, sheet->cell)->line;
		*lost = sheet->lost;
		*figures = sheet->figures;
		return true;
	}
	return false;
}
