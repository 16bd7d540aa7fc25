/* What was read of tables: rows with their labels, and headers. */
#include "sheet_rows_parts.h"

enum { HEAD_CELLS = 512 }; /* of the headers above a row: they are asked for each of them */

void
rows_add_unlabelled(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t n)
{
	s->entry = grow(s->entry, s->nentries, &s->entries_cap, sizeof *s->entry);
	s->entry[s->nentries++] = (struct entry){
		.id = NO_LABEL,
		.label = NO_ITEM,
		.first = first,
		.n = n,
		.head = s->nheads > sheet->head ? (uint32_t)s->nheads - 1 : NO_HEAD,
		.row = NO_ROW,
	};
	sheet->nentries++;
}

void
rows_add_known(struct sheets *s, struct sheet *sheet, const struct known *known, uint32_t label, uint32_t first, uint32_t n)
{
	s->entry = grow(s->entry, s->nentries, &s->entries_cap, sizeof *s->entry);
	s->entry[s->nentries++] = (struct entry){
		.ref = known->rows,
		.nref = known->nrows,
		.id = known->id,
		.label = s->cell[label].item,
		.first = first,
		.n = n,
		.head = s->nheads > sheet->head ? (uint32_t)s->nheads - 1 : NO_HEAD,
		.numbering = known->numbering,
		.number = known->number,
		.row = NO_ROW,
	};
	sheet->nentries++;
}

void
rows_add_entry(struct sheets *s, struct sheet *sheet, uint32_t label, uint32_t first, uint32_t n)
{
	rows_add_known(s, sheet, sheet_know(s, label), label, first, n);
}

void
rows_add_head(struct sheets *s, struct sheet *sheet, uint32_t first, uint32_t end, bool *open)
{
	bool labelled = false, known = false;

	for (uint32_t i = first; i < end; i++) {
		const struct known *k = sheet_know(s, i);

		sheet->wide += k->wide;
		labelled = labelled || k->header == HEADER_LABEL;
		known = known || k->wide || k->header != HEADER_NONE || k->ncolumns;
	}
	if (!known && !*open && end - first < 2)
		return;
	if (*open && s->nheads > sheet->head && !labelled) {
		struct head *h = &s->head[s->nheads - 1];

		if (h->first + h->n == first && h->n + (end - first) <= HEAD_CELLS) {
			h->n += end - first;
			h->rows++;
			return;
		}
	}
	s->head = grow(s->head, s->nheads, &s->heads_cap, sizeof *s->head);
	s->head[s->nheads++] = (struct head){.first = first, .n = end - first < HEAD_CELLS ? end - first : HEAD_CELLS,
		.labelled = labelled, .rows = 1};
	sheet->nheads++;
	*open = true;
}

void
rows_add_loose_head(struct sheets *s, uint32_t first, uint32_t label)
{
	enum { LEAST = 3 };
	uint32_t names = 0;

	for (uint32_t i = first; i < label; i++)
		names += sheet_know(s, i)->ncolumns > 0;
	if (names < LEAST)
		return;
	s->head = grow(s->head, s->nheads, &s->heads_cap, sizeof *s->head);
	s->head[s->nheads++] = (struct head){.first = first, .n = label - first < HEAD_CELLS ? label - first : HEAD_CELLS, .loose = true, .rows = 1};
}
