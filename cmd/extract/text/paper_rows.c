#include "paper_parts.h"

static void
add_row(struct reading *r, struct row row)
{
	r->rows = grow(r->rows, r->n, &r->cap, sizeof *r->rows);
	r->rows[r->n++] = row;
}

/* Whether a block at the top of a page is the rest of the last row's label: one piece of words a line. */
static bool
ends_label(const struct reading *r, size_t from, size_t end)
{
	const struct row *last = r->n ? &r->rows[r->n - 1] : NULL;

	if (!last || !line_begins_page(&r->lines[from]) || line_numbering(r->lines[from].text))
		return false;
	for (size_t i = has_values(last) ? from : last->from; i < end; i++)
		if (r->lines[i].gaps)
			return false;
	return true;
}

void
paper_rows_add(struct reading *r, size_t from, size_t end)
{
	size_t valued = 0, begun = from;
	bool open = false;

	for (size_t i = from; i < end; i++)
		valued += paper_is_valued(&r->lines[i]);
	if (valued == 0 && ends_label(r, from, end)) {
		r->rows[r->n - 1].end = end;
		r->rows[r->n - 1].alone = false;
		return;
	}
	if (valued == 0)
		add_row(r, (struct row){from, end, end, true});
	for (size_t i = from, last = end; i < end && valued; i++) {
		bool value = paper_is_valued(&r->lines[i]);

		if (open && (value || line_numbering(r->lines[i].text))) {
			add_row(r, (struct row){begun, i, last, false});
			begun = i;
			open = false;
		}
		if (value) {
			last = i;
			open = true;
		}
		if (i + 1 == end && open)
			add_row(r, (struct row){begun, end, last, valued == 1});
		else if (i + 1 == end)
			add_row(r, (struct row){begun, end, end, false});
	}
}
