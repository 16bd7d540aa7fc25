/*
 * classify: pieces to facts: which report a page is, and what its numbers count.
 *
 * A page is held until its last piece, for only the whole of it says which report it is and which of
 * several figures is the one; then its facts are written and it is forgotten.
 */
#include <stdlib.h>

#include "buf.h"
#include "facts.h"
#include "filter.h"
#include "form/form.h"
#include "identity/identity.h"
#include "output.h"
#include "page.h"
#include "prose/prose.h"
#include "records.h"
#include "sheet/glued.h"
#include "sheet/sheet.h"
#include "unread.h"

enum { MAX_PAGE = 64 * 1024 * 1024 };

struct classify {
	struct filter filter;
	size_t max_page;
	struct output_options wanted;

	struct form_book *book;
	struct identity_finder *finder;
	struct sheets *sheets;
	struct prose *prose;
	struct output *output;
	struct page page;
	struct buf keys; /* scratch */
	struct page_plan plan;
	struct facts facts;
	struct identity identity;
	bool open;      /* a page has begun */
	const char *faulty; /* why the page cannot be worked on; its pieces are passed over */
};

enum { ID_MAX_PAGE = OPTION_OWN, ID_EXPLAIN, ID_SERIES };

static const struct option_spec own_options[] = {
	{ID_EXPLAIN, "explain", NULL, "add a column saying what decided"},
	{ID_SERIES, "series", NULL, "add the columns series and comparable"},
	{ID_MAX_PAGE, "max-page", "SIZE", "reject pages with more bytes of records (64M)"},
};

static bool
set_option(void *context, int id, const char *value)
{
	struct classify *c = context;

	switch (id) {
	case ID_EXPLAIN:
		c->wanted.explain = true;
		return true;
	case ID_SERIES:
		c->wanted.series = true;
		return true;
	case ID_MAX_PAGE:
		return options_bytes(value, &c->max_page);
	}
	return false;
}

static const struct program program = {
	.name = "classify",
	.summary = "Reads pieces, writes facts: which report a page is and what its numbers count.",
	.operands = "[FILE]...",
	.columns = VALUES_COLUMNS,
	.example = "extract page.html | normalize | classify",
	.shared = OPTIONS_RECORDS | OPTIONS_TABLES,
	.options = own_options,
	.noptions = sizeof own_options / sizeof *own_options,
	.set = set_option,
};

static void
reject_page(struct classify *c, const char *why)
{
	struct span *fields = NULL;
	size_t nfields = 0, cap = 0;
	struct buf scratch = BUF_INIT;
	struct record rec = {.line = c->page.line, .key = c->page.key, .number = c->page.number};

	if (!record_split(rec.line, &fields, &nfields, &cap, &scratch)) {
		rec.field = fields;
		rec.nfields = nfields;
	}
	filter_reject(&c->filter, &rec, c->page.source, 0, why);
	free(fields);
	buf_release(&scratch);
}

/* Tables whose cells ran together: what the form does not part is not read. */
static void
part_glued(struct classify *c)
{
	struct glued found = glued_part(&c->page, c->book, &c->keys);

	if (!found.lost)
		return;
	finding_at(c->page.source, found.line,
		"the cells of a table ran together, keep a blank or line between them: numbers not read: %zu",
		found.lost);
	filter_note(&c->filter, STATUS_FINDINGS);
	filter_count(&c->filter, "figures not understood", found.lost);
}

/* Says which tables are there and not understood: their columns are not those of the form.  Whether there are any. */
static bool
say_lost(struct classify *c)
{
	uint32_t line, lost, figures;
	bool any = false;

	for (size_t at = 0; sheets_lost(c->sheets, &at, &line, &lost, &figures);) {
		finding_at(c->page.source, line, "%u of %u figures in known rows of this table are not understood",
			lost, figures);
		filter_note(&c->filter, STATUS_FINDINGS);
		filter_count(&c->filter, "figures not understood", lost);
		any = true;
	}
	return any;
}

/* Says that there is a table which was not read as one; `said`: numbers without a meaning have been told of. */
static void
say_unread(struct classify *c, uint16_t form, bool said)
{
	struct unread unread = unread_find(&c->page, c->book, form, &c->facts, said, &c->keys);

	if (unread.rows == 0)
		return;
	finding_at(c->page.source, unread.line, "rows of a form stand here in no layout that is read: numbers not read of %zu rows",
		unread.rows);
	filter_note(&c->filter, STATUS_FINDINGS);
	filter_count(&c->filter, "figures not understood", unread.rows);
}

static void
end_page(struct classify *c)
{
	size_t ntables, limited;
	uint16_t form;
	bool local, said;

	if (!c->open)
		return;
	c->open = false;
	if (!c->faulty) {
		identity_find(c->finder, &c->page, &c->identity);
		c->faulty = c->identity.reason;
	}
	if (c->faulty) {
		reject_page(c, c->faulty);
		c->faulty = NULL;
	} else {
		if (c->identity.premature) {
			finding_at(c->page.source, 0, "the year of the title, %d, was not over when it came out",
				c->identity.title_year);
			filter_note(&c->filter, STATUS_FINDINGS);
		}
		part_glued(c);
		sheets_arrange(c->sheets, &c->page);
		form = sheets_read(c->sheets, &c->page, c->identity.year, &c->facts, &local);
		said = say_lost(c);
		sheets_caption(c->sheets, &c->identity);
		sheets_part(c->sheets, &c->identity);
		ntables = c->facts.n;
		if (local)
			form = NO_FORM;
		limited = prose_limited(c->prose);
		prose_read(c->prose, &c->page, &c->identity, form, &c->facts);
		if (prose_limited(c->prose) != limited) {
			finding_at(c->page.source, 0, "patterns were given up on at their match limit");
			filter_note(&c->filter, STATUS_FINDINGS);
			filter_count(&c->filter, "patterns given up", prose_limited(c->prose) - limited);
		}
		say_unread(c, form, said);
		if (!facts_roles(&c->facts, c->book->forms, &c->page, (uint8_t)c->identity.scope)) {
			sheets_tell_apart(c->sheets, &c->identity);
			facts_roles(&c->facts, c->book->forms, &c->page, (uint8_t)c->identity.scope);
		}
		output_page(c->output, &c->page, &c->identity, local ? SPAN("local") :
			form == NO_FORM ? SPAN("prose") : c->book->edition[form].name, &c->facts, ntables);
		facts_reset(&c->facts);
		filter_count(&c->filter, "reports", 1);
	}
	page_reset(&c->page);
}

static void
classify(struct classify *c)
{
	struct record rec;
	size_t source = c->plan.place[PAGE_SOURCE], kind_at = c->plan.place[PAGE_KIND];

	while (filter_next(&c->filter, &rec)) {
		enum item_kind kind = page_kind(rec.field[kind_at]);

		if (kind == ITEM_PAGE) {
			end_page(c);
			page_begin(&c->page, &c->plan, &rec);
			c->open = true;
		} else if (!c->open || !span_same(rec.field[source], c->page.source)) {
			filter_reject(&c->filter, &rec, (struct span){NULL, 0}, 0, "a piece without its page");
			continue;
		}
		/* Its cell would be read as a blank one. */
		if (kind == ITEM_OTHER) {
			filter_reject(&c->filter, &rec, (struct span){NULL, 0}, 0, "a piece of a kind there is not");
			continue;
		}
		if (c->faulty)
			continue;
		if (c->page.size + rec.line.n > c->max_page || c->page.n == UINT32_MAX - 1) {
			c->faulty = "longer than --max-page";
			continue;
		}
		page_add(&c->page, &c->plan, &rec, kind);
	}
	end_page(c);
}

int
main(int argc, char **argv)
{
	struct classify c = {.max_page = MAX_PAGE};

	if (filter_open(&c.filter, &program, argc, argv, &c, NULL)) {
		c.book = form_book_new(c.filter.options.tables);
		c.finder = c.book ? identity_new(c.filter.options.tables, c.wanted.explain) : NULL;
		c.prose = c.finder ? prose_new(c.filter.options.tables, c.book, c.finder) : NULL;
		c.output = c.prose ? output_new(&c.filter, c.book, c.wanted) : NULL;
		if (!c.output) {
			filter_note(&c.filter, STATUS_USAGE);
		} else if (filter_read(&c.filter, page_columns, PAGE_COLUMNS)) {
			c.sheets = sheets_new(c.book, c.finder);
			output_begin(c.output, &c.plan);
			classify(&c);
			sheets_free(c.sheets);
		}
	}
	prose_free(c.prose);
	output_free(c.output);
	facts_release(&c.facts);
	page_release(&c.page);
	buf_release(&c.keys);
	identity_free(c.finder);
	form_book_free(c.book);
	return filter_close(&c.filter);
}
